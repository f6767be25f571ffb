/*
 * distribution.c
 *	  Probability distributions: see distribution.h.
 */
#include "base/distribution.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/*
 * GSL inverts the gamma distribution to some 1e-14 for shapes up to a thousand;
 * from 1,700 on it now and then returns NaN or nonsense.
 */
#define LARGE_SHAPE 1e3

/*
 * The quantile of a gamma distribution of large shape where the normal one is z:
 * the expansion of Cornish and Fisher (Goldberg and Levine 1946, in Johnson, Kotz
 * and Balakrishnan, Continuous Univariate Distributions, 18.5).  What is left out
 * is of order shape^-3, beside a value of order shape.
 */
static double
large_gamma_quantile(double shape, double z)
{
	double		root = sqrt(shape);
	double		z2 = z * z;

	return shape + root * z +
		(z2 - 1) / 3 +
		z * (z2 - 7) / (36 * root) -
		((3 * z2 + 7) * z2 - 16) / (810 * shape) +
		z * ((9 * z2 + 256) * z2 - 433) / (38880 * shape * root) +
		(((12 * z2 - 243) * z2 - 923) * z2 + 1472) / (204120 * shape * shape) -
		z * (((3753 * z2 + 4353) * z2 - 289517) * z2 - 289717) /
		(146966400 * shape * shape * root);
}

bool
poisson_interval(uint64_t events, double conf_level, double *low, double *high)
{
	double		k = (double) events;
	double		tail = (1 - conf_level) / 2;

	/* The chi-square distribution of 2k degrees is a gamma one, doubled. */
	if (k < LARGE_SHAPE)
	{
		*low = events == 0 ? 0 : gsl_cdf_chisq_Pinv(tail, 2 * k) / 2;
		*high = gsl_cdf_chisq_Qinv(tail, 2 * k + 2) / 2;
	}
	else
	{
		double		z = gsl_cdf_ugaussian_Qinv(tail);

		*low = large_gamma_quantile(k, -z);
		*high = large_gamma_quantile(k + 1, z);
	}
	return isfinite(*low) && isfinite(*high);
}

double
two_sided_p(double x, double df)
{
	return 2 * (isnan(df) ? gsl_cdf_ugaussian_Q(fabs(x)) : gsl_cdf_tdist_Q(fabs(x), df));
}

double
two_sided_quantile(double level, double df)
{
	double		tail = (1 - level) / 2;

	return isnan(df) ? gsl_cdf_ugaussian_Qinv(tail) : gsl_cdf_tdist_Qinv(tail, df);
}

double
chi_square_p(double x, double df)
{
	return gsl_cdf_chisq_Q(x, df);
}

/*
 * Beyond this the continued fraction of GSL's beta distribution may not converge,
 * and its gamma distribution is wrong in the tail below.
 */
#define LARGE_COUNT 1e5

/*
 * The same for a multiple of a Poisson variable, which is what remains of all
 * three distributions where counts are large, or the variance is near the mean.
 * Between its own steps, which are not of one, it is half a step further on.
 */
static double
scaled_poisson_upper_p(double count, double mean, double dispersion)
{
	double		shape = (count - 0.5) / dispersion + 0.5;
	double		x = mean / dispersion;

	if (shape < LARGE_COUNT)
		return gsl_cdf_gamma_P(x, shape, 1);

	/* Wilson and Hilferty 1931: the cube root of a gamma variable is near normal. */
	return gsl_cdf_ugaussian_P((cbrt(x / shape) - (1 - 1 / (9 * shape))) * sqrt(9 * shape));
}

double
count_upper_p(uint64_t count, double mean, double variance)
{
	double		k = (double) count;
	double		dispersion = variance / mean;
	double		size = mean / fabs(dispersion - 1);
	double		other = dispersion > 1 ? size : size - k + 1;

	if (count == 0)
		return 1;
	if (k > LARGE_COUNT || size > LARGE_COUNT)
		return scaled_poisson_upper_p(k, mean, dispersion);
	if (dispersion > 1)
		return gsl_cdf_beta_P(1 - 1 / dispersion, k, size);

	/* A binomial variable of a broken number of trials does not get to them all. */
	if (other > 0)
		return gsl_cdf_beta_P(1 - dispersion, k, other);
	return gsl_cdf_ugaussian_Q((k - 0.5 - mean) / sqrt(variance));
}
