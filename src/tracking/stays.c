/*
 * stays.c
 *	  When a moving unit was in which zone: see stays.h.
 *
 * Between two fixes that are bridged the unit goes in a straight line, at one
 * speed.  Where the line crosses a boundary the time is rounded to the
 * microsecond, once; from there on all is whole numbers.
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "miscadmin.h"
#include "tracking/stays.h"

typedef struct Finder
{
	const ZoneIndex *index;
	Span		during;
	ZoneParts	parts;
	Stays	   *stays;

	/* stays that reach up to the last fix, and may go on from there */
	Size		nopen;
	Size		open_size;
	Stay	   *open;
} Finder;

/*
 * Places of fixes to come.  They are looked up many at a time: what a fix is
 * found to need depends on where it is, and the processor, which can wait for
 * only one such answer, would wait for each.
 */
#define PLACES_AHEAD 256

typedef struct PlacesAhead
{
	Size		first;			/* fix that the first is of */
	Size		nplaces;
	ZonePlace	places[PLACES_AHEAD];
} PlacesAhead;

/* A line between two fixes. */
typedef struct Leg
{
	const ZonePlace *a;
	const ZonePlace *b;
	Span		span;
	double		length;
	bool		is_start;		/* nothing is known before it */
} Leg;

/* Close a stay: only what lies in the span of interest counts. */
static void
close_stay(Finder *finder, Stay stay)
{
	Span		span = {Max(stay.span.start, finder->during.start),
		Min(stay.span.end, finder->during.end)};

	if (span.start >= span.end)
		return;
	stay.starts_cut |= span.start > stay.span.start;
	stay.ends_cut |= span.end < stay.span.end;
	stay.span = span;
	APPEND(finder->stays->stays, finder->stays->nstays, finder->stays->stays_size, stay);
}

/* Close the open stays that end before a time. */
static void
close_before(Finder *finder, int64 at)
{
	Size		kept = 0;

	for (Size k = 0; k < finder->nopen; k++)
	{
		if (finder->open[k].span.end < at)
			close_stay(finder, finder->open[k]);
		else
			finder->open[kept++] = finder->open[k];
	}
	finder->nopen = kept;
}

/* Close all open stays, because nothing is known after the last fix. */
static void
close_all(Finder *finder)
{
	for (Size k = 0; k < finder->nopen; k++)
	{
		finder->open[k].ends_cut = true;
		close_stay(finder, finder->open[k]);
	}
	finder->nopen = 0;
}

static bool
is_during(const Finder *finder, int64 at)
{
	return finder->during.start <= at && at < finder->during.end;
}

/* Whether a fix at the end of a leg is a ping in the zone. */
static bool
is_ping(const Finder *finder, uint32 zone, const ZonePlace *place, int64 at)
{
	return is_during(finder, at) && zone_index_holds(finder->index, zone, place);
}

/* The open stay in a zone that ends at a time, or a new one from there on. */
static Stay *
open_stay(Finder *finder, uint32 zone, int64 at)
{
	for (Size k = 0; k < finder->nopen; k++)
		if (finder->open[k].zone == zone && finder->open[k].span.end == at)
			return &finder->open[k];
	APPEND(finder->open, finder->nopen, finder->open_size,
		   (Stay) {.zone = zone,.span = {at, at}});
	return &finder->open[finder->nopen - 1];
}

/*
 * The time at a fraction of a leg, to the nearest microsecond.  A double cannot
 * tell where a very long one ends.
 */
static inline int64
leg_time(const Leg *leg, double fraction)
{
	if (fraction == 1)
		return leg->span.end;
	return (int64) ((uint64) leg->span.start +
					(uint64) (fraction * (double) span_length(leg->span) + 0.5));
}

/* Add the part of a leg that lies in a zone. */
static void
add_part(Finder *finder, const Leg *leg, const ZonePart *part)
{
	Span		whole = {leg_time(leg, part->from), leg_time(leg, part->to)};
	Span		span = {Max(whole.start, finder->during.start),
		Min(whole.end, finder->during.end)};
	double		length = (part->to - part->from) * leg->length;
	Stay	   *stay;

	if (whole.start >= whole.end)
		return;
	stay = open_stay(finder, part->zone, whole.start);
	if (stay->span.start == stay->span.end)
	{
		bool		at_start = whole.start == leg->span.start;

		stay->starts_cut = at_start && leg->is_start;
		if (at_start && is_ping(finder, part->zone, leg->a, leg->span.start))
			stay->pings++;
	}
	if (whole.end == leg->span.end && is_ping(finder, part->zone, leg->b, leg->span.end))
		stay->pings++;

	stay->span.end = whole.end;
	if (span.start >= span.end)
		return;
	if (span_length(span) < span_length(whole))
		length *= (double) span_length(span) / (double) span_length(whole);
	stay->path_length += length;
	if (span_length(leg->span) > STAY_INTERPOLATED)
		stay->interpolated += span_length(span);
}

static void
add_leg(Finder *finder, const ZonePlace *a, const ZonePlace *b, Span span, bool is_start)
{
	ZoneParts  *parts = &finder->parts;

	/* So it is for most of the country, and most of the time. */
	if (finder->nopen == 0 && zone_places_are_void(a, b))
		return;
	zone_index_parts(finder->index, a, b, parts);
	if (parts->nparts > 0)
	{
		double		dx = b->point.x - a->point.x;
		double		dy = b->point.y - a->point.y;
		Leg			leg = {a, b, span, sqrt(dx * dx + dy * dy), is_start};

		for (Size k = 0; k < parts->nparts; k++)
			add_part(finder, &leg, &parts->parts[k]);
	}
	if (finder->nopen > 0)
		close_before(finder, span.end);
}

/* Note the zones of a fix that stands alone. */
static void
add_touches(Finder *finder, const ZonePlace *place, int64 at)
{
	if (!is_during(finder, at))
		return;
	zone_index_parts(finder->index, place, place, &finder->parts);
	for (Size k = 0; k < finder->parts.nparts; k++)
		APPEND(finder->stays->touches, finder->stays->ntouches,
			   finder->stays->touches_size,
			   (Touch) {finder->parts.parts[k].zone, at});
}

/* The place of fix n. */
static ZonePlace
place_of_fix(const ZoneIndex *index, const TrackFixes *fixes, Size n, PlacesAhead *ahead)
{
	if (n - ahead->first >= ahead->nplaces)
	{
		ahead->first = n;
		ahead->nplaces = Min(fixes->nfixes - n, PLACES_AHEAD);
		for (Size k = 0; k < ahead->nplaces; k++)
		{
			Fix			fix;

			track_fix(fixes, n + k, &fix);
			ahead->places[k] = zone_place(index, (GeometryPoint) {fix.x, fix.y});
		}
	}
	return ahead->places[n - ahead->first];
}

static int
compare_stays(const void *a, const void *b)
{
	const Stay *one = a;
	const Stay *other = b;

	if (one->zone != other->zone)
		return one->zone < other->zone ? -1 : 1;
	return (one->span.start > other->span.start) - (one->span.start < other->span.start);
}

static int
compare_touches(const void *a, const void *b)
{
	const Touch *one = a;
	const Touch *other = b;

	if (one->zone != other->zone)
		return one->zone < other->zone ? -1 : 1;
	return (one->at > other->at) - (one->at < other->at);
}

void
stays_find(const ZoneIndex *index, const TrackFixes *fixes, const MovementRules *rules,
		   Stays *stays)
{
	Finder		finder = {.index = index,.during = rules->during,.stays = stays};
	Movement	movement;
	PlacesAhead ahead = {.nplaces = 0};
	ZonePlace	places[2];		/* of the last fix and the one before it */
	bool		is_bridged;
	bool		was_bridged = false;

	memset(stays, 0, sizeof(*stays));
	movement_begin(&movement, fixes, rules);
	while (movement_next(&movement, &is_bridged))
	{
		ZonePlace  *place = &places[movement.last];
		ZonePlace  *previous = &places[1 - movement.last];
		Span		span = {movement_previous(&movement)->at, movement_last(&movement)->at};

		CHECK_FOR_INTERRUPTS();
		*place = place_of_fix(index, fixes, movement_last_number(&movement), &ahead);
		if (is_bridged)
			add_leg(&finder, previous, place, span, !was_bridged);
		else if (movement.counts.kept > 1)
		{
			if (!was_bridged)
				add_touches(&finder, previous, span.start);
			close_all(&finder);
		}
		was_bridged = is_bridged;
	}
	if (movement.counts.kept > 0 && !was_bridged)
		add_touches(&finder, &places[movement.last], movement_last(&movement)->at);
	close_all(&finder);
	qsort(stays->stays, stays->nstays, sizeof(Stay), compare_stays);
	qsort(stays->touches, stays->ntouches, sizeof(Touch), compare_touches);
}

void
stays_visit(const Stays *stays, Size n, int64 merge_gap, Visit *visit)
{
	const Stay *stay = &stays->stays[n];

	*visit = (Visit) {.stays = stay,.span = stay->span};
	do
	{
		visit->nstays++;
		visit->span.end = stay->span.end;
		visit->dwell += span_length(stay->span);
		visit->pings += stay->pings;
		visit->interpolated += stay->interpolated;
		visit->path_length += stay->path_length;
		stay++;
	} while (n + visit->nstays < stays->nstays && stay->zone == visit->stays->zone &&
			 span_length((Span) {visit->span.end, stay->span.start}) <= (uint64) merge_gap);
}
