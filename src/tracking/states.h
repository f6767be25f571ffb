/*
 * states.h
 *	  Each moment of a zone has a state: before the first visit, present, or so
 *	  long after a departure.
 */
#ifndef HOTSPOT_STATES_H
#define HOTSPOT_STATES_H

#include "postgres.h"

#include "tracking/crime_rate.h"
#include "tracking/presence.h"

/* The states; from STATE_AFTER on one for each class of time since departure. */
#define STATE_BEFORE 0
#define STATE_PRESENT 1
#define STATE_AFTER 2

typedef struct StateSum
{
	uint64		exposure;		/* in microseconds */
	uint64		crimes;
} StateSum;

/*
 * Share out a window, and the crimes in it, among STATE_AFTER + nedges states.
 * Class k goes from edges[k] after departure to the next edge, the last one has no
 * end; edges ascend from 0.  Returns the number of crimes outside the window.
 */
extern size_t states_sum(const PatrolVisit *visits, size_t nvisits,
						 const Crimes *crimes, Span window,
						 const int64 *edges, int nedges, StateSum *sums);

#endif							/* HOTSPOT_STATES_H */
