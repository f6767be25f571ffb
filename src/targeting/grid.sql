/* ---- grid: a regular grid over the plane ---- */

CREATE TYPE grid;

CREATE FUNCTION grid_in(cstring) RETURNS grid
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION grid_out(grid) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION grid_recv(internal) RETURNS grid
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION grid_send(grid) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE grid (
	INPUT = grid_in,
	OUTPUT = grid_out,
	RECEIVE = grid_recv,
	SEND = grid_send,
	LIKE = int8
);

COMMENT ON TYPE grid IS
'A regular grid with its origin at (0,0): ''square 150'' or ''150'' (size = side) or ''hexagon 93.06'' (size = edge), in the unit of the reference system. Sizes are whole thousandths, up to 1099511627.775.';

CREATE FUNCTION grid(integer) RETURNS grid
	AS 'MODULE_PATHNAME', 'grid_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION grid(float8) RETURNS grid
	AS 'MODULE_PATHNAME', 'grid_from_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION grid(numeric) RETURNS grid
	AS 'MODULE_PATHNAME', 'grid_from_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

COMMENT ON FUNCTION grid(integer) IS 'Grid of squares with sides of this many units. Not above 0: error 22003.';
COMMENT ON FUNCTION grid(float8) IS 'Grid of squares with sides of this many units. Not above 0, too large or no whole number of thousandths: error 22003.';
COMMENT ON FUNCTION grid(numeric) IS 'Grid of squares with sides of this many units. Not above 0, too large or no whole number of thousandths: error 22003.';

-- Only from integer implicitly: surface(geom, harm) with a fractional harm must
-- not be taken for a grid of that size.
CREATE CAST (integer AS grid) WITH FUNCTION grid(integer) AS IMPLICIT;
CREATE CAST (float8 AS grid) WITH FUNCTION grid(float8);
CREATE CAST (numeric AS grid) WITH FUNCTION grid(numeric);

