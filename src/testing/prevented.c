/*
 * prevented.c
 *	  prevented(effect, exposure, ...): what an effect means in crimes or harm, and
 *	  what it costs.
 */
#include "base/compat.h"

#include <math.h>

#include "base/note.h"
#include "base/options.h"
#include "funcapi.h"
#include "testing/effect.h"

PG_FUNCTION_INFO_V1(prevented);

/* What the estimate of a measure is. */
typedef enum Scale
{
	DIFFERENCE,					/* for one unit of exposure */
	LOG_RATIO,
	RATIO,
	PERCENT
} Scale;

static const struct
{
	const char *measure;
	Scale		scale;
}			scales[] =
{
	{"did", DIFFERENCE},
	{"twfe", DIFFERENCE},
	{"callaway", DIFFERENCE},
	{"att", DIFFERENCE},
	{"lag_effect", DIFFERENCE},
	{"permutation", DIFFERENCE},
	{"wild_bootstrap", DIFFERENCE},
	{"ols_fe", DIFFERENCE},
	{"paired_difference", DIFFERENCE},
	{"mantel_haenszel_difference", DIFFERENCE},
	{"dose_effect", DIFFERENCE},
	{"e_test", DIFFERENCE},
	{"wdd", DIFFERENCE},
	{"wdd_local", DIFFERENCE},
	{"wdd_buffer", DIFFERENCE},
	{"poisson", LOG_RATIO},
	{"poisson_fe", LOG_RATIO},
	{"poisson_fe_day", LOG_RATIO},
	{"log_rate_ratio", LOG_RATIO},
	{"log_rate_ratio_poisson", LOG_RATIO},
	{"log_rate_ratio_quasi", LOG_RATIO},
	{"mantel_haenszel_log_ratio", LOG_RATIO},
	{"run_length_1", LOG_RATIO},
	{"run_length_2", LOG_RATIO},
	{"run_length_3", LOG_RATIO},
	{"next_day", LOG_RATIO},
	{"rate_ratio", RATIO},
	{"c_test", RATIO},
	{"percent_change", PERCENT},
};

static Scale
scale_of(const char *measure)
{
	StringInfoData list;

	if (measure == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the measure of the effect must not be NULL"),
				 errhint("Give an effect as an estimator returns it.")));
	initStringInfo(&list);
	for (int k = 0; k < lengthof(scales); k++)
	{
		if (strcmp(measure, scales[k].measure) == 0)
			return scales[k].scale;
		appendStringInfo(&list, "%s%s", k == 0 ? "" : ", ", scales[k].measure);
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("what was prevented does not follow from measure \"%s\"", measure),
			 errhint("Measures it follows from are %s.", list.data)));
	pg_unreachable();
}

/* The ratio of rates that an estimate of such a scale means. */
static double
ratio_of(Scale scale, double estimate)
{
	return scale == LOG_RATIO ? exp(estimate) :
		scale == PERCENT ? 1 + estimate / 100 : estimate;
}

/*
 * What would have been there without the effect, less what was: falls with the
 * estimate.  Where a ratio is 0 that is not defined.
 */
static double
prevented_by(Scale scale, double estimate, double exposure)
{
	if (scale == DIFFERENCE)
		return 0 - estimate * exposure;
	return ratio_of(scale, estimate) > 0 ? exposure * (1 / ratio_of(scale, estimate) - 1) : NAN;
}

/* The size of the derivative of prevented_by() by the estimate. */
static double
slope(Scale scale, double estimate, double exposure)
{
	double		ratio;

	if (scale == DIFFERENCE)
		return exposure;
	ratio = ratio_of(scale, estimate);
	return exposure / ratio / (scale == LOG_RATIO ? 1 : ratio) / (scale == PERCENT ? 100 : 1);
}

static Effect
prevented_effect(const Effect *effect, double exposure)
{
	Scale		scale = scale_of(effect->measure);
	Effect		prevented = *effect;
	StringInfoData note;

	initStringInfo(&note);
	prevented.measure = "prevented";
	prevented.estimate = prevented_by(scale, effect->estimate, exposure);
	prevented.std_error = effect->std_error * slope(scale, effect->estimate, exposure);
	prevented.statistic = 0 - effect->statistic;
	prevented.conf_low = prevented_by(scale, effect->conf_high, exposure);
	prevented.conf_high = prevented_by(scale, effect->conf_low, exposure);
	if (isnan(effect->estimate))
		note_add(&note, "the effect has no estimate");
	else if (!isfinite(prevented.estimate))
		note_add(&note, "the ratio is not above 0, so that what would have been cannot be told from what was");
	else if (!isfinite(prevented.conf_high) && isfinite(effect->conf_low))
		note_add(&note, "no upper limit, for that of the ratio is not above 0");
	if (effect->note != NULL)
		note_add(&note, "%s", effect->note);
	prevented.note = note_text(&note);
	return prevented;
}

/* What was spent by what was prevented. */
static Effect
per_prevented(const char *measure, double spent, const Effect *prevented)
{
	Effect		effect = effect_unknown(measure, prevented->conf_level, prevented->n);

	if (!isfinite(prevented->estimate))
		effect.note = "what was prevented is not known";
	else if (prevented->estimate <= 0)
		effect.note = "nothing was prevented";
	else
	{
		effect.estimate = spent / prevented->estimate;
		if (prevented->conf_high > 0)
			effect.conf_low = spent / prevented->conf_high;
		if (prevented->conf_low > 0)
			effect.conf_high = spent / prevented->conf_low;
		else if (isfinite(prevented->conf_low))
			effect.note = "no upper limit, for the interval of what was prevented reaches to 0";
	}
	return effect;
}

/* prevented(effect, exposure, patrol_hours, price_per_hour) */
Datum
prevented(PG_FUNCTION_ARGS)
{
	double		exposure = option_distance(fcinfo, 1, "exposure");
	double		hours = PG_ARGISNULL(2) ? NAN : option_distance(fcinfo, 2, "patrol_hours");
	double		price = PG_ARGISNULL(3) ? NAN : option_distance(fcinfo, 3, "price_per_hour");
	Effect		effect;
	Effect		row;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(2) && !PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" must not be NULL where \"%s\" is given",
						"patrol_hours", "price_per_hour"),
				 errhint("Give the hours that were patrolled: their cost is what was spent.")));
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	effect = effect_argument(fcinfo, 0);
	effect = prevented_effect(&effect, exposure);
	effect_put(fcinfo, &effect);
	if (isnan(hours))
		return (Datum) 0;
	row = per_prevented("patrol_hours_per_prevented", hours, &effect);
	effect_put(fcinfo, &row);
	if (isnan(price))
		return (Datum) 0;
	row = per_prevented("cost_per_prevented", hours * price, &effect);
	effect_put(fcinfo, &row);
	return (Datum) 0;
}
