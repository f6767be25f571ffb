/*
 * zone_index.h
 *	  Zones, compiled: which of them hold a point, and which parts of a line.
 *
 * A grid of square cells, about a sixth of a usual zone wide, lies over the
 * zones.  For each cell it is known which zones hold it wholly, and for those
 * whose boundary may touch it, which of their edges do.  So most points need no
 * geometry, and the others look at a few edges.
 *
 * The grid decides nothing that the rule of plane.h would decide otherwise: a
 * cell counts as touched when an edge comes within a margin of it, many times
 * wider than the error of any rounding, and where a cell is touched the rule
 * is applied to the point, edge by edge.  How the edges elsewhere enter is told
 * in zone_index_build.c.
 */
#ifndef HOTSPOT_ZONE_INDEX_H
#define HOTSPOT_ZONE_INDEX_H

#include "postgres.h"

#include "base/geometry.h"
#include "base/plane.h"
#include "tracking/zones_flat.h"

/* Cells lie in blocks of 16 by 16, so that empty country takes little room. */
#define ZONE_BLOCK_SHIFT 4
#define ZONE_BLOCK_SIDE (1 << ZONE_BLOCK_SHIFT)
#define ZONE_BLOCK_MASK (ZONE_BLOCK_SIDE - 1)
#define ZONE_BLOCK_CELLS (ZONE_BLOCK_SIDE * ZONE_BLOCK_SIDE)

/*
 * What a cell holds: 0 for no zone, else the number of a ZoneNode.  The flag is
 * set when some zone's boundary may touch the cell.
 */
typedef uint32 ZoneCode;

#define ZONE_CODE_TOUCHED UINT32_C(0x80000000)

/*
 * One zone of a cell.  The nodes of a cell are a list, in ascending order of
 * the zones, and cells share its tails.
 */
typedef struct ZoneNode
{
	uint32		zone;
	ZoneCode	next;
	uint32		first_edge;		/* among the index's edges */
	uint32		nedges:31;		/* 0: the zone holds the whole cell */
	uint32		inside:1;		/* starting value of the rule */
} ZoneNode;

/* An edge in a cell. */
typedef struct ZoneEdge
{
	uint32		vertex;			/* where it starts; it ends at the next */
	bool		start_toggles;	/* see zone_index_build.c */
	bool		end_toggles;
} ZoneEdge;

typedef struct ZoneIndex
{
	int32		srid;
	uint32		nzones;
	text	  **ids;			/* of the zones, in their order */

	/* the grid */
	GeometryPoint origin;
	double		cell_size;
	double		cells_per_unit;
	double		margin;
	uint32		ncolumns;		/* cells across, and up */
	uint32		nrows;
	uint32		block_columns;
	uint32	   *blocks;			/* number of each block; 0 is an empty one */
	ZoneCode   *cells;			/* of each block, row by row */

	ZoneNode   *nodes;			/* from 1 */
	ZoneEdge   *edges;
	GeometryPoint *vertices;	/* of all rings, the first repeated at the end */
} ZoneIndex;

/* Compile a flat form that was checked, into the current memory context. */
extern ZoneIndex *zone_index_build(const uint8 *body, Size size);

/* Whether a node's zone holds a point of its cell. */
extern bool zone_node_tests(const ZoneIndex *index, const ZoneNode *node, GeometryPoint p);

static inline bool
zone_node_holds(const ZoneIndex *index, const ZoneNode *node, GeometryPoint p)
{
	return node->nedges == 0 || zone_node_tests(index, node, p);
}

static inline const ZoneNode *
zone_code_node(const ZoneIndex *index, ZoneCode code)
{
	return &index->nodes[code & ~ZONE_CODE_TOUCHED];
}

/* The code of the cell in that column and row, which are within the grid. */
static inline ZoneCode
zone_cell_code(const ZoneIndex *index, uint32 column, uint32 row)
{
	uint32		block = index->blocks[(row >> ZONE_BLOCK_SHIFT) * index->block_columns +
									  (column >> ZONE_BLOCK_SHIFT)];

	return index->cells[(Size) block * ZONE_BLOCK_CELLS +
						((row & ZONE_BLOCK_MASK) << ZONE_BLOCK_SHIFT) +
						(column & ZONE_BLOCK_MASK)];
}

/* A point, and the cell it is in: -1 and the number of cells are without. */
typedef struct ZonePlace
{
	GeometryPoint point;
	int32		column;
	int32		row;
	ZoneCode	code;			/* 0 outside the grid */
} ZonePlace;

/* The whole number below where a coordinate falls, in cells. */
static inline int32
zone_cell_number(const ZoneIndex *index, double from_origin, uint32 ncells)
{
	double		cells = from_origin * index->cells_per_unit;

	cells = cells > -1 ? cells : -1;
	cells = cells < ncells ? cells : ncells;
	return (int32) (cells + 1) - 1;
}

static inline ZonePlace
zone_place(const ZoneIndex *index, GeometryPoint p)
{
	ZonePlace	place = {
		.point = p,
		.column = zone_cell_number(index, p.x - index->origin.x, index->ncolumns),
		.row = zone_cell_number(index, p.y - index->origin.y, index->nrows)
	};

	if ((uint32) place.column < index->ncolumns && (uint32) place.row < index->nrows)
		place.code = zone_cell_code(index, (uint32) place.column, (uint32) place.row);
	return place;
}

/* Whether no zone comes near either of two places, nor between them. */
static inline bool
zone_places_are_void(const ZonePlace *a, const ZonePlace *b)
{
	return (a->code | b->code) == 0 && a->column == b->column && a->row == b->row;
}

/*
 * The rows that the line v-w comes near, and in one of these the columns; all
 * within the grid.  First is above last when there is none.
 */
extern void zone_rows(const ZoneIndex *index, GeometryPoint v, GeometryPoint w,
					  double margin, int32 *first, int32 *last);
extern void zone_row_columns(const ZoneIndex *index, GeometryPoint v, GeometryPoint w,
							 double margin, int32 row, int32 *first, int32 *last);

/* Whether a zone holds a point. */
extern bool zone_index_holds(const ZoneIndex *index, uint32 zone, const ZonePlace *place);

/* A part of a line that lies in one zone, as fractions of its way. */
typedef struct ZonePart
{
	uint32		zone;
	double		from;
	double		to;
} ZonePart;

/* The parts of one line, by zone and then along it, and room to find them. */
typedef struct ZoneParts
{
	Size		nparts;
	Size		parts_size;
	ZonePart   *parts;
	Size		ncontacts;
	Size		contacts_size;
	struct ZoneContact *contacts;
} ZoneParts;

/* Find the parts of the line from a to b; *parts begins zeroed. */
extern void zone_index_parts(const ZoneIndex *index, const ZonePlace *a,
							 const ZonePlace *b, ZoneParts *parts);

#endif							/* HOTSPOT_ZONE_INDEX_H */
