/*
 * crime_rate.c
 *	  The crimes of a zone, and how many there are an hour: see crime_rate.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/distribution.h"
#include "base/options.h"
#include "base/sort.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/crime_rate.h"
#include "utils/builtins.h"
#include "utils/numeric.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(crime_rate);

#define MICROSECONDS_AN_HOUR 3.6e9
#define MICROSECONDS_A_MINUTE 6e7

/* More than all of history, in microseconds, and far below what uint128 holds. */
#define MAX_EXPOSURE 1e30

void
crimes_argument(FunctionCallInfo fcinfo, int argno, Crimes *crimes)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" must not be NULL", "crimes"),
				 errhint("Where there may be no crime, use coalesce(array_agg(at), '{}').")));
	n = option_elements(fcinfo, argno, "crimes", &elements, &nulls);
	crimes->at = palloc_extended(Max(n, 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	crimes->ncrimes = 0;
	for (int k = 0; k < n; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!nulls[k] && !TIMESTAMP_NOT_FINITE(DatumGetTimestampTz(elements[k])))
			crimes->at[crimes->ncrimes++] = DatumGetTimestampTz(elements[k]);
	}
	crimes->left_out = (size_t) n - crimes->ncrimes;
	sort_int64(crimes->at, crimes->ncrimes);
}

void
note_crimes(StringInfo note, const Crimes *crimes)
{
	if (crimes->left_out > 0)
		note_add(note, "crimes left out, their time is NULL or infinite: %zu",
				 crimes->left_out);
}

Datum
note_datum(const StringInfo note, bool *isnull)
{
	*isnull = note->len == 0;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(note->data);
}

void
rate_columns(uint64 events, uint128 exposure, double conf_level,
			 Datum *values, bool *nulls, StringInfo note)
{
	double		hours = (double) exposure / MICROSECONDS_AN_HOUR;
	double		low;
	double		high;

	if (exposure == 0)
	{
		nulls[RATE_PER_HOUR] = nulls[RATE_CONF_LOW] = nulls[RATE_CONF_HIGH] = true;
		return;
	}
	values[RATE_PER_HOUR] = Float8GetDatum((double) events / hours);
	if (!poisson_interval(events, conf_level, &low, &high))
	{
		nulls[RATE_CONF_LOW] = nulls[RATE_CONF_HIGH] = true;
		note_add(note, "the confidence interval cannot be computed at this conf_level");
		return;
	}
	values[RATE_CONF_LOW] = Float8GetDatum(low / hours);
	values[RATE_CONF_HIGH] = Float8GetDatum(high / hours);
}

/* A number of events: a sum of bigint is numeric. */
static uint64
events_argument(FunctionCallInfo fcinfo, int argno)
{
	Datum		events = PG_GETARG_DATUM(argno);
	Datum		zero = DirectFunctionCall1(int8_numeric, Int64GetDatum(0));

	if (DatumGetBool(DirectFunctionCall2(numeric_lt, events, zero)) ||
		!DatumGetBool(DirectFunctionCall2(numeric_eq, events,
										  DirectFunctionCall2(numeric_trunc, events,
															  Int32GetDatum(0)))))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %s, but must be a whole number of at least 0",
						"events", DatumGetCString(DirectFunctionCall1(numeric_out, events)))));
	return (uint64) DatumGetInt64(DirectFunctionCall1(numeric_int8, events));
}

/* crime_rate(events, exposure_minutes, conf_level) */
Datum
crime_rate(PG_FUNCTION_ARGS)
{
	TupleDesc	descriptor;
	StringInfoData note;
	Datum		values[RATE_COLUMNS];
	bool		nulls[RATE_COLUMNS] = {false};
	double		conf_level = option_conf_level(fcinfo, 2, "conf_level");
	double		exposure;
	uint64		events;

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "crime_rate() must return a row");
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	events = events_argument(fcinfo, 0);
	exposure = option_distance(fcinfo, 1, "exposure_minutes") * MICROSECONDS_A_MINUTE;
	if (exposure > MAX_EXPOSURE)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be at most %g", "exposure_minutes",
						PG_GETARG_FLOAT8(1), MAX_EXPOSURE / MICROSECONDS_A_MINUTE)));
	initStringInfo(&note);
	rate_columns(events, (uint128) rint(exposure), conf_level, values, nulls, &note);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}
