/*
 * displacement.h
 *	  SQL type displacement: events and harm before and after, in the treated
 *	  area, in the buffer around it, and in the controls of both.
 */
#ifndef HOTSPOT_DISPLACEMENT_H
#define HOTSPOT_DISPLACEMENT_H

#include "postgres.h"

#include "base/summary.h"
#include "testing/displacement_flat.h"

extern const SummaryKind displacement_kind;

/* The names of the areas, as SQL gives them, then NULL. */
extern const char *const displacement_areas[];

/* Read argument argno, which is not NULL. */
extern void displacement_view(FunctionCallInfo fcinfo, int argno, DisplacementCells *cells);

#endif							/* HOTSPOT_DISPLACEMENT_H */
