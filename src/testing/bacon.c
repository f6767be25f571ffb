/*
 * bacon.c
 *	  bacon(panel): what the two-way estimate is an average of (Goodman-Bacon 2021,
 *	  theorem 1).
 */
#include "base/compat.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "testing/two_way.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(panel_bacon);

enum
{
	COLUMN_TREATED,
	COLUMN_CONTROL,
	COLUMN_COMPARISON,
	COLUMN_ESTIMATE,
	COLUMN_WEIGHT,
	COLUMN_N,
	COLUMNS
};

/* The share of periods in which a cohort is treated. */
static double
treated_share(const CohortSums *sums, const Cohort *cohort)
{
	return 1 - (double) Min(Max(cohort->start, 0), sums->nperiods) / sums->nperiods;
}

static double
mean_between(const Cohort *cohort, int64 first, int64 end)
{
	double		sum = 0;

	for (int64 t = first; t < end; t++)
		sum += cohort->means[t];
	return sum / (end - first);
}

/* What changes from the periods [first, start) to those of [start, end). */
static double
change(const Cohort *cohort, int64 first, int64 start, int64 end)
{
	return mean_between(cohort, start, end) - mean_between(cohort, first, start);
}

static void
put_pair(FunctionCallInfo fcinfo, const Cohort *treated, const Cohort *control,
		 const char *comparison, double estimate, double weight)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		values[COLUMNS];
	bool		nulls[COLUMNS] = {false};

	values[COLUMN_TREATED] = Int32GetDatum((int32) treated->treated_from);
	nulls[COLUMN_CONTROL] = control->treated_from == COHORT_NEVER;
	values[COLUMN_CONTROL] = Int32GetDatum((int32) control->treated_from);
	values[COLUMN_COMPARISON] = CStringGetTextDatum(comparison);
	values[COLUMN_ESTIMATE] = Float8GetDatum(estimate);
	values[COLUMN_WEIGHT] = Float8GetDatum(weight);
	values[COLUMN_N] = Int64GetDatum((int64) treated->nplaces + control->nplaces);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* The cohort treated earlier, before the other is treated, if it ever is. */
static void
put_earlier(FunctionCallInfo fcinfo, const CohortSums *sums, const Cohort *earlier,
			const Cohort *later, double variance)
{
	double		share = treated_share(sums, earlier);
	int64		end = Min(later->start, sums->nperiods);

	if (earlier->start <= 0 || earlier->start >= end)
		return;
	put_pair(fcinfo, earlier, later,
			 later->treated_from == COHORT_NEVER ? "treated_never" : "earlier_later",
			 change(earlier, 0, earlier->start, end) - change(later, 0, earlier->start, end),
			 (double) earlier->nplaces * later->nplaces *
			 (share - treated_share(sums, later)) * (1 - share) / variance);
}

/* The cohort treated later, while the other is treated already. */
static void
put_later(FunctionCallInfo fcinfo, const CohortSums *sums, const Cohort *earlier,
		  const Cohort *later, double variance)
{
	double		share = treated_share(sums, later);
	int64		first = Max(earlier->start, 0);

	if (later->start >= sums->nperiods || later->start <= first)
		return;
	put_pair(fcinfo, later, earlier, earlier->start <= 0 ? "later_always" : "later_earlier",
			 change(later, first, later->start, sums->nperiods) -
			 change(earlier, first, later->start, sums->nperiods),
			 (double) earlier->nplaces * later->nplaces *
			 share * (treated_share(sums, earlier) - share) / variance);
}

Datum
panel_bacon(PG_FUNCTION_ARGS)
{
	CohortSums	sums;
	double	   *within;
	double		variance;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	cohort_sums(fcinfo, 0, (FoldRule) {0}, &sums);
	within = MemoryContextAllocHuge(CurrentMemoryContext,
									Max((size_t) sums.ncohorts * sums.nperiods, 1) * sizeof(double));
	variance = treatment_within(&sums, within) / sums.nperiods * sums.nplaces;
	for (int c = 0; c < sums.ncohorts; c++)
		for (int d = c + 1; d < sums.ncohorts; d++)
		{
			CHECK_FOR_INTERRUPTS();
			put_earlier(fcinfo, &sums, &sums.cohorts[c], &sums.cohorts[d], variance);
			put_later(fcinfo, &sums, &sums.cohorts[c], &sums.cohorts[d], variance);
		}
	return (Datum) 0;
}
