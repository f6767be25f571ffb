/*
 * mann_kendall.h
 *	  The test of Mann (1945) and Kendall for a trend.
 *
 * Pure C.
 */
#ifndef HOTSPOT_MANN_KENDALL_H
#define HOTSPOT_MANN_KENDALL_H

#include <stdint.h>

typedef struct MannKendall
{
	int64_t		s;				/* pairs that rise less pairs that fall */
	double		variance;		/* of s, for the ties there are; 0: all are tied */
	double		z;				/* with the correction for continuity; NaN: all are tied */
} MannKendall;

/* Of n values in order of time; they are sorted, with room for n more. */
extern MannKendall mann_kendall(int64_t *values, int32_t n, int64_t *room);

#endif							/* HOTSPOT_MANN_KENDALL_H */
