/*
 * decay.c
 *	  decay(at, as_of, half_life): how much an event still counts.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "common/int.h"
#include "utils/float.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(decay);

#define TERMS 18

/*
 * 2^x by its series, |x| at most 1/2 after the whole part is taken off.  The C
 * library's exp2() is as accurate, but picks its code by the processor, and two
 * machines must agree to the last bit.
 */
static double
power_of_two(double x)
{
	double		whole = floor(x + 0.5);
	double		t = (x - whole) * M_LN2;
	double		sum = 1.0;

	if (whole < -1100)
		return 0.0;
	if (whole > 1100)
		return get_float8_infinity();
	for (int k = TERMS; k > 0; k--)
		sum = 1.0 + sum * t / k;
	return ldexp(sum, (int) whole);
}

Datum
decay(PG_FUNCTION_ARGS)
{
	TimestampTz at;
	TimestampTz as_of;
	int64		half_life;
	int64		age;

	option_require(fcinfo, 1, "as_of");
	as_of = PG_GETARG_TIMESTAMPTZ(1);
	half_life = option_duration(fcinfo, 2, "half_life");
	if (half_life == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must be longer than 0", "half_life")));
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	at = PG_GETARG_TIMESTAMPTZ(0);

	if (TIMESTAMP_NOT_FINITE(at) || TIMESTAMP_NOT_FINITE(as_of) ||
		pg_sub_s64_overflow(as_of, at, &age))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("the age of an event must be finite")));
	PG_RETURN_FLOAT8(power_of_two(-((double) age / (double) half_life)));
}
