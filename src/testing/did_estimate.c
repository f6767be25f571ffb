/*
 * did_estimate.c
 *	  Difference in differences of four means: see did_estimate.h.
 */
#include "testing/did_estimate.h"

/* By how much the mean of a group rose, as a fraction of whole numbers. */
static double
change(const DidCell cells[2])
{
	Wide		numerator = wide_add(wide_product(cells[1].sum, (Exact) cells[0].rows),
									 wide_negative(wide_product(cells[0].sum,
																(Exact) cells[1].rows)));

	return wide_double(numerator) / DID_SCALE /
		((double) cells[1].rows * (double) cells[0].rows);
}

double
did_estimate(const DidCell cells[2][2])
{
	return change(cells[1]) - change(cells[0]);
}

/*
 * The residuals of a place in a cell are its sum less so many means.  As a
 * fraction of whole numbers that loses nothing where outcomes are large and
 * differ little.
 */
static double
residual_sum(const DidCell *of_place, const DidCell *of_all)
{
	Wide		numerator = wide_add(wide_product(of_place->sum, (Exact) of_all->rows),
									 wide_negative(wide_product(of_all->sum,
																(Exact) of_place->rows)));

	return wide_double(numerator) / DID_SCALE / (double) of_all->rows;
}

double
did_influence(const DidPlace *place, const DidCell cells[2][2])
{
	const DidCell *group = cells[place->treated];
	double		influence = residual_sum(&place->cells[1], &group[1]) / (double) group[1].rows -
		residual_sum(&place->cells[0], &group[0]) / (double) group[0].rows;

	return place->treated ? influence : -influence;
}

double
did_variance(const DidCells *cells)
{
	double		scatter = 0;
	double		inverse = 0;
	double		rows = 0;

	for (int treated = 0; treated < 2; treated++)
		for (int post = 0; post < 2; post++)
		{
			const DidCell *cell = &cells->cells[treated][post];

			scatter += wide_double(did_scatter(cell, cells->squares[treated][post])) /
				(DID_SCALE * DID_SCALE);
			inverse += 1 / (double) cell->rows;
			rows += (double) cell->rows;
		}
	return scatter / (rows - 4) * inverse;
}
