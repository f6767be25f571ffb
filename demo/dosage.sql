-- What hot spots were given, from GPS fixes: what demo/run shows after demo/hotspots.sql.
--
--   psql -v gps=gps -v spots=hot_spot -v plan=patrol_plan -v crime=crime -v geom=geom -v at=at -v day_start=07:00 \
--        -f demo/dosage.sql
--
-- Variables. The first six are used as they are written, so that a query in brackets will do as well as a table, and
-- an expression as well as a column:
--
--   gps         the fixes: columns unit, at, geom (a point, in metres), accuracy (may be NULL)
--   spots       the hot spots: columns name, area (a polygon), arm ('patrol' or 'control')
--   plan        what they are due each day: columns hot_spot, visits, min_dwell, minutes, ceiling; may be left out,
--               then it is 3 visits of 10 minutes, and 45 minutes, but not above 90, in each with arm 'patrol'
--   crime       the table of crimes
--   geom        where they happened, in the coordinates of the hot spots
--   at          when they happened
--   tz          the time zone of the force; may be left out: Europe/London
--   day_start   when a police day begins; may be left out: 00:00
--
-- Nothing is written: this runs in a transaction that is read only, and hotspot need not be on the search_path. What
-- units did in each hot spot is a summary value, a few kilobytes a month; psql keeps these between the queries. A
-- force that may write would put them into a table: see doc/tracking.md.

\set ON_ERROR_STOP on
\pset footer off
\pset null '-'

\if :{?tz}
\else
\set tz Europe/London
\endif
\if :{?day_start}
\else
\set day_start 00:00
\endif
\if :{?plan}
\else
\set plan '(SELECT name AS hot_spot, 3 AS visits, interval \'10 min\' AS min_dwell, 45 AS minutes, 90 AS ceiling FROM ' :spots ' AS s WHERE arm = \'patrol\')'
\endif

SET TimeZone = :'tz';

\echo
\echo Fixes :gps, hot spots :spots, days from :day_start, time of :tz
\echo

-- The fixes are read once.
WITH track AS MATERIALIZED (
	SELECT unit, hotspot.track(at, geom, accuracy) AS t FROM :gps AS gps GROUP BY unit
), zone AS MATERIALIZED (
	SELECT hotspot.zones(name, area) AS z FROM :spots AS spots
), visit AS (
	SELECT t.unit, v.*
	FROM track t, zone,
		hotspot.visits(t.t, zone.z, min_dwell => '2 min', max_speed => 70, still_gap => '1 hour', max_accuracy => 50) v
), patrol AS (
	SELECT zone, hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings) AS p FROM visit GROUP BY zone
), quality AS (
	SELECT count(*) AS units, min(lower(hotspot.during(t.t))) AS first_fix, max(upper(hotspot.during(t.t))) AS last_fix,
		sum(hotspot.size(t.t) + hotspot.skipped(t.t)) AS fixes_read,
		sum(hotspot.skipped(t.t, 'geometry')) AS no_point,
		sum(hotspot.skipped(t.t) - hotspot.skipped(t.t, 'geometry')) AS not_numbers,
		sum(c.inaccurate) AS inaccurate, sum(c.duplicates) AS duplicates, sum(c.spikes) AS spikes, sum(c.kept) AS kept,
		sum(c.jumps) AS jumps, sum(c.silences) AS silences,
		round(extract(epoch FROM sum(c.bridged)) / 3600) AS hours,
		round(extract(epoch FROM max(c.median_interval)), 1) AS median_seconds,
		count(c.note) AS warned
	FROM track t, hotspot.coverage(t.t, max_speed => 70, still_gap => '1 hour', max_accuracy => 50) c
)
SELECT q.*, (SELECT count(*) FROM visit) AS visits,
	(first_fix AT TIME ZONE :'tz' - :'day_start'::interval)::date AS since,
	(last_fix AT TIME ZONE :'tz' - :'day_start'::interval)::date AS until,
	p.zones, p.patrols
FROM quality q, (SELECT coalesce(array_agg(zone), '{}') AS zones, coalesce(array_agg(p::text), '{}') AS patrols FROM patrol) p
\gset

\if :{?first_fix}
\else
\echo There are no fixes.
\quit
\endif

SELECT (:'since'::date + :'day_start'::interval) AT TIME ZONE :'tz' AS start,
	(:'until'::date + 1 + :'day_start'::interval) AT TIME ZONE :'tz' AS finish
\gset

SELECT coalesce(array_agg(zone), '{}') AS crime_zones, coalesce(array_agg(crime_at), '{}') AS crime_times
FROM (SELECT hotspot.zone_at((SELECT hotspot.zones(name, area) FROM :spots AS spots), :geom) AS zone,
		(:at)::timestamptz AS crime_at
	FROM :crime AS crime
	WHERE (:at)::timestamptz >= :'start' AND (:at)::timestamptz < :'finish') c
WHERE zone IS NOT NULL
\gset

\echo '10. The GPS fixes: what was read, and what was left out'
\echo

SELECT v.what AS " ", to_char(v.fixes, '999,999,999,990') AS "          fixes"
FROM (VALUES
	(format('read, of %s units, from %s to %s', :units, :'first_fix'::timestamptz::date, :'last_fix'::timestamptz::date), :fixes_read),
	('left out: no point', :no_point),
	('left out: time, coordinates or accuracy that are not numbers', :not_numbers),
	('left out: accuracy worse than 50 m', :inaccurate),
	('left out: the same unit and time again', :duplicates),
	('left out: spikes, out of reach at 70 m/s', :spikes),
	('kept', :kept)
) AS v (what, fixes);

SELECT :median_seconds AS "seconds from fix to fix", :hours AS "hours known", :silences AS "silences",
	:jumps AS "jumps", :warned AS "units with fixes too rare";

\echo '   Seconds: the median, of the unit where it is longest. Hours known: of all units, where fixes are'
\echo '   at most 5 minutes apart, or up to an hour while a unit did not move. Silences: longer than that.'
\echo
\echo 11. What each hot spot was given, a day, from :since to :until
\echo '   Visits: of one unit or of several together. Officer minutes: of every unit; patrol minutes: with'
\echo '   at least one there. Stays of less than 2 minutes only count as passing, also in minutes. Away:'
\echo '   the longest time of a day without a patrol, on average. What the control arm got is contamination.'
\echo

SELECT s.arm, s.name AS "hot spot",
	round(avg(d.patrol_visits), 1) AS "visits",
	round(avg(d.officer_minutes)::numeric, 1) AS "officer min",
	round(avg(d.patrol_minutes)::numeric, 1) AS "patrol min",
	round(avg(d.pass_minutes)::numeric, 1) AS "passing",
	round(extract(epoch FROM avg(d.longest_absence)) / 3600, 1) AS "away h",
	count(*) FILTER (WHERE d.patrol_visits = 0) AS "days at 0"
FROM :spots AS s
	LEFT JOIN unnest(:'zones'::text[], :'patrols'::hotspot.patrol[]) AS p (zone, patrol) ON p.zone = s.name::text,
	hotspot.dosage(p.patrol, tz => :'tz', day_start => :'day_start', since => :'since', until => :'until') d
GROUP BY s.arm, s.name
ORDER BY s.arm DESC, s.name COLLATE "C";

\echo '12. Compliance: what was delivered, against what was due'
\echo '   Days are compliant that have the visits and the minutes that were due, and over if they have more'
\echo '   minutes than the ceiling. Visits and minutes: the share of what was due, at most 100 each day.'
\echo

SELECT l.hot_spot AS "hot spot",
	format('%s x %s min, %s min', l.visits, round(extract(epoch FROM l.min_dwell) / 60), l.minutes) AS "due a day",
	round(100 * avg(c.visits_share)::numeric) AS "visits %",
	round(100 * avg(c.minutes_share)::numeric) AS "minutes %",
	round(100.0 * count(*) FILTER (WHERE c.compliant) / count(*)) AS "days compliant %",
	round(100.0 * count(*) FILTER (WHERE c.over_minutes > 0) / count(*)) AS "days over %"
FROM :plan AS l
	LEFT JOIN unnest(:'zones'::text[], :'patrols'::hotspot.patrol[]) AS p (zone, patrol) ON p.zone = l.hot_spot::text,
	hotspot.compliance(p.patrol, l.visits, l.min_dwell, l.minutes, l.ceiling,
		tz => :'tz', day_start => :'day_start', since => :'since', until => :'until') c
GROUP BY l.hot_spot, l.visits, l.min_dwell, l.minutes
ORDER BY l.hot_spot COLLATE "C";

\echo '13. Crime in the 30 minutes after a patrol left, by the length of its visit'
\echo '   All hot spots of the patrol arm. A description, not an effect: patrols follow crime. Visits that'
\echo '   began within 30 minutes after a crime may have been sent there, and are left out. Passing counts'
\echo '   as a visit.'
\echo

WITH crime AS (
	SELECT zone, array_agg(at) AS times FROM unnest(:'crime_zones'::text[], :'crime_times'::timestamptz[]) AS c (zone, at) GROUP BY zone
)
SELECT CASE WHEN k.length_from IS NULL THEN 'not known'
		WHEN k.length_to IS NULL THEN format('over %s', extract(epoch FROM k.length_from)::integer / 60)
		ELSE format('%s to %s', extract(epoch FROM k.length_from)::integer / 60, extract(epoch FROM k.length_to)::integer / 60)
	END AS "length, min",
	sum(k.visits) AS "visits", sum(k.events) AS "followed by crime",
	round((sum(k.exposure_minutes) / 60)::numeric, 1) AS "hours followed",
	round((60 * sum(k.events) / nullif(sum(k.exposure_minutes), 0))::numeric, 3) AS "crimes an hour",
	(SELECT format('%s to %s', round(conf_low::numeric, 3), round(conf_high::numeric, 3))
	 FROM hotspot.crime_rate(sum(k.events), sum(k.exposure_minutes))) AS "95 % interval"
FROM :spots AS s
	LEFT JOIN unnest(:'zones'::text[], :'patrols'::hotspot.patrol[]) AS p (zone, patrol) ON p.zone = s.name::text
	LEFT JOIN crime c ON c.zone = s.name::text,
	hotspot.koper(p.patrol, coalesce(c.times, '{}'), until => :'finish', response => '30 min') k
WHERE s.arm = 'patrol'
GROUP BY k.length_from, k.length_to
ORDER BY k.length_from NULLS LAST;

\echo '14. Crime by the time since a patrol left'
\echo '   Again a description, not an effect. Passing counts as a visit.'
\echo

WITH crime AS (
	SELECT zone, array_agg(at) AS times FROM unnest(:'crime_zones'::text[], :'crime_times'::timestamptz[]) AS c (zone, at) GROUP BY zone
)
SELECT CASE WHEN e.state = 'before' THEN 'before the first visit'
		WHEN e.state = 'present' THEN 'present'
		WHEN e.since_to IS NULL THEN format('over %s min', extract(epoch FROM e.since_from)::integer / 60)
		ELSE format('%s to %s min', extract(epoch FROM e.since_from)::integer / 60, extract(epoch FROM e.since_to)::integer / 60)
	END AS "since a patrol left",
	round((sum(e.exposure_minutes) FILTER (WHERE s.arm = 'patrol') / 60)::numeric, 1) AS "patrol: hours",
	sum(e.crimes) FILTER (WHERE s.arm = 'patrol') AS "crimes",
	round((60 * sum(e.crimes) FILTER (WHERE s.arm = 'patrol')
		/ nullif(sum(e.exposure_minutes) FILTER (WHERE s.arm = 'patrol'), 0))::numeric, 3) AS "an hour",
	round((sum(e.exposure_minutes) FILTER (WHERE s.arm = 'control') / 60)::numeric, 1) AS "control: hours",
	sum(e.crimes) FILTER (WHERE s.arm = 'control') AS "crimes",
	round((60 * sum(e.crimes) FILTER (WHERE s.arm = 'control')
		/ nullif(sum(e.exposure_minutes) FILTER (WHERE s.arm = 'control'), 0))::numeric, 3) AS "an hour"
FROM :spots AS s
	LEFT JOIN unnest(:'zones'::text[], :'patrols'::hotspot.patrol[]) AS p (zone, patrol) ON p.zone = s.name::text
	LEFT JOIN crime c ON c.zone = s.name::text,
	hotspot.exposure(p.patrol, coalesce(c.times, '{}'), during => tstzrange(:'start', :'finish')) e
GROUP BY e.state, e.since_from, e.since_to
ORDER BY e.state <> 'before', e.state <> 'present', e.since_from;

\echo 'How to read these numbers, and what not to claim from them: doc/tracking.md'
