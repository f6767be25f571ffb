/*
 * displacement.c
 *	  SQL type displacement: its expanded form, its aggregates and what it tells
 *	  without any computing.
 */
#include "base/compat.h"

#include "base/harm.h"
#include "base/options.h"
#include "base/skips.h"
#include "funcapi.h"
#include "testing/displacement.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(displacement_add);
PG_FUNCTION_INFO_V1(displacement_add_event);
PG_FUNCTION_INFO_V1(displacement_counts);
PG_FUNCTION_INFO_V1(displacement_skipped);
PG_FUNCTION_INFO_V1(displacement_skipped_reason);

typedef struct Displacement
{
	Summary		summary;
	DisplacementCells cells;
} Displacement;

const char *const displacement_areas[] = {
	[AREA_TREATED] = "treated",
	[AREA_CONTROL] = "control",
	[AREA_BUFFER] = "buffer",
	[AREA_BUFFER_CONTROL] = "buffer_control",
	NULL
};

/* ---- adding ---- */

static void
add_number(uint64 *number, uint64 more)
{
	if (more > DISPLACEMENT_MAX_EVENTS - *number)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a number of events is out of range")));
	*number += more;
}

static void
add_to_cell(DisplacementCells *cells, int area, int post, const DisplacementCell *more)
{
	DisplacementCell *cell = &cells->cells[area][post];

	add_number(&cell->events, more->events);
	if (!exact_add(&cell->harm, more->harm) ||
		!exact_add(&cell->squares, more->squares))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the sum of squared harm in area \"%s\" %s is out of range",
						displacement_areas[area], post ? "after" : "before"),
				 errhint("Use a larger unit of harm, for example years for days.")));
}

/* The transition value, made at the group's first row. */
static Displacement *
transition_displacement(FunctionCallInfo fcinfo)
{
	Summary    *summary = summary_own(fcinfo, 0, &displacement_kind);

	if (summary == NULL)
		summary = summary_create(fcinfo, &displacement_kind);
	return (Displacement *) summary;
}

/* Add an event of the area in argument 1 and the period in argument 2. */
static Datum
add_event(FunctionCallInfo fcinfo, bool harm_is_known, int64 harm)
{
	Displacement *displacement = transition_displacement(fcinfo);
	DisplacementCells *cells = &displacement->cells;
	DisplacementCell event = {1, harm, (Exact) harm * harm};
	int			area = PG_ARGISNULL(1) ? AREAS :
		option_choice(fcinfo, 1, "area", displacement_areas);

	if (area == AREAS)
		add_number(&cells->skipped[DISPLACEMENT_SKIP_AREA], 1);
	else if (PG_ARGISNULL(2))
		add_number(&cells->skipped[DISPLACEMENT_SKIP_POST], 1);
	else if (!harm_is_known)
		add_number(&cells->skipped[DISPLACEMENT_SKIP_HARM], 1);
	else
		add_to_cell(cells, area, PG_GETARG_BOOL(2), &event);
	return summary_result(&displacement->summary);
}

/* Step of displacement(area, post, harm). */
Datum
displacement_add(PG_FUNCTION_ARGS)
{
	bool		harm_is_known = !PG_ARGISNULL(3);

	return add_event(fcinfo, harm_is_known,
					 harm_is_known ? harm_millionths(PG_GETARG_FLOAT8(3)) : 0);
}

/* Step of displacement(area, post): each event has harm 1. */
Datum
displacement_add_event(PG_FUNCTION_ARGS)
{
	return add_event(fcinfo, true, (int64) HARM_SCALE);
}

/* ---- the kind ---- */

static void
absorb_cells(DisplacementCells *cells, const DisplacementCells *other)
{
	for (int k = 0; k < DISPLACEMENT_SKIPS; k++)
		add_number(&cells->skipped[k], other->skipped[k]);
	for (int area = 0; area < AREAS; area++)
		for (int post = 0; post < PERIODS; post++)
			add_to_cell(cells, area, post, &other->cells[area][post]);
}

static void
displacement_absorb(Summary *summary, Summary *other)
{
	/* A copy, for it may be the same one. */
	DisplacementCells cells = ((Displacement *) other)->cells;

	absorb_cells(&((Displacement *) summary)->cells, &cells);
}

static void
displacement_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	DisplacementCells cells;

	displacement_flat_read(&cells, body);
	absorb_cells(&((Displacement *) summary)->cells, &cells);
}

static Size
displacement_measure(Summary *summary)
{
	return DISPLACEMENT_FLAT_SIZE;
}

static void
displacement_flatten(Summary *summary, uint8 *body, Size size)
{
	displacement_flat_write(&((Displacement *) summary)->cells, body);
}

const SummaryKind displacement_kind = {
	.type_name = "displacement",
	.version = 1,
	.code = 'd',
	.struct_size = sizeof(Displacement),
	.check = displacement_flat_check,
	.absorb = displacement_absorb,
	.absorb_flat = displacement_absorb_flat,
	.measure = displacement_measure,
	.flatten = displacement_flatten
};

SUMMARY_FUNCTIONS(displacement, &displacement_kind);

/* ---- accessors ---- */

void
displacement_view(FunctionCallInfo fcinfo, int argno, DisplacementCells *cells)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(PG_GETARG_DATUM(argno), &displacement_kind,
									   &body, &size);

	if (summary != NULL)
		*cells = ((Displacement *) summary)->cells;
	else
		displacement_flat_read(cells, body);
}

/* counts(displacement): a row an area and period. */
Datum
displacement_counts(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	DisplacementCells cells;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	displacement_view(fcinfo, 0, &cells);
	for (int area = 0; area < AREAS; area++)
		for (int post = 0; post < PERIODS; post++)
		{
			const DisplacementCell *cell = &cells.cells[area][post];
			Datum		values[4];
			bool		nulls[4] = {false};

			values[0] = CStringGetTextDatum(displacement_areas[area]);
			values[1] = BoolGetDatum(post);
			values[2] = Int64GetDatum((int64) cell->events);
			values[3] = Float8GetDatum((double) cell->harm / HARM_SCALE);
			tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		}
	return (Datum) 0;
}

/* skipped(displacement): events left out, for whatever reason. */
Datum
displacement_skipped(PG_FUNCTION_ARGS)
{
	DisplacementCells cells;

	displacement_view(fcinfo, 0, &cells);
	return skips_total(cells.skipped, DISPLACEMENT_SKIPS);
}

/* skipped(displacement, reason) */
Datum
displacement_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[DISPLACEMENT_SKIP_AREA] = "area",
		[DISPLACEMENT_SKIP_POST] = "post",
		[DISPLACEMENT_SKIP_HARM] = "harm",
		NULL
	};
	DisplacementCells cells;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	displacement_view(fcinfo, 0, &cells);
	return skips_of_reason(fcinfo, cells.skipped, reasons);
}
