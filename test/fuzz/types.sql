-- Tries what the server reads: text and binary input of the types, and stored values that are corrupted.
--
-- Mutation n of a type hinges on nothing but the two, so that every run tries the same inputs. A test prints "ok" or
-- "not ok"; behind the latter come some of the inputs that failed. "psql -v scale=10" tries 10 times as many. All is
-- rolled back in the end, but for a file that is removed.
\if :{?scale}
\else
\set scale 1
\endif
\set QUIET on
\set ON_ERROR_STOP on
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
BEGIN;
CREATE SCHEMA fuzz;
SET search_path = fuzz, public;

-- What became of each input: 'read', 'refused' or 'corrupted', or else what is wrong.
CREATE TABLE verdict (test text, input text, verdict text);

---- mutations ----

-- 32 random bytes for a key.
CREATE FUNCTION random_bytes(key text) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN sha256(convert_to(key, 'UTF8'));

-- The n-th number, of 16, that random bytes give: below a limit.
CREATE FUNCTION pick(random bytea, n integer, below integer) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN (get_byte(random, 2 * n) * 256 + get_byte(random, 2 * n + 1)) % greatest(below, 1);

-- Numbers at the limits of types, as 1 to 8 bytes of either order.
CREATE FUNCTION interesting_bytes(n integer) RETURNS bytea LANGUAGE sql IMMUTABLE
RETURN (ARRAY[
  '\x00', '\x01', '\x7f', '\x80', '\xff', '\x40', '\x50', '\x44',
  '\x00000000', '\x01000000', '\x00000001', '\xffffffff', '\xfffffffe', '\xfeffffff', '\x7fffffff', '\xffffff7f',
  '\x80000000', '\x00000080', '\x00000020', '\x20000000', '\x00000010', '\x10000000', '\x03000000', '\x06000000',
  '\x0000000000000000', '\xffffffffffffffff', '\xffffffffffffff7f', '\x7fffffffffffffff', '\x0000000000000080',
  '\x000000000000f07f', '\x000000000000f0ff', '\x000000000000f87f', '\xffffffffffffef7f'
]::bytea[])[1 + n % 33];

CREATE FUNCTION mutate_once(input bytea, other bytea, random bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  size integer := length(input);
  place integer := pick(random, 1, size);
  bit integer := 8 * place + pick(random, 2, 8);
  number bytea := interesting_bytes(pick(random, 2, 33));
BEGIN
  RETURN CASE pick(random, 0, 10)
    WHEN 0 THEN substring(input FOR place)
    WHEN 1 THEN input || substring(random FROM 9 FOR 1 + pick(random, 2, 24))
    WHEN 2 THEN overlay(input PLACING '' FROM place + 1 FOR 1 + pick(random, 2, 9))
    WHEN 3 THEN substring(input FOR place) || substring(other FROM 1 + pick(random, 2, length(other)))
    WHEN 4 THEN overlay(input PLACING substring(random FROM 9 FOR 1 + pick(random, 2, 9)) FROM place + 1)
    -- At a multiple of 4, as most fields of geometries lie.
    WHEN 5 THEN overlay(input PLACING number FROM place / 4 * 4 + 1)
    WHEN 6 THEN overlay(input PLACING number FROM place + 1)
    ELSE CASE WHEN size = 0 THEN number ELSE set_bit(input, bit, 1 - get_bit(input, bit)) END
  END;
END $$;

CREATE FUNCTION mutate_once(input text, other text, random bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  place integer := 1 + pick(random, 1, length(input) + 1);
  signs text[] := ARRAY[
    '0', '1', '5', '9', 'a', 'f', 'F', '.', ',', '/', '-', '+', ' ', E'\t', E'\n', '\', '%s', 'e', 'E9', 'x', '0x',
    'NaN', 'inf', 'square', 'hexagon', 'square ', 'Hexagon', '000', '0.001', '1099511627.775', '2147483648',
    '-2147483648', '18446744073709551616', E'\u00e9', E'\u0660', E'\U0001F600', E'\u0001', repeat('9', 400),
    repeat('0', 3000), repeat(' ', 300)];
  sign text := signs[1 + pick(random, 2, array_length(signs, 1))];
BEGIN
  RETURN CASE pick(random, 0, 8)
    WHEN 0 THEN left(input, place - 1)
    WHEN 1 THEN substr(input, place)
    WHEN 2 THEN overlay(input PLACING '' FROM place FOR 1 + pick(random, 2, 5))
    WHEN 3 THEN left(input, place - 1) || substr(other, 1 + pick(random, 2, length(other)))
    WHEN 4 THEN overlay(input PLACING substr(input, 1 + pick(random, 2, length(input)), 8) FROM place FOR 0)
    WHEN 5 THEN overlay(input PLACING sign FROM place FOR 0)
    ELSE overlay(input PLACING sign FROM place)
  END;
END $$;

-- Mostly one or two mutations; other is a second valid input.
CREATE FUNCTION mutate(input anyelement, other anyelement, key text) RETURNS anyelement
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  random bytea;
BEGIN
  FOR round IN 1..8 LOOP
    random := random_bytes(key || '/' || round);
    input := mutate_once(input, other, random);
    EXIT WHEN pick(random, 15, 2) = 0;
  END LOOP;
  RETURN input;
END $$;

---- valid values ----

-- Functions of PostgreSQL that copy bytes give any bytes a type, past its input function.
CREATE FUNCTION surface_of(bytea, bytea) RETURNS hotspot.surface LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';
CREATE FUNCTION track_of(bytea, bytea) RETURNS hotspot.track LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';
CREATE FUNCTION patrol_of(bytea, bytea) RETURNS hotspot.patrol LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';
CREATE FUNCTION panel_of(bytea, bytea) RETURNS hotspot.panel LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';
CREATE FUNCTION geometry_of(bytea, bytea) RETURNS geometry LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';
CREATE FUNCTION cell_of(cstring) RETURNS hotspot.cell LANGUAGE internal IMMUTABLE STRICT AS 'uuid_in';
CREATE FUNCTION grid_of(bigint) RETURNS hotspot.grid LANGUAGE internal IMMUTABLE STRICT AS 'int8up';
CREATE FUNCTION bytes_of(geometry, bytea) RETURNS bytea LANGUAGE internal IMMUTABLE STRICT AS 'byteacat';

CREATE FUNCTION sample_surface(grid hotspot.grid, srid integer, west float8, south float8, n integer)
RETURNS hotspot.surface LANGUAGE sql
RETURN (
  SELECT hotspot.surface(
    CASE WHEN k % 7 <> 3 THEN ST_SetSRID(ST_MakePoint(west + k * k % 11 * 120, south + k % 5 * 170), srid) END,
    CASE WHEN k % 9 <> 5 THEN k * 10.5 + CASE WHEN k % 4 = 1 THEN 0.000001 ELSE 0 END END,
    grid)
  FROM generate_series(1, n) AS k);

CREATE FUNCTION sample_track(srid integer, n integer, known_accuracies integer)
RETURNS hotspot.track LANGUAGE sql
RETURN (
  SELECT hotspot.track(
    CASE WHEN k % 8 <> 5 THEN '2000-01-01Z'::timestamptz + (k * k % 11 - 4) * interval '0.3 seconds' END,
    CASE WHEN k % 7 <> 3 THEN ST_SetSRID(ST_MakePoint(k % 3 - 1, k % 4 * 0.1), srid) END,
    CASE WHEN k <= known_accuracies THEN k % 3 END)
  FROM generate_series(1, n) AS k);

-- Visits of some units, with excursions, flags and pings, and rows that are left out.
CREATE FUNCTION sample_patrol(prefix text, n integer) RETURNS hotspot.patrol LANGUAGE sql
RETURN (
  SELECT hotspot.patrol(
    CASE WHEN k % 7 <> 3 THEN prefix || k * k % 5 END,
    tstzmultirange(tstzrange(at, at + interval '10 min'), tstzrange(at + k % 3 * interval '6 min', at + interval '15 min')),
    k % 2 = 0, k % 3 = 0, k % 5 = 0, k)
  FROM generate_series(1, n) AS k, LATERAL (SELECT timestamptz '2024-06-01 10:00+00' + k * interval '7 min') AS start (at));

-- Outcomes of some places, in units from 1 down to the 12th digit, and rows that are left out.
CREATE FUNCTION sample_panel(n integer, unit float8) RETURNS hotspot.panel LANGUAGE sql
RETURN (
  SELECT hotspot.panel('place ' || place, CASE WHEN k % 7 <> 3 THEN k % 5 END, k * k % 11 * unit,
    CASE place % 3 WHEN 0 THEN 3 WHEN 1 THEN 4 END, place % 4 + 1::bigint)
  FROM generate_series(1, n) AS k, LATERAL (SELECT k * k % 9 AS place) AS p);

CREATE TABLE seed (type text, n integer GENERATED ALWAYS AS IDENTITY, value text, bytes bytea);

INSERT INTO seed (type, value)
SELECT 'grid', unnest(ARRAY['150', 'square 150', 'hexagon 93.06', '0.001', 'hexagon 1099511627.775',
  '  square   20.500 ', '.5', '5.', '00012.34']);
INSERT INTO seed (type, value)
SELECT 'cell', unnest(ARRAY['27700/square150/3531/1206', '0/hexagon93.06/-5/7', '4326/square0.001/0/-1',
  '999999/hexagon1099511627.775/-2147483648/2147483647']);
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
INSERT INTO seed (type, value)
SELECT 'track', value::text
FROM (VALUES
  (sample_track(27700, 40, 0)), (sample_track(4326, 25, 25)), (sample_track(0, 12, 4)), (sample_track(999999, 1, 0)),
  (sample_track(27700, 1, 1)), ((SELECT hotspot.track(NULL::timestamptz, NULL)))
) AS track (value);
INSERT INTO seed (type, value)
SELECT 'patrol', value::text
FROM (VALUES
  (sample_patrol('car ', 12)),
  (sample_patrol('', 1)),
  ((SELECT hotspot.patrol(k - 2, timestamptz '2024-06-01 10:00+00' + k * interval '7 min', timestamptz '2024-06-01 10:20+00' + k * interval '7 min')
    FROM generate_series(1, 5) AS k)),
  ((SELECT hotspot.patrol(NULL::text, NULL)))
) AS patrol (value);
INSERT INTO seed (type, value)
SELECT 'panel', value::text
FROM (VALUES
  (sample_panel(40, 1)), (sample_panel(12, 0.25)), (sample_panel(30, 1e-12)), (sample_panel(25, 1e17)), (sample_panel(3, 0)),
  ((SELECT hotspot.panel(place, period, place * period, CASE WHEN place < 0 THEN 2 END)
    FROM generate_series(-3::bigint, 2) AS place, generate_series(1, 4) AS period)),
  ((SELECT hotspot.panel(NULL::text, 1, 1, NULL)))
) AS panel (value);

UPDATE seed SET bytes = CASE type
  WHEN 'grid' THEN hotspot.grid_send(value::hotspot.grid)
  WHEN 'cell' THEN hotspot.cell_send(value::hotspot.cell)
  WHEN 'surface' THEN hotspot.surface_send(value::hotspot.surface)
  WHEN 'track' THEN hotspot.track_send(value::hotspot.track)
  WHEN 'panel' THEN hotspot.panel_send(value::hotspot.panel)
  ELSE hotspot.patrol_send(value::hotspot.patrol)
END;

-- Areas lie near the origin, so that a coordinate that grows by some powers of 2 makes a surface of some cells more.
INSERT INTO seed (type, bytes)
SELECT 'geometry', bytes_of(CASE WHEN boxed THEN postgis_addbbox(geom) ELSE postgis_dropbbox(geom) END, '')
FROM unnest(ARRAY[
    'SRID=27700;POINT(529000 180000)', 'POINT(-1 2)', 'POINT Z (1 2 3)', 'POINT M (1 2 3)', 'POINT ZM (1 2 3 4)',
    'POINT EMPTY',
    'SRID=27700;POLYGON((0 0,600 0,600 600,0 600,0 0),(200 200,400 200,400 400,200 200))',
    'POLYGON Z ((0 0 1,600 0 1,0 450 1,0 0 1))', 'POLYGON ZM EMPTY',
    'MULTIPOLYGON(((0 0,600 0,600 600,0 0)),((-900 -900,-450 -900,-450 -450,-900 -900)))',
    'MULTIPOLYGON M (((0 0 1,600 0 1,600 600 1,0 0 1),(300 100 1,500 100 1,400 200 1,300 100 1)))',
    'MULTIPOLYGON EMPTY',
    'LINESTRING(0 0,600 600)', 'GEOMETRYCOLLECTION(POINT(1 1),POLYGON((0 0,600 0,600 600,0 0)))'
  ]::geometry[]) AS geom,
  unnest(ARRAY[false, true]) AS boxed;

-- Mutations of the valid values of a type.
CREATE FUNCTION mutated_texts(of_type text, times integer) RETURNS SETOF text LANGUAGE sql
BEGIN ATOMIC
  SELECT mutate(valid[1 + pick(random, 0, cardinality(valid))], valid[1 + pick(random, 1, cardinality(valid))], key)
  FROM (SELECT array_agg(value ORDER BY n) FROM seed WHERE type = of_type) AS seeds (valid),
    generate_series(1, times) AS mutation,
    format('text of type %s, mutation %s', of_type, mutation) AS key,
    random_bytes(key) AS random;
END;

CREATE FUNCTION mutated_bytes(of_type text, times integer) RETURNS SETOF bytea LANGUAGE sql
BEGIN ATOMIC
  SELECT mutate(valid[1 + pick(random, 0, cardinality(valid))], valid[1 + pick(random, 1, cardinality(valid))], key)
  FROM (SELECT array_agg(bytes ORDER BY n) FROM seed WHERE type = of_type) AS seeds (valid),
    generate_series(1, times) AS mutation,
    format('bytes of type %s, mutation %s', of_type, mutation) AS key,
    random_bytes(key) AS random;
END;

---- text ----

-- Errors about the data: what it says, or that it is too much.
CREATE FUNCTION is_data_error(state text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN state LIKE '22%' OR state = '54000';

-- What all text of a type must look like, be it right or not.
CREATE FUNCTION looks_like(type text, input text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN input ~ CASE type
  WHEN 'grid' THEN '^ *((square|hexagon) +)?[0-9.]+ *$'
  WHEN 'cell' THEN '^-?[0-9]+/(square|hexagon)[0-9.]+/-?[0-9]+/-?[0-9]+$'
  ELSE '^[0-9A-Fa-f]+$'
END;

CREATE FUNCTION try_text(type text, input text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  statement text := format('SELECT $1::hotspot.%I::text', type);
  output text;
  again text;
BEGIN
  BEGIN
    EXECUTE statement INTO output USING input;
  EXCEPTION WHEN others THEN
    RETURN CASE WHEN is_data_error(SQLSTATE) THEN 'refused' ELSE SQLSTATE || ' ' || SQLERRM END;
  END;
  EXECUTE statement INTO again USING output;
  RETURN CASE WHEN again <> output THEN format('%s is read as %s', output, again)
    WHEN NOT looks_like(type, input) THEN 'taken for ' || output
    ELSE 'read' END;
EXCEPTION WHEN others THEN
  RETURN format('%s is not read: %s %s', output, SQLSTATE, SQLERRM);
END $$;

INSERT INTO verdict
SELECT format('%s values of type %s in text', CASE WHEN mutated THEN 'mutated' ELSE 'valid' END, type),
  input, try_text(type, input)
FROM (
  SELECT type, false AS mutated, value AS input FROM seed WHERE value IS NOT NULL
  UNION ALL
  SELECT type, true, mutated_texts(type, :scale * 3000)
  FROM unnest(ARRAY['grid', 'cell', 'surface', 'track', 'patrol', 'panel']) AS type
) AS inputs;

---- binary ----

CREATE TABLE received_grid (value hotspot.grid);
CREATE TABLE received_cell (value hotspot.cell);
CREATE TABLE received_surface (value hotspot.surface);
CREATE TABLE received_track (value hotspot.track);
CREATE TABLE received_patrol (value hotspot.patrol);
CREATE TABLE received_panel (value hotspot.panel);

CREATE FUNCTION binary_file() RETURNS text LANGUAGE sql
RETURN current_setting('data_directory') || '/hotspot_fuzz_' || pg_backend_pid();

-- COPY writes the bytes of a bytea as it would those of any type, and reads them as another. A value that is read goes
-- through its text form before it is sent, so that it must be one that can be told in text.
CREATE FUNCTION try_binary(type text, input bytea) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  received text := 'received_' || type;
  output bytea;
BEGIN
  EXECUTE format('COPY (SELECT %L::bytea) TO %L (FORMAT binary)', input, binary_file());
  BEGIN
    EXECUTE format('COPY %I FROM %L (FORMAT binary)', received, binary_file());
  EXCEPTION WHEN others THEN
    -- 08P01 is what PostgreSQL says of its own types too where bytes are missing.
    RETURN CASE WHEN is_data_error(SQLSTATE) OR SQLSTATE = '08P01' THEN 'refused' ELSE SQLSTATE || ' ' || SQLERRM END;
  END;
  EXECUTE format('SELECT hotspot.%I(value::text::hotspot.%I) FROM %I', type || '_send', type, received) INTO output;
  EXECUTE format('DELETE FROM %I', received);
  RETURN CASE WHEN output = input THEN 'read' ELSE format('sent as %s', output) END;
EXCEPTION WHEN others THEN
  RETURN format('read, but then: %s %s', SQLSTATE, SQLERRM);
END $$;

INSERT INTO verdict
SELECT format('%s values of type %s in binary', CASE WHEN mutated THEN 'mutated' ELSE 'valid' END, type),
  input::text, try_binary(type, input)
FROM (
  SELECT type, false AS mutated, bytes AS input FROM seed WHERE value IS NOT NULL
  UNION ALL
  SELECT type, true, mutated_bytes(type, :scale * 1000)
  FROM unnest(ARRAY['grid', 'cell', 'surface', 'track', 'patrol', 'panel']) AS type
) AS inputs;

DO $$ BEGIN EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', format('rm %L', binary_file())); END $$;

---- stored values ----

-- Values are read from a table, as in life: there short ones have a header of one byte and are not aligned.
CREATE TABLE stored (
  n integer GENERATED ALWAYS AS IDENTITY,
  type text,
  input bytea,
  mutated boolean,
  surface hotspot.surface,
  geometry geometry,
  cell hotspot.cell,
  grid hotspot.grid,
  track hotspot.track,
  patrol hotspot.patrol,
  panel hotspot.panel
);

INSERT INTO stored (type, input, mutated, surface)
SELECT 'surface', bytes, mutated, surface_of(bytes, '')
FROM (
  SELECT bytes, false FROM seed WHERE type = 'surface'
  UNION ALL
  SELECT mutated_bytes('surface', :scale * 2000), true
) AS surface (bytes, mutated);

INSERT INTO stored (type, input, mutated, track)
SELECT 'track', bytes, mutated, track_of(bytes, '')
FROM (
  SELECT bytes, false FROM seed WHERE type = 'track'
  UNION ALL
  SELECT mutated_bytes('track', :scale * 2000), true
) AS track (bytes, mutated);

INSERT INTO stored (type, input, mutated, patrol)
SELECT 'patrol', bytes, mutated, patrol_of(bytes, '')
FROM (
  SELECT bytes, false FROM seed WHERE type = 'patrol'
  UNION ALL
  SELECT mutated_bytes('patrol', :scale * 2000), true
) AS patrol (bytes, mutated);

INSERT INTO stored (type, input, mutated, panel)
SELECT 'panel', bytes, mutated, panel_of(bytes, '')
FROM (
  SELECT bytes, false FROM seed WHERE type = 'panel'
  UNION ALL
  SELECT mutated_bytes('panel', :scale * 2000), true
) AS panel (bytes, mutated);

INSERT INTO stored (type, input, mutated, geometry)
SELECT 'geometry', bytes, mutated, geometry_of(bytes, '')
FROM (
  SELECT bytes, false FROM seed WHERE type = 'geometry'
  UNION ALL
  SELECT mutated_bytes('geometry', :scale * 6000), true
) AS geometry (bytes, mutated);

-- Nearly any 16 bytes are a cell, so its readers cannot tell; they must only survive.
INSERT INTO stored (type, input, mutated, cell)
SELECT 'cell', bytes, true, cell_of(encode(bytes, 'hex')::cstring)
FROM (SELECT substring(random_bytes('cell ' || n) FOR 16) FROM generate_series(1, 200) AS n) AS cell (bytes);

INSERT INTO stored (type, input, mutated, grid)
SELECT 'grid', int8send(bits), mutated, grid_of(bits)
FROM (
  SELECT 1::bigint << 40 | 150000, false
  UNION ALL
  SELECT ('x' || encode(random_bytes('grid ' || n), 'hex'))::bit(64)::bigint >> n % 64, true
  FROM generate_series(1, 200) AS n
) AS grid (bits, mutated);

-- What a surface and a track are merged with.
CREATE TABLE other AS SELECT surface FROM stored WHERE n = 1;
CREATE TABLE other_track AS SELECT track FROM stored WHERE type = 'track' ORDER BY n LIMIT 1;

-- The text of a track less what it says of skipped fixes: behind the prefix and the SRID.
CREATE FUNCTION without_skipped(track hotspot.track) RETURNS text LANGUAGE sql
RETURN overlay(track::text PLACING repeat('0', 64) FROM 13);

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

-- Queries that read a value: $1 is a surface, $2 a geometry, $3 a cell, $4 a grid, $5 a track, $6 a patrol, $7 a panel. Readers
-- of one part of a summary or geometry must agree on whether it is corrupted. None calls PostGIS with a geometry, since
-- PostGIS need not survive corrupted ones.
CREATE TABLE reader (type text, part text, query text);
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
  ('surface', 'all', 'SELECT ($1 + $1)::text'),
  ('surface', 'all', 'SELECT ($1 + surface)::text FROM other'),
  ('surface', 'all', 'SELECT (surface + $1)::text FROM other'),
  ('surface', 'all', 'SELECT hotspot.merge(surface)::text FROM (VALUES (NULL), ($1), ($1)) AS part (surface)'),
  ('surface', 'all', 'SELECT hotspot.surface_add_event($1, $$SRID=27700;POINT(1 1)$$, 150)::text'),
  ('surface', 'all', 'SELECT hotspot.fill($1, $$SRID=27700;POLYGON((0 0,600 0,600 600,0 0))$$)::text'),
  ('surface', 'all', 'SELECT hotspot.fill($1)::text'),
  ('surface', 'text', 'SELECT $1::text'),
  ('patrol', 'all', 'SELECT hotspot.size($6), hotspot.units($6)'),
  ('patrol', 'all', 'SELECT hotspot.skipped($6)'),
  ('patrol', 'all', 'SELECT hotspot.skipped($6, $$infinite$$)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.dosage($6)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.dosage($6, since => $$2024-06-01$$, until => $$2024-06-02$$)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.compliance($6, 2, $$6 min$$, 20)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.koper($6, $${2024-06-01 10:30+00}$$)'),
  ('patrol', 'all', 'SELECT * FROM hotspot.exposure($6, $${2024-06-01 10:30+00}$$)'),
  ('patrol', 'all', 'SELECT ($6 + $6)::text'),
  ('patrol', 'all', 'SELECT hotspot.merge(patrol)::text FROM (VALUES (NULL), ($6), ($6)) AS part (patrol)'),
  ('patrol', 'text', 'SELECT $6::text'),
  ('panel', 'all', 'SELECT hotspot.size($7), hotspot.periods($7)'),
  ('panel', 'all', 'SELECT hotspot.skipped($7, $$cluster$$), hotspot.skipped($7)'),
  ('panel', 'all', 'SELECT hotspot.did($7)'),
  ('panel', 'all', 'SELECT hotspot.did($7, $$poisson$$)'),
  ('panel', 'all', 'SELECT hotspot.did($7, $$callaway$$, control => $$notyet$$, anticipation => 1)'),
  ('panel', 'all', 'SELECT * FROM hotspot.att($7)'),
  ('panel', 'all', 'SELECT * FROM hotspot.event_study($7)'),
  ('panel', 'all', 'SELECT * FROM hotspot.bacon($7)'),
  ('panel', 'all', 'SELECT * FROM hotspot.rate_ratio($7)'),
  ('panel', 'all', 'SELECT hotspot.permutation($7, 9)'),
  ('panel', 'all', 'SELECT hotspot.wild_bootstrap($7, 9)'),
  ('panel', 'all', 'SELECT ($7 + $7)::text'),
  ('panel', 'all', 'SELECT hotspot.merge(panel)::text FROM (VALUES (NULL), ($7), ($7)) AS part (panel)'),
  ('panel', 'text', 'SELECT $7::text'),
  ('geometry', 'point', 'SELECT hotspot.cell($2, 150)::text'),
  ('geometry', 'point', 'SELECT hotspot.surface($2, 150)::text'),
  ('geometry', 'point', 'SELECT hotspot.surface($2, 1.5, $$hexagon 93.06$$)::text'),
  ('geometry', 'area', 'SELECT hotspot.cover($2, 150)::text'),
  ('geometry', 'area', 'SELECT hotspot.cover($2, $$hexagon 93.06$$)::text'),
  ('cell', 'all', 'SELECT $3::text'),
  ('cell', 'all', 'SELECT hotspot.i($3), hotspot.j($3)'),
  ('cell', 'all', 'SELECT hotspot.grid($3)::text'),
  ('cell', 'all', 'SELECT ST_AsText($3::geometry)'),
  ('cell', 'all', 'SELECT ST_AsText(hotspot.centre($3))'),
  ('cell', 'all', 'SELECT hotspot.cell_send($3), hotspot.cell_hash($3)'),
  ('cell', 'all', 'SELECT $3 < $$27700/square150/0/0$$'),
  ('grid', 'text', 'SELECT $4::text'),
  ('grid', 'all', 'SELECT hotspot.grid_send($4)'),
  ('track', 'all', 'SELECT hotspot.size($5)'),
  ('track', 'all', 'SELECT hotspot.skipped($5)'),
  ('track', 'all', 'SELECT hotspot.skipped($5, $$accuracy$$)'),
  ('track', 'all', 'SELECT hotspot.srid($5)'),
  ('track', 'all', 'SELECT hotspot.during($5)'),
  ('track', 'all', 'SELECT * FROM hotspot.fixes($5)'),
  ('track', 'all', 'SELECT ($5 + $5)::text'),
  ('track', 'all', 'SELECT hotspot.merge(track)::text FROM (SELECT $5 UNION ALL SELECT track FROM other_track) AS m (track)'),
  ('grid', 'all', 'SELECT hotspot.cell($$POINT(1e12 1)$$, $4)'),
  ('grid', 'all', 'SELECT hotspot.surface($$POINT(1e12 1)$$::geometry, $4)::text'),
  ('grid', 'all', 'SELECT hotspot.cover($$POLYGON((0 0,1 0,1 1,0 0))$$, $4)::text');

CREATE FUNCTION try_reader(query text, value stored) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE query USING value.surface, value.geometry, value.cell, value.grid, value.track, value.patrol, value.panel;
  RETURN 'read';
EXCEPTION
  WHEN data_corrupted THEN
    RETURN 'corrupted';
  WHEN others THEN
    -- A damaged value may be another valid one: for example of another SRID, or on another grid than the next.
    RETURN CASE WHEN is_data_error(SQLSTATE) THEN 'refused' ELSE SQLSTATE || ' ' || SQLERRM END;
END $$;

CREATE TABLE reading AS
SELECT stored.n, type, part, query, input, mutated, try_reader(query, stored) AS verdict
FROM stored JOIN reader USING (type)
WHERE CASE WHEN query LIKE '%fill($1)%' THEN NOT has_large_rectangle(surface) ELSE true END;

INSERT INTO verdict
SELECT CASE WHEN mutated THEN 'readers of damaged values of type ' ELSE 'readers of valid values of type ' END || type,
  format('%s: %s', query, input),
  CASE WHEN verdict = 'corrupted' AND NOT mutated THEN 'called corrupted' ELSE verdict END
FROM reading;

INSERT INTO verdict
SELECT format('readers of type %s agree on what is corrupted', type), input::text,
  CASE
    WHEN bool_and(verdict = 'corrupted') THEN 'corrupted'
    WHEN bool_or(verdict = 'corrupted') THEN 'not so for ' || min(query) FILTER (WHERE verdict <> 'corrupted')
    ELSE 'read'
  END
FROM reading
WHERE type IN ('surface', 'geometry', 'track', 'patrol', 'panel') AND part <> 'text'
GROUP BY type, part, n, input;

INSERT INTO verdict
SELECT format('text input refuses the values of type %s that are corrupted', type), input::text,
  CASE
    WHEN reading.verdict <> 'corrupted' AND text.verdict = 'read' THEN 'read'
    WHEN reading.verdict = 'corrupted' AND text.verdict = 'refused' THEN 'refused'
    ELSE format('%s, but its text is %s', reading.verdict, text.verdict)
  END
FROM reading, LATERAL try_text(type, encode(input, 'hex')) AS text (verdict)
WHERE query IN ('SELECT hotspot.size($1)', 'SELECT hotspot.size($5)', 'SELECT hotspot.skipped($6)');

INSERT INTO verdict
SELECT 'sums of a surface are those of its cells', stored.input::text,
  CASE
    WHEN (size, occupied, events) = (hotspot.size(surface), hotspot.occupied(surface), hotspot.events(surface))
    THEN 'read'
    ELSE 'other sums'
  END
FROM stored JOIN reading ON reading.n = stored.n AND query = 'SELECT hotspot.events($1)' AND verdict = 'read',
  LATERAL (
    SELECT count(*), count(*) FILTER (WHERE events > 0), coalesce(sum(events), 0)
    FROM hotspot.cells(surface)
  ) AS sums (size, occupied, events);

INSERT INTO verdict
SELECT 'a track holds its fixes and no others', stored.input::text,
  CASE
    WHEN (SELECT hotspot.track(at, geom, accuracy) FROM hotspot.fixes(track))::text IS NOT DISTINCT FROM
      CASE WHEN hotspot.size(track) > 0 THEN without_skipped(track) END
    THEN 'read'
    ELSE 'other fixes'
  END
FROM stored JOIN reading ON reading.n = stored.n AND query = 'SELECT hotspot.size($5)' AND verdict = 'read';

---- results ----

-- A test of damaged values that finds none of one sort would try little.
CREATE FUNCTION is_good(test text, verdicts text[]) RETURNS boolean LANGUAGE sql
BEGIN ATOMIC
  SELECT verdicts <@ ARRAY['read', 'refused', 'corrupted'] AND 'read' = ANY (verdicts) AND
    CASE
      WHEN test LIKE 'valid values%' THEN NOT verdicts && ARRAY['refused', 'corrupted']
      WHEN test LIKE 'mutated values%' THEN 'refused' = ANY (verdicts)
      WHEN test LIKE 'readers of damaged values%' AND test NOT LIKE '%cell' THEN 'corrupted' = ANY (verdicts)
      ELSE true
    END;
END;

WITH result AS (
  SELECT test, is_good(test, array_agg(DISTINCT verdict)) AS good,
    count(*) FILTER (WHERE verdict = 'read') AS read, count(*) AS inputs,
    array_agg(format('%s: %s', verdict, left(input, 2000)) ORDER BY length(input))
      FILTER (WHERE verdict NOT IN ('read', 'refused', 'corrupted')) AS bad
  FROM verdict
  GROUP BY test
)
SELECT CASE WHEN good THEN 'ok - ' ELSE 'not ok - ' END || test || format(' (%s inputs, %s read)', inputs, read) ||
  CASE WHEN good THEN '' ELSE E'\n# ' || coalesce(array_to_string(bad[1:5], E'\n# '), 'all or none were read') END
FROM result
ORDER BY test;

ROLLBACK;
