-- permutation(panel) and wild_bootstrap(panel): tests for few clusters.

-- By hand: changes -4, -2 (treated), 1, -1. Sums of two of the four are -6, -3, -5, -1, -3, 0, which are as far from their mean of -3 as -6 is twice: 2 of 6.
CREATE TABLE outcome (place text, period int, outcome float8, treated_from int);
INSERT INTO outcome VALUES
	('A', 1, 10, 2), ('A', 2, 6, 2), ('B', 1, 8, 2), ('B', 2, 6, 2),
	('C', 1, 9, NULL), ('C', 2, 10, NULL), ('D', 1, 11, NULL), ('D', 2, 10, NULL);
CREATE TABLE block AS SELECT hotspot.panel(place, period, outcome, treated_from) AS p, hotspot.panel(place, period, outcome, treated_from, 1::bigint) AS one_cluster FROM outcome;
SELECT (d).measure, (d).estimate, (d).std_error, (d).p_value, (d).n, (d).note FROM (SELECT hotspot.permutation(p) AS d FROM block) AS q;

-- By hand: under the hypothesis rests are -2.5, -0.5, 2.5, 0.5. With signs, differences of means and sums of squares within arms, t^2 as
-- difference^2 / squares: seen 9 / (2 + 2). Signs of A and B alike: rests 1.5 apart from their mean -1.5 by 1 each side (squares 2) else mean -1, squares 4.5;
-- so for C and D. Alike both, opposite: 9 / 4; same direction: 0; alike and unlike: (1.5 +- 1)^2 / 6.5; unlike both: (1 +- 1)^2 / 9: 4 / 9 or 0.
-- At least 9 / 4: 2 of 16.
SELECT (d).measure, (d).estimate, round((d).std_error::numeric ^ 2 * 15, 9) AS variance_by_15, (d).df, (d).p_value, (d).n, (d).note FROM (SELECT hotspot.wild_bootstrap(p) AS d FROM block) AS q;

-- More assignments than a million, more than 16 clusters: a sample, the same for the same seed.
CREATE TABLE many AS SELECT hotspot.panel(place, period, place * 37 % 11 + place * period * 5 % 7 + CASE WHEN place <= 12 AND period = 2 THEN 2 ELSE 0 END, CASE WHEN place <= 12 THEN 2 END) AS p
FROM generate_series(1, 25) AS place, generate_series(1, 2) AS period;
SELECT hotspot.permutation(p) = hotspot.permutation(p) AS permutation, hotspot.wild_bootstrap(p) = hotspot.wild_bootstrap(p) AS bootstrap,
	hotspot.permutation(p, seed => 2) = hotspot.permutation(p) AS other_seed FROM many;
SELECT (d).note ~ '^p-value from a sample: [0-9]+ of 100 ' AS sampled FROM many, LATERAL (SELECT hotspot.permutation(p, 99) UNION ALL SELECT hotspot.wild_bootstrap(p, 99)) AS q (d);

-- What is not defined.
SELECT what, (d).measure, (d).estimate, (d).p_value, (d).note
FROM (SELECT 'one cluster' AS what, one_cluster AS p FROM block
	UNION ALL SELECT 'one treated place', hotspot.panel(place, period, outcome, treated_from) FROM outcome WHERE place <> 'B'
	UNION ALL SELECT 'one control', hotspot.panel(place, period, outcome, treated_from) FROM outcome WHERE place <> 'D'
	UNION ALL SELECT 'one treated cluster', hotspot.panel(place, period, outcome, treated_from, CASE WHEN place <= 'B' THEN 'AB' ELSE place END) FROM outcome
	UNION ALL SELECT 'no variation', hotspot.panel(place, period, period, treated_from) FROM outcome
	UNION ALL SELECT 'no variation but for rounding', hotspot.panel(place::bigint, period, CASE WHEN place <= 6 THEN 0.7 ELSE 0.1 END * period + place * 0.1, CASE WHEN place <= 6 THEN 4 END) FROM generate_series(1, 13) AS place, generate_series(1, 7) AS period
	UNION ALL SELECT 'different starts', hotspot.panel(place, period, period, CASE place WHEN 'A' THEN 3 ELSE treated_from END) FROM (SELECT * FROM outcome UNION ALL SELECT 'A', 3, 1, 2) AS o) AS w,
	LATERAL (SELECT hotspot.permutation(p) UNION ALL SELECT hotspot.wild_bootstrap(p)) AS q (d);
SELECT hotspot.permutation(NULL) IS NULL AS permutation, hotspot.wild_bootstrap(NULL) IS NULL AS wild_bootstrap;
SELECT hotspot.permutation(p, 0) FROM block;
SELECT hotspot.wild_bootstrap(p, 10000001) FROM block;
SELECT hotspot.permutation(p, seed => NULL) FROM block;
SELECT hotspot.permutation(hotspot.panel(place, period, 1e18, CASE WHEN place > 200 THEN 1500 END)) FROM generate_series(1::bigint, 400) AS place, generate_series(1, 3000) AS period WHERE place = period OR place = 1;

DROP TABLE outcome, block, many;
