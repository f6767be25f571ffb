/*
 * fix_buffer.h
 *	  Fixes as they arrive, and in order: the expanded form of a track.
 *
 * Fixes are appended to chunks of memory in the form they will have when flat.
 * A chunk has room for a quarter of the fixes that came before it, so that less
 * than a fifth of the memory stands empty, and nothing is ever moved.
 *
 * Most fixes arrive in order, or in few ordered runs: one from each worker or
 * day.  Where the runs begin is written down, and to put all in order is then to
 * copy or to merge them; only what arrives at random is sorted.
 */
#ifndef HOTSPOT_FIX_BUFFER_H
#define HOTSPOT_FIX_BUFFER_H

#include "postgres.h"

#include "base/prefetch.h"
#include "tracking/track_flat.h"

/* Fixes that stand behind each other, numbered as they arrived. */
typedef struct FixChunk
{
	struct FixChunk *next;
	size_t		first;			/* number of its first fix */
	size_t		stride;
	uint8		bytes[FLEXIBLE_ARRAY_MEMBER];
} FixChunk;

/* Where a run begins; it ends where the next one begins. */
typedef struct FixRun
{
	FixChunk   *chunk;
	size_t		first;
} FixRun;

typedef struct FixBuffer
{
	MemoryContext context;
	size_t		nfixes;
	size_t		full;			/* number of the first fix that needs a chunk */
	uint8	   *end;			/* where the next fix goes */
	size_t		stride;			/* the wider one once an accuracy is known */
	Fix			last;			/* the one that arrived last */
	FixChunk   *first_chunk;
	FixChunk   *last_chunk;
	bool		at_random;		/* the runs are too many, and forgotten */
	size_t		nruns;
	size_t		runs_room;
	FixRun	   *runs;
} FixBuffer;

extern void fix_buffer_begin(FixBuffer *buffer, MemoryContext context);

/* For fix_buffer_add() only. */
extern void fix_buffer_widen(FixBuffer *buffer);
extern void fix_buffer_grow(FixBuffer *buffer, size_t nfixes);
extern void fix_buffer_begin_run(FixBuffer *buffer);

/* Append a fix; inline because it is done once a row. */
static inline void
fix_buffer_add(FixBuffer *buffer, const Fix *fix)
{
	if (unlikely(fix->accuracy != INFINITY) && buffer->stride == FIX_SIZE)
		fix_buffer_widen(buffer);
	if (unlikely(buffer->nfixes == buffer->full))
		fix_buffer_grow(buffer, 1);
	if (unlikely(fix_compare(fix, &buffer->last) < 0))
		fix_buffer_begin_run(buffer);
	fix_put(buffer->end, buffer->stride, fix);
	buffer->end += buffer->stride;
	buffer->nfixes++;
	buffer->last = *fix;

	/*
	 * The rows of many units come by turns, so that by this one's next row the
	 * memory behind the fix would have to be waited for.
	 */
	prefetch(buffer->end + buffer->stride - 1);
}

/* Append fixes that are in order. */
extern void fix_buffer_add_ordered(FixBuffer *buffer, const TrackFixes *fixes);

/* Append all that another buffer holds. */
extern void fix_buffer_add_all(FixBuffer *buffer, const FixBuffer *other);

/* Write all in order, nfixes * stride bytes. */
extern void fix_buffer_write(const FixBuffer *buffer, uint8 *bytes);

/* Bring all in order into one chunk, and tell where it is. */
extern void fix_buffer_settle(FixBuffer *buffer, TrackFixes *fixes);

#endif							/* HOTSPOT_FIX_BUFFER_H */
