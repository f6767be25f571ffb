/*
 * track_accessors.c
 *	  What a track tells without any computing: its fixes and their number.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "base/postgis.h"
#include "base/skips.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/track.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(track_fixes);
PG_FUNCTION_INFO_V1(track_size);
PG_FUNCTION_INFO_V1(track_skipped);
PG_FUNCTION_INFO_V1(track_skipped_reason);
PG_FUNCTION_INFO_V1(track_srid);
PG_FUNCTION_INFO_V1(track_during);

/* fixes(track): in order. */
Datum
track_fixes(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	TrackView	view;
	FmgrInfo	geom_from_ewkb;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	track_view(fcinfo, 0, &view);
	postgis_geom_from_ewkb(&geom_from_ewkb, CurrentMemoryContext);
	for (size_t n = 0; n < view.fixes.nfixes; n++)
	{
		Fix			fix;
		Datum		values[3];
		bool		nulls[3] = {false};

		CHECK_FOR_INTERRUPTS();
		track_fix(&view.fixes, n, &fix);
		values[0] = TimestampTzGetDatum(fix.at);
		values[1] = postgis_make_point(&geom_from_ewkb, view.head.srid, fix.x, fix.y);
		values[2] = Float8GetDatum(fix.accuracy);
		nulls[2] = isinf(fix.accuracy);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[1]));
	}
	return (Datum) 0;
}

/* size(track): number of fixes. */
Datum
track_size(PG_FUNCTION_ARGS)
{
	TrackHead	head;

	PG_RETURN_INT64((int64) track_head(fcinfo, 0, &head));
}

/* skipped(track): fixes left out, for whatever reason. */
Datum
track_skipped(PG_FUNCTION_ARGS)
{
	TrackHead	head;

	track_head(fcinfo, 0, &head);
	return skips_total(head.skipped, TRACK_SKIPS);
}

/* skipped(track, reason) */
Datum
track_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[TRACK_SKIP_TIME] = "time",
		[TRACK_SKIP_GEOMETRY] = "geometry",
		[TRACK_SKIP_COORDINATES] = "coordinates",
		[TRACK_SKIP_ACCURACY] = "accuracy",
		NULL
	};
	TrackHead	head;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	track_head(fcinfo, 0, &head);
	return skips_of_reason(fcinfo, head.skipped, reasons);
}

/* srid(track): NULL while no fix was kept. */
Datum
track_srid(PG_FUNCTION_ARGS)
{
	TrackHead	head;

	track_head(fcinfo, 0, &head);
	if (head.srid == TRACK_NO_SRID)
		PG_RETURN_NULL();
	PG_RETURN_INT32(head.srid);
}

/* during(track): from the first fix to the last; NULL where there is none. */
Datum
track_during(PG_FUNCTION_ARGS)
{
	TypeCacheEntry *type = lookup_type_cache(TSTZRANGEOID, TYPECACHE_RANGE_INFO);
	TrackView	view;
	Fix			fix;
	RangeBound	lower = {.inclusive = true, .lower = true};
	RangeBound	upper = {.inclusive = true};

	track_view(fcinfo, 0, &view);
	if (view.fixes.nfixes == 0)
		PG_RETURN_NULL();
	track_fix(&view.fixes, 0, &fix);
	lower.val = TimestampTzGetDatum(fix.at);
	track_fix(&view.fixes, view.fixes.nfixes - 1, &fix);
	upper.val = TimestampTzGetDatum(fix.at);
	PG_RETURN_RANGE_P(make_range(type, &lower, &upper, false, NULL));
}
