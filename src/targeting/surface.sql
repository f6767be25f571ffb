/* ---- surface: events and harm by grid cell ---- */

CREATE TYPE surface;

CREATE FUNCTION surface_in(cstring) RETURNS surface
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION surface_out(surface) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION surface_recv(internal) RETURNS surface
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION surface_send(surface) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE surface (
	INPUT = surface_in,
	OUTPUT = surface_out,
	RECEIVE = surface_recv,
	SEND = surface_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE surface IS
'Events and harm by grid cell: the summary that says where. Made by the aggregate surface(), joined by merge() and +, read by cells(), top() and others. Sums are exact, in millionths of the unit of harm: the same rows give the same bytes whatever their order. At most 16777216 cells and 256 MB.';

CREATE FUNCTION surface_add(surface, geometry, float8, grid) RETURNS surface
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION surface_add_event(surface, geometry, grid) RETURNS surface
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION surface_merge(surface, surface) RETURNS surface
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION surface_add(surface, geometry, float8, grid) IS 'Step of the aggregate surface(geometry, harm, grid).';
COMMENT ON FUNCTION surface_add_event(surface, geometry, grid) IS 'Step of the aggregate surface(geometry, grid).';
COMMENT ON FUNCTION surface_merge(surface, surface) IS 'Step of the aggregate merge(surface); the function of surface + surface.';

-- The transition type is the result type, so that partial surfaces combine in
-- parallel plans and across shards.
CREATE AGGREGATE surface(geom geometry, harm float8, grid grid) (
	SFUNC = surface_add,
	STYPE = surface,
	SSPACE = 8192,
	COMBINEFUNC = surface_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE surface(geometry, float8, grid) IS
'Surface of events with harm. Rows with a NULL or empty point, coordinates that are not finite, or NULL harm are left out and counted: see skipped(). Errors: negative, NaN or infinite harm, more than 9223372036854.775807 a cell, a geographic SRID, SRIDs or grids that vary.';

CREATE AGGREGATE surface(geom geometry, grid grid) (
	SFUNC = surface_add_event,
	STYPE = surface,
	SSPACE = 8192,
	COMBINEFUNC = surface_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE surface(geometry, grid) IS
'Surface of events, each of harm 1. Otherwise as surface(geometry, harm, grid).';

CREATE AGGREGATE merge(surface) (
	SFUNC = surface_merge,
	STYPE = surface,
	SSPACE = 8192,
	COMBINEFUNC = surface_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(surface) IS
'The surface of all rows that the given surfaces were made of. NULL is nothing. Error: different grids or SRIDs.';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = surface_merge, LEFTARG = surface, RIGHTARG = surface,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (surface, surface) IS
'The surface of the rows of both. NULL is nothing. Error: different grids or SRIDs.';

CREATE FUNCTION cells(surface, OUT cell cell, OUT events bigint, OUT harm float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_cells' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION cells(surface) IS
'The cells of a surface, by (i, j), with their number of events and sum of harm; zero cells, where cover() or fill() put them, too. NULL: no rows.';

CREATE FUNCTION events(surface) RETURNS bigint
	AS 'MODULE_PATHNAME', 'surface_events' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION events(surface) IS 'Number of events in all cells.';

CREATE FUNCTION harm(surface) RETURNS float8
	AS 'MODULE_PATHNAME', 'surface_harm' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION harm(surface) IS 'Sum of harm in all cells, in the unit it was given in.';

CREATE FUNCTION size(surface) RETURNS integer
	AS 'MODULE_PATHNAME', 'surface_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(surface) IS 'Number of cells, zero cells included.';

CREATE FUNCTION occupied(surface) RETURNS integer
	AS 'MODULE_PATHNAME', 'surface_occupied' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION occupied(surface) IS 'Number of cells with at least one event.';

CREATE FUNCTION skipped(surface) RETURNS bigint
	AS 'MODULE_PATHNAME', 'surface_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(surface) IS 'Number of events that were left out: events + skipped = rows read. See skipped(surface, reason).';

CREATE FUNCTION skipped(surface, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'surface_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(surface, text) IS
'Number of events that were left out for one reason: ''geometry'' (NULL or empty), ''coordinates'' (NaN or infinite), ''harm'' (NULL), ''outside'' (in a cell that fill(surface, area) dropped). Other reasons: error 22023.';

CREATE FUNCTION grid(surface) RETURNS grid
	AS 'MODULE_PATHNAME', 'surface_grid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grid(surface) IS 'Grid of the surface.';

CREATE FUNCTION srid(surface) RETURNS integer
	AS 'MODULE_PATHNAME', 'surface_srid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION srid(surface) IS 'SRID of the surface; NULL while no event was placed.';

