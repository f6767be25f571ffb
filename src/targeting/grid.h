/*
 * grid.h
 *	  Regular grids over the plane: which cell a point lies in, and where a
 *	  cell lies.
 *
 * A grid is a shape and a size; its origin is (0,0) of the coordinate
 * reference system, so it does not move when a new event extends the data, and
 * squares nest with the British National Grid.
 *
 * square	size is the side.  i = floor(x / size), j = floor(y / size): a cell
 *			owns its left and lower edge.  Numbered as ST_SquareGrid does.
 * hexagon	size is the edge.  Flat top, numbered as ST_HexagonGrid does: columns
 *			1.5 sizes apart, odd columns half a cell higher.  A cell owns its
 *			lower edge and its two left ones.
 *
 * Sizes are whole thousandths of the unit of the reference system, so that a
 * grid is known by an integer and '93.06' means the same everywhere.
 */
#ifndef HOTSPOT_GRID_H
#define HOTSPOT_GRID_H

#include "base/compat.h"

#include "base/hash.h"
#include "fmgr.h"
#include "targeting/grid_index.h"

typedef enum GridShape
{
	GRID_SQUARE,
	GRID_HEXAGON
} GridShape;

/* SQL type grid, passed as int8: shape above, thousandths below. */
typedef uint64 Grid;

#define GRID_SIZE_BITS 40
#define GRID_SIZE_SCALE 1000
#define GRID_SIZE_MAX ((UINT64CONST(1) << GRID_SIZE_BITS) - 1)

#define DatumGetGrid(datum) ((Grid) DatumGetInt64(datum))
#define GridGetDatum(grid) Int64GetDatum((int64) (grid))
#define PG_GETARG_GRID(n) DatumGetGrid(PG_GETARG_DATUM(n))

/* Corners of a cell, the first one repeated at the end. */
#define GRID_RING_MAX 7

typedef struct GridRing
{
	int			n;
	double		x[GRID_RING_MAX];
	double		y[GRID_RING_MAX];
} GridRing;

static inline uint32
grid_index_hash(GridIndex index)
{
	return (uint32) hash_mix64((uint64) (uint32) index.i << 32 | (uint32) index.j);
}

static inline bool
grid_index_equal(GridIndex a, GridIndex b)
{
	return a.i == b.i && a.j == b.j;
}

static inline Grid
grid_make(GridShape shape, uint64 thousandths)
{
	return (uint64) shape << GRID_SIZE_BITS | thousandths;
}

static inline GridShape
grid_shape(Grid grid)
{
	return (GridShape) (grid >> GRID_SIZE_BITS);
}

static inline uint64
grid_thousandths(Grid grid)
{
	return grid & GRID_SIZE_MAX;
}

static inline double
grid_size(Grid grid)
{
	return (double) grid_thousandths(grid) / GRID_SIZE_SCALE;
}

static inline bool
grid_is_valid(Grid grid)
{
	return grid_shape(grid) <= GRID_HEXAGON && grid_thousandths(grid) > 0;
}

/*
 * floor(value) as int32, or false when it does not fit (NaN included).  Inline
 * arithmetic, because floor() is a call on the baseline x86-64.
 */
static inline bool
grid_floor(double value, int32 *result)
{
	int32		truncated;

	if (!(value >= (double) PG_INT32_MIN && value < (double) PG_INT32_MAX + 1.0))
		return false;
	truncated = (int32) value;
	*result = truncated - (value < (double) truncated);
	return true;
}

extern bool grid_locate_hexagon(double size, double x, double y, GridIndex *index);

/* The cell of a point, or false when its index is beyond int32. */
static inline bool
grid_locate(GridShape shape, double size, double x, double y, GridIndex *index)
{
	if (likely(shape == GRID_SQUARE))
		return grid_floor(x / size, &index->i) && grid_floor(y / size, &index->j);
	return grid_locate_hexagon(size, x, y, index);
}

/* Where the centre of a cell is. */
extern double grid_centre_x(Grid grid, int32 i);
extern double grid_centre_y(Grid grid, GridIndex index);

extern void grid_ring(Grid grid, GridIndex index, GridRing *ring);

/* Distance of the centres of two cells. */
extern double grid_distance(Grid grid, GridIndex a, GridIndex b);

/* The least distance of two centres. */
extern double grid_spacing(Grid grid);

/* Shape and size as text, with something between: "square 150". */
extern char *grid_name(Grid grid, const char *between);

/*
 * Read a size up to the first character that is no part of it; returns what is
 * wrong with it, or NULL.
 */
extern const char *grid_read_size(const char **text, uint64 *thousandths);

/* The shape whose name text begins with; moves text behind it. */
extern bool grid_read_shape(const char **text, GridShape *shape);

/* Raise the error of a point whose cell is beyond the indices. */
pg_noreturn extern void grid_beyond(Grid grid, double x, double y);

#endif							/* HOTSPOT_GRID_H */
