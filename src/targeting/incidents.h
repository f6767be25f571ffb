/*
 * incidents.h
 *	  SQL type incidents: where and when events happened.
 *
 * Incidents are a multiset: neither the order of the rows nor how they were
 * shared out among processes shows in them.
 */
#ifndef HOTSPOT_INCIDENTS_H
#define HOTSPOT_INCIDENTS_H

#include "postgres.h"

#include "base/summary.h"
#include "targeting/incidents_flat.h"

extern const SummaryKind incidents_kind;

/* The expanded form: events as they came. */
typedef struct Incidents
{
	Summary		summary;
	IncidentsHead head;
	size_t		nevents;
	size_t		room;			/* 0 = blank */
	Event	   *events;
} Incidents;

/* A new value without an event as the function's result. */
extern Incidents *incidents_create(FunctionCallInfo fcinfo);

/* Set the SRID, or hold it against the one that is set. */
extern void incidents_use_srid(Incidents *incidents, int32 srid);

/* Count events that were left out. */
extern void incidents_skip(Incidents *incidents, IncidentsSkip reason, uint64 nevents);

/* Put events in the order of event_compare(). */
extern void sort_events(Event *events, size_t nevents);

/* Incidents as a reader sees them. */
typedef struct IncidentsView
{
	IncidentsHead head;
	size_t		nevents;
	Event	   *events;			/* the reader's own copy, in order of time */
} IncidentsView;

/* Read argument argno, which is not NULL. */
extern void incidents_view(FunctionCallInfo fcinfo, int argno, IncidentsView *view);

/* Read all but the events; returns how many they are. */
extern size_t incidents_head(FunctionCallInfo fcinfo, int argno, IncidentsHead *head);

#endif							/* HOTSPOT_INCIDENTS_H */
