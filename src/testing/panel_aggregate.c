/*
 * panel_aggregate.c
 *	  The steps of the aggregates panel(); that of merge() is summary_merge().
 *
 * Arguments: 0 the transition value, 1 place, 2 period, 3 outcome, 4 the first
 * treated period, 5 the cluster, if there is one.
 */
#include "base/compat.h"

#include <math.h>

#include "testing/panel.h"
#include "utils/date.h"
#include "utils/datetime.h"

PG_FUNCTION_INFO_V1(panel_add_text);
PG_FUNCTION_INFO_V1(panel_add_bigint);
PG_FUNCTION_INFO_V1(panel_add_text_text);
PG_FUNCTION_INFO_V1(panel_add_text_bigint);
PG_FUNCTION_INFO_V1(panel_add_bigint_text);
PG_FUNCTION_INFO_V1(panel_add_bigint_bigint);
PG_FUNCTION_INFO_V1(month_number);
PG_FUNCTION_INFO_V1(week_number);
PG_FUNCTION_INFO_V1(day_number);

/* Far below what an Outcome holds, so that a hundred million add up. */
#define MAX_OUTCOME 1e18

/* Whether a row is left out, and why. */
static bool
left_out(FunctionCallInfo fcinfo, IdKind clusters, PanelSkip *reason)
{
	for (int argno = 1; argno <= 3; argno++)
		if (PG_ARGISNULL(argno))
		{
			*reason = (PanelSkip) (PANEL_SKIP_PLACE + argno - 1);
			return true;
		}
	*reason = PANEL_SKIP_CLUSTER;
	return clusters != IDS_NONE && PG_ARGISNULL(5);
}

static Outcome
outcome_argument(FunctionCallInfo fcinfo, Id place, IdKind places)
{
	double		outcome = PG_GETARG_FLOAT8(3);

	if (!(fabs(outcome) <= MAX_OUTCOME))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("outcome %g of place %s in period %d is not between -%g and %g",
						outcome, id_text(place, places), PG_GETARG_INT32(2), MAX_OUTCOME,
						MAX_OUTCOME),
				 errhint("Use NULL for an outcome that is not known, and a larger unit where outcomes are large.")));
	return exact_trillionths(outcome);
}

static int32
treated_argument(FunctionCallInfo fcinfo, Id place, IdKind places)
{
	int32		treated_from;

	if (PG_ARGISNULL(4))
		return PANEL_NEVER;
	treated_from = PG_GETARG_INT32(4);
	if (treated_from == PANEL_NEVER)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("treated_from of place %s is 0", id_text(place, places)),
				 errhint("Give NULL for a place that is never treated; number the periods so that no treatment starts in period 0.")));
	return treated_from;
}

static Datum
add_row(FunctionCallInfo fcinfo, IdKind places, IdKind clusters)
{
	Panel	   *panel = (Panel *) summary_own(fcinfo, 0, &panel_kind);
	uint64		buffers[2];
	PanelRow	row = {0};
	PanelSkip	reason;

	if (panel == NULL)
		panel = panel_create(fcinfo);
	if (left_out(fcinfo, clusters, &reason))
	{
		panel_skip(panel, reason, 1);
		return summary_result(&panel->summary);
	}
	row.place = id_argument(fcinfo, 1, places, &buffers[0]);
	row.period = PG_GETARG_INT32(2);
	row.outcome = outcome_argument(fcinfo, row.place, places);
	row.treated_from = treated_argument(fcinfo, row.place, places);
	if (clusters != IDS_NONE)
		row.cluster = id_argument(fcinfo, 5, clusters, &buffers[1]);
	panel_add(panel, places, clusters, &row);
	return summary_result(&panel->summary);
}

Datum
panel_add_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT, IDS_NONE);
}

Datum
panel_add_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT, IDS_NONE);
}

Datum
panel_add_text_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT, IDS_TEXT);
}

Datum
panel_add_text_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_TEXT, IDS_BIGINT);
}

Datum
panel_add_bigint_text(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT, IDS_TEXT);
}

Datum
panel_add_bigint_bigint(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, IDS_BIGINT, IDS_BIGINT);
}

/* ---- periods of dates ---- */

/* The Julian day of a date argument, which must be finite. */
static int
julian_day(FunctionCallInfo fcinfo)
{
	DateADT		date = PG_GETARG_DATEADT(0);

	if (DATE_NOT_FINITE(date))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("an infinite date has no number"),
				 errhint("Leave out such rows, or give them a date.")));
	return date + POSTGRES_EPOCH_JDATE;
}

/* month_number(date): year * 12 + month - 1 */
Datum
month_number(PG_FUNCTION_ARGS)
{
	int			year;
	int			month;
	int			day;

	j2date(julian_day(fcinfo), &year, &month, &day);
	PG_RETURN_INT32(year * 12 + month - 1);
}

/* week_number(date): Julian day 0 was a Monday, and no date is before it. */
Datum
week_number(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(julian_day(fcinfo) / 7);
}

/* day_number(date) */
Datum
day_number(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(julian_day(fcinfo));
}
