/*
 * incidents_flat.c
 *	  The flat form of incidents: see incidents_flat.h.
 */
#include "targeting/incidents_flat.h"

#include <math.h>
#include <stdbool.h>

uint8_t *
incidents_flat_write_head(uint8_t *body, const IncidentsHead *head)
{
	bytes_put(body, 4, (uint32_t) head->srid);
	for (int k = 0; k < INCIDENTS_SKIPS; k++)
		bytes_put_word(body + 4 + 8 * k, head->skipped[k]);
	return body + INCIDENTS_HEAD_SIZE;
}

const uint8_t *
incidents_flat_read_head(IncidentsHead *head, const uint8_t *body)
{
	head->srid = (int32_t) bytes_get(body, 4);
	for (int k = 0; k < INCIDENTS_SKIPS; k++)
		head->skipped[k] = bytes_get_word(body + 4 + 8 * k);
	return body + INCIDENTS_HEAD_SIZE;
}

/* ---- checking ---- */

static const char *
check_head(const IncidentsHead *head, size_t nevents)
{
	if (head->srid < INCIDENTS_NO_SRID || head->srid > GEOMETRY_SRID_MAX)
		return "its SRID is out of range";
	if (head->srid == INCIDENTS_NO_SRID && nevents > 0)
		return "it has events but no SRID";
	if (head->srid != INCIDENTS_NO_SRID && nevents == 0)
		return "it has an SRID but no event";
	for (int k = 0; k < INCIDENTS_SKIPS; k++)
		if (head->skipped[k] > INCIDENTS_MAX_SKIPPED)
			return "its number of skipped events is out of range";
	return NULL;
}

/* In range, and no zero with a sign, which would compare like one without. */
static inline bool
is_coordinate(double value)
{
	return fabs(value) <= PLANE_MAX_COORDINATE && !(value == 0 && signbit(value));
}

const char *
incidents_flat_check(const uint8_t *body, size_t size)
{
	IncidentsHead head;
	const uint8_t *next;
	const char *problem;
	size_t		nevents;
	Event		before = {0};

	if (size < INCIDENTS_HEAD_SIZE)
		return "it is too short";
	if ((size - INCIDENTS_HEAD_SIZE) % EVENT_SIZE != 0)
		return "its length is not that of whole events";
	nevents = incidents_flat_events(size);
	next = incidents_flat_read_head(&head, body);
	problem = check_head(&head, nevents);
	if (problem != NULL)
		return problem;

	for (size_t n = 0; n < nevents; n++, next += EVENT_SIZE)
	{
		Event		event;

		event_get(next, &event);
		if (event.at < TIME_MIN || event.at >= TIME_END)
			return "a time is out of range";
		if (!is_coordinate(event.x) || !is_coordinate(event.y))
			return "a coordinate is out of range";
		if (n > 0 && event_compare(&before, &event) > 0)
			return "its events are out of order";
		before = event;
	}
	return NULL;
}
