/*
 * patrol_aggregate.c
 *	  The steps of the aggregates patrol(); that of merge() is summary_merge().
 *
 * Arguments: 0 the transition value, 1 the unit, then when it was there.
 */
#include "base/compat.h"

#include "base/calendar.h"
#include "base/options.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "tracking/patrol.h"
#include "utils/builtins.h"
#include "utils/multirangetypes.h"

PG_FUNCTION_INFO_V1(patrol_add_intervals_text);
PG_FUNCTION_INFO_V1(patrol_add_intervals_bigint);
PG_FUNCTION_INFO_V1(patrol_add_visit_text);
PG_FUNCTION_INFO_V1(patrol_add_visit_bigint);
PG_FUNCTION_INFO_V1(patrol_add_times_text);
PG_FUNCTION_INFO_V1(patrol_add_times_bigint);
PG_FUNCTION_INFO_V1(patrol_add_wall_times_text);
PG_FUNCTION_INFO_V1(patrol_add_wall_times_bigint);

StaticAssertDecl(TIME_MIN == MIN_TIMESTAMP && TIME_END == END_TIMESTAMP,
				 "spans must be able to tell what timestamptz can");

/* When a unit was there: spans, or why the row is left out. */
typedef struct VisitSpans
{
	bool		skip;
	PatrolSkip	reason;
	uint32		nspans;
	Span	   *spans;
} VisitSpans;

static VisitSpans
left_out(PatrolSkip reason)
{
	return (VisitSpans) {.skip = true, .reason = reason};
}

/* Add a row of the unit in argument 1. */
static Datum
add_row(FunctionCallInfo fcinfo, IdKind kind, VisitSpans stay, uint8 flags, int64 pings)
{
	Patrol	   *patrol = (Patrol *) summary_own(fcinfo, 0, &patrol_kind);
	uint64		buffer;

	if (patrol == NULL)
		patrol = patrol_create(fcinfo);
	if (PG_ARGISNULL(1))
		stay = left_out(PATROL_SKIP_UNIT);
	if (stay.skip)
	{
		patrol_skip(patrol, stay.reason, 1);
		return summary_result(&patrol->summary);
	}

	patrol_add(patrol,
			   (PatrolRow) {
				   .unit = patrol_unit(patrol, kind, id_argument(fcinfo, 1, kind, &buffer)),
				   .nspans = stay.nspans,
				   .flags = flags,
				   .pings = pings
			   },
			   stay.spans);
	return summary_result(&patrol->summary);
}

/* ---- a multirange ---- */

/*
 * Argument 2, a tstzmultirange.  Whether a bound belongs to a range makes no
 * difference, for a moment has no length; so ranges may touch, and be empty.
 */
static VisitSpans
intervals_argument(FunctionCallInfo fcinfo)
{
	VisitSpans	stay = {0};
	TypeCacheEntry *tstzrange;
	MultirangeType *ranges;

	if (PG_ARGISNULL(2))
		return left_out(PATROL_SKIP_INTERVAL);
	ranges = PG_GETARG_MULTIRANGE_P(2);
	tstzrange = lookup_type_cache(TSTZRANGEOID, TYPECACHE_RANGE_INFO);
	stay.spans = MemoryContextAllocHuge(CurrentMemoryContext,
											Max(ranges->rangeCount, 1) * sizeof(Span));
	for (uint32 k = 0; k < ranges->rangeCount; k++)
	{
		RangeBound	lower;
		RangeBound	upper;
		Span		span;

		CHECK_FOR_INTERRUPTS();
		multirange_get_bounds(tstzrange, ranges, k, &lower, &upper);
		if (lower.infinite || upper.infinite)
			return left_out(PATROL_SKIP_INFINITE);
		span.start = DatumGetTimestampTz(lower.val);
		span.end = DatumGetTimestampTz(upper.val);
		if (TIMESTAMP_NOT_FINITE(span.start) || TIMESTAMP_NOT_FINITE(span.end))
			return left_out(PATROL_SKIP_INFINITE);
		if (span.start < span.end)
			stay.spans[stay.nspans++] = span;
	}
	if (stay.nspans == 0)
		return left_out(PATROL_SKIP_INTERVAL);
	stay.nspans = (uint32) spans_unite(stay.spans, stay.nspans);
	return stay;
}

Datum
patrol_add_intervals_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT, intervals_argument(fcinfo), 0, 0);
}

Datum
patrol_add_intervals_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT, intervals_argument(fcinfo), 0, 0);
}

/* ---- a row of visits(): intervals, starts_cut, ends_cut, passing, pings ---- */

static bool
flag_argument(FunctionCallInfo fcinfo, int argno)
{
	return !PG_ARGISNULL(argno) && PG_GETARG_BOOL(argno);
}

static Datum
add_visit(FunctionCallInfo fcinfo, IdKind kind)
{
	uint8		flags = 0;
	int64		pings = PG_ARGISNULL(6) ? 0 : PG_GETARG_INT64(6);

	if (flag_argument(fcinfo, 3))
		flags |= PATROL_STARTS_CUT;
	if (flag_argument(fcinfo, 4))
		flags |= PATROL_ENDS_CUT;
	if (flag_argument(fcinfo, 5))
		flags |= PATROL_PASSING;
	if (pings < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is negative: " INT64_FORMAT, "pings", pings),
				 errhint("Use NULL for a number that is not known.")));
	return add_row(fcinfo, kind, intervals_argument(fcinfo), flags, pings);
}

Datum
patrol_add_visit_text(PG_FUNCTION_ARGS)
{
	return add_visit(fcinfo, IDS_TEXT);
}

Datum
patrol_add_visit_bigint(PG_FUNCTION_ARGS)
{
	return add_visit(fcinfo, IDS_BIGINT);
}

/* ---- arrived, departed ---- */

pg_noreturn static void
departed_before_arrived(TimestampTz arrived, TimestampTz departed)
{
	/* Both would be written to the same place. */
	char	   *first = pstrdup(timestamptz_to_str(arrived));

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("a visit ends before it starts: arrived %s, departed %s",
					first, timestamptz_to_str(departed)),
			 errhint("Correct the row, or leave it out by a WHERE clause.")));
}

/* From arrived to departed; the span is the caller's. */
static VisitSpans
presence_between(TimestampTz arrived, TimestampTz departed, Span *span)
{
	if (TIMESTAMP_NOT_FINITE(arrived) || TIMESTAMP_NOT_FINITE(departed))
		return left_out(PATROL_SKIP_INFINITE);
	if (departed < arrived)
		departed_before_arrived(arrived, departed);
	if (departed == arrived)
		return left_out(PATROL_SKIP_INTERVAL);
	*span = (Span) {arrived, departed};
	return (VisitSpans) {.nspans = 1, .spans = span};
}

/* Arguments 2 and 3, timestamptz. */
static VisitSpans
times_arguments(FunctionCallInfo fcinfo, Span *span)
{
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return left_out(PATROL_SKIP_INTERVAL);
	return presence_between(PG_GETARG_TIMESTAMPTZ(2), PG_GETARG_TIMESTAMPTZ(3), span);
}

/* Arguments 2 and 3, timestamp, as wall time in the time zone of argument 4. */
static VisitSpans
wall_times_arguments(FunctionCallInfo fcinfo, Span *span)
{
	option_require(fcinfo, 4, "tz");
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		return left_out(PATROL_SKIP_INTERVAL);
	return presence_between(calendar_wall_time(PG_GETARG_DATUM(4), PG_GETARG_TIMESTAMP(2)),
							calendar_wall_time(PG_GETARG_DATUM(4), PG_GETARG_TIMESTAMP(3)),
							span);
}

Datum
patrol_add_times_text(PG_FUNCTION_ARGS)
{
	Span		span;

	return add_row(fcinfo, IDS_TEXT, times_arguments(fcinfo, &span), 0, 0);
}

Datum
patrol_add_times_bigint(PG_FUNCTION_ARGS)
{
	Span		span;

	return add_row(fcinfo, IDS_BIGINT, times_arguments(fcinfo, &span), 0, 0);
}

Datum
patrol_add_wall_times_text(PG_FUNCTION_ARGS)
{
	Span		span;

	return add_row(fcinfo, IDS_TEXT, wall_times_arguments(fcinfo, &span), 0, 0);
}

Datum
patrol_add_wall_times_bigint(PG_FUNCTION_ARGS)
{
	Span		span;

	return add_row(fcinfo, IDS_BIGINT, wall_times_arguments(fcinfo, &span), 0, 0);
}
