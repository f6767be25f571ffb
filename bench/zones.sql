-- Points among zones, and how long it takes to compile these.

-- Median of what a query takes beyond another, in nanoseconds a row.
CREATE FUNCTION beyond(query text, floor text, nrows bigint) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
  ms float8[];
BEGIN
  PERFORM run(floor, 0), run(query, 0);
  FOR k IN 1 .. 9 LOOP
    ms[k] := -run(floor, 0) + run(query, 0);
  END LOOP;
  RETURN median(ms) * 1e6 / nrows;
END $$;

CREATE FUNCTION compile_ms(sets text) RETURNS float8 LANGUAGE sql
RETURN (SELECT median(array_agg(run(format('SELECT zone_at(z, ''SRID=27700;POINT (0 0)'') FROM %s', sets), 0)))
        FROM generate_series(1, 5));

-- A tessellation of 34,969 zones of 160 vertices and some 500 m, as the LSOAs of England and Wales are: squares whose
-- shared edges are jagged.
CREATE UNLOGGED TABLE jagged AS
SELECT i, j, upright, k, 400000 + 500 * i + CASE WHEN upright THEN jag ELSE 12.5 * k END AS x,
       200000 + 500 * j + CASE WHEN upright THEN 12.5 * k ELSE jag END AS y
FROM generate_series(0, 187) i, generate_series(0, 187) j, (VALUES (true), (false)) d (upright), generate_series(0, 40) k,
     LATERAL (SELECT CASE WHEN k % 40 = 0 THEN 0
                     ELSE 10 * uniform(((i * 1000 + j) * 2 + upright::int) * 100 + k, 12) END AS jag) j_;
CREATE UNLOGGED TABLE small_area AS
SELECT i * 1000 + j AS id, ST_SetSRID(ST_MakePolygon(ST_MakeLine(ST_MakePoint(x, y) ORDER BY side, step)), 27700) AS area
FROM (SELECT i, j, 1 AS side, k AS step, x, y FROM jagged WHERE NOT upright
      UNION ALL SELECT i - 1, j, 2, k, x, y FROM jagged WHERE upright
      UNION ALL SELECT i, j - 1, 3, -k, x, y FROM jagged WHERE NOT upright
      UNION ALL SELECT i, j, 4, -k, x, y FROM jagged WHERE upright) side
WHERE i BETWEEN 0 AND 186 AND j BETWEEN 0 AND 186
GROUP BY i, j;
CREATE TABLE small_areas AS SELECT zones(id, area) AS z FROM small_area;
VACUUM ANALYZE small_areas;

SELECT format('%-46s %26s', 'zones', '');
SELECT show_number('zone_at(), 300 zones, ns beyond count(geom)',
                   beyond('SELECT count(zone_at(z, geom)) FROM gps, hot_spots', 'SELECT count(geom) FROM gps, hot_spots',
                          :fixes), '<= 80');
SELECT show_number('compiling 300 zones, ms', compile_ms('hot_spots'), '<= 50');
SELECT show_number('compiling ' || size(z) || ' zones, ms', compile_ms('small_areas'), '<= 3000') FROM small_areas;
DROP TABLE jagged, small_area;
