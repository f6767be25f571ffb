/*
 * c_test.h
 *	  The conditional test of two Poisson means (Przyborowski and Wilenski 1940,
 *	  Biometrika 31:313): given both counts together, the first is binomial.
 *
 * Pure maths.
 */
#ifndef HOTSPOT_C_TEST_H
#define HOTSPOT_C_TEST_H

#include <stdint.h>

/*
 * The two-sided p-value of k in n trials where the odds of one are given: the
 * probability of all numbers that are no more probable than k, of which those
 * count as equal that differ by a factor of less than 1 + 1e-7, as in R's
 * binom.test().
 */
extern double binomial_p_value(int64_t k, int64_t n, double odds);

/*
 * The natural logarithms of the odds at which k or more, and k or fewer, of n
 * trials have a probability of tail, which is less than 1/2 (Clopper and Pearson
 * 1934): -INFINITY where k is 0, INFINITY where it is n.
 */
extern double binomial_low_log_odds(int64_t k, int64_t n, double tail);
extern double binomial_high_log_odds(int64_t k, int64_t n, double tail);

#endif							/* HOTSPOT_C_TEST_H */
