-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the weeks they were stored
-- in meanwhile. And the sums that must hold.
BEGIN;
SET LOCAL timezone = 'UTC';
SELECT plan(31);

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

CREATE TABLE crime AS
SELECT n, CASE WHEN n % 97 > 0 THEN start END AS start, CASE WHEN n % 89 = 0 THEN 'infinity' WHEN n % 3 > 0 THEN start + pick(n, 2, 40000) * (1 + pick(n, 3, 20)) * interval '1 second' END AS finish,
	CASE WHEN n % 83 > 0 THEN pick(n, 4, 100000) * 0.1 / (1 + pick(n, 5, 7)) END AS harm, CASE WHEN n % 2 = 0 THEN 'Europe/London' ELSE 'europe/london' END AS tz, n % 12 AS month, n % 5 AS beat
FROM generate_series(1, 6000) AS n, LATERAL (SELECT '2015-01-01'::timestamptz + pick(n, 1, 315360000) * interval '1 second' AS start) AS s;
-- Workers that see no row to count: what is left out stands at both ends.
INSERT INTO crime SELECT n, NULL, NULL, 1, 'Europe/London', 12, 5 FROM generate_series(6001, 12000) AS n;
ALTER TABLE crime SET (parallel_workers = 4);
ANALYZE crime;

CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(how, 'W(', 'hotspot.week(start, finish, harm, tz') || ')::text' INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT one_way('(SELECT W() FROM crime)') AS bytes;
SELECT ok(one_way(how) = bytes, 'same bytes: ' || name) FROM answer, (VALUES
	('descending', '(SELECT W() FROM (SELECT * FROM crime ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT W( ORDER BY hashint8(n)) FROM crime)'),
	('back in time', '(SELECT W( ORDER BY start DESC) FROM crime)'),
	('by month', '(SELECT hotspot.merge(w) FROM (SELECT W() AS w FROM crime GROUP BY month) AS q)'),
	('by month, backwards', '(SELECT hotspot.merge(w ORDER BY month DESC) FROM (SELECT month, W() AS w FROM crime GROUP BY month) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(w) FROM (SELECT hotspot.merge(w) AS w FROM (SELECT n % 7 AS g, W() AS w FROM crime GROUP BY n % 7, month) AS q GROUP BY g) AS r)'),
	('one row each', '(SELECT hotspot.merge(w) FROM (SELECT W() AS w FROM crime GROUP BY n) AS q)'),
	('by +', '(SELECT W() FILTER (WHERE n % 3 = 0) + W() FILTER (WHERE n % 3 <> 0) FROM crime)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.week) FROM (SELECT W()::text AS t FROM crime GROUP BY beat) AS q)'),
	('as a window', '(SELECT W() OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM crime LIMIT 1)'),
	('as wall times', '(SELECT hotspot.week(start AT TIME ZONE tz, greatest(start AT TIME ZONE tz, finish AT TIME ZONE tz), harm, tz) FROM crime)')
) AS way (name, how);
SELECT ok(one_way(format('(SELECT hotspot.merge(w) FROM (SELECT W() AS w FROM crime GROUP BY pick(n, %s, 4)) AS q)', salt)) = bytes,
	'same bytes: split in four, ' || salt) FROM answer, generate_series(100, 104) AS salt;

-- Any number of workers.
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 4;
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END
$$;
SELECT ok(plan_of('SELECT hotspot.week(start, finish, harm, tz) FROM crime') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');
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
			CREATE TABLE by_worker AS SELECT hotspot.week(start, finish, harm, tz) AS w FROM crime;
			INSERT INTO by_workers SELECT workers, leader, w::text FROM by_worker;
			DROP TABLE by_worker;
		END LOOP;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT b.bytes), 1::bigint, '0 to 4 workers, with the leader and without: same bytes') FROM by_workers AS b;
SELECT ok(bool_and(b.bytes = a.bytes), 'and they are the bytes of one scan') FROM by_workers AS b, answer AS a;
SET LOCAL max_parallel_workers_per_gather = 0;

-- Partial answers of all kinds against each other, as workers return them.
CREATE TABLE part (name text, w hotspot.week);
INSERT INTO part VALUES ('null', NULL),
	('empty', (SELECT hotspot.week(start, finish, harm, tz) FROM crime WHERE start IS NULL)),
	('one', (SELECT hotspot.week(start, finish, harm, tz) FROM crime WHERE n = 1)),
	('many', (SELECT hotspot.week(start, finish, harm, tz) FROM crime));
SELECT is(count(*), 16::bigint, 'combined in either order: same')
FROM part AS a, part AS b WHERE (a.w + b.w)::text IS NOT DISTINCT FROM (b.w + a.w)::text;

-- Windows read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running totals are those of count')
FROM (SELECT hotspot.week(start, finish, harm, tz) OVER w AS week, count(*) OVER w AS rows FROM crime WHERE n <= 500 WINDOW w AS (ORDER BY n)) AS q
WHERE hotspot.events(week) + hotspot.skipped(week) <> rows;

-- Stored out of line and in both formats.
CREATE TABLE stored (w hotspot.week);
INSERT INTO stored SELECT bytes::hotspot.week FROM answer;
SELECT is(encode(hotspot.week_send(w), 'hex'), bytes, 'binary output is the bytes') FROM stored, answer;
SELECT is(max(pg_column_size(w)) < 40, true, 'a week of one event takes few bytes') FROM (SELECT hotspot.week(start, harm, tz) AS w FROM crime WHERE n <= 100 GROUP BY n) AS q;

-- Sums: as many events as rows, and their harm, to the last digit that it has.
SELECT is(hotspot.events(w) + hotspot.skipped(w), (SELECT count(*) FROM crime), 'every row is an event or left out') FROM stored;
SELECT is(hotspot.events(w), (SELECT count(*) FROM crime WHERE isfinite(start) AND finish IS DISTINCT FROM 'infinity' AND harm IS NOT NULL), 'events are rows') FROM stored;
SELECT is(sum(round(h.events::numeric, 9)), hotspot.events(w)::numeric, 'hours sum to events, exactly') FROM stored, hotspot.hours(w) AS h GROUP BY w::text, hotspot.events(w);
SELECT is(hotspot.harm(w), (SELECT sum(round(harm::numeric, 6))::float8 FROM crime WHERE start IS NOT NULL AND finish IS DISTINCT FROM 'infinity'), 'harm is that of the rows') FROM stored;
SELECT is(hotspot.skipped(w, 'start') || ' ' || hotspot.skipped(w, 'finish') || ' ' || hotspot.skipped(w, 'harm'),
	(SELECT count(*) FILTER (WHERE start IS NULL) || ' ' || count(*) FILTER (WHERE start IS NOT NULL AND finish = 'infinity') || ' ' ||
		count(*) FILTER (WHERE start IS NOT NULL AND finish IS DISTINCT FROM 'infinity' AND harm IS NULL) FROM crime), 'rows left out') FROM stored;
-- Of whole harm each hour's is a whole number of 10^-9, and so is their sum: exact in float8 as long as it has few digits.
SELECT is(sum(round(h.harm::numeric, 9)), hotspot.harm(w)::numeric, 'hours sum to harm, exactly')
FROM (SELECT hotspot.week(start, finish, pick(n, 6, 30), tz) AS w FROM crime WHERE n <= 1000) AS q, hotspot.hours(w) AS h GROUP BY w::text, hotspot.harm(w);

-- A shift of a week is nothing, and harm multiplies.
SELECT is(hotspot.week(start + interval '7 days', finish + interval '7 days', harm, 'UTC')::text, hotspot.week(start, finish, harm, 'UTC')::text, 'a week later: same bytes') FROM crime;
SELECT ok(bool_and(abs(h.harm - 3 * h.events) < 1e-9), 'harm of 3: thrice the events') FROM (SELECT hotspot.week(start, finish, 3, tz) AS w FROM crime) AS q, hotspot.hours(w) AS h;

SELECT * FROM finish();
ROLLBACK;
