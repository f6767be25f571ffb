/*
 * wide.h
 *	  Exact sums of squares: signed integers of 256 bits, which wrap around.
 *
 * Pure C.
 */
#ifndef HOTSPOT_WIDE_H
#define HOTSPOT_WIDE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/exact.h"

#define WIDE_LIMBS 4
#define WIDE_SIZE (8 * WIDE_LIMBS)

/* Two's complement, the lowest limb first. */
typedef struct Wide
{
	uint64_t	limb[WIDE_LIMBS];
} Wide;

static inline Wide
wide_add(Wide a, Wide b)
{
	unsigned __int128 carry = 0;

	for (int k = 0; k < WIDE_LIMBS; k++)
	{
		carry += (unsigned __int128) a.limb[k] + b.limb[k];
		a.limb[k] = (uint64_t) carry;
		carry >>= 64;
	}
	return a;
}

static inline Wide
wide_negative(Wide a)
{
	for (int k = 0; k < WIDE_LIMBS; k++)
		a.limb[k] = ~a.limb[k];
	return wide_add(a, (Wide) {{1}});
}

static inline bool
wide_is_negative(Wide a)
{
	return a.limb[WIDE_LIMBS - 1] >> 63 != 0;
}

static inline bool
wide_is_zero(Wide a)
{
	return (a.limb[0] | a.limb[1] | a.limb[2] | a.limb[3]) == 0;
}

/* Whether a is less than b, as long as their difference fits. */
static inline bool
wide_less(Wide a, Wide b)
{
	return wide_is_negative(wide_add(a, wide_negative(b)));
}

static inline Wide
wide_product(Exact a, Exact b)
{
	unsigned __int128 x = a < 0 ? -(unsigned __int128) a : (unsigned __int128) a;
	unsigned __int128 y = b < 0 ? -(unsigned __int128) b : (unsigned __int128) b;
	const uint64_t xs[] = {(uint64_t) x, (uint64_t) (x >> 64)};
	const uint64_t ys[] = {(uint64_t) y, (uint64_t) (y >> 64)};
	Wide		product = {{0}};

	for (int i = 0; i < 2; i++)
	{
		unsigned __int128 carry = 0;

		for (int j = 0; j < 2; j++)
		{
			carry += (unsigned __int128) xs[i] * ys[j] + product.limb[i + j];
			product.limb[i + j] = (uint64_t) carry;
			carry >>= 64;
		}
		product.limb[i + 2] = (uint64_t) carry;
	}
	return (a < 0) != (b < 0) ? wide_negative(product) : product;
}

static inline Wide
wide_times(Wide a, uint64_t factor)
{
	unsigned __int128 carry = 0;

	for (int k = 0; k < WIDE_LIMBS; k++)
	{
		carry += (unsigned __int128) a.limb[k] * factor;
		a.limb[k] = (uint64_t) carry;
		carry >>= 64;
	}
	return a;
}

/* Correct to some units in the last place. */
static inline double
wide_double(Wide a)
{
	bool		negative = wide_is_negative(a);
	double		value = 0;

	if (negative)
		a = wide_negative(a);
	for (int k = WIDE_LIMBS - 1; k >= 0; k--)
		value = ldexp(value, 64) + (double) a.limb[k];
	return negative ? -value : value;
}

static inline Wide
wide_get(const uint8_t *bytes)
{
	Wide		a;

	for (int k = 0; k < WIDE_LIMBS; k++)
		a.limb[k] = bytes_get_word(bytes + 8 * k);
	return a;
}

static inline void
wide_put(uint8_t *bytes, Wide a)
{
	for (int k = 0; k < WIDE_LIMBS; k++)
		bytes_put_word(bytes + 8 * k, a.limb[k]);
}

#endif							/* HOTSPOT_WIDE_H */
