/*
 * week_aggregate.c
 *	  The steps of the aggregates week(); that of merge() is summary_merge().
 *
 * Hours and durations are those of the wall clock, so that on a night when the
 * clocks change an hour counts as it is labelled.
 */
#include "base/compat.h"

#include "base/harm.h"
#include "base/options.h"
#include "tasking/week.h"
#include "utils/fmgrprotos.h"

PG_FUNCTION_INFO_V1(week_add_span);
PG_FUNCTION_INFO_V1(week_add_event);
PG_FUNCTION_INFO_V1(week_add_wall_span);
PG_FUNCTION_INFO_V1(week_add_wall_event);
PG_FUNCTION_INFO_V1(week_refuse_date);

/* The transition value, made at the group's first row. */
static Week *
transition_week(FunctionCallInfo fcinfo, int tz_argno)
{
	Week	   *week;

	option_require(fcinfo, tz_argno, "tz");
	week = (Week *) summary_own(fcinfo, 0, &week_kind);
	if (week == NULL)
		week = week_create(fcinfo);
	week_use_zone(week, PG_GETARG_TEXT_PP(tz_argno));
	return week;
}

/* A time that is NULL is as unusable as an infinite one. */
static int64
time_argument(FunctionCallInfo fcinfo, int argno)
{
	return PG_ARGISNULL(argno) ? DT_NOBEGIN : PG_GETARG_INT64(argno);
}

/* When an event happened, in the clock of its arguments. */
typedef struct EventTime
{
	int64		start;			/* infinite: not known */
	int64		finish;			/* no less than start; infinite: cannot be used */
	bool		wall;			/* whether they are wall times */
} EventTime;

static EventTime
at_argument(FunctionCallInfo fcinfo, bool wall)
{
	int64		at = time_argument(fcinfo, 1);

	return (EventTime) {at, at, wall};
}

pg_noreturn static void
finish_before_start(FunctionCallInfo fcinfo, bool wall)
{
	PGFunction	out = wall ? timestamp_out : timestamptz_out;

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("an event ends before it starts: start %s, finish %s",
					DatumGetCString(DirectFunctionCall1(out, PG_GETARG_DATUM(1))),
					DatumGetCString(DirectFunctionCall1(out, PG_GETARG_DATUM(2)))),
			 wall ? errhint("Correct the row or leave it out; across the hour that comes twice when the clocks go back, give timestamptz.") :
			 errhint("Correct the row, or leave it out by FILTER (WHERE (finish < start) IS NOT TRUE).")));
}

/* Without a finish the event was at its start. */
static EventTime
span_arguments(FunctionCallInfo fcinfo, bool wall)
{
	EventTime	time = at_argument(fcinfo, wall);

	if (PG_ARGISNULL(2))
		return time;
	time.finish = PG_GETARG_INT64(2);
	if (time.finish < time.start && !TIMESTAMP_NOT_FINITE(time.start) &&
		!TIMESTAMP_NOT_FINITE(time.finish))
		finish_before_start(fcinfo, wall);
	return time;
}

/* Add the event whose harm is in argument harm_argno and its zone in the next one. */
static Datum
add_event(FunctionCallInfo fcinfo, EventTime time, int harm_argno)
{
	Week	   *week = transition_week(fcinfo, harm_argno + 1);
	bool		harm_is_known = !PG_ARGISNULL(harm_argno);
	int64		harm = harm_is_known ? harm_millionths(PG_GETARG_FLOAT8(harm_argno)) : 0;
	AoristicPart parts[AORISTIC_MAX_PARTS];
	int			nparts;

	if (unlikely(TIMESTAMP_NOT_FINITE(time.start)))
		week_skip(week, WEEK_SKIP_START, 1);
	else if (unlikely(TIMESTAMP_NOT_FINITE(time.finish)))
		week_skip(week, WEEK_SKIP_FINISH, 1);
	else if (unlikely(!harm_is_known))
		week_skip(week, WEEK_SKIP_HARM, 1);
	else
	{
		Timestamp	start = time.wall ? time.start : local_time(&week->local, time.start);
		Timestamp	finish = start;

		/*
		 * Where the clocks were put back in between, it may not be later than
		 * the start: then the event lies in the hour that came twice.
		 */
		if (time.finish > time.start)
			finish = time.wall ? time.finish : local_time(&week->local, time.finish);
		nparts = aoristic_parts(start, finish, parts);
		week_add(week, parts, nparts, harm);
	}
	return summary_result(&week->summary);
}

/* Step of week(start timestamptz, finish timestamptz, harm, tz). */
Datum
week_add_span(PG_FUNCTION_ARGS)
{
	return add_event(fcinfo, span_arguments(fcinfo, false), 3);
}

/* Step of week(at timestamptz, harm, tz). */
Datum
week_add_event(PG_FUNCTION_ARGS)
{
	return add_event(fcinfo, at_argument(fcinfo, false), 2);
}

/* Step of week(start timestamp, finish timestamp, harm, tz). */
Datum
week_add_wall_span(PG_FUNCTION_ARGS)
{
	return add_event(fcinfo, span_arguments(fcinfo, true), 3);
}

/* Step of week(at timestamp, harm, tz). */
Datum
week_add_wall_event(PG_FUNCTION_ARGS)
{
	return add_event(fcinfo, at_argument(fcinfo, true), 2);
}

/*
 * Step of week(at date, harm, tz) and week(start date, finish date, harm, tz).
 * Were they not there, PostgreSQL would take the midnight of the session's TimeZone
 * and call those of timestamptz.
 */
Datum
week_refuse_date(PG_FUNCTION_ARGS)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("week() needs times: a date has no hour"),
			 errhint("To spread each event over the hours of its days give week(start::timestamp, (finish + 1)::timestamp, harm, tz), where finish may be start.")));
	PG_RETURN_NULL();
}
