-- Type week: when it happens, by hour of the local week.
SET timezone = 'UTC';
SET datestyle = 'ISO';

-- The hours of an event in London that have a weight. Weights by hand: minutes of the hour by minutes of the event.
CREATE FUNCTION week_spread(start timestamptz, finish timestamptz) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(h.weekday || ' ' || h.hour || ': ' || h.events, ', ' ORDER BY h.weekday, h.hour)
	FROM (SELECT hotspot.week(a, b, 2, 'Europe/London') AS w FROM (VALUES (start, finish)) AS v (a, b)) AS q, hotspot.hours(q.w) AS h
	WHERE h.events > 0 AND h.harm = 2 * h.events
$$;
SELECT what, week_spread(start, finish) FROM (VALUES
	('20/150, 60/150, 60/150, 10/150', '2024-01-01 22:40'::timestamptz, '2024-01-02 01:10'::timestamptz),
	('half and half', '2024-01-06 23:30', '2024-01-07 00:30'),
	('from Sunday to Monday', '2024-01-07 23:30', '2024-01-08 00:30'),
	('within an hour', '2024-01-01 09:05', '2024-01-01 09:55'),
	('a whole hour', '2024-01-01 09:00', '2024-01-01 10:00'),
	('half open: not the hour at whose start it ends', '2024-01-01 08:30', '2024-01-01 10:00'),
	('no finish', '2024-01-01 09:59:59.999999', NULL),
	('finish is start', '2024-01-01 09:00', '2024-01-01 09:00'),
	('thirds: rounded sums, so that they make one', '2024-01-03 09:00', '2024-01-03 12:00'),
	('before 2000: a Friday', '1999-12-31 23:30', '2000-01-01 00:30'),
	('before 1970: a Thursday', '1969-07-17 13:15', '1969-07-17 14:45'),
	('a microsecond of an hour rounds to nothing', '2024-01-02 00:59:59.999999', '2024-01-02 02:00')
) AS v (what, start, finish);
-- As wall times.
SELECT h.* FROM (SELECT hotspot.week('2024-01-01 22:40'::timestamp, '2024-01-02 01:10', 15, 'Europe/London') AS w) AS q, hotspot.hours(w) AS h WHERE events > 0;

-- Seven days and more: 1/168 each, that is 0.005952381 or 0.005952380, and the sum is one. A moment less: parts as ever, of
-- which those of the first hour and the last are of the same one.
CREATE TEMP TABLE long AS
SELECT name, start, finish, (SELECT hotspot.week(start, finish, 1, 'Europe/London')) AS w FROM (VALUES
	('7 days', '2024-01-03 09:30'::timestamp, '2024-01-10 09:30'::timestamp),
	('9 days', '2024-01-03 09:30', '2024-01-12 10:00'),
	('300,000 years', '4713-01-01 BC', '294276-12-31 23:59:59.999999'),
	('7 days but a microsecond', '2024-01-03 09:30', '2024-01-10 09:29:59.999999')
) AS v (name, start, finish) GROUP BY name, start, finish;
SELECT name, count(*), sum(h.events::numeric), min(h.events::numeric), max(h.events::numeric), hotspot.events(w) FROM long, hotspot.hours(w) AS h GROUP BY name, w::text, hotspot.events(w) ORDER BY 1;

-- The two nights on which clocks change in London. Spring 2024: 01:00 becomes 02:00 on 31 March, a Sunday. An hour counts
-- as it is labelled, and durations are those that the wall clock shows: from 00:30 to 02:30 two hours, though one has passed.
SELECT what, week_spread(start, finish) FROM (VALUES
	('30/120, 60/120, 30/120', '2024-03-31 00:30'::timestamptz, '2024-03-31 01:30'::timestamptz),
	('before the change', '2024-03-31 00:59', NULL),
	('after the change', '2024-03-31 01:00', NULL)
) AS v (what, start, finish);
-- Autumn 2024: 02:00 becomes 01:00 on 27 October. From 00:30 to the second 01:30 one hour on the wall clock, though two
-- have passed; from the first 01:50 to the second 01:10 less than none: the hour of the start.
SELECT what, week_spread(start, finish) FROM (VALUES
	('half and half', '2024-10-26 23:30'::timestamptz, '2024-10-27 01:30'::timestamptz),
	('40 minutes back', '2024-10-27 00:50', '2024-10-27 01:10'),
	('to the same time again', '2024-10-27 00:30', '2024-10-27 01:30'),
	('the first time', '2024-10-27 00:30', NULL),
	('the second time', '2024-10-27 01:30', NULL)
) AS v (what, start, finish);
-- Seven days on the wall clock are so on either night.
SELECT count(DISTINCT h.events) FILTER (WHERE h.events BETWEEN 0.00595238 AND 0.005952381) AS values, count(*)
FROM (SELECT hotspot.week('2024-03-26 12:00'::timestamptz, '2024-04-02 11:00', 1, 'Europe/London') AS w) AS q, hotspot.hours(w) AS h;
-- Other zones: half an hour in Lord Howe (7 April 2024, 02:00 becomes 01:30), a day that Samoa left out (30 December 2011).
SELECT h.weekday, h.hour FROM (SELECT hotspot.week('2024-04-06 14:50'::timestamptz, '2024-04-06 15:10', 1, 'Australia/Lord_Howe') AS w) AS q, hotspot.hours(w) AS h WHERE events > 0;
SELECT h.* FROM (SELECT hotspot.week('2011-12-30 09:30'::timestamptz, '2011-12-30 10:30', 26, 'Pacific/Apia') AS w) AS q, hotspot.hours(w) AS h WHERE hour IN (0, 23) AND events > 0;
-- The session's time zone has no part in it.
SET timezone = 'America/Chicago';
SELECT week_spread('2024-01-01 22:40+00', '2024-01-02 01:10+00');
SET timezone = 'UTC';

-- Nor in a date, which has no hour: 1 July 2024 was a Monday. Its whole day, as the hint has it: 24 hours of 1/24.
SELECT hotspot.week('2024-07-01'::date, 1, 'Europe/London');
SELECT hotspot.week('2024-07-01'::date, '2024-07-02'::date, 1, 'Europe/London');
SELECT weekday, count(*) AS hours, min(events), max(events)
FROM hotspot.hours((SELECT hotspot.week(d::timestamp, (d + 1)::timestamp, 1, 'Europe/London') FROM (SELECT '2024-07-01'::date AS d) AS q)) WHERE events > 0 GROUP BY 1;

-- Always 168 rows, in order.
SELECT count(*), bool_and(n = (weekday - 1) * 24 + hour + 1) AS in_order, sum(events) AS events
FROM (SELECT hotspot.week('2024-01-03 05:00'::timestamptz, 1, 'Europe/London') AS w) AS q, hotspot.hours(w) WITH ORDINALITY AS h (weekday, hour, events, harm, n);

-- Sums and what is left out, by the first reason.
CREATE TEMP TABLE burglary (start timestamptz, finish timestamptz, harm float8);
INSERT INTO burglary VALUES
	('2024-01-01 22:40', '2024-01-02 01:10', 100), ('2024-01-05 17:00', NULL, 20.5), ('2024-01-06 08:00', '2024-01-20 08:00', 0.0000004),
	(NULL, NULL, NULL), (NULL, '2024-01-01', 1), ('infinity', NULL, 1), ('-infinity', '2024-01-01', 1), ('infinity', '2024-01-01', 1), ('2024-01-01', 'infinity', 1), ('2024-01-01', '-infinity', NULL),
	('2024-01-01', '2024-01-02', NULL);
CREATE TEMP TABLE stored AS SELECT hotspot.week(start, finish, harm, 'europe/london') AS w FROM burglary;
SELECT hotspot.events(w), hotspot.harm(w), hotspot.tz(w), hotspot.skipped(w) FROM stored;
SELECT reason, hotspot.skipped(w, reason) FROM stored, unnest('{start,finish,harm}'::text[]) AS reason;
SELECT hotspot.skipped(w, 'rain') FROM stored;
SELECT hotspot.skipped(w, NULL) FROM stored;

-- Merging, and names of zones in capitals or not.
SELECT (a + b)::text = w::text AS sum, (SELECT hotspot.merge(p)::text FROM (VALUES (b), (NULL), (a)) AS v (p)) = w::text AS merged,
	(NULL + a)::text = a::text AND (a + NULL)::text = a::text AS with_null, (NULL::hotspot.week + NULL) IS NULL AS nulls
FROM stored, (SELECT hotspot.week(start, finish, harm, 'Europe/London') FILTER (WHERE finish IS NULL) AS a,
	hotspot.week(start, finish, harm, 'EUROPE/LONDON') FILTER (WHERE finish IS NOT NULL) AS b FROM burglary) AS part;
SELECT hotspot.events(w + w), hotspot.harm(w + w), hotspot.skipped(w + w) FROM stored;
SELECT hotspot.events(hotspot.week(start, harm, tz)) FROM (VALUES ('2024-01-01'::timestamptz, 1::float8, 'Europe/London'), ('2024-01-01', 1, 'europe/LONDON'), ('2024-01-01', 1, 'Europe/London')) AS v (start, harm, tz);
-- Wall times and moments of one zone meet in one week.
SELECT h.* FROM (SELECT hotspot.week('2024-07-01 09:00'::timestamp, 1, 'Europe/London') + hotspot.week('2024-07-01 08:30+00'::timestamptz, 2, 'Europe/London') AS w) AS q, hotspot.hours(w) AS h WHERE events > 0;
-- A stored week goes on where it was: as a transition value it comes back from disk.
SELECT hotspot.events(hotspot.week_add_event(w, '2024-01-01', 1, 'Europe/London')) FROM stored;

-- Peaks. By hand: harm 6 at Monday 23:00, 4 at Tuesday 01:00, 5 at Thursday 12:00, and 3 at Sunday 23:00; of 18.
CREATE TEMP TABLE small AS SELECT hotspot.week(at, harm, 'Europe/London') AS w
FROM (VALUES ('2024-01-01 23:15'::timestamp, 6), ('2024-01-09 01:00', 4), ('2024-01-04 12:59', 5), ('2024-01-07 23:00', 3)) AS v (at, harm);
-- Hours of the day: 23:00 has 9, and with 01:00 13. A window of 3 hours that holds both begins at 23:00 alone.
SELECT p.* FROM small, hotspot.peak(w, 1) AS p;
SELECT p.* FROM small, hotspot.peak(w, 3) AS p;
-- Of 4 hours: from 22:00 or 23:00; from 22:00 is the earlier. Next best, apart from that: 12:00, from 9:00 on; no third.
SELECT p.* FROM small, hotspot.peak(w, 4, n => 5) AS p;
SELECT p.* FROM small, hotspot.peak(w, 24) AS p;
-- Hours of the week: two hours from Monday 22:00 or 23:00; with 3 events of 4 from Sunday 23:00 on, 27 hours past its end.
SELECT p.* FROM small, hotspot.peak(w, 2, 'week', n => 9) AS p;
SELECT p.* FROM small, hotspot.peak(w, 27, 'week', 'events') AS p;
SELECT p.* FROM small, hotspot.peak(w, 168, of => 'week') AS p;
SELECT p.* FROM small, hotspot.peak(w, 1, measure => 'events', n => 100) AS p;
-- The note of the first says what was left out.
SELECT p.rank, p.start_hour, p.note FROM stored, hotspot.peak(w, 1, n => 2) AS p;
-- Undefined.
SELECT p.* FROM (SELECT hotspot.week('2024-01-01'::timestamp, 0, 'Europe/London') AS w) AS q, hotspot.peak(w, 8) AS p;
SELECT p.* FROM (SELECT hotspot.week(NULL::timestamp, 1, 'Europe/London') AS w) AS q, hotspot.peak(w, 8, 'week', 'events', 3) AS p;
SELECT count(*) FROM hotspot.peak(NULL, 8);
SELECT count(*) FROM hotspot.hours(NULL);
SELECT hotspot.events(NULL::hotspot.week) IS NULL AND hotspot.harm(NULL::hotspot.week) IS NULL AND hotspot.tz(NULL::hotspot.week) IS NULL AND
	hotspot.skipped(NULL::hotspot.week) IS NULL AND hotspot.skipped(NULL::hotspot.week, 'harm') IS NULL AS all_null;
SELECT hotspot.week(start, harm, 'Europe/London') IS NULL AS nothing FROM burglary WHERE false;

-- Errors.
SELECT hotspot.week('2024-01-02 08:00'::timestamptz, '2024-01-01 17:30', 1, 'Europe/London');
SELECT hotspot.week('2024-10-27 01:50'::timestamp, '2024-10-27 01:10', 1, 'Europe/London');
SELECT hotspot.week('2024-01-01'::timestamptz, -1, 'Europe/London');
SELECT hotspot.week('2024-01-01'::timestamptz, 'NaN', 'Europe/London');
SELECT hotspot.week('2024-01-01'::timestamp, 'Infinity', 'Europe/London');
SELECT hotspot.week('2024-01-01'::timestamptz, 1e13, 'Europe/London');
SELECT hotspot.week('2024-01-01'::timestamptz, 1, NULL);
SELECT hotspot.week(NULL::timestamp, NULL::timestamp, 1, NULL);
SELECT hotspot.week('2024-01-01'::timestamptz, 1, 'BST');
SELECT hotspot.week('2024-01-01'::timestamp, 1, 'Europe/Lond');
SELECT hotspot.week('2024-01-01'::timestamp, 1, '');
SELECT hotspot.week('2024-01-01'::timestamp, 1, repeat('x', 300));
SELECT hotspot.week('2024-01-01'::timestamptz, 1, tz) FROM unnest('{Europe/London,Europe/Paris}'::text[]) AS tz;
SELECT hotspot.week('2024-01-01'::timestamptz, 1, 'Europe/London') + hotspot.week('2024-01-01'::timestamptz, 1, 'Europe/Paris');
SELECT hotspot.merge(w) FROM (SELECT hotspot.week('2024-01-01'::timestamptz, 1, tz) AS w FROM unnest('{Europe/London,Europe/Paris}'::text[]) AS tz GROUP BY tz) AS q;
SELECT hotspot.peak(w, 0) FROM small;
SELECT hotspot.peak(w, 25) FROM small;
SELECT hotspot.peak(w, 169, 'week') FROM small;
SELECT hotspot.peak(w, NULL) FROM small;
SELECT hotspot.peak(w, 8, 'month') FROM small;
SELECT hotspot.peak(w, 8, measure => 'arrests') FROM small;
SELECT hotspot.peak(w, 8, n => 0) FROM small;
SELECT hotspot.peak(w, 8, n => NULL) FROM small;

-- The flat form, by hand: version 1, kind w; 3 letters, UTC; nothing skipped; days: Thursday, whose hour 5 is that of bit 5;
-- weights of 10^-9: 9 zeros, one byte, 1; harm of 10^-15: 15 zeros, one byte, 25.
SELECT hotspot.week('2024-01-04 05:00'::timestamp, 25, 'utc')::text = '0177' || '03' || '555443' || '00' || '08' || '200000' || '0901' || '0f01' || '01' || '19' AS as_said;
-- Two skipped; half an event in Monday's last hour, bit 23, and in Tuesday's first: 5 x 10^8 of 10^-9; harm 0.5 by 0.5: 25 x 10^13 of
-- 10^-15; and no byte for harm where there is none at all.
SELECT hotspot.week(start, finish, 0.5, 'UTC')::text = '0177' || '03' || '555443' || '01' || '020000' || '03' || '000080' || '010000' || '0801' || '0d01' || '0505' || '1919' AS as_said,
	hotspot.week(start, finish, 0, 'UTC')::text = '0177' || '03' || '555443' || '01' || '020000' || '03' || '000080' || '010000' || '0801' || '0000' || '0505' AS no_harm,
	hotspot.week(start, finish, 0, 'UTC') FILTER (WHERE start IS NULL)::text = '0177' || '03' || '555443' || '01' || '020000' || '00' || '0000' || '0000' AS empty
FROM (VALUES ('2024-01-01 23:30'::timestamp, '2024-01-02 00:30'::timestamp), (NULL, NULL), (NULL, NULL)) AS v (start, finish);

-- Foreign bytes. What is wrong with each: those behind the first are that, damaged, or small ones.
CREATE FUNCTION week_problem(bytes text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	PERFORM bytes::hotspot.week;
	RETURN 'none';
EXCEPTION WHEN invalid_text_representation THEN
	RETURN SQLERRM;
END
$$;
SELECT what, week_problem(bytes) FROM (VALUES
	('whole', '0177035554430102000005' || '000080010000' || '08010d01' || '05051919'),
	('version', '0277035554430102000005' || '000080010000' || '08010d01' || '05051919'),
	('kind', '0164035554430102000005' || '000080010000' || '08010d01' || '05051919'),
	('no zone', '01770000' || '00' || '0000' || '0000'),
	('long zone', '0177ff5554430102000005' || '000080010000' || '08010d01' || '05051919'),
	('a space', '0177035520430102000005' || '000080010000' || '08010d01' || '05051919'),
	('wide skips', '0177035554430202000000000005' || '000080010000' || '08010d01' || '05051919'),
	('skips', '01770355544308' || repeat('ff', 8) || repeat('00', 16) || '00' || '0000' || '0000'),
	('width of skips', '01770355544309' || repeat('ff', 27) || '00' || '0000' || '0000'),
	('eight days', '0177035554430102000085' || '000080010000' || '08010d01' || '05051919'),
	('day without hour', '0177035554430102000005' || '000000010000' || '08010d01' || '05051919'),
	('ten zeros', '0177035554430102000005' || '000080010000' || '0a010d01' || '05051919'),
	('wide weights', '0177035554430102000005' || '000080010000' || '08020d01' || '050005001919'),
	('fewer zeros', '0177035554430102000005' || '000080010000' || '07010d01' || '32321919'),
	('fewer zeros of harm', '0177035554430102000005' || '000080010000' || '08010c01' || '0505fafa'),
	('no weight', '0177035554430102000005' || '000080010000' || '08010d01' || '0a001919'),
	('half an event', '0177035554430102000005' || '000080010000' || '08010d01' || '05041919'),
	('harm of no event', '0177035554430102000005' || '000080010000' || '08010010' || '0505' || repeat('ff', 32)),
	('harm of parts', '0177035554430102000005' || '000080010000' || '08010001' || '05050102'),
	('too many events', '0177035554430001' || '010000' || '0908' || '0000' || 'ffffffffffffff7f'),
	('short', '0177035554430102000005' || '000080010000' || '08010d01' || '050519'),
	('long', '0177035554430102000005' || '000080010000' || '08010d01' || '0505191900')
) AS v (what, bytes);
-- All that a week can hold, and one event more.
-- Monday 00:00 has 9223372036 events, 0x0225c17d04.
CREATE TEMP TABLE full_week AS SELECT '0177035554430001' || '010000' || '0905' || '0000' || '047dc12502' AS bytes;
SELECT hotspot.events(bytes::hotspot.week) FROM full_week;
SELECT bytes::hotspot.week + w FROM full_week, (SELECT hotspot.week('2024-01-01'::timestamp, 1, 'UTC')) AS one (w);
SELECT hotspot.week_add_wall_event(bytes::hotspot.week, '2024-01-01', 1, 'UTC') FROM full_week;

-- A date has no hour, and PostgreSQL must not take midnight by the session's TimeZone for it. Both ends of the day do:
-- 24 hours get 1/24 each.
SELECT hotspot.week(date '2024-01-01', 1, 'Europe/London');
SELECT hotspot.week(date '2024-01-01', date '2024-01-02', 1, 'Europe/London');
SELECT weekday, count(*), min(events), max(events)
FROM (SELECT hotspot.week(day::timestamp, day::timestamp + interval '1 day', 1, 'Europe/London') AS w FROM (VALUES (date '2024-01-01')) AS d (day)) AS q,
	hotspot.hours(w) WHERE events > 0 GROUP BY weekday;
DROP FUNCTION week_spread, week_problem;
