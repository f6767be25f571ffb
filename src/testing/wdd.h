/*
 * wdd.h
 *	  Weighted displacement difference and weighted displacement quotient.
 *
 * Pure maths.  What is not defined is NaN.
 */
#ifndef HOTSPOT_WDD_H
#define HOTSPOT_WDD_H

#include <stdbool.h>

#include "testing/displacement_flat.h"

/* A change against that of a control. */
typedef struct WddChange
{
	double		estimate;
	double		variance;
} WddChange;

/*
 * The change of an area less that of its control, in harm for one unit of time
 * and area: times and areas are the weights of the periods and areas.  Harm is
 * a sum over events that are each drawn as a Poisson process, so that its
 * variance is the sum of squares (Wheeler and Ratcliffe 2018, Crime Science 7:11;
 * for one event of harm 1 each, the count).
 */
extern WddChange wdd_change(const DisplacementCells *cells,
							DisplacementArea area, DisplacementArea control,
							const double times[PERIODS], const double areas[AREAS]);

/*
 * The weighted displacement quotient and what it is made of (Bowers and Johnson
 * 2003, Journal of Quantitative Criminology 19:275; the effects as in POP Guide
 * 10, Guerette 2009, appendices B and C).
 */
typedef struct Wdq
{
	double		success;		/* the treated area's share of the control, after
								 * less before */
	double		buffer;			/* likewise the buffer's */
	double		quotient;		/* buffer by success */
	double		gross_effect;
	double		net_effect;
	double		total_net_effect;
} Wdq;

extern Wdq	wdq_of(const DisplacementCells *cells);

/* Whether the area has an event, before or after. */
static inline bool
displacement_has(const DisplacementCells *cells, DisplacementArea area)
{
	return cells->cells[area][0].events > 0 || cells->cells[area][1].events > 0;
}

#endif							/* HOTSPOT_WDD_H */
