-- refresh(): lists worked by hand, late records, patrols, effects, runs that fail.
SET client_min_messages = warning;
SET timezone = 'UTC';
\set SHOW_CONTEXT never
SELECT setval('hotspot.run_id_seq', 1, false) \g /dev/null
CREATE SCHEMA force;

-- By hand ------------------------------------------------------------------------------------------------------------

-- Cells of 100 m, named by their column: A is 0, B is 1, C is 2, D is 3. Noon of a day in March 2024.
CREATE TABLE force.crime (geom geometry, at timestamptz, harm float8);
CREATE FUNCTION force.commit_crime(place text, day int, harm float8) RETURNS void LANGUAGE sql AS $$
	INSERT INTO force.crime
	VALUES (ST_SetSRID(ST_MakePoint((ascii(place) - ascii('A')) * 100 + 50, 50), 27700), make_timestamptz(2024, 3, day, 12, 0, 0, 'Europe/London'), harm) $$;
SELECT force.commit_crime('A', 1, 10), force.commit_crime('B', 1, 5), force.commit_crime('C', 1, 3) \g /dev/null
SELECT force.commit_crime('D', 2, 7), force.commit_crime('C', 3, 20) \g /dev/null

-- Left out, all on 1 March but the last: no place, no place, a coordinate that is none, no harm; no time.
INSERT INTO force.crime
SELECT geom::geometry, at, harm FROM (VALUES
	(NULL, timestamptz '2024-03-01 12:00+00', 1), ('SRID=27700;POINT EMPTY', '2024-03-01 12:00+00', 1), ('SRID=27700;POINT (NaN 50)', '2024-03-01 12:00+00', 1),
	('SRID=27700;POINT (50 50)', '2024-03-01 12:00+00', NULL), ('SRID=27700;POINT (50 50)', NULL, 1)) AS v (geom, at, harm);

INSERT INTO hotspot.programme (name, events, grid, history, late, hot_spots) VALUES ('hand', 'force.crime', 100, '3 days', '1 day', 3);

CREATE VIEW force.list AS
SELECT r.until, chr(ascii('A') + hotspot.i(cell)) AS place, rank, rank_before AS before, status, h.events, h.harm, round(share::numeric, 4) AS share,
	round(cumulative_share::numeric, 4) AS cumulative
FROM hotspot.hot_spot h JOIN hotspot.run r ON r.id = h.run WHERE r.programme = 'hand';

-- To 1 March: A 10, B 5, C 3 of 18. To the 2nd: D 7 comes second, C is dropped. To the 3rd: C has 3 + 20. To the 4th: the first day
-- counts no more, so that A and B have nothing.
CALL hotspot.refresh('hand', as_of => '2024-03-02 01:00+00');
CALL hotspot.refresh('hand', as_of => '2024-03-03 01:00+00');
CALL hotspot.refresh('hand', as_of => '2024-03-04 01:00+00');
CALL hotspot.refresh('hand', as_of => '2024-03-05 01:00+00');
SELECT * FROM force.list ORDER BY until, rank, before;
SELECT method, reason, since, until, read_since, days_read, rows_read, events, harm, skipped_time AS time, skipped_geometry AS geometry,
	skipped_coordinates AS coordinates, skipped_harm AS no_harm
FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run;

-- Recorded late: B on the 4th is read again, B on the 3rd is not until all is.
SELECT force.commit_crime('B', 4, 4), force.commit_crime('B', 3, 50) \g /dev/null
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT * FROM force.list WHERE until = '2024-03-05' ORDER BY rank, before;
CALL hotspot.refresh('hand', full => true, as_of => '2024-03-06 01:00+00');
SELECT rank, rank_before, status, hot_spot, easting, northing, harm, since, until FROM hotspot.current_hot_spots WHERE programme = 'hand' ORDER BY rank;
SELECT method, reason, read_since, rows_read, in_force FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 2;

-- Changed in the late window: once more as of the same time, the last two days are read.
UPDATE hotspot.programme SET late = '2 days' WHERE name = 'hand';
UPDATE force.crime SET harm = 6 WHERE harm = 4;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT rank, hot_spot, harm FROM hotspot.current_hot_spots WHERE programme = 'hand' ORDER BY rank;

-- The list of a day long ago is written, but does not take the place of the newest.
CALL hotspot.refresh('hand', as_of => '2024-03-02 01:00+00');
SELECT method, reason, until, in_force FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 1;
SELECT DISTINCT until FROM hotspot.current_hot_spots;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT method, reason, until, in_force FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 1;

-- A view for other programs has one list a day: the last one.
SELECT until, rank, status, hot_spot, harm FROM hotspot.hot_spot_history WHERE programme = 'hand' ORDER BY until, rank, hot_spot;
SELECT pg_typeof(longitude), round(longitude::numeric, 4) AS longitude, round(latitude::numeric, 4) AS latitude, left(geojson, 45) AS geojson, wkt
FROM hotspot.current_hot_spots WHERE programme = 'hand' AND rank = 1;
SELECT id - run * 100000 AS id, m.rank, ST_AsText(geom) FROM hotspot.hot_spot_map m JOIN hotspot.current_hot_spots USING (programme, rank) WHERE programme = 'hand' ORDER BY rank;

-- Hours of the week: all that happened was at noon, local time, the 50 and the 6 of B on Sunday 3 and Monday 4 March.
SELECT count(*), sum(events), sum(harm) FROM hotspot.hot_spot_hours WHERE programme = 'hand' GROUP BY rank ORDER BY rank;
SELECT rank, weekday, hour, events, harm FROM hotspot.hot_spot_hours WHERE programme = 'hand' AND events > 0 ORDER BY rank, weekday;
SELECT rank, peak, peak_share FROM hotspot.current_hot_spots WHERE programme = 'hand' ORDER BY rank;
UPDATE hotspot.programme SET peak_of = 'day', rank_by = 'events', peak_length = 2 WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT rank, peak, peak_share FROM hotspot.current_hot_spots WHERE programme = 'hand' ORDER BY rank;
-- Burglary at some time from 12:00 to 14:00 UTC is half an event in each hour; a finish before the start does not count.
CREATE VIEW force.burglary AS SELECT geom, at, harm, at + CASE harm WHEN 20 THEN interval '2 hours' WHEN 6 THEN '-1 hour' END AS finish FROM force.crime;
UPDATE hotspot.programme SET events = 'force.burglary', rank_by = 'harm', peak_of = 'week', peak_length = 36 WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT rank, weekday, hour, events, harm FROM hotspot.hot_spot_hours WHERE programme = 'hand' AND events > 0 ORDER BY rank, weekday, hour;
SELECT rank, peak FROM hotspot.current_hot_spots WHERE programme = 'hand' ORDER BY rank;
SELECT finish_ignored FROM hotspot.refresh_runs WHERE in_force AND programme = 'hand';
SELECT hotspot.peak_words(5, 22, 4), hotspot.peak_words(7, 22, 30), hotspot.peak_words(1, 0, 168), hotspot.peak_words(NULL, 7, 24);
UPDATE hotspot.programme SET events = 'force.crime' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');

-- What changes the days makes all of them again; what only ranks them does not.
UPDATE hotspot.programme SET hot_spots = 2, separation = 150 WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
UPDATE hotspot.programme SET day_start = '7 hours' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 09:00+00');
UPDATE hotspot.programme SET history = '1 month' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 09:00+00');
CALL hotspot.refresh('hand', as_of => '2024-05-06 09:00+00');
SELECT method, reason, since, until, rows_read, outcome, error FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 4;
-- That failed: nothing happened from April on. So the list stays.
SELECT DISTINCT until, since FROM hotspot.current_hot_spots WHERE programme = 'hand';

-- A view that is changed counts as well.
CREATE VIEW force.some AS SELECT geom, at, harm FROM force.crime;
UPDATE hotspot.programme SET events = 'force.some', day_start = '0' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
CREATE OR REPLACE VIEW force.some AS SELECT geom, at, harm * 2 AS harm FROM force.crime;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT method, reason, rows_read FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 3;
-- And so do weights, if it reads them.
INSERT INTO hotspot.harm_weight (scheme, offence, harm) VALUES ('test', 'Burglary', 2);
CREATE OR REPLACE VIEW force.some AS SELECT geom, at, harm * hotspot.harm('Burglary', 'test') AS harm FROM force.crime;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
INSERT INTO hotspot.harm_weight (scheme, offence, harm, version) VALUES ('test', 'Burglary', 3, 2);
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT method, rows_read, events, harm FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 3;
-- Also where they are in a view below; and a column that was not there before.
CREATE VIEW force.above AS SELECT geom, at, harm FROM force.some;
UPDATE hotspot.programme SET events = 'force.above' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
INSERT INTO hotspot.harm_weight (scheme, offence, harm, version) VALUES ('test', 'Burglary', 4, 3);
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
CREATE OR REPLACE VIEW force.some AS SELECT geom, at, harm * 5 AS harm FROM force.crime;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
UPDATE hotspot.programme SET events = 'force.crime' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
ALTER TABLE force.crime ADD finish timestamptz;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
ALTER TABLE force.crime DROP finish;
SELECT method, harm FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 6;
DELETE FROM hotspot.harm_weight WHERE scheme = 'test';

-- Study area, excluded places and statistics: as gi_star() says of all cells of the area.
CREATE TABLE force.area AS SELECT ST_SetSRID(ST_MakeEnvelope(0, -300, 300, 400), 27700) AS geom;
CREATE TABLE force.excluded AS SELECT ST_SetSRID(ST_MakePoint(50, 50), 27700) AS geom;
UPDATE hotspot.programme SET events = 'force.crime', area = 'force.area', exclude = 'force.excluded', hot_spots = 3, separation = 0 WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
SELECT c.rank, c.hot_spot, c.events, c.harm, c.z = g.z AND c.p_value = g.p_value AND c.q_value = g.q_value AS same
FROM hotspot.current_hot_spots c, (SELECT hotspot.fill(hotspot.surface(crime.geom, harm, 100), area.geom) AS s FROM force.crime, force.area
	WHERE at >= '2024-02-05' AND at < '2024-03-06' GROUP BY area.geom) q, hotspot.gi_star(q.s) g
WHERE programme = 'hand' AND g.cell::text = hot_spot ORDER BY rank;
SELECT events, skipped_outside, skipped_geometry + skipped_coordinates + skipped_harm AS skipped FROM hotspot.refresh_runs WHERE in_force AND programme = 'hand';

CREATE TABLE force.nowhere (geom geometry(Polygon, 27700));
UPDATE hotspot.programme SET area = 'force.nowhere' WHERE name = 'hand';
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
UPDATE hotspot.programme SET area = 'force.area' WHERE name = 'hand';

-- Rows that no summary takes.
INSERT INTO force.crime VALUES ('SRID=27700;POINT (50 50)', '2024-03-05 12:00+00', -1);
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
UPDATE force.crime SET harm = 1, geom = 'SRID=4326;POINT (0 50)' WHERE harm = -1;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
DELETE FROM force.crime WHERE ST_SRID(geom) = 4326;
-- What was there is not any more.
DROP TABLE force.excluded;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
UPDATE hotspot.programme SET exclude = NULL WHERE name = 'hand';
ALTER TABLE force.crime RENAME harm TO weight;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
ALTER TABLE force.crime RENAME weight TO harm;
SELECT outcome, sqlstate, error FROM hotspot.refresh_runs WHERE programme = 'hand' ORDER BY run DESC LIMIT 4;
SELECT count(*) FROM hotspot.current_hot_spots WHERE programme = 'hand';

-- Calls that will not do.
CALL hotspot.refresh('nothing');
CALL hotspot.refresh(NULL);
CALL hotspot.refresh('hand', as_of => NULL);
CALL hotspot.refresh('hand', as_of => 'infinity');
BEGIN;
CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00');
ROLLBACK;
SELECT count(*) FILTER (WHERE outcome = 'running') AS running FROM hotspot.run;
-- In a procedure that may commit.
DO $$ BEGIN CALL hotspot.refresh('hand', as_of => '2024-03-06 01:00+00'); END $$;
SELECT outcome FROM hotspot.refresh_runs WHERE in_force AND programme = 'hand';

-- Patrols ------------------------------------------------------------------------------------------------------------

-- Hot spots to 2 March are A with 10 and D with 7. On the 2nd, car 1 is in A from 10:00 to 10:20, a fix a minute; car 2 from 23:50 to 00:10 of the 3rd.
-- On the 3rd car 1 is in B, 12:00 to 12:06. One fix has no place, one no unit.
CREATE TABLE force.gps (unit int, at timestamptz, geom geometry);
INSERT INTO force.gps
SELECT 1, timestamptz '2024-03-02 10:00+00' + n * interval '1 min', 'SRID=27700;POINT (50 50)'::geometry FROM generate_series(0, 20) n
UNION ALL SELECT 2, timestamptz '2024-03-02 23:50+00' + n * interval '1 min', 'SRID=27700;POINT (20 20)' FROM generate_series(0, 20) n
UNION ALL SELECT 1, timestamptz '2024-03-03 12:00+00' + n * interval '1 min', 'SRID=27700;POINT (150 50)' FROM generate_series(0, 6) n
UNION ALL SELECT 1, '2024-03-02 09:00+00', NULL
UNION ALL SELECT NULL, '2024-03-02 09:00+00', 'SRID=27700;POINT (50 50)';
INSERT INTO hotspot.programme (name, events, grid, history, late, hot_spots, fixes, fix_history, visits_due, minutes_due, dwell_due, ceiling)
VALUES ('patrolled', 'force.crime', 100, '1 month', '0 days', 2, 'force.gps', '2 days', 1, 15, '15 min', 25);

-- To the 2nd: the list is in force on all days, since there is none before. Car 2 was seen for 10 minutes.
CALL hotspot.refresh('patrolled', as_of => '2024-03-03 01:00+00');
SELECT day, hot_spot, rank, patrol_visits, officer_minutes, patrol_minutes, units, longest_absence_minutes, cut_visits FROM hotspot.patrol_days ORDER BY day, hot_spot;
SELECT day, hot_spot, visits_done, visits_due, visits_share, minutes_done, minutes_due, minutes_share, compliant, under_minutes, over_minutes
FROM hotspot.compliance_days ORDER BY day, hot_spot;
SELECT patrol_days, fixes_read, fixes_skipped FROM hotspot.refresh_runs WHERE programme = 'patrolled';

-- To the 3rd: car 2 stayed until 00:10, which is known now; its visit belongs to the 2nd, and the minutes are shared out. On the
-- 3rd the list to the 2nd is in force.
CALL hotspot.refresh('patrolled', as_of => '2024-03-04 01:00+00');
SELECT d.day, d.hot_spot, d.rank, patrol_visits, patrol_minutes, units, visits_done, compliant, over_minutes, cut_visits, first_arrival, last_departure
FROM hotspot.patrol_days d JOIN hotspot.compliance_days USING (programme, day, hot_spot) ORDER BY day, hot_spot;
SELECT patrol_days, fixes_read, fixes_skipped FROM hotspot.refresh_runs WHERE programme = 'patrolled' ORDER BY run DESC LIMIT 1;

-- A wider zone: A reaches to where car 1 was on the 3rd. No plan from now on; the day that is not made again keeps its own.
UPDATE hotspot.programme SET zone_buffer = 60, visits_due = NULL, minutes_due = NULL WHERE name = 'patrolled';
CALL hotspot.refresh('patrolled', as_of => '2024-03-04 01:00+00');
SELECT day, hot_spot, patrol_minutes FROM hotspot.patrol_days ORDER BY day, hot_spot;
SELECT count(*) FROM hotspot.compliance_days;

-- By other settings as of an earlier time: the days after that are made again by the next refresh, as by a full one.
UPDATE hotspot.programme SET zone_buffer = 0 WHERE name = 'patrolled';
CALL hotspot.refresh('patrolled', as_of => '2024-03-03 01:00+00');
CALL hotspot.refresh('patrolled', as_of => '2024-03-04 01:00+00');
SELECT day, hot_spot, patrol_minutes FROM hotspot.patrol_days ORDER BY day, hot_spot;
CALL hotspot.refresh('patrolled', full => true, as_of => '2024-03-04 01:00+00');
SELECT day, hot_spot, patrol_minutes FROM hotspot.patrol_days ORDER BY day, hot_spot;

-- The list to the 2nd is A, and made again it is A, D and B: the 3rd has the hot spots that its patrols were made for, and no zeros of others,
-- until they are made again. Car 1 was in B for 6 minutes.
INSERT INTO hotspot.programme (name, events, grid, history, late, hot_spots, fixes, fix_history) VALUES ('longer', 'force.crime', 100, '1 month', '0 days', 1, 'force.gps', '2 days');
CALL hotspot.refresh('longer', as_of => '2024-03-03 01:00+00');
CALL hotspot.refresh('longer', as_of => '2024-03-04 01:00+00');
UPDATE hotspot.programme SET hot_spots = 3 WHERE name = 'longer';
CALL hotspot.refresh('longer', as_of => '2024-03-03 01:00+00');
CALL hotspot.refresh('longer', as_of => '2024-03-05 01:00+00');
SELECT hot_spot, rank, patrol_minutes FROM hotspot.patrol_days WHERE programme = 'longer' AND day = '2024-03-03' ORDER BY rank;
CALL hotspot.refresh('longer', full => true, as_of => '2024-03-05 01:00+00');
SELECT hot_spot, rank, patrol_minutes FROM hotspot.patrol_days WHERE programme = 'longer' AND day = '2024-03-03' ORDER BY rank;
-- Made again for the same day, a first list counts as it is now.
DELETE FROM hotspot.programme WHERE name = 'longer';
INSERT INTO hotspot.programme (name, events, grid, history, hot_spots, fixes, fix_history) VALUES ('longer', 'force.crime', 100, '1 month', 1, 'force.gps', '1 day');
CALL hotspot.refresh('longer', as_of => '2024-03-03 01:00+00');
UPDATE hotspot.programme SET hot_spots = 3 WHERE name = 'longer';
CALL hotspot.refresh('longer', as_of => '2024-03-03 01:00+00');
SELECT hot_spot, rank, patrol_minutes FROM hotspot.patrol_days WHERE programme = 'longer' ORDER BY rank;
DELETE FROM hotspot.programme WHERE name = 'longer';
-- A limit of 50 to the accuracy is another setting than that to the speed: both days are made again, and none when nothing has changed.
INSERT INTO hotspot.programme (name, events, grid, history, late, fixes, fix_history, max_speed) VALUES ('limited', 'force.crime', 100, '1 month', '0 days', 'force.gps', '2 days', 50);
CALL hotspot.refresh('limited', as_of => '2024-03-04 01:00+00');
UPDATE hotspot.programme SET max_speed = NULL, max_accuracy = 50 WHERE name = 'limited';
CALL hotspot.refresh('limited', as_of => '2024-03-04 01:00+00');
CALL hotspot.refresh('limited', as_of => '2024-03-04 01:00+00');
SELECT patrol_days FROM hotspot.refresh_runs WHERE programme = 'limited' ORDER BY run;
DELETE FROM hotspot.programme WHERE name = 'limited';

-- Effects ------------------------------------------------------------------------------------------------------------

CREATE TABLE force.assigned AS
SELECT '27700/square100/' || place || '/0' AS place, date '2024-02-20' + n AS day, (n * 7 + place * 5) % 3 = 0 AS treated
FROM generate_series(0, 3) place, generate_series(0, 20) n;
INSERT INTO hotspot.programme (name, events, grid, history, hot_spots, assignment) VALUES ('trial', 'force.crime', 100, '10 days', 2, 'force.assigned');
CALL hotspot.refresh('trial', as_of => '2024-03-05 01:00+00');
-- 21 days of 4 places; from 24 February to 4 March are 10.
SELECT DISTINCT place_days, place_days_left_out, since, until FROM hotspot.effects;
SELECT outcome, measure, round(e.estimate::numeric, 6) AS estimate, round(e.p_value::numeric, 6) AS p, e.n,
	row(e.estimate, e.std_error, e.df, e.statistic, e.p_value, e.conf_low, e.conf_high, e.conf_level, e.n, e.note)
		= row(d.estimate, d.std_error, d.df, d.statistic, d.p_value, d.conf_low, d.conf_high, d.conf_level, d.n, d.note) IS NOT FALSE AS same
FROM hotspot.effects e
JOIN (
	SELECT o.outcome, x.* FROM (
		SELECT k AS outcome, hotspot.trial(place, day, treated, (SELECT coalesce(sum(CASE k WHEN 'harm' THEN harm ELSE 1 END), 0)
			FROM force.crime WHERE at::date = day AND harm IS NOT NULL AND ST_X(geom) <> 'NaN' AND hotspot.cell(geom, 100)::text = place)) AS t
		FROM force.assigned, (VALUES ('events'), ('harm')) AS k (k) WHERE day BETWEEN '2024-02-24' AND '2024-03-04' GROUP BY k) o,
		LATERAL (SELECT * FROM hotspot.crossover(t) UNION ALL SELECT * FROM hotspot.randomisation_p(t)) x) d USING (outcome, measure)
ORDER BY outcome COLLATE "C", measure COLLATE "C";
UPDATE force.assigned SET place = replace(place, '100', '150') WHERE day = '2024-03-01';
CALL hotspot.refresh('trial', as_of => '2024-03-05 01:00+00');
UPDATE force.assigned SET place = replace(replace(place, '150', '100'), '27700', '0') WHERE day = '2024-03-01';
CALL hotspot.refresh('trial', as_of => '2024-03-05 01:00+00');
UPDATE force.assigned SET place = 'Market Street' WHERE day = '2024-03-01';
CALL hotspot.refresh('trial', as_of => '2024-03-05 01:00+00');

-- What goes with a programme when it is renamed, and with a run or a programme when it is deleted.
UPDATE hotspot.programme SET name = 'renamed' WHERE name = 'patrolled';
CREATE VIEW force.rows AS
SELECT programme, relation, count(*) FROM (
	SELECT programme, 1 AS place, 'programme_state' AS relation FROM hotspot.programme_state
	UNION ALL SELECT programme, 2, 'programme_day' FROM hotspot.programme_day UNION ALL SELECT programme, 3, 'programme_month' FROM hotspot.programme_month
	UNION ALL SELECT programme, 4, 'programme_time' FROM hotspot.programme_time UNION ALL SELECT programme, 5, 'programme_patrol' FROM hotspot.programme_patrol
	UNION ALL SELECT programme, 6, 'run' FROM hotspot.run UNION ALL SELECT r.programme, 7, 'hot_spot' FROM hotspot.hot_spot h LEFT JOIN hotspot.run r ON r.id = h.run
	UNION ALL SELECT programme, 8, 'hot_spot_day' FROM hotspot.hot_spot_day
	UNION ALL SELECT r.programme, 9, 'programme_effect' FROM hotspot.programme_effect e LEFT JOIN hotspot.run r ON r.id = e.run) AS t
GROUP BY programme, place, relation ORDER BY programme, place;
SELECT * FROM force.rows WHERE programme NOT IN ('hand');
CALL hotspot.refresh('renamed', as_of => '2024-03-05 01:00+00');
SELECT method, until FROM hotspot.refresh_runs WHERE programme = 'renamed' AND in_force;
DELETE FROM hotspot.run WHERE id IN (SELECT run FROM hotspot.refresh_runs WHERE programme = 'renamed' AND in_force);
SELECT count(*) FROM hotspot.current_hot_spots WHERE programme = 'renamed';
CALL hotspot.refresh('renamed', as_of => '2024-03-05 01:00+00');
SELECT rank, status FROM hotspot.current_hot_spots WHERE programme = 'renamed' ORDER BY rank;
DELETE FROM hotspot.programme WHERE name <> 'hand';
SELECT DISTINCT programme FROM force.rows;
DELETE FROM hotspot.programme;
SELECT * FROM force.rows;
DROP SCHEMA force CASCADE;
