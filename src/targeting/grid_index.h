/*
 * grid_index.h
 *	  The place of a cell in its grid.  Pure C, for the flat forms.
 */
#ifndef HOTSPOT_GRID_INDEX_H
#define HOTSPOT_GRID_INDEX_H

#include <stdint.h>

typedef struct GridIndex
{
	int32_t		i;				/* column, eastwards */
	int32_t		j;				/* row, northwards */
} GridIndex;

/* Order by (i, j): below, at or above 0. */
static inline int
grid_index_compare(GridIndex a, GridIndex b)
{
	if (a.i != b.i)
		return a.i < b.i ? -1 : 1;
	return (a.j > b.j) - (a.j < b.j);
}

#endif							/* HOTSPOT_GRID_INDEX_H */
