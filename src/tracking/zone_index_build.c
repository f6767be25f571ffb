/*
 * zone_index_build.c
 *	  Compiles zones: see zone_index.h.
 *
 * The rule of plane.h asks of all edges of a zone whether they toggle a point.
 * Within one cell just a few of them need be asked:
 *
 * - An edge that does not come near the cell lies, at the heights of the cell's
 *   row, wholly to its left or wholly to its right.  On the left it toggles no
 *   point of the cell.  On the right the edge v-w toggles those points p for
 *   which (v.y <= p.y) != (w.y <= p.y), wherever they are in x.
 * - Take such edges, all to the right, that follow each other on a ring.  At
 *   the vertex v between two of them (v.y <= p.y) enters twice and drops out.
 *   So a whole chain of them counts by its two ends only; and where an end lies
 *   above or below the row, (v.y <= p.y) is the same for every p of the cell.
 * - A chain ends in the row only where the next edge does come near the cell,
 *   and is in the cell's list.
 *
 * So with each listed edge goes, for either end, whether the ring goes on from
 * there, right of the cell, with an edge that is not listed: then the end
 * toggles p where (v.y <= p.y).  What is the same for all points of the cell is
 * the node's starting value.  It is found by the full rule at the cell's centre;
 * crossings of the line through the centres of a row give that for all its cells.
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "miscadmin.h"
#include "mb/pg_wchar.h"
#include "tracking/zone_index.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/* Cells across the diameter of a usual zone, */
#define CELLS_A_ZONE 6

/* unless so many edges of a usual length would lie in one: then they are smaller. */
#define MAX_EDGES_ACROSS 64

/*
 * What an index may at most have: cells in the rectangles around all zones,
 * cells along their boundaries, blocks, and cells across.  Where zones are of
 * very different sizes, cells are larger so as to keep to it.
 */
#define MAX_ZONE_CELLS ((double) (1 << 24))
#define MAX_BOUNDARY_CELLS ((double) (1 << 22))
#define MAX_BLOCKS ((double) (1 << 22))
#define MAX_CELLS_ACROSS ((double) (1 << 24))

/*
 * Cells are never so small that coordinates could not tell them apart, nor that
 * products of them would come to 0.
 */
#define MIN_CELL_SHARE 1e-9		/* of the largest coordinate */
#define MIN_CELL_SIZE 1e-140

/*
 * The margin: this share of a cell, and this share of the largest coordinate.
 * The rounding error of edge_x() is a few times 1e-16 of the latter.
 */
#define MARGIN_CELL 1e-6
#define MARGIN_COORDINATE 1e-12

/* A rectangle, and a zone's ring among the index's vertices. */
typedef struct Extent
{
	GeometryPoint min;
	GeometryPoint max;
} Extent;

typedef struct Ring
{
	uint32		first;			/* vertex */
	uint32		nedges;
} Ring;

/* A cell that an edge comes near, and where an edge crosses a row's centre. */
typedef struct Touch
{
	uint32		row;
	uint32		column;
	uint32		vertex;			/* where the edge starts */
	uint32		ring;
} Touch;

typedef struct Crossing
{
	uint32		row;
	double		x;
} Crossing;

typedef struct Builder
{
	ZoneIndex  *index;
	MemoryContext scratch;

	/* all zones */
	Extent	   *extents;
	Ring	   *rings;
	uint32	   *first_ring;		/* of each zone, and after the last */
	uint32		nblocks;
	uint32		blocks_size;
	uint32		nnodes;
	uint32		nodes_size;
	uint32		nedges;
	uint32		edges_size;

	/* the zone at hand */
	uint32		zone;
	Touch	   *touches;
	Size		ntouches;
	Size		touches_size;
	Crossing   *crossings;
	Size		ncrossings;
	Size		crossings_size;

	/* the last code that the zone was put before, and what came of it */
	ZoneCode	under;
	ZoneCode	over;
} Builder;

/* ---- vertices ---- */

static void
extend(Extent *extent, GeometryPoint p)
{
	extent->min.x = Min(extent->min.x, p.x);
	extent->min.y = Min(extent->min.y, p.y);
	extent->max.x = Max(extent->max.x, p.x);
	extent->max.y = Max(extent->max.y, p.y);
}

static const Extent nowhere = {{INFINITY, INFINITY}, {-INFINITY, -INFINITY}};

/* The id as the text that readers return. */
static text *
zone_id(ZoneIdType id_type, const FlatZone *zone)
{
	char		digits[MAXINT8LEN + 1];

	if (id_type == ZONE_ID_BIGINT)
	{
		pg_lltoa(zones_flat_bigint(zone), digits);
		return cstring_to_text(digits);
	}
	/* The bytes may come from a database in another encoding. */
	pg_verifymbstr((const char *) zone->id, (int) zone->id_size, false);
	return cstring_to_text_with_len((const char *) zone->id, (int) zone->id_size);
}

/* Copy one zone's rings behind the vertices that are there. */
static void
read_zone(Builder *builder, const FlatZone *zone, uint32 *nrings, uint32 *nvertices)
{
	ZoneIndex  *index = builder->index;
	Extent	   *extent = &builder->extents[builder->zone];
	const uint8 *bytes = zone->rings;

	*extent = nowhere;
	builder->first_ring[builder->zone] = *nrings;
	for (uint32 k = 0; k < zone->nrings; k++)
	{
		uint32		n = zones_flat_ring(bytes);

		builder->rings[(*nrings)++] = (Ring) {*nvertices, n};
		for (uint32 v = 0; v <= n; v++)
		{
			GeometryPoint vertex = zones_flat_vertex(bytes, v % n);

			extend(extent, vertex);
			index->vertices[(*nvertices)++] = vertex;
		}
		bytes += zones_flat_ring_size(n);
	}
}

/* Read all zones. */
static void
read_zones(Builder *builder, const uint8 *body, Size size)
{
	ZoneIndex  *index = builder->index;
	ZonesHead	head;
	const uint8 *first = zones_flat_open(&head, body);
	const uint8 *next = first;
	const uint8 *end = body + size;
	FlatZone	zone;
	uint32		nrings = 0;
	uint32		nvertices = 0;

	for (uint32 k = 0; k < head.nzones; k++)
	{
		next = zones_flat_zone(&zone, head.id_type, next, end - next);
		nrings += zone.nrings;
		nvertices += zone.nvertices + zone.nrings;
	}

	index->srid = head.srid;
	index->nzones = head.nzones;
	index->ids = palloc_extended(sizeof(text *) * head.nzones, MCXT_ALLOC_HUGE);
	index->vertices = palloc_extended(sizeof(GeometryPoint) * nvertices, MCXT_ALLOC_HUGE);
	builder->extents = MemoryContextAllocHuge(builder->scratch, sizeof(Extent) * head.nzones);
	builder->rings = MemoryContextAllocHuge(builder->scratch, sizeof(Ring) * nrings);
	builder->first_ring = MemoryContextAllocHuge(builder->scratch,
												 sizeof(uint32) * (head.nzones + 1));

	nrings = nvertices = 0;
	next = first;
	for (uint32 k = 0; k < head.nzones; k++)
	{
		CHECK_FOR_INTERRUPTS();
		next = zones_flat_zone(&zone, head.id_type, next, end - next);
		index->ids[k] = zone_id(head.id_type, &zone);
		builder->zone = k;
		read_zone(builder, &zone, &nrings, &nvertices);
	}
	builder->first_ring[head.nzones] = nrings;
}

/* ---- the grid ---- */

static int
compare_doubles(const void *a, const void *b)
{
	double		one = *(const double *) a;
	double		other = *(const double *) b;

	return (one > other) - (one < other);
}

static double
median_diameter(const Builder *builder)
{
	uint32		n = builder->index->nzones;
	double	   *diameters = MemoryContextAllocHuge(builder->scratch, sizeof(double) * n);

	for (uint32 k = 0; k < n; k++)
	{
		const Extent *extent = &builder->extents[k];

		diameters[k] = Max(extent->max.x - extent->min.x, extent->max.y - extent->min.y);
	}
	qsort(diameters, n, sizeof(double), compare_doubles);
	return diameters[n / 2];
}

/* Lay out the grid over all zones. */
static void
plan_grid(Builder *builder)
{
	ZoneIndex  *index = builder->index;
	Extent		all = nowhere;
	double		area = 0;
	double		boundary = 0;
	double		nedges = 0;
	double		largest;
	double		width;
	double		height;
	double		size = median_diameter(builder) / CELLS_A_ZONE;

	for (uint32 k = 0; k < index->nzones; k++)
	{
		const Extent *extent = &builder->extents[k];

		extend(&all, extent->min);
		extend(&all, extent->max);
		area += (extent->max.x - extent->min.x) * (extent->max.y - extent->min.y);
	}
	for (uint32 r = 0; r < builder->first_ring[index->nzones]; r++)
	{
		nedges += builder->rings[r].nedges;
		for (uint32 k = 0; k < builder->rings[r].nedges; k++)
		{
			const GeometryPoint *v = &index->vertices[builder->rings[r].first + k];

			boundary += fabs(v[1].x - v[0].x) + fabs(v[1].y - v[0].y);
		}
	}
	width = all.max.x - all.min.x;
	height = all.max.y - all.min.y;
	largest = Max(Max(fabs(all.min.x), fabs(all.max.x)),
				  Max(fabs(all.min.y), fabs(all.max.y)));

	size = Min(size, MAX_EDGES_ACROSS * boundary / nedges);
	size = Max(size, sqrt(area / MAX_ZONE_CELLS));
	size = Max(size, boundary / MAX_BOUNDARY_CELLS);
	size = Max(size, sqrt(width * height / MAX_BLOCKS) / ZONE_BLOCK_SIDE);
	size = Max(size, Max(width, height) / MAX_CELLS_ACROSS);
	size = Max(size, largest * MIN_CELL_SHARE);
	size = Max(size, MIN_CELL_SIZE);

	/* A cell more on every side, for the margin. */
	index->cell_size = size;
	index->cells_per_unit = 1 / size;
	index->margin = MARGIN_CELL * size + MARGIN_COORDINATE * largest;
	index->origin = (GeometryPoint) {all.min.x - size, all.min.y - size};
	index->ncolumns = (uint32) ((width + 3 * size) / size);
	index->nrows = (uint32) ((height + 3 * size) / size);
	index->block_columns = (index->ncolumns >> ZONE_BLOCK_SHIFT) + 1;
	index->blocks = palloc0(sizeof(uint32) * index->block_columns *
							((index->nrows >> ZONE_BLOCK_SHIFT) + 1));
}

static GeometryPoint
cell_centre(const ZoneIndex *index, uint32 column, uint32 row)
{
	return (GeometryPoint) {index->origin.x + (column + 0.5) * index->cell_size,
			index->origin.y + (row + 0.5) * index->cell_size};
}

/* ---- one zone ---- */

/* Note the cells of a row that the edge starting at vertex comes near. */
static void
touch_row(Builder *builder, uint32 vertex, uint32 ring, int32 row)
{
	ZoneIndex  *index = builder->index;
	int32		first;
	int32		last;

	zone_row_columns(index, index->vertices[vertex], index->vertices[vertex + 1],
					 index->margin, row, &first, &last);
	for (int32 column = first; column <= last; column++)
		APPEND(builder->touches, builder->ntouches, builder->touches_size,
			   (Touch) {row, column, vertex, ring});
}

static void
trace_edge(Builder *builder, uint32 vertex, uint32 ring)
{
	ZoneIndex  *index = builder->index;
	GeometryPoint v = index->vertices[vertex];
	GeometryPoint w = index->vertices[vertex + 1];
	int32		first;
	int32		last;

	zone_rows(index, v, w, index->margin, &first, &last);
	for (int32 row = first; row <= last; row++)
	{
		double		y = cell_centre(index, 0, row).y;

		CHECK_FOR_INTERRUPTS();
		touch_row(builder, vertex, ring, row);
		if ((v.y <= y) != (w.y <= y))
			APPEND(builder->crossings, builder->ncrossings, builder->crossings_size,
				   (Crossing) {row, edge_x(v, w, y)});
	}
}

static int
compare_touches(const void *a, const void *b)
{
	const Touch *one = a;
	const Touch *other = b;

	if (one->row != other->row)
		return one->row < other->row ? -1 : 1;
	if (one->column != other->column)
		return one->column < other->column ? -1 : 1;
	return (one->vertex > other->vertex) - (one->vertex < other->vertex);
}

static int
compare_crossings(const void *a, const void *b)
{
	const Crossing *one = a;
	const Crossing *other = b;

	if (one->row != other->row)
		return one->row < other->row ? -1 : 1;
	return (one->x > other->x) - (one->x < other->x);
}

/* The place of a cell's code, in a block that is made if need be. */
static ZoneCode *
cell_place(Builder *builder, uint32 column, uint32 row)
{
	ZoneIndex  *index = builder->index;
	uint32	   *block = &index->blocks[(row >> ZONE_BLOCK_SHIFT) * index->block_columns +
									   (column >> ZONE_BLOCK_SHIFT)];

	if (*block == 0)
	{
		if (builder->nblocks == builder->blocks_size)
		{
			builder->blocks_size *= 2;
			index->cells = repalloc_huge(index->cells, sizeof(ZoneCode) * ZONE_BLOCK_CELLS *
										 builder->blocks_size);
		}
		*block = builder->nblocks++;
		memset(&index->cells[(Size) *block * ZONE_BLOCK_CELLS], 0,
			   sizeof(ZoneCode) * ZONE_BLOCK_CELLS);
	}
	return &index->cells[(Size) *block * ZONE_BLOCK_CELLS +
						 ((row & ZONE_BLOCK_MASK) << ZONE_BLOCK_SHIFT) +
						 (column & ZONE_BLOCK_MASK)];
}

/* The limits above keep their number far below the flag. */
static ZoneCode
add_node(Builder *builder, ZoneNode node)
{
	APPEND(builder->index->nodes, builder->nnodes, builder->nodes_size, node);
	return (builder->nnodes - 1) |
		(node.nedges > 0 ? ZONE_CODE_TOUCHED : node.next & ZONE_CODE_TOUCHED);
}

/* Put the zone into the whole of a cell. */
static void
fill_cell(Builder *builder, uint32 column, uint32 row)
{
	ZoneCode   *code = cell_place(builder, column, row);

	if (*code != builder->under || builder->over == 0)
	{
		builder->under = *code;
		builder->over = add_node(builder, (ZoneNode) {
			.zone = builder->zone,.next = *code,.inside = 1
		});
	}
	*code = builder->over;
}

/* Whether the edge starting at vertex is among those of a cell, which ascend. */
static bool
is_touch(const Touch *touches, Size ntouches, uint32 vertex)
{
	Size		low = 0;

	while (ntouches > 0)
	{
		Size		half = ntouches / 2;

		if (touches[low + half].vertex == vertex)
			return true;
		if (touches[low + half].vertex < vertex)
		{
			low += half + 1;
			ntouches -= half + 1;
		}
		else
			ntouches = half;
	}
	return false;
}

/* The edge of a touch, as the cell keeps it. */
static ZoneEdge
cell_edge(const Builder *builder, const Touch *touches, Size ntouches, Size k, double x)
{
	const GeometryPoint *vertices = builder->index->vertices;
	Ring		ring = builder->rings[touches[k].ring];
	uint32		start = touches[k].vertex;
	uint32		before = start > ring.first ? start - 1 : ring.first + ring.nedges - 1;
	uint32		after = start + 1 < ring.first + ring.nedges ? start + 1 : ring.first;

	return (ZoneEdge) {
		.vertex = start,
		.start_toggles = vertices[start].x > x && !is_touch(touches, ntouches, before),
		.end_toggles = vertices[start + 1].x > x && !is_touch(touches, ntouches, after)
	};
}

/* Put the zone into a cell that some of its edges come near. */
static void
touch_cell(Builder *builder, const Touch *touches, Size ntouches, bool centre_inside)
{
	ZoneIndex  *index = builder->index;
	GeometryPoint centre = cell_centre(index, touches->column, touches->row);
	ZoneCode   *code = cell_place(builder, touches->column, touches->row);
	ZoneNode	node = {
		.zone = builder->zone,
		.next = *code,
		.first_edge = builder->nedges,
		.nedges = ntouches
	};

	for (Size k = 0; k < ntouches; k++)
		APPEND(index->edges, builder->nedges, builder->edges_size,
			   cell_edge(builder, touches, ntouches, k, centre.x));
	node.inside = centre_inside != zone_node_tests(index, &node, centre);
	*code = add_node(builder, node);
}

/* Whether an odd number of crossings, which ascend, lies to the right of x. */
static bool
is_inside(const Crossing *crossings, Size ncrossings, double x)
{
	Size		low = 0;
	Size		high = ncrossings;

	while (low < high)
	{
		Size		middle = (low + high) / 2;

		if (x < crossings[middle].x)
			high = middle;
		else
			low = middle + 1;
	}
	return (ncrossings - low) % 2 == 1;
}

/* Put the zone into the cells of a row, given all that touches and crosses it. */
static void
fill_row(Builder *builder, const Touch *touches, Size ntouches,
		 const Crossing *crossings, Size ncrossings)
{
	ZoneIndex  *index = builder->index;
	uint32		row = touches->row;
	uint32		column = touches->column;	/* the first that is not done */

	for (Size k = 0; k < ntouches;)
	{
		Size		n = 1;
		uint32		touched = touches[k].column;

		/* Between touched cells all are alike. */
		if (column < touched &&
			is_inside(crossings, ncrossings, cell_centre(index, column, row).x))
			for (; column < touched; column++)
				fill_cell(builder, column, row);

		while (k + n < ntouches && touches[k + n].column == touched)
			n++;
		touch_cell(builder, &touches[k], n,
				   is_inside(crossings, ncrossings, cell_centre(index, touched, row).x));
		column = touched + 1;
		k += n;
	}
}

static void
add_zone(Builder *builder, uint32 zone)
{
	Size		touch = 0;
	Size		crossing = 0;

	builder->zone = zone;
	builder->over = 0;
	builder->ntouches = builder->ncrossings = 0;
	for (uint32 r = builder->first_ring[zone]; r < builder->first_ring[zone + 1]; r++)
		for (uint32 k = 0; k < builder->rings[r].nedges; k++)
			trace_edge(builder, builder->rings[r].first + k, r);
	qsort(builder->touches, builder->ntouches, sizeof(Touch), compare_touches);
	qsort(builder->crossings, builder->ncrossings, sizeof(Crossing), compare_crossings);

	/* A row that is crossed is touched. */
	while (touch < builder->ntouches)
	{
		uint32		row = builder->touches[touch].row;
		Size		ntouches = 0;
		Size		ncrossings = 0;

		CHECK_FOR_INTERRUPTS();
		while (touch + ntouches < builder->ntouches &&
			   builder->touches[touch + ntouches].row == row)
			ntouches++;
		while (crossing + ncrossings < builder->ncrossings &&
			   builder->crossings[crossing + ncrossings].row == row)
			ncrossings++;
		fill_row(builder, &builder->touches[touch], ntouches,
				 &builder->crossings[crossing], ncrossings);
		touch += ntouches;
		crossing += ncrossings;
	}
}

ZoneIndex *
zone_index_build(const uint8 *body, Size size)
{
	ZoneIndex  *index = palloc0(sizeof(ZoneIndex));
	Builder		builder = {.index = index};

	builder.scratch = AllocSetContextCreate(CurrentMemoryContext, "hotspot zones scratch",
											ALLOCSET_DEFAULT_SIZES);
	read_zones(&builder, body, size);
	if (index->nzones > 0)
		plan_grid(&builder);

	builder.touches_size = builder.crossings_size = 256;
	builder.touches = MemoryContextAlloc(builder.scratch,
										 sizeof(Touch) * builder.touches_size);
	builder.crossings = MemoryContextAlloc(builder.scratch,
										   sizeof(Crossing) * builder.crossings_size);

	builder.blocks_size = 64;
	index->cells = palloc(sizeof(ZoneCode) * ZONE_BLOCK_CELLS * builder.blocks_size);
	/* Block 0 stays empty, and code 0 means no node. */
	memset(index->cells, 0, sizeof(ZoneCode) * ZONE_BLOCK_CELLS);
	builder.nblocks = 1;
	APPEND(index->nodes, builder.nnodes, builder.nodes_size, (ZoneNode) {0});

	/* From the last zone to the first, since each goes in front of a list. */
	for (uint32 zone = index->nzones; zone-- > 0;)
		add_zone(&builder, zone);

	MemoryContextDelete(builder.scratch);
	return index;
}
