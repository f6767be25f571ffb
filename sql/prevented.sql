SET extra_float_digits = -3;
CREATE FUNCTION effect_of(measure text, estimate float8, std_error float8 DEFAULT NULL, conf_low float8 DEFAULT NULL, conf_high float8 DEFAULT NULL,
	statistic float8 DEFAULT NULL, p_value float8 DEFAULT NULL, note text DEFAULT NULL) RETURNS hotspot.effect LANGUAGE sql AS
	$$SELECT ROW(measure, estimate, std_error, NULL, statistic, p_value, conf_low, conf_high, 0.95, 100, note)::hotspot.effect$$;

-- A difference of -0.05 crimes a place-day, standard error 0.02, over 720 place-days: 36 prevented, standard error 14.4,
-- from 0.01 x 720 = 7.2 to 0.09 x 720 = 64.8. 1,440 hours of patrol: 40 an event prevented, 22.22 to 200; at a price of 30
-- an hour 1,200, 666.67 to 6,000.
SELECT * FROM hotspot.prevented(effect_of('did', -0.05, 0.02, -0.09, -0.01, -2.5, 0.01, 'by hand'), 720, 1440, 30);
-- Every difference is read alike.
SELECT string_agg(m, ' ') AS differences
FROM unnest('{did,twfe,callaway,att,lag_effect,permutation,wild_bootstrap,ols_fe,paired_difference,mantel_haenszel_difference,dose_effect,e_test,wdd,wdd_local,wdd_buffer}'::text[]) AS m,
	hotspot.prevented(effect_of(m, -0.05), 720) AS p WHERE p.estimate = 36;

-- A ratio of 0.8, interval 0.5 to 1.25, and 40 crimes under treatment: without it there would have been 50, so 10 are
-- prevented, from 40/1.25 - 40 = -8 to 40/0.5 - 40 = 40. By the delta method the standard error is 40/0.8^2 times that of
-- the ratio, or 40/0.8 times that of its logarithm. All three scales tell the same.
SELECT measure, p.estimate, p.std_error, p.statistic, p.conf_low, p.conf_high
FROM (VALUES ('rate_ratio', 0.8, 0.16, 0.5, 1.25), ('percent_change', -20, 16, -50, 25), ('log_rate_ratio', ln(0.8), 0.2, ln(0.5), ln(1.25)))
	AS v (measure, estimate, std_error, conf_low, conf_high),
	hotspot.prevented(effect_of(v.measure, v.estimate::float8, v.std_error::float8, v.conf_low::float8, v.conf_high::float8, -1), 40) AS p (what, estimate, std_error, df, statistic, p_value, conf_low, conf_high);
SELECT string_agg(m, ' ') AS logarithms
FROM unnest('{poisson,poisson_fe,poisson_fe_day,log_rate_ratio,log_rate_ratio_poisson,log_rate_ratio_quasi,mantel_haenszel_log_ratio,run_length_1,run_length_2,run_length_3,next_day}'::text[]) AS m,
	hotspot.prevented(effect_of(m, ln(0.8)), 40) AS p WHERE round(p.estimate::numeric, 9) = 10;

-- From what other functions give: 30 against 50 prevents 50 - 30.
SELECT measure, round(estimate::numeric, 9) AS estimate, n FROM hotspot.prevented(hotspot.c_test(30, 1, 50, 1), 30);
SELECT measure, estimate, n FROM hotspot.prevented(hotspot.e_test(30, 10, 50, 10), 10);

-- More crime, no effect, and an interval that reaches to 0.
SELECT * FROM hotspot.prevented(effect_of('did', 0.05, 0.02, 0.01, 0.09), 100, 200, 30);
SELECT * FROM hotspot.prevented(effect_of('did', 0, 0.02, -0.04, 0.04, 0, 1), 100, 200, 30);
SELECT measure, estimate, conf_low, conf_high, note FROM hotspot.prevented(effect_of('did', -0.05, 0.04, -0.13, 0.03), 100, 200, 30);
SELECT measure, estimate, conf_low, conf_high, note FROM hotspot.prevented(effect_of('did', -0.05), 0, 200, 30);
-- What is not defined.
SELECT measure, estimate, conf_low, conf_high, note FROM hotspot.prevented(effect_of('did', NULL, note => 'no row of the control'), 100, 200, 30);
SELECT measure, estimate, conf_low, conf_high, note FROM hotspot.prevented(effect_of('did', -0.05), 100, 200, 30);
SELECT measure, estimate, conf_low, conf_high, note FROM hotspot.prevented(effect_of('rate_ratio', 0, NULL, 0, 0.5), 40, 200);
SELECT measure, estimate, conf_low, conf_high, note FROM hotspot.prevented(effect_of('percent_change', -50, NULL, -100, -10), 40, 200);
SELECT count(*) FROM hotspot.prevented(NULL, 1);

-- Errors.
SELECT hotspot.prevented(effect_of('wdq', 0.3), 1);
SELECT hotspot.prevented(effect_of(NULL, 0.3), 1);
SELECT hotspot.prevented(effect_of('did', 0.3), NULL);
SELECT hotspot.prevented(effect_of('did', 0.3), -1);
SELECT hotspot.prevented(effect_of('did', 0.3), 'Infinity');
SELECT hotspot.prevented(effect_of('did', 0.3), 1, -1);
SELECT hotspot.prevented(effect_of('did', 0.3), 1, 1, 'NaN');
SELECT hotspot.prevented(effect_of('did', 0.3), 1, price_per_hour => 30);
DROP FUNCTION effect_of;
