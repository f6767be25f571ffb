/*
 * states.c
 *	  Each moment of a zone has a state: see states.h.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "tracking/states.h"

/* A walk through time. */
typedef struct Walk
{
	Span		window;
	const Crimes *crimes;
	size_t		next_crime;
	size_t		inside;			/* crimes in the window so far */
} Walk;

/* Walk through a stretch of time of one state.  Stretches come in order. */
static void
walk(Walk *walk, int64 start, int64 end, StateSum *sum)
{
	const Crimes *crimes = walk->crimes;
	Span		part = {Max(start, walk->window.start), Min(end, walk->window.end)};

	CHECK_FOR_INTERRUPTS();
	if (part.start >= part.end)
		return;
	sum->exposure += span_length(part);
	for (; walk->next_crime < crimes->ncrimes && crimes->at[walk->next_crime] < part.end; walk->next_crime++)
		if (crimes->at[walk->next_crime] >= part.start)
		{
			sum->crimes++;
			walk->inside++;
		}
}

/* The classes of time from a departure to the next arrival. */
static void
walk_absence(Walk *at, Span absence, const int64 *edges, int nedges, StateSum *sums)
{
	uint64		length = span_length(absence);

	for (int k = 0; k < nedges && (uint64) edges[k] < length; k++)
		walk(at, absence.start + edges[k],
			 k + 1 < nedges && (uint64) edges[k + 1] < length ?
			 absence.start + edges[k + 1] : absence.end,
			 &sums[STATE_AFTER + k]);
}

size_t
states_sum(const PatrolVisit *visits, size_t nvisits, const Crimes *crimes,
		   Span window, const int64 *edges, int nedges, StateSum *sums)
{
	Walk		at = {.window = window, .crimes = crimes};

	memset(sums, 0, (STATE_AFTER + nedges) * sizeof(StateSum));
	walk(&at, TIME_MIN, nvisits > 0 ? visits[0].span.start : TIME_END, &sums[STATE_BEFORE]);
	for (size_t k = 0; k < nvisits; k++)
	{
		Span		visit = visits[k].span;
		Span		absence = {visit.end, k + 1 < nvisits ? visits[k + 1].span.start : TIME_END};

		walk(&at, visit.start, visit.end, &sums[STATE_PRESENT]);
		walk_absence(&at, absence, edges, nedges, sums);
	}
	return crimes->ncrimes - at.inside;
}
