/* ---- top: the ranked hot spots ---- */

CREATE FUNCTION top(
	surface,
	n integer DEFAULT 20,
	rank_by text DEFAULT 'harm',
	separation float8 DEFAULT 0,
	exclude geometry DEFAULT NULL,
	OUT rank integer,
	OUT cell cell,
	OUT events bigint,
	OUT harm float8,
	OUT share float8,
	OUT cumulative_share float8,
	OUT geom geometry
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_top' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20;
COMMENT ON FUNCTION top(surface, integer, text, float8, geometry) IS
'The n cells with the most harm (rank_by => ''events'': the most events), ranked; ties by the other value, then by i and j. Cells without an event have no rank. separation: least distance between the centres of cells taken, in the unit of the reference system; cells nearer to one of a higher rank are passed over. exclude: cells that intersect it are passed over. share: of the whole surface, NULL where that is 0. geom: outline of the cell. Errors 22023: n below 1, another rank_by, a negative or infinite separation, another SRID.';

