SET extra_float_digits = -3;
-- The data of the README of the Python package diff-diff, which prints ATT 3.0000, standard error 1.7321, p 0.1583. By hand:
-- (16.5 - 10.5) - (12.5 - 9.5), residual variance 6/4, standard error sqrt(1.5 x 4 x 1/2).
CREATE TABLE readme (outcome float8, treated boolean, post boolean);
INSERT INTO readme VALUES (10, true, false), (11, true, false), (15, true, true), (18, true, true), (9, false, false), (10, false, false), (12, false, true), (13, false, true);
SELECT d.measure, d.estimate, round(d.std_error::numeric, 12) AS std_error, d.df, round(d.statistic::numeric, 12) AS statistic, round(d.p_value::numeric, 4) AS p_value, d.conf_level, d.n, d.note
FROM (SELECT hotspot.did(outcome, treated, post) AS effect FROM readme) AS q, LATERAL (SELECT (effect).*) AS d;
-- The quantile of t with 4 degrees is 2.776445105 (tables).
SELECT round((effect).conf_low::numeric, 8) AS conf_low, round((3 - 2.776445105198 * sqrt(3))::numeric, 8) AS by_hand, round((effect).conf_high::numeric, 8) AS conf_high
FROM (SELECT hotspot.did(outcome, treated, post) AS effect FROM readme) AS q;

-- With places. Three treated ones change by -4, -2, 0 and two controls by 1, 3: the estimate is -2 - 2 = -4. By hand the
-- influences are (change - mean)/n = -2/3, 0, 2/3 and 1/2, -1/2, squares sum to 8/9 + 1/2 = 25/18; times 5/4 and
-- (10-1)/(10-3) = 9/7 that is 2.23214286, its root 1.49403576; 4 degrees of freedom.
CREATE TABLE panel (place text, treated boolean, before float8, after float8);
INSERT INTO panel VALUES ('a', true, 10, 6), ('b', true, 5, 3), ('c', true, 7, 7), ('d', false, 3, 4), ('e', false, 8, 11);
CREATE VIEW rows AS SELECT place, treated, post, CASE WHEN post THEN after ELSE before END AS outcome FROM panel, unnest(ARRAY[false, true]) AS post;
SELECT d.measure, d.estimate, round(d.std_error::numeric, 10) AS std_error, round(sqrt(25.0 / 18 * 5 / 4 * 9 / 7), 10) AS by_hand, d.df, d.n, d.note
FROM (SELECT hotspot.did(outcome, treated, post, place) AS effect FROM rows) AS q, LATERAL (SELECT (effect).*) AS d;
SELECT (hotspot.did(outcome, treated, post, place)).estimate = (hotspot.did(outcome, treated, post, ascii(place)::bigint)).estimate AS same_by_number,
	(hotspot.did(outcome, treated, post, place)).std_error = (hotspot.did(outcome, treated, post, ascii(place)::bigint)).std_error AS same_error
FROM rows;
-- Unbalanced: without the row of e after, the control rises from 5.5 to 4, and rows are 9. Influences by hand, for a, b, c
-- as above; of d: -((4 - 4)/1 - (3 - 5.5)/2) = -1.25, of e: (8 - 5.5)/2 = 1.25; 8/9 + 2 x 1.5625 = 4.01388889.
SELECT d.estimate, round((-2 - (4 - 5.5))::numeric, 10) AS by_hand, round(d.std_error::numeric, 10) AS std_error, round(sqrt((8.0 / 9 + 3.125) * 5 / 4 * 8 / 6), 10) AS by_hand, d.df, d.n, d.note
FROM (SELECT hotspot.did(outcome, treated, post, place) AS effect FROM rows WHERE NOT (place = 'e' AND post)) AS q, LATERAL (SELECT (effect).*) AS d;
-- Rows with a NULL.
SELECT (hotspot.did(outcome, treated, post, place)).estimate, (hotspot.did(outcome, treated, post, place)).n, (hotspot.did(outcome, treated, post, place)).note
FROM (SELECT * FROM rows UNION ALL VALUES (NULL, true, true, 1.0::float8), ('a', NULL, true, 1), ('a', true, NULL, 1), ('a', true, true, NULL)) AS r;
-- Many rows a place are means, not sums.
SELECT (hotspot.did(outcome, treated, post, place)).estimate, (hotspot.did(outcome, treated, post, place)).n FROM rows, generate_series(1, 10);
-- Large outcomes that differ little lose nothing: the answer is that of the README.
SELECT (hotspot.did(outcome + 1e9, treated, post)).estimate, round((hotspot.did(outcome + 1e9, treated, post)).std_error::numeric, 12) AS std_error FROM readme;
SELECT round((hotspot.did(outcome + 1e9, treated, post, place)).std_error::numeric, 10) AS std_error FROM rows;

-- What is not defined.
CREATE FUNCTION told(effect hotspot.effect) RETURNS TABLE (measure text, estimate float8, std_error float8, df float8, p_value float8, conf_low float8, n bigint, note text) LANGUAGE sql AS
	$$SELECT (effect).measure, (effect).estimate, (effect).std_error, (effect).df, (effect).p_value, (effect).conf_low, (effect).n, (effect).note$$;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post) AS e FROM readme WHERE false) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post) AS e FROM readme WHERE treated) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post) AS e FROM readme WHERE treated OR NOT post) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post) AS e FROM (SELECT DISTINCT ON (treated, post) * FROM readme ORDER BY treated, post, outcome) AS r) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(NULL, treated, post) AS e FROM readme) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(0, treated, post, place) AS e FROM rows) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post, place) AS e FROM rows WHERE false) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post, place) AS e FROM rows WHERE NOT treated) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post, place) AS e FROM rows WHERE NOT post) AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post, place) AS e FROM rows WHERE NOT treated OR place = 'a') AS q, told(e) AS t;
SELECT t.* FROM (SELECT hotspot.did(outcome, treated, post, place) AS e FROM rows WHERE treated OR place = 'd') AS q, told(e) AS t;

-- Errors.
SELECT hotspot.did(outcome, treated OR post, post, place) FROM rows WHERE place = 'd';
SELECT hotspot.did(outcome, treated OR post, post, 7::bigint) FROM rows WHERE place = 'd';
SELECT hotspot.did('NaN', true, true, 'Strand');
SELECT hotspot.did('-Infinity', true, true, -7::bigint);
SELECT hotspot.did(1.1e15, true, true, 'Strand'::text);
SELECT hotspot.did('NaN', true, true);
SELECT hotspot.did_places_merge(a, b) FROM
	(SELECT hotspot.did_places_add_text(NULL, 1, true, true, 'x') AS a, hotspot.did_places_add_text(NULL, 1, false, true, 'x') AS b) AS q;
SELECT hotspot.did_places_merge(a, b) FROM
	(SELECT hotspot.did_places_add_text(NULL, 1, true, true, 'x') AS a, hotspot.did_places_add_bigint(NULL, 1, false, true, 7) AS b) AS q;

-- Corrupted bytes.
CREATE FUNCTION trouble(value text, type text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT %L::hotspot.%I', value, type);
	RETURN 'none';
EXCEPTION WHEN invalid_text_representation THEN
	RETURN SQLERRM;
END
$$;
-- Two places, 'A' treated with one row of 1e-12 before and 'B' a control with one of -2e-12 after, then what is wrong.
CREATE FUNCTION places(a text DEFAULT '0100000041' || '01' || rpad('01', 16, '0') || rpad('01', 32, '0') || repeat('00', 24),
	b text DEFAULT '0100000042' || '00' || repeat('00', 24) || rpad('01', 16, '0') || rpad('fe', 32, 'f'),
	head text DEFAULT '02' || repeat('00', 8) || '02000000') RETURNS text LANGUAGE sql AS
	$$SELECT '0167' || head || a || b$$;
SELECT name, trouble(value, 'did_places') FROM (VALUES
	('whole', places()),
	('what is made', (SELECT hotspot.did_places_merge(hotspot.did_places_add_text(NULL, -2e-12, false, true, 'B'), hotspot.did_places_add_text(NULL, 1e-12, true, false, 'A'))::text)),
	('short', '01670200'),
	('ids', places(head => '03' || repeat('00', 8) || '02000000')),
	('no ids', places(head => '00' || repeat('00', 8) || '02000000')),
	('bigint', places(head => '01' || repeat('00', 8) || '02000000')),
	('skipped', places(head => '02' || repeat('ff', 8) || '02000000')),
	('many', places(head => '02' || repeat('00', 8) || 'ffffffff')),
	('few', places(head => '02' || repeat('00', 8) || '01000000')),
	('order', places(b => '0100000041' || '00' || repeat('00', 24) || rpad('01', 16, '0') || rpad('fe', 32, 'f'))),
	('long id', places(b => 'ffffffff42' || '00' || repeat('00', 24) || rpad('01', 16, '0') || rpad('fe', 32, 'f'))),
	('zero byte', places(a => '0100000000' || '01' || rpad('01', 16, '0') || rpad('01', 32, '0') || repeat('00', 24))),
	('treated', places(b => '0100000042' || '02' || repeat('00', 24) || rpad('01', 16, '0') || rpad('fe', 32, 'f'))),
	('no row', places(b => '0100000042' || '00' || repeat('00', 48))),
	('sum of nothing', places(b => '0100000042' || '00' || rpad('0000000000000000' || '01', 48, '0') || rpad('01', 16, '0') || rpad('fe', 32, 'f'))),
	('large sum', places(b => '0100000042' || '00' || repeat('00', 24) || rpad('01', 16, '0') || rpad('', 32, '7'))),
	('many rows', places(b => '0100000042' || '00' || repeat('00', 24) || repeat('ff', 8) || rpad('fe', 32, 'f'))),
	('trailing', places() || '00')
) AS v (name, value);
-- 2^58 rows that add up to 2^120, the largest sum, twice.
SELECT hotspot.did_places_merge(p, p)
FROM (SELECT places(b => '0100000042' || '00' || repeat('00', 24) || '0000000000000004' || repeat('00', 15) || '01')::hotspot.did_places AS p) AS q;
-- One row of -2e-12 in the first cell: its square is 4e-24.
CREATE FUNCTION cells(cell text, skipped text DEFAULT repeat('00', 8)) RETURNS text LANGUAGE sql AS
	$$SELECT '0166' || skipped || rpad(cell, 8 * 56, '0')$$;
SELECT name, trouble(value, 'did_cells') FROM (VALUES
	('whole', cells(rpad('01', 16, '0') || rpad('fe', 32, 'f') || '04')),
	('what is made', hotspot.did_cells_add(NULL, -2e-12, false, false)::text),
	('short', left(cells(''), -2)),
	('skipped', cells('', repeat('ff', 8))),
	('no row', cells(rpad('', 16, '0') || rpad('fe', 32, 'f') || '04')),
	('small square', cells(rpad('01', 16, '0') || rpad('fe', 32, 'f') || '03')),
	('small square of two', cells(rpad('02', 16, '0') || rpad('fd', 32, 'f') || '04')),
	('square of two', cells(rpad('02', 16, '0') || rpad('fd', 32, 'f') || '05')),
	('negative square', cells(rpad('01', 16, '0') || rpad('fe', 32, 'f') || repeat('ff', 32))),
	('large square', cells(rpad('01', 16, '0') || rpad('fe', 32, 'f') || repeat('7f', 32))),
	('square of nothing', cells(rpad('', 16, '0') || rpad('', 32, '0') || '01'))
) AS v (name, value);
DROP VIEW rows;
DROP TABLE readme, panel;
DROP FUNCTION told, trouble, places, cells;
