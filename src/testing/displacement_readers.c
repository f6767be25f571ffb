/*
 * displacement_readers.c
 *	  wdd(displacement, ...) and wdq(displacement).
 */
#include "base/compat.h"

#include <math.h>

#include "base/note.h"
#include "base/options.h"
#include "base/skips.h"
#include "funcapi.h"
#include "testing/displacement.h"
#include "testing/effect.h"
#include "testing/wdd.h"

PG_FUNCTION_INFO_V1(displacement_wdd);
PG_FUNCTION_INFO_V1(displacement_wdq);

/* Below so many events in a cell the normal distribution is a poor guide. */
#define FEW_EVENTS 5

/* So that no square of two weights and no variance is out of range. */
#define MAX_WEIGHT 1e50

static bool
is_weight(double value)
{
	return value >= 1 / MAX_WEIGHT && value <= MAX_WEIGHT;
}

/* Argument argno, so many positive numbers. */
static void
weights_argument(FunctionCallInfo fcinfo, int argno, const char *name,
				 double *weights, int nweights)
{
	Datum	   *elements;
	bool	   *nulls;
	int			n;

	option_require(fcinfo, argno, name);
	n = option_elements(fcinfo, argno, name, &elements, &nulls);
	if (n != nweights)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" has %d elements, but must have %d", name, n, nweights),
				 nweights == PERIODS ?
				 errhint("Give the lengths of the periods before and after.") :
				 errhint("Give the sizes of treated, control, buffer and buffer_control, in this order.")));
	for (int k = 0; k < n; k++)
	{
		if (nulls[k])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("an element of argument \"%s\" is NULL", name),
					 errhint("Give 1 for all elements where sizes do not differ.")));
		weights[k] = DatumGetFloat8(elements[k]);
		if (!is_weight(weights[k]))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("element %d of argument \"%s\" is %g, but must be above 0, from %g to %g",
							k + 1, name, weights[k], 1 / MAX_WEIGHT, MAX_WEIGHT),
					 errhint("Give sizes in any unit; only their ratios count.")));
	}
}

/* In the order of the pairs: each area and its control. */
static const DisplacementArea all_areas[] = {
	AREA_TREATED, AREA_CONTROL, AREA_BUFFER, AREA_BUFFER_CONTROL
};

/* The events of some areas, and lists of areas without any and of cells with few. */
typedef struct Basis
{
	int64		events;
	StringInfoData missing;
	StringInfoData few;
} Basis;

static void
list_add(StringInfo list, const char *name, const char *period)
{
	appendStringInfo(list, "%s%s%s", list->len == 0 ? "" : ", ", name, period);
}

static Basis
basis_of(const DisplacementCells *cells, const DisplacementArea *areas, int nareas)
{
	Basis		basis = {0};

	initStringInfo(&basis.missing);
	initStringInfo(&basis.few);
	for (int n = 0; n < nareas; n++)
	{
		const char *name = displacement_areas[areas[n]];

		if (!displacement_has(cells, areas[n]))
		{
			list_add(&basis.missing, name, "");
			continue;
		}
		for (int post = 0; post < PERIODS; post++)
		{
			uint64		events = cells->cells[areas[n]][post].events;

			basis.events += (int64) events;
			if (events < FEW_EVENTS)
				list_add(&basis.few, name, post ? " after" : " before");
		}
	}
	return basis;
}

/* Say which areas have no event; returns whether there are any. */
static bool
note_missing(StringInfo note, const Basis *basis)
{
	if (basis->missing.len > 0)
		note_add(note, "no event in %s: add one of harm 0 for an area that was watched and had none",
				 basis->missing.data);
	return basis->missing.len > 0;
}

/* ---- wdd ---- */

static void
put_change(FunctionCallInfo fcinfo, const char *measure, WddChange change, double phi,
		   double conf_level, Basis basis, const StringInfo remarks)
{
	Effect		effect = effect_unknown(measure, conf_level, basis.events);
	StringInfoData note;

	initStringInfo(&note);
	if (!note_missing(&note, &basis))
	{
		effect = effect_of(measure, change.estimate, sqrt(phi * change.variance), NAN,
						   conf_level, basis.events);
		if (change.variance == 0)
			note_add(&note, "no harm, so that there is no variance to judge by");
		if (basis.few.len > 0)
			note_add(&note, "fewer than %d events in %s: see e_test() and c_test()",
					 FEW_EVENTS, basis.few.data);
	}
	if (remarks != NULL && remarks->len > 0)
		note_add(&note, "%s", remarks->data);
	effect.note = note_text(&note);
	effect_put(fcinfo, &effect);
}

/*
 * wdd(displacement, times, areas, conf_level, phi): the treated area, the buffer,
 * and both together.  Where neither the buffer nor its control has an event,
 * there was none to watch, and the whole is the treated area's.
 */
Datum
displacement_wdd(PG_FUNCTION_ARGS)
{
	DisplacementCells cells;
	double		times[PERIODS];
	double		areas[AREAS];
	double		conf_level;
	double		phi;
	bool		buffered;
	WddChange	local;
	WddChange	buffer;
	WddChange	whole;
	StringInfoData remarks;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	weights_argument(fcinfo, 1, "times", times, PERIODS);
	weights_argument(fcinfo, 2, "areas", areas, AREAS);
	conf_level = option_conf_level(fcinfo, 3, "conf_level");
	option_require(fcinfo, 4, "phi");
	phi = PG_GETARG_FLOAT8(4);
	if (!is_weight(phi))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"%s\" is %g, but must be above 0, from %g to %g", "phi", phi,
						1 / MAX_WEIGHT, MAX_WEIGHT),
				 errhint("1 is the variance of a Poisson process.")));
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	displacement_view(fcinfo, 0, &cells);
	buffered = displacement_has(&cells, AREA_BUFFER) ||
		displacement_has(&cells, AREA_BUFFER_CONTROL);
	local = wdd_change(&cells, AREA_TREATED, AREA_CONTROL, times, areas);
	buffer = wdd_change(&cells, AREA_BUFFER, AREA_BUFFER_CONTROL, times, areas);
	whole.estimate = local.estimate + buffer.estimate;
	whole.variance = local.variance + buffer.variance;

	/* What concerns all rows stands in the first row's note. */
	initStringInfo(&remarks);
	if (!buffered)
		note_add(&remarks, "without a buffer");
	skips_note(&remarks, cells.skipped, DISPLACEMENT_SKIPS);
	put_change(fcinfo, "wdd", whole, phi, conf_level,
			   basis_of(&cells, all_areas, buffered ? 4 : 2), &remarks);
	put_change(fcinfo, "wdd_local", local, phi, conf_level,
			   basis_of(&cells, all_areas, 2), NULL);
	put_change(fcinfo, "wdd_buffer", buffer, phi, conf_level,
			   basis_of(&cells, all_areas + 2, 2), NULL);
	return (Datum) 0;
}

/* ---- wdq ---- */

/* What the quotient means, or why there is none. */
static const char *
quotient_note(const Wdq *wdq, const char *missing)
{
	if (missing != NULL)
		return missing;
	if (wdq->success >= 0)
		return "crime in the treated area did not fall against the control, so that there is nothing to displace";
	if (wdq->quotient > 0)
		return wdq->quotient > 1 ?
			"diffusion of benefits, greater than the effect in the treated area" :
			"diffusion of benefits";
	if (wdq->quotient < 0)
		return wdq->quotient < -1 ?
			"displacement, greater than the effect in the treated area" :
			"displacement, not greater than the effect in the treated area";
	return "neither displacement nor diffusion";
}

/*
 * Why a measure of these areas, which is divided by the control before and
 * maybe after, is not defined, or NULL.
 */
static const char *
missing_of(const DisplacementCells *cells, const DisplacementArea *needed, int nneeded,
		   bool by_after)
{
	Basis		basis = basis_of(cells, needed, nneeded);
	StringInfoData note;

	initStringInfo(&note);
	if (note_missing(&note, &basis))
		return note.data;
	if (cells->cells[AREA_CONTROL][0].harm == 0)
		return "no harm in the control area before";
	if (by_after && cells->cells[AREA_CONTROL][1].harm == 0)
		return "no harm in the control area after";
	return NULL;
}

static void
put_measure(FunctionCallInfo fcinfo, const char *measure, double estimate, int64 events,
			const char *note)
{
	Effect		effect = effect_unknown(measure, NAN, events);

	effect.estimate = estimate;
	effect.note = note;
	effect_put(fcinfo, &effect);
}

/* wdq(displacement) */
Datum
displacement_wdq(PG_FUNCTION_ARGS)
{
	static const DisplacementArea buffer_areas[] = {AREA_CONTROL, AREA_BUFFER};
	DisplacementCells cells;
	const char *whole;
	const char *success;
	int64		events;
	StringInfoData note;
	Wdq			wdq;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;

	displacement_view(fcinfo, 0, &cells);
	wdq = wdq_of(&cells);
	events = basis_of(&cells, all_areas, 3).events;
	whole = missing_of(&cells, all_areas, 3, true);
	success = missing_of(&cells, all_areas, 2, true);

	initStringInfo(&note);
	note_add(&note, "%s", quotient_note(&wdq, whole));
	skips_note(&note, cells.skipped, DISPLACEMENT_SKIPS);
	put_measure(fcinfo, "wdq", wdq.quotient, events, note.data);
	put_measure(fcinfo, "wdq_success", wdq.success, events, success);
	put_measure(fcinfo, "wdq_buffer", wdq.buffer, events,
				missing_of(&cells, buffer_areas, 2, true));
	put_measure(fcinfo, "gross_effect", wdq.gross_effect, events,
				displacement_has(&cells, AREA_TREATED) ? "without regard to the control" : success);
	put_measure(fcinfo, "net_effect", wdq.net_effect, events, success);
	put_measure(fcinfo, "total_net_effect", wdq.total_net_effect, events,
				missing_of(&cells, all_areas, 3, false));
	return (Datum) 0;
}
