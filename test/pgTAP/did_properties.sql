-- did() against formulas in SQL, and order-free: the same rows give the same bytes and the same answer, whatever their
-- order and the plan.
BEGIN;
SELECT plan(24);

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Outcomes with many digits, of 60 places with unequal numbers of rows; some rows are left out.
CREATE TABLE outcome AS
SELECT n, CASE WHEN n % 97 > 0 THEN 'place ' || p END AS place, p AS number, p % 3 = 0 AS treated,
	CASE WHEN n % 89 > 0 THEN pick(n, 2, 3) > 0 END AS post,
	CASE WHEN n % 83 > 0 THEN (pick(n, 3, 100000) - 30000) * 0.001 / (1 + pick(p, 4, 7)) + pick(p, 5, 30) END AS y, n % 12 AS month
FROM generate_series(1, 6000) AS n, LATERAL (SELECT pick(n % 700, 1, 60) AS p) AS q;
INSERT INTO outcome SELECT n, NULL, 1, true, true, 1, 12 FROM generate_series(6001, 12000) AS n;
ALTER TABLE outcome SET (parallel_workers = 4);
ANALYZE outcome;

-- The states themselves.
CREATE AGGREGATE places(float8, boolean, boolean, text) (SFUNC = hotspot.did_places_add_text, STYPE = hotspot.did_places, COMBINEFUNC = hotspot.did_places_merge, PARALLEL = SAFE);
CREATE AGGREGATE cells(float8, boolean, boolean) (SFUNC = hotspot.did_cells_add, STYPE = hotspot.did_cells, COMBINEFUNC = hotspot.did_cells_merge, PARALLEL = SAFE);
CREATE AGGREGATE joined(hotspot.did_places) (SFUNC = hotspot.did_places_merge, STYPE = hotspot.did_places);
CREATE AGGREGATE joined(hotspot.did_cells) (SFUNC = hotspot.did_cells_merge, STYPE = hotspot.did_cells);

CREATE FUNCTION one_way(how text, kind text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE 'SELECT (' || replace(replace(how, 'STATE(', CASE kind WHEN 'did_places' THEN 'places(y, treated, post, place' ELSE 'cells(y, treated, post' END), 'TYPE', 'hotspot.' || kind) || ')::text'
	INTO answer;
	RETURN answer;
END
$$;

SET LOCAL max_parallel_workers_per_gather = 0;
CREATE TABLE answer AS SELECT kind, one_way('(SELECT STATE() FROM outcome)', kind) AS bytes FROM unnest('{did_cells,did_places}'::text[]) AS kind;
SELECT ok(one_way(how, kind) = bytes, 'same bytes of ' || kind || ': ' || name) FROM answer, (VALUES
	('descending', '(SELECT STATE() FROM (SELECT * FROM outcome ORDER BY n DESC) AS q)'),
	('shuffled', '(SELECT STATE( ORDER BY hashint8(n)) FROM outcome)'),
	('by month, backwards', '(SELECT joined(s ORDER BY month DESC) FROM (SELECT month, STATE() AS s FROM outcome GROUP BY month) AS q)'),
	('one row each', '(SELECT joined(s) FROM (SELECT STATE() AS s FROM outcome GROUP BY n) AS q)'),
	('split in four', '(SELECT joined(s) FROM (SELECT STATE() AS s FROM outcome GROUP BY pick(n, 9, 4)) AS q)'),
	('read back from text', '(SELECT joined(t::TYPE) FROM (SELECT STATE()::text AS t FROM outcome GROUP BY month) AS q)')
) AS way (name, how);

-- Any number of workers.
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE TABLE by_workers (workers integer, effect text);
DO $$
DECLARE
	workers integer;
BEGIN
	FOR workers IN 0 .. 4 LOOP
		PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
		-- CREATE TABLE AS may use workers, INSERT ... SELECT may not.
		CREATE TABLE by_worker AS SELECT hotspot.did(y, treated, post, place) AS a, hotspot.did(y, treated, post, number::bigint) AS b, hotspot.did(y, treated, post) AS c FROM outcome WHERE number <> 1;
		INSERT INTO by_workers SELECT workers, format('%s %s %s', a, b, c) FROM by_worker;
		DROP TABLE by_worker;
	END LOOP;
END
$$;
SELECT is(count(DISTINCT effect), 1::bigint, '0 to 4 workers: the same answer to the last bit') FROM by_workers;
CREATE FUNCTION plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF) ' || query LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END
$$;
SELECT ok(plan_of('SELECT hotspot.did(y, treated, post, place) FROM outcome') LIKE '%Partial Aggregate%', 'the aggregate goes to workers');
SET LOCAL max_parallel_workers_per_gather = 0;

-- Windows read the state between rows and must not disturb it.
SELECT is(count(*), 0::bigint, 'running answers are those of each beginning')
FROM (SELECT n, (hotspot.did(y, treated, post, place) OVER (ORDER BY n))::text AS running FROM outcome WHERE n <= 200) AS q
WHERE running <> (SELECT hotspot.did(y, treated, post, place)::text FROM outcome WHERE n <= q.n);

-- The formulas in SQL, from rows whose outcome was rounded to 1e-12.
CREATE TABLE kept AS SELECT n, place, treated, post, round(y::numeric, 12) AS y FROM outcome WHERE num_nulls(place, post, y) = 0;
CREATE TABLE mean AS SELECT treated, post, count(*) AS n, avg(y) AS y FROM kept GROUP BY treated, post;
CREATE TABLE expected AS
SELECT (SELECT sum(CASE WHEN treated = post THEN y ELSE -y END) FROM mean) AS estimate,
	(SELECT sum(influence ^ 2) FROM (SELECT place, sum(CASE WHEN treated = post THEN 1 ELSE -1 END * (kept.y - mean.y) / mean.n) AS influence FROM kept JOIN mean USING (treated, post) GROUP BY place) AS q)
		* (SELECT count(DISTINCT place) / (count(DISTINCT place) - 1.0) * (count(*) - 1.0) / (count(*) - 3.0) FROM kept) AS clustered,
	(SELECT sum((kept.y - mean.y) ^ 2) / (count(*) - 4) FROM kept JOIN mean USING (treated, post)) * (SELECT sum(1.0 / n) FROM mean) AS iid;
CREATE TABLE found AS SELECT hotspot.did(y, treated, post, place) AS places, hotspot.did(y, treated, post) AS cells FROM outcome WHERE place IS NOT NULL;
SELECT ok(abs((places).estimate / estimate::float8 - 1) < 1e-13 AND (places).estimate = (cells).estimate, 'the estimate is that of SQL') FROM found, expected;
SELECT ok(abs((places).std_error / sqrt(clustered)::float8 - 1) < 1e-12, 'and its clustered standard error') FROM found, expected;
SELECT ok(abs((cells).std_error / sqrt(iid)::float8 - 1) < 1e-12, 'and that of independent rows') FROM found, expected;
SELECT is((places).df || ' ' || (places).n || ' ' || (cells).df, (SELECT count(DISTINCT place) - 1 || ' ' || count(*) || ' ' || count(*) - 4 FROM kept), 'degrees of freedom and rows') FROM found;
SELECT ok(abs((places).statistic - (places).estimate / (places).std_error) < 1e-12 AND abs(((places).conf_low + (places).conf_high) / 2 - (places).estimate) < 1e-12, 'the interval lies about the estimate') FROM found;

-- Invariances, of outcomes in whole numbers.
CREATE TABLE whole AS SELECT place, treated, post, round(y) AS y FROM kept;
SELECT ok((a).estimate * 8 = (b).estimate AND (a).std_error * 8 = (b).std_error AND (a).p_value = (b).p_value, 'eight times the outcome: eight times the answer')
FROM (SELECT hotspot.did(y, treated, post, place) AS a, hotspot.did(y * 8, treated, post, place) AS b FROM whole) AS q;
SELECT ok((a).estimate = (b).estimate AND (a).std_error = (b).std_error AND (c).std_error = (d).std_error, 'a million more: the same answer to the last bit')
FROM (SELECT hotspot.did(y, treated, post, place) AS a, hotspot.did(y + 1e6, treated, post, place) AS b, hotspot.did(y, treated, post) AS c, hotspot.did(y + 1e6, treated, post) AS d FROM whole) AS q;
SELECT ok((a).estimate = -(b).estimate AND (a).std_error = (b).std_error, 'the groups the other way round: the other sign')
FROM (SELECT hotspot.did(y, treated, post, place) AS a, hotspot.did(y, NOT treated, post, place) AS b FROM whole) AS q;
-- A place of its own for each row.
SELECT is((a).n, (a).df::bigint + 1, 'a place a row: as many clusters as rows') FROM (SELECT hotspot.did(y, treated, post, row_number) AS a FROM (SELECT *, row_number() OVER () FROM whole) AS q) AS r;

SELECT * FROM finish();
ROLLBACK;
