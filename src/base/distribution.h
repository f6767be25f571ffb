/*
 * distribution.h
 *	  Probability distributions: what the estimates of all steps share.
 *
 * Pure maths over GSL, whose error handler must be off.
 */
#ifndef HOTSPOT_DISTRIBUTION_H
#define HOTSPOT_DISTRIBUTION_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The exact confidence interval for the mean of a Poisson distribution of which
 * one value, events, was seen (Garwood 1936).  The level lies between 0 and 1.
 * False where it cannot be computed.
 */
extern bool poisson_interval(uint64_t events, double conf_level, double *low, double *high);

/*
 * The probability of a value at least as far from 0 as x, and how far from 0 the
 * values of a given probability reach, for t with df degrees of freedom, which
 * need not be whole, or for the normal distribution where df is NaN.
 */
extern double two_sided_p(double x, double df);
extern double two_sided_quantile(double level, double df);

/* The probability of a value of at least x, for chi-square with df degrees of freedom. */
extern double chi_square_p(double x, double df);

/*
 * The probability of a count of at least so many, of a distribution that has this
 * mean, more than 0, and this variance, more than 0: Poisson's where they are
 * equal, the negative binomial where the variance is more, the binomial where it
 * is less.
 */
extern double count_upper_p(uint64_t count, double mean, double variance);

#endif							/* HOTSPOT_DISTRIBUTION_H */
