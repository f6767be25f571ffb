/* ---- rate_ratio: the ratio of rates in block designs ---- */

CREATE FUNCTION rate_ratio(
	panel,
	se text DEFAULT 'cr1',
	phi text DEFAULT 'places',
	conf_level float8 DEFAULT 0.95,
	correction boolean DEFAULT false
) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'panel_rate_ratio' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 5;
COMMENT ON FUNCTION rate_ratio(panel, text, text, float8, boolean) IS
'The relative incident rate ratio of a block design, where treated places are all treated from the same period on: how the sum of outcomes changed at treated places, by how it changed at the others. Five rows: log_rate_ratio, ln(T1/T0) - ln(C1/C0), with the standard error CR1 clustered by place, or by the panel''s clusters, and t(clusters - 1), equal to Poisson regression with effects of places and periods; log_rate_ratio_poisson, with sqrt(1/T1 + 1/T0 + 1/C1 + 1/C0), the normal distribution; log_rate_ratio_quasi, with that times sqrt(phi), or 1 if phi is less, and the t distribution, phi in the note; rate_ratio and percent_change, 100 (ratio - 1), whose interval, statistic and p_value are those of the logarithm with standard error se: ''cr1'', ''poisson'' or ''quasi''.
phi: Pearson''s statistic by its degrees of freedom, of ''places'' by period in the regression with effects of both; of places by period in the four ''cells''; of the ''totals'' of each period in the four cells. correction: where a sum is 0, add 0.5 to each, which the note tells. n: places.
NULL with a note: no block design, a sum that is 0, one side of which the places with an outcome are a single place or lie in a single cluster (for CR1). A NULL panel: no rows. Errors 22023: negative outcomes, another se or phi. Sources: Wilson 2021; Braga and Weisburd 2020.';
