CREATE FUNCTION sample_track(srid integer, n integer, known_accuracies integer)
RETURNS hotspot.track LANGUAGE sql
RETURN (
  SELECT hotspot.track(
    CASE WHEN k % 8 <> 5 THEN '2000-01-01Z'::timestamptz + (k * k % 11 - 4) * interval '0.3 seconds' END,
    CASE WHEN k % 7 <> 3 THEN ST_SetSRID(ST_MakePoint(k % 3 - 1, k % 4 * 0.1), srid) END,
    CASE WHEN k <= known_accuracies THEN k % 3 END)
  FROM generate_series(1, n) AS k);

INSERT INTO seed (type, value)
SELECT 'track', value::text
FROM (VALUES
  (sample_track(27700, 40, 0)), (sample_track(4326, 25, 25)), (sample_track(0, 12, 4)), (sample_track(999999, 1, 0)),
  (sample_track(27700, 1, 1)), ((SELECT hotspot.track(NULL::timestamptz, NULL)))
) AS track (value);

-- What a track is merged with.
CREATE TABLE other_track AS SELECT value::hotspot.track AS track
FROM seed WHERE type = 'track' ORDER BY n LIMIT 1;

-- The text of a track less what it says of skipped fixes: behind the prefix and the SRID.
CREATE FUNCTION without_skipped(track hotspot.track) RETURNS text LANGUAGE sql
RETURN overlay(track::text PLACING repeat('0', 64) FROM 13);

INSERT INTO reader VALUES
  ('track', 'all', 'SELECT hotspot.size($1)'),
  ('track', 'all', 'SELECT hotspot.skipped($1)'),
  ('track', 'all', 'SELECT hotspot.skipped($1, $$accuracy$$)'),
  ('track', 'all', 'SELECT hotspot.srid($1)'),
  ('track', 'all', 'SELECT hotspot.during($1)'),
  ('track', 'all', 'SELECT * FROM hotspot.fixes($1)'),
  ('track', 'all', 'SELECT ($1 + $1)::text'),
  ('track', 'all', 'SELECT hotspot.merge(track)::text
    FROM (SELECT $1 UNION ALL SELECT track FROM other_track) AS part (track)');

INSERT INTO law VALUES
  ('track', 'a track holds its fixes and no others',
    'SELECT (SELECT hotspot.track(at, geom, accuracy) FROM hotspot.fixes($1))::text IS NOT DISTINCT FROM
       CASE WHEN hotspot.size($1) > 0 THEN without_skipped($1) END');
