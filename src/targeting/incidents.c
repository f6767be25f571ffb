/*
 * incidents.c
 *	  SQL type incidents: its expanded form, and how it is read.
 */
#include "base/compat.h"

#include "base/options.h"
#include "base/postgis.h"
#include "base/skips.h"
#include "miscadmin.h"
#include "targeting/incidents.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(incidents_size);
PG_FUNCTION_INFO_V1(incidents_srid);
PG_FUNCTION_INFO_V1(incidents_skipped);
PG_FUNCTION_INFO_V1(incidents_skipped_reason);

/* Room for events at first, which a summary's first block of memory holds. */
#define FIRST_ROOM 16

#define ST_SORT sort_events
#define ST_ELEMENT_TYPE Event
#define ST_COMPARE(a, b) event_compare(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE
#define ST_DEFINE
#include "lib/sort_template.h"

static void
begin(Incidents *incidents)
{
	incidents->head.srid = INCIDENTS_NO_SRID;
	incidents->room = FIRST_ROOM;
	incidents->events = MemoryContextAlloc(incidents->summary.header.eoh_context,
										   FIRST_ROOM * sizeof(Event));
}

Incidents *
incidents_create(FunctionCallInfo fcinfo)
{
	Incidents  *incidents = (Incidents *) summary_create(fcinfo, &incidents_kind);

	begin(incidents);
	return incidents;
}

void
incidents_use_srid(Incidents *incidents, int32 srid)
{
	if (likely(incidents->head.srid == srid))
		return;
	if (incidents->head.srid != INCIDENTS_NO_SRID)
		postgis_mixed_srids(incidents->head.srid, srid);
	incidents->head.srid = srid;
}

void
incidents_skip(Incidents *incidents, IncidentsSkip reason, uint64 nevents)
{
	uint64	   *skipped = &incidents->head.skipped[reason];

	if (unlikely(nevents > INCIDENTS_MAX_SKIPPED - *skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped events is out of range")));
	*skipped += nevents;
}

/* ---- the summary kind ---- */

/* Add what stands beside the events; blank incidents begin here. */
static void
absorb_head(Incidents *incidents, const IncidentsHead *other)
{
	if (incidents->room == 0)
		begin(incidents);
	if (other->srid != INCIDENTS_NO_SRID)
		incidents_use_srid(incidents, other->srid);
	for (int k = 0; k < INCIDENTS_SKIPS; k++)
		incidents_skip(incidents, (IncidentsSkip) k, other->skipped[k]);
}

/* Where so many more events go; they count as there. */
static Event *
append_room(Incidents *incidents, size_t nevents)
{
	size_t		needed = incidents->nevents + nevents;
	Event	   *room;

	if (needed > incidents->room)
	{
		incidents->room = Max(needed, 2 * incidents->room);
		incidents->events = repalloc_huge(incidents->events, incidents->room * sizeof(Event));
	}
	room = incidents->events + incidents->nevents;
	incidents->nevents = needed;
	return room;
}

static void
read_events(Event *events, const uint8 *bytes, size_t nevents)
{
	for (size_t n = 0; n < nevents; n++, bytes += EVENT_SIZE)
	{
		CHECK_FOR_INTERRUPTS();
		event_get(bytes, &events[n]);
	}
}

static void
incidents_absorb(Summary *summary, Summary *other)
{
	Incidents  *incidents = (Incidents *) summary;
	Incidents  *from = (Incidents *) other;
	size_t		nevents = from->nevents;
	Event	   *room;

	absorb_head(incidents, &from->head);
	room = append_room(incidents, nevents);
	memcpy(room, from->events, nevents * sizeof(Event));
}

static void
incidents_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	Incidents  *incidents = (Incidents *) summary;
	IncidentsHead head;
	const uint8 *bytes = incidents_flat_read_head(&head, body);
	size_t		nevents = incidents_flat_events(size);

	absorb_head(incidents, &head);
	read_events(append_room(incidents, nevents), bytes, nevents);
}

static Size
incidents_measure(Summary *summary)
{
	return INCIDENTS_HEAD_SIZE + ((Incidents *) summary)->nevents * EVENT_SIZE;
}

/* To put its events in order changes nothing that a value says. */
static void
incidents_flatten(Summary *summary, uint8 *body, Size size)
{
	Incidents  *incidents = (Incidents *) summary;
	uint8	   *next = incidents_flat_write_head(body, &incidents->head);

	sort_events(incidents->events, incidents->nevents);
	for (size_t n = 0; n < incidents->nevents; n++, next += EVENT_SIZE)
		event_put(next, &incidents->events[n]);
}

const SummaryKind incidents_kind = {
	.type_name = "incidents",
	.version = 1,
	.code = 'i',
	.struct_size = sizeof(Incidents),
	.check = incidents_flat_check,
	.absorb = incidents_absorb,
	.absorb_flat = incidents_absorb_flat,
	.measure = incidents_measure,
	.flatten = incidents_flatten
};

SUMMARY_FUNCTIONS(incidents, &incidents_kind);

/* ---- reading ---- */

void
incidents_view(FunctionCallInfo fcinfo, int argno, IncidentsView *view)
{
	const uint8 *body;
	Size		size;
	Incidents  *expanded = (Incidents *) summary_read(PG_GETARG_DATUM(argno),
													  &incidents_kind, &body, &size);
	const uint8 *bytes = NULL;

	if (expanded != NULL)
	{
		view->head = expanded->head;
		view->nevents = expanded->nevents;
	}
	else
	{
		bytes = incidents_flat_read_head(&view->head, body);
		view->nevents = incidents_flat_events(size);
	}
	view->events = MemoryContextAllocHuge(CurrentMemoryContext,
										  Max(view->nevents, 1) * sizeof(Event));
	if (expanded != NULL)
	{
		memcpy(view->events, expanded->events, view->nevents * sizeof(Event));
		sort_events(view->events, view->nevents);
	}
	else
		read_events(view->events, bytes, view->nevents);
}

size_t
incidents_head(FunctionCallInfo fcinfo, int argno, IncidentsHead *head)
{
	const uint8 *body;
	Size		size;
	Incidents  *expanded = (Incidents *) summary_read(PG_GETARG_DATUM(argno),
													  &incidents_kind, &body, &size);

	if (expanded != NULL)
	{
		*head = expanded->head;
		return expanded->nevents;
	}
	incidents_flat_read_head(head, body);
	return incidents_flat_events(size);
}

/* size(incidents): number of events. */
Datum
incidents_size(PG_FUNCTION_ARGS)
{
	IncidentsHead head;

	PG_RETURN_INT64((int64) incidents_head(fcinfo, 0, &head));
}

/* srid(incidents): NULL while no event was kept. */
Datum
incidents_srid(PG_FUNCTION_ARGS)
{
	IncidentsHead head;

	incidents_head(fcinfo, 0, &head);
	if (head.srid == INCIDENTS_NO_SRID)
		PG_RETURN_NULL();
	PG_RETURN_INT32(head.srid);
}

/* skipped(incidents): events left out, for whatever reason. */
Datum
incidents_skipped(PG_FUNCTION_ARGS)
{
	IncidentsHead head;

	incidents_head(fcinfo, 0, &head);
	return skips_total(head.skipped, INCIDENTS_SKIPS);
}

/* skipped(incidents, reason) */
Datum
incidents_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[INCIDENTS_SKIP_GEOMETRY] = "geometry",
		[INCIDENTS_SKIP_COORDINATES] = "coordinates",
		[INCIDENTS_SKIP_TIME] = "time",
		NULL
	};
	IncidentsHead head;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	incidents_head(fcinfo, 0, &head);
	return skips_of_reason(fcinfo, head.skipped, reasons);
}
