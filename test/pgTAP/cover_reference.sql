-- cover() and fill() against ST_Contains.
BEGIN;
SELECT plan(8);
SELECT setseed(0.5);

-- Stars with many corners, some with holes, some of several parts.
CREATE FUNCTION star(x float8, y float8, reach float8) RETURNS geometry LANGUAGE sql VOLATILE AS $$
	SELECT ST_SetSRID(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line))), 27700)
	FROM (SELECT ST_MakeLine(ST_MakePoint(x + r * cos(n * pi() / 20), y + r * sin(n * pi() / 20)) ORDER BY n) AS line
		FROM (SELECT n, reach * (0.3 + 0.7 * random()) AS r FROM generate_series(0, 39) AS n) AS spoke) AS q
$$;
CREATE TABLE area AS
SELECT n, CASE n % 3
	WHEN 0 THEN star(x, y, 3000)
	WHEN 1 THEN ST_Difference(star(x, y, 4000), star(x, y, 1000))
	ELSE ST_Union(star(x, y, 2000), star(x + 5000, y - 3000, 2500)) END AS area
FROM (SELECT n, (random() - 0.5) * 20000 AS x, (random() - 0.5) * 20000 AS y FROM generate_series(1, 60) AS n) AS q;

CREATE TABLE covered AS
SELECT n, grid, c.cell FROM area, unnest('{150,hexagon 93.06}'::hotspot.grid[]) AS grid, hotspot.cells(hotspot.cover(area, grid)) AS c;
CREATE TABLE candidate AS
SELECT n, 'square'::text AS shape, format('27700/square150/%s/%s', i, j)::hotspot.cell AS cell FROM area, ST_SquareGrid(150, area)
UNION ALL
SELECT n, 'hexagon', format('27700/hexagon93.06/%s/%s', i, j)::hotspot.cell FROM area, ST_HexagonGrid(93.06, area);

SELECT ok(count(*) > 60000, 'there is something to compare') FROM covered;
SELECT is(count(*), 0::bigint, 'a cell is covered just when its centre lies in the area')
FROM candidate AS c JOIN area USING (n) LEFT JOIN covered AS v USING (n, cell)
WHERE ST_Contains(area, hotspot.centre(c.cell)) IS DISTINCT FROM (v.cell IS NOT NULL);
SELECT is(count(*), 0::bigint, 'no cell is far from the area') FROM covered AS v LEFT JOIN candidate AS c USING (n, cell) WHERE c.cell IS NULL;

-- A tessellation gives each centre to one area, also where edges go through centres.
CREATE TABLE district AS
SELECT (ST_Dump(ST_Split(ST_Split(ST_Split(ST_MakeEnvelope(0, 0, 15000, 15000, 27700), 'SRID=27700;LINESTRING(0 75, 15000 15075)'),
	'SRID=27700;LINESTRING(-75 7575, 15075 7575)'), 'SRID=27700;LINESTRING(7575 -1, 7575 15001)'))).geom AS area;
SELECT ok(count(*) >= 5, 'the square is cut') FROM district;
SELECT is(count(*), 10000::bigint, 'every centre lies in a district') FROM district, hotspot.cells(hotspot.cover(area, 150));
SELECT is(count(DISTINCT cell), 10000::bigint, 'and in just one') FROM district, hotspot.cells(hotspot.cover(area, 150));

-- fill(surface, area) = cover(area) + the surface's cells therein; what is dropped is counted.
CREATE TABLE event AS SELECT ST_SetSRID(ST_MakePoint(random() * 20000, random() * 20000), 27700) AS geom FROM generate_series(1, 20000);
SELECT results_eq(
	'SELECT cell::text, events FROM district, (SELECT hotspot.surface(geom, 150) AS s FROM event) AS q, hotspot.cells(hotspot.fill(s, ST_Buffer(area, 0))) ORDER BY 1',
	'SELECT c.cell::text, coalesce(e.events, 0) FROM district, hotspot.cells(hotspot.cover(area, 150)) AS c LEFT JOIN (SELECT e.* FROM (SELECT hotspot.surface(geom, 150) AS s FROM event) AS q, hotspot.cells(s) AS e) AS e USING (cell) ORDER BY 1',
	'fill gives each district its cells with their events');
SELECT is(hotspot.events(f) + hotspot.skipped(f, 'outside'), 20000::bigint, 'fill loses no event')
FROM (SELECT hotspot.fill(hotspot.surface(geom, 150), ST_MakeEnvelope(1000, 1000, 9000, 9000, 27700)) AS f FROM event) AS q;

SELECT * FROM finish();
ROLLBACK;
