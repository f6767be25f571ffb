-- Places with 100 events in the periods where their pattern has a 1, far from each other, in an area of 40 x 40 cells.
-- Sparse: only the first surface has the zero cells.
CREATE FUNCTION periods(patterns text[], sparse boolean DEFAULT false) RETURNS hotspot.surface[] LANGUAGE sql AS $$
	SELECT array_agg(hotspot.cover(CASE WHEN sparse AND t > 1 THEN 'SRID=27700;POLYGON EMPTY' ELSE ST_MakeEnvelope(0, 0, 400, 400, 27700) END, 10) + s ORDER BY t)
	FROM (SELECT t, hotspot.surface(ST_SetSRID(ST_MakePoint(40 * k + 5, 40 * k + 5), 27700), 100, 10) FILTER (WHERE substr(pattern, t, 1) = '1') AS s
		FROM generate_series(1, length(patterns[1])) AS t, unnest(patterns) WITH ORDINALITY AS p (pattern, k) GROUP BY t) AS q
$$;
-- The places themselves; the cells around them are as hot, but have no harm.
CREATE FUNCTION places(patterns text[]) RETURNS TABLE (pattern text, class text, periods integer, first_period integer, last_period integer,
	s bigint, z numeric, p_value numeric, note text) LANGUAGE sql AS $$
	SELECT patterns[(hotspot.i(e.cell)) / 4], e.class, e.periods, e.first_period, e.last_period, e.s, e.z::numeric(9, 6), e.p_value::numeric(9, 6), e.note
	FROM hotspot.emerging(periods(patterns)) AS e WHERE hotspot.i(e.cell) % 4 = 0 AND hotspot.j(e.cell) % 4 = 0
$$;

-- Of ten periods the last two are recent, and eight are 80 %. By hand for 0000000011: of the pairs 16 rise, 29 are tied, so s = 16, its variance
-- (10 * 9 * 25 - 8 * 7 * 21 - 2 * 1 * 9) / 18 = 58.666667, z = 15 / sqrt(58.666667) = 1.958374.
SELECT * FROM places('{1111111111,1111111100,1111111000,1010101010,0000000011,0000000001,1000000000,1000000001,0001111111}');
-- Hot once before and once recently: less than a tenth of 21 periods, where 5 are recent.
SELECT * FROM places('{100000000000000000001,100000000000000010001,100000000000000000000,000000000000000010000}');
-- One period; and three, of which one is recent.
SELECT * FROM places('{1,1}');
SELECT * FROM places('{001,100,110,111,101}');
-- Periods in which nothing happens.
SELECT * FROM places('{0100,0001}');

-- Trends as published: Gilbert (1987) and others have S 41, variance 123, z 3.606679, p .00031014 for the first series;
-- S 23, variance 125, z 1.967740, p .049098 for the second.
SELECT series, e.periods, e.s, e.z::numeric(9, 6), e.p_value::numeric(9, 8)
FROM (VALUES ('{1,2,2,4,3,5,6,6,7,9}'::integer[]), ('{23,18,19,13,16,26,31,24,27,36}')) AS v (series),
	LATERAL (SELECT array_agg(hotspot.cover(ST_MakeEnvelope(0, 0, 400, 400), 10) + (SELECT hotspot.surface(ST_MakePoint(205, 205), 10) FROM generate_series(1, n)) ORDER BY t) AS surfaces
		FROM unnest(series) WITH ORDINALITY AS u (n, t)) AS p,
	hotspot.emerging(surfaces, measure => 'events') AS e WHERE e.cell::text = '0/square10/20/20';

-- Options. Around the two places lie 2 * 9 cells, or 2 * 25, of which they share one; no q_value is as small as 1e-30.
SELECT radius, alpha, count(*) FROM (VALUES (1, 0.05), (2, 0.05), (2, 1e-30)) AS v (radius, alpha),
	hotspot.emerging(periods('{11,01}'), radius, 'harm', alpha) GROUP BY radius, alpha ORDER BY radius, alpha;
-- What a period does not have is zero.
SELECT count(*) AS cells, count(*) FILTER (WHERE e IS DISTINCT FROM f) AS different
FROM hotspot.emerging(periods('{10010,00011,01111}')) AS e FULL JOIN hotspot.emerging(periods('{10010,00011,01111}', true)) AS f USING (cell);

SELECT e.* FROM hotspot.emerging(ARRAY[(SELECT hotspot.surface(ST_MakePoint(n * 10, 0), n, 10) FROM generate_series(1, 3) AS n)]) AS e;
SELECT count(*) FROM hotspot.emerging(NULL) AS e;
SELECT count(*) FROM hotspot.emerging('{}') AS e;

-- What cannot be compared.
SELECT e.* FROM hotspot.emerging(ARRAY[hotspot.cover('POLYGON EMPTY', 10), NULL]) AS e;
SELECT e.* FROM hotspot.emerging(ARRAY[hotspot.cover('POLYGON EMPTY', 10), hotspot.cover('POLYGON EMPTY', 'hexagon 10')]) AS e;
SELECT e.* FROM hotspot.emerging(ARRAY[hotspot.cover('SRID=27700;POLYGON EMPTY', 10), (SELECT hotspot.surface(NULL, 10)), hotspot.cover('SRID=3857;POLYGON EMPTY', 10)]) AS e;
SELECT e.* FROM hotspot.emerging(ARRAY[ARRAY[hotspot.cover('POLYGON EMPTY', 10)], ARRAY[hotspot.cover('POLYGON EMPTY', 10)]]) AS e;
SELECT e.* FROM hotspot.emerging('{}', 0) AS e;
SELECT e.* FROM hotspot.emerging('{}', NULL) AS e;
SELECT e.* FROM hotspot.emerging('{}', measure => 'count') AS e;
SELECT e.* FROM hotspot.emerging('{}', alpha => 0) AS e;
SELECT e.* FROM hotspot.emerging('{}', alpha => 1) AS e;
SELECT e.* FROM hotspot.emerging('{}', alpha => 'NaN') AS e;
SELECT e.* FROM hotspot.emerging('{}', alpha => NULL) AS e;
DROP FUNCTION places;
DROP FUNCTION periods;
