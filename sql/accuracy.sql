-- A surface over the cells of a row, with these numbers of events, each of that harm.
CREATE FUNCTION of_counts(counts int[], harm float8 = 1) RETURNS hotspot.surface LANGUAGE sql AS $$
	SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 10 * cardinality(counts), 10, 27700), 10) + hotspot.surface(ST_Point(10 * k - 5, 5, 27700), harm, 10)
	FROM unnest(counts) WITH ORDINALITY AS c (events, k), generate_series(1, events)
$$;
CREATE FUNCTION without_zeros(counts int[]) RETURNS hotspot.surface LANGUAGE sql AS $$
	SELECT hotspot.surface(ST_Point(10 * k - 5, 5, 27700), 10) FROM unnest(counts) WITH ORDINALITY AS c (events, k), generate_series(1, events)
$$;

-- By hand: cells 1 and 3 are flagged, with 15 of 20 events before and 4 of 10 after; the best two have 5 + 3 = 8.
-- hit_rate 0.4, area_share 0.2, PAI 2, PEI 0.5, RRI 0.4 / 0.75.
SELECT a.*, 0.4 / 0.75 AS expected_rri
FROM hotspot.accuracy(of_counts('{8,3,7,1,1,0,0,0,0,0}'), of_counts('{3,5,1,0,0,1,0,0,0,0}'), 2) AS a;
-- In harm of 2.5 each the rates are the same.
SELECT a.* FROM hotspot.accuracy(of_counts('{8,3,7,1,1,0,0,0,0,0}', 4), of_counts('{3,5,1,0,0,1,0,0,0,0}', 2.5), 2) AS a;
-- By harm and by events other cells are flagged: a cell of one event of harm 100.
SELECT measure, a.hits, a.total, a.flagged FROM unnest('{harm,events}'::text[]) AS measure,
  hotspot.accuracy(of_counts('{3,0,0,0}') + of_counts('{0,1,0,0}', 100), of_counts('{1,5,0,0}', 2), 1, measure) AS a;
-- Ties rank by i: cell 1 and not 2.
SELECT a.hits FROM hotspot.accuracy(of_counts('{2,2,0}'), of_counts('{7,1,0}'), 1) AS a;
-- A perfect list.
SELECT a.pai, a.pei, a.rri FROM hotspot.accuracy(of_counts('{0,6,0,2}'), of_counts('{0,6,0,2}'), 1) AS a;
-- A list longer than there are occupied cells, and one of which a cell is not in the study area.
SELECT a.* FROM hotspot.accuracy(of_counts('{0,6,0,2}'), of_counts('{1,2,0,1}'), 10) AS a;
SELECT a.* FROM hotspot.accuracy(of_counts('{1,6,0,2}'), of_counts('{1,2,0}'), 2) AS a;
-- Zero denominators.
SELECT a.* FROM hotspot.accuracy(of_counts('{1,6,0,2}'), of_counts('{0,0,0,0}'), 2) AS a;
SELECT a.* FROM hotspot.accuracy(hotspot.cover(ST_MakeEnvelope(0, 0, 40, 10, 27700), 10), of_counts('{1,2,0,1}'), 2) AS a;
SELECT a.* FROM hotspot.accuracy(of_counts('{1,2,0,1}'), hotspot.cover(ST_MakeEnvelope(0, 0, 40, 10, 27700), 10), 2) AS a;
SELECT a.* FROM hotspot.accuracy(of_counts('{1,2,0,1}'), hotspot.cover('SRID=27700;POLYGON EMPTY', 10), 2) AS a;
SELECT a.note, a.hits FROM hotspot.accuracy(of_counts('{1,2,0,1}', 0), of_counts('{1,2,0,1}', 0), 2) AS a;
-- Not filled.
SELECT a.area_share, a.pai FROM hotspot.accuracy(of_counts('{1,6,0,2}'), without_zeros('{1,2,0,3}'), 1) AS a;
SELECT count(*) FROM hotspot.accuracy(NULL, of_counts('{1}'), 1);
SELECT count(*) FROM hotspot.accuracy(of_counts('{1}'), NULL, 1);

-- Errors.
SELECT hotspot.accuracy(of_counts('{1}'), (SELECT hotspot.surface(ST_Point(5, 5, 27700), 'hexagon 10')), 1);
SELECT hotspot.accuracy(of_counts('{1}'), (SELECT hotspot.surface(ST_Point(5, 5, 32616), 10)), 1);
SELECT hotspot.accuracy(of_counts('{1}'), of_counts('{1}'), 0);
SELECT hotspot.accuracy(of_counts('{1}'), of_counts('{1}'), NULL);
SELECT hotspot.accuracy(of_counts('{1}'), of_counts('{1}'), 1, 'crimes');
DROP FUNCTION of_counts, without_zeros;
