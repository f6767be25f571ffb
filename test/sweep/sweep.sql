-- Rules that every object of the extension keeps, so that they hold for those to come too. A failing test lists the
-- objects that break the rule.
\pset pager off
SET client_min_messages = warning;

-- Members -------------------------------------------------------------------------------------------------------------

CREATE TEMP VIEW member AS
SELECT d.classid, d.objid
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE e.extname = 'hotspot' AND d.deptype = 'e';

CREATE TEMP VIEW member_function AS
SELECT p.*, p.oid::regprocedure::text AS name
FROM pg_proc p
JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid;

CREATE TEMP VIEW member_aggregate AS
SELECT f.name, f.proparallel, a.*
FROM member_function f
JOIN pg_aggregate a ON a.aggfnoid = f.oid;

-- Arrays and the row types of tables, which PostgreSQL makes, are members since version 17.
CREATE TEMP VIEW member_type AS
SELECT t.*, t.oid::regtype::text AS name
FROM pg_type t
JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
WHERE t.typcategory <> 'A' AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind <> 'c');

CREATE TEMP VIEW member_relation AS
SELECT c.*, c.oid::regclass::text AS name
FROM pg_class c
JOIN member m ON m.classid = 'pg_class'::regclass AND m.objid = c.oid;

CREATE TEMP VIEW member_operator AS
SELECT o.*, o.oid::regoperator::text AS name
FROM pg_operator o
JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid;

-- Functions that nobody calls by name: the comment of what they serve is theirs.
CREATE TEMP VIEW support_function AS
SELECT unnest(ARRAY[typinput, typoutput, typreceive, typsend, typmodin, typmodout, typanalyze])::oid AS oid FROM pg_type
UNION SELECT oprcode FROM pg_operator
UNION SELECT amproc FROM pg_amproc
UNION SELECT unnest(ARRAY[aggtransfn, aggcombinefn, aggfinalfn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn,
                          aggmfinalfn])::oid FROM pg_aggregate;

SELECT no_plan();

-- A view that finds nothing would pass every test below.
SELECT cmp_ok((SELECT count(*) FROM member_function), '>', 0::bigint, 'there are functions');
SELECT cmp_ok((SELECT count(*) FROM member_aggregate), '>', 0::bigint, 'there are aggregates');
SELECT cmp_ok((SELECT count(*) FROM member_type), '>', 0::bigint, 'there are types');
SELECT cmp_ok((SELECT count(*) FROM member_relation), '>', 0::bigint, 'there are tables');
SELECT cmp_ok((SELECT count(*) FROM member_operator), '>', 0::bigint, 'there are operators');

-- Comments ------------------------------------------------------------------------------------------------------------

SELECT is_empty($$
	SELECT name FROM member_function
	WHERE obj_description(oid, 'pg_proc') IS NULL AND oid NOT IN (SELECT oid FROM support_function)
$$, 'every function and aggregate for users has a comment');

SELECT is_empty($$
	SELECT name FROM member_type WHERE obj_description(oid, 'pg_type') IS NULL
$$, 'every type has a comment');

SELECT is_empty($$
	SELECT name FROM member_relation WHERE obj_description(oid, 'pg_class') IS NULL
$$, 'every table has a comment');

SELECT is_empty($$
	SELECT name, attname
	FROM member_relation r
	JOIN pg_attribute ON attrelid = r.oid AND attnum > 0 AND NOT attisdropped
	WHERE relkind IN ('r', 'p', 'v', 'm') AND col_description(r.oid, attnum) IS NULL
$$, 'every column of a table has a comment');

SELECT is_empty($$
	SELECT name FROM member_operator WHERE obj_description(oid, 'pg_operator') IS NULL
$$, 'every operator has a comment');

-- Functions -----------------------------------------------------------------------------------------------------------

-- What refreshes the warehouse writes to tables, in PL/pgSQL; all else reads and computes.
CREATE TEMP VIEW warehouse_function AS
SELECT f.* FROM member_function f JOIN pg_language l ON l.oid = f.prolang WHERE l.lanname = 'plpgsql';

SELECT is_empty($$
	SELECT name FROM member_function f
	WHERE (proparallel <> 's' OR provolatile = 'v') AND NOT ((proname LIKE 'refresh%' OR proname LIKE '%\_follow') AND oid IN (SELECT oid FROM warehouse_function))
$$, 'every function is parallel safe and none is volatile, but for those that write');

SELECT is_empty($$
	SELECT name FROM warehouse_function WHERE provolatile = 'v' AND proparallel <> 'u'
$$, 'functions that write run in no worker');

SELECT is_empty($$
	SELECT name FROM member_function WHERE prosecdef
$$, 'no function changes the role');

SELECT is_empty($$
	SELECT name FROM member_function WHERE proconfig IS NOT NULL AND oid NOT IN (SELECT oid FROM warehouse_function)
$$, 'no function in C or SQL changes a setting');

-- A body in quotes is parsed at each call, by the search_path of the caller: a restore has an empty one.
SELECT is_empty($$
	SELECT f.name FROM member_function f JOIN pg_language l ON l.oid = f.prolang
	WHERE l.lanname NOT IN ('c', 'internal') AND NOT (l.lanname = 'sql' AND f.prosqlbody IS NOT NULL)
		AND f.prokind <> 'a' AND f.oid NOT IN (SELECT oid FROM warehouse_function)
$$, 'every function is in C, has a parsed body, or is of the warehouse');

-- Two cannot have a search_path of their own: what commits, and what looks for names as the caller means them.
SELECT is_empty($$
	SELECT name FROM warehouse_function
	WHERE proconfig IS DISTINCT FROM '{"search_path=pg_catalog, pg_temp"}' AND proname NOT IN ('refresh', 'programme_qualify')
$$, 'functions of the warehouse have a search_path of their own');

-- Security barriers let leakproof functions see any row; to compare cells says nothing but how they compare.
SELECT is_empty($$
	SELECT f.name FROM member_function f
	WHERE f.proleakproof AND f.oid NOT IN (SELECT oprcode FROM pg_operator UNION SELECT amproc FROM pg_amproc)
$$, 'only functions of operators and indexes are leakproof');

-- Citus takes an aggregate of such a name for the one in pg_catalog.
SELECT is_empty($$
	SELECT name FROM member_function
	WHERE proname IN ('avg', 'sum', 'count', 'min', 'max', 'array_agg', 'any_value')
$$, 'no function has the name of a common aggregate');

SELECT is_empty($$
	SELECT name FROM member_aggregate WHERE aggcombinefn = 0 OR proparallel <> 's'
$$, 'every aggregate can be combined and run in parallel');

-- A pseudo-type, as internal, does not travel between shards.
SELECT is_empty($$
	SELECT name, aggtranstype::regtype FROM member_aggregate JOIN pg_type t ON t.oid = aggtranstype
	WHERE t.typtype = 'p'
$$, 'the transition type of every aggregate is a type of its own');

-- Types ---------------------------------------------------------------------------------------------------------------

SELECT is_empty($$
	SELECT name FROM member_type WHERE typtype = 'b' AND (typreceive = 0 OR typsend = 0)
$$, 'every type has a binary form');

-- A table makes a row type of its name: surface or cell would then mean one or the other.
SELECT is_empty($$
	SELECT c.oid::regclass
	FROM pg_class c
	JOIN member_type t ON t.typname = c.relname
	WHERE c.relkind <> 'c'
$$, 'no table or view has the name of a type');

-- NULL ----------------------------------------------------------------------------------------------------------------

-- Values to stand beside the NULLs; a type that is not here is only ever NULL.
CREATE TEMP TABLE sample (type regtype, value text);
INSERT INTO sample VALUES
	('geometry', 'SRID=27700;POINT (10 20)'),
	('geometry', 'SRID=27700;POLYGON ((0 0, 0 500, 500 500, 500 0, 0 0))'),
	('geometry', 'SRID=27700;POLYGON EMPTY'),
	('hotspot.grid', 'square 150'),
	('hotspot.cell', '27700/square150/-1/2'),
	('integer', '2'),
	('bigint', '2'),
	('float8', '2'),
	('float8', '0.5'),
	('numeric', '2'),
	('text', 'harm'),
	('text', 'police_uk_demo'),
	('text', 'error'),
	('text', 'Europe/London'),
	('timestamptz', '2026-01-01'),
	('timestamp', '2026-01-01'),
	('numeric', '3'),
	('date', '2026-01-01'),
	('boolean', 'true'),
	('tstzrange', '[2026-01-01, 2026-01-03)'),
	('tstzmultirange', '{[2026-01-01, 2026-01-02), [2026-01-03, 2026-01-04)}'),
	('timestamptz[]', '{2026-01-01, NULL}'),
	('interval[]', '{0, 15 min}'),
	('interval[]', '{1 min, 15 min}'),
	('interval[]', '{0, 1 day}'),
	('float8[]', '{1,1}'),
	('float8[]', '{1,1,1,1}'),
	('float8[]', '{0,100}'),
	('text', 'treated'),
	('text', 'day'),
	('hotspot.effect', '(did,-1,0.5,,-2,0.05,-2,0,0.95,10,)'),
	('interval', '1 hour');
INSERT INTO sample
SELECT 'hotspot.surface', hotspot.surface(geom, 150)::text
FROM (VALUES ('SRID=27700;POINT (10 20)'::geometry), (NULL)) AS point (geom);
INSERT INTO sample
SELECT 'hotspot.surface[]', ARRAY[value::hotspot.surface, value::hotspot.surface]::text FROM sample WHERE type = 'hotspot.surface'::regtype;
INSERT INTO sample
SELECT 'hotspot.incidents', hotspot.incidents(geom, at)::text
FROM (VALUES ('SRID=27700;POINT (10 20)'::geometry, '2026-01-01'::timestamptz), ('SRID=27700;POINT (10 20)', '2026-01-02'), (NULL, NULL)) AS event (geom, at);
INSERT INTO sample
SELECT 'hotspot.track', hotspot.track(at, geom, accuracy)::text
FROM (VALUES ('2026-01-01'::timestamptz, 'SRID=27700;POINT (10 20)'::geometry, 5), ('2026-01-01 00:01', 'SRID=27700;POINT (30 20)', NULL),
	(NULL, NULL, NULL)) AS fix (at, geom, accuracy);
INSERT INTO sample
SELECT 'hotspot.zones', hotspot.zones(id, area)::text
FROM (VALUES ('centre', 'SRID=27700;POLYGON ((0 0, 0 500, 500 500, 500 0, 0 0))'::geometry), ('none', NULL)) AS zone (id, area);
INSERT INTO sample
SELECT 'hotspot.patrol', hotspot.patrol(unit, '{[2026-01-01, 2026-01-02)}')::text
FROM (VALUES ('AB12'), (NULL)) AS visit (unit);
INSERT INTO sample
SELECT 'hotspot.trial', hotspot.trial(place, day, treated, outcome)::text
FROM (VALUES ('North', '2026-01-01'::date, true, 1), ('North', '2026-01-02', false, 2), ('South', '2026-01-01', false, 1), ('South', '2026-01-02', true, 0.5),
	(NULL, NULL, NULL, NULL)) AS place_day (place, day, treated, outcome);
INSERT INTO sample
SELECT 'hotspot.displacement', hotspot.displacement(area, post)::text
FROM (VALUES ('treated', true), ('control', false), (NULL, NULL)) AS crime (area, post);
INSERT INTO sample VALUES
	('hotspot.did_cells', hotspot.did_cells_add(NULL, 2, true, false)::text),
	('hotspot.did_places', hotspot.did_places_add_text(NULL, 2, true, false, 'harm')::text);
INSERT INTO sample VALUES
	('hotspot.quality_counts', hotspot.quality_counts_add(NULL, 'SRID=27700;POINT (10 20)', '2026-01-01'::timestamptz, NULL, NULL, 'Europe/London')::text);
INSERT INTO sample
SELECT 'hotspot.quality_report', hotspot.quality(geom, '2026-01-01'::date, NULL, NULL, 'Europe/London')::text
FROM (VALUES ('SRID=27700;POINT (10 20)'::geometry), ('SRID=27700;POINT (10 20)'), (NULL)) AS point (geom);
INSERT INTO sample
SELECT 'hotspot.panel', hotspot.panel(place, period, outcome, CASE WHEN place = 'A' THEN 2 END)::text
FROM (VALUES ('A', 1, 5), ('A', 2, 3), ('B', 1, 4), ('B', 2, 4), ('C', 1, 2), ('C', 2, 1), (NULL, 1, 1)) AS v (place, period, outcome);
INSERT INTO sample
SELECT 'hotspot.week', hotspot.week(start, finish, 1, 'Europe/London')::text
FROM (VALUES ('2026-01-01'::timestamptz, '2026-01-02'::timestamptz), (NULL, NULL)) AS crime (start, finish);

-- Arguments that are all NULL or samples, in all combinations, for each function that SQL can call.
CREATE TEMP TABLE call AS
WITH RECURSIVE call AS (
	SELECT oid, 0 AS n, ARRAY[]::text[] AS arguments
	FROM member_function
	WHERE 'internal'::regtype <> ALL (proargtypes::oid[]) AND prorettype <> 'trigger'::regtype AND prokind <> 'p'
	UNION ALL
	SELECT oid, n + 1, arguments || argument
	FROM call
	JOIN pg_proc USING (oid),
	LATERAL (SELECT proargtypes[n]::regtype AS type WHERE n < pronargs) t,
	LATERAL (SELECT format('%L::%s', value, type)
	         FROM (SELECT NULL AS value UNION ALL SELECT value FROM sample WHERE sample.type = t.type) v) a (argument)
)
SELECT name, form || format('%s(%s)', oid::regproc, array_to_string(arguments, ', ')) || ending AS query
FROM call
JOIN member_function USING (oid),
LATERAL (SELECT CASE WHEN proretset THEN 'SELECT * FROM ' ELSE 'SELECT ' END AS form) f,
LATERAL (SELECT '' AS ending UNION ALL SELECT ' OVER ()' WHERE prokind = 'a') e
WHERE n = pronargs;

-- '00000', or the error of a query.
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN '00000';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;

-- Wrong values are of class 22, but for zones with an id that comes twice, or with ids of two types.
CREATE TEMP VIEW failure AS
SELECT name, query, outcome FROM call, pg_temp.outcome(query) outcome WHERE outcome !~ '^(00000|22|23505)';

-- One test a function, so that where the server crashes can be seen.
SELECT format('SELECT is_empty(%L, %L)',
              format('SELECT * FROM failure WHERE name = %L', name), 'NULLs and samples: ' || name)
FROM call GROUP BY name ORDER BY name
\gexec

-- Nobody can pass an internal value but NULL, and that does not get there.
SELECT is_empty($$
	SELECT name FROM member_function WHERE 'internal'::regtype = ANY (proargtypes::oid[]) AND NOT proisstrict
$$, 'every function of an internal value is strict');

-- Versions ------------------------------------------------------------------------------------------------------------

SELECT is((SELECT extversion FROM pg_extension WHERE extname = 'hotspot'), :'control',
          'the version installed is that of hotspot.control');

-- META.json wants three numbers where hotspot.control may have two.
SELECT :'meta' <> '' AS has_meta \gset
\if :has_meta
SELECT is(:'meta'::jsonb ->> 'version' IN (:'control', :'control' || '.0'), true,
          'META.json and hotspot.control have the same version');
SELECT is(:'meta'::jsonb -> 'provides' -> 'hotspot' ->> 'version' IN (:'control', :'control' || '.0'), true,
          'META.json provides that version');
\endif

SELECT finish();
