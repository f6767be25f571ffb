SET TimeZone = 'UTC';
SET DateStyle = 'ISO';

-- Six fixes, one of them twice and two at one time; nine rows that are left out.
CREATE TABLE ping (at timestamptz, geom geometry(Point, 27700), accuracy float8);
INSERT INTO ping VALUES
	('2026-03-01 12:00:10', 'SRID=27700;POINT(20 30)', 5), ('2026-03-01 12:00:00', 'SRID=27700;POINT(10 -0.0)', NULL),
	('2026-03-01 12:00:20', 'SRID=27700;POINT(1e15 -1e15)', -0.0), ('2026-03-01 12:00:10', 'SRID=27700;POINT(10 30)', NULL),
	('2026-03-01 12:00:10', 'SRID=27700;POINT(20 30)', 5), ('2026-03-01 12:00:10', 'SRID=27700;POINT(99 99)', 2.5),
	(NULL, 'SRID=27700;POINT(1 1)', 1), ('infinity', NULL, -1), ('-infinity', 'SRID=27700;POINT(1 1)', 1),
	('2026-03-01 12:00:30', NULL, -1), ('2026-03-01 12:00:30', 'SRID=27700;POINT EMPTY', 1),
	('2026-03-01 12:00:30', ST_SetSRID(ST_MakePoint('NaN', 1), 27700), 'NaN'),
	('2026-03-01 12:00:30', ST_SetSRID(ST_MakePoint(1, '-Infinity'), 27700), 1),
	('2026-03-01 12:00:30', 'SRID=27700;POINT(1 1.1e15)', 1),
	('2026-03-01 12:00:30', 'SRID=27700;POINT(1 1)', 'Infinity');

-- By time, then the best accuracy first, then x and y. No zero has a sign.
SELECT f.at, ST_AsText(f.geom) AS geom, ST_SRID(f.geom) AS srid, f.accuracy
FROM (SELECT hotspot.track(at, geom, accuracy) AS t FROM ping) AS q, hotspot.fixes(q.t) AS f;
SELECT hotspot.size(t), hotspot.skipped(t), hotspot.srid(t), hotspot.during(t)
FROM (SELECT hotspot.track(at, geom, accuracy) AS t FROM ping) AS q;
SELECT reason, hotspot.skipped(t, reason)
FROM (SELECT hotspot.track(at, geom, accuracy) AS t FROM ping) AS q,
	unnest('{time,geometry,coordinates,accuracy}'::text[]) AS reason;
SELECT hotspot.skipped(hotspot.track('2026-03-01', 'POINT(1 1)', a), 'accuracy') FROM unnest('{-1,NaN,Infinity,-Infinity,0,NULL}'::float8[]) AS a;

-- Without accuracies: those at one time by x and y, and a row is not left out for its accuracy.
SELECT f.at, ST_AsText(f.geom) AS geom, f.accuracy
FROM (SELECT hotspot.track(at, geom) AS t FROM ping) AS q, hotspot.fixes(q.t) AS f;

-- Only x and y are kept; an SRID may be unknown, or geographic.
SELECT ST_AsEWKT(f.geom) AS geom
FROM (SELECT hotspot.track('2026-03-01', g) AS t
	FROM unnest('{POINT ZM (1 2 3 4):SRID=4326;POINT(-0.1 51.5)}'::geometry[]) AS g GROUP BY ST_SRID(g) ORDER BY ST_SRID(g)) AS q,
	hotspot.fixes(q.t) AS f;

-- The first and the last microsecond that a time can be.
SELECT hotspot.during(hotspot.track(at, 'POINT(0 0)'))
FROM unnest('{4714-11-24 00:00:00+00 BC,294276-12-31 23:59:59.999999+00}'::timestamptz[]) AS at;

-- No row: NULL. No row that can be kept: a track that says so.
SELECT hotspot.track(at, geom) FROM ping WHERE false;
SELECT hotspot.size(t), hotspot.skipped(t), hotspot.srid(t), hotspot.during(t), (SELECT count(*) FROM hotspot.fixes(t)) AS fixes
FROM (SELECT hotspot.track(at, geom, accuracy) AS t FROM ping WHERE geom IS NULL OR ST_IsEmpty(geom)) AS q;
SELECT hotspot.size(NULL::hotspot.track), hotspot.skipped(NULL::hotspot.track), hotspot.skipped(NULL::hotspot.track, 'time'),
	hotspot.srid(NULL::hotspot.track), hotspot.during(NULL::hotspot.track);
SELECT * FROM hotspot.fixes(NULL::hotspot.track);

-- merge and +: NULL is nothing, and what is there twice is kept twice.
SELECT hotspot.size(hotspot.merge(t)), hotspot.skipped(hotspot.merge(t))
FROM (SELECT hotspot.track(at, geom) FROM ping UNION ALL SELECT NULL UNION ALL SELECT hotspot.track(at, geom) FROM ping) AS q (t);
SELECT hotspot.merge(NULL::hotspot.track) IS NULL AS none;
SELECT NULL::hotspot.track + NULL IS NULL AS no_sum,
	(t + NULL)::text = t::text AS right_null, (NULL + t)::text = t::text AS left_null, hotspot.size(t + t) AS twice
FROM (SELECT hotspot.track(at, geom, accuracy) AS t FROM ping) AS q;
-- The accuracy of one is written for all, and of none for none.
SELECT f.accuracy, ST_X(f.geom) AS x
FROM (SELECT hotspot.track('2026-03-01', 'POINT(1 1)') + hotspot.track('2026-03-01', 'POINT(2 1)', 7) AS t) AS q, hotspot.fixes(q.t) AS f;
SELECT hotspot.track('2026-03-01', 'POINT(1 1)')::text = hotspot.track('2026-03-01', 'POINT(1 1)', NULL::float8)::text AS same;

-- Wall time, whatever the session's zone is. In London the clock went from 01:00 to 02:00 on 29 March 2026 and from
-- 02:00 back to 01:00 on 25 October: times that are there twice or never are read as GMT.
CREATE TABLE local_ping (at timestamp, geom geometry, accuracy float8);
INSERT INTO local_ping SELECT day + n * interval '20 minutes', ST_MakePoint(n, 0), n
FROM unnest('{2026-03-29 00:20,2026-10-25 00:20}'::timestamp[]) AS day, generate_series(0, 6) AS n;
SET TimeZone = 'Asia/Tokyo';
CREATE TABLE instant AS
SELECT f.at, f.geom FROM (SELECT hotspot.track(at, geom, 'Europe/London') AS t FROM local_ping) AS q, hotspot.fixes(q.t) AS f;
SET TimeZone = 'UTC';
SELECT at, ST_X(geom) AS x FROM instant;
SELECT count(*) FROM local_ping AS p JOIN instant AS i ON i.at = p.at AT TIME ZONE 'Europe/London' AND i.geom = p.geom;
SELECT hotspot.during(hotspot.track(at, geom, accuracy, 'europe/london')), hotspot.size(hotspot.track(at, geom, accuracy - 1, 'Europe/London')) FROM local_ping;
-- Each row may have its own zone; abbreviations and offsets are read as AT TIME ZONE reads them.
SELECT f.at, ST_X(f.geom) AS x
FROM (SELECT hotspot.track('2026-07-01 12:00'::timestamp, ST_MakePoint(n, 0), tz) AS t
	FROM unnest('{Europe/London,Europe/Paris,BST,UTC+3}'::text[]) WITH ORDINALITY AS z (tz, n)) AS q, hotspot.fixes(q.t) AS f;
SELECT hotspot.skipped(hotspot.track(at, 'POINT(1 1)'::geometry, 'Europe/London'), 'time') FROM unnest('{NULL,infinity,-infinity}'::timestamp[]) AS at;

-- What cannot be a track.
SELECT hotspot.track(at, geom) FROM local_ping;
SELECT hotspot.track(at, geom, accuracy) FROM local_ping;
SELECT hotspot.track(at, geom, NULL::text) FROM local_ping;
SELECT hotspot.track(at, geom, accuracy, NULL) FROM local_ping;
SELECT hotspot.track(NULL::timestamp, geom, NULL::text) FROM local_ping;
SELECT hotspot.track(at, geom, 'Europe/Camelot') FROM local_ping;
SELECT hotspot.track('2026-03-01', 'SRID=27700;LINESTRING(0 0, 1 1)');
SELECT hotspot.track('2026-03-01', g) FROM unnest('{SRID=27700;POINT(1 1):SRID=3857;POINT(1 1)}'::geometry[]) AS g;
SELECT hotspot.track(at, geom) + hotspot.track(at, ST_SetSRID(geom, 3857)) FROM ping;
SELECT hotspot.merge(t) FROM (SELECT hotspot.track(at, geom) FROM ping UNION ALL SELECT hotspot.track(at, ST_SetSRID(geom, 3857)) FROM ping) AS q (t);
SELECT hotspot.skipped(hotspot.track(at, geom), 'rain') FROM ping;
SELECT hotspot.skipped(hotspot.track(at, geom), NULL) FROM ping;

-- The bytes, as src/tracking/track_flat.h has them.
CREATE FUNCTION reversed(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN (SELECT string_agg(substring($1 FROM n FOR 1), '' ORDER BY n DESC) FROM generate_series(1, length($1)) AS n);
CREATE FUNCTION fix(at bigint, x float8, y float8, accuracy float8 = NULL) RETURNS text LANGUAGE sql IMMUTABLE
RETURN encode(reversed(int8send(at)) || reversed(float8send(x)) || reversed(float8send(y)) || coalesce(reversed(float8send(accuracy)), ''), 'hex');
CREATE FUNCTION flat(srid integer, skipped bigint, kind integer, fixes text = '') RETURNS text LANGUAGE sql IMMUTABLE
RETURN '0174' || encode(reversed(int4send(srid)) || decode(repeat('00', 24), 'hex') || reversed(int8send(skipped)) || substring(int4send(kind) FROM 4), 'hex') || fixes;
SELECT flat(27700, 0, 0, fix(0, 1, 2));
SELECT hotspot.track('2000-01-01', 'SRID=27700;POINT(1 2)')::text = flat(27700, 0, 0, fix(0, 1, 2)) AS plain;
SELECT hotspot.track(at, 'POINT(1 2)', a)::text = flat(0, 1, 1, fix(0, 1, 2, 0.5) || fix(0, 1, 2, 'Infinity') || fix(1, 1, 2, 3)) AS accurate
FROM (VALUES ('2000-01-01 00:00:00.000001'::timestamptz, 3::float8), ('2000-01-01', NULL), ('2000-01-01', -3), ('2000-01-01', 0.5)) AS p (at, a);
SELECT hotspot.size(t::hotspot.track)
FROM (VALUES (flat(-1, 7, 0)), (flat(0, 0, 0, fix(-5, 0, 0) || fix(-5, 0, 0))), (flat(999999, 2305843009213693951, 1, fix(-5, 0, 0, 0)))) AS v (t);
SELECT upper(flat(0, 0, 0, fix(0, 1, 2)))::hotspot.track;

-- Bytes that are no track.
SELECT 'zz'::hotspot.track;
SELECT ''::hotspot.track;
SELECT '0273'::hotspot.track;
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 150)::text::hotspot.track;
SELECT ('02' || substr(flat(-1, 0, 0), 3))::hotspot.track;
SELECT left(flat(-1, 0, 0), -2)::hotspot.track;
SELECT flat(-1, 0, 2)::hotspot.track;
SELECT (flat(0, 0, 0, fix(0, 1, 2)) || '00')::hotspot.track;
SELECT left(flat(0, 0, 0, fix(0, 1, 2)), -2)::hotspot.track;
SELECT flat(0, 0, 1, fix(0, 1, 2) || fix(0, 1, 2) || fix(0, 1, 2))::hotspot.track;
SELECT flat(-2, 0, 0)::hotspot.track;
SELECT flat(1000000, 0, 0, fix(0, 1, 2))::hotspot.track;
SELECT flat(0, 0, 0)::hotspot.track;
SELECT flat(-1, 0, 0, fix(0, 1, 2))::hotspot.track;
SELECT flat(-1, 2305843009213693952, 0)::hotspot.track;
SELECT flat(-1, -1, 0)::hotspot.track;
SELECT flat(0, 0, 0, fix(1, 1, 2) || fix(0, 1, 2))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, 2, 2) || fix(0, 1, 2))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, 1, 2) || fix(0, 1, 1))::hotspot.track;
SELECT flat(0, 0, 1, fix(0, 1, 2, 'Infinity') || fix(0, 1, 2, 1))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, 'NaN', 2))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, 1, '-Infinity'))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, 1.1e15, 2))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, '-0', 2))::hotspot.track;
SELECT flat(0, 0, 0, fix(0, 1, '-0'))::hotspot.track;
SELECT flat(0, 0, 1, fix(0, 1, 2, -1))::hotspot.track;
SELECT flat(0, 0, 1, fix(0, 1, 2, '-0'))::hotspot.track;
SELECT flat(0, 0, 1, fix(0, 1, 2, 'NaN'))::hotspot.track;
SELECT flat(0, 0, 1, fix(0, 1, 2, 'Infinity'))::hotspot.track;
SELECT flat(-1, 0, 1)::hotspot.track;
SELECT flat(0, 0, 0, fix(-211813488000000001, 1, 2))::hotspot.track;
SELECT flat(0, 0, 0, fix(9223371331200000000, 1, 2))::hotspot.track;

-- More skipped fixes than can be counted.
SELECT flat(-1, 2305843009213693951, 0)::hotspot.track + flat(-1, 1, 0)::hotspot.track;

DROP FUNCTION flat, fix, reversed;
DROP TABLE ping, local_ping, instant;
