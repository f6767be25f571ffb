/*
 * concentration.c
 *	  SQL functions concentration(), gini() and gini_generalised().
 */
#include "base/compat.h"

#include <math.h>

#include "base/note.h"
#include "base/options.h"
#include "base/sort.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/lorenz.h"
#include "targeting/surface.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(surface_concentration);
PG_FUNCTION_INFO_V1(surface_gini);
PG_FUNCTION_INFO_V1(surface_gini_generalised);

/* The values of all cells, which ascend. */
typedef struct Values
{
	uint32		n;
	uint32		occupied;
	int64	   *values;
} Values;

static void
values_argument(FunctionCallInfo fcinfo, int argno, Measure measure, Values *values)
{
	SurfaceView view;

	surface_view(fcinfo, argno, &view);
	surface_view_total(&view, measure);	/* for its error */
	values->n = view.ncells;
	values->occupied = 0;
	values->values = MemoryContextAllocHuge(CurrentMemoryContext,
											Max((Size) view.ncells, 1) * sizeof(int64));
	for (uint32 n = 0; n < view.ncells; n++)
	{
		values->occupied += view.cells[n].events > 0;
		values->values[n] = surface_cell_value(&view.cells[n], measure);
	}
	pfree(view.cells);
	sort_int64(values->values, values->n);
}

/* The shares in argument argno. */
static int
shares_argument(FunctionCallInfo fcinfo, int argno, Datum **shares)
{
	bool	   *nulls;
	int			n;

	option_require(fcinfo, argno, "shares");
	n = option_elements(fcinfo, argno, "shares", shares, &nulls);
	for (int k = 0; k < n; k++)
	{
		double		share;

		if (nulls[k])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("an element of argument \"%s\" is NULL", "shares")));
		share = DatumGetFloat8((*shares)[k]);
		if (!(share > 0 && share <= 1))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("element %d of argument \"%s\" is %g, but must be above 0 and at most 1",
							k + 1, "shares", share),
					 errhint("For 25 %% give 0.25.")));
	}
	return n;
}

/* concentration(surface, shares, measure): a row a share. */
Datum
surface_concentration(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	Measure		measure;
	Datum	   *shares;
	int			nshares;
	Values		values;
	Exact	   *sums;
	Exact		total;
	StringInfoData note;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	nshares = shares_argument(fcinfo, 1, &shares);
	measure = option_measure(fcinfo, 2, "measure");
	values_argument(fcinfo, 0, measure, &values);
	sums = MemoryContextAllocHuge(CurrentMemoryContext,
								  Max((Size) values.n, 1) * sizeof(Exact));
	total = lorenz_sums(values.values, values.n, sums);

	initStringInfo(&note);
	if (total == 0)
		note_add(&note, measure == MEASURE_HARM ? "no harm" : "no event");
	else if (values.n == values.occupied)
		note_add(&note, "no empty cell, so that of_all is of the occupied cells alone: fill() adds the others");

	for (int k = 0; k < nshares; k++)
	{
		uint32		cells = total == 0 ? 0 : lorenz_cells(sums, values.n, DatumGetFloat8(shares[k]));
		Datum		columns[5];
		bool		nulls[5] = {false};

		CHECK_FOR_INTERRUPTS();
		columns[0] = shares[k];
		columns[1] = Int32GetDatum((int32) cells);
		columns[2] = Float8GetDatum(cells / (double) Max(values.occupied, 1));
		columns[3] = Float8GetDatum(cells / (double) Max(values.n, 1));
		columns[4] = note.len > 0 ? CStringGetTextDatum(note.data) : (Datum) 0;
		nulls[1] = nulls[2] = nulls[3] = total == 0;
		nulls[4] = note.len == 0;
		tuplestore_putvalues(result->setResult, result->setDesc, columns, nulls);
	}
	return (Datum) 0;
}

/* A Gini coefficient of argument 0, or NULL where it is not defined. */
static Datum
gini_datum(FunctionCallInfo fcinfo, Measure measure, double (*gini) (const int64_t *, uint32_t))
{
	Values		values;
	double		answer;

	values_argument(fcinfo, 0, measure, &values);
	answer = gini(values.values, values.n);
	pfree(values.values);
	if (isnan(answer))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(answer);
}

/* gini(surface, measure) */
Datum
surface_gini(PG_FUNCTION_ARGS)
{
	Measure		measure;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	measure = option_measure(fcinfo, 1, "measure");
	return gini_datum(fcinfo, measure, lorenz_gini);
}

/* gini_generalised(surface) */
Datum
surface_gini_generalised(PG_FUNCTION_ARGS)
{
	return gini_datum(fcinfo, MEASURE_EVENTS, lorenz_gini_generalised);
}
