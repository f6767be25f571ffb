/*
 * surface.c
 *	  Tries src/targeting/surface_flat.c on random, damaged and hostile bytes.
 *
 * Random surfaces are written and read back.  Then their bytes are mutated:
 * the check must come to an end and stay within the bytes, and what it takes
 * must be the one flat form of a surface.
 */
#include "targeting/surface_flat.h"

#include "fuzz.h"

/* Cells of a random surface. */
#define CELLS_MAX 48

/* Cells of a mutated one: two cells or more take at least a byte each. */
#define CELLS_ROOM INPUT_MAX

/* Version and kind, which stand before the body, and the varlena header. */
#define PREFIX_SIZE (2 + 4)

typedef struct Sample
{
	SurfaceHead head;
	uint32_t	ncells;
	SurfaceCell cells[CELLS_ROOM];
} Sample;

/* ---- random surfaces ---- */

/* A number of up to that many bits, all lengths alike; often the largest. */
static uint64_t
random_bits(Random *random, int most)
{
	int			bits = (int) random_below(random, (size_t) most + 1);
	uint64_t	value = random_chance(random, 8) ? UINT64_MAX : random_next(random);

	return bits == 0 ? 0 : value >> (64 - bits);
}

/* How the cells of a surface lie. */
typedef enum Spread
{
	SPREAD_NEAR,				/* close together, somewhere */
	SPREAD_ORIGIN,				/* around (0,0): indices of both signs */
	SPREAD_ENDS,				/* at the ends of int32 */
	SPREAD_ALL,					/* over all int32 */
	SPREADS
} Spread;

static int32_t
random_index(Random *random, Spread spread, int32_t centre)
{
	uint32_t	value;

	switch (spread)
	{
		case SPREAD_NEAR:
			value = (uint32_t) centre + (uint32_t) random_below(random, 8);
			break;
		case SPREAD_ORIGIN:
			value = (uint32_t) random_below(random, 600) - 300;
			break;
		case SPREAD_ENDS:
			value = (uint32_t) INT32_MAX + (uint32_t) random_below(random, 6) - 2;
			break;
		default:
			value = (uint32_t) random_next(random);
	}
	return (int32_t) value;
}

/* Events and harms up to those that expect_size() is about. */
static void
random_modest_sums(Random *random, SurfaceCell *cell)
{
	cell->events = random_bits(random, 14);
	if (cell->events > 0)
		cell->harm = (int64_t) (random_bits(random, 48) %
								(UINT64_C(1000000) << 28));
}

/* Any; many harms end in zeros, as most do in life. */
static void
random_sums(Random *random, SurfaceCell *cell)
{
	cell->events = random_bits(random, 62);
	if (cell->events > 0)
	{
		uint64_t	harm = random_bits(random, 63);
		size_t		zeros = random_below(random, 20);

		for (; zeros > 0 && harm <= INT64_MAX / 10; zeros--)
			harm *= 10;
		cell->harm = (int64_t) harm;
	}
}

static int
compare_cells(const void *one, const void *other)
{
	const GridIndex *a = &((const SurfaceCell *) one)->index;
	const GridIndex *b = &((const SurfaceCell *) other)->index;

	if (a->i != b->i)
		return a->i < b->i ? -1 : 1;
	return (a->j > b->j) - (a->j < b->j);
}

/* Cells ascend, and none comes twice. */
static void
sort_cells(Sample *sample)
{
	uint32_t	kept = 0;

	qsort(sample->cells, sample->ncells, sizeof(SurfaceCell), compare_cells);
	for (uint32_t n = 0; n < sample->ncells; n++)
		if (kept == 0 || compare_cells(&sample->cells[kept - 1], &sample->cells[n]) != 0)
			sample->cells[kept++] = sample->cells[n];
	sample->ncells = kept;
}

static void
random_cells(Random *random, Sample *sample)
{
	Spread		spread = (Spread) random_below(random, SPREADS);
	Spread		spread_j = (Spread) random_below(random, SPREADS);
	int32_t		centre = (int32_t) random_next(random);
	bool		modest = random_chance(random, 2);
	bool		empty = random_chance(random, 8);

	sample->ncells = (uint32_t) random_bits(random, 6) % (CELLS_MAX + 1);
	for (uint32_t n = 0; n < sample->ncells; n++)
	{
		SurfaceCell *cell = &sample->cells[n];

		memset(cell, 0, sizeof(*cell));
		cell->index.i = random_index(random, spread, centre);
		cell->index.j = random_index(random, spread_j, centre);
		if (empty || random_chance(random, 6))
			continue;
		if (modest)
			random_modest_sums(random, cell);
		else
			random_sums(random, cell);
	}
	sort_cells(sample);
}

static void
random_sample(Random *random, Sample *sample)
{
	SurfaceHead *head = &sample->head;

	random_cells(random, sample);
	head->grid = (random_next(random) & 1) << 40 | (random_bits(random, 40) | 1);
	head->srid = sample->ncells == 0 && random_chance(random, 2) ? SURFACE_NO_SRID :
		(int32_t) random_below(random, 1000000);
	for (int k = 0; k < SURFACE_SKIPS; k++)
		head->skipped[k] = random_chance(random, 2) ? 0 : random_bits(random, 62);
}

/* ---- writing ---- */

static void
plan(SurfaceFlat *flat, const SurfaceCell *cells, uint32_t ncells)
{
	SurfaceExtent extent;

	surface_extent_begin(&extent);
	for (uint32_t n = 0; n < ncells; n++)
		surface_extent_add(&extent, &cells[n]);
	surface_flat_plan(flat, &extent);
}

/* Write into a block of just the size, so that writing on is seen. */
static void
write_body(const SurfaceFlat *flat, const SurfaceHead *head,
		   const SurfaceCell *cells, Input *body)
{
	Block		block;

	body->size = surface_flat_size(flat);
	require(body->size <= INPUT_MAX);
	block = block_of(NULL, body->size, 0);
	surface_flat_write(flat, head, cells, block.bytes);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

static void
write_sample(const Sample *sample, Input *body)
{
	SurfaceFlat flat;

	plan(&flat, sample->cells, sample->ncells);
	write_body(&flat, &sample->head, sample->cells, body);
}

/* ---- what must hold ---- */

static bool
same_head(const SurfaceHead *a, const SurfaceHead *b)
{
	return a->grid == b->grid && a->srid == b->srid &&
		memcmp(a->skipped, b->skipped, sizeof(a->skipped)) == 0;
}

static bool
same_cell(const SurfaceCell *a, const SurfaceCell *b)
{
	return compare_cells(a, b) == 0 && a->events == b->events && a->harm == b->harm;
}

/* A body that was checked, read in full. */
static void
read_body(const uint8_t *body, Sample *sample)
{
	SurfaceFlat flat;

	surface_flat_open(&flat, &sample->head, body);
	require(flat.ncells <= CELLS_ROOM);
	sample->ncells = flat.ncells;
	for (uint32_t n = 0; n < flat.ncells; n++)
		surface_flat_cell(&flat, n, &sample->cells[n]);
}

/*
 * The size that is promised: 64 bytes and 16 a cell, wherever the cells lie,
 * while their sums are below 2^14 events and 2^28 units of harm.
 */
static void
expect_size(const Sample *sample, const Input *body)
{
	for (uint32_t n = 0; n < sample->ncells; n++)
		if (sample->cells[n].events >= 1 << 14 ||
			sample->cells[n].harm >= INT64_C(1000000) << 28)
			return;
	require(PREFIX_SIZE + body->size <= 64 + 16 * (size_t) sample->ncells);
}

/* One column less wide, or one digit more taken off, would not do. */
static void
expect_shortest(const Sample *sample, const SurfaceFlat *flat)
{
	uint64_t	all[SURFACE_COLUMNS] = {0};
	uint64_t	unit = 1;
	bool		ends_in_zero = true;

	for (int digit = 0; digit < flat->harm_digits; digit++)
		unit *= 10;
	for (uint32_t n = 0; n < sample->ncells; n++)
	{
		const SurfaceCell *cell = &sample->cells[n];
		uint64_t	harm = (uint64_t) cell->harm / unit;

		require((uint64_t) cell->harm % unit == 0);
		ends_in_zero &= harm % 10 == 0;
		all[SURFACE_COLUMN_I] |= (uint64_t) ((int64_t) cell->index.i - flat->min.i);
		all[SURFACE_COLUMN_J] |= (uint64_t) ((int64_t) cell->index.j - flat->min.j);
		all[SURFACE_COLUMN_EVENTS] |= cell->events;
		all[SURFACE_COLUMN_HARM] |= harm;
	}
	if (all[SURFACE_COLUMN_HARM] == 0)
		require(flat->harm_digits == 0);
	else
		require(!ends_in_zero || flat->harm_digits == 18);
	for (int column = 0; column < SURFACE_COLUMNS; column++)
	{
		int			width = flat->width[column];

		require(width == 8 || all[column] >> (8 * width) == 0);
		require(width == 0 || all[column] >> (8 * (width - 1)) > 0);
	}
}

static void
expect_round_trip(const Sample *sample, const Input *body)
{
	static Sample again;
	SurfaceFlat flat;
	Block		block = block_of(body->bytes, body->size, 0);

	require(surface_flat_check(block.bytes, body->size) == NULL);
	read_body(block.bytes, &again);
	surface_flat_open(&flat, &again.head, block.bytes);
	expect_shortest(sample, &flat);
	free(block.memory);
	require(same_head(&again.head, &sample->head));
	require(again.ncells == sample->ncells);
	for (uint32_t n = 0; n < sample->ncells; n++)
		require(same_cell(&again.cells[n], &sample->cells[n]));
}

/*
 * The same surface in another layout that can hold it, but is not the one that
 * surface_flat_plan() chooses, is refused.
 */
static void
expect_refusal_of_other_layout(Random *random, const Sample *sample, Input *body)
{
	SurfaceFlat flat;
	Block		block;
	size_t		column = random_below(random, SURFACE_COLUMNS);

	plan(&flat, sample->cells, sample->ncells);
	switch (random_below(random, 4))
	{
		case 0:
			if (flat.width[column] == 8)
				return;			/* no integer is wider */
			flat.width[column]++;
			break;
		case 1:
			if (flat.harm_digits == 0)
				return;
			flat.harm_digits--;
			flat.width[SURFACE_COLUMN_HARM] = 8;
			break;
		case 2:
			flat.min.i = (int32_t) ((uint32_t) flat.min.i - 1);
			flat.width[SURFACE_COLUMN_I] = 4;
			break;
		default:
			flat.min.j = (int32_t) ((uint32_t) flat.min.j - 1);
			flat.width[SURFACE_COLUMN_J] = 4;
	}
	write_body(&flat, &sample->head, sample->cells, body);
	block = block_of(body->bytes, body->size, 0);
	require(surface_flat_check(block.bytes, body->size) != NULL);
	free(block.memory);
}

/* Cells in another order, or one of them twice, are refused. */
static void
expect_refusal_of_other_order(Random *random, Sample *sample, Input *body)
{
	uint32_t	n;
	SurfaceCell saved;
	Block		block;

	if (sample->ncells < 2)
		return;
	n = (uint32_t) random_below(random, sample->ncells - 1);
	saved = sample->cells[n];
	sample->cells[n] = sample->cells[n + 1];
	if (random_chance(random, 2))
		sample->cells[n + 1] = saved;
	write_sample(sample, body);
	block = block_of(body->bytes, body->size, 0);
	require(surface_flat_check(block.bytes, body->size) != NULL);
	free(block.memory);
}

static void
expect_valid(const Sample *sample)
{
	const SurfaceHead *head = &sample->head;

	require((head->grid & ((UINT64_C(1) << 40) - 1)) > 0 && head->grid < UINT64_C(1) << 41);
	require(head->srid <= 999999 && head->srid >= (sample->ncells > 0 ? 0 : SURFACE_NO_SRID));
	for (int k = 0; k < SURFACE_SKIPS; k++)
		require(head->skipped[k] <= SURFACE_MAX_EVENTS);
	for (uint32_t n = 0; n < sample->ncells; n++)
	{
		const SurfaceCell *cell = &sample->cells[n];

		require(cell->harm >= 0 && (cell->events > 0 || cell->harm == 0));
		require(n == 0 || compare_cells(cell - 1, cell) < 0);
	}
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = surface_flat_check(body, size);

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

/* ---- the program ---- */

static bool
attempt(Random *random)
{
	static Sample sample;
	static Input body;
	static Input other;
	Block		block;
	bool		taken;

	trying.input = &body;
	random_sample(random, &sample);
	write_sample(&sample, &other);
	expect_refusal_of_other_layout(random, &sample, &body);
	body = other;
	expect_round_trip(&sample, &body);
	expect_size(&sample, &body);
	expect_refusal_of_other_order(random, &sample, &body);

	random_sample(random, &sample);
	write_sample(&sample, &body);
	mutate(&body, random, &other);
	block = block_of(body.bytes, body.size, random_below(random, 8));
	taken = try_body(block.bytes, body.size);
	free(block.memory);
	return taken;
}

int
main(int argc, char **argv)
{
	fuzz_begin();
	return fuzz(argc, argv, attempt);
}
