-- Programmes: what they name is found when they are written, and what is wrong is said.
SET client_min_messages = warning;
\set SHOW_CONTEXT never

CREATE SCHEMA force;
CREATE SCHEMA "Her Majesty's";
SET search_path = force, public;
CREATE TABLE crime (id int, geom geometry(Point, 27700), at timestamptz, harm numeric, finish timestamptz);
CREATE TABLE "Her Majesty's"."Pleasure" (geom geometry);
CREATE TABLE area (geom geometry(MultiPolygon, 27700));
CREATE TABLE gps (unit int, at timestamptz, geom geometry(Point, 27700), accuracy real);
CREATE TABLE assigned (place text, day date, treated boolean);
CREATE DOMAIN weight AS float8 CHECK (VALUE >= 0);
CREATE DOMAIN spot AS geometry(Point, 4326);

-- Names are kept with their schemas, quoted where they need it.
INSERT INTO hotspot.programme (name, events, grid, exclude, area, fixes, assignment, visits_due, minutes_due)
VALUES ('all', 'crime', 150, '"Her Majesty''s"."Pleasure"', 'area', 'gps', 'assigned', 3, 45)
RETURNING events, exclude, area, fixes, assignment;
-- ... and not looked up again.
SET search_path = public;
UPDATE hotspot.programme SET grid = 'hexagon 93.06' WHERE name = 'all' RETURNING events, grid;

-- Any number is a harm, any relation that lasts has events.
CREATE VIEW force.weighed AS SELECT geom, at, 1::force.weight AS harm FROM force.crime;
CREATE TABLE force.parted (geom geometry, at timestamptz, harm int8) PARTITION BY RANGE (at);
CREATE MATERIALIZED VIEW force.stored AS TABLE force.weighed;
INSERT INTO hotspot.programme (name, events, grid) VALUES ('view', 'force.weighed', 150), ('partitions', 'force.parted', 150), ('stored', 'force.stored', 150);

-- A programme is what its row says; defaults.
SELECT grid, history, late, tz, day_start, hot_spots, rank_by, separation, radius, peak_of, peak_length, fix_history, zone_buffer,
	max_gap, merge_gap, min_dwell, dwell_due
FROM hotspot.programme WHERE name = 'view';

-- Relations that will not do.
SET search_path = force, public;
CREATE TABLE degrees (geom geometry(Point, 4326), at timestamptz, harm float8);
CREATE TABLE domain_degrees (geom spot, at timestamptz, harm float8);
CREATE TABLE wall (geom geometry(Point, 27700), at timestamp, harm float8);
CREATE TABLE worded (geom geometry(Point, 27700), at timestamptz, harm text);
CREATE TABLE flat (geom text, at timestamptz, harm float8);
CREATE TABLE many (geom geometry(MultiPoint, 27700), at timestamptz, harm float8);
CREATE TABLE shapes (geom geometry(Polygon, 27700), at timestamptz, harm float8);
CREATE TABLE span (geom geometry(Point, 27700), at timestamptz, harm float8, finish date);
CREATE TABLE dropped (geom geometry(Point, 27700), at timestamptz, harm float8);
ALTER TABLE dropped DROP harm;
CREATE TEMP TABLE passing (geom geometry(Point, 27700), at timestamptz, harm float8);
CREATE SEQUENCE counter;
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', NULL, 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'nothing', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'nowhere.crime', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', '(SELECT * FROM crime)', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'crime; DROP TABLE crime', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', '', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'a.b.c.d', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'counter', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'degrees', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'domain_degrees', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'wall', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'worded', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'flat', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'many', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'shapes', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'span', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'dropped', 150);
INSERT INTO hotspot.programme (name, events, grid, exclude) VALUES ('p', 'crime', 150, 'assigned');
INSERT INTO hotspot.programme (name, events, grid, exclude) VALUES ('p', 'crime', 150, 'degrees');
INSERT INTO hotspot.programme (name, events, grid, area) VALUES ('p', 'crime', 150, 'crime');
INSERT INTO hotspot.programme (name, events, grid, fixes) VALUES ('p', 'crime', 150, 'crime');
INSERT INTO hotspot.programme (name, events, grid, fixes) VALUES ('p', 'crime', 150, 'nothing');
INSERT INTO hotspot.programme (name, events, grid, assignment) VALUES ('p', 'crime', 150, 'gps');
-- A temporary one, whose schema has a number.
DO $$
BEGIN
	INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'passing', 150);
EXCEPTION WHEN wrong_object_type THEN
	RAISE WARNING '%', regexp_replace(SQLERRM, 'pg_temp_\d+', 'pg_temp_N');
END
$$;

-- Values that will not do.
INSERT INTO hotspot.programme (name, events, grid) VALUES (' ', 'crime', 150);
INSERT INTO hotspot.programme (name, events, grid) VALUES ('p', 'crime', 0);
INSERT INTO hotspot.programme (name, events, grid, history) VALUES ('p', 'crime', 150, '0');
INSERT INTO hotspot.programme (name, events, grid, history) VALUES ('p', 'crime', 150, '-1 year');
INSERT INTO hotspot.programme (name, events, grid, history) VALUES ('p', 'crime', 150, '1 year -400 days');
INSERT INTO hotspot.programme (name, events, grid, history) VALUES ('p', 'crime', 150, '1 day 1 hour');
INSERT INTO hotspot.programme (name, events, grid, history) VALUES ('p', 'crime', 150, '51 years');
INSERT INTO hotspot.programme (name, events, grid, late) VALUES ('p', 'crime', 150, '1 month');
INSERT INTO hotspot.programme (name, events, grid, late) VALUES ('p', 'crime', 150, '-1 day');
INSERT INTO hotspot.programme (name, events, grid, late) VALUES ('p', 'crime', 150, '36 hours');
INSERT INTO hotspot.programme (name, events, grid, fix_history) VALUES ('p', 'crime', 150, '0');
INSERT INTO hotspot.programme (name, events, grid, tz) VALUES ('p', 'crime', 150, 'Europe/Northmere');
INSERT INTO hotspot.programme (name, events, grid, tz) VALUES ('p', 'crime', 150, 'BST');
INSERT INTO hotspot.programme (name, events, grid, day_start) VALUES ('p', 'crime', 150, '24 hours');
INSERT INTO hotspot.programme (name, events, grid, hot_spots) VALUES ('p', 'crime', 150, 0);
INSERT INTO hotspot.programme (name, events, grid, rank_by) VALUES ('p', 'crime', 150, 'crimes');
INSERT INTO hotspot.programme (name, events, grid, separation) VALUES ('p', 'crime', 150, 'NaN');
INSERT INTO hotspot.programme (name, events, grid, zone_buffer) VALUES ('p', 'crime', 150, -1);
INSERT INTO hotspot.programme (name, events, grid, radius) VALUES ('p', 'crime', 150, 0);
INSERT INTO hotspot.programme (name, events, grid, peak_of) VALUES ('p', 'crime', 150, 'month');
INSERT INTO hotspot.programme (name, events, grid, peak_of, peak_length) VALUES ('p', 'crime', 150, 'day', 25);
INSERT INTO hotspot.programme (name, events, grid, merge_gap) VALUES ('p', 'crime', 150, '6 min');
INSERT INTO hotspot.programme (name, events, grid, max_speed) VALUES ('p', 'crime', 150, 0);
INSERT INTO hotspot.programme (name, events, grid, visits_due) VALUES ('p', 'crime', 150, -1);
INSERT INTO hotspot.programme (name, events, grid, minutes_due, ceiling) VALUES ('p', 'crime', 150, 45, 30);
UPDATE hotspot.programme SET tz = 'Europe/Northmere' WHERE name = 'all';
SELECT name FROM hotspot.programme ORDER BY name;

-- As in a restore, where what is read may come later or not at all.
SET search_path = '';
INSERT INTO hotspot.programme (name, events, grid) VALUES ('restored', 'force.nothing', 150);
SELECT pg_catalog.set_config('search_path', '', false);
UPDATE hotspot.programme SET tz = 'Europe/Northmere' WHERE name = 'restored';
SET search_path = public;
CALL hotspot.refresh('restored');
SELECT outcome, sqlstate, error, hint FROM hotspot.refresh_runs WHERE programme = 'restored';

-- Nobody's functions or operators get in between: these would fail.
CREATE SCHEMA trap;
CREATE FUNCTION trap.fail(text, text) RETURNS boolean LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END';
CREATE FUNCTION trap.btrim(text) RETURNS text LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''trapped''; END';
CREATE OPERATOR trap.= (FUNCTION = trap.fail, LEFTARG = text, RIGHTARG = text);
SET search_path = trap, pg_catalog, force, public;
UPDATE hotspot.programme SET hot_spots = 10 WHERE hot_spots = 20 AND events OPERATOR(pg_catalog.=) 'force.crime' RETURNING events;
SET search_path = public;

DROP SCHEMA trap CASCADE;
DELETE FROM hotspot.programme;
DROP SCHEMA force CASCADE;
DROP SCHEMA "Her Majesty's" CASCADE;
