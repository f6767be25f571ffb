/*
 * crossover.c
 *	  SQL function crossover(): the effect of treatment in a trial.
 */
#include "base/compat.h"

#include <math.h>

#include "base/distribution.h"
#include "base/note.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "testing/crossover.h"
#include "testing/effect.h"

PG_FUNCTION_INFO_V1(trial_crossover);

enum
{
	ARGUMENT_TRIAL,
	ARGUMENT_WASHOUT,
	ARGUMENT_CONF_LEVEL
};

/* Of counts up to here neighbours can be told apart. */
#define LARGEST_COUNT 9007199254740992.0

/* A trial as its estimators read it, and what they say of it. */
typedef struct Crossover
{
	FunctionCallInfo fcinfo;
	double		conf_level;
	TrialRows	trial;
	bool	   *left_out;		/* cells, for washout */
	uint64		nleft_out;
	PlaceDays	rows;			/* the others */
	int32	   *days;			/* in order */
	Stratum    *strata;			/* by place */
	Stratum		total;
	uint32		without_contrast;	/* places never or always treated */
	uint32		without_outcome;	/* of the others */
	bool		whole;			/* all outcomes are whole numbers */
	bool		unequal;		/* places have different numbers of days */
} Crossover;

static void *
allocate(size_t n, size_t size)
{
	return palloc_extended(Max(n, 1) * size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* ---- reading ---- */

/* Leave out untreated days that come up to so many days after a treated one. */
static void
wash_out(Crossover *crossover, int32 washout)
{
	const TrialRows *trial = &crossover->trial;
	const TrialCell *treated = NULL;

	crossover->left_out = allocate(trial->head.ncells, sizeof(bool));
	for (uint32 n = 0; n < trial->head.ncells; n++)
	{
		const TrialCell *cell = &trial->cells[n];

		CHECK_FOR_INTERRUPTS();
		if (cell->treated)
			treated = cell;
		else if (treated != NULL && treated->place == cell->place &&
				 (int64) cell->day - treated->day <= washout)
		{
			crossover->left_out[n] = true;
			crossover->nleft_out++;
		}
	}
}

#define ST_SORT sort_days
#define ST_ELEMENT_TYPE int32
#define ST_COMPARE(a, b) ((*(a) > *(b)) - (*(a) < *(b)))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The different days of what is not left out, in order. */
static void
number_days(Crossover *crossover)
{
	const TrialRows *trial = &crossover->trial;
	size_t		n = 0;
	size_t		kept = 0;

	crossover->days = allocate(trial->head.ncells, sizeof(int32));
	for (uint32 k = 0; k < trial->head.ncells; k++)
		if (!crossover->left_out[k])
			crossover->days[n++] = trial->cells[k].day;
	sort_days(crossover->days, n);
	for (size_t k = 0; k < n; k++)
		if (kept == 0 || crossover->days[k] != crossover->days[kept - 1])
			crossover->days[kept++] = crossover->days[k];
	crossover->rows.ndays = kept;
}

static uint32
day_number(const Crossover *crossover, int32 day)
{
	size_t		low = 0;
	size_t		high = crossover->rows.ndays;

	while (high - low > 1)
	{
		size_t		middle = low + (high - low) / 2;

		if (crossover->days[middle] <= day)
			low = middle;
		else
			high = middle;
	}
	return (uint32) low;
}

static void
allocate_rows(PlaceDays *rows, size_t n)
{
	rows->place = allocate(n, sizeof(uint32));
	rows->day = allocate(n, sizeof(uint32));
	rows->treated = allocate(n, sizeof(double));
	rows->outcome = allocate(n, sizeof(double));
	rows->dose = allocate(n, sizeof(double));
}

static void
fill_rows(Crossover *crossover)
{
	const TrialRows *trial = &crossover->trial;
	PlaceDays  *rows = &crossover->rows;

	number_days(crossover);
	allocate_rows(rows, trial->head.ncells);
	rows->nplaces = trial->head.nplaces;
	crossover->strata = allocate(rows->nplaces, sizeof(Stratum));
	crossover->whole = true;
	for (uint32 n = 0; n < trial->head.ncells; n++)
	{
		const TrialCell *cell = &trial->cells[n];
		Stratum    *stratum = &crossover->strata[cell->place];

		CHECK_FOR_INTERRUPTS();
		if (crossover->left_out[n])
			continue;
		rows->place[rows->n] = cell->place;
		rows->day[rows->n] = day_number(crossover, cell->day);
		rows->treated[rows->n] = cell->treated;
		rows->outcome[rows->n] = amount_number(cell->outcome);
		rows->dose[rows->n] = amount_number(cell->dose);
		stratum->outcome[cell->treated] += rows->outcome[rows->n];
		stratum->days[cell->treated]++;
		if (cell->outcome % AMOUNT_UNIT != 0)
			crossover->whole = false;
		rows->n++;
	}
}

static void
count_places(Crossover *crossover)
{
	for (uint32 n = 0; n < crossover->trial.head.nplaces; n++)
	{
		const Stratum *stratum = &crossover->strata[n];

		if (crossover->trial.places[n].ncells != crossover->trial.places[0].ncells)
			crossover->unequal = true;
		if (!stratum_compares(stratum))
			crossover->without_contrast++;
		else if (stratum->outcome[0] + stratum->outcome[1] == 0)
			crossover->without_outcome++;
	}
	crossover->total = strata_total(crossover->strata, crossover->rows.nplaces);
}

/* ---- notes ---- */

static const char *
no_ratio(const Stratum *total)
{
	if (total->days[1] == 0)
		return "no place-day was treated";
	if (total->days[0] == 0)
		return "all place-days were treated";
	if (total->outcome[0] == 0 && total->outcome[1] == 0)
		return "there is no outcome";
	return total->outcome[1] == 0 ? "no outcome on treated place-days, so no log ratio" :
		"no outcome on control place-days, so no log ratio";
}

static void
note_contrast(const Crossover *crossover, StringInfo note)
{
	if (crossover->without_contrast > 0)
		note_add(note, "places left out, never or always treated: %u",
				 crossover->without_contrast);
}

/* What concerns all rows stands in the first one's note. */
static void
note_trial(const Crossover *crossover, StringInfo note)
{
	note_add(note, "by assignment (intention to treat)");
	if (crossover->nleft_out > 0)
		note_add(note, "control place-days left out by washout: " UINT64_FORMAT,
				 crossover->nleft_out);
	if (crossover->unequal)
		note_add(note, "places differ in their number of days");
	if (!crossover->whole)
		note_add(note, "outcomes are not whole numbers: errors that take them for counts do not hold");
}

/* ---- rows ---- */

static void
put(const Crossover *crossover, const char *measure, const Estimate *estimate, uint64 n,
	StringInfo note)
{
	crossover_put(crossover->fcinfo, measure, estimate, crossover->conf_level, n, note);
}

/* The outcome a place-day, with the exact Poisson interval. */
static void
put_rate(const Crossover *crossover, int treated)
{
	double		days = crossover->total.days[treated];
	double		outcome = crossover->total.outcome[treated];
	StringInfoData note;
	Effect		effect = effect_unknown(treated ? "crude_rate_treated" : "crude_rate_control",
										crossover->conf_level, (int64) days);

	initStringInfo(&note);
	if (treated)
		note_trial(crossover, &note);
	if (days > 0)
	{
		effect.estimate = outcome / days;
		effect.std_error = sqrt(outcome) / days;
		if (crossover->whole && outcome < LARGEST_COUNT &&
			poisson_interval((uint64) outcome, crossover->conf_level, &effect.conf_low,
							 &effect.conf_high))
		{
			effect.conf_low /= days;
			effect.conf_high /= days;
		}
		note_add(&note, "outcome %.15g", outcome);
	}
	else
		note_add(&note, "no such place-day");
	effect.note = note_text(&note);
	effect_put(crossover->fcinfo, &effect);
}

static void
put_ratio(const Crossover *crossover)
{
	const Stratum *total = &crossover->total;
	Estimate	ratio = log_rate_ratio(total);
	StringInfoData note;
	Effect		percent;

	initStringInfo(&note);
	if (isnan(ratio.estimate))
		note_add(&note, "%s", no_ratio(total));
	put(crossover, "log_rate_ratio", &ratio, crossover->rows.n, &note);

	percent = effect_of("percent_change", ratio.estimate, ratio.std_error, ratio.df,
						crossover->conf_level, (int64) crossover->rows.n);
	percent.std_error = NAN;
	percent.conf_low = 100 * expm1(percent.conf_low);
	percent.conf_high = 100 * expm1(percent.conf_high);
	percent.estimate = stratum_compares(total) && total->outcome[0] > 0 ?
		100 * (total->outcome[1] / total->days[1] / (total->outcome[0] / total->days[0]) - 1) : NAN;
	if (!isnan(ratio.estimate))
		note_add(&note, "test and interval are those of log_rate_ratio");
	percent.note = note_text(&note);
	effect_put(crossover->fcinfo, &percent);
}

/* How many place-days lie in places that have treated and untreated ones. */
static uint64
contrasting_days(const Crossover *crossover, bool with_outcome)
{
	double		days = 0;

	for (size_t k = 0; k < crossover->rows.nplaces; k++)
	{
		const Stratum *s = &crossover->strata[k];

		if (stratum_compares(s) && (!with_outcome || s->outcome[0] + s->outcome[1] > 0))
			days += s->days[0] + s->days[1];
	}
	return (uint64) days;
}

static void
put_by_place(const Crossover *crossover)
{
	const Stratum *strata = crossover->strata;
	size_t		n = crossover->rows.nplaces;
	struct
	{
		const char *measure;
		Estimate	estimate;
		uint64		n;
		const char *undefined;
	}			rows[] = {
		{"mantel_haenszel_log_ratio", mantel_haenszel_log_ratio(strata, n),
			contrasting_days(crossover, false),
			"no place with control days has an outcome on treated ones, or the reverse"},
		{"mantel_haenszel_difference", mantel_haenszel_difference(strata, n),
			contrasting_days(crossover, false), "no place was treated on some days only"},
		{"paired_difference", paired_difference(strata, n),
			(uint64) (n - crossover->without_contrast), "no place was treated on some days only"}
	};

	for (int k = 0; k < lengthof(rows); k++)
	{
		StringInfoData note;

		initStringInfo(&note);
		if (isnan(rows[k].estimate.estimate))
			note_add(&note, "%s", rows[k].undefined);
		note_contrast(crossover, &note);
		put(crossover, rows[k].measure, &rows[k].estimate, rows[k].n, &note);
	}
}

static void
put_poisson(const Crossover *crossover)
{
	Estimate	estimate = poisson_by_stratum(crossover->strata, crossover->rows.nplaces);
	StringInfoData note;

	initStringInfo(&note);
	if (isnan(estimate.estimate))
		note_add(&note, "treated or control days of the places that compare have no outcome");
	note_contrast(crossover, &note);
	if (crossover->without_outcome > 0)
		note_add(&note, "places left out, no outcome: %u", crossover->without_outcome);
	put(crossover, "poisson_fe", &estimate, contrasting_days(crossover, true), &note);
}

/* ---- regressions with effects of places and days ---- */

static FitScratch
scratch_for(const PlaceDays *rows)
{
	FitScratch	scratch;

	for (int k = 0; k < FIXED_EFFECTS_SCRATCH; k++)
		scratch.rows[k] = allocate(rows->n, sizeof(double));
	scratch.by_place = allocate(2 * rows->nplaces, sizeof(double));
	scratch.by_day = allocate(2 * rows->ndays, sizeof(double));
	scratch.check = check_interrupts;
	return scratch;
}

static void
note_problem(FitProblem problem, StringInfo note)
{
	if (problem == FIT_NO_CONTRAST)
		note_add(note, "treatment, or the dose it brought, does not vary within places and days");
	else if (problem == FIT_NO_CONVERGENCE)
		note_add(note, "the estimate does not converge: treatment may follow from place and day, or an effect have no bound");
}

/* Number anew the places or days that are kept; returns how many. */
static size_t
renumber(const bool *kept, size_t n, uint32 *number)
{
	size_t		next = 0;

	for (size_t k = 0; k < n; k++)
		number[k] = kept[k] ? (uint32) next++ : 0;
	return next;
}

/*
 * The rows that a Poisson regression can use: of places that were treated on some
 * days only, and of places and days with an outcome.
 */
static void
informative_rows(const Crossover *crossover, PlaceDays *used, StringInfo note)
{
	const PlaceDays *rows = &crossover->rows;
	bool	   *place_kept = allocate(rows->nplaces, sizeof(bool));
	bool	   *day_kept = allocate(rows->ndays, sizeof(bool));
	uint32	   *place = allocate(rows->nplaces, sizeof(uint32));
	uint32	   *day = allocate(rows->ndays, sizeof(uint32));

	for (size_t k = 0; k < rows->nplaces; k++)
		place_kept[k] = stratum_compares(&crossover->strata[k]) &&
			crossover->strata[k].outcome[0] + crossover->strata[k].outcome[1] > 0;
	for (size_t k = 0; k < rows->n; k++)
		if (place_kept[rows->place[k]] && rows->outcome[k] > 0)
			day_kept[rows->day[k]] = true;
	memset(used, 0, sizeof(*used));
	allocate_rows(used, rows->n);
	used->nplaces = renumber(place_kept, rows->nplaces, place);
	used->ndays = renumber(day_kept, rows->ndays, day);
	for (size_t k = 0; k < rows->n; k++)
		if (place_kept[rows->place[k]] && day_kept[rows->day[k]])
		{
			used->place[used->n] = place[rows->place[k]];
			used->day[used->n] = day[rows->day[k]];
			used->treated[used->n] = rows->treated[k];
			used->outcome[used->n] = rows->outcome[k];
			used->n++;
		}
	note_contrast(crossover, note);
	if (crossover->without_outcome > 0)
		note_add(note, "places left out, no outcome: %u", crossover->without_outcome);
	if (used->ndays < rows->ndays)
		note_add(note, "days left out, no outcome: %zu", rows->ndays - used->ndays);
}

static bool
both_have_outcomes(const PlaceDays *rows)
{
	Stratum		total = {{0, 0}, {0, 0}};

	for (size_t k = 0; k < rows->n; k++)
		total.outcome[rows->treated[k] > 0] += rows->outcome[k];
	return total.outcome[0] > 0 && total.outcome[1] > 0;
}

static void
put_poisson_day(const Crossover *crossover)
{
	Estimate	estimate = estimate_unknown;
	StringInfoData note;
	PlaceDays	used;

	initStringInfo(&note);
	informative_rows(crossover, &used, &note);
	if (both_have_outcomes(&used))
	{
		FitScratch	scratch = scratch_for(&used);

		note_problem(poisson_place_day(&used, &scratch, &estimate), &note);
	}
	else
		note_add(&note, "treated or control days of the places that compare have no outcome");
	put(crossover, "poisson_fe_day", &estimate, used.n, &note);
}

static void
put_least_squares(const Crossover *crossover)
{
	const PlaceDays *rows = &crossover->rows;
	FitScratch	scratch = scratch_for(rows);
	Estimate	estimate;
	StringInfoData note;

	initStringInfo(&note);
	note_problem(least_squares(rows, rows->outcome, &scratch, &estimate), &note);
	put(crossover, "ols_fe", &estimate, rows->n, &note);
	if (crossover->trial.head.doses != TRIAL_DOSES_KNOWN)
		return;

	resetStringInfo(&note);
	note_problem(least_squares(rows, rows->dose, &scratch, &estimate), &note);
	put(crossover, "dose_difference", &estimate, rows->n, &note);
	resetStringInfo(&note);
	note_problem(dose_effect(rows, &scratch, &estimate), &note);
	put(crossover, "dose_effect", &estimate, rows->n, &note);
}

/* crossover(trial, washout, conf_level) */
Datum
trial_crossover(PG_FUNCTION_ARGS)
{
	Crossover	crossover = {.fcinfo = fcinfo};
	int32		washout;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	option_require(fcinfo, ARGUMENT_WASHOUT, "washout");
	washout = PG_GETARG_INT32(ARGUMENT_WASHOUT);
	if (washout < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be at least 0", "washout", washout),
				 errhint("Give the days after a treated one that are no fair control days.")));
	crossover.conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level");
	if (PG_ARGISNULL(ARGUMENT_TRIAL))
		return (Datum) 0;

	crossover_counts(fcinfo, ARGUMENT_TRIAL, &crossover.trial);
	wash_out(&crossover, washout);
	fill_rows(&crossover);
	count_places(&crossover);
	put_rate(&crossover, 1);
	put_rate(&crossover, 0);
	put_ratio(&crossover);
	put_by_place(&crossover);
	put_poisson(&crossover);
	put_poisson_day(&crossover);
	put_least_squares(&crossover);
	return (Datum) 0;
}
