/*
 * gi_star.h
 *	  The statistic Gi* of Getis and Ord: whether a cell and those around it have
 *	  more, or less, than the study area would lead to expect.
 *
 * Ord and Getis 1995, Local spatial autocorrelation statistics, equation 14, with
 * weight 1 for the cell itself and all within some rings of it.
 */
#ifndef HOTSPOT_GI_STAR_H
#define HOTSPOT_GI_STAR_H

#include "postgres.h"

#include "base/measure.h"
#include "targeting/grid.h"
#include "targeting/surface_flat.h"

/* Why there is no z. */
typedef enum GiStarState
{
	GI_STAR_DEFINED,
	GI_STAR_ONE_CELL,
	GI_STAR_NO_VARIANCE,
	GI_STAR_ALL_NEIGHBOURS
} GiStarState;

#define GI_STAR_STATES (GI_STAR_ALL_NEIGHBOURS + 1)

/* z, p and q mean something where it is defined. */
typedef struct GiStar
{
	GiStarState state;
	double		z;
	double		p;				/* two-sided */
	double		q;				/* p, corrected for all cells with one */
} GiStar;

/*
 * Of cells that ascend by (i, j): one for each, in the current memory context.
 * Sums are exact, so that z depends on nothing but the cells.
 */
extern GiStar *gi_star(const SurfaceCell *cells, uint32 ncells, GridShape shape,
					   Measure measure, int32 radius);

/* Why z is NULL, for a note; NULL where it is defined. */
extern const char *gi_star_note(GiStarState state);

/* Send a notice when no cell is without events. */
extern void gi_star_notice_no_zero(const SurfaceCell *cells, uint32 ncells);

#endif							/* HOTSPOT_GI_STAR_H */
