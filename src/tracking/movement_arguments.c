/*
 * movement_arguments.c
 *	  MovementRules as arguments of SQL functions: see movement_arguments.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "base/postgis.h"
#include "tracking/duration.h"
#include "tracking/movement_arguments.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

/* Fixes in a row that may be called a spike: each is held against so many. */
#define MAX_SPIKE 100

double
limit_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	double		value;

	if (PG_ARGISNULL(argno))
		return INFINITY;
	value = PG_GETARG_FLOAT8(argno);
	if (!(value > 0) || isinf(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be finite and above 0", name, value),
				 errhint("Use NULL for no limit.")));
	return value;
}

/* The silences that are bridged. */
static void
gap_arguments(FunctionCallInfo fcinfo, const MovementArguments *arguments,
			  MovementRules *rules)
{
	rules->max_gap = option_duration(fcinfo, arguments->max_gap, "max_gap");
	if (rules->max_gap == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must be longer than 0", "max_gap")));
	rules->still_gap = rules->max_gap;
	if (!PG_ARGISNULL(arguments->still_gap))
		rules->still_gap = option_duration(fcinfo, arguments->still_gap, "still_gap");
	if (rules->still_gap < rules->max_gap)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"still_gap\" is %s, which is shorter than \"max_gap\", %s",
						option_interval_words(fcinfo, arguments->still_gap),
						option_interval_words(fcinfo, arguments->max_gap)),
				 errhint("A silence that is bridged anywhere is bridged for a unit that stands still, too.")));
	rules->still_radius = option_distance(fcinfo, arguments->still_radius, "still_radius");
}

bool
movement_arguments(FunctionCallInfo fcinfo, const MovementArguments *arguments,
				   MovementRules *rules)
{
	gap_arguments(fcinfo, arguments, rules);
	rules->max_speed = limit_argument(fcinfo, arguments->max_speed, "max_speed");
	rules->max_accuracy = limit_argument(fcinfo, arguments->max_accuracy, "max_accuracy");
	rules->max_spike = option_count(fcinfo, arguments->max_spike, "max_spike");
	if (rules->max_spike > MAX_SPIKE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be at most %d", "max_spike",
						rules->max_spike, MAX_SPIKE)));

	rules->during = (Span) {PG_INT64_MIN, PG_INT64_MAX};
	return PG_ARGISNULL(arguments->during) ||
		span_argument(fcinfo, arguments->during, &rules->during);
}

void
movement_require_planar(FunctionCallInfo fcinfo, const MovementArguments *arguments,
						int32 srid)
{
	if (!PG_ARGISNULL(arguments->max_speed) || !PG_ARGISNULL(arguments->still_gap) ||
		!PG_ARGISNULL(arguments->max_accuracy))
		postgis_require_planar(srid, "a speed or distance");
}
