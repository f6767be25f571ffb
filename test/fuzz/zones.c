/*
 * zones.c
 *	  Tries src/tracking/zones_flat.c on random, damaged and hostile bytes.
 *
 * Random zones are written and read back.  Then their bytes are mutated, and in
 * half of the cases the hash in front is made right again, without which no
 * mutation would get far: the check must come to an end and stay within the
 * bytes, and what it takes must be the one flat form of zones.
 */
#include "tracking/zones_flat.h"

#include <math.h>

#include "base/bytes.h"
#include "fuzz.h"

/* Of random zones. */
#define ZONES_MAX 6
#define RINGS_MAX 3
#define VERTICES_MAX 7
#define ID_MAX 6

/* The bytes of one of them. */
#define ZONE_BYTES_MAX (4 + ID_MAX + 4 + RINGS_MAX * (4 + VERTICES_MAX * 16) + 8)

typedef struct Sample
{
	ZonesHead	head;
	FlatZone	zones[ZONES_MAX];
	uint8_t		bytes[ZONES_MAX][ZONE_BYTES_MAX];
} Sample;

/* ---- random zones ---- */

static double
random_coordinate(Random *random)
{
	static const double interesting[] = {
		0, 1, -1, 0.1, 530000.25, 1e15, -1e15, 5e-324, -5e-324
	};

	return interesting[random_below(random, lengthof(interesting))];
}

/* Texts are short and of few letters, so that one is often the start of another. */
static uint8_t *
put_random_id(Random *random, uint8_t *next, ZoneIdType id_type)
{
	uint32_t	size = (uint32_t) random_below(random, ID_MAX + 1);

	if (id_type == ZONE_ID_BIGINT)
	{
		bytes_put(next, 8, random_chance(random, 2) ? random_below(random, 5) - 2 :
				  random_next(random));
		return next + 8;
	}
	bytes_put(next, 4, size);
	next += 4;
	for (uint32_t n = 0; n < size; n++)
		*next++ = random_chance(random, 2) ? 'a' : 0xff;
	return next;
}

static uint8_t *
put_random_ring(Random *random, uint8_t *next)
{
	uint32_t	nvertices = 3 + (uint32_t) random_below(random, VERTICES_MAX - 2);
	uint8_t    *first = next + 4;

	bytes_put(next, 4, nvertices);
	next += 4;
	for (uint32_t n = 0; n < nvertices; n++)
	{
		bytes_put_double(next, random_coordinate(random));
		bytes_put_double(next + 8, random_coordinate(random));
		next += 16;
	}
	if (memcmp(first, next - 16, 16) == 0)
		bytes_put_double(next - 16, 7);
	return next;
}

static void
random_zone(Random *random, Sample *sample, uint32_t n)
{
	uint8_t    *bytes = sample->bytes[n];
	uint32_t	nrings = 1 + (uint32_t) random_below(random, RINGS_MAX);
	uint8_t    *next = put_random_id(random, bytes, sample->head.id_type);

	bytes_put(next, 4, nrings);
	next += 4;
	for (uint32_t k = 0; k < nrings; k++)
		next = put_random_ring(random, next);
	require(next <= bytes + ZONE_BYTES_MAX);
	require(zones_flat_zone(&sample->zones[n], sample->head.id_type, bytes,
							(size_t) (next - bytes)) == next);
	require(sample->zones[n].nrings == nrings);
}

/* Zones ascend, and none comes twice. */
static void
sort_zones(Sample *sample)
{
	uint32_t	kept = 0;

	for (uint32_t n = 0; n < sample->head.nzones; n++)
	{
		FlatZone	zone = sample->zones[n];
		uint32_t	at = kept;

		while (at > 0 && zones_flat_compare(sample->head.id_type, &zone,
											&sample->zones[at - 1]) < 0)
			at--;
		if (at > 0 && zones_flat_compare(sample->head.id_type, &zone,
										 &sample->zones[at - 1]) == 0)
			continue;
		memmove(&sample->zones[at + 1], &sample->zones[at],
				(kept - at) * sizeof(FlatZone));
		sample->zones[at] = zone;
		kept++;
	}
	sample->head.nzones = kept;
}

static void
random_sample(Random *random, Sample *sample)
{
	ZonesHead  *head = &sample->head;

	head->nzones = (uint32_t) random_below(random, ZONES_MAX + 1);
	head->id_type = head->nzones == 0 ? ZONE_ID_NONE :
		random_chance(random, 2) ? ZONE_ID_TEXT : ZONE_ID_BIGINT;
	head->srid = head->nzones == 0 ? ZONES_NO_SRID :
		(int32_t) random_below(random, 1000000);
	head->skipped = random_chance(random, 2) ? 0 : random_next(random) >> 1;
	for (uint32_t n = 0; n < head->nzones; n++)
		random_zone(random, sample, n);
	sort_zones(sample);
}

/* ---- writing ---- */

static void
repair_hash(Input *body)
{
	if (body->size >= ZONES_HEAD_SIZE)
		bytes_put(body->bytes, ZONES_HASH_SIZE, zones_flat_hash(body->bytes, body->size));
}

static void
append(Input *body, const uint8_t *bytes, size_t size)
{
	require(size <= INPUT_MAX - body->size);
	memcpy(body->bytes + body->size, bytes, size);
	body->size += size;
}

static void
write_sample(const Sample *sample, Input *body)
{
	zones_flat_put_head(body->bytes, &sample->head);
	body->size = ZONES_HEAD_SIZE;
	for (uint32_t n = 0; n < sample->head.nzones; n++)
		append(body, sample->zones[n].bytes, sample->zones[n].size);
	repair_hash(body);
}

/* ---- reading ---- */

static bool
is_taken(const Input *body, Random *random)
{
	Block		block = block_of(body->bytes, body->size, random_below(random, 8));
	const char *problem = zones_flat_check(block.bytes, body->size);

	require(problem == NULL || strlen(problem) > 0);
	free(block.memory);
	return problem == NULL;
}

/* Write a zone again, from the values that are read of it. */
static void
rewrite_zone(const FlatZone *zone, ZoneIdType id_type, Input *again)
{
	const uint8_t *ring = zone->rings;
	uint32_t	nvertices = 0;
	uint8_t		word[16];

	bytes_put(word, 4, zone->id_size);
	if (id_type == ZONE_ID_TEXT)
		append(again, word, 4);
	else
		require(zone->id_size == 8 &&
				zones_flat_bigint(zone) == (int64_t) bytes_get_word(zone->id));
	append(again, zone->id, zone->id_size);
	bytes_put(word, 4, zone->nrings);
	append(again, word, 4);
	for (uint32_t k = 0; k < zone->nrings; k++)
	{
		uint32_t	n = zones_flat_ring(ring);

		require(n >= 3);
		bytes_put(word, 4, n);
		append(again, word, 4);
		for (uint32_t v = 0; v < n; v++)
		{
			GeometryPoint vertex = zones_flat_vertex(ring, v);

			require(vertex.x >= -1e15 && vertex.x <= 1e15 && (vertex.x != 0 || !signbit(vertex.x)));
			require(vertex.y >= -1e15 && vertex.y <= 1e15 && (vertex.y != 0 || !signbit(vertex.y)));
			bytes_put_double(word, vertex.x);
			bytes_put_double(word + 8, vertex.y);
			append(again, word, 16);
		}
		require(memcmp(ring + 4, word, 16) != 0);
		nvertices += n;
		ring += zones_flat_ring_size(n);
	}
	require(zone->nrings > 0 && nvertices == zone->nvertices);
	require(ring == zone->bytes + zone->size);
}

/* Returns whether the bytes are taken; then they are what would be written. */
static bool
try_body(const uint8_t *body, size_t size)
{
	static Input again;
	const uint8_t *end = body + size;
	const uint8_t *next;
	ZonesHead	head;
	FlatZone	before = {NULL};
	const char *problem = zones_flat_check(body, size);

	if (problem != NULL)
	{
		require(strlen(problem) > 0);
		return false;
	}
	next = zones_flat_open(&head, body);
	require(head.skipped <= INT64_MAX);
	require(head.nzones == 0 ? head.srid == ZONES_NO_SRID && head.id_type == ZONE_ID_NONE :
			head.srid >= 0 && head.srid <= 999999 &&
			(head.id_type == ZONE_ID_TEXT || head.id_type == ZONE_ID_BIGINT));
	zones_flat_put_head(again.bytes, &head);
	again.size = ZONES_HEAD_SIZE;
	for (uint32_t n = 0; n < head.nzones; n++)
	{
		FlatZone	zone;

		next = zones_flat_zone(&zone, head.id_type, next, (size_t) (end - next));
		require(next != NULL);
		require(n == 0 || zones_flat_compare(head.id_type, &before, &zone) < 0);
		rewrite_zone(&zone, head.id_type, &again);
		before = zone;
	}
	require(next == end);
	repair_hash(&again);
	require(again.size == size && memcmp(again.bytes, body, size) == 0);
	return true;
}

/* ---- what must hold ---- */

static void
expect_taken(const Input *body)
{
	Block		block = block_of(body->bytes, body->size, 0);

	require(try_body(block.bytes, body->size));
	free(block.memory);
}

/* Another hash, another order, the same id twice and a byte more are refused. */
static void
expect_refusal_of_other_form(Random *random, Sample *sample, Input *body)
{
	uint32_t	n;
	FlatZone	saved;

	flip_bit(body, random);
	require(!is_taken(body, random));
	write_sample(sample, body);
	body->bytes[body->size++] = 0;
	repair_hash(body);
	require(!is_taken(body, random));
	if (sample->head.nzones < 2)
		return;

	n = (uint32_t) random_below(random, sample->head.nzones - 1);
	saved = sample->zones[n];
	sample->zones[n] = sample->zones[n + 1];
	if (random_chance(random, 2))
		sample->zones[n + 1] = saved;
	write_sample(sample, body);
	require(!is_taken(body, random));
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
	expect_taken(&body);
	expect_refusal_of_other_form(random, &sample, &body);

	random_sample(random, &sample);
	write_sample(&sample, &body);
	mutate(&body, random, &other);
	if (random_chance(random, 2))
		repair_hash(&body);
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
