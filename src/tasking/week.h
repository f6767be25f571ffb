/*
 * week.h
 *	  SQL type week: events and harm by hour of the local week.
 *
 * The expanded form keeps only hours that have a weight, since there may be a week
 * for each place and day.
 */
#ifndef HOTSPOT_WEEK_H
#define HOTSPOT_WEEK_H

#include "postgres.h"

#include "base/local_time.h"
#include "base/summary.h"
#include "tasking/week_flat.h"

extern const SummaryKind week_kind;

typedef struct Week
{
	Summary		summary;
	char	   *zone;			/* name of the time zone as the database writes it;
								 * NULL while blank */
	text	   *given;			/* the argument that was last found to mean it */
	LocalTime	local;			/* has a zone once there is an argument */
	uint64		skipped[WEEK_SKIPS];
	uint64		events;
	WeekHour   *hours;
	int			nhours;
	int			size;
	uint8		place[WEEK_HOURS];	/* in hours, from 1 on; 0 = no weight */
} Week;

/* A new, empty week as the function's result; it needs a time zone at once. */
extern Week *week_create(FunctionCallInfo fcinfo);

/* Set the time zone, or hold it against the one that is set. */
extern void week_use_zone(Week *week, const text *zone);

/* Add an event of that harm in millionths, whose weights sum to that of one. */
extern void week_add(Week *week, const AoristicPart *parts, int nparts, int64 harm);

/* Count events that were left out. */
extern void week_skip(Week *week, WeekSkip reason, uint64 events);

/* Read argument argno, which is not NULL. */
extern void week_view(FunctionCallInfo fcinfo, int argno, WeekSums *sums);

#endif							/* HOTSPOT_WEEK_H */
