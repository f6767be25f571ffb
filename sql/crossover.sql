-- crossover(), run_length(), next_day(). Expected values, to 10 digits, by test/reference/trial.py unless it is said otherwise.
SET timezone = 'UTC';
SET datestyle = 'ISO';
-- 3 of 8 places a day for 30 days; the last place has no outcome, nor has every tenth day. As fixture() there.
CREATE TEMP VIEW place_day AS
SELECT p AS place, date '2024-01-01' + d AS day, treated, CASE WHEN p = 8 OR d % 10 = 0 THEN 0 ELSE (((p * 13 + d * 29 + p * d * 7) % 17 < 5 - 2 * treated::int)::int +
	2 * ((p * p + d * d * 3) % 23 = 0)::int)::float8 END AS outcome, (CASE WHEN treated THEN 10 + (p + d) % 7 ELSE p * d % 3 END)::float8 AS dose
FROM (SELECT p, d, rank() OVER (PARTITION BY d ORDER BY (p * 37 + d * 23 + p * p * d) % 101, p) <= 3 AS treated
	FROM generate_series(1, 8) AS p, generate_series(1, 30) AS d) AS drawn;
CREATE TEMP TABLE stored AS SELECT hotspot.trial(place::bigint, day, treated, outcome, dose) AS t, hotspot.trial(place::text, day, treated, outcome) AS plain FROM place_day;
CREATE FUNCTION digits(float8) RETURNS numeric LANGUAGE sql IMMUTABLE RETURN round($1::numeric, 10);

SELECT measure, digits(estimate) AS estimate, digits(std_error) AS std_error, df, n, note FROM stored, hotspot.crossover(t);
-- p-values and intervals follow from estimate, error and df; that of the rates is exact: with python3 and bisection over
-- sums of the Poisson distribution, 11 events have the limits 5.4911603672 and 19.6820385133, 31 have 21.0629959791 and 44.0020255032.
SELECT measure, digits(conf_low * n) AS low, digits(conf_high * n) AS high FROM stored, hotspot.crossover(t) WHERE measure LIKE 'crude%';
-- 100 (exp(-0.525266307921 + z 0.350951785044) - 1) for z = -+1.959963984540054: -70.2731398555 and 17.6550145721.
SELECT measure, digits(estimate) AS estimate, digits(conf_low) AS low, digits(conf_high) AS high, conf_level FROM stored, hotspot.crossover(t) WHERE measure = 'percent_change';
SELECT measure, conf_level, sign(conf_high - conf_low) FROM stored, hotspot.crossover(t, conf_level => 0.9) WHERE measure IN ('log_rate_ratio', 'ols_fe');
-- Text ids give the same answers; without doses there are no rows for them.
SELECT count(*), bool_and(c.estimate IS NOT DISTINCT FROM o.estimate AND c.std_error IS NOT DISTINCT FROM o.std_error) AS same
FROM stored, hotspot.crossover(plain) AS c JOIN stored AS s ON true JOIN LATERAL hotspot.crossover(s.t) AS o USING (measure);

-- Washout.
SELECT washout, measure, digits(estimate) AS estimate, digits(std_error) AS std_error, n, note
FROM stored, generate_series(0, 2) AS washout, hotspot.crossover(t, washout) WHERE measure IN ('crude_rate_treated', 'mantel_haenszel_log_ratio', 'poisson_fe_day', 'ols_fe');
-- Days in a row.
SELECT measure, digits(estimate) AS estimate, digits(std_error) AS std_error, n, note FROM stored, hotspot.run_length(t);
SELECT measure, digits(estimate) AS estimate, digits(std_error) AS std_error, n, note FROM stored, hotspot.next_day(t);

-- Published figures: Southend, 8 of 20 hot spots for 90 days, are 720 and 1,080 place-days; violence fell by 73.5 %. The smallest
-- counts that give that are 3 and 17: 100 (3/720 / (17/1080) - 1) = -73.5294; log ratio ln(4.5/17) = -1.3291359, its error
-- sqrt(1/3 + 1/17) = 0.6262243, so that the interval goes from -92.24 to -9.68 %.
SELECT measure, n, round(estimate::numeric, 4) AS estimate, round(std_error::numeric, 7) AS std_error, round(conf_low::numeric, 2) AS low, round(conf_high::numeric, 2) AS high
FROM (SELECT hotspot.trial(p::bigint, '2024-01-01'::date + d, (p + d) % 20 < 8,
	CASE WHEN (p + d) % 20 < 8 THEN p = 1 AND d IN (0, 1, 2) ELSE p = 2 AND d IN (8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29, 30, 31, 32, 33, 34) END::int) AS t
	FROM generate_series(1, 20) AS p, generate_series(0, 89) AS d) AS southend, hotspot.crossover(t) WHERE measure IN ('log_rate_ratio', 'percent_change', 'crude_rate_treated');

-- What is not defined is NULL, and the note says why. Two places, two days.
CREATE FUNCTION crossover_of(treated int[], outcome float8[]) RETURNS TABLE (measure text, estimate numeric, std_error numeric, n bigint, note text) LANGUAGE sql AS $$
	SELECT measure, digits(estimate), digits(std_error), n, note FROM (SELECT hotspot.trial((k / 2)::bigint, '2024-01-01'::date + k % 2, treated[k + 1] = 1, outcome[k + 1]) AS t
		FROM generate_series(0, 3) AS k) AS q, hotspot.crossover(t)
$$;
\echo all treated
SELECT * FROM crossover_of('{1,1,1,1}', '{1,2,3,4}');
\echo no outcome
SELECT * FROM crossover_of('{1,0,0,1}', '{0,0,0,0}');
\echo no outcome on treated days
SELECT * FROM crossover_of('{1,0,0,1}', '{0,1,2,0}');
\echo one place never treated
SELECT * FROM crossover_of('{1,0,0,0}', '{1,2,3,4}');
\echo each place always or never treated
SELECT * FROM crossover_of('{1,1,0,0}', '{1,2,3,4}');
\echo all places alike on each day
SELECT * FROM crossover_of('{1,0,1,0}', '{1,2,3,4}');
\echo parts of crimes
SELECT * FROM crossover_of('{1,0,0,1}', '{1,2.5,3,4}') LIMIT 3;
\echo nothing
SELECT measure, estimate, n, note FROM (SELECT hotspot.trial(NULL::text, NULL, NULL, NULL)) AS q (t), hotspot.crossover(t);
SELECT measure, estimate, n, note FROM (SELECT hotspot.trial(NULL::text, NULL, NULL, NULL)) AS q (t), LATERAL (SELECT * FROM hotspot.run_length(t) UNION ALL SELECT * FROM hotspot.next_day(t)) AS r;
-- Places that are all alike leave nothing to judge by, rounding errors apart: 2 of 14 treated days, 6 of 27 others.
SELECT measure, digits(estimate) AS estimate, digits(std_error) AS std_error, p_value, note FROM (SELECT hotspot.trial(p::bigint, '2025-01-01'::date + d, d % 3 = 0, CASE WHEN d % 3 = 0 THEN (d % 7 = 0)::int ELSE (d % 5 = 0)::int END) AS t
	FROM generate_series(1, 7) AS p, generate_series(0, 40) AS d) AS q, hotspot.crossover(t) WHERE measure IN ('paired_difference', 'poisson_fe');
-- Fits without a rest: products of place, day and 2 for treatment; and sums.
SELECT measure, digits(estimate) AS estimate, digits(std_error) AS std_error, p_value, note
FROM (SELECT hotspot.trial(p::bigint, '2025-01-01'::date + d, p = d, p * (2 * d - 1) * CASE WHEN p = d THEN 2 ELSE 1 END) AS t FROM generate_series(1, 3) AS p, generate_series(1, 2) AS d) AS q, hotspot.crossover(t) WHERE measure = 'poisson_fe_day'
UNION ALL SELECT measure, digits(estimate), digits(std_error), p_value, note
FROM (SELECT hotspot.trial(p::bigint, '2025-01-01'::date + d, treated, outcome, dose) AS t FROM (VALUES (1, 0, false, 0, 0), (2, 0, false, 0, 0), (2, 1, false, 6, 0), (1, 2, true, 6, 15), (3, 2, false, 0, 0), (2, 2, false, 0, 2)) AS v (p, d, treated, outcome, dose)) AS q,
	hotspot.crossover(t) WHERE measure ~ '^(ols|dose)';
SELECT digits(2 / 14.0 - 6 / 27.0) AS paired_difference, digits(ln((2 / 14.0) / (6 / 27.0))) AS poisson_fe;
-- Days that differ by place; a dose that treatment did not bring.
SELECT measure, estimate, n, note FROM (SELECT hotspot.trial(k / 3::bigint, '2024-01-01'::date + (k % 3)::int, k % 2 = 0, k, 1) AS t FROM generate_series(0::bigint, 7) AS k) AS q,
	hotspot.crossover(t) WHERE measure LIKE 'crude%' OR measure LIKE 'dose%';
SELECT count(*) FROM hotspot.crossover(NULL);
SELECT count(*) FROM hotspot.run_length(NULL), hotspot.next_day(NULL);

-- Errors.
SELECT * FROM hotspot.crossover((SELECT hotspot.trial('High Street'::text, '2024-03-01', true, -0.5)));
SELECT * FROM hotspot.run_length((SELECT hotspot.trial(3::bigint, '2024-03-01', true, -2)));
SELECT * FROM hotspot.next_day((SELECT hotspot.trial(3::bigint, '2024-03-01', true, -2)));
SELECT * FROM stored, hotspot.crossover(t, -1);
SELECT * FROM stored, hotspot.crossover(t, NULL);
SELECT * FROM stored, hotspot.crossover(t, conf_level => 95);
SELECT * FROM stored, hotspot.run_length(t, 0);
SELECT * FROM stored, hotspot.next_day(t, NULL);
