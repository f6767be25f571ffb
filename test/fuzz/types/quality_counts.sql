INSERT INTO seed (type, value)
SELECT 'quality_counts', value::text
FROM (VALUES
  (hotspot.quality_counts_add(NULL, 'SRID=27700;POINT (10 20)', '2026-01-01', '2026-01-02',
                              'SRID=27700;POLYGON ((0 0, 0 5, 5 5, 0 0))', 'Europe/London')),
  (hotspot.quality_counts_add(hotspot.quality_counts_add(NULL, 'POINT (10.5 -20)', NULL, NULL, NULL, NULL),
                              'SRID=4326;POINT (0 0)', '2026-01-01', NULL, NULL, 'UTC')),
  (hotspot.quality_counts_add(hotspot.quality_counts_add(NULL, 'POINT (10 20)', NULL::date, NULL, NULL, NULL),
                              'POINT (10 20)', NULL::date, NULL, NULL, NULL)),
  (hotspot.quality_counts_add(NULL, 'POINT EMPTY', NULL::timestamp, NULL, NULL, NULL)),
  (hotspot.quality_counts_add(NULL, NULL, NULL::timestamptz, NULL, NULL, NULL))
) AS quality (value);

INSERT INTO reader VALUES
  ('quality_counts', 'all', 'SELECT hotspot.quality_counts_report($1)'),
  ('quality_counts', 'all', 'SELECT hotspot.checks(hotspot.quality_counts_report($1))'),
  ('quality_counts', 'all', 'SELECT hotspot.quality_counts_merge($1, $1)::text'),
  ('quality_counts', 'all', 'SELECT hotspot.quality_counts_add($1, ''POINT (10 20)'', ''2026-01-01''::timestamptz, NULL, NULL, ''Europe/London'')::text'),
  ('quality_counts', 'text', 'SELECT $1::text');
