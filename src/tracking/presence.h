/*
 * presence.h
 *	  From the rows of a patrol to presence and visits.
 *
 * Everything is made of the intervals of all rows, united: how they were shared
 * out among rows makes no difference, and a row that comes twice counts once.
 */
#ifndef HOTSPOT_PRESENCE_H
#define HOTSPOT_PRESENCE_H

#include "postgres.h"

#include "tracking/patrol_flat.h"

/* Which rows count. */
typedef enum PresenceOf
{
	PRESENCE_STOPPING,			/* those that did not only pass through */
	PRESENCE_PASSING,
	PRESENCE_ALL
} PresenceOf;

/* When each unit was there. */
typedef struct Presence
{
	size_t		nunits;
	size_t	   *first;			/* unit k has the spans from first[k] on, below
								 * first[k + 1] */
	Span	   *spans;			/* of each unit in turn, united */
} Presence;

/* A visit of any number of units. */
typedef struct PatrolVisit
{
	Span		span;			/* from arrival to departure */
	uint64		dwell;			/* without excursions */
	bool		starts_cut;		/* whether they may have come earlier */
	bool		ends_cut;		/* or stayed on */
} PatrolVisit;

/* Of a patrol whose rows are in order. */
extern void presence_of(const PatrolRows *patrol, PresenceOf which, Presence *presence);

/* When there was any unit. */
extern Span *presence_union(const Presence *presence, size_t *nspans);

/*
 * The visits that a united presence makes where absences of at most merge_gap are
 * passed over as excursions.  The patrol tells which of their ends were cut.
 */
extern PatrolVisit *presence_visits(const PatrolRows *patrol, PresenceOf which,
									const Span *spans, size_t nspans,
									uint64 merge_gap, size_t *nvisits);

/* All of these in turn. */
extern PatrolVisit *patrol_visits(const PatrolRows *patrol, PresenceOf which,
								  uint64 merge_gap, size_t *nvisits);

#endif							/* HOTSPOT_PRESENCE_H */
