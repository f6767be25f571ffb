/*
 * patrol.c
 *	  SQL type patrol: its expanded form, and how it is read.
 */
#include "base/compat.h"

#include "base/options.h"
#include "base/skips.h"
#include "miscadmin.h"
#include "tracking/patrol.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(patrol_size);
PG_FUNCTION_INFO_V1(patrol_units);
PG_FUNCTION_INFO_V1(patrol_skipped);
PG_FUNCTION_INFO_V1(patrol_skipped_reason);

/* What a new patrol has room for; most groups of a GROUP BY stay small. */
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

uint32
patrol_unit(Patrol *patrol, IdKind kind, Id unit)
{
	bool		added;
	uint32		number;

	patrol->units.context = patrol->summary.header.eoh_context;
	ids_use(&patrol->units, kind, "units");
	number = ids_number(&patrol->units, unit, &added);
	patrol->rows.head.ids = patrol->units.kind;
	patrol->rows.nunits = patrol->units.n;
	return number;
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

/* A unit and the number it came as. */
typedef struct NumberedUnit
{
	PatrolUnit	unit;
	uint32		number;
} NumberedUnit;

static int
compare_units(const void *a, const void *b)
{
	return patrol_unit_compare(&((const NumberedUnit *) a)->unit,
							   &((const NumberedUnit *) b)->unit);
}

/* Set *units to the units in order, and rank[n] to the place of unit n among them. */
static void
units_in_order(const Ids *ids, PatrolUnit *units, uint32 *rank)
{
	NumberedUnit *numbered = MemoryContextAllocHuge(CurrentMemoryContext,
													Max(ids->n, 1) * sizeof(NumberedUnit));

	for (uint32 n = 0; n < ids->n; n++)
	{
		Id			id = ids_get(ids, n);

		numbered[n] = (NumberedUnit) {{id.bytes, id.length}, n};
	}
	qsort(numbered, ids->n, sizeof(NumberedUnit), compare_units);
	for (uint32 n = 0; n < ids->n; n++)
	{
		units[n] = numbered[n].unit;
		rank[numbered[n].number] = n;
	}
	pfree(numbered);
}

#define ST_SORT sort_rows
#define ST_ELEMENT_TYPE PatrolRow
#define ST_COMPARE(a, b, spans) patrol_row_compare(a, b, spans)
#define ST_COMPARE_ARG_TYPE const Span
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* An expanded patrol in order.  The spans are its own, and so are the ids. */
static void
view_in_order(const Patrol *patrol, PatrolRows *view)
{
	const PatrolRows *rows = &patrol->rows;
	MemoryContext context = CurrentMemoryContext;
	uint32	   *rank = MemoryContextAllocHuge(context, Max(rows->nunits, 1) * sizeof(uint32));

	*view = *rows;
	view->units = MemoryContextAllocHuge(context, Max(rows->nunits, 1) * sizeof(PatrolUnit));
	view->rows = MemoryContextAllocHuge(context, Max(rows->nrows, 1) * sizeof(PatrolRow));

	units_in_order(&patrol->units, view->units, rank);
	for (size_t n = 0; n < rows->nrows; n++)
	{
		CHECK_FOR_INTERRUPTS();
		view->rows[n] = rows->rows[n];
		view->rows[n].unit = rank[rows->rows[n].unit];
	}
	sort_rows(view->rows, rows->nrows, rows->spans);
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
		view_in_order((Patrol *) summary, view);
	else
		view_flat(body, view);
}

/* ---- the kind ---- */

/* Add all rows of another patrol, whose units are numbered so in this one. */
static void
absorb_rows(Patrol *patrol, const PatrolRows *other, const uint32 *number)
{
	PatrolRows *rows = &patrol->rows;

	for (int k = 0; k < PATROL_SKIPS; k++)
		patrol_skip(patrol, (PatrolSkip) k, other->head.skipped[k]);
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
}

static uint32 *
numbers_of(const PatrolRows *other)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  Max(other->nunits, 1) * sizeof(uint32));
}

static void
patrol_absorb(Summary *summary, Summary *absorbed)
{
	Patrol	   *patrol = (Patrol *) summary;
	Patrol	   *other = (Patrol *) absorbed;
	uint32	   *number = numbers_of(&other->rows);

	for (uint32 n = 0; n < other->units.n; n++)
		number[n] = patrol_unit(patrol, other->units.kind, ids_get(&other->units, n));
	absorb_rows(patrol, &other->rows, number);
	pfree(number);
}

static void
patrol_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	Patrol	   *patrol = (Patrol *) summary;
	PatrolRows	other;
	uint32	   *number;

	view_flat(body, &other);
	number = numbers_of(&other);
	for (size_t n = 0; n < other.nunits; n++)
		number[n] = patrol_unit(patrol, (IdKind) other.head.ids,
								(Id) {other.units[n].id, other.units[n].length});
	absorb_rows(patrol, &other, number);
	pfree(number);
	pfree(other.units);
	pfree(other.rows);
	pfree(other.spans);
}

static Size
patrol_measure(Summary *summary)
{
	Patrol	   *patrol = (Patrol *) summary;

	return patrol_flat_size(&patrol->rows, ids_bytes(&patrol->units));
}

static void
patrol_flatten(Summary *summary, uint8 *body, Size size)
{
	PatrolRows	view;

	view_in_order((Patrol *) summary, &view);
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

	patrol_head(fcinfo, &rows);
	return skips_total(rows.head.skipped, PATROL_SKIPS);
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
	return skips_of_reason(fcinfo, rows.head.skipped, reasons);
}
