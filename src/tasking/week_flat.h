/*
 * week_flat.h
 *	  What a week holds, and its flat form: the bytes behind the summary's prefix.
 *
 * Pure C over bytes.  All numbers are little-endian:
 *
 *	  1		length of the time zone's name
 *	  ...	its name
 *	  1		width in bytes of a number of events skipped, 0 where there are none
 *	  ...	events skipped, by reason
 *	  1		days that have a weight: bit 0 is Monday
 *	  ...	for each of those, hours that have one: bit 0 is 00:00 (3)
 *	  4		weights: decimal zeros that all end in, width in bytes of one without
 *			them (1 each), harm likewise
 *	  ...	weights of these hours
 *	  ...	harm of these hours
 *
 * As few bytes and as many zeros as can be are left out: each week has just one
 * flat form.
 */
#ifndef HOTSPOT_WEEK_FLAT_H
#define HOTSPOT_WEEK_FLAT_H

#include <stddef.h>
#include <stdint.h>

#include "base/exact.h"
#include "tasking/aoristic.h"

/* Why an event was left out. */
typedef enum WeekSkip
{
	WEEK_SKIP_START,			/* NULL or infinite */
	WEEK_SKIP_FINISH,			/* infinite */
	WEEK_SKIP_HARM,				/* NULL */
	WEEK_SKIPS
} WeekSkip;

#define WEEK_MAX_SKIPPED ((UINT64_C(1) << 60) - 1)

/* So that the weight of all fits 63 bits, and with any harm of an event 126. */
#define WEEK_MAX_EVENTS ((uint64_t) (INT64_MAX / EVENT_WEIGHT))

/* Of 10^-15: an event's harm in millionths by its weight. */
#define WEEK_HARM_SCALE 1e15

typedef struct WeekHour
{
	uint64_t	weight;			/* of EVENT_WEIGHT */
	Exact		harm;			/* 0 where the weight is */
} WeekHour;

/* A whole week. */
typedef struct WeekSums
{
	const char *zone;			/* name, without a zero at its end */
	size_t		zone_length;
	uint64_t	skipped[WEEK_SKIPS];
	WeekHour	hours[WEEK_HOURS];
} WeekSums;

/* The weight of all events. */
extern uint64_t week_weight(const WeekSums *sums);

/* Harm of all events, in millionths. */
extern Exact week_harm_millionths(const WeekSums *sums);

extern size_t week_flat_size(const WeekSums *sums);
extern void week_flat_write(const WeekSums *sums, uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *week_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked; the name stays where it is in the body. */
extern void week_flat_read(WeekSums *sums, const uint8_t *body);

#endif							/* HOTSPOT_WEEK_FLAT_H */
