/*
 * trial_aggregate.c
 *	  The steps of the aggregates trial(); that of merge() is summary_merge().
 *
 * Arguments: 0 the transition value, 1 place, 2 day, 3 treated, 4 outcome, and in
 * some 5 dose.
 */
#include "base/compat.h"

#include "testing/trial.h"
#include "utils/date.h"

PG_FUNCTION_INFO_V1(trial_add_text);
PG_FUNCTION_INFO_V1(trial_add_bigint);
PG_FUNCTION_INFO_V1(trial_add_dose_text);
PG_FUNCTION_INFO_V1(trial_add_dose_bigint);

/* Whether the row is left out, and why: the first argument that is missing. */
static bool
is_left_out(FunctionCallInfo fcinfo, TrialDoses doses, TrialSkip *reason)
{
	for (int argno = 1; argno <= (doses == TRIAL_DOSES_KNOWN ? 5 : 4); argno++)
		if (PG_ARGISNULL(argno) || (argno == 2 && DATE_NOT_FINITE(PG_GETARG_DATEADT(2))))
		{
			*reason = (TrialSkip) (TRIAL_SKIP_PLACE + argno - 1);
			return true;
		}
	return false;
}

static Datum
add_row(FunctionCallInfo fcinfo, IdKind kind, TrialDoses doses)
{
	Trial	   *trial = (Trial *) summary_own(fcinfo, 0, &trial_kind);
	TrialCell	cell = {0};
	TrialSkip	reason;
	uint64		buffer;
	Id			place;

	if (trial == NULL)
		trial = trial_create(fcinfo);
	if (is_left_out(fcinfo, doses, &reason))
	{
		trial_skip(trial, reason, 1);
		return summary_result(&trial->summary);
	}
	place = id_argument(fcinfo, 1, kind, &buffer);
	cell.day = PG_GETARG_DATEADT(2);
	cell.treated = PG_GETARG_BOOL(3);
	cell.outcome = trial_amount(PG_GETARG_FLOAT8(4), "outcome", place, kind, cell.day);
	if (doses == TRIAL_DOSES_KNOWN)
		cell.dose = trial_amount(PG_GETARG_FLOAT8(5), "dose", place, kind, cell.day);
	if (cell.dose < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the dose of %s is negative: %g",
						trial_place_day(place, kind, cell.day), PG_GETARG_FLOAT8(5)),
				 errhint("Correct the row, or leave it out by a WHERE clause.")));
	trial_add(trial, kind, place, doses, cell);
	return summary_result(&trial->summary);
}

Datum
trial_add_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT, TRIAL_DOSES_UNKNOWN);
}

Datum
trial_add_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT, TRIAL_DOSES_UNKNOWN);
}

Datum
trial_add_dose_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT, TRIAL_DOSES_KNOWN);
}

Datum
trial_add_dose_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT, TRIAL_DOSES_KNOWN);
}
