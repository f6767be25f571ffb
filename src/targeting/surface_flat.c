/*
 * surface_flat.c
 *	  The flat form of a surface: see surface_flat.h.
 */
#include "targeting/surface_flat.h"

#include <stdbool.h>
#include <string.h>

#include "base/bytes.h"
#include "base/geometry.h"

#define GRID_BYTES 6
#define HARM_DIGITS_MAX 18		/* 10^18 < 2^63 */
#define HEAD_SIZE (GRID_BYTES + 4 + 4 + 8 * SURFACE_SKIPS + 4 + 4 + 1 + 2)

static const uint64_t power_of_ten[HARM_DIGITS_MAX + 1] = {
	UINT64_C(1), UINT64_C(10), UINT64_C(100), UINT64_C(1000), UINT64_C(10000),
	UINT64_C(100000), UINT64_C(1000000), UINT64_C(10000000),
	UINT64_C(100000000), UINT64_C(1000000000), UINT64_C(10000000000),
	UINT64_C(100000000000), UINT64_C(1000000000000),
	UINT64_C(10000000000000), UINT64_C(100000000000000),
	UINT64_C(1000000000000000), UINT64_C(10000000000000000),
	UINT64_C(100000000000000000), UINT64_C(1000000000000000000)
};

/* ---- layout ---- */

void
surface_extent_begin(SurfaceExtent *extent)
{
	memset(extent, 0, sizeof(*extent));
	extent->harm_digits = HARM_DIGITS_MAX;
}

void
surface_extent_add(SurfaceExtent *extent, const SurfaceCell *cell)
{
	uint64_t	harm = (uint64_t) cell->harm;

	if (extent->ncells == 0 || cell->index.i < extent->min.i)
		extent->min.i = cell->index.i;
	if (extent->ncells == 0 || cell->index.i > extent->max.i)
		extent->max.i = cell->index.i;
	if (extent->ncells == 0 || cell->index.j < extent->min.j)
		extent->min.j = cell->index.j;
	if (extent->ncells == 0 || cell->index.j > extent->max.j)
		extent->max.j = cell->index.j;
	if (cell->events > extent->events_max)
		extent->events_max = cell->events;
	if (harm > extent->harm_max)
		extent->harm_max = harm;
	while (harm % power_of_ten[extent->harm_digits] != 0)
		extent->harm_digits--;
	extent->ncells++;
}

void
surface_flat_plan(SurfaceFlat *flat, const SurfaceExtent *extent)
{
	memset(flat, 0, sizeof(*flat));
	flat->ncells = extent->ncells;
	flat->min = extent->min;
	flat->harm_digits = extent->harm_max == 0 ? 0 : extent->harm_digits;
	flat->width[SURFACE_COLUMN_I] =
		bytes_width((uint32_t) extent->max.i - (uint32_t) extent->min.i);
	flat->width[SURFACE_COLUMN_J] =
		bytes_width((uint32_t) extent->max.j - (uint32_t) extent->min.j);
	flat->width[SURFACE_COLUMN_EVENTS] = bytes_width(extent->events_max);
	flat->width[SURFACE_COLUMN_HARM] =
		bytes_width(extent->harm_max / power_of_ten[flat->harm_digits]);
}

static size_t
cell_size(const SurfaceFlat *flat)
{
	size_t		size = 0;

	for (int c = 0; c < SURFACE_COLUMNS; c++)
		size += (size_t) flat->width[c];
	return size;
}

size_t
surface_flat_size(const SurfaceFlat *flat)
{
	return HEAD_SIZE + flat->ncells * cell_size(flat);
}

/* ---- writing ---- */

static uint8_t *
put(uint8_t *next, int width, uint64_t value)
{
	bytes_put(next, width, value);
	return next + width;
}

void
surface_flat_write(const SurfaceFlat *flat, const SurfaceHead *head,
				   const SurfaceCell *cells, uint8_t *body)
{
	const int  *width = flat->width;
	uint8_t    *next = body;

	next = put(next, GRID_BYTES, head->grid);
	next = put(next, 4, (uint32_t) head->srid);
	next = put(next, 4, flat->ncells);
	for (int k = 0; k < SURFACE_SKIPS; k++)
		next = put(next, 8, head->skipped[k]);
	next = put(next, 4, (uint32_t) flat->min.i);
	next = put(next, 4, (uint32_t) flat->min.j);
	next = put(next, 1, (uint64_t) flat->harm_digits);
	next = put(next, 2, (uint64_t) (width[0] | width[1] << 4 | width[2] << 8 | width[3] << 12));

	for (uint32_t n = 0; n < flat->ncells; n++)
		next = put(next, width[SURFACE_COLUMN_I],
				   (uint32_t) cells[n].index.i - (uint32_t) flat->min.i);
	for (uint32_t n = 0; n < flat->ncells; n++)
		next = put(next, width[SURFACE_COLUMN_J],
				   (uint32_t) cells[n].index.j - (uint32_t) flat->min.j);
	for (uint32_t n = 0; n < flat->ncells; n++)
		next = put(next, width[SURFACE_COLUMN_EVENTS], cells[n].events);
	for (uint32_t n = 0; n < flat->ncells; n++)
		next = put(next, width[SURFACE_COLUMN_HARM],
				   (uint64_t) cells[n].harm / power_of_ten[flat->harm_digits]);
}

/* ---- reading ---- */

static uint64_t
get(const uint8_t **next, int width)
{
	uint64_t	value = bytes_get(*next, width);

	*next += width;
	return value;
}

/* All in front of the columns; returns where they begin. */
static const uint8_t *
read_head(SurfaceFlat *flat, SurfaceHead *head, const uint8_t *body)
{
	const uint8_t *next = body;
	uint64_t	widths;

	memset(flat, 0, sizeof(*flat));
	head->grid = get(&next, GRID_BYTES);
	head->srid = (int32_t) get(&next, 4);
	flat->ncells = (uint32_t) get(&next, 4);
	for (int k = 0; k < SURFACE_SKIPS; k++)
		head->skipped[k] = get(&next, 8);
	flat->min.i = (int32_t) get(&next, 4);
	flat->min.j = (int32_t) get(&next, 4);
	flat->harm_digits = (int) get(&next, 1);
	widths = get(&next, 2);
	for (int c = 0; c < SURFACE_COLUMNS; c++)
		flat->width[c] = (int) (widths >> (4 * c) & 15);
	return next;
}

static void
find_columns(SurfaceFlat *flat, const uint8_t *first)
{
	for (int c = 0; c < SURFACE_COLUMNS; c++)
	{
		flat->column[c] = first;
		first += (size_t) flat->ncells * (size_t) flat->width[c];
	}
}

void
surface_flat_open(SurfaceFlat *flat, SurfaceHead *head, const uint8_t *body)
{
	find_columns(flat, read_head(flat, head, body));
}

static uint64_t
column_value(const SurfaceFlat *flat, int column, uint32_t n)
{
	int			width = flat->width[column];

	return bytes_get(flat->column[column] + (size_t) n * (size_t) width, width);
}

void
surface_flat_cell(const SurfaceFlat *flat, uint32_t n, SurfaceCell *cell)
{
	cell->index.i = (int32_t) ((uint32_t) flat->min.i +
						 (uint32_t) column_value(flat, SURFACE_COLUMN_I, n));
	cell->index.j = (int32_t) ((uint32_t) flat->min.j +
						 (uint32_t) column_value(flat, SURFACE_COLUMN_J, n));
	cell->events = column_value(flat, SURFACE_COLUMN_EVENTS, n);
	cell->harm = (int64_t) (column_value(flat, SURFACE_COLUMN_HARM, n) *
							power_of_ten[flat->harm_digits]);
	cell->status = 0;
}

/* ---- checking ---- */

static const char *
check_head(const SurfaceFlat *flat, const SurfaceHead *head)
{
	uint64_t	thousandths = head->grid & ((UINT64_C(1) << 40) - 1);

	if (thousandths == 0 || head->grid >> 40 > 1)
		return "its grid is unknown";
	if (head->srid < SURFACE_NO_SRID || head->srid > GEOMETRY_SRID_MAX)
		return "its SRID is out of range";
	if (head->srid == SURFACE_NO_SRID && flat->ncells > 0)
		return "it has cells but no SRID";
	for (int k = 0; k < SURFACE_SKIPS; k++)
		if (head->skipped[k] > SURFACE_MAX_EVENTS)
			return "its number of skipped events is out of range";
	if (flat->harm_digits > HARM_DIGITS_MAX)
		return "its harm is out of range";
	if (flat->width[SURFACE_COLUMN_I] > 4 || flat->width[SURFACE_COLUMN_J] > 4 ||
		flat->width[SURFACE_COLUMN_EVENTS] > 8 || flat->width[SURFACE_COLUMN_HARM] > 8)
		return "its columns are too wide";
	if (flat->ncells > SURFACE_MAX_CELLS)
		return "it has too many cells";
	return NULL;
}

/* Cell n in full, each part within its range. */
static const char *
check_cell(const SurfaceFlat *flat, uint32_t n, SurfaceCell *cell)
{
	int64_t		i = (int64_t) flat->min.i + (int64_t) column_value(flat, SURFACE_COLUMN_I, n);
	int64_t		j = (int64_t) flat->min.j + (int64_t) column_value(flat, SURFACE_COLUMN_J, n);
	uint64_t	events = column_value(flat, SURFACE_COLUMN_EVENTS, n);
	uint64_t	harm = column_value(flat, SURFACE_COLUMN_HARM, n);

	if (i > INT32_MAX || j > INT32_MAX)
		return "a cell index is out of range";
	if (events > SURFACE_MAX_EVENTS)
		return "a number of events is out of range";
	if (harm > (uint64_t) INT64_MAX / power_of_ten[flat->harm_digits])
		return "a harm is out of range";
	if (events == 0 && harm != 0)
		return "a cell has harm without an event";
	surface_flat_cell(flat, n, cell);
	return NULL;
}

static bool
same_layout(const SurfaceFlat *a, const SurfaceFlat *b)
{
	return a->min.i == b->min.i && a->min.j == b->min.j &&
		a->harm_digits == b->harm_digits &&
		memcmp(a->width, b->width, sizeof(a->width)) == 0;
}

const char *
surface_flat_check(const uint8_t *body, size_t size)
{
	SurfaceFlat flat;
	SurfaceFlat shortest;
	SurfaceHead head;
	SurfaceExtent extent;
	SurfaceCell cell;
	SurfaceCell before = {0};
	const uint8_t *columns;
	const char *problem;

	if (size < HEAD_SIZE)
		return "it is too short";
	columns = read_head(&flat, &head, body);
	problem = check_head(&flat, &head);
	if (problem != NULL)
		return problem;
	if (size != surface_flat_size(&flat))
		return "its length does not fit its number of cells";
	find_columns(&flat, columns);

	surface_extent_begin(&extent);
	for (uint32_t n = 0; n < flat.ncells; n++)
	{
		problem = check_cell(&flat, n, &cell);
		if (problem != NULL)
			return problem;
		if (n > 0 && surface_compare_index(&before, &cell) >= 0)
			return "its cells are out of order";
		surface_extent_add(&extent, &cell);
		before = cell;
	}
	surface_flat_plan(&shortest, &extent);
	if (!same_layout(&flat, &shortest))
		return "it is not in its shortest form";
	return NULL;
}
