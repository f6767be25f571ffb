/*
 * panel_flat.c
 *	  The flat form of a panel: see panel_flat.h.
 */
#include "testing/panel_flat.h"

#include <string.h>

#include "base/bytes.h"

#define HEAD_SIZE (2 + 8 * PANEL_SKIPS + 4 + 4 + 2)
#define MAX_WIDTH 16
#define PERIOD_SIZE 4
#define MAX_OUTCOME ((Outcome) (((Magnitude) 1 << 127) - 1))

/* ---- outcomes ---- */

static int64_t
power_of_ten(int exponent)
{
	int64_t		power = 1;

	while (exponent-- > 0)
		power *= 10;
	return power;
}

static bool
divisible(Outcome value, int64_t divisor)
{
	/* Division of 128 bits is slow. */
	if (value == (int64_t) value)
		return (int64_t) value % divisor == 0;
	return value % divisor == 0;
}

static Outcome
quotient(Outcome value, int64_t divisor)
{
	if (value == (int64_t) value)
		return (int64_t) value / divisor;
	return value / divisor;
}

/* ---- writing ---- */

PanelForm
panel_flat_form(const PanelRows *panel)
{
	PanelForm	form = {.exponent = OUTCOME_DIGITS};
	int64_t		unit = power_of_ten(form.exponent);
	Magnitude	all = 0;

	for (uint32_t n = 0; n < panel->head.nplaces; n++)
		for (uint32_t p = 0; p < panel->head.nperiods; p++)
			while (!divisible(panel_cell(&panel->places[n].cells, panel->columns[p]), unit))
				unit = power_of_ten(--form.exponent);
	for (uint32_t n = 0; n < panel->head.nplaces; n++)
		for (uint32_t p = 0; p < panel->head.nperiods; p++)
			all |= exact_zigzag(quotient(panel_cell(&panel->places[n].cells, panel->columns[p]), unit));
	form.width = magnitude_width(all);
	return form;
}

size_t
panel_flat_size(const PanelRows *panel, PanelForm form)
{
	size_t		size = HEAD_SIZE + (size_t) panel->head.nperiods * PERIOD_SIZE;

	for (uint32_t n = 0; n < panel->head.nplaces; n++)
	{
		size += 4 + panel->places[n].length + 4;
		if (panel->head.cluster_ids != IDS_NONE)
			size += 4 + panel->places[n].cluster_length;
	}
	return size + (size_t) panel->head.nplaces * panel->head.nperiods * (size_t) form.width;
}

static void
put(uint8_t **next, int width, uint64_t value)
{
	bytes_put(*next, width, value);
	*next += width;
}

static void
put_id(uint8_t **next, const uint8_t *id, uint32_t length)
{
	put(next, 4, length);
	memcpy(*next, id, length);
	*next += length;
}

void
panel_flat_write(const PanelRows *panel, PanelForm form, uint8_t *body)
{
	const PanelHead *head = &panel->head;
	int64_t		unit = power_of_ten(form.exponent);

	put(&body, 1, head->place_ids);
	put(&body, 1, head->cluster_ids);
	for (int k = 0; k < PANEL_SKIPS; k++)
		put(&body, 8, head->skipped[k]);
	put(&body, 4, head->nperiods);
	put(&body, 4, head->nplaces);
	put(&body, 1, (uint64_t) form.exponent);
	put(&body, 1, (uint64_t) form.width);
	for (uint32_t p = 0; p < head->nperiods; p++)
		put(&body, PERIOD_SIZE, (uint32_t) panel->periods[p]);
	for (uint32_t n = 0; n < head->nplaces; n++)
	{
		const PanelPlace *place = &panel->places[n];

		put_id(&body, place->id, place->length);
		put(&body, 4, (uint32_t) place->treated_from);
		if (head->cluster_ids != IDS_NONE)
			put_id(&body, place->cluster_id, place->cluster_length);
	}
	for (uint32_t n = 0; n < head->nplaces; n++)
		for (uint32_t p = 0; p < head->nperiods; p++)
		{
			Outcome		value = panel_cell(&panel->places[n].cells, panel->columns[p]);

			magnitude_put(body, form.width, exact_zigzag(quotient(value, unit)));
			body += form.width;
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

void
panel_flat_open(PanelHead *head, PanelForm *form, const uint8_t *body)
{
	const uint8_t *next = body;

	head->place_ids = (uint8_t) get(&next, 1);
	head->cluster_ids = (uint8_t) get(&next, 1);
	for (int k = 0; k < PANEL_SKIPS; k++)
		head->skipped[k] = get(&next, 8);
	head->nperiods = (uint32_t) get(&next, 4);
	head->nplaces = (uint32_t) get(&next, 4);
	form->exponent = (int) get(&next, 1);
	form->width = (int) get(&next, 1);
}

bool
panel_flat_narrow(PanelForm form)
{
	/* 10^12 takes 40 bits. */
	return form.width <= 3 || (form.exponent == 0 && form.width <= 8);
}

static void
read_places(PanelRows *panel, const uint8_t **next)
{
	for (uint32_t n = 0; n < panel->head.nplaces; n++)
	{
		PanelPlace *place = &panel->places[n];

		memset(place, 0, sizeof(*place));
		place->length = (uint32_t) get(next, 4);
		place->id = *next;
		*next += place->length;
		place->treated_from = (int32_t) get(next, 4);
		if (panel->head.cluster_ids == IDS_NONE)
			continue;
		place->cluster_length = (uint32_t) get(next, 4);
		place->cluster_id = *next;
		*next += place->cluster_length;
	}
}

void
panel_flat_read(PanelRows *panel, PanelForm form, void *outcomes, const uint8_t *body)
{
	const uint8_t *next = body + HEAD_SIZE;
	uint32_t	nperiods = panel->head.nperiods;
	int64_t		unit = power_of_ten(form.exponent);
	bool		narrow = panel_flat_narrow(form);

	for (uint32_t p = 0; p < nperiods; p++)
	{
		panel->periods[p] = (int32_t) get(&next, PERIOD_SIZE);
		panel->columns[p] = p;
	}
	read_places(panel, &next);
	if (form.width == 0)
		return;
	for (uint32_t n = 0; n < panel->head.nplaces; n++)
	{
		size_t		first = (size_t) n * nperiods;
		PanelCells *cells = &panel->places[n].cells;

		cells->ncolumns = nperiods;
		cells->wide = !narrow;
		cells->values = narrow ? (void *) ((int64_t *) outcomes + first) :
			(void *) ((Outcome *) outcomes + first);
		for (uint32_t p = 0; p < nperiods; p++)
		{
			Outcome		value = exact_unzigzag(magnitude_get(next, form.width)) * unit;

			if (narrow)
				((int64_t *) cells->values)[p] = (int64_t) value;
			else
				((Outcome *) cells->values)[p] = value;
			next += form.width;
		}
	}
}

/* ---- checking ---- */

static const char *
check_head(const PanelHead *head, PanelForm form)
{
	if (head->place_ids > IDS_TEXT || head->cluster_ids > IDS_TEXT)
		return "the type of its ids is unknown";
	if ((head->place_ids == IDS_NONE) != (head->nplaces == 0))
		return "its number of places does not fit the type of their ids";
	if ((head->nplaces == 0) != (head->nperiods == 0))
		return "its numbers of places and periods do not fit";
	if (head->nplaces == 0 && head->cluster_ids != IDS_NONE)
		return "it has clusters without places";
	if (head->nperiods > PANEL_MAX_PERIODS)
		return "it has too many periods";
	for (int k = 0; k < PANEL_SKIPS; k++)
		if (head->skipped[k] > PANEL_MAX_SKIPPED)
			return "its number of skipped rows is out of range";
	if (form.exponent > OUTCOME_DIGITS || form.width > MAX_WIDTH)
		return "the form of its outcomes is unknown";
	return NULL;
}

static const char *
check_periods(const PanelHead *head, const uint8_t **next, const uint8_t *end)
{
	int32_t		before = 0;

	if ((size_t) (end - *next) / PERIOD_SIZE < head->nperiods)
		return "it is too short for its periods";
	for (uint32_t p = 0; p < head->nperiods; p++)
	{
		int32_t		period = (int32_t) get(next, PERIOD_SIZE);

		if (p > 0 && period <= before)
			return "its periods are out of order";
		before = period;
	}
	return NULL;
}

static const char *
check_id(uint8_t kind, const uint8_t **next, const uint8_t *end,
		 const uint8_t **id, uint32_t *length)
{
	if (end - *next < 4)
		return "it is too short for its places";
	*length = (uint32_t) get(next, 4);
	*id = *next;
	if ((size_t) (end - *next) < *length)
		return "it is too short for its places";
	*next += *length;
	return id_bytes_problem((IdKind) kind, *id, *length);
}

static const char *
check_places(const PanelHead *head, const uint8_t **next, const uint8_t *end)
{
	PanelPlace	before = {0};

	for (uint32_t n = 0; n < head->nplaces; n++)
	{
		PanelPlace	place = {0};
		const char *problem = check_id(head->place_ids, next, end, &place.id, &place.length);

		if (problem != NULL)
			return problem;
		if (n > 0 && id_bytes_compare(before.id, before.length, place.id, place.length) >= 0)
			return "its places are out of order";
		before = place;
		if (end - *next < 4)
			return "it is too short for its places";
		*next += 4;
		if (head->cluster_ids != IDS_NONE)
			problem = check_id(head->cluster_ids, next, end, &place.cluster_id,
							   &place.cluster_length);
		if (problem != NULL)
			return problem;
	}
	return NULL;
}

/* That many outcomes, for which there is room. */
static const char *
check_outcomes(const uint8_t *next, size_t n, PanelForm form)
{
	Outcome		most = MAX_OUTCOME / power_of_ten(form.exponent);
	bool		finest = form.exponent == OUTCOME_DIGITS;
	Magnitude	all = 0;

	for (size_t k = 0; k < n; k++)
	{
		Magnitude	magnitude = magnitude_get(next, form.width);
		Outcome		value = exact_unzigzag(magnitude);

		next += form.width;
		all |= magnitude;
		if (value > most || value < -most)
			return "an outcome is out of range";
		if (!finest)
			finest = !divisible(value, 10);
	}
	if (!finest || magnitude_width(all) != form.width)
		return "its outcomes are not in their shortest form";
	return NULL;
}

const char *
panel_flat_check(const uint8_t *body, size_t size)
{
	PanelHead	head;
	PanelForm	form;
	const uint8_t *next = body + HEAD_SIZE;
	const uint8_t *end = body + size;
	const char *problem;
	size_t		left;

	if (size < HEAD_SIZE)
		return "it is too short";
	panel_flat_open(&head, &form, body);
	problem = check_head(&head, form);
	if (problem == NULL)
		problem = check_periods(&head, &next, end);
	if (problem == NULL)
		problem = check_places(&head, &next, end);
	if (problem != NULL)
		return problem;

	/* Neither product overflows: places and periods are in the body. */
	left = (size_t) (end - next);
	if ((size_t) head.nplaces * head.nperiods * (size_t) form.width != left)
		return "its length does not fit its outcomes";
	if (form.width == 0)
		return form.exponent == OUTCOME_DIGITS ? NULL :
			"its outcomes are not in their shortest form";
	return check_outcomes(next, (size_t) head.nplaces * head.nperiods, form);
}
