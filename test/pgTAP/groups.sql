-- Summaries of many groups: hashed as sorted, in windows, and in one memory context, for a hash aggregate adds up the
-- memory of all contexts at each new group.
BEGIN;
SELECT plan(7);

CREATE TEMP TABLE event AS
SELECT n % 500 AS g, n, timestamptz '2026-01-05 00:00+00' + n * interval '37 minutes' AS at,
	ST_SetSRID(ST_MakePoint(n * 37 % 1009, n * 91 % 503), 27700) AS geom
FROM generate_series(1, 10000) AS n;
ANALYZE event;

-- All summaries of each group, with states that grow at different times.
CREATE FUNCTION pg_temp.by_group() RETURNS TABLE (g integer, summaries text) LANGUAGE sql AS $$
	SELECT g, concat_ws(' ', hotspot.surface(geom, 10), hotspot.track(at, geom), hotspot.week(at, 1, 'UTC'), hotspot.incidents(geom, at),
		hotspot.patrol(n, at, at + interval '5 minutes'), hotspot.panel(n % 7, n % 4, 1, NULL),
		hotspot.trial(n % 7, at::date, n % 2 = 0, 1), hotspot.displacement('treated', n % 2 = 0),
		hotspot.did(n, n % 2 = 0, n % 3 = 0, n % 7))
	FROM event GROUP BY g $$;

SET LOCAL enable_sort = off;
CREATE TEMP TABLE hashed AS SELECT * FROM pg_temp.by_group();
-- Groups that spill to disk.
SET LOCAL work_mem = '64kB';
CREATE TEMP TABLE spilled AS SELECT * FROM pg_temp.by_group();
RESET work_mem;
RESET enable_sort;
SET LOCAL enable_hashagg = off;
CREATE TEMP TABLE sorted AS SELECT * FROM pg_temp.by_group();
RESET enable_hashagg;
SELECT is(count(*), 500::bigint, 'each group is there') FROM hashed;
SELECT set_eq('SELECT * FROM hashed', 'SELECT * FROM sorted', 'hashed as sorted');
SELECT set_eq('SELECT * FROM spilled', 'SELECT * FROM sorted', 'spilled as sorted');

-- Grouping sets keep several sets of states at once.
SELECT set_eq(
	'SELECT g, n % 3, hotspot.surface(geom, 10)::text FROM event GROUP BY GROUPING SETS ((g), (n % 3), ())',
	'SELECT g, NULL::int, hotspot.surface(geom, 10)::text FROM event GROUP BY g
	 UNION ALL SELECT NULL, n % 3, hotspot.surface(geom, 10)::text FROM event GROUP BY n % 3
	 UNION ALL SELECT NULL, NULL, hotspot.surface(geom, 10)::text FROM event', 'grouping sets');

-- Windows: states that go on, and that begin again.
SELECT is(count(*), 0::bigint, 'running windows')
FROM (SELECT n, hotspot.surface(geom, 10) OVER (PARTITION BY g ORDER BY n)::text AS s, g FROM event WHERE g < 5) AS w
WHERE s <> (SELECT hotspot.surface(e.geom, 10)::text FROM event AS e WHERE e.g = w.g AND e.n <= w.n);
SELECT is(count(*), 0::bigint, 'sliding windows')
FROM (SELECT n, hotspot.surface(geom, 10) OVER slide::text AS s, hotspot.track(at, geom) OVER slide::text AS t FROM event WHERE n <= 300
	WINDOW slide AS (ORDER BY n ROWS 2 PRECEDING)) AS w
WHERE (s, t) <> (SELECT hotspot.surface(e.geom, 10)::text, hotspot.track(e.at, e.geom)::text FROM event AS e WHERE e.n BETWEEN w.n - 2 AND w.n);

-- While the first group comes out, all states are there.
SET LOCAL enable_sort = off;
DECLARE groups CURSOR FOR SELECT g, hotspot.surface(geom, 10), hotspot.week(at, 1, 'UTC') FROM event GROUP BY g;
MOVE groups;
SELECT is(count(*), 1::bigint, 'the states of all groups share a memory context')
FROM pg_backend_memory_contexts WHERE name = 'hotspot summary';
CLOSE groups;

SELECT * FROM finish();
ROLLBACK;
