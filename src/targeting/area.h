/*
 * area.h
 *	  An area, prepared so that many points can be held against it.
 *
 * By the rule of base/plane.h, which is half open: a point on an edge that two
 * areas share lies in exactly one of them.
 */
#ifndef HOTSPOT_AREA_H
#define HOTSPOT_AREA_H

#include "postgres.h"

#include "base/geometry.h"

/*
 * The edges lie in slabs, which are as high as each other: a point is held against
 * those of its slab.
 */
typedef struct Area
{
	double		bottom;
	double		top;
	GeometryPoint *vertices;	/* of all rings, the first repeated at the end */
	uint32		nslabs;			/* 0: nothing lies inside */
	double		slabs_per_unit;
	uint32	   *slabs;			/* where the edges of each begin, and end those before */
	uint32	   *edges;			/* the vertices that edges start from */
} Area;

/*
 * What an area is known by: a hash of its SRID, rings and vertices, which is never
 * 0.  A geometry that is no area and vertices that are not finite are errors.
 */
extern uint64 area_hash(Datum geometry, int32 *srid);

/* Prepare an area that area_hash() took, in the current memory context. */
extern Area *area_build(Datum geometry);

extern bool area_holds(const Area *area, GeometryPoint p);

#endif							/* HOTSPOT_AREA_H */
