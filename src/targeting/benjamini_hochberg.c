/*
 * benjamini_hochberg.c
 *	  The correction of p-values: see benjamini_hochberg.h.
 */
#include "targeting/benjamini_hochberg.h"

void
benjamini_hochberg(TestedP *tests, uint32_t n)
{
	double		least = 1;

	for (uint32_t rank = n; rank > 0; rank--)
	{
		double		q = (double) n / rank * tests[rank - 1].p;

		if (q < least)
			least = q;
		tests[rank - 1].q = least;
	}
}
