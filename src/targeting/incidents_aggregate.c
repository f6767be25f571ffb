/*
 * incidents_aggregate.c
 *	  The steps of the aggregates incidents(); that of merge() is summary_merge().
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "base/calendar.h"
#include "base/options.h"
#include "base/postgis.h"
#include "targeting/incidents.h"
#include "utils/fmgrprotos.h"

PG_FUNCTION_INFO_V1(incidents_add);
PG_FUNCTION_INFO_V1(incidents_add_local);
PG_FUNCTION_INFO_V1(incidents_add_date);
PG_FUNCTION_INFO_V1(incidents_refuse_local);

/* Zero without its sign, so that equal events have equal bytes. */
static inline double
unsigned_zero(double value)
{
	return value == 0 ? 0 : value;
}

/*
 * Add the event whose point is argument 1; returns the transition value.  A NULL
 * time is as unusable as an infinite one, and comes as that.
 */
static inline Datum
add_event(FunctionCallInfo fcinfo, TimestampTz at)
{
	Incidents  *incidents = (Incidents *) summary_own(fcinfo, 0, &incidents_kind);
	int32		srid;
	GeometryPoint point;

	if (unlikely(incidents == NULL))
		incidents = incidents_create(fcinfo);
	if (unlikely(PG_ARGISNULL(1) ||
				 postgis_point(PG_GETARG_DATUM(1), &srid, &point) == GEOMETRY_EMPTY))
		incidents_skip(incidents, INCIDENTS_SKIP_GEOMETRY, 1);
	else if (unlikely(!(fabs(point.x) <= PLANE_MAX_COORDINATE &&
						fabs(point.y) <= PLANE_MAX_COORDINATE)))
		incidents_skip(incidents, INCIDENTS_SKIP_COORDINATES, 1);
	else if (unlikely(!IS_VALID_TIMESTAMP(at)))
		incidents_skip(incidents, INCIDENTS_SKIP_TIME, 1);
	else
	{
		postgis_require_planar(srid, "the distance of events");
		incidents_use_srid(incidents, srid);
		APPEND(incidents->events, incidents->nevents, incidents->room,
			   (Event) {at, unsigned_zero(point.x), unsigned_zero(point.y)});
	}
	return summary_result(&incidents->summary);
}

/* Step of incidents(geometry, timestamptz). */
Datum
incidents_add(PG_FUNCTION_ARGS)
{
	return add_event(fcinfo, PG_ARGISNULL(2) ? DT_NOBEGIN : PG_GETARG_TIMESTAMPTZ(2));
}

/* Step of incidents(geometry, timestamp, tz). */
Datum
incidents_add_local(PG_FUNCTION_ARGS)
{
	option_require(fcinfo, 3, "tz");
	return add_event(fcinfo, PG_ARGISNULL(2) ? DT_NOBEGIN :
					 calendar_wall_time(PG_GETARG_DATUM(3), PG_GETARG_TIMESTAMP(2)));
}

/*
 * Step of incidents(geometry, date).  Noon in UTC is on that date wherever the
 * clock is less than 12 hours from UTC; PostgreSQL would cast the date to
 * midnight by the session's TimeZone.
 */
Datum
incidents_add_date(PG_FUNCTION_ARGS)
{
	Timestamp	midnight = PG_ARGISNULL(2) ? DT_NOBEGIN :
		DatumGetTimestamp(DirectFunctionCall1(date_timestamp, PG_GETARG_DATUM(2)));

	return add_event(fcinfo, TIMESTAMP_NOT_FINITE(midnight) ? DT_NOBEGIN :
					 midnight + USECS_PER_DAY / 2);
}

/*
 * Step of incidents(geometry, timestamp).  Were it not there, PostgreSQL would
 * cast the time by the session's TimeZone and call that of timestamptz.
 */
Datum
incidents_refuse_local(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("incidents() of a timestamp without time zone needs to be told the zone"),
			 errhint("Name it in a last argument, for example incidents(geom, at, 'Europe/London').")));
	PG_RETURN_NULL();
}
