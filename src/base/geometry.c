/*
 * geometry.c
 *	  Reads the bytes of PostGIS's geometry type.
 *
 * Layout, after the varlena header (PostGIS, liblwgeom/gserialized1.c and
 * gserialized2.c):
 *
 *	  3 bytes	SRID, big-endian, 21 bits, signed
 *	  1 byte	flags
 *	  8 bytes	extended flags, only in version 2 and where flagged
 *	  floats	bounding box, only where flagged
 *	  uint32	type
 *	  uint32	count: points of a point (0 or 1), rings of a polygon,
 *				members of a collection
 *	  ...		host byte order
 *
 * A polygon goes on with a vertex count for each ring, padding to 8 bytes, and
 * the vertices of all rings.  A member of a collection is type, count, ... with
 * no header of its own.
 */
#include "geometry.h"

#define HEADER_SIZE 4
#define EXTENDED_SIZE 8

#define FLAG_Z 0x01
#define FLAG_M 0x02
#define FLAG_BBOX 0x04
#define FLAG_GEODETIC 0x08
#define FLAG_EXTENDED 0x10		/* version 2; READONLY, without meaning on
								 * disk, in version 1 */
#define FLAG_VERSION_2 0x40
#define FLAG_RESERVED 0x80		/* a later version: refuse to guess */

static uint32_t
read_uint32(const uint8_t *bytes)
{
	uint32_t	value;

	memcpy(&value, bytes, sizeof(value));
	return value;
}

static GeometryPoint
read_point(const uint8_t *bytes)
{
	GeometryPoint point;

	memcpy(&point.x, bytes, sizeof(double));
	memcpy(&point.y, bytes + sizeof(double), sizeof(double));
	return point;
}

static size_t
bytes_left(const GeometryReader *reader)
{
	return (size_t) (reader->end - reader->next);
}

/* Floats in the bounding box that the flags announce. */
static size_t
box_size(uint8_t flags, uint32_t ndims)
{
	if (!(flags & FLAG_BBOX))
		return 0;
	return 2 * sizeof(float) * ((flags & FLAG_GEODETIC) ? 3 : ndims);
}

/*
 * Read the header and the type.  On GEOMETRY_OK the reader stands at the body:
 * geometry_next_ring() reads polygons from there.
 */
GeometryStatus
geometry_open(GeometryReader *reader, const uint8_t *bytes, size_t size)
{
	size_t		skip;
	uint8_t		flags;

	memset(reader, 0, sizeof(*reader));
	if (size < HEADER_SIZE)
		return GEOMETRY_CORRUPT;
	flags = bytes[3];
	if (flags & FLAG_RESERVED)
		return GEOMETRY_CORRUPT;

	reader->srid = geometry_srid(bytes);
	reader->geodetic = (flags & FLAG_GEODETIC) != 0;
	reader->ndims = 2 + ((flags & FLAG_Z) != 0) + ((flags & FLAG_M) != 0);

	skip = HEADER_SIZE + box_size(flags, reader->ndims);
	if ((flags & FLAG_VERSION_2) && (flags & FLAG_EXTENDED))
		skip += EXTENDED_SIZE;
	if (size < skip + 2 * sizeof(uint32_t))
		return GEOMETRY_CORRUPT;

	reader->next = bytes + skip;
	reader->end = bytes + size;
	reader->type = read_uint32(reader->next);

	/* A polygon is read as a multipolygon of one: its type and count stay. */
	if (reader->type == GEOMETRY_POLYGON)
		reader->parts_left = 1;
	else if (reader->type == GEOMETRY_MULTIPOLYGON)
	{
		reader->parts_left = read_uint32(reader->next + sizeof(uint32_t));
		reader->next += 2 * sizeof(uint32_t);
	}
	return GEOMETRY_OK;
}

/* Read a geometry that should be a point. */
GeometryStatus
geometry_point(const uint8_t *bytes, size_t size, int32_t *srid,
			   GeometryPoint *point)
{
	GeometryReader reader;
	uint32_t	count;

	if (geometry_open(&reader, bytes, size) != GEOMETRY_OK || reader.geodetic)
		return GEOMETRY_CORRUPT;
	*srid = reader.srid;
	if (reader.type != GEOMETRY_POINT)
		return GEOMETRY_OTHER_TYPE;

	count = read_uint32(reader.next + sizeof(uint32_t));
	reader.next += 2 * sizeof(uint32_t);
	if (count == 0)
		return GEOMETRY_EMPTY;
	if (count > 1 || bytes_left(&reader) < reader.ndims * sizeof(double))
		return GEOMETRY_CORRUPT;
	*point = read_point(reader.next);
	return GEOMETRY_OK;
}

/* Open the next polygon: its ring table must fit in what is left. */
static GeometryStatus
open_polygon(GeometryReader *reader)
{
	uint32_t	nrings;
	size_t		table;

	if (bytes_left(reader) < 2 * sizeof(uint32_t) ||
		read_uint32(reader->next) != GEOMETRY_POLYGON)
		return GEOMETRY_CORRUPT;
	nrings = read_uint32(reader->next + sizeof(uint32_t));
	reader->next += 2 * sizeof(uint32_t);

	if (nrings > bytes_left(reader) / sizeof(uint32_t))
		return GEOMETRY_CORRUPT;
	table = ((size_t) nrings + nrings % 2) * sizeof(uint32_t);
	if (table > bytes_left(reader))
		return GEOMETRY_CORRUPT;

	reader->rings_left = nrings;
	reader->ring_sizes = reader->next;
	reader->next += table;
	return GEOMETRY_OK;
}

/*
 * Read the next ring of a polygon or multipolygon; GEOMETRY_EMPTY after the
 * last.  Which rings are holes does not matter to an even-odd rule, so it is
 * not told.
 */
GeometryStatus
geometry_next_ring(GeometryReader *reader, GeometryRing *ring)
{
	if (reader->type != GEOMETRY_POLYGON &&
		reader->type != GEOMETRY_MULTIPOLYGON)
		return GEOMETRY_OTHER_TYPE;

	while (reader->rings_left == 0)
	{
		if (reader->parts_left == 0)
			return GEOMETRY_EMPTY;
		reader->parts_left--;
		if (open_polygon(reader) != GEOMETRY_OK)
			return GEOMETRY_CORRUPT;
	}

	ring->nvertices = read_uint32(reader->ring_sizes);
	ring->stride = reader->ndims * (uint32_t) sizeof(double);
	if (ring->nvertices > bytes_left(reader) / ring->stride)
		return GEOMETRY_CORRUPT;
	ring->vertices = reader->next;

	reader->next += (size_t) ring->nvertices * ring->stride;
	reader->ring_sizes += sizeof(uint32_t);
	reader->rings_left--;
	return GEOMETRY_OK;
}

/* Vertex n of a ring, counted from 0. */
GeometryPoint
geometry_vertex(const GeometryRing *ring, uint32_t n)
{
	return read_point(ring->vertices + (size_t) n * ring->stride);
}
