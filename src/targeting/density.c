/*
 * density.c
 *	  density(surface, bandwidth, measure): the surface, smoothed by a kernel.
 *
 * The order of additions is fixed: a cell's columns from the left, and in each the
 * cells from below.
 */
#include "base/compat.h"

#include <math.h>

#include "base/options.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "targeting/cell.h"
#include "targeting/cell_columns.h"
#include "targeting/kernel.h"
#include "targeting/surface.h"

PG_FUNCTION_INFO_V1(surface_density);

/* More than heights, and columns, can differ by. */
#define FURTHEST (INT64CONST(1) << 34)

/* Cells that have something, and what sums over them need. */
typedef struct Sources
{
	CellColumns columns;
	KernelSource *items;
	KernelSums *sums;			/* NULL where all runs are short */
} Sources;

static double
option_bandwidth(FunctionCallInfo fcinfo, int argno)
{
	double		bandwidth;

	option_require(fcinfo, argno, "bandwidth");
	bandwidth = PG_GETARG_FLOAT8(argno);
	if (!(bandwidth > 0) || isinf(bandwidth))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("argument \"bandwidth\" is %g, but must be above 0 and finite", bandwidth),
				 errhint("Give it in the unit of the reference system, and several cells wide.")));
	return bandwidth;
}

static void
notice_narrow(Grid grid, double bandwidth)
{
	if (bandwidth < grid_spacing(grid))
		ereport(NOTICE,
				(errmsg("bandwidth %.10g is below the distance of neighbouring cells, %.10g: no event counts beyond its own cell",
						bandwidth, grid_spacing(grid)),
				 errhint("Use a bandwidth of several cells, or smaller cells.")));
}

/*
 * Squares of distances are in the unit of cell_height(): the side of a square, half
 * the height of a hexagon, whose edge is 2 / sqrt(3) of that and whose columns are
 * sqrt(3) apart.  From thousandths, so that three squares of 0.7 are 2.1.
 */
static double
squared_bandwidth(Grid grid, double bandwidth)
{
	double		size = (double) grid_thousandths(grid);
	double		unit2 = grid_shape(grid) == GRID_SQUARE ? size * size : 0.75 * size * size;
	double		thousandths = bandwidth * GRID_SIZE_SCALE;

	return thousandths * thousandths / unit2;
}

static double
squared_width(Grid grid)
{
	return grid_shape(grid) == GRID_SQUARE ? 1 : 3;
}

/* The columns that the bandwidth reaches, the cell's own not counted. */
static int64
columns_within(Grid grid, double bandwidth2)
{
	return kernel_reach(0, bandwidth2 / squared_width(grid), FURTHEST);
}

static void
find_sources(const SurfaceView *view, Measure measure, double bandwidth2, Sources *sources)
{
	SurfaceCell *cells = palloc_extended(Max(view->ncells, 1) * sizeof(SurfaceCell), MCXT_ALLOC_HUGE);
	uint32		n = 0;

	sources->items = palloc_extended(Max(view->ncells, 1) * sizeof(KernelSource), MCXT_ALLOC_HUGE);
	for (uint32 k = 0; k < view->ncells; k++)
	{
		int64		value = surface_cell_value(&view->cells[k], measure);

		CHECK_FOR_INTERRUPTS();
		if (value == 0)
			continue;
		sources->items[n] = (KernelSource) {
			.height = cell_height(grid_shape(view->head.grid), view->cells[k].index),
			.value = value
		};
		cells[n++] = view->cells[k];
	}
	sources->columns = cell_columns(cells, n);
	pfree(cells);

	sources->sums = NULL;
	if (2 * kernel_reach(0, bandwidth2, FURTHEST) + 1 > KERNEL_RUN && n > KERNEL_RUN)
	{
		sources->sums = palloc_extended((n + 1) * sizeof(KernelSums), MCXT_ALLOC_HUGE);
		kernel_sums(sources->items, n, sources->sums);
	}
}

/* Add to the densities of a column what another column has around its cells. */
static void
add_column(const SurfaceView *view, const Sources *sources, CellColumn column,
		   CellColumn other, double across2, double bandwidth2, double *density)
{
	int64		reach = kernel_reach(across2, bandwidth2, FURTHEST);
	uint32		from = other.from;
	uint32		to = other.from;

	for (uint32 n = column.from; n < column.to; n++)
	{
		int64		height = cell_height(grid_shape(view->head.grid), view->cells[n].index);

		CHECK_FOR_INTERRUPTS();
		while (from < other.to && sources->items[from].height < height - reach)
			from++;
		while (to < other.to && sources->items[to].height <= height + reach)
			to++;
		if (from < to)
			density[n] += kernel_run(sources->items, sources->sums, from, to, height,
									 across2, bandwidth2);
	}
}

/* Sums of the value of cells times (1 - (d / bandwidth)^2)^2, around each cell. */
static double *
kernel_density(const SurfaceView *view, Measure measure, double bandwidth)
{
	Grid		grid = view->head.grid;
	double		bandwidth2 = squared_bandwidth(grid, bandwidth);
	double	   *density = palloc_extended(Max(view->ncells, 1) * sizeof(double),
										  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	CellColumns columns = cell_columns(view->cells, view->ncells);
	Sources		sources;
	ColumnPairs pairs;
	CellColumn	column;
	CellColumn	other;

	find_sources(view, measure, bandwidth2, &sources);
	column_pairs_begin(&pairs, &columns, &sources.columns, columns_within(grid, bandwidth2), "bandwidth");
	while (column_pairs_next(&pairs, &column, &other))
	{
		double		apart = (double) other.i - column.i;

		add_column(view, &sources, column, other, squared_width(grid) * apart * apart,
				   bandwidth2, density);
	}
	return density;
}

/* density(surface, bandwidth, measure): by (i, j). */
Datum
surface_density(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	double		bandwidth;
	Measure		measure;
	SurfaceView view;
	double	   *density;
	double		unit;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	bandwidth = option_bandwidth(fcinfo, 1);
	measure = option_measure(fcinfo, 2, "measure");
	surface_view(fcinfo, 0, &view);
	surface_view_ascending(&view);
	notice_narrow(view.head.grid, bandwidth);

	density = kernel_density(&view, measure, bandwidth);
	unit = 3 / M_PI / bandwidth / bandwidth / (measure == MEASURE_HARM ? HARM_SCALE : 1);
	for (uint32 n = 0; n < view.ncells; n++)
	{
		Cell		cell = {cell_frame(view.head.srid, view.head.grid), view.cells[n].index};
		Datum		values[2];
		bool		nulls[2] = {false};

		CHECK_FOR_INTERRUPTS();
		if (!isfinite(density[n] * unit))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("with a bandwidth of %g the density is out of range", bandwidth),
					 errhint("Give it in the unit of the reference system, and several cells wide.")));
		values[0] = PointerGetDatum(&cell);
		values[1] = Float8GetDatum(density[n] * unit);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}
