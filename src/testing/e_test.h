/*
 * e_test.h
 *	  The E-test of two Poisson means (Krishnamoorthy and Thomson 2004, Journal of
 *	  Statistical Planning and Inference 119:23).
 *
 * Pure maths over arrays of the caller's.
 *
 * Of counts k1 in exposure n1 and k2 in n2 the statistic is
 *
 *	  T(k1, k2) = |k1/n1 - k2/n2 - d| / sqrt(k1/n1^2 + k2/n2^2)
 *
 * and the p-value the probability of a statistic at least as large where the
 * rates are l2 = (k1+k2)/(n1+n2) - d n1/(n1+n2) and l1 = l2 + d.  For each first
 * count the second counts of a smaller statistic are one interval, since the
 * statistic falls towards one lowest point and rises behind it; so two binary
 * searches and sums of probabilities do for a whole row of the plane.
 */
#ifndef HOTSPOT_E_TEST_H
#define HOTSPOT_E_TEST_H

#include <stdbool.h>
#include <stdint.h>

/* Two counts, their exposures, and a difference of rates to test. */
typedef struct TwoRates
{
	int64_t		k1;
	int64_t		k2;
	double		n1;
	double		n2;
	double		d;
} TwoRates;

/* The counts above whose probability is not negligible: first to first + n - 1. */
typedef struct PoissonRange
{
	double		mean;
	int64_t		first;
	int64_t		n;
} PoissonRange;

/* The rates under the hypothesis; false where they are not both above 0. */
extern bool e_test_rates(const TwoRates *rates, double *l1, double *l2);

/* The signed statistic of other counts than those of rates; they are not both 0. */
extern double e_test_statistic(const TwoRates *rates, int64_t x1, int64_t x2);

/* The counts of a probability of at least 1e-20, and maybe some more. */
extern PoissonRange poisson_range(double mean);

/* Fill the probabilities of a range. */
extern void poisson_probabilities(PoissonRange range, double *probabilities);

/*
 * Make of the probabilities of a range, which has n of them, the sums of the first
 * ones, below[k] being that of k of them, and of the last ones, above[k] being
 * that of all but k.  Both have n + 1 elements.
 */
extern void poisson_sums(PoissonRange range, const double *probabilities,
						 double *below, double *above);

/*
 * The probability of the second counts whose statistic beside first count x1 is
 * at least as large as threshold.
 */
extern double e_test_row(const TwoRates *rates, double threshold, int64_t x1,
						 PoissonRange second, const double *below, const double *above);

#endif							/* HOTSPOT_E_TEST_H */
