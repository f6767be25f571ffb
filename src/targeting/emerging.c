/*
 * emerging.c
 *	  emerging(surfaces, radius, measure, alpha): which hot spots last, which come
 *	  and which go.
 *
 * The surfaces are read twice, so that what is kept of every period is kept for hot
 * cells only: first to find these, then for their trends.
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "base/distribution.h"
#include "base/note.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/gi_star.h"
#include "targeting/mann_kendall.h"
#include "targeting/surface_array.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(surface_emerging);

/* The trends of so many cells and periods are computed at a time. */
#define BATCH_VALUES (1 << 24)

/* In which periods a cell was hot; they count from 0. */
typedef struct HotPeriods
{
	int32		n;
	int32		first;
	int32		last;
	bool		occupied;		/* by events, in any period */
} HotPeriods;

typedef struct Emerging
{
	SurfaceArray periods;
	int32		radius;
	Measure		measure;
	double		alpha;
	uint32		ncells;
	SurfaceCell *cells;			/* of all periods, by (i, j) */
	HotPeriods *hot;			/* of each cell */
} Emerging;

static double
option_alpha(FunctionCallInfo fcinfo, int argno)
{
	double		alpha;

	option_require(fcinfo, argno, "alpha");
	alpha = PG_GETARG_FLOAT8(argno);
	if (!(alpha > 0 && alpha < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"alpha\" is %g, but must be between 0 and 1", alpha),
				 errhint("For 5 %% give 0.05.")));
	return alpha;
}

/* ---- hot cells ---- */

/* Fill the cells of all periods with what one of them has. */
static void
fill_cells(const Emerging *emerging, const SurfaceView *period)
{
	uint32		k = 0;

	for (uint32 n = 0; n < emerging->ncells; n++)
	{
		SurfaceCell *cell = &emerging->cells[n];
		bool		has = k < period->ncells &&
			surface_compare_index(cell, &period->cells[k]) == 0;

		CHECK_FOR_INTERRUPTS();
		cell->events = has ? period->cells[k].events : 0;
		cell->harm = has ? period->cells[k].harm : 0;
		k += has;
	}
}

/* Note who is hot in period t; returns why nobody was tested, if so. */
static GiStarState
find_hot(const Emerging *emerging, int32 t)
{
	GiStar	   *stars = gi_star(emerging->cells, emerging->ncells, grid_shape(emerging->periods.grid),
								emerging->measure, emerging->radius);
	GiStarState state = emerging->ncells > 0 ? stars[0].state : GI_STAR_DEFINED;

	for (uint32 n = 0; n < emerging->ncells; n++)
	{
		HotPeriods *hot = &emerging->hot[n];

		CHECK_FOR_INTERRUPTS();
		hot->occupied |= emerging->cells[n].events > 0;
		if (stars[n].state != GI_STAR_DEFINED)
			continue;
		state = GI_STAR_DEFINED;
		if (stars[n].z > 0 && stars[n].q < emerging->alpha)
		{
			if (hot->n++ == 0)
				hot->first = t;
			hot->last = t;
		}
	}
	pfree(stars);
	return state;
}

static void
find_all_hot(Emerging *emerging)
{
	int			untested = 0;
	GiStarState why = GI_STAR_DEFINED;

	emerging->ncells = surface_array_cells(&emerging->periods, &emerging->cells);
	emerging->hot = palloc_extended(Max(emerging->ncells, 1) * sizeof(HotPeriods),
									MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (int t = 0; t < emerging->periods.n; t++)
	{
		SurfaceView period;
		GiStarState state;

		surface_array_view(&emerging->periods, t, &period);
		fill_cells(emerging, &period);
		pfree(period.cells);
		state = find_hot(emerging, t);
		if (state != GI_STAR_DEFINED)
		{
			untested++;
			why = state;
		}
	}
	if (untested > 0)
		ereport(NOTICE,
				(errmsg("in %d of %d periods no cell can be hot: %s",
						untested, emerging->periods.n, gi_star_note(why))));

	for (uint32 n = 0; n < emerging->ncells; n++)
		emerging->cells[n].events = emerging->hot[n].occupied;
	gi_star_notice_no_zero(emerging->cells, emerging->ncells);
}

/* ---- classes ---- */

/* The recent periods are the last fifth, rounded up. */
static const char *
class_of(const HotPeriods *hot, int32 nperiods)
{
	int32		recent = nperiods - (nperiods + 4) / 5;

	if (5 * (int64) hot->n >= 4 * (int64) nperiods)
		return "persistent";
	if (hot->first >= recent)
		return "emerging";
	if (hot->last < recent)
		return "former";
	if (10 * (int64) hot->n >= nperiods)
		return "intermittent";
	return NULL;
}

/* ---- rows ---- */

typedef struct HotCell
{
	int32		periods;
	uint32		n;				/* of the cell, by (i, j) */
} HotCell;

static inline int
compare_hot(const HotCell *a, const HotCell *b)
{
	if (a->periods != b->periods)
		return a->periods > b->periods ? -1 : 1;
	return a->n < b->n ? -1 : a->n > b->n;
}

#define ST_SORT sort_hot
#define ST_ELEMENT_TYPE HotCell
#define ST_COMPARE(a, b) compare_hot(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* In the order of rows: the most periods first. */
static uint32
order_hot(const Emerging *emerging, HotCell **rows)
{
	uint32		n = 0;
	uint32		size = 0;

	*rows = NULL;
	for (uint32 k = 0; k < emerging->ncells; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (emerging->hot[k].n > 0)
			APPEND(*rows, n, size, (HotCell) {emerging->hot[k].n, k});
	}
	sort_hot(*rows, n);
	return n;
}

/* The measure of cells in all periods, those of a cell together. */
static void
collect_values(const Emerging *emerging, const HotCell *rows, uint32 nrows, int64 *values)
{
	int32		nperiods = emerging->periods.n;

	for (int32 t = 0; t < nperiods; t++)
	{
		SurfaceView period;

		surface_array_view(&emerging->periods, t, &period);
		fill_cells(emerging, &period);
		pfree(period.cells);
		for (uint32 k = 0; k < nrows; k++)
			values[(Size) k * nperiods + t] =
				surface_cell_value(&emerging->cells[rows[k].n], emerging->measure);
	}
}

static void
put_row(FunctionCallInfo fcinfo, const Emerging *emerging, uint32 n, const MannKendall *trend)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const HotPeriods *hot = &emerging->hot[n];
	const char *class = class_of(hot, emerging->periods.n);
	Cell		cell = {cell_frame(emerging->periods.srid, emerging->periods.grid), emerging->cells[n].index};
	bool		tied = isnan(trend->z);
	StringInfoData note;
	Datum		values[9];
	bool		nulls[9] = {false};

	initStringInfo(&note);
	if (class == NULL)
		note_add(&note, "no class: hot before and in the recent fifth of the periods, but in less than a tenth of all");
	if (tied)
		note_add(&note, "no trend: %s", emerging->periods.n == 1 ? "there is just one period" :
				 "all periods have the same value");

	values[0] = PointerGetDatum(&cell);
	nulls[1] = class == NULL;
	if (class != NULL)
		values[1] = CStringGetTextDatum(class);
	values[2] = Int32GetDatum(hot->n);
	values[3] = Int32GetDatum(hot->first + 1);
	values[4] = Int32GetDatum(hot->last + 1);
	values[5] = Int64GetDatum(trend->s);
	nulls[6] = nulls[7] = tied;
	values[6] = Float8GetDatum(trend->z);
	values[7] = Float8GetDatum(two_sided_p(trend->z, NAN));
	nulls[8] = note.len == 0;
	if (note.len > 0)
		values[8] = CStringGetTextDatum(note.data);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

static void
put_rows(FunctionCallInfo fcinfo, const Emerging *emerging)
{
	int32		nperiods = emerging->periods.n;
	HotCell    *rows;
	uint32		nrows = order_hot(emerging, &rows);
	uint32		batch = Min(nrows, Max(BATCH_VALUES / nperiods, 1));
	int64	   *values = palloc_extended(((Size) batch + 1) * nperiods * sizeof(int64), MCXT_ALLOC_HUGE);
	int64	   *room = values + (Size) batch * nperiods;
	MemoryContext caller = CurrentMemoryContext;
	MemoryContext of_row = AllocSetContextCreate(caller, "hotspot emerging row", ALLOCSET_SMALL_SIZES);

	for (uint32 k = 0; k < nrows; k++)
	{
		MannKendall trend;

		CHECK_FOR_INTERRUPTS();
		if (k % batch == 0)
			collect_values(emerging, rows + k, Min(batch, nrows - k), values);
		trend = mann_kendall(values + (Size) (k % batch) * nperiods, nperiods, room);
		MemoryContextSwitchTo(of_row);
		put_row(fcinfo, emerging, rows[k].n, &trend);
		MemoryContextSwitchTo(caller);
		MemoryContextReset(of_row);
	}
}

/* emerging(surfaces, radius, measure, alpha) */
Datum
surface_emerging(PG_FUNCTION_ARGS)
{
	Emerging	emerging = {0};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	emerging.radius = option_count(fcinfo, 1, "radius");
	emerging.measure = option_measure(fcinfo, 2, "measure");
	emerging.alpha = option_alpha(fcinfo, 3);
	surface_array_open(fcinfo, 0, "surfaces", &emerging.periods);
	if (emerging.periods.n == 0)
		return (Datum) 0;
	find_all_hot(&emerging);
	put_rows(fcinfo, &emerging);
	return (Datum) 0;
}
