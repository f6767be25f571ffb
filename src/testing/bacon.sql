/* ---- bacon: what the two-way estimate is made of ---- */

CREATE FUNCTION bacon(
	panel,
	OUT treated integer,
	OUT control integer,
	OUT comparison text,
	OUT estimate float8,
	OUT weight float8,
	OUT n bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'panel_bacon' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION bacon(panel) IS
'The comparisons of two cohorts that did(panel, ''twfe'') averages: their weights add up to 1, and weight times estimate to its estimate. treated, control: first treated periods of the cohort that is treated and of the one it is compared with, NULL = never. comparison: ''treated_never''; ''earlier_later'', before the control is treated itself; ''later_earlier'' and ''later_always'', with places that are treated already: where these have much weight and effects change over time, the two-way estimate misleads; see did(panel, ''callaway''). estimate: in units of the outcome a place and period. n: places. By cohorts. A NULL panel, or one whose treatment does not vary: no rows. Errors: as for did(). Source: Goodman-Bacon 2021, theorem 1.';
