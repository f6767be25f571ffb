-- top() against a walk down the ranks in plain SQL and PostGIS.
BEGIN;
SELECT plan(37);
SELECT setseed(0.4);

-- Few values, so that ties abound.
CREATE TABLE event AS
SELECT ST_SetSRID(ST_MakePoint((random() - 0.5) * 6000, (random() - 0.5) * 6000), 27700) AS geom, floor(random() * 3)::float8 AS harm
FROM generate_series(1, 3000);
CREATE TABLE excluded AS
SELECT ST_Union(ST_Buffer(ST_SetSRID(ST_MakePoint((random() - 0.5) * 6000, (random() - 0.5) * 6000), 27700), random() * 400)) AS area
FROM generate_series(1, 12);

CREATE FUNCTION slow_top(s hotspot.surface, n integer, by_harm boolean, separation float8, exclude geometry)
RETURNS TABLE (rank integer, cell hotspot.cell, events bigint, harm float8, share float8, cumulative float8) LANGUAGE plpgsql AS $$
DECLARE
	candidate record;
	taken geometry[] := '{}';
	total float8 := CASE WHEN by_harm THEN hotspot.harm(s) ELSE hotspot.events(s) END;
	so_far float8 := 0;
BEGIN
	FOR candidate IN
		SELECT c.*, CASE WHEN by_harm THEN c.harm ELSE c.events END AS value FROM hotspot.cells(s) AS c WHERE c.events > 0
		ORDER BY CASE WHEN by_harm THEN c.harm ELSE c.events END DESC, CASE WHEN by_harm THEN c.events ELSE c.harm END DESC,
			hotspot.i(c.cell), hotspot.j(c.cell)
	LOOP
		EXIT WHEN cardinality(taken) = n;
		CONTINUE WHEN ST_Intersects(candidate.cell::geometry, exclude);
		CONTINUE WHEN EXISTS (SELECT FROM unnest(taken) AS t WHERE ST_Distance(t, hotspot.centre(candidate.cell)) < separation - 1e-6);
		taken := taken || hotspot.centre(candidate.cell);
		so_far := so_far + candidate.value;
		RETURN QUERY SELECT cardinality(taken), candidate.cell, candidate.events, candidate.harm, candidate.value / total, so_far / total;
	END LOOP;
END
$$;

SELECT results_eq(
	format('SELECT rank, cell::text, events, harm, share, cumulative_share FROM (SELECT hotspot.surface(geom, harm, %L) AS s FROM event) AS q, hotspot.top(s, %s, %L, %s, %s)',
		grid, n, CASE WHEN by_harm THEN 'harm' ELSE 'events' END, separation, CASE WHEN exclude THEN '(SELECT area FROM excluded)' ELSE 'NULL' END),
	format('SELECT rank, cell::text, events, harm, share, cumulative FROM (SELECT hotspot.surface(geom, harm, %L) AS s FROM event) AS q, slow_top(s, %s, %L, %s, %s)',
		grid, n, by_harm, separation, CASE WHEN exclude THEN '(SELECT area FROM excluded)' ELSE $$'SRID=27700;POINT EMPTY'$$ END),
	format('%s, n %s, by harm %s, separation %s, exclude %s', grid, n, by_harm, separation, exclude))
FROM (VALUES ('150'), ('hexagon 93.06')) AS g (grid), (VALUES (true), (false)) AS b (by_harm),
	(VALUES (false), (true)) AS e (exclude),
	(VALUES (100000, 0), (20, 500), (100000, 161), (100000, 450)) AS s (n, separation);

-- The outline is that of the cell, and the plan does not matter.
SELECT is(count(*), 20::bigint, 'outline of the cell')
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM event) AS q, hotspot.top(s) AS t WHERE ST_OrderingEquals(t.geom, t.cell::geometry);
SELECT is(array_agg(t.cell::text ORDER BY rank), (SELECT array_agg(u.cell::text ORDER BY rank) FROM (SELECT hotspot.surface(geom, harm, 150 ORDER BY hashfloat8(ST_X(geom))) AS s FROM event) AS r, hotspot.top(s, 500) AS u),
	'another order of the rows, the same list')
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM event) AS q, hotspot.top(s, 500) AS t;

-- From the stored form as from the one at work.
CREATE TABLE stored AS SELECT hotspot.surface(geom, harm, 150) AS s FROM event;
SELECT results_eq('SELECT t.* FROM stored, hotspot.top(s, 300, separation => 300) AS t',
	'SELECT t.* FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM event) AS q, hotspot.top(s, 300, separation => 300) AS t', 'stored or not');

-- Excluding points, lines and collections.
SELECT is(count(*), (SELECT count(*) - 2 FROM stored, hotspot.top(s, 100000)), 'a point on an edge takes out both cells')
FROM stored, hotspot.top(s, 100000, exclude => (SELECT ST_SetSRID(ST_MakePoint(ST_XMax(t.geom), ST_Y(ST_Centroid(t.geom))), 27700) FROM stored, hotspot.top(s, 100000) AS t
	WHERE EXISTS (SELECT FROM stored, hotspot.top(s, 100000) AS u WHERE hotspot.i(u.cell) = hotspot.i(t.cell) + 1 AND hotspot.j(u.cell) = hotspot.j(t.cell)) ORDER BY rank LIMIT 1));
SELECT is((SELECT count(*) FROM stored, hotspot.top(s, 100000, exclude => (SELECT ST_Collect(geom) FROM event))), 0::bigint, 'excluding every event leaves nothing');

SELECT * FROM finish();
ROLLBACK;
