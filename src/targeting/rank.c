/*
 * rank.c
 *	  The order of cells by what happened in them: see rank.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/hash.h"
#include "lib/binaryheap.h"
#include "miscadmin.h"
#include "targeting/rank.h"

/* ---- order ---- */

/* Below 0 when a ranks before b. */
static int
compare_rank(const SurfaceCell *a, const SurfaceCell *b, Measure by)
{
	int			by_harm = (a->harm < b->harm) - (a->harm > b->harm);
	int			by_events = (a->events < b->events) - (a->events > b->events);
	int			first = by == MEASURE_HARM ? by_harm : by_events;
	int			second = by == MEASURE_HARM ? by_events : by_harm;

	if (first != 0)
		return first;
	if (second != 0)
		return second;
	return surface_compare_index(a, b);
}

/* The heap has the cell of the first rank at its root, as its largest. */
static int
compare_for_heap(Datum a, Datum b, void *by)
{
	return compare_rank((const SurfaceCell *) DatumGetPointer(b),
						(const SurfaceCell *) DatumGetPointer(a),
						*(Measure *) by);
}

/* All occupied cells; a heap, since often only a few are taken off it. */
static binaryheap *
heap_of_occupied(const SurfaceView *view, Measure *by)
{
	binaryheap *heap = binaryheap_allocate(Max(view->ncells, 1), compare_for_heap, by);

	for (uint32 n = 0; n < view->ncells; n++)
		if (view->cells[n].events > 0)
			binaryheap_add_unordered(heap, PointerGetDatum(&view->cells[n]));
	binaryheap_build(heap);
	return heap;
}

/* ---- separation ---- */

/*
 * The plane in squares so small that cells in one square are nearer to each
 * other than the separation: a square holds at most one cell taken, and those
 * nearer than the separation lie at most REACH squares away.
 */
#define SQUARE_SIDE 0.7			/* separations; below sqrt(1/2) */
#define REACH 2

typedef struct Square
{
	int64		x;
	int64		y;
} Square;

typedef struct TakenCell
{
	Square		square;
	GridIndex	index;
	char		status;
} TakenCell;

#define SH_PREFIX takencells
#define SH_ELEMENT_TYPE TakenCell
#define SH_KEY_TYPE Square
#define SH_KEY square
#define SH_HASH_KEY(table, key) \
	((uint32) hash_mix64(hash_mix64((uint64) (key).x) ^ (uint64) (key).y))
#define SH_EQUAL(table, a, b) ((a).x == (b).x && (a).y == (b).y)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

typedef struct Separation
{
	Grid		grid;
	double		distance;
	takencells_hash *taken;		/* NULL where no two cells are that near */
} Separation;

static void
separation_begin(Separation *separation, Grid grid, double distance)
{
	separation->grid = grid;
	separation->distance = distance;
	separation->taken = distance <= grid_spacing(grid) ? NULL :
		takencells_create(CurrentMemoryContext, 64, NULL);
}

static Square
square_of(const Separation *separation, GridIndex index)
{
	double		side = separation->distance * SQUARE_SIDE;

	return (Square) {
		(int64) floor(grid_centre_x(separation->grid, index.i) / side),
		(int64) floor(grid_centre_y(separation->grid, index) / side)
	};
}

static bool
separation_allows(const Separation *separation, GridIndex index)
{
	Square		home;

	if (separation->taken == NULL)
		return true;
	home = square_of(separation, index);
	for (int64 x = home.x - REACH; x <= home.x + REACH; x++)
		for (int64 y = home.y - REACH; y <= home.y + REACH; y++)
		{
			TakenCell  *near = takencells_lookup(separation->taken, (Square) {x, y});

			if (near != NULL &&
				grid_distance(separation->grid, index, near->index) < separation->distance)
				return false;
		}
	return true;
}

static void
separation_take(Separation *separation, GridIndex index)
{
	bool		found;

	if (separation->taken != NULL)
		takencells_insert(separation->taken, square_of(separation, index),
						  &found)->index = index;
}

/* ---- the walk down the ranks ---- */

uint32
rank_cells(const SurfaceView *view, Measure by, uint32 n, double distance,
		   RankFilter filter, void *filter_state, const SurfaceCell ***taken)
{
	binaryheap *heap = heap_of_occupied(view, &by);
	Separation	separation;
	uint32		ntaken = 0;

	separation_begin(&separation, (Grid) view->head.grid, distance);
	*taken = MemoryContextAllocHuge(CurrentMemoryContext,
									Max(Min(n, view->ncells), 1) * sizeof(**taken));
	while (ntaken < n && !binaryheap_empty(heap))
	{
		const SurfaceCell *cell = (const SurfaceCell *)
			DatumGetPointer(binaryheap_remove_first(heap));

		CHECK_FOR_INTERRUPTS();
		if (!separation_allows(&separation, cell->index) ||
			(filter != NULL && !filter(cell->index, filter_state)))
			continue;
		separation_take(&separation, cell->index);
		(*taken)[ntaken++] = cell;
	}
	binaryheap_free(heap);
	return ntaken;
}
