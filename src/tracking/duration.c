/*
 * duration.c
 *	  Spans and lengths of time as SQL sees them: see duration.h.
 */
#include "base/compat.h"

#include "tracking/duration.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

bool
span_argument(FunctionCallInfo fcinfo, int argno, Span *span)
{
	RangeType  *range = PG_GETARG_RANGE_P(argno);
	RangeBound	lower;
	RangeBound	upper;
	bool		is_empty;

	/* Not range_get_typcache(), which takes fn_extra for itself. */
	range_deserialize(lookup_type_cache(RangeTypeGetOid(range), TYPECACHE_RANGE_INFO),
					  range, &lower, &upper, &is_empty);
	if (is_empty)
		return false;
	*span = (Span) {
		.start = lower.infinite ? PG_INT64_MIN : DatumGetTimestampTz(lower.val),
		.end = upper.infinite ? PG_INT64_MAX : DatumGetTimestampTz(upper.val)
	};
	if (!lower.inclusive && !TIMESTAMP_NOT_FINITE(span->start))
		span->start++;
	if (upper.inclusive && !TIMESTAMP_NOT_FINITE(span->end))
		span->end++;
	return span->start < span->end;
}

Datum
interval_datum(uint64 microseconds)
{
	Interval   *interval = palloc0(sizeof(Interval));

	if (microseconds > PG_INT64_MAX)
	{
		interval->day = (int32) (microseconds / USECS_PER_DAY);
		microseconds %= USECS_PER_DAY;
	}
	interval->time = (int64) microseconds;
	return IntervalPGetDatum(interval);
}
