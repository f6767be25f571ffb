/*
 * patrol.h
 *	  SQL type patrol: who was in one zone, and when.
 *
 * A patrol is a multiset of visits: neither the order of the rows nor how they
 * were shared out among processes shows in it.
 */
#ifndef HOTSPOT_PATROL_H
#define HOTSPOT_PATROL_H

#include "postgres.h"

#include "base/ids.h"
#include "base/summary.h"
#include "tracking/patrol_flat.h"

extern const SummaryKind patrol_kind;

/* The expanded form; its insides are private to patrol.c. */
typedef struct Patrol
{
	Summary		summary;
	Ids			units;
	PatrolRows	rows;			/* in the order they came; the units are above */
	size_t		rows_room;
	size_t		spans_room;
} Patrol;

/* A new, empty patrol as the function's result. */
extern Patrol *patrol_create(FunctionCallInfo fcinfo);

/* The number of a unit, which is added if it is new. */
extern uint32 patrol_unit(Patrol *patrol, IdKind kind, Id unit);

/* Add a row; its spans are copied. */
extern void patrol_add(Patrol *patrol, PatrolRow row, const Span *spans);

/* Count rows that were left out. */
extern void patrol_skip(Patrol *patrol, PatrolSkip reason, uint64 rows);

/*
 * Read argument argno: its units and rows in order.  NULL reads as a patrol
 * without rows.  An expanded one is not changed.
 */
extern void patrol_view(FunctionCallInfo fcinfo, int argno, PatrolRows *view);

#endif							/* HOTSPOT_PATROL_H */
