/*
 * patrol.c
 *	  Tries src/tracking/patrol_flat.c on random, damaged and hostile bytes.
 *
 * Random patrols are written and read back.  Then their bytes are mutated: the
 * check must come to an end and stay within the bytes, and what it takes must be
 * the one flat form of a patrol.
 */
#include "tracking/patrol_flat.h"

#include "fuzz.h"

/* What a random patrol has at most. */
#define UNITS_MAX 6
#define ROWS_MAX 24
#define ROW_SPANS_MAX 4

/* What a mutated one has at most: each takes more than 4 bytes. */
#define ROOM (INPUT_MAX / 4)

typedef struct Sample
{
	PatrolRows	rows;
	PatrolUnit	units[ROOM];
	PatrolRow	row[ROOM];
	Span		spans[ROOM];
	uint8_t		ids[UNITS_MAX][16];
} Sample;

static void
sample_begin(Sample *sample)
{
	memset(&sample->rows, 0, sizeof(sample->rows));
	sample->rows.units = sample->units;
	sample->rows.rows = sample->row;
	sample->rows.spans = sample->spans;
}

/* ---- random patrols ---- */

static int
compare_units(const void *a, const void *b)
{
	return patrol_unit_compare(a, b);
}

/* Ids that have much in common, for the order to be hard. */
static void
random_units(Random *random, Sample *sample)
{
	size_t		nunits = 1 + random_below(random, UNITS_MAX);
	size_t		kept = 0;

	sample->rows.head.ids = random_chance(random, 2) ? IDS_BIGINT : IDS_TEXT;
	for (size_t n = 0; n < nunits; n++)
	{
		PatrolUnit *unit = &sample->units[n];

		unit->id = sample->ids[n];
		unit->length = sample->rows.head.ids == IDS_BIGINT ? IDS_BIGINT_LENGTH :
			(uint32_t) random_below(random, 6);
		for (uint32_t k = 0; k < unit->length; k++)
			sample->ids[n][k] = (uint8_t) (random_chance(random, 3) ? 0xff : 1 + random_below(random, 2));
	}
	qsort(sample->units, nunits, sizeof(PatrolUnit), compare_units);
	for (size_t n = 0; n < nunits; n++)
		if (kept == 0 || patrol_unit_compare(&sample->units[kept - 1], &sample->units[n]) != 0)
			sample->units[kept++] = sample->units[n];
	sample->rows.nunits = kept;
}

/* Spans that ascend, close together or as far apart as can be. */
static void
random_spans(Random *random, Sample *sample, PatrolRow *row)
{
	int64_t		time = random_chance(random, 4) ? TIME_MIN :
		random_chance(random, 4) ? TIME_END - 20 : (int64_t) random_below(random, 4) * 100;

	row->first = sample->rows.nspans;
	row->nspans = 1 + (uint32_t) random_below(random, ROW_SPANS_MAX);
	if (time == TIME_END - 20)
		row->nspans = 1;
	for (uint32_t k = 0; k < row->nspans; k++)
	{
		Span	   *span = &sample->spans[sample->rows.nspans++];

		span->start = time + 1 * (k > 0) + (int64_t) random_below(random, 3);
		span->end = span->start + 1 + (int64_t) random_below(random, 3);
		time = span->end;
	}
}

static void
sort_rows(Sample *sample)
{
	for (size_t n = 1; n < sample->rows.nrows; n++)
		for (size_t k = n; k > 0 && patrol_row_compare(&sample->row[k - 1], &sample->row[k], sample->spans) > 0; k--)
		{
			PatrolRow	saved = sample->row[k];

			sample->row[k] = sample->row[k - 1];
			sample->row[k - 1] = saved;
		}
}

static void
random_sample(Random *random, Sample *sample)
{
	PatrolRows *rows = &sample->rows;

	sample_begin(sample);
	for (int k = 0; k < PATROL_SKIPS; k++)
		rows->head.skipped[k] = random_chance(random, 2) ? 0 : random_next(random) >> (2 + random_below(random, 62));
	if (random_chance(random, 16))
		return;
	random_units(random, sample);
	rows->nrows = rows->nunits + random_below(random, ROWS_MAX - UNITS_MAX + 1);
	for (size_t n = 0; n < rows->nrows; n++)
	{
		PatrolRow  *row = &sample->row[n];

		memset(row, 0, sizeof(*row));
		row->unit = (uint32_t) (n < rows->nunits ? n : random_below(random, rows->nunits));
		row->flags = (uint8_t) random_below(random, PATROL_FLAGS + 1);
		row->pings = random_chance(random, 3) ? INT64_MAX : (int64_t) random_below(random, 3);
		random_spans(random, sample, row);
	}
	sort_rows(sample);
}

/* ---- what must hold ---- */

/* Write into a block of just the size, so that writing on is seen. */
static void
write_sample(const Sample *sample, Input *body)
{
	Block		block;

	size_t		id_bytes = 0;

	for (size_t n = 0; n < sample->rows.nunits; n++)
		id_bytes += sample->rows.units[n].length;
	body->size = patrol_flat_size(&sample->rows, id_bytes);
	require(body->size <= INPUT_MAX);
	block = block_of(NULL, body->size, 0);
	patrol_flat_write(&sample->rows, block.bytes);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

/* A body that was checked, read in full. */
static void
read_body(const uint8_t *body, Sample *sample)
{
	PatrolRows	rows;

	patrol_flat_open(&rows, body);
	require(rows.nunits <= ROOM && rows.nrows <= ROOM && rows.nspans <= ROOM);
	rows.units = sample->units;
	rows.rows = sample->row;
	rows.spans = sample->spans;
	patrol_flat_read(&rows, body);
	sample->rows = rows;
}

static void
expect_valid(const Sample *sample)
{
	const PatrolRows *rows = &sample->rows;
	size_t		nspans = 0;

	require(rows->head.ids <= IDS_TEXT);
	for (int k = 0; k < PATROL_SKIPS; k++)
		require(rows->head.skipped[k] <= PATROL_MAX_SKIPPED);
	for (size_t n = 1; n < rows->nunits; n++)
		require(patrol_unit_compare(&rows->units[n - 1], &rows->units[n]) < 0);
	for (size_t n = 0; n < rows->nrows; n++)
	{
		const PatrolRow *row = &rows->rows[n];

		require(row->unit < rows->nunits && row->pings >= 0 && row->flags <= PATROL_FLAGS);
		require(n == 0 || patrol_row_compare(row - 1, row, rows->spans) <= 0);
		require(row->first == nspans && row->nspans > 0);
		for (uint32_t k = 0; k < row->nspans; k++)
		{
			const Span *span = &rows->spans[nspans++];

			require(span->start >= TIME_MIN && span->start < span->end && span->end < TIME_END);
			require(k == 0 || span[-1].end < span->start);
		}
	}
	require(nspans == rows->nspans);
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = patrol_flat_check(body, size);

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	read_body(body, &sample);
	expect_valid(&sample);
	write_sample(&sample, &again);
	require(again.size == size && memcmp(again.bytes, body, size) == 0);
	return true;
}

static bool
try_input(const Input *body, size_t shift)
{
	Block		block = block_of(body->bytes, body->size, shift);
	bool		taken = try_body(block.bytes, body->size);

	free(block.memory);
	return taken;
}

/* Two rows, units or spans in each other's place are refused, unless they are equal. */
static void
expect_refusal_of_other_order(Random *random, Sample *sample, Input *body)
{
	PatrolRows *rows = &sample->rows;
	size_t		n;

	if (rows->nrows < 2)
		return;
	n = random_below(random, rows->nrows - 1);
	if (patrol_row_compare(&rows->rows[n], &rows->rows[n + 1], rows->spans) != 0)
	{
		PatrolRow	saved = rows->rows[n];

		rows->rows[n] = rows->rows[n + 1];
		rows->rows[n + 1] = saved;
		write_sample(sample, body);
		require(!try_input(body, 0));
		rows->rows[n + 1] = rows->rows[n];
		rows->rows[n] = saved;
	}
	if (rows->nunits >= 2)
	{
		n = random_below(random, rows->nunits - 1);
		rows->units[n] = rows->units[n + 1];
		write_sample(sample, body);
		require(!try_input(body, 0));
	}
}

/* ---- the program ---- */

static bool
attempt(Random *random)
{
	static Sample sample;
	static Input body;
	static Input other;

	trying.input = &body;
	random_sample(random, &sample);
	write_sample(&sample, &other);
	body = other;
	require(try_input(&body, random_below(random, 8)));
	expect_refusal_of_other_order(random, &sample, &body);

	random_sample(random, &sample);
	write_sample(&sample, &body);
	mutate(&body, random, &other);
	return try_input(&body, random_below(random, 8));
}

int
main(int argc, char **argv)
{
	fuzz_begin();
	return fuzz(argc, argv, attempt);
}
