/* ---- cover and fill: the cells where nothing happened ---- */

CREATE FUNCTION cover(area geometry, grid grid) RETURNS surface
	AS 'MODULE_PATHNAME', 'surface_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION cover(geometry, grid) IS
'Surface of empty cells: those whose centre lies in the area (even-odd rule; a centre on a shared edge lies in exactly one of two areas). Errors: no POLYGON or MULTIPOLYGON, a geographic SRID, NULL, more than 16777216 cells.';

CREATE FUNCTION fill(surface) RETURNS surface
	AS 'MODULE_PATHNAME', 'surface_fill' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION fill(surface) IS
'The surface with all empty cells of its bounding rectangle added. More than 16777216 cells is an error; a rectangle that is nearly empty gets a notice.';

CREATE FUNCTION fill(surface, area geometry) RETURNS surface
	AS 'MODULE_PATHNAME', 'surface_fill_area' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION fill(surface, geometry) IS
'The surface over exactly the cells whose centre lies in the area: empty ones are added, and events in others are dropped and counted, see skipped(surface, ''outside''). Errors as cover(), and another SRID.';

