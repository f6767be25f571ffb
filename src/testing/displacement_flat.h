/*
 * displacement_flat.h
 *	  What a displacement holds, and its flat form: the bytes behind the
 *	  summary's prefix.
 *
 * Pure C over bytes.  All numbers are little-endian:
 *
 *	  24	events skipped, by reason
 *	  ...	for each area, before and after: events (8), sum of harm (16), sum of
 *			its squares (16)
 *
 * Harm is in millionths, its squares in millionths squared.
 */
#ifndef HOTSPOT_DISPLACEMENT_FLAT_H
#define HOTSPOT_DISPLACEMENT_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/exact.h"

typedef enum DisplacementArea
{
	AREA_TREATED,
	AREA_CONTROL,
	AREA_BUFFER,				/* where crime may be displaced to */
	AREA_BUFFER_CONTROL,
	AREAS
} DisplacementArea;

/* Before and after. */
#define PERIODS 2

/* Why an event was left out. */
typedef enum DisplacementSkip
{
	DISPLACEMENT_SKIP_AREA,		/* NULL */
	DISPLACEMENT_SKIP_POST,
	DISPLACEMENT_SKIP_HARM,
	DISPLACEMENT_SKIPS
} DisplacementSkip;

/* Of events, be they counted or skipped: all cells together have fewer than 2^63. */
#define DISPLACEMENT_MAX_EVENTS ((UINT64_C(1) << 59) - 1)

/* One area in one period. */
typedef struct DisplacementCell
{
	uint64_t	events;
	Exact		harm;
	Exact		squares;
} DisplacementCell;

typedef struct DisplacementCells
{
	uint64_t	skipped[DISPLACEMENT_SKIPS];
	DisplacementCell cells[AREAS][PERIODS];
} DisplacementCells;

#define DISPLACEMENT_FLAT_SIZE \
	(8 * DISPLACEMENT_SKIPS + AREAS * PERIODS * (8 + 2 * EXACT_SIZE))

extern void displacement_flat_write(const DisplacementCells *cells, uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *displacement_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked. */
extern void displacement_flat_read(DisplacementCells *cells, const uint8_t *body);

#endif							/* HOTSPOT_DISPLACEMENT_FLAT_H */
