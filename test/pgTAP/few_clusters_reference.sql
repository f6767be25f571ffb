-- permutation() and wild_bootstrap() against all assignments and all signs in plain SQL; scaling of all estimators.
BEGIN;
SELECT plan(10);

CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

CREATE FUNCTION outcomes(salt int) RETURNS TABLE (place int, period int, y float8, treated boolean, force int) LANGUAGE sql AS
	'SELECT place, period, (pick(place * 10 + period, salt, 9) + place % 3)::float8, place <= 4, place / 2 FROM generate_series(1, 9) AS place, generate_series(1, 5) AS period';
-- Mean changes after period 3.
CREATE FUNCTION changes(salt int) RETURNS TABLE (place int, change float8, treated boolean, force int) LANGUAGE sql AS
	'SELECT place, avg(y) FILTER (WHERE period > 3) - avg(y) FILTER (WHERE period <= 3), treated, force FROM outcomes(salt) GROUP BY place, treated, force';

-- All choices of 4 of 9 places are the numbers below 512 with 4 bits.
CREATE FUNCTION slow_permutation(salt int) RETURNS float8 LANGUAGE sql AS $$
	WITH d AS MATERIALIZED (SELECT * FROM changes(salt)),
	difference AS (
		SELECT m, avg(change) FILTER (WHERE m >> (place - 1) & 1 = 1) - avg(change) FILTER (WHERE m >> (place - 1) & 1 = 0) AS difference
		FROM generate_series(0, 511) AS m, d GROUP BY m HAVING sum(m >> (place - 1) & 1) = 4
	)
	SELECT avg((abs(difference) >= (SELECT abs(difference) FROM difference WHERE m = 15) - 1e-9)::int) FROM difference $$;
SELECT is(round(((hotspot.permutation(hotspot.panel(place, period, y, CASE WHEN treated THEN 4 END))).p_value)::numeric, 12), round(slow_permutation(salt)::numeric, 12), 'permutation ' || salt)
FROM generate_series(1, 3) AS salt, LATERAL outcomes(salt) GROUP BY salt;

-- All signs of clusters; each draw is a regression of its own.
CREATE FUNCTION slow_bootstrap(salt int, by_force boolean) RETURNS float8 LANGUAGE sql AS $$
	WITH d AS MATERIALIZED (SELECT place, change - avg(change) OVER () AS rest, treated::int AS z, dense_rank() OVER (ORDER BY CASE WHEN by_force THEN force ELSE place END) - 1 AS cluster FROM changes(salt)),
	drawn AS MATERIALIZED (SELECT m, d.z, d.cluster, rest * (1 - 2 * (m >> cluster::int & 1)) AS y FROM d, generate_series(0, (1 << (SELECT max(cluster)::int + 1 FROM d)) - 1) AS m),
	fit AS MATERIALIZED (SELECT m, regr_slope(y, z) AS slope, regr_intercept(y, z) AS intercept, avg(z) AS mean FROM drawn GROUP BY m),
	t AS (
		SELECT m, max(slope) ^ 2 / nullif(sum(score ^ 2), 0) AS t2, bool_and(abs(score) < 1e-12) AND abs(max(slope)) > 1e-12 AS infinite
		FROM (SELECT m, cluster, slope, sum((z - mean) * (y - intercept - slope * z)) AS score FROM drawn JOIN fit USING (m) GROUP BY m, cluster, slope) AS s GROUP BY m
	)
	SELECT avg((infinite OR coalesce(t2, 0) >= (SELECT t2 FROM t WHERE m = 0) * (1 - 1e-9))::int) FROM t $$;
SELECT is(round(((hotspot.wild_bootstrap(hotspot.panel(place, period, y, CASE WHEN treated THEN 4 END))).p_value)::numeric, 12), round(slow_bootstrap(salt, false)::numeric, 12), 'wild bootstrap by place ' || salt)
FROM generate_series(1, 2) AS salt, LATERAL outcomes(salt) GROUP BY salt;
SELECT is(round(((hotspot.wild_bootstrap(hotspot.panel(place, period, y, CASE WHEN treated THEN 4 END, force::bigint))).p_value)::numeric, 12), round(slow_bootstrap(salt, true)::numeric, 12), 'wild bootstrap by force ' || salt)
FROM generate_series(1, 2) AS salt, LATERAL outcomes(salt) GROUP BY salt;

-- Ten times the outcome is ten times the effect and its error, and the same ratio and p-values.
CREATE TABLE scaled AS
SELECT hotspot.panel(place, period, y + 1, CASE WHEN treated THEN 4 END) AS p, hotspot.panel(place, period, 10 * (y + 1), CASE WHEN treated THEN 4 END) AS q FROM outcomes(7);
SELECT ok(bool_and(abs((hotspot.did(q, method)).estimate / (hotspot.did(p, method)).estimate - factor) < 1e-9 AND abs((hotspot.did(q, method)).std_error / (hotspot.did(p, method)).std_error - factor) < 1e-9), 'estimates scale with outcomes')
FROM scaled, (VALUES ('twfe', 10), ('callaway', 10), ('poisson', 1)) AS v (method, factor);
SELECT ok((hotspot.permutation(p)).p_value = (hotspot.permutation(q)).p_value AND (hotspot.wild_bootstrap(p)).p_value = (hotspot.wild_bootstrap(q)).p_value, 'p-values do not') FROM scaled;
SELECT is(count(*), 5::bigint, 'nor do ratios, but for Poisson errors')
FROM scaled, hotspot.rate_ratio(p) AS a JOIN hotspot.rate_ratio(q) AS b USING (measure) WHERE abs(a.estimate / b.estimate - 1) < 1e-9 AND (measure <> 'log_rate_ratio_poisson' OR abs(a.std_error / b.std_error / sqrt(10) - 1) < 1e-9);

SELECT * FROM finish();
ROLLBACK;
