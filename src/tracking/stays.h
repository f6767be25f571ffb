/*
 * stays.h
 *	  When a moving unit was in which zone.
 */
#ifndef HOTSPOT_STAYS_H
#define HOTSPOT_STAYS_H

#include "postgres.h"

#include "tracking/movement.h"
#include "tracking/spans.h"
#include "tracking/zone_index.h"

/* A longer way between two fixes counts as interpolated; microseconds. */
#define STAY_INTERPOLATED INT64CONST(120000000)

/* A unit in a zone without a break. */
typedef struct Stay
{
	uint32		zone;
	bool		starts_cut;		/* it may have begun before: nothing is known */
	bool		ends_cut;		/* it may have gone on */
	Span		span;
	int64		pings;			/* fixes inside */
	uint64		interpolated;	/* microseconds between fixes far apart */
	double		path_length;	/* in the unit of the coordinates */
} Stay;

/* A fix in a zone that no time can be given to, as its neighbours are too far. */
typedef struct Touch
{
	uint32		zone;
	int64		at;
} Touch;

typedef struct Stays
{
	Size		nstays;
	Size		stays_size;
	Stay	   *stays;
	Size		ntouches;
	Size		touches_size;
	Touch	   *touches;
} Stays;

/* Find both, in order of zone and time, in the current memory context. */
extern void stays_find(const ZoneIndex *index, const TrackFixes *fixes,
					   const MovementRules *rules, Stays *stays);

/* Stays in one zone that make one visit. */
typedef struct Visit
{
	const Stay *stays;
	Size		nstays;
	Span		span;			/* from the first to the last */
	uint64		dwell;			/* without what lies between; microseconds */
	int64		pings;
	uint64		interpolated;
	double		path_length;
} Visit;

/*
 * The visit that begins with the stay at n: stays no more than merge_gap apart
 * belong together.
 */
extern void stays_visit(const Stays *stays, Size n, int64 merge_gap, Visit *visit);

#endif							/* HOTSPOT_STAYS_H */
