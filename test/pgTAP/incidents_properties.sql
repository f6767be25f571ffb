-- Exact and order-free: the same rows give the same bytes, whatever their order, the plan, and the incidents they were
-- stored in meanwhile.
BEGIN;
SELECT no_plan();

CREATE FUNCTION hash(n bigint, salt int) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN hashint8extended(n, salt) & 1073741823;

-- Times and places that meet, and rows that are skipped.
CREATE TABLE crime AS
SELECT n, n % 7 AS share,
	CASE WHEN n % 101 = 0 THEN NULL WHEN n % 103 = 0 THEN 'infinity' ELSE '2026-03-28 12:00Z'::timestamptz + hash(n, 1) % 9000 * interval '1 minute' END AS at,
	CASE WHEN n % 97 = 0 THEN NULL WHEN n % 89 = 0 THEN 'SRID=27700;POINT EMPTY'
		WHEN n % 83 = 0 THEN ST_SetSRID(ST_MakePoint(1, 'Infinity'), 27700)
		ELSE ST_SetSRID(ST_MakePoint(hash(n, 2) % 5 - 2, (hash(n, 3) % 5 - 2) * -0.25), 27700) END AS geom
FROM generate_series(1, 20000) AS n;
-- Workers that see no row to keep: what is filtered stands at both ends.
INSERT INTO crime SELECT n, n % 7, NULL, NULL FROM generate_series(20001, 30000) AS n;
ALTER TABLE crime SET (parallel_workers = 4);
ANALYZE crime;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT hotspot.incidents(geom, at)::text AS bytes FROM crime;
-- What they must hold, by plain SQL: little-endian times since 2000, x and y.
SELECT is(substr(bytes, 2 * (2 + 4 + 24) + 1), (SELECT string_agg(reverse_hex, '' ORDER BY at, x, y)
		FROM (SELECT at, ST_X(geom) AS x, ST_Y(geom) + 0 AS y FROM crime WHERE isfinite(at) AND NOT ST_IsEmpty(geom) AND ST_Y(geom) < 1e15) AS kept,
			LATERAL (SELECT string_agg(substr(encode(v, 'hex'), 15 - 2 * k, 2), '' ORDER BY f, k) AS reverse_hex
				FROM (VALUES (1, int8send((extract(epoch FROM at - '2000-01-01Z') * 1000000)::bigint)), (2, float8send(x + 0)), (3, float8send(y))) AS c (f, v),
					generate_series(0, 7) AS k) AS r),
	'the bytes of all events in order') FROM answer;

CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT (' || how || ')::text', 'hotspot.incidents(geom, at)') INTO answer;
	RETURN answer;
END
$$;
CREATE TABLE way (name text, how text);
INSERT INTO way VALUES
	('descending', '(SELECT %1$s FROM (SELECT * FROM crime AS p ORDER BY n DESC) AS q)'),
	('by time', '(SELECT hotspot.incidents(geom, at ORDER BY at) FROM crime)'),
	('shuffled', '(SELECT hotspot.incidents(geom, at ORDER BY hash(n, 5)) FROM crime)'),
	('by share', '(SELECT hotspot.merge(i) FROM (SELECT %1$s AS i FROM crime GROUP BY share) AS q)'),
	('by share, backwards', '(SELECT hotspot.merge(i ORDER BY share DESC) FROM (SELECT share, %1$s AS i FROM crime GROUP BY share) AS q)'),
	('merged twice over', '(SELECT hotspot.merge(i) FROM (SELECT hotspot.merge(i) AS i FROM (SELECT n %% 5 AS g, %1$s AS i FROM crime GROUP BY n %% 5, share) AS q GROUP BY g) AS r)'),
	('one row each', '(SELECT hotspot.merge(i) FROM (SELECT %1$s AS i FROM crime GROUP BY n) AS q)'),
	('by +', '(SELECT %1$s FILTER (WHERE n %% 3 = 0) + %1$s FILTER (WHERE n %% 3 <> 0) FROM crime)'),
	('read back from text', '(SELECT hotspot.merge(i::hotspot.incidents) FROM (SELECT %1$s::text AS i FROM crime GROUP BY share) AS q)'),
	('as a window', '(SELECT %1$s OVER (ORDER BY n DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM crime LIMIT 1)'),
	('as wall time', '(SELECT hotspot.incidents(geom, at AT TIME ZONE ''Asia/Tokyo'', ''Asia/Tokyo'') FROM crime)');
SELECT is(one_way(how) = bytes, true, 'same bytes: ' || name) FROM answer, way;

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
SELECT ok(is_partial('SELECT hotspot.incidents(geom, at) FROM crime'), 'the aggregate goes to workers');
SELECT ok(is_partial('SELECT share, hotspot.incidents(geom, at) FROM crime GROUP BY share'), 'and so do groups');
SELECT ok(one_way('(SELECT %1$s FROM crime)') = bytes, 'same bytes: in workers') FROM answer;
SELECT ok(one_way('(SELECT hotspot.merge(i) FROM (SELECT %1$s AS i FROM crime GROUP BY share) AS q)') = bytes, 'same bytes: groups in workers') FROM answer;
SET LOCAL parallel_leader_participation = off;
SELECT ok(one_way('(SELECT %1$s FROM crime)') = bytes, 'same bytes: in workers only') FROM answer;
SET LOCAL max_parallel_workers_per_gather = 0;

-- States that see nothing, or nothing that can be kept, on either side.
CREATE TABLE part (name text, i hotspot.incidents);
INSERT INTO part VALUES ('none', NULL);
INSERT INTO part SELECT 'skipped', hotspot.incidents(geom, at) FROM crime WHERE n % 97 = 0;
INSERT INTO part SELECT 'one', hotspot.incidents(geom, at) FROM crime WHERE n = 1;
INSERT INTO part SELECT 'many', hotspot.incidents(geom, at) FROM crime WHERE n % 2 = 1;
SELECT is(count(*), 16::bigint, 'combined in either order: same') FROM part AS a, part AS b WHERE (a.i + b.i)::text IS NOT DISTINCT FROM (b.i + a.i)::text;
SELECT is(count(*), 15::bigint, 'combined: events and skipped add up')
FROM part AS a, part AS b
WHERE hotspot.size(a.i + b.i) = coalesce(hotspot.size(a.i), 0) + coalesce(hotspot.size(b.i), 0)
	AND hotspot.skipped(a.i + b.i) = coalesce(hotspot.skipped(a.i), 0) + coalesce(hotspot.skipped(b.i), 0);

-- Window functions read the state between rows and must not disturb it: it may be read flat and expanded.
CREATE FUNCTION answers(i hotspot.incidents) RETURNS text LANGUAGE sql
RETURN (SELECT string_agg(a::text, '') FROM hotspot.near_repeat(i, '{0,0.5,2}', '{0,3 days}', rest => true) AS a);
SELECT is(count(*), 200::bigint, 'running pairs are those of one scan')
FROM (SELECT n, answers(hotspot.incidents(geom, at) OVER (ORDER BY n)) AS running FROM crime WHERE n <= 200) AS q
	JOIN (SELECT m AS n, (SELECT answers(hotspot.incidents(geom, at)::text::hotspot.incidents) FROM crime WHERE n <= m) AS alone FROM generate_series(1, 200) AS m) AS r
	USING (n)
WHERE running = alone;

-- Storage: a table out of line, compressed and not.
CREATE TABLE stored (share integer, plain hotspot.incidents, compressed hotspot.incidents);
ALTER TABLE stored ALTER plain SET STORAGE external;
INSERT INTO stored SELECT share, i, i FROM (SELECT share, hotspot.incidents(geom, at) AS i FROM crime GROUP BY share) AS q;
SELECT cmp_ok(min(pg_column_size(plain)), '>', 8000, 'out of line') FROM stored;
SELECT is((SELECT hotspot.merge(plain)::text FROM stored) = bytes AND (SELECT hotspot.merge(compressed)::text FROM stored) = bytes, true, 'stored incidents merge to the whole') FROM answer;

SELECT * FROM finish();
ROLLBACK;
