/*
 * cr2.c
 *	  The standard error CR2 of two-way fixed effects, clustered by place: see
 *	  two_way.h.
 *
 * Bell and McCaffrey (2002) multiply the residuals of a cluster by the inverse
 * square root of its block of I - H, H being the hat matrix.  Within places, where
 * the residuals lie (the effects of places need not be in H: Pustejovsky and
 * Tipton 2018), the block of a place whose treatment is d, less its means, is
 *
 *		(1 - 1/N) I - d d' / S		S: the sum of all places' d'd
 *
 * of which d is an eigenvector.  So what a place contributes to the estimate is
 * divided by sqrt(1 - 1/N - d'd / S).
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "testing/two_way.h"
#include "utils/memutils.h"

/* What is left of a place, if so little, is rounding errors. */
#define TINY 1e-9

static double
product(const double *a, const double *b, int n)
{
	double		sum = 0;

	for (int k = 0; k < n; k++)
		sum += a[k] * b[k];
	return sum;
}

/*
 * Bell and McCaffrey's degrees of freedom, for errors that are independent: the
 * squared trace of a matrix by the trace of its square.  Its elements are a
 * product for each two places, which hinges on their cohorts alone.
 */
static double
degrees_of_freedom(const CohortSums *sums, const double *within, const double *left, double squares)
{
	int			nperiods = sums->nperiods;
	double		trace = 0;

	for (int c = 0; c < sums->ncohorts; c++)
	{
		const double *d = within + (size_t) c * nperiods;
		double		n = sums->cohorts[c].nplaces;
		double		own = product(d, d, nperiods);

		CHECK_FOR_INTERRUPTS();
		trace += n * own * own;
		for (int k = 0; k < sums->ncohorts; k++)
		{
			const double *other = within + (size_t) k * nperiods;
			double		pair = product(d, other, nperiods) / sums->nplaces +
				own * product(other, other, nperiods) / squares;

			trace += n * (sums->cohorts[k].nplaces - (c == k)) * pair * pair / (left[c] * left[k]);
		}
	}
	return squares * squares / trace;
}

double
twfe_cr2(const CohortSums *sums, const Influence *influence, double *df)
{
	int			nperiods = sums->nperiods;
	double	   *within = MemoryContextAllocHuge(CurrentMemoryContext,
												(size_t) sums->ncohorts * nperiods * sizeof(double));
	double	   *left = palloc(sums->ncohorts * sizeof(double));
	double		squares = treatment_within(sums, within);
	Influence	adjusted;

	*df = NAN;
	influence_begin(&adjusted, sums, 1);
	for (int c = 0; c < sums->ncohorts; c++)
	{
		const double *d = within + (size_t) c * nperiods;
		double		factor;

		left[c] = 1 - 1.0 / sums->nplaces - product(d, d, nperiods) / squares;
		if (!(left[c] > TINY))
			return NAN;
		factor = 1 / sqrt(left[c]);
		*influence_constant(&adjusted, c, 0) = *influence_constant(influence, c, 0) * factor;
		for (int t = 0; t < nperiods; t++)
			*influence_weight(&adjusted, c, t, 0) = *influence_weight(influence, c, t, 0) * factor;
	}
	*df = degrees_of_freedom(sums, within, left, squares);
	return sqrt(influence_variances(&adjusted, sums)[0]);
}
