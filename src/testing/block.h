/*
 * block.h
 *	  Block designs: places that are all treated from the same period on, and
 *	  places that never are.
 *
 * There difference in differences is the difference of two means, of what each
 * place's mean outcome changes by.
 */
#ifndef HOTSPOT_BLOCK_H
#define HOTSPOT_BLOCK_H

#include "postgres.h"

#include "testing/cohort_sums.h"

typedef struct Block
{
	uint32		ntreated;
	uint32		ncontrols;
	int			before;			/* periods */
	int			after;
	double	   *changes;		/* of each place */
	double		treated_change; /* means */
	double		control_change;
} Block;

/* NULL, or why a panel is no block design. */
extern const char *block_begin(Block *block, const CohortSums *sums);

static inline bool
block_is_treated(const CohortSums *sums, uint32 place)
{
	return sums->cohort_of[place] == 0;
}

/*
 * The standard error CR2 of the difference, and the degrees of freedom of Bell and
 * McCaffrey (2002): that of Welch's test, other degrees of freedom.  NaN where an
 * arm has one place.
 */
extern double block_cr2(const Block *block, const CohortSums *sums, double *df);

#endif							/* HOTSPOT_BLOCK_H */
