-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the panels they were
-- stored in meanwhile; and the same answers.
BEGIN;
SELECT plan(36);
SET LOCAL timezone = 'UTC';
SET LOCAL client_min_messages = warning;

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Outcomes of all sizes, some in pieces, some left out; a place lies in one of five forces.
CREATE TABLE event AS
SELECT n, CASE WHEN n % 97 > 0 THEN 'place ' || place END AS place, CASE WHEN n % 89 > 0 THEN pick(n, 2, 24) - 3 END AS period,
	CASE WHEN n % 83 > 0 THEN (pick(n, 3, 2000001) - 1000000) * 10.0 ^ (pick(n, 4, 24) - 12) END::float8 AS outcome,
	CASE WHEN place % 4 > 0 THEN 2 + place % 9 END AS treated_from, CASE WHEN n % 79 > 0 THEN 'force ' || place % 5 END AS force, n % 12 AS batch
FROM generate_series(1, 6000) AS n, LATERAL (SELECT pick(n, 1, 60) AS place) AS p;
-- Workers that see no row to count: what is left out stands at both ends.
INSERT INTO event SELECT n, NULL, NULL, NULL, NULL, NULL, 12 FROM generate_series(6001, 12000) AS n;
ALTER TABLE event SET (parallel_workers = 4);
ANALYZE event;

CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(how, 'PANEL(', 'hotspot.panel(place, period, outcome, treated_from, force') || ')::text' INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT one_way('(SELECT PANEL() FROM event)') AS bytes;
SELECT ok(one_way(how) = bytes, 'same bytes: ' || name) FROM answer, (VALUES
	('descending', '(SELECT PANEL() FROM (SELECT * FROM event ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT PANEL( ORDER BY hashint8(n)) FROM event)'),
	('place by place', '(SELECT PANEL( ORDER BY place, period) FROM event)'),
	('period by period', '(SELECT PANEL( ORDER BY period DESC, place) FROM event)'),
	('by batch', '(SELECT hotspot.merge(p) FROM (SELECT PANEL() AS p FROM event GROUP BY batch) AS q)'),
	('by batch, backwards', '(SELECT hotspot.merge(p ORDER BY batch DESC) FROM (SELECT batch, PANEL() AS p FROM event GROUP BY batch) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(p) FROM (SELECT hotspot.merge(p) AS p FROM (SELECT n % 7 AS g, PANEL() AS p FROM event GROUP BY n % 7, batch) AS q GROUP BY g) AS r)'),
	('one row a panel', '(SELECT hotspot.merge(p) FROM (SELECT PANEL() AS p FROM event GROUP BY n) AS q)'),
	('by +', '(SELECT PANEL() FILTER (WHERE n % 3 = 0) + PANEL() FILTER (WHERE n % 3 <> 0) FROM event)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.panel) FROM (SELECT PANEL()::text AS t FROM event GROUP BY batch) AS q)'),
	('as a window', '(SELECT PANEL() OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM event LIMIT 1)')
) AS way (name, how);
SELECT ok(one_way(format('(SELECT hotspot.merge(p) FROM (SELECT PANEL() AS p FROM event GROUP BY pick(n, %s, 4)) AS q)', salt)) = bytes,
	'same bytes: split in four, ' || salt) FROM answer, generate_series(100, 104) AS salt;

-- Sums are exact.
SELECT ok(hotspot.panel('A'::text, 1, outcome, NULL)::text = ((SELECT hotspot.panel('A'::text, 1, outcome, NULL ORDER BY n DESC) FROM event WHERE place = 'place 7')::text),
	'large and small outcomes of one place add up in any order') FROM event WHERE place = 'place 7';
SELECT is(hotspot.panel('A'::text, 1, v, NULL)::text, (SELECT hotspot.panel('A'::text, 1, 1e-12, NULL))::text, 'nothing is lost beside 1e18') FROM unnest('{1e18, 1e-12, -1e18}'::float8[]) AS v;

-- Places with a number keep the order of numbers; so do the bytes.
SELECT is(hotspot.panel(place, 1, 1, NULL ORDER BY place)::text, hotspot.panel(place, 1, 1, NULL ORDER BY place DESC)::text, 'ids of both signs')
FROM unnest('{-9223372036854775808,-256,-1,0,1,255,256,9223372036854775807}'::bigint[]) AS place;
SELECT is(hotspot.size(hotspot.panel(place, 1, 1, NULL)), 4::bigint, 'text is told apart by its bytes') FROM unnest(ARRAY['a', 'A', 'a ', '']) AS place;

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
SELECT ok(plan_of('SELECT hotspot.panel(place, period, outcome, treated_from) FROM event') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');

CREATE TABLE by_workers (workers integer, leader boolean, bytes text, effect text);
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
			CREATE TABLE by_worker AS SELECT hotspot.panel(place, period, outcome, treated_from, force) AS p,
				hotspot.did(hotspot.panel(place, period, outcome, treated_from, force), 'callaway')::text AS effect FROM event;
			INSERT INTO by_workers SELECT workers, leader, p::text, effect FROM by_worker;
			DROP TABLE by_worker;
		END LOOP;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT b.bytes), 1::bigint, '0 to 4 workers, with the leader and without: same bytes') FROM by_workers AS b;
SELECT ok(bool_and(b.bytes = a.bytes), 'and they are the bytes of one scan') FROM by_workers AS b, answer AS a;
SELECT is(count(DISTINCT effect), 1::bigint, 'and the effect has the same bits') FROM by_workers;
SET LOCAL max_parallel_workers_per_gather = 0;

-- Partial answers of all kinds against each other, as workers return them.
CREATE TABLE part (name text, p hotspot.panel);
INSERT INTO part VALUES ('null', NULL),
	('empty', (SELECT hotspot.panel(place, period, outcome, treated_from, force) FROM event WHERE place IS NULL)),
	('one', (SELECT hotspot.panel(place, period, outcome, treated_from, force) FROM event WHERE n = 1)),
	('many', (SELECT hotspot.panel(place, period, outcome, treated_from, force) FROM event));
SELECT is(count(*), 16::bigint, 'combined in either order: same')
FROM part AS a, part AS b WHERE (a.p + b.p)::text IS NOT DISTINCT FROM (b.p + a.p)::text;
SELECT is(count(*), 12::bigint, 'combined: skipped adds up')
FROM part AS a, part AS b
WHERE b.p IS NOT NULL AND hotspot.skipped(a.p + b.p) = coalesce(hotspot.skipped(a.p), 0) + hotspot.skipped(b.p);
SELECT is(hotspot.size(p + (SELECT hotspot.panel(7::bigint, 1, 1, NULL))), 1::bigint, 'a panel without a place takes ids of either type, and no clusters')
FROM part WHERE name = 'empty';

-- Window functions read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running numbers of places')
FROM (SELECT hotspot.size(hotspot.panel(place, period, outcome, treated_from) OVER (ORDER BY n)) AS size,
		(SELECT count(DISTINCT place) FROM event AS e WHERE e.n <= event.n AND period IS NOT NULL AND outcome IS NOT NULL) AS places
	FROM event WHERE n <= 300) AS q
WHERE size <> places;
SELECT is(count(DISTINCT estimate), 1::bigint, 'readers between rows do not change the state')
FROM (SELECT n, (hotspot.did(hotspot.panel(place, period, outcome, treated_from) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING))).estimate FROM event WHERE n <= 50) AS q;

-- FILTER and GROUPING SETS.
SELECT ok(hotspot.panel(place, period, outcome, treated_from) FILTER (WHERE false) IS NULL, 'FILTER that leaves nothing: NULL') FROM event;
SELECT is(count(DISTINCT p::text), 1::bigint, 'each grouping set adds up to the whole')
FROM (SELECT by_force, hotspot.merge(p) AS p
	FROM (SELECT grouping(batch) AS by_force, hotspot.panel(place, period, outcome, treated_from) AS p FROM event GROUP BY GROUPING SETS ((batch), (force))) AS q
	GROUP BY by_force) AS r;

-- Stored out of line, with and without compression, and copied in both formats.
CREATE TABLE stored (p hotspot.panel);
INSERT INTO stored SELECT bytes::hotspot.panel FROM answer;
ALTER TABLE stored ALTER p SET STORAGE EXTERNAL;
INSERT INTO stored SELECT (p + NULL) FROM stored;
SELECT is(count(*), 2::bigint, 'a stored panel keeps its bytes') FROM stored, answer WHERE p::text = bytes;
SELECT cmp_ok(max(pg_column_size(p)), '>', 8192, 'and was stored out of line') FROM stored;
SELECT is(encode(hotspot.panel_send(p), 'hex'), bytes, 'binary output is the bytes') FROM stored, answer LIMIT 1;
SELECT is((SELECT array_agg(hotspot.skipped(p, reason) ORDER BY k) FROM unnest('{place,period,outcome,cluster}'::text[]) WITH ORDINALITY AS r (reason, k)),
	(SELECT ARRAY[count(*) FILTER (WHERE place IS NULL), count(*) FILTER (WHERE place IS NOT NULL AND period IS NULL),
		count(*) FILTER (WHERE place IS NOT NULL AND period IS NOT NULL AND outcome IS NULL),
		count(*) FILTER (WHERE place IS NOT NULL AND period IS NOT NULL AND outcome IS NOT NULL AND force IS NULL)] FROM event), 'rows left out')
FROM part WHERE name = 'many';

-- Counts below 64 take a byte a place-period, beside ids and what says when a place was treated.
SELECT cmp_ok(length(hotspot.panel_send(hotspot.panel(place, period, (place * period) % 60, NULL))), '<=', 46 + 4 * 50 + 100 * (16 + 50), 'a byte a place-period')
FROM generate_series(1::bigint, 100) AS place, generate_series(1, 50) AS period;

SELECT * FROM finish();
ROLLBACK;
