/*
 * patrol_flat.c
 *	  The flat form of a patrol: see patrol_flat.h.
 */
#include "tracking/patrol_flat.h"

#include <string.h>

#include "base/bytes.h"

#define HEAD_SIZE (1 + 8 * PATROL_SKIPS + 4 + 4 + 4)
#define UNIT_SIZE 4				/* and its id */
#define ROW_SIZE (4 + 4 + 8 + 1)
#define SPAN_SIZE (8 + 8)

/* ---- order ---- */

int
patrol_unit_compare(const PatrolUnit *a, const PatrolUnit *b)
{
	return id_bytes_compare(a->id, a->length, b->id, b->length);
}

/* Order by all that comes after the spans which two rows have in common. */
static int
compare_rest(const PatrolRow *a, const PatrolRow *b)
{
	if (a->nspans != b->nspans)
		return a->nspans < b->nspans ? -1 : 1;
	if (a->flags != b->flags)
		return a->flags < b->flags ? -1 : 1;
	return (a->pings > b->pings) - (a->pings < b->pings);
}

int
patrol_row_compare(const PatrolRow *a, const PatrolRow *b, const Span *spans)
{
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	for (uint32_t k = 0; k < a->nspans && k < b->nspans; k++)
	{
		int			order = span_compare(spans[a->first + k], spans[b->first + k]);

		if (order != 0)
			return order;
	}
	return compare_rest(a, b);
}

/* ---- writing ---- */

static uint8_t *
put(uint8_t *next, int width, uint64_t value)
{
	bytes_put(next, width, value);
	return next + width;
}

size_t
patrol_flat_size(const PatrolRows *patrol, size_t id_bytes)
{
	return HEAD_SIZE + patrol->nunits * UNIT_SIZE + id_bytes +
		patrol->nrows * ROW_SIZE + patrol->nspans * SPAN_SIZE;
}

void
patrol_flat_write(const PatrolRows *patrol, uint8_t *body)
{
	uint8_t    *next = body;

	next = put(next, 1, (uint64_t) patrol->head.ids);
	for (int k = 0; k < PATROL_SKIPS; k++)
		next = put(next, 8, patrol->head.skipped[k]);
	next = put(next, 4, patrol->nunits);
	next = put(next, 4, patrol->nrows);
	next = put(next, 4, patrol->nspans);

	for (size_t n = 0; n < patrol->nunits; n++)
	{
		const PatrolUnit *unit = &patrol->units[n];

		next = put(next, 4, unit->length);
		if (unit->length > 0)
			memcpy(next, unit->id, unit->length);
		next += unit->length;
	}
	for (size_t n = 0; n < patrol->nrows; n++)
	{
		const PatrolRow *row = &patrol->rows[n];

		next = put(next, 4, row->unit);
		next = put(next, 4, row->nspans);
		next = put(next, 8, (uint64_t) row->pings);
		next = put(next, 1, row->flags);
	}
	for (size_t n = 0; n < patrol->nrows; n++)
	{
		const Span *spans = patrol->spans + patrol->rows[n].first;

		for (uint32_t k = 0; k < patrol->rows[n].nspans; k++)
		{
			next = put(next, 8, (uint64_t) spans[k].start);
			next = put(next, 8, (uint64_t) spans[k].end);
		}
	}
}

/* ---- reading ---- */

static uint64_t
get(const uint8_t **next, int width)
{
	uint64_t	value = bytes_get(*next, width);

	*next += width;
	return value;
}

/* A row whose first span is not known. */
static PatrolRow
get_row(const uint8_t **next)
{
	PatrolRow	row = {0};

	row.unit = (uint32_t) get(next, 4);
	row.nspans = (uint32_t) get(next, 4);
	row.pings = (int64_t) get(next, 8);
	row.flags = (uint8_t) get(next, 1);
	return row;
}

static Span
get_span(const uint8_t **next)
{
	Span		span;

	span.start = (int64_t) get(next, 8);
	span.end = (int64_t) get(next, 8);
	return span;
}

void
patrol_flat_open(PatrolRows *patrol, const uint8_t *body)
{
	const uint8_t *next = body;

	memset(patrol, 0, sizeof(*patrol));
	patrol->head.ids = (IdKind) get(&next, 1);
	for (int k = 0; k < PATROL_SKIPS; k++)
		patrol->head.skipped[k] = get(&next, 8);
	patrol->nunits = get(&next, 4);
	patrol->nrows = get(&next, 4);
	patrol->nspans = get(&next, 4);
}

void
patrol_flat_read(PatrolRows *patrol, const uint8_t *body)
{
	const uint8_t *next = body + HEAD_SIZE;
	size_t		first = 0;

	for (size_t n = 0; n < patrol->nunits; n++)
	{
		patrol->units[n].length = (uint32_t) get(&next, 4);
		patrol->units[n].id = next;
		next += patrol->units[n].length;
	}
	for (size_t n = 0; n < patrol->nrows; n++)
	{
		patrol->rows[n] = get_row(&next);
		patrol->rows[n].first = first;
		first += patrol->rows[n].nspans;
	}
	for (size_t n = 0; n < patrol->nspans; n++)
		patrol->spans[n] = get_span(&next);
}

/* ---- checking ---- */

static const char *
check_head(const PatrolRows *patrol)
{
	if (patrol->head.ids > IDS_TEXT)
		return "the type of its unit ids is unknown";
	if ((patrol->head.ids == IDS_NONE) != (patrol->nunits == 0))
		return "its number of units does not fit the type of their ids";
	for (int k = 0; k < PATROL_SKIPS; k++)
		if (patrol->head.skipped[k] > PATROL_MAX_SKIPPED)
			return "its number of skipped rows is out of range";
	return NULL;
}

/* Move *next behind the units, which may reach to the end. */
static const char *
check_units(const PatrolRows *patrol, const uint8_t **next, const uint8_t *end)
{
	PatrolUnit	before = {0};

	for (size_t n = 0; n < patrol->nunits; n++)
	{
		PatrolUnit	unit;
		const char *problem;

		if (end - *next < UNIT_SIZE)
			return "it is too short for its units";
		unit.length = (uint32_t) get(next, 4);
		unit.id = *next;
		if ((size_t) (end - *next) < unit.length)
			return "it is too short for its units";
		*next += unit.length;
		problem = id_bytes_problem(patrol->head.ids, unit.id, unit.length);
		if (problem != NULL)
			return problem;
		if (n > 0 && patrol_unit_compare(&before, &unit) >= 0)
			return "its units are out of order";
		before = unit;
	}
	return NULL;
}

static const char *
check_row(const PatrolRow *row)
{
	if (row->nspans == 0)
		return "a row has no interval";
	if (row->pings < 0)
		return "a number of pings is out of range";
	if (row->flags > PATROL_FLAGS)
		return "the flags of a row are unknown";
	return NULL;
}

/* Move *next behind the spans of a row, for which there is room. */
static const char *
check_spans(const PatrolRow *row, const uint8_t **next)
{
	Span		before = {0};

	for (uint32_t k = 0; k < row->nspans; k++)
	{
		Span		span = get_span(next);

		if (span.start < TIME_MIN || span.end >= TIME_END)
			return "an interval is out of range";
		if (span.start >= span.end)
			return "an interval is empty";
		if (k > 0 && span.start <= before.end)
			return "the intervals of a row are out of order";
		before = span;
	}
	return NULL;
}

/* As patrol_row_compare(), of rows of one unit whose spans stand at a and b. */
static int
compare_flat_rows(const PatrolRow *one, const uint8_t *a,
				  const PatrolRow *other, const uint8_t *b)
{
	for (uint32_t k = 0; k < one->nspans && k < other->nspans; k++)
	{
		int			order = span_compare(get_span(&a), get_span(&b));

		if (order != 0)
			return order;
	}
	return compare_rest(one, other);
}

/* The rows, which stand at next, and their spans, which reach to the end. */
static const char *
check_rows(const PatrolRows *patrol, const uint8_t *next)
{
	const uint8_t *spans = next + patrol->nrows * ROW_SIZE;
	const uint8_t *spans_before = NULL;
	size_t		nspans = patrol->nspans;
	PatrolRow	before = {0};

	for (size_t n = 0; n < patrol->nrows; n++)
	{
		PatrolRow	row = get_row(&next);
		const uint8_t *spans_of_row = spans;
		const char *problem = check_row(&row);

		if (problem == NULL && row.nspans > nspans)
			problem = "it has too few intervals for its rows";
		if (problem == NULL)
			problem = check_spans(&row, &spans);
		if (problem != NULL)
			return problem;
		nspans -= row.nspans;

		/* Each unit has a row, and they come in turn. */
		if (row.unit != before.unit && (n == 0 || row.unit != before.unit + 1))
			return "its rows are not those of its units";
		if (n > 0 && row.unit == before.unit &&
			compare_flat_rows(&before, spans_before, &row, spans_of_row) > 0)
			return "its rows are out of order";
		before = row;
		spans_before = spans_of_row;
	}
	if (nspans > 0)
		return "it has more intervals than its rows";
	if (patrol->nunits != (patrol->nrows == 0 ? 0 : (size_t) before.unit + 1))
		return "its rows are not those of its units";
	return NULL;
}

const char *
patrol_flat_check(const uint8_t *body, size_t size)
{
	PatrolRows	patrol;
	const uint8_t *next = body + HEAD_SIZE;
	const char *problem;
	size_t		left;

	if (size < HEAD_SIZE)
		return "it is too short";
	patrol_flat_open(&patrol, body);
	problem = check_head(&patrol);
	if (problem == NULL)
		problem = check_units(&patrol, &next, body + size);
	if (problem != NULL)
		return problem;

	left = size - (size_t) (next - body);
	if (patrol.nrows > left / ROW_SIZE)
		return "its length does not fit its number of rows";
	left -= patrol.nrows * ROW_SIZE;
	if (left % SPAN_SIZE != 0 || left / SPAN_SIZE != patrol.nspans)
		return "its length does not fit its number of intervals";
	return check_rows(&patrol, next);
}
