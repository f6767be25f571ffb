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
#include "tracking/fix_buffer.h"
#include "tracking/track_flat.h"

extern const SummaryKind track_kind;

/* The expanded form. */
typedef struct Track
{
	Summary		summary;
	TrackHead	head;
	FixBuffer	fixes;
} Track;

/* A track as a reader sees it: its fixes in order, see fix_compare(). */
typedef struct TrackView
{
	TrackHead	head;
	TrackFixes	fixes;
} TrackView;

/*
 * Read argument argno, which is not NULL.  A flat value is read where it
 * stands; an expanded one may be put in order, which changes nothing that it
 * says.
 */
extern void track_view(FunctionCallInfo fcinfo, int argno, TrackView *view);

/* Read all but its fixes; returns how many they are. */
extern size_t track_head(FunctionCallInfo fcinfo, int argno, TrackHead *head);

/* A new, empty track as the function's result. */
extern Track *track_create(FunctionCallInfo fcinfo);

/* Set the SRID, or hold it against the one that is set. */
extern void track_use_srid(Track *track, int32 srid);

/* Count fixes that were left out. */
extern void track_skip(Track *track, TrackSkip reason, uint64 nfixes);

#endif							/* HOTSPOT_TRACK_H */
