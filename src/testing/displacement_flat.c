/*
 * displacement_flat.c
 *	  The flat form of a displacement: see displacement_flat.h.
 */
#include "testing/displacement_flat.h"

/* The largest harm of one event. */
#define HARM_MAX INT64_MAX

void
displacement_flat_write(const DisplacementCells *cells, uint8_t *body)
{
	const DisplacementCell *cell = &cells->cells[0][0];

	for (int k = 0; k < DISPLACEMENT_SKIPS; k++, body += 8)
		bytes_put_word(body, cells->skipped[k]);
	for (int n = 0; n < AREAS * PERIODS; n++, cell++)
	{
		bytes_put_word(body, cell->events);
		exact_put(body + 8, cell->harm);
		exact_put(body + 8 + EXACT_SIZE, cell->squares);
		body += 8 + 2 * EXACT_SIZE;
	}
}

void
displacement_flat_read(DisplacementCells *cells, const uint8_t *body)
{
	DisplacementCell *cell = &cells->cells[0][0];

	for (int k = 0; k < DISPLACEMENT_SKIPS; k++, body += 8)
		cells->skipped[k] = bytes_get_word(body);
	for (int n = 0; n < AREAS * PERIODS; n++, cell++)
	{
		cell->events = bytes_get_word(body);
		cell->harm = exact_get(body + 8);
		cell->squares = exact_get(body + 8 + EXACT_SIZE);
		body += 8 + 2 * EXACT_SIZE;
	}
}

/* Sums that no events could have are refused, as far as is easily seen. */
static const char *
check_cell(const DisplacementCell *cell)
{
	if (cell->events > DISPLACEMENT_MAX_EVENTS)
		return "a number of events is out of range";
	if (cell->harm < 0 || cell->harm > (Exact) cell->events * HARM_MAX)
		return "a harm does not fit the number of events";

	/* Squares of whole numbers up to HARM_MAX. */
	if (cell->squares < cell->harm ||
		(cell->squares > 0 && (cell->squares - 1) / HARM_MAX >= cell->harm))
		return "a sum of squares does not fit the harm";
	return NULL;
}

const char *
displacement_flat_check(const uint8_t *body, size_t size)
{
	DisplacementCells cells;
	const char *problem = NULL;

	if (size != DISPLACEMENT_FLAT_SIZE)
		return "its length is wrong";
	displacement_flat_read(&cells, body);
	for (int k = 0; k < DISPLACEMENT_SKIPS; k++)
		if (cells.skipped[k] > DISPLACEMENT_MAX_EVENTS)
			return "its number of skipped events is out of range";
	for (int area = 0; area < AREAS && problem == NULL; area++)
		for (int post = 0; post < PERIODS && problem == NULL; post++)
			problem = check_cell(&cells.cells[area][post]);
	return problem;
}
