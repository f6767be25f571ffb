-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the trials they were stored
-- in meanwhile; and what follows from the definitions of the estimates.
BEGIN;
SELECT no_plan();
SET LOCAL timezone = 'UTC';

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Several rows a place-day, of both signs and of all sizes, so that sums of float8 would hinge on their order.
CREATE TABLE outcome AS
SELECT n, CASE WHEN n % 97 <> 0 THEN 'place ' || pick(cell, 1, 23) END AS place, date '2024-01-01' + pick(cell, 2, 40) AS day,
	pick(pick(cell, 1, 23) * 40 + pick(cell, 2, 40), 3, 3) = 0 AS treated,
	CASE WHEN n % 83 <> 0 THEN (pick(n, 4, 2001) - 1000) * (ARRAY[1, 0.1, 1e-12, 1e9, 3.7])[1 + n % 5] END::float8 AS outcome,
	pick(n, 5, 200) / 8.0::float8 AS dose, n % 12 AS month, n % 5 AS area
FROM generate_series(1, 6000) AS n, LATERAL (SELECT pick(n, 9, 700)) AS c (cell);
INSERT INTO outcome SELECT n, NULL, NULL, NULL, NULL, NULL, 12, 5 FROM generate_series(6001, 12000) AS n;
ALTER TABLE outcome SET (parallel_workers = 4);
ANALYZE outcome;

CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(how, 'TRIAL(', 'hotspot.trial(place, day, treated, outcome, dose') || ')::text' INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT one_way('(SELECT TRIAL() FROM outcome)') AS bytes;
SELECT ok(one_way(how) = bytes, 'same bytes: ' || name) FROM answer, (VALUES
	('descending', '(SELECT TRIAL() FROM (SELECT * FROM outcome ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT TRIAL( ORDER BY hashint8(n)) FROM outcome)'),
	('by month', '(SELECT hotspot.merge(t) FROM (SELECT TRIAL() AS t FROM outcome GROUP BY month) AS q)'),
	('by month, backwards', '(SELECT hotspot.merge(t ORDER BY month DESC) FROM (SELECT month, TRIAL() AS t FROM outcome GROUP BY month) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(t) FROM (SELECT hotspot.merge(t) AS t FROM (SELECT n % 7 AS g, TRIAL() AS t FROM outcome GROUP BY n % 7, month) AS q GROUP BY g) AS r)'),
	('one row a trial', '(SELECT hotspot.merge(t) FROM (SELECT TRIAL() AS t FROM outcome GROUP BY n) AS q)'),
	('by +', '(SELECT TRIAL() FILTER (WHERE n % 3 = 0) + TRIAL() FILTER (WHERE n % 3 <> 0) FROM outcome)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.trial) FROM (SELECT TRIAL()::text AS t FROM outcome GROUP BY area) AS q)'),
	('as a window', '(SELECT TRIAL() OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM outcome LIMIT 1)')
) AS way (name, how);
SELECT ok(one_way(format('(SELECT hotspot.merge(t) FROM (SELECT TRIAL() AS t FROM outcome GROUP BY pick(n, %s, 4)) AS q)', salt)) = bytes,
	'same bytes: split in four, ' || salt) FROM answer, generate_series(100, 109) AS salt;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT ok(one_way('(SELECT TRIAL() FROM outcome)') = bytes, 'same bytes: parallel, ' || workers)
FROM answer, generate_series(1, 4) AS workers, LATERAL (SELECT set_config('max_parallel_workers_per_gather', workers::text, true)) AS s;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is(hotspot.skipped(bytes::hotspot.trial), (SELECT count(*) FROM outcome WHERE place IS NULL OR outcome IS NULL), 'rows left out are counted') FROM answer;

-- Sums of the sums, against numeric.
SELECT is((SELECT hotspot.trial(place, day, treated, s) FROM (SELECT place, day, treated, sum((CASE WHEN n % 5 = 2 THEN round(outcome::numeric, 12) ELSE outcome::numeric END))::float8 AS s
	FROM outcome WHERE place IS NOT NULL AND outcome IS NOT NULL AND n % 5 < 2 GROUP BY place, day, treated) AS q)::text,
	(SELECT hotspot.trial(place, day, treated, outcome) FROM outcome WHERE place IS NOT NULL AND outcome IS NOT NULL AND n % 5 < 2)::text, 'tenths add up as numeric does');

-- Trials of counts -------------------------------------------------------------------------------------------------------

-- Trial k: 3 to 7 places, some days without a row for some, an outcome that is often 0.
CREATE TABLE cell AS
SELECT k, p, d, rank() OVER (PARTITION BY k, d ORDER BY pick(k * 10000 + p * 100 + d, 11, 1000), p) <= 2 AS treated,
	(pick(k * 10000 + p * 100 + d, 12, 4) / 2 * pick(k * 10000 + p * 100 + d, 13, 5))::float8 AS outcome
FROM generate_series(1, 12) AS k, generate_series(1, 7) AS p, generate_series(1, 6) AS d
WHERE p <= 3 + k % 5 AND pick(k * 10000 + p * 100 + d, 14, 9) > 0;
CREATE TABLE small AS SELECT k, hotspot.trial(p::text, date '2024-01-01' + d, treated, outcome) AS t,
	hotspot.trial(p::text, date '2024-01-01' + d, treated, outcome * 0.375) AS scaled,
	hotspot.trial(p::text, date '2024-01-01' + d, treated, outcome - d * 1.25) AS shifted,
	hotspot.trial(p::text, date '2024-01-01' + d, treated, -outcome) AS mirrored FROM cell GROUP BY k;

-- All draws, one by one: the ways to each total, counted in whole numbers, day by day.
CREATE TABLE day_total AS
SELECT k, d, total, count(*)::numeric AS ways FROM (
	SELECT k, d, s, coalesce(sum(outcome) FILTER (WHERE s >> i & 1 = 1), 0) AS total
	FROM (SELECT *, row_number() OVER (PARTITION BY k, d ORDER BY p)::int - 1 AS i, count(*) OVER (PARTITION BY k, d)::int AS n,
		sum(treated::int) OVER (PARTITION BY k, d) AS m FROM cell) AS member, generate_series(0, (1 << n) - 1) AS s
	GROUP BY k, d, s, m HAVING count(*) FILTER (WHERE s >> i & 1 = 1) = m) AS draw GROUP BY k, d, total;
CREATE TABLE ways AS SELECT DISTINCT k, 0::float8 AS total, 1::numeric AS ways FROM cell;
DO $$
BEGIN
	FOR day IN 1..6 LOOP
		CREATE TEMP TABLE next AS SELECT k, w.total + t.total AS total, sum(w.ways * t.ways) AS ways FROM ways AS w JOIN day_total AS t USING (k) WHERE t.d = day GROUP BY k, w.total + t.total;
		TRUNCATE ways;
		INSERT INTO ways SELECT * FROM next;
		DROP TABLE next;
	END LOOP;
END
$$;
CREATE TABLE expected AS
SELECT k, total, ways / sum(ways) OVER (PARTITION BY k) AS probability, observed, mean, sum(ways * (total - mean) ^ 2) OVER (PARTITION BY k) / sum(ways) OVER (PARTITION BY k) AS variance
FROM (SELECT k, total::numeric, ways, observed, sum(ways * total::numeric) OVER (PARTITION BY k) / sum(ways) OVER (PARTITION BY k) AS mean
	FROM ways JOIN (SELECT k, sum(outcome)::numeric AS observed FROM cell WHERE treated GROUP BY k) AS o USING (k)) AS q;
SELECT cmp_ok(max(n), '>', 20::bigint, 'there are many totals') FROM (SELECT count(*) AS n FROM expected GROUP BY k) AS q;

CREATE FUNCTION near(a float8, b numeric, tolerance float8 DEFAULT 1e-13) RETURNS boolean LANGUAGE sql IMMUTABLE RETURN abs(a - b::float8) <= tolerance * greatest(abs(b::float8), 1e-3);

SELECT is_empty($$
	SELECT k, e.total, d.probability, e.probability FROM (SELECT k, total::numeric, probability FROM small, hotspot.randomisation_distribution(t)) AS d
	FULL JOIN expected AS e USING (k, total) WHERE near(d.probability, e.probability) IS NOT TRUE
$$, 'the distribution is that of all draws');
SELECT is_empty($$
	SELECT k, r.p_value, p FROM small JOIN (SELECT k, sum(probability) FILTER (WHERE abs(total - mean) >= abs(observed - mean) - 1e-12) AS p FROM expected GROUP BY k) AS e USING (k),
		hotspot.randomisation_p(t) AS r WHERE measure = 'randomisation' AND near(r.p_value, p) IS NOT TRUE
$$, 'two-sided probability');
SELECT is_empty($$
	SELECT k, r.measure, r.p_value FROM small JOIN (SELECT k, sum(probability) FILTER (WHERE total <= observed) AS lower, sum(probability) FILTER (WHERE total >= observed) AS upper FROM expected GROUP BY k) AS e USING (k),
		hotspot.randomisation_p(t) AS r WHERE measure <> 'randomisation' AND near(r.p_value, CASE measure WHEN 'randomisation_lower' THEN lower ELSE upper END) IS NOT TRUE
$$, 'one-sided probabilities');
SELECT is_empty($$
	SELECT DISTINCT k, estimate, std_error, mean, variance FROM small JOIN expected USING (k), hotspot.randomisation_p(t)
	WHERE near(estimate, observed - mean) IS NOT TRUE OR near(std_error ^ 2, variance) IS NOT TRUE
$$, 'mean and variance in closed form are those of all draws');

-- A larger trial, of which only the closed forms are known: 15 places, 60 days, harm from 1 to 5475.
CREATE TABLE large AS SELECT hotspot.trial(p::bigint, date '2024-01-01' + d, rank <= 3 + d % 5, harm) AS t
FROM (SELECT p, d, rank() OVER (PARTITION BY d ORDER BY pick(p * 100 + d, 21, 100000), p) AS rank,
	CASE WHEN pick(p * 100 + d, 22, 5) = 0 THEN (ARRAY[1, 5, 10, 19, 182, 365.5, 1825, 5475])[1 + pick(p * 100 + d, 23, 8)] ELSE 0 END AS harm
	FROM generate_series(1, 15) AS p, generate_series(1, 60) AS d) AS q;
CREATE TABLE moments AS
SELECT sum(d.probability) AS total, sum(d.probability * d.total) / min(mean) AS mean, sum(d.probability * (d.total - mean) ^ 2) / min(std_error) ^ 2 AS variance, count(*) AS n
FROM large, LATERAL (SELECT std_error, substring(note FROM 'expected ([0-9.]+)')::float8 AS mean FROM hotspot.randomisation_p(t, 'normal') LIMIT 1) AS n, hotspot.randomisation_distribution(t) AS d;
SELECT cmp_ok(abs(total - 1), '<', 1e-13::float8, 'probabilities add up to 1') FROM moments;
SELECT cmp_ok(abs(mean - 1), '<', 1e-12::float8, 'mean in closed form') FROM moments;
SELECT cmp_ok(abs(variance - 1), '<', 1e-11::float8, 'variance in closed form') FROM moments;
SELECT cmp_ok(n, '>', 50000::bigint, 'of many totals') FROM moments;
SELECT ok(bool_and(abs(e.p_value - s.p_value) < 0.025), 'random draws come near the exact probabilities') FROM large, hotspot.randomisation_p(t, 'exact') AS e,
	LATERAL (SELECT * FROM hotspot.randomisation_p((SELECT t FROM large), 'sampled', 4000, 5)) AS s WHERE e.measure = s.measure;

-- Units, signs, and what all places of a day have in common.
SELECT is_empty($$
	SELECT k, a.measure FROM small, hotspot.randomisation_p(t) AS a, hotspot.randomisation_p(scaled) AS b WHERE a.measure = b.measure AND
		(a.p_value <> b.p_value OR abs(b.estimate - 0.375 * a.estimate) > 1e-12 OR abs(b.std_error - 0.375 * a.std_error) > 1e-12)
$$, 'another unit of outcomes changes no probability');
SELECT is_empty($$
	SELECT k, a.measure, a.p_value, b.p_value FROM small, hotspot.randomisation_p(t) AS a, hotspot.randomisation_p(shifted) AS b WHERE a.measure = b.measure AND
		(a.p_value <> b.p_value OR abs(b.estimate - a.estimate) > 1e-12)
$$, 'what is added to all places of a day changes nothing');
SELECT is_empty($$
	SELECT k, a.measure FROM small, hotspot.randomisation_p(t) AS a, hotspot.randomisation_p(mirrored) AS b
	WHERE b.measure = CASE a.measure WHEN 'randomisation_lower' THEN 'randomisation_upper' WHEN 'randomisation_upper' THEN 'randomisation_lower' ELSE a.measure END AND NOT near(a.p_value, b.p_value::numeric)
$$, 'with other signs lower is upper');
SELECT is_empty($$
	SELECT k, a.measure, a.estimate, b.estimate FROM small, hotspot.crossover(t) AS a, hotspot.crossover(scaled) AS b WHERE a.measure = b.measure AND abs(b.estimate - a.estimate *
		CASE WHEN a.measure ~ 'log|percent|poisson' THEN 1 ELSE 0.375 END) > 1e-10
$$, 'estimates scale with outcomes, log ratios do not');
SELECT is_empty($$ SELECT k FROM small, hotspot.crossover(t) AS c WHERE c.estimate IS NULL AND c.note IS NULL $$, 'what is not defined has a note');
-- Where all places were treated on as many days, Mantel and Haenszel's difference is the crude one, and least squares too.
SELECT ok(bool_and(abs(estimate - difference) < 1e-12), 'balanced: differences agree')
FROM (SELECT hotspot.trial(p::bigint, date '2024-01-01' + d, (p + d) % 6 < 2, pick(p * 100 + d, 31, 3)) AS t FROM generate_series(1, 6) AS p, generate_series(1, 30) AS d) AS q,
	LATERAL (SELECT max(estimate) FILTER (WHERE measure = 'crude_rate_treated') - max(estimate) FILTER (WHERE measure = 'crude_rate_control') AS difference FROM hotspot.crossover(t)) AS crude,
	hotspot.crossover(t) WHERE measure IN ('mantel_haenszel_difference', 'paired_difference', 'ols_fe');
-- The effect of a dose is that of the assignment by what it did to the dose.
SELECT ok(abs(max(estimate) FILTER (WHERE measure = 'ols_fe') / max(estimate) FILTER (WHERE measure = 'dose_difference') / max(estimate) FILTER (WHERE measure = 'dose_effect') - 1) < 1e-10, 'dose_effect is a ratio')
FROM (SELECT hotspot.trial(p::bigint, date '2024-01-01' + d, treated, outcome, p * 2 + d + CASE WHEN treated THEN 15 ELSE 0 END) AS t FROM cell WHERE k = 4) AS q, hotspot.crossover(t);

SELECT finish();
ROLLBACK;
