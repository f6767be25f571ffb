/*
 * standard_error.h
 *	  From the spread of an estimate to its effect, with notes.
 */
#ifndef HOTSPOT_STANDARD_ERROR_H
#define HOTSPOT_STANDARD_ERROR_H

#include "postgres.h"

#include "base/note.h"
#include "testing/callaway.h"
#include "testing/effect.h"
#include "testing/two_way.h"

/* What clusters are called in notes. */
extern const char *cluster_word(const CohortSums *sums);

/* Options of Callaway and Sant'Anna's estimates: four arguments and a level. */
typedef struct CallawayOptions
{
	CallawayRule rule;
	bool		cr1;			/* t(G - 1), not as did has it */
	double		conf_level;
} CallawayOptions;

extern bool option_not_yet(FunctionCallInfo fcinfo, int argno);
extern bool option_universal(FunctionCallInfo fcinfo, int argno);
extern int	option_anticipation(FunctionCallInfo fcinfo, int argno);

/* The effect of an average of cells whose influence has that variance. */
extern Effect callaway_effect(const Callaway *callaway, const char *measure,
							  CallawayAverage average, double variance,
							  const CallawayOptions *options, StringInfo note);

/* Whether a standard error is of rounding errors, beside numbers of that size. */
extern bool is_rounding_error(double error, double size);

/*
 * A standard error of rounding errors, beside numbers of that size, is 0, and a
 * note says that there is no test.
 */
extern double settled_error(double error, double size, StringInfo note);

/* The largest mean outcome of a cohort in a period. */
extern double outcome_size(const CohortSums *sums);

/* Which places were left out. */
extern void note_always(const CohortSums *sums, StringInfo note);
extern void note_unused(const TwoWay *fit, const CohortSums *sums, StringInfo note);

#endif							/* HOTSPOT_STANDARD_ERROR_H */
