-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the displacements they
-- were stored in meanwhile. And what wdd() and wdq() must hold.
BEGIN;
SELECT plan(32);

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

CREATE TABLE crime AS
SELECT n, CASE WHEN n % 97 > 0 THEN (ARRAY['treated', 'control', 'buffer', 'buffer_control'])[1 + pick(n, 1, 4)] END AS area,
	CASE WHEN n % 89 > 0 THEN pick(n, 2, 2) = 1 END AS post,
	CASE WHEN n % 83 > 0 THEN pick(n, 3, 100000) * 0.1 / (1 + pick(n, 4, 7)) END AS harm, n % 12 AS month, n % 5 AS beat
FROM generate_series(1, 6000) AS n;
-- Workers that see no row to count: what is left out stands at both ends.
INSERT INTO crime SELECT n, NULL, true, 1, 12, 5 FROM generate_series(6001, 12000) AS n;
ALTER TABLE crime SET (parallel_workers = 4);
ANALYZE crime;

CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(how, 'D(', 'hotspot.displacement(area, post, harm') || ')::text' INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT one_way('(SELECT D() FROM crime)') AS bytes;
SELECT ok(one_way(how) = bytes, 'same bytes: ' || name) FROM answer, (VALUES
	('descending', '(SELECT D() FROM (SELECT * FROM crime ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT D( ORDER BY hashint8(n)) FROM crime)'),
	('by month', '(SELECT hotspot.merge(d) FROM (SELECT D() AS d FROM crime GROUP BY month) AS q)'),
	('by month, backwards', '(SELECT hotspot.merge(d ORDER BY month DESC) FROM (SELECT month, D() AS d FROM crime GROUP BY month) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(d) FROM (SELECT hotspot.merge(d) AS d FROM (SELECT n % 7 AS g, D() AS d FROM crime GROUP BY n % 7, month) AS q GROUP BY g) AS r)'),
	('one row each', '(SELECT hotspot.merge(d) FROM (SELECT D() AS d FROM crime GROUP BY n) AS q)'),
	('by +', '(SELECT D() FILTER (WHERE n % 3 = 0) + D() FILTER (WHERE n % 3 <> 0) FROM crime)'),
	('read back from text', '(SELECT hotspot.merge(t::hotspot.displacement) FROM (SELECT D()::text AS t FROM crime GROUP BY beat) AS q)'),
	('as a window', '(SELECT D() OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM crime LIMIT 1)')
) AS way (name, how);
SELECT ok(one_way(format('(SELECT hotspot.merge(d) FROM (SELECT D() AS d FROM crime GROUP BY pick(n, %s, 4)) AS q)', salt)) = bytes,
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
SELECT ok(plan_of('SELECT hotspot.displacement(area, post, harm) FROM crime') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');
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
			CREATE TABLE by_worker AS SELECT hotspot.displacement(area, post, harm) AS d FROM crime;
			INSERT INTO by_workers SELECT workers, leader, d::text FROM by_worker;
			DROP TABLE by_worker;
		END LOOP;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT b.bytes), 1::bigint, '0 to 4 workers, with the leader and without: same bytes') FROM by_workers AS b;
SELECT ok(bool_and(b.bytes = a.bytes), 'and they are the bytes of one scan') FROM by_workers AS b, answer AS a;
SET LOCAL max_parallel_workers_per_gather = 0;

-- Partial answers of all kinds against each other, as workers return them.
CREATE TABLE part (name text, d hotspot.displacement);
INSERT INTO part VALUES ('null', NULL),
	('empty', (SELECT hotspot.displacement(area, post, harm) FROM crime WHERE area IS NULL)),
	('one', (SELECT hotspot.displacement(area, post, harm) FROM crime WHERE n = 1)),
	('many', (SELECT hotspot.displacement(area, post, harm) FROM crime));
SELECT is(count(*), 16::bigint, 'combined in either order: same')
FROM part AS a, part AS b WHERE (a.d + b.d)::text IS NOT DISTINCT FROM (b.d + a.d)::text;

-- Windows read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running totals are those of count')
FROM (SELECT hotspot.displacement(area, post, harm) OVER w AS d, count(*) OVER w AS rows FROM crime WHERE n <= 500 WINDOW w AS (ORDER BY n)) AS q
WHERE hotspot.skipped(d) + (SELECT sum(events) FROM hotspot.counts(d)) <> rows;

-- Stored out of line and in both formats.
CREATE TABLE stored (d hotspot.displacement);
INSERT INTO stored SELECT bytes::hotspot.displacement FROM answer;
SELECT is(encode(hotspot.displacement_send(d), 'hex'), bytes, 'binary output is the bytes') FROM stored, answer;
SELECT is(pg_column_size(hotspot.displacement(area, post, harm)) BETWEEN 300 AND 400, true, 'and they are few') FROM crime;

-- Sums by SQL's numeric, of harm in millionths.
CREATE TABLE cell AS
SELECT area, post, count(*) AS n, sum(round(harm::numeric, 6)) AS w, sum(round(harm::numeric, 6) ^ 2) AS s FROM crime WHERE num_nulls(area, post, harm) = 0 GROUP BY area, post;
SELECT is(count(*), 8::bigint, 'events and harm are those of SQL')
FROM answer, hotspot.counts(bytes::hotspot.displacement) AS c JOIN cell USING (area, post) WHERE c.events = cell.n AND abs(c.harm / cell.w::float8 - 1) < 1e-15;
SELECT is(hotspot.skipped(d, 'area') || ' ' || hotspot.skipped(d, 'post') || ' ' || hotspot.skipped(d, 'harm'),
	(SELECT count(*) FILTER (WHERE area IS NULL) || ' ' || count(*) FILTER (WHERE area IS NOT NULL AND post IS NULL) || ' ' ||
		count(*) FILTER (WHERE area IS NOT NULL AND post IS NOT NULL AND harm IS NULL) FROM crime), 'rows left out') FROM stored;

-- The differences by numeric, with weights: times 3 and 2, areas 1.5, 0.7, 2 and 4.
CREATE TABLE weighted AS
SELECT area IN ('treated', 'control') AS local, CASE WHEN (area IN ('treated', 'buffer')) = post THEN 1 ELSE -1 END * w / weight AS w, s / weight ^ 2 AS s
FROM cell JOIN (VALUES ('treated', 1.5), ('control', 0.7), ('buffer', 2), ('buffer_control', 4)) AS size (area, size) USING (area),
	LATERAL (SELECT CASE WHEN post THEN 2 ELSE 3 END * size AS weight) AS weights;
SELECT ok(abs(w.estimate / e.estimate - 1) < 1e-12 AND abs(w.std_error / e.std_error - 1) < 1e-13, w.measure || ' is that of numeric')
FROM stored, hotspot.wdd(d, '{3,2}', '{1.5,0.7,2,4}') AS w
	JOIN (SELECT CASE WHEN local THEN 'wdd_local' WHEN NOT local THEN 'wdd_buffer' ELSE 'wdd' END AS measure, sum(w)::float8 AS estimate, sqrt(sum(s))::float8 AS std_error
		FROM weighted GROUP BY ROLLUP (local)) AS e USING (measure);

-- Invariances.
CREATE FUNCTION wdd_row(d hotspot.displacement, times float8[], areas float8[], phi float8) RETURNS hotspot.effect LANGUAGE sql AS
	$$SELECT w FROM hotspot.wdd(d, times, areas, phi => phi) AS w LIMIT 1$$;
SELECT ok(abs((a).estimate * 2 - (b).estimate) < 1e-9 AND abs((a).statistic - (b).statistic) < 1e-12, 'half the time: twice the rate, and as sure')
FROM stored, LATERAL (SELECT wdd_row(d, '{1,1}', '{1,1,1,1}', 1) AS a, wdd_row(d, '{0.5,0.5}', '{1,1,1,1}', 1) AS b) AS q;
SELECT ok((a).estimate = (b).estimate AND abs((a).std_error * 3 - (b).std_error) < 1e-9, 'phi multiplies the variance')
FROM stored, LATERAL (SELECT wdd_row(d, '{1,1}', '{1,1,1,1}', 1) AS a, wdd_row(d, '{1,1}', '{1,1,1,1}', 9) AS b) AS q;
SELECT ok(bool_and(abs(a.estimate * 1000 / b.estimate - 1) < 1e-9 AND abs(a.statistic / b.statistic - 1) < 1e-9), 'harm in thousandths: a thousand times the answer')
FROM (SELECT hotspot.displacement(area, post, round(harm::numeric, 2)::float8) AS d, hotspot.displacement(area, post, round(harm::numeric, 2)::float8 * 1000) AS e FROM crime) AS q,
	hotspot.wdd(d) AS a JOIN hotspot.wdd(e) AS b USING (measure);
SELECT ok(bool_and(a.estimate = -b.estimate AND a.std_error = b.std_error), 'before and after the other way round: the other sign')
FROM (SELECT hotspot.displacement(area, post, harm) AS d, hotspot.displacement(area, NOT post, harm) AS e FROM crime) AS q, hotspot.wdd(d) AS a JOIN hotspot.wdd(e) AS b USING (measure);
SELECT ok(bool_and(a.estimate = b.estimate), 'harm of another unit: the same quotients')
FROM (SELECT hotspot.displacement(area, post, (harm / 10)::int) AS d, hotspot.displacement(area, post, (harm / 10)::int * 2) AS e FROM crime) AS q,
	hotspot.wdq(d) AS a JOIN hotspot.wdq(e) AS b USING (measure) WHERE measure LIKE 'wdq%';
SELECT ok(bool_and(a.estimate = b.estimate AND a.n = b.n), 'counts are harm of 1')
FROM (SELECT hotspot.displacement(area, post) AS d, hotspot.displacement(area, post, 1) AS e FROM crime) AS q, hotspot.wdd(d) AS a JOIN hotspot.wdd(e) AS b USING (measure);

SELECT * FROM finish();
ROLLBACK;
