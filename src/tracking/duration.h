/*
 * duration.h
 *	  Lengths of time as SQL sees them.
 */
#ifndef HOTSPOT_DURATION_H
#define HOTSPOT_DURATION_H

#include "postgres.h"

#include "utils/timestamp.h"

static inline double
minutes(uint128 microseconds)
{
	return (double) microseconds / 6e7;
}

/* An interval of hours and less, which is exact. */
static inline Datum
interval_datum(uint64 microseconds)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->time = (TimeOffset) microseconds;
	return IntervalPGetDatum(interval);
}

#endif							/* HOTSPOT_DURATION_H */
