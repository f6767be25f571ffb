/*
 * crime_rate.c
 *	  The crimes of a zone, and how many there are an hour: see crime_rate.h.
 */
#include "base/compat.h"

#include "base/distribution.h"
#include "base/options.h"
#include "miscadmin.h"
#include "tracking/crime_rate.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#define ST_SORT sort_times
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) ((*(a) > *(b)) - (*(a) < *(b)))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

void
crimes_argument(FunctionCallInfo fcinfo, int argno, Crimes *crimes)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("argument \"%s\" must not be NULL", "crimes"),
				 errhint("Where there may be no crime, use coalesce(array_agg(at), '{}').")));
	n = option_elements(fcinfo, argno, "crimes", &elements, &nulls);
	crimes->at = palloc_extended(Max(n, 1) * sizeof(int64), MCXT_ALLOC_HUGE);
	crimes->ncrimes = 0;
	for (int k = 0; k < n; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!nulls[k] && !TIMESTAMP_NOT_FINITE(DatumGetTimestampTz(elements[k])))
			crimes->at[crimes->ncrimes++] = DatumGetTimestampTz(elements[k]);
	}
	crimes->left_out = (size_t) n - crimes->ncrimes;
	sort_times(crimes->at, crimes->ncrimes);
}

void
note_add(StringInfo note, const char *format,...)
{
	va_list		arguments;
	char		sentence[256];

	va_start(arguments, format);
	vsnprintf(sentence, sizeof(sentence), format, arguments);
	va_end(arguments);
	appendStringInfo(note, "%s%s", note->len == 0 ? "" : "; ", sentence);
}

void
note_crimes(StringInfo note, const Crimes *crimes)
{
	if (crimes->left_out > 0)
		note_add(note, "crimes left out, their time is NULL or infinite: %zu",
				 crimes->left_out);
}

Datum
note_datum(const StringInfo note, bool *isnull)
{
	*isnull = note->len == 0;
	return *isnull ? (Datum) 0 : CStringGetTextDatum(note->data);
}

void
rate_columns(uint64 events, uint128 exposure, double conf_level,
			 Datum *values, bool *nulls, StringInfo note)
{
	double		hours = (double) exposure / 3.6e9;
	double		low;
	double		high;

	if (exposure == 0)
	{
		nulls[RATE_PER_HOUR] = nulls[RATE_CONF_LOW] = nulls[RATE_CONF_HIGH] = true;
		return;
	}
	values[RATE_PER_HOUR] = Float8GetDatum((double) events / hours);
	if (!poisson_interval(events, conf_level, &low, &high))
	{
		nulls[RATE_CONF_LOW] = nulls[RATE_CONF_HIGH] = true;
		note_add(note, "the confidence interval cannot be computed at this conf_level");
		return;
	}
	values[RATE_CONF_LOW] = Float8GetDatum(low / hours);
	values[RATE_CONF_HIGH] = Float8GetDatum(high / hours);
}
