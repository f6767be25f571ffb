/*
 * spans.c
 *	  Sets of spans of time: see spans.h.
 */
#include "spans.h"

#include <stdlib.h>

static int
compare_spans(const void *a, const void *b)
{
	return span_compare(*(const Span *) a, *(const Span *) b);
}

size_t
spans_unite(Span *spans, size_t nspans)
{
	size_t		n = 0;

	for (size_t k = 1; k < nspans; k++)
		if (spans[k].start < spans[k - 1].start)
		{
			qsort(spans, nspans, sizeof(Span), compare_spans);
			break;
		}
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

size_t
spans_chain(const Span *spans, size_t nspans, uint64_t merge_gap)
{
	size_t		n = 1;

	while (n < nspans &&
		   (uint64_t) spans[n].start - (uint64_t) spans[n - 1].end <= merge_gap)
		n++;
	return n;
}

ptrdiff_t
period_of(const int64_t *bounds, size_t nbounds, int64_t at)
{
	size_t		low = 0;
	size_t		high = nbounds;

	while (low < high)
	{
		size_t		middle = low + (high - low) / 2;

		if (bounds[middle] <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return (ptrdiff_t) low - 1;
}
