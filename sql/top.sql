-- Ties: by the other value, then by i, then by j. Harm 4+2+2+2 = 10.
CREATE TABLE crime (x float8, y float8, harm float8);
INSERT INTO crime VALUES (10, 10, 4), (160, 10, 1), (160, 10, 1), (310, 10, 2), (10, 160, 2), (460, 10, 0);
CREATE VIEW crime_surface AS SELECT hotspot.surface(ST_SetSRID(ST_MakePoint(x, y), 27700), harm, 150) AS s FROM crime;
SELECT t.rank, t.cell, t.events, t.harm, t.share, t.cumulative_share, ST_AsText(t.geom) AS outline FROM crime_surface, hotspot.top(s) AS t;
SELECT t.rank, t.cell, t.events, t.harm, t.share::numeric(6, 4), t.cumulative_share::numeric(6, 4) FROM crime_surface, hotspot.top(s, 3, rank_by => 'events') AS t;

-- Separation is between centres, and a cell just that far away is taken.
SELECT t.rank, t.cell FROM crime_surface, hotspot.top(s, separation => 150) AS t;
SELECT t.rank, t.cell FROM crime_surface, hotspot.top(s, separation => 150.001) AS t;
SELECT t.rank, t.cell FROM crime_surface, hotspot.top(s, separation => 1e9) AS t;

SELECT t.rank, t.cell FROM (SELECT hotspot.surface(ST_MakePoint(i * 0.7 + 0.35 + 1000, 0), '0.7') AS s FROM generate_series(0, 6) AS i) AS q, hotspot.top(s, separation => 2.1) AS t;

-- Excluded is what the geometry touches; shares stay those of the whole.
SELECT t.rank, t.cell, t.share FROM crime_surface, hotspot.top(s, exclude => ST_MakeEnvelope(20, 20, 30, 30, 27700)) AS t;
SELECT t.rank, t.cell FROM crime_surface, hotspot.top(s, exclude => 'SRID=27700;POINT(150 20)') AS t;
SELECT t.rank, t.cell FROM crime_surface, hotspot.top(s, 2, exclude => 'SRID=27700;POLYGON EMPTY') AS t;

-- Empty cells have no rank; without any harm there is no share.
SELECT count(*) FROM hotspot.top(hotspot.cover(ST_MakeEnvelope(0, 0, 300, 300, 27700), 150)) AS t;
SELECT t.rank, t.events, t.share, t.cumulative_share FROM (SELECT hotspot.surface(ST_MakePoint(x, y), 0, 150) AS s FROM crime) AS q, hotspot.top(s, 2) AS t;
SELECT count(*) FROM hotspot.top(NULL) AS t;

-- Degrees without an SRID get a word.
SELECT t.rank, t.cell FROM (SELECT hotspot.surface(g, 150) AS s FROM (VALUES (ST_MakePoint(-1.15, 52.95)), (ST_MakePoint(179, -89))) AS v (g)) AS q, hotspot.top(s) AS t;

SELECT count(*) FROM hotspot.top(hotspot.cover('POLYGON EMPTY', 150)) AS t;

-- What cannot be ranked.
SELECT t.* FROM crime_surface, hotspot.top(s, 0) AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, -1) AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, NULL) AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, rank_by => 'count') AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, rank_by => NULL) AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, separation => -1) AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, separation => 'NaN') AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, separation => 'Infinity') AS t;
SELECT t.* FROM crime_surface, hotspot.top(s, exclude => ST_MakeEnvelope(0, 0, 1, 1, 3857)) AS t;
DROP VIEW crime_surface;
DROP TABLE crime;
