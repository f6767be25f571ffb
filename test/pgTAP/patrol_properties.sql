-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the patrols they were
-- stored in meanwhile.
BEGIN;
SELECT plan(39);
SET LOCAL timezone = 'UTC';

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Visits with up to three intervals; some are repeated, some left out.
CREATE TABLE visit AS
SELECT n, CASE WHEN n % 97 = 0 THEN NULL ELSE 'unit ' || pick(n % 900, 1, 40) END AS unit,
	CASE WHEN n % 83 = 0 THEN '{}' WHEN n % 79 = 0 THEN '{(,2024-01-01)}'
		ELSE tstzmultirange(tstzrange(at, at + interval '1 s' * (1 + pick(n % 900, 3, 900))),
			tstzrange(at + interval '20 min', at + interval '20 min' + interval '1 s' * pick(n % 900, 4, 900)),
			tstzrange(at + interval '1 s' * pick(n % 900, 5, 900), at + interval '30 min')) END::tstzmultirange AS intervals,
	n % 3 = 0 AS starts_cut, CASE WHEN n % 5 > 0 THEN n % 5 = 1 END AS ends_cut, n % 7 = 0 AS passing, pick(n % 900, 6, 100) AS pings,
	n % 12 AS month, n % 5 AS area
FROM generate_series(1, 6000) AS n, LATERAL (SELECT timestamptz '2024-03-30 00:00+00' + interval '1 min' * pick(n % 900, 2, 3000)) AS start (at);
-- Workers that see no row to count: what is left out stands at both ends.
INSERT INTO visit SELECT n, NULL, NULL, NULL, NULL, NULL, NULL, 12, 5 FROM generate_series(6001, 12000) AS n;
ALTER TABLE visit SET (parallel_workers = 4);
ANALYZE visit;

CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(how, 'PATROL(', 'hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings') || ')::text' INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT one_way('(SELECT PATROL() FROM visit)') AS bytes;
SELECT ok(one_way(how) = bytes, 'same bytes: ' || name) FROM answer, (VALUES
	('descending', '(SELECT PATROL() FROM (SELECT * FROM visit ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT PATROL( ORDER BY hashint8(n)) FROM visit)'),
	('by month', '(SELECT hotspot.merge(p) FROM (SELECT PATROL() AS p FROM visit GROUP BY month) AS q)'),
	('by month, backwards', '(SELECT hotspot.merge(p ORDER BY month DESC) FROM (SELECT month, PATROL() AS p FROM visit GROUP BY month) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(p) FROM (SELECT hotspot.merge(p) AS p FROM (SELECT n % 7 AS g, PATROL() AS p FROM visit GROUP BY n % 7, month) AS q GROUP BY g) AS r)'),
	('one row a patrol', '(SELECT hotspot.merge(p) FROM (SELECT PATROL() AS p FROM visit GROUP BY n) AS q)'),
	('by +', '(SELECT PATROL() FILTER (WHERE n % 3 = 0) + PATROL() FILTER (WHERE n % 3 <> 0) FROM visit)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.patrol) FROM (SELECT PATROL()::text AS t FROM visit GROUP BY area) AS q)'),
	('as a window', '(SELECT PATROL() OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM visit LIMIT 1)')
) AS way (name, how);
SELECT ok(one_way(format('(SELECT hotspot.merge(p) FROM (SELECT PATROL() AS p FROM visit GROUP BY pick(n, %s, 4)) AS q)', salt)) = bytes,
	'same bytes: split in four, ' || salt) FROM answer, generate_series(100, 109) AS salt;

-- Units with a number keep the order of numbers; so do the bytes.
SELECT is(hotspot.patrol(unit, intervals ORDER BY unit)::text, hotspot.patrol(unit, intervals ORDER BY unit DESC)::text, 'ids of both signs')
FROM (SELECT unit, '{[2024-01-01, 2024-01-02)}'::tstzmultirange AS intervals FROM unnest('{-9223372036854775808,-256,-1,0,1,255,256,9223372036854775807}'::bigint[]) AS unit) AS q;
SELECT is(hotspot.units(hotspot.patrol(unit, '{[2024-01-01, 2024-01-02)}'::tstzmultirange)), 4, 'text is told apart by its bytes')
FROM unnest(ARRAY['a', 'A', 'a ', '']) AS unit;

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
SELECT ok(plan_of('SELECT hotspot.patrol(unit, intervals) FROM visit') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');
SELECT ok(plan_of('SELECT area, hotspot.patrol(unit, intervals) FROM visit GROUP BY area') LIKE '%Partial%Aggregate%', 'and so do groups');

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
			CREATE TABLE by_worker AS SELECT hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings) AS p FROM visit;
			INSERT INTO by_workers SELECT workers, leader, p::text FROM by_worker;
			DROP TABLE by_worker;
		END LOOP;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT b.bytes), 1::bigint, '0 to 4 workers, with the leader and without: same bytes') FROM by_workers AS b;
SELECT ok(bool_and(b.bytes = a.bytes), 'and they are the bytes of one scan') FROM by_workers AS b, answer AS a;

SET LOCAL max_parallel_workers_per_gather = 4;
CREATE TABLE grouped AS SELECT area, hotspot.patrol(unit, intervals) AS p FROM visit GROUP BY area;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is(count(*), 6::bigint, 'groups in parallel equal groups in one scan')
FROM (SELECT area, hotspot.patrol(unit, intervals) AS p FROM visit GROUP BY area) AS q JOIN grouped AS g USING (area)
WHERE q.p::text = g.p::text;
SELECT is(hotspot.size(p) || ' kept, ' || hotspot.skipped(p, 'unit'), '0 kept, 6000', 'a group of rows that are left out') FROM grouped WHERE area = 5;

-- Partial answers of all kinds against each other, as workers return them.
CREATE TABLE part (name text, p hotspot.patrol);
INSERT INTO part VALUES ('null', NULL),
	('empty', (SELECT hotspot.patrol(unit, intervals) FROM visit WHERE unit IS NULL)),
	('one', (SELECT hotspot.patrol(unit, intervals) FROM visit WHERE n = 1)),
	('many', (SELECT hotspot.patrol(unit, intervals) FROM visit));
SELECT is(count(*), 16::bigint, 'combined in either order: same')
FROM part AS a, part AS b WHERE (a.p + b.p)::text IS NOT DISTINCT FROM (b.p + a.p)::text;
SELECT is(count(*), 12::bigint, 'combined: size and skipped add up')
FROM part AS a, part AS b
WHERE b.p IS NOT NULL
	AND hotspot.size(a.p + b.p) = coalesce(hotspot.size(a.p), 0) + hotspot.size(b.p)
	AND hotspot.skipped(a.p + b.p) = coalesce(hotspot.skipped(a.p), 0) + hotspot.skipped(b.p);
SELECT is(hotspot.units(p + (SELECT hotspot.patrol(7::bigint, '{[2024-01-01, 2024-01-02)}'::tstzmultirange))), 1, 'a patrol without a unit takes ids of either type')
FROM part WHERE name = 'empty';

-- Window functions read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running totals are those of count')
FROM (SELECT hotspot.size(hotspot.patrol(unit, intervals) OVER w) AS size,
		hotspot.skipped(hotspot.patrol(unit, intervals) OVER w) AS skipped,
		count(*) OVER w AS rows
	FROM visit WHERE n <= 1500 WINDOW w AS (ORDER BY n)) AS q
WHERE size + skipped <> rows;
SELECT is(count(*), 1000::bigint, 'a window over patrols merges them')
FROM (SELECT n, hotspot.size(hotspot.merge(p) OVER (ORDER BY n)) AS size, hotspot.skipped(hotspot.merge(p) OVER (ORDER BY n)) AS skipped
	FROM (SELECT n, hotspot.patrol(unit, intervals) AS p FROM visit WHERE n <= 1000 GROUP BY n) AS q) AS r
WHERE size + skipped = n;

-- FILTER and GROUPING SETS.
SELECT ok(hotspot.patrol(unit, intervals) FILTER (WHERE false) IS NULL, 'FILTER that leaves nothing: NULL') FROM visit;
SELECT is(count(*), 2::bigint, 'each grouping set adds up to the whole')
FROM (SELECT by_area, sum(hotspot.size(p)) AS size
	FROM (SELECT grouping(month) AS by_area, hotspot.patrol(unit, intervals) AS p FROM visit GROUP BY GROUPING SETS ((month), (area))) AS q
	GROUP BY by_area) AS r
WHERE size = (SELECT hotspot.size(hotspot.patrol(unit, intervals)) FROM visit);

-- Stored out of line, with and without compression, and copied in both formats.
CREATE TABLE stored (p hotspot.patrol);
INSERT INTO stored SELECT bytes::hotspot.patrol FROM answer;
ALTER TABLE stored ALTER p SET STORAGE EXTERNAL;
INSERT INTO stored SELECT (p + NULL) FROM stored;
SELECT is(count(*), 2::bigint, 'a stored patrol keeps its bytes') FROM stored, answer WHERE p::text = bytes;
SELECT cmp_ok(max(pg_column_size(p)), '>', 8192, 'and was stored out of line') FROM stored;
SELECT is(encode(hotspot.patrol_send(p), 'hex'), bytes, 'binary output is the bytes') FROM stored, answer LIMIT 1;
SELECT is(hotspot.size(p), (SELECT count(*) FROM visit WHERE unit IS NOT NULL AND n % 83 > 0 AND n % 79 > 0), 'rows kept') FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM visit) AS q;
SELECT is(hotspot.skipped(p, 'unit') || ' ' || hotspot.skipped(p, 'interval') || ' ' || hotspot.skipped(p, 'infinite'),
	(SELECT count(*) FILTER (WHERE unit IS NULL) || ' ' || count(*) FILTER (WHERE unit IS NOT NULL AND n % 83 = 0) || ' ' ||
		count(*) FILTER (WHERE unit IS NOT NULL AND n % 83 > 0 AND n % 79 = 0) FROM visit), 'rows left out')
FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM visit) AS q;

SELECT * FROM finish();
ROLLBACK;
