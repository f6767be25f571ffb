/* ---- compliance: what was delivered, against a target ---- */

CREATE FUNCTION compliance(
	patrol,
	visits integer,
	min_dwell interval,
	minutes float8,
	ceiling float8 DEFAULT NULL,
	max_dwell interval DEFAULT NULL,
	tz text DEFAULT 'Europe/London',
	day_start interval DEFAULT '0',
	merge_gap interval DEFAULT '1 min',
	since date DEFAULT NULL,
	until date DEFAULT NULL,
	OUT day date,
	OUT visits_done bigint,
	OUT visits_due integer,
	OUT visits_share float8,
	OUT minutes_done float8,
	OUT minutes_due float8,
	OUT minutes_share float8,
	OUT compliant boolean,
	OUT under_minutes float8,
	OUT over_minutes float8,
	OUT long_visits bigint,
	OUT officer_minutes float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'patrol_compliance' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION compliance(patrol, integer, interval, float8, float8, interval, text, interval, interval, date, date) IS
'What a zone was given against what was due, one row a day; the days are those of dosage(), by the same tz, day_start, merge_gap, since and until. Due each day: patrol visits (of any number of units) with a dwell, excursions not counted, of at least min_dwell, and patrol minutes; 0 = none due. ceiling: minutes above which more is too much. max_dwell: dwell above which a visit is too long.
visits_done: visits of at least min_dwell that start on this day. minutes_done: minutes when any unit was there, of visits of any length. Shares are at most 1, and 1 where nothing is due; compliant: both are 1. under_minutes, over_minutes: below what is due, above ceiling (NULL without one). long_visits: longer than max_dwell (NULL without one). officer_minutes: of each unit. Passing units count nowhere.
Errors 22023: negative or infinite targets, ceiling below minutes, max_dwell below min_dwell, and those of dosage().';

