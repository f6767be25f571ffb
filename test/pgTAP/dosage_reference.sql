-- dosage() against plain SQL: range_agg() for unions, AT TIME ZONE for days, in time zones whose clocks change by an hour,
-- by half an hour, at midnight, and where a day was left out.
BEGIN;
SELECT plan(26);
SET LOCAL timezone = 'UTC';
SET LOCAL jit = off;

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Three weeks of visits of some units, some for more than a day, some with an excursion, some twice.
CREATE TABLE world (name text, tz text, base timestamptz);
INSERT INTO world VALUES
	('spring', 'Europe/London', '2024-03-20'), ('autumn', 'Europe/London', '2024-10-17'), ('at midnight', 'America/Sao_Paulo', '2018-10-26'),
	('back at midnight', 'America/Sao_Paulo', '2019-02-08'), ('half an hour', 'Australia/Lord_Howe', '2024-03-28'),
	('a day left out', 'Pacific/Apia', '2011-12-20'), ('abbreviation', 'EST', '2024-01-01'), ('no change', 'Asia/Kolkata', '2024-01-01');
CREATE TABLE visit AS
SELECT name, n, 'unit ' || pick(n % 400, 1, 7) AS unit,
	tstzmultirange(tstzrange(arrived, arrived + length), tstzrange(arrived + length + away, arrived + length + away + length)) AS intervals,
	n % 5 = 0 AS starts_cut, n % 3 = 0 AS ends_cut, n % 400 % 11 = 0 AS passing, pick(n % 400, 6, 100) AS pings
FROM world, generate_series(1, 500) AS n,
	LATERAL (SELECT base + interval '1 s' * pick(n % 400, 2, 1814400), CASE WHEN n % 400 % 60 = 1 THEN interval '33 hours' ELSE interval '1 us' * (1 + pick(n % 400, 3, 1500000000)) END,
		interval '1 s' * pick(n % 400, 4, 140)) AS visit (arrived, length, away);

CREATE FUNCTION us(interval) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT extract(epoch FROM $1) * 1000000';

-- Chains of united ranges with gaps of up to merge_gap.
CREATE FUNCTION chains(spans tstzmultirange, merge_gap interval) RETURNS SETOF tstzrange LANGUAGE sql AS $$
	SELECT tstzrange(min(lower(span)), max(upper(span)))
	FROM (SELECT span, sum(coalesce(gap > merge_gap, true)::int) OVER (ORDER BY span) AS chain
		FROM (SELECT span, lower(span) - lag(upper(span)) OVER (ORDER BY span) AS gap
			FROM (SELECT span FROM unnest(spans) AS span OFFSET 0) AS s
			WHERE NOT isempty(span)) AS g) AS c
	GROUP BY chain
$$;

CREATE FUNCTION reference(world text, tz text, day_start interval, merge_gap interval, since date, until date)
RETURNS TABLE (day date, visits bigint, patrol_visits bigint, officer_minutes float8, patrol_minutes float8, pass_minutes float8, units bigint,
	mean_crew float8, longest_absence interval, mean_absence interval, absence_cv float8, present_share float8, first_arrival timestamptz,
	last_departure timestamptz, pings bigint, cut_visits bigint) LANGUAGE sql AS $$
WITH seen AS MATERIALIZED (SELECT * FROM visit WHERE visit.name = world),
different AS MATERIALIZED (SELECT DISTINCT unit, intervals, starts_cut, ends_cut, pings, lower(intervals) AS arrived, upper(intervals) AS departed FROM seen WHERE NOT passing),
stopping AS MATERIALIZED (SELECT unit, range_agg(r) AS spans FROM seen, unnest(intervals) AS r WHERE NOT passing GROUP BY unit),
passes AS MATERIALIZED (SELECT unit, range_agg(r) AS spans FROM seen, unnest(intervals) AS r WHERE passing GROUP BY unit),
united AS MATERIALIZED (SELECT range_agg(r) AS spans FROM stopping, unnest(spans) AS r),
patrol_visit AS MATERIALIZED (SELECT c AS span,
		lower(c) IN (SELECT arrived FROM different WHERE starts_cut) OR upper(c) IN (SELECT departed FROM different WHERE ends_cut) AS cut
	FROM united, chains(spans, merge_gap) AS c),
unit_visit AS MATERIALIZED (SELECT unit, c AS span FROM stopping, chains(spans, merge_gap) AS c),
days AS MATERIALIZED (SELECT d::date AS day, tstzrange((d + day_start) AT TIME ZONE tz, (d + interval '1 day' + day_start) AT TIME ZONE tz) AS span
	FROM generate_series(since::timestamp, until::timestamp, '1 day') AS d),
parts AS MATERIALIZED (SELECT days.day, kind, sum(us(upper(r * days.span) - lower(r * days.span))) AS us, count(DISTINCT unit) AS units
	FROM days, (SELECT 'officer', unit, r FROM stopping, unnest(spans) AS r UNION ALL SELECT 'pass', unit, r FROM passes, unnest(spans) AS r
		UNION ALL SELECT 'patrol', NULL, r FROM united, unnest(spans) AS r) AS part (kind, unit, r)
	WHERE r && days.span GROUP BY days.day, kind),
absence AS MATERIALIZED (SELECT days.day, us(upper(r) - lower(r)) AS us
	FROM days, unnest(tstzmultirange(days.span) - (SELECT range_agg(span) FROM patrol_visit)) AS r)
SELECT days.day,
	(SELECT count(*) FROM unit_visit WHERE days.span @> lower(unit_visit.span)),
	(SELECT count(*) FROM patrol_visit WHERE days.span @> lower(patrol_visit.span)),
	coalesce(officer.us, 0)::float8 / 6e7, coalesce(patrol.us, 0)::float8 / 6e7, coalesce(pass.us, 0)::float8 / 6e7,
	coalesce(officer.units, 0), officer.us::float8 / patrol.us::float8,
	coalesce((SELECT max(us) FROM absence WHERE absence.day = days.day), 0)::float8 * interval '1 us',
	(SELECT div(sum(us)::numeric + div(count(*), 2), count(*)) FROM absence WHERE absence.day = days.day)::float8 * interval '1 us',
	(SELECT stddev_pop(us) / avg(us) FROM absence WHERE absence.day = days.day)::float8,
	coalesce(patrol.us, 0)::float8 / nullif(us(upper(days.span) - lower(days.span)), 0)::float8,
	(SELECT min(lower(span)) FROM patrol_visit WHERE days.span @> lower(patrol_visit.span)),
	(SELECT max(upper(span)) FROM patrol_visit WHERE upper(patrol_visit.span) > lower(days.span) AND upper(patrol_visit.span) <= upper(days.span)),
	coalesce((SELECT sum(pings)::bigint FROM different WHERE days.span @> arrived), 0),
	(SELECT count(*) FROM patrol_visit WHERE cut AND days.span @> lower(patrol_visit.span))
FROM days LEFT JOIN parts AS officer ON officer.day = days.day AND officer.kind = 'officer'
	LEFT JOIN parts AS patrol ON patrol.day = days.day AND patrol.kind = 'patrol'
	LEFT JOIN parts AS pass ON pass.day = days.day AND pass.kind = 'pass'
ORDER BY days.day
$$;

CREATE TABLE zone_patrol AS
SELECT name, tz, base::date AS since, base::date + 24 AS until, hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings) AS p
FROM world JOIN visit USING (name) GROUP BY name, tz, base;

-- The rows of dosage() where all but the last digits of absence_cv are equal.
SELECT is(count(*) FILTER (WHERE same), 25::bigint, format('as plain SQL: %s, day from %s, gap %s', name, day_start, merge_gap))
FROM zone_patrol, (VALUES (interval '0', interval '1 min'), ('7 hours', '0'), ('2 hours 30 min', '30 min')) AS option (day_start, merge_gap),
	LATERAL (SELECT coalesce(abs(d.absence_cv - r.absence_cv) < 1e-12, d.absence_cv IS NULL AND r.absence_cv IS NULL)
			AND to_jsonb(d) - 'absence_cv' = to_jsonb(r) - 'absence_cv'
		FROM hotspot.dosage(p, tz, day_start, merge_gap, since, until) AS d JOIN reference(name, tz, day_start, merge_gap, since, until) AS r USING (day)) AS compared (same)
GROUP BY name, day_start, merge_gap ORDER BY name, day_start;

-- What was computed day by day and merged is what is computed at once, but for ends that were cut.
SELECT is(count(*), 8::bigint, 'days apart, merged: same')
FROM zone_patrol AS z JOIN (
	SELECT name, hotspot.merge(p) AS p FROM (
		SELECT name, hotspot.patrol(unit, intervals * tstzmultirange(tstzrange(at, at + interval '1 day')), starts_cut, ends_cut, passing, 0) AS p
		FROM visit JOIN world USING (name), generate_series(0, 30) AS day, LATERAL (SELECT base + day * interval '1 day') AS start (at) GROUP BY name, day) AS apart
	GROUP BY name) AS merged USING (name)
WHERE (SELECT jsonb_agg(to_jsonb(d) - 'cut_visits' - 'pings') FROM hotspot.dosage(z.p, tz) AS d)
	= (SELECT jsonb_agg(to_jsonb(d) - 'cut_visits' - 'pings') FROM hotspot.dosage(merged.p, tz) AS d);

-- An expanded patrol reads as a stored one does.
SELECT is(count(*), 8::bigint, 'read before it is stored: same')
FROM zone_patrol AS z JOIN (SELECT name, jsonb_agg(to_jsonb(d)) AS rows
	FROM (SELECT name, tz, hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings) AS p FROM world JOIN visit USING (name) GROUP BY name, tz) AS q, hotspot.dosage(p, tz) AS d
	GROUP BY name) AS direct USING (name)
WHERE (SELECT jsonb_agg(to_jsonb(d)) FROM hotspot.dosage(z.p, tz) AS d) = direct.rows;

SELECT * FROM finish();
ROLLBACK;
