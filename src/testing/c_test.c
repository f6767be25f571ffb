/*
 * c_test.c
 *	  The conditional test of two Poisson means: see c_test.h.
 *
 * Probabilities are exact to some 1e-13 also where n is a thousand million, where
 * the incomplete beta function of GSL loses digits.
 */
#include "testing/c_test.h"

#include <math.h>
#include <stdbool.h>

#define LOG_TIE 1e-7
#define MAX_STEPS 200

/* A probability of success, and of failure. */
typedef struct Trial
{
	double		p;
	double		q;
} Trial;

static Trial
trial_of(double odds)
{
	return (Trial) {.p = isinf(odds) ? 1 : odds / (1 + odds), .q = 1 / (1 + odds)};
}

static Trial
opposite(Trial trial)
{
	return (Trial) {.p = trial.q, .q = trial.p};
}

/* ---- one probability: Loader 2000, Fast and accurate computation of binomial probabilities ---- */

/* The error of Stirling's formula for the logarithm of n!. */
static double
stirling_error(double n)
{
	double		square = n * n;

	if (n < 16)
	{
		double		log_factorial = 0;

		for (int k = 2; k <= (int) n; k++)
			log_factorial += log(k);
		return log_factorial - (n + 0.5) * log(n) + n - 0.5 * log(2 * M_PI);
	}
	return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square) / n;
}

/* The deviance x log(x / mean) + mean - x, without loss where x is near the mean. */
static double
deviance(double x, double mean)
{
	double		difference = x - mean;
	double		ratio = difference / (x + mean);
	double		sum;
	double		term;

	if (fabs(ratio) >= 0.1)
		return x * log(x / mean) + mean - x;
	sum = difference * ratio;
	term = 2 * x * ratio;
	for (int k = 3;; k += 2)
	{
		double		next;

		term *= ratio * ratio;
		next = sum + term / k;
		if (next == sum)
			return sum;
		sum = next;
	}
}

static double
log_probability(int64_t successes, int64_t trials, Trial trial)
{
	double		k = (double) successes;
	double		n = (double) trials;

	if (trial.p == 0 || trial.q == 0)
		return (trial.p == 0 ? k == 0 : k == n) ? 0 : -INFINITY;
	if (successes == 0 || successes == trials)
	{
		double		chance = successes == 0 ? trial.q : trial.p;
		double		other = successes == 0 ? trial.p : trial.q;

		return n * (other < 0.5 ? log1p(-other) : log(chance));
	}
	return stirling_error(n) - stirling_error(k) - stirling_error(n - k) -
		deviance(k, n * trial.p) - deviance(n - k, n * trial.q) +
		0.5 * log(n / (2 * M_PI * k * (n - k)));
}

/* ---- tails ---- */

/* The probability of k or more by that of just k, where k is not below the mean. */
static double
tail_by_first(int64_t k, int64_t n, Trial trial)
{
	double		sum = 1;
	double		term = 1;
	double		odds = trial.p / trial.q;

	for (int64_t j = k; j < n; j++)
	{
		term *= (double) (n - j) / (double) (j + 1) * odds;
		if (sum + term == sum)
			break;
		sum += term;
	}
	return sum;
}

/* The probability of k or more. */
static double
upper_tail(int64_t k, int64_t n, Trial trial)
{
	if (k <= 0)
		return 1;
	if (k > n)
		return 0;
	if ((double) k < (double) n * trial.p)
		return 1 - upper_tail(n - k + 1, n, opposite(trial));
	return exp(log_probability(k, n, trial)) *
		(trial.q == 0 ? 1 : tail_by_first(k, n, trial));
}

/* As binomial_p_value(), where k is below the mean. */
static double
p_value_below(int64_t k, int64_t n, Trial trial)
{
	double		limit = log_probability(k, n, trial) + LOG_TIE;
	int64_t		low = (int64_t) ceil((double) n * trial.p);
	int64_t		high = n + 1;

	/* From the mean on probabilities fall; find the first that is small enough. */
	while (low < high)
	{
		int64_t		middle = low + (high - low) / 2;

		if (log_probability(middle, n, trial) <= limit)
			high = middle;
		else
			low = middle + 1;
	}
	return upper_tail(n - k, n, opposite(trial)) + upper_tail(low, n, trial);
}

double
binomial_p_value(int64_t k, int64_t n, double odds)
{
	Trial		trial = trial_of(odds);
	double		mean = (double) n * trial.p;
	double		p_value;

	if ((double) k == mean)
		return 1;
	p_value = (double) k < mean ? p_value_below(k, n, trial) :
		p_value_below(n - k, n, opposite(trial));
	return p_value < 1 ? p_value : 1;
}

/* ---- limits ---- */

/*
 * By Newton's method on the logarithm of the tail, which is concave in the log
 * odds: from the second step on it ascends towards the limit.
 */
double
binomial_low_log_odds(int64_t k, int64_t n, double tail)
{
	double		log_odds = log((double) k) - log((double) (n - k));

	if (k == 0)
		return -INFINITY;
	if (k == n)
	{
		double		log_p = log(tail) / (double) n;

		return log_p - log(-expm1(log_p));
	}
	for (int step = 0; step < MAX_STEPS; step++)
	{
		Trial		trial = trial_of(exp(log_odds));
		double		sum = tail_by_first(k, n, trial);
		double		excess = log_probability(k, n, trial) + log(sum) - log(tail);
		double		change = excess * sum / ((double) k * trial.q);

		log_odds -= change;
		if (fabs(change) <= 1e-15 * fmax(1, fabs(log_odds)) || (step > 0 && change >= 0))
			break;
	}
	return log_odds;
}

double
binomial_high_log_odds(int64_t k, int64_t n, double tail)
{
	return -binomial_low_log_odds(n - k, n, tail);
}
