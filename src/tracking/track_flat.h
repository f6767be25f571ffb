/*
 * track_flat.h
 *	  The flat form of a track: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  4		SRID, -1 while no fix was kept
 *	  32	fixes skipped, by reason
 *	  1		1 where fixes carry an accuracy, else 0
 *	  ...	fixes: time, x, y and, where they carry one, accuracy; 8 bytes each
 *
 * Fixes stand in the order of fix_compare().  Each track has just one flat
 * form: there is no negative zero, and the accuracy is not written when no fix
 * has one.
 */
#ifndef HOTSPOT_TRACK_FLAT_H
#define HOTSPOT_TRACK_FLAT_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/plane.h"
#include "tracking/spans.h"

/* ---- fixes ---- */

/* One fix: where a unit was at one time. */
typedef struct Fix
{
	int64_t		at;				/* microseconds since 2000-01-01 UTC */
	double		x;
	double		y;
	double		accuracy;		/* in the unit of x and y; INFINITY = not known */
} Fix;

/* Order by time, then accuracy (best first, unknown last), x and y. */
static inline int
fix_compare(const Fix *a, const Fix *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->accuracy != b->accuracy)
		return a->accuracy < b->accuracy ? -1 : 1;
	if (a->x != b->x)
		return a->x < b->x ? -1 : 1;
	return (a->y > b->y) - (a->y < b->y);
}

/* Bytes of a fix, which is its stride where fixes follow each other. */
#define FIX_SIZE 24
#define FIX_SIZE_ACCURACY 32

static inline void
fix_get(const uint8_t *bytes, size_t stride, Fix *fix)
{
	fix->at = (int64_t) bytes_get_word(bytes);
	fix->x = bytes_get_double(bytes + 8);
	fix->y = bytes_get_double(bytes + 16);
	fix->accuracy = stride == FIX_SIZE ? INFINITY : bytes_get_double(bytes + 24);
}

static inline void
fix_put(uint8_t *bytes, size_t stride, const Fix *fix)
{
	bytes_put_word(bytes, (uint64_t) fix->at);
	bytes_put_double(bytes + 8, fix->x);
	bytes_put_double(bytes + 16, fix->y);
	if (stride != FIX_SIZE)
		bytes_put_double(bytes + 24, fix->accuracy);
}

/* Fixes as they stand in a flat form, in order. */
typedef struct TrackFixes
{
	const uint8_t *bytes;		/* need not be aligned */
	size_t		nfixes;
	size_t		stride;			/* FIX_SIZE or FIX_SIZE_ACCURACY */
} TrackFixes;

/* Fix n, counted from 0. */
static inline void
track_fix(const TrackFixes *fixes, size_t n, Fix *fix)
{
	fix_get(fixes->bytes + n * fixes->stride, fixes->stride, fix);
}

/* ---- what stands before them ---- */

/* Why a fix was left out. */
typedef enum TrackSkip
{
	TRACK_SKIP_TIME,			/* NULL or infinite */
	TRACK_SKIP_GEOMETRY,		/* NULL or empty */
	TRACK_SKIP_COORDINATES,		/* NaN, infinite or beyond PLANE_MAX_COORDINATE */
	TRACK_SKIP_ACCURACY			/* NaN, infinite or negative */
} TrackSkip;

#define TRACK_SKIPS 4

/* Fixes skipped for one reason; so many that the sum is a bigint. */
#define TRACK_MAX_SKIPPED ((uint64_t) INT64_MAX / TRACK_SKIPS)

/* What a track holds beside its fixes. */
typedef struct TrackHead
{
	int32_t		srid;			/* -1 = none seen */
	uint64_t	skipped[TRACK_SKIPS];
} TrackHead;

#define TRACK_NO_SRID (-1)

/* Bytes in front of the fixes. */
#define TRACK_HEAD_SIZE (4 + 8 * TRACK_SKIPS + 1)

/* Write all in front of the fixes; returns where they go. */
extern uint8_t *track_flat_write_head(uint8_t *body, const TrackHead *head,
									  size_t stride);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *track_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked. */
extern void track_flat_open(TrackHead *head, TrackFixes *fixes, const uint8_t *body,
							size_t size);

#endif							/* HOTSPOT_TRACK_FLAT_H */
