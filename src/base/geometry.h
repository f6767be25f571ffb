/*
 * geometry.h
 *	  Reads the bytes of PostGIS's geometry type.
 *
 * The reader is pure: bytes in, a status out.  It allocates nothing, raises
 * nothing, needs no alignment and never reads past the size it is given, so
 * the fuzz harness compiles it on its own.  Bytes are those behind the varlena
 * header (VARDATA_ANY), in either serialised form: version 1 (PostGIS 2, still
 * found in upgraded databases) and version 2 (PostGIS 3).
 */
#ifndef HOTSPOT_GEOMETRY_H
#define HOTSPOT_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef enum GeometryStatus
{
	GEOMETRY_OK,				/* a value was read */
	GEOMETRY_EMPTY,				/* well formed, and holds nothing (more) */
	GEOMETRY_OTHER_TYPE,		/* well formed, but not of the type asked for */
	GEOMETRY_CORRUPT			/* the bytes are no geometry this reader knows */
} GeometryStatus;

/* The largest SRID that PostGIS gives a geometry. */
#define GEOMETRY_SRID_MAX 999999

/* Type numbers as PostGIS stores them. */
enum
{
	GEOMETRY_POINT = 1,
	GEOMETRY_POLYGON = 3,
	GEOMETRY_MULTIPOLYGON = 6
};

/*
 * Coordinates beyond this are no places on earth in any unit, and a double
 * tells them apart by no less than a tenth.
 */
#define PLANE_MAX_COORDINATE 1e15

typedef struct GeometryPoint
{
	double		x;
	double		y;
} GeometryPoint;

/* A geometry whose header has been read, and how far its body has been. */
typedef struct GeometryReader
{
	int32_t		srid;			/* 0 = unknown */
	bool		geodetic;		/* the bytes are of type geography */
	uint32_t	type;
	uint32_t	ndims;			/* 2 to 4 doubles a vertex, x and y first */

	/* progress of geometry_next_ring() */
	const uint8_t *next;		/* the next byte to read */
	const uint8_t *end;
	uint32_t	parts_left;		/* polygons not yet opened */
	uint32_t	rings_left;		/* rings not yet read of the open polygon */
	const uint8_t *ring_sizes;	/* their vertex counts */
} GeometryReader;

/* One ring of a polygon; PostGIS repeats the first vertex at the end. */
typedef struct GeometryRing
{
	const uint8_t *vertices;
	uint32_t	nvertices;		/* may be 0 to 3 in a degenerate ring */
	uint32_t	stride;			/* bytes from one vertex to the next */
} GeometryRing;

/* SRID of a header: big-endian, 21 bits, signed. */
static inline int32_t
geometry_srid(const uint8_t *bytes)
{
	uint32_t	srid = (uint32_t) bytes[0] << 16 | (uint32_t) bytes[1] << 8 | bytes[2];

	srid &= 0x1FFFFF;
	return (srid & 0x100000) ? (int32_t) srid - 0x200000 : (int32_t) srid;
}

/*
 * Read a point of the form nearly all stored points have (version 2, two
 * dimensions, no box), inline because it is done once a row.  False means
 * nothing but that geometry_point() must be asked.
 */
static inline bool
geometry_plain_point(const uint8_t *bytes, size_t size, int32_t *srid,
					 GeometryPoint *point)
{
	static const struct
	{
		uint32_t	type;
		uint32_t	count;
	}			plain = {GEOMETRY_POINT, 1};

	if (size != 4 + sizeof(plain) + sizeof(*point) || bytes[3] != 0x40 ||
		memcmp(bytes + 4, &plain, sizeof(plain)) != 0)
		return false;
	*srid = geometry_srid(bytes);
	memcpy(point, bytes + 4 + sizeof(plain), sizeof(*point));
	return true;
}

extern GeometryStatus geometry_open(GeometryReader *reader,
									const uint8_t *bytes, size_t size);
extern GeometryStatus geometry_point(const uint8_t *bytes, size_t size,
									 int32_t *srid, GeometryPoint *point);
extern GeometryStatus geometry_next_ring(GeometryReader *reader,
										 GeometryRing *ring);
extern GeometryPoint geometry_vertex(const GeometryRing *ring, uint32_t n);

#endif							/* HOTSPOT_GEOMETRY_H */
