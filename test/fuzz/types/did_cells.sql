INSERT INTO seed (type, value)
SELECT 'did_cells', value::text
FROM (VALUES
  (hotspot.did_cells_merge(hotspot.did_cells_add(NULL, 2.5, true, false),
    hotspot.did_cells_add(NULL, -1e9, true, false))),
  (hotspot.did_cells_add(NULL, 1e-12, false, true)),
  (hotspot.did_cells_add(NULL, NULL, true, false))
) AS did_cells (value);

INSERT INTO reader VALUES
  ('did_cells', 'all', 'SELECT hotspot.did_cells_effect($1)'),
  ('did_cells', 'all', 'SELECT hotspot.did_cells_merge(hotspot.did_cells_add(NULL, 1, true, true), $1)::text'),
  ('did_cells', 'text', 'SELECT $1::text');
