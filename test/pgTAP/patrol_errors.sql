-- Every bad input of patrol and its readers has its SQLSTATE.  The messages are in sql/.
BEGIN;
SELECT plan(30);

CREATE FUNCTION patrol_of(unit text, arrived timestamptz, departed timestamptz) RETURNS hotspot.patrol LANGUAGE sql AS
	'SELECT hotspot.patrol(u, $2, $3) FROM (VALUES ($1)) AS v (u)';
CREATE FUNCTION patrol_of(unit bigint) RETURNS hotspot.patrol LANGUAGE sql AS
	$$SELECT hotspot.patrol(u, '{[2024-01-01,2024-01-02)}'::tstzmultirange) FROM (VALUES ($1)) AS v (u)$$;

SELECT throws_ok(query, state, NULL, query || ': ' || state) FROM (VALUES
	-- 22P02 invalid text
	($$SELECT 'xx'::hotspot.patrol$$, '22P02'),
	($$SELECT '0170'::hotspot.patrol$$, '22P02'),
	-- 22023 invalid parameter
	($$SELECT patrol_of('a', '2024-01-02', '2024-01-01')$$, '22023'),
	($$SELECT hotspot.patrol(1, '{}'::tstzmultirange, false, false, false, -1)$$, '22023'),
	($$SELECT patrol_of('1', '2024-01-01', '2024-01-02') + patrol_of(1)$$, '22023'),
	($$SELECT hotspot.patrol(1, '2024-01-01'::timestamp, '2024-01-02'::timestamp, 'Mars/Olympus')$$, '22023'),
	($$SELECT hotspot.skipped(patrol_of(1), 'nothing')$$, '22023'),
	($$SELECT * FROM hotspot.dosage(patrol_of(1), 'Mars/Olympus')$$, '22023'),
	($$SELECT * FROM hotspot.dosage(patrol_of(1), day_start => '1 day')$$, '22023'),
	($$SELECT * FROM hotspot.dosage(patrol_of(1), merge_gap => '1 month')$$, '22023'),
	($$SELECT * FROM hotspot.dosage(patrol_of(1), since => '2024-01-02', until => '2024-01-01')$$, '22023'),
	($$SELECT * FROM hotspot.compliance(patrol_of(1), -1, '0', 0)$$, '22023'),
	($$SELECT * FROM hotspot.compliance(patrol_of(1), 1, '0', 10, 9)$$, '22023'),
	($$SELECT * FROM hotspot.compliance(patrol_of(1), 1, '10 min', 10, max_dwell => '9 min')$$, '22023'),
	($$SELECT * FROM hotspot.koper(patrol_of(1), '{}', '0')$$, '22023'),
	($$SELECT * FROM hotspot.koper(patrol_of(1), '{}', lengths => '{2 min,1 min}')$$, '22023'),
	($$SELECT * FROM hotspot.koper(patrol_of(1), '{}', conf_level => 95)$$, '22023'),
	($$SELECT * FROM hotspot.exposure(patrol_of(1), '{}', '{1 min}')$$, '22023'),
	($$SELECT * FROM hotspot.exposure(patrol_of(1), '{}', during => 'empty')$$, '22023'),
	-- 22004 NULL
	($$SELECT hotspot.patrol(1, '2024-01-01'::timestamp, '2024-01-02'::timestamp, NULL)$$, '22004'),
	($$SELECT * FROM hotspot.dosage(patrol_of(1), NULL)$$, '22004'),
	($$SELECT * FROM hotspot.compliance(patrol_of(1), 1, NULL, 0)$$, '22004'),
	($$SELECT * FROM hotspot.koper(patrol_of(1), NULL)$$, '22004'),
	($$SELECT * FROM hotspot.koper(patrol_of(1), '{}', lengths => '{NULL}')$$, '22004'),
	($$SELECT * FROM hotspot.exposure(patrol_of(1), NULL)$$, '22004'),
	-- 22008 no such time, 22003 out of range, 2202E not one list, 54000 too much
	($$SELECT * FROM hotspot.dosage(patrol_of(1), until => 'infinity')$$, '22008'),
	($$SELECT * FROM hotspot.exposure(patrol_of(1), '{}', during => '(,2024-01-01)')$$, '22008'),
	($$SELECT * FROM (SELECT hotspot.patrol(u, '{[2024-01-01,2024-01-02)}'::tstzmultirange, false, false, false, 9223372036854775807) AS p FROM generate_series(1, 2) AS u) AS q, hotspot.dosage(p)$$, '22003'),
	($$SELECT * FROM hotspot.koper(patrol_of(1), '{{2024-01-01},{2024-01-02}}')$$, '2202E'),
	($$SELECT * FROM hotspot.dosage(patrol_of('a', '1024-01-01', '2024-01-01'))$$, '54000')
) AS v (query, state);

SELECT * FROM finish();
ROLLBACK;
