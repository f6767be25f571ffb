/*
 * lorenz.c
 *	  How few cells hold how much: see lorenz.h.
 */
#include "targeting/lorenz.h"

#include <math.h>

/* Shares are reckoned in this many parts; 2^87 times it fits in 127 bits. */
#define PARTS INT64_C(1000000000000)

Exact
lorenz_sums(const int64_t *values, uint32_t n, Exact *sums)
{
	Exact		sum = 0;

	for (uint32_t k = 0; k < n; k++)
		sums[k] = sum += values[n - 1 - k];
	return sum;
}

uint32_t
lorenz_cells(const Exact *sums, uint32_t n, double p)
{
	Exact		needed = ((Exact) rint(p * (double) PARTS) - 1) * sums[n - 1];
	uint32_t	low = 0;
	uint32_t	high = n - 1;

	while (low < high)
	{
		uint32_t	middle = low + (high - low) / 2;

		if (sums[middle] * PARTS >= needed)
			high = middle;
		else
			low = middle + 1;
	}
	return low + 1;
}

/* sum(x) and sum(i x(i)). */
static void
add_up(const int64_t *values, uint32_t n, Exact *total, Exact *ranked)
{
	*total = 0;
	*ranked = 0;
	for (uint32_t k = 0; k < n; k++)
	{
		*total += values[k];
		*ranked += (Exact) values[k] * (k + 1);
	}
}

double
lorenz_gini(const int64_t *values, uint32_t n)
{
	Exact		total;
	Exact		ranked;

	add_up(values, n, &total, &ranked);
	if (total == 0)
		return NAN;
	return (double) (2 * ranked - ((Exact) n + 1) * total) / ((double) n * (double) total);
}

double
lorenz_gini_generalised(const int64_t *values, uint32_t n)
{
	Exact		total;
	Exact		ranked;

	add_up(values, n, &total, &ranked);
	if (total == 0 || total >= n)
		return lorenz_gini(values, n);

	/* In whole numbers, as total is small here: N / C (G - 1) + 1. */
	return (double) (2 * ranked - (2 * (Exact) n + 1) * total + total * total) /
		((double) total * (double) total);
}
