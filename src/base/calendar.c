/*
 * calendar.c
 *	  The local days of a time zone: see calendar.h.
 *
 * All of it asks PostgreSQL's own AT TIME ZONE, so that a day here is the day of
 * a query, whatever the zone: one that left out a day when it crossed the date
 * line, or an abbreviation.
 */
#include "base/compat.h"

#include "base/calendar.h"
#include "base/options.h"
#include "miscadmin.h"
#include "utils/builtins.h"

void
calendar_arguments(FunctionCallInfo fcinfo, int tz_argno, int day_start_argno,
				   Calendar *calendar)
{
	option_require(fcinfo, tz_argno, "tz");
	calendar->tz = PointerGetDatum(PG_GETARG_TEXT_PP(tz_argno));
	calendar->day_start = option_duration(fcinfo, day_start_argno, "day_start");
	if (calendar->day_start >= USECS_PER_DAY)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %s, but must be less than a day", "day_start",
						option_interval_words(fcinfo, day_start_argno)),
				 errhint("Give the time of day at which the day begins, for example interval '7 hours'.")));
}

TimestampTz
calendar_wall_time(Datum tz, Timestamp at)
{
	return DatumGetTimestampTz(DirectFunctionCall2(timestamp_zone, tz,
												   TimestampGetDatum(at)));
}

TimestampTz
calendar_start(const Calendar *calendar, DateADT day)
{
	Timestamp	midnight = DatumGetTimestamp(DirectFunctionCall1(date_timestamp,
																 DateADTGetDatum(day)));

	return calendar_wall_time(calendar->tz, midnight + calendar->day_start);
}

DateADT
calendar_day(const Calendar *calendar, TimestampTz at)
{
	Timestamp	wall = DatumGetTimestamp(DirectFunctionCall2(timestamptz_zone,
															 calendar->tz,
															 TimestampTzGetDatum(at)));
	int64		since_epoch = wall - calendar->day_start;
	int64		day = since_epoch / USECS_PER_DAY;

	if (since_epoch % USECS_PER_DAY < 0)
		day--;

	/* Near a change of the clocks wall time may belong to the day beside. */
	while (calendar_start(calendar, (DateADT) day) > at)
		day--;
	while (calendar_start(calendar, (DateADT) (day + 1)) <= at)
		day++;
	return (DateADT) day;
}

TimestampTz *
calendar_bounds(const Calendar *calendar, DateADT first, size_t ndays)
{
	TimestampTz *bounds = palloc((ndays + 1) * sizeof(TimestampTz));

	for (size_t k = 0; k <= ndays; k++)
	{
		CHECK_FOR_INTERRUPTS();
		bounds[k] = calendar_start(calendar, first + (DateADT) k);
		if (k > 0 && bounds[k] < bounds[k - 1])
			bounds[k] = bounds[k - 1];
	}
	return bounds;
}

DateADT
calendar_date_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	DateADT		day = PG_ARGISNULL(argno) ? 0 : PG_GETARG_DATEADT(argno);

	if (DATE_NOT_FINITE(day))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" must be finite", name)));
	return day;
}
