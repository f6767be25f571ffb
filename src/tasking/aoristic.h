/*
 * aoristic.h
 *	  How an event between two wall times is spread over the hours of the week
 *	  (Ratcliffe 2002, International Journal of Geographical Information Science 16:751).
 *
 * Pure C.  Wall times are microseconds since 2000-01-01 00:00, as PostgreSQL's
 * timestamp.  Hour 0 of the week is Monday 00:00 to 01:00.
 */
#ifndef HOTSPOT_AORISTIC_H
#define HOTSPOT_AORISTIC_H

#include <stdint.h>

#define DAY_HOURS 24
#define WEEK_DAYS 7
#define WEEK_HOURS (WEEK_DAYS * DAY_HOURS)

#define HOUR_LENGTH INT64_C(3600000000)
#define WEEK_LENGTH (WEEK_HOURS * HOUR_LENGTH)

/* The weight of one event: a whole number, so that sums are exact. */
#define EVENT_WEIGHT 1000000000

/* The part of an event that lies in an hour of the week. */
typedef struct AoristicPart
{
	uint8_t		hour;
	uint32_t	weight;			/* above 0, of EVENT_WEIGHT */
} AoristicPart;

/* Less than a week has parts of two hours at its ends, which may be the same one. */
#define AORISTIC_MAX_PARTS (WEEK_HOURS + 1)

static inline int
hour_of_week(int64_t at)
{
	int64_t		hours = at / HOUR_LENGTH - (at % HOUR_LENGTH < 0);
	int			hour = (int) ((hours + 5 * DAY_HOURS) % WEEK_HOURS);	/* that day was a Saturday */

	return hour < 0 ? hour + WEEK_HOURS : hour;
}

/*
 * Spread an event that began no earlier than start and was over at finish; returns
 * the number of parts, whose weights sum to EVENT_WEIGHT.  All of it lies in the
 * hour of the start where finish is not after it.
 */
extern int	aoristic_parts(int64_t start, int64_t finish, AoristicPart *parts);

#endif							/* HOTSPOT_AORISTIC_H */
