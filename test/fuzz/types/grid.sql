-- Eight bytes that SQL passes by value.
CREATE FUNCTION grid_of_bits(bigint) RETURNS hotspot.grid LANGUAGE internal IMMUTABLE STRICT AS 'int8up';
CREATE FUNCTION grid_of(bytes bytea, bytea) RETURNS hotspot.grid LANGUAGE sql IMMUTABLE
RETURN grid_of_bits(('x' || encode(bytes, 'hex'))::bit(64)::bigint);

INSERT INTO seed (type, value)
SELECT 'grid', unnest(ARRAY['150', 'square 150', 'hexagon 93.06', '0.001', 'hexagon 1099511627.775',
  '  square   20.500 ', '.5', '5.', '00012.34']);

INSERT INTO text_pattern VALUES ('grid', '^ *((square|hexagon) +)?[0-9.]+ *$');

INSERT INTO special_inputs VALUES
  ('grid', 'stored',
    $$SELECT int8send(('x' || encode(random_bytes('grid ' || n), 'hex'))::bit(64)::bigint >> n % 64)
      FROM generate_series(1, 200) AS n$$);

INSERT INTO reader VALUES
  ('grid', 'text', 'SELECT $1::text'),
  ('grid', 'all', 'SELECT hotspot.grid_send($1)'),
  ('grid', 'all', 'SELECT hotspot.cell($$POINT(1e12 1)$$, $1)'),
  ('grid', 'all', 'SELECT hotspot.surface($$POINT(1e12 1)$$::geometry, $1)::text'),
  ('grid', 'all', 'SELECT hotspot.cover($$POLYGON((0 0,1 0,1 1,0 0))$$, $1)::text');
