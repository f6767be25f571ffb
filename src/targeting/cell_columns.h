/*
 * cell_columns.h
 *	  Sorted cells as columns, which are what the neighbours of cells are found by.
 *
 * What lies around a cell is, in each column near it, a run of the cells that are
 * there.  From one cell to the next above it both ends of a run only move up, so
 * that two columns are held against each other in one pass, no list of neighbours
 * is kept, and a point far from the others costs no more than another.
 */
#ifndef HOTSPOT_CELL_COLUMNS_H
#define HOTSPOT_CELL_COLUMNS_H

#include "postgres.h"

#include "targeting/grid.h"
#include "targeting/surface_flat.h"

/* Cells from, up to but without to. */
typedef struct CellColumn
{
	int32		i;
	uint32		from;
	uint32		to;
} CellColumn;

typedef struct CellColumns
{
	CellColumn *items;
	uint32		n;
} CellColumns;

/* The columns of cells that ascend by (i, j). */
extern CellColumns cell_columns(const SurfaceCell *cells, uint32 ncells);

/*
 * How high a cell is, in a unit that is the same in all columns: cells of squares,
 * half cells of hexagons, whose odd columns are half a cell higher.
 */
static inline int64
cell_height(GridShape shape, GridIndex index)
{
	return shape == GRID_SQUARE ? index.j : 2 * (int64) index.j + (index.i & 1);
}

/* All pairs of a column and one that is at most so many columns away. */
typedef struct ColumnPairs
{
	const CellColumns *columns;
	const CellColumns *others;
	int64		reach;
	uint32		column;
	uint32		first;			/* of the others that may be near */
	uint32		other;
} ColumnPairs;

/*
 * To go through so many cells takes minutes.  Where columns are short, as those of
 * a road across the grid, and all near each other, there may be far more.
 */
#define COLUMN_PAIRS_MAX_CELLS (UINT64CONST(1) << 36)

/*
 * Begin.  More cells to go through than the limit are an error about the argument
 * of that name.
 */
extern void column_pairs_begin(ColumnPairs *pairs, const CellColumns *columns,
							   const CellColumns *others, int64 reach, const char *name);

/* The next pair, by column and then by the other; false after the last one. */
extern bool column_pairs_next(ColumnPairs *pairs, CellColumn *column, CellColumn *other);

#endif							/* HOTSPOT_CELL_COLUMNS_H */
