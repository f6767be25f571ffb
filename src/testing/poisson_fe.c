/*
 * poisson_fe.c
 *	  Poisson regression with effects of places and periods: see two_way.h.
 *
 * Given its total, how a place's outcomes are shared out over the periods does
 * not depend on the effect of the place (Hausman, Hall and Griliches 1984), so the
 * estimate is that of a regression on the sums of cohorts, with effects of cohorts
 * and periods.  It is found by iterated weighted least squares.
 */
#include "base/compat.h"

#include <gsl/gsl_linalg.h>
#include <math.h>

#include "miscadmin.h"
#include "testing/two_way.h"
#include "utils/memutils.h"

#define MAX_ITERATIONS 100
#define TOLERANCE 1e-12

/* A ratio of e^30 is none that data can tell. */
#define MAX_ESTIMATE 30.0
#define TINY 1e-12

/* The table that is fitted: sums of cohorts by period, without empty lines. */
typedef struct Table
{
	int			nrows;
	int			ncolumns;
	int		   *row;			/* the cohort of each row */
	int		   *column;			/* the period of each column */
	double	   *sums;			/* [row][column] */
	double	   *treated;
	double	   *fitted;
	double	   *linear;			/* the logarithm of that */
} Table;

static double *
allocate(size_t n)
{
	return MemoryContextAllocHuge(CurrentMemoryContext, Max(n, 1) * sizeof(double));
}

static void
table_begin(Table *table, const CohortSums *sums)
{
	double	   *of_period = palloc0(Max(sums->nperiods, 1) * sizeof(double));
	size_t		size;

	memset(table, 0, sizeof(*table));
	table->row = palloc(Max(sums->ncohorts, 1) * sizeof(int));
	table->column = palloc(Max(sums->nperiods, 1) * sizeof(int));
	for (int c = 0; c < sums->ncohorts; c++)
	{
		double		total = 0;

		for (int t = 0; t < sums->nperiods; t++)
		{
			total += (double) sums->cohorts[c].sums[t];
			of_period[t] += (double) sums->cohorts[c].sums[t];
		}
		if (total > 0)
			table->row[table->nrows++] = c;
	}
	for (int t = 0; t < sums->nperiods; t++)
		if (of_period[t] > 0)
			table->column[table->ncolumns++] = t;

	size = (size_t) table->nrows * table->ncolumns;
	table->sums = allocate(size);
	table->treated = allocate(size);
	table->fitted = allocate(size);
	table->linear = allocate(size);
	for (int r = 0; r < table->nrows; r++)
		for (int c = 0; c < table->ncolumns; c++)
		{
			const Cohort *cohort = &sums->cohorts[table->row[r]];
			size_t		k = (size_t) r * table->ncolumns + c;

			table->sums[k] = (double) cohort->sums[table->column[c]] / OUTCOME_UNIT;
			table->treated[k] = cohort_is_treated(cohort, table->column[c]);
		}
}

/* Begin with the fit without treatment. */
static void
table_start(Table *table)
{
	double	   *rows = palloc0(Max(table->nrows, 1) * sizeof(double));
	double	   *columns = palloc0(Max(table->ncolumns, 1) * sizeof(double));
	double		total = 0;

	for (int r = 0; r < table->nrows; r++)
		for (int c = 0; c < table->ncolumns; c++)
		{
			double		sum = table->sums[(size_t) r * table->ncolumns + c];

			rows[r] += sum;
			columns[c] += sum;
			total += sum;
		}
	for (int r = 0; r < table->nrows; r++)
		for (int c = 0; c < table->ncolumns; c++)
		{
			size_t		k = (size_t) r * table->ncolumns + c;

			table->fitted[k] = rows[r] * (columns[c] / total);
			table->linear[k] = log(table->fitted[k]);
		}
	pfree(rows);
	pfree(columns);
}

/*
 * The equations of effects of periods, where those of cohorts are eliminated and
 * the first period has none; decomposed, false where they are singular.
 */
static bool
decompose(const Table *table, const double *rows, double *matrix)
{
	int			n = table->ncolumns - 1;
	gsl_matrix_view view;

	if (n == 0)
		return true;
	memset(matrix, 0, (size_t) n * n * sizeof(double));
	for (int r = 0; r < table->nrows; r++)
	{
		const double *weights = table->fitted + (size_t) r * table->ncolumns;

		CHECK_FOR_INTERRUPTS();
		for (int a = 0; a < n; a++)
		{
			matrix[(size_t) a * n + a] += weights[a + 1];
			for (int b = 0; b <= a; b++)
				matrix[(size_t) a * n + b] -= weights[a + 1] * weights[b + 1] / rows[r];
		}
	}
	for (int a = 0; a < n; a++)
		for (int b = 0; b < a; b++)
			matrix[(size_t) b * n + a] = matrix[(size_t) a * n + b];
	view = gsl_matrix_view_array(matrix, n, n);
	return gsl_linalg_cholesky_decomp1(&view.matrix) == 0;
}

/* Take weighted effects of cohorts and periods out of values. */
static void
sweep(const Table *table, const double *rows, const double *matrix, double *values)
{
	int			n = table->ncolumns - 1;
	double	   *means = palloc0(Max(table->nrows, 1) * sizeof(double));
	double	   *effects = palloc0((n + 1) * sizeof(double));

	for (int r = 0; r < table->nrows; r++)
	{
		const double *weights = table->fitted + (size_t) r * table->ncolumns;
		double	   *line = values + (size_t) r * table->ncolumns;

		for (int c = 0; c <= n; c++)
			means[r] += weights[c] * line[c];
		means[r] /= rows[r];
		for (int c = 0; c <= n; c++)
		{
			line[c] -= means[r];
			effects[c] += weights[c] * line[c];
		}
	}
	effects[0] = 0;
	if (n > 0)
	{
		gsl_matrix_const_view view = gsl_matrix_const_view_array(matrix, n, n);
		gsl_vector_view right = gsl_vector_view_array(effects + 1, n);

		gsl_linalg_cholesky_svx(&view.matrix, &right.vector);
	}
	for (int r = 0; r < table->nrows; r++)
	{
		const double *weights = table->fitted + (size_t) r * table->ncolumns;
		double	   *line = values + (size_t) r * table->ncolumns;
		double		mean = 0;

		for (int c = 0; c <= n; c++)
			mean += weights[c] * effects[c];
		for (int c = 0; c <= n; c++)
			line[c] -= effects[c] - mean / rows[r];
	}
	pfree(means);
	pfree(effects);
}

static void
sum_rows(const Table *table, double *rows)
{
	for (int r = 0; r < table->nrows; r++)
	{
		rows[r] = 0;
		for (int c = 0; c < table->ncolumns; c++)
			rows[r] += table->fitted[(size_t) r * table->ncolumns + c];
	}
}

/* Working memory of a fit. */
typedef struct Fit
{
	double	   *rows;			/* sums of fitted values */
	double	   *matrix;
	double	   *treated;		/* within */
	double	   *working;
	double		squares;		/* weighted, of the treatment within */
} Fit;

/*
 * One step: *change becomes the largest change of a fitted value's logarithm.
 * False where there is no way on.
 */
static bool
step(Table *table, Fit *fit, double *estimate, double *change)
{
	size_t		size = (size_t) table->nrows * table->ncolumns;
	double		product = 0;

	sum_rows(table, fit->rows);
	if (!decompose(table, fit->rows, fit->matrix))
		return false;
	memcpy(fit->treated, table->treated, size * sizeof(double));
	sweep(table, fit->rows, fit->matrix, fit->treated);
	for (size_t k = 0; k < size; k++)
		fit->working[k] = table->linear[k] + (table->sums[k] - table->fitted[k]) / table->fitted[k];
	sweep(table, fit->rows, fit->matrix, fit->working);

	fit->squares = 0;
	for (size_t k = 0; k < size; k++)
	{
		fit->squares += table->fitted[k] * fit->treated[k] * fit->treated[k];
		product += table->fitted[k] * fit->treated[k] * fit->working[k];
	}
	*estimate = product / fit->squares;
	*change = 0;
	for (size_t k = 0; k < size; k++)
	{
		double		rest = fit->working[k] - *estimate * fit->treated[k];
		double		linear = table->linear[k] +
			(table->sums[k] - table->fitted[k]) / table->fitted[k] - rest;

		*change = fmax(*change, fabs(linear - table->linear[k]));
		table->linear[k] = linear;
		table->fitted[k] = exp(linear);
	}
	return isfinite(*estimate) && fabs(*estimate) <= MAX_ESTIMATE && isfinite(*change);
}

static bool
iterate(Table *table, Fit *fit, double *estimate)
{
	double		change;

	for (int n = 0; n < MAX_ITERATIONS; n++)
	{
		CHECK_FOR_INTERRUPTS();
		if (!step(table, fit, estimate, &change))
			return false;
		/* One step more, from which the variance is taken, costs little. */
		if (change < TOLERANCE * 1e3)
			return step(table, fit, estimate, &change);
	}
	return false;
}

/* Does the treatment differ, once effects of cohorts and periods are out? */
static bool
is_identified(Table *table, Fit *fit)
{
	size_t		size = (size_t) table->nrows * table->ncolumns;
	double		squares = 0;
	double		total = 0;

	sum_rows(table, fit->rows);
	if (!decompose(table, fit->rows, fit->matrix))
		return false;
	memcpy(fit->treated, table->treated, size * sizeof(double));
	sweep(table, fit->rows, fit->matrix, fit->treated);
	for (size_t k = 0; k < size; k++)
	{
		squares += table->fitted[k] * fit->treated[k] * fit->treated[k];
		total += table->fitted[k];
	}
	return squares > TINY * total;
}

static void
find_influence(const Table *table, const Fit *fit, Influence *influence)
{
	for (int r = 0; r < table->nrows; r++)
	{
		const double *fitted = table->fitted + (size_t) r * table->ncolumns;
		const double *treated = fit->treated + (size_t) r * table->ncolumns;
		double		mean = 0;

		for (int c = 0; c < table->ncolumns; c++)
			mean += treated[c] * fitted[c] / fit->rows[r];
		for (int c = 0; c < table->ncolumns; c++)
			*influence_weight(influence, table->row[r], table->column[c], 0) =
				(treated[c] - mean) / fit->squares;
	}
}

void
two_way_count_used(const CohortSums *sums, TwoWay *fit)
{
	bool	   *clusters = palloc0(Max(sums->nclusters, 1));
	bool	   *periods = palloc0(Max(sums->nperiods, 1));

	fit->nplaces = fit->nclusters = 0;
	fit->nperiods = 0;
	for (uint32 place = 0; place < sums->nplaces; place++)
	{
		const double *outcomes = place_outcomes(sums, place);
		bool		used = false;

		for (int t = 0; t < sums->nperiods; t++)
			if (outcomes[t] != 0)
				used = periods[t] = true;
		if (!used)
			continue;
		fit->nplaces++;
		fit->nclusters += !clusters[sums->cluster_of[place]];
		common_cluster_add(&fit->arms[sums->cohort_of[place] < cohorts_treated(sums)],
						   (CommonCluster) {.any = true, .cluster = sums->cluster_of[place]});
		clusters[sums->cluster_of[place]] = true;
	}
	for (int t = 0; t < sums->nperiods; t++)
		fit->nperiods += periods[t];
	pfree(clusters);
	pfree(periods);
}

TwoWay
poisson_fe(const CohortSums *sums, Influence *influence)
{
	TwoWay		result = {.estimate = NAN, .iid_variance = NAN, .iid_df = NAN};
	Table		table;
	Fit			fit;
	size_t		size;

	table_begin(&table, sums);
	two_way_count_used(sums, &result);
	if (table.nrows == 0)
	{
		result.problem = "all outcomes are 0";
		return result;
	}
	size = (size_t) table.nrows * table.ncolumns;
	fit.rows = allocate(table.nrows);
	fit.matrix = allocate((size_t) (table.ncolumns - 1) * (table.ncolumns - 1));
	fit.treated = allocate(size);
	fit.working = allocate(size);
	table_start(&table);
	if (!is_identified(&table, &fit))
		result.problem = "treatment does not differ over time between places with outcomes above 0, or these are too unequal in size";
	else if (!iterate(&table, &fit, &result.estimate))
	{
		result.estimate = NAN;
		result.problem = "no finite ratio fits: where outcomes are 0 and where not is told by the treatment (separation)";
	}
	else
	{
		result.iid_variance = 1 / fit.squares;
		find_influence(&table, &fit, influence);
	}
	return result;
}
