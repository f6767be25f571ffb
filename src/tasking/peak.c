/*
 * peak.c
 *	  peak(week, length, of, measure, n): when to patrol.
 */
#include "base/compat.h"

#include "base/measure.h"
#include "base/note.h"
#include "base/options.h"
#include "base/skips.h"
#include "funcapi.h"
#include "tasking/week.h"
#include "tasking/windows.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(week_peak);

/* What a window is of. */
typedef enum PeakOf
{
	PEAK_OF_DAY,
	PEAK_OF_WEEK
} PeakOf;

/* Hours of the day, all days together, or of the week. */
typedef struct Clock
{
	int			nhours;
	Exact		weights[WEEK_HOURS];
	Exact		harm[WEEK_HOURS];
} Clock;

static void
clock_of(const WeekSums *sums, PeakOf of, Clock *clock)
{
	memset(clock, 0, sizeof(*clock));
	clock->nhours = of == PEAK_OF_DAY ? DAY_HOURS : WEEK_HOURS;
	for (int hour = 0; hour < WEEK_HOURS; hour++)
	{
		clock->weights[hour % clock->nhours] += sums->hours[hour].weight;
		clock->harm[hour % clock->nhours] += sums->hours[hour].harm;
	}
}

static Exact
sum_of(const Exact *hours, int nhours, int start, int length)
{
	Exact		sum = 0;

	for (int n = 0; n < length; n++)
		sum += hours[(start + n) % nhours];
	return sum;
}

static int
length_argument(FunctionCallInfo fcinfo, int argno, PeakOf of)
{
	int			most = of == PEAK_OF_DAY ? DAY_HOURS : WEEK_HOURS;
	int32		length;

	option_require(fcinfo, argno, "length");
	length = PG_GETARG_INT32(argno);
	if (length < 1 || length > most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be from 1 to %d", "length", length, most),
				 errhint("Give whole hours of the %s.", of == PEAK_OF_DAY ? "day" : "week")));
	return length;
}

enum
{
	OUT_WEEKDAY,
	OUT_START_HOUR,
	OUT_SHARE,
	OUT_LIFT,
	OUT_EVENTS,
	OUT_HARM,
	OUT_RANK,
	OUT_NOTE,
	OUT_COLUMNS
};

static void
put_row(FunctionCallInfo fcinfo, Datum *values, bool *nulls, const StringInfo note)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const char *text = note_text(note);

	nulls[OUT_NOTE] = text == NULL;
	if (text != NULL)
		values[OUT_NOTE] = CStringGetTextDatum(text);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static void
put_window(FunctionCallInfo fcinfo, const WeekSums *sums, const Clock *clock, int length,
		   Exact total, const Window *window, int rank)
{
	Datum		values[OUT_COLUMNS] = {0};
	bool		nulls[OUT_COLUMNS] = {false};
	double		share = (double) window->sum / (double) total;
	Exact		weight = sum_of(clock->weights, clock->nhours, window->start, length);
	Exact		harm = sum_of(clock->harm, clock->nhours, window->start, length);
	StringInfoData note;

	values[OUT_WEEKDAY] = Int32GetDatum(window->start / DAY_HOURS + 1);
	nulls[OUT_WEEKDAY] = clock->nhours == DAY_HOURS;
	values[OUT_START_HOUR] = Int32GetDatum(window->start % DAY_HOURS);
	values[OUT_SHARE] = Float8GetDatum(share);
	values[OUT_LIFT] = Float8GetDatum(share * clock->nhours / length);
	values[OUT_EVENTS] = Float8GetDatum((double) weight / EVENT_WEIGHT);
	values[OUT_HARM] = Float8GetDatum((double) harm / WEEK_HARM_SCALE);
	values[OUT_RANK] = Int32GetDatum(rank);

	initStringInfo(&note);
	if (window->ties > 0)
		note_add(&note, "the earliest of %d windows that hold as much", window->ties + 1);
	/* In the first row, for all of them. */
	if (rank == 1)
		skips_note(&note, sums->skipped, WEEK_SKIPS);
	put_row(fcinfo, values, nulls, &note);
}

/* One row, where no window is better than another. */
static void
put_nothing(FunctionCallInfo fcinfo, const WeekSums *sums, Measure measure)
{
	Datum		values[OUT_COLUMNS] = {0};
	bool		nulls[OUT_COLUMNS];
	StringInfoData note;

	memset(nulls, true, sizeof(nulls));
	initStringInfo(&note);
	note_add(&note, measure == MEASURE_HARM ? "no harm" : "no events");
	skips_note(&note, sums->skipped, WEEK_SKIPS);
	put_row(fcinfo, values, nulls, &note);
}

/* peak(week, length, of, measure, n) */
Datum
week_peak(PG_FUNCTION_ARGS)
{
	static const char *const clocks[] = {
		[PEAK_OF_DAY] = "day",
		[PEAK_OF_WEEK] = "week",
		NULL
	};
	WeekSums	sums;
	Clock		clock;
	PeakOf		of;
	Measure		measure;
	int			length;
	int			limit;
	const Exact *hours;
	Exact		total;
	Window		windows[WEEK_HOURS];
	int			nwindows;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	of = (PeakOf) option_choice(fcinfo, 2, "of", clocks);
	length = length_argument(fcinfo, 1, of);
	measure = option_measure(fcinfo, 3, "measure");
	limit = option_count(fcinfo, 4, "n");
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	week_view(fcinfo, 0, &sums);
	clock_of(&sums, of, &clock);
	hours = measure == MEASURE_HARM ? clock.harm : clock.weights;
	total = sum_of(hours, clock.nhours, 0, clock.nhours);
	nwindows = windows_find(hours, clock.nhours, length, Min(limit, WEEK_HOURS), windows);
	for (int n = 0; n < nwindows; n++)
		put_window(fcinfo, &sums, &clock, length, total, &windows[n], n + 1);
	if (nwindows == 0)
		put_nothing(fcinfo, &sums, measure);
	return (Datum) 0;
}
