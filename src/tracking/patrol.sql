/* ---- patrol: who was in one zone, and when ---- */

CREATE TYPE patrol;

CREATE FUNCTION patrol_in(cstring) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION patrol_out(patrol) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION patrol_recv(internal) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION patrol_send(patrol) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE patrol (
	INPUT = patrol_in,
	OUTPUT = patrol_out,
	RECEIVE = patrol_recv,
	SEND = patrol_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE patrol IS
'The visits of units, such as officers or vehicles, to one zone: the summary that says whether we were there. Made by the aggregate patrol(), joined by merge() and +, read by dosage(), compliance(), koper() and exposure(). Times are kept in microseconds: the same rows give the same bytes whatever their order. At most 256 MB, some 8 million visits.';

CREATE FUNCTION patrol_add_intervals_text(patrol, text, tstzmultirange) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_intervals_bigint(patrol, bigint, tstzmultirange) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_visit_text(patrol, text, tstzmultirange, boolean, boolean, boolean, bigint) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_visit_bigint(patrol, bigint, tstzmultirange, boolean, boolean, boolean, bigint) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_times_text(patrol, text, timestamptz, timestamptz) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_times_bigint(patrol, bigint, timestamptz, timestamptz) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_wall_times_text(patrol, text, timestamp, timestamp, text) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_add_wall_times_bigint(patrol, bigint, timestamp, timestamp, text) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION patrol_merge(patrol, patrol) RETURNS patrol
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION patrol_add_intervals_text(patrol, text, tstzmultirange) IS 'Step of the aggregate patrol(unit, intervals).';
COMMENT ON FUNCTION patrol_add_intervals_bigint(patrol, bigint, tstzmultirange) IS 'Step of the aggregate patrol(unit, intervals).';
COMMENT ON FUNCTION patrol_add_visit_text(patrol, text, tstzmultirange, boolean, boolean, boolean, bigint) IS 'Step of the aggregate patrol(unit, intervals, starts_cut, ends_cut, passing, pings).';
COMMENT ON FUNCTION patrol_add_visit_bigint(patrol, bigint, tstzmultirange, boolean, boolean, boolean, bigint) IS 'Step of the aggregate patrol(unit, intervals, starts_cut, ends_cut, passing, pings).';
COMMENT ON FUNCTION patrol_add_times_text(patrol, text, timestamptz, timestamptz) IS 'Step of the aggregate patrol(unit, arrived, departed).';
COMMENT ON FUNCTION patrol_add_times_bigint(patrol, bigint, timestamptz, timestamptz) IS 'Step of the aggregate patrol(unit, arrived, departed).';
COMMENT ON FUNCTION patrol_add_wall_times_text(patrol, text, timestamp, timestamp, text) IS 'Step of the aggregate patrol(unit, arrived, departed, tz).';
COMMENT ON FUNCTION patrol_add_wall_times_bigint(patrol, bigint, timestamp, timestamp, text) IS 'Step of the aggregate patrol(unit, arrived, departed, tz).';
COMMENT ON FUNCTION patrol_merge(patrol, patrol) IS 'Step of the aggregate merge(patrol); the function of patrol + patrol.';

CREATE AGGREGATE patrol(unit text, intervals tstzmultirange) (
	SFUNC = patrol_add_intervals_text,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(text, tstzmultirange) IS
'Patrol of a zone; each row is the presence of one unit, a tstzmultirange. Whether a bound belongs to a range makes no difference. Rows with a NULL unit, intervals that are NULL or without length, or without a finite start and end, are left out and counted: see skipped(). Error 22023: units of type text and of type bigint in one patrol.';

CREATE AGGREGATE patrol(unit bigint, intervals tstzmultirange) (
	SFUNC = patrol_add_intervals_bigint,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(bigint, tstzmultirange) IS
'As patrol(text, tstzmultirange), for units with a number.';

CREATE AGGREGATE patrol(unit text, intervals tstzmultirange, starts_cut boolean, ends_cut boolean, passing boolean, pings bigint) (
	SFUNC = patrol_add_visit_text,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(text, tstzmultirange, boolean, boolean, boolean, bigint) IS
'Patrol of a zone; each row is a visit as visits() gives it. starts_cut, ends_cut: the unit may have come earlier or stayed on. passing: it only passed through. pings: number of position fixes. NULL flags are false, NULL pings 0. Error 22023: negative pings. Otherwise as patrol(unit, intervals).';

CREATE AGGREGATE patrol(unit bigint, intervals tstzmultirange, starts_cut boolean, ends_cut boolean, passing boolean, pings bigint) (
	SFUNC = patrol_add_visit_bigint,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(bigint, tstzmultirange, boolean, boolean, boolean, bigint) IS
'As patrol(text, tstzmultirange, boolean, boolean, boolean, bigint), for units with a number.';

CREATE AGGREGATE patrol(unit text, arrived timestamptz, departed timestamptz) (
	SFUNC = patrol_add_times_text,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(text, timestamptz, timestamptz) IS
'Patrol of a zone; each row is the presence of one unit, from arrived to departed. Where these are equal the row counts as empty. Error 22023: departed before arrived. Otherwise as patrol(unit, intervals).';

CREATE AGGREGATE patrol(unit bigint, arrived timestamptz, departed timestamptz) (
	SFUNC = patrol_add_times_bigint,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(bigint, timestamptz, timestamptz) IS
'As patrol(text, timestamptz, timestamptz), for units with a number.';

CREATE AGGREGATE patrol(unit text, arrived timestamp, departed timestamp, tz text) (
	SFUNC = patrol_add_wall_times_text,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(text, timestamp, timestamp, text) IS
'As patrol(unit, arrived, departed), with wall time in time zone tz, read as AT TIME ZONE does: of the hour that comes twice, the second. Errors: NULL tz (22004), unknown tz (22023).';

CREATE AGGREGATE patrol(unit bigint, arrived timestamp, departed timestamp, tz text) (
	SFUNC = patrol_add_wall_times_bigint,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE patrol(bigint, timestamp, timestamp, text) IS
'As patrol(text, timestamp, timestamp, text), for units with a number.';

CREATE AGGREGATE merge(patrol) (
	SFUNC = patrol_merge,
	STYPE = patrol,
	SSPACE = 8192,
	COMBINEFUNC = patrol_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(patrol) IS
'The patrol of all rows that the given patrols were made of: of one zone over many days, or of several zones, as if they were one. NULL is nothing. Error 22023: units of type text and of type bigint.';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = patrol_merge, LEFTARG = patrol, RIGHTARG = patrol,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (patrol, patrol) IS
'The patrol of the rows of both. NULL is nothing. Error 22023: units of type text and of type bigint.';

CREATE FUNCTION size(patrol) RETURNS bigint
	AS 'MODULE_PATHNAME', 'patrol_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(patrol) IS 'Number of rows that were kept: size + skipped = rows read.';

CREATE FUNCTION units(patrol) RETURNS integer
	AS 'MODULE_PATHNAME', 'patrol_units' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION units(patrol) IS 'Number of different units.';

CREATE FUNCTION skipped(patrol) RETURNS bigint
	AS 'MODULE_PATHNAME', 'patrol_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(patrol) IS 'Number of rows that were left out. See skipped(patrol, reason).';

CREATE FUNCTION skipped(patrol, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'patrol_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(patrol, text) IS
'Number of rows that were left out for one reason: ''unit'' (NULL), ''interval'' (NULL, empty or without length), ''infinite'' (without a finite start and end). Other reasons: error 22023.';

