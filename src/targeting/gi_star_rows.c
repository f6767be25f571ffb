/*
 * gi_star_rows.c
 *	  gi_star(surface, radius, measure): which cells are hot, and which are cold.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/gi_star.h"
#include "targeting/surface.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(surface_gi_star);

/* All that a row is ordered by, so that sorting does not go and look for it. */
typedef struct RowKey
{
	double		z;				/* -infinity where there is none */
	int64		value;			/* of the measure */
	int64		other;			/* of the other measure */
	uint32		n;				/* of the cell, by (i, j) */
} RowKey;

/* By z from the top; ties as in rank_compare(). */
static inline int
compare_keys(const RowKey *a, const RowKey *b)
{
	if (a->z != b->z)
		return a->z > b->z ? -1 : 1;
	if (a->value != b->value)
		return a->value > b->value ? -1 : 1;
	if (a->other != b->other)
		return a->other > b->other ? -1 : 1;
	return a->n < b->n ? -1 : a->n > b->n;
}

#define ST_SORT sort_keys
#define ST_ELEMENT_TYPE RowKey
#define ST_COMPARE(a, b) compare_keys(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The notes as text, made once. */
static void
make_notes(Datum notes[GI_STAR_STATES])
{
	for (int state = GI_STAR_DEFINED + 1; state < GI_STAR_STATES; state++)
		notes[state] = CStringGetTextDatum(gi_star_note((GiStarState) state));
}

/* gi_star(surface, radius, measure) */
Datum
surface_gi_star(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	int32		radius;
	Measure		measure;
	SurfaceView view;
	GiStar	   *stars;
	RowKey	   *keys;
	Datum		notes[GI_STAR_STATES];

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	radius = option_count(fcinfo, 1, "radius");
	measure = option_measure(fcinfo, 2, "measure");
	surface_view(fcinfo, 0, &view);
	surface_view_ascending(&view);
	gi_star_notice_no_zero(view.cells, view.ncells);

	stars = gi_star(view.cells, view.ncells, grid_shape(view.head.grid), measure, radius);
	keys = palloc_extended(Max(view.ncells, 1) * sizeof(RowKey), MCXT_ALLOC_HUGE);
	for (uint32 n = 0; n < view.ncells; n++)
		keys[n] = (RowKey) {
			.z = stars[n].state == GI_STAR_DEFINED ? stars[n].z : -INFINITY,
			.value = surface_cell_value(&view.cells[n], measure),
			.other = surface_cell_value(&view.cells[n], measure == MEASURE_HARM ?
										MEASURE_EVENTS : MEASURE_HARM),
			.n = n
		};
	sort_keys(keys, view.ncells);

	make_notes(notes);
	for (uint32 k = 0; k < view.ncells; k++)
	{
		const SurfaceCell *from = &view.cells[keys[k].n];
		const GiStar *star = &stars[keys[k].n];
		Cell		cell = {cell_frame(view.head.srid, view.head.grid), from->index};
		bool		defined = star->state == GI_STAR_DEFINED;
		Datum		values[7];
		bool		nulls[7] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(&cell);
		values[1] = Int64GetDatum((int64) from->events);
		values[2] = Float8GetDatum(surface_harm_value(from->harm));
		nulls[3] = nulls[4] = nulls[5] = !defined;
		nulls[6] = defined;
		if (defined)
		{
			values[3] = Float8GetDatum(star->z);
			values[4] = Float8GetDatum(star->p);
			values[5] = Float8GetDatum(star->q);
		}
		else
			values[6] = notes[star->state];
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
