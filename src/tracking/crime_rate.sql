/* ---- crime_rate: what rows of koper() and exposure() add up to ---- */

CREATE FUNCTION crime_rate(events numeric, exposure_minutes float8, conf_level float8 DEFAULT 0.95,
		OUT rate_per_hour float8, OUT conf_low float8, OUT conf_high float8)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100;
COMMENT ON FUNCTION crime_rate(numeric, float8, float8) IS
'Events an hour, with an exact Poisson interval (Garwood 1936) that takes events for independent: for events and exposure_minutes of koper() or exposure() that were summed over zones, since rates must not be averaged. NULL where events or exposure_minutes is NULL, or exposure_minutes is 0. Errors (22023): events not whole or negative, exposure_minutes negative or not finite, conf_level not between 0 and 1.';
