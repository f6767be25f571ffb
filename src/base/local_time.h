/*
 * local_time.h
 *	  Moments as the clocks on the walls of a time zone show them.
 *
 * To ask the time zone database for each row would be slow.  So what was asked is
 * remembered: from when until when an offset holds.
 */
#ifndef HOTSPOT_LOCAL_TIME_H
#define HOTSPOT_LOCAL_TIME_H

#include "postgres.h"

#include "pgtime.h"
#include "utils/timestamp.h"

/* Moments between which the clocks do not change. */
typedef struct LocalSpan
{
	TimestampTz from;
	TimestampTz until;			/* is the first that lies beyond */
	int64		offset;			/* microseconds east of Greenwich */
} LocalSpan;

typedef struct LocalTime
{
	pg_tz	   *zone;
	MemoryContext context;		/* of spans */
	LocalSpan	last;			/* the one used last; none if empty */
	LocalSpan  *spans;			/* ascending */
	int			nspans;
	int			size;
} LocalTime;

/*
 * The time zone of that full name.  Another, be it an abbreviation, is an error:
 * what an abbreviation means hinges on settings, and it means one offset all year.
 */
extern pg_tz *local_zone(const text *name);

/* Find the span of a moment, and make it the last one. */
extern void local_span(LocalTime *local, TimestampTz at);

/* As SQL reads timestamptz AT TIME ZONE; the moment is finite. */
static inline Timestamp
local_time(LocalTime *local, TimestampTz at)
{
	if (unlikely(at < local->last.from || at >= local->last.until))
		local_span(local, at);
	return at + local->last.offset;
}

#endif							/* HOTSPOT_LOCAL_TIME_H */
