/*
 * bytes.h
 *	  Little-endian numbers, for the flat forms of summaries.
 */
#ifndef HOTSPOT_BYTES_H
#define HOTSPOT_BYTES_H

#include <stdint.h>
#include <string.h>

/* Read width bytes; no byte reads as 0. */
static inline uint64_t
bytes_get(const uint8_t *bytes, int width)
{
	uint64_t	value = 0;

	/* Most columns are this narrow, and a loop is slow for so little. */
	switch (width)
	{
		case 1:
			return bytes[0];
		case 2:
			return bytes[0] | (uint64_t) bytes[1] << 8;
		case 3:
			return bytes[0] | (uint64_t) bytes[1] << 8 | (uint64_t) bytes[2] << 16;
	}
	while (width-- > 0)
		value = value << 8 | bytes[width];
	return value;
}

/* Write the width low bytes of value. */
static inline void
bytes_put(uint8_t *bytes, int width, uint64_t value)
{
	for (int i = 0; i < width; i++)
		bytes[i] = (uint8_t) (value >> (8 * i));
}

/* The fewest bytes that hold value: 0 for 0. */
static inline int
bytes_width(uint64_t value)
{
	int			width = 0;

	while (value != 0)
	{
		value >>= 8;
		width++;
	}
	return width;
}

/* The same for 4 and 8 bytes, where there are many of them. */
static inline uint32_t
bytes_get32(const uint8_t *bytes)
{
	uint32_t	value;

	memcpy(&value, bytes, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap32(value);
#endif
	return value;
}

static inline uint64_t
bytes_get64(const uint8_t *bytes)
{
	uint64_t	value;

	memcpy(&value, bytes, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap64(value);
#endif
	return value;
}

static inline double
bytes_get_double(const uint8_t *bytes)
{
	uint64_t	bits = bytes_get64(bytes);
	double		value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

static inline void
bytes_put_double(uint8_t *bytes, double value)
{
	uint64_t	bits;

	memcpy(&bits, &value, sizeof(bits));
	bytes_put(bytes, 8, bits);
}

#endif							/* HOTSPOT_BYTES_H */
