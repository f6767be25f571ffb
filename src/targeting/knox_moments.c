/*
 * knox_moments.c
 *	  Mean and variance of the number of close pairs: see knox_moments.h.
 *
 * Barton and David 1966 (The random intersection of two graphs, in Research
 * Papers in Statistics, Festschrift for J. Neyman); Mantel 1967 (Cancer Research
 * 27:209-220).  Events are the vertices of two graphs; a pair that is close in
 * space is an edge of the one, a pair that is close in time of the other, and
 * what is counted are the edges of both.  Two edges share both their vertices,
 * one of them, or none, and each case is as likely as the other graph has such
 * pairs of edges among all.
 */
#include "targeting/knox_moments.h"

#include <math.h>

#include "base/wide.h"

/* Ordered pairs of edges that share no vertex. */
static Exact
disjoint_edges(const KnoxMargin *margin)
{
	return (Exact) margin->pairs * (margin->pairs - 1) - margin->adjacent;
}

/*
 * The mean number of ordered pairs of edges of both graphs, less the square of the
 * mean number of edges.  Given vertices a, b, c and d, ordered, there are n(n-1)
 * ways for a-b to lie in the other graph, of which 2 soon->pairs are edges, and
 * n(n-1)(n-2)(n-3) for a-b and c-d, of which 4 times its disjoint pairs are.
 *
 * This is the variance times (n(n-1))^2 (n-2)(n-3), which is a whole number: its terms
 * nearly cancel where n is large, so they are summed exactly.
 */
static Wide
variance_numerator(uint64_t n, const KnoxMargin *near, const KnoxMargin *soon)
{
	uint64_t	pairs = n * (n - 1);
	Exact		products = (Exact) near->pairs * soon->pairs;
	Wide		same = wide_product(2 * products, (Exact) pairs * ((n - 2) * (n - 3)));
	Wide		adjacent = wide_times(wide_times(wide_product(near->adjacent, soon->adjacent),
												 pairs), n - 3);
	Wide		disjoint = wide_times(wide_product(disjoint_edges(near), disjoint_edges(soon)),
									  4 * pairs);
	Wide		square = wide_times(wide_product(products, products), 4 * (n - 2) * (n - 3));

	return wide_add(wide_add(same, adjacent), wide_add(disjoint, wide_negative(square)));
}

KnoxMoments
knox_moments(uint64_t n, const KnoxMargin *near, const KnoxMargin *soon, uint64_t observed)
{
	KnoxMoments moments = {NAN, NAN, NAN, NAN};
	double		pairs;
	Exact		expected;		/* these two times n(n-1) */
	Exact		excess;
	Wide		numerator;

	if (n < 2)
		return moments;
	pairs = (double) (n * (n - 1));
	expected = 2 * (Exact) near->pairs * soon->pairs;
	excess = (Exact) observed * (n * (n - 1)) - expected;
	moments.expected = (double) expected / pairs;
	if (expected > 0)
		moments.ratio = (double) ((Exact) observed * (n * (n - 1))) / (double) expected;
	if (n < 4)
		return moments;
	numerator = variance_numerator(n, near, soon);
	moments.variance = wide_double(numerator) / (pairs * pairs) /
		(double) ((n - 2) * (n - 3));
	if (!wide_is_zero(numerator))
		moments.z = (double) excess / pairs / sqrt(moments.variance);
	return moments;
}
