/*
 * week_flat.c
 *	  The flat form of a week: see week_flat.h.
 */
#include "tasking/week_flat.h"

#include <stdbool.h>
#include <string.h>

#include "base/zone_name.h"

#define DAY_MASK_SIZE 3

/* The largest weight and harm that events can have. */
#define MAX_WEIGHT (WEEK_MAX_EVENTS * EVENT_WEIGHT)
#define MAX_HARM(weight) ((Magnitude) (weight) * INT64_MAX)

/* What is written of each hour. */
typedef enum Column
{
	COLUMN_WEIGHT,
	COLUMN_HARM,
	COLUMNS
} Column;

/* Whole events, and whole units of harm. */
static const int max_zeros[COLUMNS] = {9, 15};

static const uint64_t powers[] = {
	1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, 1000000000,
	UINT64_C(10000000000), UINT64_C(100000000000), UINT64_C(1000000000000),
	UINT64_C(10000000000000), UINT64_C(100000000000000), UINT64_C(1000000000000000)
};

/* How a column is written. */
typedef struct ColumnForm
{
	int			zeros;
	int			width;
} ColumnForm;

/* ---- sums ---- */

uint64_t
week_weight(const WeekSums *sums)
{
	uint64_t	weight = 0;

	for (int hour = 0; hour < WEEK_HOURS; hour++)
		weight += sums->hours[hour].weight;
	return weight;
}

static Magnitude
harm_of_all(const WeekSums *sums)
{
	Magnitude	harm = 0;

	for (int hour = 0; hour < WEEK_HOURS; hour++)
		harm += (Magnitude) sums->hours[hour].harm;
	return harm;
}

/* Without a rest, as the weights of each event sum to that of one. */
Exact
week_harm_millionths(const WeekSums *sums)
{
	return (Exact) (harm_of_all(sums) / EVENT_WEIGHT);
}

/* ---- forms ---- */

static Magnitude
column_value(const WeekHour *hour, Column column)
{
	return column == COLUMN_WEIGHT ? hour->weight : (Magnitude) hour->harm;
}

/* Division of 128 bits is slow, and most numbers are small. */
static bool
ends_in_zeros(Magnitude value, int zeros)
{
	return value >> 64 == 0 ? (uint64_t) value % powers[zeros] == 0 : value % powers[zeros] == 0;
}

static ColumnForm
column_form(const WeekSums *sums, Column column)
{
	ColumnForm	form = {max_zeros[column], 0};
	Magnitude	largest = 0;

	for (int hour = 0; hour < WEEK_HOURS; hour++)
	{
		Magnitude	value = column_value(&sums->hours[hour], column);

		if (value == 0)
			continue;
		while (!ends_in_zeros(value, form.zeros))
			form.zeros--;
		largest = value > largest ? value : largest;
	}
	if (largest == 0)
		form.zeros = 0;
	form.width = magnitude_width(largest / powers[form.zeros]);
	return form;
}

static int
skip_width(const uint64_t *skipped)
{
	uint64_t	all = 0;

	for (int k = 0; k < WEEK_SKIPS; k++)
		all |= skipped[k];
	return bytes_width(all);
}

/* Which hours of a day have a weight. */
static uint32_t
day_mask(const WeekSums *sums, int day)
{
	uint32_t	mask = 0;

	for (int hour = 0; hour < DAY_HOURS; hour++)
		mask |= (uint32_t) (sums->hours[day * DAY_HOURS + hour].weight > 0) << hour;
	return mask;
}

/* ---- writing ---- */

size_t
week_flat_size(const WeekSums *sums)
{
	size_t		size = 1 + sums->zone_length + 1 + WEEK_SKIPS * (size_t) skip_width(sums->skipped) +
		1 + 2 * COLUMNS;
	size_t		width = (size_t) (column_form(sums, COLUMN_WEIGHT).width +
								  column_form(sums, COLUMN_HARM).width);

	for (int day = 0; day < WEEK_DAYS; day++)
	{
		uint32_t	mask = day_mask(sums, day);

		if (mask != 0)
			size += DAY_MASK_SIZE + (size_t) __builtin_popcount(mask) * width;
	}
	return size;
}

static uint8_t *
put(uint8_t *next, int width, Magnitude value)
{
	magnitude_put(next, width, value);
	return next + width;
}

static uint8_t *
put_masks(uint8_t *next, const WeekSums *sums)
{
	uint8_t    *days = next++;

	*days = 0;
	for (int day = 0; day < WEEK_DAYS; day++)
	{
		uint32_t	mask = day_mask(sums, day);

		if (mask == 0)
			continue;
		*days |= (uint8_t) (1 << day);
		next = put(next, DAY_MASK_SIZE, mask);
	}
	return next;
}

void
week_flat_write(const WeekSums *sums, uint8_t *body)
{
	uint8_t    *next = put(body, 1, sums->zone_length);
	int			width = skip_width(sums->skipped);
	ColumnForm	forms[COLUMNS];

	memcpy(next, sums->zone, sums->zone_length);
	next = put(next + sums->zone_length, 1, (Magnitude) width);
	for (int k = 0; k < WEEK_SKIPS; k++)
		next = put(next, width, sums->skipped[k]);
	next = put_masks(next, sums);
	for (Column column = 0; column < COLUMNS; column++)
	{
		forms[column] = column_form(sums, column);
		next = put(next, 1, (Magnitude) forms[column].zeros);
		next = put(next, 1, (Magnitude) forms[column].width);
	}
	for (Column column = 0; column < COLUMNS; column++)
		for (int hour = 0; hour < WEEK_HOURS; hour++)
			if (sums->hours[hour].weight > 0)
				next = put(next, forms[column].width,
						   column_value(&sums->hours[hour], column) / powers[forms[column].zeros]);
}

/* ---- reading ---- */

/* A body of which not all need be there, as it is read. */
typedef struct Reader
{
	const uint8_t *next;
	size_t		left;
	bool		short_of;		/* whether more was asked for than there was */
} Reader;

/* The next bytes; zeros behind the end. */
static Magnitude
get(Reader *reader, int width)
{
	Magnitude	value;

	if (reader->left < (size_t) width)
	{
		reader->short_of = true;
		return 0;
	}
	value = magnitude_get(reader->next, width);
	reader->next += width;
	reader->left -= (size_t) width;
	return value;
}

static const char *
read_zone(Reader *reader, WeekSums *sums)
{
	sums->zone_length = (size_t) get(reader, 1);
	sums->zone = (const char *) reader->next;
	if (sums->zone_length == 0 || sums->zone_length > reader->left)
		return "it is too short for the name of its time zone";
	if (!zone_name_is_plain(sums->zone, sums->zone_length))
		return "the name of its time zone has a byte that names do not have";
	reader->next += sums->zone_length;
	reader->left -= sums->zone_length;
	return NULL;
}

static const char *
read_skipped(Reader *reader, WeekSums *sums)
{
	int			width = (int) get(reader, 1);

	if (width > 8)
		return "the width of its numbers of skipped events is out of range";
	for (int k = 0; k < WEEK_SKIPS; k++)
	{
		sums->skipped[k] = (uint64_t) get(reader, width);
		if (sums->skipped[k] > WEEK_MAX_SKIPPED)
			return "its number of skipped events is out of range";
	}
	if (skip_width(sums->skipped) != width)
		return "its numbers of skipped events are not written in the shortest way";
	return NULL;
}

/* Which hours have a weight, as so many hours of the week. */
static const char *
read_masks(Reader *reader, uint8_t *hours, int *nhours)
{
	uint32_t	days = (uint32_t) get(reader, 1);

	*nhours = 0;
	if (days >> WEEK_DAYS != 0)
		return "it has more than seven days";
	for (int day = 0; day < WEEK_DAYS; day++)
	{
		uint32_t	mask;

		if ((days >> day & 1) == 0)
			continue;
		mask = (uint32_t) get(reader, DAY_MASK_SIZE);
		if (mask == 0)
			return "a day has no hour";
		for (int hour = 0; hour < DAY_HOURS; hour++)
			if (mask >> hour & 1)
				hours[(*nhours)++] = (uint8_t) (day * DAY_HOURS + hour);
	}
	return NULL;
}

static const char *
read_form(Reader *reader, Column column, ColumnForm *form)
{
	form->zeros = (int) get(reader, 1);
	form->width = (int) get(reader, 1);
	if (form->zeros > max_zeros[column])
		return "its number of decimal zeros is out of range";
	if (form->width > (column == COLUMN_WEIGHT ? 8 : EXACT_SIZE))
		return "the width of its numbers is out of range";
	return NULL;
}

static const char *
read_column(Reader *reader, Column column, const ColumnForm *form,
			const uint8_t *hours, int nhours, WeekSums *sums)
{
	for (int n = 0; n < nhours; n++)
	{
		WeekHour   *hour = &sums->hours[hours[n]];
		Magnitude	most = column == COLUMN_WEIGHT ? MAX_WEIGHT : MAX_HARM(hour->weight);
		Magnitude	value = get(reader, form->width);

		if (value > most / powers[form->zeros])
			return column == COLUMN_WEIGHT ? "a weight is out of range" :
				"a harm does not fit its weight";
		value *= powers[form->zeros];
		if (column == COLUMN_HARM)
			hour->harm = (Exact) value;
		else if (value > 0)
			hour->weight = (uint64_t) value;
		else
			return "an hour has no weight";
	}
	return NULL;
}

/* Read a body and find what is wrong with its parts, for it may be any bytes. */
static const char *
read_body(Reader *reader, WeekSums *sums, ColumnForm *forms)
{
	uint8_t		hours[WEEK_HOURS];
	int			nhours;
	const char *problem;

	memset(sums, 0, sizeof(*sums));
	problem = read_zone(reader, sums);
	if (problem == NULL)
		problem = read_skipped(reader, sums);
	if (problem == NULL)
		problem = read_masks(reader, hours, &nhours);
	for (Column column = 0; column < COLUMNS && problem == NULL; column++)
		problem = read_form(reader, column, &forms[column]);
	for (Column column = 0; column < COLUMNS && problem == NULL; column++)
		problem = read_column(reader, column, &forms[column], hours, nhours, sums);
	return problem;
}

void
week_flat_read(WeekSums *sums, const uint8_t *body)
{
	/* It was checked to end where it says. */
	Reader		reader = {body, SIZE_MAX, false};
	ColumnForm	forms[COLUMNS];

	read_body(&reader, sums, forms);
}

/* ---- checking ---- */

/* What no events could have made. */
static const char *
check_sums(const WeekSums *sums)
{
	uint64_t	weight = 0;

	for (int hour = 0; hour < WEEK_HOURS; hour++)
	{
		if (sums->hours[hour].weight > MAX_WEIGHT - weight)
			return "its number of events is out of range";
		weight += sums->hours[hour].weight;
	}
	if (weight % EVENT_WEIGHT != 0)
		return "its weights do not sum to whole events";
	if (harm_of_all(sums) % EVENT_WEIGHT != 0)
		return "its harm is not that of whole events";
	return NULL;
}

const char *
week_flat_check(const uint8_t *body, size_t size)
{
	Reader		reader = {body, size, false};
	WeekSums	sums;
	ColumnForm	forms[COLUMNS];
	const char *problem = read_body(&reader, &sums, forms);

	/* What is not there is read as zeros, which may look wrong too. */
	if (reader.short_of)
		return "it is too short";
	if (problem != NULL)
		return problem;
	if (reader.left > 0)
		return "it is too long";
	for (Column column = 0; column < COLUMNS; column++)
	{
		ColumnForm	form = column_form(&sums, column);

		if (form.zeros != forms[column].zeros || form.width != forms[column].width)
			return "its numbers are not written in the shortest way";
	}
	return check_sums(&sums);
}
