/*
 * influence.c
 *	  What each place contributes to estimates: see influence.h.
 *
 * Places are taken in the order of their ids, so that the answer does not depend
 * on the order of rows.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "testing/influence.h"
#include "utils/memutils.h"

/* In all: 1 GB. */
#define MAX_WEIGHTS (128.0 * 1024 * 1024)

/* The estimates, from first to below end, to which a cohort contributes. */
typedef struct Reach
{
	int			first;
	int			end;
} Reach;

static double *
zeros(size_t n)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, Max(n, 1) * sizeof(double),
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

void
influence_begin(Influence *influence, const CohortSums *sums, int n)
{
	/* Neither factor is above a few thousand, but for the number of estimates. */
	if ((double) sums->ncohorts * sums->nperiods * n > MAX_WEIGHTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%d estimates from %d cohorts and %d periods would take more than 1 GB", n,
						sums->ncohorts, sums->nperiods),
				 errhint("Use longer periods, for example week_number(date) or month_number(date).")));
	influence->n = n;
	influence->nperiods = sums->nperiods;
	influence->constants = zeros((size_t) sums->ncohorts * n);
	influence->weights = zeros((size_t) sums->ncohorts * sums->nperiods * n);
}

static Reach
reach_of(const Influence *influence, int cohort)
{
	Reach		reach = {influence->n, 0};

	for (int t = -1; t < influence->nperiods; t++)
	{
		const double *row = t < 0 ?
			influence_constant((Influence *) influence, cohort, 0) :
			influence_weight((Influence *) influence, cohort, t, 0);

		for (int k = 0; k < influence->n; k++)
			if (row[k] != 0)
			{
				reach.first = Min(reach.first, k);
				reach.end = Max(reach.end, k + 1);
			}
	}
	return reach;
}

/* Add what a place contributes. */
static void
add_place(const Influence *influence, const CohortSums *sums, uint32 place, Reach reach,
		  double *psi)
{
	Influence  *from = (Influence *) influence;
	int			cohort = sums->cohort_of[place];
	const double *outcomes = place_outcomes(sums, place);
	const double *constants = influence_constant(from, cohort, 0);

	for (int k = reach.first; k < reach.end; k++)
		psi[k] += constants[k];
	for (int t = 0; t < influence->nperiods; t++)
	{
		const double *weights = influence_weight(from, cohort, t, 0);
		double		outcome = outcomes[t];

		/* In most places nothing happens most of the time. */
		if (outcome == 0)
			continue;
		for (int k = reach.first; k < reach.end; k++)
			psi[k] += weights[k] * outcome;
	}
}

static void
add_squares(const double *psi, Reach reach, int n, bool full, double *result)
{
	for (int k = reach.first; k < reach.end; k++)
	{
		if (!full)
			result[k] += psi[k] * psi[k];
		else if (psi[k] != 0)
			for (int l = reach.first; l <= k; l++)
				result[(size_t) k * n + l] += psi[k] * psi[l];
	}
}

/* Clusters of one place each. */
static void
spread_of_places(const Influence *influence, const CohortSums *sums, const Reach *reaches,
				 bool full, double *result)
{
	double	   *psi = zeros(influence->n);

	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		Reach		reach = reaches[sums->cohort_of[place]];

		CHECK_FOR_INTERRUPTS();
		memset(psi, 0, influence->n * sizeof(double));
		add_place(influence, sums, place, reach, psi);
		add_squares(psi, reach, influence->n, full, result);
	}
	pfree(psi);
}

static void
spread_of_clusters(const Influence *influence, const CohortSums *sums, const Reach *reaches,
				   bool full, double *result)
{
	double	   *psi = zeros((size_t) sums->nclusters * influence->n);
	Reach		all = {0, influence->n};

	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		CHECK_FOR_INTERRUPTS();
		add_place(influence, sums, place, reaches[sums->cohort_of[place]],
				  psi + (size_t) sums->cluster_of[place] * influence->n);
	}
	for (uint32 cluster = 0; cluster < sums->nclusters; cluster++)
	{
		CHECK_FOR_INTERRUPTS();
		add_squares(psi + (size_t) cluster * influence->n, all, influence->n, full, result);
	}
	pfree(psi);
}

static double *
spread(const Influence *influence, const CohortSums *sums, bool full)
{
	size_t		n = influence->n;
	double	   *result = zeros(full ? n * n : n);
	Reach	   *reaches = palloc(Max(sums->ncohorts, 1) * sizeof(Reach));

	for (int cohort = 0; cohort < sums->ncohorts; cohort++)
		reaches[cohort] = reach_of(influence, cohort);
	if (sums->clustered)
		spread_of_clusters(influence, sums, reaches, full, result);
	else
		spread_of_places(influence, sums, reaches, full, result);
	pfree(reaches);
	return result;
}

double *
influence_variances(const Influence *influence, const CohortSums *sums)
{
	return spread(influence, sums, false);
}

double *
influence_covariances(const Influence *influence, const CohortSums *sums)
{
	size_t		n = influence->n;
	double	   *result = spread(influence, sums, true);

	for (size_t k = 0; k < n; k++)
		for (size_t l = k + 1; l < n; l++)
			result[k * n + l] = result[l * n + k];
	return result;
}
