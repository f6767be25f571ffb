/*
 * cell_columns.c
 *	  Sorted cells as columns: see cell_columns.h.
 */
#include "base/compat.h"

#include "base/append.h"
#include "miscadmin.h"
#include "targeting/cell_columns.h"

CellColumns
cell_columns(const SurfaceCell *cells, uint32 ncells)
{
	CellColumns columns = {NULL, 0};
	uint32		size = 0;

	for (uint32 n = 0; n < ncells; n++)
	{
		CHECK_FOR_INTERRUPTS();
		if (n == 0 || cells[n].index.i != cells[n - 1].index.i)
			APPEND(columns.items, columns.n, size, (CellColumn) {cells[n].index.i, n, n});
		columns.items[columns.n - 1].to = n + 1;
	}
	return columns;
}

/* How many cells are met when each pair of columns is gone through once. */
static uint64
cells_met(const CellColumns *columns, const CellColumns *others, int64 reach)
{
	uint32		first = 0;
	uint32		end = 0;
	uint64		met = 0;

	for (uint32 k = 0; k < columns->n; k++)
	{
		const CellColumn *column = &columns->items[k];

		CHECK_FOR_INTERRUPTS();
		while (first < others->n && others->items[first].i < (int64) column->i - reach)
			first++;
		while (end < others->n && others->items[end].i <= (int64) column->i + reach)
			end++;
		if (first < end)
			met += (uint64) (end - first) * (column->to - column->from) +
				(others->items[end - 1].to - others->items[first].from);
	}
	return met;
}

void
column_pairs_begin(ColumnPairs *pairs, const CellColumns *columns,
				   const CellColumns *others, int64 reach, const char *name)
{
	uint64		met = cells_met(columns, others, reach);

	if (met > COLUMN_PAIRS_MAX_CELLS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("argument \"%s\" is too large for this surface: " UINT64_FORMAT " cells would be looked at, more than the limit of " UINT64_FORMAT,
						name, met, COLUMN_PAIRS_MAX_CELLS),
				 errhint("Give a smaller one, or use larger cells.")));
	*pairs = (ColumnPairs) {.columns = columns, .others = others, .reach = reach};
}

bool
column_pairs_next(ColumnPairs *pairs, CellColumn *column, CellColumn *other)
{
	const CellColumns *others = pairs->others;

	for (; pairs->column < pairs->columns->n; pairs->column++)
	{
		int64		i = pairs->columns->items[pairs->column].i;

		CHECK_FOR_INTERRUPTS();
		while (pairs->first < others->n && others->items[pairs->first].i < i - pairs->reach)
			pairs->first++;
		pairs->other = Max(pairs->other, pairs->first);
		if (pairs->other < others->n && others->items[pairs->other].i <= i + pairs->reach)
		{
			*column = pairs->columns->items[pairs->column];
			*other = others->items[pairs->other++];
			return true;
		}
		pairs->other = 0;
	}
	return false;
}
