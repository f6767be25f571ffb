/*
 * append.h
 *	  Arrays that grow.
 */
#ifndef HOTSPOT_APPEND_H
#define HOTSPOT_APPEND_H

#include "postgres.h"

#include "utils/palloc.h"

/*
 * Put a value at the end of an array of n elements, which has room for size of
 * them.  An array that is NULL is made in the current memory context; one that
 * is there grows in its own.  It may become larger than 1 GB.
 */
#define APPEND(array, n, size, ...) \
	do \
	{ \
		if (unlikely((n) == (size))) \
		{ \
			(size) = Max(2 * (size), 16); \
			(array) = (array) == NULL ? \
				palloc_extended(sizeof(*(array)) * (size), MCXT_ALLOC_HUGE) : \
				repalloc_huge(array, sizeof(*(array)) * (size)); \
		} \
		(array)[(n)++] = (__VA_ARGS__); \
	} while (0)

#endif							/* HOTSPOT_APPEND_H */
