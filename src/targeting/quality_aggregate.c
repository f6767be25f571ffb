/*
 * quality_aggregate.c
 *	  The steps of the aggregates quality().
 *
 * Arguments: 0 the transition value, 1 the geometry, 2 start, 3 finish, 4 the
 * area, 5 the time zone.
 */
#include "base/compat.h"

#include <math.h>

#include "access/xact.h"
#include "base/options.h"
#include "base/postgis.h"
#include "targeting/quality.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(quality_counts_add);
PG_FUNCTION_INFO_V1(quality_counts_add_wall_times);
PG_FUNCTION_INFO_V1(quality_counts_add_dates);

/* ---- the area ---- */

/* Up to this size areas are compared in full at every row, and above piecemeal. */
#define AREA_PIECE 512

/*
 * Whether the bytes of the area, stored or not, are those that the last row gave.
 * Of large ones at the same place in memory the beginning is compared and one piece,
 * another one at the next row: most often nothing wrote there, and to read 100 kB
 * five million times would take longer than all else.
 */
static bool
is_given_area(AreaGiven *given, const struct varlena *area)
{
	const char *bytes = (const char *) area;
	Size		from = given->next;
	Size		length;

	if (VARATT_IS_EXTERNAL(area) && !VARATT_IS_EXTERNAL_ONDISK(area))
		return false;
	if (given->size == 0 || VARSIZE_ANY(area) != given->size)
		return false;
	if (given->size <= AREA_PIECE || given->address != area)
	{
		given->address = area;
		return memcmp(bytes, given->bytes, given->size) == 0;
	}
	length = Min(AREA_PIECE, given->size - from);
	given->next = from + length == given->size ? 0 : from + length;
	return memcmp(bytes, given->bytes, AREA_PIECE) == 0 &&
		memcmp(bytes + from, given->bytes + from, length) == 0;
}

static void
remember_area(Quality *quality, const struct varlena *area)
{
	AreaGiven  *given = &quality->given;
	Size		size = VARSIZE_ANY(area);

	if (given->bytes != NULL)
		pfree(given->bytes);
	given->bytes = MemoryContextAllocHuge(quality->summary.header.eoh_context, size);
	memcpy(given->bytes, area, size);
	given->size = size;
	given->address = area;
	given->next = 0;
}

/* See to it that the area is that of all rows, and ready for points. */
static pg_noinline void
take_area(Quality *quality, Datum argument)
{
	Datum		geometry = PointerGetDatum(PG_DETOAST_DATUM_PACKED(argument));
	int32		srid;
	uint64		hash = area_hash(geometry, &srid);

	quality_use_area(quality, hash, srid);
	if (quality->prepared == NULL)
	{
		MemoryContext caller = MemoryContextSwitchTo(quality->summary.header.eoh_context);

		quality->prepared = area_build(geometry);
		MemoryContextSwitchTo(caller);
	}
	remember_area(quality, (struct varlena *) DatumGetPointer(argument));
}

static inline void
area_argument(FunctionCallInfo fcinfo, Quality *quality)
{
	if (PG_ARGISNULL(4))
		quality_use_area(quality, 0, QUALITY_NO_AREA_SRID);
	else if (!is_given_area(&quality->given, (struct varlena *) PG_GETARG_POINTER(4)) ||
			 unlikely(quality->prepared == NULL))
		take_area(quality, PG_GETARG_DATUM(4));
}

/* ---- the point ---- */

static inline void
add_point(FunctionCallInfo fcinfo, Quality *quality)
{
	GeometryPoint at;
	int32		srid;
	GeometryStatus status;

	if (PG_ARGISNULL(1))
	{
		quality_count(quality, QUALITY_MISSING, 1);
		return;
	}
	status = postgis_point_if_any(PG_GETARG_DATUM(1), &srid, &at);
	if (unlikely(status == GEOMETRY_EMPTY))
		quality_count(quality, QUALITY_EMPTY, 1);
	else if (unlikely(status == GEOMETRY_OTHER_TYPE))
		quality_count(quality, QUALITY_NOT_A_POINT, 1);
	else if (unlikely(!isfinite(at.x) || !isfinite(at.y)))
		quality_count(quality, QUALITY_NOT_FINITE, 1);
	else
		quality_put(quality, srid, at);
}

/* ---- the times ---- */

/* Wall time of a moment in a zone, or of a timestamp where there is no zone. */
static inline fsec_t
wall_time(Timestamp at, pg_tz *zone, struct pg_tm *tm)
{
	fsec_t		fsec;
	int			offset;

	if (timestamp2tm(at, zone == NULL ? NULL : &offset, tm, &fsec, NULL, zone) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	return fsec;
}

/* The time of the transaction as a timestamp. */
static Timestamp
wall_now(pg_tz *zone)
{
	struct pg_tm tm;
	Timestamp	now;
	fsec_t		fsec = wall_time(GetCurrentTransactionStartTimestamp(), zone, &tm);

	if (tm2timestamp(&tm, fsec, NULL, &now) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	return now;
}

pg_noreturn static void
unknown_tz(const char *tz)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("time zone \"%s\" not recognized", tz),
			 errhint("Use a name of pg_timezone_names, for example 'Europe/London': an abbreviation does not change its clocks.")));
	pg_unreachable();
}

/* Take the time zone, which must be given where times are. */
static void
tz_argument(FunctionCallInfo fcinfo, Quality *quality)
{
	text	   *tz;

	if (PG_ARGISNULL(5))
	{
		if (!PG_ARGISNULL(2) || !PG_ARGISNULL(3))
			option_require(fcinfo, 5, "tz");
		return;
	}
	tz = PG_GETARG_TEXT_PP(5);
	if (quality->tz == NULL &&
		!quality_tz_is_plain(VARDATA_ANY(tz), VARSIZE_ANY_EXHDR(tz)))
		unknown_tz(text_to_cstring(tz));
	quality_use_tz(quality, VARDATA_ANY(tz), VARSIZE_ANY_EXHDR(tz));
	if (quality->zone == NULL)
	{
		quality->zone = pg_tzset(quality->tz);
		if (quality->zone == NULL)
			unknown_tz(quality->tz);
		quality->now = wall_now(quality->zone);
	}
}

/*
 * Count a row by its times: timestamps, which are of the zone, or moments when the
 * zone is given here.
 */
static inline void
add_times(Quality *quality, bool start_is_known, Timestamp start,
		  bool finish_is_known, Timestamp finish, pg_tz *zone)
{
	if (!start_is_known || TIMESTAMP_NOT_FINITE(start))
		return;
	quality_count(quality, QUALITY_TIMED, 1);

	/* Zones differ by whole seconds. */
	if (start % USECS_PER_SEC == 0)
	{
		struct pg_tm tm;

		wall_time(start, zone, &tm);
		if (tm.tm_hour == 0 && tm.tm_min == 0 && tm.tm_sec == 0)
		{
			quality_count(quality, QUALITY_MIDNIGHT, 1);
			if (tm.tm_mday == 1)
				quality_count(quality, QUALITY_FIRST_OF_MONTH, 1);
		}
	}
	if (start > (zone == NULL ? quality->now : GetCurrentTransactionStartTimestamp()))
		quality_count(quality, QUALITY_FUTURE, 1);
	if (finish_is_known && !TIMESTAMP_NOT_FINITE(finish))
	{
		quality_count(quality, QUALITY_FINISHED, 1);
		if (finish < start)
			quality_count(quality, QUALITY_REVERSED, 1);
	}
}

/* ---- the steps ---- */

/* The transition value with all of the row but its times. */
static inline Quality *
add_row(FunctionCallInfo fcinfo)
{
	Quality    *quality = (Quality *) summary_own(fcinfo, 0, &quality_kind);

	if (quality == NULL)
		quality = (Quality *) summary_create(fcinfo, &quality_kind);
	area_argument(fcinfo, quality);
	tz_argument(fcinfo, quality);
	add_point(fcinfo, quality);
	return quality;
}

/* Step of quality(geom, start timestamptz, finish timestamptz, area, tz). */
Datum
quality_counts_add(PG_FUNCTION_ARGS)
{
	Quality    *quality = add_row(fcinfo);

	add_times(quality, !PG_ARGISNULL(2), PG_GETARG_TIMESTAMPTZ(2),
			  !PG_ARGISNULL(3), PG_GETARG_TIMESTAMPTZ(3), quality->zone);
	return summary_result(&quality->summary);
}

/* Step of quality(geom, start timestamp, finish timestamp, area, tz). */
Datum
quality_counts_add_wall_times(PG_FUNCTION_ARGS)
{
	Quality    *quality = add_row(fcinfo);

	add_times(quality, !PG_ARGISNULL(2), PG_GETARG_TIMESTAMP(2),
			  !PG_ARGISNULL(3), PG_GETARG_TIMESTAMP(3), NULL);
	return summary_result(&quality->summary);
}

/* The midnight with which a date begins. */
static Timestamp
midnight_argument(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return 0;
	return DatumGetTimestamp(DirectFunctionCall1(date_timestamp, PG_GETARG_DATUM(argno)));
}

/* Step of quality(geom, start date, finish date, area, tz). */
Datum
quality_counts_add_dates(PG_FUNCTION_ARGS)
{
	Quality    *quality = add_row(fcinfo);

	add_times(quality, !PG_ARGISNULL(2), midnight_argument(fcinfo, 2),
			  !PG_ARGISNULL(3), midnight_argument(fcinfo, 3), NULL);
	return summary_result(&quality->summary);
}
