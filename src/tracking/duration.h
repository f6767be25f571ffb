/*
 * duration.h
 *	  Spans and lengths of time as SQL sees them.
 */
#ifndef HOTSPOT_DURATION_H
#define HOTSPOT_DURATION_H

#include "postgres.h"

#include "fmgr.h"
#include "tracking/spans.h"

/*
 * Argument argno, a tstzrange that is not NULL, as the span of those times that
 * it holds: time is whole microseconds.  Without a finite end it reaches as far
 * as an int64.  False when it holds none.
 */
extern bool span_argument(FunctionCallInfo fcinfo, int argno, Span *span);

/* An interval of hours and less; in days as well where these are too many. */
extern Datum interval_datum(uint64 microseconds);

static inline double
minutes(uint128 microseconds)
{
	return (double) microseconds / 6e7;
}

#endif							/* HOTSPOT_DURATION_H */
