/*
 * times.h
 *	  The times that timestamptz can tell, for code that knows no PostgreSQL.
 */
#ifndef HOTSPOT_TIMES_H
#define HOTSPOT_TIMES_H

#include <stdint.h>

/* In microseconds since 2000-01-01 UTC: from TIME_MIN on, before TIME_END. */
#define TIME_MIN INT64_C(-211813488000000000)
#define TIME_END INT64_C(9223371331200000000)

#endif							/* HOTSPOT_TIMES_H */
