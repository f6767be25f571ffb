/*
 * movement_arguments.h
 *	  MovementRules as arguments of SQL functions.
 */
#ifndef HOTSPOT_MOVEMENT_ARGUMENTS_H
#define HOTSPOT_MOVEMENT_ARGUMENTS_H

#include "postgres.h"

#include "fmgr.h"
#include "tracking/movement.h"

/* Where a function has them. */
typedef struct MovementArguments
{
	int			max_gap;
	int			max_speed;
	int			still_gap;
	int			still_radius;
	int			during;
	int			max_accuracy;
	int			max_spike;
} MovementArguments;

/* Read them; false when they leave no time to speak of. */
extern bool movement_arguments(FunctionCallInfo fcinfo, const MovementArguments *arguments,
							   MovementRules *rules);

/*
 * Raise an error when the coordinates are degrees, though an argument needs
 * distances.  Degrees will do for what is inside a zone.
 */
extern void movement_require_planar(FunctionCallInfo fcinfo,
									const MovementArguments *arguments, int32 srid);

/* A limit that may be NULL for none, as of speed or accuracy: then INFINITY. */
extern double limit_argument(FunctionCallInfo fcinfo, int argno, const char *name);

#endif							/* HOTSPOT_MOVEMENT_ARGUMENTS_H */
