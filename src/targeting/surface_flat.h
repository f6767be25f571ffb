/*
 * surface_flat.h
 *	  The flat form of a surface: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  6		grid
 *	  4		SRID, -1 while no event was placed
 *	  4		number of cells
 *	  32	events skipped, by reason
 *	  4, 4	least i, least j; 0 where there is no cell
 *	  1		decimal digits taken off every harm
 *	  2		bytes a value takes in each column, 4 bits each
 *	  ...	columns i (less the least), j (likewise), events, harm
 *
 * Cells stand in ascending order of (i, j).  A column is as narrow as its
 * largest value allows, and harms, being mostly whole or half days, lose their
 * trailing zeros, so that a cell takes some 5 to 10 bytes.  Each surface has
 * just one flat form: bytes that could be shorter are refused.
 */
#ifndef HOTSPOT_SURFACE_FLAT_H
#define HOTSPOT_SURFACE_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "targeting/grid_index.h"

/*
 * 16 bytes a cell, the most that indices and ordinary sums take, times this
 * many cells is the limit of a flat value.
 */
#define SURFACE_MAX_CELLS (1 << 24)

/* One cell; status belongs to the hash table of the expanded form. */
typedef struct SurfaceCell
{
	GridIndex	index;
	int64_t		harm;			/* in millionths */
	uint64_t	events:62;
	uint64_t	status:2;
} SurfaceCell;

/* Order by (i, j): below, at or above 0. */
static inline int
surface_compare_index(const SurfaceCell *a, const SurfaceCell *b)
{
	return grid_index_compare(a->index, b->index);
}

#define SURFACE_MAX_EVENTS ((UINT64_C(1) << 62) - 1)

/* Why an event was left out. */
typedef enum SurfaceSkip
{
	SURFACE_SKIP_GEOMETRY,		/* NULL or empty */
	SURFACE_SKIP_COORDINATES,	/* NaN or infinite */
	SURFACE_SKIP_HARM,			/* NULL */
	SURFACE_SKIP_OUTSIDE		/* in a cell that fill(surface, area) dropped */
} SurfaceSkip;

#define SURFACE_SKIPS 4

/* What a surface holds beside its cells. */
typedef struct SurfaceHead
{
	uint64_t	grid;
	int32_t		srid;			/* -1 = none seen */
	uint64_t	skipped[SURFACE_SKIPS];
} SurfaceHead;

#define SURFACE_NO_SRID (-1)

enum
{
	SURFACE_COLUMN_I,
	SURFACE_COLUMN_J,
	SURFACE_COLUMN_EVENTS,
	SURFACE_COLUMN_HARM,
	SURFACE_COLUMNS
};

/* How the cells are laid out; the bytes themselves when reading. */
typedef struct SurfaceFlat
{
	uint32_t	ncells;
	GridIndex	min;
	int			harm_digits;
	int			width[SURFACE_COLUMNS];
	const uint8_t *column[SURFACE_COLUMNS];
} SurfaceFlat;

/* Layout for cells shown one by one, in any order. */
typedef struct SurfaceExtent
{
	uint32_t	ncells;
	GridIndex	min;
	GridIndex	max;
	uint64_t	events_max;
	uint64_t	harm_max;
	int			harm_digits;
} SurfaceExtent;

extern void surface_extent_begin(SurfaceExtent *extent);
extern void surface_extent_add(SurfaceExtent *extent, const SurfaceCell *cell);
extern void surface_flat_plan(SurfaceFlat *flat, const SurfaceExtent *extent);
extern size_t surface_flat_size(const SurfaceFlat *flat);

/* Write a body of that size; cells ascend by (i, j). */
extern void surface_flat_write(const SurfaceFlat *flat, const SurfaceHead *head,
							   const SurfaceCell *cells, uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *surface_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked; cells are numbered from 0. */
extern void surface_flat_open(SurfaceFlat *flat, SurfaceHead *head,
							  const uint8_t *body);
extern void surface_flat_cell(const SurfaceFlat *flat, uint32_t n, SurfaceCell *cell);

#endif							/* HOTSPOT_SURFACE_FLAT_H */
