/*
 * panel.c
 *	  Tries src/testing/panel_flat.c on random, damaged and hostile bytes.
 *
 * Random panels are written and read back.  Then their bytes are mutated: the
 * check must come to an end and stay within the bytes, and what it takes must be
 * the one flat form of a panel.
 */
#include "testing/panel_flat.h"

#include "fuzz.h"

/* What a random panel has at most. */
#define PLACES_MAX 8
#define PERIODS_MAX 6

/* What a mutated one has at most: a place takes 8 bytes, a period 4. */
#define PLACES_ROOM (INPUT_MAX / 8)
#define PERIODS_ROOM (INPUT_MAX / 4)

typedef struct Sample
{
	PanelRows	rows;
	int32_t		periods[PERIODS_ROOM];
	uint32_t	columns[PERIODS_ROOM];
	PanelPlace	places[PLACES_ROOM];
	Outcome		outcomes[INPUT_MAX];
	uint8_t		ids[2 * PLACES_MAX][16];
} Sample;

static void
sample_begin(Sample *sample)
{
	memset(&sample->rows, 0, sizeof(sample->rows));
	sample->rows.periods = sample->periods;
	sample->rows.columns = sample->columns;
	sample->rows.places = sample->places;
}

/* ---- random panels ---- */

static int
compare_places(const void *a, const void *b)
{
	const PanelPlace *one = a;
	const PanelPlace *other = b;
	uint32_t	length = one->length < other->length ? one->length : other->length;
	int			order = memcmp(one->id, other->id, length);

	return order != 0 ? order : (one->length > other->length) - (one->length < other->length);
}

/* Ids that have much in common, for the order to be hard. */
static uint32_t
random_id(Random *random, uint8_t kind, uint8_t *id)
{
	uint32_t	length = kind == IDS_BIGINT ? IDS_BIGINT_LENGTH :
		(uint32_t) random_below(random, 6);

	for (uint32_t k = 0; k < length; k++)
		id[k] = (uint8_t) (random_chance(random, 3) ? 0xff : 1 + random_below(random, 2));
	return length;
}

static void
random_places(Random *random, Sample *sample)
{
	PanelHead  *head = &sample->rows.head;
	uint32_t	nplaces = 1 + (uint32_t) random_below(random, PLACES_MAX);
	uint32_t	kept = 0;

	for (uint32_t n = 0; n < nplaces; n++)
	{
		PanelPlace *place = &sample->places[n];

		memset(place, 0, sizeof(*place));
		place->id = sample->ids[n];
		place->length = random_id(random, head->place_ids, sample->ids[n]);
		place->treated_from = random_chance(random, 2) ? PANEL_NEVER : (int32_t) random_next(random);
		if (head->cluster_ids != IDS_NONE)
		{
			place->cluster_id = sample->ids[PLACES_MAX + n];
			place->cluster_length = random_id(random, head->cluster_ids, sample->ids[PLACES_MAX + n]);
		}
	}
	qsort(sample->places, nplaces, sizeof(PanelPlace), compare_places);
	for (uint32_t n = 0; n < nplaces; n++)
		if (kept == 0 || compare_places(&sample->places[kept - 1], &sample->places[n]) != 0)
			sample->places[kept++] = sample->places[n];
	head->nplaces = kept;
}

/* Of few or many bytes, with few or many digits behind the point. */
static Outcome
random_outcome(Random *random, int bits, int64_t unit)
{
	unsigned __int128 value = (unsigned __int128) random_next(random) << 64 | random_next(random);

	if (bits == 0 || random_chance(random, 4))
		return 0;
	return (Outcome) ((__int128) value >> (128 - bits)) * unit;
}

static void
random_outcomes(Random *random, Sample *sample)
{
	PanelHead  *head = &sample->rows.head;
	int			exponent = (int) random_below(random, OUTCOME_DIGITS + 1);
	int64_t		unit = 1;
	int			bits = random_chance(random, 3) ? (int) random_below(random, 8) :
		(int) random_below(random, 88);
	Outcome    *outcomes = sample->outcomes;

	for (int k = 0; k < exponent; k++)
		unit *= 10;
	for (uint32_t n = 0; n < head->nplaces; n++)
	{
		PanelCells *cells = &sample->places[n].cells;

		/* Columns at the end may be missing. */
		cells->values = outcomes;
		cells->ncolumns = (uint32_t) random_below(random, head->nperiods + 1);
		cells->wide = random_chance(random, 2) || bits > 23;
		for (uint32_t c = 0; c < cells->ncolumns; c++)
		{
			Outcome		outcome = random_outcome(random, bits, unit);

			if (cells->wide)
				outcomes[c] = outcome;
			else
				((int64_t *) outcomes)[c] = (int64_t) outcome;
		}
		outcomes += cells->ncolumns;
	}
}

static void
random_sample(Random *random, Sample *sample)
{
	PanelHead  *head = &sample->rows.head;
	int32_t		period = random_chance(random, 4) ? INT32_MIN : -3;

	sample_begin(sample);
	for (int k = 0; k < PANEL_SKIPS; k++)
		head->skipped[k] = random_chance(random, 2) ? 0 : random_next(random) >> (3 + random_below(random, 61));
	if (random_chance(random, 16))
		return;
	head->place_ids = random_chance(random, 2) ? IDS_BIGINT : IDS_TEXT;
	head->cluster_ids = (uint8_t) random_below(random, IDS_TEXT + 1);
	head->nperiods = 1 + (uint32_t) random_below(random, PERIODS_MAX);
	for (uint32_t p = 0; p < head->nperiods; p++)
	{
		sample->periods[p] = period;
		period += 1 + (int32_t) random_below(random, 3);
		sample->columns[p] = head->nperiods - 1 - p;
	}
	random_places(random, sample);
	random_outcomes(random, sample);
}

/* ---- what must hold ---- */

/* Write into a block of just the size, so that writing on is seen. */
static void
write_sample(const Sample *sample, Input *body)
{
	PanelForm	form = panel_flat_form(&sample->rows);
	Block		block;

	body->size = panel_flat_size(&sample->rows, form);
	require(body->size <= INPUT_MAX);
	block = block_of(NULL, body->size, 0);
	panel_flat_write(&sample->rows, form, block.bytes);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

/* A body that was checked, read in full. */
static void
read_body(const uint8_t *body, Sample *sample)
{
	PanelForm	form;

	sample_begin(sample);
	panel_flat_open(&sample->rows.head, &form, body);
	require(sample->rows.head.nperiods <= PERIODS_ROOM && sample->rows.head.nplaces <= PLACES_ROOM);
	require(form.width == 0 ||
			(size_t) sample->rows.head.nperiods * sample->rows.head.nplaces <= INPUT_MAX);
	panel_flat_read(&sample->rows, form, sample->outcomes, body);
}

static void
expect_valid(const Sample *sample)
{
	const PanelRows *rows = &sample->rows;

	for (int k = 0; k < PANEL_SKIPS; k++)
		require(rows->head.skipped[k] <= PANEL_MAX_SKIPPED);
	require(rows->head.nperiods <= PANEL_MAX_PERIODS);
	for (uint32_t p = 1; p < rows->head.nperiods; p++)
		require(rows->periods[p - 1] < rows->periods[p]);
	for (uint32_t n = 1; n < rows->head.nplaces; n++)
		require(compare_places(&rows->places[n - 1], &rows->places[n]) < 0);
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = panel_flat_check(body, size);

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

/* Two places or periods in each other's place are refused. */
static void
expect_refusal_of_other_order(Random *random, Sample *sample, Input *body)
{
	PanelRows  *rows = &sample->rows;

	if (rows->head.nplaces >= 2)
	{
		uint32_t	n = (uint32_t) random_below(random, rows->head.nplaces - 1);
		PanelPlace	saved = rows->places[n];

		rows->places[n] = rows->places[n + 1];
		rows->places[n + 1] = saved;
		write_sample(sample, body);
		require(!try_input(body, 0));
		rows->places[n + 1] = rows->places[n];
		rows->places[n] = saved;
	}
	if (rows->head.nperiods >= 2)
	{
		uint32_t	p = (uint32_t) random_below(random, rows->head.nperiods - 1);

		rows->periods[p] = rows->periods[p + 1];
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
