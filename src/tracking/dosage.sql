/* ---- dosage: what a zone was given, day by day ---- */

CREATE FUNCTION dosage(
	patrol,
	tz text DEFAULT 'Europe/London',
	day_start interval DEFAULT '0',
	merge_gap interval DEFAULT '1 min',
	since date DEFAULT NULL,
	until date DEFAULT NULL,
	OUT day date,
	OUT visits bigint,
	OUT patrol_visits bigint,
	OUT officer_minutes float8,
	OUT patrol_minutes float8,
	OUT pass_minutes float8,
	OUT units bigint,
	OUT mean_crew float8,
	OUT longest_absence interval,
	OUT mean_absence interval,
	OUT absence_cv float8,
	OUT present_share float8,
	OUT first_arrival timestamptz,
	OUT last_departure timestamptz,
	OUT pings bigint,
	OUT cut_visits bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'patrol_dosage' LANGUAGE C STABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION dosage(patrol, text, interval, interval, date, date) IS
'What a zone was given, one row a day from since to until, zeros too; without them from the day of the first presence to that of the last. A NULL patrol is zeros where both are given, else no rows. A day lasts from (day + day_start) AT TIME ZONE tz to the same of the next day: 23, 24 or 25 hours. Minutes are split where a day ends; a visit belongs to the day on which it starts.
visits: visits of each unit, patrol_visits: visits of any number of units, where absences of up to merge_gap are excursions. officer_minutes: of each unit, patrol_minutes: of any unit, both without excursions. pass_minutes: officer minutes of units that only passed through, which count nowhere else. units: different units present. mean_crew: officer minutes by patrol minutes. longest_absence, mean_absence, absence_cv (standard deviation by mean, of all absences): between patrol visits, as far as on this day; a day without one is an absence. present_share: patrol minutes by the length of the day. first_arrival, last_departure: of patrol visits that start, or end, on this day. pings: fixes of the visits that start on this day. cut_visits: patrol visits whose start or end was not seen. Rows that come twice count once.
Errors: unknown tz, day_start of a day or more, negative merge_gap, intervals with months, since after until (22023), infinite dates (22008), more than 100000 days (54000). Sources: Williams and Coupe 2017 (officer and patrol minutes), Koper 1995.';

