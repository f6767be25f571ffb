/*
 * gi_star_rows.c
 *	  gi_star(surface, radius, measure): which cells are hot, and which are cold.
 */
#include "base/compat.h"

#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/gi_star.h"
#include "targeting/rank.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(surface_gi_star);

/* A cell with its statistic. */
typedef struct StarredCell
{
	const SurfaceCell *cell;
	const GiStar *star;
} StarredCell;

/* By z from the top, those without one last; ties as top() breaks them. */
static inline int
compare_starred(const StarredCell *a, const StarredCell *b, Measure measure)
{
	bool		a_defined = a->star->state == GI_STAR_DEFINED;
	bool		b_defined = b->star->state == GI_STAR_DEFINED;

	if (a_defined != b_defined)
		return a_defined ? -1 : 1;
	if (a_defined && a->star->z != b->star->z)
		return a->star->z > b->star->z ? -1 : 1;
	return rank_compare(a->cell, b->cell, measure);
}

#define ST_SORT sort_starred
#define ST_ELEMENT_TYPE StarredCell
#define ST_COMPARE_ARG_TYPE Measure
#define ST_COMPARE(a, b, measure) compare_starred(a, b, *measure)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* Text of each state, made once. */
typedef struct Notes
{
	Datum		text[GI_STAR_ALL_NEIGHBOURS + 1];
} Notes;

static void
notes_begin(Notes *notes)
{
	for (int state = GI_STAR_DEFINED + 1; state <= GI_STAR_ALL_NEIGHBOURS; state++)
		notes->text[state] = CStringGetTextDatum(gi_star_note((GiStarState) state));
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
	StarredCell *rows;
	Notes		notes;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	radius = option_count(fcinfo, 1, "radius");
	measure = option_measure(fcinfo, 2, "measure");
	surface_view(fcinfo, 0, &view);
	surface_view_ascending(&view);
	gi_star_notice_no_zero(view.cells, view.ncells);

	stars = gi_star(view.cells, view.ncells, grid_shape(view.head.grid), measure, radius);
	rows = palloc_extended(Max(view.ncells, 1) * sizeof(StarredCell), MCXT_ALLOC_HUGE);
	for (uint32 n = 0; n < view.ncells; n++)
		rows[n] = (StarredCell) {&view.cells[n], &stars[n]};
	sort_starred(rows, view.ncells, &measure);

	notes_begin(&notes);
	for (uint32 n = 0; n < view.ncells; n++)
	{
		const GiStar *star = rows[n].star;
		Cell		cell = {cell_frame(view.head.srid, view.head.grid), rows[n].cell->index};
		bool		defined = star->state == GI_STAR_DEFINED;
		Datum		values[7];
		bool		nulls[7] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = PointerGetDatum(&cell);
		values[1] = Int64GetDatum((int64) rows[n].cell->events);
		values[2] = Float8GetDatum(surface_harm_value(rows[n].cell->harm));
		nulls[3] = nulls[4] = nulls[5] = !defined;
		nulls[6] = defined;
		if (defined)
		{
			values[3] = Float8GetDatum(star->z);
			values[4] = Float8GetDatum(star->p);
			values[5] = Float8GetDatum(star->q);
		}
		else
			values[6] = notes.text[star->state];
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
