/*
 * did.c
 *	  Tries src/testing/did_flat.c on random, damaged and hostile bytes.
 *
 * Random states of both kinds are written and read back.  Then their bytes are
 * mutated: the check must come to an end and stay within the bytes, and what it
 * takes must be the one flat form of what rows can make.
 */
#include "testing/did_flat.h"

#include "fuzz.h"

#define PLACES_MAX 8
#define ID_MAX 8

/* What a mutated input has at most. */
#define ROOM (INPUT_MAX / DID_PLACE_SIZE + 1)

/* A state of either kind. */
typedef struct Sample
{
	bool		of_places;
	DidCells	cells;
	DidHead		head;
	DidPlace	places[ROOM];
	uint8_t		ids[PLACES_MAX][ID_MAX];
} Sample;

/* ---- random states ---- */

static Exact
random_outcome(Random *random)
{
	unsigned __int128 bits = (unsigned __int128) random_next(random) << 64 | random_next(random);
	Exact		outcome = (Exact) (bits >> (38 + random_below(random, 90)));

	if (outcome > DID_MAX_OUTCOME)
		outcome = DID_MAX_OUTCOME;
	return random_chance(random, 2) ? outcome : -outcome;
}

/* Some rows of one cell; outcomes close to each other are the hard ones. */
static void
random_cell(Random *random, size_t most, DidCell *cell, Wide *squares)
{
	size_t		rows = random_below(random, most + 1);
	Exact		outcome = random_outcome(random);

	for (size_t k = 0; k < rows; k++)
	{
		if (random_chance(random, 2))
			outcome = random_outcome(random);
		else if (outcome < DID_MAX_OUTCOME)
			outcome++;
		cell->rows++;
		cell->sum += outcome;
		*squares = wide_add(*squares, wide_product(outcome, outcome));
	}
}

static bool
comes_before(const DidPlace *a, const DidPlace *b)
{
	uint32_t	shorter = a->length < b->length ? a->length : b->length;
	int			order = memcmp(a->id, b->id, shorter);

	return order != 0 ? order < 0 : a->length < b->length;
}

/* A place is put where it belongs, unless its id is there. */
static void
add_place(Random *random, Sample *sample)
{
	size_t		n = sample->head.nplaces;
	DidPlace	place = {.id = sample->ids[n], .treated = (uint8_t) random_below(random, 2)};
	Wide		squares = {{0}};

	place.length = sample->head.id_kind == 1 ? ID_MAX : (uint32_t) random_below(random, 4);
	for (uint32_t k = 0; k < place.length; k++)
		sample->ids[n][k] = (uint8_t) (1 + random_below(random, 2));
	for (int post = 0; post < 2; post++)
		random_cell(random, 3, &place.cells[post], &squares);
	if (place.cells[0].rows + place.cells[1].rows == 0)
		return;
	for (size_t k = 0; k < n; k++)
		if (!comes_before(&sample->places[k], &place) && !comes_before(&place, &sample->places[k]))
			return;
	for (; n > 0 && comes_before(&place, &sample->places[n - 1]); n--)
		sample->places[n] = sample->places[n - 1];
	sample->places[n] = place;
	sample->head.nplaces++;
}

static uint64_t
random_skipped(Random *random)
{
	return random_chance(random, 2) ? 0 : random_next(random) >> (5 + random_below(random, 59));
}

static void
random_sample(Random *random, Sample *sample, bool of_places)
{
	memset(sample, 0, sizeof(*sample));
	sample->of_places = of_places;
	sample->head.skipped = sample->cells.skipped = random_skipped(random);
	if (!of_places)
	{
		for (int n = 0; n < 4; n++)
			random_cell(random, 5, &sample->cells.cells[0][0] + n, &sample->cells.squares[0][0] + n);
		return;
	}
	sample->head.id_kind = (uint8_t) (1 + random_below(random, 2));
	for (size_t k = random_below(random, PLACES_MAX + 1); k > 0; k--)
		add_place(random, sample);
	if (sample->head.nplaces == 0)
		sample->head.id_kind = 0;
}

/* ---- what must hold ---- */

/* Write into a block of just the size, so that writing on is seen. */
static void
write_sample(const Sample *sample, Input *body)
{
	size_t		size = DID_CELLS_SIZE;
	Block		block;

	if (sample->of_places)
	{
		size = DID_HEAD_SIZE;
		for (uint32_t n = 0; n < sample->head.nplaces; n++)
			size += DID_PLACE_SIZE + sample->places[n].length;
	}
	require(size <= INPUT_MAX);
	block = block_of(NULL, size, 0);
	if (sample->of_places)
	{
		uint8_t    *next = block.bytes + DID_HEAD_SIZE;

		did_head_write(sample->head, block.bytes);
		for (uint32_t n = 0; n < sample->head.nplaces; n++)
			next = did_place_write(&sample->places[n], next);
		require(next == block.bytes + size);
	}
	else
		did_cells_write(&sample->cells, block.bytes);
	body->size = size;
	memcpy(body->bytes, block.bytes, size);
	free(block.memory);
}

static void
expect_cell(const DidCell *cell)
{
	require(cell->rows <= DID_MAX_ROWS);
	require(cell->sum >= -DID_MAX_SUM && cell->sum <= DID_MAX_SUM);
	require(cell->rows > 0 || cell->sum == 0);
}

static void
read_body(const uint8_t *body, Sample *sample)
{
	const uint8_t *next = body + DID_HEAD_SIZE;

	if (!sample->of_places)
	{
		did_cells_read(&sample->cells, body);
		for (int n = 0; n < 4; n++)
		{
			const DidCell *cell = &sample->cells.cells[0][0] + n;
			Wide		squares = (&sample->cells.squares[0][0])[n];

			expect_cell(cell);
			require(!wide_is_negative(did_scatter(cell, squares)));
			require(cell->rows > 0 || wide_is_zero(squares));
			require(cell->rows != 1 || wide_is_zero(did_scatter(cell, squares)) ||
					wide_less(wide_product(cell->sum, cell->sum), squares));
		}
		return;
	}
	sample->head = did_head_read(body);
	require(sample->head.nplaces < ROOM);
	for (uint32_t n = 0; n < sample->head.nplaces; n++)
	{
		DidPlace   *place = &sample->places[n];

		next = did_place_read(place, next);
		expect_cell(&place->cells[0]);
		expect_cell(&place->cells[1]);
		require(place->treated <= 1 && place->cells[0].rows + place->cells[1].rows > 0);
		require(n == 0 || comes_before(place - 1, place));
	}
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(bool of_places, const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = of_places ? did_places_check(body, size) : did_cells_check(body, size);

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	memset(&sample, 0, sizeof(sample));
	sample.of_places = of_places;
	read_body(body, &sample);
	write_sample(&sample, &again);
	require(again.size == size && memcmp(again.bytes, body, size) == 0);
	return true;
}

static bool
try_input(bool of_places, const Input *body, size_t shift)
{
	Block		block = block_of(body->bytes, body->size, shift);
	bool		taken = try_body(of_places, block.bytes, body->size);

	free(block.memory);
	return taken;
}

/* The scatter of two values is half the square of their gap, rounded down. */
static void
expect_scatter(Random *random)
{
	Exact		a = random_outcome(random) / 2;
	Exact		gap = random_outcome(random) / 2;
	DidCell		cell = {2, 2 * a + gap};
	Wide		squares = wide_add(wide_product(a, a), wide_product(a + gap, a + gap));
	Wide		twice = did_scatter(&cell, squares);

	twice = wide_add(twice, twice);
	if (gap % 2 != 0)
		twice = wide_add(twice, (Wide) {{1}});
	twice = wide_add(twice, wide_negative(wide_product(gap, gap)));
	require(wide_is_zero(twice));
}

/* ---- the program ---- */

static bool
attempt(Random *random)
{
	static Sample sample;
	static Input body;
	static Input other;
	bool		of_places = random_chance(random, 2);

	trying.input = &body;
	expect_scatter(random);
	random_sample(random, &sample, of_places);
	write_sample(&sample, &other);
	body = other;
	require(try_input(of_places, &body, random_below(random, 8)));

	random_sample(random, &sample, of_places);
	write_sample(&sample, &body);
	mutate(&body, random, &other);
	return try_input(of_places, &body, random_below(random, 8));
}

int
main(int argc, char **argv)
{
	fuzz_begin();
	return fuzz(argc, argv, attempt);
}
