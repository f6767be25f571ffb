/*
 * track.h
 *	  SQL type track: the GPS fixes of one unit.
 *
 * A track is a multiset: neither the order of the rows nor how they were
 * shared out among processes shows in it.
 */
#ifndef HOTSPOT_TRACK_H
#define HOTSPOT_TRACK_H

#include "postgres.h"

#include "base/summary.h"
#include "tracking/track_flat.h"

extern const SummaryKind track_kind;

/* A track as a reader sees it: its fixes in order, see fix_compare(). */
typedef struct TrackView
{
	TrackHead	head;
	TrackFixes	fixes;
} TrackView;

/*
 * Read argument argno, which is not NULL.  A flat value is read where it
 * stands; an expanded one is not changed.
 */
extern void track_view(FunctionCallInfo fcinfo, int argno, TrackView *view);

#endif							/* HOTSPOT_TRACK_H */
