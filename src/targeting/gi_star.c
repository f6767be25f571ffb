/*
 * gi_star.c
 *	  The statistic Gi*: see gi_star.h.
 *
 * With weights of 1, n cells of values x, and w of them around the cell,
 *
 *		z = (sum_near - w mean) / (S sqrt(w (n - w) / (n - 1)))
 *		  = (n sum_near - w sum) / sqrt(n sum_of_squares - sum^2) / sqrt(w (n - w) / (n - 1))
 *
 * whose numerator and first radicand are whole numbers.
 */
#include "base/compat.h"

#include <math.h>

#include "base/distribution.h"
#include "base/exact.h"
#include "base/wide.h"
#include "miscadmin.h"
#include "targeting/benjamini_hochberg.h"
#include "targeting/cell_columns.h"
#include "targeting/gi_star.h"
#include "targeting/surface.h"

#define ALLOCATE(n, type) ((type *) palloc_extended(((Size) (n)) * sizeof(type), MCXT_ALLOC_HUGE))

/* What lies around a cell, itself included. */
typedef struct Neighbours
{
	Exact		sum;
	uint32		n;
} Neighbours;

/* ---- neighbours ---- */

/*
 * How far up and down the neighbours reach in a column that is so many columns
 * away, in the unit of cell_height().  A ring of hexagons has straight sides there,
 * and half a cell less for each column.
 */
static int64
vertical_reach(GridShape shape, int64 radius, int64 columns)
{
	return shape == GRID_SQUARE ? radius : 2 * radius - columns;
}

/* Add to the cells of a column what the other column has near them. */
static void
add_neighbours(const SurfaceCell *cells, const Exact *sum_before, GridShape shape,
			   CellColumn column, CellColumn other, int64 reach, Neighbours *neighbours)
{
	uint32		from = other.from;
	uint32		to = other.from;

	for (uint32 n = column.from; n < column.to; n++)
	{
		int64		height = cell_height(shape, cells[n].index);

		while (from < other.to && cell_height(shape, cells[from].index) < height - reach)
			from++;
		while (to < other.to && cell_height(shape, cells[to].index) <= height + reach)
			to++;
		neighbours[n].sum += sum_before[to] - sum_before[from];
		neighbours[n].n += to - from;
	}
}

static Neighbours *
find_neighbours(const SurfaceCell *cells, uint32 ncells, const Exact *sum_before,
				GridShape shape, int32 radius)
{
	Neighbours *neighbours = ALLOCATE(ncells, Neighbours);
	CellColumns columns = cell_columns(cells, ncells);
	ColumnPairs pairs;
	CellColumn	column;
	CellColumn	other;

	memset(neighbours, 0, ncells * sizeof(Neighbours));
	column_pairs_begin(&pairs, &columns, &columns, radius, "radius");
	while (column_pairs_next(&pairs, &column, &other))
	{
		int64		apart = (int64) other.i - column.i;

		add_neighbours(cells, sum_before, shape, column, other,
					   vertical_reach(shape, radius, apart < 0 ? -apart : apart), neighbours);
	}
	pfree(columns.items);
	return neighbours;
}

/* ---- correction ---- */

#define ST_SORT sort_by_p
#define ST_ELEMENT_TYPE TestedP
#define ST_COMPARE(a, b) ((a)->p < (b)->p ? -1 : (a)->p > (b)->p)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static void
correct(GiStar *stars, uint32 ncells)
{
	TestedP    *tests = ALLOCATE(ncells, TestedP);
	uint32		n = 0;

	for (uint32 k = 0; k < ncells; k++)
		if (stars[k].state == GI_STAR_DEFINED)
			tests[n++] = (TestedP) {.p = stars[k].p, .test = k};
	sort_by_p(tests, n);
	benjamini_hochberg(tests, n);
	for (uint32 k = 0; k < n; k++)
		stars[tests[k].test].q = tests[k].q;
	pfree(tests);
}

/* ---- the statistic ---- */

GiStar *
gi_star(const SurfaceCell *cells, uint32 ncells, GridShape shape, Measure measure, int32 radius)
{
	GiStar	   *stars = ALLOCATE(Max(ncells, 1), GiStar);
	Exact	   *sum_before = ALLOCATE(ncells + 1, Exact);
	Wide		variance = {{0}};
	Exact		sum;
	double		root;
	Neighbours *neighbours;

	/* Of less than 2^24 cells and 2^63 each, all products fit. */
	sum_before[0] = 0;
	for (uint32 n = 0; n < ncells; n++)
	{
		Exact		value = surface_cell_value(&cells[n], measure);

		CHECK_FOR_INTERRUPTS();
		sum_before[n + 1] = sum_before[n] + value;
		variance = wide_add(variance, wide_product(ncells * value, value));
	}
	sum = sum_before[ncells];
	variance = wide_add(variance, wide_negative(wide_product(sum, sum)));
	root = sqrt(wide_double(variance));
	if (root == 0)
	{
		for (uint32 n = 0; n < ncells; n++)
			stars[n].state = ncells < 2 ? GI_STAR_ONE_CELL : GI_STAR_NO_VARIANCE;
		pfree(sum_before);
		return stars;
	}

	neighbours = find_neighbours(cells, ncells, sum_before, shape, radius);
	for (uint32 n = 0; n < ncells; n++)
	{
		double		near = neighbours[n].n;
		double		excess = (double) (ncells * neighbours[n].sum - neighbours[n].n * sum);

		CHECK_FOR_INTERRUPTS();
		if (neighbours[n].n == ncells)
		{
			stars[n].state = GI_STAR_ALL_NEIGHBOURS;
			continue;
		}
		stars[n].state = GI_STAR_DEFINED;
		stars[n].z = excess / root / sqrt(near * (ncells - near) / (ncells - 1));
		stars[n].p = two_sided_p(stars[n].z, NAN);
	}
	pfree(neighbours);
	pfree(sum_before);
	correct(stars, ncells);
	return stars;
}

const char *
gi_star_note(GiStarState state)
{
	static const char *const notes[] = {
		[GI_STAR_DEFINED] = NULL,
		[GI_STAR_ONE_CELL] = "the surface has just one cell",
		[GI_STAR_NO_VARIANCE] = "all cells have the same value",
		[GI_STAR_ALL_NEIGHBOURS] = "all cells are neighbours of this one"
	};

	return notes[state];
}

void
gi_star_notice_no_zero(const SurfaceCell *cells, uint32 ncells)
{
	for (uint32 n = 0; n < ncells; n++)
		if (cells[n].events == 0)
			return;
	if (ncells > 0)
		ereport(NOTICE,
				(errmsg("no cell is without events, so cells are compared with occupied ones only"),
				 errhint("Add the zero cells of the study area: fill(surface, area), fill(surface), or surface + cover(area, grid).")));
}
