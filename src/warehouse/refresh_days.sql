/*
 * ---- refresh: days ----
 *
 * The steps of refresh() are in four files: days, list, patrols and, in refresh.sql,
 * what holds them together.  The only SQL that is put together are statements
 * around the name of a relation, which to_regclass() found and quoted.
 */

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
