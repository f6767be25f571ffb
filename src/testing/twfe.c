/*
 * twfe.c
 *	  Least squares with effects of places and periods: see two_way.h.
 *
 * The treatment is the same for all places of a cohort, so the estimate follows
 * from the sums of cohorts (Frisch and Waugh 1933).
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "testing/cluster.h"
#include "testing/two_way.h"
#include "utils/memutils.h"

/* Smaller sums of squares are rounding errors. */
#define TINY 1e-12

double
two_way_cr1(const TwoWay *fit)
{
	/* Effects of places lie within clusters and do not count. */
	return cr1_factor(fit->nclusters, (double) fit->nplaces * fit->nperiods,
					  1 + (double) fit->nperiods);
}

void
two_way_count_all(const CohortSums *sums, TwoWay *fit)
{
	fit->nplaces = sums->nplaces;
	fit->nclusters = sums->nclusters;
	fit->nperiods = sums->nperiods;
	for (int c = 0; c < sums->ncohorts; c++)
		common_cluster_add(&fit->arms[c < cohorts_treated(sums)], sums->cohorts[c].cluster);
}

double
treatment_within(const CohortSums *sums, double *within)
{
	int			nperiods = sums->nperiods;
	double	   *of_period = palloc0(Max(nperiods, 1) * sizeof(double));
	double		overall = 0;
	double		squares = 0;

	for (int t = 0; t < nperiods; t++)
	{
		for (int c = 0; c < sums->ncohorts; c++)
			if (cohort_is_treated(&sums->cohorts[c], t))
				of_period[t] += sums->cohorts[c].nplaces;
		of_period[t] /= sums->nplaces;
		overall += of_period[t];
	}
	overall /= nperiods;
	for (int c = 0; c < sums->ncohorts; c++)
	{
		const Cohort *cohort = &sums->cohorts[c];
		int64		untreated = Min(Max(cohort->start, 0), nperiods);
		double		of_cohort = (double) (nperiods - untreated) / nperiods;

		for (int t = 0; t < nperiods; t++)
		{
			double		value = cohort_is_treated(cohort, t) - of_cohort - of_period[t] + overall;

			within[(size_t) c * nperiods + t] = value;
			squares += cohort->nplaces * value * value;
		}
	}
	pfree(of_period);
	return squares;
}

/* Mean outcomes of all places by period. */
static double *
means_of_periods(const CohortSums *sums)
{
	double	   *means = palloc0(Max(sums->nperiods, 1) * sizeof(double));

	for (int t = 0; t < sums->nperiods; t++)
	{
		for (int c = 0; c < sums->ncohorts; c++)
			means[t] += sums->cohorts[c].means[t] * sums->cohorts[c].nplaces;
		means[t] /= sums->nplaces;
	}
	return means;
}

/* The sum of squares of outcomes less their means by place and period. */
static double
outcome_squares(const CohortSums *sums, const double *means)
{
	double		squares = 0;

	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		const double *outcomes = place_outcomes(sums, place);
		double		level = 0;

		CHECK_FOR_INTERRUPTS();
		for (int t = 0; t < sums->nperiods; t++)
			level += outcomes[t] - means[t];
		level /= sums->nperiods;
		for (int t = 0; t < sums->nperiods; t++)
		{
			double		rest = outcomes[t] - means[t] - level;

			squares += rest * rest;
		}
	}
	return squares;
}

TwoWay
twfe(const CohortSums *sums, Influence *influence)
{
	int			nperiods = sums->nperiods;
	TwoWay		fit = {.estimate = NAN, .iid_variance = NAN};
	double	   *within = MemoryContextAllocHuge(CurrentMemoryContext,
												Max((size_t) sums->ncohorts * nperiods, 1) *
												sizeof(double));
	double	   *means = means_of_periods(sums);
	double		squares = treatment_within(sums, within);
	double		sum = 0;

	two_way_count_all(sums, &fit);
	if (!(squares > TINY * sums->nplaces * nperiods))
	{
		fit.problem = "treatment does not differ between places over time";
		return fit;
	}
	for (int c = 0; c < sums->ncohorts; c++)
		for (int t = 0; t < nperiods; t++)
			sum += within[(size_t) c * nperiods + t] * sums->cohorts[c].nplaces *
				(sums->cohorts[c].means[t] - means[t]);
	fit.estimate = sum / squares;

	for (int c = 0; c < sums->ncohorts; c++)
		for (int t = 0; t < nperiods; t++)
		{
			double		value = within[(size_t) c * nperiods + t];

			*influence_weight(influence, c, t, 0) = value / squares;
			*influence_constant(influence, c, 0) -=
				value * (means[t] + fit.estimate * value) / squares;
		}
	fit.iid_df = (double) (sums->nplaces - 1.0) * (nperiods - 1) - 1;
	if (fit.iid_df > 0)
		fit.iid_variance = (outcome_squares(sums, means) - fit.estimate * sum) / fit.iid_df / squares;
	return fit;
}
