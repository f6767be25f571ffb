-- Zones of some corners each, with a hole, and areas that are left out.
CREATE FUNCTION sample_zones(srid integer, n integer) RETURNS hotspot.zones LANGUAGE sql
RETURN (
  SELECT hotspot.zones(k * k % 17, CASE WHEN k % 5 <> 4 THEN
    ST_SetSRID(format('POLYGON((%s 0,%s 10,%1$s 9.5,%1$s 0),(1 1,3 1,2 5,1 1))', k, k + 20)::geometry, srid) END)
  FROM generate_series(1, n) AS k);

INSERT INTO seed (type, value)
SELECT 'zones', value::text
FROM (VALUES
  (sample_zones(27700, 4)),
  (sample_zones(0, 1)),
  ((SELECT hotspot.zones(id, 'SRID=4326;MULTIPOLYGON(((0 0,9 0,9 9,0 0)),((5 5,6 5,6 6,5 5)))')
    FROM unnest('{"",a,ab}'::text[]) AS id)),
  ((SELECT hotspot.zones('none', NULL)))
) AS zones (value);

-- The bytes of zones with the hash of src/tracking/zones_flat.c made right, in numbers of 64 bits that wrap around.
CREATE FUNCTION wrapped(number numeric) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (SELECT CASE WHEN m >= 9223372036854775808 THEN m - 18446744073709551616 ELSE m END
  FROM mod(mod(number, 18446744073709551616) + 18446744073709551616, 18446744073709551616) AS m)::bigint;

CREATE FUNCTION repaired(bytes bytea) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  size integer := length(bytes) - 10;
  hash bigint := size;
  word bigint;
  key bigint;
BEGIN
  IF size < 0 THEN
    RETURN bytes;
  END IF;
  FOR n IN 0 .. size / 8 LOOP
    word := 0;
    FOR k IN 0 .. least(7, size - 8 * n - 1) LOOP
      word := word | (get_byte(bytes, 10 + 8 * n + k)::bigint << 8 * k);
    END LOOP;
    key := hash # word;
    key := wrapped((key # (key >> 33 & 2147483647))::numeric * x'ff51afd7ed558ccd'::bigint);
    key := wrapped((key # (key >> 33 & 2147483647))::numeric * x'c4ceb9fe1a85ec53'::bigint);
    key := key # (key >> 33 & 2147483647);
    hash := CASE WHEN n < size / 8 THEN wrapped(key::numeric + hash) ELSE key END;
  END LOOP;
  FOR k IN 0 .. 7 LOOP
    bytes := set_byte(bytes, 2 + k, (hash >> 8 * k & 255)::integer);
  END LOOP;
  RETURN bytes;
END $$;

-- Mutations of zones: half of them have the right hash, without which none would get far.
CREATE FUNCTION mutated_zones(times integer) RETURNS SETOF bytea LANGUAGE sql
BEGIN ATOMIC
  SELECT CASE WHEN n % 2 = 0 THEN repaired(bytes) ELSE bytes END
  FROM mutated_bytes('zones', times) WITH ORDINALITY AS mutation (bytes, n);
END;

INSERT INTO special_inputs VALUES
  ('zones', 'text', $$SELECT encode(mutated_zones(500 * $1), 'hex')$$),
  ('zones', 'binary', 'SELECT mutated_zones(500 * $1)'),
  ('zones', 'stored', 'SELECT mutated_zones(600 * $1)');

INSERT INTO reader VALUES
  ('zones', 'all', 'SELECT hotspot.size($1)'),
  ('zones', 'all', 'SELECT hotspot.srid($1)'),
  ('zones', 'all', 'SELECT hotspot.skipped($1)'),
  ('zones', 'all', 'SELECT * FROM hotspot.ids($1)'),
  ('zones', 'all', 'SELECT hotspot.zone_at($1, $$SRID=27700;POINT(2 2)$$)'),
  ('zones', 'all', 'SELECT * FROM hotspot.zones_at($1, $$POINT(2 9)$$)'),
  ('zones', 'all', 'SELECT v.* FROM other_track, hotspot.visits(track, $1, $$1 day$$) AS v'),
  ('zones', 'all', 'SELECT ($1 + $1)::text'),
  ('zones', 'all', 'SELECT hotspot.merge(zones)::text FROM (VALUES (NULL), ($1)) AS part (zones)'),
  ('zones', 'text', 'SELECT $1::text');
