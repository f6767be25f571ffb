/*
 * exact.h
 *	  Exact sums in 128 bits, and their bytes: all of them, or as few as hold them.
 *
 * Pure C.  Compilers that have 128-bit integers align them to 16 bytes, which is
 * more than palloc() does.
 */
#ifndef HOTSPOT_EXACT_H
#define HOTSPOT_EXACT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

typedef __int128 Exact __attribute__((aligned(8)));

typedef unsigned __int128 Magnitude;

#define EXACT_SIZE 16
#define EXACT_TRILLION INT64_C(1000000000000)

/* A number of at most 9e18 either way in trillionths, to the nearest. */
extern Exact exact_trillionths(double number);

/* Add to a sum; false where it would overflow, and then it stays as it was. */
static inline bool
exact_add(Exact *sum, Exact value)
{
	__int128	result;

	if (__builtin_add_overflow(*sum, value, &result))
		return false;
	*sum = result;
	return true;
}

/* Read and write little-endian bytes. */
static inline Exact
exact_get(const uint8_t *bytes)
{
	return (Exact) ((unsigned __int128) bytes_get_word(bytes + 8) << 64 | bytes_get_word(bytes));
}

static inline void
exact_put(uint8_t *bytes, Exact value)
{
	bytes_put_word(bytes, (uint64_t) value);
	bytes_put_word(bytes + 8, (uint64_t) ((unsigned __int128) value >> 64));
}

/* Small numbers of either sign become small ones without. */
static inline Magnitude
exact_zigzag(Exact value)
{
	return (Magnitude) value << 1 ^ (Magnitude) (value >> 127);
}

static inline Exact
exact_unzigzag(Magnitude value)
{
	return (Exact) (value >> 1 ^ -(value & 1));
}

/* As bytes_width(), bytes_get() and bytes_put() of 0 to 16 bytes. */
static inline int
magnitude_width(Magnitude value)
{
	return value >> 64 == 0 ? bytes_width((uint64_t) value) :
		8 + bytes_width((uint64_t) (value >> 64));
}

static inline Magnitude
magnitude_get(const uint8_t *bytes, int width)
{
	if (width <= 8)
		return bytes_get(bytes, width);
	return (Magnitude) bytes_get(bytes + 8, width - 8) << 64 | bytes_get(bytes, 8);
}

static inline void
magnitude_put(uint8_t *bytes, int width, Magnitude value)
{
	bytes_put(bytes, width < 8 ? width : 8, (uint64_t) value);
	if (width > 8)
		bytes_put(bytes + 8, width - 8, (uint64_t) (value >> 64));
}

#endif							/* HOTSPOT_EXACT_H */
