/*
 * dosage.c
 *	  dosage(patrol, tz, day_start, merge_gap, since, until): one row a day.
 */
#include "base/compat.h"

#include <math.h>

#include "base/calendar.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/dosage.h"
#include "tracking/duration.h"
#include "tracking/patrol.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(patrol_dosage);

/* ---- which days ---- */

pg_noreturn static void
too_many_days(int64 ndays)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("there are " INT64_FORMAT " days from the first to the last, more than the limit of %d",
					ndays, CALENDAR_MAX_DAYS),
			 errhint("Give \"since\" and \"until\", and look for visits with a wrong year.")));
}

/* From when until when there was any presence; false if there was none. */
static bool
extent_of(const PatrolRows *patrol, Span *extent)
{
	*extent = (Span) {TIME_END, TIME_MIN};
	for (size_t k = 0; k < patrol->nspans; k++)
	{
		CHECK_FOR_INTERRUPTS();
		extent->start = Min(extent->start, patrol->spans[k].start);
		extent->end = Max(extent->end, patrol->spans[k].end);
	}
	return patrol->nspans > 0;
}

/*
 * The first day and the number of days.  What is not given hinges on the
 * presence, passing or not; where there is none, there is no day.
 */
static int64
count_days(FunctionCallInfo fcinfo, int since_argno, const Calendar *calendar,
		   const PatrolRows *patrol, DateADT *first)
{
	int			until_argno = since_argno + 1;
	DateADT		since = calendar_date_argument(fcinfo, since_argno, "since");
	DateADT		until = calendar_date_argument(fcinfo, until_argno, "until");
	bool		both = !PG_ARGISNULL(since_argno) && !PG_ARGISNULL(until_argno);
	Span		extent;
	int64		ndays;

	if (both && since > until)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"since\" is %s, after \"until\", which is %s",
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(since))),
						DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(until))))));
	if (!both && !extent_of(patrol, &extent))
		return 0;
	if (PG_ARGISNULL(since_argno))
		since = calendar_day(calendar, extent.start);
	if (PG_ARGISNULL(until_argno))
		until = calendar_day(calendar, extent.end - 1);

	ndays = (int64) until - since + 1;
	if (ndays > CALENDAR_MAX_DAYS)
		too_many_days(ndays);
	*first = since;
	return Max(ndays, 0);
}

void
dosage_compute(FunctionCallInfo fcinfo, int first_option, Doses *doses, DateADT *first)
{
	Calendar	calendar;
	PatrolRows	patrol;
	int64		merge_gap;

	calendar_arguments(fcinfo, first_option + DOSAGE_TZ, first_option + DOSAGE_DAY_START,
					   &calendar);
	merge_gap = option_duration(fcinfo, first_option + DOSAGE_MERGE_GAP, "merge_gap");
	patrol_view(fcinfo, 0, &patrol);

	memset(doses, 0, sizeof(*doses));
	doses->ndays = (size_t) count_days(fcinfo, first_option + DOSAGE_SINCE, &calendar,
									   &patrol, first);
	if (doses->ndays == 0)
		return;
	doses->bounds = calendar_bounds(&calendar, *first, doses->ndays);
	doses_compute(doses, &patrol, (uint64) merge_gap);
}

/* ---- dosage() ---- */

enum
{
	COLUMN_DAY,
	COLUMN_VISITS,
	COLUMN_PATROL_VISITS,
	COLUMN_OFFICER_MINUTES,
	COLUMN_PATROL_MINUTES,
	COLUMN_PASS_MINUTES,
	COLUMN_UNITS,
	COLUMN_MEAN_CREW,
	COLUMN_LONGEST_ABSENCE,
	COLUMN_MEAN_ABSENCE,
	COLUMN_ABSENCE_CV,
	COLUMN_PRESENT_SHARE,
	COLUMN_FIRST_ARRIVAL,
	COLUMN_LAST_DEPARTURE,
	COLUMN_PINGS,
	COLUMN_CUT_VISITS,
	COLUMNS
};

/*
 * Standard deviation of the absences by their mean: of all there were, so by n.
 * Whole numbers up to the end; they fit, since a day has 10^11 microseconds.
 */
static double
absence_cv(const DayDose *day)
{
	uint128		variance = (uint128) day->absences * day->absent_squares -
		(uint128) day->absent * day->absent;

	return sqrt((double) variance) / (double) day->absent;
}

static void
fill_row(const DayDose *day, uint64 length, Datum *values, bool *nulls)
{
	uint64		officer = day->time[DOSE_OFFICER];
	uint64		patrol = day->time[DOSE_PATROL];

	values[COLUMN_VISITS] = Int64GetDatum((int64) day->visits);
	values[COLUMN_PATROL_VISITS] = Int64GetDatum((int64) day->patrol_visits);
	values[COLUMN_OFFICER_MINUTES] = Float8GetDatum(minutes(officer));
	values[COLUMN_PATROL_MINUTES] = Float8GetDatum(minutes(patrol));
	values[COLUMN_PASS_MINUTES] = Float8GetDatum(minutes(day->time[DOSE_PASS]));
	values[COLUMN_UNITS] = Int64GetDatum((int64) day->units);
	if (patrol == 0)
		nulls[COLUMN_MEAN_CREW] = true;
	else
		values[COLUMN_MEAN_CREW] = Float8GetDatum((double) officer / (double) patrol);
	values[COLUMN_LONGEST_ABSENCE] = interval_datum(day->longest_absence);
	if (day->absences == 0)
		nulls[COLUMN_MEAN_ABSENCE] = nulls[COLUMN_ABSENCE_CV] = true;
	else
	{
		values[COLUMN_MEAN_ABSENCE] =
			interval_datum((day->absent + day->absences / 2) / day->absences);
		values[COLUMN_ABSENCE_CV] = Float8GetDatum(absence_cv(day));
	}
	if (length == 0)
		nulls[COLUMN_PRESENT_SHARE] = true;
	else
		values[COLUMN_PRESENT_SHARE] = Float8GetDatum((double) patrol / (double) length);
	nulls[COLUMN_FIRST_ARRIVAL] = day->first_arrival == TIME_END;
	values[COLUMN_FIRST_ARRIVAL] = TimestampTzGetDatum(day->first_arrival);
	nulls[COLUMN_LAST_DEPARTURE] = day->last_departure == TIME_MIN;
	values[COLUMN_LAST_DEPARTURE] = TimestampTzGetDatum(day->last_departure);
	values[COLUMN_PINGS] = Int64GetDatum(day->pings);
	values[COLUMN_CUT_VISITS] = Int64GetDatum((int64) day->cut_visits);
}

Datum
patrol_dosage(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Doses		doses;
	DateADT		first;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	dosage_compute(fcinfo, 1, &doses, &first);
	for (size_t k = 0; k < doses.ndays; k++)
	{
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		values[COLUMN_DAY] = DateADTGetDatum(first + (DateADT) k);
		fill_row(&doses.days[k], (uint64) (doses.bounds[k + 1] - doses.bounds[k]),
				 values, nulls);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
