-- report() and tile(): words, numbers and scales, what they refuse. What the page looks like is for the suite "report".
SET client_min_messages = warning;
SET timezone = 'UTC';
\set SHOW_CONTEXT never

-- By the rules of HTML; XML has no character 1.
SELECT hotspot.html('<script>alert("1")</script> & it''s &amp;' || chr(1) || chr(9) || 'x'), hotspot.html(NULL);
SELECT hotspot.number_words(n, d) FROM (VALUES (1234567.5, 0), (0.5, 0), (-0.04, 1), (999.95, 1), (0, 2), (1e15, 0), (12, 3), (NULL, 1)) AS v (n, d);
SELECT hotspot.percent_words(0.12345), hotspot.percent_words(0.12345, 0), hotspot.date_words('2026-11-01'), hotspot.count_words(1, 'event', 'events'),
	hotspot.count_words(2000, 'event', 'events'), hotspot.span_words('1 year 2 months'), hotspot.span_words('1 day'), hotspot.span_words('0');
-- 1, 2, 5 and 10 times a power of ten; for shades more digits.
SELECT v, hotspot.round_up(v), hotspot.shade_step(5 * v) FROM unnest('{0.03,0.1,0.11,1,1.5,2.4,5,7,30001}'::float8[]) AS v;
SELECT hotspot.shade_step(0), hotspot.shade(0, 0, 1), hotspot.shade(-7, 0, 1), hotspot.shade(2.5, 0, 1), hotspot.shade(99, 0, 1), hotspot.shade(40, 20, 10), hotspot.shade(1, 0, 0);
SELECT regexp_replace(hotspot.shade_legend(20, 10, 0, '%'), '<[^>]*>', '', 'g');
SELECT hotspot.change_words(0.78, 'events'), hotspot.change_words(0.78, 'harm'), hotspot.change_words(1.333, 'events'), hotspot.change_words(0.999, 'harm');
SELECT hotspot.status_words('new', 3, NULL), hotspot.status_words('kept', 3, 3), hotspot.status_words('moved', 3, 8), hotspot.status_words('moved', 8, 3), hotspot.status_words('dropped', NULL, 3);
-- A logarithmic axis: a half is as far to the left as double is to the right; what is beyond is at its end.
SELECT hotspot.effect_x(1, 0.5, 100), hotspot.effect_x(0.5, 0.5, 100), hotspot.effect_x(2, 0.5, 100), hotspot.effect_x(4, 0.5, 100), hotspot.effect_x(1.2, 0.5, 100) + hotspot.effect_x(1 / 1.2, 0.5, 100);
SELECT * FROM hotspot.length_unit(27700), hotspot.length_unit(2263) AS f (feet), hotspot.length_unit(0) AS u (unknown);

-- Labels: alone on the place; of places close to each other none covers another, or a place, and all have one.
SELECT hotspot.map_labels(ARRAY[point '(100,100)', '(300,100)'], 400, 200, 10);
CREATE TEMP TABLE place AS
SELECT n, point(200 + 30 * cosd(n * 137), 150 + 30 * sind(n * 137)) AS place FROM generate_series(1, 30) n UNION ALL SELECT 31, point '(1,1)';
CREATE TEMP TABLE label AS SELECT n, l.label FROM unnest(hotspot.map_labels((SELECT array_agg(place ORDER BY n) FROM place), 400, 300, 9)) WITH ORDINALITY l (label, n);
SELECT count(*), count(label), count(*) FILTER (WHERE label[0] BETWEEN 9 AND 391 AND label[1] BETWEEN 9 AND 291) AS inside FROM label;
SELECT min(a.label <-> b.label) >= 20 AS apart FROM label a JOIN label b ON a.n < b.n;
SELECT min(l.label <-> p.place) >= 9 AS free FROM label l JOIN place p ON p.n <> l.n;

-- Pages that cannot be.
SELECT hotspot.report(NULL);
SELECT hotspot.report('nothing');
CREATE SCHEMA force;
CREATE TABLE force.crime AS SELECT ST_SetSRID(ST_MakePoint(530050, 180050), 27700) AS geom, timestamptz '2024-03-01 12:00+00' AS at, 3.0 AS harm;
INSERT INTO hotspot.programme (name, events, grid, history) VALUES ('one', 'force.crime', 100, '7 days');
SELECT hotspot.report('one');

-- Tiles: one cell, of 100 m, near Charing Cross. At zoom 0 and 12 the tile that has it; at 12 by the formula of slippy maps.
SELECT hotspot.tile(0, 0, 0) AS nothing_yet;
CALL hotspot.refresh('one', as_of => '2024-03-03');
SELECT longitude, latitude, x, y, (SELECT count(*) FROM generate_series(x - 1, x + 1) AS i, generate_series(y - 1, y + 1) AS j WHERE length(hotspot.tile(12, i, j)) > 0) AS tiles,
	length(hotspot.tile(12, x, y)) > 0 AS is_there, hotspot.tile(12, x, y) = hotspot.tile(12, x, y, 'one') AS same, length(hotspot.tile(12, x, y, 'another')) AS another
FROM (SELECT round(longitude::numeric, 3) AS longitude, round(latitude::numeric, 3) AS latitude, floor((longitude + 180) / 360 * 4096)::int AS x,
	floor((1 - ln(tand(latitude) + 1 / cosd(latitude)) / pi()) / 2 * 4096)::int AS y FROM hotspot.current_hot_spots) c;
SELECT hotspot.tile(-1, 0, 0);
SELECT hotspot.tile(25, 0, 0);
SELECT hotspot.tile(3, 8, 0);
SELECT hotspot.tile(3, 0, -1);
SELECT hotspot.tile(24, 16777215, 16777215);
SELECT hotspot.tile(NULL, 0, 0), hotspot.tile(0, NULL, 0);
SELECT hotspot.tile(0, 0, NULL);
-- Where nobody knows where it is.
UPDATE force.crime SET geom = ST_SetSRID(geom, 0);
CALL hotspot.refresh('one', full => true, as_of => '2024-03-03');
SELECT length(hotspot.tile(0, 0, 0)), length(hotspot.report('one')) > 5000 AS page;

DROP SCHEMA force CASCADE;
DELETE FROM hotspot.programme;
