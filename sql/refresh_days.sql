-- Five and twenty nights of a force, one programme refreshed by what is new and one from the start: the same to the last bit, and what queries of the
-- events and fixes give. Clocks change on 31 March; days begin at 5. Nothing is random: numbers come from a hash.
SET client_min_messages = warning;
SET timezone = 'UTC';
\set SHOW_CONTEXT never
CREATE SCHEMA force;
CREATE FUNCTION force.draw(n int, what int, below int) RETURNS int IMMUTABLE LANGUAGE sql AS $$
	SELECT (('x' || substr(md5(n || '/' || what), 1, 8))::bit(32)::bigint & 2147483647)::int % below $$;

-- 4000 crimes within 60 days; recorded up to 3 days later, some changed, some deleted within 3 days. Crimes with a finish may have happened
-- at any time until then.
CREATE TABLE force.record AS
SELECT n, CASE WHEN force.draw(n, 0, 50) > 0 THEN ST_SetSRID(ST_MakePoint(
		force.draw(n, 1, 40) * force.draw(n, 2, 40) + 0.5, force.draw(n, 3, 30) * force.draw(n, 4, 30) - 300.25), 27700) END AS geom,
	timestamptz '2024-02-20 00:00+00' + force.draw(n, 5, 86400) * interval '60 seconds' AS at,
	NULLIF(force.draw(n, 6, 40), 0) / 4.0::float8 AS harm,
	CASE WHEN n % 5 = 0 THEN timestamptz '2024-02-20 00:00+00' + (force.draw(n, 5, 86400) + force.draw(n, 7, 900)) * interval '60 seconds' END AS finish,
	force.draw(n, 8, 4) AS late, CASE WHEN n % 29 = 0 THEN 3 END AS changed, CASE WHEN n % 31 = 0 THEN 3 END AS deleted
FROM generate_series(1, 4000) n;
CREATE TABLE force.night (at timestamptz);
INSERT INTO force.night VALUES ('2024-03-10 06:00+00');
CREATE VIEW force.crime AS
SELECT r.n, r.geom, r.at, CASE WHEN r.at + changed * interval '1 day' < night.at THEN r.harm + 1 ELSE r.harm END AS harm, r.finish
FROM force.record r, force.night
WHERE r.at + late * interval '20 hours' < night.at AND (deleted IS NULL OR r.at + deleted * interval '1 day' >= night.at);

-- Three cars, a fix every two minutes but for pauses; a car in four is recorded a day later.
CREATE TABLE force.ping AS
SELECT 'car ' || car AS unit, timestamptz '2024-03-05 00:00+00' + n * interval '2 minutes' + car * interval '7 seconds' AS at,
	ST_SetSRID(ST_MakePoint(700 + 650 * sin(n / (9.0 + car)), 200 + 500 * cos(n / (17.0 + car))), 27700) AS geom, n
FROM generate_series(1, 3) car, generate_series(1, 31000) n WHERE (n + car * 7) % 90 > 8;
CREATE INDEX ON force.ping (at);
CREATE VIEW force.gps AS
SELECT unit, ping.at, geom FROM force.ping, force.night WHERE ping.at + CASE WHEN n % 400 < 100 THEN interval '1 day' ELSE '0' END < night.at;

CREATE TABLE force.assigned AS
SELECT place, day, treated FROM (
	SELECT DISTINCT hotspot.cell(geom, 150)::text AS place FROM force.record WHERE n <= 24 AND geom IS NOT NULL) p,
	LATERAL (SELECT date '2024-03-01' + n AS day, force.draw(n, ('x' || md5(place))::bit(16)::int, 3) = 0 AS treated FROM generate_series(0, 50) n) d;

INSERT INTO hotspot.programme (name, events, grid, history, late, hot_spots, separation, day_start, fixes, fix_history, max_speed, visits_due,
	minutes_due, dwell_due, assignment)
SELECT name, 'force.crime', 150, '35 days', '4 days', 12, 200, '5 hours', 'force.gps', '9 days', 50, 2, 20, '5 min', 'force.assigned'
FROM (VALUES ('kept'), ('whole')) AS p (name);

DO $$
DECLARE
	tonight timestamptz;
BEGIN
	FOR n IN 0 .. 24 LOOP
		-- Now and then a night is left out, or a list is made twice.
		CONTINUE WHEN n IN (7, 8, 19);
		tonight := timestamptz '2024-03-10 06:00+00' + n * interval '1 day';
		UPDATE force.night SET at = tonight;
		CALL hotspot.refresh('kept', as_of => tonight);
		IF n % 11 = 0 THEN
			CALL hotspot.refresh('kept', as_of => tonight);
		END IF;
		CALL hotspot.refresh('whole', full => true, as_of => tonight);
	END LOOP;
END
$$;

-- All but the first night read only the late days and the new ones.
SELECT programme, method, count(*), min(days_read) AS least, max(days_read) AS most FROM hotspot.refresh_runs GROUP BY programme, method ORDER BY programme, method;
SELECT count(*) AS runs, count(*) FILTER (WHERE rows_read = (SELECT count(*) FROM hotspot.programme p, force.record r
	WHERE p.name = programme AND hotspot.police_day(r.at, tz, day_start) BETWEEN read_since AND until
		AND r.at + r.late * interval '20 hours' < as_of AND (deleted IS NULL OR r.at + deleted * interval '1 day' >= as_of))) AS right
FROM hotspot.refresh_runs;

-- Two tables are the same if neither has a row that the other has not. Those that a list was written to twice for one day too.
CREATE VIEW force.spot AS
SELECT programme, until, h.cell, rank, rank_before, status, h.events, h.harm, share, cumulative_share, peak_weekday, peak_hour,
	peak_share, peak, week::text, longitude, latitude, geojson, geom::text
FROM hotspot.hot_spot h JOIN hotspot.run r ON r.id = h.run;
CREATE VIEW force.day AS
SELECT programme, day, cell, rank, visits, patrol_visits, officer_minutes, patrol_minutes, pass_minutes, units, mean_crew, longest_absence,
	present_share, first_arrival, last_departure, pings, cut_visits, visits_done, visits_due, visits_share, minutes_share, compliant, under_minutes
FROM hotspot.hot_spot_day;
CREATE VIEW force.times AS
SELECT programme, u.* FROM hotspot.programme_time, unnest(cells, starts, finishes, harms) AS u (cell, start, finish, harm)
WHERE hotspot.police_day(start, 'Europe/London', '5 hours') BETWEEN '2024-02-28' AND '2024-04-02';
CREATE VIEW force.effect AS
SELECT programme, until, outcome AS kind, e.* FROM (SELECT programme, until, id FROM hotspot.run) r JOIN hotspot.programme_effect e ON e.run = r.id;
CREATE FUNCTION force.differences(name text, columns text) RETURNS TABLE (relation text, "rows" bigint, differ bigint) LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE format($query$
		SELECT %1$L, (SELECT count(*) FROM %1$s WHERE programme = 'whole'), count(*) FROM (
			(SELECT %2$s FROM %1$s WHERE programme = 'kept' EXCEPT SELECT %2$s FROM %1$s WHERE programme = 'whole')
			UNION ALL
			(SELECT %2$s FROM %1$s WHERE programme = 'whole' EXCEPT SELECT %2$s FROM %1$s WHERE programme = 'kept')) d
		$query$, name, columns);
END $$;
SELECT d.* FROM (VALUES
	('force.spot', 'until, cell, rank, rank_before, status, events, harm, share, cumulative_share, peak_weekday, peak_hour, peak_share, peak, week,
		longitude, latitude, geojson, geom'),
	('hotspot.programme_day', 'day, rows_read, surface::text'),
	('hotspot.programme_month', 'month, surface::text'),
	('force.times', 'cell, start, finish, harm'),
	('hotspot.hot_spot_hours', 'rank, hot_spot, weekday, hour, events, harm, since, until'),
	('hotspot.programme_patrol', 'day, cell, patrol::text'),
	('force.day', 'day, cell, rank, visits, patrol_visits, officer_minutes, patrol_minutes, pass_minutes, units, mean_crew, longest_absence, present_share,
		first_arrival, last_departure, pings, cut_visits, visits_done, visits_due, visits_share, minutes_share, compliant, under_minutes'),
	('force.effect', 'until, kind, measure, estimate, std_error, df, statistic, p_value, conf_low, conf_high, n, note'),
	('hotspot.refresh_runs', 'until, events, harm, skipped_geometry, skipped_coordinates, skipped_harm, place_days, place_days_left_out')
) AS t (name, columns), force.differences(name, columns) d;

-- The last list is that of a query of the events.
SELECT count(*) AS rows, count(*) FILTER (WHERE (c.hot_spot, c.events, c.harm, c.share, c.cumulative_share) = (t.cell::text, t.events, t.harm, t.share, t.cumulative_share)) AS same
FROM (SELECT hotspot.surface(geom, harm, 150) AS s FROM force.crime
	WHERE (at AT TIME ZONE 'Europe/London' - interval '5 hours')::date BETWEEN date '2024-04-03' - 35 AND '2024-04-02') q,
	hotspot.top(q.s, 12, separation => 200) t
FULL JOIN (SELECT * FROM hotspot.current_hot_spots WHERE programme = 'kept') c USING (rank);
-- And the statuses of all lists are those of each and the one before.
WITH list AS (
	SELECT DISTINCT until, dense_rank() OVER (ORDER BY until) AS n FROM hotspot.hot_spot_history WHERE programme = 'kept'
)
SELECT this.status, count(*) AS hot_spots, count(*) FILTER (WHERE this.rank_before IS NOT DISTINCT FROM last.rank
	AND this.status = CASE WHEN last.rank IS NULL THEN 'new' WHEN this.rank IS NULL THEN 'dropped' WHEN last.rank = this.rank THEN 'kept' ELSE 'moved' END) AS right
FROM list l JOIN hotspot.hot_spot_history this ON this.programme = 'kept' AND this.until = l.until
LEFT JOIN list b ON b.n = l.n - 1
LEFT JOIN hotspot.hot_spot_history last ON last.programme = 'kept' AND last.until = b.until AND last.hot_spot = this.hot_spot AND last.rank IS NOT NULL
GROUP BY this.status ORDER BY this.status COLLATE "C";

-- Its hours and peaks are those of a week of the events in each.
SELECT count(*) AS rows, count(*) FILTER (WHERE (h.events, h.harm) = (x.events, x.harm)) AS same
FROM hotspot.hot_spot_hours h
JOIN (SELECT hotspot.cell(geom, 150)::text AS hot_spot, hotspot.week(at, finish, harm, 'Europe/London') AS w FROM force.crime
	WHERE (at AT TIME ZONE 'Europe/London' - interval '5 hours')::date BETWEEN date '2024-04-03' - 35 AND '2024-04-02' GROUP BY 1) q USING (hot_spot),
	hotspot.hours(q.w) x
WHERE programme = 'kept' AND x.weekday = h.weekday AND x.hour = h.hour;

-- Days of patrol, from all fixes at once: as dosage() of the visits of the whole time, for hot spots whose days before and after are kept too.
WITH visit AS (
	SELECT u.unit, v.* FROM (SELECT unit, hotspot.track(at, geom) AS t FROM force.gps GROUP BY unit) u,
		(SELECT hotspot.zones(cell::text, hotspot.geometry(cell)) AS z FROM (SELECT DISTINCT cell FROM hotspot.hot_spot_day WHERE programme = 'kept') c) z,
		hotspot.visits(u.t, z.z, max_speed => 50) v
), whole AS (
	SELECT zone, d.* FROM (SELECT zone, hotspot.patrol(unit, intervals, starts_cut, ends_cut, passing, pings) AS p FROM visit GROUP BY zone) q,
		hotspot.dosage(q.p, day_start => '5 hours', since => '2024-03-02', until => '2024-04-02') d
)
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE (d.patrol_visits, d.officer_minutes, d.patrol_minutes, d.units)
	IS DISTINCT FROM (w.patrol_visits, w.officer_minutes, w.patrol_minutes, w.units)) AS differ
FROM hotspot.hot_spot_day d JOIN whole w ON w.zone = d.cell::text AND w.day = d.day
WHERE programme = 'kept' AND d.day < '2024-04-02' AND EXISTS (SELECT FROM hotspot.hot_spot_day b WHERE b.programme = d.programme AND b.cell = d.cell AND b.day = d.day - 1)
	AND EXISTS (SELECT FROM hotspot.hot_spot_day b WHERE b.programme = d.programme AND b.cell = d.cell AND b.day = d.day + 1);

DELETE FROM hotspot.programme;

-- Months that are over are kept merged: over half a year and more lists they say the same as all events, whatever is read late, and what history is.
CREATE TABLE force.months AS
SELECT geom, timestamptz '2023-01-01 00:00+00' + (n * 7919 % 700000) * interval '1 minute' AS at, harm, n FROM force.record WHERE harm IS NOT NULL AND geom IS NOT NULL;
INSERT INTO hotspot.programme (name, events, grid, history, late, hot_spots)
SELECT name, 'force.months', 150, '5 months', '3 days', 40 FROM (VALUES ('kept'), ('whole')) AS p (name);
CREATE TABLE force.merged (until date, months_since date, months_until date, rows bigint, same bigint, direct boolean);
DO $$
DECLARE
	today date = '2023-07-20';
BEGIN
	FOR n IN 0 .. 21 LOOP
		today := today + (n * n % 5) * 4 + 1;
		UPDATE hotspot.programme SET late = CASE n WHEN 9 THEN '50 days' WHEN 12 THEN '0 days' ELSE '3 days' END::interval,
			history = CASE WHEN n BETWEEN 14 AND 16 THEN '2 months' ELSE '5 months' END::interval;
		-- What changes is among the days that are read again.
		UPDATE force.months m SET harm = harm + 1 FROM hotspot.programme_state s JOIN hotspot.programme p ON p.name = s.programme
		WHERE s.programme = 'kept' AND hotspot.police_day(m.at) > s.until - extract(day FROM p.late)::int AND m.n % 3 = 0;
		-- Once as of a day of the month before.
		CALL hotspot.refresh('kept', as_of => today - CASE n WHEN 18 THEN 25 ELSE 0 END + time '06:00');
		CALL hotspot.refresh('whole', full => true, as_of => today - CASE n WHEN 18 THEN 25 ELSE 0 END + time '06:00');
		INSERT INTO force.merged
		SELECT r.until, s.months_since, s.months_until, count(*),
			count(*) FILTER (WHERE (k.cell, k.events, k.harm, k.share, k.cumulative_share) = (w.cell, w.events, w.harm, w.share, w.cumulative_share)),
			(r.events, r.harm) = (SELECT count(*), sum(harm) FROM force.months WHERE hotspot.police_day(at) BETWEEN r.since AND r.until)
		FROM (SELECT * FROM hotspot.run WHERE programme = 'kept' ORDER BY id DESC LIMIT 1) r
		JOIN hotspot.programme_state s ON s.programme = 'kept'
		JOIN hotspot.hot_spot k ON k.run = r.id AND k.rank IS NOT NULL
		LEFT JOIN hotspot.hot_spot w ON w.run = (SELECT max(id) FROM hotspot.run WHERE programme = 'whole') AND w.rank = k.rank
		GROUP BY r.until, r.since, r.events, r.harm, s.months_since, s.months_until;
	END LOOP;
END
$$;
SELECT count(*) AS lists, count(*) FILTER (WHERE rows = 40 AND same = 40) AS same, count(*) FILTER (WHERE direct) AS direct,
	count(DISTINCT (months_since, months_until)) AS spans, max(extract(month FROM age(months_until, months_since))) AS most_months FROM force.merged;
SELECT method, count(*) FROM hotspot.refresh_runs WHERE programme = 'kept' GROUP BY method ORDER BY method;

DELETE FROM hotspot.programme;
DROP SCHEMA force CASCADE;
