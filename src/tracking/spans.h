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

/* Sort, and make one of those that touch or overlap; returns how many remain. */
extern size_t spans_unite(Span *spans, size_t nspans);

/* Total length of a set that was united. */
extern uint64_t spans_measure(const Span *spans, size_t nspans);

#endif							/* HOTSPOT_SPANS_H */
