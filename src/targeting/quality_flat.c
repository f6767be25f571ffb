/*
 * quality_flat.c
 *	  The flat form of quality_counts: see quality_flat.h.
 */
#include "targeting/quality_flat.h"

#include <math.h>

#include "base/bytes.h"
#include "base/zone_name.h"

#define COUNTS_SIZE (8 * QUALITY_COUNTS)
#define AREA_SIZE (8 + 4)
#define SYSTEM_SIZE (4 + 4)
#define COORDINATES_SIZE (8 + 8)

/* Twice the events and 1 if outside. */
static uint64_t
packed(const QualityPoint *point)
{
	return (uint64_t) point->events << 1 | point->outside;
}

uint8_t
quality_width(uint64_t events_max)
{
	return (uint8_t) bytes_width(events_max << 1);
}

/* ---- writing ---- */

static size_t
point_size(const QualityHead *head)
{
	return COORDINATES_SIZE + (size_t) head->width;
}

size_t
quality_flat_size(const QualityHead *head)
{
	size_t		size = COUNTS_SIZE + AREA_SIZE + 1 + (size_t) head->tz_length + 2;

	for (int k = 0; k < head->nsystems; k++)
		size += SYSTEM_SIZE + head->systems[k].npoints * point_size(head);
	return size;
}

uint8_t *
quality_head_write(const QualityHead *head, uint8_t *next)
{
	for (int k = 0; k < QUALITY_COUNTS; k++, next += 8)
		bytes_put_word(next, head->counts[k]);
	bytes_put_word(next, head->area);
	bytes_put(next + 8, 4, (uint32_t) head->area_srid);
	next += AREA_SIZE;
	*next++ = head->tz_length;
	if (head->tz_length > 0)
		memcpy(next, head->tz, head->tz_length);
	next += head->tz_length;
	*next++ = head->nsystems;
	*next++ = head->width;
	for (int k = 0; k < head->nsystems; k++, next += SYSTEM_SIZE)
	{
		bytes_put(next, 4, (uint32_t) head->systems[k].srid);
		bytes_put(next + 4, 4, head->systems[k].npoints);
	}
	return next;
}

uint8_t *
quality_point_write(const QualityHead *head, const QualityPoint *point, uint8_t *next)
{
	bytes_put_double(next, point->at.x);
	bytes_put_double(next + 8, point->at.y);
	bytes_put(next + COORDINATES_SIZE, head->width, packed(point));
	return next + point_size(head);
}

/* ---- reading ---- */

const uint8_t *
quality_head_read(QualityHead *head, const uint8_t *next)
{
	for (int k = 0; k < QUALITY_COUNTS; k++, next += 8)
		head->counts[k] = bytes_get_word(next);
	head->area = bytes_get_word(next);
	head->area_srid = (int32_t) bytes_get(next + 8, 4);
	next += AREA_SIZE;
	head->tz_length = *next++;
	head->tz = (const char *) next;
	next += head->tz_length;
	head->nsystems = *next++;
	head->width = *next++;
	for (int k = 0; k < head->nsystems && k < QUALITY_MAX_SYSTEMS; k++, next += SYSTEM_SIZE)
	{
		head->systems[k].srid = (int32_t) bytes_get(next, 4);
		head->systems[k].npoints = (uint32_t) bytes_get(next + 4, 4);
	}
	return next;
}

const uint8_t *
quality_point_read(const QualityHead *head, QualityPoint *point, const uint8_t *next)
{
	uint64_t	both = bytes_get(next + COORDINATES_SIZE, head->width);

	*point = (QualityPoint) {
		.at = {bytes_get_double(next), bytes_get_double(next + 8)},
		.events = both >> 1,
		.outside = both & 1
	};
	return next + point_size(head);
}

/* ---- checking ---- */

/* Whether the head's own bytes are all there. */
static bool
head_fits(const uint8_t *body, size_t size)
{
	size_t		needed = COUNTS_SIZE + AREA_SIZE + 1;

	if (size < needed)
		return false;
	needed += (size_t) body[needed - 1] + 2;
	if (size < needed || body[needed - 2] > QUALITY_MAX_SYSTEMS)
		return false;
	return size >= needed + (size_t) body[needed - 2] * SYSTEM_SIZE;
}

static const char *
check_head(const QualityHead *head, size_t size)
{
	const size_t per_point = point_size(head);
	size_t		left = size;

	if (head->area == 0 ? head->area_srid != QUALITY_NO_AREA_SRID :
		head->area_srid < 0 || head->area_srid > GEOMETRY_SRID_MAX)
		return "the SRID of its area is out of range";
	if (head->tz_length > 0 && !zone_name_is_plain(head->tz, head->tz_length))
		return "its time zone has no name";
	if (head->width > 8)
		return "its numbers are too wide";
	for (int k = 0; k < head->nsystems; k++)
	{
		const QualitySystem *system = &head->systems[k];

		if (system->srid < 0 || system->srid > GEOMETRY_SRID_MAX)
			return "an SRID is out of range";
		if (k > 0 && system->srid <= head->systems[k - 1].srid)
			return "its SRIDs are out of order";
		if (system->npoints == 0)
			return "a reference system has no points";
		if (system->npoints > left / per_point)
			return "its length does not fit its number of points";
		left -= system->npoints * per_point;
	}
	return size != quality_flat_size(head) ? "its length does not fit its number of points" : NULL;
}

static bool
is_coordinate(double value)
{
	return isfinite(value) && !(value == 0 && signbit(value));
}

/* The points; *events is set to their events. */
static const char *
check_points(const QualityHead *head, const uint8_t *next, uint64_t *events)
{
	uint64_t	largest = 0;

	*events = 0;
	for (int k = 0; k < head->nsystems; k++)
	{
		QualityPoint before;

		for (uint32_t n = 0; n < head->systems[k].npoints; n++)
		{
			QualityPoint point;

			next = quality_point_read(head, &point, next);
			if (!is_coordinate(point.at.x) || !is_coordinate(point.at.y))
				return "a coordinate is out of range";
			if (n > 0 && quality_compare_points(&before, &point) >= 0)
				return "its points are out of order";
			if (point.events == 0 || bytes_get(next - head->width, head->width) >> 1 > QUALITY_MAX_ROWS)
				return "a number of events is out of range";
			if (point.outside && (head->area == 0 || head->systems[k].srid != head->area_srid))
				return "a point is outside of no area";
			*events += point.events;
			if (*events > QUALITY_MAX_ROWS)
				return "its number of rows is out of range";
			if (point.events > largest)
				largest = point.events;
			before = point;
		}
	}
	return head->width != quality_width(largest) ? "it is not in its shortest form" : NULL;
}

/* The counts, given how many rows have a point that is usable. */
static const char *
check_counts(const uint64_t *counts, uint64_t located)
{
	uint64_t	rows = located;

	for (int k = QUALITY_MISSING; k <= QUALITY_NOT_FINITE; k++)
	{
		if (counts[k] > QUALITY_MAX_ROWS - rows)
			return "its number of rows is out of range";
		rows += counts[k];
	}
	if (rows == 0)
		return "it has no rows";
	if (counts[QUALITY_TIMED] > rows ||
		counts[QUALITY_MIDNIGHT] > counts[QUALITY_TIMED] ||
		counts[QUALITY_FIRST_OF_MONTH] > counts[QUALITY_MIDNIGHT] ||
		counts[QUALITY_FUTURE] > counts[QUALITY_TIMED] ||
		counts[QUALITY_FINISHED] > counts[QUALITY_TIMED] ||
		counts[QUALITY_REVERSED] > counts[QUALITY_FINISHED])
		return "its counts of times do not fit each other";
	return NULL;
}

const char *
quality_flat_check(const uint8_t *body, size_t size)
{
	QualityHead head;
	const uint8_t *points;
	const char *problem;
	uint64_t	located;

	if (!head_fits(body, size))
		return "it is too short";
	points = quality_head_read(&head, body);
	problem = check_head(&head, size);
	if (problem == NULL)
		problem = check_points(&head, points, &located);
	if (problem == NULL)
		problem = check_counts(head.counts, located);
	if (problem == NULL && head.counts[QUALITY_TIMED] > 0 && head.tz_length == 0)
		problem = "it has times but no time zone";
	return problem;
}
