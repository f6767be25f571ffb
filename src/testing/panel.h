/*
 * panel.h
 *	  SQL type panel: the outcomes of places by period, and when each place was
 *	  first treated.
 *
 * A panel is sums in fixed point: neither the order of the rows nor how they
 * were shared out among processes shows in it.
 */
#ifndef HOTSPOT_PANEL_H
#define HOTSPOT_PANEL_H

#include "postgres.h"

#include "base/ids.h"
#include "base/summary.h"
#include "testing/panel_flat.h"

extern const SummaryKind panel_kind;

/* Outcomes of places by period, zeros too: 2 GB while they fit in 64 bits. */
#define PANEL_MAX_CELLS (UINT64_C(1) << 28)

/* A place of the expanded form; it has the number of its id. */
typedef struct Place
{
	PanelCells	cells;
	int32		treated_from;
	uint32		cluster;
} Place;

/* The expanded form; its insides are private to panel.c. */
typedef struct Panel
{
	Summary		summary;
	uint64		skipped[PANEL_SKIPS];
	Ids			places;
	Ids			clusters;		/* kind IDS_NONE where there are none */
	size_t		room;
	Place	   *place;
	uint64		ncells;			/* there is room for, in all places */
	uint32		nperiods;
	uint32		periods_room;
	int32	   *periods;		/* by column, as they came */
	struct periodtable_hash *columns;	/* by period */
	uint32		last_place;		/* of the row before */
	uint32		last_column;
	struct PanelQueue *queue;	/* outcomes on their way; NULL while there are few places */
	PanelForm	form;			/* found by measuring */
} Panel;

/* What a row says of its place. */
typedef struct PanelRow
{
	Id			place;
	Id			cluster;		/* if there are clusters */
	int32		period;
	int32		treated_from;
	Outcome		outcome;
} PanelRow;

/* A new, empty panel as the function's result. */
extern Panel *panel_create(FunctionCallInfo fcinfo);

/* Add a row, with ids of these kinds. */
extern void panel_add(Panel *panel, IdKind places, IdKind clusters, const PanelRow *row);

/* Count rows that were left out. */
extern void panel_skip(Panel *panel, PanelSkip reason, uint64 rows);

/* Bring sums up to date. */
extern void panel_settle(Panel *panel);

/*
 * All of a panel: of a flat one, in order; of an expanded one as it came, or in
 * order.  Ids and outcomes of an expanded one are its own.
 */
extern void panel_view_flat(const uint8 *body, PanelRows *view);
extern void panel_view_as_is(Panel *panel, PanelRows *view);
extern void panel_view_in_order(Panel *panel, PanelRows *view);

/* Read argument argno, which is not NULL, in order.  It is not changed. */
extern void panel_view(FunctionCallInfo fcinfo, int argno, PanelRows *view);

/* An id of a view, for messages. */
extern char *panel_place_text(const PanelRows *view, uint32 n);

#endif							/* HOTSPOT_PANEL_H */
