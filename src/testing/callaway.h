/*
 * callaway.h
 *	  The effects of treatments that start at different times, cohort by cohort
 *	  (Callaway and Sant'Anna 2021), without covariates.
 */
#ifndef HOTSPOT_CALLAWAY_H
#define HOTSPOT_CALLAWAY_H

#include "postgres.h"

#include "testing/influence.h"

typedef struct CallawayRule
{
	bool		not_yet;		/* controls are those not yet treated, too */
	bool		universal;		/* the base period is the same for all periods */
	int			anticipation;
} CallawayRule;

/* The effect on a cohort in a period. */
typedef struct AttCell
{
	int			cohort;
	int			period;
	int			base;
	uint32		ncontrols;		/* 0: the effect is not defined */
	CommonCluster controls;
	double		att;
} AttCell;

typedef struct Callaway
{
	CohortSums *sums;
	CallawayRule rule;
	int			ncells;
	AttCell    *cells;			/* by cohort and period */
} Callaway;

typedef enum CallawaySummary
{
	CALLAWAY_SIMPLE,
	CALLAWAY_GROUP,
	CALLAWAY_DYNAMIC,
	CALLAWAY_CALENDAR
} CallawaySummary;

/*
 * Find the cells.  Where every place is treated in the end, the cohort that is
 * treated last becomes the control, and a NOTICE says so.
 */
extern void callaway_begin(Callaway *callaway, CohortSums *sums, CallawayRule rule);

/* Periods since the cohort's treatment began. */
static inline int
cell_lag(const Callaway *callaway, const AttCell *cell)
{
	return (int) (cell->period - callaway->sums->cohorts[cell->cohort].start);
}

/* Does the cell tell something? */
static inline bool
cell_is_defined(const AttCell *cell)
{
	return cell->ncontrols > 0;
}

/* Its effect is 0 by definition. */
static inline bool
cell_is_base(const AttCell *cell)
{
	return cell->base == cell->period;
}

/* Add to an estimate the cell's influence, times a factor. */
extern void callaway_add_cell(const Callaway *callaway, const AttCell *cell, double factor,
							  Influence *influence, int estimate);

/* The places and clusters on which cells rest. */
typedef struct CallawaySides
{
	CommonCluster treated;
	CommonCluster controls;
	bool		single_place;	/* a cohort, or its control, is one place */
	bool		single_cluster; /* or lies in one cluster */
} CallawaySides;

extern void callaway_add_sides(const Callaway *callaway, const AttCell *cell, CallawaySides *sides);

/* Does nothing tell how one of the sides varies? */
static inline bool
sides_are_single(CallawaySides sides)
{
	return sides.single_place || is_single_cluster(sides.treated) ||
		is_single_cluster(sides.controls);
}

/* An average of cells, which are given by their numbers. */
typedef struct CallawayAverage
{
	double		estimate;		/* NaN where there is no cell */
	int			ncells;
	CallawaySides sides;
} CallawayAverage;

/* The effect at a lag, in the influence as that estimate times a factor. */
extern CallawayAverage callaway_at_lag(const Callaway *callaway, int lag, double factor,
									   Influence *influence, int estimate);

/* The overall effect, likewise. */
extern CallawayAverage callaway_overall(const Callaway *callaway, CallawaySummary summary,
										Influence *influence, int estimate);

#endif							/* HOTSPOT_CALLAWAY_H */
