/*
 * top.c
 *	  top(surface, n, rank_by, separation, exclude): the ranked hot spots.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "base/postgis.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/rank.h"

PG_FUNCTION_INFO_V1(surface_top);

/* What an excluded geometry leaves. */
typedef struct Exclusion
{
	const SurfaceHead *head;
	Datum		geometry;
	FmgrInfo	geom_from_ewkb;
	FmgrInfo	st_intersects;
} Exclusion;

static void
exclusion_begin(Exclusion *exclusion, const SurfaceHead *head, Datum geometry)
{
	int32		srid = postgis_srid(geometry);

	if (head->srid != SURFACE_NO_SRID && head->srid != srid)
		postgis_mixed_srids(head->srid, srid);
	exclusion->head = head;
	exclusion->geometry = geometry;
	postgis_geom_from_ewkb(&exclusion->geom_from_ewkb, CurrentMemoryContext);
	postgis_st_intersects(&exclusion->st_intersects, CurrentMemoryContext);
}

static bool
outside_exclusion(GridIndex index, void *state)
{
	Exclusion  *exclusion = state;
	Datum		outline = cell_polygon(&exclusion->geom_from_ewkb,
									   exclusion->head->srid,
									   exclusion->head->grid, index);
	bool		hit = DatumGetBool(FunctionCall2(&exclusion->st_intersects,
												 exclusion->geometry, outline));

	pfree(DatumGetPointer(outline));
	return !hit;
}

/*
 * Degrees whose SRID nobody set cannot be refused, since a plane may be small;
 * but a list of hot spots made of them is worth a word.
 */
static void
notice_degrees(const SurfaceView *view)
{
	Grid		grid = view->head.grid;
	double		size = grid_size(grid);

	if (view->head.srid != 0 || view->ncells == 0)
		return;
	for (uint32 n = 0; n < view->ncells; n++)
	{
		GridIndex	index = view->cells[n].index;

		if (fabs(grid_centre_x(grid, index.i)) > 180 + size ||
			fabs(grid_centre_y(grid, index)) > 90 + size)
			return;
	}
	ereport(NOTICE,
			(errmsg("all cells lie within 180 by 90 of the origin, and the SRID is unknown: are the coordinates degrees?"),
			 errhint("If so, name and project them: ST_Transform(ST_SetSRID(geom, 4326), 27700).")));
}

static double
share_of(int128 part, int128 total)
{
	return total == 0 ? 0 : (double) part / (double) total;
}

Datum
surface_top(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		n;
	Measure		by;
	double		separation;
	SurfaceView view;
	Exclusion	exclusion;
	FmgrInfo	geom_from_ewkb;
	const SurfaceCell **taken;
	uint32		ntaken;
	int128		total;
	int128		sum = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	n = option_count(fcinfo, 1, "n");
	by = option_measure(fcinfo, 2, "rank_by");
	separation = option_distance(fcinfo, 3, "separation");
	surface_view(fcinfo, 0, &view);
	notice_degrees(&view);
	total = surface_view_total(&view, by);
	if (!PG_ARGISNULL(4))
		exclusion_begin(&exclusion, &view.head, PG_GETARG_DATUM(4));
	ntaken = rank_cells(&view, by, n, separation,
						PG_ARGISNULL(4) ? NULL : outside_exclusion, &exclusion,
						&taken);

	postgis_geom_from_ewkb(&geom_from_ewkb, CurrentMemoryContext);
	for (uint32 k = 0; k < ntaken; k++)
	{
		int128		value = surface_cell_value(taken[k], by);
		Cell		cell = {cell_frame(view.head.srid, view.head.grid), taken[k]->index};
		Datum		values[7];
		bool		nulls[7] = {false};

		CHECK_FOR_INTERRUPTS();
		sum += value;
		values[0] = Int32GetDatum((int32) k + 1);
		values[1] = PointerGetDatum(&cell);
		values[2] = Int64GetDatum((int64) taken[k]->events);
		values[3] = Float8GetDatum(surface_harm_value(taken[k]->harm));
		nulls[4] = nulls[5] = total == 0;
		values[4] = Float8GetDatum(share_of(value, total));
		values[5] = Float8GetDatum(share_of(sum, total));
		values[6] = cell_polygon(&geom_from_ewkb, view.head.srid, view.head.grid,
								 taken[k]->index);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		pfree(DatumGetPointer(values[6]));
	}
	return (Datum) 0;
}
