/*
 * aoristic.c
 *	  Spreading an event over the hours of the week: see aoristic.h.
 *
 * The weight of a part is the rounded weight of all that lies before its end, less
 * that of all before its start: so weights sum to that of the event.
 */
#include "tasking/aoristic.h"

/* Twice the weight of so long a time, before it is divided by the event's length. */
#define TWICE_WEIGHT(length) ((uint64_t) (length) * (2 * (uint64_t) EVENT_WEIGHT))

_Static_assert(HOUR_LENGTH <= (INT64_MAX - WEEK_LENGTH) / (2 * (int64_t) EVENT_WEIGHT),
			   "the weight of an hour is computed in 64 bits");

static int
put(AoristicPart *parts, int nparts, int hour, uint32_t weight)
{
	if (weight == 0)
		return nparts;
	parts[nparts].hour = (uint8_t) hour;
	parts[nparts].weight = weight;
	return nparts + 1;
}

/* A week or longer: each hour alike. */
static int
spread_evenly(AoristicPart *parts)
{
	uint32_t	before = 0;
	int			nparts = 0;

	for (int hour = 0; hour < WEEK_HOURS; hour++)
	{
		uint32_t	until = (uint32_t) ((TWICE_WEIGHT(hour + 1) + WEEK_HOURS) / (2 * WEEK_HOURS));

		nparts = put(parts, nparts, hour, until - before);
		before = until;
	}
	return nparts;
}

/*
 * The event has several parts, of which the first has that length.  The rounded
 * weight until some moment is (twice the weight until then + length) / (twice the
 * length), whose quotient and remainder grow from hour to hour by the same.
 */
static int
spread(int hour, uint64_t first, uint64_t length, AoristicPart *parts)
{
	const uint64_t divisor = 2 * length;
	const uint64_t quotient = TWICE_WEIGHT(HOUR_LENGTH) / divisor;
	const uint64_t remainder = TWICE_WEIGHT(HOUR_LENGTH) % divisor;
	uint64_t	weight = (TWICE_WEIGHT(first) + length) / divisor;
	uint64_t	rest = (TWICE_WEIGHT(first) + length) % divisor;
	uint64_t	sum = weight;
	uint64_t	left = length - first;
	int			nparts = put(parts, 0, hour, (uint32_t) weight);

	for (; left >= HOUR_LENGTH; left -= HOUR_LENGTH)
	{
		weight = quotient;
		rest += remainder;
		if (rest >= divisor)
		{
			rest -= divisor;
			weight++;
		}
		sum += weight;
		hour = (hour + 1) % WEEK_HOURS;
		nparts = put(parts, nparts, hour, (uint32_t) weight);
	}
	return put(parts, nparts, (hour + 1) % WEEK_HOURS, (uint32_t) (EVENT_WEIGHT - sum));
}

int
aoristic_parts(int64_t start, int64_t finish, AoristicPart *parts)
{
	int64_t		into_hour = start % HOUR_LENGTH;
	uint64_t	first = (uint64_t) (into_hour < 0 ? -into_hour : HOUR_LENGTH - into_hour);
	uint64_t	length;

	if (finish <= start)
		return put(parts, 0, hour_of_week(start), EVENT_WEIGHT);

	/* From the first moment to the last there is more than an int64 holds. */
	length = (uint64_t) finish - (uint64_t) start;
	if (length >= (uint64_t) WEEK_LENGTH)
		return spread_evenly(parts);
	if (length <= first)
		return put(parts, 0, hour_of_week(start), EVENT_WEIGHT);
	return spread(hour_of_week(start), first, length, parts);
}
