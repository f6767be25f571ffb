/*
 * measure.c
 *	  What a summary of events is asked about: see measure.h.
 */
#include "base/compat.h"

#include "base/measure.h"
#include "base/options.h"

Measure
option_measure(FunctionCallInfo fcinfo, int argno, const char *name)
{
	static const char *const measures[] = {
		[MEASURE_HARM] = "harm",
		[MEASURE_EVENTS] = "events",
		NULL
	};

	return (Measure) option_choice(fcinfo, argno, name, measures);
}
