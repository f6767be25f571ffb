/*
 * coverage.c
 *	  coverage(): what visits() makes of a track.
 */
#include "base/compat.h"

#include "access/htup_details.h"
#include "base/sort.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "tracking/duration.h"
#include "tracking/movement_arguments.h"
#include "tracking/track.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(coverage);

static const MovementArguments coverage_arguments = {
	.max_gap = 1,
	.max_speed = 2,
	.still_gap = 3,
	.still_radius = 4,
	.during = 5,
	.max_accuracy = 6,
	.max_spike = 7
};

/* How a movement hangs together. */
typedef struct Coverage
{
	MovementCounts counts;
	size_t		nlegs;			/* between fixes that follow each other */
	size_t		jumps;			/* of these, too fast */
	size_t		silences;		/* of these, too long */
	uint64		bridged;		/* time of the others; microseconds */
	uint64		median;			/* of all of them */
} Coverage;

/* With this bit turned, unsigned numbers sort as signed ones do. */
#define SIGN (UINT64CONST(1) << 63)

/* Legs count that have some time in the span of interest. */
static void
get_coverage(const TrackFixes *fixes, const MovementRules *rules, Coverage *coverage)
{
	int64	   *lengths = palloc_extended(sizeof(int64) * Max(fixes->nfixes, 1),
										  MCXT_ALLOC_HUGE);
	Movement	movement;
	size_t		jumps = 0;
	bool		is_bridged;

	memset(coverage, 0, sizeof(*coverage));
	movement_begin(&movement, fixes, rules);
	while (movement_next(&movement, &is_bridged))
	{
		Span		leg = {movement_previous(&movement)->at, movement_last(&movement)->at};
		Span		part = {Max(leg.start, rules->during.start), Min(leg.end, rules->during.end)};
		bool		is_jump = movement.counts.jumps > jumps;

		CHECK_FOR_INTERRUPTS();
		jumps = movement.counts.jumps;
		if (movement.counts.kept == 1 || part.start >= part.end)
			continue;
		lengths[coverage->nlegs++] = (int64) (span_length(leg) ^ SIGN);
		coverage->jumps += is_jump;
		coverage->silences += !is_bridged && !is_jump;
		if (is_bridged)
			coverage->bridged += span_length(part);
	}
	coverage->counts = movement.counts;
	sort_int64(lengths, coverage->nlegs);
	if (coverage->nlegs > 0)
		coverage->median = (uint64) lengths[(coverage->nlegs - 1) / 2] ^ SIGN;
	pfree(lengths);
}

/* coverage(track, ...) */
Datum
coverage(PG_FUNCTION_ARGS)
{
	TupleDesc	descriptor;
	TrackView	track;
	MovementRules rules;
	Coverage	found;
	Datum		values[11];
	bool		nulls[11] = {false};
	bool		is_void;
	int			n = 0;

	is_void = !movement_arguments(fcinfo, &coverage_arguments, &rules);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	if (get_call_result_type(fcinfo, NULL, &descriptor) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "coverage() must return a row");
	track_view(fcinfo, 0, &track);
	if (is_void)
		PG_RETURN_NULL();
	if (track.fixes.nfixes > 0)
		movement_require_planar(fcinfo, &coverage_arguments, track.head.srid);
	get_coverage(&track.fixes, &rules, &found);

	values[n++] = Int64GetDatum((int64) track.fixes.nfixes);
	values[n++] = Int64GetDatum((int64) found.counts.outside);
	values[n++] = Int64GetDatum((int64) found.counts.inaccurate);
	values[n++] = Int64GetDatum((int64) found.counts.duplicates);
	values[n++] = Int64GetDatum((int64) found.counts.spikes);
	values[n++] = Int64GetDatum((int64) found.counts.kept);
	values[n++] = Int64GetDatum((int64) found.jumps);
	values[n++] = Int64GetDatum((int64) found.silences);
	values[n++] = interval_datum(found.bridged);
	nulls[n] = found.nlegs == 0;
	values[n++] = interval_datum(found.median);
	if (found.nlegs == 0)
		values[n] = CStringGetTextDatum("fewer than two fixes: no time can be told");
	else if (found.median > (uint64) rules.max_gap / 2)
		values[n] = CStringGetTextDatum("fixes are too rare for max_gap: half of all intervals are longer than half of it");
	else
		nulls[n] = true;
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(descriptor), values, nulls)));
}
