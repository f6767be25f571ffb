/*
 * mann_kendall.c
 *	  The test of Mann and Kendall for a trend: see mann_kendall.h.
 *
 * Of all pairs those rise that neither fall nor are tied.  How many fall comes out
 * of sorting by merges (Knight 1966), how many are tied out of what is sorted.
 */
#include "targeting/mann_kendall.h"

#include <math.h>
#include <string.h>

/* Merge two sorted halves; returns how many pairs of one in each fall. */
static int64_t
merge_halves(int64_t *values, int32_t half, int32_t n, int64_t *room)
{
	int64_t		falling = 0;
	int32_t		a = 0;
	int32_t		b = half;

	for (int32_t k = 0; k < n; k++)
		if (b == n || (a < half && values[a] <= values[b]))
			room[k] = values[a++];
		else
		{
			falling += half - a;
			room[k] = values[b++];
		}
	memcpy(values, room, (size_t) n * sizeof(int64_t));
	return falling;
}

/* Sort; returns how many pairs fall. */
static int64_t
sort_counting(int64_t *values, int32_t n, int64_t *room)
{
	int32_t		half = n / 2;
	int64_t		falling;

	if (n < 2)
		return 0;
	falling = sort_counting(values, half, room) + sort_counting(values + half, n - half, room);
	return falling + merge_halves(values, half, n, room);
}

static int64_t
pairs_of(int64_t n)
{
	return n * (n - 1) / 2;
}

/* 18 times what n values, or n tied ones, bring to the variance. */
static __int128
variance_part(int64_t n)
{
	return (__int128) n * (n - 1) * (2 * n + 5);
}

MannKendall
mann_kendall(int64_t *values, int32_t n, int64_t *room)
{
	int64_t		falling = sort_counting(values, n, room);
	int64_t		tied = 0;
	__int128	variance = variance_part(n);
	MannKendall result;

	for (int32_t first = 0, next; first < n; first = next)
	{
		for (next = first + 1; next < n && values[next] == values[first];)
			next++;
		tied += pairs_of(next - first);
		variance -= variance_part(next - first);
	}
	result.s = pairs_of(n) - tied - 2 * falling;
	result.variance = (double) variance / 18;
	if (variance == 0)
		result.z = NAN;
	else
		result.z = (double) (result.s - (result.s > 0) + (result.s < 0)) / sqrt(result.variance);
	return result;
}
