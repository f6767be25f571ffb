/*
 * windows.h
 *	  The hours in a row that hold the most, on a clock that goes round.
 *
 * Pure C over arrays.
 */
#ifndef HOTSPOT_WINDOWS_H
#define HOTSPOT_WINDOWS_H

#include "base/exact.h"
#include "tasking/aoristic.h"

typedef struct Window
{
	int			start;			/* its first hour */
	int			ties;			/* later windows that hold as much */
	Exact		sum;
} Window;

/*
 * Find the window of that many hours that holds the most, then the one that holds
 * the most of those that do not overlap it, and so on; of equal ones the earliest.
 * There are at most WEEK_HOURS hours; windows that hold nothing are not taken.
 * Returns how many, at most limit.
 */
extern int	windows_find(const Exact *hours, int nhours, int length, int limit, Window *windows);

#endif							/* HOTSPOT_WINDOWS_H */
