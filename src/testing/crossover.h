/*
 * crossover.h
 *	  A trial as its estimators read it.
 */
#ifndef HOTSPOT_CROSSOVER_H
#define HOTSPOT_CROSSOVER_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "testing/fixed_effects.h"
#include "testing/strata.h"
#include "testing/trial.h"

/* An outcome or a dose as a number. */
static inline double
amount_number(Amount amount)
{
	Amount		whole = amount / AMOUNT_UNIT;

	/* A sum of many large ones; beside it the rest is nothing. */
	if (whole != (int64) whole)
		return (double) whole;

	/* Whole numbers, as most are, come out exact. */
	return (double) (int64) whole +
		(double) (int64) (amount % AMOUNT_UNIT) / (double) AMOUNT_UNIT;
}

/* Argument argno, not NULL, whose outcomes must not be negative. */
extern void crossover_counts(FunctionCallInfo fcinfo, int argno, TrialRows *trial);

/* How long a place had been treated day by day, up to and with the day. */
extern uint32 *crossover_runs(const TrialRows *trial);

/* A row of the result; the note gains why something is not defined. */
extern void crossover_put(FunctionCallInfo fcinfo, const char *measure, const Estimate *estimate,
						  double conf_level, uint64 n, StringInfo note);

#endif							/* HOTSPOT_CROSSOVER_H */
