/*
 * knox.h
 *	  Counts the pairs of events that are close in space, in time and in both.
 */
#ifndef HOTSPOT_KNOX_H
#define HOTSPOT_KNOX_H

#include "postgres.h"

#include "targeting/incidents_flat.h"
#include "targeting/knox_moments.h"

/*
 * Half-open bands [edges[k], edges[k + 1]), n of them.  A distance is the double
 * that is nearest to the root of the sum of squared differences.
 */
typedef struct DistanceBands
{
	int			n;
	const double *edges;
} DistanceBands;

typedef struct TimeBands
{
	int			n;
	const uint64 *edges;
} TimeBands;

/*
 * How many pairs are in each band.  There is one band more than was asked for,
 * the last: of all pairs that are in no other.
 */
typedef struct KnoxTable
{
	uint64		nevents;
	int			ndistances;		/* the last ones included */
	int			ntimes;
	KnoxMargin *near;			/* by band of distance */
	KnoxMargin *soon;			/* by band of time */
	uint64	   *both;			/* by both: distance * ntimes + time */
} KnoxTable;

/* At most KNOX_MAX_EVENTS, by time; they are put in another order. */
extern void knox_count(Event *events, size_t nevents, const DistanceBands *distances,
					   const TimeBands *times, KnoxTable *table);

#endif							/* HOTSPOT_KNOX_H */
