-- Which zones hold a point, against PostGIS and against the rule of src/base/plane.h in plain SQL.
BEGIN;
SELECT plan(25);

-- Numbers in [0, 1) that hinge on a key and a number alone.
CREATE FUNCTION random_of(key text, n bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(n, hashtext(key)) & 9007199254740991) / 9007199254740992::float8;

-- 150 stars of 5 to 40 corners, each with a hole of its shape, that overlap a good deal.
CREATE FUNCTION star(key text, n bigint, centre geometry, radius float8, corners integer) RETURNS geometry LANGUAGE sql IMMUTABLE
RETURN (
	SELECT ST_MakePolygon(ST_AddPoint(outer_ring, ST_StartPoint(outer_ring)), ARRAY[ST_AddPoint(inner_ring, ST_StartPoint(inner_ring))])
	FROM (
		SELECT ST_MakeLine(ST_Translate(ST_MakePoint(r * cos(a), r * sin(a)), ST_X(centre), ST_Y(centre)) ORDER BY k),
			ST_MakeLine(ST_Translate(ST_MakePoint(r * cos(a) * 0.3, r * sin(a) * 0.3), ST_X(centre), ST_Y(centre)) ORDER BY k)
		FROM generate_series(1, corners) AS k,
			LATERAL (SELECT radius * (0.3 + 0.7 * random_of(key, 100 * n + k)), (k + 0.5 * random_of(key || ' angle', 100 * n + k)) * 2 * pi() / corners) AS v (r, a)
	) AS rings (outer_ring, inner_ring));

CREATE TABLE star AS
SELECT n::bigint AS id, star('star', n, ST_MakePoint(10000 * random_of('x', n), 10000 * random_of('y', n)), 200 + 1000 * random_of('radius', n), 5 + n % 36) AS area
FROM generate_series(1, 150) AS n;
SELECT ok(bool_and(ST_IsValid(area)), 'the stars are valid') FROM star;

CREATE TABLE point AS
SELECT n, ST_MakePoint(10000 * random_of('point x', n), 10000 * random_of('point y', n)) AS geom FROM generate_series(1, 1000000) AS n;
CREATE INDEX ON point USING gist (geom);
ANALYZE point;

-- By zones_at() and by ST_Contains; zone_at() gives the first.
CREATE TABLE found AS
SELECT n, geom, array(SELECT hotspot.zones_at(zones, geom)::bigint) AS ids, hotspot.zone_at(zones, geom)::bigint AS id
FROM point, (SELECT hotspot.zones(id, area) AS zones FROM star) AS q;
CREATE TABLE contained AS
SELECT n, array_agg(id ORDER BY id) AS ids FROM star JOIN point ON ST_Contains(area, geom) GROUP BY n;
SELECT is_empty($$
	WITH difference AS MATERIALIZED (
		SELECT n, geom, f.ids, c.ids AS contained FROM found AS f LEFT JOIN contained AS c USING (n)
		WHERE f.ids <> coalesce(c.ids, '{}'))
	SELECT * FROM difference WHERE NOT EXISTS (SELECT FROM star WHERE ST_DWithin(ST_Boundary(area), geom, 1e-9))
$$, '1,000,000 points in overlapping stars with holes: as ST_Contains');
SELECT is_empty('SELECT * FROM found WHERE id IS DISTINCT FROM ids[1]', 'zone_at() gives the least of zones_at()');
SELECT ok(count(*) FILTER (WHERE cardinality(ids) = 0) > 100000 AND count(*) FILTER (WHERE cardinality(ids) > 1) > 100000, 'many points are in no zone, and many in several') FROM found;

-- The rule of src/base/plane.h, over all edges of a zone.
CREATE FUNCTION edges_of(zone geometry) RETURNS TABLE (vx float8, vy float8, wx float8, wy float8) LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
	SELECT CASE WHEN ascends THEN x ELSE next_x END, CASE WHEN ascends THEN y ELSE next_y END, CASE WHEN ascends THEN next_x ELSE x END, CASE WHEN ascends THEN next_y ELSE y END
	FROM (SELECT ST_X(geom) AS x, ST_Y(geom) AS y, lead(ST_X(geom)) OVER w AS next_x, lead(ST_Y(geom)) OVER w AS next_y
		FROM ST_DumpPoints(zone) WINDOW w AS (PARTITION BY path[:cardinality(path) - 1] ORDER BY path)) AS line,
		LATERAL (SELECT (x, y) < (next_x, next_y)) AS v (ascends)
	WHERE next_x IS NOT NULL;
END;

-- Each zone of a set, and each point with the ids of the zones that hold it by that rule and by zones_at().
CREATE TABLE area (set text, id bigint, area geometry);
CREATE TABLE place (set text, x float8, y float8);
CREATE FUNCTION differences(of_set text) RETURNS SETOF text LANGUAGE sql AS $$
	WITH held AS (
		SELECT x, y, array_agg(id ORDER BY id) AS ids
		FROM (SELECT x, y, id
			FROM (SELECT DISTINCT x, y FROM place WHERE set = of_set) AS p
			JOIN (SELECT id, e.*, ST_YMin(area) AS y_min, ST_YMax(area) AS y_max, ST_XMax(area) AS x_max FROM area, edges_of(area) AS e WHERE set = of_set) AS q
				ON y >= y_min AND y <= y_max AND x <= x_max AND (vy <= y) <> (wy <= y)
			WHERE x < vx + (y - vy) * (wx - vx) / (wy - vy)
			GROUP BY x, y, id HAVING count(*) % 2 = 1) AS r
		GROUP BY x, y)
	SELECT format('(%s %s): %s by the rule, but %s', x, y, coalesce(held.ids, '{}'), f.ids)
	FROM (SELECT x, y, array(SELECT hotspot.zones_at(zones, ST_MakePoint(x, y))::bigint) AS ids
		FROM (SELECT DISTINCT x, y FROM place WHERE set = of_set) AS p, (SELECT hotspot.zones(id, area) AS zones FROM area WHERE set = of_set) AS z) AS f
	LEFT JOIN held USING (x, y)
	WHERE f.ids <> coalesce(held.ids, '{}');
$$;

-- Points where a rule may go wrong: vertices, middles of edges, the heights of one and the sides of another, and a little
-- beside all of these; and some anywhere.
CREATE FUNCTION add_places(of_set text) RETURNS void LANGUAGE sql AS $$
	INSERT INTO place
	SELECT of_set, x + dx * 1e-9 * greatest(abs(x), 1e-300), y + dy * 1e-9 * greatest(abs(y), 1e-300)
	FROM (SELECT vx, vy FROM area, edges_of(area) WHERE set = of_set
		UNION SELECT (vx + wx) / 2, (vy + wy) / 2 FROM area, edges_of(area) WHERE set = of_set
		UNION SELECT ST_X(ST_Centroid(area)), vy FROM area, edges_of(area) WHERE set = of_set
		UNION SELECT vx, ST_Y(ST_Centroid(area)) FROM area, edges_of(area) WHERE set = of_set) AS near (x, y),
		(VALUES (0, 0), (0, 1), (0, -1), (1, 0), (-1, 0)) AS v (dx, dy);
	INSERT INTO place
	SELECT of_set, ST_XMin(e) + (ST_XMax(e) - ST_XMin(e)) * (1.2 * random_of('any x', n) - 0.1), ST_YMin(e) + (ST_YMax(e) - ST_YMin(e)) * (1.2 * random_of('any y', n) - 0.1)
	FROM (SELECT ST_Extent(area)::geometry FROM area WHERE set = of_set) AS v (e), generate_series(1, 3000) AS n;
$$;

INSERT INTO area
-- Integers, so that points lie on edges and at the heights of vertices; corners in any order, so that edges cross.
SELECT 'lattice', n, ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line)))
FROM (SELECT n, ST_MakeLine(ST_MakePoint(floor(30 * random_of('lattice x', 100 * n + k)), floor(30 * random_of('lattice y', 100 * n + k))) ORDER BY k) AS line
	FROM generate_series(1, 20) AS n, generate_series(1, 7) AS k GROUP BY n) AS q
UNION ALL SELECT 'one zone', id, area FROM star WHERE id = 7
UNION ALL SELECT 'stars', id, area FROM star WHERE id <= 12
UNION ALL SELECT 'eastings of 1e7', id, ST_Translate(ST_Scale(area, 0.01, 0.01), 1e7, 1e7) FROM star WHERE id <= 12
UNION ALL SELECT 'around 0', id, ST_Translate(ST_Scale(area, 1e-7, 1e-7), -5e-4, -5e-4) FROM star WHERE id <= 12
-- Far smaller than the others, and far larger; and a strip that crosses everything.
UNION ALL SELECT 'huge and tiny', id, CASE WHEN id <= 5 THEN ST_Scale(area, 1000, 1000) WHEN id = 6 THEN 'POLYGON((-1e7 0,2e7 5000000,2e7 5000001,-1e7 0))' ELSE ST_Scale(area, 0.001, 0.001) END
FROM star WHERE id <= 12
-- Of no width or height, of one place, spikes, and two rings that are one.
UNION SELECT 'degenerate', row_number() OVER (), area::geometry FROM unnest(ARRAY['POLYGON((0 0,10 0,5 0,0 0))', 'POLYGON((0 0,0 10,0 5,0 0))', 'POLYGON((0 0,10 10,5 5,0 0))',
	'POLYGON((1 1,1 1,1 1,1 1))', 'POLYGON((0 0,10 0,10 5,20 5,10 5,10 10,0 10,0 0))', 'POLYGON((0 0,5 5,0 10,5 5,0 0))', 'POLYGON((0 0,10 10,10 0,0 10,0 0))',
	'MULTIPOLYGON(((0 0,6 0,6 6,0 6,0 0)),((0 0,6 0,6 6,0 6,0 0)))', 'POLYGON((0 0,9 0,9 9,0 9,0 0),(0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 3))', 'POLYGON((5 5,5 5,5 5,6 5,5 6,5 5))']) AS area;
SELECT add_places(set) FROM (SELECT DISTINCT set FROM area) AS q;
SELECT is_empty(format('SELECT * FROM differences(%L)', set), 'as the rule: ' || set) FROM (SELECT DISTINCT set FROM area) AS q;

-- Zones that lie far off make other cells, but change no answer.
CREATE FUNCTION answers(extra text) RETURNS text LANGUAGE sql AS $$
	SELECT md5(string_agg(array_to_string(array(SELECT id FROM hotspot.zones_at(zones, ST_MakePoint(x, y)) AS id WHERE id::bigint > 0), ','), ';' ORDER BY x, y))
	FROM (SELECT DISTINCT x, y FROM place WHERE set IN ('stars', 'lattice')) AS p,
		(SELECT hotspot.zones(id, area) FROM (SELECT id, area FROM area WHERE set = 'stars'
			UNION ALL SELECT id + 1000, area FROM area WHERE set = 'lattice'
			UNION ALL SELECT -row_number() OVER (), geom FROM ST_Dump(extra::geometry)) AS q) AS v (zones);
$$;
SELECT is(answers(extra), answers('GEOMETRYCOLLECTION EMPTY'), 'same answers with ' || name)
FROM (VALUES ('a zone far off', 'POLYGON((1e8 1e8,1.1e8 1e8,1e8 1.1e8,1e8 1e8))'), ('zones on all sides', 'MULTIPOLYGON(((-7e6 3,-6e6 3,-7e6 9,-7e6 3)),((3 9e6,6 9e6,6 8e6,3 9e6)),((123456 -654321,123457 -654321,123457 -654320,123456 -654321)))'),
	('one at 1e15', 'POLYGON((1e15 1e15,9e14 1e15,1e15 9e14,1e15 1e15))'), ('tiny ones', 'MULTIPOLYGON(((-9 -9,-8.9999 -9,-9 -8.9999,-9 -9)),((-8 -9,-7.9999 -9,-8 -8.9999,-8 -9)))'),
	('one over all', 'POLYGON((-1e6 -1e6,1e6 -1e6,1e6 1e6,-1e6 1e6,-1e6 -1e6))')) AS v (name, extra);

-- A tessellation of 2,025 cells: a lattice with jagged sides in common. All within the outline are in just one of them.
CREATE TABLE corner AS
SELECT i, j, CASE WHEN i IN (0, 45) THEN i ELSE i + 0.3 * (random_of('corner x', 100 * i + j) - 0.5) END AS x,
	CASE WHEN j IN (0, 45) THEN j ELSE j + 0.3 * (random_of('corner y', 100 * i + j) - 0.5) END AS y
FROM generate_series(0, 45) AS i, generate_series(0, 45) AS j;
-- From each corner to the right or up, by way of two points beside the straight line, but not along the outline.
CREATE TABLE side AS
SELECT a.i, a.j, up, n,
	CASE n WHEN 3 THEN b.x ELSE a.x + (b.x - a.x) * n / 3 END + CASE WHEN up AND n IN (1, 2) AND a.i NOT IN (0, 45) THEN 0.2 * (random_of('side x', 1000 * a.i + 10 * a.j + n) - 0.5) ELSE 0 END AS x,
	CASE n WHEN 3 THEN b.y ELSE a.y + (b.y - a.y) * n / 3 END + CASE WHEN NOT up AND n IN (1, 2) AND a.j NOT IN (0, 45) THEN 0.2 * (random_of('side y', 1000 * a.i + 10 * a.j + n) - 0.5) ELSE 0 END AS y
FROM corner AS a, (VALUES (false), (true)) AS v (up), generate_series(0, 3) AS n, corner AS b
WHERE b.i = a.i + (NOT up)::integer AND b.j = a.j + up::integer;
CREATE TABLE tile AS
SELECT i, j, ST_MakePolygon(ST_MakeLine(ST_MakePoint(x, y) ORDER BY part, CASE WHEN part <= 2 THEN n ELSE -n END)) AS area
FROM (SELECT i, j, 1 AS part, n, x, y FROM side WHERE NOT up AND n < 3
	UNION ALL SELECT i - 1, j, 2, n, x, y FROM side WHERE up AND n < 3
	UNION ALL SELECT i, j - 1, 3, n, x, y FROM side WHERE NOT up AND n > 0
	UNION ALL SELECT i, j, 4, n, x, y FROM side WHERE up) AS q
WHERE i BETWEEN 0 AND 44 AND j BETWEEN 0 AND 44
GROUP BY i, j;
SELECT ok(count(*) = 2025 AND bool_and(ST_IsValid(area)), 'the tiles are valid') FROM tile;
CREATE TABLE spot AS
SELECT 45 * random_of('spot x', n) AS x, 45 * random_of('spot y', n) AS y FROM generate_series(1, 60000) AS n
UNION SELECT x, y FROM side
UNION SELECT (x + lead(x) OVER w) / 2, (y + lead(y) OVER w) / 2 FROM side WINDOW w AS (PARTITION BY i, j, up ORDER BY n)
UNION SELECT x, random_of('y', (i * 100 + j) * 10 + n) * 45 FROM side
UNION SELECT random_of('x', (i * 100 + j) * 10 + n) * 45, y FROM side;
CREATE TABLE spot_zones AS
SELECT x, y, (SELECT count(*) FROM hotspot.zones_at(zones, ST_MakePoint(x, y))) AS zones, hotspot.zone_at(zones, ST_MakePoint(x, y))::integer AS id
FROM spot, (SELECT hotspot.zones(i * 100 + j, area) AS zones FROM tile) AS q;
SELECT cmp_ok(count(*), '>', 80000::bigint, 'there are many spots') FROM spot_zones;
SELECT is_empty('SELECT * FROM spot_zones WHERE x >= 0 AND y >= 0 AND x < 45 AND y < 45 AND zones <> 1', 'each spot within the outline, or on its lower or left side, is in just one tile');
SELECT is_empty('SELECT * FROM spot_zones WHERE (x = 45 OR y = 45) AND zones > 0', 'on its upper or right side, in none');
SELECT is(count(*), 0::bigint, 'and those away from sides are in the tile that ST_Contains says')
FROM spot_zones JOIN tile ON i = id / 100 AND j = id % 100
WHERE NOT ST_DWithin(area, ST_MakePoint(x, y), 1e-9);

-- Many workers build the same zones; each of them reads a set.
ALTER TABLE tile SET (parallel_workers = 4);
ALTER TABLE spot SET (parallel_workers = 4);
SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE stored AS SELECT hotspot.zones(i * 100 + j, area) AS zones FROM tile;
SELECT is((SELECT hotspot.merge(z) FROM (SELECT hotspot.zones(i * 100 + j, area) AS z FROM tile GROUP BY (i * 7 + j) % 5) AS q)::text, (SELECT zones::text FROM stored), 'merged from five parts: same bytes');
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 4;
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END
$$;
SELECT ok(plan_of('SELECT hotspot.zones(i * 100 + j, area) FROM tile') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');
CREATE TABLE by_workers AS SELECT hotspot.zones(i * 100 + j, area) AS zones FROM tile;
SELECT is((SELECT zones::text FROM by_workers), (SELECT zones::text FROM stored), 'made by workers: same bytes');
CREATE TABLE by_zone AS SELECT hotspot.zone_at((SELECT zones FROM stored), ST_MakePoint(x, y)) AS zone, count(*) AS spots FROM spot GROUP BY 1;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT is_empty('TABLE by_zone EXCEPT SELECT hotspot.zone_at((SELECT zones FROM stored), ST_MakePoint(x, y)), count(*) FROM spot GROUP BY 1', 'read by workers: same zones');

SELECT * FROM finish();
ROLLBACK;
