/*
 * plane.h
 *	  The rules by which a point lies inside an area, such as a zone.
 *
 * A point is inside when an odd number of the area's edges toggle it, whichever
 * ring they are of.  The rule is half open: of an area's boundary its lower and
 * left parts belong to it, its upper and right parts do not, and so areas that
 * share edges share no point.
 */
#ifndef HOTSPOT_PLANE_H
#define HOTSPOT_PLANE_H

#include <stdbool.h>

#include "base/geometry.h"

/*
 * Make v the lesser end of the edge v-w, by x and then y.  What is reckoned from
 * there is the same number for both areas of a shared edge.
 */
static inline void
edge_ascend(GeometryPoint *v, GeometryPoint *w)
{
	if (v->x > w->x || (v->x == w->x && v->y > w->y))
	{
		GeometryPoint u = *v;

		*v = *w;
		*w = u;
	}
}

/* x of the edge v-w at height y. */
static inline double
edge_x(GeometryPoint v, GeometryPoint w, double y)
{
	edge_ascend(&v, &w);
	return v.x + (y - v.y) * (w.x - v.x) / (w.y - v.y);
}

/* Whether the edge v-w crosses the ray from p to the right. */
static inline bool
edge_toggles(GeometryPoint v, GeometryPoint w, GeometryPoint p)
{
	return (v.y <= p.y) != (w.y <= p.y) && p.x < edge_x(v, w, p.y);
}

/* On which side of the line from a along d the point p lies: its sign. */
static inline double
line_side(GeometryPoint a, GeometryPoint d, GeometryPoint p)
{
	return d.x * (p.y - a.y) - d.y * (p.x - a.x);
}

/* How far along d from a, as a fraction of d, the point p lies. */
static inline double
line_fraction(GeometryPoint a, GeometryPoint d, GeometryPoint p)
{
	return ((p.x - a.x) * d.x + (p.y - a.y) * d.y) / (d.x * d.x + d.y * d.y);
}

/* The point at fraction s of the way from a to b. */
static inline GeometryPoint
line_point(GeometryPoint a, GeometryPoint b, double s)
{
	return (GeometryPoint) {a.x + s * (b.x - a.x), a.y + s * (b.y - a.y)};
}

#endif							/* HOTSPOT_PLANE_H */
