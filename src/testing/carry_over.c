/*
 * carry_over.c
 *	  SQL functions run_length() and next_day(): effects of days in a row.
 */
#include "base/compat.h"

#include <math.h>

#include "base/note.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "testing/crossover.h"

PG_FUNCTION_INFO_V1(trial_run_length);
PG_FUNCTION_INFO_V1(trial_next_day);

#define LONGEST_RUN 3			/* and longer */

static Stratum *
allocate_strata(const TrialRows *trial)
{
	return palloc_extended(Max(trial->head.nplaces, 1) * sizeof(Stratum),
						   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

static void
add_cell(Stratum *strata, const TrialCell *cell, int compared)
{
	strata[cell->place].outcome[compared] += amount_number(cell->outcome);
	strata[cell->place].days[compared]++;
}

/* A row: the log ratio of what is compared, index 1, to the others, by place. */
static void
put_log_ratio(FunctionCallInfo fcinfo, const char *measure, const Stratum *strata, uint32 nplaces,
			  double conf_level, StringInfo note)
{
	Estimate	ratio = mantel_haenszel_log_ratio(strata, nplaces);
	Stratum		total = strata_total(strata, nplaces);

	if (isnan(ratio.estimate))
		note_add(note, "%s", total.days[1] == 0 ? "no such place-day" :
				 "no place has both kinds of days, or one kind has no outcome");
	note_add(note, "outcome %.15g on %.15g place-days, compared with %.15g on %.15g",
			 total.outcome[1], total.days[1], total.outcome[0], total.days[0]);
	crossover_put(fcinfo, measure, &ratio, conf_level, (uint64) total.days[1], note);
}

/* run_length(trial, conf_level) */
Datum
trial_run_length(PG_FUNCTION_ARGS)
{
	static const char *const measures[] = {"run_length_1", "run_length_2", "run_length_3"};
	TrialRows	trial;
	double		conf_level;
	uint32	   *runs;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	conf_level = option_conf_level(fcinfo, 1, "conf_level");
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	crossover_counts(fcinfo, 0, &trial);
	runs = crossover_runs(&trial);
	for (uint32 length = 1; length <= LONGEST_RUN; length++)
	{
		Stratum    *strata = allocate_strata(&trial);
		StringInfoData note;

		for (uint32 n = 0; n < trial.head.ncells; n++)
		{
			CHECK_FOR_INTERRUPTS();
			if (runs[n] == 0 || Min(runs[n], LONGEST_RUN) == length)
				add_cell(strata, &trial.cells[n], runs[n] > 0);
		}
		initStringInfo(&note);
		put_log_ratio(fcinfo, measures[length - 1], strata, trial.head.nplaces, conf_level, &note);
	}
	return (Datum) 0;
}

/* next_day(trial, conf_level) */
Datum
trial_next_day(PG_FUNCTION_ARGS)
{
	TrialRows	trial;
	double		conf_level;
	Stratum    *strata;
	StringInfoData note;
	uint64		unknown = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	conf_level = option_conf_level(fcinfo, 1, "conf_level");
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	crossover_counts(fcinfo, 0, &trial);
	strata = allocate_strata(&trial);
	for (uint32 n = 0; n < trial.head.ncells; n++)
	{
		const TrialCell *cell = &trial.cells[n];

		CHECK_FOR_INTERRUPTS();
		if (cell->treated)
			continue;
		if (n > 0 && cell[-1].place == cell->place && (int64) cell[-1].day + 1 == cell->day)
			add_cell(strata, cell, cell[-1].treated);
		else
			unknown++;
	}
	initStringInfo(&note);
	if (unknown > 0)
		note_add(&note, "control place-days left out, the day before is not in the trial: " UINT64_FORMAT,
				 unknown);
	put_log_ratio(fcinfo, "next_day", strata, trial.head.nplaces, conf_level, &note);
	return (Datum) 0;
}
