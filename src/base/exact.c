/*
 * exact.c
 *	  Numbers as whole trillionths: see exact.h.
 */
#include "base/exact.h"

#include <math.h>

/* Up to here a number and its millionths are told apart by a double. */
#define LARGEST_DECIMAL 9e9

Exact
exact_trillionths(double number)
{
	double		whole = (double) (int64_t) number;
	double		millionths;

	if (whole == number)
		return (Exact) (int64_t) number * EXACT_TRILLION;

	/*
	 * A large number has fewer digits after the point than trillionths.  If it is
	 * what a decimal with few of them reads as, that is what was meant.
	 */
	millionths = rint(number * 1e6);
	if (fabs(number) < LARGEST_DECIMAL && millionths / 1e6 == number)
		return (Exact) (int64_t) millionths * (EXACT_TRILLION / 1000000);

	/* In two parts: the product would lose digits where the number is large. */
	return (Exact) (int64_t) number * EXACT_TRILLION +
		(int64_t) rint((number - whole) * (double) EXACT_TRILLION);
}
