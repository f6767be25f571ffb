/*
 * windows.c
 *	  The hours in a row that hold the most: see windows.h.
 */
#include "tasking/windows.h"

#include <stdbool.h>

/* The sum of a window; false where an hour of it is taken. */
static bool
window_sum(const Exact *hours, const bool *taken, int nhours, int start, int length, Exact *sum)
{
	*sum = 0;
	for (int n = 0; n < length; n++)
	{
		int			hour = (start + n) % nhours;

		if (taken[hour])
			return false;
		*sum += hours[hour];
	}
	return true;
}

int
windows_find(const Exact *hours, int nhours, int length, int limit, Window *windows)
{
	bool		taken[WEEK_HOURS] = {false};
	int			nwindows = 0;

	while (nwindows < limit)
	{
		Window		best = {0};

		for (int start = 0; start < nhours; start++)
		{
			Exact		sum;

			if (!window_sum(hours, taken, nhours, start, length, &sum) || sum < best.sum)
				continue;
			if (sum == best.sum)
				best.ties++;
			else
				best = (Window) {.start = start, .sum = sum};
		}
		if (best.sum == 0)
			break;
		for (int n = 0; n < length; n++)
			taken[(best.start + n) % nhours] = true;
		windows[nwindows++] = best;
	}
	return nwindows;
}
