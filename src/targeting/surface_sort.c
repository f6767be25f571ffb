/*
 * surface_sort.c
 *	  Sorts cells by (i, j): see surface_sort.h.
 *
 * A radix sort from the least digit: the indices of a force's cells span some
 * hundreds of columns and rows, so two or three passes do what a comparison
 * sort needs some 17 comparisons a cell for.
 */
#include "base/compat.h"

#include "miscadmin.h"
#include "targeting/surface_sort.h"

#define DIGIT_BITS 11
#define DIGITS (1 << DIGIT_BITS)

/* Whose cells are few sorts by insertion. */
#define FEW_CELLS 32

SurfaceCell *
surface_allocate_cells(uint32 ncells)
{
	return MemoryContextAllocHuge(CurrentMemoryContext,
								  Max(ncells, 1) * sizeof(SurfaceCell));
}

/* The part of the index that a pass looks at, moved to start at 0. */
typedef struct Digit
{
	bool		of_column;		/* of i, else of j */
	int32		min;
	int			shift;
} Digit;

static inline uint32
digit_value(const SurfaceCell *cell, const Digit *digit)
{
	int32		index = digit->of_column ? cell->index.i : cell->index.j;

	return ((uint32) index - (uint32) digit->min) >> digit->shift & (DIGITS - 1);
}

static void
sort_by_digit(const SurfaceCell *from, SurfaceCell *to, uint32 ncells,
			  const Digit *digit)
{
	uint32		start[DIGITS] = {0};
	uint32		sum = 0;

	CHECK_FOR_INTERRUPTS();
	for (uint32 n = 0; n < ncells; n++)
		start[digit_value(&from[n], digit)]++;
	for (int d = 0; d < DIGITS; d++)
	{
		uint32		count = start[d];

		start[d] = sum;
		sum += count;
	}
	for (uint32 n = 0; n < ncells; n++)
		to[start[digit_value(&from[n], digit)]++] = from[n];
}

static void
sort_few(SurfaceCell *cells, uint32 ncells)
{
	for (uint32 n = 1; n < ncells; n++)
	{
		SurfaceCell cell = cells[n];
		uint32		k = n;

		for (; k > 0 && surface_compare_index(&cell, &cells[k - 1]) < 0; k--)
			cells[k] = cells[k - 1];
		cells[k] = cell;
	}
}

SurfaceCell *
surface_sort(SurfaceCell *cells, const SurfaceExtent *extent)
{
	uint32		ncells = extent->ncells;
	SurfaceCell *other;

	if (ncells <= FEW_CELLS)
	{
		sort_few(cells, ncells);
		return cells;
	}

	other = surface_allocate_cells(ncells);
	for (int of_column = 0; of_column <= 1; of_column++)
	{
		Digit		digit = {of_column, of_column ? extent->min.i : extent->min.j, 0};
		int32		max = of_column ? extent->max.i : extent->max.j;
		uint32		span = (uint32) max - (uint32) digit.min;

		for (; digit.shift < 32 && span >> digit.shift > 0; digit.shift += DIGIT_BITS)
		{
			SurfaceCell *swap = cells;

			sort_by_digit(cells, other, ncells, &digit);
			cells = other;
			other = swap;
		}
	}
	pfree(other);
	return cells;
}
