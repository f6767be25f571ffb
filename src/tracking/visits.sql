/* ---- visits: a track among zones ---- */

CREATE FUNCTION visits(track, zones, max_gap interval DEFAULT '5 min', merge_gap interval DEFAULT '1 min',
		min_dwell interval DEFAULT '0', max_speed float8 DEFAULT NULL, still_gap interval DEFAULT NULL,
		still_radius float8 DEFAULT 30, pass_speed float8 DEFAULT NULL, during tstzrange DEFAULT NULL,
		max_accuracy float8 DEFAULT NULL, max_spike integer DEFAULT 1,
		OUT zone text, OUT arrived timestamptz, OUT departed timestamptz, OUT dwell interval,
		OUT intervals tstzmultirange, OUT pings bigint, OUT path_length float8, OUT starts_cut boolean,
		OUT ends_cut boolean, OUT passing boolean, OUT interpolated interval)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION visits(track, zones, interval, interval, interval, float8, interval, float8, float8, tstzrange, float8, integer) IS
'Visits of a unit to zones, by zone and time. Between fixes no more than max_gap apart (still_gap, where they are within still_radius of each other) the unit goes straight and steadily; other silences count for nothing. Times in a zone are rounded to the microsecond; those no more than merge_gap apart make one visit.
dwell: time inside, without what lies between. intervals: the times inside. pings: fixes inside. path_length: way inside, in the unit of the coordinates, NULL for degrees. starts_cut, ends_cut: the visit begins or ends where fixes do, or during, so it may be longer. passing: dwell is below min_dwell, or path_length / dwell above pass_speed; such rows are kept so that their time can be counted. interpolated: time between fixes more than 2 minutes apart.
max_speed (units of length a second): up to max_spike fixes that cannot be reached are dropped where the next one can be, otherwise the track is broken there. max_accuracy: worse fixes are dropped, those of unknown accuracy are not. Of fixes at one time the most accurate counts. during: only this span, read with the fixes that reach into it, so that the times of days computed apart add up; whether a visit is passing is then judged by the part of it in the span. NULL track or zones: no rows. Errors: different SRIDs, durations with months or below 0, merge_gap longer or still_gap shorter than max_gap, max_spike above 100, a geographic SRID with max_speed, still_gap, pass_speed or max_accuracy.';

CREATE FUNCTION touches(track, zones, max_gap interval DEFAULT '5 min', max_speed float8 DEFAULT NULL,
		still_gap interval DEFAULT NULL, still_radius float8 DEFAULT 30, during tstzrange DEFAULT NULL,
		max_accuracy float8 DEFAULT NULL, max_spike integer DEFAULT 1, OUT zone text, OUT at timestamptz)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 20;
COMMENT ON FUNCTION touches(track, zones, interval, float8, interval, float8, tstzrange, float8, integer) IS
'Fixes in zones that no time can be given to, since the fixes before and after are too far away: the unit was there, but is in no row of visits(). Arguments and errors as for visits().';
