/*
 * options.c
 *	  Arguments of SQL functions that carry a choice or must not be NULL.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

void
option_require(FunctionCallInfo fcinfo, int argno, const char *name)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" must not be NULL", name)));
}

int
option_choice(FunctionCallInfo fcinfo, int argno, const char *name,
			  const char *const *choices)
{
	StringInfoData list;
	text	   *given;

	option_require(fcinfo, argno, name);
	given = PG_GETARG_TEXT_PP(argno);
	for (int i = 0; choices[i] != NULL; i++)
		if (VARSIZE_ANY_EXHDR(given) == strlen(choices[i]) &&
			memcmp(VARDATA_ANY(given), choices[i], strlen(choices[i])) == 0)
			return i;

	initStringInfo(&list);
	for (int i = 0; choices[i] != NULL; i++)
		appendStringInfo(&list, "%s\"%s\"", i == 0 ? "" : ", ", choices[i]);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("\"%s\" is no value of argument \"%s\"",
					text_to_cstring(given), name),
			 errhint("Use one of %s.", list.data)));
	pg_unreachable();
}

int32
option_count(FunctionCallInfo fcinfo, int argno, const char *name)
{
	int32		n;

	option_require(fcinfo, argno, name);
	n = PG_GETARG_INT32(argno);
	if (n < 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %d, but must be at least 1", name, n)));
	return n;
}

double
option_distance(FunctionCallInfo fcinfo, int argno, const char *name)
{
	double		value;

	option_require(fcinfo, argno, name);
	value = PG_GETARG_FLOAT8(argno);
	if (isnan(value) || isinf(value) || value < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be finite and at least 0",
						name, value)));
	return value;
}

const char *
option_interval_words(FunctionCallInfo fcinfo, int argno)
{
	return DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(argno)));
}

/* The length of an interval, given in an argument of that name. */
static int64
duration_of(const Interval *interval, const char *name)
{
	int64		days;
	int64		length;

	if (INTERVAL_NOT_FINITE(interval))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" must be finite", name)));
	if (interval->month != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must have an exact length, but has months", name),
				 errhint("Give it in days or hours, for example interval '90 days'.")));
	if (pg_mul_s64_overflow(interval->day, USECS_PER_DAY, &days) ||
		pg_add_s64_overflow(days, interval->time, &length))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" is too long", name)));
	if (length < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is negative: %s", name,
						DatumGetCString(DirectFunctionCall1(interval_out, IntervalPGetDatum(interval))))));
	return length;
}

int64
option_duration(FunctionCallInfo fcinfo, int argno, const char *name)
{
	option_require(fcinfo, argno, name);
	return duration_of(PG_GETARG_INTERVAL_P(argno), name);
}

int
option_elements(FunctionCallInfo fcinfo, int argno, const char *name,
				Datum **elements, bool **nulls)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);
	int16		length;
	bool		by_value;
	char		align;
	int			n;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
				 errmsg("argument \"%s\" must be a one-dimensional array", name)));
	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, align,
					  elements, nulls, &n);
	return n;
}

int
option_durations(FunctionCallInfo fcinfo, int argno, const char *name, int64 **durations)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	option_require(fcinfo, argno, name);
	n = option_elements(fcinfo, argno, name, &elements, &nulls);
	if (n == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must have an element", name)));
	*durations = palloc(n * sizeof(int64));
	for (int k = 0; k < n; k++)
	{
		if (nulls[k])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("an element of argument \"%s\" is NULL", name)));
		(*durations)[k] = duration_of(DatumGetIntervalP(elements[k]), name);
		if (k > 0 && (*durations)[k] <= (*durations)[k - 1])
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("elements %d and %d of argument \"%s\" do not ascend", k, k + 1, name),
					 errhint("Give each once, in ascending order.")));
	}
	return n;
}

double
option_conf_level(FunctionCallInfo fcinfo, int argno, const char *name)
{
	double		value;

	option_require(fcinfo, argno, name);
	value = PG_GETARG_FLOAT8(argno);
	if (!(value > 0 && value < 1))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be between 0 and 1", name, value),
				 errhint("For 95 %% give 0.95.")));
	return value;
}
