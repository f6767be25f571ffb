/*
 * ---- Views for other programs: columns of types that PostgreSQL has by itself ----
 *
 * They read with the rights of their owner, so that a reader needs SELECT on a
 * view and on nothing below it: no table with what the police knows of a place.
 */

CREATE VIEW current_hot_spots AS
SELECT r.programme, h.rank, h.rank_before, h.status, h.cell::text AS hot_spot,
	ST_X(centre(h.cell)) AS easting, ST_Y(centre(h.cell)) AS northing, h.longitude, h.latitude,
	ST_AsText(h.geom) AS wkt, h.geojson, h.events, h.harm, h.share, h.cumulative_share, h.z, h.p_value, h.q_value,
	h.peak, h.peak_share, r.since, r.until, r.as_of, r.finished AS refreshed, r.id AS run
FROM programme_state s JOIN run r ON r.id = s.list JOIN hot_spot h ON h.run = r.id
WHERE h.rank IS NOT NULL;

CREATE VIEW hot_spot_history AS
SELECT r.programme, r.until, h.rank, h.rank_before, h.status, h.cell::text AS hot_spot,
	ST_X(centre(h.cell)) AS easting, ST_Y(centre(h.cell)) AS northing, h.longitude, h.latitude,
	h.events, h.harm, h.share, h.cumulative_share, h.z, h.p_value, h.q_value, h.peak, h.peak_share,
	r.since, r.as_of, r.finished AS refreshed, r.id AS run
FROM (
	SELECT DISTINCT ON (l.programme, l.until) l.programme, l.since, l.until, l.as_of, l.finished, l.id
	FROM run l WHERE l.outcome = 'ok'::text
	ORDER BY l.programme, l.until, l.id DESC
) r JOIN hot_spot h ON h.run = r.id;

CREATE VIEW hot_spot_hours AS
SELECT r.programme, h.rank, h.cell::text AS hot_spot, w.weekday, w.hour, w.events, w.harm, r.since, r.until, r.id AS run
FROM programme_state s JOIN run r ON r.id = s.list JOIN hot_spot h ON h.run = r.id
	CROSS JOIN LATERAL hours(h.week) w
WHERE h.rank IS NOT NULL;

CREATE VIEW patrol_days AS
SELECT d.programme, d.day, d.cell::text AS hot_spot, d.rank, d.visits, d.patrol_visits, d.officer_minutes, d.patrol_minutes,
	d.pass_minutes, d.units, d.mean_crew, EXTRACT(epoch FROM d.longest_absence)::float8 / 60::float8 AS longest_absence_minutes,
	d.present_share, d.first_arrival, d.last_departure, d.pings, d.cut_visits, d.run
FROM hot_spot_day d;

CREATE VIEW compliance_days AS
SELECT d.programme, d.day, d.cell::text AS hot_spot, d.rank, d.visits_done, d.visits_due, d.visits_share,
	d.patrol_minutes AS minutes_done, d.minutes_due, d.minutes_share, d.compliant, d.under_minutes, d.over_minutes, d.run
FROM hot_spot_day d
WHERE d.visits_due IS NOT NULL;

CREATE VIEW effects AS
SELECT r.programme, e.outcome, e.measure, e.estimate, e.std_error, e.df, e.statistic, e.p_value, e.conf_low, e.conf_high,
	e.conf_level, e.n, e.note, r.place_days, r.place_days_left_out, r.since, r.until, r.id AS run
FROM programme_state s JOIN run r ON r.id = s.list JOIN programme_effect e ON e.run = r.id;

CREATE VIEW refresh_runs AS
SELECT r.id AS run, r.programme, r.started, r.finished, EXTRACT(epoch FROM r.finished - r.started)::float8 AS seconds, r.outcome,
	r.method, r.reason, r.as_of, r.since, r.until, r.read_since, r.days_read, r.rows_read, r.events, r.harm,
	r.skipped_time, r.skipped_geometry, r.skipped_coordinates, r.skipped_harm, r.skipped_outside, r.finish_ignored,
	r.fixes_read, r.fixes_skipped, r.patrol_days, r.place_days, r.place_days_left_out, r.role, r.process,
	r.sqlstate, r.error, r.detail, r.hint, r.context, s.list IS NOT DISTINCT FROM r.id AS in_force
FROM run r LEFT JOIN programme_state s ON s.programme = r.programme;

CREATE VIEW hot_spot_map AS
SELECT h.run * 100000::bigint + h.rank::bigint AS id, r.programme, h.rank, h.rank_before, h.status, h.cell::text AS hot_spot,
	h.events, h.harm, h.share, h.cumulative_share, h.z, h.q_value, h.peak, r.until, h.geom
FROM programme_state s JOIN run r ON r.id = s.list JOIN hot_spot h ON h.run = r.id
WHERE h.rank IS NOT NULL;

COMMENT ON VIEW current_hot_spots IS 'The hot spots of the list in force of each programme.';
COMMENT ON VIEW hot_spot_history IS 'The hot spots of all lists, the last one of each day, and those that were dropped from the one before.';
COMMENT ON VIEW hot_spot_hours IS 'Events and harm of the hot spots in force by hour of the local week, zeros too.';
COMMENT ON VIEW patrol_days IS 'What each hot spot was given each local day, zeros too.';
COMMENT ON VIEW compliance_days IS 'What each hot spot was given each local day against the plan; programmes with a plan only.';
COMMENT ON VIEW effects IS 'Effects of the patrols assigned, as the last list was made; programmes with an assignment only.';
COMMENT ON VIEW refresh_runs IS 'The log of all refreshes.';
COMMENT ON VIEW hot_spot_map IS 'The hot spots of the list in force with their outlines, for QGIS and other maps.';

-- A column of one name says the same in all views; so those comments are written once, and table columns lend theirs.
DO $$
DECLARE
	view_column record;
	words CONSTANT pg_catalog.jsonb = pg_catalog.jsonb_build_object(
		'programme', 'Name of the programme.',
		'hot_spot', 'Name of the hot spot: its cell as text.',
		'easting', 'X of the centre, in the reference system of the events.',
		'northing', 'Y of the centre, in the reference system of the events.',
		'wkt', 'Outline as well-known text, in the reference system of the events.',
		'refreshed', 'When the list was written.',
		'rank', 'Rank on the list, 1 is the hottest; NULL where it is not on it.',
		'run', 'Number of the run: that which wrote the row, or the list that it is of.',
		'longest_absence_minutes', 'Longest time of the day without a unit, minutes.',
		'minutes_done', 'Minutes with at least one unit there.',
		'weekday', 'Weekday, 1 = Monday.',
		'hour', 'Hour of the local day, 0 to 23.',
		'seconds', 'How long the run took.',
		'in_force', 'Whether the list that this run wrote is the one in force.',
		'id', 'A number for each row, as QGIS wants it.');
BEGIN
	FOR view_column IN
		SELECT v.view, a.attname,
			COALESCE(words OPERATOR(pg_catalog.->>) a.attname::pg_catalog.text,
				(SELECT pg_catalog.col_description(t.attrelid, t.attnum::pg_catalog.int4) FROM pg_catalog.pg_attribute t
				WHERE t.attrelid OPERATOR(pg_catalog.=) v.source::pg_catalog.regclass::pg_catalog.oid
					AND t.attname OPERATOR(pg_catalog.=) a.attname),
				(SELECT pg_catalog.col_description(t.attrelid, t.attnum::pg_catalog.int4) FROM pg_catalog.pg_attribute t
				WHERE t.attrelid OPERATOR(pg_catalog.=) 'hotspot.run'::pg_catalog.regclass::pg_catalog.oid
					AND t.attname OPERATOR(pg_catalog.=) a.attname)) AS words
		FROM (VALUES
			('hotspot.current_hot_spots', 'hotspot.hot_spot'),
			('hotspot.hot_spot_history', 'hotspot.hot_spot'),
			('hotspot.hot_spot_hours', 'hotspot.hot_spot'),
			('hotspot.patrol_days', 'hotspot.hot_spot_day'),
			('hotspot.compliance_days', 'hotspot.hot_spot_day'),
			('hotspot.effects', 'hotspot.programme_effect'),
			('hotspot.refresh_runs', 'hotspot.run'),
			('hotspot.hot_spot_map', 'hotspot.hot_spot')) AS v (view, source)
		JOIN pg_catalog.pg_attribute a ON a.attrelid OPERATOR(pg_catalog.=) v.view::pg_catalog.regclass::pg_catalog.oid
			AND a.attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2
	LOOP
		EXECUTE pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', view_column.view, view_column.attname, view_column.words);
	END LOOP;
END
$$;
COMMENT ON COLUMN hot_spot_hours.events IS 'Events in that hour; an event whose time is not known is shared out over the hours it may have happened in.';
COMMENT ON COLUMN hot_spot_hours.harm IS 'Harm in that hour, shared out like the events.';

ALTER VIEW current_hot_spots OWNER TO @extowner@;
ALTER VIEW hot_spot_history OWNER TO @extowner@;
ALTER VIEW hot_spot_hours OWNER TO @extowner@;
ALTER VIEW patrol_days OWNER TO @extowner@;
ALTER VIEW compliance_days OWNER TO @extowner@;
ALTER VIEW effects OWNER TO @extowner@;
ALTER VIEW refresh_runs OWNER TO @extowner@;
ALTER VIEW hot_spot_map OWNER TO @extowner@;

