/* ---- Checking programmes ---- */

/*
 * Names are looked up on the search_path of the caller once, when a programme is
 * written, and never again.  All else here and in refresh.sql is on pg_catalog
 * alone, so that nobody's operators or functions get in between.
 */

CREATE FUNCTION relation_name(relation text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
	FROM pg_catalog.pg_class c
	JOIN pg_catalog.pg_namespace n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
	WHERE c.oid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(relation_name.relation)::pg_catalog.oid;
END;
COMMENT ON FUNCTION relation_name(text) IS
'Name of a relation with its schema, both quoted where they need it, as the search_path finds it now. NULL where there is none. Error 42602: no name.';

-- A point in the reference system that a column is declared to have, 0 where it has none.
CREATE FUNCTION declared_origin(typmod integer) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ST_SetSRID(ST_MakePoint('0'::float8, '0'::float8), postgis_typmod_srid(declared_origin.typmod));
END;
COMMENT ON FUNCTION declared_origin(integer) IS
'The point (0, 0) in the reference system that a column of geometry is declared to have, by its type modifier (atttypmod); SRID 0 where it is declared to have none.';

CREATE FUNCTION declared_shape(typmod integer) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT postgis_typmod_type(declared_shape.typmod);
END;
COMMENT ON FUNCTION declared_shape(integer) IS
'The type of geometry that a column is declared to have, by its type modifier (atttypmod), for example Point; Geometry where any may be.';

/* ---- One relation of a programme ---- */

CREATE FUNCTION relation_check(programme programme, purpose text) RETURNS void
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	numbers CONSTANT text[] = '{int2,int4,int8,float4,float8,numeric}';
	units CONSTANT text[] = '{text,varchar,bpchar,int2,int4,int8,uuid}';
	relation CONSTANT text = CASE purpose WHEN 'events' THEN programme.events WHEN 'exclude' THEN programme.exclude
		WHEN 'area' THEN programme.area WHEN 'fixes' THEN programme.fixes WHEN 'assignment' THEN programme.assignment END;
	columns_due CONSTANT text = CASE purpose WHEN 'events' THEN 'the columns geom, at and harm'
		WHEN 'fixes' THEN 'the columns unit, at and geom' WHEN 'assignment' THEN 'the columns place, day and treated' ELSE 'a column geom' END;
	named regclass;
	due record;
	type_found oid;
	modifier integer;
	placed integer = -1;
BEGIN
	IF relation IS NULL THEN
		IF purpose = 'events' THEN
			RAISE EXCEPTION 'programme "%" has no events', programme.name
				USING ERRCODE = 'null_value_not_allowed', HINT = 'Name a table or view with the columns geom, at and harm.';
		END IF;
		RETURN;
	END IF;
	BEGIN
		named := to_regclass(relation);
	EXCEPTION WHEN invalid_name OR syntax_error OR feature_not_supported THEN
		named := NULL;
	END;
	IF named IS NULL THEN
		RAISE EXCEPTION 'programme "%": relation "%" (%) does not exist', programme.name, relation, purpose
			USING ERRCODE = 'undefined_table',
			HINT = format('Name a table or view with %s; with its schema, where that is not on the search_path.', columns_due);
	END IF;
	IF (SELECT relkind NOT IN ('r', 'p', 'v', 'm', 'f') OR relpersistence = 't' FROM pg_class WHERE oid = named) THEN
		RAISE EXCEPTION 'programme "%": relation "%" (%) is no table or view that lasts', programme.name, relation, purpose
			USING ERRCODE = 'wrong_object_type', HINT = 'Name a table or a view, not temporary.';
	END IF;

	FOR due IN
		SELECT * FROM (VALUES
			('events', 'geom', true, 'Point', NULL::text[], 'geometry(Point)', 'ST_SetSRID(ST_MakePoint(easting, northing), 27700)'),
			('events', 'at', true, NULL, '{timestamptz}', 'timestamptz', 'at AT TIME ZONE ''Europe/London'''),
			('events', 'harm', true, NULL, numbers, 'a number', 'hotspot.harm(offence, ''police_uk_demo'')'),
			('events', 'finish', false, NULL, '{timestamptz}', 'timestamptz', 'finish AT TIME ZONE ''Europe/London'''),
			('exclude', 'geom', true, 'any', NULL, 'geometry', 'ST_Union(area)'),
			('area', 'geom', true, 'Polygon', NULL, 'geometry(MultiPolygon)', 'ST_Union(area)'),
			('fixes', 'unit', true, NULL, units, 'text or a whole number', 'unit::text'),
			('fixes', 'at', true, NULL, '{timestamptz}', 'timestamptz', 'at AT TIME ZONE ''Europe/London'''),
			('fixes', 'geom', true, 'Point', NULL, 'geometry(Point)', 'ST_Transform(geom, 27700)'),
			('fixes', 'accuracy', false, NULL, numbers, 'a number', 'accuracy::float8'),
			('assignment', 'place', true, NULL, '{text,varchar}', 'text', 'hotspot.cell(geom, 150)::text'),
			('assignment', 'day', true, NULL, '{date}', 'date', 'day::date'),
			('assignment', 'treated', true, NULL, '{bool}', 'boolean', 'arm = ''patrol''')
		) AS c (purpose, name, needed, shape, types, words, example)
		WHERE c.purpose = relation_check.purpose
	LOOP
		SELECT coalesce(nullif(t.typbasetype, 0), t.oid), CASE WHEN t.typbasetype = 0 THEN a.atttypmod ELSE t.typtypmod END
		INTO type_found, modifier
		FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
		WHERE a.attrelid = named AND a.attname = due.name AND a.attnum > 0 AND NOT a.attisdropped;
		IF NOT FOUND THEN
			CONTINUE WHEN NOT due.needed;
			RAISE EXCEPTION 'programme "%": relation % (%) has no column "%"', programme.name, relation, purpose, due.name
				USING ERRCODE = 'undefined_column',
				HINT = format('It needs %s. Make a view that calls them so, for example SELECT %s AS %I.',
					columns_due, due.example, due.name);
		END IF;
		IF due.name = 'geom' THEN
			placed := modifier;
		END IF;
		IF due.shape IS NULL THEN
			CONTINUE WHEN type_found IN (SELECT oid FROM pg_type
				WHERE typname = ANY (due.types) AND typnamespace = 'pg_catalog'::regnamespace);
		ELSE
			CONTINUE WHEN type_found = (SELECT atttypid FROM pg_attribute
					WHERE attrelid = 'hotspot.hot_spot'::regclass AND attname = 'geom')
				AND (modifier = -1 OR due.shape = 'any' OR hotspot.declared_shape(modifier) ~* ('^(geometry|(multi)?' || due.shape || ')(zm?|m)?$')
					AND (due.shape <> 'Point' OR hotspot.declared_shape(modifier) !~* '^multi'));
		END IF;
		RAISE EXCEPTION 'programme "%": column "%" of % (%) is %, but % is expected',
				programme.name, due.name, relation, purpose, format_type(type_found, modifier), due.words
			USING ERRCODE = 'datatype_mismatch',
			HINT = format('Make a view that casts it, for example SELECT %s AS %I.', due.example, due.name);
	END LOOP;

	-- Where the column does not say its reference system, it is seen when rows are read.
	IF placed <> -1 THEN
		BEGIN
			PERFORM hotspot.cell(hotspot.declared_origin(placed), programme.grid);
		EXCEPTION WHEN invalid_parameter_value THEN
			RAISE EXCEPTION 'programme "%": relation % (%): %', programme.name, relation, purpose, SQLERRM
				USING ERRCODE = 'invalid_parameter_value',
				HINT = 'Make a view that projects it, for example SELECT ST_Transform(geom, 27700) AS geom.';
		END;
	END IF;
END
$$;
COMMENT ON FUNCTION relation_check(programme, text) IS
'Checks one relation of a programme: events, exclude, area, fixes or assignment. Errors: it does not exist (42P01), is temporary or no table or view (42809), lacks a column (42703), has one of another type (42804) or in longitude and latitude (22023); each names the programme.';

/* ---- A programme ---- */

CREATE FUNCTION programme_check(programme programme) RETURNS void
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	wrong text;
	remedy text;
BEGIN
	IF btrim(programme.name) = '' THEN
		RAISE EXCEPTION 'a programme needs a name' USING ERRCODE = 'invalid_parameter_value',
			HINT = 'Call it by what it is about, for example burglary.';
	END IF;

	SELECT c.message, c.hint INTO wrong, remedy FROM (VALUES
		(1, isfinite(programme.history) AND programme.history = date_trunc('day', programme.history)
				AND date '2000-01-01' - programme.history < date '2000-01-01'
				AND programme.history <= interval '50 years',
			format('history is %s, which is not some whole days, months or years up to 50 years', programme.history),
			'Give it as interval, for example ''1 year'' or ''90 days''.'),
		(2, programme.late BETWEEN interval '0' AND interval '366 days' AND programme.late = extract(day FROM programme.late) * interval '1 day'
				AND extract(month FROM programme.late) = 0 AND extract(year FROM programme.late) = 0,
			format('late is %s, which is not some whole days up to 366', programme.late),
			'Give it in days, for example ''7 days''; ''0 days'' reads nothing again.'),
		(3, programme.fix_history BETWEEN interval '1 day' AND interval '3660 days'
				AND programme.fix_history = extract(day FROM programme.fix_history) * interval '1 day'
				AND extract(month FROM programme.fix_history) = 0 AND extract(year FROM programme.fix_history) = 0,
			format('fix_history is %s, which is not some whole days from 1 to 3660', programme.fix_history),
			'Give it in days, for example ''28 days''.'),
		(4, programme.hot_spots BETWEEN 1 AND 10000,
			format('hot_spots is %s, which is not from 1 to 10000', programme.hot_spots), 'Ten to a hundred are usual.'),
		(5, programme.rank_by IN ('harm', 'events'),
			format('rank_by is "%s"', programme.rank_by), 'It is ''harm'' or ''events''.'),
		(6, programme.separation >= 0 AND programme.separation < 'Infinity',
			format('separation is %s, which is no distance', programme.separation), 'Give it in the unit of the coordinates; 0 is none.'),
		(7, programme.zone_buffer >= 0 AND programme.zone_buffer < 'Infinity',
			format('zone_buffer is %s, which is no distance', programme.zone_buffer), 'Give it in the unit of the coordinates; 0 is none.'),
		(8, programme.radius BETWEEN 1 AND 1000,
			format('radius is %s, which is not from 1 to 1000', programme.radius), 'It counts rings of cells; 1 is usual.'),
		(9, programme.peak_of IN ('week', 'day'),
			format('peak_of is "%s"', programme.peak_of), 'It is ''week'' or ''day''.'),
		(10, programme.peak_length BETWEEN 1 AND CASE programme.peak_of WHEN 'day' THEN 24 ELSE 168 END,
			format('peak_length is %s, which is not from 1 to %s', programme.peak_length,
				CASE programme.peak_of WHEN 'day' THEN 24 ELSE 168 END), 'It counts hours; 4 is usual.')
	) AS c (place, good, message, hint)
	WHERE NOT c.good
	ORDER BY c.place
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION 'programme "%": %', programme.name, wrong USING ERRCODE = 'invalid_parameter_value', HINT = remedy;
	END IF;

	-- What other functions take is theirs to judge.
	BEGIN
		PERFORM hotspot.police_day(now(), programme.tz, programme.day_start);
		PERFORM hotspot.week(now(), 1, programme.tz);
		PERFORM FROM hotspot.visits(NULL::hotspot.track, NULL::hotspot.zones, max_gap => programme.max_gap,
			merge_gap => programme.merge_gap, min_dwell => programme.min_dwell, max_speed => programme.max_speed,
			max_accuracy => programme.max_accuracy);
		PERFORM FROM hotspot.compliance(NULL::hotspot.patrol, coalesce(programme.visits_due, 0), programme.dwell_due,
			coalesce(programme.minutes_due, 0), programme.ceiling, since => '2000-01-01', until => '2000-01-01');
	EXCEPTION WHEN data_exception OR invalid_parameter_value OR null_value_not_allowed THEN
		GET STACKED DIAGNOSTICS remedy = PG_EXCEPTION_HINT;
		RAISE EXCEPTION 'programme "%": %', programme.name, SQLERRM USING ERRCODE = SQLSTATE,
			HINT = coalesce(nullif(remedy, ''), 'See the comments on the columns of hotspot.programme.');
	END;

	PERFORM hotspot.relation_check(programme, purpose)
	FROM (VALUES (1, 'events'), (2, 'exclude'), (3, 'area'), (4, 'fixes'), (5, 'assignment')) AS r (place, purpose)
	ORDER BY place;
END
$$;
COMMENT ON FUNCTION programme_check(programme) IS
'Checks a programme and its relations, without reading them. Errors name the programme, the value and what to do: 22023 for values, and those of relation_check().';

CREATE FUNCTION programme_qualify() RETURNS trigger
	LANGUAGE plpgsql STABLE PARALLEL SAFE
AS $$
BEGIN
	-- A restore has nothing on search_path, and perhaps not yet, or not at all, what the programme reads.
	IF pg_catalog.current_setting('search_path'::pg_catalog.text) OPERATOR(pg_catalog.=) ANY ('{"",\"\"}'::pg_catalog.text[]) THEN
		RETURN NEW;
	END IF;
	BEGIN
		NEW.events := COALESCE(hotspot.relation_name(NEW.events), NEW.events);
		NEW.exclude := COALESCE(hotspot.relation_name(NEW.exclude), NEW.exclude);
		NEW.area := COALESCE(hotspot.relation_name(NEW.area), NEW.area);
		NEW.fixes := COALESCE(hotspot.relation_name(NEW.fixes), NEW.fixes);
		NEW.assignment := COALESCE(hotspot.relation_name(NEW.assignment), NEW.assignment);
	EXCEPTION WHEN invalid_name OR syntax_error OR feature_not_supported THEN
		NULL;	-- programme_check() says which and why
	END;
	PERFORM hotspot.programme_check(NEW);
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION programme_qualify() IS
'Trigger of programme: writes the names of relations with their schemas, and checks the programme, see programme_check(). Not where search_path is empty, as in a restore: refresh() checks as well.';

CREATE TRIGGER programme_qualify BEFORE INSERT OR UPDATE ON programme
	FOR EACH ROW EXECUTE FUNCTION programme_qualify();

/* ---- What goes with a programme, and with a run ---- */

CREATE FUNCTION programme_follow() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	relation text;
BEGIN
	-- The state first: a refresh holds it, and what it writes must be there when the others come.
	FOREACH relation IN ARRAY '{programme_state,programme_day,programme_month,programme_time,programme_patrol,hot_spot_day,run}'::text[] LOOP
		IF TG_OP = 'DELETE' THEN
			EXECUTE format('DELETE FROM hotspot.%I WHERE programme = $1', relation) USING OLD.name;
		ELSE
			EXECUTE format('UPDATE hotspot.%I SET programme = $2 WHERE programme = $1', relation) USING OLD.name, NEW.name;
		END IF;
	END LOOP;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION programme_follow() IS
'Trigger of programme: what was kept and written for a programme is renamed or deleted with it, once no refresh is at work on it.';

CREATE TRIGGER programme_deleted AFTER DELETE ON programme
	FOR EACH ROW EXECUTE FUNCTION programme_follow();
CREATE TRIGGER programme_renamed AFTER UPDATE ON programme
	FOR EACH ROW WHEN (OLD.name <> NEW.name) EXECUTE FUNCTION programme_follow();

CREATE FUNCTION run_follow() RETURNS trigger
	LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	DELETE FROM hotspot.hot_spot h WHERE h.run = OLD.id;
	DELETE FROM hotspot.programme_effect e WHERE e.run = OLD.id;
	UPDATE hotspot.programme_state s SET list = NULL WHERE s.list = OLD.id;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION run_follow() IS 'Trigger of run: the list and the effects of a run are deleted with it.';

CREATE TRIGGER run_deleted AFTER DELETE ON run
	FOR EACH ROW EXECUTE FUNCTION run_follow();

