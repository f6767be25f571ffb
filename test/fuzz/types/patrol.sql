-- Visits of some units, with excursions, flags and pings, and rows that are left out.
CREATE FUNCTION sample_patrol(prefix text, n integer) RETURNS hotspot.patrol LANGUAGE sql
RETURN (
  SELECT hotspot.patrol(
    CASE WHEN k % 7 <> 3 THEN prefix || k * k % 5 END,
    tstzmultirange(tstzrange(at, at + interval '10 min'),
      tstzrange(at + k % 3 * interval '6 min', at + interval '15 min')),
    k % 2 = 0, k % 3 = 0, k % 5 = 0, k)
  FROM generate_series(1, n) AS k,
    LATERAL (SELECT timestamptz '2024-06-01 10:00+00' + k * interval '7 min') AS start (at));

INSERT INTO seed (type, value)
SELECT 'patrol', value::text
FROM (VALUES
  (sample_patrol('car ', 12)),
  (sample_patrol('', 1)),
  ((SELECT hotspot.patrol(k - 2, timestamptz '2024-06-01 10:00+00' + k * interval '7 min',
      timestamptz '2024-06-01 10:20+00' + k * interval '7 min')
    FROM generate_series(1, 5) AS k)),
  ((SELECT hotspot.patrol(NULL::text, NULL)))
) AS patrol (value);

INSERT INTO reader VALUES
  ('patrol', 'all', 'SELECT hotspot.size($1), hotspot.units($1)'),
  ('patrol', 'all', 'SELECT hotspot.skipped($1)'),
  ('patrol', 'all', 'SELECT hotspot.skipped($1, $$infinite$$)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.dosage($1)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.dosage($1, since => $$2024-06-01$$, until => $$2024-06-02$$)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.compliance($1, 2, $$6 min$$, 20)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.koper($1, $${2024-06-01 10:30+00}$$)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.exposure($1, $${2024-06-01 10:30+00}$$)'),
  ('patrol', 'all', 'SELECT ($1 + $1)::text'),
  ('patrol', 'all', 'SELECT hotspot.merge(patrol)::text FROM (VALUES (NULL), ($1), ($1)) AS part (patrol)'),
  ('patrol', 'text', 'SELECT $1::text');
