/*
 * dosage.h
 *	  The days that dosage() and compliance() are asked for.
 */
#ifndef HOTSPOT_DOSAGE_H
#define HOTSPOT_DOSAGE_H

#include "postgres.h"

#include "fmgr.h"
#include "tracking/dose.h"
#include "utils/date.h"

/* The options that both have, in this order. */
typedef enum DosageOption
{
	DOSAGE_TZ,
	DOSAGE_DAY_START,
	DOSAGE_MERGE_GAP,
	DOSAGE_SINCE,
	DOSAGE_UNTIL
} DosageOption;

/*
 * Compute the doses of the patrol in argument 0, by the options that stand from
 * argument first_option on, and tell the first day.  There may be no day at all.
 */
extern void dosage_compute(FunctionCallInfo fcinfo, int first_option,
						   Doses *doses, DateADT *first);

#endif							/* HOTSPOT_DOSAGE_H */
