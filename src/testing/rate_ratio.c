/*
 * rate_ratio.c
 *	  rate_ratio(panel, ...): the ratio of rates in block designs.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "testing/block.h"
#include "testing/standard_error.h"
#include "testing/two_way.h"

PG_FUNCTION_INFO_V1(panel_rate_ratio);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_PANEL,
	ARGUMENT_SE,
	ARGUMENT_PHI,
	ARGUMENT_CONF_LEVEL,
	ARGUMENT_CORRECTION
};

typedef enum Se
{
	SE_CR1,
	SE_POISSON,
	SE_QUASI,
	SES
} Se;

static const char *const ses[] = {
	[SE_CR1] = "cr1",
	[SE_POISSON] = "poisson",
	[SE_QUASI] = "quasi",
	NULL
};

static const char *const measures[] = {
	[SE_CR1] = "log_rate_ratio",
	[SE_POISSON] = "log_rate_ratio_poisson",
	[SE_QUASI] = "log_rate_ratio_quasi"
};

/* What overdispersion is measured between. */
typedef enum PhiOf
{
	PHI_PLACES,
	PHI_CELLS,
	PHI_TOTALS
} PhiOf;

static const char *const phis[] = {
	[PHI_PLACES] = "places",
	[PHI_CELLS] = "cells",
	[PHI_TOTALS] = "totals",
	NULL
};

/* Sums of outcomes by arm (0 = treated, as cohorts are) and time (1 = after). */
typedef struct Cells
{
	double		sums[2][2];
	bool		zero;			/* some sum is 0 */
	bool		corrected;		/* and 0.5 was added to each */
} Cells;

static Cells
find_cells(const CohortSums *sums, const Block *block, bool correct)
{
	Cells		cells = {0};

	for (int c = 0; c < 2; c++)
	{
		Outcome		exact[2] = {0, 0};

		for (int t = 0; t < sums->nperiods; t++)
		{
			Outcome    *sum = &exact[t >= block->before];

			if (__builtin_add_overflow(*sum, sums->cohorts[c].sums[t], sum))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("the sum of outcomes is out of range")));
		}
		for (int after = 0; after < 2; after++)
		{
			cells.sums[c][after] = (double) exact[after] / OUTCOME_UNIT;
			cells.zero |= exact[after] == 0;
		}
	}
	cells.corrected = cells.zero && correct;
	if (cells.corrected)
		for (int k = 0; k < 4; k++)
			cells.sums[k / 2][k % 2] += 0.5;
	return cells;
}

/* ---- overdispersion ---- */

/* Pearson's statistic by its degrees of freedom. */
typedef struct Phi
{
	double		value;
	double		df;
} Phi;

/* Within places and periods: what the Poisson regression leaves. */
static Phi
phi_of_places(const CohortSums *sums, const Block *block, const TwoWay *used)
{
	double	   *share[2];
	double		pearson = 0;
	Phi			phi;

	for (int c = 0; c < 2; c++)
	{
		double		total = 0;

		share[c] = palloc0(sums->nperiods * sizeof(double));
		for (int t = 0; t < sums->nperiods; t++)
			total += (double) sums->cohorts[c].sums[t];
		for (int t = 0; t < sums->nperiods; t++)
		{
			/* How an arm's outcomes before, or after, spread over periods is that of both arms. */
			int			first = t < block->before ? 0 : block->before;
			int			end = t < block->before ? block->before : sums->nperiods;
			double		own = 0;
			double		both = 0;

			for (int s = first; s < end; s++)
			{
				own += (double) sums->cohorts[c].sums[s];
				both += (double) sums->cohorts[0].sums[s] + (double) sums->cohorts[1].sums[s];
			}
			share[c][t] = own / total *
				(((double) sums->cohorts[0].sums[t] + (double) sums->cohorts[1].sums[t]) / both);
		}
	}
	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		const double *outcomes = place_outcomes(sums, place);
		double		total = 0;

		CHECK_FOR_INTERRUPTS();
		for (int t = 0; t < sums->nperiods; t++)
			total += outcomes[t];
		for (int t = 0; t < sums->nperiods && total > 0; t++)
		{
			double		fitted = total * share[sums->cohort_of[place]][t];
			double		rest = outcomes[t] - fitted;

			if (fitted > 0)
				pearson += rest * rest / fitted;
		}
	}
	phi.df = ((double) used->nplaces - 1) * (used->nperiods - 1) - 1;
	phi.value = pearson / phi.df;
	return phi;
}

/* Between outcomes of places and periods within each of the four cells. */
static Phi
phi_of_cells(const CohortSums *sums, const Block *block)
{
	double		means[2][2] = {{0}};
	double		squares[2][2] = {{0}};
	Phi			phi = {.df = (double) sums->nplaces * sums->nperiods - 4};
	double		pearson = 0;

	for (int c = 0; c < 2; c++)
		for (int t = 0; t < sums->nperiods; t++)
			means[c][t >= block->before] += sums->cohorts[c].means[t] /
				(t < block->before ? block->before : block->after);
	for (uint32 place = 0; place < sums->nplaces; place++)
		for (int t = 0; t < sums->nperiods; t++)
		{
			int			c = sums->cohort_of[place];
			double		rest = place_outcomes(sums, place)[t] - means[c][t >= block->before];

			squares[c][t >= block->before] += rest * rest;
		}
	for (int k = 0; k < 4; k++)
		pearson += squares[k / 2][k % 2] / means[k / 2][k % 2];
	phi.value = pearson / phi.df;
	return phi;
}

/* Between the totals of periods within each of the four cells. */
static Phi
phi_of_totals(const CohortSums *sums, const Block *block, const Cells *cells)
{
	Phi			phi = {.df = 2.0 * sums->nperiods - 4};
	double		pearson = 0;

	for (int c = 0; c < 2; c++)
		for (int t = 0; t < sums->nperiods; t++)
		{
			int			after = t >= block->before;
			double		mean = cells->sums[c][after] / (after ? block->after : block->before);
			double		rest = (double) sums->cohorts[c].sums[t] / OUTCOME_UNIT - mean;

			pearson += rest * rest / mean;
		}
	phi.value = pearson / phi.df;
	return phi;
}

static Phi
find_phi(const CohortSums *sums, const Block *block, const Cells *cells, const TwoWay *used,
		 PhiOf of)
{
	switch (of)
	{
		case PHI_CELLS:
			return phi_of_cells(sums, block);
		case PHI_TOTALS:
			return phi_of_totals(sums, block, cells);
		default:
			return phi_of_places(sums, block, used);
	}
}

/* ---- standard errors ---- */

static double
poisson_error(const Cells *cells)
{
	double		sum = 0;

	for (int k = 0; k < 4; k++)
		sum += 1 / cells->sums[k / 2][k % 2];
	return sqrt(sum);
}

/* Clustered: the influence of a place is its share of each sum. */
static double
clustered_error(const CohortSums *sums, const Block *block, const Cells *cells,
				const TwoWay *used)
{
	Influence	influence;

	influence_begin(&influence, sums, 1);
	for (int c = 0; c < 2; c++)
		for (int t = 0; t < sums->nperiods; t++)
		{
			int			after = t >= block->before;

			*influence_weight(&influence, c, t, 0) = (c == 0) == (after == 1) ?
				1 / cells->sums[c][after] : -1 / cells->sums[c][after];
		}
	return sqrt(influence_variances(&influence, sums)[0] * two_way_cr1(used));
}

/* Where there is no clustered standard error, say why. */
static bool
has_clustered_error(const CohortSums *sums, const TwoWay *used, StringInfo note)
{
	if (sums->nclusters < 2)
		note_add(note, "no standard error: there is one %s", cluster_word(sums));
	else if (!used->arms[0].any || !used->arms[1].any)
		note_add(note, "no standard error: treated places or controls have no outcome");
	else if (has_single_arm(used))
		note_add(note, "no standard error: treated places or controls are a single %s",
				 cluster_word(sums));
	else if (isnan(two_way_cr1(used)))
		note_add(note, "no standard error: there are too few %ss with an outcome", cluster_word(sums));
	else
		return true;
	return false;
}

static Effect
log_ratio(const CohortSums *sums, const Block *block, const Cells *cells, const TwoWay *used,
		  Se se, PhiOf phi_of, double conf_level, StringInfo note)
{
	double		estimate = log(cells->sums[0][1] / cells->sums[0][0]) -
		log(cells->sums[1][1] / cells->sums[1][0]);
	double		error = NAN;
	double		df = NAN;

	if (cells->corrected)
		note_add(note, "0.5 was added to each sum, since one is 0");
	if (se == SE_CR1 && has_clustered_error(sums, used, note))
	{
		/* Influences are shares of sums, hence of size 1. */
		error = settled_error(clustered_error(sums, block, cells, used), 1, note);
		df = used->nclusters - 1;
	}
	else if (se == SE_POISSON)
		error = poisson_error(cells);
	else if (se == SE_QUASI && cells->corrected)
		note_add(note, "no standard error: phi is not defined where a sum is 0");
	else if (se == SE_QUASI)
	{
		Phi			phi = find_phi(sums, block, cells, used, phi_of);

		if (!(phi.df > 0))
			note_add(note, "no standard error: no degree of freedom is left for phi");
		else
		{
			note_add(note, "phi = %.12g", phi.value);
			if (phi.value < 1)
				note_add(note, "taken as 1");
			error = poisson_error(cells) * sqrt(Max(phi.value, 1));
			df = phi.df;
		}
	}
	return effect_of(measures[se], estimate, error, df, conf_level, sums->nplaces);
}

/* ---- the reader ---- */

/* The same effect on another scale: its test is that on the log scale. */
static Effect
transformed(Effect effect, const char *measure, double factor, double shift)
{
	effect.measure = measure;
	effect.estimate = factor * exp(effect.estimate) + shift;
	effect.conf_low = factor * exp(effect.conf_low) + shift;
	effect.conf_high = factor * exp(effect.conf_high) + shift;
	effect.std_error = NAN;
	return effect;
}

static void
put_effect(FunctionCallInfo fcinfo, Effect effect, StringInfo note)
{
	effect.note = note_text(note);
	effect_put(fcinfo, &effect);
}

static void
put_undefined(FunctionCallInfo fcinfo, double conf_level, int64 n, const char *problem)
{
	const char *const all[] = {
		measures[SE_CR1], measures[SE_POISSON], measures[SE_QUASI], "rate_ratio", "percent_change"
	};

	for (int k = 0; k < lengthof(all); k++)
	{
		Effect		effect = effect_unknown(all[k], conf_level, n);

		effect.note = problem;
		effect_put(fcinfo, &effect);
	}
}

Datum
panel_rate_ratio(PG_FUNCTION_ARGS)
{
	Se			se = (Se) option_choice(fcinfo, ARGUMENT_SE, "se", ses);
	PhiOf		phi_of = (PhiOf) option_choice(fcinfo, ARGUMENT_PHI, "phi", phis);
	double		conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level");
	CohortSums	sums;
	Block		block;
	Cells		cells;
	TwoWay		used = {0};
	Effect		chosen = {0};
	const char *problem;

	option_require(fcinfo, ARGUMENT_CORRECTION, "correction");
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(ARGUMENT_PANEL))
		return (Datum) 0;
	cohort_sums(fcinfo, ARGUMENT_PANEL, (FoldRule) {.ratios = true}, &sums);
	problem = block_begin(&block, &sums);
	if (problem == NULL)
	{
		cells = find_cells(&sums, &block, PG_GETARG_BOOL(ARGUMENT_CORRECTION));
		if (cells.zero && !cells.corrected)
			problem = "the sum of outcomes of treated places or controls, before or after, is 0";
	}
	if (problem != NULL)
	{
		put_undefined(fcinfo, conf_level, sums.nplaces, problem);
		return (Datum) 0;
	}
	two_way_count_used(&sums, &used);
	for (int k = 0; k < SES; k++)
	{
		StringInfoData note;
		Effect		effect;

		initStringInfo(&note);
		if (k == SE_CR1)
			note_unused(&used, &sums, &note);
		effect = log_ratio(&sums, &block, &cells, &used, (Se) k, phi_of, conf_level, &note);
		put_effect(fcinfo, effect, &note);
		if (k == (int) se)
		{
			chosen = effect;
			chosen.note = note_text(&note);
		}
	}
	for (int k = 0; k < 2; k++)
	{
		Effect		effect = k == 0 ? transformed(chosen, "rate_ratio", 1, 0) :
			transformed(chosen, "percent_change", 100, -100);

		effect_put(fcinfo, &effect);
	}
	return (Datum) 0;
}
