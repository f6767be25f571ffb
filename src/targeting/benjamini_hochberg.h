/*
 * benjamini_hochberg.h
 *	  The correction of p-values for how many tests there were.
 *
 * Pure C.
 */
#ifndef HOTSPOT_BENJAMINI_HOCHBERG_H
#define HOTSPOT_BENJAMINI_HOCHBERG_H

#include <stdint.h>

/* One test. */
typedef struct TestedP
{
	double		p;
	uint32_t	test;			/* its number, for the caller */
	double		q;
} TestedP;

/*
 * Set q of tests that ascend by p: the least rate of false discoveries at which
 * the test is among the discoveries (Benjamini and Hochberg 1995), which is the
 * minimum over all k from the test's rank on of n p(k) / k, as p.adjust(p, "BH")
 * of R has it.  Equal p have equal q.
 */
extern void benjamini_hochberg(TestedP *tests, uint32_t n);

#endif							/* HOTSPOT_BENJAMINI_HOCHBERG_H */
