/*
 * did_places.c
 *	  did(outcome, treated, post, place): rows that belong to places.
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "base/ids.h"
#include "base/note.h"
#include "miscadmin.h"
#include "testing/cluster.h"
#include "testing/did_estimate.h"
#include "testing/did_rows.h"
#include "testing/effect.h"

PG_FUNCTION_INFO_V1(did_places_add_text);
PG_FUNCTION_INFO_V1(did_places_add_bigint);
PG_FUNCTION_INFO_V1(did_places_effect);

/*
 * Parameters of the small-sample factor: the effect and two periods.  Effects of
 * places would not count, for they are nested in the clusters.
 */
#define PARAMETERS 3

/* The sums of a place; its id is in the dictionary. */
typedef struct PlaceSums
{
	DidCell		cells[2];
	uint8		treated;
} PlaceSums;

typedef struct DidOfPlaces
{
	Summary		summary;
	Ids			ids;
	uint64		skipped;
	size_t		room;
	PlaceSums  *places;			/* by the number of the id */
} DidOfPlaces;

static const SummaryKind did_places_kind;

/* ---- places ---- */

/* The place of an id, which is made if it is new. */
static PlaceSums *
place_of(DidOfPlaces *state, IdKind kind, Id id, bool treated)
{
	MemoryContext caller;
	PlaceSums  *place;
	uint32		number;
	bool		added;

	state->ids.context = state->summary.header.eoh_context;
	ids_use(&state->ids, kind, "places");
	number = ids_number(&state->ids, id, &added);
	if (added)
	{
		size_t		nplaces = number;

		caller = MemoryContextSwitchTo(state->ids.context);
		APPEND(state->places, nplaces, state->room, (PlaceSums) {.treated = treated});
		MemoryContextSwitchTo(caller);
	}
	place = &state->places[number];
	if (place->treated != treated)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("place \"%s\" is treated in some rows and a control in others",
						id_text(id, kind)),
				 errhint("\"treated\" tells the places that get treatment from those that never do, before it too; \"post\" tells when.")));
	return place;
}

static Datum
add_row(FunctionCallInfo fcinfo, IdKind kind)
{
	DidOfPlaces *state = (DidOfPlaces *) summary_own(fcinfo, 0, &did_places_kind);

	if (state == NULL)
		state = (DidOfPlaces *) summary_create(fcinfo, &did_places_kind);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) || PG_ARGISNULL(4))
		did_add_rows(&state->skipped, 1);
	else
	{
		uint64		number;
		Id			id = id_argument(fcinfo, 4, kind, &number);
		DidCell		row = {.rows = 1};
		PlaceSums  *place;

		if (!did_outcome(PG_GETARG_FLOAT8(1), &row.sum))
			did_wrong_outcome(PG_GETARG_FLOAT8(1), id_text(id, kind));
		place = place_of(state, kind, id, PG_GETARG_BOOL(2));
		did_add_cell(&place->cells[PG_GETARG_BOOL(3)], row);
	}
	return summary_result(&state->summary);
}

/* Step of did(outcome, treated, post, place text). */
Datum
did_places_add_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT);
}

/* Step of did(outcome, treated, post, place bigint). */
Datum
did_places_add_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT);
}

/* ---- views ---- */

/* A summary as a reader sees it: places in order. */
typedef struct View
{
	DidHead		head;
	DidPlace   *places;
} View;

static DidPlace *
allocate_places(uint32 nplaces)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  Max((Size) nplaces, 1) * sizeof(DidPlace));
}

static void
view_flat(const uint8 *body, View *view)
{
	view->head = did_head_read(body);
	view->places = allocate_places(view->head.nplaces);
	body += DID_HEAD_SIZE;
	for (uint32 n = 0; n < view->head.nplaces; n++)
		body = did_place_read(&view->places[n], body);
}

static Id
place_id(const DidPlace *place)
{
	return (Id) {place->id, place->length};
}

#define ST_SORT sort_places
#define ST_ELEMENT_TYPE DidPlace
#define ST_COMPARE(a, b) id_compare(place_id(a), place_id(b))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static void
view_expanded(const DidOfPlaces *state, View *view)
{
	view->head = (DidHead) {
		.id_kind = (uint8) state->ids.kind,
		.skipped = state->skipped,
		.nplaces = state->ids.n
	};
	view->places = allocate_places(state->ids.n);
	for (uint32 n = 0; n < state->ids.n; n++)
	{
		const PlaceSums *place = &state->places[n];
		Id			id = ids_get(&state->ids, n);

		CHECK_FOR_INTERRUPTS();
		view->places[n] = (DidPlace) {
			.id = id.bytes,
			.length = id.length,
			.treated = place->treated,
			.cells = {place->cells[0], place->cells[1]}
		};
	}
	sort_places(view->places, state->ids.n);
}

/* ---- the kind ---- */

static void
absorb_view(DidOfPlaces *state, const View *view)
{
	did_add_rows(&state->skipped, view->head.skipped);
	for (uint32 n = 0; n < view->head.nplaces; n++)
	{
		const DidPlace *other = &view->places[n];
		PlaceSums  *place;

		CHECK_FOR_INTERRUPTS();
		place = place_of(state, (IdKind) view->head.id_kind, place_id(other), other->treated);
		for (int post = 0; post < 2; post++)
			did_add_cell(&place->cells[post], other->cells[post]);
	}
	pfree(view->places);
}

static void
did_places_absorb(Summary *summary, Summary *other)
{
	View		view;

	view_expanded((DidOfPlaces *) other, &view);
	absorb_view((DidOfPlaces *) summary, &view);
}

static void
did_places_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	View		view;

	view_flat(body, &view);
	absorb_view((DidOfPlaces *) summary, &view);
}

static Size
did_places_measure(Summary *summary)
{
	const DidOfPlaces *state = (DidOfPlaces *) summary;
	Size		size = DID_HEAD_SIZE + (Size) state->ids.n * DID_PLACE_SIZE;

	for (uint32 n = 0; n < state->ids.n; n++)
		size += ids_get(&state->ids, n).length;
	return size;
}

static void
did_places_flatten(Summary *summary, uint8 *body, Size size)
{
	View		view;

	view_expanded((DidOfPlaces *) summary, &view);
	did_head_write(view.head, body);
	body += DID_HEAD_SIZE;
	for (uint32 n = 0; n < view.head.nplaces; n++)
		body = did_place_write(&view.places[n], body);
}

static const SummaryKind did_places_kind = {
	.type_name = "did_places",
	.version = 1,
	.code = 'g',
	.struct_size = sizeof(DidOfPlaces),
	.check = did_places_check,
	.absorb = did_places_absorb,
	.absorb_flat = did_places_absorb_flat,
	.measure = did_places_measure,
	.flatten = did_places_flatten
};

SUMMARY_FUNCTIONS(did_places, &did_places_kind);

/* ---- the answer ---- */

/* What all places have together. */
typedef struct Totals
{
	DidCell		cells[2][2];	/* by treated, post */
	uint32		groups[2];		/* places, control and treated */
	uint32		partial;		/* places without a row in one period */
} Totals;

static void
total_places(const View *view, Totals *totals)
{
	memset(totals, 0, sizeof(*totals));
	for (uint32 n = 0; n < view->head.nplaces; n++)
	{
		const DidPlace *place = &view->places[n];

		CHECK_FOR_INTERRUPTS();
		totals->groups[place->treated]++;
		totals->partial += place->cells[0].rows == 0 || place->cells[1].rows == 0;
		for (int post = 0; post < 2; post++)
			did_add_cell(&totals->cells[place->treated][post], place->cells[post]);
	}
}

/*
 * The standard error, clustered by place (CR1): places in order of their ids, so
 * that it does not hinge on the plan.
 */
static double
clustered_error(const View *view, const Totals *totals)
{
	double		rows = (double) did_rows(totals->cells);
	double		sum = 0;

	for (uint32 n = 0; n < view->head.nplaces; n++)
	{
		double		influence = did_influence(&view->places[n], totals->cells);

		CHECK_FOR_INTERRUPTS();
		sum += influence * influence;
	}
	return sqrt(sum * cr1_factor(view->head.nplaces, rows, PARAMETERS));
}

static Effect
places_effect(const View *view, StringInfo note)
{
	Totals		totals;
	Effect		effect;

	total_places(view, &totals);
	effect = effect_unknown("did", DID_CONF_LEVEL, did_rows(totals.cells));
	if (!did_is_complete(totals.cells, view->head.skipped, note))
		return effect;
	effect.estimate = did_estimate(totals.cells);
	if (totals.partial > 0)
		note_add(note, "places without a row before or after: %u, so that means of different places are compared",
				 totals.partial);
	for (int treated = 1; treated >= 0; treated--)
		if (totals.groups[treated] == 1)
		{
			note_add(note, "no standard error: only one %s place", treated ? "treated" : "control");
			return effect;
		}
	effect = effect_of("did", effect.estimate, clustered_error(view, &totals),
					   (double) view->head.nplaces - 1, DID_CONF_LEVEL, effect.n);
	if (effect.std_error == 0)
		note_add(note, DID_NO_VARIATION);
	return effect;
}

/* Final function of did(outcome, treated, post, place); no row at all is NULL here. */
Datum
did_places_effect(PG_FUNCTION_ARGS)
{
	View		view = {{0}};
	StringInfoData note;
	Effect		effect;

	if (!PG_ARGISNULL(0))
	{
		const uint8 *body;
		Size		size;
		Summary    *summary = summary_read(PG_GETARG_DATUM(0), &did_places_kind, &body, &size);

		if (summary != NULL)
			view_expanded((DidOfPlaces *) summary, &view);
		else
			view_flat(body, &view);
	}
	initStringInfo(&note);
	effect = places_effect(&view, &note);
	effect.note = note_text(&note);
	return effect_datum(fcinfo, &effect);
}
