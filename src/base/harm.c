/*
 * harm.c
 *	  Harm of an event: see harm.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/harm.h"

int64
harm_millionths(double harm)
{
	double		millionths = rint(harm * HARM_SCALE);

	if (unlikely(!(harm >= 0 && millionths < (double) PG_INT64_MAX)))
	{
		if (harm < 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("harm is %g, but must not be negative", harm),
					 errhint("Use NULL for a harm that is not known.")));
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("harm is %g, but must be a number of at most " HARM_MAX_TEXT,
						harm),
				 errhint("Use NULL for a harm that is not known, and a larger unit, for example years for days, where it is too large.")));
	}
	return (int64) millionths;
}
