/*
 * did_cells.c
 *	  did(outcome, treated, post): each row stands for itself.
 */
#include "base/compat.h"

#include <math.h>

#include "base/note.h"
#include "testing/did_rows.h"
#include "testing/did_estimate.h"
#include "testing/effect.h"

PG_FUNCTION_INFO_V1(did_cells_add);
PG_FUNCTION_INFO_V1(did_cells_effect);

typedef struct DidOfRows
{
	Summary		summary;
	DidCells	cells;
} DidOfRows;

static const SummaryKind did_cells_kind;

/* ---- shared with places ---- */

bool
did_outcome(double outcome, Exact *units)
{
	if (!(fabs(outcome) <= (double) DID_MAX_OUTCOME / DID_SCALE))
		return false;
	*units = exact_trillionths(outcome);
	return true;
}

void
did_wrong_outcome(double outcome, const char *place)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 place == NULL ?
			 errmsg("outcome is %g, but must be a number of size at most 1e15", outcome) :
			 errmsg("outcome is %g in place \"%s\", but must be a number of size at most 1e15",
					outcome, place),
			 errhint("Use NULL for an outcome that is not known.")));
	pg_unreachable();
}

void
did_add_rows(uint64 *rows, uint64 more)
{
	if (more > DID_MAX_ROWS - *rows)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a number of rows is out of range")));
	*rows += more;
}

void
did_add_cell(DidCell *cell, DidCell more)
{
	Exact		sum = cell->sum + more.sum;	/* each is at most 2^120 */

	if (sum < -DID_MAX_SUM || sum > DID_MAX_SUM)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a sum of outcomes is out of range"),
				 errhint("Use a larger unit, for example years for days.")));
	did_add_rows(&cell->rows, more.rows);
	cell->sum = sum;
}

bool
did_is_complete(const DidCell cells[2][2], uint64 skipped, StringInfo note)
{
	bool		complete = did_rows(cells) > 0;

	if (!complete)
		note_add(note, "no row");
	for (int treated = 1; treated >= 0; treated--)
		for (int post = 0; post < 2; post++)
			if (did_rows(cells) > 0 && cells[treated][post].rows == 0)
			{
				complete = false;
				note_add(note, "no row of %s %s treatment",
						 treated ? "the treated" : "the control", post ? "after" : "before");
			}
	if (skipped > 0)
		note_add(note, "rows left out, something in them is NULL: " UINT64_FORMAT, skipped);
	return complete;
}

int64
did_rows(const DidCell cells[2][2])
{
	return (int64) (cells[0][0].rows + cells[0][1].rows + cells[1][0].rows + cells[1][1].rows);
}

/* ---- the kind ---- */

static void
add_to_cell(DidCells *cells, int treated, int post, DidCell more, Wide squares)
{
	did_add_cell(&cells->cells[treated][post], more);
	cells->squares[treated][post] = wide_add(cells->squares[treated][post], squares);
}

static void
absorb_cells(DidCells *cells, const DidCells *other)
{
	did_add_rows(&cells->skipped, other->skipped);
	for (int treated = 0; treated < 2; treated++)
		for (int post = 0; post < 2; post++)
			add_to_cell(cells, treated, post, other->cells[treated][post],
						other->squares[treated][post]);
}

static void
did_cells_absorb(Summary *summary, Summary *other)
{
	absorb_cells(&((DidOfRows *) summary)->cells, &((DidOfRows *) other)->cells);
}

static void
did_cells_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	DidCells	cells;

	did_cells_read(&cells, body);
	absorb_cells(&((DidOfRows *) summary)->cells, &cells);
}

static Size
did_cells_measure(Summary *summary)
{
	return DID_CELLS_SIZE;
}

static void
did_cells_flatten(Summary *summary, uint8 *body, Size size)
{
	did_cells_write(&((DidOfRows *) summary)->cells, body);
}

static const SummaryKind did_cells_kind = {
	.type_name = "did_cells",
	.version = 1,
	.code = 'f',
	.struct_size = sizeof(DidOfRows),
	.check = did_cells_check,
	.absorb = did_cells_absorb,
	.absorb_flat = did_cells_absorb_flat,
	.measure = did_cells_measure,
	.flatten = did_cells_flatten
};

SUMMARY_FUNCTIONS(did_cells, &did_cells_kind);

/* ---- the aggregate ---- */

/* Step of did(outcome, treated, post). */
Datum
did_cells_add(PG_FUNCTION_ARGS)
{
	DidOfRows  *state = (DidOfRows *) summary_own(fcinfo, 0, &did_cells_kind);

	if (state == NULL)
		state = (DidOfRows *) summary_create(fcinfo, &did_cells_kind);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		did_add_rows(&state->cells.skipped, 1);
	else
	{
		Exact		outcome;

		if (!did_outcome(PG_GETARG_FLOAT8(1), &outcome))
			did_wrong_outcome(PG_GETARG_FLOAT8(1), NULL);
		add_to_cell(&state->cells, PG_GETARG_BOOL(2), PG_GETARG_BOOL(3),
					(DidCell) {1, outcome}, wide_product(outcome, outcome));
	}
	return summary_result(&state->summary);
}

/* Final function of did(outcome, treated, post); no row at all is NULL here. */
Datum
did_cells_effect(PG_FUNCTION_ARGS)
{
	DidCells	cells = {0};
	Effect		effect;
	StringInfoData note;
	int64		rows;

	if (!PG_ARGISNULL(0))
	{
		const uint8 *body;
		Size		size;
		Summary    *summary = summary_read(PG_GETARG_DATUM(0), &did_cells_kind, &body, &size);

		if (summary != NULL)
			cells = ((DidOfRows *) summary)->cells;
		else
			did_cells_read(&cells, body);
	}

	initStringInfo(&note);
	rows = did_rows(cells.cells);
	if (!did_is_complete(cells.cells, cells.skipped, &note))
		effect = effect_unknown("did", DID_CONF_LEVEL, rows);
	else if (rows == 4)
	{
		effect = effect_unknown("did", DID_CONF_LEVEL, rows);
		effect.estimate = did_estimate(cells.cells);
		note_add(&note, "no standard error: one row a mean");
	}
	else
	{
		effect = effect_of("did", did_estimate(cells.cells), sqrt(did_variance(&cells)),
						   (double) (rows - 4), DID_CONF_LEVEL, rows);
		if (effect.std_error == 0)
			note_add(&note, DID_NO_VARIATION);
		note_add(&note, "the standard error takes rows for independent: where places have several, give the place too");
	}
	effect.note = note_text(&note);
	return effect_datum(fcinfo, &effect);
}
