-- rate_ratio(panel): the relative incident rate ratio.

CREATE FUNCTION ratios(panel hotspot.panel, se text DEFAULT 'cr1', phi text DEFAULT 'places', correction boolean DEFAULT false)
RETURNS TABLE (measure text, estimate numeric, std_error numeric, df numeric, p_value numeric, conf_low numeric, conf_high numeric, n bigint, note text) LANGUAGE sql AS $$
	SELECT r.measure, round(r.estimate::numeric, 7), round(r.std_error::numeric, 7), round(r.df::numeric, 7), round(r.p_value::numeric, 7), round(r.conf_low::numeric, 7), round(r.conf_high::numeric, 7), r.n, r.note
	FROM hotspot.rate_ratio(panel, se, phi, 0.95, correction) AS r $$;

-- Published by Wheeler on Wilson 2021: treated 50 to 30, control 60 to 55: -0.4238142, 0.6545455, standard error 0.2969542.
CREATE TABLE wilson AS SELECT hotspot.panel(place, period, outcome, treated_from) AS p
FROM (VALUES ('T', 1, 50, 2), ('T', 2, 30, 2), ('C', 1, 60, NULL), ('C', 2, 55, NULL)) AS v (place, period, outcome, treated_from);
SELECT r.* FROM wilson, ratios(p, 'poisson') AS r;

-- Two places an arm and two periods a side. Phi of cells and totals by hand:
-- A: 4 6 | 2 2, B: 6 8 | 3 1 (treated); C: 5 5 | 6 4, D: 3 7 | 5 5 (control). Means of cells 6 | 2, 5 | 5: squares 8 / 6 + 2 / 2 + 8 / 5 + 2 / 5 over 16 - 4;
-- totals 10 14 | 5 3, 8 12 | 11 9: means 12 | 4, 10 | 10: 8 / 12 + 2 / 4 + 8 / 10 + 2 / 10 over 8 - 4.
CREATE TABLE small AS SELECT hotspot.panel(place, period, outcomes[period], treated_from) AS p, hotspot.panel(place, period, outcomes[period], treated_from, CASE WHEN place IN ('A', 'C') THEN 1::bigint ELSE 2 END) AS in_clusters
FROM (VALUES ('A', '{4,6,2,2}'::int[], 3), ('B', '{6,8,3,1}', 3), ('C', '{5,5,6,4}', NULL), ('D', '{3,7,5,5}', NULL)) AS v (place, outcomes, treated_from), generate_series(1, 4) AS period;
SELECT r.* FROM small, ratios(p) AS r;
SELECT phi, r.* FROM small, unnest('{cells,totals}'::text[]) AS phi, ratios(p, 'quasi', phi) AS r WHERE measure IN ('log_rate_ratio_quasi', 'percent_change');
SELECT round(8 / 72.0 + 2 / 24.0 + 8 / 60.0 + 2 / 60.0, 9) AS cells, round(8 / 48.0 + 2 / 16.0 + 8 / 40.0 + 2 / 40.0, 9) AS totals;
-- Clustered by place: influences a/8 - b/24 and a/20 - b/20, squared, times 4/3 * (16 - 1) / (16 - 5); by the pairs of places: sums of two, times 2 * 15 / 11.
SELECT round(sqrt(((4 / 8.0 - 10 / 24.0) ^ 2 + (4 / 8.0 - 14 / 24.0) ^ 2 + (10 / 20.0 - 10 / 20.0) ^ 2 * 2) * 4 / 3 * 15 / 11), 7) AS by_place,
	round(sqrt(((4 / 8.0 - 10 / 24.0) ^ 2 + (4 / 8.0 - 14 / 24.0) ^ 2) * 2 * 15 / 11), 7) AS by_cluster;
SELECT r.* FROM small, ratios(in_clusters) AS r WHERE measure = 'log_rate_ratio';
-- Poisson regression says the same.
SELECT abs(r.estimate / (d).estimate - 1) < 1e-10 AS estimate, abs(r.std_error / (d).std_error - 1) < 1e-10 AS std_error
FROM small, hotspot.rate_ratio(p) AS r, LATERAL (SELECT hotspot.did(p, 'poisson') AS d OFFSET 0) AS q WHERE r.measure = 'log_rate_ratio';

-- A sum of 0, with and without the correction: ln((0.5 / 24.5) / (20.5 / 20.5)).
CREATE TABLE zero AS SELECT hotspot.panel(place, period, CASE WHEN place < 'C' AND period > 2 THEN 0 ELSE outcomes[period] END, treated_from) AS p
FROM (VALUES ('A', '{4,6,2,2}'::int[], 3), ('B', '{6,8,3,1}', 3), ('C', '{5,5,6,4}', NULL), ('D', '{3,7,5,5}', NULL)) AS v (place, outcomes, treated_from), generate_series(1, 4) AS period;
SELECT r.* FROM zero, ratios(p) AS r;
SELECT r.* FROM zero, ratios(p, correction => true) AS r WHERE measure LIKE 'log%';
SELECT round(ln(0.5 / 24.5), 7) AS estimate, round(sqrt(1 / 0.5 + 1 / 24.5 + 2 / 20.5), 7) AS std_error;

-- Nothing tells how an arm varies whose places with an outcome are one, or lie in one cluster.
SELECT what, r.measure, r.estimate, r.std_error, r.df, r.note
FROM (VALUES ('one treated place with an outcome', 2, NULL::bigint), ('no control with an outcome', 3, NULL), ('one treated cluster', 1, 1)) AS w (what, zeros, cluster),
	LATERAL (SELECT hotspot.panel(place, period, CASE WHEN zeros = 2 AND place = 'B' OR zeros = 3 AND place >= 'C' THEN 0 ELSE outcomes[period] END, treated_from, CASE WHEN place < 'C' AND cluster = 1 THEN 'AB' ELSE place END) AS p
		FROM (VALUES ('A', '{4,6,2,2}'::int[], 3), ('B', '{6,8,3,1}', 3), ('C', '{5,5,6,4}', NULL), ('D', '{3,7,5,5}', NULL)) AS v (place, outcomes, treated_from), generate_series(1, 4) AS period) AS q,
	ratios(p, correction => true) AS r WHERE measure = 'log_rate_ratio';

-- Places and periods without any outcome do not count.
SELECT r.measure, r.estimate, r.std_error, r.n, r.note FROM ratios((SELECT hotspot.panel(place, period, CASE WHEN place <> 'E' AND period <= 4 THEN outcomes[period] ELSE 0 END, treated_from)
	FROM (VALUES ('A', '{4,6,2,2}'::int[], 3), ('B', '{6,8,3,1}', 3), ('C', '{5,5,6,4}', NULL), ('D', '{3,7,5,5}', NULL), ('E', '{}', NULL)) AS v (place, outcomes, treated_from), generate_series(1, 5) AS period)) AS r
WHERE measure = 'log_rate_ratio';

-- Places of an arm that all change alike leave nothing to judge by, rounding errors apart.
SELECT r.measure, r.estimate, r.std_error, r.p_value, r.note
FROM ratios((SELECT hotspot.panel(place, period, CASE WHEN place <= 6 THEN CASE WHEN period < 4 THEN 3 ELSE 1 END ELSE CASE WHEN period < 4 THEN 7 ELSE 2 END END, CASE WHEN place <= 6 THEN 4 END)
	FROM generate_series(1, 13) AS place, generate_series(1, 7) AS period)) AS r WHERE measure <> 'log_rate_ratio_quasi';
SELECT round(ln((1 / 3.0) / (2 / 7.0)), 7) AS estimate;

-- No block design.
SELECT what, r.note, count(*) AS rows, count(r.estimate) AS estimates
FROM (SELECT 'different starts' AS what, hotspot.panel(place, period, 1, place + 1) AS p FROM generate_series(1, 3) AS place, generate_series(1, 4) AS period
	UNION ALL SELECT 'never', hotspot.panel(place, period, 1, NULL) FROM generate_series(1, 3) AS place, generate_series(1, 4) AS period
	UNION ALL SELECT 'all', hotspot.panel(place, period, 1, 3) FROM generate_series(1, 3) AS place, generate_series(1, 4) AS period
	UNION ALL SELECT 'always', hotspot.panel(place, period, 1, CASE WHEN place = 1 THEN 1 END) FROM generate_series(1, 3) AS place, generate_series(1, 4) AS period
	UNION ALL SELECT 'empty', hotspot.panel(NULL::text, 1, 1, NULL)) AS q, hotspot.rate_ratio(p) AS r GROUP BY what, r.note ORDER BY what;
SELECT count(*) AS of_null FROM hotspot.rate_ratio(NULL);
SELECT hotspot.rate_ratio(hotspot.panel('A'::text, 4, -0.5, NULL));
SELECT r.* FROM small, hotspot.rate_ratio(p, 'cr2') AS r;
SELECT r.* FROM small, hotspot.rate_ratio(p, phi => 'months') AS r;
SELECT r.* FROM small, hotspot.rate_ratio(p, correction => NULL) AS r;

DROP FUNCTION ratios;
DROP TABLE wilson, small, zero;
