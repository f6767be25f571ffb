-- What people keep in a database with hotspot: crimes, stored surfaces, cells as keys, views over all of that.
\set QUIET on
\set ON_ERROR_STOP on
SET client_min_messages = warning;

-- Weights: a scheme of one's own, and a version of a demonstration scheme that is newer than the one shipped ----------

INSERT INTO hotspot.harm_weight (scheme, offence, harm, source) VALUES
	('force', 'Robbery', 365, 'ours'),
	('force', 'Burglary', 20.5, NULL),
	('force', 'Shoplifting', 0.125, NULL);
INSERT INTO hotspot.harm_weight (scheme, version, offence, harm) VALUES
	('police_uk_demo', 2027, 'Robbery', 400),
	('police_uk_demo', 2027, 'Burglary', 200.25),
	('police_uk_demo', 2027, 'Shoplifting', 1.5);

-- Crimes: on both sides of the origin, some on cell edges, some without a place ---------------------------------------

CREATE TABLE crime (
	id integer PRIMARY KEY,
	at date NOT NULL,
	offence text NOT NULL,
	geom geometry(Point, 27700),
	square hotspot.cell GENERATED ALWAYS AS (hotspot.cell(geom, 150)) STORED
);
INSERT INTO crime
SELECT n, date '2025-01-01' + n % 365, (ARRAY['Robbery', 'Burglary', 'Shoplifting'])[1 + n % 3],
	CASE WHEN n % 500 = 1 THEN NULL
	     WHEN n % 500 = 2 THEN 'SRID=27700;POINT EMPTY'
	     ELSE ST_SetSRID(ST_MakePoint((n::bigint * n % 6007) * 2.5 - 9000, (n::bigint * 7919 % 5003) * 3.75 - 7500), 27700) END
FROM generate_series(1, 30000) n;

CREATE INDEX crime_square ON crime (hotspot.cell(geom, 150));
CREATE INDEX crime_hexagon ON crime ((hotspot.cell(geom, 'hexagon 93.06')));
CREATE INDEX crime_hash ON crime USING hash (square);
CREATE STATISTICS crime_statistics ON offence, hotspot.cell(geom, 300) FROM crime;

-- Surfaces: each kind that there is, and one of more than 1 MB --------------------------------------------------------

CREATE TABLE stored (name text PRIMARY KEY, surface hotspot.surface);
INSERT INTO stored
SELECT to_char(at, 'MM'), hotspot.surface(geom, hotspot.harm(offence, 'force'), 150) FROM crime GROUP BY 1;
INSERT INTO stored
SELECT 'big', hotspot.cover(ST_MakeEnvelope(-48000, -48000, 48000, 48000, 27700), 150)
	+ hotspot.surface(geom, hotspot.harm(offence, 'force'), 150) FROM crime;
INSERT INTO stored SELECT 'hexagon', hotspot.surface(geom, 'hexagon 93.06') FROM crime;
INSERT INTO stored SELECT 'fractions', hotspot.surface(geom, id * 1000.123457, '0.125') FROM crime;
INSERT INTO stored SELECT 'skipped', hotspot.surface(geom, 150) FROM crime WHERE id % 500 IN (1, 2);
INSERT INTO stored SELECT 'no cells', hotspot.cover('SRID=27700;POLYGON EMPTY', 150);
INSERT INTO stored VALUES ('null', NULL);

-- Without compression, to see the size that the format itself has.
CREATE TABLE uncompressed (name text PRIMARY KEY, surface hotspot.surface);
ALTER TABLE uncompressed ALTER surface SET STORAGE EXTERNAL;
INSERT INTO uncompressed SELECT * FROM stored;

-- Incidents: by month, of all, and of none, with the near repeats of each in a view ------------------------------------

CREATE TABLE happened (name text PRIMARY KEY, incidents hotspot.incidents);
INSERT INTO happened SELECT to_char(at, 'MM'), hotspot.incidents(geom, at) FROM crime GROUP BY 1;
INSERT INTO happened SELECT 'all', hotspot.merge(incidents) FROM happened;
INSERT INTO happened SELECT 'skipped', hotspot.incidents(geom, at) FROM crime WHERE id % 500 IN (1, 2);
INSERT INTO happened VALUES ('null', NULL);
CREATE VIEW near_repeats AS
SELECT name, n.* FROM happened, hotspot.near_repeat(incidents, '{0,0.1,50,200}', '{0,1 day,8 days}', rest => true) n;

-- Zones: short ones, and some of more than 1 MB, read in views ---------------------------------------------------------

CREATE TABLE zoning (name text PRIMARY KEY, zones hotspot.zones);
INSERT INTO zoning SELECT 'beats', hotspot.zones('beat ' || n, ST_MakeEnvelope(n * 900 - 9000, -7500, n * 900 - 8100, 7500, 27700)) FROM generate_series(0, 19) n;
INSERT INTO zoning SELECT 'numbered', hotspot.zones(n - 2, ST_Buffer(ST_SetSRID(ST_MakePoint(n * 300, 0), 27700), 400)) FROM generate_series(0, 4) n;
INSERT INTO zoning SELECT 'big', hotspot.zones(n, ST_Buffer(ST_SetSRID(ST_MakePoint(0, 0), 27700), 10 + n, 1000)) FROM generate_series(1, 20) n;
INSERT INTO zoning SELECT 'skipped', hotspot.zones('none', NULL);
INSERT INTO zoning VALUES ('null', NULL);

CREATE VIEW by_beat AS
SELECT hotspot.zone_at(zones, geom) AS beat, count(*) AS crimes
FROM crime, (SELECT zones FROM zoning WHERE name = 'beats') AS z GROUP BY 1;

-- Tracks, patrols and what estimates are made from, with views that read them ------------------------------------------

CREATE TABLE tracked AS
SELECT unit, hotspot.track(timestamptz '2025-01-01 08:00+00' + n * interval '20 seconds',
	ST_SetSRID(ST_MakePoint(unit * 700 - 9000 + n * 3, (n * unit) % 97 * 12.5), 27700)) AS track
FROM generate_series(1, 12) AS unit, generate_series(0, 999) AS n GROUP BY unit;

CREATE TABLE patrolled_beat AS
SELECT zone, hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings) AS patrol
FROM tracked, (SELECT zones FROM zoning WHERE name = 'beats') AS z, hotspot.visits(track, zones) GROUP BY zone;

CREATE VIEW beat_dosage AS
SELECT zone, d.* FROM patrolled_beat, hotspot.dosage(patrol, since => '2025-01-01', until => '2025-01-02') AS d;

CREATE TABLE tested AS
SELECT hotspot.trial('spot ' || n % 10, date '2025-01-01' + n / 10, (n * 7 + n / 10) % 3 = 0, n * 31 % 11 % 4 / 8.0, n % 3) AS trial,
	hotspot.panel(n % 10, n / 10, n * 31 % 11 % 4, CASE WHEN n % 10 < 4 THEN 10 + n % 10 END, n % 10 / 2) AS panel,
	hotspot.displacement((ARRAY['treated', 'control', 'buffer', 'buffer_control'])[1 + n % 4], n * 31 % 11 < 5, n % 7) AS displacement
FROM generate_series(0, 299) AS n;

CREATE VIEW effects AS
SELECT e.* FROM tested, LATERAL (
	SELECT * FROM hotspot.crossover(trial)
	UNION ALL SELECT * FROM hotspot.randomisation_p(trial)
	UNION ALL SELECT * FROM hotspot.did(panel)
	UNION ALL SELECT * FROM hotspot.did(panel, 'callaway')
	UNION ALL SELECT * FROM hotspot.wdd(displacement)) AS e
UNION ALL
SELECT d.* FROM (SELECT hotspot.did(n * 31 % 11, n % 10 < 4, n > 150, n % 10) AS d FROM generate_series(0, 299) AS n) AS q,
	LATERAL (SELECT (d).*) AS d;

-- Weeks -----------------------------------------------------------------------------------------------------------------

CREATE TABLE tasking (name text PRIMARY KEY, week hotspot.week);
INSERT INTO tasking SELECT offence, hotspot.week(at::timestamp + id * interval '1 minute', at::timestamp + id * interval '2 minutes', id * 0.1, 'Europe/London') FROM crime GROUP BY 1;
INSERT INTO tasking SELECT 'one', hotspot.week('2026-01-01'::timestamp, 1, 'UTC');
INSERT INTO tasking SELECT 'skipped', hotspot.week(NULL::timestamp, 1, 'UTC');
INSERT INTO tasking VALUES ('null', NULL);

CREATE VIEW shift AS SELECT name, p.* FROM tasking, hotspot.peak(week, 8) AS p;

-- Cells and grids in columns, as keys and in partitions ---------------------------------------------------------------

CREATE TABLE beat (
	cell hotspot.cell PRIMARY KEY,
	grid hotspot.grid NOT NULL DEFAULT 'hexagon 93.06',
	route hotspot.cell[],
	CHECK (cell >= '0/square0.001/-2147483648/-2147483648')
);
INSERT INTO beat
SELECT cell, hotspot.grid(cell), ARRAY[cell, NULL, hotspot.cell(hotspot.centre(cell), 50)]
FROM stored, hotspot.cells(surface) WHERE name = '01';
INSERT INTO beat (cell, route) VALUES ('27700/hexagon93.06/-3/4', '{}'), ('0/square0.001/-2147483648/2147483647', NULL);

CREATE TABLE patrol (id integer PRIMARY KEY, cell hotspot.cell NOT NULL REFERENCES beat, UNIQUE (cell, id));
INSERT INTO patrol SELECT row_number() OVER (ORDER BY cell), cell FROM beat;
CREATE INDEX patrol_hash ON patrol USING hash (cell);

CREATE TABLE visit (cell hotspot.cell, minutes integer) PARTITION BY RANGE (cell);
CREATE TABLE visit_west PARTITION OF visit FOR VALUES FROM (MINVALUE) TO ('27700/square150/0/0');
CREATE TABLE visit_east PARTITION OF visit FOR VALUES FROM ('27700/square150/0/0') TO (MAXVALUE);
INSERT INTO visit SELECT cell, id % 60 FROM patrol;

CREATE TABLE call (cell hotspot.cell, calls integer) PARTITION BY HASH (cell);
CREATE TABLE call_0 PARTITION OF call FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE call_1 PARTITION OF call FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO call SELECT cell, id % 7 FROM patrol;

-- Views ---------------------------------------------------------------------------------------------------------------

CREATE VIEW monthly AS
SELECT date_trunc('month', at) AS month, hotspot.surface(geom, hotspot.harm(offence, 'police_uk_demo'), 150) AS surface
FROM crime GROUP BY 1;

CREATE VIEW ranked AS
SELECT t.*
FROM stored, hotspot.top(surface, 10, separation => 500, exclude => ST_MakeEnvelope(0, 0, 900, 900, 27700)) t
WHERE name = '02';

CREATE VIEW change AS
SELECT cell, a.events AS before, b.events AS after
FROM hotspot.cells((SELECT surface FROM stored WHERE name = '03')) a
FULL JOIN hotspot.cells((SELECT surface FROM stored WHERE name = '04')) b USING (cell);

CREATE VIEW patrolled AS
SELECT * FROM patrol JOIN beat USING (cell) WHERE cell IN (SELECT square FROM crime) AND NOT cell = '27700/square150/1/1';

CREATE VIEW both_months AS
SELECT a.surface + b.surface AS surface, hotspot.fill(a.surface) AS filled
FROM stored a, stored b WHERE a.name = '01' AND b.name = '02';

CREATE MATERIALIZED VIEW year AS
SELECT 2025 AS year, hotspot.merge(surface) AS surface, sum(hotspot.harm(surface)) AS harm FROM stored WHERE name < '13';
CREATE UNIQUE INDEX year_key ON year (year);

CREATE MATERIALIZED VIEW hotspots AS
SELECT t.*, hotspot.centre(cell) AS centre, hotspot.harm('Robbery', 'police_uk_demo') AS robbery
FROM year, hotspot.top(surface, 50, 'events') t;
CREATE UNIQUE INDEX hotspots_cell ON hotspots (cell);

-- The warehouse ------------------------------------------------------------------------------------------------------

-- A programme with all there is, names that need quotes; and one whose events are not there any more.
CREATE SCHEMA "the force";
CREATE VIEW "the force"."burglary's" AS
SELECT geom, at::timestamp AT TIME ZONE 'UTC' + id % 200 * interval '7 minutes' AS at, hotspot.harm(offence, 'force') AS harm, NULL::timestamptz AS finish
FROM crime;
CREATE TABLE "the force".gps AS
SELECT 'car ' || unit AS unit, timestamptz '2025-12-30 00:00+00' + n * interval '1 minute' AS at,
	ST_SetSRID(ST_MakePoint(unit * 700 - 6000 + n % 997 * 3, n * unit % 97 * 12.5), 27700) AS geom
FROM generate_series(1, 3) AS unit, generate_series(0, 2879) AS n;
CREATE TABLE "the force".area AS SELECT ST_SetSRID(ST_MakeEnvelope(-9000, -7500, 6000, 11250), 27700) AS geom;
CREATE TABLE "the force".assigned AS
SELECT hotspot.cell(geom, 300)::text AS place, day::date, (id + day::date - '2025-12-01') % 2 = 0 AS treated
FROM (SELECT DISTINCT ON (hotspot.cell(geom, 300)) id, geom FROM crime WHERE geom IS NOT NULL AND NOT ST_IsEmpty(geom) LIMIT 6) AS c, generate_series('2025-12-01', '2025-12-20', interval '1 day') AS day;
SET search_path = "the force", public;
INSERT INTO hotspot.programme (name, events, grid, history, area, fixes, visits_due, minutes_due, assignment)
VALUES ('Burglary', '"burglary''s"', 300, '90 days', 'area', 'gps', 1, 5, 'assigned');
CREATE TABLE gone AS SELECT geom, at, 1 AS harm FROM gps LIMIT 0;
INSERT INTO hotspot.programme (name, events, grid) VALUES ('gone', 'gone', 150);
DROP TABLE gone;
RESET search_path;
CALL hotspot.refresh('Burglary', as_of => '2025-12-31 01:00+00');
CALL hotspot.refresh('Burglary', as_of => '2026-01-01 01:00+00');

-- Nobody else may read the weights here, and that has to stay.
REVOKE SELECT ON hotspot.harm_weight FROM PUBLIC;
