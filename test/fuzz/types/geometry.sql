CREATE FUNCTION bytes_of(geometry, bytea) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';

-- Areas lie near the origin, so that a coordinate that grows by some powers of 2 makes a surface of some cells more.
INSERT INTO seed (type, bytes)
SELECT 'geometry', bytes_of(CASE WHEN boxed THEN postgis_addbbox(geom) ELSE postgis_dropbbox(geom) END, '')
FROM unnest(ARRAY[
    'SRID=27700;POINT(529000 180000)', 'POINT(-1 2)', 'POINT Z (1 2 3)', 'POINT M (1 2 3)', 'POINT ZM (1 2 3 4)',
    'POINT EMPTY',
    'SRID=27700;POLYGON((0 0,600 0,600 600,0 600,0 0),(200 200,400 200,400 400,200 200))',
    'POLYGON Z ((0 0 1,600 0 1,0 450 1,0 0 1))', 'POLYGON ZM EMPTY',
    'MULTIPOLYGON(((0 0,600 0,600 600,0 0)),((-900 -900,-450 -900,-450 -450,-900 -900)))',
    'MULTIPOLYGON M (((0 0 1,600 0 1,600 600 1,0 0 1),(300 100 1,500 100 1,400 200 1,300 100 1)))',
    'MULTIPOLYGON EMPTY',
    'LINESTRING(0 0,600 600)', 'GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,600 0,600 600,0 0)))'
  ]::geometry[]) AS geom,
  unnest(ARRAY[false, true]) AS boxed;

INSERT INTO special_inputs VALUES
  ('geometry', 'stored', $$SELECT mutated_bytes('geometry', 6000 * $1)$$);

-- None calls PostGIS with a geometry, since PostGIS need not survive corrupted ones.
INSERT INTO reader VALUES
  ('geometry', 'point', 'SELECT hotspot.cell($1, 150)::text'),
  ('geometry', 'point', 'SELECT hotspot.surface($1, 150)::text'),
  ('geometry', 'point', 'SELECT hotspot.surface($1, 1.5, $$hexagon 93.06$$)::text'),
  ('geometry', 'area', 'SELECT hotspot.cover($1, 150)::text'),
  ('geometry', 'area', 'SELECT hotspot.cover($1, $$hexagon 93.06$$)::text');
