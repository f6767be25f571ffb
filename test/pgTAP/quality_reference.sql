-- quality() against counts in plain SQL, and order-free: the same rows give the same bytes and the same report, whatever
-- their order and the plan.
BEGIN;
SELECT plan(20);

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- A star with 300 points, a hole and an island, whose vertices are whole numbers, as are half of the points: some lie on
-- its edges.
CREATE TABLE force AS
WITH star AS (
	SELECT array_agg(ST_Point(round(cos(radians(k * 1.2)) * (400 + 300 * (k % 2))), round(sin(radians(k * 1.2)) * (400 + 300 * (k % 2)))) ORDER BY k) AS p
	FROM generate_series(0, 299) AS k
)
SELECT ST_SetSRID(ST_Collect(ST_MakePolygon(ST_MakeLine(p || p[1]), ARRAY[ST_ExteriorRing(ST_MakeEnvelope(-50, -80, 100, 60))]),
	'POLYGON ((800 800, 900 800, 900 900, 850 850, 800 900, 800 800))'), 27700) AS area FROM star;

CREATE TABLE crime AS
SELECT n, CASE
		WHEN n % 101 = 0 THEN NULL
		WHEN n % 103 = 0 THEN 'SRID=27700;POINT EMPTY'
		WHEN n % 107 = 0 THEN 'SRID=27700;LINESTRING (0 0, 1 1)'
		WHEN n % 109 = 0 THEN ST_SetSRID(ST_Point(1, 'Infinity'), 27700)
		WHEN n % 37 = 0 THEN 'SRID=27700;POINT (0 0)'
		WHEN n % 31 = 0 THEN 'SRID=27700;POINT (250 250)'
		WHEN n % 29 = 0 THEN ST_SetSRID(ST_Point(pick(n, 1, 30), 5), 4326)
		ELSE ST_SetSRID(ST_Point(pick(n, 2, 2000) - 1000 + n % 2 * 0.37, pick(n, 3, 2000) - 1000 + n % 2 * 0.61), 27700)
	END AS geom,
	CASE WHEN n % 13 > 0 THEN timestamptz '2016-01-01 00:00+00' + pick(n, 4, 40000) * interval '30 min' END AS start,
	CASE WHEN n % 5 > 0 THEN timestamptz '2016-01-01 00:00+00' + pick(n, 4 + n % 3 / 2, 40000) * interval '30 min' END AS finish, n % 12 AS month
FROM generate_series(1, 30000) AS n;
ALTER TABLE crime SET (parallel_workers = 4);
ANALYZE crime;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE report AS SELECT hotspot.quality(geom, start, finish, (SELECT area FROM force), 'Europe/London') AS r FROM crime;

-- Counts that plain SQL makes.
CREATE TABLE located AS
SELECT n, geom, ST_X(p) AS x, ST_Y(p) AS y FROM crime, LATERAL (SELECT CASE WHEN GeometryType(geom) = 'POINT' THEN geom END AS p) AS q
WHERE ST_X(p) < 'Infinity' AND ST_Y(p) < 'Infinity';
-- Exact: the points that PostGIS finds off the boundary, and the rule of src/base/plane.h for all.
CREATE TABLE edge AS
SELECT ST_X(a) AS ax, ST_Y(a) AS ay, ST_X(b) AS bx, ST_Y(b) AS by
FROM (SELECT geom AS a, lead(geom) OVER (PARTITION BY path[1:2] ORDER BY path[3]) AS b FROM force, ST_DumpPoints(area)) AS q WHERE b IS NOT NULL;
CREATE TABLE tested AS
SELECT l.n, l.geom, (SELECT count(*) % 2 = 1 FROM edge WHERE (ay <= y) <> (by <= y)
	AND x < CASE WHEN ax < bx OR (ax = bx AND ay <= by) THEN ax + (y - ay) * (bx - ax) / (by - ay) ELSE bx + (y - by) * (ax - bx) / (ay - by) END) AS inside
FROM located AS l WHERE ST_SRID(geom) = 27700;
SELECT is((r).outside, (SELECT count(*) FROM tested WHERE NOT inside), 'outside, by the rule over all edges') FROM report;
SELECT is((SELECT count(*) FROM tested, force WHERE inside <> ST_Intersects(area, geom) AND NOT ST_Intersects(ST_Boundary(area), geom)), 0::bigint, 'which is that of PostGIS off the boundary');
SELECT cmp_ok((SELECT count(*) FROM tested, force WHERE ST_Intersects(ST_Boundary(area), geom)), '>', 0::bigint, 'some points are on the boundary');

SELECT is(ROW((r).rows, (r).missing, (r).empty, (r).not_a_point, (r).not_finite, (r).located, (r).at_origin, (r).other_srid, (r).tested)::text,
	ROW(count(*), count(*) FILTER (WHERE geom IS NULL), count(*) FILTER (WHERE ST_AsText(geom) = 'POINT EMPTY'), count(*) FILTER (WHERE GeometryType(geom) <> 'POINT'),
		count(*) FILTER (WHERE ST_X(CASE WHEN GeometryType(geom) = 'POINT' THEN geom END) = 1 AND ST_Y(CASE WHEN GeometryType(geom) = 'POINT' THEN geom END) = 'Infinity'),
		(SELECT count(*) FROM located), (SELECT count(*) FROM located WHERE x = 0 AND y = 0), (SELECT count(*) FROM located WHERE ST_SRID(geom) <> 27700), (SELECT count(*) FROM tested))::text,
	'counts of places')
FROM report, crime GROUP BY r;

CREATE VIEW point AS SELECT ST_SRID(geom) AS srid, x, y, count(*) AS events FROM located GROUP BY 1, 2, 3;
SELECT is(ROW((r).points, (r).repeated_points, (r).repeated)::text,
	ROW(count(*), count(*) FILTER (WHERE events >= (r).repeated_from), sum(events) FILTER (WHERE events >= (r).repeated_from))::text, 'counts of points')
FROM report, point GROUP BY r;
SELECT is((r).repeated_from, greatest(10, ceil((r).located / 1000.0))::bigint, 'one in 1000 makes a heavily repeated point') FROM report;
SELECT results_eq('SELECT ST_SRID(p.geom), ST_X(p.geom), ST_Y(p.geom), p.events FROM report, unnest((r).most_repeated) AS p',
	'SELECT * FROM point ORDER BY events DESC, srid, x, y LIMIT 10', 'the most repeated points');

SELECT is(ROW((r).start_missing, (r).timed, (r).at_midnight, (r).first_of_month, (r).in_future, (r).finished, (r).finish_before_start)::text,
	ROW(count(*) FILTER (WHERE start IS NULL), count(start), count(*) FILTER (WHERE wall::time = '00:00'), count(*) FILTER (WHERE wall = date_trunc('month', wall)),
		count(*) FILTER (WHERE start > now()), count(start) FILTER (WHERE finish IS NOT NULL), count(*) FILTER (WHERE finish < start))::text, 'counts of times')
FROM report, crime, LATERAL (SELECT start AT TIME ZONE 'Europe/London' AS wall) AS w GROUP BY r;
SELECT is(ROW((r).start_missing, (r).timed, (r).at_midnight, (r).first_of_month, (r).in_future, (r).finished, (r).finish_before_start)::text,
	ROW((q).start_missing, (q).timed, (q).at_midnight, (q).first_of_month, (q).in_future, (q).finished, (q).finish_before_start)::text, 'wall times give the same')
FROM report, (SELECT hotspot.quality(geom, start AT TIME ZONE 'Europe/London', CASE WHEN finish < start THEN start AT TIME ZONE 'Europe/London' - interval '1 day' ELSE start AT TIME ZONE 'Europe/London' + (finish - start) END,
		NULL, 'Europe/London') AS q FROM crime) AS s;
SELECT is((SELECT count(*) FROM report, hotspot.checks(r) AS c WHERE share IS DISTINCT FROM events::float8 / nullif(of_events, 0)), 0::bigint, 'shares are of what is said');

-- The states themselves.
CREATE AGGREGATE state(geometry, timestamptz, timestamptz, geometry, text) (SFUNC = hotspot.quality_counts_add, STYPE = hotspot.quality_counts, COMBINEFUNC = hotspot.quality_counts_merge, PARALLEL = SAFE);
CREATE AGGREGATE joined(hotspot.quality_counts) (SFUNC = hotspot.quality_counts_merge, STYPE = hotspot.quality_counts);
CREATE FUNCTION one_way(how text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(how, 'STATE(', 'state(geom, start, finish, (SELECT area FROM force), ''Europe/London''') || ')::text' INTO answer;
	RETURN answer;
END
$$;
CREATE TABLE answer AS SELECT one_way('(SELECT STATE() FROM crime)') AS bytes;
SELECT ok(one_way(how) = bytes, 'same bytes: ' || name) FROM answer, (VALUES
	('descending', '(SELECT STATE() FROM (SELECT * FROM crime ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT STATE( ORDER BY hashint8(n)) FROM crime)'),
	('by month, backwards', '(SELECT joined(s ORDER BY month DESC) FROM (SELECT month, STATE() AS s FROM crime GROUP BY month) AS q)'),
	('split in four', '(SELECT joined(s) FROM (SELECT STATE() AS s FROM crime GROUP BY pick(n, 9, 4)) AS q)'),
	('read back from text', '(SELECT joined(t::hotspot.quality_counts) FROM (SELECT STATE()::text AS t FROM crime GROUP BY month) AS q)')
) AS way (name, how);
SELECT is(hotspot.quality_counts_report(bytes::hotspot.quality_counts)::text, r::text, 'the report of the flat form') FROM answer, report;
-- A row more on top of what was flat.
SELECT is((hotspot.quality_counts_report(hotspot.quality_counts_add(bytes::hotspot.quality_counts, 'SRID=27700;POINT (5000 5000)', NULL, NULL, area, NULL))).outside,
	(r).outside + 1, 'a flat state goes on') FROM answer, report, force;

-- States that do not go together.
SELECT throws_like(format($$SELECT hotspot.quality_counts_merge(%L, hotspot.quality_counts_add(NULL, NULL, %s, NULL, %s, %L))$$, bytes, start, area, tz), message, message)
FROM answer, (VALUES
	('NULL::timestamptz', 'NULL', NULL, '%NULL in some rows%'),
	('NULL::timestamptz', '''POLYGON ((0 0, 1 0, 1 1, 0 0))''', NULL, '%areas that hash to%')
) AS v (start, area, tz, message);

-- Any number of workers.
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 4;
CREATE TABLE by_workers AS SELECT hotspot.quality(geom, start, finish, (SELECT area FROM force), 'Europe/London') AS r FROM crime;
SELECT is(b.r::text, a.r::text, 'the same report in parallel') FROM by_workers AS b, report AS a;

SELECT finish();
ROLLBACK;
