/*
 * trial.h
 *	  SQL type trial: which places were treated on which days, and what came of it.
 *
 * A trial is a sum by place and day: neither the order of the rows nor how they
 * were shared out among processes shows in it.
 */
#ifndef HOTSPOT_TRIAL_H
#define HOTSPOT_TRIAL_H

#include "postgres.h"

#include "base/ids.h"
#include "base/summary.h"
#include "testing/trial_flat.h"

extern const SummaryKind trial_kind;

/* The expanded form; its insides are private to trial.c. */
typedef struct Trial
{
	Summary		summary;
	TrialHead	head;			/* less the numbers of places and cells */
	Ids			places;
	struct trialcells_hash *table;	/* of cells by place and day; NULL while there
									 * is none */
} Trial;

/* A new, empty trial as the function's result. */
extern Trial *trial_create(FunctionCallInfo fcinfo);

/* Add a row to the cell of its place and day; that of cell is not looked at. */
extern void trial_add(Trial *trial, IdKind kind, Id place, TrialDoses doses, TrialCell cell);

/* Count rows that were left out. */
extern void trial_skip(Trial *trial, TrialSkip reason, uint64 rows);

/*
 * A finite number as an amount, to the nearest; an error that names it, place and
 * day where it is out of range.
 */
extern Amount trial_amount(double number, const char *name, Id place, IdKind kind, int32 day);

/* A place and a day, for messages. */
extern char *trial_place_day(Id place, IdKind kind, int32 day);

/*
 * Read a trial that is not NULL: places and cells in order.  An expanded one is
 * not changed.
 */
extern void trial_view(Datum datum, TrialRows *view);

#endif							/* HOTSPOT_TRIAL_H */
