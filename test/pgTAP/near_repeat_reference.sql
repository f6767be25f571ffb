-- near_repeat() against plain SQL over all pairs, and its mean and variance against all ways to give the times to the
-- places, one by one.
BEGIN;
SELECT no_plan();
SET LOCAL jit = off;

CREATE FUNCTION hash(n bigint, salt int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashint8extended(n, salt) & 1073741823;

CREATE TABLE crime (data text, n integer, x float8, y float8, at timestamptz);
-- On a lattice of 50: many pairs at just 100, and at just 250 (3, 4 and 5 times 50), and many at one place.
INSERT INTO crime
SELECT 'lattice', n, (hash(n, 1) % 13 - 6) * 50, (hash(n, 2) % 11 - 5) * 50, '2026-03-20Z'::timestamptz + hash(n, 3) % 500 * interval '1 hour'
FROM generate_series(1, 260) AS n;
-- Coordinates of all digits, and clusters of different sizes; a microsecond more or less.
INSERT INTO crime
SELECT 'clusters', n, 530000.1 + 700 * (hash(n, 4) % 9) + power(hash(n, 1) / 1e9, 3) * 400, 180000.7 - 700 * (hash(n, 5) % 9) - power(hash(n, 2) / 1e9, 3) * 400,
	'2025-10-20Z'::timestamptz + hash(n, 3) % 30000 * interval '17 minutes' + hash(n, 6) % 3 * interval '0.000001 s'
FROM generate_series(1, 300) AS n;
-- Police stations: three places with most of the events, and times that are often the same.
INSERT INTO crime
SELECT 'stations', n, CASE hash(n, 4) % 5 WHEN 0 THEN 0 WHEN 1 THEN 100 WHEN 2 THEN 399.9 ELSE hash(n, 1) % 2000 END,
	CASE WHEN hash(n, 4) % 5 < 3 THEN 0 ELSE hash(n, 2) % 2000 END, '2026-01-01 12:00Z'::timestamptz + hash(n, 3) % 60 * interval '12 hours'
FROM generate_series(1, 400) AS n;
INSERT INTO crime SELECT 'one place', n, 7, -7, '2026-01-01Z'::timestamptz + hash(n, 3) % 40 * interval '1 day' FROM generate_series(1, 150) AS n;
INSERT INTO crime SELECT 'one time', n, hash(n, 1) % 700, hash(n, 2) % 700, '2026-01-01Z' FROM generate_series(1, 80) AS n;
-- A street from west to east and one from south to north, and a stray point at each end of the world.
INSERT INTO crime SELECT 'streets', n, CASE WHEN n % 2 = 0 THEN hash(n, 1) % 3000 ELSE 0 END, CASE WHEN n % 2 = 1 THEN hash(n, 1) % 3000 ELSE 0 END,
	'2026-01-01Z'::timestamptz + hash(n, 3) % 40 * interval '1 day' FROM generate_series(1, 200) AS n;
INSERT INTO crime VALUES ('streets', 201, 1e15, -1e15, '294276-12-30Z'), ('streets', 202, -1e15, 1e15, '4713-01-02Z BC');
INSERT INTO crime SELECT count || ' events', n, hash(n, 1) % 3 * 60, hash(n, 2) % 3 * 60, '2026-01-01Z'::timestamptz + hash(n, 3) % 4 * interval '1 day'
FROM generate_series(1, 5) AS count, generate_series(1, count) AS n;

CREATE TABLE question (k integer GENERATED ALWAYS AS IDENTITY, distances float8[], intervals interval[], by text, tz text, rest boolean);
INSERT INTO question (distances, intervals, by, tz, rest) VALUES
	('{0,0.1,100,250,400}', '{0,1 day,3 days,8 days}', 'day', 'Europe/London', false),
	('{0,0.1,100,250,400}', '{0,1 day,3 days,8 days}', 'day', 'Australia/Lord_Howe', true),
	('{100,250}', '{1 day,7 days}', 'day', 'Pacific/Kiritimati', true),
	('{100,250}', '{1 day,7 days}', 'time', 'Europe/London', true),
	('{1e-9,120.5,333.3,2000}', '{17 minutes,34 minutes,2 hours,1 day 00:00:00.000001,20 days}', 'time', 'Europe/London', false),
	('{0,10,20,30,40,50,60,70,80,90,100}', '{0,12 hours,24 hours,36 hours}', 'time', 'Europe/London', true),
	('{0,1e16}', '{0,100000000 days}', 'time', 'Europe/London', true),
	('{0,30}', '{0,100 days}', 'time', 'Europe/London', true);

CREATE TABLE answer AS
SELECT data, k, row_number() OVER (PARTITION BY data, k) AS nr, a.*
FROM question,
	(SELECT data, hotspot.incidents(ST_SetSRID(ST_MakePoint(x, y), 27700), at ORDER BY hash(n, 7)) AS i FROM crime GROUP BY data) AS d,
	LATERAL hotspot.near_repeat(i, distances, intervals, by, tz, rest) AS a;

-- The same by all pairs. The variance is the formula of Barton and David as it is usually written, in numeric.
CREATE FUNCTION reference(of_data text, of_question integer)
RETURNS TABLE (nr bigint, distance_from float8, distance_to float8, interval_from interval, interval_to interval, observed bigint,
	distance_pairs bigint, interval_pairs bigint, expected numeric, variance numeric) LANGUAGE sql AS $$
WITH q AS (SELECT * FROM question WHERE k = of_question),
event AS MATERIALIZED (
	SELECT c.n, x, y, CASE by WHEN 'day' THEN ((at AT TIME ZONE tz)::date - date '2000-01-01') * 86400::numeric ELSE extract(epoch FROM at) END AS t
	FROM crime AS c, q WHERE data = of_data),
pair AS MATERIALIZED (
	SELECT a.n AS a, b.n AS b, sqrt((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)) AS d, abs(a.t - b.t) AS t
	FROM event AS a JOIN event AS b ON a.n < b.n),
distance AS (
	SELECT e, distances[e] AS low, distances[e + 1] AS high FROM q, generate_series(1, cardinality(distances) - (NOT rest)::int) AS e),
time AS (
	SELECT e, intervals[e] AS low, intervals[e + 1] AS high, extract(epoch FROM intervals[e]) AS low_s, extract(epoch FROM intervals[e + 1]) AS high_s
	FROM q, generate_series(1, cardinality(intervals) - (NOT rest)::int) AS e),
banded AS MATERIALIZED (
	SELECT a, b, distance.e AS near, time.e AS soon
	FROM pair LEFT JOIN distance ON d >= low AND d < coalesce(high, 'Infinity') LEFT JOIN time ON t >= low_s AND (t < high_s OR high_s IS NULL)),
degree AS MATERIALIZED (
	SELECT n, near, soon, sum(pairs) AS pairs
	FROM (SELECT a AS n, near, soon, count(*) AS pairs FROM banded GROUP BY 1, 2, 3 UNION ALL SELECT b, near, soon, count(*) FROM banded GROUP BY 1, 2, 3) AS d
	GROUP BY n, near, soon),
near AS (
	SELECT near AS e, sum(d) / 2 AS pairs, sum(d * (d - 1)) AS adjacent
	FROM (SELECT n, near, sum(pairs) AS d FROM degree GROUP BY n, near) AS d GROUP BY near),
soon AS (
	SELECT soon AS e, sum(d) / 2 AS pairs, sum(d * (d - 1)) AS adjacent
	FROM (SELECT n, soon, sum(pairs) AS d FROM degree GROUP BY n, soon) AS d GROUP BY soon),
cell AS (
	SELECT distance.*, time.low AS soon_low, time.high AS soon_high,
		coalesce(both_bands.pairs, 0) AS observed,
		coalesce(near.pairs, 0) AS np, coalesce(near.adjacent, 0) AS na, coalesce(soon.pairs, 0) AS sp, coalesce(soon.adjacent, 0) AS sa,
		(SELECT count(*) FROM event)::numeric AS n, row_number() OVER (ORDER BY distance.e, time.e) AS nr
	FROM distance LEFT JOIN near USING (e) CROSS JOIN time LEFT JOIN soon ON soon.e = time.e
		LEFT JOIN (SELECT near, soon, count(*) AS pairs FROM banded GROUP BY 1, 2) AS both_bands ON both_bands.near = distance.e AND both_bands.soon = time.e)
SELECT nr, low, high, soon_low, soon_high, observed, np::bigint, sp::bigint, mean,
	mean + na * sa / nullif(n * (n - 1) * (n - 2), 0) + 4 * (np * (np - 1) - na) * (sp * (sp - 1) - sa) / nullif(n * (n - 1) * (n - 2) * (n - 3), 0) - mean * mean
FROM cell, LATERAL (SELECT 2 * np * sp / nullif(n * (n - 1), 0) AS mean) AS m
$$;

CREATE FUNCTION agrees(a float8, b numeric) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL ELSE abs(a - b) <= 1e-12 + 1e-12 * abs(b) END;

SELECT is(count(*) FILTER (WHERE NOT coalesce(
		(a.distance_from, a.observed, a.distance_pairs, a.interval_pairs) = (r.distance_from, r.observed, r.distance_pairs, r.interval_pairs)
		AND a.interval_from = r.interval_from
		AND (a.distance_to, a.interval_to) IS NOT DISTINCT FROM (r.distance_to, r.interval_to)
		AND agrees(a.expected, r.expected)
		AND agrees(a.ratio, r.observed / nullif(r.expected, 0))
		AND agrees(a.sd * a.sd, r.variance)
		AND agrees(a.z, CASE WHEN r.variance > 1e-12 THEN (r.observed - r.expected) / sqrt(r.variance) END), false)), 0::bigint,
	format('%s, question %s: %s rows by all pairs', data, k, count(*)))
FROM (SELECT data, k, r.* FROM (SELECT DISTINCT data, k FROM answer) AS q, LATERAL reference(data, k) AS r) AS r FULL JOIN answer AS a USING (data, k, nr)
GROUP BY data, k ORDER BY data, k;

-- p_value is the tail of the binomial or negative binomial distribution of that mean and variance, term by term.
CREATE FUNCTION tail(observed bigint, mean float8, variance float8) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	q float8 := variance / mean;
	size float8 := mean / abs(q - 1);
	term float8 := CASE WHEN q > 1 THEN power(q, -size) ELSE power(q, size) END;
	total float8 := 1;
BEGIN
	FOR k IN 0 .. observed - 1 LOOP
		total := total - term;
		term := term / (k + 1) * CASE WHEN q > 1 THEN (size + k) * (1 - 1 / q) ELSE (size - k) * (1 / q - 1) END;
	END LOOP;
	RETURN total;
END $$;
SELECT is(count(*) FILTER (WHERE abs(p_value - tail(observed, expected, sd * sd)) > 1e-6), 0::bigint,
	format('%s: %s p_values by terms', data, count(*)))
FROM answer
WHERE z IS NOT NULL AND expected < 100 AND abs(sd * sd / expected - 1) > 1e-6 AND sd * sd > 0.01 * expected AND (sd * sd > expected OR observed < expected / (1 - sd * sd / expected))
GROUP BY data HAVING count(*) > 10 ORDER BY data;
SELECT ok(bool_and(CASE WHEN observed = 0 THEN p_value = 1 ELSE p_value BETWEEN 0 AND 1 END), 'probabilities') FROM answer WHERE z IS NOT NULL;

-- All ways to give the times to the places, each once, for 4, 5 and 6 events: what mean and variance are about, with no
-- formula. Bands meet many, few and no pairs.
CREATE TABLE arrangement AS
WITH RECURSIVE part AS (
	SELECT n, 0 AS k, '{}'::integer[] AS order_of FROM generate_series(4, 6) AS n
	UNION ALL
	SELECT n, k + 1, order_of || i FROM part, generate_series(1, n) AS i WHERE k < n AND i <> ALL (order_of))
SELECT n, row_number() OVER () AS id, order_of FROM part WHERE k = n;
SELECT is(array_agg(count ORDER BY count), '{24,120,720}', 'all arrangements') FROM (SELECT count(*) FROM arrangement GROUP BY n) AS q;

CREATE TABLE small AS
SELECT data, n, k, hash(data * 10 + k, 11) % 4 * 10.0::float8 AS x, hash(data * 10 + k, 12) % 3 * 10.0::float8 AS y, hash(data * 10 + k, 13) % 6 AS day
FROM generate_series(1, 9) AS data, LATERAL (SELECT 4 + data % 3 AS n) AS c, generate_series(1, n) AS k;

CREATE TABLE by_arrangement AS
SELECT data, distance_from, days_from, avg(pairs) AS mean, var_pop(pairs) AS variance, avg((pairs >= observed)::int) AS p
FROM (
	SELECT *, first_value(pairs) OVER (PARTITION BY data, distance_from, days_from ORDER BY id) AS observed
	FROM (
		SELECT data, id, distance_from, days_from, count(*) FILTER (WHERE
			sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2) >= distance_from AND sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2) < distance_to
			AND abs(c.day - d.day) >= days_from AND abs(c.day - d.day) < days_to) AS pairs
		FROM small AS a JOIN small AS b USING (data) JOIN arrangement AS o ON o.n = a.n
			JOIN small AS c USING (data) JOIN small AS d USING (data)
			CROSS JOIN (VALUES (0, 5), (5, 15), (15, 25)) AS e (distance_from, distance_to)
			CROSS JOIN (VALUES (0, 1), (1, 3)) AS t (days_from, days_to)
		WHERE a.k < b.k AND c.k = order_of[a.k] AND d.k = order_of[b.k]
		GROUP BY data, id, distance_from, days_from) AS q) AS q
GROUP BY data, distance_from, days_from;

SELECT is(count(*), 54::bigint, 'mean and variance are those of all arrangements')
FROM (SELECT data, hotspot.incidents(ST_MakePoint(x, y), date '2026-01-01' + day::int) AS i FROM small GROUP BY data) AS q,
	LATERAL hotspot.near_repeat(i, '{0,5,15,25}', '{0,1 day,3 days}') AS a
	JOIN by_arrangement AS b ON b.distance_from = a.distance_from AND b.days_from = extract(day FROM a.interval_from)
WHERE b.data = q.data AND agrees(a.expected, b.mean) AND agrees(a.sd * a.sd, b.variance)
	AND (a.z IS NULL) = (b.variance = 0);
SELECT cmp_ok(count(*), '>', 20::bigint, 'of which many vary') FROM by_arrangement WHERE variance > 0;

-- Half a million events, a metre apart on a street, a hundred a day: their neighbours can be counted by hand, and the terms of
-- the variance agree to ten digits before they cancel.
CREATE TABLE street AS
SELECT n, 500000::numeric AS events, least(n - 1, 39) + least(500000 - n, 39)::numeric AS near, 99::numeric AS soon FROM generate_series(1, 500000) AS n;
WITH margin AS (
	SELECT events AS n, sum(near) / 2 AS np, sum(near * (near - 1)) AS na, sum(soon) / 2 AS sp, sum(soon * (soon - 1)) AS sa FROM street GROUP BY events),
moment AS (
	SELECT mean, round(mean + na * sa / (n * (n - 1) * (n - 2)) + 4 * (np * (np - 1) - na) * (sp * (sp - 1) - sa) / (n * (n - 1) * (n - 2) * (n - 3)), 40) - mean * mean AS variance
	FROM margin, LATERAL (SELECT 2 * np * sp / (n * (n - 1))::numeric(60, 40) AS mean) AS m),
answer AS (
	SELECT a.* FROM (SELECT hotspot.incidents(ST_MakePoint(530000 + n, 180000), date '2010-01-01' + (n - 1) / 100) AS i FROM street) AS q,
		LATERAL hotspot.near_repeat(i, '{0,39.5}', '{0,1 day}') AS a)
-- Each day has 99 pairs a metre apart, 98 at two metres, ..., 61 at 39 metres.
SELECT is((observed, distance_pairs, interval_pairs) = (5000 * 3120::bigint, 39 * 500000 - 780, 5000 * 4950) AND agrees(expected, mean) AND agrees(sd * sd, variance)
	AND agrees(z, (observed - mean) / sqrt(variance)), true, format('half a million events: expected %s, sd %s', expected, sd))
FROM answer, moment;

SELECT * FROM finish();
ROLLBACK;
