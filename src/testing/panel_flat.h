/*
 * panel_flat.h
 *	  The flat form of a panel: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  1		what the ids of places are: PanelIds
 *	  1		and those of clusters; IDS_NONE where there are no clusters
 *	  32	rows skipped, by reason
 *	  4		number of periods
 *	  4		number of places
 *	  1		exponent: outcomes are in units of 10^(exponent - 12)
 *	  1		width of an outcome in bytes
 *	  ...	periods: 4 bytes each
 *	  ...	places: length of the id (4), id, first treated period (4, 0 = never),
 *			and where there are clusters length and id of that
 *	  ...	outcomes: of each place in turn, one a period, of that width; zigzag
 *
 * Periods ascend, and so do places bytewise.  The exponent, at most 12, is the
 * largest and the width the smallest that serve all outcomes.  Each panel has
 * just one flat form.
 */
#ifndef HOTSPOT_PANEL_FLAT_H
#define HOTSPOT_PANEL_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/exact.h"
#include "base/id_bytes.h"

/* An outcome in units of 10^-12. */
typedef Exact Outcome;

#define OUTCOME_DIGITS 12
#define OUTCOME_UNIT ((double) EXACT_TRILLION)

/* Why a row was left out. */
typedef enum PanelSkip
{
	PANEL_SKIP_PLACE,			/* NULL, and so on */
	PANEL_SKIP_PERIOD,
	PANEL_SKIP_OUTCOME,
	PANEL_SKIP_CLUSTER
} PanelSkip;

#define PANEL_SKIPS 4
#define PANEL_MAX_SKIPPED ((UINT64_C(1) << 61) - 1)

/* More than ten years of days. */
#define PANEL_MAX_PERIODS 4000

#define PANEL_NEVER 0			/* as the first treated period */

/* What a panel holds beside its places. */
typedef struct PanelHead
{
	uint8_t		place_ids;
	uint8_t		cluster_ids;
	uint64_t	skipped[PANEL_SKIPS];
	uint32_t	nperiods;
	uint32_t	nplaces;
} PanelHead;

/* Outcomes by column; those of columns that are not there are 0. */
typedef struct PanelCells
{
	void	   *values;			/* int64_t, or Outcome where it is wide */
	uint32_t	ncolumns;
	bool		wide;
} PanelCells;

typedef struct PanelPlace
{
	const uint8_t *id;
	const uint8_t *cluster_id;
	uint32_t	length;
	uint32_t	cluster_length;
	int32_t		treated_from;
	PanelCells	cells;
} PanelPlace;

/* A whole panel, in order. */
typedef struct PanelRows
{
	PanelHead	head;
	int32_t    *periods;
	uint32_t   *columns;		/* of each period in the cells */
	PanelPlace *places;
} PanelRows;

/* How outcomes are written. */
typedef struct PanelForm
{
	int			exponent;
	int			width;
} PanelForm;

static inline Outcome
panel_cell(const PanelCells *cells, uint32_t column)
{
	if (column >= cells->ncolumns)
		return 0;
	return cells->wide ? ((const Outcome *) cells->values)[column] :
		((const int64_t *) cells->values)[column];
}

/* How to write a panel, and how long its body is then. */
extern PanelForm panel_flat_form(const PanelRows *panel);
extern size_t panel_flat_size(const PanelRows *panel, PanelForm form);

/* Write a body of that size. */
extern void panel_flat_write(const PanelRows *panel, PanelForm form, uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *panel_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked: first the head, then the rest. */
extern void panel_flat_open(PanelHead *head, PanelForm *form, const uint8_t *body);

/*
 * Fill the arrays, which have room for as many as the head says: periods, places,
 * and outcomes, to which the cells of the places will point: int64_t if the form
 * is narrow, else Outcome.  Where the width is 0, so are all outcomes, and there
 * need be no room for them.  Ids stay where they are in the body.
 */
extern bool panel_flat_narrow(PanelForm form);
extern void panel_flat_read(PanelRows *panel, PanelForm form, void *outcomes,
							const uint8_t *body);

#endif							/* HOTSPOT_PANEL_FLAT_H */
