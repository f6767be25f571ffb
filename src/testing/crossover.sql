/* ---- crossover: the effect of treatment in a trial ---- */

CREATE FUNCTION crossover(trial, washout integer DEFAULT 0, conf_level float8 DEFAULT 0.95) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'trial_crossover' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 12;
COMMENT ON FUNCTION crossover(trial, integer, float8) IS
'The effect of treatment in a randomised crossover trial, by assignment (intention to treat), one row a measure; n is the number of place-days that the row uses. Control place-days that come up to washout days after a treated one of the same place are left out (0: none).
crude_rate_treated, crude_rate_control: outcome by place-day, with the Poisson standard error and the exact interval (Garwood 1936), which take whole outcomes for independent counts. log_rate_ratio: natural logarithm of their ratio, Poisson error. percent_change: the ratio less 1, as forces publish it, in per cent.
mantel_haenszel_log_ratio, mantel_haenszel_difference: log ratio and difference of rates, stratified by place (Greenland and Robins 1985). paired_difference: mean over places (n) of the rate on treated days less that on others, t with places - 1. poisson_fe, poisson_fe_day: log rate ratio by Poisson regression with effects of places, or of places and days. ols_fe: difference by least squares with effects of places and days.
Where doses are given: dose_difference, what treatment added to the dose, and dose_effect, the outcome a unit of dose by two-stage least squares with the assignment as instrument (the ratio of ols_fe to dose_difference; Wald), both with effects of places and days: of the dose that the assignment brought, if it works through the dose alone.
Regressions have standard errors clustered by place (CR1 with the factors of R''s fixest, df places - 1). Places never or always treated are left out of mantel_haenszel, paired and poisson rows, places or days without an outcome of poisson rows; the note counts them. What is not defined is NULL, and note says why. NULL trial: no rows.
Errors: NULL options (22004), negative outcomes, washout or conf_level out of range (22023).';

CREATE FUNCTION run_length(trial, conf_level float8 DEFAULT 0.95) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'trial_run_length' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 3;
COMMENT ON FUNCTION run_length(trial, float8) IS
'Whether treatment wears off or builds up: run_length_1, run_length_2, run_length_3 compare the first, the second and later days of a run of consecutive treated days of a place with all control days, by the Mantel-Haenszel log rate ratio, stratified by place (Greenland and Robins 1985). A day of which the day before is not in the trial counts as the first. n: such treated place-days. By assignment (intention to treat). NULL trial: no rows. Errors: NULL conf_level (22004), negative outcomes, conf_level out of range (22023).';

CREATE FUNCTION next_day(trial, conf_level float8 DEFAULT 0.95) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'trial_next_day' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1;
COMMENT ON FUNCTION next_day(trial, float8) IS
'Whether an effect lasts: next_day compares control days that follow a treated day of the same place with those that follow a control day, by the Mantel-Haenszel log rate ratio, stratified by place (Greenland and Robins 1985). n: control place-days that follow a treated one. Those whose day before is not in the trial are left out, and the note counts them. By assignment (intention to treat). NULL trial: no rows. Errors: NULL conf_level (22004), negative outcomes, conf_level out of range (22023).';

