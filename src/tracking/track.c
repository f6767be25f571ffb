/*
 * track.c
 *	  SQL type track: its expanded form, and how it is read.
 */
#include "base/compat.h"

#include "base/postgis.h"
#include "datatype/timestamp.h"
#include "tracking/track.h"

static void
begin(Track *track)
{
	track->head.srid = TRACK_NO_SRID;
	fix_buffer_begin(&track->fixes, track->summary.header.eoh_context);
}

Track *
track_create(FunctionCallInfo fcinfo)
{
	Track	   *track = (Track *) summary_create(fcinfo, &track_kind);

	begin(track);
	return track;
}

void
track_use_srid(Track *track, int32 srid)
{
	if (likely(track->head.srid == srid))
		return;
	if (track->head.srid != TRACK_NO_SRID)
		postgis_mixed_srids(track->head.srid, srid);
	track->head.srid = srid;
}

void
track_skip(Track *track, TrackSkip reason, uint64 nfixes)
{
	uint64	   *skipped = &track->head.skipped[reason];

	if (unlikely(nfixes > TRACK_MAX_SKIPPED - *skipped))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped fixes is out of range")));
	*skipped += nfixes;
}

/* ---- the summary kind ---- */

/* Add what stands beside the fixes; a blank track begins here. */
static void
absorb_head(Track *track, const TrackHead *other)
{
	if (track->fixes.context == NULL)
		begin(track);
	if (other->srid != TRACK_NO_SRID)
		track_use_srid(track, other->srid);
	for (int k = 0; k < TRACK_SKIPS; k++)
		track_skip(track, (TrackSkip) k, other->skipped[k]);
}

static void
track_absorb(Summary *summary, Summary *other)
{
	Track	   *track = (Track *) summary;
	Track	   *from = (Track *) other;

	absorb_head(track, &from->head);
	fix_buffer_add_all(&track->fixes, &from->fixes);
}

static void
track_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	Track	   *track = (Track *) summary;
	TrackView	other;

	track_flat_open(&other.head, &other.fixes, body, size);
	absorb_head(track, &other.head);
	fix_buffer_add_ordered(&track->fixes, &other.fixes);
}

static Size
track_measure(Summary *summary)
{
	Track	   *track = (Track *) summary;

	return TRACK_HEAD_SIZE + track->fixes.nfixes * track->fixes.stride;
}

static void
track_flatten(Summary *summary, uint8 *body, Size size)
{
	Track	   *track = (Track *) summary;

	fix_buffer_write(&track->fixes,
					 track_flat_write_head(body, &track->head, track->fixes.stride));
}

const SummaryKind track_kind = {
	.type_name = "track",
	.version = 1,
	.code = 't',
	.struct_size = sizeof(Track),
	.check = track_flat_check,
	.absorb = track_absorb,
	.absorb_flat = track_absorb_flat,
	.measure = track_measure,
	.flatten = track_flatten
};

SUMMARY_FUNCTIONS(track, &track_kind);

/* ---- reading ---- */

void
track_view(FunctionCallInfo fcinfo, int argno, TrackView *view)
{
	const uint8 *body;
	Size		size;
	Track	   *expanded = (Track *) summary_read(PG_GETARG_DATUM(argno),
												  &track_kind, &body, &size);

	if (expanded != NULL)
	{
		view->head = expanded->head;
		fix_buffer_settle(&expanded->fixes, &view->fixes);
	}
	else
		track_flat_open(&view->head, &view->fixes, body, size);
}

size_t
track_head(FunctionCallInfo fcinfo, int argno, TrackHead *head)
{
	const uint8 *body;
	Size		size;
	TrackFixes	fixes;
	Track	   *expanded = (Track *) summary_read(PG_GETARG_DATUM(argno),
												  &track_kind, &body, &size);

	if (expanded != NULL)
	{
		*head = expanded->head;
		return expanded->fixes.nfixes;
	}
	track_flat_open(head, &fixes, body, size);
	return fixes.nfixes;
}
