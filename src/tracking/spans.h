/*
 * spans.h
 *	  Sets of spans of time.
 *
 * Pure C over arrays.  A span is half open, [start, end) in microseconds since
 * 2000-01-01 UTC as timestamptz counts them, and never empty.  Everything is
 * whole numbers, so no answer depends on the order in which it was put together.
 */
#ifndef HOTSPOT_SPANS_H
#define HOTSPOT_SPANS_H

#include <stddef.h>
#include <stdint.h>

#include "base/times.h"

typedef struct Span
{
	int64_t		start;
	int64_t		end;
} Span;

/* Length, which may exceed what an int64_t holds. */
static inline uint64_t
span_length(Span span)
{
	return (uint64_t) span.end - (uint64_t) span.start;
}

/* Order by start, then end. */
static inline int
span_compare(Span a, Span b)
{
	if (a.start != b.start)
		return a.start < b.start ? -1 : 1;
	return (a.end > b.end) - (a.end < b.end);
}

/* Sort, unless they are in order, and make one of those that touch or overlap; returns how many remain. */
extern size_t spans_unite(Span *spans, size_t nspans);

/* Total length of a set that was united. */
extern uint64_t spans_measure(const Span *spans, size_t nspans);

/*
 * How many of the spans of a united set, from the first on, belong together when
 * gaps of at most merge_gap are passed over.  There must be a span.
 */
extern size_t spans_chain(const Span *spans, size_t nspans, uint64_t merge_gap);

/*
 * In which of the periods that nbounds ascending bounds make a moment lies: the
 * number of bounds that are not after it, less 1.  So -1 is before all of them,
 * and nbounds - 1 is after.
 */
extern ptrdiff_t period_of(const int64_t *bounds, size_t nbounds, int64_t at);

#endif							/* HOTSPOT_SPANS_H */
