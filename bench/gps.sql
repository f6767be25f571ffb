-- GPS: one fix of 2,000 units every 5 s, in order of time, as a control room's table would have them; and 300 hot spots
-- of 24 vertices in the 20 km by 20 km that the units move in, where they spend an eighth of their time.

CREATE EXTENSION IF NOT EXISTS pg_prewarm;

-- Each unit sweeps to and fro, at 4 to 12 m/s in either direction.
CREATE UNLOGGED TABLE gps AS
SELECT unit, '2026-01-01 00:00Z'::timestamptz + (5 * k + uniform(unit, 4)) * interval '1 s' AS at,
       ST_SetSRID(ST_MakePoint(400000 + 20000 * abs(x - 2 * floor(x / 2) - 1),
                               300000 + 20000 * abs(y - 2 * floor(y / 2) - 1)), 27700) AS geom
FROM generate_series(1, :fixes / 2000) k, generate_series(1, 2000) unit,
     LATERAL (SELECT 2 * uniform(unit, 5) + k * (0.001 + 0.002 * uniform(unit, 6)) AS x,
                     2 * uniform(unit, 7) + k * (0.001 + 0.002 * uniform(unit, 8)) AS y) place;
VACUUM ANALYZE gps;
SELECT 'cached' FROM pg_prewarm('gps') \g /dev/null

-- Round about 230 m across the middle, so that all together are an eighth of the square, less where they overlap.
CREATE TABLE hot_spot AS
SELECT id, ST_SetSRID(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))), 27700) AS area
FROM (SELECT id, ST_MakeLine(ST_MakePoint(400000 + 20000 * uniform(id, 9) + r * cosd(15 * k),
                                          300000 + 20000 * uniform(id, 10) + r * sind(15 * k)) ORDER BY k) AS line
      FROM generate_series(1, 300) id, generate_series(0, 23) k,
           LATERAL (SELECT 190 + 90 * uniform(100 * id + k, 11) AS r) radius
      GROUP BY id) ring;
CREATE INDEX ON hot_spot USING gist (area);
VACUUM ANALYZE hot_spot;
CREATE TABLE hot_spots AS SELECT zones(id, area) AS z FROM hot_spot;
VACUUM ANALYZE hot_spots;

-- From the table of fixes to all visits.
CREATE FUNCTION visits_of(fixes text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN format('SELECT unit, v.* FROM (SELECT unit, track(at, geom) AS t FROM %s GROUP BY unit) q, hot_spots,
                      visits(t, z) v', fixes);
SELECT format('%s fixes of %s units, %s', count(*), count(DISTINCT unit), pg_size_pretty(pg_table_size('gps'))) FROM gps;
