/*
 * geometry.c
 *	  Tries src/base/geometry.c on valid, damaged and hostile bytes.
 *
 * Valid geometries of every form are built here, and must read as what they
 * were built from.  Then they are mutated: whatever that gives, the reader must
 * come to an end, stay within the bytes and not contradict itself.
 */
#include "base/geometry.h"

#include "fuzz.h"

/* ---- valid geometries ---- */

#define PARTS_MAX 4
#define RINGS_MAX 4

/* Types that geometry.h does not name: the reader leaves them alone. */
enum
{
	LINESTRING = 2,
	MULTIPOINT = 4,
	GEOMETRYCOLLECTION = 7,
	CURVEPOLYGON = 10,
	TRIANGLE = 14
};

/* What is in a geometry: the vertices of each ring of each polygon. */
typedef struct Shape
{
	uint32_t	type;
	uint32_t	count;			/* of vertices, rings or members */
	uint32_t	nrings[PARTS_MAX];
	uint32_t	nvertices[PARTS_MAX][RINGS_MAX];
} Shape;

static const Shape shapes[] = {
	{GEOMETRY_POINT, 1},
	{GEOMETRY_POINT, 0},
	{GEOMETRY_POLYGON, 0},
	{GEOMETRY_POLYGON, 1, {1}, {{4}}},
	{GEOMETRY_POLYGON, 2, {2}, {{5, 4}}},
	{GEOMETRY_POLYGON, 3, {3}, {{40, 5, 4}}},
	{GEOMETRY_POLYGON, 4, {4}, {{0, 1, 2, 3}}},
	{GEOMETRY_MULTIPOLYGON, 0},
	{GEOMETRY_MULTIPOLYGON, 1, {1}, {{4}}},
	{GEOMETRY_MULTIPOLYGON, 1, {0}},
	{GEOMETRY_MULTIPOLYGON, 3, {1, 2, 3}, {{5}, {6, 4}, {9, 4, 7}}},
	{GEOMETRY_MULTIPOLYGON, 4, {0, 4, 0, 1}, {{0}, {4, 0, 1, 4}, {0}, {12}}},
	{LINESTRING, 0},
	{LINESTRING, 9},
	{MULTIPOINT, 0},
	{GEOMETRYCOLLECTION, 0},
	{GEOMETRYCOLLECTION, 2, {1, 2}, {{5}, {6, 4}}},
	{CURVEPOLYGON, 0},
	{TRIANGLE, 4}
};

/* The bits of the flags' byte. */
enum
{
	FLAG_Z = 0x01,
	FLAG_M = 0x02,
	FLAG_BOX = 0x04,
	FLAG_GEODETIC = 0x08,
	FLAG_EXTENDED = 0x10,		/* of version 2; nothing in version 1 */
	FLAG_WITHOUT_MEANING = 0x20,
	FLAG_VERSION_2 = 0x40
};

#define FLAGS 0x80
#define FORMS (lengthof(shapes) * FLAGS)

/* Every set of flags with every shape; the SRIDs take turns. */
typedef struct Form
{
	const Shape *shape;
	uint8_t		flags;
	int32_t		srid;
} Form;

static Form
form_of(size_t number)
{
	static const int32_t srids[] = {0, 4326, 27700, 999999, -1, -0x100000, 0xfffff};

	return (Form) {
		&shapes[number / FLAGS],
		(uint8_t) (number % FLAGS),
		srids[number % lengthof(srids)]
	};
}

static uint32_t
dimensions(const Form *form)
{
	return 2u + ((form->flags & FLAG_Z) != 0) + ((form->flags & FLAG_M) != 0);
}

static void
append(Input *input, const void *bytes, size_t size)
{
	require(size <= INPUT_MAX - input->size);
	memcpy(input->bytes + input->size, bytes, size);
	input->size += size;
}

static void
append_zeros(Input *input, size_t size)
{
	static const uint8_t zeros[64];

	require(size <= sizeof(zeros));
	append(input, zeros, size);
}

static void
append_uint32(Input *input, uint32_t value)
{
	append(input, &value, sizeof(value));
}

/* Vertices are numbered through a geometry, so that each is another. */
static GeometryPoint
numbered_vertex(uint32_t number)
{
	return (GeometryPoint) {100.5 + number, -7.25 * number};
}

static void
append_vertices(Input *input, const Form *form, uint32_t count, uint32_t *number)
{
	static const double z_and_m[] = {-1e9, 1e9};

	for (uint32_t n = 0; n < count; n++)
	{
		GeometryPoint vertex = numbered_vertex((*number)++);

		append(input, &vertex, sizeof(vertex));
		append(input, z_and_m, (dimensions(form) - 2) * sizeof(double));
	}
}

static void
append_polygon(Input *input, const Form *form, int part, uint32_t *number)
{
	const uint32_t *nvertices = form->shape->nvertices[part];
	uint32_t	nrings = form->shape->nrings[part];

	append_uint32(input, GEOMETRY_POLYGON);
	append_uint32(input, nrings);
	append(input, nvertices, nrings * sizeof(uint32_t));
	append_zeros(input, nrings % 2 * sizeof(uint32_t));
	for (uint32_t ring = 0; ring < nrings; ring++)
		append_vertices(input, form, nvertices[ring], number);
}

static void
append_header(Input *input, const Form *form)
{
	uint32_t	srid = (uint32_t) form->srid & 0x1fffff;
	uint8_t		header[] = {
		(uint8_t) (srid >> 16), (uint8_t) (srid >> 8), (uint8_t) srid, form->flags
	};

	append(input, header, sizeof(header));
	if ((form->flags & FLAG_VERSION_2) && (form->flags & FLAG_EXTENDED))
		append_zeros(input, 8);
	if (form->flags & FLAG_BOX)
		append_zeros(input, 2 * sizeof(float) *
					 ((form->flags & FLAG_GEODETIC) ? 3 : dimensions(form)));
}

static void
build(Input *input, const Form *form)
{
	const Shape *shape = form->shape;
	uint32_t	number = 0;

	input->size = 0;
	append_header(input, form);
	if (shape->type == GEOMETRY_POLYGON)
	{
		append_polygon(input, form, 0, &number);
		return;
	}

	append_uint32(input, shape->type);
	append_uint32(input, shape->count);
	if (shape->type == GEOMETRY_MULTIPOLYGON || shape->type == GEOMETRYCOLLECTION)
		for (uint32_t part = 0; part < shape->count; part++)
			append_polygon(input, form, (int) part, &number);
	else
		append_vertices(input, form, shape->count, &number);
}

/* ---- what a valid geometry must read as ---- */

static bool
same_point(GeometryPoint a, GeometryPoint b)
{
	return memcmp(&a, &b, sizeof(a)) == 0;	/* NaN is the same as NaN */
}

static bool
is_area(uint32_t type)
{
	return type == GEOMETRY_POLYGON || type == GEOMETRY_MULTIPOLYGON;
}

static GeometryStatus
expected_point_status(const Form *form)
{
	if (form->flags & FLAG_GEODETIC)
		return GEOMETRY_CORRUPT;
	if (form->shape->type != GEOMETRY_POINT)
		return GEOMETRY_OTHER_TYPE;
	return form->shape->count == 0 ? GEOMETRY_EMPTY : GEOMETRY_OK;
}

static void
expect_point(const Form *form, const uint8_t *bytes, size_t size)
{
	GeometryPoint point;
	GeometryPoint plain_point;
	int32_t		srid;
	int32_t		plain_srid;
	bool		plain;

	require(geometry_point(bytes, size, &srid, &point) == expected_point_status(form));
	if (expected_point_status(form) != GEOMETRY_CORRUPT)
		require(srid == form->srid);
	if (expected_point_status(form) == GEOMETRY_OK)
		require(same_point(point, numbered_vertex(0)));

	plain = geometry_plain_point(bytes, size, &plain_srid, &plain_point);
	require(plain == (form->flags == FLAG_VERSION_2 &&
					  expected_point_status(form) == GEOMETRY_OK));
	if (plain)
		require(plain_srid == form->srid && same_point(plain_point, numbered_vertex(0)));
}

static void
expect_rings(const Form *form, GeometryReader *reader)
{
	const Shape *shape = form->shape;
	uint32_t	nparts = shape->type == GEOMETRY_POLYGON ? 1 : shape->count;
	uint32_t	number = 0;
	GeometryRing ring;

	for (uint32_t part = 0; part < nparts; part++)
		for (uint32_t n = 0; n < shape->nrings[part]; n++)
		{
			require(geometry_next_ring(reader, &ring) == GEOMETRY_OK);
			require(ring.nvertices == shape->nvertices[part][n]);
			require(ring.stride == dimensions(form) * sizeof(double));
			for (uint32_t v = 0; v < ring.nvertices; v++)
				require(same_point(geometry_vertex(&ring, v), numbered_vertex(number++)));
		}
	require(geometry_next_ring(reader, &ring) == GEOMETRY_EMPTY);
}

static void
expect_form(const Form *form, const uint8_t *bytes, size_t size)
{
	GeometryReader reader;
	GeometryRing ring;

	require(geometry_open(&reader, bytes, size) == GEOMETRY_OK);
	require(reader.srid == form->srid);
	require(reader.geodetic == ((form->flags & FLAG_GEODETIC) != 0));
	require(reader.type == form->shape->type);
	require(reader.ndims == dimensions(form));
	expect_point(form, bytes, size);
	if (is_area(reader.type))
		expect_rings(form, &reader);
	else
		require(geometry_next_ring(&reader, &ring) == GEOMETRY_OTHER_TYPE);
}

/* ---- what any bytes must read as ---- */

/*
 * A second reader, to compare with: offsets instead of pointers, and arithmetic
 * so wide that no product of counts overflows.
 */
typedef struct Walk
{
	const uint8_t *bytes;
	uint64_t	size;
	uint64_t	offset;
	uint32_t	type;
	uint32_t	ndims;
	uint64_t	parts_left;
	uint64_t	rings_left;
	uint64_t	ring_sizes;		/* an offset */
} Walk;

static uint32_t
uint32_at(const Walk *walk, uint64_t offset)
{
	uint32_t	value;

	require(offset + sizeof(value) <= walk->size);
	memcpy(&value, walk->bytes + offset, sizeof(value));
	return value;
}

static GeometryStatus
walk_begin(Walk *walk, const uint8_t *bytes, size_t size)
{
	uint8_t		flags = size < 4 ? 0x80 : bytes[3];

	if (flags & 0x80)
		return GEOMETRY_CORRUPT;
	*walk = (Walk) {.bytes = bytes, .size = size, .offset = 4};
	walk->ndims = 2u + (flags & FLAG_Z ? 1 : 0) + (flags & FLAG_M ? 1 : 0);
	if ((flags & FLAG_VERSION_2) && (flags & FLAG_EXTENDED))
		walk->offset += 8;
	if (flags & FLAG_BOX)
		walk->offset += (flags & FLAG_GEODETIC) ? 24 : 8 * walk->ndims;
	if (walk->offset + 8 > size)
		return GEOMETRY_CORRUPT;

	walk->type = uint32_at(walk, walk->offset);
	if (walk->type == GEOMETRY_POLYGON)
		walk->parts_left = 1;
	else if (walk->type == GEOMETRY_MULTIPOLYGON)
	{
		walk->parts_left = uint32_at(walk, walk->offset + 4);
		walk->offset += 8;
	}
	return GEOMETRY_OK;
}

/* On GEOMETRY_OK the offset is behind the vertices of the ring. */
static GeometryStatus
walk_ring(Walk *walk, uint32_t *nvertices)
{
	while (walk->rings_left == 0)
	{
		if (walk->parts_left-- == 0)
			return GEOMETRY_EMPTY;
		if (walk->offset + 8 > walk->size ||
			uint32_at(walk, walk->offset) != GEOMETRY_POLYGON)
			return GEOMETRY_CORRUPT;
		walk->rings_left = uint32_at(walk, walk->offset + 4);
		walk->ring_sizes = walk->offset + 8;
		walk->offset = walk->ring_sizes + (walk->rings_left + 1) / 2 * 8;
		if (walk->offset > walk->size)
			return GEOMETRY_CORRUPT;
	}
	*nvertices = uint32_at(walk, walk->ring_sizes);
	walk->ring_sizes += 4;
	walk->rings_left--;
	walk->offset += (uint64_t) *nvertices * walk->ndims * sizeof(double);
	return walk->offset > walk->size ? GEOMETRY_CORRUPT : GEOMETRY_OK;
}

static GeometryStatus
walk_point(const uint8_t *bytes, size_t size)
{
	Walk		walk;
	uint32_t	count;

	if (walk_begin(&walk, bytes, size) != GEOMETRY_OK || (bytes[3] & FLAG_GEODETIC))
		return GEOMETRY_CORRUPT;
	if (walk.type != GEOMETRY_POINT)
		return GEOMETRY_OTHER_TYPE;
	count = uint32_at(&walk, walk.offset + 4);
	if (count == 0)
		return GEOMETRY_EMPTY;
	return count > 1 || walk.offset + 8 + walk.ndims * sizeof(double) > size ?
		GEOMETRY_CORRUPT : GEOMETRY_OK;
}

/* Returns whether the bytes hold a point, be it an empty one. */
static bool
try_point(const uint8_t *bytes, size_t size)
{
	GeometryReader reader;
	GeometryPoint point;
	GeometryPoint plain_point;
	int32_t		srid;
	int32_t		plain_srid;
	GeometryStatus status = geometry_point(bytes, size, &srid, &point);

	require(status == walk_point(bytes, size));
	if (status != GEOMETRY_CORRUPT)
	{
		require(geometry_open(&reader, bytes, size) == GEOMETRY_OK);
		require(srid == reader.srid);
	}
	if (geometry_plain_point(bytes, size, &plain_srid, &plain_point))
		require(status == GEOMETRY_OK && plain_srid == srid &&
				same_point(plain_point, point));
	return status == GEOMETRY_OK || status == GEOMETRY_EMPTY;
}

/* Read some vertices of a ring; all of it is within the bytes. */
static void
try_vertices(const GeometryRing *ring, const uint8_t *end, Random *random)
{
	uint32_t	n = ring->nvertices;

	require(ring->vertices <= end);
	require(n <= (size_t) (end - ring->vertices) / ring->stride);
	if (n > 0)
	{
		uint32_t	places[] = {0, n - 1, (uint32_t) random_below(random, n)};

		for (size_t k = 0; k < lengthof(places); k++)
		{
			GeometryPoint vertex = geometry_vertex(ring, places[k]);

			require(memcmp(&vertex, ring->vertices + (size_t) places[k] * ring->stride,
						   sizeof(vertex)) == 0);
		}
	}
}

/* Returns whether the bytes hold an area and all of its rings can be read. */
static bool
try_rings(const uint8_t *bytes, size_t size, Random *random)
{
	Walk		walk;
	GeometryReader reader;
	GeometryRing ring;
	GeometryStatus status = geometry_open(&reader, bytes, size);
	size_t		most_rings = size / sizeof(uint32_t);	/* each has a count */
	size_t		nrings = 0;

	require(status == walk_begin(&walk, bytes, size));
	if (status != GEOMETRY_OK)
		return false;
	require(reader.type == walk.type && reader.ndims == walk.ndims);
	require(reader.srid >= -0x100000 && reader.srid <= 0xfffff);
	if (!is_area(reader.type))
	{
		require(geometry_next_ring(&reader, &ring) == GEOMETRY_OTHER_TYPE);
		return false;
	}

	do
	{
		uint32_t	nvertices;

		status = geometry_next_ring(&reader, &ring);
		require(status == walk_ring(&walk, &nvertices));
		if (status == GEOMETRY_OK)
		{
			require(++nrings <= most_rings);
			require(ring.nvertices == nvertices);
			require(ring.stride == reader.ndims * sizeof(double));
			require(ring.vertices + (size_t) nvertices * ring.stride == bytes + walk.offset);
			try_vertices(&ring, bytes + size, random);
		}
	} while (status == GEOMETRY_OK);
	return status == GEOMETRY_EMPTY;
}

/* A caller that asks on behind the end, or behind an error, is not hurt. */
static void
try_after_end(const uint8_t *bytes, size_t size, size_t more)
{
	GeometryReader reader;
	GeometryRing ring;
	bool		ended = false;

	if (geometry_open(&reader, bytes, size) != GEOMETRY_OK)
		return;
	for (size_t calls = size / sizeof(uint32_t) + more; calls > 0; calls--)
	{
		GeometryStatus status = geometry_next_ring(&reader, &ring);

		if (ended)
			require(status == GEOMETRY_EMPTY);
		ended = status == GEOMETRY_EMPTY;
		if (status == GEOMETRY_OK && ring.nvertices > 0)
			(void) geometry_vertex(&ring, ring.nvertices - 1);
	}
}

/* ---- the program ---- */

static void
try_valid_forms(void)
{
	static Input input;

	trying.input = &input;
	trying.what = "valid form";
	for (size_t number = 0; number < FORMS; number++)
	{
		Form		form = form_of(number);

		trying.number = number;
		build(&input, &form);
		for (size_t shift = 0; shift < 8; shift++)
		{
			Block		block = block_of(input.bytes, input.size, shift);

			expect_form(&form, block.bytes, input.size);
			free(block.memory);
		}
	}
	printf("%zu valid forms\n", FORMS);
}

/* The form that geometry_plain_point() reads comes more often than others. */
static void
build_any(Input *input, Random *random)
{
	Form		form = form_of(random_below(random, FORMS));

	if (random_chance(random, 8))
	{
		form.shape = &shapes[0];
		form.flags = FLAG_VERSION_2;
	}
	build(input, &form);
}

static bool
attempt(Random *random)
{
	static Input input;
	static Input other;
	Block		block;
	bool		valid;

	trying.input = &input;
	build_any(&input, random);
	build_any(&other, random);
	mutate(&input, random, &other);

	block = block_of(input.bytes, input.size,
					 random_chance(random, 2) ? 0 : random_below(random, 8));
	valid = try_point(block.bytes, input.size);
	valid |= try_rings(block.bytes, input.size, random);
	try_after_end(block.bytes, input.size, 3);
	free(block.memory);
	return valid;
}

int
main(int argc, char **argv)
{
	fuzz_begin();
	try_valid_forms();
	return fuzz(argc, argv, attempt);
}
