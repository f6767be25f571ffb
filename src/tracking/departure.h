/*
 * departure.h
 *	  How long after a patrol's departure the next crime comes.
 *
 * Koper (1995) asks whether that hinges on how long the patrol stayed.
 */
#ifndef HOTSPOT_DEPARTURE_H
#define HOTSPOT_DEPARTURE_H

#include "postgres.h"

#include "tracking/crime_rate.h"
#include "tracking/presence.h"

/*
 * What follows one visit: the time to the first crime, or to where nobody looks
 * on any more.
 */
typedef struct Departure
{
	int			bin;			/* of the visit's length */
	bool		crime;			/* whether it ends with a crime */
	uint64		time;			/* in microseconds, above 0 */
} Departure;

/* How to look at them. */
typedef struct DepartureRule
{
	uint64		horizon;
	int64		until;			/* the end of what is known of crimes; TIME_END =
								 * none */
	uint64		response;		/* visits that begin sooner after a crime may
								 * answer it; 0 = none */
	int			nlengths;		/* bin k has visits of up to lengths[k]; then come
								 * those longer, and those cut */
	const int64 *lengths;
} DepartureRule;

/* The bins of visits longer than all lengths, and of those whose length is not known. */
#define DEPARTURE_LONGEST(rule) ((rule)->nlengths)
#define DEPARTURE_CUT(rule) ((rule)->nlengths + 1)
#define DEPARTURE_BINS(rule) ((rule)->nlengths + 2)

/* What follows all visits, in order of bin and time. */
typedef struct Departures
{
	size_t		ndepartures;
	Departure  *departures;
	size_t		unobserved;		/* visits after which nobody looks on */
	size_t		responses;		/* visits that may answer a crime */
} Departures;

extern void departures_find(Departures *departures, const DepartureRule *rule,
							const PatrolVisit *visits, size_t nvisits,
							const Crimes *crimes);

/* What follows the visits of one bin. */
typedef struct DepartureBin
{
	size_t		visits;
	uint64		crimes;
	uint128		exposure;		/* total time, in microseconds */
	double		log_minutes;	/* sum over the times that end with a crime */
} DepartureBin;

/* Sum up a bin: those that *departures begins with, and n at most. */
extern DepartureBin departures_sum(const Departure *departures, size_t n, int bin);

/*
 * The share of visits after which no crime has come up to a moment, by Kaplan and
 * Meier (1958).  The departures are of one bin and in order.  False where it is
 * not known, since none was looked on for so long.
 */
extern bool departures_survival(const Departure *departures, size_t n,
								uint64 moment, double *survival);

#endif							/* HOTSPOT_DEPARTURE_H */
