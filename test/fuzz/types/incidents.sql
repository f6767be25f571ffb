CREATE FUNCTION sample_incidents(srid integer, n integer)
RETURNS hotspot.incidents LANGUAGE sql
RETURN (
  SELECT hotspot.incidents(
    CASE WHEN k % 7 <> 3 THEN ST_SetSRID(ST_MakePoint(k % 3 - 1, k % 4 * 0.1), srid) END,
    CASE WHEN k % 8 <> 5 THEN '2000-01-01Z'::timestamptz + (k * k % 11 - 4) * interval '0.3 days' END)
  FROM generate_series(1, n) AS k);

INSERT INTO seed (type, value)
SELECT 'incidents', value::text
FROM (VALUES
  (sample_incidents(27700, 40)), (sample_incidents(0, 12)), (sample_incidents(999999, 1)), (sample_incidents(27700, 1)),
  ((SELECT hotspot.incidents(NULL, NULL::timestamptz)))
) AS incidents (value);

-- What incidents are merged with.
CREATE TABLE other_incidents AS SELECT value::hotspot.incidents AS incidents
FROM seed WHERE type = 'incidents' ORDER BY n LIMIT 1;

INSERT INTO reader VALUES
  ('incidents', 'all', 'SELECT hotspot.size($1)'),
  ('incidents', 'all', 'SELECT hotspot.skipped($1)'),
  ('incidents', 'all', 'SELECT hotspot.skipped($1, $$time$$)'),
  ('incidents', 'all', 'SELECT hotspot.srid($1)'),
  ('incidents', 'all', 'SELECT hotspot.near_repeat($1, $${0,0.1,1}$$, $${0,1 day,3 days}$$, rest => true)'),
  ('incidents', 'all', 'SELECT hotspot.near_repeat($1, $${0.1,1e16}$$, $${1 hour,3 days}$$, by => $$time$$)'),
  ('incidents', 'all', 'SELECT ($1 + $1)::text'),
  ('incidents', 'all', 'SELECT hotspot.merge(incidents)::text
    FROM (SELECT $1 UNION ALL SELECT incidents FROM other_incidents) AS part (incidents)');

INSERT INTO law VALUES
  ('incidents', 'each pair of incidents is in one band, as far as they are planar',
    'SELECT hotspot.srid($1) IS NULL OR hotspot.srid($1) IN (SELECT srid FROM spatial_ref_sys WHERE proj4text ~ $$longlat$$)
       OR (SELECT sum(observed) FROM hotspot.near_repeat($1, $${0,0.1,1}$$, $${0,1 hour,1 day}$$, by => $$time$$, rest => true))
          = hotspot.size($1) * (hotspot.size($1) - 1) / 2');
