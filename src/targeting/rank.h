/*
 * rank.h
 *	  The order of cells by what happened in them.
 */
#ifndef HOTSPOT_RANK_H
#define HOTSPOT_RANK_H

#include "postgres.h"

#include "targeting/surface.h"

/* Whether a cell may be taken; asked only for cells that would be. */
typedef bool (*RankFilter) (GridIndex index, void *state);

/*
 * The first n cells of a view, from the top: by value, then by the other value,
 * then by i and j, so that there is just one order.  Empty cells have no rank.
 * With a separation a cell is passed over when its centre is nearer than that
 * to a cell taken before it.  Returns how many were taken; *taken points to them.
 */
extern uint32 rank_cells(const SurfaceView *view, Measure by, uint32 n,
						 double separation, RankFilter filter, void *filter_state,
						 const SurfaceCell ***taken);

#endif							/* HOTSPOT_RANK_H */
