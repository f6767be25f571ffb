SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';

-- The clocks go forward: parked from ten to midnight, 80 minutes. They belong to two days, the second of 23 hours; the
-- visit belongs to the first.
SELECT day, visits, patrol_visits, officer_minutes, patrol_minutes, units, longest_absence, mean_absence, absence_cv, first_arrival, last_departure
FROM (SELECT hotspot.patrol('a'::text, '2024-03-30 23:50+00'::timestamptz, '2024-03-31 01:10+00'::timestamptz) AS p) AS q, hotspot.dosage(p) AS d;
-- And back: 200 minutes, the second day of 25 hours.
SELECT day, visits, patrol_visits, officer_minutes, patrol_minutes, units, longest_absence, mean_absence, absence_cv, first_arrival, last_departure
FROM (SELECT hotspot.patrol('a'::text, '2024-10-26 22:50+00'::timestamptz, '2024-10-27 02:10+00'::timestamptz) AS p) AS q, hotspot.dosage(p) AS d;
-- Days without a visit have the length of the day.
SELECT day, longest_absence, mean_absence, absence_cv, present_share FROM hotspot.dosage(NULL, since => '2024-03-30', until => '2024-04-01');
SELECT day, longest_absence FROM hotspot.dosage(NULL, day_start => '7 hours', since => '2024-10-26', until => '2024-10-27');
-- Samoa left out a day.
SELECT day, longest_absence, present_share FROM hotspot.dosage(NULL, 'Pacific/Apia', since => '2011-12-29', until => '2011-12-31');

-- Officer A for 15 minutes from 0, B for 15 from 5: 30 officer minutes, 20 patrol minutes, 2 visits, 1 patrol visit, crew 1.5.
SELECT visits, patrol_visits, officer_minutes, patrol_minutes, units, mean_crew, present_share * 1440 AS present
FROM (SELECT hotspot.patrol(unit, arrived, arrived + interval '15 min') AS p
	FROM (VALUES ('A', '2024-06-01 10:00+00'::timestamptz), ('B', '2024-06-01 10:05+00')) AS v (unit, arrived)) AS q, hotspot.dosage(p);
-- The same unit twice, and a row twice, count once.
SELECT visits, patrol_visits, officer_minutes, patrol_minutes, units, mean_crew, pings
FROM (SELECT hotspot.patrol(unit, tstzmultirange(tstzrange(arrived, arrived + interval '15 min')), false, false, false, 10) AS p
	FROM (VALUES ('A', '2024-06-01 10:00+00'::timestamptz), ('A', '2024-06-01 10:05+00'), ('A', '2024-06-01 10:05+00')) AS v (unit, arrived)) AS q, hotspot.dosage(p);

-- 23:30 to 00:30 in summer time: by midnight 30 + 30 minutes, by a police day from 07:00 60 + 0; one visit.
SELECT start, day, patrol_visits, patrol_minutes
FROM (SELECT hotspot.patrol('a'::text, '2024-06-01 22:30+00'::timestamptz, '2024-06-01 23:30+00'::timestamptz) AS p) AS q,
	unnest('{0,7 hours}'::interval[]) AS start, hotspot.dosage(p, day_start => start, since => '2024-06-01', until => '2024-06-02');

-- Excursions of up to merge_gap are part of a visit, but no minutes; longer ones end it.
SELECT gap, visits, patrol_visits, patrol_minutes, longest_absence, mean_absence, round(absence_cv::numeric, 6) AS absence_cv
FROM (SELECT hotspot.patrol('a'::text, '{[2024-06-01 10:00+00, 2024-06-01 10:10+00), [2024-06-01 10:12+00, 2024-06-01 10:20+00), [2024-06-01 11:00+00, 2024-06-01 11:05+00)}'::tstzmultirange) AS p) AS q,
	unnest('{0,119.999999 s,2 min,1 hour}'::interval[]) AS gap, hotspot.dosage(p, 'UTC', merge_gap => gap);
-- An excursion of one unit is none of the patrol while another is there.
SELECT visits, patrol_visits, officer_minutes, patrol_minutes
FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM (VALUES
	(1, '{[2024-06-01 10:00+00, 2024-06-01 10:10+00), [2024-06-01 10:15+00, 2024-06-01 10:20+00)}'::tstzmultirange),
	(2, '{[2024-06-01 10:10+00, 2024-06-01 10:15+00)}')) AS v (unit, intervals)) AS q, hotspot.dosage(p);

-- Who only passes counts in pass_minutes alone, and makes days.
SELECT day, visits, patrol_visits, officer_minutes, pass_minutes, units, mean_crew, pings, cut_visits, first_arrival
FROM (SELECT hotspot.patrol('a'::text, tstzmultirange(tstzrange(arrived, arrived + length)), cut, false, passing, 3) AS p FROM (VALUES
	('2024-06-02 10:00+00'::timestamptz, '10 min'::interval, true, false),
	('2024-06-01 10:00+00', '30 s', true, true), ('2024-06-02 10:05+00', '30 s', true, true), ('2024-06-03 10:00+00', '30 s', true, true)) AS v (arrived, length, cut, passing)) AS q,
	hotspot.dosage(p);

-- Whose start or end was cut: where days were computed apart, the ends between them vanish.
SELECT day, patrol_visits, patrol_minutes, cut_visits
FROM (SELECT hotspot.merge(p) AS p FROM (
	SELECT hotspot.patrol('a'::text, '{[2024-06-01 20:00+00, 2024-06-01 23:00+00)}'::tstzmultirange, false, true, false, 1) UNION ALL
	SELECT hotspot.patrol('a'::text, '{[2024-06-01 23:00+00, 2024-06-02 00:00+00)}'::tstzmultirange, true, false, false, 1)) AS day (p)) AS q, hotspot.dosage(p);
SELECT starts_cut, ends_cut, day, patrol_visits, cut_visits
FROM (SELECT starts_cut, ends_cut, hotspot.patrol('a'::text, '{[2024-06-01 20:00+00, 2024-06-01 23:00+00), [2024-06-02 09:00+00, 2024-06-02 10:00+00)}'::tstzmultirange, starts_cut, ends_cut, false, 1) AS p
	FROM (VALUES (true, false), (false, true)) AS v (starts_cut, ends_cut) GROUP BY starts_cut, ends_cut) AS q, hotspot.dosage(p) ORDER BY 1, 2, 3;

-- A visit that ends as a day ends makes no day; it departs on the day before. All day long: no absence.
SELECT day, patrol_minutes, longest_absence, mean_absence, absence_cv, present_share, first_arrival, last_departure
FROM (SELECT hotspot.patrol('a'::text, '2024-06-01 00:00'::timestamp, '2024-06-02 00:00'::timestamp, 'Europe/London') AS p) AS q, hotspot.dosage(p);
-- Days that are asked for cut both ends of the presence.
SELECT day, visits, patrol_minutes, first_arrival, last_departure
FROM (SELECT hotspot.patrol('a'::text, '2024-01-01 12:00+00'::timestamptz, '2024-01-05 12:00+00'::timestamptz) AS p) AS q, hotspot.dosage(p, since => '2024-01-02', until => '2024-01-03');
SELECT count(*) AS days, min(day), max(day)
FROM (SELECT hotspot.patrol('a'::text, '2024-01-01 12:00+00'::timestamptz, '2024-01-05 12:00+00'::timestamptz) AS p) AS q,
	unnest('{2024-01-04,2024-01-06}'::date[]) AS since, hotspot.dosage(p, since => since) GROUP BY since;

-- No patrol.
SELECT count(*) FROM hotspot.dosage(NULL);
SELECT count(*) FROM hotspot.dosage(NULL, since => '2024-01-01');
SELECT count(*) FROM hotspot.dosage(NULL, until => '2024-01-01');
SELECT count(*) FROM (SELECT hotspot.patrol(NULL::text, '{}'::tstzmultirange) AS p) AS q, hotspot.dosage(p);
SELECT * FROM hotspot.dosage(NULL, since => '2024-01-01', until => '2024-01-01');
SELECT count(*) FROM hotspot.dosage(NULL, since => '1900-01-01', until => date '1900-01-01' + 99999);

-- What cannot be asked.
SELECT * FROM hotspot.dosage(NULL, 'Europe/Lundun', since => '2024-01-01', until => '2024-01-01');
SELECT * FROM hotspot.dosage(NULL, NULL);
SELECT * FROM hotspot.dosage(NULL, day_start => NULL);
SELECT * FROM hotspot.dosage(NULL, day_start => '24 hours');
SELECT * FROM hotspot.dosage(NULL, day_start => '-1 hour');
SELECT * FROM hotspot.dosage(NULL, day_start => '1 month');
SELECT * FROM hotspot.dosage(NULL, merge_gap => NULL);
SELECT * FROM hotspot.dosage(NULL, merge_gap => '-1 s');
SELECT * FROM hotspot.dosage(NULL, merge_gap => '1 month');
SELECT * FROM hotspot.dosage(NULL, since => '2024-01-02', until => '2024-01-01');
SELECT * FROM hotspot.dosage(NULL, since => '-infinity', until => '2024-01-01');
SELECT * FROM hotspot.dosage(NULL, since => '2024-01-01', until => 'infinity');
SELECT * FROM hotspot.dosage(NULL, since => '1900-01-01', until => date '1900-01-01' + 100000);
SELECT * FROM (SELECT hotspot.patrol('a'::text, '0202-01-01'::timestamptz, '2024-01-05'::timestamptz) AS p) AS q, hotspot.dosage(p);
SELECT * FROM (SELECT hotspot.patrol(unit, '{[2024-06-01 20:00+00, 2024-06-01 23:00+00)}'::tstzmultirange, false, false, false, 9223372036854775807) AS p FROM unnest('{a,b}'::text[]) AS unit) AS q, hotspot.dosage(p);
