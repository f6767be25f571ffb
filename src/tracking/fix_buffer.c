/*
 * fix_buffer.c
 *	  Fixes as they arrive, and in order: see fix_buffer.h.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "tracking/fix_buffer.h"
#include "utils/memutils.h"

/*
 * Room of chunks, in fixes.  The first is one that a summary's first block of
 * memory holds.  The largest is some 1 MB: it keeps the memory that stands empty
 * small in numbers, too, where one unit has tens of millions of fixes.
 */
#define FIRST_ROOM 9
#define LEAST_ROOM 32
#define MOST_ROOM 40000

/*
 * Runs that are worth merging: a merge of k runs takes log k comparisons a fix.
 * It may be more than a few only when they are long.
 */
#define FEW_RUNS 64
#define LONG_RUN 256

#define FIRST_RUNS_ROOM 4

/* ---- arriving ---- */

void
fix_buffer_begin(FixBuffer *buffer, MemoryContext context)
{
	memset(buffer, 0, sizeof(*buffer));
	buffer->context = context;
	buffer->stride = FIX_SIZE;
	buffer->last.at = PG_INT64_MAX; /* the first fix begins a run */
}

/* Write accuracies from now on; chunks that are without stay so. */
void
fix_buffer_widen(FixBuffer *buffer)
{
	buffer->stride = FIX_SIZE_ACCURACY;
	buffer->full = buffer->nfixes;
}

static FixChunk *
allocate_chunk(const FixBuffer *buffer, size_t room)
{
	FixChunk   *chunk = MemoryContextAllocHuge(buffer->context,
											   offsetof(FixChunk, bytes) + room * buffer->stride);

	chunk->next = NULL;
	chunk->first = buffer->nfixes;
	chunk->stride = buffer->stride;
	return chunk;
}

/* Begin a chunk for at least that many fixes; the last one is full. */
void
fix_buffer_grow(FixBuffer *buffer, size_t nfixes)
{
	size_t		room = buffer->nfixes == 0 ? FIRST_ROOM :
		Min(Max(buffer->nfixes / 4, LEAST_ROOM), MOST_ROOM);
	FixChunk   *chunk;

	room = Max(room, nfixes);
	chunk = allocate_chunk(buffer, room);
	if (buffer->last_chunk == NULL)
		buffer->first_chunk = chunk;
	else
		buffer->last_chunk->next = chunk;
	buffer->last_chunk = chunk;
	buffer->full = buffer->nfixes + room;
	buffer->end = chunk->bytes;
}

static void
forget_runs(FixBuffer *buffer)
{
	if (buffer->runs != NULL)
		pfree(buffer->runs);
	buffer->runs = NULL;
	buffer->nruns = 0;
	buffer->runs_room = 0;
}

static void
note_run(FixBuffer *buffer, FixChunk *chunk, size_t first)
{
	if (buffer->nruns == buffer->runs_room)
	{
		size_t		room = buffer->runs_room == 0 ? FIRST_RUNS_ROOM : 2 * buffer->runs_room;

		if (buffer->runs == NULL)
			buffer->runs = MemoryContextAlloc(buffer->context, room * sizeof(FixRun));
		else
			buffer->runs = repalloc_huge(buffer->runs, room * sizeof(FixRun));
		buffer->runs_room = room;
	}
	buffer->runs[buffer->nruns++] = (FixRun) {chunk, first};
}

/* The next fix, for which there is room, comes before the last. */
void
fix_buffer_begin_run(FixBuffer *buffer)
{
	if (buffer->at_random)
		return;
	if (buffer->nruns >= FEW_RUNS + buffer->nfixes / LONG_RUN)
	{
		forget_runs(buffer);
		buffer->at_random = true;
		return;
	}
	note_run(buffer, buffer->last_chunk, buffer->nfixes);
}

/* Copy fixes, to a stride that is no less. */
static void
copy_fixes(uint8 *to, size_t to_stride, const uint8 *from, size_t from_stride,
		   size_t nfixes)
{
	CHECK_FOR_INTERRUPTS();
	if (from_stride == to_stride)
	{
		memcpy(to, from, nfixes * to_stride);
		return;
	}
	for (size_t n = 0; n < nfixes; n++)
	{
		Fix			fix;

		fix_get(from + n * from_stride, from_stride, &fix);
		fix_put(to + n * to_stride, to_stride, &fix);
	}
}

void
fix_buffer_add_ordered(FixBuffer *buffer, const TrackFixes *fixes)
{
	TrackFixes	left = *fixes;
	Fix			fix;

	if (left.nfixes == 0)
		return;
	if (left.stride > buffer->stride)
		fix_buffer_widen(buffer);
	while (left.nfixes > 0)
	{
		size_t		n;

		if (buffer->nfixes == buffer->full)
			fix_buffer_grow(buffer, left.nfixes);
		track_fix(&left, 0, &fix);
		if (fix_compare(&fix, &buffer->last) < 0)
			fix_buffer_begin_run(buffer);
		n = Min(left.nfixes, buffer->full - buffer->nfixes);
		track_fix(&left, n - 1, &buffer->last);
		copy_fixes(buffer->end, buffer->stride, left.bytes, left.stride, n);
		buffer->end += n * buffer->stride;
		buffer->nfixes += n;
		left.bytes += n * left.stride;
		left.nfixes -= n;
	}
}

/* ---- reading in the order of arrival ---- */

/* The number of the first fix behind a chunk. */
static inline size_t
chunk_end(const FixBuffer *buffer, const FixChunk *chunk)
{
	return chunk->next != NULL ? chunk->next->first : buffer->nfixes;
}

static size_t
run_end(const FixBuffer *buffer, size_t run)
{
	return run + 1 < buffer->nruns ? buffer->runs[run + 1].first : buffer->nfixes;
}

/* Append a run, chunk by chunk. */
static void
add_run(FixBuffer *buffer, const FixBuffer *other, size_t run)
{
	size_t		end = run_end(other, run);
	const FixChunk *chunk = other->runs[run].chunk;
	size_t		n = other->runs[run].first;

	for (; n < end; chunk = chunk->next)
	{
		size_t		until = Min(end, chunk_end(other, chunk));
		TrackFixes	part = {
			.bytes = chunk->bytes + (n - chunk->first) * chunk->stride,
			.nfixes = until - n,
			.stride = chunk->stride
		};

		fix_buffer_add_ordered(buffer, &part);
		n = until;
	}
}

static void
add_one_by_one(FixBuffer *buffer, const FixBuffer *other)
{
	for (const FixChunk *chunk = other->first_chunk; chunk != NULL; chunk = chunk->next)
	{
		size_t		nfixes = chunk_end(other, chunk) - chunk->first;

		for (size_t n = 0; n < nfixes; n++)
		{
			Fix			fix;

			CHECK_FOR_INTERRUPTS();
			fix_get(chunk->bytes + n * chunk->stride, chunk->stride, &fix);
			fix_buffer_add(buffer, &fix);
		}
	}
}

void
fix_buffer_add_all(FixBuffer *buffer, const FixBuffer *other)
{
	if (other->at_random)
		add_one_by_one(buffer, other);
	else
		for (size_t run = 0; run < other->nruns; run++)
			add_run(buffer, other, run);
}

/* Write all as it arrived. */
static void
write_as_arrived(const FixBuffer *buffer, uint8 *bytes)
{
	for (const FixChunk *chunk = buffer->first_chunk; chunk != NULL; chunk = chunk->next)
		copy_fixes(bytes + chunk->first * buffer->stride, buffer->stride,
				   chunk->bytes, chunk->stride,
				   chunk_end(buffer, chunk) - chunk->first);
}

/* ---- merging runs ---- */

typedef struct RunReader
{
	Fix			fix;			/* the next one of the run */
	const FixChunk *chunk;		/* that it is in */
	const uint8 *next;			/* the one behind it */
	size_t		left;			/* how many are behind it in the chunk */
	size_t		end;			/* of the run */
} RunReader;

/* Enter a chunk at fix n, which is before the run's end; maybe it is empty. */
static void
enter_chunk(RunReader *reader, const FixBuffer *buffer, const FixChunk *chunk, size_t n)
{
	reader->chunk = chunk;
	reader->next = chunk->bytes + (n - chunk->first) * chunk->stride;
	reader->left = Min(reader->end, chunk_end(buffer, chunk)) - n;
}

/* Go on to the next fix; false behind the last. */
static inline bool
next_fix(RunReader *reader, const FixBuffer *buffer)
{
	while (unlikely(reader->left == 0))
	{
		const FixChunk *chunk = reader->chunk->next;

		if (chunk == NULL || chunk->first >= reader->end)
			return false;
		enter_chunk(reader, buffer, chunk, chunk->first);
	}
	fix_get(reader->next, reader->chunk->stride, &reader->fix);
	reader->next += reader->chunk->stride;
	reader->left--;
	return true;
}

/* Restore the heap, the least fix on top, below a reader that went on. */
static inline void
sift_down(RunReader **heap, size_t nreaders, size_t k)
{
	RunReader  *reader = heap[k];

	for (;;)
	{
		size_t		child = 2 * k + 1;

		if (child >= nreaders)
			break;
		if (child + 1 < nreaders &&
			fix_compare(&heap[child + 1]->fix, &heap[child]->fix) < 0)
			child++;
		if (fix_compare(&reader->fix, &heap[child]->fix) <= 0)
			break;
		heap[k] = heap[child];
		k = child;
	}
	heap[k] = reader;
}

/* No run is empty. */
static void
merge_runs(const FixBuffer *buffer, uint8 *bytes)
{
	size_t		nreaders = buffer->nruns;
	RunReader  *readers = MemoryContextAllocHuge(CurrentMemoryContext, nreaders * sizeof(RunReader));
	RunReader **heap = MemoryContextAllocHuge(CurrentMemoryContext, nreaders * sizeof(RunReader *));

	for (size_t run = 0; run < nreaders; run++)
	{
		heap[run] = &readers[run];
		readers[run].end = run_end(buffer, run);
		enter_chunk(&readers[run], buffer, buffer->runs[run].chunk, buffer->runs[run].first);
		next_fix(&readers[run], buffer);
	}
	for (size_t k = nreaders / 2; k-- > 0;)
		sift_down(heap, nreaders, k);

	while (nreaders > 0)
	{
		CHECK_FOR_INTERRUPTS();
		fix_put(bytes, buffer->stride, &heap[0]->fix);
		bytes += buffer->stride;
		if (!next_fix(heap[0], buffer))
			heap[0] = heap[--nreaders];
		sift_down(heap, nreaders, 0);
	}
	pfree(heap);
	pfree(readers);
}

/* ---- sorting ---- */

typedef struct PlainFix
{
	uint8		bytes[FIX_SIZE];
} PlainFix;

typedef struct AccurateFix
{
	uint8		bytes[FIX_SIZE_ACCURACY];
} AccurateFix;

static inline int
compare_bytes(const uint8 *a, const uint8 *b, const size_t stride)
{
	Fix			one;
	Fix			other;

	fix_get(a, stride, &one);
	fix_get(b, stride, &other);
	return fix_compare(&one, &other);
}

#define ST_SORT sort_plain
#define ST_ELEMENT_TYPE PlainFix
#define ST_COMPARE(a, b) compare_bytes((a)->bytes, (b)->bytes, FIX_SIZE)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_accurate
#define ST_ELEMENT_TYPE AccurateFix
#define ST_COMPARE(a, b) compare_bytes((a)->bytes, (b)->bytes, FIX_SIZE_ACCURACY)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

void
fix_buffer_write(const FixBuffer *buffer, uint8 *bytes)
{
	if (!buffer->at_random && buffer->nruns > 1)
	{
		merge_runs(buffer, bytes);
		return;
	}
	write_as_arrived(buffer, bytes);
	if (!buffer->at_random)
		return;
	if (buffer->stride == FIX_SIZE)
		sort_plain((PlainFix *) bytes, buffer->nfixes);
	else
		sort_accurate((AccurateFix *) bytes, buffer->nfixes);
}

/* ---- settling ---- */

static void
free_chunks(FixChunk *chunk)
{
	while (chunk != NULL)
	{
		FixChunk   *next = chunk->next;

		pfree(chunk);
		chunk = next;
	}
}

/* Replace all chunks by one, in order. */
static void
settle_anew(FixBuffer *buffer)
{
	FixChunk   *chunk = allocate_chunk(buffer, buffer->nfixes);
	FixChunk   *old = buffer->first_chunk;

	fix_buffer_write(buffer, chunk->bytes);
	chunk->first = 0;
	buffer->first_chunk = buffer->last_chunk = chunk;
	free_chunks(old);

	buffer->full = buffer->nfixes;
	buffer->end = chunk->bytes + buffer->nfixes * buffer->stride;
	fix_get(buffer->end - buffer->stride, buffer->stride, &buffer->last);
	buffer->at_random = false;
	buffer->nruns = 0;
	note_run(buffer, chunk, 0);
}

void
fix_buffer_settle(FixBuffer *buffer, TrackFixes *fixes)
{
	*fixes = (TrackFixes) {.nfixes = buffer->nfixes, .stride = buffer->stride};
	if (buffer->nfixes == 0)
		return;
	if (buffer->at_random || buffer->nruns > 1 || buffer->first_chunk->next != NULL)
		settle_anew(buffer);
	fixes->bytes = buffer->first_chunk->bytes;
}
