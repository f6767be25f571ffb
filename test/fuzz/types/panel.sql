-- Outcomes of some places, in units from 1 down to the 12th digit, and rows that are left out.
CREATE FUNCTION sample_panel(n integer, unit float8) RETURNS hotspot.panel LANGUAGE sql
RETURN (
  SELECT hotspot.panel('place ' || place, CASE WHEN k % 7 <> 3 THEN k % 5 END, k * k % 11 * unit,
    CASE place % 3 WHEN 0 THEN 3 WHEN 1 THEN 4 END, place % 4 + 1::bigint)
  FROM generate_series(1, n) AS k, LATERAL (SELECT k * k % 9 AS place) AS p);

INSERT INTO seed (type, value)
SELECT 'panel', value::text
FROM (VALUES
  (sample_panel(40, 1)), (sample_panel(12, 0.25)), (sample_panel(30, 1e-12)), (sample_panel(25, 1e17)),
  (sample_panel(3, 0)),
  ((SELECT hotspot.panel(place, period, place * period, CASE WHEN place < 0 THEN 2 END)
    FROM generate_series(-3::bigint, 2) AS place, generate_series(1, 4) AS period)),
  ((SELECT hotspot.panel(NULL::text, 1, 1, NULL)))
) AS panel (value);

INSERT INTO reader VALUES
  ('panel', 'all', 'SELECT hotspot.size($1), hotspot.periods($1)'),
  ('panel', 'all', 'SELECT hotspot.skipped($1, $$cluster$$), hotspot.skipped($1)'),
  ('panel', 'all', 'SELECT hotspot.did($1)'),
  ('panel', 'all', 'SELECT hotspot.did($1, $$poisson$$)'),
  ('panel', 'all', 'SELECT hotspot.did($1, $$callaway$$, control => $$notyet$$, anticipation => 1)'),
  ('panel', 'all', 'SELECT * FROM hotspot.att($1)'),
  ('panel', 'all', 'SELECT * FROM hotspot.event_study($1)'),
  ('panel', 'all', 'SELECT * FROM hotspot.bacon($1)'),
  ('panel', 'all', 'SELECT * FROM hotspot.rate_ratio($1)'),
  ('panel', 'all', 'SELECT hotspot.permutation($1, 9)'),
  ('panel', 'all', 'SELECT hotspot.wild_bootstrap($1, 9)'),
  ('panel', 'all', 'SELECT ($1 + $1)::text'),
  ('panel', 'all', 'SELECT hotspot.merge(panel)::text FROM (VALUES (NULL), ($1), ($1)) AS part (panel)'),
  ('panel', 'text', 'SELECT $1::text');
