/*
 * effect.c
 *	  SQL type effect: see effect.h.
 */
#include "base/compat.h"

#include <math.h>

#include "access/htup_details.h"
#include "base/distribution.h"
#include "funcapi.h"
#include "testing/effect.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

Effect
effect_unknown(const char *measure, double conf_level, int64 n)
{
	return (Effect) {
		.measure = measure,
		.estimate = NAN,
		.std_error = NAN,
		.df = NAN,
		.statistic = NAN,
		.p_value = NAN,
		.conf_low = NAN,
		.conf_high = NAN,
		.conf_level = conf_level,
		.n = n
	};
}

Effect
effect_of(const char *measure, double estimate, double std_error, double df,
		  double conf_level, int64 n)
{
	Effect		effect = effect_unknown(measure, conf_level, n);
	double		half;

	effect.estimate = estimate;
	effect.std_error = std_error;
	effect.df = df;
	if (!isfinite(estimate) || !(std_error > 0))
		return effect;
	effect.statistic = estimate / std_error;
	effect.p_value = two_sided_p(effect.statistic, df);
	half = two_sided_quantile(conf_level, df) * std_error;
	effect.conf_low = estimate - half;
	effect.conf_high = estimate + half;
	return effect;
}

void
effect_columns(const Effect *effect, Datum *values, bool *nulls)
{
	const double numbers[] = {
		effect->estimate, effect->std_error, effect->df, effect->statistic,
		effect->p_value, effect->conf_low, effect->conf_high, effect->conf_level
	};
	int			n = 0;

	nulls[n] = false;
	values[n++] = CStringGetTextDatum(effect->measure);
	for (int k = 0; k < lengthof(numbers); k++)
	{
		nulls[n] = !isfinite(numbers[k]);
		values[n++] = Float8GetDatum(numbers[k]);
	}
	nulls[n] = false;
	values[n++] = Int64GetDatum(effect->n);
	nulls[n] = effect->note == NULL;
	values[n++] = effect->note == NULL ? (Datum) 0 : CStringGetTextDatum(effect->note);
	Assert(n == EFFECT_COLUMNS);
}

Datum
effect_datum(FunctionCallInfo fcinfo, const Effect *effect)
{
	TupleDesc	descriptor;
	Datum		values[EFFECT_COLUMNS];
	bool		nulls[EFFECT_COLUMNS];

	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE ||
		descriptor->natts != EFFECT_COLUMNS)
		elog(ERROR, "the function must return an effect");
	effect_columns(effect, values, nulls);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls));
}

void
effect_put(FunctionCallInfo fcinfo, const Effect *effect)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Datum		values[EFFECT_COLUMNS];
	bool		nulls[EFFECT_COLUMNS];

	effect_columns(effect, values, nulls);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

Effect
effect_argument(FunctionCallInfo fcinfo, int argno)
{
	HeapTupleHeader row = PG_GETARG_HEAPTUPLEHEADER(argno);
	TupleDesc	descriptor = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(row),
													HeapTupleHeaderGetTypMod(row));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(row), .t_data = row};
	Effect		effect = {0};
	double	   *const numbers[] = {
		&effect.estimate, &effect.std_error, &effect.df, &effect.statistic,
		&effect.p_value, &effect.conf_low, &effect.conf_high, &effect.conf_level
	};
	Datum		values[EFFECT_COLUMNS];
	bool		nulls[EFFECT_COLUMNS];
	int			n = 0;

	if (descriptor->natts != EFFECT_COLUMNS)
		elog(ERROR, "the argument must be an effect");
	heap_deform_tuple(&tuple, descriptor, values, nulls);
	effect.measure = nulls[n] ? NULL : TextDatumGetCString(values[n]);
	n++;
	for (int k = 0; k < lengthof(numbers); k++, n++)
		*numbers[k] = nulls[n] ? NAN : DatumGetFloat8(values[n]);
	effect.n = nulls[n] ? 0 : DatumGetInt64(values[n]);
	n++;
	effect.note = nulls[n] ? NULL : TextDatumGetCString(values[n]);
	ReleaseTupleDesc(descriptor);
	return effect;
}
