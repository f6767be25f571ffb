/*
 * randomisation_p.c
 *	  SQL functions randomisation_p() and randomisation_distribution().
 */
#include "base/compat.h"

#include <math.h>

#include "base/distribution.h"
#include "base/note.h"
#include "base/options.h"
#include "common/pg_prng.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "testing/crossover.h"
#include "testing/effect.h"
#include "testing/randomisation.h"

PG_FUNCTION_INFO_V1(trial_randomisation_p);
PG_FUNCTION_INFO_V1(trial_randomisation_distribution);

enum
{
	ARGUMENT_TRIAL,
	ARGUMENT_METHOD,
	ARGUMENT_DRAWS,
	ARGUMENT_SEED
};

typedef enum Method
{
	METHOD_AUTO,
	METHOD_EXACT,
	METHOD_SAMPLED,
	METHOD_NORMAL
} Method;

/* The days of a trial from which something can be learnt, and what came of them. */
typedef struct Draws
{
	size_t		ndays;
	DrawDay    *days;			/* in ascending order of their range */
	uint64		place_days;
	size_t		days_left_out;	/* all or none treated */
	uint32		fewest;			/* treated on a day */
	uint32		most;
	Amount		step;
	Amount		observed;		/* outcome of all treated place-days */
	bool		fits;			/* totals fit in 64 bits; if not, there are none: */
	int64		total;			/* observed, of the days, as they count */
	DrawMean	mean;
	double		deviation;		/* of the outcome from its mean */
	double		variance;		/* of the outcome */
} Draws;

/* Probabilities of so small a total, so large a one, and one so far from the mean. */
typedef struct Tails
{
	double		lower;
	double		upper;
	double		both;
} Tails;

/* ---- days ---- */

static int
compare_cells(const TrialCell *a, const TrialCell *b)
{
	if (a->day != b->day)
		return a->day < b->day ? -1 : 1;
	if (a->outcome != b->outcome)
		return a->outcome > b->outcome ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

#define ST_SORT sort_cells
#define ST_ELEMENT_TYPE TrialCell
#define ST_COMPARE(a, b) compare_cells(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The cells of one day, from the largest outcome down. */
typedef struct CellsOfDay
{
	const TrialCell *cells;
	uint32		n;
	uint32		treated;
} CellsOfDay;

static CellsOfDay
next_day(const TrialRows *trial, uint32 first)
{
	CellsOfDay	day = {.cells = trial->cells + first};

	while (first + day.n < trial->head.ncells && day.cells[day.n].day == day.cells[0].day)
		day.treated += day.cells[day.n++].treated;
	return day;
}

static bool
is_informative(const CellsOfDay *day)
{
	return day->treated > 0 && day->treated < day->n;
}

static Amount
smallest_outcome(const CellsOfDay *day)
{
	return day->cells[day->n - 1].outcome;
}

/* What needs no step: how many days there are, and what was observed. */
static void
survey_days(const TrialRows *trial, Draws *draws)
{
	CellsOfDay	day;

	draws->fewest = PG_UINT32_MAX;
	for (uint32 first = 0; first < trial->head.ncells; first += day.n)
	{
		CHECK_FOR_INTERRUPTS();
		day = next_day(trial, first);
		draws->fewest = Min(draws->fewest, day.treated);
		draws->most = Max(draws->most, day.treated);
		for (uint32 k = 0; k < day.n; k++)
			if (day.cells[k].treated)
				draws->observed += day.cells[k].outcome;
		if (!is_informative(&day))
		{
			draws->days_left_out++;
			continue;
		}
		draws->ndays++;
		draws->place_days += day.n;
		for (uint32 k = 0; k < day.n; k++)
			draws->step = amount_gcd(day.cells[k].outcome - smallest_outcome(&day), draws->step);
	}
	/* Where all outcomes of each day are equal, any step serves. */
	if (draws->step == 0)
		draws->step = AMOUNT_UNIT;
}

/* By range, since early days are convolved again and again, and then by content. */
static int
compare_days(const void *a, const void *b)
{
	const DrawDay *one = a;
	const DrawDay *other = b;
	int64		range = draw_range(one);
	int64		other_range = draw_range(other);

	if (range != other_range)
		return range < other_range ? -1 : 1;
	if (one->n != other->n)
		return one->n < other->n ? -1 : 1;
	if (one->m != other->m)
		return one->m < other->m ? -1 : 1;
	for (uint32 k = 0; k < one->n; k++)
		if (one->outcomes[k] != other->outcomes[k])
			return one->outcomes[k] < other->outcomes[k] ? -1 : 1;
	return 0;
}

/* What is certain to fit: outcomes, and the sum of all of them. */
static bool
totals_fit(const TrialRows *trial, const Draws *draws)
{
	Amount		sum = 0;
	CellsOfDay	day;

	for (uint32 first = 0; first < trial->head.ncells; first += day.n)
	{
		day = next_day(trial, first);
		if (is_informative(&day))
			for (uint32 k = 0; k < day.n; k++)
				sum += day.cells[k].outcome - smallest_outcome(&day);
	}
	return sum / draws->step <= DRAW_MAX_TOTAL;
}

static void
fill_days(const TrialRows *trial, Draws *draws)
{
	int64	   *outcomes = palloc_extended(Max(draws->place_days, 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	size_t		n = 0;
	CellsOfDay	day;

	draws->days = palloc_extended(Max(draws->ndays, 1) * sizeof(DrawDay), MCXT_ALLOC_HUGE);
	for (uint32 first = 0; first < trial->head.ncells; first += day.n)
	{
		CHECK_FOR_INTERRUPTS();
		day = next_day(trial, first);
		if (!is_informative(&day))
			continue;
		draws->days[n++] = (DrawDay) {.n = day.n, .m = day.treated, .outcomes = outcomes};
		for (uint32 k = 0; k < day.n; k++)
		{
			*outcomes = (int64) ((day.cells[k].outcome - smallest_outcome(&day)) / draws->step);
			if (day.cells[k].treated)
				draws->total += *outcomes;
			outcomes++;
		}
	}
	qsort(draws->days, draws->ndays, sizeof(DrawDay), compare_days);
}

/* Mean and variance where outcomes are too large to count in steps. */
static void
moments_by_amount(const TrialRows *trial, Draws *draws)
{
	CellsOfDay	day;

	for (uint32 first = 0; first < trial->head.ncells; first += day.n)
	{
		double		sum = 0;
		double		squares = 0;
		double		treated = 0;

		day = next_day(trial, first);
		if (!is_informative(&day))
			continue;
		for (uint32 k = 0; k < day.n; k++)
		{
			double		outcome = amount_number(day.cells[k].outcome - smallest_outcome(&day));

			sum += outcome;
			treated += day.cells[k].treated ? outcome : 0;
		}
		for (uint32 k = 0; k < day.n; k++)
		{
			double		outcome = amount_number(day.cells[k].outcome - smallest_outcome(&day)) -
				sum / day.n;

			squares += outcome * outcome;
		}
		draws->deviation += treated - day.treated * sum / day.n;
		draws->variance += (double) day.treated * (day.n - day.treated) / day.n *
			squares / (day.n - 1);
	}
}

static void
read_draws(Datum datum, Draws *draws)
{
	TrialRows	trial;
	double		step;

	memset(draws, 0, sizeof(*draws));
	trial_view(datum, &trial);
	sort_cells(trial.cells, trial.head.ncells);
	survey_days(&trial, draws);
	draws->fits = totals_fit(&trial, draws);
	if (!draws->fits)
	{
		moments_by_amount(&trial, draws);
		return;
	}
	fill_days(&trial, draws);
	step = amount_number(draws->step);
	draws->mean = draw_mean(draws->days, draws->ndays);
	draws->deviation = draw_deviation(draws->mean, draws->total) * step;
	for (size_t k = 0; k < draws->ndays; k++)
		draws->variance += draw_variance(&draws->days[k]) * step * step;
}

/* ---- exact ---- */

static void *
allocate(size_t size)
{
	return palloc_extended(size, MCXT_ALLOC_HUGE);
}

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

static const DrawMachine machine_at_start = {
	.allocate = allocate, .release = pfree, .check = check_interrupts
};

/*
 * The distribution of every other day, and of those between: to know how likely a
 * total is, it is not necessary to convolve the two.
 */
static bool
two_distributions(const Draws *draws, Pmf *even, Pmf *odd)
{
	DrawMachine machine = machine_at_start;
	DrawDay    *days = allocate(Max(draws->ndays, 1) * sizeof(DrawDay));
	size_t		neven = (draws->ndays + 1) / 2;

	if (!draws->fits)
		return false;
	for (size_t k = 0; k < draws->ndays; k++)
		days[k % 2 == 0 ? k / 2 : neven + k / 2] = draws->days[k];
	return pmf_of_days(days, neven, &machine, even) &&
		pmf_of_days(days + neven, draws->ndays - neven, &machine, odd);
}

static bool
exact_tails(const Draws *draws, Tails *tails)
{
	Pmf			even;
	Pmf			odd;
	int64		low;
	int64		high;

	if (!two_distributions(draws, &even, &odd))
		return false;
	draw_tails(draws->mean, draws->total, &low, &high);
	tails->lower = pmf_at_most(&even, &odd, draws->total);
	tails->upper = pmf_at_least(&even, &odd, draws->total);
	tails->both = Min(1, pmf_at_most(&even, &odd, low) + pmf_at_least(&even, &odd, high));
	return true;
}

/* ---- sampled ---- */

static int64
draw_total(const Draws *draws, pg_prng_state *random)
{
	int64		total = 0;

	for (size_t k = 0; k < draws->ndays; k++)
	{
		const DrawDay *day = &draws->days[k];
		uint32		left = day->m;

		/* As in the exact chain, what adds nothing need not be looked at. */
		for (uint32 i = 0; i < day->n && left > 0 && day->outcomes[i] > 0; i++)
			if (pg_prng_double(random) * (day->n - i) < left)
			{
				total += day->outcomes[i];
				left--;
			}
	}
	return total;
}

/* The trial itself counts as one of the draws, so that no probability is 0. */
static void
sampled_tails(const Draws *draws, int32 ndraws, int64 seed, Tails *tails)
{
	pg_prng_state random;
	int64		low;
	int64		high;
	double		all = 1 + (double) ndraws;

	pg_prng_seed(&random, (uint64) seed);
	draw_tails(draws->mean, draws->total, &low, &high);
	*tails = (Tails) {1, 1, 1};
	for (int32 k = 0; k < ndraws; k++)
	{
		int64		total = draw_total(draws, &random);

		CHECK_FOR_INTERRUPTS();
		tails->lower += total <= draws->total;
		tails->upper += total >= draws->total;
		tails->both += total <= low || total >= high;
	}
	tails->lower /= all;
	tails->upper /= all;
	tails->both /= all;
}

static void
normal_tails(const Draws *draws, Tails *tails)
{
	double		z = draws->deviation / sqrt(draws->variance);
	double		both = draws->variance > 0 ? two_sided_p(z, NAN) : 1;

	tails->both = both;
	tails->lower = draws->variance > 0 ? (z < 0 ? both / 2 : 1 - both / 2) : 1;
	tails->upper = draws->variance > 0 ? (z > 0 ? both / 2 : 1 - both / 2) : 1;
}

/* ---- results ---- */

pg_noreturn static void
too_much(const char *hint)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("the exact randomisation distribution of this trial has too many different totals"),
			 errhint("%s", hint)));
}

/* Find the tails as is asked; the note says how. */
static void
find_tails(const Draws *draws, Method method, int32 ndraws, int64 seed, Tails *tails,
		   StringInfo note)
{
	if ((method == METHOD_AUTO || method == METHOD_EXACT) && exact_tails(draws, tails))
	{
		note_add(note, "exact");
		return;
	}
	if (method == METHOD_EXACT)
		too_much("Round the outcomes to fewer digits, or use method 'auto'.");
	if (method != METHOD_NORMAL && draws->fits)
	{
		sampled_tails(draws, ndraws, seed, tails);
		note_add(note, "from %d random draws, seed " INT64_FORMAT "%s", ndraws, seed,
				 method == METHOD_AUTO ? ", since the exact distribution is too large" : "");
		return;
	}
	if (method == METHOD_SAMPLED)
		too_much("Round the outcomes to fewer digits, or use method 'normal'.");
	normal_tails(draws, tails);
	note_add(note, "normal approximation%s",
			 method == METHOD_AUTO ? ", since the exact distribution is too large" : "");
}

static void
note_days(const Draws *draws, StringInfo note)
{
	if (draws->days_left_out > 0)
		note_add(note, "days that tell nothing, all or no places treated: %zu",
				 draws->days_left_out);
	if (draws->fewest < draws->most)
		note_add(note, "places treated vary by day, from %u to %u", draws->fewest, draws->most);
}

static void
put(FunctionCallInfo fcinfo, const Draws *draws, const char *measure, double p_value,
	const char *note)
{
	Effect		effect = effect_unknown(measure, NAN, (int64) draws->place_days);

	effect.note = note;
	if (draws->ndays > 0)
	{
		effect.estimate = draws->deviation;
		effect.std_error = sqrt(draws->variance);
		effect.p_value = p_value;
		if (draws->variance > 0)
			effect.statistic = effect.estimate / effect.std_error;
	}
	effect_put(fcinfo, &effect);
}

/* randomisation_p(trial, method, draws, seed) */
Datum
trial_randomisation_p(PG_FUNCTION_ARGS)
{
	static const char *const methods[] = {
		[METHOD_AUTO] = "auto",
		[METHOD_EXACT] = "exact",
		[METHOD_SAMPLED] = "sampled",
		[METHOD_NORMAL] = "normal",
		NULL
	};
	Method		method = (Method) option_choice(fcinfo, ARGUMENT_METHOD, "method", methods);
	int32		ndraws = option_count(fcinfo, ARGUMENT_DRAWS, "draws");
	Tails		tails = {NAN, NAN, NAN};
	StringInfoData note;
	Draws		draws;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	option_require(fcinfo, ARGUMENT_SEED, "seed");
	if (PG_ARGISNULL(ARGUMENT_TRIAL))
		return (Datum) 0;
	read_draws(PG_GETARG_DATUM(ARGUMENT_TRIAL), &draws);
	initStringInfo(&note);
	note_add(&note, "by assignment (intention to treat)");
	if (draws.ndays > 0)
	{
		find_tails(&draws, method, ndraws, PG_GETARG_INT64(ARGUMENT_SEED), &tails, &note);
		note_add(&note, "outcome %.15g on treated place-days, expected %.15g",
				 amount_number(draws.observed), amount_number(draws.observed) - draws.deviation);
	}
	else
		note_add(&note, "no day has both treated and control places");
	note_days(&draws, &note);
	put(fcinfo, &draws, "randomisation", tails.both, note.data);
	put(fcinfo, &draws, "randomisation_lower", tails.lower, NULL);
	put(fcinfo, &draws, "randomisation_upper", tails.upper, NULL);
	return (Datum) 0;
}

/* randomisation_distribution(trial) */
Datum
trial_randomisation_distribution(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	DrawMachine machine = machine_at_start;
	Draws		draws;
	Amount		certain;
	Pmf			pmf;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	read_draws(PG_GETARG_DATUM(0), &draws);
	if (!draws.fits || !pmf_of_days(draws.days, draws.ndays, &machine, &pmf))
		too_much("Round the outcomes to fewer digits, or use randomisation_p(), which can draw at random.");
	certain = draws.observed - draws.total * draws.step;
	for (size_t k = 0; k < pmf.n; k++)
	{
		Datum		values[2];
		bool		nulls[2] = {false, false};

		CHECK_FOR_INTERRUPTS();
		values[0] = Float8GetDatum(amount_number(certain + pmf.atoms[k].total * draws.step));
		values[1] = Float8GetDatum(pmf.atoms[k].probability);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
