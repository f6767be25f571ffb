-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the tracks they were
-- stored in meanwhile.
BEGIN;
SELECT plan(104);

CREATE FUNCTION hash(n bigint, salt int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashint8extended(n, salt) & 1073741823;

-- Sizes on both sides of what chunks and runs hold; times and places that meet; rows that are skipped.  Rows come by
-- time, but for every 11th, and those of unit 3, which come at random.
CREATE TABLE ping AS
SELECT n, n % 4 AS unit, n % 7 AS share,
	CASE WHEN n % 101 = 0 THEN NULL WHEN n % 103 = 0 THEN 'infinity' ELSE '2026-03-28 12:00Z'::timestamptz +
		CASE WHEN n % 11 = 0 OR n % 4 = 3 THEN hash(n, 1) % 40000 ELSE n / 3 END * interval '1 second' END AS at,
	CASE WHEN n % 97 = 0 THEN NULL WHEN n % 89 = 0 THEN 'SRID=27700;POINT EMPTY'
		WHEN n % 83 = 0 THEN ST_SetSRID(ST_MakePoint(1, 'Infinity'), 27700)
		ELSE ST_SetSRID(ST_MakePoint(hash(n, 2) % 5 - 2, (hash(n, 3) % 5 - 2) * -0.25), 27700) END AS geom,
	CASE WHEN n % 79 = 0 THEN -1 WHEN n % 3 > 0 THEN hash(n, 4) % 3 END::float8 AS accuracy
FROM generate_series(1, 40000) AS n;
-- Workers that see no row to keep: what is filtered stands at both ends.
INSERT INTO ping SELECT n, 4, n % 7, NULL, NULL, NULL FROM generate_series(40001, 60000) AS n;
ALTER TABLE ping SET (parallel_workers = 4);
ANALYZE ping;

-- What a track must hold, by plain SQL.
CREATE VIEW kept AS
SELECT n, unit, at, ST_X(geom) + 0 AS x, ST_Y(geom) + 0 AS y, accuracy
FROM ping
WHERE isfinite(at) AND NOT ST_IsEmpty(geom) AND ST_Y(geom) < 1e15 AND coalesce(accuracy >= 0, true);

-- %1$s: the rows; %2$s: the arguments.
CREATE FUNCTION ways() RETURNS TABLE (name text, how text) LANGUAGE sql AS $$
VALUES
	('descending', '(SELECT hotspot.track(%2$s) FROM (SELECT * FROM %1$s AS p ORDER BY n DESC) AS q)'),
	('by time', '(SELECT hotspot.track(%2$s ORDER BY at) FROM %1$s AS p)'),
	('shuffled', '(SELECT hotspot.track(%2$s ORDER BY hash(n, 5)) FROM %1$s AS p)'),
	('by share', '(SELECT hotspot.merge(t) FROM (SELECT hotspot.track(%2$s) AS t FROM %1$s AS p GROUP BY share) AS q)'),
	('by share, backwards', '(SELECT hotspot.merge(t ORDER BY share DESC) FROM (SELECT share, hotspot.track(%2$s) AS t FROM %1$s AS p GROUP BY share) AS q)'),
	('four ways at random', '(SELECT hotspot.merge(t) FROM (SELECT hotspot.track(%2$s) AS t FROM %1$s AS p GROUP BY hash(n, 6) %% 4) AS q)'),
	('by minute, at random', '(SELECT hotspot.merge(t ORDER BY hash(minute, 7)) FROM (SELECT extract(epoch FROM coalesce(nullif(at, ''infinity''), now()))::bigint / 60 AS minute, hotspot.track(%2$s) AS t FROM %1$s AS p GROUP BY 1) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(t) FROM (SELECT hotspot.merge(t) AS t FROM (SELECT n %% 5 AS g, hotspot.track(%2$s) AS t FROM %1$s AS p GROUP BY n %% 5, share) AS q GROUP BY g) AS r)'),
	('one row a track', '(SELECT hotspot.merge(t) FROM (SELECT hotspot.track(%2$s) AS t FROM %1$s AS p GROUP BY n) AS q)'),
	('by +', '(SELECT hotspot.track(%2$s) FILTER (WHERE n %% 3 = 0) + hotspot.track(%2$s) FILTER (WHERE n %% 3 <> 0) FROM %1$s AS p)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.track) FROM (SELECT hotspot.track(%2$s)::text AS t FROM %1$s AS p GROUP BY share) AS q)'),
	('as a window', '(SELECT hotspot.track(%2$s) OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM %1$s AS p LIMIT 1)'),
	('from its own fixes', '(SELECT hotspot.track(f.at, f.geom, f.accuracy) + (SELECT hotspot.track(%2$s) FROM %1$s AS p WHERE NOT EXISTS (SELECT FROM kept WHERE kept.n = p.n)) FROM (SELECT hotspot.track(%2$s) AS t FROM %1$s AS p) AS q, hotspot.fixes(q.t) AS f)')
$$;

CREATE FUNCTION one_way(rows text, arguments text, how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT (' || how || ')::text', rows, arguments) INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS
SELECT rows, arguments, one_way(rows, arguments, '(SELECT hotspot.track(%2$s) FROM %1$s AS p)') AS bytes
FROM (VALUES
	('(SELECT * FROM ping WHERE unit = 1)', 'at, geom, accuracy'),
	('(SELECT * FROM ping WHERE unit = 3)', 'at, geom, accuracy'),
	('ping', 'at, geom, accuracy'),
	-- The first accuracy comes late.
	('(SELECT * FROM ping WHERE unit = 2 AND n < 30000 AND accuracy IS DISTINCT FROM -1)', 'at, geom, CASE WHEN n > 9000 THEN accuracy END'),
	('(SELECT * FROM ping WHERE n <= 9)', 'at, geom, accuracy'),
	('(SELECT * FROM ping WHERE n <= 250 AND n % 97 > 0 AND accuracy IS DISTINCT FROM -1)', 'at, geom, NULL::float8')
) AS v (rows, arguments);

SELECT ok(one_way(rows, arguments, how) = bytes, 'same bytes: ' || name || ': ' || arguments || ' of ' || rows) FROM answer, ways();

-- The fixes are the rows in order; NULL is the last accuracy.
CREATE FUNCTION differences(track hotspot.track, of_unit int) RETURNS bigint LANGUAGE sql AS $$
SELECT count(*)
FROM (SELECT row_number() OVER () AS k, f.at, ST_X(f.geom) AS x, ST_Y(f.geom) AS y, f.accuracy FROM hotspot.fixes(track) AS f) AS a
FULL JOIN (SELECT row_number() OVER (ORDER BY at, accuracy NULLS LAST, x, y) AS k, at, x, y, accuracy FROM kept WHERE unit = of_unit) AS b USING (k)
WHERE (a.at, a.x, a.y, a.accuracy) IS DISTINCT FROM (b.at, b.x, b.y, b.accuracy)
$$;
SELECT is(differences(hotspot.track(at, geom, accuracy), unit::int), 0::bigint, 'the fixes of unit ' || unit) FROM ping WHERE unit < 4 GROUP BY unit ORDER BY unit;
SELECT is(count(*), 0::bigint, 'numbers and times are those of the rows')
FROM (SELECT unit, hotspot.track(at, geom, accuracy) AS t, count(*) AS rows FROM ping GROUP BY unit) AS q
LEFT JOIN (SELECT unit, count(*) AS fixes, min(at) AS first, max(at) AS last FROM kept GROUP BY unit) AS k USING (unit)
WHERE (hotspot.size(t), hotspot.size(t) + hotspot.skipped(t), lower(hotspot.during(t)), upper(hotspot.during(t)))
	IS DISTINCT FROM (coalesce(fixes, 0), rows, first, last);

-- Any number of workers.
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 4;
CREATE FUNCTION is_partial(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
	RETURN plan::text ~ '"Partial Mode": "Partial"';
END
$$;
SELECT ok(is_partial('SELECT hotspot.track(at, geom, accuracy) FROM ping'), 'the aggregate goes to workers');
SELECT ok(is_partial('SELECT unit, hotspot.track(at, geom) FROM ping GROUP BY unit'), 'and so do groups');

CREATE TABLE by_workers (workers integer, leader boolean, bytes text);
DO $$
DECLARE
	workers integer;
	leader boolean;
BEGIN
	FOR workers IN 0 .. 4 LOOP
		FOREACH leader IN ARRAY '{true,false}'::boolean[] LOOP
			PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
			PERFORM set_config('parallel_leader_participation', leader::text, true);
			-- CREATE TABLE AS may use workers, INSERT ... SELECT may not.
			CREATE TABLE by_worker AS SELECT hotspot.track(at, geom, accuracy) AS t FROM ping;
			INSERT INTO by_workers SELECT workers, leader, t::text FROM by_worker;
			DROP TABLE by_worker;
		END LOOP;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT b.bytes), 1::bigint, '0 to 4 workers, with the leader and without: same bytes') FROM by_workers AS b;
SELECT ok(bool_and(b.bytes = a.bytes), 'and they are the bytes of one scan') FROM by_workers AS b, answer AS a WHERE a.rows = 'ping';

SET LOCAL max_parallel_workers_per_gather = 4;
CREATE TABLE grouped AS SELECT unit, hotspot.track(at, geom, accuracy) AS t FROM ping GROUP BY unit;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is(count(*), 5::bigint, 'groups in parallel equal groups in one scan')
FROM (SELECT unit, hotspot.track(at, geom, accuracy) AS t FROM ping GROUP BY unit) AS q JOIN grouped AS g USING (unit)
WHERE q.t::text = g.t::text;
SELECT is((SELECT (hotspot.size(t), hotspot.skipped(t), hotspot.srid(t)) FROM grouped WHERE unit = 4), (0::bigint, 20000::bigint, NULL::int),
	'a group of rows that cannot be kept counts them');

-- Partial answers of all kinds against each other, as workers return them: with accuracies, and without.
CREATE TABLE part (name text, t hotspot.track);
INSERT INTO part VALUES ('null', NULL),
	('empty', (SELECT hotspot.track(at, geom, accuracy) FROM ping WHERE unit = 4)),
	('one', (SELECT hotspot.track(at, geom) FROM ping WHERE n = 1)),
	('one accurate', (SELECT hotspot.track(at, geom, 9) FROM ping WHERE n = 1)),
	('many', (SELECT hotspot.track(at, geom, accuracy) FROM ping WHERE n > 30000)),
	('many inaccurate', (SELECT hotspot.track(at, geom) FROM ping WHERE n < 5000));
SELECT is(count(*), 36::bigint, 'combined in either order: same')
FROM part AS a, part AS b WHERE (a.t + b.t)::text IS NOT DISTINCT FROM (b.t + a.t)::text;
SELECT is(count(*), 36::bigint, 'combined by merge(): same')
FROM part AS a, part AS b WHERE (a.t + b.t)::text IS NOT DISTINCT FROM (SELECT hotspot.merge(t)::text FROM (VALUES (b.t), (a.t)) AS v (t));
SELECT is(count(*), 35::bigint, 'combined: fixes and skipped add up')
FROM part AS a, part AS b
WHERE hotspot.size(a.t + b.t) = coalesce(hotspot.size(a.t), 0) + coalesce(hotspot.size(b.t), 0)
	AND hotspot.skipped(a.t + b.t) = coalesce(hotspot.skipped(a.t), 0) + coalesce(hotspot.skipped(b.t), 0);
SELECT is(count(*), 0::bigint, 'combined: the fixes of the sum are those of its bytes')
FROM part AS a, part AS b
WHERE (SELECT string_agg(f::text, '') FROM hotspot.fixes(a.t + b.t) AS f)
	IS DISTINCT FROM (SELECT string_agg(f::text, '') FROM hotspot.fixes((a.t + b.t)::text::hotspot.track) AS f);

-- Window functions read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running numbers are those of count, min and max')
FROM (SELECT hotspot.track(at, geom, accuracy) OVER w AS t, count(*) OVER w AS rows,
		min(at) FILTER (WHERE kept) OVER w AS first, max(at) FILTER (WHERE kept) OVER w AS last
	FROM (SELECT p.*, k.n IS NOT NULL AS kept FROM ping AS p LEFT JOIN kept AS k USING (n) WHERE n <= 1500) AS p
	WINDOW w AS (ORDER BY n)) AS q
WHERE hotspot.size(t) + hotspot.skipped(t) <> rows
	OR (lower(hotspot.during(t)), upper(hotspot.during(t))) IS DISTINCT FROM (first, last);
SELECT ok(bool_and(t = bytes AND read IS NOT NULL), 'what was read while it grew gives the bytes of one scan')
FROM (SELECT n, hotspot.during(t) AS read, t::text AS t
	FROM (SELECT n, hotspot.track(at, geom, accuracy) OVER (ORDER BY n) AS t FROM ping WHERE n <= 700) AS p) AS q
JOIN (SELECT m, (SELECT hotspot.track(at, geom, accuracy)::text FROM ping WHERE n <= m) AS bytes FROM generate_series(50, 700, 50) AS m) AS r ON m = n;
SELECT is(count(*), 1001::bigint, 'a window over tracks merges them')
FROM (SELECT n, hotspot.size(hotspot.merge(t) OVER w) AS size, hotspot.skipped(hotspot.merge(t) OVER w) AS skipped
	FROM (SELECT n, hotspot.track(at, geom, accuracy) AS t FROM ping WHERE n <= 1001 GROUP BY n) AS q WINDOW w AS (ORDER BY n)) AS r
WHERE size + skipped = n;

-- FILTER and GROUPING SETS.
SELECT ok(hotspot.track(at, geom) FILTER (WHERE false) IS NULL, 'FILTER that leaves nothing: NULL') FROM ping;
SELECT is(count(*), 2::bigint, 'each grouping set adds up to the whole')
FROM (SELECT by_unit, sum(hotspot.size(t)) AS fixes
	FROM (SELECT grouping(share) AS by_unit, hotspot.track(at, geom, accuracy) AS t FROM ping GROUP BY GROUPING SETS ((share), (unit))) AS q
	GROUP BY by_unit) AS r
WHERE fixes = (SELECT count(*) FROM kept);

-- Wall time: every ten minutes of the days around both changes of the clock in London, and of half an hour elsewhere.
CREATE TABLE wall AS
SELECT tz, day + n * interval '10 minutes' AS at, ST_MakePoint(row_number() OVER (), 0) AS geom
FROM unnest('{Europe/London,America/St_Johns,Australia/Lord_Howe}'::text[]) AS tz,
	unnest('{2026-03-07,2026-03-28,2026-04-04,2026-10-03,2026-10-24,2026-10-31}'::timestamp[]) AS day, generate_series(0, 287) AS n;
SELECT is((SELECT array_agg(f.at ORDER BY ST_X(f.geom)) FROM hotspot.fixes(t) AS f), expected, 'wall times are those of AT TIME ZONE: ' || tz)
FROM (SELECT tz, hotspot.track(at, geom, tz) AS t, array_agg(at AT TIME ZONE tz ORDER BY ST_X(geom)) AS expected FROM wall GROUP BY tz ORDER BY tz) AS q;

-- Storage: a table out of line, compressed and not, and short values in a row.
CREATE TABLE stored (unit bigint, plain hotspot.track, compressed hotspot.track);
ALTER TABLE stored ALTER plain SET STORAGE external;
INSERT INTO stored SELECT unit, t, t FROM grouped UNION ALL SELECT 5, t, t FROM part WHERE name = 'one';
SELECT is(count(*), 5::bigint, 'stored values are read as they were')
FROM stored AS s JOIN grouped AS g USING (unit)
WHERE s.plain::text = g.t::text AND s.compressed::text = g.t::text
	AND hotspot.size(plain) = hotspot.size(t) AND (plain + compressed)::text = (t + t)::text;
SELECT cmp_ok(max(pg_column_size(plain)), '>', 8000, 'some are out of line') FROM stored;
SELECT is((SELECT hotspot.merge(compressed)::text FROM stored WHERE unit < 5), (SELECT bytes FROM answer WHERE rows = 'ping'), 'stored tracks merge to the whole');

SELECT * FROM finish();
ROLLBACK;
