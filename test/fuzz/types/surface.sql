CREATE FUNCTION sample_surface(grid hotspot.grid, srid integer, west float8, south float8, n integer)
RETURNS hotspot.surface LANGUAGE sql
RETURN (
  SELECT hotspot.surface(
    CASE WHEN k % 7 <> 3 THEN ST_SetSRID(ST_MakePoint(west + k * k % 11 * 120, south + k % 5 * 170), srid) END,
    CASE WHEN k % 9 <> 5 THEN k * 10.5 + CASE WHEN k % 4 = 1 THEN 0.000001 ELSE 0 END END,
    grid)
  FROM generate_series(1, n) AS k);

INSERT INTO seed (type, value)
SELECT 'surface', value::text
FROM (VALUES
  (sample_surface('150', 27700, 529000, 180000, 40)),
  (sample_surface('hexagon 93.06', 0, -500, -300, 12)),
  (sample_surface('0.5', 999999, -1e9, 1e9, 6)),
  (sample_surface('square 100', 3857, 0, 0, 1)),
  (hotspot.cover(ST_MakeEnvelope(-400, -300, 500, 200, 27700), 150)),
  (hotspot.fill(sample_surface('150', 27700, 1000, 1000, 5)))
) AS surface (value);

-- What a surface is merged with.
CREATE TABLE other_surface AS SELECT value::hotspot.surface AS surface
FROM seed WHERE type = 'surface' ORDER BY n LIMIT 1;

-- Whether fill() would take seconds. It refuses larger rectangles at once.
CREATE FUNCTION has_large_rectangle(surface hotspot.surface) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RETURN (
    SELECT coalesce((max(hotspot.i(cell))::float8 - min(hotspot.i(cell)) + 1) *
      (max(hotspot.j(cell))::float8 - min(hotspot.j(cell)) + 1), 0) BETWEEN 1e5 AND 16777216
    FROM hotspot.cells(surface));
EXCEPTION WHEN data_corrupted THEN
  RETURN false;
END $$;

CREATE FUNCTION fill_unless_large(surface hotspot.surface) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  IF has_large_rectangle(surface) THEN
    RETURN NULL;
  END IF;
  RETURN hotspot.fill(surface);
END $$;

INSERT INTO reader VALUES
  ('surface', 'all', 'SELECT hotspot.events($1)'),
  ('surface', 'all', 'SELECT hotspot.harm($1)'),
  ('surface', 'all', 'SELECT hotspot.size($1)'),
  ('surface', 'all', 'SELECT hotspot.occupied($1)'),
  ('surface', 'all', 'SELECT hotspot.skipped($1)'),
  ('surface', 'all', 'SELECT hotspot.skipped($1, $$outside$$)'),
  ('surface', 'all', 'SELECT hotspot.grid($1)::text'),
  ('surface', 'all', 'SELECT hotspot.srid($1)'),
  ('surface', 'all', 'SELECT cell::text FROM hotspot.cells($1)'),
  ('surface', 'all', 'SELECT * FROM hotspot.top($1, 5)'),
  ('surface', 'all', 'SELECT * FROM hotspot.top($1, 3, $$events$$, 400)'),
  ('surface', 'all', 'SELECT * FROM hotspot.gi_star($1)'),
  ('surface', 'all', 'SELECT * FROM hotspot.gi_star($1, 2147483647, $$events$$)'),
  ('surface', 'all', 'SELECT * FROM hotspot.density($1, 300)'),
  ('surface', 'all', 'SELECT * FROM hotspot.density($1, 1e12, $$events$$)'),
  ('surface', 'all', 'SELECT * FROM hotspot.emerging(ARRAY[$1, $1])'),
  ('surface', 'all', 'SELECT * FROM other_surface, hotspot.emerging(ARRAY[surface, $1], 3)'),
  ('surface', 'all', 'SELECT ($1 + $1)::text'),
  ('surface', 'all', 'SELECT ($1 + surface)::text FROM other_surface'),
  ('surface', 'all', 'SELECT (surface + $1)::text FROM other_surface'),
  ('surface', 'all', 'SELECT hotspot.merge(surface)::text FROM (VALUES (NULL), ($1), ($1)) AS part (surface)'),
  ('surface', 'all', 'SELECT hotspot.surface_add_event($1, $$SRID=27700;POINT(1 1)$$, 150)::text'),
  ('surface', 'all', 'SELECT hotspot.fill($1, $$SRID=27700;POLYGON((0 0,600 0,600 600,0 0))$$)::text'),
  ('surface', 'all', 'SELECT fill_unless_large($1)'),
  ('surface', 'text', 'SELECT $1::text');

INSERT INTO law VALUES
  ('surface', 'sums of a surface are those of its cells',
    'SELECT (size, occupied, events) = (hotspot.size($1), hotspot.occupied($1), hotspot.events($1))
     FROM (
       SELECT count(*), count(*) FILTER (WHERE events > 0), coalesce(sum(events), 0) FROM hotspot.cells($1)
     ) AS sums (size, occupied, events)'),
  ('surface', 'gi_star() has a row a cell, and probabilities',
    'SELECT (count(*), count(*) FILTER (WHERE abs(z) < 5000 AND p_value BETWEEN 0 AND q_value AND q_value <= 1 OR note IS NOT NULL)) =
       (hotspot.size($1), hotspot.size($1)) FROM hotspot.gi_star($1)'),
  ('surface', 'density() has a row a cell, none below 0',
    'SELECT (count(*), count(*) FILTER (WHERE density >= 0)) = (hotspot.size($1), hotspot.size($1)) FROM hotspot.density($1, 1e7)');
