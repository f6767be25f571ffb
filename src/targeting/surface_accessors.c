/*
 * surface_accessors.c
 *	  What a surface tells without any computing: its cells and its sums.
 */
#include "base/compat.h"

#include "base/options.h"
#include "base/skips.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/surface.h"

PG_FUNCTION_INFO_V1(surface_cells);
PG_FUNCTION_INFO_V1(surface_events);
PG_FUNCTION_INFO_V1(surface_harm);
PG_FUNCTION_INFO_V1(surface_size);
PG_FUNCTION_INFO_V1(surface_occupied);
PG_FUNCTION_INFO_V1(surface_skipped);
PG_FUNCTION_INFO_V1(surface_skipped_reason);
PG_FUNCTION_INFO_V1(surface_grid);
PG_FUNCTION_INFO_V1(surface_srid);

/* cells(surface): ascending by (i, j). */
Datum
surface_cells(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	SurfaceView view;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	surface_view(fcinfo, 0, &view);
	surface_view_ascending(&view);
	for (uint32 n = 0; n < view.ncells; n++)
	{
		const SurfaceCell *from = &view.cells[n];
		Cell		cell = {cell_frame(view.head.srid, view.head.grid), from->index};
		Datum		values[3];
		bool		nulls[3] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(&cell);
		values[1] = Int64GetDatum((int64) from->events);
		values[2] = Float8GetDatum(surface_harm_value(from->harm));
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

Datum
surface_events(PG_FUNCTION_ARGS)
{
	SurfaceView view;

	surface_view(fcinfo, 0, &view);
	PG_RETURN_INT64((int64) surface_view_events(&view));
}

Datum
surface_harm(PG_FUNCTION_ARGS)
{
	SurfaceView view;

	surface_view(fcinfo, 0, &view);
	PG_RETURN_FLOAT8(surface_harm_value(surface_view_harm(&view)));
}

Datum
surface_size(PG_FUNCTION_ARGS)
{
	SurfaceHead head;

	PG_RETURN_INT32((int32) surface_head(fcinfo, 0, &head));
}

Datum
surface_occupied(PG_FUNCTION_ARGS)
{
	SurfaceView view;
	int32		occupied = 0;

	surface_view(fcinfo, 0, &view);
	for (uint32 n = 0; n < view.ncells; n++)
		occupied += view.cells[n].events > 0;
	PG_RETURN_INT32(occupied);
}

/* skipped(surface): events left out, for whatever reason. */
Datum
surface_skipped(PG_FUNCTION_ARGS)
{
	SurfaceHead head;

	surface_head(fcinfo, 0, &head);
	return skips_total(head.skipped, SURFACE_SKIPS);
}

/* skipped(surface, reason) */
Datum
surface_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[SURFACE_SKIP_GEOMETRY] = "geometry",
		[SURFACE_SKIP_COORDINATES] = "coordinates",
		[SURFACE_SKIP_HARM] = "harm",
		[SURFACE_SKIP_OUTSIDE] = "outside",
		NULL
	};
	SurfaceHead head;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	surface_head(fcinfo, 0, &head);
	return skips_of_reason(fcinfo, head.skipped, reasons);
}

Datum
surface_grid(PG_FUNCTION_ARGS)
{
	SurfaceHead head;

	surface_head(fcinfo, 0, &head);
	PG_RETURN_DATUM(GridGetDatum(head.grid));
}

/* srid(surface): NULL while no event was placed. */
Datum
surface_srid(PG_FUNCTION_ARGS)
{
	SurfaceHead head;

	surface_head(fcinfo, 0, &head);
	if (head.srid == SURFACE_NO_SRID)
		PG_RETURN_NULL();
	PG_RETURN_INT32(head.srid);
}
