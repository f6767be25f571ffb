/*
 * sort.h
 *	  Sorts whole numbers, and can be cancelled.
 */
#ifndef HOTSPOT_SORT_H
#define HOTSPOT_SORT_H

#include "postgres.h"

extern void sort_int64(int64 *values, size_t n);

#endif							/* HOTSPOT_SORT_H */
