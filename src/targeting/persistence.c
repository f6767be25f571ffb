/*
 * persistence.c
 *	  SQL functions persistence() and turnover(): whether the top of one period is
 *	  that of the next.
 */
#include "base/compat.h"

#include "base/append.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/rank.h"
#include "targeting/surface_array.h"

PG_FUNCTION_INFO_V1(surface_persistence);
PG_FUNCTION_INFO_V1(surface_turnover);

/* A cell in the list of a period, which counts from 1. */
typedef struct Listing
{
	GridIndex	index;
	int32		period;
} Listing;

static inline int
compare_listings(const Listing *a, const Listing *b)
{
	int			order = grid_index_compare(a->index, b->index);

	return order != 0 ? order : (a->period > b->period) - (a->period < b->period);
}

#define ST_SORT sort_listings
#define ST_ELEMENT_TYPE Listing
#define ST_COMPARE(a, b) compare_listings(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The lists of all periods. */
typedef struct Lists
{
	SurfaceArray array;
	int32		n;
	Measure		measure;
	Size		nlistings;
	Size		room;
	Listing    *listings;
} Lists;

/* Read the arguments surfaces, n and measure; false where surfaces is NULL. */
static bool
lists_arguments(FunctionCallInfo fcinfo, Lists *lists)
{
	memset(lists, 0, sizeof(*lists));
	if (PG_ARGISNULL(0))
		return false;
	lists->n = option_count(fcinfo, 1, "n");
	lists->measure = option_measure(fcinfo, 2, "measure");
	surface_array_open(fcinfo, 0, "surfaces", &lists->array);
	return true;
}

/* Add the top cells of a surface, which counts from 0; returns how many. */
static Size
list_period(Lists *lists, int k)
{
	SurfaceView view;
	const SurfaceCell **taken;
	uint32		ntaken;

	surface_array_view(&lists->array, k, &view);
	ntaken = rank_cells(&view, lists->measure, (uint32) lists->n, 0, NULL, NULL, &taken);
	for (uint32 m = 0; m < ntaken; m++)
		APPEND(lists->listings, lists->nlistings, lists->room, (Listing) {taken[m]->index, k + 1});
	pfree(taken);
	pfree(view.cells);
	return ntaken;
}

/* ---- persistence ---- */

/* The periods of a cell. */
typedef struct Career
{
	GridIndex	index;
	int32		periods;
	int32		first;
	int32		last;
	int32		longest_run;
} Career;

/* Those listed most often first, then those listed last, then by i and j. */
static inline int
compare_careers(const Career *a, const Career *b)
{
	if (a->periods != b->periods)
		return a->periods > b->periods ? -1 : 1;
	if (a->last != b->last)
		return a->last > b->last ? -1 : 1;
	return grid_index_compare(a->index, b->index);
}

#define ST_SORT sort_careers
#define ST_ELEMENT_TYPE Career
#define ST_COMPARE(a, b) compare_careers(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The career at the beginning of listings, which are sorted. */
static Career
career_of(const Listing *listings, Size n)
{
	Career		career = {.index = listings->index, .first = listings->period};
	int32		run = 0;

	for (Size k = 0; k < n && grid_index_compare(listings[k].index, career.index) == 0; k++)
	{
		run = k > 0 && listings[k].period == career.last + 1 ? run + 1 : 1;
		career.last = listings[k].period;
		career.longest_run = Max(career.longest_run, run);
		career.periods++;
	}
	return career;
}

static Size
find_careers(Lists *lists, Career **careers)
{
	Size		ncareers = 0;
	Size		room = 0;

	*careers = NULL;
	sort_listings(lists->listings, lists->nlistings);
	for (Size k = 0; k < lists->nlistings;)
	{
		Career		career = career_of(&lists->listings[k], lists->nlistings - k);

		CHECK_FOR_INTERRUPTS();
		APPEND(*careers, ncareers, room, career);
		k += career.periods;
	}
	sort_careers(*careers, ncareers);
	return ncareers;
}

/* persistence(surfaces, n, measure): a row a cell that was ever listed. */
Datum
surface_persistence(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Lists		lists;
	Career	   *careers;
	Size		ncareers;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!lists_arguments(fcinfo, &lists))
		return (Datum) 0;
	for (int k = 0; k < lists.array.n; k++)
		list_period(&lists, k);

	ncareers = find_careers(&lists, &careers);
	for (Size k = 0; k < ncareers; k++)
	{
		const Career *career = &careers[k];
		Cell		cell = {cell_frame(lists.array.srid, lists.array.grid), career->index};
		Datum		values[6];
		bool		nulls[6] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(&cell);
		values[1] = Int32GetDatum(career->periods);
		values[2] = Int32GetDatum(career->first);
		values[3] = Int32GetDatum(career->last);
		values[4] = Int32GetDatum(career->longest_run);
		values[5] = Float8GetDatum((double) career->periods / lists.array.n);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* ---- turnover ---- */

/* How many cells are in both of two lists, which are sorted. */
static Size
count_common(const Listing *a, Size na, const Listing *b, Size nb)
{
	Size		common = 0;

	while (na > 0 && nb > 0)
	{
		int			order = grid_index_compare(a->index, b->index);

		common += order == 0;
		if (order <= 0)
		{
			a++;
			na--;
		}
		if (order >= 0)
		{
			b++;
			nb--;
		}
	}
	return common;
}

/* turnover(surfaces, n, measure): a row a period. */
Datum
surface_turnover(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Lists		lists;
	Size		nbefore = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!lists_arguments(fcinfo, &lists))
		return (Datum) 0;
	for (int k = 0; k < lists.array.n; k++)
	{
		Size		nlisted = list_period(&lists, k);
		Listing    *listed = lists.listings + lists.nlistings - nlisted;
		Size		kept;
		Size		either;
		Datum		values[4];
		bool		nulls[4] = {false};

		CHECK_FOR_INTERRUPTS();
		sort_listings(listed, nlisted);
		kept = count_common(listed - nbefore, nbefore, listed, nlisted);
		either = nbefore + nlisted - kept;
		values[0] = Int32GetDatum(k + 1);
		values[1] = Int32GetDatum((int32) nlisted);
		values[2] = Int32GetDatum((int32) kept);
		values[3] = Float8GetDatum(either == 0 ? 0 : (double) kept / (double) either);
		nulls[2] = k == 0;
		nulls[3] = k == 0 || either == 0;
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		nbefore = nlisted;
	}
	return (Datum) 0;
}
