/*
 * lorenz.h
 *	  How few cells hold how much: shares, and the Gini coefficient.
 *
 * Pure C over values that ascend, none below 0 and at most 2^24 of them, so that
 * no sum of 128 bits overflows.
 */
#ifndef HOTSPOT_LORENZ_H
#define HOTSPOT_LORENZ_H

#include <stdint.h>

#include "base/exact.h"

/*
 * sums[k] is set to what the k + 1 largest values are together; returns the sum of
 * all.
 */
extern Exact lorenz_sums(const int64_t *values, uint32_t n, Exact *sums);

/*
 * The fewest of the largest values that hold a share p of the sum of all, which is
 * above 0: their sum is at least p times it, less 1e-12 of it for the sake of
 * shares such as 0.1, which a float8 does not hold.
 */
extern uint32_t lorenz_cells(const Exact *sums, uint32_t n, double p);

/*
 * The Gini coefficient, 2 sum(i x(i)) / (N sum(x)) - (N + 1) / N; NaN where the sum
 * is 0.
 */
extern double lorenz_gini(const int64_t *values, uint32_t n);

/*
 * The same for counts of events that may be fewer than cells, so that even one a
 * cell would leave many empty: max(1, N / C) (G - 1) + 1 for C events (Bernasco and
 * Steenbeek 2017).  The counts are at most 2^62 together.
 */
extern double lorenz_gini_generalised(const int64_t *values, uint32_t n);

#endif							/* HOTSPOT_LORENZ_H */
