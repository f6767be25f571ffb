/*
 * exposure.c
 *	  exposure(patrol, crimes, ...): crime by the time since the last visit.
 */
#include "base/compat.h"

#include "base/options.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/duration.h"
#include "tracking/patrol.h"
#include "tracking/states.h"
#include "utils/builtins.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(patrol_exposure);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_PATROL,
	ARGUMENT_CRIMES,
	ARGUMENT_EDGES,
	ARGUMENT_DURING,
	ARGUMENT_MERGE_GAP,
	ARGUMENT_PASSING,
	ARGUMENT_CONF_LEVEL
};

enum
{
	COLUMN_STATE,
	COLUMN_SINCE_FROM,
	COLUMN_SINCE_TO,
	COLUMN_EXPOSURE_MINUTES,
	COLUMN_CRIMES,
	COLUMN_RATE,				/* and its interval */
	COLUMN_NOTE = COLUMN_RATE + RATE_COLUMNS,
	COLUMNS
};

static int
edges_argument(FunctionCallInfo fcinfo, int64 **edges)
{
	int			nedges = option_durations(fcinfo, ARGUMENT_EDGES, "edges", edges);

	if ((*edges)[0] != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the first element of argument \"%s\" must be 0", "edges"),
				 errhint("The first class begins with the departure.")));
	return nedges;
}

/* The window of observation, which must have an end on either side. */
static Span
during_argument(FunctionCallInfo fcinfo)
{
	Span		window;

	if (!span_argument(fcinfo, ARGUMENT_DURING, &window))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is empty", "during")));
	if (TIMESTAMP_NOT_FINITE(window.start) || TIMESTAMP_NOT_FINITE(window.end))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" must have a finite start and end", "during")));
	return window;
}

static void
fill_state(int state, const int64 *edges, int nedges, Datum *values, bool *nulls)
{
	static const char *const names[] = {
		[STATE_BEFORE] = "before",
		[STATE_PRESENT] = "present",
		[STATE_AFTER] = "after"
	};
	int			k = state - STATE_AFTER;

	values[COLUMN_STATE] = CStringGetTextDatum(names[Min(state, STATE_AFTER)]);
	nulls[COLUMN_SINCE_FROM] = k < 0;
	nulls[COLUMN_SINCE_TO] = k < 0 || k + 1 == nedges;
	if (!nulls[COLUMN_SINCE_FROM])
		values[COLUMN_SINCE_FROM] = interval_datum((uint64) edges[k]);
	if (!nulls[COLUMN_SINCE_TO])
		values[COLUMN_SINCE_TO] = interval_datum((uint64) edges[k + 1]);
}

static void
note_outside(StringInfo note, const Crimes *crimes, size_t outside)
{
	note_crimes(note, crimes);
	if (outside > 0)
		note_add(note, "crimes outside the window: %zu", outside);
}

Datum
patrol_exposure(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	bool		has_during = !PG_ARGISNULL(ARGUMENT_DURING);
	Crimes		crimes;
	int64	   *edges;
	int			nedges;
	Span		window;
	uint64		merge_gap;
	PresenceOf	which;
	double		conf_level;
	PatrolRows	patrol;
	PatrolVisit *visits;
	size_t		nvisits;
	StateSum   *sums;
	size_t		outside;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	crimes_argument(fcinfo, ARGUMENT_CRIMES, &crimes);
	nedges = edges_argument(fcinfo, &edges);
	if (has_during)
		window = during_argument(fcinfo);
	merge_gap = (uint64) option_duration(fcinfo, ARGUMENT_MERGE_GAP, "merge_gap");
	option_require(fcinfo, ARGUMENT_PASSING, "passing");
	which = PG_GETARG_BOOL(ARGUMENT_PASSING) ? PRESENCE_ALL : PRESENCE_STOPPING;
	conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level");

	patrol_view(fcinfo, ARGUMENT_PATROL, &patrol);
	visits = patrol_visits(&patrol, which, merge_gap, &nvisits);
	if (!has_during)
	{
		if (nvisits == 0)
			return (Datum) 0;
		window = (Span) {visits[0].span.start, visits[nvisits - 1].span.end};
	}

	sums = palloc((STATE_AFTER + nedges) * sizeof(StateSum));
	outside = states_sum(visits, nvisits, &crimes, window, edges, nedges, sums);
	for (int state = 0; state < STATE_AFTER + nedges; state++)
	{
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};
		StringInfoData note;

		initStringInfo(&note);
		if (state == STATE_BEFORE)
			note_outside(&note, &crimes, outside);
		if (sums[state].exposure == 0)
			note_add(&note, "no exposure");
		fill_state(state, edges, nedges, values, nulls);
		values[COLUMN_EXPOSURE_MINUTES] = Float8GetDatum(minutes(sums[state].exposure));
		values[COLUMN_CRIMES] = Int64GetDatum((int64) sums[state].crimes);
		rate_columns(sums[state].crimes, sums[state].exposure, conf_level,
					 values + COLUMN_RATE, nulls + COLUMN_RATE, &note);
		values[COLUMN_NOTE] = note_datum(&note, &nulls[COLUMN_NOTE]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
