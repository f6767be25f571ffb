/*
 * bytes.h
 *	  Little-endian numbers of 0 to 8 bytes, for the flat forms of summaries.
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

/*
 * Read and write 8 bytes, where a loop would be too slow.  Compilers do not
 * reliably see one instruction in shifts, but do in this.
 */
static inline uint64_t
bytes_get_word(const uint8_t *bytes)
{
	uint64_t	value;

	memcpy(&value, bytes, sizeof(value));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap64(value);
#endif
	return value;
}

static inline void
bytes_put_word(uint8_t *bytes, uint64_t value)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	value = __builtin_bswap64(value);
#endif
	memcpy(bytes, &value, sizeof(value));
}

/* Likewise a double, by its bits. */
static inline double
bytes_get_double(const uint8_t *bytes)
{
	uint64_t	word = bytes_get_word(bytes);
	double		value;

	memcpy(&value, &word, sizeof(value));
	return value;
}

static inline void
bytes_put_double(uint8_t *bytes, double value)
{
	uint64_t	word;

	memcpy(&word, &value, sizeof(word));
	bytes_put_word(bytes, word);
}

#endif							/* HOTSPOT_BYTES_H */
