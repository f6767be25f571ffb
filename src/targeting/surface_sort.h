/*
 * surface_sort.h
 *	  Arrays of cells, and how they are sorted.
 */
#ifndef HOTSPOT_SURFACE_SORT_H
#define HOTSPOT_SURFACE_SORT_H

#include "postgres.h"

#include "targeting/surface_flat.h"

/* Room for cells, in the current memory context. */
extern SurfaceCell *surface_allocate_cells(uint32 ncells);

/*
 * Sort the cells that have this extent by (i, j); frees the array and returns
 * another where that is quicker.
 */
extern SurfaceCell *surface_sort(SurfaceCell *cells, const SurfaceExtent *extent);

#endif							/* HOTSPOT_SURFACE_SORT_H */
