/*
 * skips.c
 *	  How many rows a summary left out: see skips.h.
 */
#include "base/compat.h"

#include "base/note.h"
#include "base/options.h"
#include "base/skips.h"

static uint64
total_of(const uint64 *skipped, int nreasons)
{
	uint64		total = 0;

	/* Each is below 2^62, so that two cannot pass what a uint64 holds unseen. */
	for (int k = 0; k < nreasons; k++)
	{
		total += skipped[k];
		if (total > PG_INT64_MAX)
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("the number of skipped rows is out of range")));
	}
	return total;
}

Datum
skips_total(const uint64 *skipped, int nreasons)
{
	return Int64GetDatum((int64) total_of(skipped, nreasons));
}

void
skips_note(StringInfo note, const uint64 *skipped, int nreasons)
{
	uint64		total = total_of(skipped, nreasons);

	if (total > 0)
		note_add(note, "events left out: " UINT64_FORMAT ", see skipped()", total);
}

Datum
skips_of_reason(FunctionCallInfo fcinfo, const uint64 *skipped, const char *const *reasons)
{
	return Int64GetDatum((int64) skipped[option_choice(fcinfo, 1, "reason", reasons)]);
}
