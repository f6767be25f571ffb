-- A few events, fixes and patrols of the last days, three programmes, and runs of them: every view of the warehouse has rows, with NULLs,
-- words beyond ASCII and what CSV has to quote. For suites that need a warehouse and not a force.
\set ON_ERROR_STOP on
CREATE SCHEMA force;
CREATE FUNCTION force.noon(days_ago int) RETURNS timestamptz LANGUAGE sql STABLE AS $$
	SELECT ((timezone('Europe/London', now())::date - days_ago) + interval '12 hours') AT TIME ZONE 'Europe/London' $$;

CREATE TABLE force.crime (id int PRIMARY KEY, geom geometry(Point, 27700), at timestamptz, harm float8);
INSERT INTO force.crime
SELECT n, ST_SetSRID(ST_MakePoint(439000 + n * n % 1009, 315000 + n * 7 % 997), 27700), force.noon(1 + n % 40) + n % 700 * interval '1 min', (n % 13) / 7.0
FROM generate_series(1, 2000) n;
INSERT INTO force.crime VALUES (2001, NULL, force.noon(3), 1), (2002, 'SRID=27700;POINT (439050 315050)', NULL, 1),
	(2003, 'SRID=27700;POINT (439050 315050)', force.noon(3), NULL);
CREATE INDEX ON force.crime (at);
CREATE TABLE force.area AS SELECT ST_SetSRID(ST_MakeEnvelope(438900, 314900, 440100, 316100), 27700) AS geom;

-- Car 1 goes through all of it, a fix in 20 seconds, on each of the last days.
CREATE TABLE force.gps AS
SELECT 'car ' || unit AS unit, force.noon(day) + n * interval '20 s' AS at,
	ST_SetSRID(ST_MakePoint(439000 + (n * 5 + unit * 300) % 1000, 315000 + (n / 10 * 50) % 1000), 27700)::geometry(Point, 27700) AS geom
FROM generate_series(1, 2) unit, generate_series(1, 5) day, generate_series(0, 600) n;

-- A fictitious system of coordinates, and a programme of which little is known.
CREATE VIEW force.elsewhere AS SELECT ST_SetSRID(geom, 0) AS geom, at, 1 AS harm FROM force.crime;
CREATE FUNCTION force.unlucky() RETURNS float8 LANGUAGE plpgsql AS $$
	BEGIN RAISE EXCEPTION 'first line, "quoted"%second line: %', chr(10), repeat('é', 10000) USING HINT = 'Try again; it''s no use.'; END $$;
CREATE VIEW force.broken AS SELECT geom, at, force.unlucky() AS harm FROM force.crime;
CREATE VIEW force.assigned AS
SELECT '27700/square100/' || 4390 + place % 5 || '/' || 3150 + place / 5 AS place, timezone('Europe/London', now())::date - day AS day, (place * 7 + day * 3) % 5 < 2 AS treated
FROM generate_series(0, 14) place, generate_series(1, 30) day;

INSERT INTO hotspot.programme (name, events, grid, history, hot_spots, area, fixes, fix_history, visits_due, minutes_due, ceiling, assignment)
VALUES ('Café, "Nord"', 'force.crime', 100, '30 days', 10, 'force.area', 'force.gps', '5 days', 2, 10, 60, 'force.assigned');
INSERT INTO hotspot.programme (name, events, grid, history, hot_spots) VALUES ('elsewhere', 'force.elsewhere', 'hexagon 93.06', '20 days', 5), ('broken', 'force.broken', 100, '1 year', 5);
