/*
 * two_way.h
 *	  Regressions with effects of places and of periods.
 */
#ifndef HOTSPOT_TWO_WAY_H
#define HOTSPOT_TWO_WAY_H

#include "postgres.h"

#include "testing/influence.h"

/* What a regression finds. */
typedef struct TwoWay
{
	double		estimate;		/* NaN where there is none */
	double		iid_variance;	/* where errors are independent */
	double		iid_df;			/* of it; NaN: normal */
	uint32		nplaces;		/* that it uses */
	uint32		nclusters;
	int			nperiods;
	CommonCluster arms[2];		/* of its places: never treated, treated */
	const char *problem;		/* why there is no estimate */
} TwoWay;

/* By least squares.  The influence is of one estimate. */
extern TwoWay twfe(const CohortSums *sums, Influence *influence);

/*
 * The standard error CR2 of twfe(), clustered by place, and its degrees of freedom
 * by Bell and McCaffrey (2002).  For a block design these are Welch's, other
 * degrees of freedom.  NaN where the estimate hinges on a single place.
 */
extern double twfe_cr2(const CohortSums *sums, const Influence *influence, double *df);

/* A Poisson regression, of outcomes that are not negative. */
extern TwoWay poisson_fe(const CohortSums *sums, Influence *influence);

/* Does an arm lie in a single cluster, so that nothing tells how it varies? */
static inline bool
has_single_arm(const TwoWay *fit)
{
	return is_single_cluster(fit->arms[0]) || is_single_cluster(fit->arms[1]);
}

/* Count all places, clusters and periods. */
extern void two_way_count_all(const CohortSums *sums, TwoWay *fit);

/* Count the places, clusters and periods in which something happened. */
extern void two_way_count_used(const CohortSums *sums, TwoWay *fit);

/* CR1: what the sum of squared influences is multiplied by. */
extern double two_way_cr1(const TwoWay *fit);

/*
 * The treatment, 0 or 1, less its means by cohort and by period: [cohort][period].
 * Returns the sum of its squares over places and periods.
 */
extern double treatment_within(const CohortSums *sums, double *within);

#endif							/* HOTSPOT_TWO_WAY_H */
