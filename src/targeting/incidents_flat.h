/*
 * incidents_flat.h
 *	  The flat form of incidents: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  4		SRID, -1 while no event was kept
 *	  24	events skipped, by reason
 *	  ...	events: time, x and y, 8 bytes each
 *
 * Events stand in the order of event_compare(), and no zero has a sign: the same
 * events have just one flat form.
 */
#ifndef HOTSPOT_INCIDENTS_FLAT_H
#define HOTSPOT_INCIDENTS_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/geometry.h"
#include "base/times.h"

/* What happened at one time and place. */
typedef struct Event
{
	int64_t		at;				/* microseconds since 2000-01-01 UTC */
	double		x;
	double		y;
} Event;

/* Order by time, x and y. */
static inline int
event_compare(const Event *a, const Event *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->x != b->x)
		return a->x < b->x ? -1 : 1;
	return (a->y > b->y) - (a->y < b->y);
}

#define EVENT_SIZE 24

static inline void
event_get(const uint8_t *bytes, Event *event)
{
	event->at = (int64_t) bytes_get_word(bytes);
	event->x = bytes_get_double(bytes + 8);
	event->y = bytes_get_double(bytes + 16);
}

static inline void
event_put(uint8_t *bytes, const Event *event)
{
	bytes_put_word(bytes, (uint64_t) event->at);
	bytes_put_double(bytes + 8, event->x);
	bytes_put_double(bytes + 16, event->y);
}

/* Why an event was left out. */
typedef enum IncidentsSkip
{
	INCIDENTS_SKIP_GEOMETRY,	/* NULL or empty */
	INCIDENTS_SKIP_COORDINATES, /* NaN, infinite or beyond PLANE_MAX_COORDINATE */
	INCIDENTS_SKIP_TIME			/* NULL or infinite */
} IncidentsSkip;

#define INCIDENTS_SKIPS 3

/* Events skipped for one reason; so many that the sum is a bigint. */
#define INCIDENTS_MAX_SKIPPED ((uint64_t) INT64_MAX / INCIDENTS_SKIPS)

/* What incidents hold beside the events. */
typedef struct IncidentsHead
{
	int32_t		srid;			/* -1 = none seen */
	uint64_t	skipped[INCIDENTS_SKIPS];
} IncidentsHead;

#define INCIDENTS_NO_SRID (-1)

/* Bytes in front of the events. */
#define INCIDENTS_HEAD_SIZE (4 + 8 * INCIDENTS_SKIPS)

/* Write all in front of the events; returns where they go. */
extern uint8_t *incidents_flat_write_head(uint8_t *body, const IncidentsHead *head);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *incidents_flat_check(const uint8_t *body, size_t size);

/* Read the head of a body that was checked; returns where its events are. */
extern const uint8_t *incidents_flat_read_head(IncidentsHead *head, const uint8_t *body);

/* How many events a body of that size has. */
static inline size_t
incidents_flat_events(size_t size)
{
	return (size - INCIDENTS_HEAD_SIZE) / EVENT_SIZE;
}

#endif							/* HOTSPOT_INCIDENTS_FLAT_H */
