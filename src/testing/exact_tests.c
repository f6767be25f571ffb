/*
 * exact_tests.c
 *	  e_test() and c_test(): two counts against each other, where they are small.
 */
#include "base/compat.h"

#include <math.h>

#include "base/distribution.h"
#include "base/options.h"
#include "miscadmin.h"
#include "testing/c_test.h"
#include "testing/e_test.h"
#include "testing/effect.h"

PG_FUNCTION_INFO_V1(e_test);
PG_FUNCTION_INFO_V1(c_test);

/* Larger counts would take long, and the normal distribution serves as well. */
#define MAX_COUNT INT64CONST(1000000000)

/* So that no square of an exposure is out of range. */
#define MAX_EXPOSURE 1e100

/* Below this what is left out of a p-value begins to tell. */
#define SMALL_P 1e-15

#define NO_COUNT_NOTE "both counts are 0, which can tell nothing of a difference"

static int64
count_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	int64		count;

	option_require(fcinfo, argno, name);
	count = PG_GETARG_INT64(argno);
	if (count < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is " INT64_FORMAT ", but must be at least 0", name, count),
				 errhint("Give how many events there were.")));
	if (count > MAX_COUNT)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" is " INT64_FORMAT ", but must be at most " INT64_FORMAT,
						name, count, MAX_COUNT),
				 errhint("For counts so large the normal distribution serves.")));
	return count;
}

/* A positive number: an exposure, or a ratio of rates. */
static double
positive_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	double		value;

	option_require(fcinfo, argno, name);
	value = PG_GETARG_FLOAT8(argno);
	if (!(value >= 1 / MAX_EXPOSURE && value <= MAX_EXPOSURE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be above 0, from %g to %g", name, value,
						1 / MAX_EXPOSURE, MAX_EXPOSURE),
				 errhint("Give how long, or over how many places, events were counted.")));
	return value;
}

static double
difference_argument(FunctionCallInfo fcinfo, int argno, const char *name)
{
	double		value;

	option_require(fcinfo, argno, name);
	value = PG_GETARG_FLOAT8(argno);
	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be finite", name, value),
				 errhint("0 tests whether the rates differ at all.")));
	return value;
}

/* k1, n1, k2, n2 and what is tested, which the caller reads. */
static TwoRates
rates_arguments(FunctionCallInfo fcinfo)
{
	TwoRates	rates = {0};

	rates.k1 = count_argument(fcinfo, 0, "k1");
	rates.n1 = positive_argument(fcinfo, 1, "n1");
	rates.k2 = count_argument(fcinfo, 2, "k2");
	rates.n2 = positive_argument(fcinfo, 3, "n2");
	return rates;
}

/* ---- e_test ---- */

static double *
allocate_doubles(int64 n)
{
	return palloc_extended((Size) n * sizeof(double), MCXT_ALLOC_HUGE);
}

/* The p-value of rates, which would be l1 and l2. */
static double
e_test_p_value(const TwoRates *rates, double l1, double l2)
{
	PoissonRange first = poisson_range(rates->n1 * l1);
	PoissonRange second = poisson_range(rates->n2 * l2);
	double	   *weights = allocate_doubles(first.n);
	double	   *probabilities = allocate_doubles(second.n);
	double	   *below = allocate_doubles(second.n + 1);
	double	   *above = allocate_doubles(second.n + 1);
	double		threshold = fabs(e_test_statistic(rates, rates->k1, rates->k2));
	double		p_value = 0;

	poisson_probabilities(first, weights);
	poisson_probabilities(second, probabilities);
	poisson_sums(second, probabilities, below, above);
	for (int64 n = 0; n < first.n; n++)
	{
		CHECK_FOR_INTERRUPTS();
		p_value += weights[n] *
			e_test_row(rates, threshold, first.first + n, second, below, above);
	}
	return Min(p_value, 1);
}

/*
 * The interval of a difference of rates from those of each, which are exact
 * (MOVER: Zou and Donner 2008, Statistics in Medicine 27:1693).
 */
static void
difference_interval(const TwoRates *rates, Effect *effect)
{
	double		r1 = (double) rates->k1 / rates->n1;
	double		r2 = (double) rates->k2 / rates->n2;
	double		low1;
	double		high1;
	double		low2;
	double		high2;

	if (!poisson_interval((uint64) rates->k1, effect->conf_level, &low1, &high1) ||
		!poisson_interval((uint64) rates->k2, effect->conf_level, &low2, &high2))
		return;
	effect->conf_low = r1 - r2 - hypot(r1 - low1 / rates->n1, high2 / rates->n2 - r2);
	effect->conf_high = r1 - r2 + hypot(high1 / rates->n1 - r1, r2 - low2 / rates->n2);
}

/* e_test(k1, n1, k2, n2, d, conf_level) */
Datum
e_test(PG_FUNCTION_ARGS)
{
	TwoRates	rates = rates_arguments(fcinfo);
	Effect		effect;
	double		l1;
	double		l2;

	rates.d = difference_argument(fcinfo, 4, "d");
	effect = effect_unknown("e_test", option_conf_level(fcinfo, 5, "conf_level"),
							rates.k1 + rates.k2);
	effect.estimate = (double) rates.k1 / rates.n1 - (double) rates.k2 / rates.n2;
	difference_interval(&rates, &effect);
	if (rates.k1 == 0 && rates.k2 == 0)
	{
		effect.note = NO_COUNT_NOTE;
		return effect_datum(fcinfo, &effect);
	}

	effect.std_error = sqrt((double) rates.k1 / rates.n1 / rates.n1 +
							(double) rates.k2 / rates.n2 / rates.n2);
	effect.statistic = e_test_statistic(&rates, rates.k1, rates.k2);
	if (e_test_rates(&rates, &l1, &l2))
	{
		effect.p_value = e_test_p_value(&rates, l1, l2);
		if (effect.p_value < SMALL_P)
			effect.note = "the p-value is below 1e-15, and no more is known of it";
	}
	else
		effect.note = "with so large a difference d a rate would not be above 0, so that there is no test of it";
	return effect_datum(fcinfo, &effect);
}

/* ---- c_test ---- */

/* c_test(k1, n1, k2, n2, ratio, conf_level) */
Datum
c_test(PG_FUNCTION_ARGS)
{
	TwoRates	rates = rates_arguments(fcinfo);
	double		ratio = positive_argument(fcinfo, 4, "ratio");
	double		by_exposure = rates.n2 / rates.n1;
	int64		n = rates.k1 + rates.k2;
	Effect		effect;
	double		tail;

	effect = effect_unknown("c_test", option_conf_level(fcinfo, 5, "conf_level"), n);
	if (n == 0)
	{
		effect.note = NO_COUNT_NOTE;
		return effect_datum(fcinfo, &effect);
	}

	/* A first rate of so many times the second makes these odds. */
	effect.p_value = binomial_p_value(rates.k1, n, ratio / by_exposure);
	tail = (1 - effect.conf_level) / 2;
	effect.conf_low = exp(binomial_low_log_odds(rates.k1, n, tail)) * by_exposure;
	effect.conf_high = exp(binomial_high_log_odds(rates.k1, n, tail)) * by_exposure;
	effect.estimate = (double) rates.k1 / (double) rates.k2 * by_exposure;
	if (rates.k2 == 0)
		effect.note = "the second count is 0, so that the ratio has no upper limit";
	return effect_datum(fcinfo, &effect);
}
