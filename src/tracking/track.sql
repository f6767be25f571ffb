/* ---- track: the GPS fixes of one unit ---- */

CREATE TYPE track;

CREATE FUNCTION track_in(cstring) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION track_out(track) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION track_recv(internal) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION track_send(track) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE track (
	INPUT = track_in,
	OUTPUT = track_out,
	RECEIVE = track_recv,
	SEND = track_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE track IS
'The GPS fixes of one unit, in order of time: the summary that says where it was. Made by the aggregate track(), joined by merge() and +, read by fixes() and others. Equal fixes are all kept, and the same rows give the same bytes whatever their order. A fix takes 24 bytes, or 32 where any fix has an accuracy; at most 256 MB, that is 11 million fixes, or 8 million with accuracies.';

CREATE FUNCTION track_add(track, timestamptz, geometry) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION track_add_accuracy(track, timestamptz, geometry, float8) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION track_add_local(track, timestamp, geometry, text) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION track_add_local_accuracy(track, timestamp, geometry, float8, text) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION track_refuse_local(track, timestamp, geometry) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION track_refuse_local(track, timestamp, geometry, float8) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION track_merge(track, track) RETURNS track
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION track_add(track, timestamptz, geometry) IS 'Step of the aggregate track(timestamptz, geometry).';
COMMENT ON FUNCTION track_add_accuracy(track, timestamptz, geometry, float8) IS 'Step of the aggregate track(timestamptz, geometry, accuracy).';
COMMENT ON FUNCTION track_add_local(track, timestamp, geometry, text) IS 'Step of the aggregate track(timestamp, geometry, tz).';
COMMENT ON FUNCTION track_add_local_accuracy(track, timestamp, geometry, float8, text) IS 'Step of the aggregate track(timestamp, geometry, accuracy, tz).';
COMMENT ON FUNCTION track_refuse_local(track, timestamp, geometry) IS 'Step of the aggregate track(timestamp, geometry): an error.';
COMMENT ON FUNCTION track_refuse_local(track, timestamp, geometry, float8) IS 'Step of the aggregate track(timestamp, geometry, accuracy): an error.';
COMMENT ON FUNCTION track_merge(track, track) IS 'Step of the aggregate merge(track); the function of track + track.';

-- The transition type is the result type, so that partial tracks combine in
-- parallel plans and across shards.  Its space is that of 5,000 fixes, a shift or
-- a day of one unit: when it is understated, groups that were begun grow beyond
-- work_mem, and PostgreSQL, which adds up the memory of all groups whenever it
-- begins another, keeps too many of them at a time.
CREATE AGGREGATE track(at timestamptz, geom geometry) (
	SFUNC = track_add,
	STYPE = track,
	SSPACE = 131072,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE track(timestamptz, geometry) IS
'Track of fixes whose accuracy is not known. Rows with a NULL or infinite time, a NULL or empty point, or coordinates that are NaN, infinite or beyond 1e15 are left out and counted: see skipped(). A geographic SRID is allowed; readers that measure in metres refuse it. Errors: a geometry that is no point, SRIDs that vary, more than 256 MB.';

CREATE AGGREGATE track(at timestamptz, geom geometry, accuracy float8) (
	SFUNC = track_add_accuracy,
	STYPE = track,
	SSPACE = 131072,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE track(timestamptz, geometry, float8) IS
'Track of fixes with their accuracy: the radius, in the unit of the coordinates, that the receiver is likely to be within; NULL where it is not known. Rows whose accuracy is NaN, infinite or negative are left out and counted. Otherwise as track(at, geom).';

CREATE AGGREGATE track(at timestamp, geom geometry, tz text) (
	SFUNC = track_add_local,
	STYPE = track,
	SSPACE = 131072,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE track(timestamp, geometry, text) IS
'Track of fixes whose times are wall times in the given time zone, read as AT TIME ZONE reads them: by standard time where the clock shows a time twice or never. The track keeps the instants and not the zone, so each row may have its own. Errors: a time zone that is NULL or unknown. Otherwise as track(at, geom).';

CREATE AGGREGATE track(at timestamp, geom geometry, accuracy float8, tz text) (
	SFUNC = track_add_local_accuracy,
	STYPE = track,
	SSPACE = 131072,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE track(timestamp, geometry, float8, text) IS
'Track of fixes with their accuracy, whose times are wall times in the given time zone: see track(at, geom, accuracy) and track(at, geom, tz).';

-- Without these PostgreSQL would cast the time, by the session's TimeZone.
CREATE AGGREGATE track(at timestamp, geom geometry) (
	SFUNC = track_refuse_local,
	STYPE = track,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE track(timestamp, geometry) IS
'Always error 22023: a time without time zone needs one. See track(at, geom, tz).';

CREATE AGGREGATE track(at timestamp, geom geometry, accuracy float8) (
	SFUNC = track_refuse_local,
	STYPE = track,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE track(timestamp, geometry, float8) IS
'Always error 22023: a time without time zone needs one. See track(at, geom, accuracy, tz).';

CREATE AGGREGATE merge(track) (
	SFUNC = track_merge,
	STYPE = track,
	SSPACE = 131072,
	COMBINEFUNC = track_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(track) IS
'The track of all rows that the given tracks were made of. NULL is nothing. Error: different SRIDs, more than 256 MB.';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = track_merge, LEFTARG = track, RIGHTARG = track,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (track, track) IS
'The track of the rows of both. NULL is nothing. Error: different SRIDs, more than 256 MB.';

CREATE FUNCTION fixes(track, OUT at timestamptz, OUT geom geometry, OUT accuracy float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'track_fixes' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION fixes(track) IS
'The fixes of a track, by time; those of one time by accuracy, best first and not known (NULL) last, then by x and y. Only x and y of the points are kept. NULL: no rows.';

CREATE FUNCTION size(track) RETURNS bigint
	AS 'MODULE_PATHNAME', 'track_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(track) IS 'Number of fixes.';

CREATE FUNCTION skipped(track) RETURNS bigint
	AS 'MODULE_PATHNAME', 'track_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(track) IS 'Number of fixes that were left out: size + skipped = rows read. See skipped(track, reason).';

CREATE FUNCTION skipped(track, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'track_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(track, text) IS
'Number of fixes that were left out for one reason, the first of these that applies: ''time'' (NULL or infinite), ''geometry'' (NULL or empty), ''coordinates'' (NaN, infinite or beyond 1e15), ''accuracy'' (NaN, infinite or negative). Other reasons: error 22023.';

CREATE FUNCTION srid(track) RETURNS integer
	AS 'MODULE_PATHNAME', 'track_srid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION srid(track) IS 'SRID of the track; NULL while no fix was kept.';

CREATE FUNCTION during(track) RETURNS tstzrange
	AS 'MODULE_PATHNAME', 'track_during' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION during(track) IS 'The time from the first fix to the last, both included; NULL where there is no fix.';

