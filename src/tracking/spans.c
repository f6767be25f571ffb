/*
 * spans.c
 *	  Sets of spans of time: see spans.h.
 */
#include "spans.h"

#include <stdlib.h>

static int
compare_spans(const void *a, const void *b)
{
	const Span *one = a;
	const Span *other = b;

	if (one->start != other->start)
		return one->start < other->start ? -1 : 1;
	return (one->end > other->end) - (one->end < other->end);
}

size_t
spans_unite(Span *spans, size_t nspans)
{
	size_t		n = 0;

	qsort(spans, nspans, sizeof(Span), compare_spans);
	for (size_t k = 0; k < nspans; k++)
	{
		if (n > 0 && spans[k].start <= spans[n - 1].end)
		{
			if (spans[k].end > spans[n - 1].end)
				spans[n - 1].end = spans[k].end;
		}
		else
			spans[n++] = spans[k];
	}
	return n;
}

uint64_t
spans_measure(const Span *spans, size_t nspans)
{
	uint64_t	total = 0;

	for (size_t k = 0; k < nspans; k++)
		total += span_length(spans[k]);
	return total;
}
