/*
 * did_rows.h
 *	  What the two kinds of the aggregate did() share.
 */
#ifndef HOTSPOT_DID_ROWS_H
#define HOTSPOT_DID_ROWS_H

#include "postgres.h"

#include "base/summary.h"
#include "lib/stringinfo.h"
#include "testing/did_flat.h"

/* The aggregate takes no level. */
#define DID_CONF_LEVEL 0.95

/* Where the standard error is 0. */
#define DID_NO_VARIATION "no variation about the means, so that there is nothing to judge by"

/* An outcome in units of DID_SCALE; false where it is not finite or too large. */
extern bool did_outcome(double outcome, Exact *units);

/* Raise an error for such a one, which names the place if it is not NULL. */
pg_noreturn extern void did_wrong_outcome(double outcome, const char *place);

/* Add to a number of rows and to a cell; beyond the range is an error. */
extern void did_add_rows(uint64 *rows, uint64 more);
extern void did_add_cell(DidCell *cell, DidCell more);

/*
 * Whether all four cells have rows; of those that have none the note speaks, and
 * of rows that were skipped.
 */
extern bool did_is_complete(const DidCell cells[2][2], uint64 skipped, StringInfo note);

/* The number of all rows. */
extern int64 did_rows(const DidCell cells[2][2]);

#endif							/* HOTSPOT_DID_ROWS_H */
