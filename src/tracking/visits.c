/*
 * visits.c
 *	  visits(), touches() and coverage(): a track among zones.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "base/postgis.h"
#include "catalog/pg_type.h"
#include "common/int.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/stays.h"
#include "tracking/track.h"
#include "tracking/zones.h"
#include "utils/builtins.h"
#include "utils/multirangetypes.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(visits);
PG_FUNCTION_INFO_V1(touches);
PG_FUNCTION_INFO_V1(coverage);

/* ---- arguments ---- */

/* A limit that may be NULL for none, as of speed or accuracy. */
static double
optional_limit(FunctionCallInfo fcinfo, int argno, const char *name)
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

/* A span of time that may be NULL for all; false when it is empty. */
static bool
optional_span(FunctionCallInfo fcinfo, int argno, Span *span)
{
	RangeType  *range;
	RangeBound	lower;
	RangeBound	upper;
	bool		is_empty;

	*span = (Span) {PG_INT64_MIN, PG_INT64_MAX};
	if (PG_ARGISNULL(argno))
		return true;
	range = PG_GETARG_RANGE_P(argno);
	range_deserialize(lookup_type_cache(RangeTypeGetOid(range), TYPECACHE_RANGE_INFO),
					  range, &lower, &upper, &is_empty);
	if (is_empty)
		return false;
	/* Time is whole microseconds. */
	if (!lower.infinite)
		span->start = DatumGetTimestampTz(lower.val);
	if (!upper.infinite)
		span->end = DatumGetTimestampTz(upper.val);
	if (!lower.inclusive && !TIMESTAMP_NOT_FINITE(span->start))
		span->start++;
	if (upper.inclusive && !TIMESTAMP_NOT_FINITE(span->end))
		span->end++;
	return span->start < span->end;
}

/* Where each function has the arguments that make up MovementRules. */
typedef struct RuleArguments
{
	int			max_gap;
	int			max_speed;
	int			still_gap;
	int			still_radius;
	int			during;
	int			max_accuracy;
	int			max_spike;
} RuleArguments;

/* Read them; false when they leave no time to speak of. */
static bool
get_rules(FunctionCallInfo fcinfo, const RuleArguments *arguments, int32 srid,
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
				 errmsg("argument \"still_gap\" is shorter than \"max_gap\""),
				 errhint("A silence that is bridged anywhere is bridged for a unit that stands still, too.")));
	rules->still_radius = option_distance(fcinfo, arguments->still_radius, "still_radius");
	rules->max_speed = optional_limit(fcinfo, arguments->max_speed, "max_speed");
	rules->max_accuracy = optional_limit(fcinfo, arguments->max_accuracy, "max_accuracy");
	rules->max_spike = option_count(fcinfo, arguments->max_spike, "max_spike");

	/* Degrees will do for what is inside, but they are no distances. */
	if (srid != TRACK_NO_SRID &&
		(!PG_ARGISNULL(arguments->max_speed) || !PG_ARGISNULL(arguments->still_gap) ||
		 !PG_ARGISNULL(arguments->max_accuracy)))
		postgis_require_planar(srid, "a speed or distance");
	return optional_span(fcinfo, arguments->during, &rules->during);
}

/*
 * The track and the zones of arguments 0 and 1; false when one is NULL or there
 * is nothing in it.
 */
static bool
get_track_and_zones(FunctionCallInfo fcinfo, TrackView *track, const ZoneIndex **index)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	track_view(fcinfo, 0, track);
	*index = zones_compiled(fcinfo, 1);
	if (track->fixes.nfixes == 0 || (*index)->nzones == 0)
		return false;
	if (track->head.srid != (*index)->srid)
		postgis_mixed_srids((*index)->srid, track->head.srid);
	return true;
}

/* ---- results ---- */

/* An interval of microseconds; in days as well where these alone are too many. */
static Datum
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

/* The spans of a visit as a tstzmultirange. */
static Datum
stays_datum(TypeCacheEntry *multirange_type, const Visit *visit)
{
	TypeCacheEntry *range_type = multirange_type->rngtype;
	RangeType **ranges = palloc(sizeof(RangeType *) * visit->nstays);

	for (Size k = 0; k < visit->nstays; k++)
	{
		RangeBound	lower = {
			.val = TimestampTzGetDatum(visit->stays[k].span.start),
			.inclusive = true,
			.lower = true
		};
		RangeBound	upper = {.val = TimestampTzGetDatum(visit->stays[k].span.end)};

		ranges[k] = make_range(range_type, &lower, &upper, false, NULL);
	}
	return MultirangeTypePGetDatum(make_multirange(multirange_type->type_id, range_type,
												   (int32) visit->nstays, ranges));
}

/* What of visits()' arguments decides about a visit, rather than a stay. */
typedef struct VisitRules
{
	int64		merge_gap;
	int64		min_dwell;
	double		pass_speed;		/* INFINITY = none */
	bool		is_planar;		/* lengths are in a unit of length */
} VisitRules;

static bool
is_passing(const Visit *visit, const VisitRules *rules)
{
	return visit->dwell < (uint64) rules->min_dwell ||
		visit->path_length > rules->pass_speed * ((double) visit->dwell / USECS_PER_SEC);
}

static void
put_visit(ReturnSetInfo *result, TypeCacheEntry *multirange_type, const ZoneIndex *index,
		  const Visit *visit, const VisitRules *rules)
{
	Datum		values[11];
	bool		nulls[11] = {false};
	int			n = 0;

	values[n++] = PointerGetDatum(index->ids[visit->stays->zone]);
	values[n++] = TimestampTzGetDatum(visit->span.start);
	values[n++] = TimestampTzGetDatum(visit->span.end);
	values[n++] = interval_datum(visit->dwell);
	values[n++] = stays_datum(multirange_type, visit);
	values[n++] = Int64GetDatum(visit->pings);
	nulls[n] = !rules->is_planar;
	values[n++] = Float8GetDatum(visit->path_length);
	values[n++] = BoolGetDatum(visit->stays[0].starts_cut);
	values[n++] = BoolGetDatum(visit->stays[visit->nstays - 1].ends_cut);
	values[n++] = BoolGetDatum(is_passing(visit, rules));
	values[n++] = interval_datum(visit->interpolated);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* ---- visits ---- */

static const RuleArguments visits_arguments = {
	.max_gap = 2,
	.max_speed = 5,
	.still_gap = 6,
	.still_radius = 7,
	.during = 9,
	.max_accuracy = 10,
	.max_spike = 11
};

static void
get_visit_rules(FunctionCallInfo fcinfo, int32 srid, int64 max_gap, VisitRules *rules)
{
	rules->merge_gap = option_duration(fcinfo, 3, "merge_gap");
	if (rules->merge_gap > max_gap)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"merge_gap\" is longer than \"max_gap\""),
				 errhint("Time away that is counted as part of a visit must be seen: make \"merge_gap\" shorter.")));
	rules->min_dwell = option_duration(fcinfo, 4, "min_dwell");
	rules->pass_speed = optional_limit(fcinfo, 8, "pass_speed");
	rules->is_planar = !postgis_is_geographic(srid);
	if (!PG_ARGISNULL(8))
		postgis_require_planar(srid, "a speed or distance");
}

/* visits(track, zones, ...): by zone and time. */
Datum
visits(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	TypeCacheEntry *multirange_type;
	MemoryContext row;
	MemoryContext caller;
	TrackView	track;
	const ZoneIndex *index;
	MovementRules rules;
	VisitRules	visit_rules;
	Stays		stays;
	Visit		visit;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!get_track_and_zones(fcinfo, &track, &index) ||
		!get_rules(fcinfo, &visits_arguments, track.head.srid, &rules))
		return (Datum) 0;
	get_visit_rules(fcinfo, track.head.srid, rules.max_gap, &visit_rules);
	stays_find(index, &track.fixes, &rules, &stays);

	multirange_type = lookup_type_cache(TSTZMULTIRANGEOID, TYPECACHE_MULTIRANGE_INFO);
	row = AllocSetContextCreate(CurrentMemoryContext, "hotspot visit", ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(row);
	for (Size n = 0; n < stays.nstays; n += visit.nstays)
	{
		CHECK_FOR_INTERRUPTS();
		stays_visit(&stays, n, visit_rules.merge_gap, &visit);
		put_visit(result, multirange_type, index, &visit, &visit_rules);
		MemoryContextReset(row);
	}
	MemoryContextSwitchTo(caller);
	return (Datum) 0;
}

/* ---- touches ---- */

static const RuleArguments touches_arguments = {
	.max_gap = 2,
	.max_speed = 3,
	.still_gap = 4,
	.still_radius = 5,
	.during = 6,
	.max_accuracy = 7,
	.max_spike = 8
};

/* touches(track, zones, ...): by zone and time. */
Datum
touches(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	TrackView	track;
	const ZoneIndex *index;
	MovementRules rules;
	Stays		stays;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!get_track_and_zones(fcinfo, &track, &index) ||
		!get_rules(fcinfo, &touches_arguments, track.head.srid, &rules))
		return (Datum) 0;
	stays_find(index, &track.fixes, &rules, &stays);
	for (Size n = 0; n < stays.ntouches; n++)
	{
		Datum		values[2];
		bool		nulls[2] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(index->ids[stays.touches[n].zone]);
		values[1] = TimestampTzGetDatum(stays.touches[n].at);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---- coverage ---- */

static const RuleArguments coverage_arguments = {
	.max_gap = 1,
	.max_speed = 2,
	.still_gap = 3,
	.still_radius = 4,
	.during = 5,
	.max_accuracy = 6,
	.max_spike = 7
};

static int
compare_lengths(const void *a, const void *b)
{
	uint64		one = *(const uint64 *) a;
	uint64		other = *(const uint64 *) b;

	return (one > other) - (one < other);
}

/* How a movement hangs together. */
typedef struct Coverage
{
	MovementCounts counts;
	int64		silences;		/* between fixes, not bridged; jumps are not among them */
	uint64		bridged;		/* microseconds */
	uint64		median;			/* from fix to fix */
} Coverage;

static void
get_coverage(const TrackFixes *fixes, const MovementRules *rules, Coverage *coverage)
{
	uint64	   *lengths = palloc_extended(sizeof(uint64) * Max(fixes->nfixes, 1),
										  MCXT_ALLOC_HUGE);
	Size		nlengths = 0;
	Movement	movement;
	bool		is_bridged;

	memset(coverage, 0, sizeof(*coverage));
	movement_begin(&movement, fixes, rules);
	while (movement_next(&movement, &is_bridged))
	{
		Span		leg = {movement_previous(&movement)->at, movement_last(&movement)->at};

		CHECK_FOR_INTERRUPTS();
		if (movement.counts.kept == 1)
			continue;
		lengths[nlengths++] = span_length(leg);
		leg = (Span) {Max(leg.start, rules->during.start), Min(leg.end, rules->during.end)};
		if (!is_bridged)
			coverage->silences++;
		else if (leg.start < leg.end)
			coverage->bridged += span_length(leg);
	}
	coverage->counts = movement.counts;
	coverage->silences -= (int64) movement.counts.jumps;
	qsort(lengths, nlengths, sizeof(uint64), compare_lengths);
	if (nlengths > 0)
		coverage->median = lengths[(nlengths - 1) / 2];
	pfree(lengths);
}

/* coverage(track, ...) */
Datum
coverage(PG_FUNCTION_ARGS)
{
	TupleDesc	descriptor;
	TrackView	track;
	MovementRules rules;
	Coverage	found;
	Datum		values[11];
	bool		nulls[11] = {false};
	int			n = 0;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "coverage() must return a row");
	track_view(fcinfo, 0, &track);
	if (!get_rules(fcinfo, &coverage_arguments, track.head.srid, &rules))
		PG_RETURN_NULL();
	get_coverage(&track.fixes, &rules, &found);

	values[n++] = Int64GetDatum((int64) track.fixes.nfixes);
	values[n++] = Int64GetDatum((int64) found.counts.outside);
	values[n++] = Int64GetDatum((int64) found.counts.inaccurate);
	values[n++] = Int64GetDatum((int64) found.counts.duplicates);
	values[n++] = Int64GetDatum((int64) found.counts.spikes);
	values[n++] = Int64GetDatum((int64) found.counts.kept);
	values[n++] = Int64GetDatum((int64) found.counts.jumps);
	values[n++] = Int64GetDatum(found.silences);
	values[n++] = interval_datum(found.bridged);
	nulls[n] = found.counts.kept < 2;
	values[n++] = interval_datum(found.median);
	if (found.counts.kept < 2)
		values[n] = CStringGetTextDatum("fewer than two fixes: no time can be told");
	else if (found.median > (uint64) rules.max_gap / 2)
		values[n] = CStringGetTextDatum("fixes are too rare for max_gap: half of all intervals are longer than half of it");
	else
		nulls[n] = true;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}
