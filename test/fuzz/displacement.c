/*
 * displacement.c
 *	  Tries src/testing/displacement_flat.c on random, damaged and hostile bytes.
 *
 * Random displacements are written and read back.  Then their bytes are mutated:
 * the check must come to an end and stay within the bytes, and what it takes must
 * be the one flat form of what events can make.
 */
#include "testing/displacement_flat.h"

#include "fuzz.h"

/* ---- random displacements ---- */

static uint64_t
random_harm(Random *random)
{
	return random_next(random) >> (1 + random_below(random, 63));
}

static void
random_sample(Random *random, DisplacementCells *cells)
{
	memset(cells, 0, sizeof(*cells));
	for (int k = 0; k < DISPLACEMENT_SKIPS; k++)
		cells->skipped[k] = random_chance(random, 2) ? 0 : random_next(random) >> (5 + random_below(random, 59));
	for (int n = 0; n < AREAS * PERIODS; n++)
	{
		DisplacementCell *cell = &cells->cells[0][0] + n;
		size_t		events = random_below(random, 4);

		for (size_t k = 0; k < events; k++)
		{
			Exact		harm = (Exact) random_harm(random);
			Exact		squares = cell->squares;

			/* As the server does, refuse what overflows. */
			if (!exact_add(&squares, harm * harm))
				continue;
			require(exact_add(&cell->harm, harm));
			cell->squares = squares;
			cell->events++;
		}
	}
}

/* ---- what must hold ---- */

static void
write_sample(const DisplacementCells *cells, Input *body)
{
	Block		block = block_of(NULL, DISPLACEMENT_FLAT_SIZE, 0);

	displacement_flat_write(cells, block.bytes);
	body->size = DISPLACEMENT_FLAT_SIZE;
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

static void
expect_valid(const DisplacementCells *cells)
{
	for (int n = 0; n < AREAS * PERIODS; n++)
	{
		const DisplacementCell *cell = &cells->cells[0][0] + n;

		require(cell->events <= DISPLACEMENT_MAX_EVENTS && cell->harm >= 0);
		require(cell->squares >= cell->harm);
		require(cell->events > 0 || (cell->harm == 0 && cell->squares == 0));
		require((cell->harm == 0) == (cell->squares == 0));
	}
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Input again;
	DisplacementCells cells;
	const char *problem = displacement_flat_check(body, size);

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	displacement_flat_read(&cells, body);
	expect_valid(&cells);
	write_sample(&cells, &again);
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
	static Input body;
	static Input other;
	DisplacementCells cells;

	trying.input = &body;
	random_sample(random, &cells);
	write_sample(&cells, &other);
	body = other;
	require(try_input(&body, random_below(random, 8)));

	random_sample(random, &cells);
	write_sample(&cells, &body);
	mutate(&body, random, &other);
	return try_input(&body, random_below(random, 8));
}

int
main(int argc, char **argv)
{
	fuzz_begin();
	return fuzz(argc, argv, attempt);
}
