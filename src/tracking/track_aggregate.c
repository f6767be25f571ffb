/*
 * track_aggregate.c
 *	  The steps of the aggregates track(); that of merge() is summary_merge().
 */
#include "base/compat.h"

#include <math.h>

#include "base/calendar.h"
#include "base/options.h"
#include "base/postgis.h"
#include "tracking/track.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(track_add);
PG_FUNCTION_INFO_V1(track_add_accuracy);
PG_FUNCTION_INFO_V1(track_add_local);
PG_FUNCTION_INFO_V1(track_add_local_accuracy);
PG_FUNCTION_INFO_V1(track_refuse_local);

/* ---- arguments ---- */

/* A NULL time is as unusable as an infinite one. */
static TimestampTz
time_argument(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? DT_NOBEGIN : PG_GETARG_TIMESTAMPTZ(argno);
}

/* Wall time in the zone that another argument names, as AT TIME ZONE reads it. */
static TimestampTz
local_time_argument(FunctionCallInfo fcinfo, int argno, int tz_argno)
{
	option_require(fcinfo, tz_argno, "tz");
	if (PG_ARGISNULL(argno))
		return DT_NOBEGIN;
	return calendar_wall_time(PG_GETARG_DATUM(tz_argno), PG_GETARG_TIMESTAMP(argno));
}

/* NULL is an accuracy that is not known, and NAN one that cannot be. */
static double
accuracy_argument(FunctionCallInfo fcinfo, int argno)
{
	double		accuracy;

	if (PG_ARGISNULL(argno))
		return INFINITY;
	accuracy = PG_GETARG_FLOAT8(argno);
	return accuracy >= 0 && !isinf(accuracy) ? accuracy : NAN;
}

/* ---- the steps ---- */

/* Zero without its sign, so that equal fixes have equal bytes. */
static inline double
unsigned_zero(double value)
{
	return value == 0 ? 0 : value;
}

/* Add the fix whose point is argument 2; returns the transition value. */
static inline Datum
add_fix(FunctionCallInfo fcinfo, TimestampTz at, double accuracy)
{
	Track	   *track = (Track *) summary_own(fcinfo, 0, &track_kind);
	int32		srid;
	GeometryPoint point;

	if (unlikely(track == NULL))
		track = track_create(fcinfo);
	if (unlikely(!IS_VALID_TIMESTAMP(at)))
		track_skip(track, TRACK_SKIP_TIME, 1);
	else if (unlikely(PG_ARGISNULL(2) ||
					  postgis_point(PG_GETARG_DATUM(2), &srid, &point) == GEOMETRY_EMPTY))
		track_skip(track, TRACK_SKIP_GEOMETRY, 1);
	else if (unlikely(!(fabs(point.x) <= PLANE_MAX_COORDINATE &&
						fabs(point.y) <= PLANE_MAX_COORDINATE)))
		track_skip(track, TRACK_SKIP_COORDINATES, 1);
	else if (unlikely(isnan(accuracy)))
		track_skip(track, TRACK_SKIP_ACCURACY, 1);
	else
	{
		Fix			fix = {
			.at = at,
			.x = unsigned_zero(point.x),
			.y = unsigned_zero(point.y),
			.accuracy = unsigned_zero(accuracy)
		};

		track_use_srid(track, srid);
		fix_buffer_add(&track->fixes, &fix);
	}
	return summary_result(&track->summary);
}

/* Step of track(timestamptz, geometry). */
Datum
track_add(PG_FUNCTION_ARGS)
{
	return add_fix(fcinfo, time_argument(fcinfo, 1), INFINITY);
}

/* Step of track(timestamptz, geometry, accuracy). */
Datum
track_add_accuracy(PG_FUNCTION_ARGS)
{
	return add_fix(fcinfo, time_argument(fcinfo, 1), accuracy_argument(fcinfo, 3));
}

/* Step of track(timestamp, geometry, tz). */
Datum
track_add_local(PG_FUNCTION_ARGS)
{
	return add_fix(fcinfo, local_time_argument(fcinfo, 1, 3), INFINITY);
}

/* Step of track(timestamp, geometry, accuracy, tz). */
Datum
track_add_local_accuracy(PG_FUNCTION_ARGS)
{
	return add_fix(fcinfo, local_time_argument(fcinfo, 1, 4),
				   accuracy_argument(fcinfo, 3));
}

/*
 * Step of track(timestamp, geometry) and track(timestamp, geometry, accuracy).
 * Were they not there, PostgreSQL would cast the time by the session's TimeZone
 * and call those of timestamptz.
 */
Datum
track_refuse_local(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("track() of a timestamp without time zone needs to be told the zone"),
			 errhint("Name it in a last argument, for example track(at, geom, 'Europe/London').")));
	PG_RETURN_NULL();
}
