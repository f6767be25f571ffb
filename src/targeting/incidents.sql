/* ---- incidents: where and when events happened ---- */

CREATE TYPE incidents;

CREATE FUNCTION incidents_in(cstring) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION incidents_out(incidents) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION incidents_recv(internal) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION incidents_send(incidents) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE incidents (
	INPUT = incidents_in,
	OUTPUT = incidents_out,
	RECEIVE = incidents_recv,
	SEND = incidents_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE incidents IS
'The places and times of events: the summary that says whether one event brings another near by. Made by the aggregate incidents(), joined by merge() and +, read by near_repeat(). Equal events are all kept, and the same rows give the same bytes whatever their order. An event takes 24 bytes; at most 256 MB, that is 11 million events.';

CREATE FUNCTION incidents_add(incidents, geometry, timestamptz) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION incidents_add_local(incidents, geometry, timestamp, text) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION incidents_add_date(incidents, geometry, date) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION incidents_refuse_local(incidents, geometry, timestamp) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION incidents_merge(incidents, incidents) RETURNS incidents
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION incidents_add(incidents, geometry, timestamptz) IS 'Step of the aggregate incidents(geometry, timestamptz).';
COMMENT ON FUNCTION incidents_add_local(incidents, geometry, timestamp, text) IS 'Step of the aggregate incidents(geometry, timestamp, tz).';
COMMENT ON FUNCTION incidents_add_date(incidents, geometry, date) IS 'Step of the aggregate incidents(geometry, date).';
COMMENT ON FUNCTION incidents_refuse_local(incidents, geometry, timestamp) IS 'Step of the aggregate incidents(geometry, timestamp): an error.';
COMMENT ON FUNCTION incidents_merge(incidents, incidents) IS 'Step of the aggregate merge(incidents); the function of incidents + incidents.';

CREATE AGGREGATE incidents(geom geometry, at timestamptz) (
	SFUNC = incidents_add,
	STYPE = incidents,
	SSPACE = 65536,
	COMBINEFUNC = incidents_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE incidents(geometry, timestamptz) IS
'Incidents of one row an event. Rows with a NULL or empty point, coordinates that are NaN, infinite or beyond 1e15, or a NULL or infinite time are left out and counted: see skipped(). Errors: a geometry that is no point, a geographic SRID, SRIDs that vary (22023), more than 256 MB (54000).';

CREATE AGGREGATE incidents(geom geometry, at timestamp, tz text) (
	SFUNC = incidents_add_local,
	STYPE = incidents,
	SSPACE = 65536,
	COMBINEFUNC = incidents_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE incidents(geometry, timestamp, text) IS
'Incidents whose times are wall times in the given time zone, read as AT TIME ZONE reads them: by standard time where the clock shows a time twice or never. Incidents keep the instants and not the zone, so each row may have its own. Errors: a time zone that is NULL (22004) or unknown (22023). Otherwise as incidents(geom, at timestamptz).';

CREATE AGGREGATE incidents(geom geometry, at date) (
	SFUNC = incidents_add_date,
	STYPE = incidents,
	SSPACE = 65536,
	COMBINEFUNC = incidents_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE incidents(geometry, date) IS
'Incidents of which only the date is known. It is kept as noon UTC, which is on that date in every time zone that is less than 12 hours from UTC. Otherwise as incidents(geom, at timestamptz).';

-- Without this PostgreSQL would cast the time, by the session's TimeZone.
CREATE AGGREGATE incidents(geom geometry, at timestamp) (
	SFUNC = incidents_refuse_local,
	STYPE = incidents,
	COMBINEFUNC = incidents_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE incidents(geometry, timestamp) IS
'Always error 22023: a time without time zone needs one. See incidents(geom, at, tz).';

CREATE AGGREGATE merge(incidents) (
	SFUNC = incidents_merge,
	STYPE = incidents,
	SSPACE = 65536,
	COMBINEFUNC = incidents_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(incidents) IS
'The incidents of all rows that the given ones were made of. NULL is nothing. Errors: different SRIDs (22023), more than 256 MB (54000).';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = incidents_merge, LEFTARG = incidents, RIGHTARG = incidents,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (incidents, incidents) IS
'The incidents of the rows of both. NULL is nothing. Errors: different SRIDs (22023), more than 256 MB (54000).';

CREATE FUNCTION size(incidents) RETURNS bigint
	AS 'MODULE_PATHNAME', 'incidents_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(incidents) IS 'Number of events.';

CREATE FUNCTION srid(incidents) RETURNS integer
	AS 'MODULE_PATHNAME', 'incidents_srid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION srid(incidents) IS 'SRID of the incidents; NULL while no event was kept.';

CREATE FUNCTION skipped(incidents) RETURNS bigint
	AS 'MODULE_PATHNAME', 'incidents_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(incidents) IS 'Number of events that were left out: size + skipped = rows read. See skipped(incidents, reason).';

CREATE FUNCTION skipped(incidents, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'incidents_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(incidents, text) IS
'Number of events that were left out for one reason, the first of these that applies: ''geometry'' (NULL or empty), ''coordinates'' (NaN, infinite or beyond 1e15), ''time'' (NULL or infinite). Other reasons: error 22023.';

