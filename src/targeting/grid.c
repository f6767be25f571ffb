/*
 * grid.c
 *	  Regular grids over the plane: see grid.h.
 */
#include "base/compat.h"

#include <math.h>

#include "libpq/pqformat.h"
#include "targeting/grid.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

PG_FUNCTION_INFO_V1(grid_in);
PG_FUNCTION_INFO_V1(grid_out);
PG_FUNCTION_INFO_V1(grid_recv);
PG_FUNCTION_INFO_V1(grid_send);
PG_FUNCTION_INFO_V1(grid_from_int4);
PG_FUNCTION_INFO_V1(grid_from_float8);
PG_FUNCTION_INFO_V1(grid_from_numeric);

/* cos(30 degrees), to the digits that PostGIS uses, so that corners agree. */
#define COS_30 0.8660254037844387

/* Column spacing of hexagons, in sizes. */
#define HEXAGON_COLUMN 1.5

static const char *const shape_names[] = {
	[GRID_SQUARE] = "square",
	[GRID_HEXAGON] = "hexagon",
};

static const char *const out_of_range = "The size must be above 0 and at most 1099511627.775.";

/* ---- geometry of the grid ---- */

static inline double
hexagon_height(double size)
{
	return size * 2 * COS_30;
}

static inline double
hexagon_offset(int32 i)
{
	return i % 2 != 0 ? 0.5 : 0.0;
}

/*
 * Between the centres of two columns lie two candidates, one in each; the
 * point belongs to the nearer centre, since hexagons are the Voronoi cells of
 * their centres.  A tie is a point on a slanted edge: the right cell owns it,
 * as its left edge.
 */
bool
grid_locate_hexagon(double size, double x, double y, GridIndex *index)
{
	double		height = hexagon_height(size);
	double		distance[2];
	GridIndex	candidate[2];

	if (!grid_floor(x / (HEXAGON_COLUMN * size), &candidate[0].i) ||
		candidate[0].i == PG_INT32_MAX)
		return false;
	candidate[1].i = candidate[0].i + 1;

	for (int k = 0; k < 2; k++)
	{
		double		offset = hexagon_offset(candidate[k].i);
		double		dx;
		double		dy;

		if (!grid_floor(y / height + 0.5 - offset, &candidate[k].j))
			return false;
		dx = x - size * (HEXAGON_COLUMN * candidate[k].i);
		dy = y - height * (candidate[k].j + offset);
		distance[k] = dx * dx + dy * dy;
	}
	*index = candidate[distance[1] <= distance[0]];
	return true;
}

double
grid_centre_x(Grid grid, int32 i)
{
	double		size = grid_size(grid);

	return grid_shape(grid) == GRID_SQUARE ?
		size * (i + 0.5) : size * (HEXAGON_COLUMN * i);
}

double
grid_centre_y(Grid grid, GridIndex index)
{
	double		size = grid_size(grid);

	return grid_shape(grid) == GRID_SQUARE ?
		size * (index.j + 0.5) :
		hexagon_height(size) * (index.j + hexagon_offset(index.i));
}

/*
 * From the difference of indices, so that it is the same wherever the two cells
 * lie, and from the thousandths, so that three squares of 0.7 are 2.1 apart.
 */
double
grid_distance(Grid grid, GridIndex a, GridIndex b)
{
	double		thousandths = (double) grid_thousandths(grid);
	double		di = (double) a.i - b.i;
	double		dj = (double) a.j - b.j;

	if (grid_shape(grid) == GRID_SQUARE)
	{
		double		dx = di * thousandths / GRID_SIZE_SCALE;
		double		dy = dj * thousandths / GRID_SIZE_SCALE;

		return sqrt(dx * dx + dy * dy);
	}
	dj += hexagon_offset(a.i) - hexagon_offset(b.i);
	return sqrt(0.75 * (3 * di * di + 4 * dj * dj)) * thousandths / GRID_SIZE_SCALE;
}

double
grid_spacing(Grid grid)
{
	double		size = grid_size(grid);

	return grid_shape(grid) == GRID_SQUARE ? size : hexagon_height(size);
}

/* Corners in the order and with the arithmetic of PostGIS. */
static void
square_ring(double size, GridIndex index, GridRing *ring)
{
	static const int right[] = {0, 0, 1, 1, 0};
	static const int upper[] = {0, 1, 1, 0, 0};

	ring->n = lengthof(right);
	for (int k = 0; k < ring->n; k++)
	{
		ring->x[k] = size * ((double) index.i + right[k]);
		ring->y[k] = size * ((double) index.j + upper[k]);
	}
}

static void
hexagon_ring(double size, GridIndex index, GridRing *ring)
{
	static const double x[] = {-1.0, -0.5, 0.5, 1.0, 0.5, -0.5, -1.0};
	static const double y[] = {0.0, -0.5, -0.5, 0.0, 0.5, 0.5, 0.0};

	ring->n = lengthof(x);
	for (int k = 0; k < ring->n; k++)
	{
		ring->x[k] = size * (HEXAGON_COLUMN * index.i + x[k]);
		ring->y[k] = hexagon_height(size) *
			(index.j + hexagon_offset(index.i) + y[k]);
	}
}

void
grid_ring(Grid grid, GridIndex index, GridRing *ring)
{
	if (grid_shape(grid) == GRID_SQUARE)
		square_ring(grid_size(grid), index, ring);
	else
		hexagon_ring(grid_size(grid), index, ring);
}

void
grid_beyond(Grid grid, double x, double y)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("point (%.10g, %.10g) is beyond the last cell of grid \"%s\"",
					x, y, grid_name(grid, " ")),
			 errdetail("Cells are numbered by 32-bit integers from the origin (0,0)."),
			 errhint("Check the coordinates, or use larger cells.")));
}

/* ---- text ---- */

char *
grid_name(Grid grid, const char *between)
{
	uint64		thousandths = grid_thousandths(grid);
	char	   *name;
	size_t		length;

	/* A grid has no check of its own when it is read from a table. */
	if (!grid_is_valid(grid))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored value of type grid is corrupted")));
	name = psprintf("%s%s" UINT64_FORMAT ".%03u",
					shape_names[grid_shape(grid)], between,
					thousandths / GRID_SIZE_SCALE,
					(unsigned) (thousandths % GRID_SIZE_SCALE));
	length = strlen(name);
	while (name[length - 1] == '0')
		name[--length] = '\0';
	if (name[length - 1] == '.')
		name[--length] = '\0';
	return name;
}

bool
grid_read_shape(const char **text, GridShape *shape)
{
	for (int k = 0; k < lengthof(shape_names); k++)
	{
		size_t		length = strlen(shape_names[k]);

		if (pg_strncasecmp(*text, shape_names[k], length) == 0)
		{
			*shape = (GridShape) k;
			*text += length;
			return true;
		}
	}
	return false;
}

const char *
grid_read_size(const char **text, uint64 *thousandths)
{
	const char *c = *text;
	int			digits = 0;
	int			decimals = -1;	/* before the point */
	uint64		value = 0;

	for (;; c++)
	{
		if (*c == '.' && decimals < 0)
			decimals = 0;
		else if (*c >= '0' && *c <= '9')
		{
			digits++;
			if (decimals == 3 && *c != '0')
				return "The size must be a whole number of thousandths.";
			if (decimals == 3)
				continue;
			value = value * 10 + (uint64) (*c - '0');
			if (value > GRID_SIZE_MAX)
				return out_of_range;
			if (decimals >= 0)
				decimals++;
		}
		else
			break;
	}
	if (digits == 0)
		return "The size must be a number.";
	for (decimals = Max(decimals, 0); decimals < 3; decimals++)
		value *= 10;
	if (value == 0 || value > GRID_SIZE_MAX)
		return out_of_range;
	*text = c;
	*thousandths = value;
	return NULL;
}

/* ---- SQL ---- */

Datum
grid_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	const char *c = text;
	GridShape	shape = GRID_SQUARE;
	uint64		thousandths = 0;
	const char *problem;

	while (*c == ' ')
		c++;
	if (grid_read_shape(&c, &shape) && *c != ' ')
		problem = "A blank must follow the shape.";
	else
	{
		while (*c == ' ')
			c++;
		problem = grid_read_size(&c, &thousandths);
		while (*c == ' ')
			c++;
		if (problem == NULL && *c != '\0')
			problem = "Nothing may follow the size.";
	}
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(problem == out_of_range ?
						 ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
						 ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid grid: \"%s\"", text),
				 errdetail("%s", problem),
				 errhint("Write a size such as '150', or a shape and a size such as 'square 150' or 'hexagon 93.06'.")));
	PG_RETURN_DATUM(GridGetDatum(grid_make(shape, thousandths)));
}

Datum
grid_out(PG_FUNCTION_ARGS)
{
	PG_RETURN_CSTRING(grid_name(PG_GETARG_GRID(0), " "));
}

Datum
grid_recv(PG_FUNCTION_ARGS)
{
	Grid		grid = (Grid) pq_getmsgint64((StringInfo) PG_GETARG_POINTER(0));

	if (!grid_is_valid(grid))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary input for type grid")));
	PG_RETURN_DATUM(GridGetDatum(grid));
}

Datum
grid_send(PG_FUNCTION_ARGS)
{
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint64(&message, PG_GETARG_GRID(0));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* A square grid from a size given as a number, written as text. */
static Datum
square_from_text(const char *number)
{
	const char *c = number;
	uint64		thousandths = 0;

	if (grid_read_size(&c, &thousandths) != NULL || *c != '\0')
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%.40s is no size of a grid", number),
				 errdetail("It must be above 0, at most 1099511627.775, and a whole number of thousandths.")));
	return GridGetDatum(grid_make(GRID_SQUARE, thousandths));
}

Datum
grid_from_int4(PG_FUNCTION_ARGS)
{
	return square_from_text(psprintf("%d", PG_GETARG_INT32(0)));
}

/* By way of numeric, which keeps the 15 digits that a double surely has. */
Datum
grid_from_float8(PG_FUNCTION_ARGS)
{
	return square_from_text(DatumGetCString(DirectFunctionCall1(numeric_out,
																DirectFunctionCall1(float8_numeric, PG_GETARG_DATUM(0)))));
}

Datum
grid_from_numeric(PG_FUNCTION_ARGS)
{
	return square_from_text(DatumGetCString(DirectFunctionCall1(numeric_out, PG_GETARG_DATUM(0))));
}
