-- Programmes whose pages are hard to make: with names that are HTML, long ones, much, little, and nothing to show.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE SCHEMA force;
CREATE SCHEMA "<img src=x onerror=alert(1)>";

-- 90 cells with events by the hour, 12 of them close to each other, in an area of 60 km; the hottest has a harm of a million.
CREATE TABLE "<img src=x onerror=alert(1)>"."""crime"" & 'co'" (geom geometry(Point, 27700), at timestamptz, harm float8);
INSERT INTO "<img src=x onerror=alert(1)>"."""crime"" & 'co'"
SELECT ST_SetSRID(CASE WHEN place < 12 THEN ST_MakePoint(430050 + 400 * (place % 4), 320050 + 400 * (place / 4))
		ELSE ST_MakePoint(400050 + place * 7919 % 60000, 300050 + place * 104729 % 45000) END, 27700),
	timestamptz '2025-10-01 12:00+00' + (n * 37 + place * 5) * interval '1 hour', 1000000.0 / (1 + place * place)
FROM generate_series(0, 89) place, generate_series(0, 30 + (90 - place) / 3) n;
INSERT INTO "<img src=x onerror=alert(1)>"."""crime"" & 'co'" VALUES (NULL, '2025-11-01 12:00+00', 1), ('SRID=27700;POINT (0 0)', '2025-11-01 12:00+00', 1);
CREATE VIEW force.area AS SELECT ST_SetSRID(ST_MakeEnvelope(399000, 299000, 431000, 346000), 27700) AS geom
UNION ALL SELECT ST_SetSRID(ST_MakeEnvelope(431000, 299000, 461000, 346000), 27700);
CREATE VIEW force."</td></table>" AS SELECT ST_SetSRID(ST_MakePoint(0, 0), 27700) AS geom;
CREATE TABLE force.gps AS
SELECT 'car ' || unit AS unit, timestamptz '2025-11-01 12:00+00' + day * interval '1 day' + n * interval '30 s' AS at,
	ST_SetSRID(ST_MakePoint(430050 + 400 * (n / 50 % 4), 320050 + 400 * (unit + n / 200)), 27700) AS geom
FROM generate_series(0, 1) unit, generate_series(0, 27) day, generate_series(0, 150 + day * 5) n;
CREATE VIEW force.assignment AS
SELECT '27700/square100/' || 4300 + 4 * (place % 4) || '/' || 3200 + 4 * (place / 4) AS place, date '2025-10-05' + day AS day, (place * 7 + day * 5) % 3 = 0 AS treated
FROM generate_series(0, 11) place, generate_series(0, 50) day;
INSERT INTO hotspot.programme (name, events, grid, hot_spots, area, exclude, fixes, fix_history, visits_due, minutes_due, dwell_due, ceiling, zone_buffer, assignment)
VALUES ('</title><script>alert("1")</script> & it''s', '"<img src=x onerror=alert(1)>"."""crime"" & ''co''"', 100, 90, 'force.area', 'force."</td></table>"',
	'force.gps', '28 days', 3, 45, '10 min', 90, 20, 'force.assignment');

-- One cell, no area, no longitude, no patrols, no assignment, by events; and a name that cannot be broken.
CREATE VIEW force.few AS SELECT ST_SetSRID(ST_MakePoint(5, 5), 0) AS geom, timestamptz '2025-11-01 12:00+00' AS at, 0 AS harm;
INSERT INTO hotspot.programme (name, events, grid, history, rank_by) VALUES (repeat('Llanfairpwllgwyngyll', 10), 'force.few', 'hexagon 10', '2 months', 'events');

-- Patrols without a plan, and an effect that cannot be told: all days are assigned.
CREATE VIEW force.all_days AS SELECT place, day, true AS treated FROM force.assignment;
INSERT INTO hotspot.programme (name, events, grid, hot_spots, fixes, fix_history, assignment)
VALUES ('no plan', '"<img src=x onerror=alert(1)>"."""crime"" & ''co''"', 100, 5, 'force.gps', '14 days', 'force.all_days');

INSERT INTO hotspot.programme (name, events, grid) VALUES ('never', 'force.few', 10);
\set ON_ERROR_STOP off
CALL hotspot.refresh('</title><script>alert("1")</script> & it''s', as_of => '2025-11-10 12:00+00');
CALL hotspot.refresh('</title><script>alert("1")</script> & it''s', as_of => '2025-11-29 12:00+00');
CALL hotspot.refresh(repeat('Llanfairpwllgwyngyll', 10), as_of => '2025-11-29 12:00+00');
CALL hotspot.refresh('no plan', as_of => '2025-11-29 12:00+00');
-- What is gone is said on the page, by a name that is HTML.
DROP VIEW force."</td></table>";
\set VERBOSITY sqlstate
CALL hotspot.refresh('</title><script>alert("1")</script> & it''s', as_of => '2025-11-30 12:00+00');
