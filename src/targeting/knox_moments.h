/*
 * knox_moments.h
 *	  Mean and variance of the number of pairs that are close in space and time,
 *	  over all ways to give the events' times to their places.
 *
 * Pure maths on whole numbers.
 */
#ifndef HOTSPOT_KNOX_MOMENTS_H
#define HOTSPOT_KNOX_MOMENTS_H

#include <stdint.h>

#include "base/exact.h"

/*
 * The largest number of events: what the variance is reckoned from has some
 * n^10 / 4, and 256 bits hold that.
 */
#define KNOX_MAX_EVENTS (UINT64_C(1) << 25)

/* The pairs of events in one band of distance, or in one of time. */
typedef struct KnoxMargin
{
	uint64_t	pairs;
	Exact		adjacent;		/* ordered pairs of pairs that share an event */
} KnoxMargin;

/* Add so many events, each of which is in that many pairs. */
static inline void
knox_margin_add(KnoxMargin *margin, uint64_t events, uint64_t degree)
{
	/* Each pair is met at both its ends: halve the sum when it is done. */
	margin->pairs += events * degree;
	if (degree > 0)
		margin->adjacent += (Exact) events * degree * (degree - 1);
}

/* The moments of what was observed; those that are not defined are NaN. */
typedef struct KnoxMoments
{
	double		expected;		/* not with fewer than 2 events */
	double		variance;		/* not with fewer than 4 */
	double		ratio;			/* not where none are expected */
	double		z;				/* not where the variance is 0 */
} KnoxMoments;

extern KnoxMoments knox_moments(uint64_t n, const KnoxMargin *near, const KnoxMargin *soon,
								uint64_t observed);

#endif							/* HOTSPOT_KNOX_MOMENTS_H */
