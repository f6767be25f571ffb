-- emerging() against gi_star() of every period over the cells of all of them, and pairs of periods in plain SQL.
BEGIN;
SELECT plan(13);
SELECT setseed(0.8);

-- Eleven periods, and 34: places that are busy for some time, and events anywhere. The cells of one period are not those of another.
CREATE TABLE event AS
SELECT nperiods, t, ST_SetSRID(ST_MakePoint(x + random() * 20, y + random() * 20), 27700) AS geom, 1 + floor(random() * 4)::float8 AS harm
FROM (SELECT nperiods, CASE WHEN k = 1 THEN 0 ELSE floor(random() * nperiods) END AS first, CASE WHEN k = 1 THEN nperiods ELSE floor(random() * nperiods) END + 1 AS length, (random() - 0.5) * 1000 AS x, (random() - 0.5) * 1000 AS y
		FROM unnest('{11,34}'::integer[]) AS nperiods, generate_series(1, 12) AS k) AS place,
	LATERAL generate_series(1, nperiods) AS t, LATERAL generate_series(1, CASE WHEN t BETWEEN first AND first + length - 1 THEN 12 ELSE 1 END) AS n
UNION ALL
SELECT nperiods, 1 + floor(random() * nperiods), ST_SetSRID(ST_MakePoint((random() - 0.5) * 1000, (random() - 0.5) * 1000), 27700), 1
FROM unnest('{11,34}'::integer[]) AS nperiods, generate_series(1, 400);
CREATE TABLE period AS
SELECT nperiods, grid::text AS grid, t, (SELECT hotspot.surface(e.geom, e.harm, grid) FROM event AS e WHERE e.nperiods = p.nperiods AND e.t = p.t) AS s
FROM (SELECT nperiods, generate_series(1, nperiods) AS t FROM unnest('{11,34}'::integer[]) AS nperiods) AS p, unnest('{25,hexagon 16}'::hotspot.grid[]) AS grid;
-- Some zero cells of the study area, in one of the surfaces.
UPDATE period SET s = s + hotspot.cover(ST_MakeEnvelope(-520, -520, 520, 520, 27700), grid::hotspot.grid) WHERE t = 3;
UPDATE period SET s = hotspot.cover('SRID=27700;POLYGON EMPTY', grid::hotspot.grid) WHERE t = 7;

-- The cells of all periods, without any events.
CREATE TABLE zeros AS
SELECT nperiods, grid, hotspot.cover(ST_Union(ST_Buffer(hotspot.centre(cell), 1)), grid::hotspot.grid) AS zero
FROM (SELECT DISTINCT nperiods, grid, cell FROM period, hotspot.cells(s)) AS c GROUP BY nperiods, grid;
CREATE TABLE star AS
SELECT nperiods, grid, t, measure, g.*, g.z > 0 AND g.q_value < 0.05 AS hot, CASE measure WHEN 'harm' THEN g.harm ELSE g.events END AS value
FROM period JOIN zeros USING (nperiods, grid), unnest('{harm,events}'::text[]) AS measure, hotspot.gi_star(s + zero, 1, measure) AS g;
ANALYZE star;

CREATE TABLE slow AS
WITH series AS (
	SELECT nperiods, grid, measure, cell, count(*) FILTER (WHERE hot) AS periods, min(t) FILTER (WHERE hot) AS first, max(t) FILTER (WHERE hot) AS last,
		array_agg(value ORDER BY t) AS v
	FROM star GROUP BY nperiods, grid, measure, cell HAVING bool_or(hot)
)
SELECT nperiods, grid, measure, cell, CASE
		WHEN periods >= 0.8 * nperiods THEN 'persistent'
		WHEN first > nperiods - ceil(nperiods / 5.0) THEN 'emerging'
		WHEN last <= nperiods - ceil(nperiods / 5.0) THEN 'former'
		WHEN periods >= 0.1 * nperiods THEN 'intermittent' END AS class,
	periods, first, last, s, CASE WHEN variance > 0 THEN (s - sign(s)) / sqrt(variance) END AS z
FROM series,
	LATERAL (SELECT sum(sign(v[b] - v[a])) AS s FROM generate_series(1, nperiods) AS b, generate_series(1, b - 1) AS a) AS pairs,
	LATERAL (SELECT sum(n * (n - 1) * (2 * n + 5)) AS ties FROM (SELECT count(*) AS n FROM unnest(v) AS x GROUP BY x) AS q) AS tied,
	LATERAL (SELECT (nperiods * (nperiods - 1) * (2 * nperiods + 5) - ties) / 18 AS variance) AS part;

CREATE TABLE fast AS
SELECT nperiods, grid, measure, e.* FROM (SELECT nperiods, grid, array_agg(s ORDER BY t) AS surfaces FROM period GROUP BY nperiods, grid) AS p,
	unnest('{harm,events}'::text[]) AS measure, hotspot.emerging(surfaces, 1, measure) AS e;

SELECT is(count(*) FILTER (WHERE slow.class IS NOT DISTINCT FROM fast.class AND slow.periods = fast.periods AND first = first_period AND last = last_period
		AND slow.s = fast.s AND (abs(slow.z - fast.z) < 1e-9 OR slow.z IS NULL AND fast.z IS NULL)), count(*),
	format('%s periods, %s, %s', nperiods, grid, measure))
FROM slow FULL JOIN fast USING (nperiods, grid, measure, cell) GROUP BY nperiods, grid, measure ORDER BY nperiods, grid, measure;
SELECT ok(count(*) > 10, format('there is something to compare: %s', class)) FROM fast WHERE class IS NOT NULL GROUP BY class ORDER BY class;
SELECT is(count(*), 0::bigint, 'a note just where something is NULL') FROM fast WHERE (note IS NULL) <> (class IS NOT NULL AND z IS NOT NULL AND p_value IS NOT NULL);
SELECT finish();
