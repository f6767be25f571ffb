CREATE FUNCTION cell_of_hex(cstring) RETURNS hotspot.cell LANGUAGE internal IMMUTABLE STRICT AS 'uuid_in';
CREATE FUNCTION cell_of(bytes bytea, bytea) RETURNS hotspot.cell LANGUAGE sql IMMUTABLE
RETURN cell_of_hex(encode(bytes, 'hex')::cstring);

INSERT INTO seed (type, value)
SELECT 'cell', unnest(ARRAY['27700/square150/3531/1206', '0/hexagon93.06/-5/7', '4326/square0.001/0/-1',
  '999999/hexagon1099511627.775/-2147483648/2147483647']);

INSERT INTO text_pattern VALUES ('cell', '^-?[0-9]+/(square|hexagon)[0-9.]+/-?[0-9]+/-?[0-9]+$');

-- Nearly any 16 bytes are a cell, so its readers cannot tell; they must only survive.
INSERT INTO special_inputs VALUES
  ('cell', 'stored', $$SELECT substring(random_bytes('cell ' || n) FOR 16) FROM generate_series(1, 200) AS n$$);

INSERT INTO reader VALUES
  ('cell', 'all', 'SELECT $1::text'),
  ('cell', 'all', 'SELECT hotspot.i($1), hotspot.j($1)'),
  ('cell', 'all', 'SELECT hotspot.grid($1)::text'),
  ('cell', 'all', 'SELECT ST_AsText($1::geometry)'),
  ('cell', 'all', 'SELECT ST_AsText(hotspot.centre($1))'),
  ('cell', 'all', 'SELECT hotspot.cell_send($1), hotspot.cell_hash($1)'),
  ('cell', 'all', 'SELECT $1 < $$27700/square150/0/0$$');
