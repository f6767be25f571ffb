/*
 * patrol_flat.h
 *	  The flat form of a patrol: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  1		what the units' ids are: IdKind
 *	  24	rows skipped, by reason
 *	  4		number of units
 *	  4		number of rows
 *	  4		number of spans
 *	  ...	units: length (4), id
 *	  ...	rows: unit (4), number of spans (4), pings (8), flags (1)
 *	  ...	spans of each row in turn: start (8), end (8)
 *
 * Units ascend bytewise, and each has a row.  Rows stand in the order of
 * patrol_row_compare(); those that are equal are all kept.  Each patrol has just
 * one flat form.
 */
#ifndef HOTSPOT_PATROL_FLAT_H
#define HOTSPOT_PATROL_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/id_bytes.h"
#include "tracking/spans.h"

/* Why a row was left out. */
typedef enum PatrolSkip
{
	PATROL_SKIP_UNIT,			/* NULL */
	PATROL_SKIP_INTERVAL,		/* NULL, empty or without length */
	PATROL_SKIP_INFINITE		/* without a start or an end */
} PatrolSkip;

#define PATROL_SKIPS 3
#define PATROL_MAX_SKIPPED ((UINT64_C(1) << 62) - 1)

/* What a patrol holds beside its rows. */
typedef struct PatrolHead
{
	IdKind		ids;
	uint64_t	skipped[PATROL_SKIPS];
} PatrolHead;

/* A unit, such as an officer or a vehicle. */
typedef struct PatrolUnit
{
	const uint8_t *id;
	uint32_t	length;
} PatrolUnit;

/* What is known of a visit. */
#define PATROL_STARTS_CUT	1	/* the unit may have come earlier */
#define PATROL_ENDS_CUT		2	/* the unit may have stayed on */
#define PATROL_PASSING		4	/* the unit only passed through */
#define PATROL_FLAGS		7

/* One visit of one unit, as it was given. */
typedef struct PatrolRow
{
	size_t		first;			/* of its spans */
	int64_t		pings;
	uint32_t	nspans;
	uint32_t	unit;
	uint8_t		flags;
} PatrolRow;

/* A whole patrol; where it says so, units and rows are in order. */
typedef struct PatrolRows
{
	PatrolHead	head;
	size_t		nunits;
	size_t		nrows;
	size_t		nspans;
	PatrolUnit *units;
	PatrolRow  *rows;
	Span	   *spans;			/* of a row: in order, with gaps between them */
} PatrolRows;

/* Order bytewise. */
extern int	patrol_unit_compare(const PatrolUnit *a, const PatrolUnit *b);

/* Order by unit, spans, flags and pings. */
extern int	patrol_row_compare(const PatrolRow *a, const PatrolRow *b, const Span *spans);

/* The size of a body; the ids of its units take that many bytes. */
extern size_t patrol_flat_size(const PatrolRows *patrol, size_t id_bytes);

/* Write a body of that size; units and rows are in order. */
extern void patrol_flat_write(const PatrolRows *patrol, uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *patrol_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked: first the head and the numbers, then the rest. */
extern void patrol_flat_open(PatrolRows *patrol, const uint8_t *body);

/*
 * Fill the arrays, which have room for those numbers.  Ids stay where they are in
 * the body.
 */
extern void patrol_flat_read(PatrolRows *patrol, const uint8_t *body);

#endif							/* HOTSPOT_PATROL_FLAT_H */
