-- The hours of a week against slow SQL that spreads each event by itself, over random events in many time zones; peak()
-- against all windows.
BEGIN;
SET LOCAL timezone = 'UTC';
SELECT plan(15);

CREATE FUNCTION pick(n int, salt int, below bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 9223372036854775807) % below';

-- Durations of all kinds: none, minutes, hours, days, about a week, more; some next to the nights on which clocks change.
CREATE TABLE happening AS
SELECT n, start, CASE n % 7 WHEN 0 THEN NULL WHEN 1 THEN start ELSE start + length END AS finish, pick(n, 4, 1000000) * 0.001 AS harm
FROM generate_series(1, 700) AS n,
	LATERAL (SELECT CASE WHEN n % 4 = 0 THEN (ARRAY['2024-03-31 00:00', '2024-10-27 00:00', '2024-03-10 07:00', '2024-11-03 06:00', '2024-04-06 14:00', '2024-10-05 15:00']::timestamptz[])[1 + n / 4 % 6]
		+ (pick(n, 1, 10800) - 5400) * interval '1 second' ELSE '1996-01-01'::timestamptz + pick(n, 1, 946080000000000) * interval '1 microsecond' END AS start) AS s,
	LATERAL (SELECT (ARRAY[pick(n, 2, 7200), pick(n, 2, 86400), 604800 + pick(n, 2, 9000) - 4500, pick(n, 2, 2000000), pick(n, 2, 200) * 3600])[1 + pick(n, 3, 5)] * interval '1 second'
		+ pick(n, 5, 2) * interval '1 microsecond' AS length) AS l;

-- The rounded share of an event that lies before a wall time, in 10^-9: half away from zero, as numeric rounds.
CREATE FUNCTION before(wall timestamp, start timestamp, finish timestamp) RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
	SELECT round(1000000000 * extract(epoch FROM least(wall, finish) - start) / extract(epoch FROM finish - start))
$$;
-- In 10^-9 for each hour of each event.
CREATE FUNCTION reference(tz text) RETURNS TABLE (n int, weekday int, hour int, weight numeric, harm numeric) LANGUAGE sql AS $$
	SELECT n, weekday, hour, weight, weight * round(harm::numeric, 6)
	FROM (SELECT n, start AT TIME ZONE tz AS a, coalesce(finish, start) AT TIME ZONE tz AS b, harm FROM happening) AS local,
		LATERAL (
			SELECT extract(isodow FROM a)::int, extract(hour FROM a)::int, 1000000000::numeric WHERE b <= a
			UNION ALL
			SELECT extract(isodow FROM h)::int, extract(hour FROM h)::int, before(h + '1 hour', a, b) - before(greatest(h, a), a, b)
			FROM generate_series(date_trunc('hour', a), b, '1 hour') AS h WHERE b > a AND b - a < '7 days'
			UNION ALL
			SELECT 1 + k / 24, k % 24, round(1e9 * (k + 1) / 168) - round(1e9 * k / 168)
			FROM generate_series(0, 167) AS k WHERE b - a >= '7 days'
		) AS part (weekday, hour, weight)
$$;

-- One row for each hour that differs.
CREATE FUNCTION differences(tz text) RETURNS bigint LANGUAGE sql AS $$
	WITH slow AS (SELECT weekday, hour, sum(weight) AS weight, sum(harm) AS harm FROM reference(tz) GROUP BY weekday, hour HAVING sum(weight) > 0)
	SELECT count(*) FROM (SELECT hotspot.week(start, finish, harm, tz) AS w FROM happening) AS q, hotspot.hours(w) AS h FULL JOIN slow USING (weekday, hour)
	WHERE round(h.events::numeric * 1e9) IS DISTINCT FROM coalesce(weight, 0) OR abs(h.harm - coalesce(slow.harm, 0)::float8 / 1e9) > 1e-9
$$;
SELECT is(differences(tz), 0::bigint, 'hours are those of SQL in ' || tz)
FROM unnest('{Europe/London,America/Chicago,Australia/Lord_Howe,Asia/Kathmandu,Pacific/Apia,Africa/Casablanca,UTC}'::text[]) AS tz;

-- Each event by itself sums to one, and its harm to its harm: exact in 10^-9 and 10^-15.
SELECT is(count(*), 0::bigint, 'the hours of an event sum to it')
FROM (SELECT n, round(harm::numeric, 6) AS harm, (SELECT hotspot.week(start, finish, h.harm, 'Europe/London')) AS w FROM happening AS h GROUP BY n, start, finish, h.harm) AS q
WHERE (SELECT sum(round(events::numeric, 9)) <> 1 OR abs(sum(h.harm::numeric) - q.harm) > 1e-9 FROM hotspot.hours(w) AS h)
	OR hotspot.events(w) <> 1 OR hotspot.harm(w)::numeric <> q.harm;

-- AT TIME ZONE is what an offset is, over all of history and at the ends of time, forwards, backwards and in any order.
CREATE TABLE moment AS
SELECT at FROM generate_series('1890-01-01'::timestamptz, '2050-01-01', '1001 hours') AS at
UNION ALL SELECT '1850-01-01'::timestamptz + pick(n::int, 9, 31557600000) * interval '1 second' FROM generate_series(1, 1500) AS n
UNION ALL SELECT x + k * interval '10 minutes' FROM unnest('{2024-03-31 01:00,2024-10-27 01:00,2037-10-25 01:00,2437-10-25 01:00,2437-03-29 01:00}'::timestamptz[]) AS x, generate_series(-20, 20) AS k
UNION ALL SELECT unnest('{4714-11-26 BC,294276-12-29 23:59:59.999999}'::timestamptz[]);
CREATE FUNCTION wrong_offsets(tz text, direction int) RETURNS bigint LANGUAGE sql AS $$
	WITH slow AS (SELECT extract(isodow FROM wall)::int AS weekday, extract(hour FROM wall)::int AS hour, count(*) FROM (SELECT at AT TIME ZONE tz AS wall FROM moment) AS m GROUP BY 1, 2)
	SELECT count(*) FROM (SELECT hotspot.week(at, 1, tz ORDER BY CASE direction WHEN 0 THEN hashtext(at::text) ELSE direction * extract(epoch FROM at) END) AS w FROM moment) AS q,
		hotspot.hours(w) AS h LEFT JOIN slow USING (weekday, hour) WHERE events <> coalesce(count, 0)
$$;
SELECT is(sum(wrong_offsets(tz, direction)), 0::numeric, 'offsets are those of AT TIME ZONE, ' || CASE direction WHEN 1 THEN 'forwards' WHEN -1 THEN 'backwards' ELSE 'in any order' END)
FROM unnest('{1,-1,0}'::int[]) AS direction,
	unnest('{Europe/London,Europe/Dublin,America/Sao_Paulo,Australia/Lord_Howe,Africa/Casablanca,Asia/Kolkata,Pacific/Apia,UTC}'::text[]) AS tz GROUP BY direction;
-- As an abbreviation it would be without summer time.
SELECT throws_ok($$SELECT hotspot.week('2024-07-01'::timestamptz, 1, 'CET')$$, '22023', NULL, 'a name that is also an abbreviation is refused');

-- Moments, and what the wall clock shows of them.
SELECT is(hotspot.week(start, harm, 'Europe/London')::text, hotspot.week(start AT TIME ZONE 'Europe/London', harm, 'Europe/London')::text, 'wall times: same bytes') FROM happening;

-- peak() against all windows of a length: the largest sum, and of those the first.
CREATE TABLE small AS SELECT n / 9 AS g, hotspot.week(start, finish, harm, 'Europe/London') AS w FROM happening WHERE n < 270 GROUP BY n / 9;
CREATE FUNCTION wrong_peaks(of_hours int, lengths int[]) RETURNS bigint LANGUAGE sql AS $$
	WITH clock AS (
		SELECT g, ((weekday - 1) * 24 + hour) % of_hours AS k, sum(round(events::numeric, 9)) AS weight FROM small, hotspot.hours(w) GROUP BY 1, 2
	), best AS (
		SELECT DISTINCT ON (g, length) g, length, start, sum, count(*) OVER (PARTITION BY g, length, sum) AS ties
		FROM (SELECT g, length, start, sum(weight) AS sum FROM clock, unnest(lengths) AS length, generate_series(0, of_hours - 1) AS start
			WHERE (k - start + of_hours) % of_hours < length GROUP BY g, length, start) AS windows
		ORDER BY g, length, sum DESC, start
	)
	SELECT count(*) FROM best JOIN small USING (g), hotspot.peak(w, length, CASE of_hours WHEN 24 THEN 'day' ELSE 'week' END, 'events') AS p
	WHERE (p.start_hour, coalesce(p.weekday, 1)) <> (start % 24, 1 + start / 24) OR abs(p.events - sum::float8) > 1e-8
		OR abs(p.share * hotspot.events(w) - sum::float8) > 1e-8 OR abs(p.lift * length / of_hours - p.share) > 1e-12
		OR p.note IS DISTINCT FROM CASE WHEN ties > 1 THEN format('the earliest of %s windows that hold as much', ties) END
$$;
SELECT is(wrong_peaks(24, '{1,2,8,10,23,24}'), 0::bigint, 'peaks of the day are the best of all windows');
SELECT is(wrong_peaks(168, '{1,8,40,167,168}'), 0::bigint, 'peaks of the week are the best of all windows');

SELECT * FROM finish();
ROLLBACK;
