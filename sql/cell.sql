-- A cell owns its left and lower edge, west and south of the origin too.
CREATE TABLE point (x float8, y float8);
INSERT INTO point VALUES (0, 0), (149.999, 149.999), (150, 150), (-0.001, -0.001),
	(-150, -150), (-150.001, 0), (529650.5, 180975);
SELECT x, y, hotspot.cell(ST_SetSRID(ST_MakePoint(x, y), 27700), 150) FROM point;

-- Hexagons: the one at the origin has its centre there and reaches 93.06 east.
SELECT x, y, hotspot.cell(ST_SetSRID(ST_MakePoint(x, y), 27700), 'hexagon 93.06')
FROM (VALUES (0, 0), (93, 0), (93.07, 0), (-93.07, 0), (0, 80.5), (0, 80.6), (0, -80.6)) AS v (x, y);

-- Its parts, and its place on the map.
SELECT hotspot.i(c), hotspot.j(c), hotspot.grid(c), ST_SRID(c::geometry),
	ST_AsText(c::geometry) AS outline, ST_AsText(hotspot.centre(c)) AS centre
FROM (SELECT '27700/square150/3531/-2'::hotspot.cell AS c) AS q;
SELECT ST_AsText(hotspot.geometry('0/hexagon1/1/0'), 3) AS outline, ST_AsText(hotspot.centre('0/hexagon1/1/0'), 3) AS centre;

-- Where there is no point there is no cell.
SELECT hotspot.cell(NULL, 150), hotspot.cell('SRID=27700;POINT EMPTY', 150),
	hotspot.cell(ST_MakePoint('NaN', 1), 150), hotspot.cell(ST_MakePoint(1, 'Infinity'), 150);

-- Points of more dimensions count by x and y; an unknown SRID is planar.
SELECT hotspot.cell('POINT Z (1 2 3)', 10), hotspot.cell('SRID=999998;POINT M (1 2 3)', 10), hotspot.cell('SRID=27700;POINT ZM (11 2 3 4)', 10);

-- Order: SRID, shape, size, i, j.
SELECT c FROM unnest('{27700/square150/1/1,27700/hexagon150/0/0,27700/square150/-1/5,3857/square9/9/9,27700/square20/7/7,27700/square150/1/-1}'::hotspot.cell[]) AS c ORDER BY c;
SELECT a < b AS lt, a <= b AS le, a = b AS eq, a <> b AS ne, a >= b AS ge, a > b AS gt
FROM (VALUES ('27700/square150/1/1'::hotspot.cell, '27700/square150/1/2'::hotspot.cell),
	('27700/square150/1/1', '27700/square150/1/1')) AS v (a, b);

-- The operators need no search_path.
SELECT count(*) FROM (SELECT hotspot.cell(ST_MakePoint(x, y), 150) FROM point) AS a (cell)
	JOIN (SELECT hotspot.cell(ST_MakePoint(x, y), 150) FROM point) AS b (cell) USING (cell);

-- What is no cell, or has none.
SELECT ''::hotspot.cell;
SELECT '27700/square150/1'::hotspot.cell;
SELECT '27700/square150/1/1/1'::hotspot.cell;
SELECT '27700/square150/1/2147483648'::hotspot.cell;
SELECT '1000000/square150/1/1'::hotspot.cell;
SELECT '-1/square150/1/1'::hotspot.cell;
SELECT '27700/square0/1/1'::hotspot.cell;
SELECT '27700/square 150/1/1'::hotspot.cell;
SELECT hotspot.cell('SRID=27700;POINT(1 2)', NULL);
SELECT hotspot.cell('SRID=4326;POINT(-1.5 53)', 150);
SELECT hotspot.cell('SRID=27700;LINESTRING(1 2, 3 4)', 150);
SELECT hotspot.cell('SRID=27700;MULTIPOINT(1 2)', 150);
SELECT hotspot.cell('SRID=27700;POINT(1e12 0)', 150);
SELECT hotspot.cell('SRID=27700;POINT(0 -1e300)', 'hexagon 150');
DROP TABLE point;
