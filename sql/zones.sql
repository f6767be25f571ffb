-- Answers are reckoned by hand from the rule: even-odd over all rings; of a boundary the lower and left parts are in, the
-- upper and right ones out.
CREATE FUNCTION zone(area text) RETURNS hotspot.zones LANGUAGE sql RETURN (SELECT hotspot.zones('Z', g) FROM (VALUES (area::geometry)) AS v (g));
-- Whether points, given as 'x y, x y', are in the zone Z: one letter a point.
CREATE FUNCTION held(zones hotspot.zones, points text) RETURNS text LANGUAGE sql
RETURN (SELECT string_agg(CASE hotspot.zone_at(zones, ST_GeomFromText('POINT(' || p || ')')) WHEN 'Z' THEN 'i' ELSE '-' END, '' ORDER BY n)
	FROM regexp_split_to_table(points, ' *, *') WITH ORDINALITY AS s (p, n));

-- A square: inside; corners from the lower left one on; middles of the lower, right, upper and left side; outside all around.
SELECT held(zone('POLYGON((0 0,10 0,10 10,0 10,0 0))'), '5 5, 0 0, 10 0, 10 10, 0 10, 5 0, 10 5, 5 10, 0 5, -1 5, 11 5, 5 -1, 5 11, -1 -1, 11 11') AS square;
-- Just beside its sides.
SELECT held(zone('POLYGON((0 0,10 0,10 10,0 10,0 0))'), '5 4e-16, 5 -4e-16, 9.999999999999998 5, 10.000000000000002 5, 5 9.999999999999998, 4e-16 5, -4e-16 5') AS beside;
-- Neither where a ring starts nor which way it goes matters.
SELECT held(zone('POLYGON((10 10,10 0,0 0,0 10,10 10))'), '5 5, 0 0, 10 0, 10 10, 0 10, 5 0, 10 5, 5 10, 0 5') AS clockwise;
-- A hole: its lower left boundary is out, its upper right one in.
SELECT held(zone('POLYGON((0 0,10 0,10 10,0 10,0 0),(4 4,6 4,6 6,4 6,4 4))'), '3 5, 5 5, 4 4, 6 4, 6 6, 4 6, 5 4, 6 5, 5 6, 4 5, 7 5') AS hole;
-- An island in the hole.
SELECT held(zone('MULTIPOLYGON(((0 0,10 0,10 10,0 10,0 0),(2 2,8 2,8 8,2 8,2 2)),((4 4,6 4,6 6,4 6,4 4)))'), '1 5, 3 5, 5 5, 7 5, 9 5, 11 5') AS nested;
SELECT held(zone('MULTIPOLYGON(((0 0,2 0,2 2,0 2,0 0)),((5 0,7 0,7 2,5 2,5 0)))'), '1 1, 3 1, 6 1, 8 1') AS apart;
-- What is covered twice is out.
SELECT held(zone('MULTIPOLYGON(((0 0,6 0,6 6,0 6,0 0)),((4 4,10 4,10 10,4 10,4 4)))'), '2 2, 5 5, 8 8, 4 4, 6 6') AS overlapping;
SELECT held(zone('MULTIPOLYGON(((0 0,6 0,6 6,0 6,0 0)),((0 0,6 0,6 6,0 6,0 0)))'), '2 2, 0 0') AS twice;
-- A bow-tie: two triangles that meet in (5 5).
SELECT held(zone('POLYGON((0 0,10 10,10 0,0 10,0 0))'), '1 5, 9 5, 5 1, 5 9, 5 5, 4 5, 6 5') AS bow_tie;
-- A triangle: its slanted sides, both ends of its base, its top.
SELECT held(zone('POLYGON((0 0,8 0,4 8,0 0))'), '4 1, 2 4, 6 4, 0 0, 8 0, 4 8, 4 0, 1.9 4, 5.9 4') AS triangle;
-- A sliver, far thinner than a cell of any grid over it.
SELECT held(zone('POLYGON((0 0,1000 1000,1000 1000.000001,0 0))'), '500 500, 500 500.0000001, 500 500.0000004, 500 500.0000006, 500 499.9999999, 1000 1000') AS sliver;
-- A spike that goes out and back, vertices that repeat, and lines that hold nothing.
SELECT held(zone('POLYGON((0 0,10 0,10 5,20 5,10 5,10 10,0 10,0 0))'), '5 5, 15 5, 9 5, 10 5') AS spike;
SELECT held(zone('POLYGON((0 0,0 0,10 0,10 0,10 10,10 10,0 10,0 10,0 0,0 0))'), '5 5, 0 0, 10 10') AS repeated;
SELECT held(zone('POLYGON((0 0,10 0,5 0,0 0))'), '5 0, 0 0') AS flat;
SELECT held(zone('POLYGON((0 0,0 10,0 5,0 0))'), '0 5, 0 0') AS upright;
-- Z and M do not count.
SELECT held(zone('POLYGON ZM((0 0 1 2,10 0 3 4,10 10 5 6,0 10 7 8,0 0 1 2))'), '5 5, 10 10') AS zm;
-- Zones so small that products of their coordinates are 0, and zones at the ends of what is allowed.
SELECT held(zone('POLYGON((0 0,1e-310 0,1e-310 1e-310,0 1e-310,0 0))'), '5e-311 5e-311, 0 0, 1e-310 5e-311, 5e-311 1e-310, 2e-310 5e-311') AS tiny;
SELECT held(zone('POLYGON((-1e15 -1e15,1e15 -1e15,1e15 1e15,-1e15 1e15,-1e15 -1e15))'), '0 0, -1e15 -1e15, 1e15 0, 0 1e15, 9e14 9e14, 1.1e15 0, 1e308 0') AS huge;

-- Each point of two squares with a common side is in one of them, and where four meet, in one of the four.
SELECT p, array_agg(z ORDER BY z) AS zones
FROM (SELECT hotspot.zones(id, ST_MakeEnvelope(x, y, x + 10, y + 10)) AS zones
	FROM (VALUES ('lower left', 0, 0), ('lower right', 10, 0), ('upper left', 0, 10), ('upper right', 10, 10)) AS v (id, x, y)) AS q,
	unnest('{10 5,5 10,10 10,0 0,0 10,10 0,19 19}'::text[]) AS p,
	hotspot.zones_at(zones, ST_GeomFromText('POINT(' || p || ')')) AS z
GROUP BY p ORDER BY p COLLATE "C";

-- Where zones overlap: the least id, text by its bytes, whole numbers by value.
SELECT hotspot.zone_at(zones, 'POINT(1 1)') = '' AS empty_id, array(SELECT hotspot.zones_at(zones, 'POINT(1 1)')), array(SELECT hotspot.ids(zones))
FROM (SELECT hotspot.zones(id, ST_MakeEnvelope(0, 0, 10, 10)) AS zones FROM unnest('{a,B,"",é,aa,Z,z}'::text[]) AS id) AS q;
SELECT hotspot.zone_at(zones, 'POINT(1 1)'), array(SELECT hotspot.zones_at(zones, 'POINT(1 1)')), array(SELECT hotspot.ids(zones))
FROM (SELECT hotspot.zones(id, ST_MakeEnvelope(0, 0, 10, 10)) AS zones FROM unnest('{9,10}'::text[]) AS id) AS q;
SELECT hotspot.zone_at(zones, 'POINT(1 1)'), array(SELECT hotspot.zones_at(zones, 'POINT(1 1)')), array(SELECT hotspot.ids(zones))
FROM (SELECT hotspot.zones(id, ST_MakeEnvelope(0, 0, 10, 10)) AS zones
	FROM unnest('{10,9,-1,0,9223372036854775807,-9223372036854775808}'::bigint[]) AS id) AS q;
-- Where they do not, the one that is there.
SELECT x, hotspot.zone_at(zones, ST_MakePoint(x, 5)), array(SELECT hotspot.zones_at(zones, ST_MakePoint(x, 5)))
FROM (SELECT hotspot.zones(id, ST_MakeEnvelope(x, 0, x + 10, 10)) AS zones FROM (VALUES ('a', 6), ('b', 0), ('c', 3)) AS v (id, x)) AS q,
	unnest('{-1,0,4,7,11,15,16}'::integer[]) AS x;

-- What was left out; SRIDs.
CREATE TABLE beat (id integer, area geometry);
INSERT INTO beat VALUES (1, ST_MakeEnvelope(0, 0, 10, 10, 27700)), (2, NULL), (3, 'SRID=27700;POLYGON EMPTY'), (4, 'SRID=27700;MULTIPOLYGON EMPTY'),
	(NULL, NULL), (5, 'SRID=27700;POLYGON((0 0,1 1,0 0,0 0))'), (6, ST_MakeEnvelope(5, 0, 15, 10, 27700));
SELECT hotspot.size(z), hotspot.srid(z), hotspot.skipped(z), array(SELECT hotspot.ids(z)) AS ids
FROM (SELECT hotspot.zones(id, area) AS z FROM beat) AS q;
SELECT hotspot.size(z), hotspot.srid(z), hotspot.skipped(z), array(SELECT hotspot.ids(z)) AS ids, hotspot.zone_at(z, 'POINT(1 1)'), hotspot.zone_at(z, 'SRID=27700;POINT(1 1)')
FROM (SELECT hotspot.zones(id, area) AS z FROM beat WHERE id BETWEEN 2 AND 4) AS q;
SELECT hotspot.zones(id, area) FROM beat WHERE false;
SELECT hotspot.size(NULL::hotspot.zones), hotspot.srid(NULL::hotspot.zones), hotspot.skipped(NULL::hotspot.zones), hotspot.zone_at(NULL, 'POINT(1 1)');
SELECT * FROM hotspot.zones_at(NULL, 'POINT(1 1)');
SELECT * FROM hotspot.ids(NULL);
-- Points that are nowhere.
SELECT hotspot.zone_at(z, p) IS NULL AS none, (SELECT count(*) FROM hotspot.zones_at(z, p)) AS zones
FROM (SELECT hotspot.zones(id, area) AS z FROM beat WHERE id = 1) AS q,
	(VALUES (NULL::geometry), ('SRID=27700;POINT EMPTY'), (ST_SetSRID(ST_MakePoint('NaN', 1), 27700)), (ST_SetSRID(ST_MakePoint(1, 'Infinity'), 27700))) AS v (p);

-- merge and +: NULL is nothing.
CREATE TABLE part (name text, zones hotspot.zones);
INSERT INTO part VALUES ('null', NULL), ('empty', (SELECT hotspot.zones(id, area) FROM beat WHERE id = 2)),
	('one', (SELECT hotspot.zones(id, area) FROM beat WHERE id IN (1, 3))),
	('many', (SELECT hotspot.zones(k, CASE WHEN k < 200 THEN ST_MakeEnvelope(k, k, k + 12, k + 12, 27700) END) FROM generate_series(10, 200, 10) AS k));
SELECT a.name, b.name, hotspot.size(a.zones + b.zones), hotspot.skipped(a.zones + b.zones), hotspot.srid(a.zones + b.zones),
	(a.zones + b.zones)::text IS NOT DISTINCT FROM (b.zones + a.zones)::text AS same,
	(SELECT hotspot.merge(m)::text FROM (VALUES (a.zones), (b.zones)) AS v (m)) IS NOT DISTINCT FROM (a.zones + b.zones)::text AS as_merge
FROM part AS a JOIN part AS b ON a.name <> b.name OR a.name IN ('null', 'empty')
ORDER BY a.name COLLATE "C", b.name COLLATE "C";
SELECT hotspot.merge(zones) IS NULL AS none FROM part WHERE name = 'null';
SELECT hotspot.size(hotspot.merge(zones)), hotspot.skipped(hotspot.merge(zones)) FROM part;

-- The same bytes in any order; a state that is read while it grows.
SELECT count(DISTINCT z::text) FROM (
	SELECT hotspot.zones(id, area) FROM beat
	UNION ALL SELECT hotspot.zones(id, area ORDER BY id DESC) FROM beat
	UNION ALL SELECT hotspot.zones(id, area ORDER BY id % 3, id) FROM beat
	UNION ALL SELECT hotspot.merge(z ORDER BY id DESC) FROM (SELECT id, hotspot.zones(id, area) AS z FROM beat GROUP BY id) AS q) AS ways (z);
SELECT id, hotspot.size(z), hotspot.skipped(z), hotspot.zone_at(z, 'SRID=27700;POINT(7 7)'), array(SELECT hotspot.zones_at(z, 'SRID=27700;POINT(7 7)'))
FROM (SELECT id, hotspot.zones(id, area) OVER (ORDER BY id DESC) AS z FROM beat) AS q;

-- Stored zones, short and long, read for many points; each value gives its own answers, one after the other and in turns.
CREATE TABLE city (name text, zones hotspot.zones);
INSERT INTO city VALUES ('short', zone('POLYGON((0 0,10 0,10 10,0 10,0 0))')),
	('circle', (SELECT hotspot.zones('Z', ST_Buffer('POINT(50 50)', 40, 2500)))),
	('circles', (SELECT hotspot.zones(k, ST_Buffer(ST_MakePoint(50, 50), k, 500)) FROM generate_series(1, 40) AS k));
INSERT INTO city SELECT 'copy ' || k, hotspot.zones('Z', ST_MakeEnvelope(0, 0, k, 100)) FROM generate_series(1, 6) AS k GROUP BY k;
SELECT name, pg_column_size(zones), hotspot.size(zones) FROM city WHERE name NOT LIKE 'copy%';
-- 10 x 10 points are in the square. 5,013 whole numbers are nearer to (50, 50) than 40, and of the circle's boundary
-- (10, 50), its leftmost vertex, is in.
SELECT name, count(*), count(hotspot.zone_at(zones, ST_MakePoint(x, y))), count(DISTINCT hotspot.zone_at(zones, ST_MakePoint(x, y)))
FROM city, generate_series(0, 99) AS x, generate_series(0, 99) AS y WHERE name NOT LIKE 'copy%' GROUP BY name ORDER BY name;
SELECT name, count(hotspot.zone_at(zones, ST_MakePoint(x, y))) FROM generate_series(0, 99) AS x, generate_series(0, 9) AS y, city WHERE name LIKE 'copy%' GROUP BY name ORDER BY name;
-- A value that was replaced is not taken for the one before it.
UPDATE city SET zones = (SELECT hotspot.zones('Z', ST_Buffer('POINT(50 50)', 20, 2500))) WHERE name = 'circle';
SELECT count(hotspot.zone_at(zones, ST_MakePoint(x, 50))) FROM city, generate_series(0, 99) AS x WHERE name = 'circle';
-- Text and binary forms read back to the same.
SELECT bool_and(zones::text::hotspot.zones::text = zones::text) AS text FROM (SELECT zones FROM city UNION ALL SELECT zones FROM part) AS q WHERE zones IS NOT NULL;
SELECT bool_and('\x' || zones::text = hotspot.zones_send(zones)::text) AS binary FROM city;
SELECT md5(string_agg(hotspot.zone_at(t::hotspot.zones, ST_MakePoint(x, 50)), ',')) = md5(string_agg(hotspot.zone_at(zones, ST_MakePoint(x, 50)), ',')) AS same
FROM (SELECT zones, zones::text AS t FROM city WHERE name = 'circles') AS q, generate_series(0, 99) AS x;

-- What cannot be a zone.
SELECT hotspot.zones(NULL::text, area) FROM beat WHERE id = 1;
SELECT hotspot.zones(NULL::bigint, area) FROM beat WHERE id = 1;
SELECT hotspot.zones('A', area) FROM beat WHERE id IN (1, 6);
SELECT hotspot.zones(7, area) FROM beat WHERE id IN (1, 6);
SELECT hotspot.size(hotspot.zones(7, area)) FROM beat WHERE id IN (1, 6);
SELECT hotspot.zone_at(hotspot.zones('', area), 'SRID=27700;POINT(1 1)') FROM beat WHERE id IN (1, 6);
SELECT hotspot.size(zones + zones) FROM part WHERE name = 'one';
SELECT zones + zones FROM part WHERE name = 'one';
SELECT hotspot.merge(zones) FROM (SELECT zones FROM part UNION ALL SELECT zones FROM part) AS q;
SELECT (SELECT hotspot.zones('1', area) FROM beat WHERE id = 1) + (SELECT hotspot.zones(1, area) FROM beat WHERE id = 1);
SELECT hotspot.zones(id, ST_SetSRID(area, id)) FROM beat WHERE id IN (1, 6);
SELECT zones + zone('POLYGON((0 0,1 0,1 1,0 0))') FROM part WHERE name = 'one';
SELECT hotspot.zone_at(zones, 'POINT(1 1)') FROM part WHERE name = 'one';
SELECT * FROM part, hotspot.zones_at(zones, 'SRID=3857;POINT(1 1)') WHERE name = 'one';
SELECT hotspot.zone_at(zones, 'SRID=27700;LINESTRING(0 0,1 1)') FROM part WHERE name = 'one';
SELECT hotspot.zones_at(zones, area) FROM part, beat WHERE name = 'one' AND id = 1;
SELECT hotspot.zones('Z', 'POINT(1 1)');
SELECT hotspot.zones('Z', 'LINESTRING(0 0,1 1,0 1,0 0)');
SELECT hotspot.zones('Z', 'GEOMETRYCOLLECTION(POLYGON((0 0,1 0,1 1,0 0)))');
SELECT hotspot.zones('Z', 'CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))');
SELECT hotspot.zones('Z', 'POLYGON((0 0,1e16 0,1 1,0 0))');
SELECT hotspot.zones(-5, ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(0, 0), ST_MakePoint(0, x), ST_MakePoint(1, 1), ST_MakePoint(0, 0)]))) FROM (VALUES ('NaN'::float8)) AS v (x);
SELECT hotspot.zones('A', ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(0, 0), ST_MakePoint('-Infinity', 0), ST_MakePoint(1, 1), ST_MakePoint(0, 0)])));

-- The bytes, as src/tracking/zones_flat.h has them; the hash in front is reckoned here, in numbers of 64 bits that wrap around.
CREATE FUNCTION reversed(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN (SELECT string_agg(substring($1 FROM n FOR 1), '' ORDER BY n DESC) FROM generate_series(1, length($1)) AS n);
CREATE FUNCTION wrapped(numeric) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (SELECT CASE WHEN m >= 9223372036854775808 THEN m - 18446744073709551616 ELSE m END
	FROM mod(mod($1, 18446744073709551616) + 18446744073709551616, 18446744073709551616) AS m)::bigint;
CREATE FUNCTION mixed(k bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
	k := wrapped((k # (k >> 33 & 2147483647))::numeric * (('xff51afd7ed558ccd')::bit(64)::bigint));
	k := wrapped((k # (k >> 33 & 2147483647))::numeric * (('xc4ceb9fe1a85ec53')::bit(64)::bigint));
	RETURN k # (k >> 33 & 2147483647);
END
$$;
CREATE FUNCTION hashed(bytes bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	hash bigint := length(bytes);
	word bigint;
BEGIN
	FOR n IN 0 .. length(bytes) / 8 LOOP
		word := ('x' || lpad(coalesce(encode(reversed(substring(bytes FROM 8 * n + 1 FOR 8)), 'hex'), ''), 16, '0'))::bit(64)::bigint;
		-- The last one, of 0 to 7 bytes, ends it.
		hash := CASE WHEN n < length(bytes) / 8 THEN wrapped(mixed(hash # word)::numeric + hash) ELSE mixed(hash # word) END;
	END LOOP;
	RETURN reversed(int8send(hash));
END
$$;
CREATE FUNCTION flat(bytes bytea) RETURNS text LANGUAGE sql IMMUTABLE RETURN '017a' || encode(hashed(bytes) || bytes, 'hex');
CREATE FUNCTION head(srid integer, id_type integer, skipped bigint, nzones integer) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN reversed(int4send(srid)) || substring(int4send(id_type) FROM 4) || reversed(int8send(skipped)) || reversed(int4send(nzones));
CREATE FUNCTION ring(vertices float8[]) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN reversed(int4send(cardinality(vertices) / 2)) || coalesce((SELECT string_agg(reversed(float8send(v)), '' ORDER BY n) FROM unnest(vertices) WITH ORDINALITY AS u (v, n)), '');
CREATE FUNCTION joined(bytea[]) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN (SELECT coalesce(string_agg(b, '' ORDER BY n), '') FROM unnest($1) WITH ORDINALITY AS u (b, n));
CREATE FUNCTION text_zone(id text, VARIADIC rings bytea[]) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN reversed(int4send(octet_length(id))) || convert_to(id, 'UTF8') || reversed(int4send(cardinality(rings))) || joined(rings);
CREATE FUNCTION bigint_zone(id bigint, VARIADIC rings bytea[]) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN reversed(int8send(id)) || reversed(int4send(cardinality(rings))) || joined(rings);

SELECT flat(head(-1, 0, 0, 0));
SELECT zone('POLYGON((0 -0.0,1 0,1 1,0 -0.0))')::text = flat(head(0, 1, 0, 1) || text_zone('Z', ring('{0,0,1,0,1,1}'))) AS text_id;
SELECT hotspot.zones(id, area)::text = flat(head(27700, 2, 5, 2) || bigint_zone(1, ring('{0,0,0,10,10,10,10,0}')) || bigint_zone(6, ring('{5,0,5,10,15,10,15,0}'))) AS bigint_ids
FROM beat;
SELECT hotspot.zones('', 'MULTIPOLYGON(((0 0,9 0,9 9,0 0),(1 1,2 1,2 2,1 1)),((3 3,3 3,3 3,3 3)),((5 5,6 5,6 6,6 6,5 5)))')::text
	= flat(head(0, 1, 0, 1) || text_zone('', ring('{0,0,9,0,9,9}'), ring('{1,1,2,1,2,2}'), ring('{5,5,6,5,6,6,6,6}'))) AS rings;
SELECT hotspot.size(t::hotspot.zones), hotspot.srid(t::hotspot.zones), hotspot.skipped(t::hotspot.zones)
FROM (VALUES (flat(head(-1, 0, 9223372036854775807, 0))), (upper(flat(head(999999, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,-1e15,1e15}')))))) AS v (t);

-- Bytes that are no zones.
SELECT ''::hotspot.zones;
SELECT '017a0'::hotspot.zones;
SELECT '017g'::hotspot.zones;
SELECT '017a'::hotspot.zones;
SELECT left(flat(head(-1, 0, 0, 0)), -2)::hotspot.zones;
SELECT ('02' || substr(flat(head(-1, 0, 0, 0)), 3))::hotspot.zones;
SELECT ('0173' || substr(flat(head(-1, 0, 0, 0)), 5))::hotspot.zones;
SELECT overlay(flat(head(-1, 0, 0, 0)) PLACING '00' FROM 5)::hotspot.zones;
SELECT overlay(flat(head(-1, 0, 0, 0)) PLACING '01' FROM 35)::hotspot.zones;
-- From here on the hash is right.
SELECT flat(head(-1, 0, -1, 0))::hotspot.zones;
SELECT flat(head(-2, 0, 0, 0))::hotspot.zones;
SELECT flat(head(0, 0, 0, 0))::hotspot.zones;
SELECT flat(head(-1, 1, 0, 0))::hotspot.zones;
SELECT flat(head(-1, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 0, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 3, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(1000000, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 2) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, -1) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1}')) || '\x00')::hotspot.zones;
SELECT flat(head(-1, 0, 0, 0) || '\x00')::hotspot.zones;
SELECT flat(substring(b FOR length(b) - 1))::hotspot.zones FROM (VALUES (head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1}')))) AS v (b);
SELECT flat(head(0, 1, 0, 1) || '\x000000')::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || '\xffffffff61')::hotspot.zones;
SELECT flat(head(0, 2, 0, 1) || '\x00000000000000')::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || '\x0100000061000000')::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || '\x0100000061ffffffff')::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || '\x010000006101000000ffffff0f')::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', VARIADIC '{}'))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,0}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1,0,0}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{-0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,-0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,NaN,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,-Infinity}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 1) || text_zone('a', ring('{0,0,1,0,1,1.0000000000000002e15}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 2) || text_zone('b', ring('{0,0,1,0,1,1}')) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 2) || text_zone('a', ring('{0,0,1,0,1,1}')) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 1, 0, 2) || text_zone('ab', ring('{0,0,1,0,1,1}')) || text_zone('a', ring('{0,0,1,0,1,1}')))::hotspot.zones;
SELECT flat(head(0, 2, 0, 2) || bigint_zone(0, ring('{0,0,1,0,1,1}')) || bigint_zone(-1, ring('{0,0,1,0,1,1}')))::hotspot.zones;
-- An id in no encoding of the database, found when it is to be told.
SELECT hotspot.zone_at(flat(head(0, 1, 0, 1) || '\x01000000ff01000000' || ring('{0,0,9,0,0,9}'))::hotspot.zones, 'POINT(1 1)');
SELECT * FROM hotspot.ids(flat(head(0, 1, 0, 1) || '\x010000000001000000' || ring('{0,0,9,0,0,9}'))::hotspot.zones);
-- More that was left out than can be counted.
SELECT flat(head(-1, 0, 9223372036854775807, 0))::hotspot.zones + flat(head(-1, 0, 1, 0))::hotspot.zones;

DROP FUNCTION bigint_zone, text_zone, joined, ring, head, flat, hashed, mixed, wrapped, reversed, held, zone;
DROP TABLE city, part, beat;
