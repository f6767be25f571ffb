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

void
column_pairs_begin(ColumnPairs *pairs, const CellColumns *columns,
				   const CellColumns *others, int64 reach)
{
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
