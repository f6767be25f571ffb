/*
 * accuracy.c
 *	  accuracy(forecast, actual, n, measure): how well the top of one surface
 *	  foretold another.
 */
#include "base/compat.h"

#include "base/note.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/rank.h"
#include "targeting/surface.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(surface_accuracy);

/* What the rates are made of; sums are of harm in millionths, or of events. */
typedef struct Forecast
{
	uint32		flagged;		/* cells */
	uint32		unknown;		/* of these, no cells of the actual surface */
	uint32		cells;			/* of the actual surface */
	bool		has_empty;		/* whether some have no event */
	int128		hits;			/* of the actual surface in flagged cells */
	int128		total;
	int128		best;			/* hits of the best list as long */
	int128		train_hits;		/* of the forecast, likewise */
	int128		train_total;
} Forecast;

static void
check_alike(const SurfaceHead *forecast, const SurfaceHead *actual)
{
	if (forecast->grid != actual->grid)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("forecast and actual surface have different grids: \"%s\" and \"%s\"",
						grid_name(forecast->grid, " "), grid_name(actual->grid, " ")),
				 errhint("Make both with the same grid.")));
	if (forecast->srid != actual->srid &&
		forecast->srid != SURFACE_NO_SRID && actual->srid != SURFACE_NO_SRID)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("forecast and actual surface have different SRIDs: %d and %d",
						forecast->srid, actual->srid),
				 errhint("Bring the points of both into one reference system with ST_Transform.")));
}

/* The cell of a view, which ascends, or NULL. */
static const SurfaceCell *
find_cell(const SurfaceView *view, const SurfaceCell *like)
{
	uint32		low = 0;
	uint32		high = view->ncells;

	while (low < high)
	{
		uint32		middle = low + (high - low) / 2;
		int			order = surface_compare_index(&view->cells[middle], like);

		if (order == 0)
			return &view->cells[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void
compare_surfaces(const SurfaceView *forecast, const SurfaceView *actual, uint32 n,
				 Measure measure, Forecast *result)
{
	const SurfaceCell **flagged;
	const SurfaceCell **best;
	uint32		nbest;

	memset(result, 0, sizeof(*result));
	result->cells = actual->ncells;
	result->total = surface_view_total(actual, measure);
	result->train_total = surface_view_total(forecast, measure);
	for (uint32 k = 0; k < actual->ncells && !result->has_empty; k++)
		result->has_empty = actual->cells[k].events == 0;

	result->flagged = rank_cells(forecast, measure, n, 0, NULL, NULL, &flagged);
	for (uint32 k = 0; k < result->flagged; k++)
	{
		const SurfaceCell *cell = find_cell(actual, flagged[k]);

		CHECK_FOR_INTERRUPTS();
		result->train_hits += surface_cell_value(flagged[k], measure);
		if (cell == NULL)
			result->unknown++;
		else
			result->hits += surface_cell_value(cell, measure);
	}
	nbest = rank_cells(actual, measure, result->flagged, 0, NULL, NULL, &best);
	for (uint32 k = 0; k < nbest; k++)
		result->best += surface_cell_value(best[k], measure);
}

/* Why a rate is NULL, or not what was asked for. */
static void
explain(const Forecast *forecast, int32 n, Measure measure, StringInfo note)
{
	const char *what = measure == MEASURE_HARM ? "no harm" : "no event";

	if (forecast->flagged < (uint32) n && forecast->flagged > 0)
		note_add(note, "the forecast has only %u occupied cells to flag", forecast->flagged);
	if (forecast->train_total == 0)
		note_add(note, "%s in the forecast", what);
	if (forecast->total == 0)
		note_add(note, "%s in the actual surface", what);
	if (forecast->unknown > 0)
		note_add(note, "flagged cells that are no cells of the actual surface: %u", forecast->unknown);
}

static void
notice_study_area(const Forecast *forecast)
{
	if (forecast->cells > 0 && !forecast->has_empty)
		ereport(NOTICE,
				(errmsg("the actual surface has no empty cell, so that its %u cells are hardly the whole study area",
						forecast->cells),
				 errhint("Fill it first, for example fill(surface, area): pai and area_share compare with all cells.")));
}

static double
in_units(int128 sum, Measure measure)
{
	return measure == MEASURE_HARM ? surface_harm_value(sum) : (double) sum;
}

static void
put_ratio(Datum *value, bool *is_null, double numerator, double denominator)
{
	*is_null = denominator == 0;
	*value = Float8GetDatum(denominator == 0 ? 0 : numerator / denominator);
}

static void
put_forecast(ReturnSetInfo *result, const Forecast *forecast, Measure measure, StringInfo note)
{
	double		hits = (double) forecast->hits;
	double		total = (double) forecast->total;
	Datum		values[10];
	bool		nulls[10] = {false};

	values[0] = Float8GetDatum(in_units(forecast->hits, measure));
	values[1] = Float8GetDatum(in_units(forecast->total, measure));
	put_ratio(&values[2], &nulls[2], hits, total);
	put_ratio(&values[3], &nulls[3], forecast->flagged, forecast->cells);
	put_ratio(&values[4], &nulls[4], hits * forecast->cells, total * forecast->flagged);
	put_ratio(&values[5], &nulls[5], hits, (double) forecast->best);
	put_ratio(&values[6], &nulls[6], hits * (double) forecast->train_total,
			  total * (double) forecast->train_hits);
	values[7] = Int32GetDatum((int32) forecast->flagged);
	values[8] = Int32GetDatum((int32) forecast->cells);
	nulls[9] = note->len == 0;
	values[9] = nulls[9] ? (Datum) 0 : CStringGetTextDatum(note->data);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

Datum
surface_accuracy(PG_FUNCTION_ARGS)
{
	int32		n;
	Measure		measure;
	SurfaceView forecast;
	SurfaceView actual;
	Forecast	answer;
	StringInfoData note;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	n = option_count(fcinfo, 2, "n");
	measure = option_measure(fcinfo, 3, "measure");
	surface_view(fcinfo, 0, &forecast);
	surface_view(fcinfo, 1, &actual);
	check_alike(&forecast.head, &actual.head);
	surface_view_ascending(&actual);

	compare_surfaces(&forecast, &actual, (uint32) n, measure, &answer);
	notice_study_area(&answer);
	initStringInfo(&note);
	explain(&answer, n, measure, &note);
	put_forecast((ReturnSetInfo *) fcinfo->resultinfo, &answer, measure, &note);
	return (Datum) 0;
}
