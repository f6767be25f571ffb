/*
 * cell.c
 *	  SQL type cell: its values, order, hash and geometry.
 */
#include "base/compat.h"

#include <math.h>

#include "base/hash.h"
#include "base/options.h"
#include "base/postgis.h"
#include "libpq/pqformat.h"
#include "targeting/cell.h"
#include "utils/sortsupport.h"

PG_FUNCTION_INFO_V1(cell_in);
PG_FUNCTION_INFO_V1(cell_out);
PG_FUNCTION_INFO_V1(cell_recv);
PG_FUNCTION_INFO_V1(cell_send);
PG_FUNCTION_INFO_V1(cell_of_point);
PG_FUNCTION_INFO_V1(cell_i);
PG_FUNCTION_INFO_V1(cell_j);
PG_FUNCTION_INFO_V1(cell_to_grid);
PG_FUNCTION_INFO_V1(cell_geometry);
PG_FUNCTION_INFO_V1(cell_centre);
PG_FUNCTION_INFO_V1(cell_eq);
PG_FUNCTION_INFO_V1(cell_ne);
PG_FUNCTION_INFO_V1(cell_lt);
PG_FUNCTION_INFO_V1(cell_le);
PG_FUNCTION_INFO_V1(cell_gt);
PG_FUNCTION_INFO_V1(cell_ge);
PG_FUNCTION_INFO_V1(cell_cmp);
PG_FUNCTION_INFO_V1(cell_sortsupport);
PG_FUNCTION_INFO_V1(cell_hash);
PG_FUNCTION_INFO_V1(cell_hash_extended);

static bool
frame_is_valid(int64 srid, Grid grid)
{
	return srid >= 0 && srid <= GEOMETRY_SRID_MAX && grid_is_valid(grid);
}

Datum
cell_make(int32 srid, Grid grid, GridIndex index)
{
	Cell	   *cell = palloc(sizeof(Cell));

	cell->frame = cell_frame(srid, grid);
	cell->index = index;
	return PointerGetDatum(cell);
}

PointUse
cell_point(Datum geometry, int32 *srid, double *x, double *y)
{
	GeometryPoint point;

	if (postgis_point(geometry, srid, &point) == GEOMETRY_EMPTY)
		return POINT_EMPTY;
	postgis_require_planar(*srid, "a grid");
	if (isnan(point.x) || isinf(point.x) || isnan(point.y) || isinf(point.y))
		return POINT_NOT_FINITE;
	*x = point.x;
	*y = point.y;
	return POINT_USABLE;
}

Datum
cell_polygon(FmgrInfo *geom_from_ewkb, int32 srid, Grid grid, GridIndex index)
{
	GridRing	ring;

	grid_ring(grid, index, &ring);
	return postgis_make_polygon(geom_from_ewkb, srid, ring.n, ring.x, ring.y);
}

/* ---- input and output ---- */

/* Read an integer between limits and move behind it. */
static bool
read_integer(const char **text, int64 min, int64 max, int64 *value)
{
	char	   *end;

	if (**text != '-' && !(**text >= '0' && **text <= '9'))
		return false;
	errno = 0;
	*value = strtoll(*text, &end, 10);
	if (end == *text || errno != 0 || *value < min || *value > max)
		return false;
	*text = end;
	return true;
}

static bool
read_slash(const char **text)
{
	return *(*text)++ == '/';
}

Datum
cell_in(PG_FUNCTION_ARGS)
{
	const char *text = PG_GETARG_CSTRING(0);
	const char *c = text;
	int64		srid;
	int64		i;
	int64		j;
	GridShape	shape;
	uint64		thousandths;

	if (!read_integer(&c, 0, GEOMETRY_SRID_MAX, &srid) || !read_slash(&c) ||
		!grid_read_shape(&c, &shape) ||
		grid_read_size(&c, &thousandths) != NULL || !read_slash(&c) ||
		!read_integer(&c, PG_INT32_MIN, PG_INT32_MAX, &i) || !read_slash(&c) ||
		!read_integer(&c, PG_INT32_MIN, PG_INT32_MAX, &j) || *c != '\0')
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type cell: \"%s\"", text),
				 errhint("Write SRID, grid and the two indices, as in 27700/square150/3531/1206.")));
	return cell_make((int32) srid, grid_make(shape, thousandths),
					 (GridIndex) {(int32) i, (int32) j});
}

Datum
cell_out(PG_FUNCTION_ARGS)
{
	Cell	   *cell = PG_GETARG_CELL(0);

	PG_RETURN_CSTRING(psprintf("%d/%s/%d/%d", cell_srid(cell),
							   grid_name(cell_grid(cell), ""),
							   cell->index.i, cell->index.j));
}

Datum
cell_recv(PG_FUNCTION_ARGS)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int32		srid = (int32) pq_getmsgint(message, 4);
	Grid		grid = (Grid) pq_getmsgint64(message);
	GridIndex	index;

	index.i = (int32) pq_getmsgint(message, 4);
	index.j = (int32) pq_getmsgint(message, 4);
	if (!frame_is_valid(srid, grid))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary input for type cell")));
	return cell_make(srid, grid, index);
}

Datum
cell_send(PG_FUNCTION_ARGS)
{
	Cell	   *cell = PG_GETARG_CELL(0);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendint32(&message, (uint32) cell_srid(cell));
	pq_sendint64(&message, cell_grid(cell));
	pq_sendint32(&message, (uint32) cell->index.i);
	pq_sendint32(&message, (uint32) cell->index.j);
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}

/* ---- from a point, and back to the map ---- */

/* cell(geometry, grid): NULL where there is no point to place. */
Datum
cell_of_point(PG_FUNCTION_ARGS)
{
	Grid		grid;
	int32		srid;
	double		x;
	double		y;
	GridIndex	index;

	option_require(fcinfo, 1, "grid");
	grid = PG_GETARG_GRID(1);
	if (PG_ARGISNULL(0) ||
		cell_point(PG_GETARG_DATUM(0), &srid, &x, &y) != POINT_USABLE)
		PG_RETURN_NULL();
	if (!grid_locate(grid_shape(grid), grid_size(grid), x, y, &index))
		grid_beyond(grid, x, y);
	return cell_make(srid, grid, index);
}

Datum
cell_i(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_CELL(0)->index.i);
}

Datum
cell_j(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_CELL(0)->index.j);
}

Datum
cell_to_grid(PG_FUNCTION_ARGS)
{
	PG_RETURN_DATUM(GridGetDatum(cell_grid(PG_GETARG_CELL(0))));
}

/* ST_GeomFromEWKB, looked up once a query. */
static FmgrInfo *
cached_geom_from_ewkb(FunctionCallInfo fcinfo)
{
	FmgrInfo   *function = fcinfo->flinfo->fn_extra;

	if (function == NULL)
	{
		function = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(FmgrInfo));
		postgis_geom_from_ewkb(function, fcinfo->flinfo->fn_mcxt);
		fcinfo->flinfo->fn_extra = function;
	}
	return function;
}

Datum
cell_geometry(PG_FUNCTION_ARGS)
{
	Cell	   *cell = PG_GETARG_CELL(0);

	return cell_polygon(cached_geom_from_ewkb(fcinfo), cell_srid(cell),
						cell_grid(cell), cell->index);
}

Datum
cell_centre(PG_FUNCTION_ARGS)
{
	Cell	   *cell = PG_GETARG_CELL(0);
	Grid		grid = cell_grid(cell);

	return postgis_make_point(cached_geom_from_ewkb(fcinfo), cell_srid(cell),
							  grid_centre_x(grid, cell->index.i),
							  grid_centre_y(grid, cell->index));
}

/* ---- order and hash ---- */

/* By SRID, shape, size, i, j. */
static inline int
compare(const Cell *a, const Cell *b)
{
	if (a->frame != b->frame)
		return a->frame < b->frame ? -1 : 1;
	return grid_index_compare(a->index, b->index);
}

static inline int
compare_arguments(FunctionCallInfo fcinfo)
{
	return compare(PG_GETARG_CELL(0), PG_GETARG_CELL(1));
}

Datum
cell_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) == 0);
}

Datum
cell_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) != 0);
}

Datum
cell_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) < 0);
}

Datum
cell_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) <= 0);
}

Datum
cell_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) > 0);
}

Datum
cell_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) >= 0);
}

Datum
cell_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_arguments(fcinfo));
}

static int
compare_for_sort(Datum a, Datum b, SortSupport support)
{
	return compare(DatumGetCell(a), DatumGetCell(b));
}

Datum
cell_sortsupport(PG_FUNCTION_ARGS)
{
	((SortSupport) PG_GETARG_POINTER(0))->comparator = compare_for_sort;
	PG_RETURN_VOID();
}

static uint64
hash(const Cell *cell, uint64 seed)
{
	uint64		index = (uint64) (uint32) cell->index.i << 32 | (uint32) cell->index.j;

	return hash_mix64(hash_mix64(cell->frame ^ seed) ^ index);
}

Datum
cell_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT32((uint32) hash(PG_GETARG_CELL(0), 0));
}

Datum
cell_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_UINT64(hash(PG_GETARG_CELL(0), (uint64) PG_GETARG_INT64(1)));
}
