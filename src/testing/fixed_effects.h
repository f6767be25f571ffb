/*
 * fixed_effects.h
 *	  Regressions with an effect of each place and of each day.
 *
 * Pure maths over plain arrays, but for its own; what is not defined is NaN.
 */
#ifndef HOTSPOT_FIXED_EFFECTS_H
#define HOTSPOT_FIXED_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "testing/strata.h"

/* Rows, each of a place and a day, both numbered from 0. */
typedef struct PlaceDays
{
	size_t		n;
	size_t		nplaces;
	size_t		ndays;
	uint32_t   *place;
	uint32_t   *day;
	double	   *treated;		/* 0 or 1 */
	double	   *outcome;
	double	   *dose;
} PlaceDays;

/* Arrays for the work, of so many numbers a row. */
#define FIXED_EFFECTS_SCRATCH 5

typedef enum FitProblem
{
	FIT_FINE,
	FIT_NO_CONTRAST,			/* what is estimated does not vary within places
								 * and days */
	FIT_NO_CONVERGENCE
} FitProblem;

/*
 * What the caller supplies: the arrays, room for sums by place and by day (of
 * two numbers each), and what is called now and then in long loops.
 */
typedef struct FitScratch
{
	double	   *rows[FIXED_EFFECTS_SCRATCH];
	double	   *by_place;
	double	   *by_day;
	void		(*check) (void);
} FitScratch;

/*
 * The effect of treatment on the outcome by least squares, or on a dose: y is one
 * of the columns.  Clustered by place: CR1; t, places - 1.
 */
extern FitProblem least_squares(const PlaceDays *rows, const double *y, FitScratch *scratch,
								Estimate *result);

/* The effect of a unit of dose, with the assignment as its instrument (2SLS). */
extern FitProblem dose_effect(const PlaceDays *rows, FitScratch *scratch, Estimate *result);

/*
 * The log rate ratio by a Poisson regression, of rows whose places and days all
 * have an outcome, and where treated and untreated rows do.
 */
extern FitProblem poisson_place_day(const PlaceDays *rows, FitScratch *scratch, Estimate *result);

#endif							/* HOTSPOT_FIXED_EFFECTS_H */
