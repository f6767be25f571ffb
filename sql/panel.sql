-- The summary type panel. What it keeps is seen in what readers say of it.
\set VERBOSITY default
SET timezone = 'UTC';

-- Rows of one place and period add up; a place without a row in a period had 0 there.
CREATE TABLE outcome (place text, period int, outcome float8, treated_from int);
INSERT INTO outcome VALUES
	('A', 1, 4, 2), ('A', 1, 6, 2), ('A', 2, 6, 2),
	('B', 1, 8, 2), ('B', 2, 6, 2),
	('C', 1, 9, NULL), ('C', 2, 10, NULL),
	('D', 1, 11, NULL), ('D', 2, 10, NULL),
	(NULL, 1, 1, NULL), ('A', NULL, 1, 2), ('A', 1, NULL, 2), ('A', 2, NULL, 2);
SELECT hotspot.size(p), hotspot.periods(p), hotspot.skipped(p), hotspot.skipped(p, 'place') AS place,
	hotspot.skipped(p, 'period') AS period, hotspot.skipped(p, 'outcome') AS outcome, hotspot.skipped(p, 'cluster') AS cluster
FROM (SELECT hotspot.panel(place, period, outcome, treated_from) AS p FROM outcome) AS q;

-- The flat form, by hand from panel_flat.h: text ids, no clusters, skipped 1, 1, 2, 0; 1 period, 1 place; exponent 11 (0.1), width 1;
-- period -1; place 'A' from 7; outcome 0.5 = 5 tenths, zigzag 10.
SELECT hotspot.panel(place, period, outcome, treated_from)
FROM (VALUES ('A', -1, 0.75, 7), ('A', -1, -0.25, 7), (NULL, 1, 1, NULL), ('A', NULL, 1, 7), ('A', 1, NULL, 7), ('A', 2, NULL, 7)) AS v (place, period, outcome, treated_from);
SELECT hotspot.panel(place, 1, 0, NULL, 'force'::text) FROM unnest('{-1,1}'::bigint[]) AS place;

-- 1e-12 is kept, and so is what adds up to more than 64 bits.
SELECT right(hotspot.panel('A'::text, 1, v, NULL)::text, 4) AS zigzag FROM unnest('{1e-12, 2e-12, -4e-13}'::float8[]) AS v;
SELECT right(hotspot.panel('A'::text, 1, v, NULL)::text, 20) AS zigzag FROM unnest('{9e6, 9e6, 9e6, 1e-12, -2.7e7}'::float8[]) AS v;
SELECT right(hotspot.panel('A'::text, 1, v, NULL)::text, 8) AS zigzag FROM unnest('{1e18, 1e18, -1e18, -1e18, -2}'::float8[]) AS v;

-- NULL and empty.
SELECT hotspot.panel(place, period, outcome, treated_from) IS NULL AS none FROM outcome WHERE false;
SELECT hotspot.size(p), hotspot.periods(p), hotspot.skipped(p), hotspot.size(p + NULL) AS beside_null, (NULL::hotspot.panel + NULL) IS NULL AS of_nulls
FROM (SELECT hotspot.panel(place, period, outcome, treated_from) AS p FROM outcome WHERE place IS NULL) AS q;
SELECT hotspot.skipped(NULL::hotspot.panel, 'place') IS NULL AS of_null;

-- Merged: places and periods meet, whatever each part has.
SELECT hotspot.merge(p)::text = (SELECT hotspot.panel(place, period, outcome, treated_from)::text FROM outcome) AS by_place
FROM (SELECT hotspot.panel(place, period, outcome, treated_from) AS p FROM outcome GROUP BY place) AS q;
SELECT hotspot.merge(p)::text = (SELECT hotspot.panel(place, period, outcome, treated_from)::text FROM outcome) AS by_period
FROM (SELECT hotspot.panel(place, period, outcome, treated_from) AS p FROM outcome GROUP BY period) AS q;

-- Rows that contradict each other.
SELECT hotspot.panel(place, 1, 1, treated) FROM (VALUES ('A', 5), ('A', 6)) AS v (place, treated);
SELECT hotspot.panel(place, 1, 1, treated) FROM (VALUES ('A', 5), ('A', NULL)) AS v (place, treated);
SELECT hotspot.panel(-7::bigint, 1, 1, treated) FROM unnest('{NULL, 5}'::int[]) AS treated;
SELECT hotspot.panel('A'::text, 1, 1, 5) + hotspot.panel('A'::text, 2, 1, 6);
SELECT hotspot.panel('A'::text, 1, 1, 5) + hotspot.panel(1::bigint, 2, 1, 5);
SELECT hotspot.panel('A'::text, 1, 1, 5, force) FROM unnest('{Kent,Essex}'::text[]) AS force;
SELECT hotspot.panel('A'::text, 1, 1, 5, 7::bigint) + hotspot.panel('A'::text, 1, 1, 5, 8::bigint);
SELECT hotspot.panel('A'::text, 1, 1, 5) + hotspot.panel('B'::text, 1, 1, 5, 'Kent'::text);

-- Values that cannot be.
SELECT hotspot.panel('A'::text, 1, 1, 0);
SELECT hotspot.panel('A'::text, 3, 'NaN', NULL);
SELECT hotspot.panel('A'::text, 3, '-Infinity', NULL);
SELECT hotspot.panel(5::bigint, 3, 1.1e18, NULL);
SELECT hotspot.panel('A'::text, period, 1, NULL) FROM generate_series(1, 4001) AS period;
SELECT hotspot.skipped(hotspot.panel('A'::text, 1, 1, NULL), 'treated');
SELECT '00'::hotspot.panel;

-- Periods without any row are zeros, with a notice; more of them than of the others are an error.
SELECT (d).estimate FROM (SELECT hotspot.did(hotspot.panel(place, CASE period WHEN 2 THEN 4 ELSE period END, outcome, treated_from + 1)) AS d
	FROM (SELECT * FROM outcome UNION ALL SELECT 'A', 3, 0, 2) AS o) AS q;
SELECT hotspot.did(hotspot.panel('A'::text, period, 1, 202501)) FROM unnest('{202412, 202501}'::int[]) AS period;

-- Numbers for periods: consecutive, weeks from Monday on.
SELECT hotspot.month_number(date) - hotspot.month_number('2024-12-31') AS months, hotspot.week_number(date) - hotspot.week_number('2024-12-29') AS weeks,
	hotspot.day_number(date) - hotspot.day_number('2024-12-31') AS days, extract(isodow FROM date) AS weekday
FROM unnest('{2024-12-29, 2024-12-30, 2025-01-05, 2025-01-06, 2025-12-31, 2026-01-01}'::date[]) AS date;
SELECT hotspot.month_number('2024-12-31'), hotspot.day_number('2000-01-01'), hotspot.day_number('4714-11-24 BC'), hotspot.week_number('4714-11-24 BC');
SELECT hotspot.month_number('infinity');
SELECT hotspot.week_number('-infinity');

DROP TABLE outcome;
