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

#endif							/* HOTSPOT_BLOCK_H */
