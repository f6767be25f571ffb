/*
 * kernel.h
 *	  The quartic kernel: how much of an event counts at a distance from it.
 *
 * Over the plane, 3 / (pi h^2) (1 - (d / h)^2)^2 for distances d below the bandwidth
 * h has the integral 1 (Silverman 1986, equation 4.5).  Pure C.
 *
 * Cells lie in columns.  Their squared distance is across + height^2, in some unit,
 * where across is the same for all cells of two columns, and heights are whole
 * numbers.  So the weight of a cell is a polynomial of its height, and sums over
 * long runs of cells come out of sums of powers of heights, as exact as integers.
 */
#ifndef HOTSPOT_KERNEL_H
#define HOTSPOT_KERNEL_H

#include <stdint.h>

#include "base/exact.h"

/* A cell that has something. */
typedef struct KernelSource
{
	int64_t		height;
	int64_t		value;
} KernelSource;

#define KERNEL_POWERS 5

/*
 * Sums over all sources in front of one, of value times height to each power; they
 * wrap around, but the difference of two is right as long as it fits.
 */
typedef struct KernelSums
{
	Exact		power[KERNEL_POWERS];
} KernelSums;

/* sums has room for one more than the n sources. */
extern void kernel_sums(const KernelSource *sources, uint32_t n, KernelSums *sums);

/* Runs of more sources are summed by way of KernelSums. */
#define KERNEL_RUN 64

/*
 * The sum of value times (1 - (d / h)^2)^2 of the sources from, up to but without
 * to, which have (d / h)^2 below 1 and lie in one column: the squares of the
 * distance across and of the bandwidth are in the unit of heights.  sums may be
 * NULL when there are no more sources than KERNEL_RUN.
 */
extern double kernel_run(const KernelSource *sources, const KernelSums *sums,
						 uint32_t from, uint32_t to, int64_t height,
						 double across2, double bandwidth2);

/*
 * How far up and down the bandwidth reaches in a column: the greatest height whose
 * distance is below it, at most limit; -1 where there is none.
 */
extern int64_t kernel_reach(double across2, double bandwidth2, int64_t limit);

#endif							/* HOTSPOT_KERNEL_H */
