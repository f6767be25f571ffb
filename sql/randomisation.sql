-- randomisation_p() and randomisation_distribution().
SET timezone = 'UTC';
SET datestyle = 'ISO';
-- By hand: one day, 2 of 4 places drawn, outcomes 0, 1, 2, 5. The six pairs have 1, 2, 5, 3, 6, 7; the mean is 4, the variance
-- ((9 + 4 + 1 + 1 + 4 + 9) / 6 = 14 / 3.
CREATE TEMP TABLE one_day AS
SELECT treated, hotspot.trial(place::bigint, '2024-03-01', place = ANY (treated), outcome) AS t
FROM (VALUES (1, 0), (2, 1), (3, 2), (4, 5)) AS o (place, outcome), (VALUES ('{1,2}'::int[]), ('{1,3}'), ('{1,4}'), ('{3,4}')) AS d (treated) GROUP BY treated;
SELECT total, probability FROM one_day, hotspot.randomisation_distribution(t) WHERE treated = '{1,2}';
-- Total 1: two-sided |T - 4| >= 3 are 1 and 7; 2: also 2 and 6; 5: all.
SELECT treated, measure, estimate, round((std_error ^ 2)::numeric, 12) AS variance, round(p_value * 6) AS sixths, n, note FROM one_day, hotspot.randomisation_p(t);

-- 3 of 8 places for 30 days, as in crossover.sql, and harm: counted in whole numbers by test/reference/trial.py.
CREATE TEMP VIEW place_day AS
SELECT p, d, treated, CASE WHEN p = 8 OR d % 10 = 0 THEN 0 ELSE y END AS outcome,
	CASE WHEN p = 8 OR d % 10 = 0 OR y = 0 THEN 0 ELSE ('{0,1,5,10,182,1825}'::int[])[1 + (p * 5 + d * 3 + p * d) % 6] END AS harm
FROM (SELECT *, ((p * 13 + d * 29 + p * d * 7) % 17 < 5 - 2 * treated::int)::int + 2 * ((p * p + d * d * 3) % 23 = 0)::int AS y
	FROM (SELECT p, d, rank() OVER (PARTITION BY d ORDER BY (p * 37 + d * 23 + p * p * d) % 101, p) <= 3 AS treated
		FROM generate_series(1, 8) AS p, generate_series(1, 30) AS d) AS drawn) AS q;
CREATE TEMP TABLE stored AS SELECT hotspot.trial(p::text, date '2024-01-01' + d, treated, outcome) AS counts, hotspot.trial(p::text, date '2024-01-01' + d, treated, harm) AS harm,
	hotspot.trial(p::text, date '2024-01-01' + d, treated, harm) FILTER (WHERE (p + d) % 5 <> 0) AS varying FROM place_day;
SELECT measure, round(estimate::numeric, 10) AS estimate, round((std_error ^ 2)::numeric, 6) AS variance, round(p_value::numeric, 13) AS p_value, n, note FROM stored, hotspot.randomisation_p(counts);
SELECT measure, round(estimate::numeric, 10) AS estimate, round((std_error ^ 2)::numeric, 6) AS variance, round(p_value::numeric, 13) AS p_value, n, note FROM stored, hotspot.randomisation_p(harm);
SELECT measure, round(estimate::numeric, 10) AS estimate, round((std_error ^ 2)::numeric, 6) AS variance, round(p_value::numeric, 13) AS p_value, n, note FROM stored, hotspot.randomisation_p(varying);
SELECT count(*) FROM stored, hotspot.randomisation_distribution(counts);
SELECT count(*) FROM stored, hotspot.randomisation_distribution(harm);

-- Other methods: near the exact values; a seed gives the same answer again, another seed another.
SELECT method, measure, abs(o.p_value - e.p_value) < 0.02 AS near, regexp_replace(o.note, '; outcome.*', '') AS note
FROM stored, unnest('{exact,sampled,normal}'::text[]) AS method, hotspot.randomisation_p(counts, method) AS o JOIN stored AS s ON true
JOIN LATERAL hotspot.randomisation_p(s.counts) AS e USING (measure) WHERE method <> 'normal' OR abs(o.p_value - e.p_value) > 0;
SELECT array_agg(p_value ORDER BY measure) = (SELECT array_agg(p_value ORDER BY measure) FROM stored, hotspot.randomisation_p(counts, 'sampled', 100, 7)) AS again,
	array_agg(p_value ORDER BY measure) = (SELECT array_agg(p_value ORDER BY measure) FROM stored, hotspot.randomisation_p(counts, 'sampled', 100, 8)) AS with_another_seed
FROM stored, hotspot.randomisation_p(counts, 'sampled', 100, 7);
-- The normal approximation of z = -4.75 / sqrt(7.767857142857143) = -1.70429: 0.0883.
SELECT measure, round(statistic::numeric, 5) AS z, round(p_value::numeric, 4) AS p_value FROM stored, hotspot.randomisation_p(counts, 'normal');

-- Beyond the limits: 20 days of 30 places with outcomes that have nothing in common.
CREATE TEMP TABLE large AS SELECT hotspot.trial(p::bigint, date '2024-01-01' + d, p % 2 = d % 2, (p * 7919 + d * 104729) % 99991 + (p * p * d) % 997 / 1000.0) AS t
FROM generate_series(1, 30) AS p, generate_series(1, 20) AS d;
SELECT measure, p_value BETWEEN 0 AND 1 AS is_probability, regexp_replace(note, '; outcome.*', '') AS note FROM large, hotspot.randomisation_p(t, draws => 200);
SELECT * FROM large, hotspot.randomisation_p(t, 'exact');
SELECT * FROM large, hotspot.randomisation_distribution(t);
-- Totals that do not fit in 64 bits.
CREATE TEMP TABLE huge AS SELECT hotspot.trial(p::bigint, '2024-01-01', p % 2 = 0, outcome) AS t FROM generate_series(1, 4) AS p, unnest(ARRAY[p * 1e9, p * p * 1e-12]) AS outcome;
SELECT measure, estimate, round(p_value::numeric, 4) AS p_value, note FROM huge, hotspot.randomisation_p(t);
SELECT p.* FROM huge, hotspot.randomisation_p(t, 'sampled') AS p;
-- A sum that does not, in whole units: 10,000 times 1e15.
SELECT p.measure, p.estimate, p.p_value, p.note FROM (SELECT hotspot.trial(p::bigint, '2025-01-01'::date + d, (p + d) % 2 = 0, 1e15) AS t FROM generate_series(1, 200) AS p, generate_series(0, 99) AS d) AS q, hotspot.randomisation_p(t) AS p LIMIT 1;
SELECT total, probability FROM (SELECT hotspot.trial(p::bigint, '2025-01-01'::date + d, (p + d) % 2 = 0, 1e15) AS t FROM generate_series(1, 200) AS p, generate_series(0, 99) AS d) AS q, hotspot.randomisation_distribution(t);

-- Negative outcomes are fine, and adding the same to all of a day changes nothing but the total.
SELECT t, p.measure, p.estimate, round(p.p_value * 6) AS sixths, p.note FROM (SELECT n, hotspot.trial(place::bigint, '2024-03-01', place < 3, outcome - n) FROM (VALUES (1, 0), (2, 1), (3, 2), (4, 5)) AS o (place, outcome),
	generate_series(0, 3, 3) AS n GROUP BY n) AS q (t, trial), hotspot.randomisation_p(trial) AS p WHERE p.measure <> 'randomisation_upper';
-- Days that tell nothing; all outcomes equal; nothing at all.
SELECT measure, estimate, p_value, n, note FROM (SELECT hotspot.trial(p::bigint, '2024-01-01'::date + d, p <= d, p) AS t FROM generate_series(1, 3) AS p, generate_series(0, 3) AS d) AS q, hotspot.randomisation_p(t);
SELECT measure, estimate, std_error, statistic, p_value, note FROM (SELECT hotspot.trial(p::bigint, '2024-01-01', p = 1, 2) AS t FROM generate_series(1, 3) AS p) AS q, hotspot.randomisation_p(t);
SELECT total, probability FROM (SELECT hotspot.trial(p::bigint, '2024-01-01', true, 2) AS t FROM generate_series(1, 3) AS p) AS q, hotspot.randomisation_distribution(t);
SELECT measure, estimate, std_error, p_value, n, note FROM (SELECT hotspot.trial(p::bigint, '2024-01-01', true, 2) AS t FROM generate_series(1, 3) AS p) AS q, hotspot.randomisation_p(t);
SELECT measure, estimate, p_value, n, note FROM (SELECT hotspot.trial(NULL::text, NULL, NULL, NULL)) AS q (t), hotspot.randomisation_p(t);
SELECT count(*) FROM hotspot.randomisation_p(NULL);
SELECT count(*) FROM hotspot.randomisation_distribution(NULL);

-- Errors.
SELECT * FROM stored, hotspot.randomisation_p(counts, 'guess');
SELECT * FROM stored, hotspot.randomisation_p(counts, NULL);
SELECT * FROM stored, hotspot.randomisation_p(counts, draws => 0);
SELECT * FROM stored, hotspot.randomisation_p(counts, draws => NULL);
SELECT * FROM stored, hotspot.randomisation_p(counts, seed => NULL);
