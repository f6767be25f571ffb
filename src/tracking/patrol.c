/*
 * patrol.c
 *	  SQL type patrol: its expanded form, and how it is read.
 */
#include "base/compat.h"

#include "base/options.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "tracking/patrol.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(patrol_size);
PG_FUNCTION_INFO_V1(patrol_units);
PG_FUNCTION_INFO_V1(patrol_skipped);
PG_FUNCTION_INFO_V1(patrol_skipped_reason);

/* ---- the table of units ---- */

typedef struct UnitEntry
{
	PatrolUnit	unit;
	uint32		number;
	uint32		hash;
	char		status;
} UnitEntry;

#define SH_PREFIX patrolunits
#define SH_ELEMENT_TYPE UnitEntry
#define SH_KEY_TYPE PatrolUnit
#define SH_KEY unit
#define SH_HASH_KEY(table, key) hash_bytes((key).id, (int) (key).length)
#define SH_EQUAL(table, a, b) (patrol_unit_compare(&(a), &(b)) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(table, entry) (entry)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* What a new patrol has room for; most groups of a GROUP BY stay small. */
#define UNITS_AT_FIRST 4
#define ROWS_AT_FIRST 4

/* Make room for that many elements of an array in all. */
static void *
grow(Patrol *patrol, void *array, size_t *room, size_t wanted, size_t element)
{
	size_t		more = Max(Max(wanted, 2 * *room), ROWS_AT_FIRST);

	if (wanted <= *room)
		return array;
	array = array == NULL ?
		MemoryContextAllocHuge(patrol->summary.header.eoh_context, more * element) :
		repalloc_huge(array, more * element);
	*room = more;
	return array;
}

/* A patrol's ids are all numbers or all text, or "7" would be two units. */
static void
use_ids(Patrol *patrol, PatrolIds ids)
{
	PatrolRows *rows = &patrol->rows;

	if (rows->head.ids == PATROL_IDS_NONE)
		rows->head.ids = ids;
	else if (ids != PATROL_IDS_NONE && ids != rows->head.ids)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("one patrol cannot have units of type text and of type bigint"),
				 errhint("Cast all units to one of the two.")));
}

uint32
patrol_unit(Patrol *patrol, PatrolIds ids, PatrolUnit unit)
{
	PatrolRows *rows = &patrol->rows;
	MemoryContext context = patrol->summary.header.eoh_context;
	UnitEntry  *entry;
	bool		found;
	uint8	   *id;

	use_ids(patrol, ids);
	if (patrol->table == NULL)
		patrol->table = patrolunits_create(context, UNITS_AT_FIRST, NULL);
	entry = patrolunits_lookup(patrol->table, unit);
	if (entry != NULL)
		return entry->number;

	rows->units = grow(patrol, rows->units, &patrol->units_room, rows->nunits + 1,
					   sizeof(PatrolUnit));
	id = MemoryContextAlloc(context, Max(unit.length, 1));
	memcpy(id, unit.id, unit.length);
	unit.id = id;
	entry = patrolunits_insert(patrol->table, unit, &found);
	entry->number = (uint32) rows->nunits;
	rows->units[rows->nunits++] = unit;
	return entry->number;
}

/* ---- rows ---- */

static void
make_room(Patrol *patrol, size_t nrows, size_t nspans)
{
	PatrolRows *rows = &patrol->rows;

	rows->rows = grow(patrol, rows->rows, &patrol->rows_room, rows->nrows + nrows,
					  sizeof(PatrolRow));
	rows->spans = grow(patrol, rows->spans, &patrol->spans_room,
					   rows->nspans + nspans, sizeof(Span));
}

void
patrol_add(Patrol *patrol, PatrolRow row, const Span *spans)
{
	PatrolRows *rows = &patrol->rows;

	make_room(patrol, 1, row.nspans);
	row.first = rows->nspans;
	rows->rows[rows->nrows++] = row;
	memcpy(rows->spans + rows->nspans, spans, row.nspans * sizeof(Span));
	rows->nspans += row.nspans;
}

void
patrol_skip(Patrol *patrol, PatrolSkip reason, uint64 rows)
{
	uint64	   *skipped = &patrol->rows.head.skipped[reason];

	if (rows > PATROL_MAX_SKIPPED - *skipped)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped rows is out of range")));
	*skipped += rows;
}

Patrol *
patrol_create(FunctionCallInfo fcinfo)
{
	return (Patrol *) summary_create(fcinfo, &patrol_kind);
}

/* ---- views ---- */

/* Arrays for the numbers that are set. */
static void
allocate_view(PatrolRows *view)
{
	MemoryContext context = CurrentMemoryContext;

	view->units = MemoryContextAllocHuge(context, Max(view->nunits, 1) * sizeof(PatrolUnit));
	view->rows = MemoryContextAllocHuge(context, Max(view->nrows, 1) * sizeof(PatrolRow));
	view->spans = MemoryContextAllocHuge(context, Max(view->nspans, 1) * sizeof(Span));
}

static void
view_flat(const uint8 *body, PatrolRows *view)
{
	patrol_flat_open(view, body);
	allocate_view(view);
	patrol_flat_read(view, body);
}

static int
compare_entries(const void *a, const void *b)
{
	return patrol_unit_compare(&((const UnitEntry *) a)->unit,
							   &((const UnitEntry *) b)->unit);
}

#define ST_SORT sort_rows
#define ST_ELEMENT_TYPE PatrolRow
#define ST_COMPARE(a, b, spans) patrol_row_compare(a, b, spans)
#define ST_COMPARE_ARG_TYPE const Span
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* An expanded patrol in order.  The spans are its own. */
static void
view_in_order(const PatrolRows *rows, PatrolRows *view)
{
	MemoryContext context = CurrentMemoryContext;
	UnitEntry  *entries = MemoryContextAllocHuge(context, Max(rows->nunits, 1) * sizeof(UnitEntry));
	uint32	   *rank = MemoryContextAllocHuge(context, Max(rows->nunits, 1) * sizeof(uint32));

	*view = *rows;
	view->units = MemoryContextAllocHuge(context, Max(rows->nunits, 1) * sizeof(PatrolUnit));
	view->rows = MemoryContextAllocHuge(context, Max(rows->nrows, 1) * sizeof(PatrolRow));

	for (size_t n = 0; n < rows->nunits; n++)
		entries[n] = (UnitEntry) {.unit = rows->units[n], .number = (uint32) n};
	qsort(entries, rows->nunits, sizeof(UnitEntry), compare_entries);
	for (size_t n = 0; n < rows->nunits; n++)
	{
		view->units[n] = entries[n].unit;
		rank[entries[n].number] = (uint32) n;
	}
	for (size_t n = 0; n < rows->nrows; n++)
	{
		CHECK_FOR_INTERRUPTS();
		view->rows[n] = rows->rows[n];
		view->rows[n].unit = rank[rows->rows[n].unit];
	}
	sort_rows(view->rows, rows->nrows, rows->spans);
	pfree(entries);
	pfree(rank);
}

void
patrol_view(FunctionCallInfo fcinfo, int argno, PatrolRows *view)
{
	const uint8 *body;
	Size		size;
	Summary    *summary;

	memset(view, 0, sizeof(*view));
	if (PG_ARGISNULL(argno))
		return;
	summary = summary_read(PG_GETARG_DATUM(argno), &patrol_kind, &body, &size);
	if (summary != NULL)
		view_in_order(&((Patrol *) summary)->rows, view);
	else
		view_flat(body, view);
}

/* ---- the kind ---- */

/* Add all of another patrol. */
static void
absorb_rows(Patrol *patrol, const PatrolRows *other)
{
	PatrolRows *rows = &patrol->rows;
	uint32	   *number = MemoryContextAllocHuge(CurrentMemoryContext,
												Max(other->nunits, 1) * sizeof(uint32));

	use_ids(patrol, other->head.ids);
	for (int k = 0; k < PATROL_SKIPS; k++)
		patrol_skip(patrol, (PatrolSkip) k, other->head.skipped[k]);
	for (size_t n = 0; n < other->nunits; n++)
		number[n] = patrol_unit(patrol, other->head.ids, other->units[n]);

	make_room(patrol, other->nrows, other->nspans);
	for (size_t n = 0; n < other->nrows; n++)
	{
		PatrolRow	row = other->rows[n];

		CHECK_FOR_INTERRUPTS();
		row.unit = number[row.unit];
		row.first += rows->nspans;
		rows->rows[rows->nrows++] = row;
	}
	if (other->nspans > 0)
		memcpy(rows->spans + rows->nspans, other->spans, other->nspans * sizeof(Span));
	rows->nspans += other->nspans;
	pfree(number);
}

static void
patrol_absorb(Summary *summary, Summary *other)
{
	absorb_rows((Patrol *) summary, &((Patrol *) other)->rows);
}

static void
patrol_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	PatrolRows	other;

	view_flat(body, &other);
	absorb_rows((Patrol *) summary, &other);
	pfree(other.units);
	pfree(other.rows);
	pfree(other.spans);
}

static Size
patrol_measure(Summary *summary)
{
	return patrol_flat_size(&((Patrol *) summary)->rows);
}

static void
patrol_flatten(Summary *summary, uint8 *body, Size size)
{
	PatrolRows	view;

	view_in_order(&((Patrol *) summary)->rows, &view);
	patrol_flat_write(&view, body);
}

const SummaryKind patrol_kind = {
	.type_name = "patrol",
	.version = 1,
	.code = 'p',
	.struct_size = sizeof(Patrol),
	.check = patrol_flat_check,
	.absorb = patrol_absorb,
	.absorb_flat = patrol_absorb_flat,
	.measure = patrol_measure,
	.flatten = patrol_flatten
};

SUMMARY_FUNCTIONS(patrol, &patrol_kind);

/* ---- accessors ---- */

/* All but the arrays. */
static void
patrol_head(FunctionCallInfo fcinfo, PatrolRows *rows)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(PG_GETARG_DATUM(0), &patrol_kind, &body, &size);

	if (summary != NULL)
		*rows = ((Patrol *) summary)->rows;
	else
		patrol_flat_open(rows, body);
}

Datum
patrol_size(PG_FUNCTION_ARGS)
{
	PatrolRows	rows;

	patrol_head(fcinfo, &rows);
	PG_RETURN_INT64((int64) rows.nrows);
}

Datum
patrol_units(PG_FUNCTION_ARGS)
{
	PatrolRows	rows;

	patrol_head(fcinfo, &rows);
	PG_RETURN_INT32((int32) rows.nunits);
}

/* skipped(patrol): rows left out, for whatever reason; three times 2^62 - 1 may not fit. */
Datum
patrol_skipped(PG_FUNCTION_ARGS)
{
	PatrolRows	rows;
	uint64		skipped = 0;

	patrol_head(fcinfo, &rows);
	for (int k = 0; k < PATROL_SKIPS; k++)
		skipped += rows.head.skipped[k];
	if (skipped > PG_INT64_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped rows is out of range")));
	PG_RETURN_INT64((int64) skipped);
}

/* skipped(patrol, reason) */
Datum
patrol_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[PATROL_SKIP_UNIT] = "unit",
		[PATROL_SKIP_INTERVAL] = "interval",
		[PATROL_SKIP_INFINITE] = "infinite",
		NULL
	};
	PatrolRows	rows;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	patrol_head(fcinfo, &rows);
	PG_RETURN_INT64((int64) rows.head.skipped[option_choice(fcinfo, 1, "reason", reasons)]);
}
