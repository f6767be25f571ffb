-- One event of harm 2 in the middle of 5 x 5 cells of 10, bandwidth 25. By hand: 2 * 3 / (pi * 625) = 0.0030557749 times
-- (1 - d^2 / 625)^2, which is 1 at the cell, 0.7056 at distance 10, 0.4624 at sqrt(200), 0.1296 at 20, 0.04 at sqrt(500), 0 at sqrt(800).
CREATE TABLE area AS
SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 50, 50, 27700), 10) + hotspot.surface('SRID=27700;POINT(25 25)'::geometry, 2, 10) AS s;
SELECT string_agg((density / 0.0030557749073643905)::numeric(6, 4)::text, ' ' ORDER BY hotspot.i(cell)) AS "density / 0.0030557749" FROM area, hotspot.density(s, 25)
GROUP BY hotspot.j(cell) ORDER BY hotspot.j(cell) DESC;
SELECT d.cell, d.density::numeric(12, 10) FROM area, hotspot.density(s, 25) AS d WHERE density > 0.002;
-- By events half as much.
SELECT max(density)::numeric(12, 10) FROM area, hotspot.density(s, 25, 'events') AS d;
-- In a cell just as far away as the bandwidth nothing counts, also where fractions are rounded.
SELECT count(*) FILTER (WHERE density > 0) AS near FROM area, hotspot.density(s, 20) AS d;
SELECT count(*) FILTER (WHERE density > 0) AS near FROM hotspot.density((SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 7, 0.7), '0.7') + hotspot.surface(ST_MakePoint(0.1, 0.1), '0.7') FROM generate_series(1, 1)), 2.1) AS d;
-- Hexagons of edge 10: by hand (1 - 300 / 625)^2 = 0.2704 in the six neighbours, whose centres are sqrt(300) away; bandwidth 30 does not reach those at 30.
SELECT (density / 0.0015278874536821953)::numeric(6, 4) AS weight, count(*)
FROM hotspot.density((SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 120, 140), 'hexagon 10') + hotspot.surface(ST_MakePoint(60, 70), 'hexagon 10') FROM generate_series(1, 1)), 25) AS d GROUP BY 1 ORDER BY 1;
SELECT count(*) FILTER (WHERE density > 0) AS near
FROM hotspot.density((SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 120, 140), 'hexagon 10') + hotspot.surface(ST_MakePoint(60, 70), 'hexagon 10') FROM generate_series(1, 1)), 30) AS d;

-- What there is, counted over the plane: density times the area of a cell adds up to the events, but for the sums being of steps.
SELECT round(sum(density * 100)::numeric, 2) AS events FROM hotspot.density((SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1000, 1000), 10) + hotspot.surface(ST_MakePoint(505, 505), 10) FROM generate_series(1, 7)), 200, 'events') AS d;
-- Far beyond the cells: all count alike, 3 / pi / 1e6^2 each.
SELECT to_char(min(density), '9.99999EEEE') AS min, to_char(max(density), '9.99999EEEE') AS max
FROM hotspot.density((SELECT hotspot.surface(ST_MakePoint(10 * n + 5, 5), 1, 10) FROM generate_series(1, 100) AS n), 1e6) AS d;
SELECT max(density) FROM area, hotspot.density(s, 1e200) AS d;
-- And where one of 201 cells in a column is 2e10 away, bandwidth 1e13: (1 - (2e10 / 1e13)^2)^2 is 0.999992. By hand 3 / pi / 1e26 is 0.954930e-26,
-- times 200 + 0.999992 for the others, 200 * 0.999992 + 1 for that one.
SELECT to_char(min(density), '9.99999EEEE') AS that_one, to_char(max(density), '9.99999EEEE') AS others
FROM hotspot.density((SELECT hotspot.surface(ST_MakePoint(5, CASE WHEN n = 0 THEN 2e10 ELSE 10 * n END + 5), 1, 10) FROM generate_series(0, 200) AS n), 1e13) AS d;

-- A bandwidth that reaches no other cell.
SELECT count(*) FILTER (WHERE density > 0) AS near FROM area, hotspot.density(s, 9.5) AS d;
SELECT count(*) FILTER (WHERE density > 0) AS near FROM hotspot.density(hotspot.cover(ST_MakeEnvelope(0, 0, 120, 140), 'hexagon 10'), 17) AS d;
SELECT count(*) FROM hotspot.density(NULL, 10) AS d;
SELECT count(*) FROM hotspot.density(hotspot.cover('POLYGON EMPTY', 10), 10) AS d;

-- What cannot be computed.
SELECT d.* FROM area, hotspot.density(s, 0) AS d;
SELECT d.* FROM area, hotspot.density(s, -1) AS d;
SELECT d.* FROM area, hotspot.density(s, 'NaN') AS d;
SELECT d.* FROM area, hotspot.density(s, 'Infinity') AS d;
SELECT d.* FROM area, hotspot.density(s, NULL) AS d;
SELECT d.* FROM area, hotspot.density(s, 1e-160) AS d;
SELECT d.* FROM area, hotspot.density(s, 25, 'count') AS d;
SELECT d.* FROM area, hotspot.density(s, 25, NULL) AS d;

-- Cells of which each is a column of its own: a bandwidth that takes in all of n columns meets 2 n^2 cells.
SELECT d.* FROM hotspot.density((SELECT hotspot.surface(ST_MakePoint(n, n), 1) FROM generate_series(1, 200000) AS n), 1e9) AS d;
DROP TABLE area;
