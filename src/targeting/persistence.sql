/* ---- persistence: whether the top of one period is that of the next ---- */

CREATE FUNCTION persistence(
	surfaces surface[],
	n integer DEFAULT 20,
	measure text DEFAULT 'harm',
	OUT cell cell,
	OUT periods integer,
	OUT first_period integer,
	OUT last_period integer,
	OUT longest_run integer,
	OUT share float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_persistence' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION persistence(surface[], integer, text) IS
'How often a cell was among the n with the most harm (measure => ''events'': the most events) of a period, ranked as top() does. surfaces: one a period, in order. A row a cell that ever was: periods it was listed in, the first and the last of these, counted from 1, the longest run of periods without a gap, and the share of all periods; those listed most often come first, then those listed last, then by i and j. NULL or no surfaces: no rows. Errors: different grids or SRIDs, n below 1, another measure (22023); a NULL surface or other argument (22004); an array of several dimensions (2202E).';

CREATE FUNCTION turnover(
	surfaces surface[],
	n integer DEFAULT 20,
	measure text DEFAULT 'harm',
	OUT period integer,
	OUT cells integer,
	OUT kept integer,
	OUT jaccard float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_turnover' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 12;
COMMENT ON FUNCTION turnover(surface[], integer, text) IS
'How much the list of the n cells with the most harm (measure => ''events'': the most events) changes from period to period: a row a period, counted from 1. cells: of its list, fewer than n where fewer are occupied; kept: those in the list of the period before too; jaccard: these as a share of the cells in either list (Jaccard 1912). Both are NULL in the first period, jaccard also where both lists are empty. Arguments and errors as persistence().';

