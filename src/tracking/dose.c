/*
 * dose.c
 *	  What a zone was given, day by day: see dose.h.
 */
#include "base/compat.h"

#include "common/int.h"
#include "miscadmin.h"
#include "tracking/dose.h"

DayDose *
doses_day(const Doses *doses, int64 at)
{
	ptrdiff_t	day = period_of(doses->bounds, doses->ndays + 1, at);

	return day < 0 || day >= (ptrdiff_t) doses->ndays ? NULL : &doses->days[day];
}

/* The part of a span on a day; returns its length, 0 when there is none. */
static uint64
part_on_day(const Doses *doses, size_t day, Span span)
{
	Span		part = {
		Max(span.start, doses->bounds[day]),
		Min(span.end, doses->bounds[day + 1])
	};

	return part.start < part.end ? span_length(part) : 0;
}

/* The days that a span touches: from the first on, while they begin before its end. */
static size_t
first_day(const Doses *doses, Span span)
{
	return (size_t) Max(period_of(doses->bounds, doses->ndays + 1, span.start), 0);
}

static bool
day_is_touched(const Doses *doses, size_t day, Span span)
{
	return day < doses->ndays && doses->bounds[day] < span.end;
}

static void
add_time(Doses *doses, const Span *spans, size_t nspans, DoseTime which)
{
	for (size_t k = 0; k < nspans; k++)
		for (size_t day = first_day(doses, spans[k]); day_is_touched(doses, day, spans[k]); day++)
		{
			CHECK_FOR_INTERRUPTS();
			doses->days[day].time[which] += part_on_day(doses, day, spans[k]);
		}
}

/* On how many days a unit was there, and how often it came. */
static void
add_unit(Doses *doses, const Span *spans, size_t nspans, uint64 merge_gap)
{
	size_t		uncounted = 0;

	for (size_t k = 0; k < nspans; k++)
		for (size_t day = Max(first_day(doses, spans[k]), uncounted);
			 day_is_touched(doses, day, spans[k]); day++)
		{
			CHECK_FOR_INTERRUPTS();
			if (part_on_day(doses, day, spans[k]) > 0)
			{
				doses->days[day].units++;
				uncounted = day + 1;
			}
		}

	for (size_t k = 0; k < nspans; k += spans_chain(spans + k, nspans - k, merge_gap))
	{
		DayDose    *day = doses_day(doses, spans[k].start);

		if (day != NULL)
			day->visits++;
	}
}

static void
add_absence(Doses *doses, Span absence)
{
	for (size_t day = first_day(doses, absence); day_is_touched(doses, day, absence); day++)
	{
		uint64		length = part_on_day(doses, day, absence);
		DayDose    *dose = &doses->days[day];

		CHECK_FOR_INTERRUPTS();
		if (length == 0)
			continue;
		dose->absences++;
		dose->absent += length;
		dose->absent_squares += (uint128) length * length;
		dose->longest_absence = Max(dose->longest_absence, length);
	}
}

static void
add_visits(Doses *doses)
{
	Span		absence = {TIME_MIN, TIME_END};

	for (size_t k = 0; k < doses->nvisits; k++)
	{
		const PatrolVisit *visit = &doses->visits[k];
		DayDose    *day = doses_day(doses, visit->span.start);

		if (day != NULL)
		{
			day->patrol_visits++;
			day->cut_visits += visit->starts_cut || visit->ends_cut;
			day->first_arrival = Min(day->first_arrival, visit->span.start);
		}
		/* One that ends as the day ends was there on that day, and not later. */
		day = doses_day(doses, visit->span.end - 1);
		if (day != NULL)
			day->last_departure = Max(day->last_departure, visit->span.end);

		absence.end = visit->span.start;
		add_absence(doses, absence);
		absence.start = visit->span.end;
	}
	absence.end = TIME_END;
	add_absence(doses, absence);
}

/* Of each row once, on the day on which it starts. */
static void
add_pings(Doses *doses, const PatrolRows *patrol)
{
	for (size_t k = 0; k < patrol->nrows; k++)
	{
		const PatrolRow *row = &patrol->rows[k];
		DayDose    *day;

		CHECK_FOR_INTERRUPTS();
		if ((row->flags & PATROL_PASSING) != 0 ||
			(k > 0 && patrol_row_compare(row - 1, row, patrol->spans) == 0))
			continue;
		day = doses_day(doses, patrol->spans[row->first].start);
		if (day != NULL && pg_add_s64_overflow(day->pings, row->pings, &day->pings))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the number of pings of a day is out of range")));
	}
}

void
doses_compute(Doses *doses, const PatrolRows *patrol, uint64 merge_gap)
{
	Presence	presence;
	Presence	passing;
	Span	   *united;
	size_t		nunited;

	doses->days = palloc_extended(doses->ndays * sizeof(DayDose), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (size_t day = 0; day < doses->ndays; day++)
	{
		doses->days[day].first_arrival = TIME_END;
		doses->days[day].last_departure = TIME_MIN;
	}

	presence_of(patrol, PRESENCE_STOPPING, &presence);
	presence_of(patrol, PRESENCE_PASSING, &passing);
	united = presence_union(&presence, &nunited);
	doses->visits = presence_visits(patrol, PRESENCE_STOPPING, united, nunited,
									merge_gap, &doses->nvisits);

	add_time(doses, presence.spans, presence.first[presence.nunits], DOSE_OFFICER);
	add_time(doses, passing.spans, passing.first[passing.nunits], DOSE_PASS);
	add_time(doses, united, nunited, DOSE_PATROL);
	for (size_t unit = 0; unit < presence.nunits; unit++)
		add_unit(doses, presence.spans + presence.first[unit],
				 presence.first[unit + 1] - presence.first[unit], merge_gap);
	add_visits(doses);
	add_pings(doses, patrol);
}
