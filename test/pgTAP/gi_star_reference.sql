-- gi_star() against sums over pairs of cells in plain SQL, whose neighbours are found by geometry.
BEGIN;
SELECT plan(22);
SELECT setseed(0.6);

-- West and south of the origin too, and not on a rectangle: cells of a star, some of which are missing.
CREATE TABLE event AS
SELECT ST_SetSRID(ST_MakePoint((random() - 0.5) ^ 3 * 12000, (random() - 0.5) ^ 3 * 12000), 27700) AS geom, floor(random() * 40)::float8 / 4 AS harm
FROM generate_series(1, 1500);
CREATE TABLE surface AS
SELECT grid::text AS grid, hotspot.fill((SELECT hotspot.surface(geom, harm, grid) FROM event),
	'SRID=27700;POLYGON((-1400 -1200, -200 0, -900 1500, 0 600, 1300 1100, 400 -300, 800 -1500, -100 -700, -1400 -1200), (-120 -90, 150 -60, 0 170, -120 -90))') AS s
FROM unnest('{100,hexagon 61.5}'::hotspot.grid[]) AS grid;
CREATE TABLE c AS
SELECT grid, cell, events, harm, ST_X(hotspot.centre(cell)) AS x, ST_Y(hotspot.centre(cell)) AS y FROM surface, hotspot.cells(s);
SELECT ok(count(*) > 150, 'there is something to compare: ' || grid) FROM c GROUP BY grid;
SELECT ok(count(*) FILTER (WHERE hotspot.i(cell) < 0) > 50 AND count(*) FILTER (WHERE events = 0) > 50, 'columns west of the origin, zero cells: ' || grid) FROM c GROUP BY grid;

-- Up to radius 4 a cell in ring r is at most r heights of a hexagon away, and one of ring r + 1 further.
CREATE FUNCTION near(grid text, radius integer, dx float8, dy float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
	SELECT CASE WHEN grid = 'square 100' THEN greatest(abs(dx), abs(dy)) < (radius + 0.5) * 100
		ELSE sqrt(dx * dx + dy * dy) < (radius + 0.01) * 61.5 * sqrt(3) END
$$;

-- The definition, with the variance in two passes; the tail by the continued fraction or the series of the normal distribution.
CREATE FUNCTION normal_p(z float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	x float8 := abs(z);
	f float8 := 0;
	term float8 := abs(z);
	sum float8 := abs(z);
BEGIN
	IF x > 3 THEN
		FOR k IN REVERSE 400 .. 1 LOOP
			f := k / (x + f);
		END LOOP;
		RETURN 2 * exp(-x * x / 2) / sqrt(2 * pi()) / (x + f);
	END IF;
	FOR k IN 1 .. 100 LOOP
		EXIT WHEN term < 1e-18;
		term := term * x * x / (2 * k + 1);
		sum := sum + term;
	END LOOP;
	RETURN 1 - 2 * sum * exp(-x * x / 2) / sqrt(2 * pi());
END
$$;
CREATE TABLE slow AS
WITH value AS (
	SELECT grid, measure, cell, x, y, CASE measure WHEN 'harm' THEN harm ELSE events END AS value FROM c, unnest('{harm,events}'::text[]) AS measure
), total AS (
	SELECT grid, measure, count(*) AS n, avg(value) AS mean, stddev_pop(value) AS s FROM value GROUP BY grid, measure
), around AS (
	SELECT a.grid, a.measure, radius, a.cell, count(*) AS w, sum(b.value) AS sum
	FROM unnest('{1,2,4}'::integer[]) AS radius, value AS a JOIN value AS b USING (grid, measure)
	WHERE near(a.grid, radius, a.x - b.x, a.y - b.y) GROUP BY a.grid, a.measure, radius, a.cell
), statistic AS (
	SELECT grid, measure, radius, cell, w, (sum - mean * w) / (s * sqrt((n * w - w * w) / (n - 1.0)::float8)) AS z FROM around JOIN total USING (grid, measure)
)
SELECT *, normal_p(z) AS p FROM statistic;
-- As p.adjust() has it: the least n p / rank of this and higher ranks, over equal p the same.
CREATE TABLE slow_q AS
SELECT *, least(1, min(count * p / rank) OVER (PARTITION BY grid, measure, radius ORDER BY rank DESC)) AS q
FROM (SELECT *, count(*) OVER (PARTITION BY grid, measure, radius) AS count,
		count(*) OVER (PARTITION BY grid, measure, radius ORDER BY round(p::numeric, 12)) AS rank FROM slow) AS ranked;

CREATE TABLE fast AS
SELECT grid, measure, radius, g.* FROM surface, unnest('{harm,events}'::text[]) AS measure, unnest('{1,2,4}'::integer[]) AS radius, hotspot.gi_star(s, radius, measure) AS g;
SELECT is(count(*) FILTER (WHERE abs(f.z - q.z) < 1e-9 AND abs(f.p_value / q.p - 1) < 1e-7 AND abs(f.q_value - q.q) < 1e-9), count(*),
	format('z, p and q: %s, %s, radius %s', grid, measure, radius))
FROM slow_q AS q FULL JOIN fast AS f USING (grid, measure, radius, cell) GROUP BY grid, measure, radius ORDER BY grid, measure, radius;

-- Wide rings of hexagons by cube coordinates (of columns of which the odd ones are shifted up).
SELECT is(count(*), 0::bigint, 'hexagons, radius 9') FROM (
	WITH cube AS (SELECT cell, events, hotspot.i(cell) AS q, hotspot.j(cell) - (hotspot.i(cell) - abs(hotspot.i(cell) % 2)) / 2 AS r FROM c WHERE grid <> 'square 100')
	SELECT a.cell, count(*) AS w, sum(b.events) AS sum FROM cube AS a, cube AS b
	WHERE greatest(abs(a.q - b.q), abs(a.r - b.r), abs(a.q + a.r - b.q - b.r)) <= 9 GROUP BY a.cell) AS around
	JOIN (SELECT count(*) AS n, avg(events) AS mean, stddev_pop(events) AS sd FROM c WHERE grid <> 'square 100') AS total ON true
	JOIN (SELECT g.* FROM surface, hotspot.gi_star(s, 9, 'events') AS g WHERE grid <> 'square 100') AS g USING (cell)
WHERE abs(g.z - (sum - mean * w) / (sd * sqrt((n * w - w * w)::float8 / (n - 1)))) > 1e-9;

-- The rows.
SELECT results_eq(
	format('SELECT cell::text FROM surface, hotspot.gi_star(s, 1, %L) WHERE grid = %L', measure, grid),
	format('SELECT cell::text FROM surface, hotspot.gi_star(s, 1, %L) WHERE grid = %L ORDER BY z DESC NULLS LAST, %s DESC, %s DESC, hotspot.i(cell), hotspot.j(cell)',
		measure, grid, measure, CASE measure WHEN 'harm' THEN 'events' ELSE 'harm' END),
	format('rows are in their order: %s, %s', grid, measure))
FROM surface, unnest('{harm,events}'::text[]) AS measure;
SELECT is(count(*), 0::bigint, 'cells, events and harm are those of cells()')
FROM (SELECT grid, g.cell, g.events, g.harm FROM surface, hotspot.gi_star(s) AS g EXCEPT SELECT grid, cell, events, harm FROM c) AS other;
SELECT finish();
