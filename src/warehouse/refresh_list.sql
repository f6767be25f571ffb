/* ---- refresh: the list ---- */

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
