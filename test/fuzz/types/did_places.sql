INSERT INTO seed (type, value)
SELECT 'did_places', value::text
FROM (VALUES
  (hotspot.did_places_merge(hotspot.did_places_add_text(NULL, 2.5, true, false, 'Strand'),
    hotspot.did_places_add_text(NULL, -1e9, false, true, ''))),
  (hotspot.did_places_merge(hotspot.did_places_add_bigint(NULL, 1, true, false, -7),
    hotspot.did_places_add_bigint(NULL, 2, false, true, 7))),
  (hotspot.did_places_add_text(NULL, NULL, true, false, 'Strand'))
) AS did_places (value);

INSERT INTO reader VALUES
  ('did_places', 'all', 'SELECT hotspot.did_places_effect($1)'),
  ('did_places', 'all', 'SELECT hotspot.did_places_merge($1, $1)::text'),
  ('did_places', 'text', 'SELECT $1::text');
