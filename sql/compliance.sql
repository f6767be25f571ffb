SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';

-- Due: 3 visits of 10 minutes, 45 minutes; no more than 60, no visit of more than 20.
-- On the 1st: visits of 15 (two units), 10, 9:59 and 20 minutes, 54:59 in all, and 69:59 officer minutes: compliant.
-- On the 2nd: one of 61 minutes. On the 3rd: none but one that passes. On the 4th: 10, 10 and, until the 5th, 40 minutes.
CREATE TABLE visit (unit text, arrived timestamptz, length interval, passing boolean);
INSERT INTO visit VALUES
	('a', '2024-06-01 08:00+00', '15 min', false), ('b', '2024-06-01 08:00+00', '15 min', false),
	('a', '2024-06-01 09:00+00', '10 min', false), ('a', '2024-06-01 10:00+00', '9 min 59 s', false), ('a', '2024-06-01 11:00+00', '20 min', false),
	('a', '2024-06-02 08:00+00', '61 min', false), ('a', '2024-06-03 08:00+00', '50 min', true),
	('a', '2024-06-04 08:00+00', '10 min', false), ('a', '2024-06-04 09:00+00', '10 min', false), ('a', '2024-06-04 23:40+00', '40 min', false);
CREATE TABLE stored AS SELECT hotspot.patrol(unit, tstzmultirange(tstzrange(arrived, arrived + length)), false, false, passing, 0) AS p FROM visit;
SELECT c.* FROM stored, hotspot.compliance(p, 3, '10 min', 45, 60, '20 min', 'UTC') AS c;
-- No visit is due, or no minutes; no ceiling and no longest visit.
SELECT day, visits_share, minutes_share, compliant, under_minutes, over_minutes, long_visits FROM stored, hotspot.compliance(p, 0, '10 min', 61, tz => 'UTC');
SELECT day, visits_share, minutes_share, compliant, under_minutes, over_minutes, long_visits FROM stored, hotspot.compliance(p, 1, '20 min', 0, tz => 'UTC');
-- A police day from 07:00; an excursion is no dwell.
SELECT day, visits_done, minutes_done FROM stored, hotspot.compliance(p, 3, '40 min', 45, tz => 'UTC', day_start => '7 hours', since => '2024-06-04', until => '2024-06-05');
SELECT gap, visits_done, minutes_done, long_visits
FROM (SELECT hotspot.patrol('a'::text, '{[2024-06-01 10:00+00, 2024-06-01 10:05+00), [2024-06-01 10:07+00, 2024-06-01 10:12+00)}'::tstzmultirange) AS p) AS q,
	unnest('{1 min,2 min}'::interval[]) AS gap, hotspot.compliance(p, 1, '10 min', 10, max_dwell => '10 min', merge_gap => gap);
-- A zone where nobody was.
SELECT * FROM hotspot.compliance(NULL, 2, '10 min', 20, since => '2024-06-01', until => '2024-06-02');
SELECT count(*) FROM hotspot.compliance(NULL, 2, '10 min', 20);
SELECT compliant FROM hotspot.compliance(NULL, 0, '0', 0, since => '2024-06-01', until => '2024-06-01');

-- What cannot be due.
SELECT * FROM hotspot.compliance(NULL, -1, '10 min', 20);
SELECT * FROM hotspot.compliance(NULL, NULL, '10 min', 20);
SELECT * FROM hotspot.compliance(NULL, 1, NULL, 20);
SELECT * FROM hotspot.compliance(NULL, 1, '-1 min', 20);
SELECT * FROM hotspot.compliance(NULL, 1, '1 month', 20);
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', NULL);
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', -1);
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 'NaN');
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 'Infinity');
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 20, 19);
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 20, 'Infinity');
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 20, max_dwell => '9 min');
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 20, max_dwell => '1 month');
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 20, tz => 'Europe/Lundun', since => '2024-06-01', until => '2024-06-02');
SELECT * FROM hotspot.compliance(NULL, 1, '10 min', 20, since => '2024-06-03', until => '2024-06-02');
DROP TABLE visit, stored;
