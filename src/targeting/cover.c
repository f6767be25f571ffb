/*
 * cover.c
 *	  The cells of an area, with nothing in them yet: cover() and fill().
 *
 * A cell lies in an area when its centre does, by the even-odd rule over all
 * rings, so that holes are left out and an invalid polygon still has an answer.
 * Columns of centres are scanned: each edge gives the columns it spans one
 * crossing, and sorted crossings pair up to the runs of cells between them.  A
 * centre on an edge belongs to the area on its upper or right side, and every
 * edge is computed from its left to its right end; so where areas share their
 * edges each centre lies in exactly one of them.
 */
#include "base/compat.h"

#include "base/options.h"
#include "base/postgis.h"
#include "miscadmin.h"
#include "targeting/surface.h"

PG_FUNCTION_INFO_V1(surface_cover);
PG_FUNCTION_INFO_V1(surface_fill);
PG_FUNCTION_INFO_V1(surface_fill_area);

/* A rectangle with this many cells for each occupied one looks like a mistake. */
#define SPARSE_RECTANGLE 1000

/* Where an edge crosses the centres of a column. */
typedef struct Crossing
{
	int32		i;
	double		y;
} Crossing;

/* Two for each cell, if every run had just one. */
#define MAX_CROSSINGS (2 * SURFACE_MAX_CELLS)

typedef struct Crossings
{
	Grid		grid;
	Crossing   *items;
	uint32		length;
	uint32		capacity;
} Crossings;

static inline int
compare_crossings(const Crossing *a, const Crossing *b)
{
	if (a->i != b->i)
		return a->i < b->i ? -1 : 1;
	return a->y < b->y ? -1 : a->y > b->y;
}

#define ST_SORT sort_crossings
#define ST_ELEMENT_TYPE Crossing
#define ST_COMPARE(a, b) compare_crossings(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

pg_noreturn static void
too_many_cells(Grid grid)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("the area has more than %d cells of grid \"%s\"",
					SURFACE_MAX_CELLS, grid_name(grid, " ")),
			 errhint("Use larger cells or a smaller area, and look for points far from the others.")));
}

static void
add_crossing(Crossings *crossings, int32 i, double y)
{
	if (crossings->length == crossings->capacity)
	{
		if (crossings->capacity == MAX_CROSSINGS)
			too_many_cells(crossings->grid);
		crossings->capacity *= 2;
		crossings->items = repalloc_huge(crossings->items,
										 crossings->capacity * sizeof(Crossing));
	}
	crossings->items[crossings->length++] = (Crossing) {i, y};
}

/* Index of the cell of a vertex, which must be finite and within int32. */
static GridIndex
vertex_index(Grid grid, GeometryPoint vertex)
{
	GridIndex	index;

	if (!grid_locate(grid_shape(grid), grid_size(grid), vertex.x, vertex.y, &index))
		grid_beyond(grid, vertex.x, vertex.y);
	return index;
}

static void
cross_edge(Crossings *crossings, GeometryPoint a, GeometryPoint b)
{
	Grid		grid = crossings->grid;
	GeometryPoint left = a.x <= b.x ? a : b;
	GeometryPoint right = a.x <= b.x ? b : a;
	int64		first = (int64) vertex_index(grid, left).i - 1;
	int64		last = (int64) vertex_index(grid, right).i + 1;

	first = Max(first, PG_INT32_MIN);
	last = Min(last, PG_INT32_MAX);
	for (int64 i = first; i <= last; i++)
	{
		double		x = grid_centre_x(grid, (int32) i);

		CHECK_FOR_INTERRUPTS();
		if (left.x <= x && x < right.x)
			add_crossing(crossings, (int32) i,
						 left.y + (x - left.x) / (right.x - left.x) * (right.y - left.y));
	}
}

static void
cross_area(Crossings *crossings, GeometryReader *area)
{
	GeometryRing ring;

	while (postgis_next_ring(area, &ring))
		for (uint32 n = 0; n < ring.nvertices; n++)
			cross_edge(crossings, geometry_vertex(&ring, n),
					   geometry_vertex(&ring, (n + 1) % ring.nvertices));
}

/* The least j in column i whose centre is not below y. */
static int64
first_row(Grid grid, int32 i, double y)
{
	GridIndex	index;
	double		x = grid_centre_x(grid, i);
	int64		j;

	if (!grid_locate(grid_shape(grid), grid_size(grid), x, y, &index))
		grid_beyond(grid, x, y);
	j = Max((int64) index.j - 1, PG_INT32_MIN);
	while (j <= PG_INT32_MAX && grid_centre_y(grid, (GridIndex) {i, (int32) j}) < y)
		j++;
	return j;
}

/* Rows of one column whose centres lie in the area: from, up to but without to. */
typedef struct Run
{
	int32		i;
	int64		from;
	int64		to;
} Run;

/* Rings are read as closed, so every column has an even number of crossings. */
static Run
run_between(const Crossings *crossings, uint32 n)
{
	int32		i = crossings->items[n].i;

	return (Run) {
		i,
		first_row(crossings->grid, i, crossings->items[n].y),
		first_row(crossings->grid, i, crossings->items[n + 1].y)
	};
}

/* Put an empty cell at every centre within the area. */
static void
put_area(Surface *surface, GeometryReader *area)
{
	Crossings	crossings = {.grid = surface->head.grid, .capacity = 1024};
	int64		ncells = 0;

	crossings.items = palloc(crossings.capacity * sizeof(Crossing));
	cross_area(&crossings, area);
	sort_crossings(crossings.items, crossings.length);

	for (uint32 n = 0; n + 1 < crossings.length; n += 2)
	{
		Run			run = run_between(&crossings, n);

		CHECK_FOR_INTERRUPTS();
		ncells += run.to - run.from;
		if (ncells > SURFACE_MAX_CELLS)
			too_many_cells(crossings.grid);
	}
	for (uint32 n = 0; n + 1 < crossings.length; n += 2)
	{
		Run			run = run_between(&crossings, n);

		for (int64 j = run.from; j < run.to; j++)
		{
			CHECK_FOR_INTERRUPTS();
			surface_put(surface, (GridIndex) {run.i, (int32) j}, 0, 0);
		}
	}
	pfree(crossings.items);
}

static Surface *
cover_area(FunctionCallInfo fcinfo, GeometryReader *area, Grid grid)
{
	Surface    *surface = surface_create(fcinfo, grid);

	postgis_require_planar(area->srid, "a grid");
	surface_use_srid(surface, area->srid);
	put_area(surface, area);
	return surface;
}

/* cover(area, grid) */
Datum
surface_cover(PG_FUNCTION_ARGS)
{
	GeometryReader area;

	option_require(fcinfo, 0, "area");
	option_require(fcinfo, 1, "grid");
	postgis_open_area(PG_GETARG_DATUM(0), &area);
	return summary_result(&cover_area(fcinfo, &area, PG_GETARG_GRID(1))->summary);
}

/* fill(surface): the bounding rectangle of the cells. */
Datum
surface_fill(PG_FUNCTION_ARGS)
{
	Surface    *surface = (Surface *) summary_own(fcinfo, 0, &surface_kind);
	SurfaceView view;
	SurfaceExtent extent;
	double		area;

	if (surface == NULL)
		PG_RETURN_NULL();
	surface_view_own(surface, &view);
	if (view.ncells == 0)
		return summary_result(&surface->summary);

	surface_extent_begin(&extent);
	for (uint32 n = 0; n < view.ncells; n++)
		surface_extent_add(&extent, &view.cells[n]);
	area = ((double) extent.max.i - extent.min.i + 1) *
		((double) extent.max.j - extent.min.j + 1);
	if (area > SURFACE_MAX_CELLS)
		too_many_cells(view.head.grid);
	if (area > (double) SPARSE_RECTANGLE * view.ncells)
		ereport(NOTICE,
				(errmsg("the bounding rectangle has %.0f cells, the surface %u",
						area, view.ncells),
				 errhint("A point far from the others makes it large: give the area to fill as the second argument.")));

	for (int64 i = extent.min.i; i <= extent.max.i; i++)
		for (int64 j = extent.min.j; j <= extent.max.j; j++)
		{
			CHECK_FOR_INTERRUPTS();
			surface_put(surface, (GridIndex) {(int32) i, (int32) j}, 0, 0);
		}
	return summary_result(&surface->summary);
}

/* fill(surface, area): the cells of the area and no others. */
Datum
surface_fill_area(PG_FUNCTION_ARGS)
{
	GeometryReader area;
	SurfaceView view;
	Surface    *filled;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	option_require(fcinfo, 1, "area");
	postgis_open_area(PG_GETARG_DATUM(1), &area);
	surface_view(fcinfo, 0, &view);
	if (view.head.srid != SURFACE_NO_SRID && view.head.srid != area.srid)
		postgis_mixed_srids(view.head.srid, area.srid);

	filled = cover_area(fcinfo, &area, view.head.grid);
	for (int k = 0; k < SURFACE_SKIPS; k++)
		surface_skip(filled, (SurfaceSkip) k, view.head.skipped[k]);
	for (uint32 n = 0; n < view.ncells; n++)
	{
		const SurfaceCell *cell = &view.cells[n];

		if (surface_has(filled, cell->index))
			surface_put(filled, cell->index, cell->events, cell->harm);
		else
			surface_skip(filled, SURFACE_SKIP_OUTSIDE, cell->events);
	}
	return summary_result(&filled->summary);
}
