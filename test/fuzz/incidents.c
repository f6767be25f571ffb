/*
 * incidents.c
 *	  Tries src/targeting/incidents_flat.c on random, damaged and hostile bytes.
 *
 * Random incidents are written and read back.  Then their bytes are mutated: the
 * check must come to an end and stay within the bytes, and what it takes must
 * be the one flat form of incidents.
 */
#include <math.h>

#include "targeting/incidents_flat.h"

#include "fuzz.h"

/* Events of random incidents, and of mutated ones. */
#define EVENTS_MAX 40
#define EVENTS_ROOM (INPUT_MAX / EVENT_SIZE)

typedef struct Sample
{
	IncidentsHead head;
	size_t		nevents;
	Event		events[EVENTS_ROOM];
} Sample;

/* ---- random incidents ---- */

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

static int
compare_events(const void *a, const void *b)
{
	return event_compare(a, b);
}

static void
random_sample(Random *random, Sample *sample)
{
	sample->nevents = random_below(random, EVENTS_MAX + 1);
	for (size_t n = 0; n < sample->nevents; n++)
	{
		sample->events[n].at = random_time(random);
		sample->events[n].x = random_coordinate(random);
		sample->events[n].y = random_coordinate(random);
	}
	qsort(sample->events, sample->nevents, sizeof(Event), compare_events);

	sample->head.srid = sample->nevents == 0 ? INCIDENTS_NO_SRID :
		(int32_t) random_below(random, 1000000);
	for (int k = 0; k < INCIDENTS_SKIPS; k++)
		sample->head.skipped[k] = random_chance(random, 2) ? 0 :
			random_next(random) % (INCIDENTS_MAX_SKIPPED + 1);
}

/* ---- writing and reading ---- */

/* Write into a block of just the size, so that writing on is seen. */
static void
write_sample(const Sample *sample, Input *body)
{
	Block		block;
	uint8_t    *next;

	body->size = INCIDENTS_HEAD_SIZE + sample->nevents * EVENT_SIZE;
	require(body->size <= INPUT_MAX);
	block = block_of(NULL, body->size, 0);
	next = incidents_flat_write_head(block.bytes, &sample->head);
	for (size_t n = 0; n < sample->nevents; n++)
		event_put(next + n * EVENT_SIZE, &sample->events[n]);
	memcpy(body->bytes, block.bytes, body->size);
	free(block.memory);
}

/* A body that was checked, read in full. */
static void
read_body(const uint8_t *body, size_t size, Sample *sample)
{
	const uint8_t *next = incidents_flat_read_head(&sample->head, body);

	sample->nevents = incidents_flat_events(size);
	require(sample->nevents <= EVENTS_ROOM);
	for (size_t n = 0; n < sample->nevents; n++)
		event_get(next + n * EVENT_SIZE, &sample->events[n]);
}

/* ---- what must hold ---- */

static bool
is_taken(const Input *body, Random *random)
{
	Block		block = block_of(body->bytes, body->size, random_below(random, 8));
	bool		taken = incidents_flat_check(block.bytes, body->size) == NULL;

	free(block.memory);
	return taken;
}

/* The same incidents in another form, in another order or with a signed zero. */
static void
expect_refusal_of_other_form(Random *random, Sample *sample, Input *body)
{
	size_t		n;
	Event		saved;

	if (sample->nevents < 2)
		return;
	n = random_below(random, sample->nevents - 1);
	saved = sample->events[n];
	if (event_compare(&saved, &sample->events[n + 1]) != 0)
	{
		sample->events[n] = sample->events[n + 1];
		sample->events[n + 1] = saved;
		write_sample(sample, body);
		require(!is_taken(body, random));
		sample->events[n + 1] = sample->events[n];
		sample->events[n] = saved;
	}
	if (saved.x == 0)
	{
		sample->events[n].x = -0.0;
		write_sample(sample, body);
		require(!is_taken(body, random));
	}
}

static void
expect_valid(const Sample *sample)
{
	require(sample->head.srid <= 999999 && sample->head.srid >= -1);
	require((sample->head.srid == -1) == (sample->nevents == 0));
	for (int k = 0; k < INCIDENTS_SKIPS; k++)
		require(sample->head.skipped[k] <= INT64_MAX / 3);
	for (size_t n = 0; n < sample->nevents; n++)
	{
		const Event *event = &sample->events[n];

		require(event->at >= TIME_MIN && event->at < TIME_END);
		require(event->x >= -1e15 && event->x <= 1e15 && (event->x != 0 || !signbit(event->x)));
		require(event->y >= -1e15 && event->y <= 1e15 && (event->y != 0 || !signbit(event->y)));
		require(n == 0 || event_compare(event - 1, event) <= 0);
	}
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Sample sample;
	static Input again;
	const char *problem = incidents_flat_check(body, size);

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
	expect_refusal_of_other_form(random, &sample, &body);

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
