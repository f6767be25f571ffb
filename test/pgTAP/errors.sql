-- Every bad input has its SQLSTATE.  The messages are in sql/.
BEGIN;
SELECT plan(65);

CREATE FUNCTION surface_of(geometry, float8, hotspot.grid) RETURNS hotspot.surface LANGUAGE sql AS
	'SELECT hotspot.surface(g, $2, $3) FROM (VALUES ($1)) AS v (g)';

CREATE FUNCTION zones_of(geometry) RETURNS hotspot.zones LANGUAGE sql AS
	'SELECT hotspot.zones(''Z'', g) FROM (VALUES ($1)) AS v (g)';
-- A unit in a zone, asked with one argument out of the ordinary.
CREATE FUNCTION seen(max_gap interval = '5 min', still_gap interval = NULL, max_speed float8 = NULL) RETURNS SETOF text LANGUAGE sql AS
	'SELECT zone FROM (SELECT hotspot.track(''2026-01-01'', ''POINT(0 0)'') AS t) AS q, hotspot.visits(t, zones_of(''POLYGON((0 0,1 0,1 1,0 0))''), $1, still_gap => $2, max_speed => $3)';

SELECT throws_ok(query, state, NULL, query || ': ' || state) FROM (VALUES
	-- 22P02 invalid text
	($$SELECT 'round 3'::hotspot.grid$$, '22P02'),
	($$SELECT '0.1234'::hotspot.grid$$, '22P02'),
	($$SELECT '27700/square150'::hotspot.cell$$, '22P02'),
	($$SELECT '27700/square150/1/99999999999999999999'::hotspot.cell$$, '22P02'),
	($$SELECT 'xx'::hotspot.surface$$, '22P02'),
	($$SELECT '01'::hotspot.surface$$, '22P02'),
	-- 22003 out of range
	($$SELECT '0'::hotspot.grid$$, '22003'),
	($$SELECT '1e300'::numeric::hotspot.grid$$, '22003'),
	($$SELECT 0::hotspot.grid$$, '22003'),
	($$SELECT (-5)::hotspot.grid$$, '22003'),
	($$SELECT 'NaN'::float8::hotspot.grid$$, '22003'),
	($$SELECT '-Infinity'::float8::hotspot.grid$$, '22003'),
	($$SELECT hotspot.cell('POINT(1e300 0)', 150)$$, '22003'),
	($$SELECT hotspot.cell('POINT(0 -322122547201)', 150)$$, '22003'),
	($$SELECT hotspot.cell('POINT(1e10 0)', 'hexagon 1')$$, '22003'),
	($$SELECT surface_of('POINT(1e300 0)', 1, 150)$$, '22003'),
	($$SELECT surface_of('POINT(0 0)', 'NaN', 150)$$, '22003'),
	($$SELECT surface_of('POINT(0 0)', 'Infinity', 150)$$, '22003'),
	($$SELECT surface_of('POINT(0 0)', 9223372036854.775807, 150)$$, '22003'),
	($$SELECT surface_of('POINT(0 0)', 9e12, 150) + surface_of('POINT(0 0)', 9e12, 150)$$, '22003'),
	($$SELECT hotspot.surface('POINT(0 0)', 9e12, 150) FROM generate_series(1, 2)$$, '22003'),
	($$SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1e300, 1), 150)$$, '22003'),
	-- 22023 invalid parameter
	($$SELECT surface_of('POINT(0 0)', -1e-300, 150)$$, '22023'),
	($$SELECT surface_of('POINT(0 0)', '-Infinity', 150)$$, '22023'),
	($$SELECT hotspot.cell('SRID=4326;POINT(0 0)', 150)$$, '22023'),
	($$SELECT surface_of('SRID=4258;POINT(0 0)', 1, 150)$$, '22023'),
	($$SELECT hotspot.cover('SRID=4269;POLYGON((0 0,1 0,1 1,0 0))', 150)$$, '22023'),
	($$SELECT hotspot.cell('LINESTRING(0 0,1 1)', 150)$$, '22023'),
	($$SELECT hotspot.cell('GEOMETRYCOLLECTION(POINT(0 0))', 150)$$, '22023'),
	($$SELECT surface_of('POLYGON((0 0,1 0,1 1,0 0))', 1, 150)$$, '22023'),
	($$SELECT hotspot.cover('CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))', 150)$$, '22023'),
	($$SELECT surface_of('SRID=27700;POINT(0 0)', 1, 150) + surface_of('SRID=3857;POINT(0 0)', 1, 150)$$, '22023'),
	($$SELECT surface_of('POINT(0 0)', 1, 150) + surface_of('POINT(0 0)', 1, 'hexagon 150')$$, '22023'),
	($$SELECT hotspot.fill(surface_of('SRID=27700;POINT(0 0)', 1, 150), ST_MakeEnvelope(0, 0, 1, 1, 3857))$$, '22023'),
	($$SELECT * FROM hotspot.top(surface_of('POINT(0 0)', 1, 150), 0)$$, '22023'),
	($$SELECT * FROM hotspot.top(surface_of('POINT(0 0)', 1, 150), rank_by => 'Harm')$$, '22023'),
	($$SELECT * FROM hotspot.top(surface_of('POINT(0 0)', 1, 150), separation => 'NaN')$$, '22023'),
	($$SELECT * FROM hotspot.top(surface_of('SRID=27700;POINT(0 0)', 1, 150), exclude => 'SRID=3857;POINT(0 0)')$$, '22023'),
	($$SELECT hotspot.skipped(surface_of('POINT(0 0)', 1, 150), 'nothing')$$, '22023'),
	($$SELECT hotspot.harm('Robbery', 'no such scheme')$$, '22023'),
	($$SELECT hotspot.harm('no such offence', 'cchi_2026_demo')$$, '22023'),
	($$SELECT hotspot.decay(now(), now(), '1 month')$$, '22023'),
	-- 22004 NULL
	($$SELECT hotspot.cell('POINT(0 0)', NULL)$$, '22004'),
	($$SELECT surface_of(NULL, 1, NULL)$$, '22004'),
	($$SELECT hotspot.fill(surface_of('POINT(0 0)', 1, 150), NULL)$$, '22004'),
	($$SELECT hotspot.harm(NULL, 'cchi_2026_demo')$$, '22004'),
	-- 22008 no such time
	($$SELECT hotspot.decay('infinity', now(), '1 day')$$, '22008'),
	-- zones and visits
	($$SELECT '017a'::hotspot.zones$$, '22P02'),
	($$SELECT zones_of('POLYGON((0 0,1e16 0,1 1,0 0))')$$, '22023'),
	($$SELECT zones_of('POINT(0 0)')$$, '22023'),
	($$SELECT zones_of('SRID=27700;POLYGON((0 0,1 0,1 1,0 0))') + zones_of('SRID=3857;POLYGON((0 0,1 0,1 1,0 0))')$$, '22023'),
	($$SELECT hotspot.zone_at(zones_of('POLYGON((0 0,1 0,1 1,0 0))'), 'LINESTRING(0 0,1 1)')$$, '22023'),
	($$SELECT hotspot.zone_at(zones_of('POLYGON((0 0,1 0,1 1,0 0))'), 'SRID=27700;POINT(0 0)')$$, '22023'),
	($$SELECT * FROM seen(max_speed => 0)$$, '22023'),
	($$SELECT * FROM seen(still_gap => '1 s')$$, '22023'),
	($$SELECT * FROM seen(max_gap => '1 month')$$, '22023'),
	($$SELECT * FROM seen(max_gap => NULL)$$, '22004'),
	($$SELECT hotspot.zones(NULL::text, 'POLYGON((0 0,1 0,1 1,0 0))')$$, '22004'),
	($$SELECT * FROM seen(max_gap => '106751992 days')$$, '22008'),
	($$SELECT (zones_of('POLYGON((0 0,1 0,1 1,0 0))') + zones_of('POLYGON((0 0,1 0,1 1,0 0))'))::text$$, '23505'),
	($$SELECT zones_of('POLYGON((0 0,1 0,1 1,0 0))') + (SELECT hotspot.zones(1, 'POLYGON((0 0,1 0,1 1,0 0))'))$$, '22023'),
	-- 54000 too much
	($$SELECT hotspot.cover(ST_MakeEnvelope(0, 0, 1e6, 1e6, 27700), 1)$$, '54000')
) AS v (query, state);

-- Text that says too little of itself is refused before a cell is read.
SELECT throws_ok(format('SELECT %L::hotspot.surface', left(s::text, length(s::text) - 2)), '22P02', NULL, 'a surface cut short')
FROM surface_of('POINT(0 0)', 1, 150) AS s;

-- Long work stops when it is cancelled.
CREATE TABLE stopped (what text);
SET LOCAL statement_timeout = '100ms';
DO $$
BEGIN
	PERFORM hotspot.fill(hotspot.surface(g, 150)) FROM (VALUES ('POINT(0 0)'::geometry), ('POINT(600000 600000)')) AS v (g);
EXCEPTION WHEN query_canceled THEN
	INSERT INTO stopped VALUES ('fill');
END
$$;
DO $$
BEGIN
	-- Just below the limit, so that there is no error to be quicker.
	PERFORM hotspot.cover(ST_MakeEnvelope(0, 0, 4096, 4095), 1);
EXCEPTION WHEN query_canceled THEN
	INSERT INTO stopped VALUES ('cover');
END
$$;
SET LOCAL statement_timeout = 0;
SELECT bag_eq('SELECT what FROM stopped', ARRAY['fill', 'cover'], 'fill and cover can be cancelled');

-- The text of a value reads back to the same value.
SELECT is(s::text::hotspot.surface::text, s::text, 'a surface read back') FROM surface_of('POINT(-1e9 1e9)', 0.000001, 150) AS s;

SELECT * FROM finish();
ROLLBACK;
