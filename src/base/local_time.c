/*
 * local_time.c
 *	  Moments on the wall clock: see local_time.h.
 */
#include "base/compat.h"

#include "base/local_time.h"
#include "base/zone_name.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

/* So many are remembered: three decades of summer times. */
#define MAX_SPANS 64

/* How far before a moment its span is looked for: half a year and some. */
#define LOOK_BACK (200 * SECS_PER_DAY)

/* Whole seconds since 1970, rounded down: clocks change at whole seconds. */
static pg_time_t
seconds_of(TimestampTz at)
{
	int64		seconds = at / USECS_PER_SEC;

	if (at % USECS_PER_SEC < 0)
		seconds--;
	return (pg_time_t) (seconds + (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY);
}

static TimestampTz
moment_of(pg_time_t seconds)
{
	return (seconds - (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY) * USECS_PER_SEC;
}

static int64
offset_at(const pg_tz *zone, TimestampTz at)
{
	pg_time_t	seconds = seconds_of(at);
	struct pg_tm *tm = pg_localtime(&seconds, zone);

	if (tm == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	return tm->tm_gmtoff * USECS_PER_SEC;
}

/*
 * CET and some others are a zone with summer time, and an abbreviation without:
 * AT TIME ZONE takes them for the latter.
 */
static bool
is_ambiguous(const text *name, const pg_tz *zone)
{
	/* In January and in July of 2000. */
	static const TimestampTz times[] = {0, 182 * USECS_PER_DAY};

	for (int k = 0; k < lengthof(times); k++)
	{
		Timestamp	wall = DatumGetTimestamp(DirectFunctionCall2(timestamptz_zone,
																 PointerGetDatum(name),
																 TimestampTzGetDatum(times[k])));

		if (wall != times[k] + offset_at(zone, times[k]))
			return true;
	}
	return false;
}

pg_tz *
local_zone(const text *name)
{
	char	   *given = text_to_cstring(name);
	pg_tz	   *zone = zone_name_is_plain(given, strlen(given)) ? pg_tzset(given) : NULL;

	if (zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" not recognized", given),
				 errhint("Give a full name of pg_timezone_names, for example 'Europe/London'; an abbreviation such as 'BST' is one offset all year.")));
	if (is_ambiguous(name, zone))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" has summer time as a name and none as an abbreviation", given),
				 errhint("Give the name of a place, for example 'Europe/Paris'.")));
	pfree(given);
	return zone;
}

/* The next change of the clock, if only of its name: 1 if there is one, 0 or -1 if not. */
static int
next_change(const pg_tz *zone, pg_time_t from, pg_time_t *change)
{
	long		offset_before;
	long		offset_after;
	int			dst_before;
	int			dst_after;
	int			result = pg_next_dst_boundary(&from, &offset_before, &dst_before, change,
											  &offset_after, &dst_after, zone);

	/* At the very second of the last change in its table it does not look beyond. */
	if (result == 0)
	{
		from++;
		result = pg_next_dst_boundary(&from, &offset_before, &dst_before, change,
									  &offset_after, &dst_after, zone);
	}
	return result;
}

/*
 * The span around a moment.  The database only tells the next change of a clock:
 * start early enough and go from change to change, so that rows that go back in
 * time find it too.
 */
static LocalSpan
find_span(const pg_tz *zone, TimestampTz at)
{
	pg_time_t	seconds = seconds_of(at);
	pg_time_t	from = seconds - LOOK_BACK;
	LocalSpan	span;
	pg_time_t	change;
	int			found;

	span.offset = offset_at(zone, at);
	while ((found = next_change(zone, from, &change)) > 0 && change <= seconds)
		from = change;
	if (found < 0)
	{
		/* Beyond what the database can tell: this second alone. */
		from = seconds;
		change = seconds + 1;
	}
	span.from = moment_of(from);
	span.until = found == 0 || change >= seconds_of(END_TIMESTAMP) ? DT_NOEND : moment_of(change);
	return span;
}

static void
remember(LocalTime *local, int place, LocalSpan span)
{
	/* The same one, of which more is known now. */
	if (place < local->nspans && local->spans[place].until == span.until)
	{
		local->spans[place].from = span.from;
		return;
	}
	if (local->nspans == MAX_SPANS)
		local->nspans = place = 0;
	if (local->nspans == local->size)
	{
		local->size = Max(2 * local->size, 4);
		local->spans = local->spans == NULL ?
			MemoryContextAlloc(local->context, local->size * sizeof(LocalSpan)) :
			repalloc(local->spans, local->size * sizeof(LocalSpan));
	}
	memmove(&local->spans[place + 1], &local->spans[place],
			(local->nspans - place) * sizeof(LocalSpan));
	local->spans[place] = span;
	local->nspans++;
}

void
local_span(LocalTime *local, TimestampTz at)
{
	int			low = 0;
	int			high = local->nspans;

	/* The first that ends after the moment. */
	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (local->spans[middle].until > at)
			high = middle;
		else
			low = middle + 1;
	}
	if (low < local->nspans && local->spans[low].from <= at)
	{
		local->last = local->spans[low];
		return;
	}
	local->last = find_span(local->zone, at);
	remember(local, low, local->last);
}
