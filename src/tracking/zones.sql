/* ---- zones: areas with ids, compiled ---- */

CREATE TYPE zones;

CREATE FUNCTION zones_in(cstring) RETURNS zones
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION zones_out(zones) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION zones_recv(internal) RETURNS zones
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION zones_send(zones) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

-- Stored without compression: coordinates hardly shrink, and readers know a
-- value again by its first bytes.
CREATE TYPE zones (
	INPUT = zones_in,
	OUTPUT = zones_out,
	RECEIVE = zones_recv,
	SEND = zones_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = external
);

COMMENT ON TYPE zones IS
'Areas with ids, such as hot spots, beats or LSOAs. Made by the aggregate zones(), joined by merge() and +, read by zone_at(), zones_at() and visits(). A point is in a zone by the even-odd rule over all its rings; lower and left boundaries belong to it, upper and right ones do not, so that of zones that share edges each point is in just one. At most 256 MB: 16 bytes a vertex.';

CREATE FUNCTION zones_add_text(zones, text, geometry) RETURNS zones
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION zones_add_bigint(zones, bigint, geometry) RETURNS zones
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION zones_merge(zones, zones) RETURNS zones
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION zones_add_text(zones, text, geometry) IS 'Step of the aggregate zones(text, geometry).';
COMMENT ON FUNCTION zones_add_bigint(zones, bigint, geometry) IS 'Step of the aggregate zones(bigint, geometry).';
COMMENT ON FUNCTION zones_merge(zones, zones) IS 'Step of the aggregate merge(zones); the function of zones + zones.';

CREATE AGGREGATE zones(id text, area geometry) (
	SFUNC = zones_add_text,
	STYPE = zones,
	SSPACE = 8192,
	COMBINEFUNC = zones_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zones(text, geometry) IS
'Zones of areas, which are polygons or multipolygons, valid or not. Rows with a NULL or empty area are left out and counted: see skipped(). Errors: NULL id, two areas with one id, an area of another type, coordinates that are not finite or beyond 1e15, SRIDs that vary.';

CREATE AGGREGATE zones(id bigint, area geometry) (
	SFUNC = zones_add_bigint,
	STYPE = zones,
	SSPACE = 8192,
	COMBINEFUNC = zones_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE zones(bigint, geometry) IS
'Zones whose ids are whole numbers; readers return them as text. Otherwise as zones(text, geometry).';

CREATE AGGREGATE merge(zones) (
	SFUNC = zones_merge,
	STYPE = zones,
	SSPACE = 8192,
	COMBINEFUNC = zones_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(zones) IS
'All the zones of the given ones. NULL is nothing. Errors: an id that comes twice, different SRIDs, ids of type text and bigint.';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = zones_merge, LEFTARG = zones, RIGHTARG = zones,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (zones, zones) IS
'The zones of both. NULL is nothing. Errors: an id that comes twice, different SRIDs, ids of type text and bigint.';

CREATE FUNCTION zone_at(zones, geom geometry) RETURNS text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION zone_at(zones, geometry) IS
'Id of the zone that holds a point; where zones overlap, the least id (text by its bytes, whole numbers by value). NULL: no zone holds it, or the point is NULL or empty. Errors: a geometry that is no point, another SRID than the zones have.';

CREATE FUNCTION zones_at(zones, geom geometry) RETURNS SETOF text
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 1;
COMMENT ON FUNCTION zones_at(zones, geometry) IS
'Ids of all zones that hold a point, in their order. Errors: as zone_at().';

CREATE FUNCTION ids(zones) RETURNS SETOF text
	AS 'MODULE_PATHNAME', 'zones_ids' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100 ROWS 300;
COMMENT ON FUNCTION ids(zones) IS 'Ids of all zones, in their order.';

CREATE FUNCTION size(zones) RETURNS integer
	AS 'MODULE_PATHNAME', 'zones_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(zones) IS 'Number of zones.';

CREATE FUNCTION srid(zones) RETURNS integer
	AS 'MODULE_PATHNAME', 'zones_srid' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION srid(zones) IS 'SRID of the zones; NULL while there is none.';

CREATE FUNCTION skipped(zones) RETURNS bigint
	AS 'MODULE_PATHNAME', 'zones_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(zones) IS 'Number of rows that were left out because their area was NULL or empty.';
