/*
 * surface_array.c
 *	  Arguments of type surface[]: see surface_array.h.
 */
#include "base/compat.h"

#include "base/options.h"
#include "miscadmin.h"
#include "targeting/surface_array.h"
#include "targeting/surface_sort.h"

/* Where element k differs from the ones before it; users count from 1. */
pg_noreturn static void
other_grid(const SurfaceArray *array, const char *name, Grid grid, int k)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("surfaces in argument \"%s\" have different grids: \"%s\" and, element %d, \"%s\"",
					name, grid_name(array->grid, " "), k + 1, grid_name(grid, " ")),
			 errhint("Make the surfaces of all periods with the same grid.")));
}

pg_noreturn static void
other_srid(const SurfaceArray *array, const char *name, int32 srid, int k)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("surfaces in argument \"%s\" have different SRIDs: %d and, element %d, %d",
					name, array->srid, k + 1, srid),
			 errhint("Bring the points of all periods into one reference system with ST_Transform.")));
}

void
surface_array_open(FunctionCallInfo fcinfo, int argno, const char *name, SurfaceArray *array)
{
	bool	   *nulls;

	array->srid = SURFACE_NO_SRID;
	array->n = option_elements(fcinfo, argno, name, &array->surfaces, &nulls);
	for (int k = 0; k < array->n; k++)
	{
		SurfaceHead head;

		CHECK_FOR_INTERRUPTS();
		if (nulls[k])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("element %d of argument \"%s\" is NULL", k + 1, name),
					 errhint("A period without any event needs a surface too, such as cover(area, grid).")));
		surface_datum_head(array->surfaces[k], &head);
		if (k == 0)
			array->grid = head.grid;
		else if (head.grid != array->grid)
			other_grid(array, name, head.grid, k);
		if (array->srid == SURFACE_NO_SRID)
			array->srid = head.srid;
		else if (head.srid != SURFACE_NO_SRID && head.srid != array->srid)
			other_srid(array, name, head.srid, k);
	}
}

void
surface_array_view(const SurfaceArray *array, int k, SurfaceView *view)
{
	surface_datum_view(array->surfaces[k], view);
}

/* The cells of two lists that ascend, without what is in them; frees both lists. */
static uint32
merge_cells(SurfaceCell *a, uint32 na, SurfaceCell *b, uint32 nb, SurfaceCell **merged)
{
	SurfaceCell *to = surface_allocate_cells(na + nb);
	uint32		n = 0;
	uint32		m = 0;
	uint32		k = 0;

	while (n < na || m < nb)
	{
		int			order = n == na ? 1 : m == nb ? -1 : surface_compare_index(&a[n], &b[m]);

		to[k++] = (SurfaceCell) {.index = order <= 0 ? a[n].index : b[m].index};
		n += order <= 0;
		m += order >= 0;
	}
	pfree(a);
	pfree(b);
	if (k > SURFACE_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the surfaces have more than %d cells together", SURFACE_MAX_CELLS),
				 errhint("Use larger cells, or look for points far from the others.")));
	*merged = to;
	return k;
}

/*
 * Lists of similar length are merged, as if by a binary tree over the array, so
 * that each cell is copied only log2(n) times.
 */
static uint32
cells_between(const SurfaceArray *array, int from, int to, SurfaceCell **cells)
{
	SurfaceCell *a;
	SurfaceCell *b;
	uint32		na;
	uint32		nb;

	CHECK_FOR_INTERRUPTS();
	if (to - from == 1)
	{
		SurfaceView view;

		surface_array_view(array, from, &view);
		surface_view_ascending(&view);
		for (uint32 n = 0; n < view.ncells; n++)
			view.cells[n] = (SurfaceCell) {.index = view.cells[n].index};
		*cells = view.cells;
		return view.ncells;
	}
	na = cells_between(array, from, from + (to - from) / 2, &a);
	nb = cells_between(array, from + (to - from) / 2, to, &b);
	return merge_cells(a, na, b, nb, cells);
}

uint32
surface_array_cells(const SurfaceArray *array, SurfaceCell **cells)
{
	if (array->n == 0)
	{
		*cells = surface_allocate_cells(0);
		return 0;
	}
	return cells_between(array, 0, array->n, cells);
}
