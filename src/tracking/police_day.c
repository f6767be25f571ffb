/*
 * police_day.c
 *	  police_day() and police_day_range(): the days that dosage() counts by.
 */
#include "base/compat.h"

#include "base/calendar.h"
#include "base/options.h"
#include "catalog/pg_type.h"
#include "utils/rangetypes.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(police_day);
PG_FUNCTION_INFO_V1(police_day_range);

/* police_day(at, tz, day_start) */
Datum
police_day(PG_FUNCTION_ARGS)
{
	Calendar	calendar;
	TimestampTz at;

	calendar_arguments(fcinfo, 1, 2, &calendar);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	at = PG_GETARG_TIMESTAMPTZ(0);
	if (TIMESTAMP_NOT_FINITE(at))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" must be finite", "at")));
	PG_RETURN_DATEADT(calendar_day(&calendar, at));
}

/* police_day_range(day, tz, day_start) */
Datum
police_day_range(PG_FUNCTION_ARGS)
{
	TypeCacheEntry *type = lookup_type_cache(TSTZRANGEOID, TYPECACHE_RANGE_INFO);
	Calendar	calendar;
	TimestampTz *bounds;
	RangeBound	lower = {.inclusive = true, .lower = true};
	RangeBound	upper = {.inclusive = false};

	calendar_arguments(fcinfo, 1, 2, &calendar);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	bounds = calendar_bounds(&calendar, calendar_date_argument(fcinfo, 0, "day"), 1);
	lower.val = TimestampTzGetDatum(bounds[0]);
	upper.val = TimestampTzGetDatum(bounds[1]);
	PG_RETURN_RANGE_P(make_range(type, &lower, &upper, false, NULL));
}
