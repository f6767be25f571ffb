/*
 * influence.h
 *	  What each place contributes to estimates, and how far these spread.
 *
 * The contribution of a place to an estimate is linear in its outcomes, with
 * weights that depend on its cohort alone:
 *
 *	  psi = constant[cohort] + sum over t of weight[cohort][t] * outcome[t]
 *
 * The variance of an estimate is the sum over clusters of the square of what
 * their places contribute together.
 */
#ifndef HOTSPOT_INFLUENCE_H
#define HOTSPOT_INFLUENCE_H

#include "postgres.h"

#include "testing/cohort_sums.h"

typedef struct Influence
{
	int			n;				/* estimates */
	int			nperiods;
	double	   *constants;		/* [cohort][estimate] */
	double	   *weights;		/* [cohort][period][estimate] */
} Influence;

extern void influence_begin(Influence *influence, const CohortSums *sums, int n);

static inline double *
influence_constant(const Influence *influence, int cohort, int estimate)
{
	return &influence->constants[(size_t) cohort * influence->n + estimate];
}

static inline double *
influence_weight(const Influence *influence, int cohort, int period, int estimate)
{
	return &influence->weights[((size_t) cohort * influence->nperiods + period) * influence->n +
							   estimate];
}

/* The variances of the estimates. */
extern double *influence_variances(const Influence *influence, const CohortSums *sums);

/* Their covariances: a full matrix, by rows. */
extern double *influence_covariances(const Influence *influence, const CohortSums *sums);

#endif							/* HOTSPOT_INFLUENCE_H */
