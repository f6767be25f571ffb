/*
 * few_clusters_reader.c
 *	  permutation(panel, ...) and wild_bootstrap(panel, ...).
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "testing/few_clusters.h"
#include "testing/panel.h"
#include "testing/standard_error.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(panel_permutation);
PG_FUNCTION_INFO_V1(panel_wild_bootstrap);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_PANEL,
	ARGUMENT_DRAWS,
	ARGUMENT_SEED,
	ARGUMENT_CONF_LEVEL
};

#define MAX_DRAWS 10000000

static uint64
draws_argument(FunctionCallInfo fcinfo)
{
	int32		draws = option_count(fcinfo, ARGUMENT_DRAWS, "draws");

	if (draws > MAX_DRAWS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be at most %d", "draws", draws, MAX_DRAWS),
				 errhint("A p-value from 1,000,000 draws has three digits.")));
	return (uint64) draws;
}

static uint64
seed_argument(FunctionCallInfo fcinfo)
{
	option_require(fcinfo, ARGUMENT_SEED, "seed");
	return (uint64) PG_GETARG_INT64(ARGUMENT_SEED);
}

/* What each place changes by, from the panel itself, which is in the same order. */
static void
exact_changes(FunctionCallInfo fcinfo, const CohortSums *sums, const Block *block,
			  ExactChanges *exact)
{
	PanelRows	view;

	panel_view(fcinfo, ARGUMENT_PANEL, &view);
	exact->n = sums->nplaces;
	exact->ntreated = block->ntreated;
	exact->changes = MemoryContextAllocHuge(CurrentMemoryContext, exact->n * sizeof(Outcome));
	exact->treated = MemoryContextAllocHuge(CurrentMemoryContext, exact->n * sizeof(bool));
	for (uint32 n = 0; n < exact->n; n++)
	{
		Outcome		change = 0;

		for (uint32 p = 0; p < view.head.nperiods; p++)
		{
			bool		after = (int64) view.periods[p] - sums->first_period >= block->before;
			Outcome		part;

			if (__builtin_mul_overflow(panel_cell(&view.places[n].cells, view.columns[p]),
									   (Outcome) (after ? block->before : -block->after), &part) ||
				__builtin_add_overflow(change, part, &change))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("outcomes of place %s are too large for an exact test",
								panel_place_text(&view, n)),
						 errhint("Use a larger unit of outcome.")));
		}
		exact->changes[n] = change;
		exact->treated[n] = block_is_treated(sums, n);
	}
}

static void
note_extremes(Extremes extremes, const char *what, StringInfo note)
{
	note_add(note, extremes.sampled ?
			 "p-value from a sample: %llu of %llu %s are as extreme" :
			 "exact p-value: %llu of %llu %s are as extreme",
			 (unsigned long long) extremes.n, (unsigned long long) extremes.of, what);
}

Datum
panel_permutation(PG_FUNCTION_ARGS)
{
	uint64		draws = draws_argument(fcinfo);
	uint64		seed = seed_argument(fcinfo);
	double		conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level");
	StringInfoData note;
	CohortSums	sums;
	Block		block;
	Effect		effect;
	const char *problem;

	if (PG_ARGISNULL(ARGUMENT_PANEL))
		PG_RETURN_NULL();
	initStringInfo(&note);
	cohort_sums(fcinfo, ARGUMENT_PANEL, (FoldRule) {0}, &sums);
	problem = block_begin(&block, &sums);
	effect = effect_unknown("permutation", conf_level, sums.nplaces);
	if (problem != NULL)
		note_add(&note, "%s", problem);
	else
	{
		ExactChanges exact;
		Extremes	extremes;

		effect.estimate = block.treated_change - block.control_change;
		exact_changes(fcinfo, &sums, &block, &exact);
		extremes = permutation_test(&exact, draws, seed);
		effect.p_value = (double) extremes.n / (double) extremes.of;
		note_extremes(extremes, "assignments of places", &note);
		if (sums.clustered)
			note_add(&note, "clusters are not regarded");
	}
	effect.note = note_text(&note);
	return effect_datum(fcinfo, &effect);
}

Datum
panel_wild_bootstrap(PG_FUNCTION_ARGS)
{
	uint64		draws = draws_argument(fcinfo);
	uint64		seed = seed_argument(fcinfo);
	double		conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level");
	StringInfoData note;
	CohortSums	sums;
	Block		block;
	Effect		effect;
	const char *problem;

	if (PG_ARGISNULL(ARGUMENT_PANEL))
		PG_RETURN_NULL();
	initStringInfo(&note);
	cohort_sums(fcinfo, ARGUMENT_PANEL, (FoldRule) {0}, &sums);
	problem = block_begin(&block, &sums);
	effect = effect_unknown("wild_bootstrap", conf_level, sums.nplaces);
	if (problem == NULL)
	{
		TwoWay		counts = {0};
		double		std_error;
		Extremes	extremes;

		two_way_count_all(&sums, &counts);
		effect.estimate = block.treated_change - block.control_change;
		if (sums.nclusters < 2)
			problem = "no test: there is one cluster";
		else if (has_single_arm(&counts))
			problem = sums.clustered ? "no test: treated places or controls are a single cluster" :
				"no test: treated places or controls are a single place";
		else
		{
			extremes = wild_bootstrap_test(&block, &sums, &counts, draws, seed, &std_error);
			if (extremes.of == 0)
				problem = "no test: changes do not vary within treated places and controls";
			else
			{
				effect.std_error = std_error;
				effect.df = sums.nclusters - 1.0;
				effect.statistic = effect.estimate / std_error;
				effect.p_value = (double) extremes.n / (double) extremes.of;
				note_extremes(extremes, "signs", &note);
			}
		}
	}
	if (problem != NULL)
		note_add(&note, "%s", problem);
	effect.note = note_text(&note);
	return effect_datum(fcinfo, &effect);
}
