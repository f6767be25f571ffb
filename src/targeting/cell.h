/*
 * cell.h
 *	  One cell of a grid, with all that is needed to place it on a map.
 */
#ifndef HOTSPOT_CELL_H
#define HOTSPOT_CELL_H

#include "postgres.h"

#include "targeting/grid.h"

/* SQL type cell: 16 bytes, aligned as double. */
typedef struct Cell
{
	uint64		frame;			/* SRID above, grid below */
	GridIndex	index;
} Cell;

#define CELL_GRID_BITS (GRID_SIZE_BITS + 1)

#define DatumGetCell(datum) ((Cell *) DatumGetPointer(datum))
#define PG_GETARG_CELL(n) DatumGetCell(PG_GETARG_DATUM(n))

static inline uint64
cell_frame(int32 srid, Grid grid)
{
	return (uint64) srid << CELL_GRID_BITS | grid;
}

static inline int32
cell_srid(const Cell *cell)
{
	return (int32) (cell->frame >> CELL_GRID_BITS);
}

static inline Grid
cell_grid(const Cell *cell)
{
	return cell->frame & ((UINT64CONST(1) << CELL_GRID_BITS) - 1);
}

/* A point that a grid can place: finite coordinates of a planar system. */
typedef enum PointUse
{
	POINT_USABLE,
	POINT_EMPTY,
	POINT_NOT_FINITE
} PointUse;

/*
 * What can be done with a point geometry.  When it is usable, its coordinates
 * and SRID are set; a geographic SRID is an error.
 */
extern PointUse cell_point(Datum geometry, int32 *srid, double *x, double *y);

/* The cell as a polygon; see postgis_make_polygon(). */
extern Datum cell_polygon(FmgrInfo *geom_from_ewkb, int32 srid, Grid grid,
						  GridIndex index);

/* A new value of type cell. */
extern Datum cell_make(int32 srid, Grid grid, GridIndex index);

#endif							/* HOTSPOT_CELL_H */
