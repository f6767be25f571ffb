/*
 * presence.c
 *	  From the rows of a patrol to presence and visits: see presence.h.
 */
#include "base/compat.h"

#include "base/sort.h"
#include "miscadmin.h"
#include "tracking/presence.h"
#include "utils/memutils.h"

#define ST_SORT sort_spans
#define ST_ELEMENT_TYPE Span
#define ST_COMPARE(a, b) span_compare(*(a), *(b))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static void *
allocate(size_t n, size_t size)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(n, 1) * size);
}

/* Sorted here, where that can be interrupted. */
static size_t
unite(Span *spans, size_t nspans)
{
	sort_spans(spans, nspans);
	return spans_unite(spans, nspans);
}

static bool
row_counts(const PatrolRow *row, PresenceOf which)
{
	bool		passing = (row->flags & PATROL_PASSING) != 0;

	return which == PRESENCE_ALL || passing == (which == PRESENCE_PASSING);
}

void
presence_of(const PatrolRows *patrol, PresenceOf which, Presence *presence)
{
	size_t		n = 0;
	size_t		row = 0;

	presence->nunits = patrol->nunits;
	presence->first = allocate(patrol->nunits + 1, sizeof(size_t));
	presence->spans = allocate(patrol->nspans, sizeof(Span));
	for (size_t unit = 0; unit < patrol->nunits; unit++)
	{
		size_t		first = n;

		presence->first[unit] = first;
		for (; row < patrol->nrows && patrol->rows[row].unit == unit; row++)
		{
			const PatrolRow *from = &patrol->rows[row];

			CHECK_FOR_INTERRUPTS();
			if (!row_counts(from, which))
				continue;
			memcpy(presence->spans + n, patrol->spans + from->first,
				   from->nspans * sizeof(Span));
			n += from->nspans;
		}
		n = first + unite(presence->spans + first, n - first);
	}
	presence->first[patrol->nunits] = n;
}

Span *
presence_union(const Presence *presence, size_t *nspans)
{
	size_t		n = presence->first[presence->nunits];
	Span	   *spans = allocate(n, sizeof(Span));

	memcpy(spans, presence->spans, n * sizeof(Span));
	*nspans = unite(spans, n);
	return spans;
}

/* The moments at which rows start, or end, that are cut there, in order. */
static int64 *
cut_times(const PatrolRows *patrol, PresenceOf which, uint8 flag, size_t *ntimes)
{
	int64	   *times = allocate(patrol->nrows, sizeof(int64));
	size_t		n = 0;

	for (size_t k = 0; k < patrol->nrows; k++)
	{
		const PatrolRow *row = &patrol->rows[k];
		const Span *spans = patrol->spans + row->first;

		CHECK_FOR_INTERRUPTS();
		if (row_counts(row, which) && (row->flags & flag) != 0)
			times[n++] = flag == PATROL_STARTS_CUT ? spans[0].start : spans[row->nspans - 1].end;
	}
	sort_int64(times, n);
	*ntimes = n;
	return times;
}

/* Whether a moment is among those of which *next is the first that may be. */
static bool
is_cut(const int64 *times, size_t ntimes, size_t *next, int64 at)
{
	while (*next < ntimes && times[*next] < at)
		(*next)++;
	return *next < ntimes && times[*next] == at;
}

PatrolVisit *
presence_visits(const PatrolRows *patrol, PresenceOf which, const Span *spans,
				size_t nspans, uint64 merge_gap, size_t *nvisits)
{
	PatrolVisit *visits = allocate(nspans, sizeof(PatrolVisit));
	size_t		nstarts;
	size_t		nends;
	int64	   *starts = cut_times(patrol, which, PATROL_STARTS_CUT, &nstarts);
	int64	   *ends = cut_times(patrol, which, PATROL_ENDS_CUT, &nends);
	size_t		start = 0;
	size_t		end = 0;
	size_t		n = 0;

	for (size_t k = 0; k < nspans;)
	{
		size_t		length = spans_chain(spans + k, nspans - k, merge_gap);
		PatrolVisit *visit = &visits[n++];

		CHECK_FOR_INTERRUPTS();
		visit->span.start = spans[k].start;
		visit->span.end = spans[k + length - 1].end;
		visit->dwell = spans_measure(spans + k, length);
		visit->starts_cut = is_cut(starts, nstarts, &start, visit->span.start);
		visit->ends_cut = is_cut(ends, nends, &end, visit->span.end);
		k += length;
	}
	pfree(starts);
	pfree(ends);
	*nvisits = n;
	return visits;
}

PatrolVisit *
patrol_visits(const PatrolRows *patrol, PresenceOf which, uint64 merge_gap,
			  size_t *nvisits)
{
	Presence	presence;
	Span	   *spans;
	size_t		nspans;

	presence_of(patrol, which, &presence);
	spans = presence_union(&presence, &nspans);
	return presence_visits(patrol, which, spans, nspans, merge_gap, nvisits);
}
