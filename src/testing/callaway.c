/*
 * callaway.c
 *	  The effects of treatments that start at different times: see callaway.h.
 *
 * Formulas are those of Callaway and Sant'Anna 2021 as the R package did computes
 * them: population variances, and averages whose weights, the sizes of cohorts,
 * are estimated too.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "testing/callaway.h"
#include "utils/memutils.h"

/* ---- cells ---- */

/* Without places that are never treated those treated last must do. */
static void
require_controls(CohortSums *sums, CallawayRule rule)
{
	Cohort	   *last;
	int64		end;

	if (sums->ncohorts == 0 || cohorts_have_never(sums))
		return;
	last = &sums->cohorts[sums->ncohorts - 1];
	end = Max(Min(last->start - rule.anticipation, sums->nperiods), 0);
	ereport(NOTICE,
			(errmsg("every place is treated in the end: the %u treated last, from %lld on, are the control, and periods from %lld on are left out",
					last->nplaces, (long long) last->treated_from,
					(long long) (sums->first_period + end))));
	last->start = COHORT_NEVER;
	sums->nperiods = (int) end;
}

static bool
is_control(const Callaway *callaway, const AttCell *cell, int cohort)
{
	int64		start = callaway->sums->cohorts[cohort].start;

	if (cohort == cell->cohort)
		return false;
	return start == COHORT_NEVER ||
		(callaway->rule.not_yet &&
		 start > (int64) Max(cell->period, cell->base) + callaway->rule.anticipation);
}

static double
change(const AttCell *cell, const double *outcomes)
{
	return outcomes[cell->period] - outcomes[cell->base];
}

/* The mean change of the controls. */
static double
control_change(const Callaway *callaway, const AttCell *cell)
{
	double		sum = 0;

	for (int c = 0; c < callaway->sums->ncohorts; c++)
		if (is_control(callaway, cell, c))
			sum += callaway->sums->cohorts[c].nplaces * change(cell, callaway->sums->cohorts[c].means);
	return sum / cell->ncontrols;
}

static void
find_effect(const Callaway *callaway, AttCell *cell)
{
	const Cohort *cohorts = callaway->sums->cohorts;

	for (int c = 0; c < callaway->sums->ncohorts; c++)
		if (is_control(callaway, cell, c))
		{
			cell->ncontrols += cohorts[c].nplaces;
			common_cluster_add(&cell->controls, cohorts[c].cluster);
		}
	if (cell->ncontrols > 0)
		cell->att = change(cell, cohorts[cell->cohort].means) - control_change(callaway, cell);
}

/* The period with which a cohort's period is compared; negative: none. */
static int64
base_period(const Callaway *callaway, const Cohort *cohort, int period)
{
	int64		last = cohort->start - callaway->rule.anticipation - 1;

	return period > last || callaway->rule.universal ? last : period - 1;
}

void
callaway_begin(Callaway *callaway, CohortSums *sums, CallawayRule rule)
{
	callaway->sums = sums;
	callaway->rule = rule;
	callaway->ncells = 0;
	require_controls(sums, rule);
	callaway->cells = MemoryContextAllocHuge(CurrentMemoryContext,
											 Max((size_t) sums->ncohorts * sums->nperiods, 1) *
											 sizeof(AttCell));
	for (int c = 0; c < cohorts_treated(sums); c++)
	{
		/* One that is treated after the end, but for anticipation, is a control. */
		if (sums->cohorts[c].start >= sums->nperiods)
			continue;
		for (int t = 0; t < sums->nperiods; t++)
		{
			int64		base = base_period(callaway, &sums->cohorts[c], t);
			AttCell		cell = {.cohort = c, .period = t, .base = (int) base, .att = NAN};

			CHECK_FOR_INTERRUPTS();
			if (base < 0)
				continue;
			find_effect(callaway, &cell);
			callaway->cells[callaway->ncells++] = cell;
		}
	}
}

void
callaway_add_sides(const Callaway *callaway, const AttCell *cell, CallawaySides *sides)
{
	const Cohort *cohort = &callaway->sums->cohorts[cell->cohort];

	common_cluster_add(&sides->treated, cohort->cluster);
	common_cluster_add(&sides->controls, cell->controls);
	sides->single_place |= cohort->nplaces == 1 || cell->ncontrols == 1;
	sides->single_cluster |= is_single_cluster(cohort->cluster) || is_single_cluster(cell->controls);
}

static void
merge_sides(CallawaySides *sides, const CallawaySides *more)
{
	common_cluster_add(&sides->treated, more->treated);
	common_cluster_add(&sides->controls, more->controls);
	sides->single_place |= more->single_place;
	sides->single_cluster |= more->single_cluster;
}

/* Add the influence of a cohort that has a share in a mean change. */
static void
add_cohort(const Callaway *callaway, const AttCell *cell, int cohort, double mean, double factor,
		   Influence *influence, int estimate)
{
	*influence_weight(influence, cohort, cell->period, estimate) += factor;
	*influence_weight(influence, cohort, cell->base, estimate) -= factor;
	*influence_constant(influence, cohort, estimate) -= factor * mean;
}

void
callaway_add_cell(const Callaway *callaway, const AttCell *cell, double factor,
				  Influence *influence, int estimate)
{
	const CohortSums *sums = callaway->sums;
	const Cohort *cohort = &sums->cohorts[cell->cohort];
	double		mean = control_change(callaway, cell);

	add_cohort(callaway, cell, cell->cohort, change(cell, cohort->means),
			   factor / cohort->nplaces, influence, estimate);
	for (int c = 0; c < sums->ncohorts; c++)
		if (is_control(callaway, cell, c))
			add_cohort(callaway, cell, c, mean, -factor / cell->ncontrols, influence, estimate);
}

/* ---- averages ---- */

/* Something of a cohort that is averaged with the cohort's size as its weight. */
typedef struct Part
{
	int			cohort;
	double		value;
} Part;

/*
 * The average of parts.  The sizes of cohorts are random, too: add what that
 * contributes to its influence.
 */
static double
average(const CohortSums *sums, const Part *parts, int n, double factor, Influence *influence,
		int estimate)
{
	double		size = 0;
	double		sum = 0;
	double		result;

	for (int k = 0; k < n; k++)
	{
		size += sums->cohorts[parts[k].cohort].nplaces;
		sum += sums->cohorts[parts[k].cohort].nplaces * parts[k].value;
	}
	result = sum / size;

	/*
	 * A place counts only in the parts of its own cohort, each by how far it is
	 * from the average; over all places that adds up to 0.
	 */
	for (int k = 0; k < n; k++)
		*influence_constant(influence, parts[k].cohort, estimate) +=
			factor * (parts[k].value - result) / size;
	return result;
}

/* Add the influence of a cell within an average of parts. */
static void
add_part_cell(const Callaway *callaway, const AttCell *cell, double factor, Influence *influence,
			  int estimate, CallawayAverage *result)
{
	callaway_add_cell(callaway, cell, factor, influence, estimate);
	result->ncells++;
	callaway_add_sides(callaway, cell, &result->sides);
}

/* The average over the cells that are chosen, weighted by the sizes of cohorts. */
typedef bool (*CellChoice) (const Callaway *callaway, const AttCell *cell, int which);

static CallawayAverage
average_cells(const Callaway *callaway, CellChoice choice, int which, double factor,
			  Influence *influence, int estimate)
{
	const CohortSums *sums = callaway->sums;
	CallawayAverage result = {.estimate = NAN};
	Part	   *parts = palloc_extended(Max(callaway->ncells, 1) * sizeof(Part), MCXT_ALLOC_HUGE);
	double		size = 0;
	int			n = 0;

	CHECK_FOR_INTERRUPTS();
	for (int k = 0; k < callaway->ncells; k++)
	{
		const AttCell *cell = &callaway->cells[k];

		if (!cell_is_defined(cell) || !choice(callaway, cell, which))
			continue;
		parts[n++] = (Part) {cell->cohort, cell->att};
		size += sums->cohorts[cell->cohort].nplaces;
	}
	for (int k = 0; k < callaway->ncells; k++)
	{
		const AttCell *cell = &callaway->cells[k];

		if (cell_is_defined(cell) && choice(callaway, cell, which))
			add_part_cell(callaway, cell, factor * sums->cohorts[cell->cohort].nplaces / size,
						  influence, estimate, &result);
	}
	if (n > 0)
		result.estimate = average(sums, parts, n, factor, influence, estimate);
	pfree(parts);
	return result;
}

static bool
is_after(const Callaway *callaway, const AttCell *cell, int which)
{
	return cell_lag(callaway, cell) >= 0;
}

static bool
is_at_lag(const Callaway *callaway, const AttCell *cell, int which)
{
	return cell_lag(callaway, cell) == which;
}

static bool
is_in_period(const Callaway *callaway, const AttCell *cell, int which)
{
	return cell->period == which && cell_lag(callaway, cell) >= 0;
}

CallawayAverage
callaway_at_lag(const Callaway *callaway, int lag, double factor, Influence *influence,
				int estimate)
{
	return average_cells(callaway, is_at_lag, lag, factor, influence, estimate);
}

/* Does any defined cell answer the choice? */
static bool
has_cell(const Callaway *callaway, CellChoice choice, int which)
{
	CHECK_FOR_INTERRUPTS();
	for (int k = 0; k < callaway->ncells; k++)
		if (cell_is_defined(&callaway->cells[k]) && choice(callaway, &callaway->cells[k], which))
			return true;
	return false;
}

/* The plain mean over lags from 0 on, or over periods, of their averages. */
static CallawayAverage
mean_of_averages(const Callaway *callaway, CellChoice choice, Influence *influence, int estimate)
{
	CallawayAverage result = {.estimate = NAN};
	double		sum = 0;
	int			n = 0;

	for (int which = 0; which < callaway->sums->nperiods; which++)
		if (has_cell(callaway, choice, which))
			n++;
	for (int which = 0; which < callaway->sums->nperiods; which++)
	{
		CallawayAverage part;

		if (!has_cell(callaway, choice, which))
			continue;
		part = average_cells(callaway, choice, which, 1.0 / n, influence, estimate);
		sum += part.estimate;
		result.ncells += part.ncells;
		merge_sides(&result.sides, &part.sides);
	}
	if (n > 0)
		result.estimate = sum / n;
	return result;
}

/* The mean effect on each cohort, averaged. */
static CallawayAverage
average_of_cohorts(const Callaway *callaway, Influence *influence, int estimate)
{
	const CohortSums *sums = callaway->sums;
	CallawayAverage result = {.estimate = NAN};
	Part	   *parts = palloc0(Max(sums->ncohorts, 1) * sizeof(Part));
	int		   *ncells = palloc0(Max(sums->ncohorts, 1) * sizeof(int));
	double		size = 0;
	int			n = 0;

	for (int k = 0; k < callaway->ncells; k++)
	{
		const AttCell *cell = &callaway->cells[k];

		if (!cell_is_defined(cell) || !is_after(callaway, cell, 0))
			continue;
		if (ncells[cell->cohort]++ == 0)
		{
			parts[n++].cohort = cell->cohort;
			size += sums->cohorts[cell->cohort].nplaces;
		}
		parts[n - 1].value += cell->att;
	}
	for (int k = 0; k < n; k++)
		parts[k].value /= ncells[parts[k].cohort];
	for (int k = 0; k < callaway->ncells; k++)
	{
		const AttCell *cell = &callaway->cells[k];

		if (cell_is_defined(cell) && is_after(callaway, cell, 0))
			add_part_cell(callaway, cell,
						  sums->cohorts[cell->cohort].nplaces / size / ncells[cell->cohort],
						  influence, estimate, &result);
	}
	if (n > 0)
		result.estimate = average(sums, parts, n, 1, influence, estimate);
	pfree(parts);
	pfree(ncells);
	return result;
}

CallawayAverage
callaway_overall(const Callaway *callaway, CallawaySummary summary, Influence *influence,
				 int estimate)
{
	switch (summary)
	{
		case CALLAWAY_GROUP:
			return average_of_cohorts(callaway, influence, estimate);
		case CALLAWAY_DYNAMIC:
			return mean_of_averages(callaway, is_at_lag, influence, estimate);
		case CALLAWAY_CALENDAR:
			return mean_of_averages(callaway, is_in_period, influence, estimate);
		default:
			return average_cells(callaway, is_after, 0, 1, influence, estimate);
	}
}
