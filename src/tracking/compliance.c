/*
 * compliance.c
 *	  compliance(patrol, visits, min_dwell, minutes, ...): what was delivered, day
 *	  by day, against a target.
 */
#include "base/compat.h"

#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/dosage.h"
#include "tracking/duration.h"
#include "utils/fmgrprotos.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(patrol_compliance);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_VISITS = 1,			/* after the patrol */
	ARGUMENT_MIN_DWELL,
	ARGUMENT_MINUTES,
	ARGUMENT_CEILING,
	ARGUMENT_MAX_DWELL,
	ARGUMENT_OPTIONS
};

enum
{
	COLUMN_DAY,
	COLUMN_VISITS_DONE,
	COLUMN_VISITS_DUE,
	COLUMN_VISITS_SHARE,
	COLUMN_MINUTES_DONE,
	COLUMN_MINUTES_DUE,
	COLUMN_MINUTES_SHARE,
	COLUMN_COMPLIANT,
	COLUMN_UNDER_MINUTES,
	COLUMN_OVER_MINUTES,
	COLUMN_LONG_VISITS,
	COLUMN_OFFICER_MINUTES,
	COLUMNS
};

/* What is due on each day. */
typedef struct Target
{
	int32		visits;			/* of at least min_dwell */
	uint64		min_dwell;
	double		minutes;
	bool		has_ceiling;
	double		ceiling;		/* minutes */
	bool		has_max_dwell;
	uint64		max_dwell;
} Target;

/* How the visits of one day compare with the target. */
typedef struct VisitCount
{
	uint64		done;
	uint64		too_long;
} VisitCount;

static void
target_arguments(FunctionCallInfo fcinfo, Target *target)
{
	option_require(fcinfo, ARGUMENT_VISITS, "visits");
	target->visits = PG_GETARG_INT32(ARGUMENT_VISITS);
	if (target->visits < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be at least 0", "visits",
						target->visits),
				 errhint("Use 0 where no number of visits is due.")));
	target->min_dwell = (uint64) option_duration(fcinfo, ARGUMENT_MIN_DWELL, "min_dwell");
	target->minutes = option_distance(fcinfo, ARGUMENT_MINUTES, "minutes");

	target->has_ceiling = !PG_ARGISNULL(ARGUMENT_CEILING);
	if (target->has_ceiling)
		target->ceiling = option_distance(fcinfo, ARGUMENT_CEILING, "ceiling");
	if (target->has_ceiling && target->ceiling < target->minutes)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, less than \"%s\", which is %g",
						"ceiling", target->ceiling, "minutes", target->minutes),
				 errhint("Both are patrol minutes a day.")));

	target->has_max_dwell = !PG_ARGISNULL(ARGUMENT_MAX_DWELL);
	if (target->has_max_dwell)
		target->max_dwell = (uint64) option_duration(fcinfo, ARGUMENT_MAX_DWELL, "max_dwell");
	if (target->has_max_dwell && target->max_dwell < target->min_dwell)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %s, shorter than \"%s\", which is %s",
						"max_dwell", option_interval_words(fcinfo, ARGUMENT_MAX_DWELL),
						"min_dwell", option_interval_words(fcinfo, ARGUMENT_MIN_DWELL)),
				 errhint("A visit counts from min_dwell on, and is too long above max_dwell.")));
}

static VisitCount *
count_visits(const Doses *doses, const Target *target)
{
	VisitCount *counts = palloc0(Max(doses->ndays, 1) * sizeof(VisitCount));

	for (size_t k = 0; k < doses->nvisits; k++)
	{
		const PatrolVisit *visit = &doses->visits[k];
		DayDose    *day = doses_day(doses, visit->span.start);

		CHECK_FOR_INTERRUPTS();
		if (day == NULL)
			continue;
		counts[day - doses->days].done += visit->dwell >= target->min_dwell;
		counts[day - doses->days].too_long += target->has_max_dwell && visit->dwell > target->max_dwell;
	}
	return counts;
}

/* What part of something due was done; all, where nothing is due. */
static double
share(double done, double due)
{
	return done >= due ? 1 : done / due;
}

static void
fill_row(const DayDose *day, const VisitCount *count, const Target *target,
		 Datum *values, bool *nulls)
{
	double		done = minutes(day->time[DOSE_PATROL]);

	values[COLUMN_VISITS_DONE] = Int64GetDatum((int64) count->done);
	values[COLUMN_VISITS_DUE] = Int32GetDatum(target->visits);
	values[COLUMN_VISITS_SHARE] = Float8GetDatum(share((double) count->done, target->visits));
	values[COLUMN_MINUTES_DONE] = Float8GetDatum(done);
	values[COLUMN_MINUTES_DUE] = Float8GetDatum(target->minutes);
	values[COLUMN_MINUTES_SHARE] = Float8GetDatum(share(done, target->minutes));
	values[COLUMN_COMPLIANT] = BoolGetDatum((double) count->done >= target->visits &&
											done >= target->minutes);
	values[COLUMN_UNDER_MINUTES] = Float8GetDatum(Max(0, target->minutes - done));
	nulls[COLUMN_OVER_MINUTES] = !target->has_ceiling;
	values[COLUMN_OVER_MINUTES] = Float8GetDatum(Max(0, done - target->ceiling));
	nulls[COLUMN_LONG_VISITS] = !target->has_max_dwell;
	values[COLUMN_LONG_VISITS] = Int64GetDatum((int64) count->too_long);
	values[COLUMN_OFFICER_MINUTES] = Float8GetDatum(minutes(day->time[DOSE_OFFICER]));
}

Datum
patrol_compliance(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Target		target = {0};
	Doses		doses;
	DateADT		first;
	VisitCount *counts;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	target_arguments(fcinfo, &target);
	dosage_compute(fcinfo, ARGUMENT_OPTIONS, &doses, &first);
	counts = count_visits(&doses, &target);
	for (size_t k = 0; k < doses.ndays; k++)
	{
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};

		CHECK_FOR_INTERRUPTS();
		values[COLUMN_DAY] = DateADTGetDatum(first + (DateADT) k);
		fill_row(&doses.days[k], &counts[k], &target, values, nulls);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
