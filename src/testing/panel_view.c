/*
 * panel_view.c
 *	  SQL type panel: how it is read.
 */
#include "base/compat.h"

#include "base/options.h"
#include "base/skips.h"
#include "miscadmin.h"
#include "testing/panel.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(panel_size);
PG_FUNCTION_INFO_V1(panel_periods);
PG_FUNCTION_INFO_V1(panel_skipped);
PG_FUNCTION_INFO_V1(panel_skipped_reason);

static void *
allocate(size_t n, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(n, 1) * size);
}

void
panel_view_flat(const uint8 *body, PanelRows *view)
{
	PanelForm	form;
	size_t		noutcomes;

	panel_flat_open(&view->head, &form, body);
	view->periods = allocate(view->head.nperiods, sizeof(int32));
	view->columns = allocate(view->head.nperiods, sizeof(uint32));
	view->places = allocate(view->head.nplaces, sizeof(PanelPlace));
	noutcomes = form.width == 0 ? 0 : (size_t) view->head.nplaces * view->head.nperiods;
	panel_flat_read(view, form,
					allocate(noutcomes,
							 panel_flat_narrow(form) ? sizeof(int64) : sizeof(Outcome)),
					body);
}

static PanelPlace
place_view(const Panel *panel, uint32 n)
{
	const Place *place = &panel->place[n];
	Id			id = ids_get(&panel->places, n);
	PanelPlace	view = {
		.id = id.bytes,
		.length = id.length,
		.treated_from = place->treated_from,
		.cells = place->cells
	};

	if (panel->clusters.kind != IDS_NONE)
	{
		Id			cluster = ids_get(&panel->clusters, place->cluster);

		view.cluster_id = cluster.bytes;
		view.cluster_length = cluster.length;
	}
	return view;
}

void
panel_view_as_is(Panel *panel, PanelRows *view)
{
	panel_settle(panel);
	view->head = (PanelHead) {
		.place_ids = (uint8) panel->places.kind,
		.cluster_ids = (uint8) panel->clusters.kind,
		.nperiods = panel->nperiods,
		.nplaces = panel->places.n
	};
	memcpy(view->head.skipped, panel->skipped, sizeof(panel->skipped));
	view->periods = allocate(panel->nperiods, sizeof(int32));
	view->columns = allocate(panel->nperiods, sizeof(uint32));
	view->places = allocate(panel->places.n, sizeof(PanelPlace));
	for (uint32 column = 0; column < panel->nperiods; column++)
	{
		view->periods[column] = panel->periods[column];
		view->columns[column] = column;
	}
	for (uint32 n = 0; n < panel->places.n; n++)
		view->places[n] = place_view(panel, n);
}

static int
compare_places(const PanelPlace *a, const PanelPlace *b)
{
	return id_compare((Id) {a->id, a->length}, (Id) {b->id, b->length});
}

#define ST_SORT sort_places
#define ST_ELEMENT_TYPE PanelPlace
#define ST_COMPARE(a, b) compare_places(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_columns
#define ST_ELEMENT_TYPE uint32
#define ST_COMPARE(a, b, periods) ((periods[*(a)] > periods[*(b)]) - (periods[*(a)] < periods[*(b)]))
#define ST_COMPARE_ARG_TYPE const int32
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

void
panel_view_in_order(Panel *panel, PanelRows *view)
{
	panel_view_as_is(panel, view);
	sort_places(view->places, view->head.nplaces);
	sort_columns(view->columns, view->head.nperiods, panel->periods);
	for (uint32 p = 0; p < view->head.nperiods; p++)
		view->periods[p] = panel->periods[view->columns[p]];
}

void
panel_view(FunctionCallInfo fcinfo, int argno, PanelRows *view)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(PG_GETARG_DATUM(argno), &panel_kind, &body, &size);

	if (summary != NULL)
		panel_view_in_order((Panel *) summary, view);
	else
		panel_view_flat(body, view);
}

char *
panel_place_text(const PanelRows *view, uint32 n)
{
	return id_text((Id) {view->places[n].id, view->places[n].length},
				   (IdKind) view->head.place_ids);
}

/* ---- accessors ---- */

static PanelHead
panel_head(FunctionCallInfo fcinfo)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(PG_GETARG_DATUM(0), &panel_kind, &body, &size);
	Panel	   *panel = (Panel *) summary;
	PanelHead	head = {0};
	PanelForm	form;

	if (panel == NULL)
	{
		panel_flat_open(&head, &form, body);
		return head;
	}
	head.nperiods = panel->nperiods;
	head.nplaces = panel->places.n;
	memcpy(head.skipped, panel->skipped, sizeof(head.skipped));
	return head;
}

Datum
panel_size(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(panel_head(fcinfo).nplaces);
}

Datum
panel_periods(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) panel_head(fcinfo).nperiods);
}

/* skipped(panel): for whatever reason; four times 2^61 - 1 fit. */
Datum
panel_skipped(PG_FUNCTION_ARGS)
{
	PanelHead	head = panel_head(fcinfo);

	return skips_total(head.skipped, PANEL_SKIPS);
}

/* skipped(panel, reason) */
Datum
panel_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[PANEL_SKIP_PLACE] = "place",
		[PANEL_SKIP_PERIOD] = "period",
		[PANEL_SKIP_OUTCOME] = "outcome",
		[PANEL_SKIP_CLUSTER] = "cluster",
		NULL
	};

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return skips_of_reason(fcinfo, panel_head(fcinfo).skipped, reasons);
}
