/*
 * dose.h
 *	  What a zone was given, day by day.
 */
#ifndef HOTSPOT_DOSE_H
#define HOTSPOT_DOSE_H

#include "postgres.h"

#include "tracking/presence.h"

/* Times that are added up, in microseconds. */
typedef enum DoseTime
{
	DOSE_OFFICER,				/* of each unit */
	DOSE_PATROL,				/* of any unit */
	DOSE_PASS,					/* of each unit that only passed through */
	DOSE_TIMES
} DoseTime;

/*
 * One day.  A visit belongs to the day on which it starts; times are split where
 * a day ends.
 */
typedef struct DayDose
{
	uint64		visits;			/* of each unit */
	uint64		patrol_visits;	/* of any number of units */
	uint64		cut_visits;		/* patrol visits with an end that was cut */
	uint64		time[DOSE_TIMES];
	uint64		units;			/* present at any time of the day */
	int64		pings;
	uint64		absences;		/* between patrol visits, as far as on this day */
	uint64		absent;			/* total of these */
	uint64		longest_absence;
	uint128		absent_squares; /* sum of squares */
	int64		first_arrival;	/* of the patrol visits that start on this day;
								 * TIME_END = none */
	int64		last_departure; /* of those that end on this day; TIME_MIN = none */
} DayDose;

/* Some days in turn; day k lasts from bounds[k] to bounds[k + 1]. */
typedef struct Doses
{
	size_t		ndays;
	const int64 *bounds;
	DayDose    *days;
	PatrolVisit *visits;		/* the patrol visits of all time */
	size_t		nvisits;
} Doses;

/* Of a patrol whose rows are in order; set ndays and bounds before. */
extern void doses_compute(Doses *doses, const PatrolRows *patrol, uint64 merge_gap);

/* The day on which a moment lies, or NULL. */
extern DayDose *doses_day(const Doses *doses, int64 at);

#endif							/* HOTSPOT_DOSE_H */
