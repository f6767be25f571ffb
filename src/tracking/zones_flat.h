/*
 * zones_flat.h
 *	  The flat form of zones: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  8		hash of all that follows, by which a reader knows the value again
 *	  4		SRID, -1 while there is no zone
 *	  1		type of the ids, a ZoneIdType
 *	  8		areas skipped, because they were NULL or empty
 *	  4		number of zones
 *	  ...	the zones
 *
 * A zone is its id (text: 4 bytes length, then the bytes; bigint: 8 bytes),
 * the number of its rings, 4 bytes, and of each ring the number of its vertices,
 * 4 bytes, and x and y of each, 8 bytes each.
 *
 * Zones stand in ascending order of their ids, text by its bytes.  A ring has at
 * least three vertices, the first of which is not repeated at its end; there is
 * no negative zero.
 */
#ifndef HOTSPOT_ZONES_FLAT_H
#define HOTSPOT_ZONES_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"
#include "base/plane.h"

typedef enum ZoneIdType
{
	ZONE_ID_NONE,				/* there is no zone yet */
	ZONE_ID_TEXT,
	ZONE_ID_BIGINT
} ZoneIdType;

/* What stands in front of the zones, but for the hash. */
typedef struct ZonesHead
{
	int32_t		srid;
	ZoneIdType	id_type;
	uint64_t	skipped;
	uint32_t	nzones;
} ZonesHead;

#define ZONES_NO_SRID (-1)

/* Bytes of the head, with and without the hash. */
#define ZONES_HASH_SIZE 8
#define ZONES_HEAD_SIZE (ZONES_HASH_SIZE + 4 + 1 + 8 + 4)

/* One zone as it stands in a flat form. */
typedef struct FlatZone
{
	const uint8_t *bytes;		/* all of it */
	size_t		size;
	const uint8_t *id;
	uint32_t	id_size;
	const uint8_t *rings;
	uint32_t	nrings;
	uint32_t	nvertices;		/* of all rings */
} FlatZone;

extern uint64_t zones_flat_hash(const uint8_t *body, size_t size);
extern void zones_flat_put_head(uint8_t *body, const ZonesHead *head);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *zones_flat_check(const uint8_t *body, size_t size);

/* Read the head; returns where the zones begin. */
extern const uint8_t *zones_flat_open(ZonesHead *head, const uint8_t *body);

/*
 * Read the zone at next, which has no more than size bytes; NULL when these
 * are no zone, else where the next one begins.
 */
extern const uint8_t *zones_flat_zone(FlatZone *zone, ZoneIdType id_type,
									  const uint8_t *next, size_t size);

/* Order of ids: below, at or above 0. */
extern int	zones_flat_compare(ZoneIdType id_type, const FlatZone *a, const FlatZone *b);

/* Value of an id of type bigint. */
extern int64_t zones_flat_bigint(const FlatZone *zone);

/* Number of vertices of the ring at bytes. */
extern uint32_t zones_flat_ring(const uint8_t *bytes);

/* Bytes of a ring of that many vertices; its vertex n. */
extern size_t zones_flat_ring_size(uint32_t nvertices);
extern GeometryPoint zones_flat_vertex(const uint8_t *ring, uint32_t n);

#endif							/* HOTSPOT_ZONES_FLAT_H */
