/*
 * did.c
 *	  did(panel, method, ...): difference in differences, one effect.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "testing/standard_error.h"
#include "testing/two_way.h"

PG_FUNCTION_INFO_V1(panel_did);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_PANEL,
	ARGUMENT_METHOD,
	ARGUMENT_SE,
	ARGUMENT_SUMMARY,
	ARGUMENT_CONTROL,
	ARGUMENT_CONF_LEVEL,
	ARGUMENT_ANTICIPATION,
	ARGUMENT_BASE
};

typedef enum Method
{
	METHOD_TWFE,
	METHOD_POISSON,
	METHOD_CALLAWAY
} Method;

static const char *const methods[] = {
	[METHOD_TWFE] = "twfe",
	[METHOD_POISSON] = "poisson",
	[METHOD_CALLAWAY] = "callaway",
	NULL
};

typedef enum Se
{
	SE_CR1,
	SE_CR2,
	SE_IID,
	SE_DID
} Se;

static const char *const ses[] = {
	[SE_CR1] = "cr1",
	[SE_CR2] = "cr2",
	[SE_IID] = "iid",
	[SE_DID] = "did",
	NULL
};

/* Which standard errors a method has, the default first. */
static const struct
{
	int			n;
	Se			of[3];
}			ses_of[] = {
	[METHOD_TWFE] = {3, {SE_CR1, SE_CR2, SE_IID}},
	[METHOD_POISSON] = {2, {SE_CR1, SE_IID}},
	[METHOD_CALLAWAY] = {2, {SE_DID, SE_CR1}}
};

static Se
se_argument(FunctionCallInfo fcinfo, Method method)
{
	Se			se;
	StringInfoData list;

	if (PG_ARGISNULL(ARGUMENT_SE))
		return ses_of[method].of[0];
	se = (Se) option_choice(fcinfo, ARGUMENT_SE, "se", ses);
	initStringInfo(&list);
	for (int k = 0; k < ses_of[method].n; k++)
	{
		if (ses_of[method].of[k] == se)
			return se;
		appendStringInfo(&list, "%s\"%s\"", k == 0 ? "" : ", ", ses[ses_of[method].of[k]]);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("method \"%s\" has no standard error \"%s\"", methods[method], ses[se]),
			 errhint("Use one of %s.", list.data)));
	pg_unreachable();
}

/* ---- regressions ---- */

/* The standard error of a fit, its degrees of freedom, and what to say of it. */
static double
error_of_fit(const TwoWay *fit, const CohortSums *sums, const Influence *influence, Se se,
			 double *df, StringInfo note)
{
	double		n = (double) fit->nplaces * fit->nperiods;

	*df = NAN;
	if (se == SE_IID)
	{
		*df = fit->iid_df;
		if (isnan(fit->iid_variance))
			note_add(note, "no standard error: no degree of freedom is left");
		return sqrt(fmax(fit->iid_variance, 0) + 0 * fit->iid_variance);
	}
	if (se == SE_CR2)
	{
		double		error = NAN;

		if (sums->clustered)
			note_add(note, "no standard error \"cr2\", which is clustered by place: the panel has clusters");
		else if (isnan(error = twfe_cr2(sums, influence, df)))
			note_add(note, "no standard error: treated places or controls are a single place");
		return error;
	}
	if (fit->nclusters < 2 || n - 1 - fit->nperiods <= 0)
	{
		note_add(note, "no standard error: there are too few %ss", cluster_word(sums));
		return NAN;
	}
	*df = fit->nclusters - 1;
	return sqrt(influence_variances(influence, sums)[0] * two_way_cr1(fit));
}

static Effect
regression(FunctionCallInfo fcinfo, Method method, Se se, double conf_level, StringInfo note)
{
	CohortSums	sums;
	Influence	influence;
	TwoWay		fit;
	double		error;
	double		df;

	cohort_sums(fcinfo, ARGUMENT_PANEL, (FoldRule) {.ratios = method == METHOD_POISSON},
				&sums);
	influence_begin(&influence, &sums, 1);
	fit = method == METHOD_POISSON ? poisson_fe(&sums, &influence) : twfe(&sums, &influence);
	note_always(&sums, note);
	note_unused(&fit, &sums, note);
	if (fit.problem != NULL)
	{
		note_add(note, "%s", fit.problem);
		return effect_unknown(methods[method], conf_level, fit.nplaces);
	}
	if (se == SE_CR1 && fit.nclusters > 1 && has_single_arm(&fit))
	{
		note_add(note, "no standard error: treated places or controls are a single %s",
				 cluster_word(&sums));
		error = df = NAN;
	}
	else
		error = settled_error(error_of_fit(&fit, &sums, &influence, se, &df, note),
							  method == METHOD_POISSON ? 1 : outcome_size(&sums), note);
	return effect_of(methods[method], fit.estimate, error, df, conf_level, fit.nplaces);
}

/* ---- Callaway and Sant'Anna ---- */

static Effect
callaway(FunctionCallInfo fcinfo, CallawaySummary summary, const CallawayOptions *options,
		 StringInfo note)
{
	FoldRule	rule = {.anticipation = options->rule.anticipation, .drop_always = true};
	CohortSums	sums;
	Callaway	cells;
	Influence	influence;
	CallawayAverage average;
	int			undefined = 0;

	cohort_sums(fcinfo, ARGUMENT_PANEL, rule, &sums);
	callaway_begin(&cells, &sums, options->rule);
	influence_begin(&influence, &sums, 1);
	average = callaway_overall(&cells, summary, &influence, 0);
	note_always(&sums, note);
	for (int k = 0; k < cells.ncells; k++)
		undefined += !cell_is_defined(&cells.cells[k]) && cell_lag(&cells, &cells.cells[k]) >= 0;
	if (undefined > 0)
		note_add(note, "cells left out, they have no control: %d", undefined);
	if (average.ncells == 0)
		note_add(note, "no place is treated within the panel while others are not");
	return callaway_effect(&cells, "callaway", average, influence_variances(&influence, &sums)[0],
						   options, note);
}

Datum
panel_did(PG_FUNCTION_ARGS)
{
	static const char *const summaries[] = {
		[CALLAWAY_SIMPLE] = "simple",
		[CALLAWAY_GROUP] = "group",
		[CALLAWAY_DYNAMIC] = "dynamic",
		[CALLAWAY_CALENDAR] = "calendar",
		NULL
	};
	Method		method = (Method) option_choice(fcinfo, ARGUMENT_METHOD, "method", methods);
	Se			se = se_argument(fcinfo, method);
	CallawaySummary summary = (CallawaySummary) option_choice(fcinfo, ARGUMENT_SUMMARY, "summary", summaries);
	CallawayOptions options = {
		.rule = {
			.not_yet = option_not_yet(fcinfo, ARGUMENT_CONTROL),
			.universal = option_universal(fcinfo, ARGUMENT_BASE),
			.anticipation = option_anticipation(fcinfo, ARGUMENT_ANTICIPATION)
		},
		.cr1 = se == SE_CR1,
		.conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level")
	};
	StringInfoData note;
	Effect		effect;

	if (PG_ARGISNULL(ARGUMENT_PANEL))
		PG_RETURN_NULL();
	initStringInfo(&note);
	effect = method == METHOD_CALLAWAY ? callaway(fcinfo, summary, &options, &note) :
		regression(fcinfo, method, se, options.conf_level, &note);
	effect.note = note_text(&note);
	return effect_datum(fcinfo, &effect);
}
