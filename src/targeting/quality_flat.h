/*
 * quality_flat.h
 *	  The flat form of quality_counts: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes.  All numbers are little-endian:
 *
 *	  80	counts, by QualityCount
 *	  8		what the area is known by, 0 for none
 *	  4		its SRID, -1 for none
 *	  1		length of the name of the time zone, 0 for none
 *	  ...	the name
 *	  1		number of reference systems
 *	  1		bytes of an event count
 *	  4, 4	of each system: SRID, number of points; in ascending order of SRIDs
 *	  ...	of each system its points: x, y, twice the events and 1 if outside
 *
 * Points ascend by x and y, and differ.  Each state has just one flat form.
 */
#ifndef HOTSPOT_QUALITY_FLAT_H
#define HOTSPOT_QUALITY_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/geometry.h"

/* Rows by what is known of them.  Of a place that is usable the points tell. */
typedef enum QualityCount
{
	QUALITY_MISSING,			/* no geometry */
	QUALITY_EMPTY,
	QUALITY_NOT_A_POINT,
	QUALITY_NOT_FINITE,			/* NaN or infinite */
	QUALITY_TIMED,				/* start is given and finite; of these: */
	QUALITY_MIDNIGHT,
	QUALITY_FIRST_OF_MONTH,		/* midnight of such a day */
	QUALITY_FUTURE,
	QUALITY_FINISHED,			/* finish is given and finite too; of these: */
	QUALITY_REVERSED			/* finish before start */
} QualityCount;

#define QUALITY_COUNTS 10

/* So that sums of a few counts fit in an int64. */
#define QUALITY_MAX_ROWS ((UINT64_C(1) << 59) - 1)

/* More reference systems than any table of crimes has. */
#define QUALITY_MAX_SYSTEMS 64

#define QUALITY_NO_AREA_SRID (-1)

/* A point and its events; status belongs to the hash table of the expanded form. */
typedef struct QualityPoint
{
	GeometryPoint at;
	uint64_t	events:61;
	uint64_t	outside:1;		/* of the area */
	uint64_t	status:2;
} QualityPoint;

/* Below, at or above 0; coordinates are finite. */
static inline int
quality_compare_points(const QualityPoint *a, const QualityPoint *b)
{
	if (a->at.x != b->at.x)
		return a->at.x < b->at.x ? -1 : 1;
	return (a->at.y > b->at.y) - (a->at.y < b->at.y);
}

/* The points of a reference system. */
typedef struct QualitySystem
{
	int32_t		srid;
	uint32_t	npoints;
} QualitySystem;

/* What stands in front of the points. */
typedef struct QualityHead
{
	uint64_t	counts[QUALITY_COUNTS];
	uint64_t	area;
	int32_t		area_srid;
	uint8_t		tz_length;
	const char *tz;
	uint8_t		nsystems;
	uint8_t		width;			/* of an event count */
	QualitySystem systems[QUALITY_MAX_SYSTEMS];
} QualityHead;

/* The bytes of an event count where the largest number of events is this. */
extern uint8_t quality_width(uint64_t events_max);

extern size_t quality_flat_size(const QualityHead *head);

/* Write the head and a point; each returns where the next one begins. */
extern uint8_t *quality_head_write(const QualityHead *head, uint8_t *next);
extern uint8_t *quality_point_write(const QualityHead *head, const QualityPoint *point,
									uint8_t *next);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *quality_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked, from its beginning to its end. */
extern const uint8_t *quality_head_read(QualityHead *head, const uint8_t *next);
extern const uint8_t *quality_point_read(const QualityHead *head, QualityPoint *point,
										 const uint8_t *next);

#endif							/* HOTSPOT_QUALITY_FLAT_H */
