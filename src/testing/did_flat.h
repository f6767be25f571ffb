/*
 * did_flat.h
 *	  What the aggregates did() keep, and its flat forms: the bytes behind the
 *	  summary's prefix.
 *
 * Pure C over bytes.  All numbers are little-endian; outcomes are in 1e-12.
 *
 * did_cells, of rows that stand for themselves:
 *
 *	  8		rows skipped
 *	  ...	of control before and after, and of treated before and after: rows (8),
 *			sum (16), sum of squares (32)
 *
 * did_places, of rows that belong to places:
 *
 *	  1		what the ids are: 0 no place seen, 1 bigint, 2 text
 *	  8		rows skipped
 *	  4		number of places
 *	  ...	places: length (4) and bytes of the id, treated (1), and before and
 *			after: rows (8), sum (16)
 *
 * Places ascend bytewise.  Each value has just one flat form.
 */
#ifndef HOTSPOT_DID_FLAT_H
#define HOTSPOT_DID_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/wide.h"

/* Of one outcome, which is then at most 1e15; and of a sum of them. */
#define DID_SCALE ((double) EXACT_TRILLION)
#define DID_MAX_OUTCOME ((Exact) 1000000000000000 * EXACT_TRILLION)
#define DID_MAX_SUM ((Exact) 1 << 120)

/* Of rows, be they kept or skipped: all cells together have fewer than 2^63. */
#define DID_MAX_ROWS ((UINT64_C(1) << 59) - 1)

/* Rows of one group, or place, in one period. */
typedef struct DidCell
{
	uint64_t	rows;
	Exact		sum;
} DidCell;

typedef struct DidCells
{
	uint64_t	skipped;
	DidCell		cells[2][2];	/* by treated, post */
	Wide		squares[2][2];
} DidCells;

typedef struct DidPlace
{
	const uint8_t *id;
	uint32_t	length;
	uint8_t		treated;
	DidCell		cells[2];		/* by post */
} DidPlace;

/* All but the places. */
typedef struct DidHead
{
	uint8_t		id_kind;
	uint64_t	skipped;
	uint32_t	nplaces;
} DidHead;

/*
 * The sum of the squared distances of a cell's outcomes from their mean, rounded
 * down to a whole number, in squared units of DID_SCALE; negative where no rows
 * can have these sums.
 */
extern Wide did_scatter(const DidCell *cell, Wide squares);

/* ---- did_cells ---- */

#define DID_CELLS_SIZE (8 + 4 * (8 + EXACT_SIZE + WIDE_SIZE))

extern void did_cells_write(const DidCells *cells, uint8_t *body);
extern void did_cells_read(DidCells *cells, const uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *did_cells_check(const uint8_t *body, size_t size);

/* ---- did_places ---- */

#define DID_HEAD_SIZE (1 + 8 + 4)
#define DID_PLACE_SIZE (4 + 1 + 2 * (8 + EXACT_SIZE))	/* and its id */

extern void did_head_write(DidHead head, uint8_t *body);
extern DidHead did_head_read(const uint8_t *body);

/* Write or read one place; returns where the next one is. */
extern uint8_t *did_place_write(const DidPlace *place, uint8_t *bytes);
extern const uint8_t *did_place_read(DidPlace *place, const uint8_t *bytes);

extern const char *did_places_check(const uint8_t *body, size_t size);

#endif							/* HOTSPOT_DID_FLAT_H */
