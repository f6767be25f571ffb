/*
 * trial.c
 *	  Tries src/testing/trial_flat.c on random, damaged and hostile bytes.
 *
 * Random trials are written and read back.  Then their bytes are mutated: the
 * check must come to an end and stay within the bytes, and what it takes must be
 * the one flat form of a trial.
 */
#include "testing/trial_flat.h"

#include "fuzz.h"

/* What a random trial has at most. */
#define PLACES_MAX 6
#define PLACE_CELLS_MAX 8

/* What a mutated one has at most: a place takes 8 bytes, and each cell a place or 1. */
#define ROOM INPUT_MAX

typedef struct Sample
{
	TrialRows	rows;
	TrialPlace	places[ROOM];
	TrialCell	cells[ROOM];
	uint8_t		ids[PLACES_MAX][16];
} Sample;

/* ---- random trials ---- */

static int
compare_places(const void *a, const void *b)
{
	return trial_place_compare(a, b);
}

/* Ids that have much in common, for the order to be hard. */
static void
random_places(Random *random, Sample *sample)
{
	size_t		nplaces = 1 + random_below(random, PLACES_MAX);
	uint32_t	kept = 0;

	sample->rows.head.ids = random_chance(random, 2) ? IDS_BIGINT : IDS_TEXT;
	for (size_t n = 0; n < nplaces; n++)
	{
		TrialPlace *place = &sample->places[n];

		place->id = sample->ids[n];
		place->length = sample->rows.head.ids == IDS_BIGINT ? IDS_BIGINT_LENGTH :
			(uint32_t) random_below(random, 6);
		for (uint32_t k = 0; k < place->length; k++)
			sample->ids[n][k] = (uint8_t) (random_chance(random, 3) ? 0xff : 1 + random_below(random, 2));
	}
	qsort(sample->places, nplaces, sizeof(TrialPlace), compare_places);
	for (size_t n = 0; n < nplaces; n++)
		if (kept == 0 || trial_place_compare(&sample->places[kept - 1], &sample->places[n]) != 0)
			sample->places[kept++] = sample->places[n];
	sample->rows.head.nplaces = kept;
}

/* A multiple of a unit that may be small or as large as can be. */
static Amount
random_amount(Random *random, Amount unit)
{
	Amount		most = AMOUNT_MAX / unit;

	if (random_chance(random, 3))
		return 0;
	if (random_chance(random, 6))
		return most * unit;
	return (Amount) (random_next(random) >> random_below(random, 64)) % (most + 1) * unit;
}

static void
random_cells(Random *random, Sample *sample)
{
	TrialRows  *rows = &sample->rows;
	int64_t		start = random_chance(random, 4) ? TRIAL_DAY_MIN :
		random_chance(random, 4) ? TRIAL_DAY_END - 100 : (int64_t) random_below(random, 10000);
	Amount		unit = random_chance(random, 2) ? AMOUNT_UNIT :
		1 + (Amount) (random_next(random) >> random_below(random, 63)) % AMOUNT_MAX;

	rows->head.doses = random_chance(random, 2) ? TRIAL_DOSES_KNOWN : TRIAL_DOSES_UNKNOWN;
	for (uint32_t n = 0; n < rows->head.nplaces; n++)
	{
		int64_t		day = start + (int64_t) random_below(random, 4);

		rows->places[n].ncells = 1 + (uint32_t) random_below(random, PLACE_CELLS_MAX);
		for (uint32_t k = 0; k < rows->places[n].ncells; k++)
		{
			TrialCell  *cell = &rows->cells[rows->head.ncells++];

			memset(cell, 0, sizeof(*cell));
			cell->place = n;
			cell->day = (int32_t) day;
			cell->treated = random_chance(random, 2);
			cell->outcome = random_amount(random, unit) * (random_chance(random, 4) ? -1 : 1);
			if (rows->head.doses == TRIAL_DOSES_KNOWN)
				cell->dose = random_amount(random, unit);
			day += 1 + (int64_t) random_below(random, 10);
		}
	}
}

static void
random_sample(Random *random, Sample *sample)
{
	memset(&sample->rows, 0, sizeof(sample->rows));
	sample->rows.places = sample->places;
	sample->rows.cells = sample->cells;
	for (int k = 0; k < TRIAL_SKIPS; k++)
		sample->rows.head.skipped[k] = random_chance(random, 2) ? 0 :
			random_next(random) >> (4 + random_below(random, 60));
	if (random_chance(random, 16))
		return;
	random_places(random, sample);
	random_cells(random, sample);
}

/* ---- what must hold ---- */

/* Write into a block of just the size, so that writing on is seen. */
static void
write_sample(const Sample *sample, Input *body)
{
	TrialForm	form = trial_flat_form(&sample->rows);
	Block		block;

	body->size = trial_flat_size(&sample->rows, &form);
	require(body->size <= INPUT_MAX);
	block = block_of(NULL, body->size, 0);
	trial_flat_write(&sample->rows, &form, block.bytes);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

/* A body that was checked, read in full. */
static void
read_body(const uint8_t *body, Sample *sample)
{
	TrialForm	form;

	trial_flat_open(&sample->rows.head, &form, body);
	require(sample->rows.head.nplaces <= ROOM && sample->rows.head.ncells <= ROOM);
	sample->rows.places = sample->places;
	sample->rows.cells = sample->cells;
	trial_flat_read(&sample->rows, &form, body);
}

static void
expect_valid(const Sample *sample)
{
	const TrialRows *rows = &sample->rows;
	uint32_t	ncells = 0;

	require(rows->head.ids <= IDS_TEXT && rows->head.doses <= TRIAL_DOSES_KNOWN);
	for (int k = 0; k < TRIAL_SKIPS; k++)
		require(rows->head.skipped[k] <= TRIAL_MAX_SKIPPED);
	for (uint32_t n = 0; n < rows->head.nplaces; n++)
	{
		require(rows->places[n].ncells > 0);
		require(n == 0 || trial_place_compare(&rows->places[n - 1], &rows->places[n]) < 0);
		ncells += rows->places[n].ncells;
	}
	require(ncells == rows->head.ncells);
	for (uint32_t n = 0; n < ncells; n++)
	{
		const TrialCell *cell = &rows->cells[n];

		require(cell->day >= TRIAL_DAY_MIN && cell->day < TRIAL_DAY_END);
		require(n == 0 || cell[-1].place < cell->place ||
				(cell[-1].place == cell->place && cell[-1].day < cell->day));
		require(cell->outcome <= AMOUNT_MAX && cell->outcome >= -AMOUNT_MAX);
		require(cell->dose <= AMOUNT_MAX && cell->dose >= 0);
		require(cell->dose == 0 || rows->head.doses == TRIAL_DOSES_KNOWN);
	}
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = trial_flat_check(body, size);

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
