/*
 * options.h
 *	  Arguments of SQL functions that carry a choice or must not be NULL.
 */
#ifndef HOTSPOT_OPTIONS_H
#define HOTSPOT_OPTIONS_H

#include "postgres.h"

#include "fmgr.h"

/* Raise 22004 when argument argno (called "name" in SQL) is NULL. */
extern void option_require(FunctionCallInfo fcinfo, int argno, const char *name);

/*
 * The index in the NULL-terminated list of choices of text argument argno;
 * NULL or another text is an error that lists them.
 */
extern int	option_choice(FunctionCallInfo fcinfo, int argno, const char *name,
						  const char *const *choices);

/* An integer argument that must be at least 1. */
extern int32 option_count(FunctionCallInfo fcinfo, int argno, const char *name);

/*
 * A float8 argument that must be finite and at least zero, such as a distance.
 */
extern double option_distance(FunctionCallInfo fcinfo, int argno, const char *name);

/*
 * An interval argument of exact length that must be at least zero, in
 * microseconds: days are 24 hours, months an error.
 */
extern int64 option_duration(FunctionCallInfo fcinfo, int argno, const char *name);

/* An interval argument in words, for messages. */
extern const char *option_interval_words(FunctionCallInfo fcinfo, int argno);

/*
 * An interval[] argument of such durations, of which there is at least one, each
 * longer than the one before; returns how many, and sets *durations.
 */
extern int	option_durations(FunctionCallInfo fcinfo, int argno, const char *name,
							 int64 **durations);

/* A confidence level: a float8 argument between 0 and 1. */
extern double option_conf_level(FunctionCallInfo fcinfo, int argno, const char *name);

/*
 * The elements of an array argument that is not NULL; *nulls tells which are NULL.
 * Returns how many.
 */
extern int	option_elements(FunctionCallInfo fcinfo, int argno, const char *name,
							Datum **elements, bool **nulls);

#endif							/* HOTSPOT_OPTIONS_H */
