/* ---- cell: one cell of a grid ---- */

CREATE TYPE cell;

CREATE FUNCTION cell_in(cstring) RETURNS cell
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cell_out(cell) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cell_recv(internal) RETURNS cell
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cell_send(cell) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE cell (
	INPUT = cell_in,
	OUTPUT = cell_out,
	RECEIVE = cell_recv,
	SEND = cell_send,
	INTERNALLENGTH = 16,
	ALIGNMENT = double
);

COMMENT ON TYPE cell IS
'One cell of a grid, with its SRID: 27700/square150/3531/1206 is the square with sides of 150 m whose lower left corner is (3531 * 150, 1206 * 150). Ordered by SRID, shape, size, i, j.';

CREATE FUNCTION cell(geom geometry, grid grid) RETURNS cell
	AS 'MODULE_PATHNAME', 'cell_of_point' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cell(geometry, grid) IS
'Cell of a point. Squares: i = floor(x / size), j = floor(y / size), as ST_SquareGrid numbers them; hexagons as ST_HexagonGrid. NULL for a NULL or empty point and for coordinates that are not finite. Errors: no point, a geographic SRID, NULL grid, an index beyond int32.';

CREATE FUNCTION i(cell) RETURNS integer
	AS 'MODULE_PATHNAME', 'cell_i' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION i(cell) IS 'Column of the cell, eastwards from the origin.';

CREATE FUNCTION j(cell) RETURNS integer
	AS 'MODULE_PATHNAME', 'cell_j' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION j(cell) IS 'Row of the cell, northwards from the origin.';

CREATE FUNCTION grid(cell) RETURNS grid
	AS 'MODULE_PATHNAME', 'cell_to_grid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grid(cell) IS 'Grid that the cell is of.';

CREATE FUNCTION geometry(cell) RETURNS geometry
	AS 'MODULE_PATHNAME', 'cell_geometry' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION geometry(cell) IS 'Outline of the cell: the polygon that ST_SquareGrid or ST_HexagonGrid gives it.';

CREATE FUNCTION centre(cell) RETURNS geometry
	AS 'MODULE_PATHNAME', 'cell_centre' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION centre(cell) IS 'Centre of the cell: a point.';

CREATE CAST (cell AS geometry) WITH FUNCTION geometry(cell) AS ASSIGNMENT;

CREATE FUNCTION cell_eq(cell, cell) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_ne(cell, cell) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_lt(cell, cell) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_le(cell, cell) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_gt(cell, cell) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_ge(cell, cell) RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_cmp(cell, cell) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION cell_hash(cell) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;
CREATE FUNCTION cell_hash_extended(cell, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE;

-- In pg_catalog, since an operator, unlike a function, is looked up by
-- search_path alone: JOIN ... USING (cell) must work where hotspot is not on it.
CREATE OPERATOR pg_catalog.= (
	FUNCTION = cell_eq, LEFTARG = cell, RIGHTARG = cell,
	COMMUTATOR = OPERATOR(pg_catalog.=), NEGATOR = OPERATOR(pg_catalog.<>),
	RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR pg_catalog.<> (
	FUNCTION = cell_ne, LEFTARG = cell, RIGHTARG = cell,
	COMMUTATOR = OPERATOR(pg_catalog.<>), NEGATOR = OPERATOR(pg_catalog.=),
	RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR pg_catalog.< (
	FUNCTION = cell_lt, LEFTARG = cell, RIGHTARG = cell,
	COMMUTATOR = OPERATOR(pg_catalog.>), NEGATOR = OPERATOR(pg_catalog.>=),
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR pg_catalog.<= (
	FUNCTION = cell_le, LEFTARG = cell, RIGHTARG = cell,
	COMMUTATOR = OPERATOR(pg_catalog.>=), NEGATOR = OPERATOR(pg_catalog.>),
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR pg_catalog.> (
	FUNCTION = cell_gt, LEFTARG = cell, RIGHTARG = cell,
	COMMUTATOR = OPERATOR(pg_catalog.<), NEGATOR = OPERATOR(pg_catalog.<=),
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR pg_catalog.>= (
	FUNCTION = cell_ge, LEFTARG = cell, RIGHTARG = cell,
	COMMUTATOR = OPERATOR(pg_catalog.<=), NEGATOR = OPERATOR(pg_catalog.<),
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);

COMMENT ON OPERATOR pg_catalog.= (cell, cell) IS 'Equal: same SRID, grid, i and j.';
COMMENT ON OPERATOR pg_catalog.<> (cell, cell) IS 'Not equal.';
COMMENT ON OPERATOR pg_catalog.< (cell, cell) IS 'Less, by SRID, shape, size, i, j.';
COMMENT ON OPERATOR pg_catalog.<= (cell, cell) IS 'Less or equal, by SRID, shape, size, i, j.';
COMMENT ON OPERATOR pg_catalog.> (cell, cell) IS 'Greater, by SRID, shape, size, i, j.';
COMMENT ON OPERATOR pg_catalog.>= (cell, cell) IS 'Greater or equal, by SRID, shape, size, i, j.';

CREATE OPERATOR CLASS cell_ops DEFAULT FOR TYPE cell USING btree AS
	OPERATOR 1 pg_catalog.<,
	OPERATOR 2 pg_catalog.<=,
	OPERATOR 3 pg_catalog.=,
	OPERATOR 4 pg_catalog.>=,
	OPERATOR 5 pg_catalog.>,
	FUNCTION 1 cell_cmp(cell, cell),
	FUNCTION 2 cell_sortsupport(internal),
	FUNCTION 4 btequalimage(oid);

CREATE OPERATOR CLASS cell_ops DEFAULT FOR TYPE cell USING hash AS
	OPERATOR 1 pg_catalog.=,
	FUNCTION 1 cell_hash(cell),
	FUNCTION 2 cell_hash_extended(cell, bigint);

