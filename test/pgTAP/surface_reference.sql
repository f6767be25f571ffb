-- Surfaces against plain SQL over the same rows.
BEGIN;
SELECT plan(7);
SELECT setseed(0.3);

CREATE TABLE event AS
SELECT ST_SetSRID(ST_MakePoint(420000 + random() * 9000, 300000 - random() * 9000), 27700) AS geom,
	(random() * 5000)::numeric(12, 6) AS harm
FROM generate_series(1, 200000);

CREATE TABLE expected AS
SELECT floor(ST_X(geom) / 150)::integer AS i, floor(ST_Y(geom) / 150)::integer AS j, count(*) AS events, sum(harm) AS harm
FROM event GROUP BY 1, 2;

CREATE TABLE actual AS
SELECT hotspot.i(cell) AS i, hotspot.j(cell) AS j, events, harm
FROM (SELECT hotspot.surface(geom, harm::float8, 150) AS s FROM event) AS q, hotspot.cells(s);

SELECT is(count(*), (SELECT count(*) FROM expected), 'every cell has its count and its sum, to the last decimal')
FROM actual AS a JOIN expected AS e USING (i, j) WHERE a.events = e.events AND a.harm = e.harm::float8;
SELECT is(count(*), (SELECT count(*) FROM expected), 'and there is no other cell') FROM actual;

SELECT is(hotspot.harm(hotspot.surface(geom, harm::float8, 150)), sum(harm)::float8, 'so is the sum of all') FROM event;
SELECT is(hotspot.events(hotspot.surface(geom, 150)), count(*), 'and the count of all') FROM event;

-- GROUP BY cell is the same grouping.
SELECT is(count(*), (SELECT count(*) FROM expected), 'GROUP BY cell, hashed')
FROM (SELECT hotspot.cell(geom, 150) AS cell, count(*) AS events FROM event GROUP BY 1) AS q
	JOIN expected AS e ON (hotspot.i(cell), hotspot.j(cell), q.events) = (e.i, e.j, e.events);
SET LOCAL enable_hashagg = off;
SELECT is(count(*), (SELECT count(*) FROM expected), 'GROUP BY cell, sorted')
FROM (SELECT hotspot.cell(geom, 150) AS cell, count(*) AS events FROM event GROUP BY 1) AS q
	JOIN expected AS e ON (hotspot.i(cell), hotspot.j(cell), q.events) = (e.i, e.j, e.events);

-- An index on the expression answers which crimes lie in a cell.
CREATE INDEX event_cell ON event (hotspot.cell(geom, 150));
ANALYZE event;
SET LOCAL enable_seqscan = off;
SELECT is(count(*), (SELECT events FROM expected WHERE i = 2830 AND j = 1980), 'an index on the cell finds its events')
FROM event WHERE hotspot.cell(geom, 150) = '27700/square150/2830/1980';

SELECT * FROM finish();
ROLLBACK;
