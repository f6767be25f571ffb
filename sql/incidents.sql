SET TimeZone = 'UTC';
SET DateStyle = 'ISO';

-- Five events, of which two are equal; nine rows that are left out.
CREATE TABLE crime (geom geometry(Point, 27700), at timestamptz);
INSERT INTO crime VALUES
	('SRID=27700;POINT(20 30)', '2026-03-01 12:00:10'), ('SRID=27700;POINT(10 -0.0)', '2026-03-01 12:00'),
	('SRID=27700;POINT(1e15 -1e15)', '294276-12-31 23:59:59.999999'), ('SRID=27700;POINT(20 30)', '2026-03-01 12:00:10'),
	('SRID=27700;POINT(10 30)', '4714-11-24 00:00:00+00 BC'),
	(NULL, '2026-03-01'), ('SRID=27700;POINT EMPTY', NULL),
	(ST_SetSRID(ST_MakePoint('NaN', 1), 27700), NULL), (ST_SetSRID(ST_MakePoint(1, '-Infinity'), 27700), '2026-03-01'),
	('SRID=27700;POINT(1 1.1e15)', '2026-03-01'), ('SRID=27700;POINT(-1.1e15 1)', 'infinity'),
	('SRID=27700;POINT(1 1)', NULL), ('SRID=27700;POINT(1 1)', 'infinity'), ('SRID=27700;POINT(1 1)', '-infinity');
SELECT hotspot.size(i), hotspot.srid(i), hotspot.skipped(i) FROM (SELECT hotspot.incidents(geom, at) AS i FROM crime) AS q;
SELECT reason, hotspot.skipped(i, reason)
FROM (SELECT hotspot.incidents(geom, at) AS i FROM crime) AS q, unnest('{geometry,coordinates,time}'::text[]) AS reason;

-- No row: NULL. No row that can be kept: incidents that say so.
SELECT hotspot.incidents(geom, at) IS NULL AS none FROM crime WHERE false;
SELECT hotspot.size(i), hotspot.srid(i), hotspot.skipped(i) FROM (SELECT hotspot.incidents(geom, at) AS i FROM crime WHERE at IS NULL) AS q;
SELECT hotspot.size(NULL::hotspot.incidents), hotspot.srid(NULL::hotspot.incidents), hotspot.skipped(NULL::hotspot.incidents),
	hotspot.skipped(NULL::hotspot.incidents, 'time');

-- merge and +: NULL is nothing, and what is there twice is kept twice.
SELECT hotspot.size(hotspot.merge(i)), hotspot.skipped(hotspot.merge(i))
FROM (SELECT hotspot.incidents(geom, at) FROM crime UNION ALL SELECT NULL UNION ALL SELECT hotspot.incidents(geom, at) FROM crime) AS q (i);
SELECT hotspot.merge(NULL::hotspot.incidents) IS NULL AS none, NULL::hotspot.incidents + NULL IS NULL AS no_sum;
SELECT (i + NULL)::text = i::text AS right_null, (NULL + i)::text = i::text AS left_null, hotspot.size(i + i) AS twice
FROM (SELECT hotspot.incidents(geom, at) AS i FROM crime) AS q;

-- The bytes, as src/targeting/incidents_flat.h has them.
CREATE FUNCTION reversed(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN (SELECT string_agg(substring($1 FROM n FOR 1), '' ORDER BY n DESC) FROM generate_series(1, length($1)) AS n);
CREATE FUNCTION event(at bigint, x float8, y float8) RETURNS text LANGUAGE sql IMMUTABLE
RETURN encode(reversed(int8send(at)) || reversed(float8send(x)) || reversed(float8send(y)), 'hex');
CREATE FUNCTION flat(srid integer, skipped bigint, events text = '') RETURNS text LANGUAGE sql IMMUTABLE
RETURN '0169' || encode(reversed(int4send(srid)) || decode(repeat('00', 16), 'hex') || reversed(int8send(skipped)), 'hex') || events;
SELECT hotspot.incidents('SRID=27700;POINT(1 2)', '2000-01-01'::timestamptz)::text = flat(27700, 0, event(0, 1, 2)) AS same;
SELECT hotspot.incidents(geom, at)::text = flat(0, 1, event(-1, 9, 9) || event(0, 1, 0) || event(0, 1, 2) || event(0, 1, 2) || event(0, 3, -1)) AS same
FROM (VALUES ('POINT(1 2)'::geometry, '2000-01-01'::timestamptz), ('POINT(3 -1)', '2000-01-01'), ('POINT(1 2)', '2000-01-01'), ('POINT(1 1)', NULL),
	('POINT(9 9)', '1999-12-31 23:59:59.999999'), ('POINT ZM (1 -0.0 7 8)', '2000-01-01')) AS v (geom, at);

-- Wall time, whatever the session's zone is: 18:30 in London is 17:30 UTC in summer; what the clock shows twice is GMT.
SET TimeZone = 'Asia/Tokyo';
SELECT hotspot.incidents('POINT(1 2)'::geometry, at, tz)::text = hotspot.incidents('POINT(1 2)', instant)::text AS same
FROM (VALUES ('2026-07-01 18:30'::timestamp, 'Europe/London', '2026-07-01 17:30Z'::timestamptz), ('2026-10-25 01:30', 'Europe/London', '2026-10-25 01:30Z'),
	('2026-07-01 18:30', 'America/Chicago', '2026-07-01 23:30Z')) AS v (at, tz, instant)
GROUP BY at, tz, instant;
-- A date is noon UTC, and so the same local date in zones from -12 to +11 hours.
SELECT hotspot.incidents('POINT(1 2)'::geometry, date '2026-07-01')::text = hotspot.incidents('POINT(1 2)', '2026-07-01 12:00Z')::text AS same;
SELECT hotspot.skipped(hotspot.incidents('POINT(1 2)'::geometry, d), 'time') FROM unnest('{NULL,infinity,-infinity,294276-12-31}'::date[]) AS d;
SELECT hotspot.skipped(hotspot.incidents('POINT(1 2)'::geometry, t, 'Europe/London'), 'time') FROM unnest('{NULL,infinity,-infinity}'::timestamp[]) AS t;
SET TimeZone = 'UTC';

-- What cannot be incidents.
SELECT hotspot.incidents(geom, at AT TIME ZONE 'UTC') FROM crime;
SELECT hotspot.incidents(geom, at AT TIME ZONE 'UTC', NULL) FROM crime;
SELECT hotspot.incidents(geom, at AT TIME ZONE 'UTC', 'Europe/Camelot') FROM crime;
SELECT hotspot.incidents('POINT(1 2)'::geometry, date '5874897-12-31');
SELECT hotspot.incidents('SRID=27700;LINESTRING(0 0, 1 1)', '2026-03-01'::timestamptz);
SELECT hotspot.incidents('SRID=4326;POINT(-0.1 51.5)', '2026-03-01'::timestamptz);
SELECT hotspot.incidents(g, '2026-03-01'::timestamptz) FROM unnest('{SRID=27700;POINT(1 1):SRID=3857;POINT(1 1)}'::geometry[]) AS g;
SELECT hotspot.incidents(geom, at) + hotspot.incidents(ST_SetSRID(geom, 3857), at) FROM crime;
SELECT hotspot.merge(i) FROM (SELECT hotspot.incidents(geom, at) FROM crime UNION ALL SELECT hotspot.incidents(ST_SetSRID(geom, 3857), at) FROM crime) AS q (i);
SELECT hotspot.skipped(hotspot.incidents(geom, at), 'rain') FROM crime;
SELECT hotspot.skipped(hotspot.incidents(geom, at), NULL) FROM crime;

-- Bytes that are no incidents.
SELECT 'zz'::hotspot.incidents;
SELECT ''::hotspot.incidents;
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 150)::text::hotspot.incidents;
SELECT ('02' || substr(flat(-1, 0), 3))::hotspot.incidents;
SELECT left(flat(-1, 0), -2)::hotspot.incidents;
SELECT (flat(0, 0, event(0, 1, 2)) || '00')::hotspot.incidents;
SELECT left(flat(0, 0, event(0, 1, 2)), -2)::hotspot.incidents;
SELECT flat(-2, 0)::hotspot.incidents;
SELECT flat(1000000, 0, event(0, 1, 2))::hotspot.incidents;
SELECT flat(0, 0)::hotspot.incidents;
SELECT flat(-1, 0, event(0, 1, 2))::hotspot.incidents;
SELECT flat(-1, 3074457345618258603)::hotspot.incidents;
SELECT flat(-1, -1)::hotspot.incidents;
SELECT flat(0, 0, event(1, 1, 2) || event(0, 1, 2))::hotspot.incidents;
SELECT flat(0, 0, event(0, 2, 2) || event(0, 1, 2))::hotspot.incidents;
SELECT flat(0, 0, event(0, 1, 2) || event(0, 1, 1))::hotspot.incidents;
SELECT flat(0, 0, event(0, 'NaN', 2))::hotspot.incidents;
SELECT flat(0, 0, event(0, 1, '-Infinity'))::hotspot.incidents;
SELECT flat(0, 0, event(0, 1.1e15, 2))::hotspot.incidents;
SELECT flat(0, 0, event(0, '-0', 2))::hotspot.incidents;
SELECT flat(0, 0, event(0, 1, '-0'))::hotspot.incidents;
SELECT flat(0, 0, event(-211813488000000001, 1, 2))::hotspot.incidents;
SELECT flat(0, 0, event(9223371331200000000, 1, 2))::hotspot.incidents;
-- Geographic coordinates that no aggregate would have taken.
SELECT hotspot.near_repeat(flat(4326, 0, event(0, 1, 2))::hotspot.incidents, '{0,1}', '{0,1 day}');

-- More skipped events than can be counted.
SELECT flat(-1, 3074457345618258602)::hotspot.incidents + flat(-1, 1)::hotspot.incidents;

DROP FUNCTION flat, event, reversed;
DROP TABLE crime;
