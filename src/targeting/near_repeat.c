/*
 * near_repeat.c
 *	  SQL function near_repeat(): whether events come near each other in space and
 *	  time more often than chance has it.
 */
#include "base/compat.h"

#include <math.h>

#include "base/distribution.h"
#include "base/local_time.h"
#include "base/note.h"
#include "base/options.h"
#include "base/postgis.h"
#include "base/skips.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/incidents.h"
#include "targeting/knox.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(near_repeat);

#define MAX_BANDS 100

/* Distances whose squares doubles hold well. */
#define LEAST_DISTANCE 1e-9
#define GREATEST_DISTANCE 1e16

/* What was asked for. */
typedef struct Question
{
	int			ndistances;		/* edges, of which there is one more than bands */
	double	   *distances;
	int			nintervals;
	int64	   *intervals;		/* in microseconds */
	bool		by_day;
	bool		rest;			/* the pairs beyond the last edges, too */
} Question;

/* ---- arguments ---- */

static void
require_bands(int nedges, const char *name, const char *example)
{
	if (nedges < 2 || nedges > MAX_BANDS + 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" has %d elements, but must have from 2 to %d",
						name, nedges, MAX_BANDS + 1),
				 errhint("Give the edges of the bands, which are one more than the bands: %s are two.",
						 example)));
}

static double
distance_edge(Datum element, bool is_null)
{
	double		edge;

	if (is_null)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("an element of argument \"%s\" is NULL", "distances")));
	edge = DatumGetFloat8(element);
	if (edge != 0 && !(edge >= LEAST_DISTANCE && edge <= GREATEST_DISTANCE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("an element of argument \"%s\" is %g, but must be 0 or from %g to %g",
						"distances", edge, LEAST_DISTANCE, GREATEST_DISTANCE),
				 errhint("For the pairs beyond the last distance give rest => true.")));
	return edge == 0 ? 0 : edge;
}

static void
distances_argument(FunctionCallInfo fcinfo, int argno, Question *question)
{
	Datum	   *elements;
	bool	   *nulls;
	double	   *edges;
	int			n;

	option_require(fcinfo, argno, "distances");
	n = option_elements(fcinfo, argno, "distances", &elements, &nulls);
	require_bands(n, "distances", "{0,100,200}");
	edges = palloc(n * sizeof(double));
	for (int k = 0; k < n; k++)
	{
		edges[k] = distance_edge(elements[k], nulls[k]);
		if (k > 0 && edges[k] <= edges[k - 1])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("elements %d and %d of argument \"%s\" do not ascend",
							k, k + 1, "distances"),
					 errhint("Give each once, in ascending order.")));
	}
	question->ndistances = n;
	question->distances = edges;
}

static void
intervals_argument(FunctionCallInfo fcinfo, int argno, Question *question)
{
	question->nintervals = option_durations(fcinfo, argno, "intervals", &question->intervals);
	require_bands(question->nintervals, "intervals", "{0,1 day,8 days}");
	for (int k = 0; k < question->nintervals && question->by_day; k++)
		if (question->intervals[k] % USECS_PER_DAY != 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("element %d of argument \"%s\" is no whole number of days",
							k + 1, "intervals"),
					 errhint("Give by => 'time' to compare times and not dates.")));
}

/* ---- counting ---- */

/* Put the number of the local date in place of the time; events stay by time. */
static void
days_for_times(Event *events, size_t nevents, LocalTime *local)
{
	bool		ascending = true;

	for (size_t n = 0; n < nevents; n++)
	{
		Timestamp	wall = local_time(local, events[n].at);

		CHECK_FOR_INTERRUPTS();
		events[n].at = wall / USECS_PER_DAY - (wall % USECS_PER_DAY < 0);
		if (n > 0 && events[n].at < events[n - 1].at)
			ascending = false;
	}

	/* Clocks have been put back from past midnight to the day before. */
	if (!ascending)
		sort_events(events, nevents);
}

/*
 * Pairs by band.  Where the rest is asked for as well, a band of the pairs below
 * the first edge is put first, or the rest would hold them.
 */
static void
count_pairs(const Question *question, IncidentsView *view, KnoxTable *table,
			int *hidden_distances, int *hidden_times)
{
	double	   *distances = palloc0((question->ndistances + 1) * sizeof(double));
	uint64	   *times = palloc0((question->nintervals + 1) * sizeof(uint64));
	DistanceBands distance_bands = {question->ndistances - 1, distances};
	TimeBands	time_bands = {question->nintervals - 1, times};

	*hidden_distances = question->rest && question->distances[0] > 0;
	*hidden_times = question->rest && question->intervals[0] > 0;
	distance_bands.n += *hidden_distances;
	time_bands.n += *hidden_times;
	for (int k = 0; k < question->ndistances; k++)
		distances[k + *hidden_distances] = question->distances[k];
	for (int k = 0; k < question->nintervals; k++)
		times[k + *hidden_times] = (uint64) question->intervals[k] /
			(question->by_day ? USECS_PER_DAY : 1);
	knox_count(view->events, view->nevents, &distance_bands, &time_bands, table);
}

/* ---- the answer ---- */

static Datum
interval_datum(int64 length)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->day = (int32) (length / USECS_PER_DAY);
	interval->time = length % USECS_PER_DAY;
	return IntervalPGetDatum(interval);
}

/* Why a number is NULL. */
static void
note_undefined(StringInfo note, uint64 nevents, const KnoxMargin *near, const KnoxMargin *soon,
			   const KnoxMoments *moments)
{
	if (nevents < 4)
		note_add(note, "fewer than 4 events");
	if (nevents >= 2 && near->pairs == 0)
		note_add(note, "no pair at that distance");
	if (nevents >= 2 && soon->pairs == 0)
		note_add(note, "no pair at that interval");
	if (nevents >= 4 && isnan(moments->z) && moments->expected > 0)
		note_add(note, "the number of pairs would be the same whatever the times");
}

static void
put_number(Datum *values, bool *nulls, int column, double value)
{
	nulls[column] = isnan(value);
	values[column] = Float8GetDatum(value);
}

/* A row: the band of distance and that of time, counted as the question has them. */
static void
put_row(ReturnSetInfo *result, const Question *question, int distance, int time,
		uint64 nevents, const KnoxMargin *near, const KnoxMargin *soon, uint64 observed,
		StringInfo note)
{
	KnoxMoments moments = knox_moments(nevents, near, soon, observed);
	Datum		values[13];
	bool		nulls[13] = {false};

	note_undefined(note, nevents, near, soon, &moments);
	values[0] = Float8GetDatum(question->distances[distance]);
	nulls[1] = distance + 1 == question->ndistances;
	values[1] = nulls[1] ? (Datum) 0 : Float8GetDatum(question->distances[distance + 1]);
	values[2] = interval_datum(question->intervals[time]);
	nulls[3] = time + 1 == question->nintervals;
	values[3] = nulls[3] ? (Datum) 0 : interval_datum(question->intervals[time + 1]);
	values[4] = Int64GetDatum((int64) observed);
	put_number(values, nulls, 5, moments.expected);
	put_number(values, nulls, 6, moments.ratio);
	put_number(values, nulls, 7, sqrt(moments.variance));
	put_number(values, nulls, 8, moments.z);
	put_number(values, nulls, 9, isnan(moments.z) ? NAN :
			   count_upper_p(observed, moments.expected, moments.variance));
	values[10] = Int64GetDatum((int64) near->pairs);
	values[11] = Int64GetDatum((int64) soon->pairs);
	nulls[12] = note->len == 0;
	values[12] = nulls[12] ? (Datum) 0 : CStringGetTextDatum(note_text(note));
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* near_repeat(incidents, distances, intervals, by, tz, rest) */
Datum
near_repeat(PG_FUNCTION_ARGS)
{
	static const char *const units[] = {"day", "time", NULL};
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Question	question;
	LocalTime	local = {.context = CurrentMemoryContext};
	IncidentsView view;
	KnoxTable	table;
	StringInfoData note;
	int			hidden_distances;
	int			hidden_times;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	question.by_day = option_choice(fcinfo, 3, "by", units) == 0;
	distances_argument(fcinfo, 1, &question);
	intervals_argument(fcinfo, 2, &question);
	option_require(fcinfo, 4, "tz");
	option_require(fcinfo, 5, "rest");
	question.rest = PG_GETARG_BOOL(5);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	incidents_view(fcinfo, 0, &view);
	if (view.head.srid != INCIDENTS_NO_SRID)
		postgis_require_planar(view.head.srid, "the distance of events");
	if (view.nevents > KNOX_MAX_EVENTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the incidents have %zu events, more than the limit of " UINT64_FORMAT,
						view.nevents, KNOX_MAX_EVENTS),
				 errhint("Take fewer, for example by area or by year.")));
	if (question.by_day)
	{
		local.zone = local_zone(PG_GETARG_TEXT_PP(4));
		days_for_times(view.events, view.nevents, &local);
	}
	count_pairs(&question, &view, &table, &hidden_distances, &hidden_times);

	initStringInfo(&note);
	skips_note(&note, view.head.skipped, INCIDENTS_SKIPS);
	for (int d = hidden_distances; d < table.ndistances - !question.rest; d++)
		for (int t = hidden_times; t < table.ntimes - !question.rest; t++)
		{
			CHECK_FOR_INTERRUPTS();
			put_row(result, &question, d - hidden_distances, t - hidden_times, table.nevents,
					&table.near[d], &table.soon[t], table.both[d * table.ntimes + t], &note);
			resetStringInfo(&note);
		}
	return (Datum) 0;
}
