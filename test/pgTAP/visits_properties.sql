-- What must hold of visits() whatever the fixes and the zones are.
BEGIN;
SELECT plan(22);
SET LOCAL timezone = 'UTC';

CREATE FUNCTION random_of(key integer, unit bigint, k bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(unit * 1000 + k, key) & 9007199254740991) / 9007199254740992::float8;

-- 200 units of 100 fixes: on a lattice of 1/1024, so that they can be moved without rounding; with silences, disorder,
-- stray fixes, waits, and several fixes at a time.
CREATE TABLE fix AS
SELECT unit, k, '2024-06-01Z'::timestamptz + sum(lasts) OVER w * interval '1 us' AS at,
	floor(1024 * (500 + sum(dx) OVER w + CASE WHEN stray < 0.03 THEN 3000 ELSE 0 END)) / 1024 AS x, floor(1024 * (500 + sum(dy) OVER w)) / 1024 AS y,
	CASE WHEN random_of(7, unit, k) < 0.5 THEN floor(40 * random_of(8, unit, k)) END AS accuracy
FROM (SELECT unit, k, random_of(1, unit, k) AS stray,
		CASE WHEN random_of(2, unit, k) < 0.05 THEN 0 WHEN random_of(2, unit, k) < 0.08 THEN 900000000 ELSE floor(60000000 * random_of(3, unit, k)) END AS lasts,
		CASE WHEN random_of(4, unit, k) < 0.2 THEN 0 ELSE 300 * (random_of(5, unit, k) - 0.5) END AS dx, CASE WHEN random_of(4, unit, k) < 0.2 THEN 0 ELSE 300 * (random_of(6, unit, k) - 0.5) END AS dy
	FROM generate_series(1, 200) AS unit, generate_series(1, 100) AS k) AS q
WINDOW w AS (PARTITION BY unit ORDER BY k);
ALTER TABLE fix SET (parallel_workers = 4);
ANALYZE fix;

-- Stars that overlap, and a hole.
CREATE TABLE area AS
SELECT 'star ' || n AS id, ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))) AS area
FROM (SELECT n, ST_MakeLine(ST_MakePoint(floor(1000 * random_of(20, n, 0) + r * cos(k * pi() / 4)), floor(1000 * random_of(21, n, 0) + r * sin(k * pi() / 4))) ORDER BY k) AS line
	FROM generate_series(1, 12) AS n, generate_series(0, 7) AS k, LATERAL (SELECT 100 + 200 * random_of(22, n, k)) AS v (r) GROUP BY n) AS q
UNION ALL SELECT 'hole', 'POLYGON((100 100,900 100,900 900,100 900,100 100),(300 300,700 300,500 700,300 300))';
CREATE TABLE zone AS SELECT hotspot.zones(id, area) AS zones FROM area;
ALTER TABLE zone SET (parallel_workers = 0);

CREATE TABLE track AS SELECT unit, hotspot.track(at, ST_MakePoint(x, y), accuracy ORDER BY k) AS track FROM fix GROUP BY unit;
CREATE TABLE visit AS SELECT unit, v.* FROM track, zone, hotspot.visits(track, zones, max_speed => 70, max_accuracy => 35) AS v;
SELECT cmp_ok(count(*), '>', 4000::bigint, 'there are visits') FROM visit;

-- ---- order, split and workers ----

CREATE FUNCTION differs(tracks text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('WITH other AS (SELECT unit, v.* FROM %s AS track (unit, track), zone, hotspot.visits(track, zones, max_speed => 70, max_accuracy => 35) AS v)
		SELECT q::text FROM ((TABLE visit EXCEPT ALL TABLE other) UNION ALL (TABLE other EXCEPT ALL TABLE visit)) AS q', tracks);
END
$$;
SELECT is_empty(format('SELECT * FROM differs(%L)', tracks), 'same visits: ' || name)
FROM (VALUES
	('backwards', '(SELECT unit, hotspot.track(at, ST_MakePoint(x, y), accuracy ORDER BY k DESC) FROM fix GROUP BY unit)'),
	('shuffled', '(SELECT unit, hotspot.track(at, ST_MakePoint(x, y), accuracy ORDER BY random_of(30, unit, k)) FROM fix GROUP BY unit)'),
	('merged from four tracks split at random', '(SELECT unit, hotspot.merge(t) FROM (SELECT unit, hotspot.track(at, ST_MakePoint(x, y), accuracy) AS t FROM fix GROUP BY unit, floor(4 * random_of(31, unit, k))) AS q GROUP BY unit)'),
	('split by time', '(SELECT unit, hotspot.merge(t) FROM (SELECT unit, hotspot.track(at, ST_MakePoint(x, y), accuracy) AS t FROM fix GROUP BY unit, k / 25) AS q GROUP BY unit)'),
	('each fix twice', '(SELECT unit, track + track FROM track)'),
	('read back from text', '(SELECT unit, track::text::hotspot.track FROM track)')) AS v (name, tracks);
SELECT is_empty($$
	SELECT v.* FROM track, (SELECT zones::text::hotspot.zones FROM zone) AS z (zones), hotspot.visits(track, zones, max_speed => 70, max_accuracy => 35) AS v
	EXCEPT SELECT zone, arrived, departed, dwell, intervals, pings, path_length, starts_cut, ends_cut, passing, interpolated FROM visit
$$, 'same visits: zones read back from text');

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE TABLE by_workers (workers integer, found visit);
DO $$
BEGIN
	FOR workers IN 1 .. 4 LOOP
		PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
		-- CREATE TABLE AS may use workers, INSERT ... SELECT may not.
		CREATE TABLE parallel_visit AS
		SELECT unit, v.* FROM (SELECT unit, hotspot.track(at, ST_MakePoint(x, y), accuracy) AS track FROM fix GROUP BY unit) AS t, zone, hotspot.visits(track, zones, max_speed => 70, max_accuracy => 35) AS v;
		INSERT INTO by_workers SELECT workers, p::text::visit FROM parallel_visit AS p;
		DROP TABLE parallel_visit;
	END LOOP;
END
$$;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is_empty('SELECT workers, v FROM generate_series(1, 4) AS workers, visit AS v EXCEPT TABLE by_workers', '1 to 4 workers: all visits');
SELECT is(count(*), 4 * (SELECT count(*) FROM visit), 'and no others') FROM by_workers;

-- ---- moves ----

-- By what is a power of two or whole, so that no coordinate is rounded. Crossings may be rounded otherwise, though not here.
SELECT is_empty($$
	SELECT unit, zone, arrived, departed, dwell, intervals, pings, starts_cut, ends_cut FROM visit
	EXCEPT SELECT unit, zone, arrived - shift, departed - shift, dwell, (SELECT range_agg(tstzrange(lower(r) - shift, upper(r) - shift)) FROM unnest(intervals) AS r), pings, starts_cut, ends_cut
	FROM (SELECT interval '12345 days 1.234567 s') AS s (shift), (SELECT unit, hotspot.track(at + shift, ST_MakePoint(x, y), accuracy) AS track FROM fix, (SELECT interval '12345 days 1.234567 s') AS s (shift) GROUP BY unit) AS t,
		zone, hotspot.visits(track, zones, max_speed => 70, max_accuracy => 35) AS v
$$, 'later by some days: the same visits, later');
CREATE TABLE moved AS
SELECT unit, v.*
FROM (SELECT unit, hotspot.track(at, ST_MakePoint(x + 65536, y - 131072), accuracy) AS track FROM fix GROUP BY unit) AS t, (SELECT hotspot.zones(id, ST_Translate(area, 65536, -131072)) AS zones FROM area) AS z,
	hotspot.visits(track, zones, max_speed => 70, max_accuracy => 35) AS v;
SELECT is((SELECT count(*) FROM moved), (SELECT count(*) FROM visit), 'elsewhere: as many visits');
SELECT is_empty($$
	SELECT * FROM visit AS v FULL JOIN moved AS m ON v.unit = m.unit AND v.zone = m.zone AND v.arrived BETWEEN m.arrived - interval '1 us' AND m.arrived + interval '1 us'
	WHERE v.unit IS NULL OR m.unit IS NULL OR abs(extract(epoch FROM v.dwell - m.dwell)) > 0.000002 * (SELECT count(*) FROM unnest(v.intervals)) OR v.pings <> m.pings
$$, 'the same ones, to the microsecond');

-- ---- sums ----

-- Tiles on a lattice of 100, all over the country that is driven in: time in all of them is the time in their outline, and
-- where that holds everything, all bridged time.
CREATE TABLE tile AS SELECT hotspot.zones(i || ' ' || j, ST_MakeEnvelope(100 * i, 100 * j, 100 * i + 100, 100 * j + 100)) AS zones FROM generate_series(-10, 20) AS i, generate_series(-10, 20) AS j;
CREATE TABLE outline AS SELECT hotspot.zones('all', ST_MakeEnvelope(-1000, -1000, 2100, 2100)) AS zones;
SELECT is_empty($$
	SELECT unit, (SELECT sum(dwell) FROM tile, hotspot.visits(track, zones)), (SELECT sum(dwell) FROM outline, hotspot.visits(track, zones)) FROM track
	WHERE (SELECT sum(dwell) FROM tile, hotspot.visits(track, zones)) IS DISTINCT FROM (SELECT sum(dwell) FROM outline, hotspot.visits(track, zones))
$$, 'time in all tiles is time in their outline');
SELECT is_empty($$
	SELECT unit FROM track, (SELECT hotspot.zones('all', ST_MakeEnvelope(-1e6, -1e6, 1e6, 1e6)) AS zones) AS z
	WHERE (SELECT sum(dwell) FROM hotspot.visits(track, zones, max_speed => 70)) IS DISTINCT FROM (SELECT nullif(bridged, '0') FROM hotspot.coverage(track, max_speed => 70))
$$, 'time in a zone that holds all is all bridged time');
SELECT is_empty($$
	WITH tiled AS (SELECT unit, v.* FROM track, tile, hotspot.visits(track, zones) AS v)
	SELECT unit FROM tiled, unnest(intervals) AS r GROUP BY unit HAVING sum(upper(r) - lower(r)) <> (SELECT sum(upper(u) - lower(u)) FROM unnest(range_agg(r)) AS u)
$$, 'of tiles, no two hold a unit at once');
SELECT is_empty($$
	SELECT unit FROM visit, unnest(intervals) AS r GROUP BY unit HAVING (SELECT sum(upper(u) - lower(u)) FROM unnest(range_agg(r)) AS u) > sum(upper(r) - lower(r))
$$, 'of zones that overlap, the union is no more than the sum');
SELECT is_empty($$
	SELECT unit, zone, arrived FROM visit
	WHERE dwell <> (SELECT sum(upper(r) - lower(r)) FROM unnest(intervals) AS r) OR arrived <> lower(intervals) OR departed <> upper(intervals) OR dwell > departed - arrived OR interpolated > dwell
$$, 'a visit is the sum of its intervals');

-- A fix in the middle of a bridged leg says nothing new. An odd number of microseconds has no middle.
CREATE TABLE best AS
SELECT unit, at, x, y, lead(at) OVER w - at AS lasts, lead(x) OVER w AS next_x, lead(y) OVER w AS next_y
FROM (SELECT DISTINCT ON (unit, at) * FROM fix ORDER BY unit, at, accuracy, x, y) AS q WINDOW w AS (PARTITION BY unit ORDER BY at);
CREATE TABLE plain AS SELECT unit, v.* FROM (SELECT unit, hotspot.track(at, ST_MakePoint(x, y)) AS track FROM best GROUP BY unit) AS t, zone, hotspot.visits(track, zones) AS v;
CREATE TABLE denser AS
SELECT unit, v.*
FROM (SELECT unit, hotspot.track(at, ST_MakePoint(x, y)) AS track
	FROM (SELECT unit, at, x, y FROM best UNION ALL SELECT unit, at + lasts / 2, (x + next_x) / 2, (y + next_y) / 2 FROM best WHERE lasts <= '5 min' AND extract(microseconds FROM lasts) % 2 = 0) AS q GROUP BY unit) AS t,
	zone, hotspot.visits(track, zones) AS v;
SELECT is((SELECT count(*) FROM denser), (SELECT count(*) FROM plain), 'with fixes in between: as many visits');
SELECT is_empty($$
	SELECT * FROM plain AS v FULL JOIN denser AS d ON v.unit = d.unit AND v.zone = d.zone AND v.arrived BETWEEN d.arrived - interval '1 us' AND d.arrived + interval '1 us'
		AND v.departed BETWEEN d.departed - interval '1 us' AND d.departed + interval '1 us'
	WHERE v.unit IS NULL OR d.unit IS NULL OR abs(extract(epoch FROM v.dwell - d.dwell)) > 0.000001 * (SELECT count(*) FROM unnest(v.intervals)) OR v.pings > d.pings OR abs(v.path_length - d.path_length) > 0.001
$$, 'the same ones, to the microsecond an interval');

-- Days apart add up, wherever they begin; max_speed aside, which looks at the fixes before.
CREATE TABLE hour AS SELECT unit, v.* FROM track, zone, (SELECT tstzrange(at, at + '37 min') AS span FROM generate_series('2024-05-31 23:50Z'::timestamptz, '2024-06-01 06:00Z', '37 min') AS at) AS h, hotspot.visits(track, zones, still_gap => '20 min', during => span) AS v;
CREATE TABLE whole AS SELECT unit, v.* FROM track, zone, hotspot.visits(track, zones, still_gap => '20 min') AS v;
SELECT is_empty('SELECT unit, zone, range_agg(r), sum(upper(r) - lower(r)) FROM hour, unnest(intervals) AS r GROUP BY unit, zone EXCEPT SELECT unit, zone, range_agg(r), sum(upper(r) - lower(r)) FROM whole, unnest(intervals) AS r GROUP BY unit, zone', 'parts of 37 minutes add up to the whole');
SELECT is_empty('SELECT unit, zone, sum(dwell), sum(pings), round(sum(path_length)::numeric, 3) FROM whole GROUP BY unit, zone EXCEPT SELECT unit, zone, sum(dwell), sum(pings), round(sum(path_length)::numeric, 3) FROM hour GROUP BY unit, zone', 'dwell, pings and ways too');

SELECT * FROM finish();
ROLLBACK;
