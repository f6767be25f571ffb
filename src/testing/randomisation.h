/*
 * randomisation.h
 *	  The randomisation distribution of a trial: what the total outcome of treated
 *	  place-days could have been, had other places been drawn.
 *
 * Pure maths.  On each day m of n places are drawn, all sets alike, and days are
 * independent.  Outcomes are whole multiples of a step, so that totals are exact;
 * probabilities are sums and products of positive numbers, never differences, and
 * their relative error is some 1e-16 a day.
 */
#ifndef HOTSPOT_RANDOMISATION_H
#define HOTSPOT_RANDOMISATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A day: outcomes as multiples of the step above the smallest of the day, in
 * descending order.
 */
typedef struct DrawDay
{
	uint32_t	n;
	uint32_t	m;				/* drawn: more than 0 and fewer than n */
	const int64_t *outcomes;
} DrawDay;

/* A total and its probability. */
typedef struct Atom
{
	int64_t		total;
	double		probability;
} Atom;

/* Totals in ascending order. */
typedef struct Pmf
{
	size_t		n;
	Atom	   *atoms;
} Pmf;

/*
 * Limits, beyond which there is no exact distribution: the different totals that
 * a part of it may have, and the steps of the work (1e9 take about half a second).
 * Probabilities below 1e-290 are taken for 0.
 */
#define PMF_MAX_ATOMS ((size_t) 1 << 22)
#define PMF_MAX_WORK 2e9

/* No total may be larger. */
#define DRAW_MAX_TOTAL ((int64_t) 1 << 60)

/* Memory, and what is called now and then in long loops; the caller supplies both. */
typedef struct DrawMachine
{
	void	   *(*allocate) (size_t size);
	void		(*release) (void *memory);
	void		(*check) (void);
	double		work;			/* done so far */
} DrawMachine;

/* The distribution of the total of some days; false beyond the limits. */
extern bool pmf_of_days(const DrawDay *days, size_t ndays, DrawMachine *machine, Pmf *pmf);

/* The probability that totals of two parts add up to at most, or at least, a total. */
extern double pmf_at_most(const Pmf *a, const Pmf *b, int64_t total);
extern double pmf_at_least(const Pmf *a, const Pmf *b, int64_t total);

/* Twice the mean total of some days: the sum of the two. */
typedef struct DrawMean
{
	int64_t		whole;
	double		part;			/* from 0 to less than 1 */
} DrawMean;

/* Mean and variance in closed form, and the largest total that a day can have. */
extern DrawMean draw_mean(const DrawDay *days, size_t ndays);
extern double draw_variance(const DrawDay *day);
extern int64_t draw_range(const DrawDay *day);

/* How far a total is from the mean. */
extern double draw_deviation(DrawMean mean, int64_t total);

/*
 * Totals at least as far from the mean as one: up to low, and from high on; it is
 * one of the two.
 */
extern void draw_tails(DrawMean mean, int64_t total, int64_t *low, int64_t *high);

#endif							/* HOTSPOT_RANDOMISATION_H */
