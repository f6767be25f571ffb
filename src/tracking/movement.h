/*
 * movement.h
 *	  From the fixes of a track to a movement: which fixes count, and between
 *	  which of them the unit is taken to have gone in a straight line.
 *
 * Pure C.  Fixes are read in order, so what the rows of a track were made of
 * does not matter.
 */
#ifndef HOTSPOT_MOVEMENT_H
#define HOTSPOT_MOVEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tracking/spans.h"
#include "tracking/track_flat.h"

/* Durations in microseconds, distances in the unit of the coordinates. */
typedef struct MovementRules
{
	int64_t		max_gap;		/* a silence longer than this says nothing, */
	int64_t		still_gap;		/* unless it is no longer than this and ends */
	double		still_radius;	/* no farther than this from where it began */
	double		max_speed;		/* a second; INFINITY = no limit */
	int			max_spike;		/* fixes in a row that may be taken for errors */
	double		max_accuracy;	/* INFINITY = no limit */
	Span		during;			/* of interest */
} MovementRules;

/* What became of the fixes. */
typedef struct MovementCounts
{
	size_t		outside;		/* beyond reach of the span of interest */
	size_t		inaccurate;
	size_t		duplicates;		/* of one time; the most accurate was kept */
	size_t		spikes;			/* too fast there and back */
	size_t		jumps;			/* too fast, and no way back: the movement breaks */
	size_t		kept;
} MovementCounts;

typedef struct Movement
{
	const TrackFixes *fixes;
	const MovementRules *rules;
	size_t		next;			/* fix not yet looked at */
	size_t		end;
	Fix			slots[2];		/* the last fix kept and the one before it, */
	int			last;			/* where the last one is */
	bool		has_last;
	MovementCounts counts;
} Movement;

/* The last fix kept, and the one kept before it. */
static inline const Fix *
movement_last(const Movement *movement)
{
	return &movement->slots[movement->last];
}

/* Which of the track's fixes that is. */
static inline size_t
movement_last_number(const Movement *movement)
{
	return movement->next - 1;
}

static inline const Fix *
movement_previous(const Movement *movement)
{
	return &movement->slots[1 - movement->last];
}

/* Go back to before the first fix. */
extern void movement_begin(Movement *movement, const TrackFixes *fixes,
						   const MovementRules *rules);

/*
 * Go on to the next fix that counts; false after the last.  Tells whether the
 * unit can be followed there from the previous one.
 */
extern bool movement_next(Movement *movement, bool *is_bridged);

#endif							/* HOTSPOT_MOVEMENT_H */
