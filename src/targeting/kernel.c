/*
 * kernel.c
 *	  The quartic kernel: see kernel.h.
 */
#include "targeting/kernel.h"

#include <math.h>

/* Arithmetic that wraps around. */
typedef unsigned __int128 Modular;

void
kernel_sums(const KernelSource *sources, uint32_t n, KernelSums *sums)
{
	sums[0] = (KernelSums) {{0}};
	for (uint32_t k = 0; k < n; k++)
	{
		Modular		term = (Modular) sources[k].value;

		for (int power = 0; power < KERNEL_POWERS; power++)
		{
			sums[k + 1].power[power] = (Exact) ((Modular) sums[k].power[power] + term);
			term *= (Modular) (__int128) sources[k].height;
		}
	}
}

/* The sum over a run, source by source. */
static double
short_run(const KernelSource *sources, uint32_t from, uint32_t to, int64_t height,
		  double at_least, double unit)
{
	double		sum = 0;

	for (uint32_t k = from; k < to; k++)
	{
		double		up = (double) (sources[k].height - height);
		double		rest = at_least - up * up * unit;

		sum += (double) sources[k].value * (rest * rest);
	}
	return sum;
}

/*
 * With a = 1 - across2 / bandwidth2, b = 1 / bandwidth2 and e the height above the
 * one asked about, the sum of v (a - b e^2)^2 is a^2 sum(v) - 2 a b sum(v e^2) +
 * b^2 sum(v e^4), and the powers of e come out of those of heights.
 */
static double
long_run(const Modular power[KERNEL_POWERS], int64_t height, double a, double b)
{
	Modular		h = (Modular) (__int128) height;
	Modular		second = power[2] - 2 * h * power[1] + h * h * power[0];
	Modular		fourth = power[4] - 4 * h * power[3] + 6 * h * h * power[2] -
		4 * h * h * h * power[1] + h * h * h * h * power[0];
	double		sum = a * a * (double) power[0] -
		2 * a * b * (double) second + b * b * (double) fourth;

	return sum > 0 ? sum : 0;
}

double
kernel_run(const KernelSource *sources, const KernelSums *sums, uint32_t from, uint32_t to,
		   int64_t height, double across2, double bandwidth2)
{
	double		a = 1 - across2 / bandwidth2;
	double		b = 1 / bandwidth2;

	if (to - from > KERNEL_RUN)
	{
		double		down = (double) (height - sources[from].height);
		double		up = (double) (sources[to - 1].height - height);
		double		furthest2 = fmax(down * down, up * up);
		Modular		power[KERNEL_POWERS];

		for (int k = 0; k < KERNEL_POWERS; k++)
			power[k] = (Modular) sums[to].power[k] - (Modular) sums[from].power[k];
		/* The fourth powers must fit; the sum of values always does. */
		if ((double) power[0] * furthest2 * furthest2 < 0x1p126)
			return long_run(power, height, a, b);
	}
	return short_run(sources, from, to, height, a, b);
}

int64_t
kernel_reach(double across2, double bandwidth2, int64_t limit)
{
	double		left = bandwidth2 - across2;
	double		reach;

	if (!(left > 0))
		return -1;
	reach = floor(sqrt(left));
	if (reach >= (double) limit)
		return limit;
	/* Strictly below the bandwidth, whichever way the root was rounded. */
	while (reach > 0 && !(across2 + reach * reach < bandwidth2))
		reach--;
	while (across2 + (reach + 1) * (reach + 1) < bandwidth2)
		reach++;
	return (int64_t) reach;
}
