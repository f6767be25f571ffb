SET TimeZone = 'Asia/Tokyo';
SET DateStyle = 'ISO';
SET IntervalStyle = 'postgres';

-- Five events on a line, by hand. Distances: 0-1 10, 0-2 0, 0-3 100, 0-4 30, 1-2 10, 1-3 90, 1-4 20, 2-3 100, 2-4 30, 3-4 70.
-- Days apart: 0-1 1, 0-2 2, 0-3 9, 0-4 0, 1-2 1, 1-3 8, 1-4 1, 2-3 7, 2-4 2, 3-4 9.
CREATE TABLE crime (n integer, geom geometry, day date);
INSERT INTO crime VALUES (0, 'POINT(0 0)', '2026-03-28'), (1, 'POINT(6 8)', '2026-03-29'), (2, 'POINT(0 0)', '2026-03-30'),
	(3, 'POINT(60 80)', '2026-04-06'), (4, 'POINT(18 24)', '2026-03-28');
CREATE TABLE stored AS SELECT hotspot.incidents(geom, day) AS i FROM crime;

-- Near: [0,1) 0-2; [1,30) 0-1, 1-2, 1-4; [30,100) 0-4, 1-3, 2-4, 3-4: 30 is in the upper band, 100 in none.
-- Soon: [0,2) 0-1, 0-4, 1-2, 1-4; [2,8) 0-2, 2-3, 2-4.
-- Both: 0-2 at 2 days; 0-1, 1-2, 1-4 at 1; 0-4 at 0 and 2-4 at 2. Expected: near * soon / 10, as 4/10 and 3/10.
SELECT distance_from AS metres, distance_to AS less_than, interval_from AS apart, interval_to AS less_than, observed, expected, ratio,
	distance_pairs, interval_pairs, note
FROM stored, hotspot.near_repeat(i, '{0,1,30,100}', '{0,2 days,8 days}');
-- The variance of the second row, near 3 and soon 4: degrees near 1 3 1 0 1, soon 2 3 1 0 2, so adjacent pairs 6 and 10.
-- 1.2 + 6*10/60 + 4*(6-6)*(12-10)/120 - 1.44 = 0.76, z = (3 - 1.2) / sqrt(0.76). The first row: 0.4 * 0.6 = 0.24.
SELECT distance_from, interval_from, round((sd * sd)::numeric, 12) AS variance, round(z::numeric, 9) AS z
FROM stored, hotspot.near_repeat(i, '{0,1,30}', '{0,2 days}');
SELECT round(1.8 / sqrt(0.76), 9) AS z_2, round(-0.4 / sqrt(0.24), 9) AS z_1;

-- With the rest, which is what lies beyond, each pair is in just one row, but for those below the first edges.
SELECT distance_from AS metres, distance_to AS less_than, interval_from AS apart, interval_to AS less_than, observed, distance_pairs, interval_pairs
FROM stored, hotspot.near_repeat(i, '{0,1,30,100}', '{0,2 days,8 days}', rest => true);
SELECT distance_from AS metres, distance_to AS less_than, interval_from AS apart, interval_to AS less_than, observed, distance_pairs, interval_pairs
FROM stored, hotspot.near_repeat(i, '{1,30}', '{2 days,8 days}', rest => true);
SELECT distance_from AS metres, distance_to AS less_than, interval_from AS apart, interval_to AS less_than, observed, distance_pairs, interval_pairs
FROM stored, hotspot.near_repeat(i, '{1,30}', '{2 days,8 days}');

-- p_value is that of a count of this mean and variance, here binomial: mean 0.3 and variance 0.21 are one trial of 0.3, mean 0.4
-- and variance 0.24 one of 0.4; mean 1.2 and variance 0.76 are 1.44 / 0.44 trials of 0.44 / 1.2, worked out below.
SELECT observed, round(expected::numeric, 6) AS expected, round((sd * sd)::numeric, 6) AS variance, round(p_value::numeric, 9) AS p_value
FROM stored, hotspot.near_repeat(i, '{0,1,30}', '{0,2 days,8 days}');
SELECT round((1 - power(1 - p, n) - n * p * power(1 - p, n - 1) - n * (n - 1) / 2 * p ^ 2 * power(1 - p, n - 2))::numeric, 9) AS p_of_3
FROM (SELECT 0.44 / 1.2 AS p, 1.44 / 0.44 AS n) AS v;

-- Dates are those of the time zone: 23:30 and 00:30 in London are a day apart there, and not in UTC, in summer.
CREATE TABLE late AS SELECT hotspot.incidents('POINT(0 0)'::geometry, at, 'Europe/London') AS i
FROM unnest('{2026-07-01 23:30,2026-07-02 00:30}'::timestamp[]) AS at;
SELECT tz, interval_from, observed FROM late, unnest('{Europe/London,UTC,America/Chicago}'::text[]) AS tz, hotspot.near_repeat(i, '{0,1}', '{0,1 day,2 days}', tz => tz);
SELECT interval_from, interval_to, observed FROM late, hotspot.near_repeat(i, '{0,1}', '{0,1 hour,01:00:00.000001,1 day}', by => 'time');
-- The night of 25 October 2026 is of 25 hours: two events a day apart by date are more than one by time.
SELECT by, interval_from, observed
FROM (SELECT hotspot.incidents('POINT(0 0)'::geometry, at, 'Europe/London') AS i FROM unnest('{2026-10-24 23:30,2026-10-25 23:30}'::timestamp[]) AS at) AS q,
	unnest('{day,time}'::text[]) AS by, hotspot.near_repeat(i, '{0,1}', '{0,1 day,2 days}', by => by);

-- And of the wall clock, where it goes back past midnight, too: to 00:00 of the same day in Havana, and to 23:01 of the day before in St John's.
SELECT tz, array_agg(at AT TIME ZONE tz ORDER BY at) AS local,
	(SELECT array_agg(observed) FROM hotspot.near_repeat((SELECT hotspot.incidents('POINT(0 0)'::geometry, c.at) FROM unnest(array_agg(n.at)) AS c (at)), '{0,1}', '{0,1 day,2 days}', tz => tz)) AS pairs
FROM (VALUES ('America/Havana', '2023-11-05 04:30+00'::timestamptz), ('America/Havana', '2023-11-05 12:00+00'),
	('America/St_Johns', '2010-11-07 02:30:30+00'), ('America/St_Johns', '2010-11-07 03:00+00'), ('America/St_Johns', '2010-11-07 05:00+00')) AS n (tz, at) GROUP BY tz ORDER BY tz;
-- Up to the ends of timestamptz.
SELECT observed FROM hotspot.near_repeat((SELECT hotspot.incidents('POINT(0 0)'::geometry, at) FROM unnest('{4714-11-24 00:00:00+00 BC,294276-12-31 23:00:00+00,294276-12-31 23:59:59.999999+00}'::timestamptz[]) AS at), '{0,1}', '{0,1 day}');

-- Not defined. NULL: no rows.
SELECT n, observed, expected, ratio, sd, z, p_value, note
FROM generate_series(0, 3) AS n, LATERAL (SELECT hotspot.incidents(CASE WHEN k > 0 THEN 'POINT(0 0)'::geometry END, day) AS i
	FROM generate_series(0, n) AS k, LATERAL (SELECT date '2026-01-01' + k AS day) AS d) AS q, hotspot.near_repeat(i, '{0,1}', '{0,2 days}');
SELECT distance_from, interval_from, observed, expected, ratio, sd, z, p_value, note
FROM stored, hotspot.near_repeat(i, '{0,0.5,9,1000}', '{0,100 days,200 days}');
SELECT * FROM hotspot.near_repeat(NULL, '{0,1}', '{0,1 day}');
SELECT note FROM (SELECT hotspot.incidents(CASE WHEN n <> 3 THEN geom END, day) AS i FROM crime) AS q, hotspot.near_repeat(i, '{0,1,30}', '{0,2 days,8 days}');

-- Wrong arguments.
SELECT hotspot.near_repeat(i, NULL, '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', NULL) FROM stored;
SELECT hotspot.near_repeat(i, '{0,NULL}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,NULL}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 day}', NULL) FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 day}', tz => NULL) FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 day}', rest => NULL) FROM stored;
SELECT hotspot.near_repeat(i, '{100}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{1 day}') FROM stored;
SELECT hotspot.near_repeat(i, (SELECT array_agg(n) FROM generate_series(0, 101) AS n), '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{{0,1}}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,100,100}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{-1,100}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,Infinity}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,NaN}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1e-10}', '{0,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 day,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 month}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{-1 day,1 day}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,36 hours}') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 day}', by => 'week') FROM stored;
SELECT hotspot.near_repeat(i, '{0,1}', '{0,1 day}', tz => 'Europe/Camelot') FROM stored;

DROP TABLE crime, stored, late;
