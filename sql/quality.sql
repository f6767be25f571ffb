-- A table with one of everything, counted by hand in the comment behind each row.
CREATE TABLE crime (id integer, geom geometry, start timestamptz, finish timestamptz);
INSERT INTO crime VALUES
  (1, NULL, '2016-03-01 12:00+00', '2016-03-01 13:00+00'),                             -- missing
  (2, 'SRID=27700;POINT EMPTY', '2016-03-01 12:00+00', '2016-03-01 11:59+00'),         -- empty; finish before start
  (3, 'SRID=27700;MULTIPOINT ((1 1))', '2016-01-01 00:00+00', NULL),                   -- not a point; midnight, first of month
  (4, 'SRID=27700;POINT (NaN 1)', '2016-01-02 00:00+00', 'infinity'),                  -- not finite; midnight; not finished
  (5, 'SRID=27700;POINT (0 0)', '2016-06-30 23:00+00', '2016-06-30 23:00+00'),         -- origin; midnight of 1 July by summer time
  (6, 'SRID=27700;POINT (-0 0)', '2016-07-01 00:00+00', NULL),                         -- origin, repeated; 01:00 by summer time
  (7, 'SRID=4326;POINT (5 5)', NULL, '2016-07-01 00:00+00'),                           -- other SRID; no start
  (8, 'SRID=27700;POINT (5 5)', '-infinity', NULL),                                    -- no start
  (9, 'SRID=27700;POINT (10 5)', now(), now() - interval '1 us'),                      -- right boundary: outside; finish before start
  (10, 'SRID=27700;POINT (5 10)', now() + interval '1 us', NULL),                      -- upper boundary: outside; in the future
  (11, 'SRID=27700;POINT Z (5 5 7)', '2016-03-26 23:59:59.999999+00', NULL),           -- with 8; a microsecond before midnight
  (12, 'SRID=27700;POINT (11 5)', '2016-03-27 00:00+00', NULL);                        -- outside; midnight on which the clocks change

-- Rows 9 and 10 hinge on now(), so that they must be of one transaction with the answer.
BEGIN;
UPDATE crime SET start = now(), finish = now() - interval '1 us' WHERE id = 9;
UPDATE crime SET start = now() + interval '1 us' WHERE id = 10;
CREATE TABLE report AS
SELECT hotspot.quality(geom, start, finish, 'SRID=27700;POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))', 'Europe/London') AS r FROM crime;
COMMIT;
SELECT (r).rows, (r).located, (r).srid, (r).points, (r).repeated_from, (r).repeated_points, (r).tested, (r).timed, (r).finished FROM report;
SELECT check_name, events, of_events, round(share::numeric, 6) AS share FROM report, hotspot.checks(r);
SELECT check_name, note FROM report, hotspot.checks(r);
SELECT ST_AsEWKT(p.geom) AS geom, p.events, p.share FROM report, unnest((r).most_repeated) AS p;

-- Without an area the SRID is the commonest, or the smallest of these.
SELECT (q).srid, (q).other_srid, (q).tested, (q).outside, (q).outside_share
FROM (SELECT hotspot.quality(geom, NULL, NULL, NULL, NULL) AS q FROM crime) AS s;
SELECT (q).srid, (q).other_srid FROM (SELECT hotspot.quality(geom, NULL, NULL, NULL, NULL) AS q
  FROM (VALUES ('SRID=27700;POINT (1 1)'::geometry), ('SRID=4326;POINT (1 1)'), ('POINT (1 1)')) AS v (geom)) AS s;
-- An area in another reference system than the points tests none of them.
SELECT check_name, events, of_events, share, note
FROM (SELECT hotspot.quality(geom, NULL, NULL, 'SRID=4326;POLYGON ((0 0, 1 0, 1 1, 0 0))', NULL) AS q
  FROM (VALUES ('SRID=27700;POINT (1 1)'::geometry), ('SRID=27700;POINT (1 1)')) AS v (geom)) AS s, hotspot.checks(q)
WHERE check_name IN ('other_srid', 'outside');
-- No row, no row with a place, and NULL.
SELECT check_name, events, of_events, share, note FROM (SELECT hotspot.quality(geom, start, finish, NULL, 'UTC') AS q FROM crime WHERE false) AS s, hotspot.checks(q);
SELECT (q).rows, (q).missing_share, (q).located, (q).srid, (q).at_origin_share, (q).most_repeated
FROM (SELECT hotspot.quality(NULL, NULL, NULL, NULL, NULL) AS q FROM generate_series(1, 3)) AS s;
SELECT count(*) FROM hotspot.checks(NULL);

-- Heavily repeated: one event in 1000, and at least 10. Points of 9, 10 and 11 events among 1,000 and among 10,001.
CREATE TABLE repeated AS
SELECT least(k, 3) AS k, ST_Point(CASE WHEN k <= 3 THEN k ELSE n END, CASE WHEN k <= 3 THEN 0 ELSE k END) AS geom
FROM (VALUES (1, 9), (2, 10), (3, 11), (4, 970), (5, 9001)) AS v (k, times), generate_series(1, times) AS n;
SELECT (q).located, (q).points, (q).repeated_from, (q).repeated_points, (q).repeated, (q).repeated_share
FROM (SELECT hotspot.quality(geom, NULL, NULL, NULL, NULL) AS q FROM repeated WHERE k < 3 OR ST_Y(geom) < 5) AS s;
SELECT (q).located, (q).points, (q).repeated_from, (q).repeated_points, (q).repeated, (q).repeated_share
FROM (SELECT hotspot.quality(geom, NULL, NULL, NULL, NULL) AS q FROM repeated) AS s;
SELECT p.events, ST_AsText(p.geom) AS geom FROM (SELECT hotspot.quality(geom, NULL, NULL, NULL, NULL) AS q FROM repeated) AS s, unnest((q).most_repeated) AS p;
SELECT c.note FROM (SELECT hotspot.quality(geom, NULL, NULL, NULL, NULL) AS q FROM repeated) AS s, hotspot.checks(q) AS c WHERE check_name = 'repeated_points';
-- Ties of the most repeated: by SRID, x and y; ten at most, of two events or more.
SELECT count(*), min(ST_AsEWKT((p).geom)), (array_agg(ST_AsEWKT((p).geom) ORDER BY n))[10] AS tenth
FROM (SELECT hotspot.quality(ST_SetSRID(ST_Point(k % 3, k / 3), 100 + k % 2), NULL, NULL, NULL, NULL) AS q FROM generate_series(1, 12) AS k, generate_series(1, 2)) AS s,
  unnest((q).most_repeated) WITH ORDINALITY AS p (geom, events, share, n);

-- Wall times of the zone, whatever that of the session.
SET TimeZone = 'Asia/Tokyo';
SELECT (q).at_midnight, (q).first_of_month, (q).finished, (q).finish_before_start, (q).in_future
FROM (SELECT hotspot.quality(NULL, start, finish, NULL, 'Europe/London') AS q
  FROM (VALUES ('2016-07-01 00:00'::timestamp, '2016-07-01 00:00'::timestamp), ('2016-07-02 00:00', '2016-07-01 23:00'), ('2016-07-01 01:00', NULL), (NULL, NULL)) AS v (start, finish)) AS s;
SELECT tz, (q).at_midnight FROM (SELECT tz, hotspot.quality(NULL, at, NULL, NULL, tz) AS q
  FROM (VALUES ('2016-07-01 00:00+01'::timestamptz), ('2016-07-01 00:00+02')) AS v (at), unnest('{Europe/London,Europe/Berlin}'::text[]) AS tz GROUP BY tz) AS s ORDER BY tz;
-- Dates have no hour.
SELECT (q).timed, (q).at_midnight, (q).first_of_month, (q).finished, (q).finish_before_start
FROM (SELECT hotspot.quality(NULL, start, finish, NULL, 'Europe/London') AS q
  FROM (VALUES ('2016-07-01'::date, '2016-07-02'::date), ('2016-07-02', '2016-07-01'), ('infinity', NULL), (NULL, NULL)) AS v (start, finish)) AS s;
-- Wall time now is that of the zone.
SELECT tz, (q).in_future FROM (SELECT tz, hotspot.quality(NULL, (now() AT TIME ZONE tz) + d, NULL, NULL, tz) AS q
  FROM (VALUES (interval '-1 us'), ('0'), ('1 us')) AS v (d), unnest('{UTC,Pacific/Kiritimati}'::text[]) AS tz GROUP BY tz) AS s ORDER BY tz;
RESET TimeZone;

-- As a window: what was told stays so.
SELECT id, (hotspot.quality(geom, start, finish, 'SRID=27700;POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))', 'Europe/London') OVER (ORDER BY id)).outside
FROM crime WHERE id > 8 ORDER BY id;

-- Areas: with a hole, of two parts, empty.
SELECT area, (q).outside FROM (SELECT ST_AsText(area) AS area, hotspot.quality(ST_Point(x + 0.5, 0.5), NULL, NULL, area, NULL) AS q
  FROM generate_series(0, 9) AS x, (VALUES ('POLYGON ((0 0, 9 0, 9 1, 0 1, 0 0), (2 0, 4 0, 4 1, 2 1, 2 0))'::geometry),
    ('MULTIPOLYGON (((0 0, 1 0, 1 1, 0 1, 0 0)), ((5 0, 7 0, 7 1, 5 1, 5 0)))'), ('POLYGON EMPTY'), ('POLYGON ((0 0, 1 0, 2 0, 0 0))')) AS v (area)
  GROUP BY area) AS s ORDER BY area;

-- The same area in another form is the same: with a box, in two tables, on both sides of TOAST.
CREATE TABLE force (name text, area geometry);
INSERT INTO force VALUES ('a', ST_Buffer('SRID=27700;POINT (5 5)', 7, 500)), ('b', ST_Buffer('SRID=27700;POINT (5 5)', 7, 500));
SELECT (q).tested, (q).outside FROM (SELECT hotspot.quality(geom, NULL, NULL, area, NULL) AS q FROM crime, force) AS s;
SELECT (q).tested, (q).outside FROM (SELECT hotspot.quality(geom, NULL, NULL, CASE id % 3 WHEN 0 THEN area WHEN 1 THEN postgis_addbbox(area) ELSE postgis_dropbbox(area) END, NULL) AS q
  FROM crime, force WHERE name = 'a') AS s;

-- Errors: what varies, what is not given, what is nothing of the kind.
\set VERBOSITY sqlstate
SELECT hotspot.quality(geom, NULL, NULL, ST_Buffer(area, id), NULL) FROM crime, force;
SELECT hotspot.quality(geom, NULL, NULL, ST_SetSRID(area, 27700 + id), NULL) FROM crime, force;
\set VERBOSITY default
SELECT hotspot.quality(geom, NULL, NULL, area, NULL) FROM crime, (VALUES ('POLYGON ((0 0, 1 0, 1 1, 0 0))'::geometry), ('POLYGON ((0 0, 1 0, 2 1, 0 0))')) AS v (area);
SELECT hotspot.quality(geom, NULL, NULL, CASE WHEN id > 1 THEN area END, NULL) FROM (SELECT * FROM crime, force ORDER BY id) AS s;
SELECT hotspot.quality(geom, start, NULL, NULL, CASE WHEN id > 1 THEN 'Europe/London' ELSE 'UTC' END) FROM (SELECT * FROM crime ORDER BY id) AS s;
SELECT hotspot.quality(geom, start, NULL, NULL, NULL) FROM crime;
SELECT hotspot.quality(geom, NULL, finish, NULL, NULL) FROM crime;
SELECT hotspot.quality(geom, start, NULL, NULL, 'BST') FROM crime;
SELECT hotspot.quality(geom, start, NULL, NULL, 'Europe/Londinium') FROM crime;
SELECT hotspot.quality(geom, start, NULL, NULL, '') FROM crime;
SELECT hotspot.quality(geom, NULL, NULL, 'LINESTRING (0 0, 1 1)', NULL) FROM crime;
SELECT hotspot.quality(geom, NULL, NULL, 'POLYGON ((0 0, 1e16 0, 1 1, 0 0))', NULL) FROM crime;
SELECT hotspot.quality(ST_SetSRID(ST_Point(1, 1), n), NULL, NULL, NULL, NULL) FROM generate_series(1, 65) AS n;
DROP TABLE crime, report, repeated, force;
