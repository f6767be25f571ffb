-- Periods as rows of counts: cell 0 to 5 on x.
CREATE FUNCTION of_counts(counts int[]) RETURNS hotspot.surface LANGUAGE sql AS $$
	SELECT hotspot.surface(ST_Point(10 * k - 5, 5, 27700), 10) FROM unnest(counts) WITH ORDINALITY AS c (events, k), generate_series(1, events)
$$;
-- Two highest by hand: {0,1} {0,2} {1,0} {3} {0,5}: in the fourth period there is one occupied cell only.
CREATE TABLE period AS SELECT n, of_counts(counts) AS s
FROM (VALUES (1, '{9,8,1,1,0,0}'::int[]), (2, '{5,1,4,0,0,0}'), (3, '{3,4,2,2,2,2}'), (4, '{0,0,0,7,0,0}'), (5, '{2,0,0,0,1,2}')) AS v (n, counts);
CREATE TABLE all_periods AS SELECT array_agg(s ORDER BY n) AS s FROM period;
SELECT p.* FROM all_periods, hotspot.persistence(s, 2) AS p;
-- By hand: {0,1} and {0,2} share one of three cells, {0,2} and {1,0} too, {1,0} and {3} none of three, {3} and {0,5} none.
SELECT t.* FROM all_periods, hotspot.turnover(s, 2) AS t;
-- All cells that are occupied.
SELECT p.* FROM all_periods, hotspot.persistence(s, 1000000) AS p;
-- By harm the cell of a single event of harm 10 is first.
SELECT measure, p.cell FROM unnest('{harm,events}'::text[]) AS measure,
  hotspot.persistence(ARRAY[(SELECT hotspot.surface(ST_Point(x, 5, 27700), harm, 10) FROM (VALUES (5, 10), (15, 1), (15, 1)) AS v (x, harm))], 1, measure) AS p;
-- Periods without events, and no periods.
SELECT t.* FROM hotspot.turnover(ARRAY[hotspot.cover(ST_MakeEnvelope(0, 0, 60, 10, 27700), 10), hotspot.cover(ST_MakeEnvelope(0, 0, 60, 10, 27700), 10), of_counts('{1}'), hotspot.cover('SRID=27700;POLYGON EMPTY', 10)]) AS t;
SELECT p.* FROM hotspot.persistence(ARRAY[hotspot.cover(ST_MakeEnvelope(0, 0, 60, 10, 27700), 10), of_counts('{1}')]) AS p;
SELECT (SELECT count(*) FROM hotspot.persistence('{}')), (SELECT count(*) FROM hotspot.persistence(NULL)), (SELECT count(*) FROM hotspot.turnover('{}')), (SELECT count(*) FROM hotspot.turnover(NULL));

-- Errors.
SELECT hotspot.persistence(ARRAY[of_counts('{1}'), (SELECT hotspot.surface(ST_Point(5, 5, 27700), 20))]);
SELECT hotspot.turnover(ARRAY[of_counts('{1}'), (SELECT hotspot.surface(ST_Point(5, 5, 32616), 10))]);
SELECT hotspot.persistence(ARRAY[of_counts('{1}'), NULL]);
SELECT hotspot.persistence(ARRAY[of_counts('{1}')], 0);
SELECT hotspot.turnover(ARRAY[of_counts('{1}')], NULL);
SELECT hotspot.turnover(ARRAY[of_counts('{1}')], measure => 'crimes');
DROP TABLE period, all_periods;
DROP FUNCTION of_counts;
