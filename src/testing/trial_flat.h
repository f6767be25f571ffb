/*
 * trial_flat.h
 *	  The flat form of a trial: its bytes, behind the summary's prefix.
 *
 * Pure C over bytes, as is base/geometry.h, for the same reasons.  All numbers
 * are little-endian:
 *
 *	  1		what the ids of places are: IdKind of base/ids.h
 *	  1		whether doses are known: TrialDoses
 *	  40	rows skipped, by reason
 *	  4		number of places
 *	  4		number of cells
 *	  4		first day
 *	  1		width of a day in bytes
 *	  17	outcomes: step (16), width of one in bytes (1)
 *	  17	doses: likewise
 *	  ...	places: length of the id (4), number of cells (4), id
 *	  ...	cells of each place in turn: day, outcome, dose
 *
 * Places ascend bytewise, and days within a place.  A day is written as twice the
 * days since the first, plus 1 if the place was treated; an outcome or a dose as
 * a multiple of the step, zigzag.  The step is the largest that serves, and is 0
 * where all are 0; widths are the smallest.  Each trial has just one flat form.
 */
#ifndef HOTSPOT_TRIAL_FLAT_H
#define HOTSPOT_TRIAL_FLAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/exact.h"
#include "base/id_bytes.h"

/* An outcome or a dose in units of 10^-12. */
typedef Exact Amount;

#define AMOUNT_UNIT EXACT_TRILLION

/*
 * The largest of a place-day: sums of 2^32 of them have room in 128 bits.
 */
#define AMOUNT_MAX_WHOLE INT64_C(1000000000000000)
#define AMOUNT_MAX ((Amount) AMOUNT_MAX_WHOLE * AMOUNT_UNIT)

typedef enum TrialDoses
{
	TRIAL_DOSES_NONE,			/* no cell seen */
	TRIAL_DOSES_UNKNOWN,
	TRIAL_DOSES_KNOWN
} TrialDoses;

/* Why a row was left out. */
typedef enum TrialSkip
{
	TRIAL_SKIP_PLACE,			/* NULL, and so on */
	TRIAL_SKIP_DAY,				/* or infinite */
	TRIAL_SKIP_TREATED,
	TRIAL_SKIP_OUTCOME,
	TRIAL_SKIP_DOSE
} TrialSkip;

#define TRIAL_SKIPS 5
#define TRIAL_MAX_SKIPPED ((UINT64_C(1) << 60) - 1)

/* The days that SQL has, as days since 2000-01-01. */
#define TRIAL_DAY_MIN (-2451545)
#define TRIAL_DAY_END (2147483494 - 2451545)

/* What a trial holds beside places and cells. */
typedef struct TrialHead
{
	uint8_t		ids;
	uint8_t		doses;
	uint64_t	skipped[TRIAL_SKIPS];
	uint32_t	nplaces;
	uint32_t	ncells;
} TrialHead;

typedef struct TrialPlace
{
	const uint8_t *id;
	uint32_t	length;
	uint32_t	ncells;
} TrialPlace;

/* One place on one day. */
typedef struct TrialCell
{
	Amount		outcome;
	Amount		dose;			/* 0 where it is not known */
	uint32_t	place;
	int32_t		day;
	bool		treated;
} TrialCell;

/* A whole trial, in order. */
typedef struct TrialRows
{
	TrialHead	head;
	TrialPlace *places;
	TrialCell  *cells;
} TrialRows;

/* How amounts are written. */
typedef struct AmountForm
{
	Amount		step;
	int			width;
} AmountForm;

/* How a trial is written. */
typedef struct TrialForm
{
	int32_t		first_day;
	int			day_width;
	AmountForm	outcome;
	AmountForm	dose;
} TrialForm;

/* Order bytewise. */
extern int	trial_place_compare(const TrialPlace *a, const TrialPlace *b);

/* The greatest common divisor; that of 0 and 0 is 0. */
extern Amount amount_gcd(Amount a, Amount b);

/* How to write a trial, and how long its body is then. */
extern TrialForm trial_flat_form(const TrialRows *trial);
extern size_t trial_flat_size(const TrialRows *trial, const TrialForm *form);

/* Write a body of that size. */
extern void trial_flat_write(const TrialRows *trial, const TrialForm *form, uint8_t *body);

/* What is wrong with a body, in words that end a sentence, or NULL. */
extern const char *trial_flat_check(const uint8_t *body, size_t size);

/* Read a body that was checked: first the head, then the rest. */
extern void trial_flat_open(TrialHead *head, TrialForm *form, const uint8_t *body);

/*
 * Fill the arrays, which have room for as many as the head says.  Ids stay where
 * they are in the body.
 */
extern void trial_flat_read(TrialRows *trial, const TrialForm *form, const uint8_t *body);

#endif							/* HOTSPOT_TRIAL_FLAT_H */
