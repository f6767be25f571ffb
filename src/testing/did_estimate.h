/*
 * did_estimate.h
 *	  Difference in differences of four means.
 *
 * Pure maths.  All outcomes are in the unit they were given in.
 */
#ifndef HOTSPOT_DID_ESTIMATE_H
#define HOTSPOT_DID_ESTIMATE_H

#include "testing/did_flat.h"

/* (treated after - before) - (control after - before); each cell has a row. */
extern double did_estimate(const DidCell cells[2][2]);

/*
 * What a place adds to the error of the estimate: the sum of the influences of
 * its rows, where the cells are those of all places.
 */
extern double did_influence(const DidPlace *place, const DidCell cells[2][2]);

/*
 * The variance of the estimate where all rows are independent and vary alike, as
 * ordinary least squares has it; there are more rows than cells.
 */
extern double did_variance(const DidCells *cells);

#endif							/* HOTSPOT_DID_ESTIMATE_H */
