SET timezone = 'UTC';
-- London changes its clocks on 31 March and 27 October 2024, so that these days have 23 and 25 hours.
SELECT day, hotspot.police_day_range(day) AS midnight, upper(r) - lower(r) AS hours, r AS seven
FROM (VALUES (date '2024-03-30'), ('2024-03-31'), ('2024-06-01'), ('2024-10-26'), ('2024-10-27')) AS d (day),
	LATERAL hotspot.police_day_range(day, day_start => '7 hours') AS r;

-- The day of a moment: from its first microsecond to its last.
SELECT at, hotspot.police_day(at) AS midnight, hotspot.police_day(at, day_start => '7 hours') AS seven, hotspot.police_day(at, 'Asia/Tokyo') AS tokyo
FROM (VALUES (timestamptz '2024-05-31 22:59:59.999999Z'), ('2024-05-31 23:00Z'), ('2024-06-01 05:59:59.999999Z'), ('2024-06-01 06:00Z')) AS m (at);

-- One is the inverse of the other, on each hour of two years and in any zone; and as plain SQL has it.
SELECT tz, day_start, count(*) AS hours,
	count(*) FILTER (WHERE hotspot.police_day_range(hotspot.police_day(at, tz, day_start), tz, day_start) @> at) AS found,
	count(*) FILTER (WHERE hotspot.police_day(at, tz, day_start) = ((at AT TIME ZONE tz) - day_start)::date) AS plain
FROM generate_series(timestamptz '2024-01-01 00:30Z', '2025-12-31', '1 hour') AS at,
	unnest('{Europe/London,America/St_Johns,Pacific/Apia}'::text[]) AS tz, unnest('{0,7 hours}'::interval[]) AS day_start
GROUP BY tz, day_start ORDER BY tz, day_start;

SELECT hotspot.police_day(NULL) AS day, hotspot.police_day_range(NULL) AS range;
SELECT hotspot.police_day('infinity');
SELECT hotspot.police_day_range('-infinity');
SELECT hotspot.police_day(now(), NULL);
SELECT hotspot.police_day(now(), 'Europe/Nowhere');
SELECT hotspot.police_day(now(), day_start => '1 day');
SELECT hotspot.police_day_range('2024-01-01', day_start => '1 month');
SELECT hotspot.police_day_range('2024-01-01', day_start => '-1 hour');
