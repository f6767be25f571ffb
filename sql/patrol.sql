SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
-- Five visits of three units: one by its ends, one with an excursion, one twice, one whose ranges only touch.
-- Bounds make no difference, and a moment has no length.
CREATE TABLE visit (unit text, intervals tstzmultirange);
INSERT INTO visit VALUES
	('AB12', '{[2024-06-01 10:00+00, 2024-06-01 10:15+00)}'),
	('CD34', '{[2024-06-01 10:05+00, 2024-06-01 10:20+00), [2024-06-01 10:25+00, 2024-06-01 10:30+00)}'),
	('AB12', '{[2024-06-01 10:00+00, 2024-06-01 10:15+00)}'),
	('', '{(2024-06-01 11:00+00, 2024-06-01 11:05+00), (2024-06-01 11:05+00, 2024-06-01 11:10+00], [2024-06-01 12:00+00, 2024-06-01 12:00+00]}'),
	('', '{[2024-06-01 11:00+00, 2024-06-01 11:10+00)}');
-- Seven that are left out; the first reason counts.
CREATE TABLE unfit (unit text, intervals tstzmultirange);
INSERT INTO unfit VALUES
	(NULL, '{[2024-06-01 10:00+00, 2024-06-01 10:15+00)}'), (NULL, NULL),
	('AB12', NULL), ('AB12', '{}'), ('AB12', '{[2024-06-01 12:00+00, 2024-06-01 12:00+00]}'),
	('AB12', '{[2024-06-01 10:00+00, 2024-06-01 10:15+00), [2024-06-01 11:00+00,)}'),
	('AB12', '{[-infinity, 2024-06-01 10:15+00)}');

SELECT hotspot.size(p), hotspot.units(p), hotspot.skipped(p) FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM visit) AS q;
SELECT hotspot.size(p), hotspot.units(p), hotspot.skipped(p) FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM unfit) AS q;
SELECT reason, hotspot.skipped(p, reason)
FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM (TABLE visit UNION ALL TABLE unfit) AS r) AS q, unnest('{unit,interval,infinite}'::text[]) AS reason;
-- The two rows of unit '' are the same.
SELECT hotspot.patrol(unit, intervals)::text = hotspot.patrol(unit, intervals ORDER BY intervals DESC)::text AS same_bytes FROM visit;
SELECT count(DISTINCT p::text) AS one FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM visit WHERE unit = '' GROUP BY intervals) AS q;

-- By its ends; equal ends are empty.
SELECT hotspot.size(p), hotspot.units(p), hotspot.skipped(p, 'unit') AS unit, hotspot.skipped(p, 'interval') AS "interval", hotspot.skipped(p, 'infinite') AS infinite
FROM (SELECT hotspot.patrol(unit, arrived, departed) AS p FROM (VALUES
	(7::bigint, '2024-06-01 10:00+00'::timestamptz, '2024-06-01 10:15+00'::timestamptz),
	(-7, '2024-06-01 10:00+00', '2024-06-01 10:15+00'),
	(7, '2024-06-01 10:00+00', '2024-06-01 10:00+00'),
	(7, NULL, '2024-06-01 10:00+00'), (7, '2024-06-01 10:00+00', NULL),
	(7, 'infinity', '2024-06-01 10:00+00'), (7, '2024-06-01 10:00+00', 'infinity'),
	(NULL, 'infinity', NULL)) AS v (unit, arrived, departed)) AS q;
SELECT hotspot.patrol('AB12'::text, lower(r), upper(r))::text = hotspot.patrol('AB12'::text, tstzmultirange(r))::text AS same_bytes
FROM (VALUES (tstzrange('2024-06-01 10:00+00', '2024-06-01 10:15+00'))) AS v (r);

-- Wall time: London is an hour ahead in June. In October 01:30 comes twice, and is the second.
SELECT hotspot.patrol(7, '2024-06-01 11:00'::timestamp, '2024-06-01 11:15'::timestamp, 'Europe/London')::text
	= hotspot.patrol(7, '2024-06-01 10:00+00'::timestamptz, '2024-06-01 10:15+00'::timestamptz)::text AS summer,
	hotspot.patrol('7', '2024-10-27 01:30'::timestamp, '2024-10-27 02:00'::timestamp, 'Europe/London')::text
	= hotspot.patrol('7', '2024-10-27 01:30+00'::timestamptz, '2024-10-27 02:00+00'::timestamptz)::text AS autumn;
SELECT hotspot.skipped(hotspot.patrol('7', NULL::timestamp, '2024-10-27 02:00'::timestamp, 'Europe/London'));

-- Rows of visits(): NULL flags are false and NULL pings 0.
SELECT hotspot.patrol(unit, intervals, NULL, NULL, NULL, NULL)::text = hotspot.patrol(unit, intervals)::text AS same_bytes,
	hotspot.patrol(unit, intervals, true, NULL, NULL, NULL)::text = hotspot.patrol(unit, intervals)::text AS cut_differs,
	hotspot.size(hotspot.patrol(unit, intervals, true, true, true, 12)) AS size
FROM visit;
SELECT hotspot.units(hotspot.patrol(length(unit)::bigint, intervals, true, true, true, 12)) AS units FROM visit;

-- No row: NULL. NULL beside a patrol is nothing.
SELECT hotspot.patrol(unit, intervals) FROM visit WHERE false;
SELECT hotspot.size(NULL::hotspot.patrol), hotspot.units(NULL::hotspot.patrol), hotspot.skipped(NULL::hotspot.patrol), hotspot.skipped(NULL::hotspot.patrol, 'unit');
SELECT hotspot.size(hotspot.merge(p)), hotspot.units(hotspot.merge(p)), hotspot.skipped(hotspot.merge(p))
FROM (SELECT hotspot.patrol(unit, intervals) FROM visit UNION ALL SELECT NULL UNION ALL SELECT hotspot.patrol(unit, intervals) FROM unfit) AS q (p);
SELECT hotspot.merge(NULL::hotspot.patrol) IS NULL AS none;
SELECT NULL::hotspot.patrol + NULL IS NULL AS no_sum, (p + NULL)::text = p::text AS right_null, (NULL + p)::text = p::text AS left_null,
	hotspot.size(p + p) AS size, hotspot.units(p + p) AS units
FROM (SELECT hotspot.patrol(unit, intervals) AS p FROM visit) AS q;

-- The bytes: version 1, kind p; ids of type bigint, nothing skipped; 1 unit, 1 row, 1 span; the unit 5 with its sign bit
-- flipped; unit 0, 1 span, 258 pings, flags 3; from 2000-01-01 00:00:01 to 00:00:02.
SELECT hotspot.patrol(5, '{[2000-01-01 00:00:01+00, 2000-01-01 00:00:02+00)}', true, true, false, 258);

-- What is no patrol.
SELECT hotspot.patrol('AB12'::text, '2024-06-01 10:15+00'::timestamptz, '2024-06-01 10:00+00'::timestamptz);
SELECT hotspot.patrol(NULL::text, '2024-06-01 10:15+00'::timestamptz, '2024-06-01 10:00+00'::timestamptz);
SELECT hotspot.patrol('AB12'::text, '2024-06-01 10:15'::timestamp, '2024-06-01 10:00'::timestamp, 'UTC');
SELECT hotspot.patrol('AB12'::text, '2024-06-01 10:00'::timestamp, '2024-06-01 10:15'::timestamp, NULL);
SELECT hotspot.patrol('AB12'::text, '2024-06-01 10:00'::timestamp, '2024-06-01 10:15'::timestamp, 'Europe/Lundun');
SELECT hotspot.patrol(unit, intervals, true, true, true, -1) FROM visit;
SELECT hotspot.patrol(unit, intervals) + hotspot.patrol(length(unit)::bigint, intervals) FROM visit;
SELECT hotspot.skipped(hotspot.patrol(unit, intervals), 'rain') FROM visit;
SELECT hotspot.skipped(hotspot.patrol(unit, intervals), NULL) FROM visit;

-- Corrupted bytes; the first is whole.
CREATE FUNCTION body(ids int, units text, rows text, spans text, counts text DEFAULT '010000000100000001000000') RETURNS text LANGUAGE sql AS
	$$SELECT '0170' || lpad(to_hex(ids), 2, '0') || repeat('00', 24) || counts || units || rows || spans$$;
CREATE FUNCTION trouble(value text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM value::hotspot.patrol;
	RETURN 'none';
EXCEPTION WHEN invalid_text_representation THEN
	RETURN SQLERRM;
END
$$;
SELECT name, trouble(value) FROM (VALUES
	('whole', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('ids', body(3, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('no ids', body(0, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('short bigint', body(1, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('zero byte', body(2, '0100000000', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('long id', body(2, 'ffffffff41', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('unit 1', body(2, '0100000041', '01000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('no span', body(2, '0100000041', '00000000000000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('two spans', body(2, '0100000041', '00000000020000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000')),
	('pings', body(2, '0100000041', '00000000010000000201000000000080' || '03', '40420f0000000000' || '80841e0000000000')),
	('flags', body(2, '0100000041', '00000000010000000201000000000000' || '08', '40420f0000000000' || '80841e0000000000')),
	('empty', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '40420f0000000000')),
	('backwards', body(2, '0100000041', '00000000010000000201000000000000' || '03', '80841e0000000000' || '40420f0000000000')),
	('too late', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || 'ffffffffffffff7f')),
	('too early', body(2, '0100000041', '00000000010000000201000000000000' || '03', '0000000000000080' || '80841e0000000000')),
	('trailing', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000') || '00'),
	('cut short', left(body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000'), -2)),
	('many rows', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000', '01000000ffffffff01000000')),
	('many spans', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000', '0100000001000000ffffffff')),
	('many units', body(2, '0100000041', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000', 'ffffffff0100000001000000')),
	('one unit twice', body(2, '0100000041' || '0100000041', '', '', '020000000000000000000000')),
	('a unit without a row', body(2, '0100000041' || '0100000042', '00000000010000000201000000000000' || '03', '40420f0000000000' || '80841e0000000000', '020000000100000001000000')),
	('a span without a row', body(2, '0100000041', '', '40420f0000000000' || '80841e0000000000', '010000000000000001000000')),
	('rows out of order', body(2, '0100000041',
		'00000000010000000201000000000000' || '03' || '00000000010000000101000000000000' || '03',
		'40420f0000000000' || '80841e0000000000' || '40420f0000000000' || '80841e0000000000', '010000000200000002000000')),
	('spans that touch', body(2, '0100000041', '00000000020000000201000000000000' || '03',
		'40420f0000000000' || '80841e0000000000' || '80841e0000000000' || 'c0c62d0000000000', '010000000100000002000000'))
) AS v (name, value);
SELECT trouble('0170'), trouble('017000'), trouble(overlay(body(0, '', '', '', repeat('00', 12)) PLACING 'ff' FROM 21 FOR 2));
SELECT 'zz'::hotspot.patrol;
SELECT '0173'::hotspot.patrol;
DROP TABLE visit, unfit;
DROP FUNCTION body, trouble;
