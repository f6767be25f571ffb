/*
 * week.c
 *	  Tries src/tasking/week_flat.c on random, damaged and hostile bytes.
 *
 * Random weeks are written and read back.  Then their bytes are mutated: the check
 * must come to an end and stay within the bytes, and what it takes must be the one
 * flat form of what events can make.
 */
#include "base/zone_name.h"
#include "tasking/week_flat.h"

#include "fuzz.h"

#define EVENTS_MAX 6

/* ---- random weeks ---- */

static const char *const zones[] = {"UTC", "Europe/London", "America/Argentina/Buenos_Aires", "A"};

/* Of all magnitudes, and often with decimal zeros. */
static uint64_t
random_harm(Random *random)
{
	uint64_t	harm = random_next(random) >> (1 + random_below(random, 63));

	return random_chance(random, 2) ? harm : harm / 1000000 * 1000000;
}

/* Spread an event over some hours in a row; its weights sum to that of one. */
static void
random_event(Random *random, WeekSums *sums)
{
	size_t		hour = random_below(random, WEEK_HOURS);
	uint64_t	left = EVENT_WEIGHT;
	uint64_t	harm = random_harm(random);

	while (left > 0)
	{
		uint64_t	weight = random_chance(random, 3) ? left : 1 + random_below(random, left);

		sums->hours[hour].weight += weight;
		sums->hours[hour].harm += (Exact) harm * (Exact) weight;
		left -= weight;
		hour = (hour + 1) % WEEK_HOURS;
	}
}

static void
random_sample(Random *random, WeekSums *sums)
{
	size_t		events = random_below(random, EVENTS_MAX);

	memset(sums, 0, sizeof(*sums));
	sums->zone = zones[random_below(random, lengthof(zones))];
	sums->zone_length = strlen(sums->zone);
	for (int k = 0; k < WEEK_SKIPS; k++)
		sums->skipped[k] = random_chance(random, 2) ? 0 : random_next(random) >> (4 + random_below(random, 60));
	for (size_t n = 0; n < events; n++)
		random_event(random, sums);
}

/* ---- what must hold ---- */

static void
write_sample(const WeekSums *sums, Input *body)
{
	Block		block;

	body->size = week_flat_size(sums);
	block = block_of(NULL, body->size, 0);
	week_flat_write(sums, block.bytes);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

static void
expect_valid(const WeekSums *sums)
{
	require(sums->zone_length > 0 && sums->zone_length <= ZONE_NAME_MAX);
	for (int k = 0; k < WEEK_SKIPS; k++)
		require(sums->skipped[k] <= WEEK_MAX_SKIPPED);
	for (int hour = 0; hour < WEEK_HOURS; hour++)
	{
		const WeekHour *sum = &sums->hours[hour];

		require(sum->harm >= 0 && sum->harm <= (Exact) sum->weight * INT64_MAX);
	}
	require(week_weight(sums) % EVENT_WEIGHT == 0);
	require(week_weight(sums) / EVENT_WEIGHT <= WEEK_MAX_EVENTS);
	require(week_harm_millionths(sums) >= 0);
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Input again;
	WeekSums	sums;
	const char *problem = week_flat_check(body, size);

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	week_flat_read(&sums, body);
	expect_valid(&sums);
	write_sample(&sums, &again);
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
	WeekSums	sums;

	trying.input = &body;
	random_sample(random, &sums);
	write_sample(&sums, &other);
	body = other;
	require(try_input(&body, random_below(random, 8)));

	random_sample(random, &sums);
	write_sample(&sums, &body);
	mutate(&body, random, &other);
	return try_input(&body, random_below(random, 8));
}

int
main(int argc, char **argv)
{
	fuzz_begin();
	return fuzz(argc, argv, attempt);
}
