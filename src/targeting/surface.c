/*
 * surface.c
 *	  SQL type surface: its expanded form, and how it is read.
 */
#include "base/compat.h"

#include "base/postgis.h"
#include "base/prefetch.h"
#include "common/int.h"
#include "miscadmin.h"
#include "targeting/surface.h"
#include "targeting/surface_sort.h"

/* ---- the table of cells ---- */

/* A cell is its own entry. */
#define SH_PREFIX surfacecells
#define SH_ELEMENT_TYPE SurfaceCell
#define SH_KEY_TYPE GridIndex
#define SH_KEY index
#define SH_HASH_KEY(table, key) grid_index_hash(key)
#define SH_EQUAL(table, a, b) grid_index_equal(a, b)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/*
 * Events arrive in random places, so a table larger than the processor's
 * caches would keep each row waiting for memory.  Instead a row only asks for
 * its place in the table, and is put there a few rows later.
 */
#define QUEUE_LENGTH 16
#define QUEUE_FROM 4096			/* cells: some 200 kB */

typedef struct SurfaceQueue
{
	int			length;
	uint32		hashes[QUEUE_LENGTH];
	SurfaceCell cells[QUEUE_LENGTH];
} SurfaceQueue;

/* Cells that a new table has room for; most groups of a GROUP BY stay small. */
#define CELLS_AT_FIRST 7

static void
begin(Surface *surface, Grid grid, uint32 ncells)
{
	surface->head = (SurfaceHead) {.grid = grid, .srid = SURFACE_NO_SRID};
	surface->shape = grid_shape(grid);
	surface->size = grid_size(grid);
	surface->cells = surfacecells_create(surface->summary.header.eoh_context,
										 Max(ncells, CELLS_AT_FIRST), NULL);
}

pg_noreturn static void
harm_overflow(const Surface *surface, GridIndex index)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("the harm of cell %d/%s/%d/%d is above the limit of " HARM_MAX_TEXT,
					surface->head.srid, grid_name(surface->head.grid, ""),
					index.i, index.j),
			 errhint("Use a larger unit of harm, for example years for days.")));
}

/* Add an empty cell. */
static pg_noinline SurfaceCell *
insert_cell(Surface *surface, GridIndex index, uint32 hash)
{
	bool		found;
	SurfaceCell *cell;

	if (surface->cells->members == SURFACE_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a surface has more than %d cells", SURFACE_MAX_CELLS),
				 errhint("Use larger cells than \"%s\", or look for points far from the others.",
						 grid_name(surface->head.grid, " "))));
	cell = surfacecells_insert_hash(surface->cells, index, hash, &found);
	cell->events = 0;
	cell->harm = 0;
	return cell;
}

static inline void
put_now(Surface *surface, const SurfaceCell *more, uint32 hash)
{
	/* Most cells are there already, and a look-up is cheaper than an insert. */
	SurfaceCell *cell = surfacecells_lookup_hash(surface->cells, more->index, hash);
	int64		harm;

	if (cell == NULL)
		cell = insert_cell(surface, more->index, hash);
	if (unlikely(pg_add_s64_overflow(cell->harm, more->harm, &harm)))
		harm_overflow(surface, more->index);
	if (unlikely(more->events > SURFACE_MAX_EVENTS - cell->events))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of events of a cell is out of range")));
	cell->harm = harm;
	cell->events += more->events;
}

/*
 * Bring the table up to date.  Readers may call it too: it changes no answer.
 * An entry leaves the queue after it was put, so that one that cannot be put
 * raises its error again at the next attempt instead of being lost.
 */
static void
settle(Surface *surface)
{
	SurfaceQueue *queue = surface->queue;

	if (queue == NULL)
		return;
	for (; queue->length > 0; queue->length--)
		put_now(surface, &queue->cells[queue->length - 1],
				queue->hashes[queue->length - 1]);
}

void
surface_put(Surface *surface, GridIndex index, uint64 events, int64 harm)
{
	SurfaceCell more = {.index = index, .harm = harm, .events = events};
	uint32		hash = grid_index_hash(index);
	SurfaceQueue *queue = surface->queue;

	if (queue == NULL)
	{
		put_now(surface, &more, hash);
		if (unlikely(surface->cells->members == QUEUE_FROM))
			surface->queue =
				MemoryContextAllocZero(surface->summary.header.eoh_context,
									   sizeof(SurfaceQueue));
		return;
	}

	if (queue->length == QUEUE_LENGTH)
		settle(surface);
	prefetch(&surface->cells->data[hash & surface->cells->sizemask]);
	queue->cells[queue->length] = more;
	queue->hashes[queue->length] = hash;
	queue->length++;
}

bool
surface_has(Surface *surface, GridIndex index)
{
	settle(surface);
	return surfacecells_lookup(surface->cells, index) != NULL;
}

void
surface_skip(Surface *surface, SurfaceSkip reason, uint64 events)
{
	uint64	   *skipped = &surface->head.skipped[reason];

	if (unlikely(events > SURFACE_MAX_EVENTS - *skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped events is out of range")));
	*skipped += events;
}

void
surface_use_grid(const Surface *surface, Grid grid)
{
	if (unlikely(surface->head.grid != grid))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("one surface cannot have two grids: \"%s\" and \"%s\"",
						grid_name(surface->head.grid, " "), grid_name(grid, " ")),
				 errhint("Give every row, and every surface that is merged, the same grid.")));
}

void
surface_use_srid(Surface *surface, int32 srid)
{
	if (likely(surface->head.srid == srid))
		return;
	if (surface->head.srid != SURFACE_NO_SRID)
		postgis_mixed_srids(surface->head.srid, srid);
	surface->head.srid = srid;
}

/* ---- views ---- */

void
surface_view_own(Surface *surface, SurfaceView *view)
{
	surfacecells_iterator iterator;
	SurfaceCell *cell;
	uint32		n = 0;

	settle(surface);
	view->head = surface->head;
	view->ncells = surface->cells->members;
	view->cells = surface_allocate_cells(view->ncells);
	view->ascending = false;
	surfacecells_start_iterate(surface->cells, &iterator);
	while ((cell = surfacecells_iterate(surface->cells, &iterator)) != NULL)
		view->cells[n++] = *cell;
}

static void
view_flat(const uint8 *body, SurfaceView *view)
{
	SurfaceFlat flat;

	surface_flat_open(&flat, &view->head, body);
	view->ncells = flat.ncells;
	view->cells = surface_allocate_cells(view->ncells);
	view->ascending = true;
	for (uint32 n = 0; n < flat.ncells; n++)
		surface_flat_cell(&flat, n, &view->cells[n]);
}

void
surface_view_ascending(SurfaceView *view)
{
	SurfaceExtent extent;

	if (view->ascending)
		return;
	surface_extent_begin(&extent);
	for (uint32 n = 0; n < view->ncells; n++)
		surface_extent_add(&extent, &view->cells[n]);
	view->cells = surface_sort(view->cells, &extent);
	view->ascending = true;
}

/* ---- the summary kind ---- */

/* Add what stands beside the cells; a blank surface begins here. */
static void
absorb_head(Surface *surface, const SurfaceHead *other, uint32 ncells)
{
	if (surface->cells == NULL)
		begin(surface, other->grid, ncells);
	surface_use_grid(surface, other->grid);
	if (other->srid != SURFACE_NO_SRID)
		surface_use_srid(surface, other->srid);
	for (int k = 0; k < SURFACE_SKIPS; k++)
		surface_skip(surface, (SurfaceSkip) k, other->skipped[k]);
}

static void
surface_absorb(Summary *summary, Summary *other)
{
	Surface    *surface = (Surface *) summary;
	Surface    *from = (Surface *) other;
	surfacecells_iterator iterator;
	SurfaceCell *cell;

	settle(from);
	absorb_head(surface, &from->head, from->cells->members);
	surfacecells_start_iterate(from->cells, &iterator);
	while ((cell = surfacecells_iterate(from->cells, &iterator)) != NULL)
	{
		CHECK_FOR_INTERRUPTS();
		surface_put(surface, cell->index, cell->events, cell->harm);
	}
}

static void
surface_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	Surface    *surface = (Surface *) summary;
	SurfaceFlat flat;
	SurfaceHead head;

	surface_flat_open(&flat, &head, body);
	absorb_head(surface, &head, flat.ncells);
	for (uint32 n = 0; n < flat.ncells; n++)
	{
		SurfaceCell cell;

		CHECK_FOR_INTERRUPTS();
		surface_flat_cell(&flat, n, &cell);
		surface_put(surface, cell.index, cell.events, cell.harm);
	}
}

static Size
surface_measure(Summary *summary)
{
	Surface    *surface = (Surface *) summary;
	surfacecells_iterator iterator;
	SurfaceCell *cell;
	SurfaceFlat flat;

	settle(surface);
	surface_extent_begin(&surface->extent);
	surfacecells_start_iterate(surface->cells, &iterator);
	while ((cell = surfacecells_iterate(surface->cells, &iterator)) != NULL)
		surface_extent_add(&surface->extent, cell);
	surface_flat_plan(&flat, &surface->extent);
	return surface_flat_size(&flat);
}

static void
surface_flatten(Summary *summary, uint8 *body, Size size)
{
	Surface    *surface = (Surface *) summary;
	SurfaceFlat flat;
	SurfaceView view;

	surface_flat_plan(&flat, &surface->extent);
	surface_view_own(surface, &view);
	view.cells = surface_sort(view.cells, &surface->extent);
	surface_flat_write(&flat, &view.head, view.cells, body);
}

const SummaryKind surface_kind = {
	.type_name = "surface",
	.version = 1,
	.code = 's',
	.struct_size = sizeof(Surface),
	.check = surface_flat_check,
	.absorb = surface_absorb,
	.absorb_flat = surface_absorb_flat,
	.measure = surface_measure,
	.flatten = surface_flatten
};

SUMMARY_FUNCTIONS(surface, &surface_kind);

Surface *
surface_create(FunctionCallInfo fcinfo, Grid grid)
{
	Surface    *surface = (Surface *) summary_create(fcinfo, &surface_kind);

	begin(surface, grid, 0);
	return surface;
}

/* ---- reading ---- */

void
surface_datum_view(Datum datum, SurfaceView *view)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(datum, &surface_kind, &body, &size);

	if (summary != NULL)
		surface_view_own((Surface *) summary, view);
	else
		view_flat(body, view);
}

uint32
surface_datum_head(Datum datum, SurfaceHead *head)
{
	const uint8 *body;
	Size		size;
	SurfaceFlat flat;
	Surface    *expanded = (Surface *) summary_read(datum, &surface_kind, &body, &size);

	if (expanded != NULL)
	{
		settle(expanded);
		*head = expanded->head;
		return expanded->cells->members;
	}
	surface_flat_open(&flat, head, body);
	return flat.ncells;
}

void
surface_view(FunctionCallInfo fcinfo, int argno, SurfaceView *view)
{
	surface_datum_view(PG_GETARG_DATUM(argno), view);
}

uint32
surface_head(FunctionCallInfo fcinfo, int argno, SurfaceHead *head)
{
	return surface_datum_head(PG_GETARG_DATUM(argno), head);
}

uint64
surface_view_events(const SurfaceView *view)
{
	uint64		total = 0;

	/* 2^24 cells of less than 2^62 events could overflow: say so. */
	for (uint32 n = 0; n < view->ncells; n++)
	{
		total += view->cells[n].events;
		if (total > SURFACE_MAX_EVENTS)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the number of events of a surface is out of range")));
	}
	return total;
}

int128
surface_view_harm(const SurfaceView *view)
{
	int128		total = 0;

	for (uint32 n = 0; n < view->ncells; n++)
		total += view->cells[n].harm;
	return total;
}
