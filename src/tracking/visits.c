/*
 * visits.c
 *	  visits() and touches(): a track among zones.
 */
#include "base/compat.h"

#include "base/options.h"
#include "base/postgis.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/duration.h"
#include "tracking/movement_arguments.h"
#include "tracking/stays.h"
#include "tracking/track.h"
#include "tracking/zones.h"
#include "utils/memutils.h"
#include "utils/multirangetypes.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(visits);
PG_FUNCTION_INFO_V1(touches);

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

static const MovementArguments visits_arguments = {
	.max_gap = 2,
	.max_speed = 5,
	.still_gap = 6,
	.still_radius = 7,
	.during = 9,
	.max_accuracy = 10,
	.max_spike = 11
};

static void
get_visit_rules(FunctionCallInfo fcinfo, int64 max_gap, VisitRules *rules)
{
	rules->merge_gap = option_duration(fcinfo, 3, "merge_gap");
	if (rules->merge_gap > max_gap)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"merge_gap\" is %s, which is longer than \"max_gap\", %s",
						option_interval_words(fcinfo, 3), option_interval_words(fcinfo, 2)),
				 errhint("Time away that is counted as part of a visit must be seen: make \"merge_gap\" shorter.")));
	rules->min_dwell = option_duration(fcinfo, 4, "min_dwell");
	rules->pass_speed = limit_argument(fcinfo, 8, "pass_speed");
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
	bool		is_void;
	Stays		stays;
	Visit		visit;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	is_void = !movement_arguments(fcinfo, &visits_arguments, &rules);
	get_visit_rules(fcinfo, rules.max_gap, &visit_rules);
	if (!get_track_and_zones(fcinfo, &track, &index) || is_void)
		return (Datum) 0;
	movement_require_planar(fcinfo, &visits_arguments, track.head.srid);
	if (!PG_ARGISNULL(8))
		postgis_require_planar(track.head.srid, "a speed or distance");
	visit_rules.is_planar = !postgis_is_geographic(track.head.srid);
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

static const MovementArguments touches_arguments = {
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
	bool		is_void;
	Stays		stays;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	is_void = !movement_arguments(fcinfo, &touches_arguments, &rules);
	if (!get_track_and_zones(fcinfo, &track, &index) || is_void)
		return (Datum) 0;
	movement_require_planar(fcinfo, &touches_arguments, track.head.srid);
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
