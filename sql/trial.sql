-- Type trial: place-days that add up.
SET timezone = 'UTC';
SET datestyle = 'ISO';
CREATE TEMP TABLE place_day (place text, day date, treated boolean, outcome float8, dose float8);
INSERT INTO place_day VALUES
	('North', '2024-03-01', true, 1, 15), ('North', '2024-03-02', false, 2, 0),
	('South', '2024-03-01', false, 0, 0), ('South', '2024-03-02', true, 3, 12.5);
CREATE TEMP TABLE stored AS SELECT hotspot.trial(place, day, treated, outcome, dose) AS t, hotspot.trial(place, day, treated, outcome) AS plain FROM place_day;
SELECT hotspot.size(t), hotspot.places(t), hotspot.days(t), hotspot.skipped(t) FROM stored;

-- The flat form, by hand: version 1, kind x, text ids, doses; nothing skipped; 2 places, 4 cells; first day 8826 = 2024-03-01,
-- one byte a day; outcomes in steps of 1 (10^12 = 0xe8d4a51000), doses of 2.5 (0x246139ca800), one byte each; North and South
-- with 2 days each; cells: twice the days since the first, plus 1 if treated, and zigzag multiples: 1, 15/2.5 = 6, ...
SELECT t::text = '01' || '78' || '02' || '02' || repeat('00', 40) || '02000000' || '04000000' || '7a220000' || '01' ||
	'0010a5d4e80000000000000000000000' || '01' || '00a89c13460200000000000000000000' || '01' ||
	'05000000' || '02000000' || '4e6f727468' || '05000000' || '02000000' || '536f757468' ||
	'01020c' || '020400' || '000000' || '03060a' AS as_said FROM stored;
SELECT length(t::text) - length(plain::text) AS digits_of_doses FROM stored;

-- Rows of a place-day add up, and outcomes are exact to 1e-12: ten times a tenth is one.
SELECT (SELECT hotspot.trial('a'::text, '2024-03-01', true, 0.1) FROM generate_series(1, 10))::text =
	hotspot.trial('a'::text, '2024-03-01', true, 1)::text AS tenths,
	(SELECT hotspot.trial('a'::text, '2024-03-01', true, x) FROM unnest('{1e15,-1e15,0.25,-1}'::float8[]) AS x)::text =
	hotspot.trial('a'::text, '2024-03-01', true, -0.75)::text AS large;
-- By hand: 4e-13 is nearer to 0, 6e-13 to 1e-12.
SELECT hotspot.trial('a'::text, '2024-03-01', true, 4e-13)::text = hotspot.trial('a'::text, '2024-03-01', true, 0)::text AS nothing,
	hotspot.trial('a'::text, '2024-03-01', true, 6e-13)::text = hotspot.trial('a'::text, '2024-03-01', true, 1e-12)::text AS something;
-- So is a large decimal, which as float8 has but three digits of these.
SELECT (SELECT hotspot.trial('a'::text, '2024-03-01', true, 87654321.123) FROM generate_series(1, 1000))::text =
	hotspot.trial('a'::text, '2024-03-01', true, 87654321123)::text AS decimals;
SELECT (hotspot.trial('a'::text, '-infinity'::date, true, 1))::text = hotspot.trial('a'::text, 'infinity'::date, true, 1)::text AS infinite,
	hotspot.size(hotspot.trial('a'::text, d, d > '2000-01-01', 1)) AS extreme
FROM unnest('{4714-11-24 BC,2000-01-01,5874897-12-31}'::date[]) AS d;

-- Merging.
SELECT t::text = (a + b)::text AS sum, t::text = (SELECT hotspot.merge(p)::text FROM (VALUES (b), (NULL), (a)) AS v (p)) AS merged,
	(NULL + a)::text = a::text AS with_null, (NULL::hotspot.trial + NULL) IS NULL AS nulls
FROM stored, (SELECT hotspot.trial(place, day, treated, outcome, dose) FILTER (WHERE place = 'North') AS a,
	hotspot.trial(place, day, treated, outcome, dose) FILTER (WHERE place = 'South') AS b FROM place_day) AS part;
SELECT hotspot.merge(t)::text IS NULL AS nothing FROM stored WHERE false;
-- An empty trial of rows that were left out merges with any.
SELECT hotspot.size(e + t), hotspot.skipped(e + t), hotspot.skipped(e + plain) AS also
FROM stored, (SELECT hotspot.trial(NULL::bigint, '2024-03-01', true, 1)) AS empty (e);

-- What is left out is counted by the first reason.
SELECT hotspot.size(t), hotspot.skipped(t), reason, hotspot.skipped(t, reason)
FROM (SELECT hotspot.trial(place, day, treated, outcome, dose) AS t FROM (VALUES
	(NULL, NULL, NULL, NULL, NULL), ('a', NULL, NULL, 1, 1), ('a', 'infinity', true, 1, 1), ('a', '-infinity', true, 1, 1), ('a', '2024-03-01', NULL, 1, NULL),
	('a', '2024-03-01', true, NULL, 1), ('a', '2024-03-01', true, 1, NULL), ('a', '2024-03-01'::date, true, 1::float8, 1::float8)) AS r (place, day, treated, outcome, dose)) AS q,
	unnest('{place,day,treated,outcome,dose}'::text[]) AS reason;
SELECT hotspot.skipped(plain, 'rain') FROM stored;
SELECT hotspot.skipped(plain, NULL) FROM stored;
SELECT hotspot.skipped(NULL::hotspot.trial, 'day') IS NULL AND hotspot.skipped(NULL::hotspot.trial) IS NULL AND hotspot.size(NULL::hotspot.trial) IS NULL AS nulls;

-- Contradictions, also when merged.
SELECT hotspot.trial(place, '2024-03-01', place < 'b' OR n = 1, 1) FROM (VALUES ('a', 1), ('b', 1), ('b', 2)) AS r (place, n);
SELECT hotspot.trial(-7::bigint, '2024-03-01', true, 1) + hotspot.trial(-7::bigint, '2024-03-01', false, 0);
SELECT hotspot.merge(t) FROM (SELECT hotspot.trial(place, day, outcome = n, outcome) AS t FROM place_day, generate_series(1, 2) AS n GROUP BY n) AS q;
SELECT hotspot.trial('7'::text, '2024-03-01', true, 1) + hotspot.trial(7::bigint, '2024-03-01', true, 1);
SELECT t + plain FROM stored;
-- Numbers.
SELECT hotspot.trial('a'::text, '2024-03-01', true, 'NaN');
SELECT hotspot.trial('a'::text, '2024-03-01', true, 'Infinity');
SELECT hotspot.trial(12::bigint, '2024-03-01', true, 1, '-Infinity');
SELECT hotspot.trial(12::bigint, '2024-03-01', true, -1.1e15);
SELECT hotspot.trial(12::bigint, '2024-03-01', true, 0, -0.5);
SELECT hotspot.trial('a'::text, '2024-03-01', true, 6e14) FROM generate_series(1, 2);
SELECT hotspot.trial('a'::text, '2024-03-01', true, 0, 6e14) FROM generate_series(1, 2);

-- Foreign bytes. What is wrong with each: \1 stands for the part of the value above that is replaced.
CREATE FUNCTION problem(bytes text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM bytes::hotspot.trial;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
SELECT what, problem(overlay(t::text PLACING bytes FROM 2 * at + 1)) FROM stored, (VALUES
	('as it is', 0, '01'), ('version', 0, '02'), ('kind', 1, '70'), ('ids', 2, '03'), ('bigint ids', 2, '01'), ('no ids', 2, '00'),
	('doses', 3, '03'), ('no doses', 3, '00'), ('doses unknown', 3, '01'), ('skipped', 11, 'ff'), ('places', 44, '03'), ('cells', 48, '05'),
	('first day', 55, 'ff'), ('last day', 52, '0c97da7f'), ('day width', 56, '06'), ('step of 0', 57, '000000000000'), ('negative step', 72, '80'),
	('large step', 57, '000000e83c80d09f3c2e3b0300000000'), ('common factor', 118, '040c0204000000000308'), ('width', 73, '11'), ('length', 91, '06'), ('zero byte', 99, '00'), ('order', 99, '7f'), ('no cell', 95, '00'),
	('same day', 120, '01'), ('later', 117, '03'), ('later than the first', 117, '03020c0504000200000506'), ('negative dose', 119, '01')) AS v (what, at, bytes);
SELECT problem(overlay(left(t::text, 234) PLACING '02' FROM 113) || '0100020c' || '02000400' || '00000000' || '0300060a') AS wide_days FROM stored;
SELECT problem(t::text || '00'), problem(left(t::text, -2)) AS short, problem(left(t::text, 20)) AS head, problem('') AS empty, problem('zz') AS text FROM stored;
SELECT left(t::text, 100) <> '' AS text, length(hotspot.trial_send(t)) * 2 = length(t::text) AS sent FROM stored;
