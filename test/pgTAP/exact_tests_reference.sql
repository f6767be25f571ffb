-- e_test() and c_test() against sums over all counts in SQL, on random counts, exposures and hypotheses.
BEGIN;
SELECT plan(8);

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Exposures and differences are multiples of 1/4, so that which statistics are tied can be told exactly.
CREATE TABLE trial AS
SELECT n, pick(n, 1, 13) AS k1, (1 + pick(n, 2, 12)) * 0.25 AS n1, pick(n, 3, 13) AS k2, (1 + pick(n, 4, 12)) * 0.25 AS n2,
	CASE WHEN n % 3 > 0 THEN (pick(n, 5, 33) - 16) * 0.25 ELSE 0 END AS d
FROM generate_series(1, 150) AS n;
-- Equal exposures, where many are tied, and a count of 0.
INSERT INTO trial SELECT 1000 + n, pick(n, 6, 16), 1, n % 4, 1, 0 FROM generate_series(1, 30) AS n;
DELETE FROM trial WHERE k1 + k2 = 0;

-- The test in numeric: squares are compared, times what they are divided by, so that there is nothing to round.
CREATE FUNCTION slow_e_test(k1 int, n1 numeric, k2 int, n2 numeric, d numeric) RETURNS float8 LANGUAGE sql AS $$
	WITH rate AS (SELECT (k1 + k2) / (n1 + n2) - d * n1 / (n1 + n2) AS l2),
	mean AS (SELECT n1 * (l2 + d) AS m1, n2 * l2 AS m2 FROM rate),
	probability AS (
		SELECT x, exp(-m1::float8) * m1::float8 ^ x / factorial(x)::float8 AS p1, exp(-m2::float8) * m2::float8 ^ x / factorial(x)::float8 AS p2
		FROM mean, generate_series(0, 85) AS x WHERE m1 > 0 AND m2 > 0)
	SELECT sum(a.p1 * b.p2)
	FROM probability AS a, probability AS b
	WHERE a.x + b.x > 0
		AND (a.x * n2 - b.x * n1 - d * n1 * n2) ^ 2 * (k1 * n2 * n2 + k2 * n1 * n1) >= (k1 * n2 - k2 * n1 - d * n1 * n2) ^ 2 * (a.x * n2 * n2 + b.x * n1 * n1)
$$;
CREATE TABLE e AS SELECT trial.*, e.p_value, slow_e_test(k1, n1, k2, n2, d) AS slow FROM trial, hotspot.e_test(k1, n1::float8, k2, n2::float8, d::float8) AS e;
SELECT is_empty('SELECT * FROM e WHERE p_value IS DISTINCT FROM slow AND (p_value IS NULL OR slow IS NULL OR abs(p_value - slow) > 1e-12)', 'e_test() is the sum over all counts');
SELECT cmp_ok(count(*) FILTER (WHERE slow IS NOT NULL AND d <> 0), '>', 50::bigint, 'with differences') FROM e;
SELECT cmp_ok(count(*) FILTER (WHERE slow IS NULL), '>', 3::bigint, 'and with some that are not possible') FROM e;

-- Mirrored, and in another unit of exposure.
SELECT is_empty($$SELECT * FROM e, hotspot.e_test(k2, n2::float8, k1, n1::float8, -d::float8) AS m WHERE abs(m.p_value - e.p_value) > 1e-12$$, 'the second against the first: the same');
SELECT is_empty($$SELECT * FROM e, hotspot.e_test(k1, n1::float8 * 1024, k2, n2::float8 * 1024, d::float8 / 1024) AS m WHERE abs(m.p_value - e.p_value) > 1e-12$$, 'hours for days: the same');

-- Binomial probabilities in numeric; those that differ by less than 1e-7 count as equal.
CREATE FUNCTION slow_c_test(k1 int, n1 numeric, k2 int, n2 numeric, ratio numeric) RETURNS numeric LANGUAGE sql AS $$
	WITH weight AS (
		SELECT x, factorial(k1 + k2) / factorial(x) / factorial(k1 + k2 - x) * (ratio * n1) ^ x * n2 ^ (k1 + k2 - x) AS w FROM generate_series(0, k1 + k2) AS x)
	SELECT sum(w) FILTER (WHERE w <= 1.0000001 * (SELECT w FROM weight WHERE x = k1)) / sum(w) FROM weight
$$;
SELECT is_empty($$SELECT * FROM trial, generate_series(1, 3) AS ratio, hotspot.c_test(k1, n1::float8, k2, n2::float8, ratio) AS c
	WHERE abs(c.p_value - slow_c_test(k1, n1, k2, n2, ratio)) > 1e-13$$, 'c_test() is the sum over all divisions');
-- At the limits the tails have 0.05 each.
CREATE FUNCTION upper_tail(k int, n int, odds float8) RETURNS float8 LANGUAGE sql AS $$
	SELECT sum(factorial(n)::float8 / factorial(x)::float8 / factorial(n - x)::float8 * (odds / (1 + odds)) ^ x / (1 + odds) ^ (n - x)) FROM generate_series(k, n) AS x
$$;
SELECT is_empty($$SELECT * FROM trial, hotspot.c_test(k1, n1::float8, k2, n2::float8, conf_level => 0.9) AS c
	WHERE k1 > 0 AND abs(upper_tail(k1, k1 + k2, c.conf_low * (n1 / n2)::float8) - 0.05) > 1e-14$$, 'the lower limit has such a tail');
SELECT is_empty($$SELECT * FROM trial, hotspot.c_test(k1, n1::float8, k2, n2::float8, conf_level => 0.9) AS c
	WHERE k2 > 0 AND abs(1 - upper_tail(k1 + 1, k1 + k2, c.conf_high * (n1 / n2)::float8) - 0.05) > 1e-13$$, 'and so has the upper');

SELECT * FROM finish();
ROLLBACK;
