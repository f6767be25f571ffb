/*
 * surface_aggregate.c
 *	  The steps of the aggregates surface(); that of merge() is summary_merge().
 */
#include "base/compat.h"

#include "base/harm.h"
#include "base/options.h"
#include "targeting/cell.h"
#include "targeting/surface.h"

PG_FUNCTION_INFO_V1(surface_add);
PG_FUNCTION_INFO_V1(surface_add_event);

/* The transition value, made at the group's first row. */
static Surface *
transition_surface(FunctionCallInfo fcinfo, int grid_argno)
{
	Surface    *surface;
	Grid		grid;

	option_require(fcinfo, grid_argno, "grid");
	grid = PG_GETARG_GRID(grid_argno);
	surface = (Surface *) summary_own(fcinfo, 0, &surface_kind);
	if (surface == NULL)
		return surface_create(fcinfo, grid);
	surface_use_grid(surface, grid);
	return surface;
}

/* Add the event whose point is argument 1. */
static void
add_event(FunctionCallInfo fcinfo, Surface *surface, bool harm_is_known, int64 harm)
{
	int32		srid;
	double		x;
	double		y;
	GridIndex	index;
	PointUse	use = PG_ARGISNULL(1) ? POINT_EMPTY :
		cell_point(PG_GETARG_DATUM(1), &srid, &x, &y);

	if (unlikely(use == POINT_EMPTY))
		surface_skip(surface, SURFACE_SKIP_GEOMETRY, 1);
	else if (unlikely(use == POINT_NOT_FINITE))
		surface_skip(surface, SURFACE_SKIP_COORDINATES, 1);
	else if (unlikely(!harm_is_known))
		surface_skip(surface, SURFACE_SKIP_HARM, 1);
	else
	{
		surface_use_srid(surface, srid);
		if (unlikely(!grid_locate(surface->shape, surface->size, x, y, &index)))
			grid_beyond(surface->head.grid, x, y);
		surface_put(surface, index, 1, harm);
	}
}

/* Step of surface(geometry, harm, grid). */
Datum
surface_add(PG_FUNCTION_ARGS)
{
	Surface    *surface = transition_surface(fcinfo, 3);
	bool		harm_is_known = !PG_ARGISNULL(2);

	add_event(fcinfo, surface, harm_is_known,
			  harm_is_known ? harm_millionths(PG_GETARG_FLOAT8(2)) : 0);
	return summary_result(&surface->summary);
}

/* Step of surface(geometry, grid): each event has harm 1. */
Datum
surface_add_event(PG_FUNCTION_ARGS)
{
	Surface    *surface = transition_surface(fcinfo, 2);

	add_event(fcinfo, surface, true, (int64) HARM_SCALE);
	return summary_result(&surface->summary);
}
