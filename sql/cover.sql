-- 300 m by 450 m hold two by three squares of 150 m; a hole takes one out.
SELECT c.cell, c.events, c.harm FROM hotspot.cells(hotspot.cover(ST_MakeEnvelope(0, 0, 300, 450, 27700), 150)) AS c;
SELECT hotspot.size(hotspot.cover('SRID=27700;POLYGON((0 0,300 0,300 450,0 450,0 0),(150 150,300 150,300 300,150 300,150 150))', 150));
SELECT hotspot.size(hotspot.cover('SRID=27700;MULTIPOLYGON(((0 0,150 0,150 150,0 150,0 0)),((-300 -300,-150 -300,-150 -150,-300 -150,-300 -300)))', 150));

-- By the centre: a centre on the left or lower edge is in, on the others out.
SELECT hotspot.size(hotspot.cover(ST_MakeEnvelope(75, 75, 225, 225, 27700), 150)) AS edges,
	hotspot.size(hotspot.cover(ST_MakeEnvelope(76, 76, 225, 225, 27700), 150)) AS none,
	hotspot.size(hotspot.cover(ST_MakeEnvelope(75, 75, 226, 226, 27700), 150)) AS four;
SELECT hotspot.size(s), hotspot.srid(s) FROM hotspot.cover('SRID=27700;POLYGON EMPTY', 150) AS s;

-- An overlap of parts is even: outside, as in any self-crossing polygon.
SELECT hotspot.size(hotspot.cover('SRID=27700;MULTIPOLYGON(((0 0,300 0,300 150,0 150,0 0)),((150 0,450 0,450 150,150 150,150 0)))', 150));

-- Hexagons: 7 centres lie within 1.8 edges of the origin.
SELECT c.cell FROM hotspot.cells(hotspot.cover(ST_Buffer('SRID=27700;POINT(0 0)'::geometry, 180), 'hexagon 100')) AS c;

-- fill: the bounding rectangle, or an area; what lies outside is counted.
CREATE TABLE crime (geom geometry);
INSERT INTO crime VALUES ('SRID=27700;POINT(10 10)'), ('SRID=27700;POINT(10 10)'), ('SRID=27700;POINT(460 310)'), (NULL);
SELECT hotspot.size(s), hotspot.occupied(s), hotspot.events(s), hotspot.size(hotspot.fill(s)) AS filled, hotspot.occupied(hotspot.fill(s)), hotspot.events(hotspot.fill(s))
FROM (SELECT hotspot.surface(geom, 150) AS s FROM crime) AS q;
SELECT hotspot.size(f), hotspot.occupied(f), hotspot.events(f), hotspot.skipped(f), hotspot.skipped(f, 'outside')
FROM (SELECT hotspot.fill(hotspot.surface(geom, 150), ST_MakeEnvelope(0, 0, 300, 300, 27700)) AS f FROM crime) AS q;
SELECT hotspot.fill(NULL) IS NULL, hotspot.fill(NULL, NULL) IS NULL;
SELECT hotspot.size(hotspot.fill(hotspot.surface(geom, 150))) FROM crime WHERE geom IS NULL;

-- A stray point.
INSERT INTO crime VALUES ('SRID=27700;POINT(15000 15000)');
SELECT hotspot.size(hotspot.fill(hotspot.surface(geom, 150))) FROM crime;
INSERT INTO crime VALUES ('SRID=27700;POINT(1e9 1e9)');
SELECT hotspot.size(hotspot.fill(hotspot.surface(geom, 150))) FROM crime;

-- What has no cells.
SELECT hotspot.cover(NULL, 150);
SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1, 1, 27700), NULL);
SELECT hotspot.cover('SRID=27700;POINT(1 1)', 150);
SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1, 1, 4326), 150);
SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1e6, 1e6, 27700), 1);
SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1e12, 1e12, 27700), 1);
SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 'NaN', 1, 27700), 1);
SELECT hotspot.fill(hotspot.surface(geom, 150), NULL) FROM crime;
SELECT hotspot.fill(hotspot.surface(geom, 150), ST_MakeEnvelope(0, 0, 1, 1, 3857)) FROM crime;
DROP TABLE crime;
