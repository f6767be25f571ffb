/*
 * quality_report.c
 *	  The final function of quality(): counts and shares in one row.
 */
#include "base/compat.h"

#include "access/htup_details.h"
#include "base/postgis.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "targeting/quality.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/typcache.h"

PG_FUNCTION_INFO_V1(quality_counts_report);

/*
 * A point is heavily repeated when it alone has one event in this many, and no
 * fewer than this: so at most 1000 points are, in a table of any size, and each of
 * them weighs as much as a hot spot.
 */
#define EVENTS_A_REPEATED_POINT 1000
#define REPEATED_AT_LEAST 10

/* The most repeated points that a report names. */
#define POINTS_NAMED 10

typedef struct NamedPoint
{
	int32		srid;
	QualityPoint point;
} NamedPoint;

/* What the points tell. */
typedef struct Places
{
	uint64		located;		/* events at points */
	uint64		npoints;
	int32		srid;			/* that of the area, or the commonest */
	bool		has_srid;
	uint64		other_srid;		/* events of others */
	uint64		at_origin;
	uint64		repeated_from;
	uint64		repeated;		/* events at points of so many */
	uint64		repeated_points;
	uint64		tested;			/* events held against the area */
	uint64		outside;
	int			nnamed;
	NamedPoint	named[POINTS_NAMED];	/* the most repeated */
} Places;

/* ---- reckoning ---- */

/* Whether a is named before b. */
static bool
is_more_repeated(const NamedPoint *a, const NamedPoint *b)
{
	if (a->point.events != b->point.events)
		return a->point.events > b->point.events;
	if (a->srid != b->srid)
		return a->srid < b->srid;
	return quality_compare_points(&a->point, &b->point) < 0;
}

static void
name_point(Places *places, NamedPoint one)
{
	int			n = places->nnamed;

	if (one.point.events < 2 ||
		(n == POINTS_NAMED && !is_more_repeated(&one, &places->named[n - 1])))
		return;
	if (n == POINTS_NAMED)
		n--;
	else
		places->nnamed++;
	for (; n > 0 && is_more_repeated(&one, &places->named[n - 1]); n--)
		places->named[n] = places->named[n - 1];
	places->named[n] = one;
}

/* What is told of the points while they are shown. */
typedef struct Survey
{
	QualityHead head;
	uint64		events[QUALITY_MAX_SYSTEMS];	/* by reference system */
	Places		places;
} Survey;

static void
add_events(int k, const QualityPoint *point, void *visitor)
{
	((Survey *) visitor)->events[k] += point->events;
}

/* Find the reference system of the events, and how many events there are. */
static void
survey_systems(Survey *survey)
{
	Places	   *places = &survey->places;
	uint64		most = 0;

	places->has_srid = survey->head.area != 0;
	places->srid = survey->head.area_srid;
	for (int k = 0; k < survey->head.nsystems; k++)
	{
		QualitySystem system = survey->head.systems[k];
		uint64		events = survey->events[k];

		if (survey->head.area == 0 &&
			(events > most || (events == most && system.srid < places->srid)))
		{
			places->has_srid = true;
			places->srid = system.srid;
			most = events;
		}
		places->located += events;
		places->npoints += system.npoints;
	}
	places->repeated_from = Max((places->located + EVENTS_A_REPEATED_POINT - 1) / EVENTS_A_REPEATED_POINT,
								REPEATED_AT_LEAST);
}

static void
survey_point(int k, const QualityPoint *point, void *visitor)
{
	Survey	   *survey = visitor;
	Places	   *places = &survey->places;
	int32		srid = survey->head.systems[k].srid;

	if (srid != places->srid)
		places->other_srid += point->events;
	else if (survey->head.area != 0)
	{
		places->tested += point->events;
		places->outside += point->outside ? point->events : 0;
	}
	if (point->at.x == 0 && point->at.y == 0)
		places->at_origin += point->events;
	if (point->events >= places->repeated_from)
	{
		places->repeated += point->events;
		places->repeated_points++;
	}
	name_point(places, (NamedPoint) {srid, *point});
}

/* ---- the row ---- */

#define MOST_COLUMNS 48

/* Columns, put one after the other. */
typedef struct Row
{
	int			n;
	Datum		values[MOST_COLUMNS];
	bool		nulls[MOST_COLUMNS];
} Row;

static void
put(Row *row, Datum value, bool is_null)
{
	Assert(row->n < MOST_COLUMNS);
	row->values[row->n] = value;
	row->nulls[row->n++] = is_null;
}

static void
put_count(Row *row, uint64 count)
{
	put(row, Int64GetDatum((int64) count), false);
}

static void
put_share(Row *row, uint64 count, uint64 of)
{
	put(row, Float8GetDatum(of == 0 ? 0 : (double) count / (double) of), of == 0);
}

static void
put_count_and_share(Row *row, uint64 count, uint64 of)
{
	put_count(row, count);
	put_share(row, count, of);
}

/* The most repeated points, as an array of a composite type. */
static Datum
named_points(const Places *places, Oid array_type)
{
	Oid			type = get_element_type(array_type);
	TupleDesc	descriptor = lookup_rowtype_tupdesc(type, -1);
	Datum		elements[POINTS_NAMED];
	FmgrInfo	geom_from_ewkb;

	postgis_geom_from_ewkb(&geom_from_ewkb, CurrentMemoryContext);
	for (int k = 0; k < places->nnamed; k++)
	{
		const NamedPoint *one = &places->named[k];
		Row			row = {0};

		put(&row, postgis_make_point(&geom_from_ewkb, one->srid, one->point.at.x, one->point.at.y), false);
		put_count_and_share(&row, one->point.events, places->located);
		elements[k] = HeapTupleGetDatum(heap_form_tuple(descriptor, row.values, row.nulls));
	}
	ReleaseTupleDesc(descriptor);
	return PointerGetDatum(construct_array(elements, places->nnamed, type, -1, false, TYPALIGN_DOUBLE));
}

static void
put_places(Row *row, const Places *places, bool area_is_known, TupleDesc descriptor)
{
	put_count(row, places->located);
	put(row, Int32GetDatum(places->srid), !places->has_srid);
	put_count_and_share(row, places->other_srid, places->located);
	put_count_and_share(row, places->at_origin, places->located);
	put_count(row, places->npoints);
	put_count(row, places->repeated_from);
	put_count(row, places->repeated_points);
	put_count_and_share(row, places->repeated, places->located);
	put(row, named_points(places, TupleDescAttr(descriptor, row->n)->atttypid), false);
	put(row, Int64GetDatum((int64) places->tested), !area_is_known);
	put(row, Int64GetDatum((int64) places->outside), !area_is_known);
	put_share(row, places->outside, places->tested);
}

static void
put_times(Row *row, const uint64 *counts, uint64 rows)
{
	put_count_and_share(row, rows - counts[QUALITY_TIMED], rows);
	put_count(row, counts[QUALITY_TIMED]);
	put_count_and_share(row, counts[QUALITY_MIDNIGHT], counts[QUALITY_TIMED]);
	put_count_and_share(row, counts[QUALITY_FIRST_OF_MONTH], counts[QUALITY_TIMED]);
	put_count_and_share(row, counts[QUALITY_FUTURE], counts[QUALITY_TIMED]);
	put_count(row, counts[QUALITY_FINISHED]);
	put_count_and_share(row, counts[QUALITY_REVERSED], counts[QUALITY_FINISHED]);
}

/* Final function of quality(); no row at all is NULL here. */
Datum
quality_counts_report(PG_FUNCTION_ARGS)
{
	Survey		survey = {{{0}}};
	const uint64 *counts = survey.head.counts;
	bool		area_is_known;
	Row			row = {0};
	uint64		rows;
	TupleDesc	descriptor;

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "the function must return a quality_report");
	if (!PG_ARGISNULL(0))
	{
		quality_head(PG_GETARG_DATUM(0), &survey.head);
		quality_visit(PG_GETARG_DATUM(0), add_events, &survey);
	}
	survey_systems(&survey);
	if (!PG_ARGISNULL(0))
		quality_visit(PG_GETARG_DATUM(0), survey_point, &survey);

	area_is_known = survey.head.area != 0;
	rows = survey.places.located;
	for (int k = QUALITY_MISSING; k <= QUALITY_NOT_FINITE; k++)
		rows += counts[k];
	put_count(&row, rows);
	for (int k = QUALITY_MISSING; k <= QUALITY_NOT_FINITE; k++)
		put_count_and_share(&row, counts[k], rows);
	put_places(&row, &survey.places, area_is_known, descriptor);
	put_times(&row, counts, rows);
	Assert(row.n == descriptor->natts);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), row.values, row.nulls));
}
