/* ---- koper: crime after visits, by their length ---- */

CREATE FUNCTION koper(
	patrol,
	crimes timestamptz[],
	horizon interval DEFAULT '30 min',
	until timestamptz DEFAULT NULL,
	lengths interval[] DEFAULT '{1 min,5 min,10 min,16 min,20 min,30 min}',
	merge_gap interval DEFAULT '1 min',
	response interval DEFAULT NULL,
	passing boolean DEFAULT true,
	conf_level float8 DEFAULT 0.95,
	OUT length_from interval,
	OUT length_to interval,
	OUT visits bigint,
	OUT events bigint,
	OUT exposure_minutes float8,
	OUT rate_per_hour float8,
	OUT conf_low float8,
	OUT conf_high float8,
	OUT share_within_horizon float8,
	OUT survival float8[],
	OUT mean_log_minutes float8,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'patrol_koper' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 8;
COMMENT ON FUNCTION koper(patrol, timestamptz[], interval, timestamptz, interval[], interval, interval, boolean, float8) IS
'How soon crime follows the visits to a zone, by the length of the visit. It describes and does not show an effect: patrols follow crime. One row a bin: patrol visits longer than length_from, up to length_to (NULL: no limit), from arrival to departure, where absences of up to merge_gap are excursions; last, with both NULL, visits whose start or end was not seen. Each visit is followed from its departure to the first crime strictly after it (an event), but only to the next arrival, to horizon after departure and to until, when what is known of crimes ends (NULL: later than all that). A crime at just that moment is no event.
crimes: their times in this zone; those NULL or infinite are left out. response: visits that begin within so long after a crime may have been sent there, and are left out (as ends for those before them they still count). passing: whether units that only passed through count as visits. What is left out is in the note of the first row.
exposure_minutes: total time followed. rate_per_hour: events by exposure, with an exact Poisson interval (Garwood 1936) of conf_level that takes events for independent. share_within_horizon: events by visits, where not all were followed to the horizon. survival: share without a crime 5, 10, 15, 30 and 60 minutes after departure (Kaplan and Meier 1958), NULL beyond the horizon or where no visit was followed for so long. mean_log_minutes: mean natural logarithm of the minutes to the event. What is not defined is NULL, and note says why. NULL patrol: no rows.
Errors: NULL crimes (22004), arrays of several dimensions (2202E), horizon, lengths or conf_level out of range or not in order (22023). Source: Koper 1995.';

