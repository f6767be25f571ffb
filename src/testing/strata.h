/*
 * strata.h
 *	  Treated and untreated time within strata, such as the days of each hot spot.
 *
 * Pure maths over plain arrays.  What is not defined is NaN.
 */
#ifndef HOTSPOT_STRATA_H
#define HOTSPOT_STRATA_H

#include <stddef.h>

/* Sums of one stratum: index 0 untreated, 1 treated. */
typedef struct Stratum
{
	double		outcome[2];
	double		days[2];
} Stratum;

typedef struct Estimate
{
	double		estimate;
	double		std_error;
	double		df;				/* NaN: the normal distribution */
} Estimate;

extern const Estimate estimate_unknown;

/* Whether both occur. */
static inline int
stratum_compares(const Stratum *stratum)
{
	return stratum->days[0] > 0 && stratum->days[1] > 0;
}

/* The sums of all. */
extern Stratum strata_total(const Stratum *strata, size_t n);

/* The log ratio of two Poisson rates. */
extern Estimate log_rate_ratio(const Stratum *total);

/*
 * Mantel and Haenszel's rate ratio, as its logarithm, and rate difference, with
 * the variances of Greenland and Robins 1985.
 */
extern Estimate mantel_haenszel_log_ratio(const Stratum *strata, size_t n);
extern Estimate mantel_haenszel_difference(const Stratum *strata, size_t n);

/* The mean difference of the two means of each stratum that has both; t, n - 1. */
extern Estimate paired_difference(const Stratum *strata, size_t n);

/*
 * The log rate ratio with an effect of each stratum that has both, clustered by
 * stratum: CR1 with the factors of fixest; t, strata - 1.
 */
extern Estimate poisson_by_stratum(const Stratum *strata, size_t n);

#endif							/* HOTSPOT_STRATA_H */
