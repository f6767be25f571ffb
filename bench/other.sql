CREATE UNLOGGED TABLE whole AS SELECT surface(geom, harm, 150) AS s FROM event;
CREATE UNLOGGED TABLE whole_cell AS SELECT c.* FROM whole, cells(s) c;
CREATE UNLOGGED TABLE whole_bytes AS SELECT decode(s::text, 'hex') AS bytes FROM whole;
CREATE UNLOGGED TABLE offence AS
SELECT (array_agg(offence))[1 + floor(uniform(n, 4) * count(*))::int] AS offence
FROM generate_series(1, 1000000) n, harm_weight WHERE scheme = 'cchi_2026_demo' GROUP BY n;
VACUUM ANALYZE whole, whole_cell, whole_bytes, offence;

SELECT compare_heading('other, without target / floor');
SELECT compare('surface, hexagons / count(geom), sum(harm)',
               $$SELECT surface(geom, harm, 'hexagon 93.06') FROM event$$,
               'SELECT count(geom), sum(harm) FROM event', pairs => 3);
SELECT compare('surface, by 100 groups / count, sum by group',
               $$SELECT floor(harm / 5), surface(geom, harm, 150) FROM event GROUP BY 1$$,
               $$SELECT floor(harm / 5), count(geom), sum(harm) FROM event GROUP BY 1$$, pairs => 3);
SELECT compare('cells(s) / a table of them', 'SELECT c.* FROM whole, cells(s) c',
               'SELECT * FROM whole_cell', pairs => 15);
SELECT compare('top(s) / ORDER BY harm LIMIT 20', 'SELECT t.* FROM whole, top(s) t',
               'SELECT * FROM whole_cell ORDER BY harm DESC LIMIT 20', pairs => 15);
SELECT compare('top(s), separation 500 / the same', 'SELECT t.* FROM whole, top(s, separation => 500) t',
               'SELECT * FROM whole_cell ORDER BY harm DESC LIMIT 20', pairs => 15);
SELECT compare('text and back / of bytea', 'SELECT s::text::surface FROM whole',
               'SELECT bytes::text::bytea FROM whole_bytes', pairs => 15);
SELECT compare('harm(offence) / join to the weights',
               $$SELECT sum(harm(offence, 'cchi_2026_demo')) FROM offence$$,
               $$SELECT sum(harm) FROM offence JOIN harm_weight USING (offence) WHERE scheme = 'cchi_2026_demo'$$);
SELECT compare('concentration(s) / ORDER BY harm', 'SELECT c.* FROM whole, concentration(s) c',
               'SELECT count(*) FROM (SELECT harm FROM whole_cell ORDER BY harm OFFSET 0) c', pairs => 15);

-- As many different points as events, which is the most work.
CREATE UNLOGGED TABLE force AS SELECT ST_Buffer(ST_SetSRID(ST_MakePoint(430000, 330000), 27700), 25000, 500) AS area;
SELECT compare('quality, area of 2,001 vertices / count(geom)',
               $$SELECT quality(geom, '2026-01-01'::timestamptz, '2026-01-02', (SELECT area FROM force), 'Europe/London') FROM event$$,
               'SELECT count(geom), sum(harm) FROM event', pairs => 3);
