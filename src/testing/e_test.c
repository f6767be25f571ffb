/*
 * e_test.c
 *	  The E-test of two Poisson means: see e_test.h.
 */
#include "testing/e_test.h"

#include <math.h>

/* Probabilities below this are left out, as the authors do. */
#define NEGLIGIBLE 1e-20

/*
 * Counts that mirror each other have equal statistics, but for rounding: those
 * that differ by less count as equal.
 */
#define TIE (1 - 1e-12)

bool
e_test_rates(const TwoRates *rates, double *l1, double *l2)
{
	double		exposure = rates->n1 + rates->n2;
	double		pooled = ((double) rates->k1 + (double) rates->k2) / exposure;

	*l2 = pooled - rates->d * (rates->n1 / exposure);
	*l1 = pooled + rates->d * (rates->n2 / exposure);
	return *l1 > 0 && *l2 > 0;
}

double
e_test_statistic(const TwoRates *rates, int64_t x1, int64_t x2)
{
	double		r1 = (double) x1 / rates->n1;
	double		r2 = (double) x2 / rates->n2;

	return (r1 - r2 - rates->d) / sqrt(r1 / rates->n1 + r2 / rates->n2);
}

/* ---- Poisson probabilities ---- */

/*
 * How many counts upwards (step 1) or downwards (-1) of the mode there are before
 * the probability is less than NEGLIGIBLE times the mode's.
 */
static int64_t
reach(double mean, int64_t mode, int step)
{
	double		ratio = 1;
	int64_t		count = mode;

	while (ratio >= NEGLIGIBLE && (step > 0 || count > 0))
	{
		ratio *= step > 0 ? mean / (double) (count + 1) : (double) count / mean;
		count += step;
	}
	return count;
}

PoissonRange
poisson_range(double mean)
{
	int64_t		mode = (int64_t) floor(mean);
	PoissonRange range = {.mean = mean};

	range.first = reach(mean, mode, -1);
	range.n = reach(mean, mode, 1) - range.first + 1;
	return range;
}

/*
 * Outwards from the mode, each from the one before, and then divided by their
 * sum: what is left out is negligible, and no large logarithms are subtracted.
 */
void
poisson_probabilities(PoissonRange range, double *probabilities)
{
	int64_t		mode = (int64_t) floor(range.mean) - range.first;
	double		lower = 0;
	double		upper = 0;

	probabilities[mode] = 1;
	for (int64_t k = mode; k > 0; k--)
		probabilities[k - 1] = probabilities[k] * ((double) (range.first + k) / range.mean);
	for (int64_t k = mode + 1; k < range.n; k++)
		probabilities[k] = probabilities[k - 1] * (range.mean / (double) (range.first + k));

	/* The small ones first. */
	for (int64_t k = 0; k <= mode; k++)
		lower += probabilities[k];
	for (int64_t k = range.n - 1; k > mode; k--)
		upper += probabilities[k];
	for (int64_t k = 0; k < range.n; k++)
		probabilities[k] /= lower + upper;
}

void
poisson_sums(PoissonRange range, const double *probabilities, double *below, double *above)
{
	below[0] = 0;
	for (int64_t k = 0; k < range.n; k++)
		below[k + 1] = below[k] + probabilities[k];
	above[range.n] = 0;
	for (int64_t k = range.n; k > 0; k--)
		above[k - 1] = above[k] + probabilities[k - 1];
}

/* ---- one row of the plane ---- */

/*
 * The second count, not whole, at which the statistic beside x1 is lowest: where
 * it is 0 or, if the rate of x1 is itself below d, so that it is never 0, where
 * its derivative by the second count changes sign.
 */
static double
lowest(const TwoRates *rates, int64_t x1)
{
	double		r1 = (double) x1 / rates->n1;
	double		excess = r1 - rates->d;

	if (excess >= 0)
		return excess * rates->n2;
	return fmax(0, (-excess - 2 * rates->n2 * (r1 / rates->n1)) * rates->n2);
}

static bool
rejected(const TwoRates *rates, double threshold, int64_t x1, int64_t x2)
{
	return fabs(e_test_statistic(rates, x1, x2)) >= threshold * TIE;
}

double
e_test_row(const TwoRates *rates, double threshold, int64_t x1,
		   PoissonRange second, const double *below, const double *above)
{
	/* Counts are numbered from the first of the range; 0 and 0 have no statistic. */
	int64_t		least = x1 == 0 && second.first == 0 ? 1 : 0;
	double		valley = floor(lowest(rates, x1)) - (double) second.first;
	int64_t		from;
	int64_t		turn;
	int64_t		low;
	int64_t		high;

	/* Below turn the statistic falls, from turn on it rises. */
	turn = valley < (double) least ? least :
		valley >= (double) second.n ? second.n : (int64_t) valley + 1;

	/* The rejected ones below turn are those from least to low - 1. */
	low = least;
	high = turn;
	while (low < high)
	{
		int64_t		middle = low + (high - low) / 2;

		if (rejected(rates, threshold, x1, second.first + middle))
			low = middle + 1;
		else
			high = middle;
	}

	/* Those from turn on are from "from" to the end. */
	from = turn;
	high = second.n;
	while (from < high)
	{
		int64_t		middle = from + (high - from) / 2;

		if (rejected(rates, threshold, x1, second.first + middle))
			high = middle;
		else
			from = middle + 1;
	}
	return (below[low] - below[least]) + above[from];
}
