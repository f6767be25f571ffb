/*
 * movement.c
 *	  From the fixes of a track to a movement: see movement.h.
 */
#include "tracking/movement.h"

#include <math.h>

#define MICROSECONDS 1e6

/* How far outside the span of interest a fix can matter. */
static uint64_t
reach(const MovementRules *rules)
{
	return (uint64_t) (rules->max_gap > rules->still_gap ? rules->max_gap : rules->still_gap);
}

/* The first fix that is later than a time, or as late. */
static size_t
lower_bound(const TrackFixes *fixes, int64_t at)
{
	size_t		low = 0;
	size_t		high = fixes->nfixes;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;
		Fix			fix;

		track_fix(fixes, middle, &fix);
		if (fix.at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The place of the first fix from n on that is accurate enough and not of the
 * time after; the end when there is none.  Counts what it passes over if it is
 * given where to.
 */
static size_t
next_candidate(const Movement *movement, size_t n, const int64_t *after, Fix *fix,
			   MovementCounts *counts)
{
	for (; n < movement->end; n++)
	{
		track_fix(movement->fixes, n, fix);
		if (after != NULL && fix->at == *after)
		{
			if (counts != NULL)
				counts->duplicates++;
		}
		else if (fix->accuracy > movement->rules->max_accuracy && isfinite(fix->accuracy))
		{
			if (counts != NULL)
				counts->inaccurate++;
		}
		else
			break;
	}
	return n;
}

static uint64_t
elapsed(const Fix *a, const Fix *b)
{
	return span_length((Span) {a->at, b->at});
}

static double
squared_distance(const Fix *a, const Fix *b)
{
	return (b->x - a->x) * (b->x - a->x) + (b->y - a->y) * (b->y - a->y);
}

/* Whether a unit can have got from a to b in time. */
static bool
can_reach(const MovementRules *rules, const Fix *a, const Fix *b)
{
	double		most = rules->max_speed * ((double) elapsed(a, b) / MICROSECONDS);

	return squared_distance(a, b) <= most * most;
}

static bool
bridges(const MovementRules *rules, const Fix *a, const Fix *b)
{
	uint64_t	silence = elapsed(a, b);

	return silence <= (uint64_t) rules->max_gap ||
		(silence <= (uint64_t) rules->still_gap &&
		 squared_distance(a, b) <= rules->still_radius * rules->still_radius);
}

/*
 * How many fixes from the one at n on are a spike: beyond the speed limit, while
 * the fix after them is within it again.  0 when they are no spike.
 */
static int
spike_length(const Movement *movement, size_t n, Fix fix)
{
	for (int k = 1; k <= movement->rules->max_spike; k++)
	{
		int64_t		after = fix.at;

		n = next_candidate(movement, n + 1, &after, &fix, NULL);
		if (n == movement->end)
			return 0;
		if (can_reach(movement->rules, movement_last(movement), &fix))
			return k;
	}
	return 0;
}

bool
movement_next(Movement *movement, bool *is_bridged)
{
	const MovementRules *rules = movement->rules;
	const Fix  *last = movement_last(movement);
	Fix		   *fix = &movement->slots[1 - movement->last];
	bool		is_first = !movement->has_last;
	bool		is_jump = false;
	int			spike = 0;

	movement->next = next_candidate(movement, movement->next, is_first ? NULL : &last->at,
									fix, &movement->counts);
	if (movement->next == movement->end)
		return false;
	if (!is_first && rules->max_speed < INFINITY && !can_reach(rules, last, fix))
	{
		spike = spike_length(movement, movement->next, *fix);
		is_jump = spike == 0;
	}
	for (int k = 0; k < spike; k++)
	{
		int64_t		after = fix->at;

		movement->next = next_candidate(movement, movement->next + 1, &after, fix,
										&movement->counts);
	}

	*is_bridged = movement->counts.kept > 0 && !is_jump && bridges(rules, last, fix);
	movement->next++;
	movement->last = 1 - movement->last;
	movement->has_last = true;
	movement->counts.spikes += (size_t) spike;
	movement->counts.jumps += is_jump && movement->counts.kept > 0;
	movement->counts.kept++;
	return true;
}

/*
 * Go on to fix n.  Which fixes are spikes hinges on those before them, so where
 * there is a speed limit these must be gone through.
 */
static void
skip_to(Movement *movement, size_t n)
{
	if (!(movement->rules->max_speed < INFINITY))
		movement->next = n;
	while (movement->next < n)
	{
		Movement	before = *movement;
		bool		is_bridged;

		if (!movement_next(movement, &is_bridged) || movement->next > n)
		{
			*movement = before;
			break;
		}
	}
}

void
movement_begin(Movement *movement, const TrackFixes *fixes, const MovementRules *rules)
{
	uint64_t	before = span_length((Span) {INT64_MIN, rules->during.start});
	uint64_t	after = span_length((Span) {rules->during.end, INT64_MAX});
	uint64_t	most = reach(rules);

	*movement = (Movement) {.fixes = fixes,.rules = rules};
	movement->end = fixes->nfixes;
	if (most < after)
		movement->end = lower_bound(fixes, rules->during.end + (int64_t) most + 1);
	if (most < before)
		skip_to(movement, lower_bound(fixes, rules->during.start - (int64_t) most));
	movement->counts = (MovementCounts) {
		.outside = fixes->nfixes - (movement->end - movement->next)
	};
}
