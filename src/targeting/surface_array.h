/*
 * surface_array.h
 *	  Arguments of type surface[]: one surface a period, in order.
 */
#ifndef HOTSPOT_SURFACE_ARRAY_H
#define HOTSPOT_SURFACE_ARRAY_H

#include "postgres.h"

#include "targeting/surface.h"

/*
 * The surfaces stay as they were stored until they are viewed: years of days
 * need memory for the cells of one day.
 */
typedef struct SurfaceArray
{
	int			n;
	Grid		grid;			/* of all; not set when n is 0 */
	int32		srid;			/* likewise; SURFACE_NO_SRID = in none an event was placed */
	Datum	   *surfaces;
} SurfaceArray;

/*
 * Read argument argno (called "name" in SQL), which is not NULL.  A NULL element,
 * and surfaces of different grids or SRIDs, are errors.
 */
extern void surface_array_open(FunctionCallInfo fcinfo, int argno, const char *name,
							   SurfaceArray *array);

/* View surface k, which counts from 0; pfree() its cells when done. */
extern void surface_array_view(const SurfaceArray *array, int k, SurfaceView *view);

/*
 * The cells that any of the surfaces has, in order of (i, j), with nothing in
 * them; returns how many, at most SURFACE_MAX_CELLS.
 */
extern uint32 surface_array_cells(const SurfaceArray *array, SurfaceCell **cells);

#endif							/* HOTSPOT_SURFACE_ARRAY_H */
