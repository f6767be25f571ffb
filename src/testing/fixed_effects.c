/*
 * fixed_effects.c
 *	  Regressions with an effect of each place and of each day: see
 *	  fixed_effects.h.
 *
 * As is usual, places and days are projected out by turns, which for nearly
 * balanced rows takes a few rounds (Guimaraes and Portugal 2010).
 */
#include "testing/fixed_effects.h"

#include <math.h>
#include <string.h>

#include "testing/cluster.h"

#define MAX_ROUNDS 20000
#define MAX_STEPS 200

/*
 * Below this, beside what it is a part of, a number is the noise of rounding: of
 * what is left of a column, and of a sum of what cancels.
 */
#define NOISE 1e-10
#define NOISE_OF_SUM 1e-12

/* Take the weighted mean of its group from each value; returns the largest taken. */
static double
sweep(const uint32_t *group, size_t ngroups, const double *weight, double *value, size_t n,
	  double *sums)
{
	double	   *weights = sums + ngroups;
	double		largest = 0;

	memset(sums, 0, 2 * ngroups * sizeof(double));
	for (size_t k = 0; k < n; k++)
	{
		double		w = weight == NULL ? 1 : weight[k];

		sums[group[k]] += w * value[k];
		weights[group[k]] += w;
	}
	for (size_t g = 0; g < ngroups; g++)
	{
		sums[g] = weights[g] > 0 ? sums[g] / weights[g] : 0;
		if (fabs(sums[g]) > largest)
			largest = fabs(sums[g]);
	}
	for (size_t k = 0; k < n; k++)
		value[k] -= sums[group[k]];
	return largest;
}

/* Leave of a column what is within places and days; false if that has no end. */
static bool
demean(const PlaceDays *rows, const double *weight, double *value, const FitScratch *scratch)
{
	double		scale = 0;

	for (size_t k = 0; k < rows->n; k++)
		if (fabs(value[k]) > scale)
			scale = fabs(value[k]);
	for (int round = 0; round < MAX_ROUNDS; round++)
	{
		double		taken = sweep(rows->place, rows->nplaces, weight, value, rows->n,
								  scratch->by_place);
		double		also = sweep(rows->day, rows->ndays, weight, value, rows->n,
								 scratch->by_day);

		if (!isfinite(taken) || !isfinite(also))
			return false;
		if (round > 0 && taken <= 1e-15 * scale)
			return true;
		scratch->check();
	}
	return false;
}

static double
product(const double *weight, const double *a, const double *b, size_t n)
{
	double		sum = 0;

	for (size_t k = 0; k < n; k++)
		sum += (weight == NULL ? 1 : weight[k]) * a[k] * b[k];
	return sum;
}

/* Residuals, and of what they are left: y less factor times x. */
typedef struct Residuals
{
	const double *values;
	const double *y;
	const double *x;
	double		factor;
} Residuals;

/* CR1 by place: the score of a row is instrument times residual. */
static double
clustered_error(const PlaceDays *rows, const double *instrument, const Residuals *residuals,
				double information, const FitScratch *scratch)
{
	double		squares = 0;
	double		size = 0;

	memset(scratch->by_place, 0, rows->nplaces * sizeof(double));
	for (size_t k = 0; k < rows->n; k++)
	{
		scratch->by_place[rows->place[k]] += instrument[k] * residuals->values[k];
		size += fabs(instrument[k]) *
			(fabs(residuals->y[k]) + fabs(residuals->factor * residuals->x[k]));
	}
	for (size_t g = 0; g < rows->nplaces; g++)
		squares += scratch->by_place[g] * scratch->by_place[g];
	if (sqrt(squares) <= NOISE_OF_SUM * size)
		squares = 0;
	/* Effects of places are nested in the clusters; those of days count. */
	return cr1_error(squares, information, (double) rows->nplaces, (double) rows->n,
					 1 + (double) rows->ndays);
}

/* The assignment within places and days. */
static FitProblem
demean_treated(const PlaceDays *rows, const double *weight, double *treated,
			   const FitScratch *scratch)
{
	double		all = product(weight, rows->treated, rows->treated, rows->n);

	memcpy(treated, rows->treated, rows->n * sizeof(double));
	if (!demean(rows, weight, treated, scratch))
		return FIT_NO_CONVERGENCE;
	return product(weight, treated, treated, rows->n) > NOISE * all ? FIT_FINE : FIT_NO_CONTRAST;
}

/* A column as it is, and within places and days. */
typedef struct Column
{
	const double *raw;
	const double *within;
} Column;

/* An effect of regressor on y, by the instrument, which is within places and days. */
static Estimate
instrumental(const PlaceDays *rows, const double *instrument, Column of_regressor, Column of_y,
			 double *residual, const FitScratch *scratch)
{
	const double *regressor = of_regressor.within;
	const double *y = of_y.within;
	Residuals	residuals = {residual, of_y.raw, of_regressor.raw};
	Estimate	result = estimate_unknown;
	double		information = product(NULL, instrument, regressor, rows->n);

	result.estimate = product(NULL, instrument, y, rows->n) / information;
	for (size_t k = 0; k < rows->n; k++)
	{
		double		fitted = result.estimate * regressor[k];

		residual[k] = y[k] - fitted;
		if (fabs(residual[k]) <= NOISE_OF_SUM * (fabs(y[k]) + fabs(fitted)))
			residual[k] = 0;
	}
	residuals.factor = result.estimate;
	result.std_error = clustered_error(rows, instrument, &residuals, information, scratch);
	result.df = rows->nplaces > 1 ? (double) rows->nplaces - 1 : NAN;
	return result;
}

FitProblem
least_squares(const PlaceDays *rows, const double *y, FitScratch *scratch, Estimate *result)
{
	double	   *treated = scratch->rows[0];
	double	   *outcome = scratch->rows[1];
	FitProblem	problem = demean_treated(rows, NULL, treated, scratch);

	*result = estimate_unknown;
	if (problem != FIT_FINE)
		return problem;
	memcpy(outcome, y, rows->n * sizeof(double));
	if (!demean(rows, NULL, outcome, scratch))
		return FIT_NO_CONVERGENCE;
	*result = instrumental(rows, treated, (Column) {rows->treated, treated}, (Column) {y, outcome},
						   scratch->rows[2], scratch);
	return FIT_FINE;
}

FitProblem
dose_effect(const PlaceDays *rows, FitScratch *scratch, Estimate *result)
{
	double	   *treated = scratch->rows[0];
	double	   *outcome = scratch->rows[1];
	double	   *dose = scratch->rows[2];
	FitProblem	problem = demean_treated(rows, NULL, treated, scratch);
	double		first_stage;

	*result = estimate_unknown;
	if (problem != FIT_FINE)
		return problem;
	memcpy(outcome, rows->outcome, rows->n * sizeof(double));
	memcpy(dose, rows->dose, rows->n * sizeof(double));
	if (!demean(rows, NULL, outcome, scratch) || !demean(rows, NULL, dose, scratch))
		return FIT_NO_CONVERGENCE;
	first_stage = product(NULL, treated, dose, rows->n);
	if (!(fabs(first_stage) > NOISE * sqrt(product(NULL, rows->dose, rows->dose, rows->n)) *
		  sqrt(product(NULL, treated, treated, rows->n))))
		return FIT_NO_CONTRAST;
	*result = instrumental(rows, treated, (Column) {rows->dose, dose},
						   (Column) {rows->outcome, outcome}, scratch->rows[3], scratch);
	return FIT_FINE;
}

/*
 * Iterated weighted least squares: regress the working variable on treatment,
 * places and days, with the fitted values as weights.
 */
FitProblem
poisson_place_day(const PlaceDays *rows, FitScratch *scratch, Estimate *result)
{
	double	   *treated = scratch->rows[0];
	double	   *working = scratch->rows[1];
	double	   *linear = scratch->rows[2];
	double	   *fitted = scratch->rows[3];
	double	   *left = scratch->rows[4];
	double		mean = 0;
	double		estimate = 0;
	double		before = INFINITY;
	double		information = NAN;
	bool		done = false;

	*result = estimate_unknown;
	for (size_t k = 0; k < rows->n; k++)
		mean += rows->outcome[k] / (double) rows->n;
	for (size_t k = 0; k < rows->n; k++)
	{
		fitted[k] = (rows->outcome[k] + mean) / 2;
		linear[k] = log(fitted[k]);
	}
	for (int step = 0; step < MAX_STEPS && !done; step++)
	{
		FitProblem	problem = demean_treated(rows, fitted, treated, scratch);
		double		largest = 0;

		if (problem != FIT_FINE)
			return step == 0 ? problem : FIT_NO_CONVERGENCE;
		for (size_t k = 0; k < rows->n; k++)
			left[k] = working[k] = linear[k] + (rows->outcome[k] - fitted[k]) / fitted[k];
		if (!demean(rows, fitted, left, scratch))
			return FIT_NO_CONVERGENCE;
		information = product(fitted, treated, treated, rows->n);
		estimate = product(fitted, treated, left, rows->n) / information;
		for (size_t k = 0; k < rows->n; k++)
		{
			double		next = working[k] - left[k] + estimate * treated[k];

			largest = fmax(largest, fabs(next - linear[k]) * fitted[k]);
			linear[k] = next;
			fitted[k] = exp(next);
		}
		if (!isfinite(estimate) || !isfinite(largest))
			return FIT_NO_CONVERGENCE;
		done = fabs(estimate - before) <= 1e-13 * (1 + fabs(estimate)) &&
			largest <= 1e-10 * mean;
		before = estimate;
	}
	if (!done)
		return FIT_NO_CONVERGENCE;
	/* Weights times residuals of the working variable are those of the outcome. */
	for (size_t k = 0; k < rows->n; k++)
		left[k] = rows->outcome[k] - fitted[k];
	result->estimate = estimate;
	result->std_error = clustered_error(rows, treated,
										&(Residuals) {left, rows->outcome, fitted, 1},
										information, scratch);
	result->df = rows->nplaces > 1 ? (double) rows->nplaces - 1 : NAN;
	return FIT_FINE;
}
