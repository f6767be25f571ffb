/* ---- exposure: crime by the time since the last visit ---- */

CREATE FUNCTION exposure(
	patrol,
	crimes timestamptz[],
	edges interval[] DEFAULT '{0,15 min,30 min,60 min,120 min}',
	during tstzrange DEFAULT NULL,
	merge_gap interval DEFAULT '1 min',
	passing boolean DEFAULT true,
	conf_level float8 DEFAULT 0.95,
	OUT state text,
	OUT since_from interval,
	OUT since_to interval,
	OUT exposure_minutes float8,
	OUT crimes bigint,
	OUT rate_per_hour float8,
	OUT conf_low float8,
	OUT conf_high float8,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'patrol_exposure' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 7;
COMMENT ON FUNCTION exposure(patrol, timestamptz[], interval[], tstzrange, interval, boolean, float8) IS
'How much crime there is in a zone while units are present and so long after they left. It describes and does not show an effect: patrols follow crime. One row a state: ''before'' (the first visit), ''present'' (from arrival to departure of a patrol visit, where absences of up to merge_gap are excursions) and ''after'', from since_from to less than since_to (NULL: no limit) after the last departure, by edges, which ascend from 0. The states share out the window from the lower to less than the upper bound of during, without it from the first arrival to the last departure; so exposures and crimes of several zones may be added.
crimes: their times in this zone; those NULL, infinite or outside the window are left out, as the note of the first row says. passing: whether units that only passed through count as visits. rate_per_hour: crimes by exposure, with an exact Poisson interval (Garwood 1936) of conf_level that takes crimes for independent; NULL where there is no exposure. A NULL patrol is one without visits where during is given, else no rows.
Errors: NULL crimes (22004), arrays of several dimensions (2202E), edges or conf_level out of range or not in order, an empty during (22023), one without finite bounds (22008).';

