/*
 * week.c
 *	  SQL type week: its expanded form.
 */
#include "base/compat.h"

#include "tasking/week.h"

/* ---- time zones ---- */

pg_noreturn static void
zones_differ(const char *first, const char *second)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("time zones differ: \"%s\" and \"%s\"", first, second),
			 errhint("A week has one time zone: GROUP BY it.")));
}

static bool
same_text(const text *a, const text *b)
{
	return VARSIZE_ANY_EXHDR(a) == VARSIZE_ANY_EXHDR(b) &&
		memcmp(VARDATA_ANY(a), VARDATA_ANY(b), VARSIZE_ANY_EXHDR(a)) == 0;
}

void
week_use_zone(Week *week, const text *zone)
{
	MemoryContext context = week->summary.header.eoh_context;
	const char *name;

	if (likely(week->given != NULL && same_text(week->given, zone)))
		return;

	/* The first, or maybe another spelling. */
	week->local.zone = local_zone(zone);
	name = pg_get_timezone_name(week->local.zone);
	if (week->zone == NULL)
		week->zone = MemoryContextStrdup(context, name);
	else if (strcmp(week->zone, name) != 0)
		zones_differ(week->zone, name);
	if (week->given != NULL)
		pfree(week->given);
	week->given = MemoryContextAlloc(context, VARSIZE_ANY(zone));
	memcpy(week->given, zone, VARSIZE_ANY(zone));
}

/* ---- adding ---- */

Week *
week_create(FunctionCallInfo fcinfo)
{
	Week	   *week = (Week *) summary_create(fcinfo, &week_kind);

	week->local.context = week->summary.header.eoh_context;
	return week;
}

/* Room for an hour that had no weight yet. */
static WeekHour *
new_hour(Week *week, int hour)
{
	if (week->nhours == week->size)
	{
		week->size = Min(Max(2 * week->size, 8), WEEK_HOURS);
		week->hours = week->hours == NULL ?
			MemoryContextAlloc(week->summary.header.eoh_context, week->size * sizeof(WeekHour)) :
			repalloc(week->hours, week->size * sizeof(WeekHour));
	}
	week->hours[week->nhours] = (WeekHour) {0};
	week->place[hour] = (uint8) ++week->nhours;
	return &week->hours[week->nhours - 1];
}

static void
add_to_hour(Week *week, int hour, uint64 weight, Exact harm)
{
	WeekHour   *sum = likely(week->place[hour] != 0) ?
		&week->hours[week->place[hour] - 1] : new_hour(week, hour);

	/* Their range is that of the number of events: see WEEK_MAX_EVENTS. */
	sum->weight += weight;
	sum->harm += harm;
}

static void
count_events(Week *week, uint64 events)
{
	if (unlikely(events > WEEK_MAX_EVENTS - week->events))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a week cannot hold more than " UINT64_FORMAT " events",
						WEEK_MAX_EVENTS)));
	week->events += events;
}

void
week_add(Week *week, const AoristicPart *parts, int nparts, int64 harm)
{
	count_events(week, 1);
	for (int n = 0; n < nparts; n++)
		add_to_hour(week, parts[n].hour, parts[n].weight, (Exact) harm * parts[n].weight);
}

void
week_skip(Week *week, WeekSkip reason, uint64 events)
{
	if (events > WEEK_MAX_SKIPPED - week->skipped[reason])
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped events is out of range")));
	week->skipped[reason] += events;
}

/* ---- the kind ---- */

static void
sums_of(const Week *week, WeekSums *sums)
{
	memset(sums, 0, sizeof(*sums));
	sums->zone = week->zone;
	sums->zone_length = strlen(week->zone);
	memcpy(sums->skipped, week->skipped, sizeof(sums->skipped));
	for (int hour = 0; hour < WEEK_HOURS; hour++)
		if (week->place[hour] != 0)
			sums->hours[hour] = week->hours[week->place[hour] - 1];
}

static void
add_sums(Week *week, const WeekSums *sums)
{
	char	   *zone = pnstrdup(sums->zone, sums->zone_length);

	if (week->zone == NULL)
	{
		week->zone = MemoryContextStrdup(week->summary.header.eoh_context, zone);
		week->local.context = week->summary.header.eoh_context;
	}
	else if (strcmp(week->zone, zone) != 0)
		zones_differ(week->zone, zone);
	pfree(zone);

	for (int k = 0; k < WEEK_SKIPS; k++)
		week_skip(week, k, sums->skipped[k]);
	count_events(week, week_weight(sums) / EVENT_WEIGHT);
	for (int hour = 0; hour < WEEK_HOURS; hour++)
		if (sums->hours[hour].weight > 0)
			add_to_hour(week, hour, sums->hours[hour].weight, sums->hours[hour].harm);
}

static void
week_absorb(Summary *summary, Summary *other)
{
	/* A copy, for it may be the same one. */
	WeekSums	sums;

	sums_of((Week *) other, &sums);
	add_sums((Week *) summary, &sums);
}

static void
week_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	WeekSums	sums;

	week_flat_read(&sums, body);
	add_sums((Week *) summary, &sums);
}

static Size
week_measure(Summary *summary)
{
	WeekSums	sums;

	sums_of((Week *) summary, &sums);
	return week_flat_size(&sums);
}

static void
week_flatten(Summary *summary, uint8 *body, Size size)
{
	WeekSums	sums;

	sums_of((Week *) summary, &sums);
	week_flat_write(&sums, body);
}

const SummaryKind week_kind = {
	.type_name = "week",
	.version = 1,
	.code = 'w',
	.struct_size = sizeof(Week),
	.check = week_flat_check,
	.absorb = week_absorb,
	.absorb_flat = week_absorb_flat,
	.measure = week_measure,
	.flatten = week_flatten
};

SUMMARY_FUNCTIONS(week, &week_kind);

void
week_view(FunctionCallInfo fcinfo, int argno, WeekSums *sums)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(PG_GETARG_DATUM(argno), &week_kind, &body, &size);

	if (summary != NULL)
		sums_of((Week *) summary, sums);
	else
		week_flat_read(sums, body);
}
