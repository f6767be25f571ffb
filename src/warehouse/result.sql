/* ---- What a refresh writes ---- */

CREATE TABLE run (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	programme text NOT NULL,
	started timestamptz NOT NULL,
	finished timestamptz,
	outcome text NOT NULL CHECK (outcome IN ('running', 'ok', 'failed', 'interrupted')),
	method text CHECK (method IN ('full', 'incremental')),
	reason text,
	as_of timestamptz NOT NULL,
	since date,
	until date,
	read_since date,
	rows_read bigint,
	days_read integer,
	events bigint,
	harm float8,
	skipped_time bigint,
	skipped_geometry bigint,
	skipped_coordinates bigint,
	skipped_harm bigint,
	skipped_outside bigint,
	finish_ignored bigint,
	fixes_read bigint,
	fixes_skipped bigint,
	patrol_days integer,
	place_days bigint,
	place_days_left_out bigint,
	role text NOT NULL,
	process integer NOT NULL,
	sqlstate text,
	error text,
	detail text,
	hint text,
	context text
);
CREATE INDEX run_programme ON run (programme, until, id);

COMMENT ON TABLE run IS
'The log: one row a refresh. Lists that were written stay, and so do the rows of runs that failed, until somebody deletes a row here: its list and effects go with it. Written by refresh().';
COMMENT ON SEQUENCE run_id_seq IS 'Numbers of runs.';
COMMENT ON COLUMN run.id IS 'Number of the run.';
COMMENT ON COLUMN run.programme IS 'Name of the programme.';
COMMENT ON COLUMN run.started IS 'When the run began.';
COMMENT ON COLUMN run.finished IS 'When it ended; NULL while it is running, and where it was interrupted.';
COMMENT ON COLUMN run.outcome IS 'running; ok: a list was written; failed: see error; interrupted: its process or server ended in the middle, as the next run found. Unless ok the list before stays in force.';
COMMENT ON COLUMN run.method IS 'full: all events of the history were read; incremental: those from read_since on.';
COMMENT ON COLUMN run.reason IS 'Why the run was full.';
COMMENT ON COLUMN run.as_of IS 'The list is of the days that were over at this time.';
COMMENT ON COLUMN run.since IS 'First local day of the list.';
COMMENT ON COLUMN run.until IS 'Last local day of the list.';
COMMENT ON COLUMN run.read_since IS 'First local day of which events were read.';
COMMENT ON COLUMN run.rows_read IS 'Events read by this run: those from read_since to until, and those without a time.';
COMMENT ON COLUMN run.days_read IS 'Local days from read_since to until.';
COMMENT ON COLUMN run.events IS 'Events that the list counts.';
COMMENT ON COLUMN run.harm IS 'Their harm.';
COMMENT ON COLUMN run.skipped_time IS 'Events left out: without a time, so of no day.';
COMMENT ON COLUMN run.skipped_geometry IS 'Events of since to until left out: the point is NULL or empty.';
COMMENT ON COLUMN run.skipped_coordinates IS 'Events of since to until left out: a coordinate is NaN or infinite.';
COMMENT ON COLUMN run.skipped_harm IS 'Events of since to until left out: the harm is NULL.';
COMMENT ON COLUMN run.skipped_outside IS 'Events of since to until left out: their cell is outside the study area.';
COMMENT ON COLUMN run.finish_ignored IS 'Events read by this run with a finish before at, or infinite: they count at the time at.';
COMMENT ON COLUMN run.fixes_read IS 'GPS fixes read by this run; NULL where the programme has none.';
COMMENT ON COLUMN run.fixes_skipped IS 'Of these left out: without a unit or a point.';
COMMENT ON COLUMN run.patrol_days IS 'Local days of which patrols were made.';
COMMENT ON COLUMN run.place_days IS 'Place-days of the assignment that the effects are of; NULL where the programme has none.';
COMMENT ON COLUMN run.place_days_left_out IS 'Place-days of the assignment left out: before since, or after until.';
COMMENT ON COLUMN run.role IS 'Role whose rights the run had.';
COMMENT ON COLUMN run.process IS 'Server process of the run, as in pg_stat_activity.';
COMMENT ON COLUMN run.sqlstate IS 'Code of the error.';
COMMENT ON COLUMN run.error IS 'Message of the error.';
COMMENT ON COLUMN run.detail IS 'Detail of the error.';
COMMENT ON COLUMN run.hint IS 'What to do about the error.';
COMMENT ON COLUMN run.context IS 'Where the error happened.';

CREATE TABLE hot_spot (
	run bigint,
	cell cell,
	rank integer,
	rank_before integer,
	status text NOT NULL CHECK (status IN ('new', 'kept', 'moved', 'dropped')),
	events bigint NOT NULL,
	harm float8 NOT NULL,
	share float8,
	cumulative_share float8,
	z float8,
	p_value float8,
	q_value float8,
	peak_weekday integer,
	peak_hour integer,
	peak_share float8,
	peak text,
	week week,
	longitude float8,
	latitude float8,
	geojson text,
	geom geometry NOT NULL,
	PRIMARY KEY (run, cell),
	UNIQUE (run, rank)
);
COMMENT ON TABLE hot_spot IS
'The lists of hot spots, one a run, compared with the list of the last day before. Written by refresh().';
COMMENT ON COLUMN hot_spot.run IS 'Run that wrote the list.';
COMMENT ON COLUMN hot_spot.cell IS 'Cell of the hot spot.';
COMMENT ON COLUMN hot_spot.rank IS 'Rank on the list, 1 is the hottest; NULL where it was dropped.';
COMMENT ON COLUMN hot_spot.rank_before IS 'Rank on the list before; NULL where it is new.';
COMMENT ON COLUMN hot_spot.status IS 'new, kept (the same rank as before), moved (another rank), dropped (on the list before, not on this one).';
COMMENT ON COLUMN hot_spot.events IS 'Events in the cell.';
COMMENT ON COLUMN hot_spot.harm IS 'Harm in the cell.';
COMMENT ON COLUMN hot_spot.share IS 'Share of all harm (rank_by events: of all events), from 0 to 1.';
COMMENT ON COLUMN hot_spot.cumulative_share IS 'Share of this and all hotter hot spots.';
COMMENT ON COLUMN hot_spot.z IS 'Gi*, see gi_star(); NULL without a study area.';
COMMENT ON COLUMN hot_spot.p_value IS 'Two-sided p of z.';
COMMENT ON COLUMN hot_spot.q_value IS 'p corrected for the number of cells: hot where z is above 0 and q_value below 0.05.';
COMMENT ON COLUMN hot_spot.peak_weekday IS 'Weekday on which the peak begins, 1 = Monday; NULL where no harm (rank_by events: no event) has an hour.';
COMMENT ON COLUMN hot_spot.peak_hour IS 'Local hour at which the peak begins, 0 to 23.';
COMMENT ON COLUMN hot_spot.peak_share IS 'Share of the hot spot''s harm (rank_by events: events) in its peak.';
COMMENT ON COLUMN hot_spot.peak IS 'The peak in words, for example Friday 22:00 to 02:00.';
COMMENT ON COLUMN hot_spot.week IS 'Its events and harm by hour of the local week, see hours(); NULL where it was dropped.';
COMMENT ON COLUMN hot_spot.longitude IS 'Longitude of the centre, degrees (WGS 84); NULL where the reference system is not known.';
COMMENT ON COLUMN hot_spot.latitude IS 'Latitude of the centre.';
COMMENT ON COLUMN hot_spot.geojson IS 'Outline as GeoJSON, in longitude and latitude (WGS 84).';
COMMENT ON COLUMN hot_spot.geom IS 'Outline in the reference system of the events.';

CREATE TABLE hot_spot_day (
	programme text,
	day date,
	cell cell,
	run bigint NOT NULL,
	rank integer,
	visits bigint NOT NULL,
	patrol_visits bigint NOT NULL,
	officer_minutes float8 NOT NULL,
	patrol_minutes float8 NOT NULL,
	pass_minutes float8 NOT NULL,
	units bigint NOT NULL,
	mean_crew float8,
	longest_absence interval,
	present_share float8,
	first_arrival timestamptz,
	last_departure timestamptz,
	pings bigint NOT NULL,
	cut_visits bigint NOT NULL,
	visits_done bigint,
	visits_due integer,
	visits_share float8,
	minutes_due float8,
	minutes_share float8,
	compliant boolean,
	under_minutes float8,
	over_minutes float8,
	PRIMARY KEY (programme, day, cell)
);
COMMENT ON TABLE hot_spot_day IS
'What each hot spot was given each local day, zeros too, and against the plan: those of the list in force on that day, and the places of the assignment. See dosage() and compliance(). Written by refresh().';
COMMENT ON COLUMN hot_spot_day.programme IS 'Name of the programme.';
COMMENT ON COLUMN hot_spot_day.day IS 'Local day.';
COMMENT ON COLUMN hot_spot_day.cell IS 'Cell of the hot spot.';
COMMENT ON COLUMN hot_spot_day.run IS 'Run that wrote the list in force on that day: the newest of days before it, or else the first list there is.';
COMMENT ON COLUMN hot_spot_day.rank IS 'Rank on that list; NULL for a place of the assignment that is not on it.';
COMMENT ON COLUMN hot_spot_day.visits IS 'Visits of each unit.';
COMMENT ON COLUMN hot_spot_day.patrol_visits IS 'Visits of any number of units.';
COMMENT ON COLUMN hot_spot_day.officer_minutes IS 'Minutes of each unit.';
COMMENT ON COLUMN hot_spot_day.patrol_minutes IS 'Minutes with at least one unit there.';
COMMENT ON COLUMN hot_spot_day.pass_minutes IS 'Minutes of units that only passed through, which count nowhere else.';
COMMENT ON COLUMN hot_spot_day.units IS 'Different units that were there.';
COMMENT ON COLUMN hot_spot_day.mean_crew IS 'Officer minutes by patrol minutes.';
COMMENT ON COLUMN hot_spot_day.longest_absence IS 'Longest time of the day without a unit.';
COMMENT ON COLUMN hot_spot_day.present_share IS 'Patrol minutes by the length of the day.';
COMMENT ON COLUMN hot_spot_day.first_arrival IS 'First arrival of a patrol visit.';
COMMENT ON COLUMN hot_spot_day.last_departure IS 'Last departure of a patrol visit.';
COMMENT ON COLUMN hot_spot_day.pings IS 'Fixes of the visits.';
COMMENT ON COLUMN hot_spot_day.cut_visits IS 'Patrol visits whose start or end was not seen.';
COMMENT ON COLUMN hot_spot_day.visits_done IS 'Patrol visits long enough for the plan; this and all after it NULL where there is no plan.';
COMMENT ON COLUMN hot_spot_day.visits_due IS 'Patrol visits that the plan wants.';
COMMENT ON COLUMN hot_spot_day.visits_share IS 'Share of the visits due that were made, at most 1.';
COMMENT ON COLUMN hot_spot_day.minutes_due IS 'Patrol minutes that the plan wants.';
COMMENT ON COLUMN hot_spot_day.minutes_share IS 'Share of the minutes due that were given, at most 1.';
COMMENT ON COLUMN hot_spot_day.compliant IS 'Whether both shares are 1.';
COMMENT ON COLUMN hot_spot_day.under_minutes IS 'Minutes below what is due.';
COMMENT ON COLUMN hot_spot_day.over_minutes IS 'Minutes above the ceiling; NULL without one.';

CREATE TABLE programme_effect (
	run bigint,
	outcome text,
	measure text,
	estimate float8,
	std_error float8,
	df float8,
	statistic float8,
	p_value float8,
	conf_low float8,
	conf_high float8,
	conf_level float8,
	n bigint,
	note text,
	PRIMARY KEY (run, outcome, measure)
);
COMMENT ON TABLE programme_effect IS
'Effects of the patrols assigned, by crossover() and randomisation_p(), each run; see type effect. Written by refresh().';
COMMENT ON COLUMN programme_effect.run IS 'Run that estimated it.';
COMMENT ON COLUMN programme_effect.outcome IS 'What the effect is on: events or harm of a place-day.';
COMMENT ON COLUMN programme_effect.measure IS 'What is estimated and on which scale, for example log_rate_ratio.';
COMMENT ON COLUMN programme_effect.estimate IS 'Estimate.';
COMMENT ON COLUMN programme_effect.std_error IS 'Its standard error.';
COMMENT ON COLUMN programme_effect.df IS 'Degrees of freedom of t; NULL: the normal distribution.';
COMMENT ON COLUMN programme_effect.statistic IS 'Estimate by standard error.';
COMMENT ON COLUMN programme_effect.p_value IS 'Two-sided p.';
COMMENT ON COLUMN programme_effect.conf_low IS 'Lower end of the interval.';
COMMENT ON COLUMN programme_effect.conf_high IS 'Upper end of the interval.';
COMMENT ON COLUMN programme_effect.conf_level IS 'Level of the interval, for example 0.95.';
COMMENT ON COLUMN programme_effect.n IS 'Number of what it was estimated from, mostly place-days.';
COMMENT ON COLUMN programme_effect.note IS 'What to know about it; why a value is NULL.';

ALTER TABLE run OWNER TO @extowner@;
ALTER TABLE hot_spot OWNER TO @extowner@;
ALTER TABLE hot_spot_day OWNER TO @extowner@;
ALTER TABLE programme_effect OWNER TO @extowner@;
SELECT pg_catalog.pg_extension_config_dump('run', '');
SELECT pg_catalog.pg_extension_config_dump('run_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('hot_spot', '');
SELECT pg_catalog.pg_extension_config_dump('hot_spot_day', '');
SELECT pg_catalog.pg_extension_config_dump('programme_effect', '');

