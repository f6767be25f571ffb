INSERT INTO seed (type, value)
SELECT 'displacement', value::text
FROM (VALUES
  ((SELECT hotspot.displacement((ARRAY['treated', 'control', 'buffer', 'buffer_control', NULL])[1 + k % 5], k % 3 = 0,
      CASE WHEN k % 7 > 0 THEN k * 0.3 END)
    FROM generate_series(1, 60) AS k)),
  (hotspot.displacement_add_event(NULL, 'treated', true)),
  (hotspot.displacement_add(NULL, 'control', false, 0)),
  (hotspot.displacement_add_event(NULL, NULL, NULL))
) AS displacement (value);

INSERT INTO reader VALUES
  ('displacement', 'all', 'SELECT hotspot.skipped($1)'),
  ('displacement', 'all', 'SELECT * FROM hotspot.counts($1)'),
  ('displacement', 'all', 'SELECT * FROM hotspot.wdd($1)'),
  ('displacement', 'all', 'SELECT * FROM hotspot.wdq($1)'),
  ('displacement', 'all', 'SELECT ($1 + $1)::text'),
  ('displacement', 'all', 'SELECT hotspot.merge(d)::text FROM (VALUES (NULL), ($1)) AS part (d)'),
  ('displacement', 'text', 'SELECT $1::text');
