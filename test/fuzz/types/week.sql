INSERT INTO seed (type, value)
SELECT 'week', value::text
FROM (VALUES
  ((SELECT hotspot.week('2024-01-01'::timestamp + k * interval '7 hours', '2024-01-01'::timestamp + k * interval '10 hours 10 minutes',
      CASE WHEN k % 7 > 0 THEN k * 0.3 END, 'Europe/London')
    FROM generate_series(1, 60) AS k)),
  ((SELECT hotspot.week('2024-01-01'::timestamptz + k * interval '1 hour', k, 'UTC') FROM generate_series(1, 9) AS k)),
  (hotspot.week_add_wall_span(NULL, '2024-01-01', '2024-02-01', 1, 'UTC')),
  (hotspot.week_add_event(NULL, '2024-01-01', 0, 'UTC')),
  (hotspot.week_add_event(NULL, NULL, NULL, 'Europe/London'))
) AS week (value);

INSERT INTO reader VALUES
  ('week', 'all', 'SELECT hotspot.events($1), hotspot.harm($1), hotspot.tz($1), hotspot.skipped($1)'),
  ('week', 'all', 'SELECT * FROM hotspot.hours($1)'),
  ('week', 'all', 'SELECT * FROM hotspot.peak($1, 8, n => 3)'),
  ('week', 'all', 'SELECT * FROM hotspot.peak($1, 8, ''week'', ''events'')'),
  ('week', 'all', 'SELECT ($1 + $1)::text'),
  ('week', 'all', 'SELECT hotspot.merge(w)::text FROM (VALUES (NULL), ($1)) AS part (w)'),
  ('week', 'text', 'SELECT $1::text');

INSERT INTO law VALUES
  ('week', 'hours of a week sum to its events', 'SELECT abs(sum(h.events) - hotspot.events($1)) <= 1e-15 * 168 * hotspot.events($1) FROM hotspot.hours($1) AS h');
