/* ---- police_day: the days that dosage counts by ---- */

CREATE FUNCTION police_day(at timestamptz, tz text DEFAULT 'Europe/London', day_start interval DEFAULT '0')
	RETURNS date
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION police_day(timestamptz, text, interval) IS
'The day on which a moment lies, as dosage() and compliance() count days: from (day + day_start) AT TIME ZONE tz on. NULL at: NULL. Errors: infinite at (22008), unknown tz, day_start of a day or more or with months (22023).';

CREATE FUNCTION police_day_range(day date, tz text DEFAULT 'Europe/London', day_start interval DEFAULT '0')
	RETURNS tstzrange
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE COST 20;
COMMENT ON FUNCTION police_day_range(date, text, interval) IS
'From when to when a day lasts, for argument during of visits() and exposure(): 23, 24 or 25 hours. NULL day: NULL. Errors: infinite day (22008), unknown tz, day_start of a day or more or with months (22023).';
