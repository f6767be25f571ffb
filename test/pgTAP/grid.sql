-- Cells against ST_SquareGrid and ST_HexagonGrid: 1e5 random points and the
-- points where rounding shows, on both sides of the origin.
BEGIN;
SELECT plan(10);
SELECT setseed(0.1);

CREATE TABLE sample (size numeric, g geometry);
INSERT INTO sample
SELECT size, ST_SetSRID(ST_MakePoint((random() - 0.5) * 2e6, (random() - 0.5) * 2e6), 27700)
FROM generate_series(1, 25000), unnest('{150,93.06,0.7,1000.001}'::numeric[]) AS size;
-- Corners of squares, as the arithmetic of doubles has them, and their neighbours.
INSERT INTO sample
SELECT size, ST_SetSRID(ST_MakePoint(i * size::float8 + e, j * size::float8 - e), 27700)
FROM generate_series(-40, 40) AS i, generate_series(-40, 40) AS j,
	unnest('{150,93.06,0.7}'::numeric[]) AS size, unnest('{0,1e-9,-1e-9}'::float8[]) AS e;

SELECT is(count(*), 159049::bigint, 'the sample is whole') FROM sample;

-- ST_SquareGrid takes a point for its box in single precision, so it may give
-- neighbours too.
CREATE TABLE square AS
SELECT s.g, s.size, hotspot.cell(g, size::hotspot.grid) AS c FROM sample AS s;

SELECT is(count(*), 0::bigint, 'squares have the indices floor(x / size), floor(y / size)')
FROM square
WHERE (hotspot.i(c), hotspot.j(c)) IS DISTINCT FROM (floor(ST_X(g) / size::float8)::integer, floor(ST_Y(g) / size::float8)::integer);

SELECT is(count(*), (SELECT count(*) FROM square), 'each is a square of ST_SquareGrid, with the same outline')
FROM square, ST_SquareGrid(size::float8, g) AS grid
WHERE hotspot.i(c) = grid.i AND hotspot.j(c) = grid.j AND ST_OrderingEquals(c::geometry, grid.geom);

SELECT is(count(*), 0::bigint, 'a point inside a square of ST_SquareGrid has its indices')
FROM square, ST_SquareGrid(size::float8, g) AS grid
WHERE ST_Contains(grid.geom, g) AND (hotspot.i(c), hotspot.j(c)) IS DISTINCT FROM (grid.i, grid.j);

-- A hexagon of a point is one that PostGIS would say the point lies in.
CREATE TABLE hexagon AS
SELECT s.g, s.size, hotspot.cell(g, ('hexagon ' || size)::hotspot.grid) AS c FROM sample AS s;

SELECT is(count(*), 0::bigint, 'hexagons reach their points')
FROM hexagon WHERE ST_Distance(c::geometry, g) > 1e-9 * size + 1e-9;

SELECT is(count(*), 0::bigint, 'hexagons have the outline ST_HexagonGrid gives their indices')
FROM hexagon
WHERE NOT ST_OrderingEquals(c::geometry, ST_Hexagon(size::float8, hotspot.i(c), hotspot.j(c), 'SRID=27700;POINT(0 0)'));

SELECT is(count(*), 0::bigint, 'a point inside a hexagon of ST_HexagonGrid has its indices')
FROM hexagon, ST_HexagonGrid(size::float8, g) AS grid
WHERE ST_Contains(grid.geom, g) AND ST_Distance(ST_Boundary(grid.geom), g) > 1e-9 * size + 1e-9
	AND (hotspot.i(c), hotspot.j(c)) IS DISTINCT FROM (grid.i, grid.j);

SELECT ok(bool_and(ST_Distance(c::geometry, g) < 1e-6), 'corners of hexagons go to a hexagon that has them')
FROM (SELECT p.geom AS g, hotspot.cell(p.geom, 'hexagon 93.06') AS c
	FROM generate_series(-20, 20) AS i, generate_series(-20, 20) AS j,
		ST_DumpPoints(ST_Hexagon(93.06, i, j, 'SRID=27700;POINT(0 0)')) AS p) AS corner;

-- The centre of a cell lies in it, to the last cells that indices can name.
SELECT is(hotspot.cell(hotspot.centre(c), hotspot.grid(c)), c, 'the centre lies in the cell ' || c)
FROM unnest('{27700/square150/2147483647/-2147483648,27700/hexagon1000/-2000000001/2000000000}'::hotspot.cell[]) AS c;

SELECT * FROM finish();
ROLLBACK;
