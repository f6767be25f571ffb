/*
 * standard_error.c
 *	  From the spread of an estimate to its effect: see standard_error.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "testing/standard_error.h"

/* What is so small beside outcomes is no variation of theirs. */
#define ROUNDING 1e-13

const char *
cluster_word(const CohortSums *sums)
{
	return sums->clustered ? "cluster" : "place";
}

bool
option_not_yet(FunctionCallInfo fcinfo, int argno)
{
	static const char *const controls[] = {"never", "notyet", NULL};

	return option_choice(fcinfo, argno, "control", controls) == 1;
}

bool
option_universal(FunctionCallInfo fcinfo, int argno)
{
	static const char *const bases[] = {"varying", "universal", NULL};

	return option_choice(fcinfo, argno, "base", bases) == 1;
}

int
option_anticipation(FunctionCallInfo fcinfo, int argno)
{
	int32		periods;

	option_require(fcinfo, argno, "anticipation");
	periods = PG_GETARG_INT32(argno);
	if (periods < 0 || periods > PANEL_MAX_PERIODS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be between 0 and %d", "anticipation",
						periods, PANEL_MAX_PERIODS),
				 errhint("Give the number of periods by which the effect may come before treated_from.")));
	return periods;
}

bool
is_rounding_error(double error, double size)
{
	return error <= ROUNDING * size;
}

double
settled_error(double error, double size, StringInfo note)
{
	if (!is_rounding_error(error, size))
		return error;
	note_add(note, "no test: changes do not vary within cohorts");
	return 0;
}

double
outcome_size(const CohortSums *sums)
{
	double		size = 0;

	for (int c = 0; c < sums->ncohorts; c++)
		for (int t = 0; t < sums->nperiods; t++)
			size = fmax(size, fabs(sums->cohorts[c].means[t]));
	return size;
}

void
note_always(const CohortSums *sums, StringInfo note)
{
	if (sums->always > 0)
		note_add(note, sums->dropped ?
				 "places left out, they are treated from the first period on: %u" :
				 "places treated from the first period on, which serve as controls: %u",
				 sums->always);
}

void
note_unused(const TwoWay *fit, const CohortSums *sums, StringInfo note)
{
	if (fit->nplaces < sums->nplaces)
		note_add(note, "places left out, all their outcomes are 0: %u",
				 sums->nplaces - fit->nplaces);
	if (fit->nperiods < sums->nperiods)
		note_add(note, "periods left out, all their outcomes are 0: %d",
				 sums->nperiods - fit->nperiods);
}

Effect
callaway_effect(const Callaway *callaway, const char *measure, CallawayAverage average,
				double variance, const CallawayOptions *options, StringInfo note)
{
	const CohortSums *sums = callaway->sums;
	double		clusters = sums->nclusters;
	double		error = sqrt(variance);
	double		df = NAN;

	if (average.ncells == 0)
		return effect_unknown(measure, options->conf_level, sums->nplaces);
	if (options->cr1)
	{
		error *= sqrt(clusters / (clusters - 1));
		df = clusters - 1;
	}
	if (sums->nclusters < 2)
	{
		note_add(note, "no standard error: there is one %s", cluster_word(sums));
		error = df = NAN;
	}
	else if (sides_are_single(average.sides))
	{
		note_add(note, average.sides.single_place ?
				 "no standard error: a cohort or its control is a single place" :
				 "no standard error: the treated places, or their controls, lie in a single cluster");
		error = df = NAN;
	}
	else
	{
		if (average.sides.single_cluster)
			note_add(note, "the standard error is too small: a cohort or its control lies in a single cluster");
		error = settled_error(error, outcome_size(sums), note);
	}
	return effect_of(measure, average.estimate, error, df, options->conf_level, sums->nplaces);
}
