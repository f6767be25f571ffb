/*
 * options.c
 *	  Arguments of SQL functions that carry a choice or must not be NULL.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "common/int.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
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

int64
option_duration(FunctionCallInfo fcinfo, int argno, const char *name)
{
	Interval   *interval;
	int64		days;
	int64		length;

	option_require(fcinfo, argno, name);
	interval = PG_GETARG_INTERVAL_P(argno);
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
						DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(argno))))));
	return length;
}
