-- Expected z are those of localG() of R's spdep (binary weights, queen neighbours and the cell itself); the centre has
-- p 0.00089619 and, of 25 tests, q 0.022405.
CREATE TABLE crime AS
SELECT i, j, (string_to_array('0 0 1 0 0 0 2 5 1 0 1 6 12 4 0 0 1 3 2 0 0 0 0 1 0', ' '))[(4 - j) * 5 + i + 1]::integer AS n
FROM generate_series(0, 4) AS i, generate_series(0, 4) AS j;
-- Half a unit of harm an event.
CREATE TABLE crime_surface AS
SELECT hotspot.fill(hotspot.surface(ST_SetSRID(ST_MakePoint(10 * i + 5, 10 * j + 5), 27700), 0.5, 10), ST_MakeEnvelope(0, 0, 50, 50, 27700)) AS s
FROM crime, generate_series(1, n);
SELECT string_agg(z::numeric(9, 6)::text, ' ' ORDER BY hotspot.i(cell)) AS "z, from north to south" FROM crime_surface, hotspot.gi_star(s)
GROUP BY hotspot.j(cell) ORDER BY hotspot.j(cell) DESC;
-- Rows by z from the top; equal z by harm, events, i, j.
SELECT cell, events, harm, z::numeric(9, 6), p_value::numeric(9, 8), q_value::numeric(9, 6), note FROM crime_surface, hotspot.gi_star(s) LIMIT 8;
-- Events or harm: in proportion, so the same.
SELECT count(*) AS "the same" FROM crime_surface, hotspot.gi_star(s) AS h JOIN hotspot.gi_star(s, measure => 'events') AS e USING (cell)
WHERE abs(h.z - e.z) < 1e-12 AND abs(h.q_value - e.q_value) < 1e-12;

-- Where it is not defined. Three cells in a row with 0, 1 and 5: all are neighbours of the middle one; of the left one,
-- z = (3 (0 + 1) - 2 (6)) / sqrt(3 (26) - 6^2) / sqrt(2 (3 - 2) / (3 - 1)) = -9 / sqrt(42), of the right one 6 / sqrt(42).
-- p is 0.16491482 and 0.35453948, q with two tests 0.32982965 and 0.35453948.
SELECT g.cell, g.z::numeric(9, 6), g.p_value::numeric(9, 8), g.q_value::numeric(9, 8), g.note
FROM (SELECT hotspot.surface(ST_MakePoint(x, 5), harm, 10) AS s FROM (VALUES (5, 0), (15, 1), (25, 5)) AS v (x, harm)) AS q, hotspot.gi_star(s) AS g;
SELECT g.* FROM hotspot.gi_star((SELECT hotspot.surface('POINT(5 5)'::geometry, 3, 10))) AS g;
SELECT g.* FROM hotspot.gi_star(hotspot.cover(ST_MakeEnvelope(0, 0, 20, 10), 10)) AS g;
SELECT g.* FROM (SELECT hotspot.surface(ST_MakePoint(n, 5), 10) AS s FROM (VALUES (5), (15), (500)) AS v (n)) AS q, hotspot.gi_star(s) AS g;
SELECT DISTINCT g.z, g.p_value, g.q_value, g.note FROM crime_surface, hotspot.gi_star(s, 4) AS g;
SELECT DISTINCT g.z, g.p_value, g.q_value, g.note FROM crime_surface, hotspot.gi_star(s, 2147483647) AS g;
SELECT count(*) FROM hotspot.gi_star(hotspot.cover('POLYGON EMPTY', 10)) AS g;
SELECT count(*) FROM hotspot.gi_star(NULL) AS g;

-- No zero cell.
SELECT count(*) FROM (SELECT hotspot.surface(ST_SetSRID(ST_MakePoint(10 * i + 5, 10 * j + 5), 27700), 10) AS s FROM crime WHERE n > 0) AS q, hotspot.gi_star(s) AS g;

-- The tail is that of the normal distribution as far as there are numbers: all the harm in one of 10,000 cells gives it and
-- its neighbours z = sqrt(9991 / 9) = 33.318330, p = 2.0955671e-243 and q = p 10000 / 9 = 2.3284079e-240.
SELECT g.z::numeric(9, 6), to_char(g.p_value, '9.9999999EEEE') AS p, to_char(g.q_value, '9.9999999EEEE') AS q, count(*)
FROM (SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1000, 1000), 10) + hotspot.surface('POINT(505 505)'::geometry, 10) AS s) AS c, hotspot.gi_star(s) AS g
WHERE z > 0 GROUP BY 1, 2, 3;

-- Harm as large as it may be, where squares are of 126 bits; in proportion to the first example.
SELECT count(*) AS "the same" FROM crime_surface,
	(SELECT hotspot.surface(ST_SetSRID(ST_MakePoint(10 * i + 5, 10 * j + 5), 27700), 768614336404 * n, 10) FILTER (WHERE n > 0) + hotspot.cover(ST_MakeEnvelope(0, 0, 50, 50, 27700), 10) AS large FROM crime) AS l,
	hotspot.gi_star(s) AS g JOIN hotspot.gi_star(large) AS b USING (cell)
WHERE abs(g.z - b.z) < 1e-12;

-- A point far from the others costs nothing, and has no neighbour.
SELECT count(*), count(*) FILTER (WHERE hotspot.i(cell) > 1000000) AS far, min(z) FILTER (WHERE hotspot.i(cell) > 1000000) < 0 AS cold
FROM crime_surface, hotspot.gi_star(s + hotspot.cover(ST_MakeEnvelope(2e10, 2e10, 2e10 + 10, 2e10 + 10, 27700), 10)) AS g;

-- Hexagons have six neighbours, in odd columns and in even ones. One event among 68 cells gives it and these z = sqrt((68 - 7) / 7) = 2.951997.
SELECT i, count(*) AS cells, array_agg(DISTINCT round(z::numeric, 6)) AS z
FROM (SELECT i, hotspot.surface(ST_MakePoint(15 * i, 70), 'hexagon 10') AS s FROM generate_series(3, 4) AS i GROUP BY i) AS q,
	hotspot.gi_star(s + hotspot.cover(ST_MakeEnvelope(0, 0, 120, 140), 'hexagon 10')) AS g
WHERE z > 0 GROUP BY i ORDER BY i;
SELECT hotspot.size(hotspot.cover(ST_MakeEnvelope(0, 0, 120, 140), 'hexagon 10')) AS n;

-- What cannot be computed.
SELECT g.* FROM crime_surface, hotspot.gi_star(s, 0) AS g;
SELECT g.* FROM crime_surface, hotspot.gi_star(s, NULL) AS g;
SELECT g.* FROM crime_surface, hotspot.gi_star(s, measure => 'count') AS g;
SELECT g.* FROM crime_surface, hotspot.gi_star(s, measure => NULL) AS g;

-- Cells of which each is a column of its own: a radius that takes in all of n columns meets 2 n^2 cells.
SELECT g.* FROM hotspot.gi_star((SELECT hotspot.surface(ST_MakePoint(n, n), n, 1) FROM generate_series(1, 200000) AS n), 1000000) AS g;
DROP TABLE crime_surface;
DROP TABLE crime;
