/* ---- did: difference in differences of a panel ---- */

CREATE FUNCTION did(
	panel,
	method text DEFAULT 'twfe',
	se text DEFAULT NULL,
	summary text DEFAULT 'simple',
	control text DEFAULT 'never',
	conf_level float8 DEFAULT 0.95,
	anticipation integer DEFAULT 0,
	base text DEFAULT 'varying'
) RETURNS effect
	AS 'MODULE_PATHNAME', 'panel_did' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION did(panel, text, text, text, text, float8, integer, text) IS
'Difference in differences: by how much treatment changed the outcome of a place in a period. A NULL panel: NULL.
method: ''twfe'', least squares with effects of places and periods (where treatment starts at different times read bacon() beside it); ''poisson'', Poisson regression with the same effects, on the log scale: exp(estimate) is the ratio of rates; places and periods without any outcome do not count; ''callaway'', the average of the effects on cohorts (Callaway and Sant''Anna 2021, as the R package did computes it, without covariates).
se: ''cr1'' (default), clustered by place, or by the panel''s clusters, with t(clusters - 1) and K = 1 + periods; ''cr2'', for twfe clustered by place, with the degrees of freedom of Bell and McCaffrey 2002, for few places; ''iid'', independent errors; for callaway ''did'' (default), as did prints it, with the normal distribution, or ''cr1'', that times sqrt(G / (G - 1)) with t(G - 1).
Only for callaway: summary ''simple'', over all cells; ''group'', over cohorts; ''dynamic'', over periods since treatment began; ''calendar'', over periods. control: ''never'' treated or ''notyet'' treated. anticipation: periods by which the effect may come before treated_from. base: the period that cells before treatment are compared with, ''varying'' (the one before) or ''universal'' (the last before treatment). Places treated from the first period on are left out and counted in the note. Where every place is treated in the end, those treated last are the control, which a NOTICE tells.
Treatment is taken to stay on: this is not for crossover days. n: places. Not defined, hence NULL with a note: no control, no variation of treatment, separation in Poisson; no standard error for cr2 where the panel has clusters, nor where the treated or the untreated places (for Poisson those with an outcome) are a single place or lie in a single cluster, nor, for callaway, where a cohort is a single place; where just a cohort lies in a single cluster the standard error is too small, and note says so.
Errors 22023: another method, se, summary, control or base; an se that the method lacks; more periods without any row than with (fewer: a NOTICE); negative outcomes in Poisson.';
