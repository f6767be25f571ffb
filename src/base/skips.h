/*
 * skips.h
 *	  How many rows a summary left out, by reason: the functions skipped().
 */
#ifndef HOTSPOT_SKIPS_H
#define HOTSPOT_SKIPS_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"

/* For whatever reason, of so many reasons; an error where the sum is no bigint. */
extern Datum skips_total(const uint64 *skipped, int nreasons);

/* The same in a note, where there are any. */
extern void skips_note(StringInfo note, const uint64 *skipped, int nreasons);

/* For the reason in argument 1, one of a NULL-terminated list in that order. */
extern Datum skips_of_reason(FunctionCallInfo fcinfo, const uint64 *skipped,
							 const char *const *reasons);

#endif							/* HOTSPOT_SKIPS_H */
