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
#include "utils/datetime.h"
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

/* The midnight of a first of a month, of a wall time that is a midnight. */
static bool
is_first_of_month(Timestamp midnight)
{
	int			year;
	int			month;
	int			day;

	j2date((int) (midnight / USECS_PER_DAY + POSTGRES_EPOCH_JDATE), &year, &month, &day);
	return day == 1;
}

/* Take the time zone, which must be given where times are. */
static inline void
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
	if (unlikely(quality->local.zone == NULL))
	{
		quality->local.zone = local_zone(tz);
		quality->local.context = quality->summary.header.eoh_context;
		quality->now = local_time(&quality->local, GetCurrentTransactionStartTimestamp());
	}
	quality_use_tz(quality, VARDATA_ANY(tz), VARSIZE_ANY_EXHDR(tz));
}

/*
 * Count a row by its start, in wall time and as it is compared with now, and by its
 * finish, likewise.
 */
static inline void
add_times(Quality *quality, Timestamp wall, int64 start, int64 now, bool finish_is_known, int64 finish)
{
	quality_count(quality, QUALITY_TIMED, 1);
	if (wall % USECS_PER_DAY == 0)
	{
		quality_count(quality, QUALITY_MIDNIGHT, 1);
		if (is_first_of_month(wall))
			quality_count(quality, QUALITY_FIRST_OF_MONTH, 1);
	}
	if (start > now)
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
	TimestampTz start = PG_ARGISNULL(2) ? DT_NOEND : PG_GETARG_TIMESTAMPTZ(2);

	if (!TIMESTAMP_NOT_FINITE(start))
		add_times(quality, local_time(&quality->local, start), start,
				  GetCurrentTransactionStartTimestamp(), !PG_ARGISNULL(3), PG_GETARG_TIMESTAMPTZ(3));
	return summary_result(&quality->summary);
}

/* Of wall times. */
static Datum
add_wall_times(FunctionCallInfo fcinfo, Timestamp start, Timestamp finish)
{
	Quality    *quality = add_row(fcinfo);

	if (!PG_ARGISNULL(2) && !TIMESTAMP_NOT_FINITE(start))
		add_times(quality, start, start, quality->now, !PG_ARGISNULL(3), finish);
	return summary_result(&quality->summary);
}

/* Step of quality(geom, start timestamp, finish timestamp, area, tz). */
Datum
quality_counts_add_wall_times(PG_FUNCTION_ARGS)
{
	return add_wall_times(fcinfo, PG_GETARG_TIMESTAMP(2), PG_GETARG_TIMESTAMP(3));
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
	return add_wall_times(fcinfo, midnight_argument(fcinfo, 2), midnight_argument(fcinfo, 3));
}
