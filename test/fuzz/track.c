/*
 * track.c
 *	  Tries src/tracking/track_flat.c on random, damaged and hostile bytes.
 *
 * Random tracks are written and read back.  Then their bytes are mutated: the
 * check must come to an end and stay within the bytes, and what it takes must
 * be the one flat form of a track.
 */
#include "tracking/track_flat.h"

#include "fuzz.h"

/* Fixes of a random track, and of a mutated one. */
#define FIXES_MAX 40
#define FIXES_ROOM (INPUT_MAX / FIX_SIZE)

typedef struct Sample
{
	TrackHead	head;
	size_t		stride;
	size_t		nfixes;
	Fix			fixes[FIXES_ROOM];
} Sample;

/* ---- random tracks ---- */

/* At either end of the times, or close together so that many are equal. */
static int64_t
random_time(Random *random)
{
	switch (random_below(random, 4))
	{
		case 0:
			return TIME_MIN + (int64_t) random_below(random, 3);
		case 1:
			return TIME_END - 1 - (int64_t) random_below(random, 3);
		default:
			return (int64_t) random_below(random, 5) - 2;
	}
}

static double
random_coordinate(Random *random)
{
	static const double interesting[] = {
		0, 1, -1, 0.1, 530000.25, PLANE_MAX_COORDINATE, -PLANE_MAX_COORDINATE,
		5e-324, -5e-324
	};

	return interesting[random_below(random, lengthof(interesting))];
}

static double
random_accuracy(Random *random)
{
	static const double interesting[] = {0, 5, 5.5, 1.7976931348623157e308, INFINITY};

	return interesting[random_below(random, lengthof(interesting))];
}

static int
compare_fixes(const void *a, const void *b)
{
	return fix_compare(a, b);
}

static void
random_sample(Random *random, Sample *sample)
{
	bool		has_accuracy = random_chance(random, 2);

	sample->nfixes = random_below(random, FIXES_MAX + 1);
	sample->stride = FIX_SIZE;
	for (size_t n = 0; n < sample->nfixes; n++)
	{
		Fix		   *fix = &sample->fixes[n];

		fix->at = random_time(random);
		fix->x = random_coordinate(random);
		fix->y = random_coordinate(random);
		fix->accuracy = has_accuracy ? random_accuracy(random) : INFINITY;
		if (fix->accuracy != INFINITY)
			sample->stride = FIX_SIZE_ACCURACY;
	}
	qsort(sample->fixes, sample->nfixes, sizeof(Fix), compare_fixes);

	sample->head.srid = sample->nfixes == 0 ? TRACK_NO_SRID :
		(int32_t) random_below(random, 1000000);
	for (int k = 0; k < TRACK_SKIPS; k++)
		sample->head.skipped[k] = random_chance(random, 2) ? 0 :
			random_next(random) % (TRACK_MAX_SKIPPED + 1);
}

/* ---- writing ---- */

/* Write into a block of just the size, so that writing on is seen. */
static void
write_sample(const Sample *sample, Input *body)
{
	Block		block;
	uint8_t    *next;

	body->size = TRACK_HEAD_SIZE + sample->nfixes * sample->stride;
	require(body->size <= INPUT_MAX);
	block = block_of(NULL, body->size, 0);
	next = track_flat_write_head(block.bytes, &sample->head, sample->stride);
	for (size_t n = 0; n < sample->nfixes; n++)
		fix_put(next + n * sample->stride, sample->stride, &sample->fixes[n]);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

/* ---- what must hold ---- */

/* By the bits: zeros with and without a sign are not the same. */
static bool
same_fix(const Fix *a, const Fix *b)
{
	return memcmp(a, b, sizeof(Fix)) == 0;
}

/* A body that was checked, read in full. */
static void
read_body(const uint8_t *body, size_t size, Sample *sample)
{
	TrackFixes	fixes;

	track_flat_open(&sample->head, &fixes, body, size);
	require(fixes.nfixes <= FIXES_ROOM);
	sample->nfixes = fixes.nfixes;
	sample->stride = fixes.stride;
	for (size_t n = 0; n < fixes.nfixes; n++)
		track_fix(&fixes, n, &sample->fixes[n]);
}

static bool
is_taken(const Input *body, Random *random)
{
	Block		block = block_of(body->bytes, body->size, random_below(random, 8));
	bool		taken = track_flat_check(block.bytes, body->size) == NULL;

	free(block.memory);
	return taken;
}

static void
expect_round_trip(const Sample *sample, const Input *body)
{
	static Sample again;
	Block		block = block_of(body->bytes, body->size, 0);

	require(track_flat_check(block.bytes, body->size) == NULL);
	read_body(block.bytes, body->size, &again);
	free(block.memory);
	require(memcmp(&again.head.skipped, &sample->head.skipped, sizeof(again.head.skipped)) == 0);
	require(again.head.srid == sample->head.srid && again.stride == sample->stride);
	require(again.nfixes == sample->nfixes);
	for (size_t n = 0; n < sample->nfixes; n++)
		require(same_fix(&again.fixes[n], &sample->fixes[n]));
}

/*
 * The same track in another form is refused: with an accuracy that no fix has,
 * in another order, or with a zero that has a sign.
 */
static void
expect_refusal_of_other_form(Random *random, Sample *sample, Input *body)
{
	size_t		n;
	Fix			saved;

	if (sample->stride == FIX_SIZE)
	{
		sample->stride = FIX_SIZE_ACCURACY;
		write_sample(sample, body);
		require(!is_taken(body, random));
		sample->stride = FIX_SIZE;
	}
	if (sample->nfixes < 2)
		return;

	n = random_below(random, sample->nfixes - 1);
	saved = sample->fixes[n];
	if (!same_fix(&saved, &sample->fixes[n + 1]))
	{
		sample->fixes[n] = sample->fixes[n + 1];
		sample->fixes[n + 1] = saved;
		write_sample(sample, body);
		require(!is_taken(body, random));
		sample->fixes[n + 1] = sample->fixes[n];
		sample->fixes[n] = saved;
	}
	if (saved.x == 0)
	{
		sample->fixes[n].x = -0.0;
		write_sample(sample, body);
		require(!is_taken(body, random));
	}
}

static void
expect_valid(const Sample *sample)
{
	bool		has_accuracy = false;

	require(sample->head.srid <= 999999 && sample->head.srid >= -1);
	require((sample->head.srid == -1) == (sample->nfixes == 0));
	for (int k = 0; k < TRACK_SKIPS; k++)
		require(sample->head.skipped[k] <= INT64_MAX / 4);
	for (size_t n = 0; n < sample->nfixes; n++)
	{
		const Fix  *fix = &sample->fixes[n];

		require(fix->at >= TIME_MIN && fix->at < TIME_END);
		require(fix->x >= -1e15 && fix->x <= 1e15 && (fix->x != 0 || !signbit(fix->x)));
		require(fix->y >= -1e15 && fix->y <= 1e15 && (fix->y != 0 || !signbit(fix->y)));
		require(fix->accuracy >= 0 && !signbit(fix->accuracy));
		has_accuracy |= !isinf(fix->accuracy);
		require(n == 0 || fix_compare(fix - 1, fix) <= 0);
	}
	require(has_accuracy == (sample->stride == FIX_SIZE_ACCURACY));
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = track_flat_check(body, size);

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	read_body(body, size, &sample);
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
	body = other;
	expect_round_trip(&sample, &body);
	expect_refusal_of_other_form(random, &sample, &body);

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
