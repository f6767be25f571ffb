/*
 * week_accessors.c
 *	  What a week tells without any computing: its hours and its sums.
 */
#include "base/compat.h"

#include "base/harm.h"
#include "base/skips.h"
#include "funcapi.h"
#include "tasking/week.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(week_hours);
PG_FUNCTION_INFO_V1(week_events);
PG_FUNCTION_INFO_V1(week_harm);
PG_FUNCTION_INFO_V1(week_tz);
PG_FUNCTION_INFO_V1(week_skipped);
PG_FUNCTION_INFO_V1(week_skipped_reason);

/* hours(week): always all of them, from Monday 00:00 on. */
Datum
week_hours(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	WeekSums	sums;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	week_view(fcinfo, 0, &sums);
	for (int hour = 0; hour < WEEK_HOURS; hour++)
	{
		Datum		values[4];
		bool		nulls[4] = {false};

		values[0] = Int32GetDatum(hour / DAY_HOURS + 1);
		values[1] = Int32GetDatum(hour % DAY_HOURS);
		values[2] = Float8GetDatum((double) sums.hours[hour].weight / EVENT_WEIGHT);
		values[3] = Float8GetDatum((double) sums.hours[hour].harm / WEEK_HARM_SCALE);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
week_events(PG_FUNCTION_ARGS)
{
	WeekSums	sums;

	week_view(fcinfo, 0, &sums);
	PG_RETURN_INT64((int64) (week_weight(&sums) / EVENT_WEIGHT));
}

Datum
week_harm(PG_FUNCTION_ARGS)
{
	WeekSums	sums;

	week_view(fcinfo, 0, &sums);
	PG_RETURN_FLOAT8((double) week_harm_millionths(&sums) / HARM_SCALE);
}

Datum
week_tz(PG_FUNCTION_ARGS)
{
	WeekSums	sums;

	week_view(fcinfo, 0, &sums);
	PG_RETURN_TEXT_P(cstring_to_text_with_len(sums.zone, (int) sums.zone_length));
}

/* skipped(week): events left out, for whatever reason. */
Datum
week_skipped(PG_FUNCTION_ARGS)
{
	WeekSums	sums;

	week_view(fcinfo, 0, &sums);
	return skips_total(sums.skipped, WEEK_SKIPS);
}

/* skipped(week, reason) */
Datum
week_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[WEEK_SKIP_START] = "start",
		[WEEK_SKIP_FINISH] = "finish",
		[WEEK_SKIP_HARM] = "harm",
		NULL
	};
	WeekSums	sums;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	week_view(fcinfo, 0, &sums);
	return skips_of_reason(fcinfo, sums.skipped, reasons);
}
