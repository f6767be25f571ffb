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

/* Of weights, or of what clusters contribute, in all: 1 GB. */
#define MAX_NUMBERS (128.0 * 1024 * 1024)

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
	if ((double) sums->ncohorts * sums->nperiods * n > MAX_NUMBERS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%d estimates from %d cohorts and %d periods would take more than 1 GB", n,
						sums->ncohorts, sums->nperiods),
				 errhint("Use longer periods, for example week_number(date) or month_number(date).")));
	if (sums->clustered && (double) sums->nclusters * n > MAX_NUMBERS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%d estimates from %u clusters would take more than 1 GB", n,
						sums->nclusters),
				 errhint("Use longer periods, for example week_number(date) or month_number(date), or larger clusters.")));
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
			influence_constant(influence, cohort, 0) :
			influence_weight(influence, cohort, t, 0);

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
	int			cohort = sums->cohort_of[place];
	const double *outcomes = place_outcomes(sums, place);
	const double *constants = influence_constant(influence, cohort, 0);

	for (int k = reach.first; k < reach.end; k++)
		psi[k] += constants[k];
	for (int t = 0; t < influence->nperiods; t++)
	{
		const double *weights = influence_weight(influence, cohort, t, 0);
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

/* ---- by moments ---- */

/* What a cohort's places contribute: mean and weights of each estimate in reach. */
typedef struct Gathered
{
	double	   *means;
	double	   *weights;		/* [estimate][period] */
	double	   *products;		/* of these with the moments */
} Gathered;

static void
gather(const Influence *influence, const CohortSums *sums, int cohort, Reach reach,
	   Gathered *gathered)
{
	const double *moments = moments_of(sums, cohort);
	int			n = influence->nperiods;

	for (int k = reach.first; k < reach.end; k++)
	{
		double	   *weights = gathered->weights + (size_t) k * n;
		double	   *products = gathered->products + (size_t) k * n;

		CHECK_FOR_INTERRUPTS();
		gathered->means[k] = *influence_constant(influence, cohort, k);
		memset(products, 0, n * sizeof(double));
		for (int t = 0; t < n; t++)
		{
			weights[t] = *influence_weight(influence, cohort, t, k);
			gathered->means[k] += weights[t] * sums->cohorts[cohort].means[t];
			if (weights[t] == 0)
				continue;
			for (int s = 0; s < n; s++)
				products[s] += weights[t] * moments[(size_t) t * n + s];
		}
	}
}

static double
gathered_product(const Gathered *gathered, int k, int l, int nperiods, uint32 nplaces)
{
	const double *products = gathered->products + (size_t) k * nperiods;
	const double *weights = gathered->weights + (size_t) l * nperiods;
	double		sum = nplaces * gathered->means[k] * gathered->means[l];

	for (int t = 0; t < nperiods; t++)
		sum += products[t] * weights[t];
	return sum;
}

static void
spread_of_moments(const Influence *influence, const CohortSums *sums, const Reach *reaches,
				  bool full, double *result)
{
	size_t		size = (size_t) influence->n * influence->nperiods;
	Gathered	gathered = {zeros(influence->n), zeros(size), zeros(size)};

	for (int cohort = 0; cohort < sums->ncohorts; cohort++)
	{
		Reach		reach = reaches[cohort];
		uint32		nplaces = sums->cohorts[cohort].nplaces;

		gather(influence, sums, cohort, reach, &gathered);
		for (int k = reach.first; k < reach.end; k++)
		{
			CHECK_FOR_INTERRUPTS();
			if (!full)
				result[k] += gathered_product(&gathered, k, k, influence->nperiods, nplaces);
			else
				for (int l = reach.first; l <= k; l++)
					result[(size_t) k * influence->n + l] +=
						gathered_product(&gathered, k, l, influence->nperiods, nplaces);
		}
	}
	pfree(gathered.means);
	pfree(gathered.weights);
	pfree(gathered.products);
}

static double *
spread(const Influence *influence, const CohortSums *sums, bool full)
{
	size_t		n = influence->n;
	double	   *result = zeros(full ? n * n : n);
	Reach	   *reaches = palloc(Max(sums->ncohorts, 1) * sizeof(Reach));

	for (int cohort = 0; cohort < sums->ncohorts; cohort++)
		reaches[cohort] = reach_of(influence, cohort);
	if (sums->moments != NULL)
		spread_of_moments(influence, sums, reaches, full, result);
	else if (sums->clustered)
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
