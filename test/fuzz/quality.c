/*
 * quality.c
 *	  Tries src/targeting/quality_flat.c on random, damaged and hostile bytes.
 *
 * Random states are written and read back.  Then their bytes are mutated: the
 * check must come to an end and stay within the bytes, and what it takes must be
 * the one flat form of what rows can make.
 */
#include "targeting/quality_flat.h"

#include <math.h>

#include "fuzz.h"

#define POINTS_MAX 40

/* ---- random states ---- */

typedef struct Sample
{
	QualityHead head;
	size_t		npoints;
	QualityPoint points[POINTS_MAX];
} Sample;

static int
compare_points(const void *a, const void *b)
{
	return quality_compare_points(a, b);
}

/* Points of one system, in order and different. */
static uint32_t
random_points(Random *random, Sample *sample, bool may_be_outside)
{
	QualityPoint *points = sample->points + sample->npoints;
	uint32_t	n = (uint32_t) (1 + random_below(random, 8));
	uint32_t	kept = 1;

	for (uint32_t k = 0; k < n; k++)
		points[k] = (QualityPoint) {
			.at = {(double) random_below(random, 5) - 2, ldexp((double) random_below(random, 5), -3)},
			.events = 1 + (random_next(random) >> (10 + random_below(random, 54))),
			.outside = may_be_outside && random_chance(random, 2)
		};
	qsort(points, n, sizeof(QualityPoint), compare_points);
	for (uint32_t k = 1; k < n; k++)
		if (quality_compare_points(&points[kept - 1], &points[k]) != 0)
			points[kept++] = points[k];
	sample->npoints += kept;
	return kept;
}

static uint64_t
random_part(Random *random, uint64_t whole)
{
	return random_chance(random, 3) ? whole : random_next(random) % (whole + 1);
}

static void
random_times(Random *random, QualityHead *head, uint64_t rows)
{
	uint64_t   *counts = head->counts;

	counts[QUALITY_TIMED] = head->tz_length == 0 ? 0 : random_part(random, rows);
	counts[QUALITY_MIDNIGHT] = random_part(random, counts[QUALITY_TIMED]);
	counts[QUALITY_FIRST_OF_MONTH] = random_part(random, counts[QUALITY_MIDNIGHT]);
	counts[QUALITY_FUTURE] = random_part(random, counts[QUALITY_TIMED]);
	counts[QUALITY_FINISHED] = random_part(random, counts[QUALITY_TIMED]);
	counts[QUALITY_REVERSED] = random_part(random, counts[QUALITY_FINISHED]);
}

static void
random_sample(Random *random, Sample *sample)
{
	QualityHead *head = &sample->head;
	uint64_t	rows = 0;
	uint64_t	largest = 0;

	memset(sample, 0, sizeof(*sample));
	head->area_srid = QUALITY_NO_AREA_SRID;
	if (random_chance(random, 2))
	{
		head->area = random_next(random) | 1;
		head->area_srid = 1;
	}
	head->tz = random_chance(random, 2) ? "Europe/London" : "";
	head->tz_length = (uint8_t) strlen(head->tz);
	head->nsystems = (uint8_t) random_below(random, 4);
	for (int k = 0; k < head->nsystems; k++)
		head->systems[k] = (QualitySystem) {k, random_points(random, sample, head->area_srid == k)};
	for (size_t n = 0; n < sample->npoints; n++)
	{
		rows += sample->points[n].events;
		if (sample->points[n].events > largest)
			largest = sample->points[n].events;
	}
	head->width = quality_width(largest);
	for (int k = QUALITY_MISSING; k <= QUALITY_NOT_FINITE; k++)
	{
		head->counts[k] = k > 0 && random_chance(random, 2) ? 0 : 1 + (random_next(random) >> (10 + random_below(random, 54)));
		rows += head->counts[k];
	}
	random_times(random, head, rows);
}

/* ---- what must hold ---- */

static void
write_sample(const Sample *sample, Input *body)
{
	size_t		size = quality_flat_size(&sample->head);
	Block		block = block_of(NULL, size, 0);
	uint8_t    *next = quality_head_write(&sample->head, block.bytes);

	for (size_t n = 0; n < sample->npoints; n++)
		next = quality_point_write(&sample->head, &sample->points[n], next);
	require(next == block.bytes + size);
	body->size = size;
	memcpy(body->bytes, block.bytes, size);
	free(block.memory);
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Input again;
	static QualityPoint points[INPUT_MAX / 16];
	const char *problem = quality_flat_check(body, size);
	QualityHead head;
	const uint8_t *next;
	uint8_t    *to;
	Block		block;
	size_t		npoints = 0;
	uint64_t	rows = 0;

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	next = quality_head_read(&head, body);
	for (int k = 0; k < head.nsystems; k++)
		for (uint32_t n = 0; n < head.systems[k].npoints; n++)
		{
			next = quality_point_read(&head, &points[npoints], next);
			require(isfinite(points[npoints].at.x) && isfinite(points[npoints].at.y));
			require(points[npoints].events > 0);
			require(!points[npoints].outside || head.systems[k].srid == head.area_srid);
			rows += points[npoints++].events;
		}
	require(next == body + size);
	for (int k = QUALITY_MISSING; k <= QUALITY_NOT_FINITE; k++)
		rows += head.counts[k];
	require(rows > 0 && rows <= QUALITY_MAX_ROWS);
	require(head.counts[QUALITY_TIMED] <= rows);

	block = block_of(NULL, quality_flat_size(&head), 0);
	to = quality_head_write(&head, block.bytes);
	for (size_t n = 0; n < npoints; n++)
		to = quality_point_write(&head, &points[n], to);
	again.size = (size_t) (to - block.bytes);
	memcpy(again.bytes, block.bytes, again.size);
	free(block.memory);
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
	static Sample sample;

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
