/*
 * id_bytes.h
 *	  Ids as the bytes that flat forms hold: see ids.h.  Pure C.
 */
#ifndef HOTSPOT_ID_BYTES_H
#define HOTSPOT_ID_BYTES_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Flat forms hold these numbers. */
typedef enum IdKind
{
	IDS_NONE,					/* no id seen */
	IDS_BIGINT,					/* big-endian, sign bit flipped */
	IDS_TEXT
} IdKind;

#define IDS_BIGINT_LENGTH 8

/* As memcmp, of bytes; where one is the other's beginning it comes first. */
static inline int
id_bytes_compare(const uint8_t *a, uint32_t a_length, const uint8_t *b, uint32_t b_length)
{
	uint32_t	shorter = a_length < b_length ? a_length : b_length;
	int			order = shorter == 0 ? 0 : memcmp(a, b, shorter);

	return order != 0 ? order : (a_length > b_length) - (a_length < b_length);
}

/* What is wrong with an id of that kind, in words that end a sentence, or NULL. */
static inline const char *
id_bytes_problem(IdKind kind, const uint8_t *bytes, uint32_t length)
{
	if (kind == IDS_BIGINT)
		return length == IDS_BIGINT_LENGTH ? NULL : "an id has a wrong length";
	return memchr(bytes, 0, length) == NULL ? NULL : "an id has a zero byte";
}

#endif							/* HOTSPOT_ID_BYTES_H */
