-- koper() and exposure() against plain SQL that looks at each visit, and each crime, on its own.
BEGIN;
SELECT plan(13);
SET LOCAL timezone = 'UTC';
SET LOCAL jit = off;

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Ten days of visits in whole minutes, so that ends, crimes, edges and horizons often coincide; some pass, some are cut.
CREATE TABLE visit AS
SELECT n, 'unit ' || n % 5 AS unit, tstzmultirange(tstzrange(arrived, arrived + interval '1 min' * (1 + pick(n, 3, 40)))) AS intervals,
	n % 13 = 0 AS starts_cut, n % 17 = 0 AS ends_cut, n % 4 = 0 AS passing
FROM generate_series(1, 300) AS n, LATERAL (SELECT timestamptz '2024-06-01 00:00+00' + interval '1 min' * pick(n, 2, 14400)) AS start (arrived);
CREATE TABLE crime AS
SELECT n, timestamptz '2024-06-01 00:00+00' + interval '1 min' * (pick(n, 7, 15000) - 300) AS at FROM generate_series(1, 400) AS n;
CREATE TABLE stored AS
SELECT hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, 0) AS p, (SELECT array_agg(at ORDER BY hashint8(n)) FROM crime) AS crimes FROM visit;

-- The patrol visits.
CREATE FUNCTION patrol_visit(with_passing boolean, merge_gap interval) RETURNS TABLE (a timestamptz, d timestamptz, next timestamptz, cut boolean) LANGUAGE sql AS $$
	WITH seen AS (SELECT * FROM visit WHERE with_passing OR NOT passing),
	united AS (SELECT span, lower(span) - lag(upper(span)) OVER (ORDER BY span) AS gap FROM (SELECT range_agg(r) AS spans FROM seen, unnest(intervals) AS r) AS u, unnest(spans) AS span),
	chain AS (SELECT min(lower(span)) AS a, max(upper(span)) AS d FROM (SELECT span, sum(coalesce(gap > merge_gap, true)::int) OVER (ORDER BY span) AS n FROM united) AS c GROUP BY n)
	SELECT a, d, lead(a) OVER (ORDER BY a), EXISTS (SELECT FROM seen WHERE starts_cut AND lower(intervals) = a OR ends_cut AND upper(intervals) = d) FROM chain
$$;

---- koper ----

CREATE TABLE koper_option (horizon interval, until timestamptz, merge_gap interval, response interval, passing boolean);
INSERT INTO koper_option VALUES
	('30 min', NULL, '1 min', NULL, true), ('2 hours', '2024-06-10 12:00+00', '0', '10 min', false), ('15 min', '2024-06-05 06:30+00', '20 min', '45 min', true),
	('10 days', NULL, '5 min', '0', false);

CREATE FUNCTION followed(o koper_option) RETURNS TABLE (bin int, t numeric, event boolean) LANGUAGE sql AS $$
	SELECT CASE WHEN cut THEN 8 ELSE 1 + (SELECT count(*)::int FROM unnest('{1 min,5 min,10 min,16 min,20 min,30 min}'::interval[]) AS l WHERE d - a > l) END,
		extract(epoch FROM least(t, c)), coalesce(t < c, false)
	FROM patrol_visit(o.passing, o.merge_gap),
		LATERAL (SELECT min(at) - d FROM crime WHERE at > d) AS first (t),
		LATERAL (SELECT least(next - d, o.horizon, o.until - d)) AS censor (c)
	WHERE c > interval '0' AND NOT EXISTS (SELECT FROM crime WHERE at <= a AND a - at < o.response)
$$;

CREATE TABLE follow AS SELECT o AS option, f.* FROM koper_option AS o, followed(o) AS f;

CREATE TABLE koper_compared AS
SELECT o AS option, n AS bin, k.*, f.*,
	(SELECT array_agg(CASE WHEN m * 60 <= extract(epoch FROM o.horizon) AND (s = 0 OR longest >= m * 60) THEN s END ORDER BY m)
		FROM unnest('{5,10,15,30,60}'::int[]) AS m,
		LATERAL (SELECT CASE WHEN bool_or(d = at_risk) THEN 0 ELSE coalesce(exp(sum(ln(1 - d / nullif(at_risk, d)))), 1) END
			FROM (SELECT count(*) FILTER (WHERE event)::numeric AS d, (SELECT count(*) FROM follow AS r WHERE r.option = o AND r.bin = n AND r.t >= e.t)::numeric AS at_risk
				FROM follow AS e WHERE e.option = o AND e.bin = n AND e.t <= m * 60 GROUP BY e.t) AS times WHERE d > 0) AS product (s)) AS curve
FROM koper_option AS o, stored, LATERAL hotspot.koper(p, crimes, o.horizon, o.until, merge_gap => o.merge_gap, response => o.response, passing => o.passing) WITH ORDINALITY
		AS k (length_from, length_to, visits, events, exposure_minutes, rate_per_hour, conf_low, conf_high, share, survival, mean_log_minutes, note, n),
	LATERAL (SELECT count(*) AS found, count(*) FILTER (WHERE event) AS found_events, sum(t) AS seconds, max(t) AS longest, avg(ln(t / 60)) FILTER (WHERE event) AS mean_log
		FROM follow AS f WHERE f.option = o AND f.bin = n) AS f;

SELECT is(count(*), 32::bigint, 'eight bins each') FROM koper_compared;
SELECT is(count(*), 0::bigint, 'visits, events, exposure, rate and share: as plain SQL') FROM koper_compared
WHERE (visits, events, exposure_minutes, rate_per_hour, share) IS DISTINCT FROM
	(found, found_events, coalesce(seconds * 1000000, 0)::float8 / 6e7, found_events / nullif((seconds * 1000000)::float8 / 3.6e9, 0), found_events::float8 / nullif(found, 0));
SELECT is(count(*), 0::bigint, 'mean of logarithms: as plain SQL') FROM koper_compared
WHERE (mean_log IS NULL) <> (mean_log_minutes IS NULL) OR abs(mean_log - mean_log_minutes::numeric) > 1e-12;
SELECT is(count(*), 0::bigint, 'survival: as plain SQL') FROM koper_compared, unnest(survival, curve) AS s (got, wanted)
WHERE visits > 0 AND ((got IS NULL) <> (wanted IS NULL) OR abs(got::numeric - wanted) > 1e-12);
SELECT is(count(*), 0::bigint, 'no visit, no survival') FROM koper_compared, unnest(survival) AS s WHERE visits = 0 AND s IS NOT NULL;
SELECT ok(bool_and(conf_low <= rate_per_hour AND rate_per_hour <= conf_high), 'intervals hold the rate') FROM koper_compared WHERE visits > 0;
SELECT cmp_ok(count(*), '>', 20::bigint, 'bins have visits') FROM koper_compared WHERE visits > 0;

---- exposure ----

CREATE TABLE exposure_option (edges interval[], during tstzrange, merge_gap interval, passing boolean);
INSERT INTO exposure_option VALUES
	('{0,15 min,30 min,60 min,120 min}', NULL, '1 min', true), ('{0}', '[2024-05-31, 2024-06-12)', '0', false),
	('{0,1 min,2 min,3 min,1 day}', '[2024-06-03 11:17, 2024-06-07 01:01)', '20 min', true), ('{0,0.000001 s}', '[2024-06-01, 2024-06-02)', '0', false);

CREATE TABLE exposure_visit AS SELECT o, a, d FROM exposure_option AS o, patrol_visit(o.passing, o.merge_gap);

-- State 0 before, 1 present, else 1 + the class; of the moments at which it changes, each to the next.
CREATE FUNCTION state_at(wanted exposure_option, moment timestamptz) RETURNS int LANGUAGE sql AS $$
	SELECT coalesce((SELECT CASE WHEN d > moment THEN 1 ELSE 1 + (SELECT count(*)::int FROM unnest(wanted.edges) AS e WHERE d + e <= moment) END
		FROM exposure_visit WHERE o = wanted AND a <= moment ORDER BY a DESC LIMIT 1), 0)
$$;
CREATE FUNCTION window_of(wanted exposure_option) RETURNS tstzrange LANGUAGE sql AS
	'SELECT coalesce(wanted.during, (SELECT tstzrange(min(a), max(d)) FROM exposure_visit WHERE o = wanted))';
CREATE TABLE exposure_wanted AS
WITH w AS MATERIALIZED (SELECT o, window_of(o) AS span FROM exposure_option AS o),
change AS MATERIALIZED (
	SELECT o, moment, lead(moment) OVER (PARTITION BY o ORDER BY moment) AS next FROM (
		SELECT o, lower(span) FROM w UNION SELECT o, upper(span) FROM w
		UNION SELECT w.o, moment FROM w JOIN exposure_visit AS v ON v.o = w.o, LATERAL (SELECT a UNION SELECT d + e FROM unnest((w.o).edges) AS e) AS m (moment) WHERE span @> moment) AS m (o, moment)),
stretch AS (SELECT o, state_at(o, moment) AS state, sum(extract(epoch FROM next - moment)) AS seconds FROM change WHERE next IS NOT NULL GROUP BY 1, 2),
crime_in AS (SELECT o, state_at(o, at) AS state, count(*) AS crimes FROM w JOIN crime ON span @> at GROUP BY 1, 2)
SELECT o, state, seconds, coalesce(crimes, 0) AS crimes FROM stretch LEFT JOIN crime_in USING (o, state);

CREATE TABLE exposure_found AS
SELECT o, (n - 1)::int AS state, x.* FROM exposure_option AS o, stored, LATERAL hotspot.exposure(p, crimes, edges, during, o.merge_gap, o.passing) WITH ORDINALITY
	AS x (name, since_from, since_to, exposure_minutes, crimes, rate_per_hour, conf_low, conf_high, note, n);

SELECT is(count(*), 7 + 3 + 7 + 4::bigint, 'a row for each state') FROM exposure_found;
SELECT is(count(*), 0::bigint, 'exposure and crimes: as plain SQL')
FROM exposure_found AS f FULL JOIN exposure_wanted AS w USING (o, state)
WHERE (f.exposure_minutes, f.crimes) IS DISTINCT FROM (coalesce(w.seconds * 1000000, 0)::float8 / 6e7, coalesce(w.crimes, 0));
SELECT is(count(*), 4::bigint, 'they add up to the window')
FROM (SELECT o, sum(exposure_minutes) AS minutes, sum(crimes) AS crimes FROM exposure_found GROUP BY o) AS f
WHERE abs(minutes - extract(epoch FROM upper(window_of(o)) - lower(window_of(o)))::float8 / 60) < 1e-9
	AND crimes = (SELECT count(*) FROM crime WHERE at <@ window_of(o));
SELECT is(note, 'crimes outside the window: ' || (SELECT count(*) FROM crime WHERE NOT at <@ window_of(o)) || CASE WHEN exposure_minutes = 0 THEN '; no exposure' ELSE '' END,
	'crimes outside are counted: ' || (o).edges::text)
FROM exposure_found AS f WHERE state = 0 AND EXISTS (SELECT FROM crime WHERE NOT at <@ window_of(f.o)) ORDER BY (o).edges;

SELECT * FROM finish();
ROLLBACK;
