/*
 * strata.c
 *	  Treated and untreated time within strata: see strata.h.
 */
#include "testing/strata.h"

#include <math.h>

#include "testing/cluster.h"

/* Below this, beside what it is a part of, a sum of what cancels is the noise of rounding. */
#define NOISE 1e-12

const Estimate estimate_unknown = {NAN, NAN, NAN};

Stratum
strata_total(const Stratum *strata, size_t n)
{
	Stratum		total = {{0, 0}, {0, 0}};

	for (size_t k = 0; k < n; k++)
		for (int z = 0; z < 2; z++)
		{
			total.outcome[z] += strata[k].outcome[z];
			total.days[z] += strata[k].days[z];
		}
	return total;
}

Estimate
log_rate_ratio(const Stratum *total)
{
	Estimate	result = estimate_unknown;

	if (!stratum_compares(total) || !(total->outcome[0] > 0) || !(total->outcome[1] > 0))
		return result;
	result.estimate = log(total->outcome[1] / total->days[1]) -
		log(total->outcome[0] / total->days[0]);
	result.std_error = sqrt(1 / total->outcome[1] + 1 / total->outcome[0]);
	return result;
}

/* ---- Mantel and Haenszel ---- */

Estimate
mantel_haenszel_log_ratio(const Stratum *strata, size_t n)
{
	Estimate	result = estimate_unknown;
	double		treated = 0;
	double		untreated = 0;
	double		variance = 0;

	for (size_t k = 0; k < n; k++)
	{
		const Stratum *s = &strata[k];
		double		days = s->days[0] + s->days[1];

		if (!stratum_compares(s))
			continue;
		treated += s->outcome[1] * s->days[0] / days;
		untreated += s->outcome[0] * s->days[1] / days;
		variance += (s->outcome[0] + s->outcome[1]) * s->days[0] * s->days[1] / (days * days);
	}
	if (!(treated > 0) || !(untreated > 0))
		return result;
	result.estimate = log(treated / untreated);
	result.std_error = sqrt(variance / (treated * untreated));
	return result;
}

Estimate
mantel_haenszel_difference(const Stratum *strata, size_t n)
{
	Estimate	result = estimate_unknown;
	double		difference = 0;
	double		weight = 0;
	double		variance = 0;

	for (size_t k = 0; k < n; k++)
	{
		const Stratum *s = &strata[k];
		double		days = s->days[0] + s->days[1];

		if (!stratum_compares(s))
			continue;
		difference += (s->outcome[1] * s->days[0] - s->outcome[0] * s->days[1]) / days;
		weight += s->days[0] * s->days[1] / days;
		variance += (s->outcome[1] * s->days[0] * s->days[0] +
					 s->outcome[0] * s->days[1] * s->days[1]) / (days * days);
	}
	if (!(weight > 0))
		return result;
	result.estimate = difference / weight;
	result.std_error = sqrt(variance) / weight;
	return result;
}

/* ---- pairs ---- */

static double
difference_of(const Stratum *stratum)
{
	return stratum->outcome[1] / stratum->days[1] - stratum->outcome[0] / stratum->days[0];
}

Estimate
paired_difference(const Stratum *strata, size_t n)
{
	Estimate	result = estimate_unknown;
	double		pairs = 0;
	double		sum = 0;
	double		size = 0;
	double		squares = 0;

	for (size_t k = 0; k < n; k++)
		if (stratum_compares(&strata[k]))
		{
			sum += difference_of(&strata[k]);
			for (int z = 0; z < 2; z++)
				size = fmax(size, fabs(strata[k].outcome[z] / strata[k].days[z]));
			pairs++;
		}
	if (pairs == 0)
		return result;
	result.estimate = sum / pairs;
	if (pairs == 1)
		return result;
	for (size_t k = 0; k < n; k++)
		if (stratum_compares(&strata[k]))
		{
			double		deviation = difference_of(&strata[k]) - result.estimate;

			if (fabs(deviation) > NOISE * size)
				squares += deviation * deviation;
		}
	result.df = pairs - 1;
	result.std_error = sqrt(squares / (pairs - 1) / pairs);
	return result;
}

/* ---- Poisson ---- */

/* Those whose outcomes tell something of the ratio within the stratum. */
static int
is_informative(const Stratum *stratum)
{
	return stratum_compares(stratum) && stratum->outcome[0] + stratum->outcome[1] > 0;
}

/* The share of a stratum's outcome that falls to treated days, as is expected. */
static double
expected_share(const Stratum *stratum, double log_ratio)
{
	return 1 / (1 + stratum->days[0] / stratum->days[1] * exp(-log_ratio));
}

/*
 * Given the sum of a stratum, the treated part is binomial, so that the effects of
 * strata need not be estimated.  The score falls in log_ratio, from positive to
 * negative, and so do all steps of Newton's method once one has gone past the
 * root: on the logistic curve they may first overshoot, hence the bound.
 */
static int
solve_log_ratio(const Stratum *strata, size_t n, double *log_ratio, double *information)
{
	double		low = -INFINITY;
	double		high = INFINITY;

	for (int k = 0; k < 200; k++)
	{
		double		score = 0;
		double		next;

		*information = 0;
		for (size_t i = 0; i < n; i++)
			if (is_informative(&strata[i]))
			{
				double		sum = strata[i].outcome[0] + strata[i].outcome[1];
				double		share = expected_share(&strata[i], *log_ratio);

				score += strata[i].outcome[1] - sum * share;
				*information += sum * share * (1 - share);
			}
		if (score > 0)
			low = *log_ratio;
		else
			high = *log_ratio;
		next = *log_ratio + score / *information;
		if (!(next > low && next < high))
			next = isinf(low) ? high - 1 : isinf(high) ? low + 1 : (low + high) / 2;
		if (fabs(next - *log_ratio) <= 1e-14 * (1 + fabs(next)))
			return isfinite(*information) && *information > 0;
		*log_ratio = next;
	}
	return 0;
}

Estimate
poisson_by_stratum(const Stratum *strata, size_t n)
{
	Estimate	result = estimate_unknown;
	Stratum		total = {{0, 0}, {0, 0}};
	double		clusters = 0;
	double		squares = 0;
	double		log_ratio;
	double		information;

	for (size_t k = 0; k < n; k++)
		if (is_informative(&strata[k]))
		{
			for (int z = 0; z < 2; z++)
			{
				total.outcome[z] += strata[k].outcome[z];
				total.days[z] += strata[k].days[z];
			}
			clusters++;
		}
	log_ratio = log_rate_ratio(&total).estimate;
	if (isnan(log_ratio) || !solve_log_ratio(strata, n, &log_ratio, &information))
		return result;
	result.estimate = log_ratio;
	for (size_t k = 0; k < n; k++)
		if (is_informative(&strata[k]))
		{
			double		sum = strata[k].outcome[0] + strata[k].outcome[1];
			double		score = strata[k].outcome[1] - sum * expected_share(&strata[k], log_ratio);

			/* Its expected part is known no better than that. */
			if (fabs(score) > NOISE * sum)
				squares += score * score;
		}
	/* The effects of strata are nested in the clusters: one stands for all. */
	result.std_error = cr1_error(squares, information, clusters,
								 total.days[0] + total.days[1], 2);
	result.df = clusters > 1 ? clusters - 1 : NAN;
	return result;
}
