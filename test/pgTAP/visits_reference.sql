-- visits(), touches() and coverage() against a slow, plain reference: every leg against every edge of every ring, in SQL.
-- 10,000 small cases with all that goes wrong in tracks, and a day of 300 buses. Times must be equal to the microsecond.
BEGIN;
SELECT plan(14);
SET LOCAL timezone = 'UTC';
SET LOCAL max_parallel_workers_per_gather = 0;
SET LOCAL work_mem = '256MB';

-- ---- the cases ----

-- Numbers in [0, 1) that hinge on a key and two numbers alone; one of some values.
CREATE FUNCTION random_of(key integer, c bigint, k bigint) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(c * 1000 + k, key) & 9007199254740991) / 9007199254740992::float8;
CREATE FUNCTION one_of(random float8, VARIADIC "values" float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN "values"[1 + floor(random * cardinality("values"))::integer];
-- A coordinate: of a third of the cases whole, of another third an easting.
CREATE FUNCTION coordinate(c bigint, random float8, low integer, high integer) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN CASE c % 3 WHEN 0 THEN low + floor(random * (high - low + 1)) WHEN 1 THEN low + random * (high - low) ELSE 530000 + low + random * (high - low) END;

-- Times are in microseconds after 2024-01-01.
CREATE TABLE rule AS
SELECT c, max_gap * 1000000::bigint AS max_gap, least(max_gap, one_of(random_of(2, c, 0), 0, 1, 60))::bigint * 1000000 AS merge_gap,
	one_of(random_of(3, c, 0), 0, 2)::bigint * 1000000 AS min_dwell, one_of(random_of(4, c, 0), NULL, NULL, 5, 50) AS max_speed,
	one_of(random_of(5, c, 0), NULL, 1000)::bigint * 1000000 AS still_gap, one_of(random_of(6, c, 0), 0, 3, 30) AS still_radius,
	one_of(random_of(7, c, 0), NULL, 0.5, 5) AS pass_speed, one_of(random_of(8, c, 0), NULL, NULL, 10) AS max_accuracy,
	one_of(random_of(9, c, 0), 1, 1, 2, 3)::integer AS max_spike, NULL::bigint AS since, NULL::bigint AS until
FROM generate_series(1, 10000) AS c, LATERAL (SELECT one_of(random_of(1, c, 0), 10, 60, 300)::bigint) AS v (max_gap);

CREATE TABLE vertex AS
SELECT c::bigint, 'z' || zone AS zone, ring, k, coordinate(c, random_of(10, c, 100 * zone + 10 * ring + k), 0, 20) AS x, coordinate(c, random_of(11, c, 100 * zone + 10 * ring + k), 0, 20) AS y
FROM generate_series(1, 10000) AS c, generate_series(1, 1 + floor(5 * random_of(12, c, 0))::integer) AS zone,
	generate_series(1, one_of(random_of(13, c, zone), 1, 1, 1, 2)::integer) AS ring, generate_series(1, 3 + floor(5 * random_of(14, c, 10 * zone + ring))::integer) AS k;

-- Fixes come in no order. A fifth stay where the last one was, and a tenth stray.
CREATE TABLE fix AS
WITH step AS (
	SELECT c::bigint, k, random_of(20, c, k) AS moves,
		one_of(random_of(21, c, k), 0, 1, 3, 5, 5, 5, 30, 200, 400, 2000)::bigint * 1000000 + CASE WHEN random_of(22, c, k) < 0.5 THEN floor(1000000 * random_of(23, c, k))::bigint ELSE 0 END AS lasts
	FROM generate_series(1, 10000) AS c, generate_series(1, 2 + floor(14 * random_of(24, c, 0))::integer) AS k)
SELECT c, k, at, coordinate(c, random_of(25, c, came), -5, 25) + CASE WHEN random_of(20, c, came) BETWEEN 0.2 AND 0.3 THEN 1000 ELSE 0 END AS x, coordinate(c, random_of(26, c, came), -5, 25) AS y,
	one_of(random_of(27, c, k), NULL, NULL, 5, 20) AS accuracy
FROM (SELECT c, k, sum(lasts) OVER w AS at, coalesce(max(k) FILTER (WHERE moves >= 0.2) OVER w, 1) AS came FROM step WINDOW w AS (PARTITION BY c ORDER BY k)) AS q
ORDER BY random_of(28, c, k);
ALTER TABLE fix ALTER at TYPE bigint;

-- Two fifths of the cases ask for a part of the time, of which half begin or end on a fix.
UPDATE rule SET since = CASE WHEN random_of(30, rule.c, 0) < 0.5 THEN a ELSE (a + b) / 2 END, until = CASE WHEN random_of(31, rule.c, 0) < 0.5 THEN b ELSE (a + 3 * b) / 4 END + 1
FROM (SELECT c, min(at) FILTER (WHERE k = 3) AS a, min(at) FILTER (WHERE k = 8) AS b FROM fix GROUP BY c) AS f
WHERE rule.c = f.c AND random_of(32, rule.c, 0) < 0.4 AND b > a;
UPDATE rule SET until = until - 1 WHERE until IS NOT NULL AND c % 2 = 0 AND until - 1 > since;

-- The buses, as cases from 100,001 on: degrees taken as planar, a fix every 120 s, with silences, teleports, duplicates and
-- waits; zones with a hole, an overlap and corners that point inwards.
INSERT INTO rule SELECT 100000 + unit, 300000000, 60000000, 0, NULL, NULL, 30, NULL, NULL, 1, NULL, NULL FROM generate_series(1, 300) AS unit;
INSERT INTO vertex
SELECT 100000 + unit, zone, ring, k, x, y
FROM generate_series(1, 300) AS unit, (VALUES
	('centre', 1, 1, -97.75, 30.26), ('centre', 1, 2, -97.73, 30.26), ('centre', 1, 3, -97.73, 30.28), ('centre', 1, 4, -97.75, 30.28),
	('centre', 2, 1, -97.745, 30.265), ('centre', 2, 2, -97.735, 30.265), ('centre', 2, 3, -97.74, 30.275),
	('overlap', 1, 1, -97.74, 30.27), ('overlap', 1, 2, -97.70, 30.27), ('overlap', 1, 3, -97.70, 30.31), ('overlap', 1, 4, -97.74, 30.31),
	('inwards', 1, 1, -97.80, 30.20), ('inwards', 1, 2, -97.76, 30.20), ('inwards', 1, 3, -97.76, 30.24), ('inwards', 1, 4, -97.77, 30.21), ('inwards', 1, 5, -97.78, 30.24), ('inwards', 1, 6, -97.79, 30.21), ('inwards', 1, 7, -97.80, 30.24),
	('sliver', 1, 1, -97.90, 30.25), ('sliver', 1, 2, -97.60, 30.2501), ('sliver', 1, 3, -97.60, 30.2502),
	('apart', 1, 1, -97.70, 30.36), ('apart', 1, 2, -97.66, 30.36), ('apart', 1, 3, -97.68, 30.39), ('apart', 2, 1, -97.82, 30.30), ('apart', 2, 2, -97.80, 30.30), ('apart', 2, 3, -97.80, 30.33)) AS v (zone, ring, k, x, y);
INSERT INTO fix
WITH trip AS (
	SELECT c, k, random_of(41, c, k) AS what, (120 + CASE WHEN random_of(42, c, k) < 0.03 THEN 1200 WHEN random_of(42, c, k) < 0.3 THEN floor(10 * random_of(43, c, k)) ELSE 0 END)::bigint * 1000000 AS lasts,
		CASE WHEN random_of(44, c, k) < 0.3 THEN 0 ELSE 0.004 * (random_of(45, c, k) - 0.5) + 0.003 * cos(c + k / 20) END AS dx,
		CASE WHEN random_of(44, c, k) < 0.3 THEN 0 ELSE 0.004 * (random_of(46, c, k) - 0.5) + 0.003 * sin(c + k / 20) END AS dy
	FROM generate_series(100001, 100300) AS c, generate_series(1, 148) AS k)
SELECT c, k, sum(lasts) OVER w, -97.745 + 0.1 * (random_of(47, c, 0) - 0.5) + sum(dx) OVER w + CASE WHEN what < 0.01 THEN 0.3 ELSE 0 END, 30.27 + 0.1 * (random_of(48, c, 0) - 0.5) + sum(dy) OVER w, NULL
FROM trip WINDOW w AS (PARTITION BY c ORDER BY k);
INSERT INTO fix SELECT c, k + 500, at, x + CASE WHEN random_of(49, c, k) < 0.5 THEN 0.001 ELSE 0 END, y, accuracy FROM fix WHERE c > 100000 AND random_of(50, c, k) < 0.02;

-- ---- the answers ----

CREATE FUNCTION span(bigint) RETURNS interval LANGUAGE sql IMMUTABLE RETURN $1 * interval '1 us';
CREATE FUNCTION microseconds(timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN (extract(epoch FROM $1) * 1000000)::bigint - 1704067200000000;
CREATE FUNCTION microseconds(interval) RETURNS bigint LANGUAGE sql IMMUTABLE RETURN (extract(epoch FROM $1) * 1000000)::bigint;

CREATE TABLE asked AS
SELECT rule.*, track, zones, CASE WHEN since IS NOT NULL THEN tstzrange('2024-01-01Z'::timestamptz + span(since), '2024-01-01Z'::timestamptz + span(until)) END AS during
FROM rule
JOIN (SELECT c, hotspot.track('2024-01-01Z'::timestamptz + span(at), ST_MakePoint(x, y), accuracy) AS track FROM fix GROUP BY c) AS t USING (c)
JOIN (SELECT c, hotspot.zones(zone, ST_Multi(area)) AS zones
	FROM (SELECT c, zone, ST_Collect(ST_MakePolygon(ST_AddPoint(line, ST_StartPoint(line)))) AS area
		FROM (SELECT c, zone, ring, ST_MakeLine(ST_MakePoint(x, y) ORDER BY k) AS line FROM vertex GROUP BY c, zone, ring) AS r GROUP BY c, zone) AS a GROUP BY c) AS z USING (c);

CREATE TABLE answer AS
SELECT c, v.zone, microseconds(arrived) AS arrived, microseconds(departed) AS departed, microseconds(dwell) AS dwell,
	array(SELECT microseconds(lower(r)) FROM unnest(intervals) AS r) AS starts, array(SELECT microseconds(upper(r)) FROM unnest(intervals) AS r) AS ends,
	pings, starts_cut, ends_cut, passing, microseconds(interpolated) AS interpolated, path_length
FROM asked, hotspot.visits(track, zones, span(max_gap), span(merge_gap), span(min_dwell), max_speed, span(still_gap), still_radius, pass_speed, during, max_accuracy, max_spike) AS v;
CREATE TABLE answer_touch AS
SELECT c, t.zone, microseconds(at) AS at FROM asked, hotspot.touches(track, zones, span(max_gap), max_speed, span(still_gap), still_radius, during, max_accuracy, max_spike) AS t;
CREATE TABLE answer_coverage AS
SELECT c, fixes, outside, inaccurate, duplicates, spikes, kept, jumps, silences, microseconds(bridged) AS bridged, microseconds(median_interval) AS median
FROM asked, hotspot.coverage(track, span(max_gap), max_speed, span(still_gap), still_radius, during, max_accuracy, max_spike);

-- ---- the reference: fixes ----

-- Fixes within reach of the time asked for, the best of each time among those accurate enough.
CREATE TABLE sorted AS
SELECT *, count(*) FILTER (WHERE good) OVER (PARTITION BY c, at ORDER BY n) AS goods
FROM (SELECT c, at, x, y, since, until, row_number() OVER w AS n, NOT coalesce(accuracy > max_accuracy, false) AS good,
		NOT coalesce(at < since - greatest(max_gap, still_gap) OR at > until + greatest(max_gap, still_gap), false) AS within
	FROM fix JOIN rule USING (c) WINDOW w AS (PARTITION BY c ORDER BY at, accuracy NULLS LAST, x, y)) AS q;

-- What a spike is needs one fix after the other.
CREATE FUNCTION walk(times bigint[], xs float8[], ys float8[], max_speed float8, max_spike integer) RETURNS TABLE (n integer, breaks boolean) LANGUAGE plpgsql AS $$
DECLARE
	last integer;
	k integer := 1;
	ahead integer;
BEGIN
	WHILE k <= cardinality(times) LOOP
		ahead := k;
		breaks := false;
		IF last IS NOT NULL AND max_speed IS NOT NULL THEN
			WHILE ahead <= least(k + max_spike, cardinality(times)) AND sqrt((xs[ahead] - xs[last]) ^ 2 + (ys[ahead] - ys[last]) ^ 2) > max_speed * ((times[ahead] - times[last]) / 1e6::float8) LOOP
				ahead := ahead + 1;
			END LOOP;
			breaks := ahead > least(k + max_spike, cardinality(times));
			IF breaks THEN
				ahead := k;
			END IF;
		END IF;
		n := ahead;
		RETURN NEXT;
		last := ahead;
		k := ahead + 1;
	END LOOP;
END
$$;
-- What a spike is hinges on the fixes before it, also on those out of reach.
CREATE TABLE kept AS
SELECT c, w.n, times[w.n] AS at, xs[w.n] AS x, ys[w.n] AS y, breaks
FROM (SELECT c, array_agg(at ORDER BY at) AS times, array_agg(x ORDER BY at) AS xs, array_agg(y ORDER BY at) AS ys
	FROM sorted WHERE (within OR at < since) AND good AND goods = 1 GROUP BY c) AS f
JOIN rule USING (c), walk(times, xs, ys, max_speed, max_spike) AS w
WHERE NOT coalesce(times[w.n] < since - greatest(max_gap, still_gap), false);

CREATE TABLE leg AS
SELECT *, NOT breaks AND (tb - ta <= max_gap OR coalesce(tb - ta <= still_gap AND sqrt((bx - ax) ^ 2 + (by - ay) ^ 2) <= still_radius, false)) AS bridged
FROM (SELECT c, lag(at) OVER w AS ta, lag(x) OVER w AS ax, lag(y) OVER w AS ay, at AS tb, x AS bx, y AS by, breaks FROM kept WINDOW w AS (PARTITION BY c ORDER BY at)) AS k
JOIN rule USING (c) WHERE ta IS NOT NULL;

-- ---- the reference: time in zones ----

-- Each edge from its lesser end to its greater one.
CREATE TABLE edge AS
SELECT c, zone, CASE WHEN ascends THEN x ELSE nx END AS vx, CASE WHEN ascends THEN y ELSE ny END AS vy, CASE WHEN ascends THEN nx ELSE x END AS wx, CASE WHEN ascends THEN ny ELSE y END AS wy
FROM (SELECT c, zone, x, y, coalesce(lead(x) OVER w, first_value(x) OVER w) AS nx, coalesce(lead(y) OVER w, first_value(y) OVER w) AS ny FROM vertex WINDOW w AS (PARTITION BY c, zone, ring ORDER BY k)) AS v,
	LATERAL (SELECT (x, y) < (nx, ny)) AS a (ascends);
CREATE INDEX ON edge (c, zone);
ANALYZE edge, leg, kept;

-- Where on a leg, as a fraction, it meets a zone's boundary.
CREATE TABLE cut AS
SELECT c, ta, zone, 0::float8 AS s FROM leg JOIN (SELECT DISTINCT c, zone FROM vertex) AS z USING (c) WHERE bridged
UNION
SELECT c, ta, zone, s
FROM (SELECT c, ta, zone, vx, vy, wx, wy, ax, ay, bx - ax AS dx, by - ay AS dy, wx - vx AS ex, wy - vy AS ey, vx - ax AS qx, vy - ay AS qy,
		(bx - ax) * (wy - vy) - (by - ay) * (wx - vx) AS den
	FROM leg JOIN edge USING (c) WHERE bridged AND (ax <> bx OR ay <> by)) AS m,
	LATERAL (SELECT (qx * ey - qy * ex) / nullif(den, 0) WHERE den <> 0 AND (qx * dy - qy * dx) / nullif(den, 0) BETWEEN 0 AND 1
		UNION ALL SELECT ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy) FROM (VALUES (vx, vy), (wx, wy)) AS p (px, py) WHERE den = 0 AND qx * dy - qy * dx = 0) AS v (s)
WHERE s > 0 AND s < 1;

-- The pieces in between, of which those count whose middle is inside.
CREATE TABLE piece AS
SELECT c, zone, ta, tb, s, t, ax + m * (bx - ax) AS x, ay + m * (by - ay) AS y, ta + floor(s * (tb - ta) + 0.5)::bigint AS a, ta + floor(t * (tb - ta) + 0.5)::bigint AS b, sqrt((bx - ax) ^ 2 + (by - ay) ^ 2) AS length
FROM (SELECT c, ta, zone, s, coalesce(lead(s) OVER (PARTITION BY c, ta, zone ORDER BY s), 1) AS t FROM cut) AS q JOIN leg USING (c, ta), LATERAL (SELECT (s + t) / 2) AS v (m);
CREATE FUNCTION inside(of_c bigint, of_zone text, px float8, py float8) RETURNS boolean LANGUAGE sql STABLE AS
	'SELECT count(*) % 2 = 1 FROM edge WHERE c = $1 AND zone = $2 AND (vy <= $4) <> (wy <= $4) AND $3 < vx + ($4 - vy) * (wx - vx) / (wy - vy)';
DELETE FROM piece WHERE a = b OR NOT inside(c, zone, x, y);

-- Pieces that touch make a stay; it is cut where the leg before or after is not bridged.
CREATE TABLE stay AS
SELECT c, zone, s, e, greatest(s, since) AS a, least(e, until) AS b,
	coalesce(s < since, false) OR EXISTS (SELECT FROM kept WHERE c = q.c AND at = s) AND NOT EXISTS (SELECT FROM leg WHERE c = q.c AND tb = s AND bridged) AS starts_cut,
	coalesce(e > until, false) OR EXISTS (SELECT FROM kept WHERE c = q.c AND at = e) AND NOT EXISTS (SELECT FROM leg WHERE c = q.c AND ta = e AND bridged) AS ends_cut
FROM (SELECT c, zone, min(a) AS s, max(b) AS e
	FROM (SELECT *, count(*) FILTER (WHERE starts) OVER (PARTITION BY c, zone ORDER BY a) AS stay
		FROM (SELECT *, a IS DISTINCT FROM lag(b) OVER (PARTITION BY c, zone ORDER BY a) AS starts FROM piece) AS p) AS g
	GROUP BY c, zone, stay) AS q
JOIN rule USING (c)
WHERE greatest(s, since) < least(e, until);
CREATE INDEX ON piece (c, zone);
CREATE INDEX ON kept (c);
ANALYZE stay, piece;

-- Stays no more than merge_gap apart make a visit.
CREATE TABLE visit AS
SELECT c, zone, min(a) AS arrived, max(b) AS departed, sum(b - a)::bigint AS dwell, array_agg(a ORDER BY a) AS starts, array_agg(b ORDER BY a) AS ends,
	sum(pings)::bigint AS pings, (array_agg(starts_cut ORDER BY a))[1] AS starts_cut, (array_agg(ends_cut ORDER BY a DESC))[1] AS ends_cut,
	sum(b - a) < min(min_dwell) OR coalesce(sum(path) > min(pass_speed) * (sum(b - a) / 1e6::float8), false) AS passing, sum(interpolated)::bigint AS interpolated, sum(path) AS path_length
FROM (SELECT *, count(*) FILTER (WHERE starts) OVER (PARTITION BY c, zone ORDER BY a) AS visit
	FROM (SELECT *, coalesce(a - lag(b) OVER (PARTITION BY c, zone ORDER BY a) > merge_gap, true) AS starts FROM stay JOIN rule USING (c)) AS p) AS g,
	LATERAL (SELECT count(*) FROM kept WHERE kept.c = g.c AND at BETWEEN s AND e AND at >= coalesce(since, at) AND at < coalesce(until, at + 1) AND inside(kept.c, zone, x, y)) AS k (pings),
	LATERAL (SELECT sum(length * (t - piece.s) * (least(piece.b, g.b) - greatest(piece.a, g.a)) / (piece.b - piece.a)), coalesce(sum(least(piece.b, g.b) - greatest(piece.a, g.a)) FILTER (WHERE tb - ta > 120000000), 0)
		FROM piece WHERE piece.c = g.c AND piece.zone = g.zone AND piece.a < g.b AND piece.b > g.a) AS l (path, interpolated)
GROUP BY c, zone, visit;

-- Fixes that no bridged leg leads to or from.
CREATE TABLE touch AS
SELECT c, zone, at
FROM kept JOIN rule USING (c) JOIN (SELECT DISTINCT c, zone FROM vertex) AS z USING (c)
WHERE at >= coalesce(since, at) AND at < coalesce(until, at + 1) AND NOT EXISTS (SELECT FROM leg WHERE c = kept.c AND bridged AND at IN (ta, tb)) AND inside(c, zone, x, y);

-- Of legs those count that have some time in the time asked for.
CREATE TABLE coverage AS
SELECT c, fixes, outside, inaccurate, fixes - outside - inaccurate - times AS duplicates, times - coalesce(kept, 0) AS spikes, coalesce(kept, 0) AS kept,
	coalesce(jumps, 0) AS jumps, coalesce(silences, 0) AS silences, coalesce(bridged, 0) AS bridged, median
FROM (SELECT c, count(*) AS fixes, count(*) FILTER (WHERE NOT within) AS outside, count(*) FILTER (WHERE within AND goods = 0) AS inaccurate, count(*) FILTER (WHERE within AND good AND goods = 1) AS times FROM sorted GROUP BY c) AS s
LEFT JOIN (SELECT c, count(*) AS kept FROM kept GROUP BY c) AS k USING (c)
LEFT JOIN (SELECT c, count(*) FILTER (WHERE breaks) AS jumps, count(*) FILTER (WHERE NOT breaks AND NOT bridged) AS silences,
		coalesce(sum(greatest(least(tb, until) - greatest(ta, since), 0)) FILTER (WHERE bridged), 0)::bigint AS bridged, percentile_disc(0.5) WITHIN GROUP (ORDER BY tb - ta) AS median
	FROM leg WHERE greatest(ta, since) < least(tb, until) GROUP BY c) AS l USING (c);

-- ---- both ----

-- Path lengths are sums of floating-point numbers, and so are equal but for rounding.
CREATE VIEW small_visit AS SELECT c, zone, arrived, departed, dwell, starts, ends, pings, starts_cut, ends_cut, passing, interpolated FROM visit;
CREATE VIEW small_answer AS SELECT c, zone, arrived, departed, dwell, starts, ends, pings, starts_cut, ends_cut, passing, interpolated FROM answer;
SELECT is_empty('SELECT * FROM small_visit WHERE c <= 10000 EXCEPT TABLE small_answer', 'all visits of the reference are found');
SELECT is_empty('SELECT * FROM small_answer WHERE c <= 10000 EXCEPT TABLE small_visit', 'and no others');
SELECT is_empty('SELECT c, zone, a.path_length, v.path_length FROM answer AS a JOIN visit AS v USING (c, zone, arrived) WHERE abs(a.path_length - v.path_length) > 1e-6', 'path lengths agree');
SELECT is_empty('TABLE touch EXCEPT ALL TABLE answer_touch', 'all touches are found');
SELECT is_empty('TABLE answer_touch EXCEPT ALL TABLE touch', 'and no others');
SELECT is_empty('SELECT coverage.* FROM coverage JOIN rule USING (c) WHERE max_speed IS NULL OR since IS NULL EXCEPT SELECT * FROM answer_coverage', 'coverage is that of the reference');
-- A spike may begin out of reach and end within.
SELECT is_empty('SELECT c, jumps, silences, bridged, median FROM coverage EXCEPT SELECT c, jumps, silences, bridged, median FROM answer_coverage', 'also with a speed limit in a part');
SELECT is_empty('SELECT * FROM answer_coverage WHERE fixes <> outside + inaccurate + duplicates + spikes + kept', 'no fix is left out of it');
SELECT ok(count(*) > 10000 AND count(*) FILTER (WHERE cardinality(starts) > 1) > 500 AND count(*) FILTER (WHERE passing) > 500 AND count(*) FILTER (WHERE starts_cut) > 500 AND count(*) FILTER (WHERE ends_cut) > 500, 'visits of all kinds') FROM answer WHERE c <= 10000;
SELECT ok(sum(outside) > 500 AND sum(inaccurate) > 500 AND sum(duplicates) > 500 AND sum(spikes) > 500 AND sum(jumps) > 500 AND sum(silences) > 500, 'fixes of all kinds') FROM answer_coverage WHERE c <= 10000;

-- The buses: a unit's visits, then officer and patrol time by zone.
SELECT cmp_ok(count(*), '>=', 44000::bigint, 'the buses have some 45,000 fixes') FROM fix WHERE c > 100000;
SELECT cmp_ok(count(*), '>=', 1700::bigint, 'and some 1,700 visits') FROM visit WHERE c > 100000;
SELECT is_empty('(SELECT * FROM small_visit WHERE c > 100000 EXCEPT TABLE small_answer) UNION ALL (SELECT * FROM small_answer WHERE c > 100000 EXCEPT TABLE small_visit)', 'their visits are those of the reference');
CREATE FUNCTION dose(of_visits text) RETURNS TABLE (zone text, officer_time numeric, patrol_time numeric, visits bigint) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format('SELECT zone, sum(officer), (SELECT sum(upper(r) - lower(r))::numeric FROM unnest(range_agg(spans)) AS r), count(*)
		FROM (SELECT zone, (SELECT sum(b - a) FROM unnest(starts, ends) AS u (a, b)) AS officer, (SELECT range_agg(int8range(a, b)) FROM unnest(starts, ends) AS u (a, b)) AS spans FROM %I WHERE c > 100000) AS q
		GROUP BY zone', of_visits);
END
$$;
SELECT set_eq('SELECT * FROM dose(''answer'')', 'SELECT * FROM dose(''visit'')', 'officer and patrol time, by zone');

SELECT * FROM finish();
ROLLBACK;
