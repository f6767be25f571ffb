/*
 * cohort_sums.c
 *	  A panel as its estimators read it: see cohort_sums.h.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "testing/cohort_sums.h"
#include "testing/panel.h"
#include "utils/memutils.h"

/* For more periods or numbers, products would take long or much memory. */
#define MOMENTS_MAX_PERIODS 400
#define MOMENTS_MAX (128.0 * 1024 * 1024)

static void *
allocate_zero(size_t n, size_t size)
{
	return MemoryContextAllocExtended(CurrentMemoryContext, Max(n, 1) * size,
									  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* ---- periods ---- */

static void
fold_periods(CohortSums *sums, const PanelRows *view)
{
	uint32		present = view->head.nperiods;
	int64		span;

	if (present == 0)
		return;
	sums->first_period = view->periods[0];
	span = (int64) view->periods[present - 1] - view->periods[0] + 1;
	if (span - present > present)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%lld of the %lld periods from %d to %d have no row",
						(long long) (span - present), (long long) span, view->periods[0],
						view->periods[present - 1]),
				 errhint("Number periods consecutively, for example by month_number(date), week_number(date) or day_number(date).")));
	if (span > present)
		ereport(NOTICE,
				(errmsg("%lld of the %lld periods from %d to %d have no row and count as zeros",
						(long long) (span - present), (long long) span, view->periods[0],
						view->periods[present - 1])));
	if ((uint64) span * view->head.nplaces > PANEL_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a panel of %u places and %lld periods is too large to be read",
						view->head.nplaces, (long long) span),
				 errhint("Use longer periods, for example week_number(date) or month_number(date), or fewer places.")));
	sums->nperiods = sums->stride = (int) span;
}

/* ---- cohorts ---- */

/*
 * When a place is treated, where it is within the panel.  When before its first
 * period does not matter.
 */
static int64
treated_from(const CohortSums *sums, const PanelPlace *place, FoldRule rule)
{
	int64		last = (int64) sums->first_period + sums->nperiods - 1;

	if (place->treated_from == PANEL_NEVER || place->treated_from > last + rule.anticipation)
		return COHORT_NEVER;
	return Max(place->treated_from, sums->first_period);
}

static bool
is_always(const CohortSums *sums, int64 treated, FoldRule rule)
{
	return treated != COHORT_NEVER && treated - rule.anticipation <= sums->first_period;
}

static int
compare_int64(const void *a, const void *b)
{
	int64		left = *(const int64 *) a;
	int64		right = *(const int64 *) b;

	return (left > right) - (left < right);
}

/* Find the cohorts of the places that are kept, and count these. */
static void
find_cohorts(CohortSums *sums, const PanelRows *view, FoldRule rule)
{
	int64	   *starts = allocate_zero(view->head.nplaces, sizeof(int64));
	uint32		n = 0;

	for (uint32 place = 0; place < view->head.nplaces; place++)
	{
		int64		treated = treated_from(sums, &view->places[place], rule);

		if (is_always(sums, treated, rule))
		{
			sums->always++;
			if (rule.drop_always)
				continue;
		}
		starts[n++] = treated;
	}
	sums->nplaces = n;
	qsort(starts, n, sizeof(int64), compare_int64);
	sums->cohorts = allocate_zero(n, sizeof(Cohort));
	for (uint32 k = 0; k < n; k++)
	{
		Cohort	   *cohort = &sums->cohorts[Max(sums->ncohorts - 1, 0)];

		if (k == 0 || starts[k] != cohort->treated_from)
		{
			cohort = &sums->cohorts[sums->ncohorts++];
			cohort->treated_from = starts[k];
			cohort->start = starts[k] == COHORT_NEVER ? COHORT_NEVER :
				starts[k] - sums->first_period;
			cohort->sums = allocate_zero(sums->nperiods, sizeof(Outcome));
			cohort->means = allocate_zero(sums->nperiods, sizeof(double));
		}
		cohort->nplaces++;
	}
	pfree(starts);
}

static int
find_cohort(const CohortSums *sums, int64 treated)
{
	int			low = 0;
	int			high = sums->ncohorts - 1;

	while (low < high)
	{
		int			middle = low + (high - low) / 2;

		if (sums->cohorts[middle].treated_from < treated)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* ---- outcomes ---- */

/* Of each period of the panel, the column of its outcomes, or -1. */
static int *
columns_of_periods(const CohortSums *sums, const PanelRows *view)
{
	int		   *columns = palloc(Max(sums->nperiods, 1) * sizeof(int));

	for (int t = 0; t < sums->nperiods; t++)
		columns[t] = -1;
	for (uint32 p = 0; p < view->head.nperiods; p++)
		columns[(int64) view->periods[p] - sums->first_period] = (int) view->columns[p];
	return columns;
}

pg_noreturn static void
negative_outcome(const CohortSums *sums, const PanelRows *view, uint32 place, int t)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("the outcome of place %s in period %d is negative",
					panel_place_text(view, place), sums->first_period + t),
			 errhint("Ratios are of counts and other amounts; for others use did() with method \"twfe\".")));
	pg_unreachable();
}

static void
add_place(CohortSums *sums, const PanelRows *view, const int *columns, uint32 n, FoldRule rule,
		  Cohort *cohort, double *outcomes)
{
	const PanelCells *cells = &view->places[n].cells;
	Outcome		level = rule.ratios || sums->nperiods == 0 ? 0 : panel_cell(cells, columns[0]);

	for (int t = 0; t < sums->nperiods; t++)
	{
		Outcome		outcome = columns[t] < 0 ? 0 : panel_cell(cells, columns[t]);

		if (rule.ratios && outcome < 0)
			negative_outcome(sums, view, n, t);
		if (outcome == level)
			continue;
		if (__builtin_sub_overflow(outcome, level, &outcome) ||
			__builtin_add_overflow(cohort->sums[t], outcome, &cohort->sums[t]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the sum of outcomes in period %d is out of range",
							sums->first_period + t),
					 errhint("Give outcomes in a larger unit.")));
		outcomes[t] = (outcome == (int64) outcome ? (double) (int64) outcome : (double) outcome) /
			OUTCOME_UNIT;
	}
}

static void
fold_places(CohortSums *sums, const PanelRows *view, FoldRule rule)
{
	Ids			clusters = {.context = CurrentMemoryContext};
	int		   *columns = columns_of_periods(sums, view);
	uint32		n = 0;

	sums->clustered = view->head.cluster_ids != IDS_NONE;
	sums->cohort_of = allocate_zero(sums->nplaces, sizeof(int));
	sums->cluster_of = allocate_zero(sums->nplaces, sizeof(uint32));
	sums->outcomes = allocate_zero((size_t) sums->nplaces * sums->stride, sizeof(double));
	for (uint32 k = 0; k < view->head.nplaces; k++)
	{
		const PanelPlace *place = &view->places[k];
		int64		treated = treated_from(sums, place, rule);
		bool		added;

		CHECK_FOR_INTERRUPTS();
		if (rule.drop_always && is_always(sums, treated, rule))
			continue;
		sums->cohort_of[n] = find_cohort(sums, treated);
		sums->cluster_of[n] = !sums->clustered ? n :
			ids_number(&clusters, (Id) {place->cluster_id, place->cluster_length}, &added);
		common_cluster_add(&sums->cohorts[sums->cohort_of[n]].cluster,
						   (CommonCluster) {.any = true, .cluster = sums->cluster_of[n]});
		add_place(sums, view, columns, k, rule, &sums->cohorts[sums->cohort_of[n]],
				  sums->outcomes + (size_t) n * sums->stride);
		n++;
	}
	sums->nclusters = sums->clustered ? clusters.n : n;
	pfree(columns);
}

void
cohort_sums(FunctionCallInfo fcinfo, int argno, FoldRule rule, CohortSums *sums)
{
	PanelRows	view;

	memset(sums, 0, sizeof(*sums));
	sums->dropped = rule.drop_always;
	panel_view(fcinfo, argno, &view);
	fold_periods(sums, &view);
	find_cohorts(sums, &view, rule);
	fold_places(sums, &view, rule);
	for (int c = 0; c < sums->ncohorts; c++)
	{
		Cohort	   *cohort = &sums->cohorts[c];

		for (int t = 0; t < sums->nperiods; t++)
			cohort->means[t] = (double) cohort->sums[t] / OUTCOME_UNIT / cohort->nplaces;
	}
}

/* Add a place's products to the lower triangle. */
static void
add_products(const double *outcomes, const double *means, int n, double *rest, double *products)
{
	for (int t = 0; t < n; t++)
	{
		double		value = rest[t] = outcomes[t] - means[t];
		double	   *line = products + (size_t) t * n;

		for (int s = 0; s <= t; s++)
			line[s] += value * rest[s];
	}
}

void
cohort_moments(CohortSums *sums)
{
	int			n = sums->nperiods;
	double	   *rest;

	if (sums->clustered || n > MOMENTS_MAX_PERIODS ||
		(double) sums->ncohorts * n * n > MOMENTS_MAX)
		return;
	rest = palloc(Max(n, 1) * sizeof(double));
	sums->moments = allocate_zero((size_t) sums->ncohorts * n * n, sizeof(double));
	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		int			cohort = sums->cohort_of[place];

		CHECK_FOR_INTERRUPTS();
		add_products(place_outcomes(sums, place), sums->cohorts[cohort].means, n, rest,
					 (double *) moments_of(sums, cohort));
	}
	for (int cohort = 0; cohort < sums->ncohorts; cohort++)
	{
		double	   *products = (double *) moments_of(sums, cohort);

		for (int t = 0; t < n; t++)
			for (int s = 0; s < t; s++)
				products[(size_t) s * n + t] = products[(size_t) t * n + s];
	}
	pfree(rest);
}
