/*
 * cohort_sums.h
 *	  A panel as its estimators read it: places in order, cohorts, and what these
 *	  add up to.
 *
 * A cohort is the places that were first treated in the same period.  Periods
 * and cohorts are counted from 0; the cohort that was never treated stands last.
 */
#ifndef HOTSPOT_COHORT_SUMS_H
#define HOTSPOT_COHORT_SUMS_H

#include "postgres.h"

#include "fmgr.h"
#include "testing/panel_flat.h"

/* The start of a cohort that is never treated. */
#define COHORT_NEVER PG_INT64_MAX

/* The cluster in which places lie, or that they lie in several. */
typedef struct CommonCluster
{
	bool		any;			/* there is a place */
	bool		several;
	uint32		cluster;
} CommonCluster;

typedef struct Cohort
{
	int64		treated_from;	/* or COHORT_NEVER */
	int64		start;			/* the same, counted from the first period */
	uint32		nplaces;
	CommonCluster cluster;
	Outcome    *sums;			/* of outcomes, by period */
	double	   *means;
} Cohort;

typedef struct CohortSums
{
	int32		first_period;
	int			nperiods;
	int			stride;			/* of outcomes: periods may be left out in the end */
	int			ncohorts;
	Cohort	   *cohorts;
	uint32		nplaces;
	uint32		always;			/* places treated from the first period on */
	bool		dropped;		/* these were left out */
	int		   *cohort_of;		/* each place */
	double	   *outcomes;		/* of each place by period; see cohort_sums() */
	double	   *moments;		/* see cohort_moments(), or NULL */
	bool		clustered;		/* clusters are not just the places */
	uint32		nclusters;
	uint32	   *cluster_of;		/* each place, numbered as they come */
} CohortSums;

/* Which places an estimator cannot use. */
typedef struct FoldRule
{
	int			anticipation;	/* periods by which the effect may come earlier */
	bool		drop_always;	/* places treated from the first period on */
	bool		ratios;			/* levels count, and a negative one is an error */
} FoldRule;

/*
 * Fold the panel in argument argno, which is not NULL.  Where the rule is not for
 * ratios, the outcomes of a place are less that of its first period: effects of
 * places take their level away anyhow, and so it costs no digits.  Periods between
 * the first and the last that have no row are zeros, which a NOTICE tells; where
 * they are more than the others it is an error.
 */
extern void cohort_sums(FunctionCallInfo fcinfo, int argno, FoldRule rule, CohortSums *sums);

/*
 * Find for each cohort the sums over its places of products of outcomes in two
 * periods, each less its mean: [cohort][period][period].  From these, variances of
 * many estimates follow faster than from the places.  Does nothing where they
 * would take too much or where there are clusters.
 */
extern void cohort_moments(CohortSums *sums);

static inline void
common_cluster_add(CommonCluster *common, CommonCluster more)
{
	if (!common->any)
		*common = more;
	else if (more.any && (more.several || more.cluster != common->cluster))
		common->several = true;
}

/* Are there places, all in one cluster?  How these vary nothing can tell. */
static inline bool
is_single_cluster(CommonCluster common)
{
	return common.any && !common.several;
}

static inline const double *
moments_of(const CohortSums *sums, int cohort)
{
	return sums->moments + (size_t) cohort * sums->nperiods * sums->nperiods;
}

/* Is there a cohort that is never treated, and how many others? */
static inline bool
cohorts_have_never(const CohortSums *sums)
{
	return sums->ncohorts > 0 && sums->cohorts[sums->ncohorts - 1].start == COHORT_NEVER;
}

static inline int
cohorts_treated(const CohortSums *sums)
{
	return sums->ncohorts - (cohorts_have_never(sums) ? 1 : 0);
}

static inline const double *
place_outcomes(const CohortSums *sums, uint32 place)
{
	return sums->outcomes + (size_t) place * sums->stride;
}

static inline bool
cohort_is_treated(const Cohort *cohort, int period)
{
	return period >= cohort->start;
}

#endif							/* HOTSPOT_COHORT_SUMS_H */
