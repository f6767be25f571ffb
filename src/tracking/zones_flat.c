/*
 * zones_flat.c
 *	  The flat form of zones: see zones_flat.h.
 */
#include "tracking/zones_flat.h"

#include <math.h>
#include <string.h>

#include "base/bytes.h"
#include "base/hash.h"

#define VERTEX_SIZE (2 * sizeof(double))

uint64_t
zones_flat_hash(const uint8_t *body, size_t size)
{
	const uint8_t *next = body + ZONES_HASH_SIZE;
	size_t		left = size - ZONES_HASH_SIZE;
	uint64_t	hash = left;

	for (; left >= 8; left -= 8, next += 8)
		hash = hash_mix64(hash ^ bytes_get_word(next)) + hash;
	return hash_mix64(hash ^ bytes_get(next, (int) left));
}

void
zones_flat_put_head(uint8_t *body, const ZonesHead *head)
{
	uint8_t    *at = body + ZONES_HASH_SIZE;

	bytes_put(at, 4, (uint32_t) head->srid);
	bytes_put(at + 4, 1, head->id_type);
	bytes_put(at + 5, 8, head->skipped);
	bytes_put(at + 13, 4, head->nzones);
}

const uint8_t *
zones_flat_open(ZonesHead *head, const uint8_t *body)
{
	const uint8_t *at = body + ZONES_HASH_SIZE;

	head->srid = (int32_t) (uint32_t) bytes_get(at, 4);
	head->id_type = (ZoneIdType) at[4];
	head->skipped = bytes_get_word(at + 5);
	head->nzones = (uint32_t) bytes_get(at + 13, 4);
	return body + ZONES_HEAD_SIZE;
}

int64_t
zones_flat_bigint(const FlatZone *zone)
{
	return (int64_t) bytes_get_word(zone->id);
}

uint32_t
zones_flat_ring(const uint8_t *bytes)
{
	return (uint32_t) bytes_get(bytes, 4);
}

size_t
zones_flat_ring_size(uint32_t nvertices)
{
	return 4 + nvertices * VERTEX_SIZE;
}

GeometryPoint
zones_flat_vertex(const uint8_t *ring, uint32_t n)
{
	const uint8_t *at = ring + 4 + n * VERTEX_SIZE;

	return (GeometryPoint) {bytes_get_double(at), bytes_get_double(at + 8)};
}

const uint8_t *
zones_flat_zone(FlatZone *zone, ZoneIdType id_type, const uint8_t *next, size_t size)
{
	const uint8_t *end = next + size;

	zone->bytes = next;
	if (id_type == ZONE_ID_BIGINT)
		zone->id_size = 8;
	else
	{
		if (size < 4)
			return NULL;
		zone->id_size = (uint32_t) bytes_get(next, 4);
		next += 4;
	}
	zone->id = next;
	if (zone->id_size > (size_t) (end - next))
		return NULL;
	next += zone->id_size;

	if (end - next < 4)
		return NULL;
	zone->nrings = (uint32_t) bytes_get(next, 4);
	next += 4;
	zone->rings = next;
	zone->nvertices = 0;
	for (uint32_t n = 0; n < zone->nrings; n++)
	{
		uint32_t	nvertices;

		if (end - next < 4)
			return NULL;
		nvertices = zones_flat_ring(next);
		if (nvertices > ((size_t) (end - next) - 4) / VERTEX_SIZE)
			return NULL;
		next += zones_flat_ring_size(nvertices);
		zone->nvertices += nvertices;
	}
	zone->size = (size_t) (next - zone->bytes);
	return next;
}

int
zones_flat_compare(ZoneIdType id_type, const FlatZone *a, const FlatZone *b)
{
	int			order;

	if (id_type == ZONE_ID_BIGINT)
	{
		int64_t		one = zones_flat_bigint(a);
		int64_t		other = zones_flat_bigint(b);

		return (one > other) - (one < other);
	}
	order = memcmp(a->id, b->id, a->id_size < b->id_size ? a->id_size : b->id_size);
	return order != 0 ? order : (a->id_size > b->id_size) - (a->id_size < b->id_size);
}

static bool
coordinate_is_valid(double value)
{
	return fabs(value) <= PLANE_MAX_COORDINATE && !(value == 0 && signbit(value));
}

static const char *
check_ring(const uint8_t *ring)
{
	uint32_t	n = zones_flat_ring(ring);
	GeometryPoint first;
	GeometryPoint last;

	if (n < 3)
		return "a ring has fewer than three vertices";
	for (uint32_t k = 0; k < n; k++)
	{
		GeometryPoint vertex = zones_flat_vertex(ring, k);

		if (!coordinate_is_valid(vertex.x) || !coordinate_is_valid(vertex.y))
			return "a coordinate is out of range";
	}
	first = zones_flat_vertex(ring, 0);
	last = zones_flat_vertex(ring, n - 1);
	if (first.x == last.x && first.y == last.y)
		return "a ring repeats its first vertex";
	return NULL;
}

static const char *
check_zone(const FlatZone *zone)
{
	const uint8_t *ring = zone->rings;
	const char *problem;

	if (zone->nrings == 0)
		return "a zone has no ring";
	for (uint32_t n = 0; n < zone->nrings; n++)
	{
		problem = check_ring(ring);
		if (problem != NULL)
			return problem;
		ring += zones_flat_ring_size(zones_flat_ring(ring));
	}
	return NULL;
}

const char *
zones_flat_check(const uint8_t *body, size_t size)
{
	const uint8_t *end = body + size;
	const uint8_t *next;
	ZonesHead	head;
	FlatZone	before = {NULL};
	const char *problem;

	if (size < ZONES_HEAD_SIZE)
		return "it is too short";
	if (bytes_get_word(body) != zones_flat_hash(body, size))
		return "its hash is not that of its bytes";
	next = zones_flat_open(&head, body);
	if ((head.nzones == 0) != (head.id_type == ZONE_ID_NONE) ||
		(head.nzones == 0) != (head.srid == ZONES_NO_SRID) ||
		head.id_type > ZONE_ID_BIGINT)
		return "its head contradicts itself";
	if (head.srid < ZONES_NO_SRID || head.srid > GEOMETRY_SRID_MAX)
		return "its SRID is out of range";
	if (head.skipped > INT64_MAX)
		return "a number of skipped areas is out of range";

	for (uint32_t n = 0; n < head.nzones; n++)
	{
		FlatZone	zone;

		next = zones_flat_zone(&zone, head.id_type, next, (size_t) (end - next));
		if (next == NULL)
			return "it ends within a zone";
		if (n > 0 && zones_flat_compare(head.id_type, &before, &zone) >= 0)
			return "its zones are not in order";
		problem = check_zone(&zone);
		if (problem != NULL)
			return problem;
		before = zone;
	}
	if (next != end)
		return "it has bytes to spare";
	return NULL;
}
