-- did(panel), att() and bacon(): known answers and what is not defined.

-- A block design. By hand: changes are -4, -2 (treated) and 1, -1, so the difference of means is -3. CR1: sum of squared influences
-- 2/4 + 2/4, times 4/3 * 7/5: sqrt(28/15). CR2: 2/2 + 2/2, df (1/2 + 1/2)^2 / (1/4 + 1/4). iid: residuals of changes 4 / 2, df 2, by 1/2.
CREATE TABLE outcome (place text, period int, outcome float8, treated_from int);
INSERT INTO outcome VALUES
	('A', 1, 10, 2), ('A', 2, 6, 2), ('B', 1, 8, 2), ('B', 2, 6, 2),
	('C', 1, 9, NULL), ('C', 2, 10, NULL), ('D', 1, 11, NULL), ('D', 2, 10, NULL);
CREATE TABLE block AS SELECT hotspot.panel(place, period, outcome, treated_from) AS p FROM outcome;
CREATE FUNCTION show(hotspot.effect) RETURNS text LANGUAGE sql AS
	$$ SELECT format('%s %s (%s) df %s t %s p %s [%s, %s] n %s: %s', $1.measure, round($1.estimate::numeric, 9), round($1.std_error::numeric, 9), round($1.df::numeric, 6),
		round($1.statistic::numeric, 6), round($1.p_value::numeric, 6), round($1.conf_low::numeric, 6), round($1.conf_high::numeric, 6), $1.n, $1.note) $$;
SELECT show(hotspot.did(p, se => se)) FROM block, unnest('{cr1,cr2,iid}'::text[]) AS se;
SELECT round(sqrt(28.0 / 15), 9) AS cr1, round(sqrt(2.0), 9) AS cr2_and_iid;

-- Callaway and Sant'Anna: the same estimate; population variances 1/2 + 1/2; cr1: times 4/3.
SELECT show(hotspot.did(p, 'callaway', se)) FROM block, unnest('{did,cr1}'::text[]) AS se;
SELECT show(hotspot.did(p, 'callaway', summary => summary)) FROM block, unnest('{group,dynamic,calendar}'::text[]) AS summary;

-- Poisson: ln((12 / 18) / (20 / 20)) and sqrt(1/12 + 1/18 + 1/20 + 1/20); clustered by hand: influences
-- 6/12 - 10/18, 6/12 - 8/18, 10/20 - 9/20, 10/20 - 11/20: squares 1/324 + 1/324 + 1/400 + 1/400, times 28/15.
SELECT show(hotspot.did(p, 'poisson', se)) FROM block, unnest('{cr1,iid}'::text[]) AS se;
SELECT round(ln(2.0 / 3), 9) AS estimate, round(sqrt((2.0 / 324 + 2.0 / 400) * 28 / 15), 9) AS cr1, round(sqrt(1 / 12.0 + 1 / 18.0 + 1 / 20.0 + 1 / 20.0), 9) AS iid;

-- Treatment starts at different times. By hand, with never-treated controls whose outcomes are 0:
-- cohort 2: 1, 3, 5; cohort 3: 0, 0, 2 in periods 1 to 3. ATT(2,2) = 2, ATT(2,3) = 4, ATT(3,2) = 0, ATT(3,3) = 2. simple: (2 * 2 + 4 * 2 + 2 * 2) / 6.
-- Not yet treated: cohort 3 helps in ATT(2,2) alone, where it changes by 0 as the others do.
CREATE TABLE staggered AS
SELECT hotspot.panel(cohort || place, period, (outcomes::float8[])[period] + noise * (CASE WHEN place = 'a' THEN 1 ELSE -1 END) * period, treated_from) AS p
FROM (VALUES ('two', '{1,3,5}', 2), ('three', '{0,0,2}', 3), ('never', '{0,0,0}', NULL)) AS c (cohort, outcomes, treated_from),
	unnest('{a,b}'::text[]) AS place, generate_series(1, 3) AS period, (VALUES (0.5)) AS n (noise);
-- Places of a cohort are apart by their noise: a change over k periods has population variance (k / 2)^2 in each cohort, so the
-- standard error of a cell is k / 2 for two cohorts of two: sqrt(2 * (k/2)^2 / 2).
SELECT a.cohort, a.period, a.estimate, round(a.std_error::numeric, 9) AS std_error, a.n, a.note FROM staggered, hotspot.att(p) AS a;
SELECT a.cohort, a.period, a.estimate, round(a.std_error::numeric, 9) AS std_error, a.n, a.note FROM staggered, hotspot.att(p, 'notyet') AS a;
SELECT a.cohort, a.period, a.estimate, round(a.std_error::numeric, 9) AS std_error, a.n, a.note FROM staggered, hotspot.att(p, base => 'universal') AS a;
SELECT summary, control, (d).estimate FROM staggered, unnest('{simple,group,dynamic,calendar}'::text[]) AS summary, unnest('{never,notyet}'::text[]) AS control,
	LATERAL (SELECT hotspot.did(p, 'callaway', summary => summary, control => control) AS d OFFSET 0) AS q;
-- One period earlier: cohort 2 has no period before, cohort 3 is compared with period 1.
SELECT a.cohort, a.period, a.estimate, a.n, a.note FROM staggered, hotspot.att(p, anticipation => 1) AS a;
SELECT show(hotspot.did(p, 'callaway', anticipation => 1)) FROM staggered;

-- bacon, by hand: 2 against never 3 periods: (3 + 5) / 2 - 1 = 3; 3 against never: 2 - 0; 2 against 3 before period 3: (3 - 1) - 0; 3 against 2 from period 2 on:
-- (2 - 0) - (5 - 3). Weights are as n n' times shares: 2/3 * 1/3, 1/3 * 2/3, (2/3 - 1/3) * 1/3, 1/3 * 1/3: 2 : 2 : 1 : 1.
SELECT treated, control, comparison, round(estimate::numeric, 9) AS estimate, round(weight::numeric, 9) AS weight, n FROM staggered, hotspot.bacon(p);
SELECT show(hotspot.did(p)) FROM staggered;

-- What is not defined is NULL, and the note says why.
CREATE TABLE odd (what text, method text, p hotspot.panel);
INSERT INTO odd
SELECT what, method, p FROM (
	SELECT 'nobody treated' AS what, hotspot.panel(place, period, outcome, NULL) AS p FROM outcome
	UNION ALL SELECT 'no place', hotspot.panel(NULL::text, 1, 1, NULL)
	UNION ALL SELECT 'one period', hotspot.panel(place, period, outcome, NULLIF(treated_from, 2) + 1) FROM outcome WHERE period = 1
	UNION ALL SELECT 'always treated', hotspot.panel(place, period, outcome, CASE WHEN treated_from = 2 THEN 1 END) FROM outcome
	UNION ALL SELECT 'all treated at once', hotspot.panel(place, period, outcome, 2) FROM outcome
	UNION ALL SELECT 'one treated place', hotspot.panel(place, period, outcome, treated_from) FROM outcome WHERE place <> 'B'
	UNION ALL SELECT 'one control', hotspot.panel(place, period, outcome, treated_from) FROM outcome WHERE place <> 'D'
	UNION ALL SELECT 'treated after the end', hotspot.panel(place, period, outcome, treated_from + 5) FROM outcome
	UNION ALL SELECT 'one cluster', hotspot.panel(place, period, outcome, treated_from, 'all'::text) FROM outcome
	UNION ALL SELECT 'one treated cluster', hotspot.panel(place, period, outcome, treated_from, CASE WHEN place <= 'B' THEN 'AB' ELSE place END) FROM outcome
	UNION ALL SELECT 'one cluster of controls', hotspot.panel(place, period, outcome, treated_from, CASE WHEN place <= 'B' THEN place ELSE 'CD' END) FROM outcome
	UNION ALL SELECT 'one treated place with an outcome', hotspot.panel(place, period, CASE place WHEN 'B' THEN 0 ELSE outcome END, treated_from) FROM outcome
	UNION ALL SELECT 'all zero', hotspot.panel(place, period, 0, treated_from) FROM outcome
	UNION ALL SELECT 'no variation', hotspot.panel(place, period, 5, treated_from) FROM outcome
	UNION ALL SELECT 'separation', hotspot.panel(place, period, CASE WHEN period = 2 AND treated_from = 2 THEN 0 ELSE outcome END, treated_from) FROM outcome
	UNION ALL SELECT 'a place of zeros', hotspot.panel(place, period, outcome, treated_from) FROM (SELECT * FROM outcome UNION ALL SELECT 'E', 1, 0, NULL UNION ALL SELECT 'F', 3, 0, NULL) AS o
) AS q, unnest('{twfe,poisson,callaway}'::text[]) AS method;
SELECT what, show(hotspot.did(p, method)) FROM odd;
SELECT what, method, (SELECT count(*) FROM hotspot.bacon(p)) AS comparisons FROM odd WHERE method = 'twfe';

-- Everybody is treated in the end: those treated last are the control.
SELECT a.cohort, a.period, a.estimate, a.n FROM (SELECT hotspot.panel(place, period, period * period * (place < 'C')::int, CASE WHEN place < 'C' THEN 2 ELSE 3 END) AS p
	FROM unnest('{A,B,C,D}'::text[]) AS place, generate_series(1, 4) AS period) AS q, hotspot.att(p) AS a;

-- Always treated places are controls of regressions, and left out of the others.
SELECT show(hotspot.did(p, method)) FROM unnest('{twfe,callaway}'::text[]) AS method,
	(SELECT hotspot.panel(place, period, outcome, treated_from) AS p FROM (SELECT * FROM outcome UNION ALL SELECT 'Z', period, 5, 1 FROM generate_series(1, 2) AS period) AS o) AS q;

SELECT hotspot.did(NULL) IS NULL AS of_null, (SELECT count(*) FROM hotspot.att(NULL)) AS att, (SELECT count(*) FROM hotspot.bacon(NULL)) AS bacon;

-- Wrong options.
SELECT hotspot.did(p, 'ols') FROM block;
SELECT hotspot.did(p, 'poisson', 'cr2') FROM block;
SELECT hotspot.did(p, 'twfe', 'did') FROM block;
SELECT hotspot.did(p, 'callaway', summary => 'all') FROM block;
SELECT hotspot.did(p, 'callaway', control => 'not-yet') FROM block;
SELECT hotspot.did(p, 'callaway', base => 'last') FROM block;
SELECT hotspot.did(p, conf_level => 95) FROM block;
SELECT hotspot.did(p, anticipation => -1) FROM block;
SELECT hotspot.did(p, method => NULL) FROM block;
SELECT hotspot.att(p, se => 'iid') FROM block;
SELECT hotspot.did(hotspot.panel(7::bigint, period, 1 - period, NULL), 'poisson') FROM generate_series(1, 3) AS period;

-- CR2 where treatment starts at different times; values from test/reference/cr2.py:
-- staggered: estimate 2.000000000, standard error 0.669265767, df 4.571429
-- uneven: estimate 1.625000000, standard error 3.715255711, df 3.415301
SELECT show(hotspot.did(p, se => 'cr2')) FROM staggered;
SELECT show(hotspot.did(hotspot.panel(place, period, outcome, treated_from), se => 'cr2'))
FROM (VALUES ('A', '{9,3,9}', NULL), ('B', '{0,9,2}', 2), ('C', '{6,6,8}', NULL), ('D', '{5,8,7}', 2), ('E', '{8,4,0}', 3)) AS v (place, outcomes, treated_from),
	unnest(outcomes::float8[]) WITH ORDINALITY AS o (outcome, nth), LATERAL (SELECT nth::int AS period) AS n;
-- One of two cohorts lies in a single cluster: its cells have no standard error, and that of the average leaves out how it
-- varies. By hand: cohort 2 contributes +-(1/2 + 1)/3/2 by place and (2 - 8/3 + 4 - 8/3)/6 for its weight, 1/4 + 1/9 and -1/4 + 1/9;
-- cohort 3 for its weight -1/9 a place, -2/9 in all; the controls +-(1/2 + 1 + 1/2)/3/2: sum of squares 0.421296, root 0.649073.
SELECT a.cohort, a.period, a.estimate, round(a.std_error::numeric, 9) AS std_error, a.note FROM (
	SELECT hotspot.panel(cohort || place, period, (outcomes::float8[])[period] + 0.5 * (CASE WHEN place = 'a' THEN 1 ELSE -1 END) * period, treated_from, CASE cohort WHEN 'three' THEN 'c' ELSE cohort || place END) AS p
	FROM (VALUES ('two', '{1,3,5}', 2), ('three', '{0,0,2}', 3), ('never', '{0,0,0}', NULL)) AS c (cohort, outcomes, treated_from),
		unnest('{a,b}'::text[]) AS place, generate_series(1, 3) AS period) AS q, LATERAL (
	SELECT a.cohort, a.period, a.estimate, a.std_error, a.note FROM hotspot.att(p) AS a
	UNION ALL SELECT NULL, NULL, d.estimate, d.std_error, d.note FROM hotspot.did(p, 'callaway') AS d) AS a;

-- The level of a place costs no digits.
CREATE TABLE leveled AS
SELECT level, hotspot.panel(place, period, level + (1 + place * period % 3), CASE WHEN place > 10 THEN 3 END) AS p
FROM unnest('{0,1e12,-1e15}'::float8[]) AS level, generate_series(1::bigint, 20) AS place, generate_series(1, 5) AS period GROUP BY level;
SELECT count(*) AS methods, count(DISTINCT d::text) AS differ FROM leveled, unnest('{twfe,callaway}'::text[]) AS method, hotspot.did(p, method) AS d GROUP BY method;
SELECT count(DISTINCT b::text) AS differ FROM leveled, hotspot.bacon(p) AS b;
DROP TABLE leveled;

-- Where the estimate hinges on one place, and with clusters above places.
SELECT show(hotspot.did(hotspot.panel(place, period, period * period, CASE place WHEN 'A' THEN 2 END), se => 'cr2'))
FROM unnest('{A,B,C}'::text[]) AS place, generate_series(1, 3) AS period;
SELECT show(hotspot.did(hotspot.panel(place, period, outcome, treated_from, CASE WHEN place < 'C' THEN 'east' ELSE 'west' END), se => 'cr2')) FROM outcome;

DROP TABLE outcome, block, staggered, odd;
DROP FUNCTION show;
