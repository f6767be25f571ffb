/*
 * did_flat.c
 *	  The flat forms of what the aggregates did() keep: see did_flat.h.
 */
#include "testing/did_flat.h"

#include <string.h>

#include "base/id_bytes.h"

/*
 * With m the mean rounded down, the sum of (v - m)^2 is that of v^2 less m times
 * (2 sum - rows m); and the mean itself is off by rest/rows.  All this is exact,
 * so that nothing is lost where outcomes are large and differ little.
 */
Wide
did_scatter(const DidCell *cell, Wide squares)
{
	Exact		rows = (Exact) cell->rows;
	Exact		mean;
	Exact		rest;
	Wide		scatter;

	if (rows == 0)
		return (Wide) {{0}};
	mean = cell->sum / rows;
	if (mean * rows > cell->sum)
		mean--;
	rest = cell->sum - mean * rows;
	scatter = wide_add(squares, wide_negative(wide_product(mean, 2 * cell->sum - rows * mean)));

	/* Rounded up what is subtracted, and down the difference. */
	return wide_add(scatter, wide_negative(wide_product((rest * rest + rows - 1) / rows, 1)));
}

static const char *
check_cell(const DidCell *cell)
{
	Exact		size = cell->sum < 0 ? -cell->sum : cell->sum;

	if (cell->rows > DID_MAX_ROWS)
		return "a number of rows is out of range";
	if (cell->sum < -DID_MAX_SUM || cell->sum > DID_MAX_SUM)
		return "a sum is out of range";
	if (size > 0 && (size - 1) / DID_MAX_OUTCOME >= (Exact) cell->rows)
		return "a sum does not fit the number of rows";
	return NULL;
}

/* ---- did_cells ---- */

void
did_cells_write(const DidCells *cells, uint8_t *body)
{
	bytes_put_word(body, cells->skipped);
	body += 8;
	for (int treated = 0; treated < 2; treated++)
		for (int post = 0; post < 2; post++)
		{
			bytes_put_word(body, cells->cells[treated][post].rows);
			exact_put(body + 8, cells->cells[treated][post].sum);
			wide_put(body + 8 + EXACT_SIZE, cells->squares[treated][post]);
			body += 8 + EXACT_SIZE + WIDE_SIZE;
		}
}

void
did_cells_read(DidCells *cells, const uint8_t *body)
{
	cells->skipped = bytes_get_word(body);
	body += 8;
	for (int treated = 0; treated < 2; treated++)
		for (int post = 0; post < 2; post++)
		{
			cells->cells[treated][post].rows = bytes_get_word(body);
			cells->cells[treated][post].sum = exact_get(body + 8);
			cells->squares[treated][post] = wide_get(body + 8 + EXACT_SIZE);
			body += 8 + EXACT_SIZE + WIDE_SIZE;
		}
}

/* A sum of squares must be possible beside the sum and number of what is squared. */
static const char *
check_squares(const DidCell *cell, Wide squares)
{
	Wide		most = wide_product(DID_MAX_OUTCOME, DID_MAX_OUTCOME);
	Wide		limit = {{0}};

	/* That number of rows times the largest square. */
	for (int bit = 58; bit >= 0; bit--)
	{
		limit = wide_add(limit, limit);
		if (cell->rows >> bit & 1)
			limit = wide_add(limit, most);
	}
	if (wide_is_negative(squares) || wide_less(limit, squares))
		return "a sum of squares is out of range";
	if (wide_is_negative(did_scatter(cell, squares)))
		return "a sum of squares does not fit the sum";
	return NULL;
}

const char *
did_cells_check(const uint8_t *body, size_t size)
{
	DidCells	cells;
	const char *problem = NULL;

	if (size != DID_CELLS_SIZE)
		return "its length is wrong";
	did_cells_read(&cells, body);
	if (cells.skipped > DID_MAX_ROWS)
		return "its number of skipped rows is out of range";
	for (int treated = 0; treated < 2 && problem == NULL; treated++)
		for (int post = 0; post < 2 && problem == NULL; post++)
		{
			problem = check_cell(&cells.cells[treated][post]);
			if (problem == NULL)
				problem = check_squares(&cells.cells[treated][post], cells.squares[treated][post]);
		}
	return problem;
}

/* ---- did_places ---- */

void
did_head_write(DidHead head, uint8_t *body)
{
	body[0] = head.id_kind;
	bytes_put_word(body + 1, head.skipped);
	bytes_put(body + 9, 4, head.nplaces);
}

DidHead
did_head_read(const uint8_t *body)
{
	return (DidHead) {
		.id_kind = body[0],
		.skipped = bytes_get_word(body + 1),
		.nplaces = (uint32_t) bytes_get(body + 9, 4)
	};
}

uint8_t *
did_place_write(const DidPlace *place, uint8_t *bytes)
{
	bytes_put(bytes, 4, place->length);
	bytes += 4;
	if (place->length > 0)
		memcpy(bytes, place->id, place->length);
	bytes += place->length;
	*bytes++ = place->treated;
	for (int post = 0; post < 2; post++)
	{
		bytes_put_word(bytes, place->cells[post].rows);
		exact_put(bytes + 8, place->cells[post].sum);
		bytes += 8 + EXACT_SIZE;
	}
	return bytes;
}

const uint8_t *
did_place_read(DidPlace *place, const uint8_t *bytes)
{
	place->length = (uint32_t) bytes_get(bytes, 4);
	place->id = bytes + 4;
	bytes += 4 + place->length;
	place->treated = *bytes++;
	for (int post = 0; post < 2; post++)
	{
		place->cells[post].rows = bytes_get_word(bytes);
		place->cells[post].sum = exact_get(bytes + 8);
		bytes += 8 + EXACT_SIZE;
	}
	return bytes;
}

static const char *
check_place(uint8_t kind, const DidPlace *place)
{
	const char *problem = id_bytes_problem((IdKind) kind, place->id, place->length);

	if (problem != NULL)
		return problem;
	if (place->treated > 1)
		return "a place is neither treated nor a control";
	if (place->cells[0].rows == 0 && place->cells[1].rows == 0)
		return "a place has no row";
	for (int post = 0; post < 2 && problem == NULL; post++)
		problem = check_cell(&place->cells[post]);
	return problem;
}

const char *
did_places_check(const uint8_t *body, size_t size)
{
	const uint8_t *end = body + size;
	DidPlace	before = {0};
	DidHead		head;

	if (size < DID_HEAD_SIZE)
		return "it is too short";
	head = did_head_read(body);
	if (head.id_kind > IDS_TEXT || (head.id_kind == 0) != (head.nplaces == 0))
		return "its number of places does not fit the type of their ids";
	if (head.skipped > DID_MAX_ROWS)
		return "its number of skipped rows is out of range";
	body += DID_HEAD_SIZE;
	for (uint32_t n = 0; n < head.nplaces; n++)
	{
		DidPlace	place;
		const char *problem;

		if (end - body < DID_PLACE_SIZE ||
			(size_t) (end - body) - DID_PLACE_SIZE < bytes_get(body, 4))
			return "it is too short for its places";
		body = did_place_read(&place, body);
		problem = check_place(head.id_kind, &place);
		if (problem != NULL)
			return problem;
		if (n > 0 && id_bytes_compare(before.id, before.length, place.id, place.length) >= 0)
			return "its places are out of order";
		before = place;
	}
	return body == end ? NULL : "it is too long for its places";
}
