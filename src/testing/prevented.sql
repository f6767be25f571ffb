/* ---- prevented: an effect in crimes, harm and money ---- */

CREATE FUNCTION prevented(
	effect,
	exposure float8,
	patrol_hours float8 DEFAULT NULL,
	price_per_hour float8 DEFAULT NULL
) RETURNS SETOF effect
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 ROWS 3;
COMMENT ON FUNCTION prevented(effect, float8, float8, float8) IS
'Crimes or harm prevented by what had an effect, with interval, and what one of them cost. One to three rows: prevented, patrol_hours_per_prevented (where patrol_hours is given), cost_per_prevented (where price_per_hour is given too: patrol_hours times that by what was prevented, in its currency).
What exposure is hinges on the measure of the effect. Differences (did, twfe, callaway, att, lag_effect, permutation, wild_bootstrap, ols_fe, paired_difference, mantel_haenszel_difference: the number of treated places times periods after, in the periods of the outcome; dose_effect: the dose given; e_test: the first exposure, n1; wdd, wdd_local, wdd_buffer: 1, or the weight of time after and area): prevented = - estimate x exposure. Ratios (rate_ratio, c_test), logarithms of ratios (poisson, poisson_fe, poisson_fe_day, log_rate_ratio, log_rate_ratio_poisson, log_rate_ratio_quasi, mantel_haenszel_log_ratio, run_length_1 to run_length_3, next_day) and percent_change: exposure is the crimes or harm that were counted under treatment (of run_length and next_day: on the days that are compared), and prevented = exposure x (1/ratio - 1), what would have been counted without it less what was. Below 0: more crime.
Standard errors by the delta method; intervals are those of the effect, turned the same way, and the exposure is taken for known; statistic with its sign turned; p_value, df, n and note as of the effect. Of hours and cost only estimate and interval are given, without an upper limit where the interval of what was prevented reaches to 0, and NULL where nothing was prevented; note says so. NULL effect: no rows. Errors: NULL exposure, a NULL measure, a price without hours (22004), other measures, negative or infinite arguments (22023).';

