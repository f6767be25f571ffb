/*
 * harm.h
 *	  Harm of an event, as summaries keep it: in whole millionths, so that a sum
 *	  does not depend on the order of its terms.
 */
#ifndef HOTSPOT_HARM_H
#define HOTSPOT_HARM_H

#include "postgres.h"

#define HARM_SCALE 1e6

/* The largest harm that fits, in the words of error messages. */
#define HARM_MAX_TEXT "9223372036854.775807"

/* Harm in millionths, rounded to the nearest; negative or not finite is an error. */
extern int64 harm_millionths(double harm);

#endif							/* HOTSPOT_HARM_H */
