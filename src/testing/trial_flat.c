/*
 * trial_flat.c
 *	  The flat form of a trial: see trial_flat.h.
 */
#include "testing/trial_flat.h"

#include <string.h>

#include "base/bytes.h"

#define HEAD_SIZE (2 + 8 * TRIAL_SKIPS + 4 + 4)
#define FORM_SIZE (4 + 1 + 17 + 17)
#define PLACE_SIZE (4 + 4)		/* and its id */
#define MAX_DAY_WIDTH 5
#define MAX_AMOUNT_WIDTH 16

/* ---- order ---- */

int
trial_place_compare(const TrialPlace *a, const TrialPlace *b)
{
	return id_bytes_compare(a->id, a->length, b->id, b->length);
}

/* ---- amounts ---- */

static Magnitude
magnitude_of(Amount value)
{
	return value < 0 ? -(Magnitude) value : (Magnitude) value;
}

Amount
amount_gcd(Amount a, Amount b)
{
	Magnitude	x = magnitude_of(a);
	Magnitude	y = magnitude_of(b);

	/* Division of 128 bits is slow, and mostly all are multiples of the first. */
	while (y != 0)
	{
		Magnitude	rest = x >> 64 == 0 && y >> 64 == 0 ?
			(Magnitude) ((uint64_t) x % (uint64_t) y) : x % y;

		x = y;
		y = rest;
	}
	return (Amount) x;
}

static Amount
quotient(Amount value, Amount step)
{
	if (step == 0)
		return 0;
	if (value == (int64_t) value && step == (int64_t) step)
		return (int64_t) value / (int64_t) step;
	return value / step;
}

/* What the amounts of many cells have in common. */
typedef struct AmountRange
{
	Amount		step;
	Magnitude	largest;		/* zigzag, of amounts or of their multiples */
} AmountRange;

static void
range_add(AmountRange *range, Amount value)
{
	Magnitude	folded = exact_zigzag(value);

	if (range->step != 1 && value != 0)
		range->step = amount_gcd(value, range->step);
	if (folded > range->largest)
		range->largest = folded;
}

/* Zigzag of the multiple comes to the largest for the largest amount. */
static AmountForm
range_form(const AmountRange *range)
{
	AmountForm	form = {range->step, 0};

	if (range->step != 0)
		form.width = magnitude_width(exact_zigzag(quotient(exact_unzigzag(range->largest), range->step)));
	return form;
}

/* ---- writing ---- */

static uint8_t *
put(uint8_t *next, int width, uint64_t value)
{
	bytes_put(next, width, value);
	return next + width;
}

static uint64_t
day_code(const TrialCell *cell, int32_t first_day)
{
	return 2 * (uint64_t) ((int64_t) cell->day - first_day) + cell->treated;
}

TrialForm
trial_flat_form(const TrialRows *trial)
{
	TrialForm	form = {0};
	AmountRange outcomes = {0};
	AmountRange doses = {0};
	uint64_t	largest = 0;

	for (uint32_t n = 0; n < trial->head.ncells; n++)
		if (n == 0 || trial->cells[n].day < form.first_day)
			form.first_day = trial->cells[n].day;
	for (uint32_t n = 0; n < trial->head.ncells; n++)
	{
		uint64_t	code = day_code(&trial->cells[n], form.first_day);

		largest = code > largest ? code : largest;
		range_add(&outcomes, trial->cells[n].outcome);
		range_add(&doses, trial->cells[n].dose);
	}
	form.day_width = bytes_width(largest);
	form.outcome = range_form(&outcomes);
	form.dose = range_form(&doses);
	return form;
}

static size_t
cell_size(const TrialForm *form)
{
	return (size_t) form->day_width + (size_t) form->outcome.width + (size_t) form->dose.width;
}

size_t
trial_flat_size(const TrialRows *trial, const TrialForm *form)
{
	size_t		size = HEAD_SIZE + FORM_SIZE + trial->head.ncells * cell_size(form) +
		(size_t) trial->head.nplaces * PLACE_SIZE;

	for (uint32_t n = 0; n < trial->head.nplaces; n++)
		size += trial->places[n].length;
	return size;
}

static uint8_t *
put_amount(uint8_t *next, const AmountForm *form, Amount value)
{
	magnitude_put(next, form->width, exact_zigzag(quotient(value, form->step)));
	return next + form->width;
}

static uint8_t *
put_amount_form(uint8_t *next, const AmountForm *form)
{
	magnitude_put(next, 16, (Magnitude) form->step);
	return put(next + 16, 1, (uint64_t) form->width);
}

void
trial_flat_write(const TrialRows *trial, const TrialForm *form, uint8_t *body)
{
	const TrialHead *head = &trial->head;
	uint8_t    *next = body;

	next = put(next, 1, head->ids);
	next = put(next, 1, head->doses);
	for (int k = 0; k < TRIAL_SKIPS; k++)
		next = put(next, 8, head->skipped[k]);
	next = put(next, 4, head->nplaces);
	next = put(next, 4, head->ncells);
	next = put(next, 4, (uint32_t) form->first_day);
	next = put(next, 1, (uint64_t) form->day_width);
	next = put_amount_form(next, &form->outcome);
	next = put_amount_form(next, &form->dose);
	for (uint32_t n = 0; n < head->nplaces; n++)
	{
		const TrialPlace *place = &trial->places[n];

		next = put(next, 4, place->length);
		next = put(next, 4, place->ncells);
		if (place->length > 0)
			memcpy(next, place->id, place->length);
		next += place->length;
	}
	for (uint32_t n = 0; n < head->ncells; n++)
	{
		const TrialCell *cell = &trial->cells[n];

		next = put(next, form->day_width, day_code(cell, form->first_day));
		next = put_amount(next, &form->outcome, cell->outcome);
		next = put_amount(next, &form->dose, cell->dose);
	}
}

/* ---- reading ---- */

static uint64_t
get(const uint8_t **next, int width)
{
	uint64_t	value = bytes_get(*next, width);

	*next += width;
	return value;
}

static AmountForm
get_amount_form(const uint8_t **next)
{
	AmountForm	form;

	form.step = (Amount) magnitude_get(*next, 16);
	*next += 16;
	form.width = (int) get(next, 1);
	return form;
}

/* The multiple of the step. */
static Amount
get_multiple(const uint8_t **next, const AmountForm *form)
{
	Magnitude	value = magnitude_get(*next, form->width);

	*next += form->width;
	return exact_unzigzag(value);
}

void
trial_flat_open(TrialHead *head, TrialForm *form, const uint8_t *body)
{
	const uint8_t *next = body;

	head->ids = (uint8_t) get(&next, 1);
	head->doses = (uint8_t) get(&next, 1);
	for (int k = 0; k < TRIAL_SKIPS; k++)
		head->skipped[k] = get(&next, 8);
	head->nplaces = (uint32_t) get(&next, 4);
	head->ncells = (uint32_t) get(&next, 4);
	form->first_day = (int32_t) (uint32_t) get(&next, 4);
	form->day_width = (int) get(&next, 1);
	form->outcome = get_amount_form(&next);
	form->dose = get_amount_form(&next);
}

static TrialPlace
get_place(const uint8_t **next)
{
	TrialPlace	place;

	place.length = (uint32_t) get(next, 4);
	place.ncells = (uint32_t) get(next, 4);
	place.id = *next;
	return place;
}

void
trial_flat_read(TrialRows *trial, const TrialForm *form, const uint8_t *body)
{
	const uint8_t *next = body + HEAD_SIZE + FORM_SIZE;
	TrialCell  *cell = trial->cells;

	for (uint32_t n = 0; n < trial->head.nplaces; n++)
	{
		trial->places[n] = get_place(&next);
		next += trial->places[n].length;
	}
	for (uint32_t n = 0; n < trial->head.nplaces; n++)
		for (uint32_t k = 0; k < trial->places[n].ncells; k++, cell++)
		{
			uint64_t	code = get(&next, form->day_width);

			cell->place = n;
			cell->day = (int32_t) (form->first_day + (int64_t) (code / 2));
			cell->treated = code % 2;
			cell->outcome = get_multiple(&next, &form->outcome) * form->outcome.step;
			cell->dose = get_multiple(&next, &form->dose) * form->dose.step;
		}
}

/* ---- checking ---- */

static const char *
check_head(const TrialHead *head)
{
	if (head->ids > IDS_TEXT)
		return "the type of its place ids is unknown";
	if (head->doses > TRIAL_DOSES_KNOWN)
		return "whether it has doses is unknown";
	for (int k = 0; k < TRIAL_SKIPS; k++)
		if (head->skipped[k] > TRIAL_MAX_SKIPPED)
			return "its number of skipped rows is out of range";
	if ((head->ids == IDS_NONE) != (head->nplaces == 0) ||
		(head->doses == TRIAL_DOSES_NONE) != (head->ncells == 0))
		return "its numbers of places and cells do not fit what they have";
	return NULL;
}

static const char *
check_amount_form(const AmountForm *form)
{
	if (form->step < 0 || form->step > AMOUNT_MAX)
		return "the step of its amounts is out of range";
	if (form->width > MAX_AMOUNT_WIDTH || (form->step == 0) != (form->width == 0))
		return "the width of its amounts is out of range";
	return NULL;
}

static const char *
check_form(const TrialHead *head, const TrialForm *form)
{
	const char *problem = check_amount_form(&form->outcome);

	if (problem == NULL)
		problem = check_amount_form(&form->dose);
	if (problem != NULL)
		return problem;
	if (form->first_day < TRIAL_DAY_MIN || form->first_day >= TRIAL_DAY_END)
		return "its first day is out of range";
	if (form->day_width > MAX_DAY_WIDTH)
		return "the width of its days is out of range";
	if (head->doses != TRIAL_DOSES_KNOWN && form->dose.width != 0)
		return "it has doses that are not known";
	if (head->ncells == 0 && form->first_day != 0)
		return "it has a first day without a cell";
	return NULL;
}

/* Move *next behind the places, which may reach to the end. */
static const char *
check_places(const TrialHead *head, const uint8_t **next, const uint8_t *end)
{
	TrialPlace	before = {0};
	uint64_t	ncells = 0;

	for (uint32_t n = 0; n < head->nplaces; n++)
	{
		TrialPlace	place;
		const char *problem;

		if (end - *next < PLACE_SIZE)
			return "it is too short for its places";
		place = get_place(next);
		if ((size_t) (end - *next) < place.length)
			return "it is too short for its places";
		*next += place.length;
		problem = id_bytes_problem((IdKind) head->ids, place.id, place.length);
		if (problem != NULL)
			return problem;
		if (n > 0 && trial_place_compare(&before, &place) >= 0)
			return "its places are out of order";
		if (place.ncells == 0)
			return "a place has no cell";
		ncells += place.ncells;
		before = place;
	}
	return ncells == head->ncells ? NULL : "its cells are not those of its places";
}

/* Whether the amount is one, and what it has in common with others. */
static bool
check_amount(const uint8_t **next, const AmountForm *form, bool negative, AmountRange *range)
{
	Amount		multiple = get_multiple(next, form);

	if (form->step == 0)
		return true;
	if (magnitude_of(multiple) > (Magnitude) (AMOUNT_MAX / form->step) ||
		(multiple < 0 && !negative))
		return false;
	range_add(range, multiple);
	return true;
}

static bool
canonical(const AmountForm *form, const AmountRange *range)
{
	return form->step == 0 || (range->step == 1 && magnitude_width(range->largest) == form->width);
}

/* The cells, which fill the rest. */
static const char *
check_cells(const TrialHead *head, const TrialForm *form, const uint8_t *places,
			const uint8_t *next)
{
	AmountRange outcomes = {0};
	AmountRange doses = {0};
	uint64_t	largest = 0;
	bool		first = head->ncells == 0;

	for (uint32_t n = 0; n < head->nplaces; n++)
	{
		TrialPlace	place = get_place(&places);
		uint64_t	before = 0;

		places += place.length;
		for (uint32_t k = 0; k < place.ncells; k++)
		{
			uint64_t	code = get(&next, form->day_width);

			if (form->first_day + (int64_t) (code / 2) >= TRIAL_DAY_END)
				return "a day is out of range";
			if (k > 0 && code / 2 <= before / 2)
				return "the days of a place are out of order";
			before = code;
			largest = code > largest ? code : largest;
			first = first || code / 2 == 0;
			if (!check_amount(&next, &form->outcome, true, &outcomes) ||
				!check_amount(&next, &form->dose, false, &doses))
				return "an amount is out of range";
		}
	}
	if (!first || bytes_width(largest) != form->day_width)
		return "its days are not written in the shortest way";
	if (!canonical(&form->outcome, &outcomes) || !canonical(&form->dose, &doses))
		return "its amounts are not written in the shortest way";
	return NULL;
}

const char *
trial_flat_check(const uint8_t *body, size_t size)
{
	TrialHead	head;
	TrialForm	form;
	const uint8_t *places = body + HEAD_SIZE + FORM_SIZE;
	const uint8_t *next = places;
	const char *problem;
	size_t		left;

	if (size < HEAD_SIZE + FORM_SIZE)
		return "it is too short";
	trial_flat_open(&head, &form, body);
	problem = check_head(&head);
	if (problem == NULL)
		problem = check_form(&head, &form);
	if (problem == NULL)
		problem = check_places(&head, &next, body + size);
	if (problem != NULL)
		return problem;

	/*
	 * Each place has a cell; those of one that was never treated, on one day
	 * without an outcome, may take no bytes: but then there is one of each.
	 */
	left = size - (size_t) (next - body);
	if (cell_size(&form) == 0 ? left != 0 || head.ncells > head.nplaces :
		left % cell_size(&form) != 0 || left / cell_size(&form) != head.ncells)
		return "its length does not fit its number of cells";
	return check_cells(&head, &form, places, next);
}
