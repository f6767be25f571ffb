/* ---- refresh: what the steps make of a programme ---- */

CREATE FUNCTION can_commit() RETURNS boolean
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION can_commit() IS 'Whether the procedure that calls it may COMMIT: not in a transaction block.';

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
'Refreshes a programme, as of now or an earlier time: reads the events of new days and of the last days again (all, where "full"), ranks the hot spots of the days that are over, compares them with the list before, and writes list, hours, patrols, compliance and effects at once. Each run is a row of hotspot.run. It runs with the rights of the caller, and so do functions in the views that it reads, whoever made them: call it as a role that may do what a refresh needs and no more, not as a superuser. It commits twice, so not inside a transaction block (25001). Errors: another process refreshes the programme (55P03), the programme is wrong, see programme_check(), it has no events (P0002), and those of the rows it reads; then the list before stays in force, and the next run mends.';
