/*
 * effect.h
 *	  SQL type effect: the one form in which every estimate is given.
 */
#ifndef HOTSPOT_EFFECT_H
#define HOTSPOT_EFFECT_H

#include "postgres.h"

#include "fmgr.h"

/* An estimate; a number that is not defined is NaN here and NULL in SQL. */
typedef struct Effect
{
	const char *measure;		/* what is estimated, and on which scale */
	double		estimate;
	double		std_error;
	double		df;				/* of t; NaN where the normal distribution serves */
	double		statistic;
	double		p_value;		/* two-sided */
	double		conf_low;
	double		conf_high;
	double		conf_level;
	int64		n;				/* what was estimated from; the measure says what */
	const char *note;			/* NULL, or why something is not defined, and what
								 * was left out */
} Effect;

/* An effect of which nothing is known yet. */
extern Effect effect_unknown(const char *measure, double conf_level, int64 n);

/*
 * An effect by its estimate and standard error: the statistic is their ratio,
 * and p-value and interval are those of t with df degrees of freedom, or of the
 * normal distribution where df is NaN.  Where the standard error is NaN or not
 * above 0 there are none.
 */
extern Effect effect_of(const char *measure, double estimate, double std_error, double df,
						double conf_level, int64 n);

#define EFFECT_COLUMNS 11

/* The columns of an effect, in the order of the type. */
extern void effect_columns(const Effect *effect, Datum *values, bool *nulls);

/* The function result, of type effect, and a row of a set of them. */
extern Datum effect_datum(FunctionCallInfo fcinfo, const Effect *effect);
extern void effect_put(FunctionCallInfo fcinfo, const Effect *effect);

/*
 * Argument argno, of type effect and not NULL, as effect_datum() made it or SQL
 * put it together; the measure may be NULL.
 */
extern Effect effect_argument(FunctionCallInfo fcinfo, int argno);

#endif							/* HOTSPOT_EFFECT_H */
