-- What the reader reads, beside what PostGIS says of the same bytes.  A new
-- serialised form would show here first.
CREATE FUNCTION geometry_probe(geometry) RETURNS text AS 'hotspot', 'geometry_probe' LANGUAGE C STRICT;

CREATE FUNCTION postgis_probe(g geometry) RETURNS text LANGUAGE sql AS $$
	SELECT format('srid=%s type=%s dims=%s', ST_SRID(g),
			array_position('{POINT,LINESTRING,POLYGON,MULTIPOINT,MULTILINESTRING,MULTIPOLYGON,GEOMETRYCOLLECTION}', GeometryType(ST_Force2D(g))),
			ST_NDims(g))
		|| CASE
			WHEN GeometryType(ST_Force2D(g)) = 'POINT' AND NOT ST_IsEmpty(g) THEN format(' x=%s y=%s', ST_X(g), ST_Y(g))
			WHEN ST_Dimension(g) = 2 THEN format(' rings=%s vertices=%s sum=%s', ST_NRings(g), ST_NPoints(g),
				coalesce((SELECT sum(ST_X(p.geom) + ST_Y(p.geom)) FROM ST_DumpPoints(g) AS p), 0))
			ELSE '' END;
$$;

CREATE TABLE form (g geometry);
INSERT INTO form
SELECT ST_SetSRID(w::geometry, srid)
FROM unnest(ARRAY[
	'POINT(1.5 -2)', 'POINT Z (1 2 3)', 'POINT M (1 2 3)', 'POINT ZM (1 2 3 4)', 'POINT EMPTY', 'POINT Z EMPTY',
	'LINESTRING(0 0,1 1)', 'MULTIPOINT(1 1,2 2)', 'GEOMETRYCOLLECTION(POINT(1 1))',
	'POLYGON EMPTY', 'POLYGON((0 0,4 0,4 4,0 4,0 0))',
	'POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1))',
	'POLYGON((0 0,9 0,9 9,0 9,0 0),(1 1,2 1,2 2,1 1),(4 4,5 4,5 5,4 4))',
	'POLYGON Z ((0 0 7,4 0 7,4 4 7,0 0 7))', 'POLYGON ZM ((0 0 7 8,4 0 7 8,4 4 7 8,0 0 7 8))',
	'MULTIPOLYGON EMPTY', 'MULTIPOLYGON(((0 0,1 0,1 1,0 0)),((5 5,6 5,6 6,5 5),(5 5,5 6,6 6,5 5)))',
	'MULTIPOLYGON M (((0 0 3,1 0 3,1 1 3,0 0 3)))']) AS w,
	unnest('{0,4326,27700,999999}'::integer[]) AS srid;
INSERT INTO form SELECT postgis_addbbox(g) FROM form;
INSERT INTO form SELECT postgis_dropbbox(g) FROM form;

-- Large enough to be compressed and stored out of line.
INSERT INTO form SELECT ST_SetSRID(ST_MakePolygon(ST_MakeLine(array_agg(ST_MakePoint(n, n * (n % 3 - 1)) ORDER BY n) || ST_MakePoint(1, 0))), 27700)
FROM generate_series(1, 20001) AS n;

SELECT count(*), count(*) FILTER (WHERE geometry_probe(g) = postgis_probe(g)) AS agree FROM form;
SELECT ST_AsText(g), geometry_probe(g), postgis_probe(g) FROM form WHERE geometry_probe(g) IS DISTINCT FROM postgis_probe(g) LIMIT 5;
SELECT DISTINCT geometry_probe(g) FROM form WHERE ST_SRID(g) = 999999 ORDER BY 1;

DROP FUNCTION postgis_probe, geometry_probe;
DROP TABLE form;
