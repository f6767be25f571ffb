/* ---- accuracy: how well one surface foretold another ---- */

CREATE FUNCTION accuracy(
	forecast surface,
	actual surface,
	n integer,
	measure text DEFAULT 'harm',
	OUT hits float8,
	OUT total float8,
	OUT hit_rate float8,
	OUT area_share float8,
	OUT pai float8,
	OUT pei float8,
	OUT rri float8,
	OUT flagged integer,
	OUT cells integer,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_accuracy' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1;
COMMENT ON FUNCTION accuracy(surface, surface, integer, text) IS
'How well the n cells with the most harm (measure => ''events'': the most events) of forecast, ranked as top() does, foretold where harm fell in actual, a later period: one row. flagged: cells of the list, fewer than n where forecast has fewer occupied ones; cells: all cells of actual, which is the study area and so must have its zero cells, see fill(): a notice where it has none. hits: harm or events of actual in flagged cells; total: in all. hit_rate = hits / total. area_share = flagged / cells. pai, the prediction accuracy index = hit_rate / area_share (Chainey, Tompson and Uhlig 2008). pei, the prediction efficiency index = hits / those of the best list as long (Hunt 2016). rri, the recapture rate index = hit_rate / the share of forecast''s own total in flagged cells (Levine 2008).
NULL where the denominator is 0; note says why, and how many flagged cells are no cells of actual. NULL surface: no rows. Errors 22023: different grids or SRIDs, n below 1, another measure; 22004: other NULLs.';

