/*
 * att.c
 *	  att(panel, ...) and event_study(panel, ...): effects by cohort and period, and
 *	  by the time since treatment began.
 */
#include "base/compat.h"

#include <gsl/gsl_blas.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "base/distribution.h"
#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "testing/standard_error.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(panel_att);
PG_FUNCTION_INFO_V1(panel_event_study);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_PANEL,
	ARGUMENT_CONTROL,
	ARGUMENT_CONF_LEVEL,
	ARGUMENT_ANTICIPATION,
	ARGUMENT_BASE,
	ARGUMENT_SE
};

/* Correlations whose matrix is worse are as good as singular. */
#define MIN_RECIPROCAL_CONDITION 1e-12

/* The pre-trend test of more cells would take too long. */
#define MAX_TESTED 1000

static CallawayOptions
arguments(FunctionCallInfo fcinfo)
{
	static const char *const ses[] = {"did", "cr1", NULL};

	return (CallawayOptions) {
		.rule = {
			.not_yet = option_not_yet(fcinfo, ARGUMENT_CONTROL),
			.universal = option_universal(fcinfo, ARGUMENT_BASE),
			.anticipation = option_anticipation(fcinfo, ARGUMENT_ANTICIPATION)
		},
		.cr1 = option_choice(fcinfo, ARGUMENT_SE, "se", ses) == 1,
		.conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level")
	};
}

/* Fold the panel and find its cells. */
static void
begin(FunctionCallInfo fcinfo, const CallawayOptions *options, CohortSums *sums,
	  Callaway *callaway)
{
	FoldRule	rule = {.anticipation = options->rule.anticipation, .drop_always = true};

	cohort_sums(fcinfo, ARGUMENT_PANEL, rule, sums);
	callaway_begin(callaway, sums, options->rule);
	cohort_moments(sums);
}

/* A row: some integers, then the effect. */
static void
put_row(FunctionCallInfo fcinfo, const int64 *leading, const bool *missing, int n,
		Effect *effect, StringInfo note)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		values[2 + EFFECT_COLUMNS];
	bool		nulls[2 + EFFECT_COLUMNS];

	for (int k = 0; k < n; k++)
	{
		values[k] = Int32GetDatum((int32) leading[k]);
		nulls[k] = missing != NULL && missing[k];
	}
	effect->note = note_text(note);
	effect_columns(effect, values + n, nulls + n);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/* ---- att ---- */

/*
 * The effects of a cohort, whose cells stand together.  What concerns all rows is
 * noted in the first.
 */
static void
put_cohort(FunctionCallInfo fcinfo, const Callaway *callaway, const AttCell *cells, int n,
		   const CallawayOptions *options)
{
	const CohortSums *sums = callaway->sums;
	Influence	influence;
	double	   *variances;

	influence_begin(&influence, sums, n);
	for (int k = 0; k < n; k++)
		if (cell_is_defined(&cells[k]) && !cell_is_base(&cells[k]))
			callaway_add_cell(callaway, &cells[k], 1, &influence, k);
	variances = influence_variances(&influence, sums);
	for (int k = 0; k < n; k++)
	{
		const AttCell *cell = &cells[k];
		CallawayAverage average = {cell->att, cell_is_defined(cell), {{0}}};
		const int64 leading[2] = {
			sums->cohorts[cell->cohort].treated_from, (int64) sums->first_period + cell->period
		};
		StringInfoData note;
		Effect		effect;

		callaway_add_sides(callaway, cell, &average.sides);
		initStringInfo(&note);
		if (cell == callaway->cells)
			note_always(sums, &note);
		if (cell_is_base(cell))
		{
			note_add(&note, "the base period");
			effect = effect_unknown("att", options->conf_level, sums->nplaces);
			effect.estimate = 0;
		}
		else
		{
			if (!cell_is_defined(cell))
				note_add(&note, "no control");
			effect = callaway_effect(callaway, "att", average, variances[k], options, &note);
		}
		effect.n = (int64) sums->cohorts[cell->cohort].nplaces + cell->ncontrols;
		put_row(fcinfo, leading, NULL, 2, &effect, &note);
	}
	pfree(variances);
	pfree(influence.constants);
	pfree(influence.weights);
}

Datum
panel_att(PG_FUNCTION_ARGS)
{
	CallawayOptions options = arguments(fcinfo);
	CohortSums	sums;
	Callaway	callaway;
	int			next;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(ARGUMENT_PANEL))
		return (Datum) 0;
	begin(fcinfo, &options, &sums, &callaway);
	for (int first = 0; first < callaway.ncells; first = next)
	{
		next = first;
		while (next < callaway.ncells && callaway.cells[next].cohort == callaway.cells[first].cohort)
			next++;
		put_cohort(fcinfo, &callaway, callaway.cells + first, next - first, &options);
	}
	return (Datum) 0;
}

/* ---- the pre-trend test ---- */

/* x' V^-1 x; NaN where V, which is overwritten, is singular. */
static double
quadratic_form(double *x, double *v, int n)
{
	gsl_matrix_view matrix = gsl_matrix_view_array(v, n, n);
	gsl_vector_view vector = gsl_vector_view_array(x, n);
	double	   *work = palloc(3 * n * sizeof(double));
	gsl_vector_view work_view = gsl_vector_view_array(work, 3 * n);
	double	   *scale = palloc(n * sizeof(double));
	double		condition;
	double		sum = 0;

	for (int k = 0; k < n; k++)
	{
		scale[k] = sqrt(v[(size_t) k * n + k]);
		if (!(scale[k] > 0))
			return NAN;
	}
	for (int k = 0; k < n; k++)
	{
		x[k] /= scale[k];
		for (int l = 0; l < n; l++)
			v[(size_t) k * n + l] /= scale[k] * scale[l];
	}
	if (gsl_linalg_cholesky_decomp1(&matrix.matrix) != 0 ||
		gsl_linalg_cholesky_rcond(&matrix.matrix, &condition, &work_view.vector) != 0 ||
		!(condition > MIN_RECIPROCAL_CONDITION))
		return NAN;
	gsl_blas_dtrsv(CblasLower, CblasNoTrans, CblasNonUnit, &matrix.matrix, &vector.vector);
	for (int k = 0; k < n; k++)
		sum += x[k] * x[k];
	return sum;
}

/* Does the cell tell of a time that no effect may have reached? */
static bool
is_before(const Callaway *callaway, const AttCell *cell)
{
	return cell_is_defined(cell) && !cell_is_base(cell) &&
		cell_lag(callaway, cell) < -callaway->rule.anticipation;
}

/* The hypothesis that before treatment all cells are 0. */
static Effect
pre_trend(const Callaway *callaway, const CallawayOptions *options, StringInfo note)
{
	const CohortSums *sums = callaway->sums;
	Effect		effect = effect_unknown("pre_trend", options->conf_level, sums->nplaces);
	double	   *att = palloc_extended(Max(callaway->ncells, 1) * sizeof(double), MCXT_ALLOC_HUGE);
	Influence	influence;
	CallawaySides sides = {{0}};
	int			n = 0;

	for (int k = 0; k < callaway->ncells; k++)
		if (is_before(callaway, &callaway->cells[k]))
		{
			att[n++] = callaway->cells[k].att;
			callaway_add_sides(callaway, &callaway->cells[k], &sides);
		}
	if (n == 0)
		note_add(note, "no test: there is no cell before treatment");
	else if (sides_are_single(sides))
		note_add(note, sides.single_place ?
				 "no test: a cohort or its control is a single place" :
				 "no test: the treated places, or their controls, lie in a single cluster");
	else if (n >= sums->nclusters)
		note_add(note, "no test: there are %d cells before treatment, but just %u %ss", n,
				 sums->nclusters, cluster_word(sums));
	else if (n > MAX_TESTED)
		note_add(note, "no test: there are %d cells before treatment, more than %d", n, MAX_TESTED);
	if (note->len > 0)
		return effect;

	influence_begin(&influence, sums, n);
	n = 0;
	for (int k = 0; k < callaway->ncells; k++)
		if (is_before(callaway, &callaway->cells[k]))
			callaway_add_cell(callaway, &callaway->cells[k], 1, &influence, n++);
	effect.df = n;
	effect.statistic = quadratic_form(att, influence_covariances(&influence, sums), n);
	if (isnan(effect.statistic))
		note_add(note, "no test: the covariances of the cells before treatment are singular");
	else
		effect.p_value = chi_square_p(effect.statistic, n);
	return effect;
}

/* ---- event_study ---- */

/* The lags at which there are cells, from the first to the last. */
static void
find_lags(const Callaway *callaway, int *first, int *last)
{
	*first = PG_INT32_MAX;
	*last = PG_INT32_MIN;
	for (int k = 0; k < callaway->ncells; k++)
	{
		*first = Min(*first, cell_lag(callaway, &callaway->cells[k]));
		*last = Max(*last, cell_lag(callaway, &callaway->cells[k]));
	}
}

static void
put_lags(FunctionCallInfo fcinfo, const Callaway *callaway, const CallawayOptions *options,
		 int first, int last)
{
	const CohortSums *sums = callaway->sums;
	int			n = last - first + 1;
	CallawayAverage *averages = palloc(n * sizeof(CallawayAverage));
	Influence	influence;
	double	   *variances;

	influence_begin(&influence, sums, n);
	for (int k = 0; k < n; k++)
		averages[k] = callaway_at_lag(callaway, first + k, 1, &influence, k);
	variances = influence_variances(&influence, sums);
	for (int k = 0; k < n; k++)
	{
		const int64 lag = first + k;
		StringInfoData note;
		Effect		effect;

		initStringInfo(&note);
		if (k == 0)
			note_always(sums, &note);
		if (options->rule.universal && lag == -options->rule.anticipation - 1 &&
			averages[k].ncells > 0)
		{
			note_add(&note, "the base period");
			effect = effect_unknown("lag_effect", options->conf_level, sums->nplaces);
			effect.estimate = 0;
		}
		else
		{
			if (averages[k].ncells == 0)
				note_add(&note, "no control");
			effect = callaway_effect(callaway, "lag_effect", averages[k], variances[k], options, &note);
		}
		put_row(fcinfo, &lag, NULL, 1, &effect, &note);
	}
}

Datum
panel_event_study(PG_FUNCTION_ARGS)
{
	static const int64 no_lag = 0;
	static const bool missing = true;
	CallawayOptions options = arguments(fcinfo);
	CohortSums	sums;
	Callaway	callaway;
	int			first;
	int			last;
	StringInfoData note;
	Effect		effect;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(ARGUMENT_PANEL))
		return (Datum) 0;
	begin(fcinfo, &options, &sums, &callaway);
	find_lags(&callaway, &first, &last);
	if (callaway.ncells > 0)
		put_lags(fcinfo, &callaway, &options, first, last);
	initStringInfo(&note);
	effect = pre_trend(&callaway, &options, &note);
	if (callaway.ncells == 0)
		note_always(&sums, &note);
	put_row(fcinfo, &no_lag, &missing, 1, &effect, &note);
	return (Datum) 0;
}
