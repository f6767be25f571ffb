/*
 * surface.h
 *	  SQL type surface: events and harm by grid cell.
 *
 * Harm is kept in whole millionths, so that a sum does not depend on the order
 * of its terms.  The expanded form is a hash table of cells.
 */
#ifndef HOTSPOT_SURFACE_H
#define HOTSPOT_SURFACE_H

#include "postgres.h"

#include "base/harm.h"
#include "base/measure.h"
#include "base/summary.h"
#include "targeting/grid.h"
#include "targeting/surface_flat.h"

extern const SummaryKind surface_kind;

/* The expanded form; its insides are private to surface.c. */
typedef struct Surface
{
	Summary		summary;
	SurfaceHead head;
	GridShape	shape;			/* of head.grid, at hand for each row */
	double		size;
	struct surfacecells_hash *cells;
	struct SurfaceQueue *queue; /* NULL while the table is small */
	SurfaceExtent extent;		/* of the cells, once measured */
} Surface;

/* A surface as a reader sees it. */
typedef struct SurfaceView
{
	SurfaceHead head;
	uint32		ncells;
	SurfaceCell *cells;			/* the reader's own copy */
	bool		ascending;		/* whether they are in order of (i, j) */
} SurfaceView;

/* Read argument argno, which is not NULL. */
extern void surface_view(FunctionCallInfo fcinfo, int argno, SurfaceView *view);
extern void surface_view_own(Surface *surface, SurfaceView *view);

/* Read all but its cells; returns how many they are. */
extern uint32 surface_head(FunctionCallInfo fcinfo, int argno, SurfaceHead *head);

/* The same of a surface that is no argument itself. */
extern void surface_datum_view(Datum datum, SurfaceView *view);
extern uint32 surface_datum_head(Datum datum, SurfaceHead *head);

/* Bring the cells of a view into order of (i, j). */
extern void surface_view_ascending(SurfaceView *view);

/* Sums over a view. */
extern uint64 surface_view_events(const SurfaceView *view);
extern int128 surface_view_harm(const SurfaceView *view);

/* A new, empty surface as the function's result. */
extern Surface *surface_create(FunctionCallInfo fcinfo, Grid grid);

/* Raise an error when the surface's grid is another. */
extern void surface_use_grid(const Surface *surface, Grid grid);

/* Set the SRID, or hold it against the one that is set. */
extern void surface_use_srid(Surface *surface, int32 srid);

/* Add to a cell; a sum beyond the range is an error. */
extern void surface_put(Surface *surface, GridIndex index, uint64 events, int64 harm);

/* Whether the surface has a cell, be it an empty one. */
extern bool surface_has(Surface *surface, GridIndex index);

/* Count events that were left out. */
extern void surface_skip(Surface *surface, SurfaceSkip reason, uint64 events);

/* Harm in the unit it was given in. */
static inline double
surface_harm_value(int128 millionths)
{
	return (double) millionths / HARM_SCALE;
}

/* What a measure is about: events, or harm in millionths. */
static inline int64
surface_cell_value(const SurfaceCell *cell, Measure measure)
{
	return measure == MEASURE_HARM ? cell->harm : (int64) cell->events;
}

static inline int128
surface_view_total(const SurfaceView *view, Measure measure)
{
	return measure == MEASURE_HARM ? surface_view_harm(view) :
		(int128) surface_view_events(view);
}

#endif							/* HOTSPOT_SURFACE_H */
