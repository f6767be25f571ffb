SET extra_float_digits = -3;
-- The example of Wheeler and Ratcliffe (2018, Crime Science 7:11): they print a WDD of -118, its variance 1568 = the sum
-- of the counts, z -2.98 and an interval of -196 to -40. The rest by hand: treated 207 to 110 against 308 to 318 makes
-- -97 - 10 = -107 with variance 943, the buffer 178 to 157 against 150 to 140 makes -21 + 10 = -11 with variance 625.
CREATE TABLE site (area text, before int, after int);
INSERT INTO site VALUES ('treated', 207, 110), ('control', 308, 318), ('buffer', 178, 157), ('buffer_control', 150, 140);
CREATE VIEW crime AS SELECT area, post FROM site, unnest(ARRAY[false, true]) AS post, generate_series(1, CASE WHEN post THEN after ELSE before END);
CREATE TABLE whole AS SELECT hotspot.displacement(area, post) AS d FROM crime;
SELECT c.* FROM whole, hotspot.counts(d) AS c;
SELECT measure, estimate, std_error, df, round(statistic::numeric, 12) AS statistic, round(p_value::numeric, 12) AS p_value, n, note
FROM whole, hotspot.wdd(d);
SELECT measure, round(conf_low::numeric, 9) AS conf_low, round(conf_high::numeric, 9) AS conf_high, conf_level FROM whole, hotspot.wdd(d);
-- The interval of 0.90 by hand: -118 -+ 1.644853627 x 39.59797975 = 65.13288.
SELECT round(conf_low::numeric, 5) AS conf_low, round(conf_high::numeric, 5) AS conf_high, conf_level FROM whole, hotspot.wdd(d, conf_level => 0.90) LIMIT 1;
-- Areas of 0.9 (control), 1.2, 1.6 (control of the buffer) and 1.5: andrewpwheeler.com of 2021-02-23 has -99.69444,
-- standard error 35.42808, z -2.813995, interval -169.1322 to -30.25669.
SELECT round(estimate::numeric, 8) AS estimate, round(std_error::numeric, 7) AS std_error, round(statistic::numeric, 9) AS statistic,
	round(conf_low::numeric, 7) AS conf_low, round(conf_high::numeric, 8) AS conf_high
FROM whole, hotspot.wdd(d, areas => '{1.2,0.9,1.5,1.6}') LIMIT 1;
-- Before twice as long as after: andrewpwheeler.com of 2021-01-09 has -20 and variance 115 for control 100 to 50,
-- treated 80 to 20. There is no buffer.
SELECT measure, estimate, std_error ^ 2 AS variance, n, note
FROM (SELECT hotspot.displacement(area, post) AS d
	FROM (VALUES ('control', false, 100), ('control', true, 50), ('treated', false, 80), ('treated', true, 20)) AS v (area, post, n), generate_series(1, n)) AS q,
	hotspot.wdd(d, times => '{2,1}');
-- A variance twice that of a Poisson process: 1568 x 2.
SELECT estimate, round((std_error ^ 2)::numeric, 9) AS variance FROM whole, hotspot.wdd(d, phi => 2) LIMIT 1;
-- The quotient by hand: 110/318 - 207/308 = -0.326166, 157/318 - 178/308 = -0.084211, their ratio 0.258186;
-- 207 - 110 = 97; (207 x 318/308 - 110) + (178 x 318/308 - 157) = 130.5.
SELECT measure, round(estimate::numeric, 12) AS estimate, num_nonnulls(std_error, statistic, p_value, conf_low, conf_level) AS others, n, note FROM whole, hotspot.wdq(d);

-- Harm: the variance is the sum of squares. 3 and 4 against 1 and 0.5 before, 2 against 1.5 after: treated 2 - 7,
-- control 1.5 - 1.5, variance 9 + 16 + 4 + 1 + 0.25 + 2.25 = 32.5.
CREATE TABLE harm (area text, post boolean, harm float8);
INSERT INTO harm VALUES ('treated', false, 3), ('treated', false, 4), ('treated', true, 2), ('control', false, 1), ('control', false, 0.5), ('control', true, 1.5);
SELECT estimate, round((std_error ^ 2)::numeric, 12) AS variance, n, note FROM (SELECT hotspot.displacement(area, post, harm) AS d FROM harm) AS q, hotspot.wdd(d);
-- Five kinds of crime of harm 3, 2, 5, 7 and 10, control and treated before and after: andrewpwheeler.com of 2020-11-19 has
-- -1721, standard error 304.10360077, z -5.65925558, interval -2317.03210507 to -1124.96789493.
SELECT estimate, round(std_error::numeric, 8) AS std_error, round(statistic::numeric, 8) AS statistic, round(conf_low::numeric, 8) AS conf_low, round(conf_high::numeric, 8) AS conf_high, n
FROM (SELECT hotspot.displacement(area, post, harm) AS d
	FROM (VALUES (3, '{133,91,130,74}'::int[]), (2, '{388,305,327,202}'), (5, '{148,97,398,190}'), (7, '{86,64,144,92}'), (10, '{94,67,183,96}')) AS crime (harm, counts),
		(VALUES (1, 'control', false), (2, 'control', true), (3, 'treated', false), (4, 'treated', true)) AS cell (k, area, post), generate_series(1, counts[k])) AS q,
	hotspot.wdd(d) LIMIT 1;
-- Harm below a millionth is rounded: 0.0000005 to the even neighbour 0, 0.0000015 to 2 millionths.
SELECT c.* FROM (SELECT hotspot.displacement('control', true, h) AS d FROM unnest('{0.0000005,0.0000015}'::float8[]) AS h) AS q, hotspot.counts(d) AS c WHERE events > 0;

-- Rows with a NULL; the first reason counts.
SELECT hotspot.skipped(d), hotspot.skipped(d, 'area') AS area, hotspot.skipped(d, 'post') AS post, hotspot.skipped(d, 'harm') AS harm
FROM (SELECT hotspot.displacement(area, post, harm) AS d
	FROM (VALUES ('treated', true, 1), (NULL, NULL, NULL), (NULL, true, 1), ('control', NULL, NULL), ('control', false, NULL), ('control', NULL, 1), ('treated', true, NULL), ('buffer', true, NULL)) AS v (area, post, harm)) AS q;
SELECT r.measure, r.note
FROM (SELECT hotspot.displacement(area, post) + hotspot.displacement(NULL, true) AS d FROM crime) AS q, LATERAL (SELECT measure, note FROM hotspot.wdd(d) UNION ALL SELECT measure, note FROM hotspot.wdq(d)) AS r
WHERE note LIKE '%left out%';

-- What is not defined, and why. An area that was watched and had no crime has an event of harm 0.
CREATE FUNCTION wdd_of(VARIADIC events text[]) RETURNS TABLE (measure text, estimate float8, std_error float8, statistic float8, n bigint, note text) LANGUAGE sql AS
	$$SELECT w.measure, w.estimate, w.std_error, w.statistic, w.n, w.note
	FROM (SELECT hotspot.displacement(split_part(e, ' ', 1), split_part(e, ' ', 2) = 'after', split_part(e, ' ', 3)::float8) AS d FROM unnest(events) AS e) AS q, hotspot.wdd(d) AS w$$;
CREATE FUNCTION wdq_of(VARIADIC events text[]) RETURNS TABLE (measure text, estimate float8, note text) LANGUAGE sql AS
	$$SELECT w.measure, w.estimate, w.note
	FROM (SELECT hotspot.displacement(split_part(e, ' ', 1), split_part(e, ' ', 2) = 'after', split_part(e, ' ', 3)::float8) AS d FROM unnest(events) AS e) AS q, hotspot.wdq(d) AS w$$;
SELECT * FROM wdd_of('treated before 9', 'treated after 4');
SELECT * FROM wdd_of('treated before 9', 'treated after 4', 'control before 0');
SELECT * FROM wdd_of('treated before 9', 'control after 4', 'buffer after 1');
SELECT * FROM wdd_of('treated before 0', 'control after 0', 'buffer after 0', 'buffer_control after 0') WHERE measure <> 'wdd_local';
SELECT * FROM wdq_of('treated before 9', 'treated after 4', 'control before 2', 'control after 2');
SELECT * FROM wdq_of('treated before 4', 'treated after 9', 'control before 2', 'control after 2', 'buffer after 2') LIMIT 3;
SELECT * FROM wdq_of('treated before 9', 'treated after 4', 'control before 2', 'control after 0', 'buffer after 2', 'buffer before 4');
SELECT * FROM wdq_of('treated before 9', 'treated after 4', 'control before 0', 'control after 1', 'buffer after 2');
SELECT * FROM wdq_of('treated before 9', 'buffer after 2');
-- The signs of the quotient: the buffer falls by 1, 10, 0, rises by 1, by 5 and by 10, the treated area falls by 5.
SELECT after, q.estimate, q.note
FROM unnest('{19,10,20,21,25,30}'::int[]) AS after,
	wdq_of('treated before 9', 'treated after 4', 'control before 2', 'control after 2', 'buffer before 20', 'buffer after ' || after) AS q
WHERE measure = 'wdq';

-- NULL and empty.
SELECT hotspot.displacement(NULL, NULL) IS NULL AS skipped_is_null, hotspot.displacement(area, post, harm) FILTER (WHERE false) IS NULL AS nothing_is_null FROM harm;
SELECT count(*) FROM hotspot.wdd(NULL);
SELECT count(*) FROM hotspot.wdq(NULL);
SELECT count(*) FROM hotspot.counts(NULL);
SELECT hotspot.skipped(NULL::hotspot.displacement) IS NULL AND hotspot.skipped(NULL::hotspot.displacement, 'harm') IS NULL AND (NULL::hotspot.displacement + NULL) IS NULL AS all_null;
SELECT (d + NULL)::text = d::text AND (NULL + d)::text = d::text AS same FROM whole;

-- Errors.
SELECT hotspot.displacement('north', true);
SELECT hotspot.displacement('Treated', true, 1);
SELECT hotspot.displacement('treated', true, -1);
SELECT hotspot.displacement('treated', true, 'NaN');
SELECT hotspot.displacement('treated', true, 'Infinity');
SELECT hotspot.displacement('treated', true, 1e13);
SELECT hotspot.displacement('treated', true, 9e12) FROM generate_series(1, 3);
SELECT d + d FROM (SELECT hotspot.displacement('buffer', false, 9e12) AS d FROM generate_series(1, 2)) AS q;
SELECT hotspot.skipped(d, 'geometry') FROM whole;
SELECT hotspot.skipped(d, NULL) FROM whole;
SELECT hotspot.wdd(d, times => '{1}') FROM whole;
SELECT hotspot.wdd(d, areas => '{1,1}') FROM whole;
SELECT hotspot.wdd(d, times => '{1,0}') FROM whole;
SELECT hotspot.wdd(d, times => '{1,NULL}') FROM whole;
SELECT hotspot.wdd(d, areas => '{1,1,NaN,1}') FROM whole;
SELECT hotspot.wdd(d, areas => '{1,1,1,Infinity}') FROM whole;
SELECT hotspot.wdd(d, times => '{{1,1}}') FROM whole;
SELECT hotspot.wdd(d, times => NULL) FROM whole;
SELECT hotspot.wdd(d, phi => 0) FROM whole;
SELECT hotspot.wdd(d, phi => 'NaN') FROM whole;
SELECT hotspot.wdd(d, phi => NULL) FROM whole;
SELECT hotspot.wdd(d, conf_level => 95) FROM whole;

-- Corrupted bytes: cells of 40 bytes behind three numbers of 8. The first is whole: one event of harm 0.000003.
CREATE FUNCTION body(cell text, skipped text DEFAULT repeat('00', 24)) RETURNS text LANGUAGE sql AS
	$$SELECT '0164' || skipped || rpad(cell, 16 * 40, '0')$$;
CREATE FUNCTION trouble(value text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM value::hotspot.displacement;
	RETURN 'none';
EXCEPTION WHEN invalid_text_representation THEN
	RETURN SQLERRM;
END
$$;
SELECT name, trouble(value) FROM (VALUES
	('whole', body('0100000000000000' || rpad('03', 32, '0') || '09')),
	('short', left(body(''), -2)),
	('long', body('') || '00'),
	('skipped', body('', repeat('ff', 24))),
	('events', body(repeat('ff', 8) || rpad('03', 32, '0') || '09')),
	('no event', body('0000000000000000' || rpad('03', 32, '0') || '09')),
	('negative harm', body('0100000000000000' || repeat('ff', 16) || '09')),
	('harm of two', body('0100000000000000' || rpad('0000000000000080', 32, '0') || '09')),
	('small squares', body('0100000000000000' || rpad('03', 32, '0') || '02')),
	('negative squares', body('0100000000000000' || rpad('03', 32, '0') || repeat('ff', 16))),
	('squares of nothing', body('0100000000000000' || repeat('00', 16) || '01')),
	('large squares', body('0100000000000000' || rpad('01', 32, '0') || '0000000000000080'))
) AS v (name, value);
SELECT '016500'::hotspot.displacement;
SELECT '026400'::hotspot.displacement;
DROP VIEW crime;
DROP TABLE site, whole, harm;
DROP FUNCTION wdd_of, wdq_of, body, trouble;
