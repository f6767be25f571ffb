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

#endif							/* HOTSPOT_GRID_INDEX_H */
