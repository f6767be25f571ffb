/*
 * crossover_rows.c
 *	  A trial as its estimators read it: see crossover.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/note.h"
#include "miscadmin.h"
#include "testing/crossover.h"
#include "testing/effect.h"

void
crossover_counts(FunctionCallInfo fcinfo, int argno, TrialRows *trial)
{
	trial_view(PG_GETARG_DATUM(argno), trial);
	for (uint32 n = 0; n < trial->head.ncells; n++)
	{
		const TrialCell *cell = &trial->cells[n];
		const TrialPlace *place = &trial->places[cell->place];

		if (cell->outcome < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("the outcome of %s is negative: %g",
							trial_place_day((Id) {place->id, place->length},
											(IdKind) trial->head.ids, cell->day),
							amount_number(cell->outcome)),
					 errhint("Rates need counts, or other outcomes of at least 0; randomisation_p() takes any.")));
	}
}

uint32 *
crossover_runs(const TrialRows *trial)
{
	uint32	   *runs = palloc_extended(Max(trial->head.ncells, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	uint32		run = 0;

	for (uint32 n = 0; n < trial->head.ncells; n++)
	{
		const TrialCell *cell = &trial->cells[n];
		bool		follows = n > 0 && cell[-1].place == cell->place &&
			(int64) cell[-1].day + 1 == cell->day;

		CHECK_FOR_INTERRUPTS();
		run = !cell->treated ? 0 : follows ? run + 1 : 1;
		runs[n] = run;
	}
	return runs;
}

void
crossover_put(FunctionCallInfo fcinfo, const char *measure, const Estimate *estimate,
			  double conf_level, uint64 n, StringInfo note)
{
	Effect		effect = effect_of(measure, estimate->estimate, estimate->std_error,
								   estimate->df, conf_level, (int64) n);

	if (isfinite(effect.estimate) && !isfinite(effect.std_error))
		note_add(note, "too few places for a standard error");
	else if (effect.std_error == 0)
		note_add(note, "the standard error is 0, so there is no test");
	effect.note = note_text(note);
	effect_put(fcinfo, &effect);
}
