-- Exact and order-free: the same rows give the same bytes, whatever their order,
-- the plan, and the surfaces they were stored in meanwhile.
BEGIN;
SELECT plan(41);
SELECT setseed(0.2);

-- West and south of the origin too; heavy cells; rows that are skipped.
CREATE TABLE event AS
SELECT n,
	CASE WHEN n % 97 = 0 THEN NULL WHEN n % 89 = 0 THEN 'SRID=27700;POINT EMPTY'
		WHEN n % 83 = 0 THEN ST_SetSRID(ST_MakePoint('NaN', 0), 27700)
		ELSE ST_SetSRID(ST_MakePoint(round(((random() - 0.5) * 60000)::numeric, 1), round(((random() - 0.5) ^ 3 * 200000)::numeric, 1)), 27700) END AS geom,
	CASE WHEN n % 79 = 0 THEN NULL ELSE random() * 1000 END AS harm,
	n % 12 AS month, n % 5 AS area
FROM generate_series(1, 60000) AS n;
-- Workers that see no row to count: what is filtered stands at both ends.
INSERT INTO event SELECT n, NULL, NULL, 12, 5 FROM generate_series(60001, 90000) AS n;
ALTER TABLE event SET (parallel_workers = 4);
ANALYZE event;

CREATE FUNCTION one_way(grid hotspot.grid, how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || how || ')::text' INTO answer USING grid;
	RETURN answer;
END
$$;

CREATE FUNCTION ways() RETURNS TABLE (name text, how text) LANGUAGE sql AS $$
VALUES
	('descending', '(SELECT hotspot.surface(geom, harm, $1) FROM (SELECT * FROM event ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT hotspot.surface(geom, harm, $1 ORDER BY hashint8(n)) FROM event)'),
	('by month', '(SELECT hotspot.merge(s) FROM (SELECT hotspot.surface(geom, harm, $1) AS s FROM event GROUP BY month) AS q)'),
	('by month, backwards', '(SELECT hotspot.merge(s ORDER BY month DESC) FROM (SELECT month, hotspot.surface(geom, harm, $1) AS s FROM event GROUP BY month) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(s) FROM (SELECT hotspot.merge(s) AS s FROM (SELECT n % 7 AS g, hotspot.surface(geom, harm, $1) AS s FROM event GROUP BY n % 7, month) AS q GROUP BY g) AS r)'),
	('one row a surface', '(SELECT hotspot.merge(s) FROM (SELECT hotspot.surface(geom, harm, $1) AS s FROM event GROUP BY n) AS q)'),
	('by +', '(SELECT hotspot.surface(geom, harm, $1) FILTER (WHERE n % 3 = 0) + hotspot.surface(geom, harm, $1) FILTER (WHERE n % 3 <> 0) FROM event)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.surface) FROM (SELECT hotspot.surface(geom, harm, $1)::text AS t FROM event GROUP BY area) AS q)'),
	('as a window', '(SELECT hotspot.surface(geom, harm, $1) OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM event LIMIT 1)')
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS
SELECT grid, one_way(grid, '(SELECT hotspot.surface(geom, harm, $1) FROM event)') AS bytes
FROM unnest('{150,hexagon 93.06,"square 7.5"}'::hotspot.grid[]) AS grid;

SELECT ok(one_way(grid, how) = bytes, 'same bytes: ' || name || ', ' || grid) FROM answer, ways();

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
SELECT ok(plan_of('SELECT hotspot.surface(geom, harm, 150) FROM event') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');
SELECT ok(plan_of('SELECT area, hotspot.surface(geom, harm, 150) FROM event GROUP BY area') LIKE '%Partial%Aggregate%', 'and so do groups');

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
			CREATE TABLE by_worker AS SELECT hotspot.surface(geom, harm, 150) AS s FROM event;
			INSERT INTO by_workers SELECT workers, leader, s::text FROM by_worker;
			DROP TABLE by_worker;
		END LOOP;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT b.bytes), 1::bigint, '0 to 4 workers, with the leader and without: same bytes') FROM by_workers AS b;
SELECT ok(bool_and(b.bytes = a.bytes), 'and they are the bytes of one scan') FROM by_workers AS b, answer AS a WHERE a.grid::text = 'square 150';

SET LOCAL max_parallel_workers_per_gather = 4;
CREATE TABLE grouped AS SELECT area, hotspot.surface(geom, harm, 150) AS s FROM event GROUP BY area;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is(count(*), 6::bigint, 'groups in parallel equal groups in one scan')
FROM (SELECT area, hotspot.surface(geom, harm, 150) AS s FROM event GROUP BY area) AS q JOIN grouped AS g USING (area)
WHERE q.s::text = g.s::text;
SELECT is((SELECT hotspot.size(s) FROM grouped WHERE area = 5), 0, 'a group of rows that cannot be placed has no cell');
SELECT is((SELECT hotspot.skipped(s) FROM grouped WHERE area = 5), 30000::bigint, 'and counts them');

-- Partial answers of all kinds against each other, as workers return them.
CREATE TABLE part (name text, s hotspot.surface);
INSERT INTO part VALUES ('null', NULL),
	('empty', (SELECT hotspot.surface(geom, harm, 150) FROM event WHERE geom IS NULL)),
	('one', (SELECT hotspot.surface(geom, harm, 150) FROM event WHERE n = 1)),
	('many', (SELECT hotspot.surface(geom, harm, 150) FROM event));
SELECT is(count(*), 16::bigint, 'combined in either order: same')
FROM part AS a, part AS b WHERE (a.s + b.s)::text IS NOT DISTINCT FROM (b.s + a.s)::text;
SELECT is(count(*), 12::bigint, 'combined: events and skipped add up')
FROM part AS a, part AS b
WHERE b.s IS NOT NULL
	AND hotspot.events(a.s + b.s) = coalesce(hotspot.events(a.s), 0) + hotspot.events(b.s)
	AND hotspot.skipped(a.s + b.s) = coalesce(hotspot.skipped(a.s), 0) + hotspot.skipped(b.s);

-- Window functions read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running totals are those of count and sum')
FROM (SELECT hotspot.events(hotspot.surface(geom, harm, 150) OVER w) AS events,
		hotspot.skipped(hotspot.surface(geom, harm, 150) OVER w) AS skipped,
		count(*) OVER w AS rows
	FROM event WHERE n <= 3000 WINDOW w AS (ORDER BY n)) AS q
WHERE events + skipped <> rows;
SELECT is(count(*), 2001::bigint, 'a window over surfaces merges them')
FROM (SELECT n, hotspot.events(hotspot.merge(s) OVER (ORDER BY n)) AS events, hotspot.skipped(hotspot.merge(s) OVER (ORDER BY n)) AS skipped
	FROM (SELECT n, hotspot.surface(geom, harm, 150) AS s FROM event WHERE n <= 2001 GROUP BY n) AS q) AS r
WHERE events + skipped = n;

-- FILTER and GROUPING SETS.
SELECT is(hotspot.events(hotspot.surface(geom, harm, 150) FILTER (WHERE n % 2 = 0)) + hotspot.events(hotspot.surface(geom, harm, 150) FILTER (WHERE n % 2 = 1)),
	hotspot.events(hotspot.surface(geom, harm, 150)), 'FILTER splits') FROM event;
SELECT ok(hotspot.surface(geom, harm, 150) FILTER (WHERE false) IS NULL, 'FILTER that leaves nothing: NULL') FROM event;
SELECT is(count(*), 2::bigint, 'each grouping set adds up to the whole')
FROM (SELECT by_area, sum(hotspot.events(s)) AS events
	FROM (SELECT grouping(month) AS by_area, hotspot.surface(geom, harm, 150) AS s FROM event GROUP BY GROUPING SETS ((month), (area))) AS q
	GROUP BY by_area) AS r
WHERE events = (SELECT hotspot.events(hotspot.surface(geom, harm, 150)) FROM event);

SELECT * FROM finish();
ROLLBACK;
