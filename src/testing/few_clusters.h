/*
 * few_clusters.h
 *	  Tests of block designs that do not lean on many clusters.
 */
#ifndef HOTSPOT_FEW_CLUSTERS_H
#define HOTSPOT_FEW_CLUSTERS_H

#include "postgres.h"

#include "testing/block.h"
#include "testing/two_way.h"

/* How many assignments, or signs, are at least as extreme as what was seen. */
typedef struct Extremes
{
	uint64		n;
	uint64		of;				/* 0: the test is not defined */
	bool		sampled;
} Extremes;

/*
 * What places' outcomes change by, exactly: their sum after times the number of
 * periods before, less their sum before times the number after.
 */
typedef struct ExactChanges
{
	Outcome    *changes;
	bool	   *treated;
	uint32		n;
	uint32		ntreated;
} ExactChanges;

/*
 * All ways to choose as many treated places, if these are at most a million, else
 * a sample: how many have a difference of means as far from 0?
 */
extern Extremes permutation_test(const ExactChanges *exact, uint64 draws, uint64 seed);

/*
 * The wild cluster bootstrap with the null hypothesis imposed and Rademacher's
 * weights (Cameron, Gelbach and Miller 2008): all signs of up to 16 clusters, else
 * a sample.  How many have a statistic t as far from 0?  *std_error is CR1, by the
 * counts of all places.
 */
extern Extremes wild_bootstrap_test(const Block *block, const CohortSums *sums,
									const TwoWay *counts, uint64 draws, uint64 seed,
									double *std_error);

#endif							/* HOTSPOT_FEW_CLUSTERS_H */
