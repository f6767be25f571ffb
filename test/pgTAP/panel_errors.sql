-- Every bad input of panel and its readers has its SQLSTATE.  The messages are in sql/.
BEGIN;
SELECT plan(37);

CREATE FUNCTION panel_of(place text, treated_from int, outcome float8 DEFAULT 1) RETURNS hotspot.panel LANGUAGE sql AS
	'SELECT hotspot.panel(p, 1, $3, $2) FROM (VALUES ($1)) AS v (p)';
CREATE TABLE small AS SELECT hotspot.panel(place, period, place * period, CASE WHEN place < 3 THEN 2 END) AS p
FROM generate_series(1::bigint, 4) AS place, generate_series(1, 3) AS period;

SELECT throws_ok(query, state, NULL, query || ': ' || state) FROM (VALUES
	-- 22P02 invalid text, 22P03 invalid binary
	($$SELECT 'xx'::hotspot.panel$$, '22P02'),
	($$SELECT '016e'::hotspot.panel$$, '22P02'),
	($$SELECT (p::text || '00')::hotspot.panel FROM small$$, '22P02'),
	($$SELECT left(p::text, -2)::hotspot.panel FROM small$$, '22P02'),
	-- 22023 invalid values
	($$SELECT panel_of('A', 0)$$, '22023'),
	($$SELECT panel_of('A', 2) + panel_of('A', 3)$$, '22023'),
	($$SELECT panel_of('A', 2) + panel_of('A', NULL)$$, '22023'),
	($$SELECT panel_of('A', 2) + p FROM small$$, '22023'),
	($$SELECT hotspot.panel('A'::text, 1, 1, 2, c) FROM unnest('{1,2}'::bigint[]) AS c$$, '22023'),
	($$SELECT panel_of('A', 2) + (SELECT hotspot.panel('B'::text, 1, 1, 2, 7::bigint))$$, '22023'),
	($$SELECT hotspot.did(hotspot.panel('A'::text, period, 1, 5)) FROM unnest('{1,9}'::int[]) AS period$$, '22023'),
	($$SELECT hotspot.did(panel_of('A', 2, -1), 'poisson')$$, '22023'),
	($$SELECT hotspot.rate_ratio(panel_of('A', 2, -1))$$, '22023'),
	($$SELECT hotspot.skipped(p, 'unit') FROM small$$, '22023'),
	($$SELECT hotspot.did(p, 'logit') FROM small$$, '22023'),
	($$SELECT hotspot.did(p, se => 'hc1') FROM small$$, '22023'),
	($$SELECT hotspot.did(p, 'callaway', 'iid') FROM small$$, '22023'),
	($$SELECT hotspot.did(p, conf_level => 1) FROM small$$, '22023'),
	($$SELECT hotspot.did(p, anticipation => 4001) FROM small$$, '22023'),
	($$SELECT hotspot.att(p, 'all') FROM small$$, '22023'),
	($$SELECT hotspot.event_study(p, base => 'first') FROM small$$, '22023'),
	($$SELECT hotspot.rate_ratio(p, 'hc1') FROM small$$, '22023'),
	($$SELECT hotspot.permutation(p, -1) FROM small$$, '22023'),
	($$SELECT hotspot.wild_bootstrap(p, 0) FROM small$$, '22023'),
	-- 22004 NULL
	($$SELECT hotspot.did(p, NULL) FROM small$$, '22004'),
	($$SELECT hotspot.did(p, control => NULL) FROM small$$, '22004'),
	($$SELECT hotspot.did(p, conf_level => NULL) FROM small$$, '22004'),
	($$SELECT hotspot.event_study(p, anticipation => NULL) FROM small$$, '22004'),
	($$SELECT hotspot.rate_ratio(p, correction => NULL) FROM small$$, '22004'),
	($$SELECT hotspot.permutation(p, seed => NULL) FROM small$$, '22004'),
	-- 22003 out of range
	($$SELECT panel_of('A', 2, 'NaN')$$, '22003'),
	($$SELECT panel_of('A', 2, 'Infinity')$$, '22003'),
	($$SELECT panel_of('A', 2, 1e19)$$, '22003'),
	-- 22008 dates without an end
	($$SELECT hotspot.month_number('infinity')$$, '22008'),
	($$SELECT hotspot.day_number('-infinity')$$, '22008'),
	-- 54000 limits
	($$SELECT hotspot.panel('A'::text, period, 1, NULL) FROM generate_series(1, 4001) AS period$$, '54000'),
	($$SELECT hotspot.did(hotspot.panel(place, period, 0, NULL)) FROM (SELECT place, 1 FROM generate_series(1::bigint, 68000) AS place UNION ALL SELECT 1, period FROM generate_series(2, 4000) AS period) AS v (place, period)$$, '54000')
) AS v (query, state);

SELECT * FROM finish();
ROLLBACK;
