/*
 * ---- refresh: what is kept, and what is written ----
 *
 * refresh() is the procedure; the functions before it are its steps.  The only
 * SQL that is put together are statements around the name of a relation, which
 * to_regclass() found and quoted.
 */

CREATE FUNCTION can_commit() RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION can_commit() IS 'Whether the procedure that calls it may COMMIT: not in a transaction block.';

CREATE FUNCTION on_earth(cell cell, OUT longitude float8, OUT latitude float8, OUT geojson text)
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ST_X(p.centre), ST_Y(p.centre), ST_AsGeoJSON(ST_Transform(geometry(on_earth.cell), 4326), 7, 0)
	FROM (SELECT ST_Transform(centre(on_earth.cell), 4326) AS centre) p;
END;
COMMENT ON FUNCTION on_earth(cell) IS
'Longitude and latitude (WGS 84) of the centre of a cell, and its outline as GeoJSON, with seven decimals, a centimetre. Errors: those of ST_Transform, where its reference system is not known.';

CREATE FUNCTION united(geoms geometry[]) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ST_Union(united.geoms);
END;
COMMENT ON FUNCTION united(geometry[]) IS 'The union of geometries, NULL and empty ones left out. Errors: different SRIDs.';

CREATE FUNCTION widened(geom geometry, distance float8) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN widened.distance > '0'::float8 THEN ST_Buffer(widened.geom, widened.distance) ELSE widened.geom END;
END;
COMMENT ON FUNCTION widened(geometry, float8) IS 'The geometry and what is within a distance of it.';

-- Arithmetic, and no hash: the same on every machine that a dump is restored on.
CREATE FUNCTION bucket(cell cell) RETURNS smallint
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ((i(bucket.cell) & 31) * 32 + (j(bucket.cell) & 31))::int2;
END;
COMMENT ON FUNCTION bucket(cell) IS 'Column bucket of programme_time: 32 * (i mod 32) + j mod 32.';

-- Of columns those that a refresh reads; of views also the ones below, in an order that a restore does not change.
CREATE FUNCTION relation_settings(relation text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	columns_read CONSTANT text = (
		SELECT string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ' ORDER BY a.attname COLLATE "C")
		FROM pg_attribute a
		WHERE a.attrelid = to_regclass(relation) AND a.attname IN ('geom', 'at', 'harm', 'finish', 'unit', 'accuracy'));
	definition text;
	weights text;
BEGIN
	WITH RECURSIVE read AS (
		SELECT to_regclass(relation)::oid AS oid
		UNION
		SELECT d.refobjid
		FROM read JOIN pg_rewrite w ON w.ev_class = read.oid
		JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
	)
	SELECT string_agg(pg_get_viewdef(c.oid), '' ORDER BY pg_get_viewdef(c.oid) COLLATE "C") INTO definition
	FROM read JOIN pg_class c ON c.oid = read.oid WHERE c.relkind IN ('v', 'm');
	-- A statement of its own: who reads no weights need not have the right to.
	IF strpos(definition, 'hotspot.harm(') > 0 THEN
		SELECT md5(string_agg(md5(w::text), '' ORDER BY md5(w::text) COLLATE "C")) INTO weights FROM hotspot.harm_weight w;
	END IF;
	RETURN concat_ws(' ', relation, columns_read, md5(definition), weights);
END
$$;
COMMENT ON FUNCTION relation_settings(text) IS
'Name of a relation, and its columns that a refresh reads; of a view also a hash of its definition and those of the views below, and one of hotspot.harm_weight where one of them calls hotspot.harm(). When it changes, what was read before does not count. What is in functions or tables may change unseen: then refresh in full.';

/* ---- One refresh at a time ---- */

-- A row is locked: when its process ends, however it ends, so does the lock.
CREATE FUNCTION refresh_lock(programme text) RETURNS void
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	other text;
BEGIN
	PERFORM FROM hotspot.programme_state s WHERE s.programme = refresh_lock.programme FOR UPDATE NOWAIT;
EXCEPTION WHEN lock_not_available THEN
	SELECT format('by process %s, since %s', r.process, date_trunc('second', r.started)) INTO other
	FROM hotspot.run r
	WHERE r.programme = refresh_lock.programme AND r.outcome = 'running' AND r.process <> pg_backend_pid()
	ORDER BY r.id DESC LIMIT 1;
	RAISE EXCEPTION 'programme "%" is being refreshed %', programme, coalesce(other, 'by another process')
		USING ERRCODE = 'lock_not_available', HINT = 'Wait until it has finished; see the view hotspot.refresh_runs.';
END
$$;
COMMENT ON FUNCTION refresh_lock(text) IS
'Step of refresh(): takes the programme until the end of the transaction. Error 55P03: another process has it; the message says which.';

CREATE FUNCTION refresh_start(programme text, as_of timestamptz) RETURNS bigint
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	this bigint;
BEGIN
	IF programme IS NULL OR as_of IS NULL THEN
		RAISE EXCEPTION 'argument "%" must not be NULL', CASE WHEN programme IS NULL THEN 'programme' ELSE 'as_of' END
			USING ERRCODE = 'null_value_not_allowed';
	ELSIF NOT isfinite(as_of) OR as_of > clock_timestamp() THEN
		RAISE EXCEPTION 'programme "%" cannot be refreshed as of %, which is not over', programme, as_of
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave "as_of" out to refresh it as of now.';
	ELSIF NOT EXISTS (SELECT FROM hotspot.programme p WHERE p.name = programme) THEN
		RAISE EXCEPTION 'there is no programme "%"', programme
			USING ERRCODE = 'invalid_parameter_value', HINT = 'Describe it in the table hotspot.programme first.';
	END IF;
	INSERT INTO hotspot.programme_state (programme) VALUES (refresh_start.programme) ON CONFLICT DO NOTHING;
	PERFORM hotspot.refresh_lock(programme);
	UPDATE hotspot.run r SET outcome = 'interrupted' WHERE r.programme = refresh_start.programme AND r.outcome = 'running';
	INSERT INTO hotspot.run (programme, started, outcome, as_of, role, process)
	VALUES (refresh_start.programme, clock_timestamp(), 'running', refresh_start.as_of, current_user, pg_backend_pid())
	RETURNING id INTO this;
	RETURN this;
END
$$;
COMMENT ON FUNCTION refresh_start(text, timestamptz) IS
'Step of refresh(): opens the log of a run and returns its number. Runs of the programme that never ended are found to be interrupted.';

/* ---- Days: the events of each local day ---- */

-- From which day on events are to be read, and why from the first one.
CREATE FUNCTION refresh_from(programme programme, since date, until date, settings text, OUT read_since date, OUT reason text)
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	state hotspot.programme_state;
BEGIN
	SELECT * INTO state FROM hotspot.programme_state s WHERE s.programme = refresh_from.programme.name;
	reason := CASE
		WHEN state.until IS NULL THEN 'nothing was kept'
		WHEN state.settings <> refresh_from.settings THEN 'the programme, its view, the weights or the role has changed'
		WHEN state.since > refresh_from.since THEN 'the history begins earlier than what was kept'
		WHEN state.until > refresh_from.until THEN 'the history ends earlier than what was kept'
		WHEN state.until < refresh_from.since - 1 THEN 'what was kept is older than the history'
	END;
	read_since := CASE WHEN reason IS NULL
		THEN greatest(since, state.until + 1 - extract(day FROM programme.late)::int) ELSE since END;
END
$$;
COMMENT ON FUNCTION refresh_from(programme, date, date, text) IS
'Step of refresh(): from which day on events must be read for a list from since to until; reason: why all of them, NULL where not.';

-- What was merged holds while it is of the same months, and none of them was made again.
CREATE FUNCTION refresh_months(programme programme, run run) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	first CONSTANT date = date_trunc('month', run.since + interval '1 month' - interval '1 day')::date;
	next CONSTANT date = date_trunc('month', (run.until + 1 - extract(day FROM programme.late)::int)::timestamp)::date;
BEGIN
	UPDATE hotspot.programme_state s SET months_since = first, months_until = next, months = (
		SELECT hotspot.merge(m.surface) FROM hotspot.programme_month m
		WHERE m.programme = s.programme AND m.month >= first AND m.month < next)
	WHERE s.programme = refresh_months.programme.name
		AND (run.method = 'full' OR (s.months_since, s.months_until) IS DISTINCT FROM (first, next)
			OR next > date_trunc('month', run.read_since::timestamp)::date);
END
$$;
COMMENT ON FUNCTION refresh_months(programme, run) IS
'Step of refresh(): merges the months that the next nights will not read again, if they are not those merged before.';

CREATE FUNCTION refresh_days(programme programme, run run) RETURNS run
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	oldest_month CONSTANT date = date_trunc('month', run.since::timestamp)::date;
	first_month CONSTANT date = date_trunc('month', run.read_since::timestamp)::date;
	span_start CONSTANT timestamptz = lower(hotspot.police_day_range(run.read_since, programme.tz, programme.day_start));
	span_end CONSTANT timestamptz = upper(hotspot.police_day_range(run.until, programme.tz, programme.day_start));
	finish CONSTANT text = CASE WHEN EXISTS (SELECT FROM pg_attribute
			WHERE attrelid = to_regclass(programme.events) AND attname = 'finish' AND NOT attisdropped)
		THEN 'e.finish' ELSE 'NULL::timestamptz' END;
BEGIN
	DELETE FROM hotspot.programme_day d
	WHERE d.programme = refresh_days.programme.name AND NOT (d.day >= run.since AND d.day < run.read_since);
	DELETE FROM hotspot.programme_time t
	WHERE t.programme = refresh_days.programme.name
		AND (run.method = 'full' OR t.month < oldest_month OR t.month > first_month);
	DELETE FROM hotspot.programme_month m
	WHERE m.programme = refresh_days.programme.name AND (run.method = 'full' OR m.month < run.since OR m.month >= first_month);

	-- One scan; of the month in which it begins, what is older is taken from what is kept.
	EXECUTE format($query$
		WITH read AS MATERIALIZED (
			SELECT hotspot.police_day(e.at, $2, $3) AS day, e.at, %2$s AS finish, e.geom, e.harm::float8 AS harm,
				CASE WHEN e.harm IS NOT NULL THEN hotspot.cell(e.geom, $4) END AS cell
			FROM %1$s AS e
			WHERE e.at >= $5 AND e.at < $6 OR e.at IS NULL
		), days AS (
			INSERT INTO hotspot.programme_day (programme, day, rows_read, surface)
			SELECT $1, day, count(*), hotspot.surface(geom, harm, $4) FROM read WHERE day IS NOT NULL GROUP BY day
		), kept AS (
			DELETE FROM hotspot.programme_time t WHERE t.programme = $1 AND t.month = $7
			RETURNING t.cells, t.starts, t.finishes, t.harms
		), times AS (
			INSERT INTO hotspot.programme_time (programme, month, bucket, cells, starts, finishes, harms)
			SELECT $1, month, bucket, array_agg(cell), array_agg(at), array_agg(finish), array_agg(harm)
			FROM (
				SELECT date_trunc('month', day::timestamp)::date AS month, cell, at,
					CASE WHEN finish >= at AND finish < 'infinity' THEN finish END AS finish, harm
				FROM read WHERE day IS NOT NULL AND cell IS NOT NULL
				UNION ALL
				SELECT $7, u.cell, u.start, u.finish, u.harm
				FROM kept, unnest(kept.cells, kept.starts, kept.finishes, kept.harms) AS u (cell, start, finish, harm)
				WHERE u.start < $5
			) AS event,
			LATERAL (SELECT hotspot.bucket(cell) AS bucket) AS b
			GROUP BY month, bucket
		)
		SELECT count(*), count(*) FILTER (WHERE at IS NULL),
			count(*) FILTER (WHERE day IS NOT NULL AND cell IS NOT NULL AND (finish < at OR finish = 'infinity'))
		FROM read
		$query$, to_regclass(programme.events)::text, finish)
	INTO run.rows_read, run.skipped_time, run.finish_ignored
	USING programme.name, programme.tz, programme.day_start, programme.grid, span_start, span_end, first_month;
	run.days_read := run.until - run.read_since + 1;

	INSERT INTO hotspot.programme_month (programme, month, surface)
	SELECT programme.name, m.month, hotspot.merge(d.surface)
	FROM hotspot.programme_day d CROSS JOIN LATERAL (SELECT date_trunc('month', d.day::timestamp)::date AS month) m
	WHERE d.programme = refresh_days.programme.name AND m.month >= run.since AND m.month + interval '1 month' <= run.until + 1
		AND (run.method = 'full' OR m.month >= first_month)
	GROUP BY m.month;
	PERFORM hotspot.refresh_months(programme, run);
	RETURN run;
END
$$;
COMMENT ON FUNCTION refresh_days(programme, run) IS
'Step of refresh(): reads the events of read_since to until, makes their days again, and forgets those that are not in since to until.';

/* ---- The list ---- */

CREATE FUNCTION union_of(relation text) RETURNS geometry
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	answer hotspot.hot_spot.geom%TYPE;
BEGIN
	IF to_regclass(relation) IS NULL THEN
		RAISE EXCEPTION 'relation "%" does not exist', relation USING ERRCODE = 'invalid_parameter_value';
	END IF;
	EXECUTE format('SELECT hotspot.united(array_agg(r.geom)) FROM %s AS r', to_regclass(relation)::text) INTO answer;
	RETURN answer;
END
$$;
COMMENT ON FUNCTION union_of(text) IS 'Step of refresh(): the union of column geom of a relation; NULL where it has no rows.';

CREATE FUNCTION refresh_list(programme programme, run run) RETURNS run
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	whole hotspot.surface;
	area hotspot.hot_spot.geom%TYPE;
	before bigint;
BEGIN
	SELECT hotspot.merge(part.surface) INTO whole FROM (
		SELECT s.months AS surface FROM hotspot.programme_state s WHERE s.programme = refresh_list.programme.name
		UNION ALL
		SELECT m.surface FROM hotspot.programme_state s JOIN hotspot.programme_month m USING (programme)
		WHERE m.programme = refresh_list.programme.name AND NOT (m.month >= s.months_since AND m.month < s.months_until)
		UNION ALL
		SELECT d.surface FROM hotspot.programme_day d
		WHERE d.programme = refresh_list.programme.name AND NOT EXISTS (SELECT FROM hotspot.programme_month m
			WHERE m.programme = d.programme AND m.month = date_trunc('month', d.day::timestamp)::date)
	) AS part;
	IF programme.area IS NOT NULL THEN
		area := hotspot.union_of(programme.area);
		IF area IS NULL THEN
			RAISE EXCEPTION 'programme "%": relation % (area) has no polygon', programme.name, programme.area
				USING ERRCODE = 'no_data_found', HINT = 'Look at its rows, and at who may read them; without a study area, set it to NULL.';
		END IF;
		whole := hotspot.fill(whole, area);
	END IF;
	IF whole IS NULL OR hotspot.events(whole) = 0 THEN
		RAISE EXCEPTION 'programme "%": % has no event with a place and a harm%, from % to %', programme.name, programme.events,
				CASE WHEN programme.area IS NULL THEN '' ELSE ' in the study area' END, run.since, run.until
			USING ERRCODE = 'no_data_found', HINT = 'Look at its rows of that time, and at who may read them.';
	END IF;
	run.events := hotspot.events(whole);
	run.harm := hotspot.harm(whole);
	run.skipped_geometry := hotspot.skipped(whole, 'geometry');
	run.skipped_coordinates := hotspot.skipped(whole, 'coordinates');
	run.skipped_harm := hotspot.skipped(whole, 'harm');
	run.skipped_outside := hotspot.skipped(whole, 'outside');

	-- That of the last day before, and not of this one, so that a run that is repeated says the same.
	SELECT r.id INTO before FROM hotspot.run r
	WHERE r.programme = refresh_list.programme.name AND r.outcome = 'ok' AND r.until < run.until
	ORDER BY r.until DESC, r.id DESC LIMIT 1;

	-- Without a study area nobody knows the cells where nothing happened, and what is hot among those where something did is another question.
	INSERT INTO hotspot.hot_spot (run, cell, rank, rank_before, status, events, harm, share, cumulative_share, z, p_value, q_value, geom)
	SELECT run.id, t.cell, t.rank, b.rank,
		CASE WHEN b.rank IS NULL THEN 'new' WHEN b.rank = t.rank THEN 'kept' ELSE 'moved' END,
		t.events, t.harm, t.share, t.cumulative_share, g.z, g.p_value, g.q_value, t.geom
	FROM hotspot.top(whole, programme.hot_spots, programme.rank_by, programme.separation, hotspot.union_of(programme.exclude)) t
	LEFT JOIN hotspot.gi_star(CASE WHEN programme.area IS NOT NULL THEN whole END, programme.radius, programme.rank_by) g ON g.cell = t.cell
	LEFT JOIN hotspot.hot_spot b ON b.run = before AND b.rank IS NOT NULL AND b.cell = t.cell;

	INSERT INTO hotspot.hot_spot (run, cell, rank_before, status, events, harm, geom)
	SELECT run.id, b.cell, b.rank, 'dropped', 0, 0, b.geom
	FROM hotspot.hot_spot b
	WHERE b.run = before AND b.rank IS NOT NULL
		AND NOT EXISTS (SELECT FROM hotspot.hot_spot h WHERE h.run = refresh_list.run.id AND h.cell = b.cell);
	IF FOUND THEN
		UPDATE hotspot.hot_spot h SET events = c.events, harm = c.harm
		FROM hotspot.cells(whole) c WHERE h.run = refresh_list.run.id AND h.rank IS NULL AND h.cell = c.cell;
	END IF;

	-- Some reference systems are known to the force alone: then there is no longitude.
	BEGIN
		UPDATE hotspot.hot_spot h
		SET (longitude, latitude, geojson) = (SELECT e.longitude, e.latitude, e.geojson FROM hotspot.on_earth(h.cell) e)
		WHERE h.run = refresh_list.run.id;
	EXCEPTION WHEN data_exception OR internal_error OR invalid_parameter_value OR insufficient_privilege THEN
		NULL;
	END;
	RETURN run;
END
$$;
COMMENT ON FUNCTION refresh_list(programme, run) IS
'Step of refresh(): ranks the cells of the days kept and compares them with the list of the last day before. Error P0002: no events, or no study area.';

/* ---- Hours ---- */

CREATE FUNCTION peak_words(weekday integer, hour integer, length integer) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	names CONSTANT text[] = '{Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday}';
BEGIN
	RETURN CASE
		WHEN weekday IS NULL THEN format('every day %s:00 to %s:00', lpad(hour::text, 2, '0'), lpad(((hour + length) % 24)::text, 2, '0'))
		ELSE format('%s %s:00 to %s%s:00', names [weekday], lpad(hour::text, 2, '0'),
			CASE WHEN length >= 24 THEN names [(weekday - 1 + (hour + length) / 24) % 7 + 1] || ' ' END,
			lpad(((hour + length) % 24)::text, 2, '0'))
	END;
END
$$;
COMMENT ON FUNCTION peak_words(integer, integer, integer) IS
'A peak in words, by weekday (1 = Monday, NULL: every day), hour and length in hours: Friday 22:00 to 02:00.';

CREATE FUNCTION refresh_hours(programme programme, run run) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	span_start CONSTANT timestamptz = lower(hotspot.police_day_range(run.since, programme.tz, programme.day_start));
	span_end CONSTANT timestamptz = upper(hotspot.police_day_range(run.until, programme.tz, programme.day_start));
BEGIN
	-- Found once, whatever the planner makes of new tables.
	WITH weeks AS MATERIALIZED (
		SELECT h.cell, hotspot.week(e.start, e.finish, e.harm, programme.tz) AS week
		FROM hotspot.hot_spot h
		JOIN hotspot.programme_time t ON t.programme = refresh_hours.programme.name AND t.bucket = hotspot.bucket(h.cell)
		CROSS JOIN LATERAL unnest(t.cells, t.starts, t.finishes, t.harms) AS e (cell, start, finish, harm)
		WHERE h.run = refresh_hours.run.id AND h.rank IS NOT NULL AND e.cell = h.cell AND e.start >= span_start AND e.start < span_end
		GROUP BY h.cell
	)
	UPDATE hotspot.hot_spot h
	SET week = w.week, peak_weekday = p.weekday, peak_hour = p.start_hour, peak_share = p.share,
		peak = CASE WHEN p.start_hour IS NOT NULL THEN hotspot.peak_words(p.weekday, p.start_hour, programme.peak_length) END
	FROM weeks w CROSS JOIN LATERAL hotspot.peak(w.week, programme.peak_length, programme.peak_of, programme.rank_by) p
	WHERE h.run = refresh_hours.run.id AND h.cell = w.cell;
END
$$;
COMMENT ON FUNCTION refresh_hours(programme, run) IS
'Step of refresh(): the hours of the week of each hot spot, and its peak, from the times kept.';

/* ---- Patrols ---- */

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
	basis CONSTANT text = concat_ws(chr(10), hotspot.relation_settings(programme.fixes), programme.tz, programme.day_start,
		programme.grid, programme.zone_buffer, programme.max_gap, programme.merge_gap, programme.min_dwell, programme.max_speed,
		programme.max_accuracy, hotspot.relation_settings(programme.assignment), current_user);
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

/* ---- All of it ---- */

CREATE FUNCTION refresh_work(this bigint, "full" boolean) RETURNS void
	LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	r hotspot.run;
	p hotspot.programme;
	basis text;
BEGIN
	SELECT * INTO r FROM hotspot.run WHERE id = this;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'there is no run %', this USING ERRCODE = 'invalid_parameter_value', HINT = 'Use CALL hotspot.refresh(programme).';
	END IF;
	PERFORM hotspot.refresh_lock(r.programme);
	SELECT * INTO r FROM hotspot.run WHERE id = this;
	IF r.outcome <> 'running' THEN
		RAISE EXCEPTION 'another process took programme "%" before this one could', r.programme
			USING ERRCODE = 'lock_not_available', HINT = 'Wait until it has finished; see the view hotspot.refresh_runs.';
	END IF;
	SELECT * INTO p FROM hotspot.programme WHERE name = r.programme;
	IF NOT FOUND THEN
		RAISE EXCEPTION 'programme "%" is not there any more', r.programme USING ERRCODE = 'invalid_parameter_value',
			HINT = 'It was deleted or renamed when the refresh began.';
	END IF;
	PERFORM hotspot.programme_check(p);

	r.until := hotspot.police_day(r.as_of, p.tz, p.day_start) - 1;
	r.since := (r.until + 1 - p.history)::date;
	basis := concat_ws(chr(10), hotspot.relation_settings(p.events), p.grid, p.tz, p.day_start, current_user);
	SELECT f.read_since, f.reason INTO r.read_since, r.reason FROM hotspot.refresh_from(p, r.since, r.until, basis) f;
	IF "full" THEN
		r.read_since := r.since;
		r.reason := 'it was asked for';
	END IF;
	r.method := CASE WHEN r.reason IS NULL THEN 'incremental' ELSE 'full' END;

	r := hotspot.refresh_days(p, r);
	r := hotspot.refresh_list(p, r);
	PERFORM hotspot.refresh_hours(p, r);
	UPDATE hotspot.run SET until = r.until WHERE id = this;	-- for list_in_force()
	r := hotspot.refresh_patrols(p, r, "full");
	r := hotspot.refresh_effects(p, r);

	-- A list of days long ago does not take the place of a newer one.
	UPDATE hotspot.programme_state s SET settings = basis, since = r.since, until = r.until,
		list = CASE WHEN EXISTS (SELECT FROM hotspot.run l WHERE l.id = s.list AND l.until > r.until) THEN s.list ELSE r.id END
	WHERE s.programme = p.name;

	UPDATE hotspot.run SET outcome = 'ok', finished = clock_timestamp(), method = r.method, reason = r.reason, since = r.since,
		until = r.until, read_since = r.read_since, rows_read = r.rows_read, days_read = r.days_read, events = r.events,
		harm = r.harm, skipped_time = r.skipped_time, skipped_geometry = r.skipped_geometry,
		skipped_coordinates = r.skipped_coordinates, skipped_harm = r.skipped_harm, skipped_outside = r.skipped_outside,
		finish_ignored = r.finish_ignored, fixes_read = r.fixes_read, fixes_skipped = r.fixes_skipped,
		patrol_days = r.patrol_days, place_days = r.place_days, place_days_left_out = r.place_days_left_out
	WHERE id = this;
END
$$;
COMMENT ON FUNCTION refresh_work(bigint, boolean) IS
'Step of refresh(): all that a run does, in one transaction. Errors: another process has the programme (55P03), those of programme_check(), and those of the rows it reads.';

CREATE FUNCTION refresh_fail(this bigint, state text, INOUT message text, INOUT detail text, INOUT hint text, context text)
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	prefix text;
BEGIN
	SELECT format('programme "%s"', r.programme) INTO prefix FROM hotspot.run r WHERE r.id = this;
	IF strpos(message, prefix) = 0 THEN
		message := concat_ws(': ', prefix, message);
	END IF;
	UPDATE hotspot.run r SET outcome = 'failed', finished = clock_timestamp(), sqlstate = state, error = message,
		detail = nullif(refresh_fail.detail, ''), hint = nullif(refresh_fail.hint, ''), context = refresh_fail.context
	WHERE r.id = this;
	detail := coalesce(nullif(detail, ''), format('Run %s wrote nothing; the list before stays in force.', this));
	hint := coalesce(nullif(hint, ''), 'See the view hotspot.refresh_runs.');
END
$$;
COMMENT ON FUNCTION refresh_fail(bigint, text, text, text, text, text) IS
'Step of refresh(): writes an error to the log of a run, and returns it as it is to be raised: with the name of the programme, a detail and a hint.';

-- It can have no search_path of its own, since it commits; so there is no operator in it, nor what is one: NULLIF, IN, CASE x WHEN.
CREATE PROCEDURE refresh(programme text, "full" boolean DEFAULT false, as_of timestamptz DEFAULT now())
	LANGUAGE plpgsql
AS $$
DECLARE
	this pg_catalog.int8;
	state pg_catalog.text;
	message pg_catalog.text;
	detail pg_catalog.text;
	hint pg_catalog.text;
	context pg_catalog.text;
BEGIN
	IF NOT hotspot.can_commit() THEN
		RAISE EXCEPTION 'CALL hotspot.refresh() cannot run inside a transaction block'
			USING ERRCODE = 'active_sql_transaction',
			HINT = 'It commits its log by itself: call it outside of BEGIN and COMMIT, in psql without --single-transaction, elsewhere with autocommit, and not from a function.';
	END IF;
	this := hotspot.refresh_start(programme, as_of);
	COMMIT;

	BEGIN
		PERFORM hotspot.refresh_work(this, COALESCE("full", false));
	EXCEPTION WHEN OTHERS OR query_canceled THEN
		GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
			hint = PG_EXCEPTION_HINT, context = PG_EXCEPTION_CONTEXT;
	END;
	IF state IS NOT NULL THEN
		SELECT f.message, f.detail, f.hint INTO message, detail, hint
		FROM hotspot.refresh_fail(this, state, message, detail, hint, context) f;
	END IF;
	COMMIT;

	IF state IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = state, MESSAGE = message, DETAIL = detail, HINT = hint;
	END IF;
END
$$;
COMMENT ON PROCEDURE refresh(text, boolean, timestamptz) IS
'Refreshes a programme, as of now or an earlier time: reads the events of new days and of the last days again (all, where "full"), ranks the hot spots of the days that are over, compares them with the list before, and writes list, hours, patrols, compliance and effects at once. Each run is a row of hotspot.run. It runs with the rights of the caller and commits twice, so not inside a transaction block (25001). Errors: another process refreshes the programme (55P03), the programme is wrong, see programme_check(), it has no events (P0002), and those of the rows it reads; then the list before stays in force, and the next run mends.';

