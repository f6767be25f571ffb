/* ---- refresh: patrols ---- */

CREATE FUNCTION widened(geom geometry, distance float8) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN widened.distance > '0'::float8 THEN ST_Buffer(widened.geom, widened.distance) ELSE widened.geom END;
END;
COMMENT ON FUNCTION widened(geometry, float8) IS 'The geometry and what is within a distance of it.';

-- The newest list of days before that day; before there was any, the first.
CREATE FUNCTION list_in_force(programme text, day date, this bigint) RETURNS bigint
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN coalesce(
		(SELECT r.id FROM hotspot.run r
		WHERE r.programme = list_in_force.programme AND r.until < day AND (r.outcome = 'ok' OR r.id = this)
		ORDER BY r.until DESC, r.id DESC LIMIT 1),
		(SELECT r.id FROM hotspot.run r
		WHERE r.programme = list_in_force.programme AND (r.outcome = 'ok' OR r.id = this)
		ORDER BY r.until, r.id DESC LIMIT 1));
END
$$;
COMMENT ON FUNCTION list_in_force(text, date, bigint) IS
'Step of refresh(): the run whose list was in force on a day, this run among them: the newest of days before it, or else the first list there is.';

-- The hot spots of a day.
CREATE FUNCTION patrolled_cells(programme programme, list bigint) RETURNS TABLE (cell cell, rank integer)
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RETURN QUERY SELECT h.cell, h.rank FROM hotspot.hot_spot h WHERE h.run = list AND h.rank IS NOT NULL;
	IF programme.assignment IS NOT NULL THEN
		RETURN QUERY EXECUTE format($query$
			SELECT DISTINCT a.place::hotspot.cell, NULL::integer FROM %s AS a
			WHERE a.place IS NOT NULL
				AND a.place::hotspot.cell NOT IN (SELECT h.cell FROM hotspot.hot_spot h WHERE h.run = $1 AND h.rank IS NOT NULL)
			$query$, to_regclass(programme.assignment)::text)
		USING list;
	END IF;
END
$$;
COMMENT ON FUNCTION patrolled_cells(programme, bigint) IS
'Step of refresh(): the cells of a list with their ranks, and the places of the assignment that are not on it.';

CREATE FUNCTION refresh_patrol_day(programme programme, day date, this bigint, OUT fixes bigint, OUT skipped bigint)
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	span CONSTANT tstzrange = hotspot.police_day_range(day, programme.tz, programme.day_start);
	-- How far visits() looks beyond a day, and some more for the fixes that tell whether one is a jump.
	margin CONSTANT interval = greatest(2 * programme.max_gap, '1 hour');
	accuracy CONSTANT text = CASE WHEN EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = to_regclass(programme.fixes) AND attname = 'accuracy' AND NOT attisdropped)
		THEN ', f.accuracy::float8' ELSE '' END;
	zones hotspot.zones;
BEGIN
	SELECT hotspot.zones(c.cell::text, hotspot.widened(hotspot.geometry(c.cell), programme.zone_buffer)) INTO zones
	FROM hotspot.patrolled_cells(programme, hotspot.list_in_force(programme.name, day, this)) c;

	EXECUTE format($query$
		WITH tracked AS MATERIALIZED (
			SELECT f.unit::text AS unit, hotspot.track(f.at, f.geom%2$s) AS track,
				count(*) FILTER (WHERE f.at >= $3 AND f.at < $4) AS fixes,
				count(*) FILTER (WHERE f.at >= $3 AND f.at < $4 AND (f.unit IS NULL OR hotspot.cell(f.geom, $5) IS NULL)) AS skipped
			FROM %1$s AS f
			WHERE f.at >= $3 - $6 AND f.at < $4 + $6
			GROUP BY f.unit::text
		), patrolled AS (
			INSERT INTO hotspot.programme_patrol (programme, day, cell, patrol)
			SELECT $1, $2, v.zone::hotspot.cell,
				hotspot.patrol(t.unit, v.intervals, v.starts_cut, v.ends_cut, v.passing, v.pings)
			FROM tracked t, hotspot.visits(t.track, $7, max_gap => $8, merge_gap => $9, min_dwell => $10, max_speed => $11,
				max_accuracy => $12, during => tstzrange($3, $4)) v
			WHERE t.unit IS NOT NULL
			GROUP BY v.zone
		)
		SELECT coalesce(sum(fixes), 0), coalesce(sum(skipped), 0) FROM tracked
		$query$, to_regclass(programme.fixes)::text, accuracy)
	INTO fixes, skipped
	USING programme.name, day, lower(span), upper(span), programme.grid, margin, zones, programme.max_gap, programme.merge_gap,
		programme.min_dwell, programme.max_speed, programme.max_accuracy;
END
$$;
COMMENT ON FUNCTION refresh_patrol_day(programme, date, bigint) IS
'Step of refresh(): from the fixes of a day, and some before and after, to the patrols of its hot spots.';

CREATE FUNCTION refresh_dosage_day(programme programme, day date, this bigint, again boolean) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	-- Of a day whose patrols are not made again, the hot spots stay those that they were made for.
	list CONSTANT bigint = CASE WHEN NOT again THEN hotspot.list_in_force(programme.name, day, this) END;
	kept CONSTANT hotspot.hot_spot_day[] = CASE WHEN again THEN (SELECT array_agg(d) FROM hotspot.hot_spot_day d
		WHERE d.programme = refresh_dosage_day.programme.name AND d.day = refresh_dosage_day.day) END;
BEGIN
	DELETE FROM hotspot.hot_spot_day d WHERE d.programme = refresh_dosage_day.programme.name AND d.day = refresh_dosage_day.day;
	-- With the days beside it, a visit across the start of the day is one.
	INSERT INTO hotspot.hot_spot_day (programme, day, cell, run, rank, visits, patrol_visits, officer_minutes, patrol_minutes,
		pass_minutes, units, mean_crew, longest_absence, present_share, first_arrival, last_departure, pings, cut_visits,
		visits_done, visits_due, visits_share, minutes_due, minutes_share, compliant, under_minutes, over_minutes)
	SELECT programme.name, d.day, c.cell, c.run, c.rank, d.visits, d.patrol_visits, d.officer_minutes, d.patrol_minutes,
		d.pass_minutes, d.units, d.mean_crew, d.longest_absence, d.present_share, d.first_arrival, d.last_departure, d.pings,
		d.cut_visits, k.visits_done, k.visits_due, k.visits_share, k.minutes_due, k.minutes_share, k.compliant,
		k.under_minutes, k.over_minutes
	FROM (
		SELECT p.cell, p.rank, list AS run FROM hotspot.patrolled_cells(programme, list) p
		UNION ALL
		SELECT k.cell, k.rank, k.run FROM unnest(kept) k
	) c
	CROSS JOIN LATERAL (SELECT hotspot.merge(p.patrol) AS patrol FROM hotspot.programme_patrol p
		WHERE p.programme = refresh_dosage_day.programme.name AND p.cell = c.cell
			AND p.day BETWEEN refresh_dosage_day.day - 1 AND refresh_dosage_day.day + 1) m
	CROSS JOIN LATERAL hotspot.dosage(m.patrol, programme.tz, programme.day_start, programme.merge_gap,
		refresh_dosage_day.day, refresh_dosage_day.day) d
	LEFT JOIN LATERAL hotspot.compliance(m.patrol, coalesce(programme.visits_due, 0), programme.dwell_due,
		coalesce(programme.minutes_due, 0), programme.ceiling, tz => programme.tz, day_start => programme.day_start,
		merge_gap => programme.merge_gap, since => refresh_dosage_day.day, until => refresh_dosage_day.day) k
		ON programme.visits_due IS NOT NULL OR programme.minutes_due IS NOT NULL;
END
$$;
COMMENT ON FUNCTION refresh_dosage_day(programme, date, bigint, boolean) IS
'Step of refresh(): what the hot spots of a day were given, and against the plan; those of the list in force, or "again" those that the day has already.';

CREATE FUNCTION refresh_patrols(programme programme, run run, "full" boolean) RETURNS run
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	-- As a row, which tells where a NULL stands.
	basis CONSTANT text = ROW(hotspot.relation_settings(programme.fixes), programme.tz, programme.day_start,
		programme.grid, programme.zone_buffer, programme.max_gap, programme.merge_gap, programme.min_dwell, programme.max_speed,
		programme.max_accuracy, hotspot.relation_settings(programme.assignment), current_user)::text;
	earliest CONSTANT date = greatest(run.since, run.until + 1 - extract(day FROM programme.fix_history)::int);
	state hotspot.programme_state;
	start date = earliest;
	patrol_day date;
	counts record;
BEGIN
	IF programme.fixes IS NULL THEN
		RETURN run;
	END IF;
	SELECT * INTO state FROM hotspot.programme_state s WHERE s.programme = refresh_patrols.programme.name;
	IF NOT "full" AND state.patrol_settings = basis AND state.patrol_until IS NOT NULL THEN
		start := greatest(earliest, least(state.patrol_until, run.until) + 1 - extract(day FROM programme.late)::int);
	END IF;

	DELETE FROM hotspot.programme_patrol p
	WHERE p.programme = refresh_patrols.programme.name AND (p.day BETWEEN start AND run.until OR p.day < earliest - 1);
	run.fixes_read := 0;
	run.fixes_skipped := 0;
	FOR patrol_day IN SELECT start + n FROM generate_series(0, run.until - start) AS n LOOP
		counts := hotspot.refresh_patrol_day(programme, patrol_day, run.id);
		run.fixes_read := run.fixes_read + counts.fixes;
		run.fixes_skipped := run.fixes_skipped + counts.skipped;
	END LOOP;
	run.patrol_days := run.until - start + 1;

	-- The day before may have a visit that goes on into the first new one.
	PERFORM hotspot.refresh_dosage_day(programme, start + n, run.id, n < 0)
	FROM generate_series(CASE WHEN start > earliest THEN -1 ELSE 0 END, run.until - start) AS n;

	-- Days after this list that were made by other settings are to be made again.
	UPDATE hotspot.programme_state s SET patrol_settings = basis,
		patrol_until = CASE WHEN s.patrol_settings = basis THEN greatest(s.patrol_until, run.until) ELSE run.until END
	WHERE s.programme = refresh_patrols.programme.name;
	RETURN run;
END
$$;
COMMENT ON FUNCTION refresh_patrols(programme, run, boolean) IS
'Step of refresh(): patrols and dosage of the days that are new or late; of fix_history where "full", or the settings have changed.';

/* ---- Effects ---- */

CREATE FUNCTION refresh_effects(programme programme, run run) RETURNS run
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	event_trial hotspot.trial;
	harm_trial hotspot.trial;
	srid CONSTANT text = (SELECT split_part(h.cell::text, '/', 1) FROM hotspot.hot_spot h WHERE h.run = refresh_effects.run.id LIMIT 1);
	stranger text;
BEGIN
	IF programme.assignment IS NULL THEN
		RETURN run;
	END IF;
	EXECUTE format($query$
		WITH assigned AS MATERIALIZED (
			SELECT a.place::hotspot.cell AS cell, a.day, a.treated, a.day BETWEEN $2 AND $3 AS counts FROM %s AS a
		), outcome AS (
			SELECT d.day, c.cell, c.events, c.harm
			FROM hotspot.programme_day d CROSS JOIN LATERAL hotspot.cells(d.surface) c
			WHERE d.programme = $1 AND d.day IN (SELECT day FROM assigned WHERE counts) AND c.cell IN (SELECT cell FROM assigned)
		)
		SELECT hotspot.trial(a.cell::text, a.day, a.treated, coalesce(o.events, 0)) FILTER (WHERE a.counts),
			hotspot.trial(a.cell::text, a.day, a.treated, coalesce(o.harm, 0)) FILTER (WHERE a.counts),
			count(*) FILTER (WHERE a.counts), count(*) FILTER (WHERE a.counts IS NOT TRUE),
			min(a.cell::text) FILTER (WHERE hotspot.grid(a.cell)::text <> $4::text OR split_part(a.cell::text, '/', 1) <> $5)
		FROM assigned a LEFT JOIN outcome o ON o.day = a.day AND o.cell = a.cell
		$query$, to_regclass(programme.assignment)::text)
	INTO event_trial, harm_trial, run.place_days, run.place_days_left_out, stranger
	USING programme.name, run.since, run.until, programme.grid, srid;
	IF stranger IS NOT NULL THEN
		RAISE EXCEPTION 'programme "%": place % of % is no cell of its grid, %', programme.name, stranger, programme.assignment,
				concat_ws(' in SRID ', programme.grid, srid)
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Places are cells as text, as column hot_spot of hotspot.current_hot_spots.';
	END IF;

	INSERT INTO hotspot.programme_effect (run, outcome, measure, estimate, std_error, df, statistic, p_value, conf_low, conf_high,
		conf_level, n, note)
	SELECT run.id, o.outcome, e.measure, e.estimate, e.std_error, e.df, e.statistic, e.p_value, e.conf_low, e.conf_high,
		e.conf_level, e.n, e.note
	FROM (VALUES ('events', event_trial), ('harm', harm_trial)) AS o (outcome, trial)
	CROSS JOIN LATERAL (SELECT * FROM hotspot.crossover(o.trial) UNION ALL SELECT * FROM hotspot.randomisation_p(o.trial)) e;
	RETURN run;
END
$$;
COMMENT ON FUNCTION refresh_effects(programme, run) IS
'Step of refresh(): the trial of the place-days of the assignment from since to until, and its effects. Errors: a place that is no cell of the grid (22P02, 22023), and those of trial().';
