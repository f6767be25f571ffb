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

---- types ----

-- Each type has a file that inserts what to try into these tables.
--
-- Valid values of a type: its text form, or the bytes of a type whose text is not of hotspot.
CREATE TABLE seed (type text, n integer GENERATED ALWAYS AS IDENTITY, value text, bytes bytea);

-- Queries that read a value, $1. All readers of one part of a summary or geometry must agree on whether it is corrupted;
-- what writes the text form, which is "text", need not notice.
CREATE TABLE reader (type text, part text, query text);

-- What holds of each value that is not corrupted: queries that give true for it, $1.
CREATE TABLE law (type text, test text, query text);

-- Queries for the inputs of a type that are not the usual mutations, see inputs(): $1 is the scale.
CREATE TABLE special_inputs (type text, form text CHECK (form IN ('text', 'binary', 'stored')), query text);

-- What all text of a type must look like, be it right or not, unless it is hexadecimal.
CREATE TABLE text_pattern (type text, pattern text);

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

-- The types, in the order in which they use each other.
\ir types/grid.sql
\ir types/cell.sql
\ir types/geometry.sql
\ir types/surface.sql
\ir types/quality_counts.sql
\ir types/incidents.sql
\ir types/track.sql
\ir types/zones.sql
\ir types/patrol.sql
\ir types/trial.sql
\ir types/displacement.sql
\ir types/did_cells.sql
\ir types/did_places.sql
\ir types/panel.sql
\ir types/week.sql

CREATE FUNCTION type_named(type text) RETURNS regtype LANGUAGE sql
RETURN coalesce(to_regtype('hotspot.' || type), to_regtype(type));

-- Whether readers can tell that a value of the type is corrupted.
CREATE FUNCTION is_summary(type text) RETURNS boolean LANGUAGE sql
RETURN (SELECT typlen < 0 FROM pg_type WHERE oid = type_named(type));

-- Functions of PostgreSQL that copy bytes give any bytes a type, past its input function.
DO $$
DECLARE
  type text;
BEGIN
  FOR type IN SELECT DISTINCT seed.type FROM seed WHERE is_summary(seed.type) LOOP
    EXECUTE format('CREATE FUNCTION %I(bytea, bytea) RETURNS %s LANGUAGE internal IMMUTABLE STRICT AS ''byteacat''',
      type || '_of', type_named(type));
  END LOOP;
END $$;

CREATE FUNCTION sent(type text, value text) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  bytes bytea;
BEGIN
  EXECUTE format('SELECT hotspot.%I($1::hotspot.%I)', type || '_send', type) INTO bytes USING value;
  RETURN bytes;
END $$;

UPDATE seed SET bytes = sent(type, value) WHERE value IS NOT NULL;

-- What to try with a type: its text, or bytes in the text form of bytea.
CREATE FUNCTION inputs(of_type text, of_form text, scale integer) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
  usual text := CASE of_form
    WHEN 'text' THEN 'mutated_texts(%L, 3000 * $1)'
    WHEN 'binary' THEN 'mutated_bytes(%L, 1000 * $1)'
    WHEN 'stored' THEN 'mutated_bytes(%L, 2000 * $1)'
  END;
  special text := (SELECT query FROM special_inputs WHERE type = of_type AND form = of_form);
BEGIN
  RETURN QUERY EXECUTE format('SELECT input::text FROM (%s) AS inputs (input)',
    coalesce(special, format('SELECT ' || usual, of_type))) USING scale;
END $$;

---- text ----

-- Errors about the data: what it says, that it is too much, or twice the same.
CREATE FUNCTION is_data_error(state text) RETURNS boolean LANGUAGE sql IMMUTABLE
RETURN state LIKE '22%' OR state IN ('54000', '23505');

CREATE FUNCTION looks_like(of_type text, input text) RETURNS boolean LANGUAGE sql
RETURN input ~ coalesce((SELECT pattern FROM text_pattern WHERE type = of_type), '^[0-9A-Fa-f]+$');

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
  SELECT type, true, inputs(type, 'text', :scale)
  FROM (SELECT DISTINCT type FROM seed WHERE value IS NOT NULL) AS types
) AS inputs;

---- binary ----

DO $$
DECLARE
  type text;
BEGIN
  FOR type IN SELECT DISTINCT seed.type FROM seed WHERE value IS NOT NULL LOOP
    EXECUTE format('CREATE TABLE %I (value hotspot.%I)', 'received_' || type, type);
  END LOOP;
END $$;

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
  SELECT type, true, inputs(type, 'binary', :scale)::bytea
  FROM (SELECT DISTINCT type FROM seed WHERE value IS NOT NULL) AS types
) AS inputs;

DO $$ BEGIN EXECUTE format('COPY (SELECT 1) TO PROGRAM %L', format('rm %L', binary_file())); END $$;

---- stored values ----

CREATE TABLE stored (n integer GENERATED ALWAYS AS IDENTITY, type text, mutated boolean, value text, input bytea);

INSERT INTO stored (type, mutated, value, input)
SELECT type, false, value, bytes FROM seed
UNION ALL
SELECT type, true, NULL, inputs(type, 'stored', :scale)::bytea FROM (SELECT DISTINCT type FROM seed) AS types;

-- A reading tells what a reader said, a holding whether a law holds.
CREATE TABLE reading (n integer, part text, query text, verdict text);
CREATE TABLE holding (n integer, test text, verdict text);

CREATE FUNCTION try_reader(query text, value anyelement) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE query USING value;
  RETURN 'read';
EXCEPTION
  WHEN data_corrupted THEN
    RETURN 'corrupted';
  WHEN others THEN
    -- A damaged value may be another valid one: for example of another SRID, or on another grid than the next.
    RETURN CASE WHEN is_data_error(SQLSTATE) THEN 'refused' ELSE SQLSTATE || ' ' || SQLERRM END;
END $$;

CREATE FUNCTION try_law(query text, value anyelement) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  holds boolean;
BEGIN
  EXECUTE query INTO holds USING value;
  RETURN CASE WHEN holds THEN 'read' ELSE 'does not hold' END;
EXCEPTION WHEN others THEN
  RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- Values are read from a table, as in life: there short ones have a header of one byte and are not aligned.
DO $$
DECLARE
  type text;
  stored_type text;
BEGIN
  FOR type IN SELECT DISTINCT seed.type FROM seed LOOP
    stored_type := 'stored_' || type;
    EXECUTE format(
      'CREATE TABLE %I AS SELECT n, CASE WHEN value IS NULL THEN %I(input, '''') ELSE value::%s END AS value
       FROM stored WHERE type = %L', stored_type, type || '_of', type_named(type), type);
    EXECUTE format(
      'INSERT INTO reading SELECT n, part, query, try_reader(query, value) FROM %I, reader WHERE type = %L',
      stored_type, type);
    EXECUTE format(
      'INSERT INTO holding SELECT n, test, try_law(query, value) FROM %I AS valid, law
       WHERE type = %L AND NOT EXISTS (SELECT FROM reading WHERE n = valid.n AND verdict = ''corrupted'')',
      stored_type, type);
  END LOOP;
END $$;

INSERT INTO verdict
SELECT CASE WHEN mutated THEN 'readers of damaged values of type ' ELSE 'readers of valid values of type ' END || type,
  format('%s: %s', query, input),
  CASE WHEN verdict = 'corrupted' AND NOT mutated THEN 'called corrupted' ELSE verdict END
FROM reading JOIN stored USING (n);

INSERT INTO verdict
SELECT format('readers of type %s agree on what is corrupted', type), input::text,
  CASE
    WHEN bool_and(verdict = 'corrupted') THEN 'corrupted'
    WHEN bool_or(verdict = 'corrupted') THEN 'not so for ' || min(query) FILTER (WHERE verdict <> 'corrupted')
    ELSE 'read'
  END
FROM reading JOIN stored USING (n)
WHERE is_summary(type) AND part <> 'text'
GROUP BY type, part, n, input;

INSERT INTO verdict
SELECT format('text input refuses the values of type %s that are corrupted', type), input::text,
  CASE
    WHEN NOT is_corrupted AND text.verdict = 'read' THEN 'read'
    WHEN is_corrupted AND text.verdict = 'refused' THEN 'refused'
    ELSE format('%s, but its text is %s', CASE WHEN is_corrupted THEN 'corrupted' ELSE 'read' END, text.verdict)
  END
FROM (
    SELECT n, bool_or(verdict = 'corrupted') FROM reading WHERE part = 'all' GROUP BY n
  ) AS summary (n, is_corrupted)
  JOIN stored USING (n),
  LATERAL try_text(type, encode(input, 'hex')) AS text (verdict)
WHERE is_summary(type) AND type_named(type) = to_regtype('hotspot.' || type);

INSERT INTO verdict
SELECT test, input::text, verdict
FROM holding JOIN stored USING (n);

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
