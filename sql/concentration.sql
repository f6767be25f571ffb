-- A surface with these numbers of events in its cells, some of which may be 0.
CREATE FUNCTION of_counts(counts int[]) RETURNS hotspot.surface LANGUAGE sql AS $$
	SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 10 * cardinality(counts), 10, 27700), 10) + hotspot.surface(ST_Point(10 * k - 5, 5, 27700), 10)
	FROM unnest(counts) WITH ORDINALITY AS c (events, k), generate_series(1, events)
$$;

-- Gini coefficients that the R package lorenzgini (Bernasco and Steenbeek 2017) prints; all equal and all 0 by definition.
SELECT counts, round(expected_gini, 4) AS expected, round(hotspot.gini(s, 'events')::numeric, 4) AS gini, round(hotspot.gini(s)::numeric, 4) AS of_harm,
  expected_generalised AS expected, round(hotspot.gini_generalised(s)::numeric, 4) AS generalised
FROM (VALUES
  ('{10,8,2,0,0,0,0,0,0,0}'::int[], .78, .78),
  ('{5,2,1,0,0,0,0,0,0,0}', .8, .75),
  ('{10,0,0,0,0,0,0,0,0,0}', .9, .9),
  ('{3,1,1,0,0,0,0,0,0,0}', .78, .56),
  ('{22,18,17,12,11,8,6,3,2,1}', .392, .392),
  ('{1,1,1,1,1,0,0,0,0,0}', .5, 0),
  ('{4,4,4,4}', 0, 0),
  ('{1,0,0}', .6667, 0),
  ('{7}', 0, 0)
) AS v (counts, expected_gini, expected_generalised), of_counts(counts) AS s;
-- No event, no cell, NULL.
SELECT hotspot.gini(s), hotspot.gini(s, 'events') AS events, hotspot.gini_generalised(s) FROM (VALUES (hotspot.cover(ST_MakeEnvelope(0, 0, 30, 10, 27700), 10)), (hotspot.cover('SRID=27700;POLYGON EMPTY', 10)), (NULL)) AS v (s);

-- By hand: 20 events in 3 of 10 cells, 10 + 8 + 2.
SELECT c.* FROM of_counts('{10,2,0,8,0,0,0,0,0,0}') AS s, hotspot.concentration(s, '{0.25,0.5,0.51,0.9,0.91,1}', 'events') AS c;
SELECT c.* FROM of_counts('{10,2,0,8,0,0,0,0,0,0}') AS s, hotspot.concentration(s) AS c;
-- One tenth of ten events is one event, though 0.1 as float8 is more than a tenth; likewise two thirds of three.
SELECT c.share, c.cells, c.note FROM of_counts('{1,1,1,1,1,1,1,1,1,1,0}') AS s, hotspot.concentration(s, '{0.1,0.2,0.3,0.6,0.7,1e-300}', 'events') AS c;
SELECT c.share, c.cells FROM of_counts('{1,1,1}') AS s, hotspot.concentration(s, ARRAY[1 / 3.0, 2 / 3.0, 0.34], 'events') AS c;
-- Harm and events differ: harm 1, 2.5 and 96.5, events 3, 1 and 1.
CREATE TABLE weighed AS SELECT hotspot.surface(ST_Point(x, 5), harm, 10) AS s FROM (VALUES (5, 0.5), (5, 0.25), (5, 0.25), (15, 2.5), (25, 96.5)) AS v (x, harm);
SELECT c.* FROM weighed, hotspot.concentration(s, '{0.965,0.966,0.99,1}') AS c;
SELECT c.* FROM weighed, hotspot.concentration(s, '{0.6,0.61}', 'events') AS c;
-- (2 (1 x 1 + 2 x 2.5 + 3 x 96.5) / (3 x 100)) - 4 / 3 = 191 / 300.
SELECT round(hotspot.gini(s)::numeric, 12) AS gini, round(191 / 300.0, 12) AS expected, round(hotspot.gini(s, 'events')::numeric, 12) AS events, hotspot.gini_generalised(s) FROM weighed;
-- The largest harm a cell can have, in two cells: sums need more than 64 bits, and a share more than 128 less one.
SELECT c.share, c.cells, hotspot.gini(s) FROM (SELECT hotspot.surface(ST_Point(x, 5), 9e12, 10) AS s FROM (VALUES (5), (15)) AS v (x)) AS q, hotspot.concentration(s) AS c;
-- Where there is nothing to share.
SELECT c.* FROM of_counts('{1,0}') AS s, hotspot.concentration(hotspot.cover(ST_MakeEnvelope(0, 0, 30, 10, 27700), 10), measure => 'events') AS c;
SELECT c.* FROM hotspot.concentration((SELECT hotspot.surface(ST_Point(x, 5), 0, 10) FROM generate_series(1, 3) AS x)) AS c;
SELECT count(*) FROM hotspot.concentration(NULL);
SELECT count(*) FROM weighed, hotspot.concentration(s, '{}');

-- Errors.
SELECT hotspot.concentration(s, '{0.5,0}') FROM weighed;
SELECT hotspot.concentration(s, '{1.01}') FROM weighed;
SELECT hotspot.concentration(s, '{NaN}') FROM weighed;
SELECT hotspot.concentration(s, '{25}') FROM weighed;
SELECT hotspot.concentration(s, '{0.5,NULL}') FROM weighed;
SELECT hotspot.concentration(s, NULL) FROM weighed;
SELECT hotspot.concentration(s, '{{0.5},{0.6}}') FROM weighed;
SELECT hotspot.concentration(s, measure => 'crimes') FROM weighed;
SELECT hotspot.concentration(s, measure => NULL) FROM weighed;
SELECT hotspot.gini(s, 'crimes') FROM weighed;
SELECT hotspot.gini(s, NULL) FROM weighed;
DROP TABLE weighed;
DROP FUNCTION of_counts;
