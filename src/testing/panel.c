/*
 * panel.c
 *	  SQL type panel: its expanded form, and how it grows.
 */
#include "base/compat.h"

#include "base/hash.h"
#include "base/prefetch.h"
#include "common/int.h"
#include "miscadmin.h"
#include "testing/panel.h"
#include "utils/memutils.h"


/* ---- periods ---- */

typedef struct PeriodEntry
{
	int32		period;
	uint32		column;
	char		status;
} PeriodEntry;

#define SH_PREFIX periodtable
#define SH_ELEMENT_TYPE PeriodEntry
#define SH_KEY_TYPE int32
#define SH_KEY period
#define SH_HASH_KEY(table, key) ((uint32) hash_mix64((uint32) (key)))
#define SH_EQUAL(table, a, b) ((a) == (b))
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* What a new panel has room for; most groups of a GROUP BY stay small. */
#define PLACES_AT_FIRST 4
#define COLUMNS_AT_FIRST 4

/* Columns that a place has room for next: small blocks that it leaves are kept. */
#define COLUMNS_THEN 16

static pg_noinline uint32
add_period(Panel *panel, int32 period)
{
	MemoryContext context = panel->summary.header.eoh_context;
	PeriodEntry *entry;
	bool		found;

	if (panel->nperiods == PANEL_MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a panel has more than %d periods", PANEL_MAX_PERIODS),
				 errhint("Use longer periods, for example week_number(date) or month_number(date).")));
	if (panel->columns == NULL)
		panel->columns = periodtable_create(context, COLUMNS_AT_FIRST, NULL);
	if (panel->nperiods == panel->periods_room)
	{
		uint32		room = Max(2 * panel->periods_room, COLUMNS_AT_FIRST);

		panel->periods = panel->periods == NULL ?
			MemoryContextAlloc(context, room * sizeof(int32)) :
			repalloc(panel->periods, room * sizeof(int32));
		panel->periods_room = room;
	}
	entry = periodtable_insert(panel->columns, period, &found);
	entry->column = panel->nperiods;
	panel->periods[panel->nperiods++] = period;
	return entry->column;
}

/* The column of a period; mostly it is that of the row before, or the next. */
static uint32
column_of(Panel *panel, int32 period)
{
	uint32		column = panel->last_column;
	PeriodEntry *entry;

	if (column < panel->nperiods && panel->periods[column] == period)
		return column;
	if (column + 1 < panel->nperiods && panel->periods[column + 1] == period)
		return panel->last_column = column + 1;
	entry = panel->columns == NULL ? NULL : periodtable_lookup(panel->columns, period);
	return panel->last_column = entry != NULL ? entry->column : add_period(panel, period);
}

/* ---- places ---- */

static char *
place_text(const Panel *panel, uint32 n)
{
	return id_text(ids_get(&panel->places, n), panel->places.kind);
}

static char *
treated_text(int32 treated_from)
{
	return treated_from == PANEL_NEVER ? "NULL (never)" : psprintf("%d", treated_from);
}

static void
require_same_treatment(const Panel *panel, uint32 n, const PanelRow *row)
{
	if (unlikely(panel->place[n].treated_from != row->treated_from))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("place %s has two values of treated_from: %s and %s",
						place_text(panel, n), treated_text(panel->place[n].treated_from),
						treated_text(row->treated_from)),
				 errhint("treated_from is the place's first treated period, the same in each of its rows.")));
}

/* As the treatment, of the cluster. */
static void
require_same_cluster(const Panel *panel, uint32 n, Id cluster)
{
	Id			known = ids_get(&panel->clusters, panel->place[n].cluster);

	if (unlikely(!id_equal(known, cluster)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("place %s lies in two clusters: %s and %s", place_text(panel, n),
						id_text(known, panel->clusters.kind),
						id_text(cluster, panel->clusters.kind)),
				 errhint("A place lies in one cluster in each of its rows.")));
}

static pg_noinline void
add_place(Panel *panel, const PanelRow *row)
{
	Place		place = {.treated_from = row->treated_from};
	bool		added;

	if (panel->places.n > panel->room)
	{
		size_t		room = Max(2 * panel->room, PLACES_AT_FIRST);

		panel->place = panel->place == NULL ?
			MemoryContextAlloc(panel->summary.header.eoh_context, room * sizeof(Place)) :
			repalloc_huge(panel->place, room * sizeof(Place));
		panel->room = room;
	}
	if (panel->clusters.kind != IDS_NONE)
		place.cluster = ids_number(&panel->clusters, row->cluster, &added);
	panel->place[panel->places.n - 1] = place;
}

/*
 * The number of a row's place.  Rows often come place by place, or period by
 * period with the places in the same order: then no table is needed.
 */
static uint32
place_of(Panel *panel, const PanelRow *row)
{
	uint32		n = panel->last_place;
	bool		added = false;

	if (n >= panel->places.n || !id_equal(ids_get(&panel->places, n), row->place))
	{
		n++;
		if (n >= panel->places.n || !id_equal(ids_get(&panel->places, n), row->place))
			n = ids_number(&panel->places, row->place, &added);
		panel->last_place = n;
	}
	if (added)
		add_place(panel, row);
	require_same_treatment(panel, n, row);
	if (panel->clusters.kind != IDS_NONE)
		require_same_cluster(panel, n, row->cluster);
	return n;
}

static void
use_ids(Panel *panel, IdKind places, IdKind clusters)
{
	if (places == IDS_NONE)
		return;
	if (panel->places.kind != IDS_NONE &&
		(panel->clusters.kind == IDS_NONE) != (clusters == IDS_NONE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("one panel cannot have places with and without a cluster"),
				 errhint("Give every row, and every panel that is merged, a cluster, or none.")));
	ids_use(&panel->places, places, "places");
	ids_use(&panel->clusters, clusters, "clusters");
}

/* ---- outcomes ---- */

/* Room for a column, and for those that other places have already. */
static pg_noinline void
grow_cells(Panel *panel, PanelCells *cells, uint32 column)
{
	size_t		size = cells->wide ? sizeof(Outcome) : sizeof(int64);
	uint32		room = Max(Max(panel->nperiods, column + 1), COLUMNS_AT_FIRST);

	if (cells->ncolumns > 0)
		room = Max(room, Max(2 * cells->ncolumns, COLUMNS_THEN));
	panel->ncells += room - cells->ncolumns;
	if (panel->ncells > PANEL_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a panel has more than %llu outcomes of places by period",
						(unsigned long long) PANEL_MAX_CELLS),
				 errhint("Use longer periods, for example week_number(date) or month_number(date), or fewer places.")));
	cells->values = cells->values == NULL ?
		MemoryContextAlloc(panel->summary.header.eoh_context, room * size) :
		repalloc(cells->values, room * size);
	memset((char *) cells->values + cells->ncolumns * size, 0, (room - cells->ncolumns) * size);
	cells->ncolumns = room;
}

static pg_noinline void
widen_cells(Panel *panel, PanelCells *cells)
{
	Outcome    *wide = MemoryContextAlloc(panel->summary.header.eoh_context,
										  cells->ncolumns * sizeof(Outcome));

	for (uint32 column = 0; column < cells->ncolumns; column++)
		wide[column] = ((int64 *) cells->values)[column];
	pfree(cells->values);
	cells->values = wide;
	cells->wide = true;
}

static void
add_outcome(Panel *panel, uint32 n, uint32 column, Outcome outcome)
{
	PanelCells *cells = &panel->place[n].cells;
	Outcome    *wide;
	Outcome		sum;

	if (column >= cells->ncolumns)
		grow_cells(panel, cells, column);
	if (!cells->wide)
	{
		int64	   *value = (int64 *) cells->values + column;
		int64		narrow;

		if (likely(outcome == (int64) outcome) &&
			likely(!pg_add_s64_overflow(*value, (int64) outcome, &narrow)))
		{
			*value = narrow;
			return;
		}
		widen_cells(panel, cells);
	}
	wide = (Outcome *) cells->values + column;
	if (__builtin_add_overflow(*wide, outcome, &sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the outcome of place %s in period %d is out of range",
						place_text(panel, n), panel->periods[column])));
	*wide = sum;
}

/*
 * Where rows come in no order, each would keep waiting for memory.  Instead it
 * only asks for the memory of its outcome, which is added some rows later.
 */
#define QUEUE_LENGTH 16
#define QUEUE_FROM 1024			/* places */

typedef struct PanelQueue
{
	int			length;
	struct
	{
		uint32		place;
		uint32		column;
		Outcome		outcome;
	}			rows[QUEUE_LENGTH];
} PanelQueue;

/*
 * Add what is on its way.  Readers may call it too: it changes no answer.  A row
 * leaves the queue after it was added, so that one that cannot be raises its error
 * again at the next attempt.
 */
void
panel_settle(Panel *panel)
{
	PanelQueue *queue = panel->queue;

	if (queue == NULL)
		return;
	for (; queue->length > 0; queue->length--)
		add_outcome(panel, queue->rows[queue->length - 1].place,
					queue->rows[queue->length - 1].column,
					queue->rows[queue->length - 1].outcome);
}

static void
add_later(Panel *panel, uint32 n, uint32 column, Outcome outcome)
{
	PanelQueue *queue = panel->queue;
	const PanelCells *cells = &panel->place[n].cells;

	if (queue->length == QUEUE_LENGTH)
		panel_settle(panel);
	prefetch((const char *) cells->values + column * (cells->wide ? sizeof(Outcome) : sizeof(int64)));
	queue->rows[queue->length].place = n;
	queue->rows[queue->length].column = column;
	queue->rows[queue->length].outcome = outcome;
	queue->length++;
}

void
panel_add(Panel *panel, IdKind places, IdKind clusters, const PanelRow *row)
{
	uint32		column;
	uint32		n;

	use_ids(panel, places, clusters);
	n = place_of(panel, row);
	column = column_of(panel, row->period);
	if (panel->queue != NULL)
		add_later(panel, n, column, row->outcome);
	else
	{
		add_outcome(panel, n, column, row->outcome);
		if (panel->places.n >= QUEUE_FROM)
			panel->queue = MemoryContextAllocZero(panel->summary.header.eoh_context,
												  sizeof(PanelQueue));
	}
}

void
panel_skip(Panel *panel, PanelSkip reason, uint64 rows)
{
	if (rows > PANEL_MAX_SKIPPED - panel->skipped[reason])
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped rows is out of range")));
	panel->skipped[reason] += rows;
}

/* A blank panel begins here. */
static void
begin(Panel *panel)
{
	panel->places.context = panel->summary.header.eoh_context;
	panel->clusters.context = panel->summary.header.eoh_context;
}

Panel *
panel_create(FunctionCallInfo fcinfo)
{
	Panel	   *panel = (Panel *) summary_create(fcinfo, &panel_kind);

	begin(panel);
	return panel;
}

/* ---- the kind ---- */

static void
absorb_place(Panel *panel, const PanelPlace *other, const PanelRows *rows, const uint32 *column)
{
	PanelRow	row = {
		.place = {other->id, other->length},
		.cluster = {other->cluster_id, other->cluster_length},
		.treated_from = other->treated_from
	};
	uint32		n = place_of(panel, &row);

	for (uint32 p = 0; p < rows->head.nperiods; p++)
	{
		Outcome		outcome = panel_cell(&other->cells, rows->columns[p]);

		if (outcome != 0)
			add_outcome(panel, n, column[p], outcome);
	}
}

/* Add all of another panel, and forget the view of it. */
static void
absorb_rows(Panel *panel, PanelRows *other)
{
	uint32	   *column = palloc(Max(other->head.nperiods, 1) * sizeof(uint32));

	if (panel->places.context == NULL)
		begin(panel);
	use_ids(panel, other->head.place_ids, other->head.cluster_ids);
	for (int k = 0; k < PANEL_SKIPS; k++)
		panel_skip(panel, (PanelSkip) k, other->head.skipped[k]);
	for (uint32 p = 0; p < other->head.nperiods; p++)
		column[p] = column_of(panel, other->periods[p]);
	for (uint32 n = 0; n < other->head.nplaces; n++)
	{
		CHECK_FOR_INTERRUPTS();
		absorb_place(panel, &other->places[n], other, column);
	}
	pfree(column);
	pfree(other->periods);
	pfree(other->columns);
	pfree(other->places);
}

static void
panel_absorb(Summary *summary, Summary *other)
{
	PanelRows	rows;

	panel_view_as_is((Panel *) other, &rows);
	absorb_rows((Panel *) summary, &rows);
}

static void
panel_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	PanelRows	rows;
	void	   *outcomes = NULL;

	panel_view_flat(body, &rows);
	if (rows.head.nplaces > 0)
		outcomes = rows.places[0].cells.values;
	absorb_rows((Panel *) summary, &rows);
	if (outcomes != NULL)
		pfree(outcomes);
}

static Size
panel_measure(Summary *summary)
{
	Panel	   *panel = (Panel *) summary;
	PanelRows	rows;

	panel_view_as_is(panel, &rows);
	panel->form = panel_flat_form(&rows);
	return panel_flat_size(&rows, panel->form);
}

static void
panel_flatten(Summary *summary, uint8 *body, Size size)
{
	Panel	   *panel = (Panel *) summary;
	PanelRows	rows;

	panel_view_in_order(panel, &rows);
	panel_flat_write(&rows, panel->form, body);
}

const SummaryKind panel_kind = {
	.type_name = "panel",
	.version = 1,
	.code = 'n',
	.struct_size = sizeof(Panel),
	.check = panel_flat_check,
	.absorb = panel_absorb,
	.absorb_flat = panel_absorb_flat,
	.measure = panel_measure,
	.flatten = panel_flatten
};

SUMMARY_FUNCTIONS(panel, &panel_kind);
