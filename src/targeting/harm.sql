/* ---- harm: the weight of an offence ---- */

CREATE FUNCTION harm(offence text, scheme text, missing text DEFAULT 'error') RETURNS float8
	AS 'MODULE_PATHNAME', 'harm_of_offence' LANGUAGE C STABLE PARALLEL SAFE COST 10;
COMMENT ON FUNCTION harm(text, text, text) IS
'Harm of an offence from hotspot.harm_weight, in the unit of the scheme, by its highest version. Case and blanks around the name do not matter. An offence that the scheme does not have, or NULL, is an error; with missing => ''null'' it is NULL, which surface() skips and counts. An unknown scheme is an error.';

