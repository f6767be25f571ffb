/*
 * quality.h
 *	  SQL type quality_counts: what is wrong with the rows of a crime table.
 *
 * Rows are counted by what is known of them, and events by their exact point, in
 * a hash table for each reference system.  An event is held against the area when
 * its point is seen for the first time.
 */
#ifndef HOTSPOT_QUALITY_H
#define HOTSPOT_QUALITY_H

#include "postgres.h"

#include "base/local_time.h"
#include "base/summary.h"
#include "targeting/area.h"
#include "targeting/quality_flat.h"

extern const SummaryKind quality_kind;

/* The points of a reference system, in the expanded form. */
typedef struct QualityPoints
{
	int32		srid;
	struct points_hash *points;
} QualityPoints;

/*
 * The area as the last row gave it, stored or not, so that the next is known to
 * give the same without reading it.
 */
typedef struct AreaGiven
{
	Size		size;			/* 0: none yet */
	char	   *bytes;
	const void *address;
	Size		next;			/* where to compare next */
} AreaGiven;

/* The expanded form. */
typedef struct Quality
{
	Summary		summary;
	uint64		counts[QUALITY_COUNTS];
	int			nsystems;
	int			systems_size;
	QualityPoints *systems;
	struct QualityQueue *queue; /* NULL while the tables are small */
	uint64		rows;
	bool		area_is_known;	/* to be none, or which */
	uint64		area;			/* 0 for none */
	int32		area_srid;
	char	   *tz;				/* NULL for none */

	/* what is made when a row needs it */
	Area	   *prepared;
	AreaGiven	given;
	LocalTime	local;
	Timestamp	now;			/* wall time in the zone */
} Quality;

/* Add rows to a count. */
extern void quality_count(Quality *quality, QualityCount count, uint64 rows);

/* Add an event at a point whose coordinates are finite. */
extern void quality_put(Quality *quality, int32 srid, GeometryPoint at);

/* Set what the rows have in common, or hold it against what is set. */
extern void quality_use_area(Quality *quality, uint64 area, int32 srid);
extern void quality_use_tz(Quality *quality, const char *tz, Size length);

/* What is shown of a state: a point of its reference system k, in no order. */
typedef void (*QualityVisit) (int k, const QualityPoint *point, void *visitor);

/* Read all but the points, then be shown these, as often as need be. */
extern void quality_head(Datum datum, QualityHead *head);
extern void quality_visit(Datum datum, QualityVisit visit, void *visitor);

#endif							/* HOTSPOT_QUALITY_H */
