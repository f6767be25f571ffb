/*
 * wdd.c
 *	  Weighted displacement difference and quotient: see wdd.h.
 */
#include "testing/wdd.h"

#include <math.h>

#define HARM_UNIT 1e6			/* harm is kept in millionths */
#define SQUARE_UNIT 1e12

static double
harm_of(const DisplacementCells *cells, DisplacementArea area, int post)
{
	return (double) cells->cells[area][post].harm / HARM_UNIT;
}

/* Add an area's change to a difference, or subtract it. */
static void
add_change(WddChange *change, double sign, const DisplacementCells *cells,
		   DisplacementArea area, const double times[PERIODS], double size)
{
	for (int post = 0; post < PERIODS; post++)
	{
		double		weight = times[post] * size;

		change->estimate += (post ? sign : -sign) * (harm_of(cells, area, post) / weight);
		change->variance += (double) cells->cells[area][post].squares / SQUARE_UNIT /
			(weight * weight);
	}
}

WddChange
wdd_change(const DisplacementCells *cells, DisplacementArea area, DisplacementArea control,
		   const double times[PERIODS], const double areas[AREAS])
{
	WddChange	change = {0};

	add_change(&change, 1, cells, area, times, areas[area]);
	add_change(&change, -1, cells, control, times, areas[control]);
	return change;
}

/* A quotient, or NaN. */
static double
by(double number, double divisor)
{
	return divisor == 0 ? NAN : number / divisor;
}

Wdq
wdq_of(const DisplacementCells *cells)
{
	const double treated[] = {harm_of(cells, AREA_TREATED, 0), harm_of(cells, AREA_TREATED, 1)};
	const double control[] = {harm_of(cells, AREA_CONTROL, 0), harm_of(cells, AREA_CONTROL, 1)};
	const double buffer[] = {harm_of(cells, AREA_BUFFER, 0), harm_of(cells, AREA_BUFFER, 1)};
	Wdq			wdq;

	wdq.success = by(treated[1], control[1]) - by(treated[0], control[0]);
	wdq.buffer = by(buffer[1], control[1]) - by(buffer[0], control[0]);
	wdq.gross_effect = treated[0] - treated[1];
	wdq.net_effect = by(treated[0], control[0]) - by(treated[1], control[1]);
	wdq.total_net_effect = (by(treated[0] * control[1], control[0]) - treated[1]) +
		(by(buffer[0] * control[1], control[0]) - buffer[1]);
	if (!displacement_has(cells, AREA_BUFFER))
		wdq.buffer = wdq.total_net_effect = NAN;
	if (!displacement_has(cells, AREA_TREATED))
		wdq.success = wdq.gross_effect = wdq.net_effect = wdq.total_net_effect = NAN;

	/* Where nothing was gained, there is nothing to be displaced or diffused; and no -0. */
	wdq.quotient = wdq.success < 0 ? wdq.buffer / wdq.success + 0.0 : NAN;
	return wdq;
}
