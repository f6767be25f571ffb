-- density() against sums over pairs of cells in plain SQL.
BEGIN;
SELECT plan(17);
SELECT setseed(0.7);

-- West and south of the origin too; columns of many cells, so that long runs are summed.
CREATE TABLE event AS
SELECT ST_SetSRID(ST_MakePoint((random() - 0.5) * 300, (random() - 0.5) * 6000), 27700) AS geom, floor(random() * 40)::float8 / 4 AS harm
FROM generate_series(1, 6000);
CREATE TABLE surface AS
SELECT grid::text AS grid, (SELECT hotspot.surface(geom, harm, grid) FROM event) + hotspot.cover(ST_MakeEnvelope(0, 0, 250, 500, 27700), grid) AS s
FROM unnest('{20,hexagon 12.3}'::hotspot.grid[]) AS grid;
CREATE TABLE c AS
SELECT grid, cell, harm, ST_X(hotspot.centre(cell)) AS x, ST_Y(hotspot.centre(cell)) AS y FROM surface, hotspot.cells(s);
SELECT ok(count(*) > 3000 AND count(*) FILTER (WHERE harm = 0) > 10, 'there is something to compare: ' || grid) FROM c GROUP BY grid;

-- A cell as far away as the bandwidth has no weight, whichever way the square of its distance is rounded.
CREATE TABLE slow AS
SELECT a.grid, h, a.cell, 3 / (pi() * h ^ 2) * coalesce(sum(b.harm * (1 - d2 / h ^ 2) ^ 2) FILTER (WHERE d2 < h ^ 2), 0) AS density
FROM unnest('{15,25,60,141.7,400,1500,100000}'::float8[]) AS h,
	(SELECT *, row_number() OVER (ORDER BY cell) AS n FROM c) AS a JOIN c AS b USING (grid), LATERAL (SELECT (a.x - b.x) ^ 2 + (a.y - b.y) ^ 2 AS d2) AS d
WHERE a.n % 59 = 0 AND b.harm > 0 GROUP BY a.grid, h, a.cell;
CREATE TABLE fast AS
SELECT grid, h, d.* FROM surface, unnest('{15,25,60,141.7,400,1500,100000}'::float8[]) AS h, hotspot.density(s, h) AS d;
SELECT is(count(*) FILTER (WHERE abs(fast.density - slow.density) <= 1e-11 * slow.density + 1e-20), count(*), format('%s, bandwidth %s', grid, h))
FROM slow LEFT JOIN fast USING (grid, h, cell) GROUP BY grid, h ORDER BY grid, h;

-- The same cells, the same bits: whatever they were made from.
SELECT is(count(*), 0::bigint, 'the order of the rows does not matter')
FROM surface CROSS JOIN LATERAL hotspot.density(s, 400) AS d FULL JOIN
	(SELECT d.* FROM (SELECT hotspot.surface(geom, harm, 20 ORDER BY hashtext(geom::text)) + hotspot.cover(ST_MakeEnvelope(0, 0, 250, 500, 27700), 20) AS s FROM event) AS q, hotspot.density(s, 400) AS d) AS other
	USING (cell)
WHERE grid = 'square 20' AND d.density IS DISTINCT FROM other.density;
SELECT finish();
