/*
 * koper.c
 *	  koper(patrol, crimes, ...): crime after visits, by their length.
 */
#include "base/compat.h"

#include "base/options.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/departure.h"
#include "tracking/duration.h"
#include "tracking/patrol.h"
#include "utils/array.h"
#include "utils/timestamp.h"

PG_FUNCTION_INFO_V1(patrol_koper);

/* The arguments, as SQL counts them. */
enum
{
	ARGUMENT_PATROL,
	ARGUMENT_CRIMES,
	ARGUMENT_HORIZON,
	ARGUMENT_UNTIL,
	ARGUMENT_LENGTHS,
	ARGUMENT_MERGE_GAP,
	ARGUMENT_RESPONSE,
	ARGUMENT_PASSING,
	ARGUMENT_CONF_LEVEL
};

enum
{
	COLUMN_LENGTH_FROM,
	COLUMN_LENGTH_TO,
	COLUMN_VISITS,
	COLUMN_EVENTS,
	COLUMN_EXPOSURE_MINUTES,
	COLUMN_RATE,				/* and its interval */
	COLUMN_SHARE = COLUMN_RATE + RATE_COLUMNS,
	COLUMN_SURVIVAL,
	COLUMN_MEAN_LOG_MINUTES,
	COLUMN_NOTE,
	COLUMNS
};

/* Minutes after departure at which survival is told. */
static const int survival_minutes[] = {5, 10, 15, 30, 60};

static void
rule_arguments(FunctionCallInfo fcinfo, DepartureRule *rule)
{
	int64	   *lengths;

	rule->horizon = (uint64) option_duration(fcinfo, ARGUMENT_HORIZON, "horizon");
	if (rule->horizon == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" must be longer than 0", "horizon")));

	rule->until = PG_ARGISNULL(ARGUMENT_UNTIL) ? TIME_END : PG_GETARG_TIMESTAMPTZ(ARGUMENT_UNTIL);
	if (TIMESTAMP_NOT_FINITE(rule->until))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("argument \"%s\" must be finite", "until"),
				 errhint("Use NULL where all crimes that followed are known.")));

	rule->nlengths = option_durations(fcinfo, ARGUMENT_LENGTHS, "lengths", &lengths);
	rule->lengths = lengths;
	if (lengths[0] == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("elements of argument \"%s\" must be longer than 0", "lengths"),
				 errhint("The first bin goes from 0 to the first element.")));

	rule->response = PG_ARGISNULL(ARGUMENT_RESPONSE) ? 0 :
		(uint64) option_duration(fcinfo, ARGUMENT_RESPONSE, "response");
}

/* What concerns all bins stands in the first row's note. */
static void
note_left_out(StringInfo note, const Crimes *crimes, const Departures *departures)
{
	note_crimes(note, crimes);
	if (departures->unobserved > 0)
		note_add(note, "visits left out, they end at \"until\" or later: %zu",
				 departures->unobserved);
	if (departures->responses > 0)
		note_add(note, "visits left out, they may respond to a crime: %zu",
				 departures->responses);
}

static Datum
survival_datum(const Departure *departures, size_t n, uint64 horizon)
{
	Datum		values[lengthof(survival_minutes)];
	bool		nulls[lengthof(survival_minutes)];
	int			dims[1] = {lengthof(survival_minutes)};
	int			lower_bounds[1] = {1};

	for (int k = 0; k < lengthof(survival_minutes); k++)
	{
		uint64		moment = (uint64) survival_minutes[k] * USECS_PER_MINUTE;
		double		survival = 0;

		nulls[k] = moment > horizon ||
			!departures_survival(departures, n, moment, &survival);
		values[k] = Float8GetDatum(survival);
	}
	return PointerGetDatum(construct_md_array(values, nulls, 1, dims, lower_bounds,
											  FLOAT8OID, sizeof(float8),
											  FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* Whose visits the row is about. */
static void
fill_lengths(const DepartureRule *rule, int bin, Datum *values, bool *nulls, StringInfo note)
{
	nulls[COLUMN_LENGTH_FROM] = bin == DEPARTURE_CUT(rule);
	nulls[COLUMN_LENGTH_TO] = bin >= DEPARTURE_LONGEST(rule);
	if (!nulls[COLUMN_LENGTH_FROM])
		values[COLUMN_LENGTH_FROM] =
			interval_datum(bin == 0 ? 0 : (uint64) rule->lengths[bin - 1]);
	if (!nulls[COLUMN_LENGTH_TO])
		values[COLUMN_LENGTH_TO] = interval_datum((uint64) rule->lengths[bin]);
	if (bin == DEPARTURE_CUT(rule))
		note_add(note, "start or end not seen, so the length is not known");
}

static void
fill_sums(const DepartureBin *sum, double conf_level, Datum *values, bool *nulls, StringInfo note)
{
	values[COLUMN_VISITS] = Int64GetDatum((int64) sum->visits);
	values[COLUMN_EVENTS] = Int64GetDatum((int64) sum->crimes);
	values[COLUMN_EXPOSURE_MINUTES] = Float8GetDatum(minutes(sum->exposure));
	rate_columns(sum->crimes, sum->exposure, conf_level, values + COLUMN_RATE,
				 nulls + COLUMN_RATE, note);
	nulls[COLUMN_SHARE] = sum->visits == 0;
	nulls[COLUMN_MEAN_LOG_MINUTES] = sum->crimes == 0;
	if (sum->visits == 0)
		note_add(note, "no visit");
	else
		values[COLUMN_SHARE] = Float8GetDatum((double) sum->crimes / (double) sum->visits);
	if (sum->crimes > 0)
		values[COLUMN_MEAN_LOG_MINUTES] =
			Float8GetDatum(sum->log_minutes / (double) sum->crimes);
	else if (sum->visits > 0)
		note_add(note, "no crime followed");
}

Datum
patrol_koper(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Crimes		crimes;
	DepartureRule rule;
	double		conf_level;
	uint64		merge_gap;
	PresenceOf	which;
	PatrolRows	patrol;
	PatrolVisit *visits;
	size_t		nvisits;
	Departures	departures;
	size_t		next = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	crimes_argument(fcinfo, ARGUMENT_CRIMES, &crimes);
	rule_arguments(fcinfo, &rule);
	merge_gap = (uint64) option_duration(fcinfo, ARGUMENT_MERGE_GAP, "merge_gap");
	option_require(fcinfo, ARGUMENT_PASSING, "passing");
	which = PG_GETARG_BOOL(ARGUMENT_PASSING) ? PRESENCE_ALL : PRESENCE_STOPPING;
	conf_level = option_conf_level(fcinfo, ARGUMENT_CONF_LEVEL, "conf_level");
	if (PG_ARGISNULL(ARGUMENT_PATROL))
		return (Datum) 0;

	patrol_view(fcinfo, ARGUMENT_PATROL, &patrol);
	visits = patrol_visits(&patrol, which, merge_gap, &nvisits);
	departures_find(&departures, &rule, visits, nvisits, &crimes);
	for (int bin = 0; bin < DEPARTURE_BINS(&rule); bin++)
	{
		const Departure *first = departures.departures + next;
		DepartureBin sum = departures_sum(first, departures.ndepartures - next, bin);
		Datum		values[COLUMNS];
		bool		nulls[COLUMNS] = {false};
		StringInfoData note;

		initStringInfo(&note);
		if (bin == 0)
			note_left_out(&note, &crimes, &departures);
		fill_lengths(&rule, bin, values, nulls, &note);
		fill_sums(&sum, conf_level, values, nulls, &note);
		values[COLUMN_SURVIVAL] = survival_datum(first, sum.visits, rule.horizon);
		values[COLUMN_NOTE] = note_datum(&note, &nulls[COLUMN_NOTE]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
		next += sum.visits;
	}
	return (Datum) 0;
}
