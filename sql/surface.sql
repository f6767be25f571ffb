-- Five events in three squares; four rows that cannot be placed.
CREATE TABLE crime (geom geometry(Point, 27700), harm float8);
INSERT INTO crime VALUES
	('SRID=27700;POINT(10 10)', 365), ('SRID=27700;POINT(149.9 0)', 0.1), ('SRID=27700;POINT(0 149)', 0.2),
	('SRID=27700;POINT(-1 10)', 10), ('SRID=27700;POINT(150 300)', 0),
	(NULL, 1), ('SRID=27700;POINT EMPTY', 1), (ST_SetSRID(ST_MakePoint('NaN', 1), 27700), 1), ('SRID=27700;POINT(1 1)', NULL);

SELECT c.* FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM crime) AS q, hotspot.cells(q.s) AS c;
SELECT hotspot.events(s), hotspot.harm(s), hotspot.size(s), hotspot.occupied(s), hotspot.skipped(s),
	hotspot.grid(s), hotspot.srid(s)
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM crime) AS q;
SELECT reason, hotspot.skipped(s, reason)
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM crime) AS q,
	unnest('{geometry,coordinates,harm,outside}'::text[]) AS reason;

-- Without a harm each event counts 1.
SELECT c.* FROM (SELECT hotspot.surface(geom, 150) AS s FROM crime) AS q, hotspot.cells(q.s) AS c;

-- No row: NULL. No row that can be placed: a surface that says so.
SELECT hotspot.surface(geom, harm, 150) FROM crime WHERE false;
SELECT hotspot.size(s), hotspot.harm(s), hotspot.skipped(s), hotspot.grid(s), hotspot.srid(s)
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM crime WHERE geom IS NULL OR ST_IsEmpty(geom)) AS q;
SELECT hotspot.size(NULL::hotspot.surface), hotspot.harm(NULL::hotspot.surface), hotspot.skipped(NULL::hotspot.surface), hotspot.skipped(NULL::hotspot.surface, 'harm');
SELECT * FROM hotspot.cells(NULL);

-- merge and +: NULL is nothing.
SELECT hotspot.events(hotspot.merge(s)), hotspot.harm(hotspot.merge(s))
FROM (SELECT hotspot.surface(geom, harm, 150) FROM crime UNION ALL SELECT NULL UNION ALL SELECT hotspot.surface(geom, harm, 150) FROM crime) AS q (s);
SELECT hotspot.merge(NULL::hotspot.surface) IS NULL AS none;
SELECT NULL::hotspot.surface + NULL IS NULL AS no_sum,
	(s + NULL)::text = s::text AS right_null, (NULL + s)::text = s::text AS left_null, (s + s)::text <> s::text AS twice, hotspot.harm(s + s) AS harm
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM crime) AS q;

-- Harm is kept in millionths: ten times 0.1 is 1.
SELECT harm FROM (SELECT hotspot.surface('SRID=27700;POINT(1 1)', 0.1, 150) AS s FROM generate_series(1, 10)) AS q, hotspot.cells(q.s);
SELECT harm FROM (SELECT hotspot.surface('SRID=27700;POINT(1 1)', h, 150) AS s FROM unnest('{0.0000004,0.0000006}'::float8[]) AS h) AS q, hotspot.cells(q.s);

-- What cannot be summed.
SELECT hotspot.surface('SRID=27700;POINT(1 1)', -1, 150);
SELECT hotspot.surface(NULL, -1, 150);
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 'NaN', 150);
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 'Infinity', 150);
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 1e13, 150);
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 5e12, 150) FROM generate_series(1, 2);
SELECT hotspot.surface('SRID=4326;POINT(-1.5 53)', 1, 150);
SELECT hotspot.surface('SRID=27700;LINESTRING(0 0, 1 1)', 1, 150);
SELECT hotspot.surface(g, 1, 150) FROM unnest('{SRID=27700;POINT(1 1):SRID=3857;POINT(1 1)}'::geometry[]) AS g;
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 1, g) FROM unnest('{150,hexagon 93.06}'::hotspot.grid[]) AS g;
SELECT hotspot.surface('SRID=27700;POINT(1 1)', 1, NULL);
SELECT hotspot.surface('SRID=27700;POINT(1e12 1)', 1, '0.001');
SELECT hotspot.surface(geom, harm) FROM crime;
SELECT hotspot.merge(s) FROM (SELECT hotspot.surface(geom, 150) FROM crime UNION ALL SELECT hotspot.surface(geom, 151) FROM crime) AS q (s);
SELECT hotspot.surface(geom, 150) + hotspot.surface(ST_SetSRID(geom, 3857), 150) FROM crime;
SELECT hotspot.skipped(hotspot.surface(geom, 150), 'rain') FROM crime;
SELECT 'zz'::hotspot.surface;
SELECT 'abc'::hotspot.surface;
SELECT ''::hotspot.surface;
SELECT '0173'::hotspot.surface;
SELECT '0273000000'::hotspot.surface;
SELECT '0100000000'::hotspot.surface;
DROP TABLE crime;
