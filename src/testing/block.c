/*
 * block.c
 *	  Block designs: see block.h.
 */
#include "base/compat.h"

#include <math.h>

#include "testing/block.h"
#include "utils/memutils.h"

static double
mean(const double *values, int n)
{
	double		sum = 0;

	for (int k = 0; k < n; k++)
		sum += values[k];
	return sum / n;
}

static double
change_of(const Block *block, const double *outcomes)
{
	return mean(outcomes + block->before, block->after) - mean(outcomes, block->before);
}

const char *
block_begin(Block *block, const CohortSums *sums)
{
	memset(block, 0, sizeof(*block));
	if (sums->ncohorts == 0 || sums->cohorts[0].start == COHORT_NEVER)
		return "no place is treated";
	if (!cohorts_have_never(sums))
		return "no place is never treated";
	if (sums->ncohorts > 2)
		return "places are first treated in different periods";
	if (sums->cohorts[0].start <= 0)
		return "treated places have no period before their treatment";
	block->ntreated = sums->cohorts[0].nplaces;
	block->ncontrols = sums->cohorts[1].nplaces;
	block->before = (int) sums->cohorts[0].start;
	block->after = sums->nperiods - block->before;
	block->changes = MemoryContextAllocHuge(CurrentMemoryContext,
											sums->nplaces * sizeof(double));
	for (uint32 place = 0; place < sums->nplaces; place++)
		block->changes[place] = change_of(block, place_outcomes(sums, place));
	block->treated_change = change_of(block, sums->cohorts[0].means);
	block->control_change = change_of(block, sums->cohorts[1].means);
	return NULL;
}
