/* ---- decay: older events count less ---- */

CREATE FUNCTION decay(at timestamptz, as_of timestamptz, half_life interval) RETURNS float8
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION decay(timestamptz, timestamptz, interval) IS
'Factor for the harm of an event: 2^(-(as_of - at) / half_life), so 1 at as_of, 1/2 one half-life before, and above 1 after as_of. Days are 24 hours. NULL for a NULL at. Surfaces decayed to different as_of do not merge to anything meaningful. Errors: half_life with months or not above 0, infinite times, NULL as_of or half_life.';

