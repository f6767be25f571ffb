/*
 * measure.h
 *	  What a summary of events is asked about: harm, or the number of events.
 */
#ifndef HOTSPOT_MEASURE_H
#define HOTSPOT_MEASURE_H

#include "postgres.h"

#include "fmgr.h"

typedef enum Measure
{
	MEASURE_HARM,
	MEASURE_EVENTS
} Measure;

/* Text argument argno, which is 'harm' or 'events'. */
extern Measure option_measure(FunctionCallInfo fcinfo, int argno, const char *name);

#endif							/* HOTSPOT_MEASURE_H */
