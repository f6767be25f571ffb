/*
 * quality.c
 *	  SQL type quality_counts: see quality.h.
 */
#include "base/compat.h"

#include "base/append.h"
#include "base/hash.h"
#include "base/prefetch.h"
#include "base/zone_name.h"
#include "miscadmin.h"
#include "targeting/quality.h"
#include "utils/memutils.h"

/* ---- the tables of points ---- */

static inline uint32
hash_point(GeometryPoint at)
{
	uint64		x;
	uint64		y;

	memcpy(&x, &at.x, sizeof(x));
	memcpy(&y, &at.y, sizeof(y));
	return (uint32) hash_mix64(hash_mix64(x) + y);
}

/* A point is its own entry. */
#define SH_PREFIX points
#define SH_ELEMENT_TYPE QualityPoint
#define SH_KEY_TYPE GeometryPoint
#define SH_KEY at
#define SH_HASH_KEY(table, key) hash_point(key)
#define SH_EQUAL(table, a, b) ((a).x == (b).x && (a).y == (b).y)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* As in surface.c: a row asks for its place in a large table, and is put there later. */
#define QUEUE_LENGTH 16
#define QUEUE_FROM 4096			/* points: some 200 kB */

typedef struct Queued
{
	int			system;
	uint32		hash;
	GeometryPoint at;
} Queued;

typedef struct QualityQueue
{
	int			length;
	Queued		events[QUEUE_LENGTH];
} QualityQueue;

#define POINTS_AT_FIRST 7
#define MAX_POINTS (UINT32_C(1) << 31)

/* The points of a reference system, of which there are few. */
static QualityPoints *
points_of(Quality *quality, int32 srid, uint32 npoints)
{
	MemoryContext context = quality->summary.header.eoh_context;
	MemoryContext caller;

	for (int k = quality->nsystems - 1; k >= 0; k--)
		if (likely(quality->systems[k].srid == srid))
			return &quality->systems[k];

	if (quality->nsystems == QUALITY_MAX_SYSTEMS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("the points have more than %d different SRIDs", QUALITY_MAX_SYSTEMS),
				 errhint("Look at them with SELECT ST_SRID(geom), count(*) FROM ... GROUP BY 1.")));
	caller = MemoryContextSwitchTo(context);
	APPEND(quality->systems, quality->nsystems, quality->systems_size,
		   (QualityPoints) {srid, points_create(context, Max(npoints, POINTS_AT_FIRST), NULL)});
	MemoryContextSwitchTo(caller);
	return &quality->systems[quality->nsystems - 1];
}

/* Each row has a place, or a reason why not; no other count can be larger. */
static inline void
add_rows(Quality *quality, uint64 rows)
{
	if (unlikely(rows > QUALITY_MAX_ROWS - quality->rows))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of rows is out of range")));
	quality->rows += rows;
}

void
quality_count(Quality *quality, QualityCount count, uint64 rows)
{
	if (count <= QUALITY_NOT_FINITE)
		add_rows(quality, rows);
	quality->counts[count] += rows;
}

/* Add events at a point; returns its entry, and whether that is new. */
static inline QualityPoint *
put_events(QualityPoints *system, GeometryPoint at, uint32 hash, uint64 events, bool *added)
{
	QualityPoint *point = points_lookup_hash(system->points, at, hash);

	*added = point == NULL;
	if (point == NULL)
	{
		bool		found;

		if (system->points->members == MAX_POINTS)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg("there are more than %u different points", MAX_POINTS),
					 errhint("Check fewer rows at a time, for example by year.")));
		point = points_insert_hash(system->points, at, hash, &found);
		point->events = 0;
		point->outside = 0;
	}
	point->events += events;
	return point;
}

static inline void
put_now(Quality *quality, Queued event)
{
	QualityPoints *system = &quality->systems[event.system];
	bool		added;
	QualityPoint *point = put_events(system, event.at, event.hash, 1, &added);

	if (added && quality->prepared != NULL && quality->area_srid == system->srid)
		point->outside = !area_holds(quality->prepared, event.at);
}

/* Bring the tables up to date; readers may, too. */
static void
settle(Quality *quality)
{
	QualityQueue *queue = quality->queue;

	if (queue == NULL)
		return;
	for (; queue->length > 0; queue->length--)
		put_now(quality, queue->events[queue->length - 1]);
}

void
quality_put(Quality *quality, int32 srid, GeometryPoint at)
{
	GeometryPoint place = {at.x + 0.0, at.y + 0.0};	/* one zero for both */
	QualityPoints *system = points_of(quality, srid, 0);
	Queued		event = {(int) (system - quality->systems), hash_point(place), place};
	QualityQueue *queue = quality->queue;

	add_rows(quality, 1);
	if (queue == NULL)
	{
		put_now(quality, event);
		if (unlikely(system->points->members == QUEUE_FROM))
			quality->queue = MemoryContextAllocZero(quality->summary.header.eoh_context,
													sizeof(QualityQueue));
		return;
	}
	if (queue->length == QUEUE_LENGTH)
		settle(quality);
	prefetch(&system->points->data[event.hash & system->points->sizemask]);
	queue->events[queue->length++] = event;
}

/* ---- what all rows have in common ---- */

void
quality_use_area(Quality *quality, uint64 area, int32 srid)
{
	if (quality->area_is_known && quality->area != area)
	{
		if (area == 0 || quality->area == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("argument \"%s\" is NULL in some rows and an area in others", "area"),
					 errhint("Give every row the same area, or none.")));
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" has different values: areas that hash to %016llx and %016llx",
						"area", (unsigned long long) quality->area, (unsigned long long) area),
				 errhint("Give every row the same area; to check several, GROUP BY area.")));
	}
	quality->area_is_known = true;
	quality->area = area;
	quality->area_srid = srid;
}

void
quality_use_tz(Quality *quality, const char *tz, Size length)
{
	if (quality->tz == NULL)
	{
		Assert(zone_name_is_plain(tz, length));
		quality->tz = MemoryContextAlloc(quality->summary.header.eoh_context, length + 1);
		memcpy(quality->tz, tz, length);
		quality->tz[length] = '\0';
	}
	else if (strlen(quality->tz) != length || memcmp(quality->tz, tz, length) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" has different values: \"%s\" and \"%s\"",
						"tz", quality->tz, pnstrdup(tz, length)),
				 errhint("Give every row the same time zone; to check several, GROUP BY them.")));
}

/* ---- reading ---- */

static void
head_of(const Quality *quality, QualityHead *head)
{
	memcpy(head->counts, quality->counts, sizeof(head->counts));
	head->area = quality->area;
	head->area_srid = quality->area_srid;
	head->tz = quality->tz;
	head->tz_length = quality->tz == NULL ? 0 : (uint8) strlen(quality->tz);
	head->nsystems = (uint8) quality->nsystems;
	head->width = 0;
	for (int k = 0; k < quality->nsystems; k++)
		head->systems[k] = (QualitySystem) {
			quality->systems[k].srid, quality->systems[k].points->members
		};
}

void
quality_head(Datum datum, QualityHead *head)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(datum, &quality_kind, &body, &size);

	if (summary == NULL)
		quality_head_read(head, body);
	else
	{
		settle((Quality *) summary);
		head_of((Quality *) summary, head);
	}
}

static void
visit_expanded(Quality *quality, QualityVisit visit, void *visitor)
{
	settle(quality);
	for (int k = 0; k < quality->nsystems; k++)
	{
		points_iterator iterator;
		QualityPoint *point;

		points_start_iterate(quality->systems[k].points, &iterator);
		while ((point = points_iterate(quality->systems[k].points, &iterator)) != NULL)
		{
			CHECK_FOR_INTERRUPTS();
			visit(k, point, visitor);
		}
	}
}

static void
visit_flat(const uint8 *body, QualityVisit visit, void *visitor)
{
	QualityHead head;

	body = quality_head_read(&head, body);
	for (int k = 0; k < head.nsystems; k++)
		for (uint32 n = 0; n < head.systems[k].npoints; n++)
		{
			QualityPoint point;

			CHECK_FOR_INTERRUPTS();
			body = quality_point_read(&head, &point, body);
			visit(k, &point, visitor);
		}
}

void
quality_visit(Datum datum, QualityVisit visit, void *visitor)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(datum, &quality_kind, &body, &size);

	if (summary != NULL)
		visit_expanded((Quality *) summary, visit, visitor);
	else
		visit_flat(body, visit, visitor);
}

/* ---- the summary kind ---- */

static void
absorb_head(Quality *quality, const QualityHead *other)
{
	for (int k = 0; k < QUALITY_COUNTS; k++)
		quality_count(quality, (QualityCount) k, other->counts[k]);
	quality_use_area(quality, other->area, other->area_srid);
	if (other->tz_length > 0)
		quality_use_tz(quality, other->tz, other->tz_length);
}

/* Points of another state go where those of the same reference system are. */
typedef struct Absorber
{
	Quality    *quality;
	const QualityHead *head;	/* of the other */
} Absorber;

static void
absorb_point(int k, const QualityPoint *other, void *visitor)
{
	Absorber   *absorber = visitor;
	QualitySystem system = absorber->head->systems[k];
	bool		added;
	QualityPoint *point = put_events(points_of(absorber->quality, system.srid, system.npoints),
									 other->at, hash_point(other->at), other->events, &added);

	add_rows(absorber->quality, other->events);
	point->outside = other->outside;
}

static void
quality_absorb(Summary *summary, Summary *other)
{
	QualityHead head;
	Absorber	absorber = {(Quality *) summary, &head};

	settle((Quality *) other);
	head_of((Quality *) other, &head);
	absorb_head(absorber.quality, &head);
	visit_expanded((Quality *) other, absorb_point, &absorber);
}

static void
quality_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	QualityHead head;
	Absorber	absorber = {(Quality *) summary, &head};

	quality_head_read(&head, body);
	absorb_head(absorber.quality, &head);
	visit_flat(body, absorb_point, &absorber);
}

#define ST_SORT sort_points
#define ST_ELEMENT_TYPE QualityPoint
#define ST_COMPARE(a, b) quality_compare_points(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static int
compare_systems(const void *a, const void *b)
{
	int32		one = ((const QualityPoints *) a)->srid;
	int32		other = ((const QualityPoints *) b)->srid;

	return (one > other) - (one < other);
}

static void
find_largest(int k, const QualityPoint *point, void *visitor)
{
	uint64	   *largest = visitor;

	*largest = Max(*largest, point->events);
}

/* The head of the flat form. */
static void
flat_head(Quality *quality, QualityHead *head)
{
	uint64		largest = 0;

	/* Their order is of no account to anybody else. */
	settle(quality);
	qsort(quality->systems, (size_t) quality->nsystems, sizeof(QualityPoints), compare_systems);
	head_of(quality, head);
	visit_expanded(quality, find_largest, &largest);
	head->width = quality_width(largest);
}

static Size
quality_measure(Summary *summary)
{
	QualityHead head;

	flat_head((Quality *) summary, &head);
	return quality_flat_size(&head);
}

static void
copy_point(int k, const QualityPoint *point, void *visitor)
{
	QualityPoint **next = visitor;

	*(*next)++ = *point;
}

static void
quality_flatten(Summary *summary, uint8 *body, Size size)
{
	QualityHead head;
	Size		npoints = 0;
	QualityPoint *points;
	QualityPoint *next;

	flat_head((Quality *) summary, &head);
	for (int k = 0; k < head.nsystems; k++)
		npoints += head.systems[k].npoints;
	next = points = MemoryContextAllocHuge(CurrentMemoryContext,
										   Max(npoints, 1) * sizeof(QualityPoint));
	visit_expanded((Quality *) summary, copy_point, &next);

	body = quality_head_write(&head, body);
	for (int k = 0; k < head.nsystems; k++)
	{
		sort_points(points, head.systems[k].npoints);
		for (uint32 n = 0; n < head.systems[k].npoints; n++)
			body = quality_point_write(&head, points++, body);
	}
}

const SummaryKind quality_kind = {
	.type_name = "quality_counts",
	.version = 1,
	.code = 'q',
	.struct_size = sizeof(Quality),
	.check = quality_flat_check,
	.absorb = quality_absorb,
	.absorb_flat = quality_absorb_flat,
	.measure = quality_measure,
	.flatten = quality_flatten
};

SUMMARY_FUNCTIONS(quality_counts, &quality_kind);
