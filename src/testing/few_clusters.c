/*
 * few_clusters.c
 *	  Tests of block designs that do not lean on many clusters: see few_clusters.h.
 */
#include "base/compat.h"

#include <math.h>

#include "common/pg_prng.h"
#include "miscadmin.h"
#include "testing/few_clusters.h"
#include "testing/standard_error.h"

#define MAX_ASSIGNMENTS 1000000
#define MAX_SIGNED_CLUSTERS 16

/* Statistics that are equal but for rounding count as equal. */
#define TIE 1e-10

/* ---- permutation ---- */

/* The number of ways to choose k of n, or one more than MAX_ASSIGNMENTS. */
static uint64
choices(uint32 n, uint32 k)
{
	uint64		result = 1;

	k = Min(k, n - k);
	for (uint32 j = 1; j <= k; j++)
	{
		result = result * (n - k + j) / j;
		if (result > MAX_ASSIGNMENTS)
			return MAX_ASSIGNMENTS + 1;
	}
	return result;
}

pg_noreturn static void
out_of_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("outcomes are too large for an exact test"),
			 errhint("Use a larger unit of outcome.")));
}

static Outcome
times(Outcome a, int64 b)
{
	Outcome		result;

	if (__builtin_mul_overflow(a, (Outcome) b, &result))
		out_of_range();
	return result;
}

static Outcome
plus(Outcome a, Outcome b)
{
	Outcome		result;

	if (__builtin_add_overflow(a, b, &result))
		out_of_range();
	return result;
}

/*
 * How far a choice of the places of an arm is from one without effect: proportional
 * to the difference of means.  Exact, so that ties are ties.
 */
typedef struct Distance
{
	Outcome		total;			/* of all changes, times the number chosen */
	Outcome		observed;
	uint32		nchosen;
	int64		n;
} Distance;

static Outcome
distance(const Distance *from, Outcome chosen)
{
	Outcome		difference = plus(times(chosen, from->n), -from->total);

	return difference < 0 ? -difference : difference;
}

/* The next choice in order, false behind the last. */
static bool
next_choice(uint32 *chosen, uint32 k, uint32 n)
{
	uint32		last = k;

	while (last > 0 && chosen[last - 1] == n - k + last - 1)
		last--;
	if (last == 0)
		return false;
	chosen[last - 1]++;
	for (uint32 j = last; j < k; j++)
		chosen[j] = chosen[j - 1] + 1;
	return true;
}

static Extremes
all_assignments(const ExactChanges *exact, const Distance *from)
{
	Extremes	extremes = {0};
	uint32		k = from->nchosen;
	uint32	   *chosen = palloc(k * sizeof(uint32));

	for (uint32 j = 0; j < k; j++)
		chosen[j] = j;
	do
	{
		Outcome		sum = 0;

		CHECK_FOR_INTERRUPTS();
		for (uint32 j = 0; j < k; j++)
			sum += exact->changes[chosen[j]];
		extremes.n += distance(from, sum) >= from->observed;
		extremes.of++;
	} while (next_choice(chosen, k, exact->n));
	pfree(chosen);
	return extremes;
}

/* What was seen is one of the sample (Phipson and Smyth 2010). */
static Extremes
some_assignments(const ExactChanges *exact, const Distance *from, uint64 draws, uint64 seed)
{
	Extremes	extremes = {.n = 1, .of = 1, .sampled = true};
	uint32	   *places = palloc_extended(exact->n * sizeof(uint32), MCXT_ALLOC_HUGE);
	pg_prng_state prng;

	pg_prng_seed(&prng, seed);
	for (uint32 j = 0; j < exact->n; j++)
		places[j] = j;
	for (uint64 draw = 0; draw < draws; draw++)
	{
		Outcome		sum = 0;

		CHECK_FOR_INTERRUPTS();
		for (uint32 j = 0; j < from->nchosen; j++)
		{
			uint32		k = (uint32) pg_prng_uint64_range(&prng, j, exact->n - 1);
			uint32		saved = places[j];

			places[j] = places[k];
			places[k] = saved;
			sum += exact->changes[places[j]];
		}
		extremes.n += distance(from, sum) >= from->observed;
		extremes.of++;
	}
	pfree(places);
	return extremes;
}

Extremes
permutation_test(const ExactChanges *exact, uint64 draws, uint64 seed)
{
	Distance	from = {.n = exact->n};
	Outcome		total = 0;
	Outcome		absolute = 0;
	Outcome		chosen = 0;
	bool		treated = exact->ntreated <= exact->n - exact->ntreated;

	/* Choosing the treated places is choosing the others: fewer take less time. */
	from.nchosen = treated ? exact->ntreated : exact->n - exact->ntreated;

	/* No partial sum is beyond that of absolute values. */
	for (uint32 j = 0; j < exact->n; j++)
	{
		Outcome		change = exact->changes[j];

		absolute = plus(absolute, change < 0 ? -change : change);
		total += change;
		if (exact->treated[j] == treated)
			chosen += change;
	}
	(void) times(absolute, 2 * (int64) exact->n);
	from.total = times(total, from.nchosen);
	from.observed = distance(&from, chosen);
	return choices(exact->n, from.nchosen) <= MAX_ASSIGNMENTS ?
		all_assignments(exact, &from) : some_assignments(exact, &from, draws, seed);
}

/* ---- wild cluster bootstrap ---- */

/*
 * A regression of what places change by on their treatment, by cluster: all that
 * it takes to draw signs.
 */
typedef struct SignedCluster
{
	double		rest;			/* sum of changes less their mean */
	double		product;		/* of that with the treatment less its mean */
	double		treatment;		/* sum of treatment less its mean */
	double		squares;		/* and of its square */
} SignedCluster;

typedef struct Bootstrap
{
	uint32		n;
	uint32		nplaces;
	SignedCluster *clusters;
	double		squares;
} Bootstrap;

/* Estimate and CR0 variance, times the sum of squares of treatment and its square. */
typedef struct Score
{
	double		estimate;
	double		variance;
} Score;

static Score
score(const Bootstrap *bootstrap, const bool *negative)
{
	double		mean = 0;
	Score		result = {0};

	for (uint32 c = 0; c < bootstrap->n; c++)
	{
		const SignedCluster *cluster = &bootstrap->clusters[c];

		result.estimate += negative[c] ? -cluster->product : cluster->product;
		mean += negative[c] ? -cluster->rest : cluster->rest;
	}
	mean /= bootstrap->nplaces;
	for (uint32 c = 0; c < bootstrap->n; c++)
	{
		const SignedCluster *cluster = &bootstrap->clusters[c];
		double		rest = (negative[c] ? -cluster->product : cluster->product) -
			mean * cluster->treatment -
			result.estimate / bootstrap->squares * cluster->squares;

		result.variance += rest * rest;
	}
	return result;
}

static void
bootstrap_begin(Bootstrap *bootstrap, const Block *block, const CohortSums *sums)
{
	double		share = (double) block->ntreated / sums->nplaces;
	double		mean = share * block->treated_change + (1 - share) * block->control_change;

	bootstrap->n = sums->nclusters;
	bootstrap->nplaces = sums->nplaces;
	bootstrap->clusters = palloc0(sums->nclusters * sizeof(SignedCluster));
	bootstrap->squares = share * (1 - share) * sums->nplaces;
	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		SignedCluster *cluster = &bootstrap->clusters[sums->cluster_of[place]];
		double		treatment = block_is_treated(sums, place) - share;
		double		rest = block->changes[place] - mean;

		cluster->rest += rest;
		cluster->product += rest * treatment;
		cluster->treatment += treatment;
		cluster->squares += treatment * treatment;
	}
}

/* Is t of a draw as far from 0 as what was seen? */
static bool
is_extreme(Score drawn, Score seen)
{
	return drawn.estimate * drawn.estimate * seen.variance >=
		seen.estimate * seen.estimate * drawn.variance * (1 - TIE);
}

Extremes
wild_bootstrap_test(const Block *block, const CohortSums *sums, const TwoWay *counts,
					uint64 draws, uint64 seed, double *std_error)
{
	bool	   *negative = palloc0(Max(sums->nclusters, MAX_SIGNED_CLUSTERS) * sizeof(bool));
	Extremes	extremes = {0};
	Bootstrap	bootstrap;
	Score		seen;

	bootstrap_begin(&bootstrap, block, sums);
	seen = score(&bootstrap, negative);
	*std_error = sqrt(seen.variance * two_way_cr1(counts)) / bootstrap.squares;
	if (is_rounding_error(*std_error, outcome_size(sums)))
		return extremes;
	if (bootstrap.n <= MAX_SIGNED_CLUSTERS)
	{
		extremes.of = UINT64CONST(1) << bootstrap.n;
		for (uint64 signs = 0; signs < extremes.of; signs++)
		{
			CHECK_FOR_INTERRUPTS();
			for (uint32 c = 0; c < bootstrap.n; c++)
				negative[c] = signs >> c & 1;
			extremes.n += is_extreme(score(&bootstrap, negative), seen);
		}
	}
	else
	{
		pg_prng_state prng;

		pg_prng_seed(&prng, seed);
		extremes = (Extremes) {.n = 1, .of = 1 + draws, .sampled = true};
		for (uint64 draw = 0; draw < draws; draw++)
		{
			CHECK_FOR_INTERRUPTS();
			for (uint32 c = 0; c < bootstrap.n; c++)
				negative[c] = pg_prng_bool(&prng);
			extremes.n += is_extreme(score(&bootstrap, negative), seen);
		}
	}
	pfree(negative);
	return extremes;
}
