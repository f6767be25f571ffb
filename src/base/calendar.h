/*
 * calendar.h
 *	  The local days of a time zone.
 *
 * A day lasts from the moment that SQL calls (day + day_start) AT TIME ZONE tz to
 * the same of the next day: 23, 24 or 25 hours.
 */
#ifndef HOTSPOT_CALENDAR_H
#define HOTSPOT_CALENDAR_H

#include "postgres.h"

#include "utils/date.h"
#include "utils/timestamp.h"

/* The most days that one call may ask for: more than two centuries. */
#define CALENDAR_MAX_DAYS 100000

typedef struct Calendar
{
	Datum		tz;				/* name of the time zone, as text */
	int64		day_start;		/* microseconds after midnight */
} Calendar;

/* Read arguments "tz" and "day_start". */
extern void calendar_arguments(FunctionCallInfo fcinfo, int tz_argno,
							   int day_start_argno, Calendar *calendar);

/* When a day begins, and on which day a moment lies. */
extern TimestampTz calendar_start(const Calendar *calendar, DateADT day);
extern DateADT calendar_day(const Calendar *calendar, TimestampTz at);

/*
 * The bounds of that many days: ndays + 1 moments, of which none is before the
 * last.
 */
extern TimestampTz *calendar_bounds(const Calendar *calendar, DateADT first, size_t ndays);

/* Wall time in a time zone, as SQL reads timestamp AT TIME ZONE tz. */
extern TimestampTz calendar_wall_time(Datum tz, Timestamp at);

/* A date argument, which must be finite when it is not NULL. */
extern DateADT calendar_date_argument(FunctionCallInfo fcinfo, int argno, const char *name);

#endif							/* HOTSPOT_CALENDAR_H */
