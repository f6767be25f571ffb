/* ---- programme: what is refreshed ---- */

CREATE TABLE programme (
	name text PRIMARY KEY,
	events text NOT NULL,
	grid grid NOT NULL,
	history interval NOT NULL DEFAULT '1 year',
	late interval NOT NULL DEFAULT '7 days',
	tz text NOT NULL DEFAULT 'Europe/London',
	day_start interval NOT NULL DEFAULT '0',
	hot_spots integer NOT NULL DEFAULT 20,
	rank_by text NOT NULL DEFAULT 'harm',
	separation float8 NOT NULL DEFAULT 0,
	exclude text,
	area text,
	radius integer NOT NULL DEFAULT 1,
	peak_of text NOT NULL DEFAULT 'week',
	peak_length integer NOT NULL DEFAULT 4,
	fixes text,
	fix_history interval NOT NULL DEFAULT '28 days',
	zone_buffer float8 NOT NULL DEFAULT 0,
	max_gap interval NOT NULL DEFAULT '5 min',
	merge_gap interval NOT NULL DEFAULT '1 min',
	min_dwell interval NOT NULL DEFAULT '0',
	max_speed float8,
	max_accuracy float8,
	visits_due integer,
	minutes_due float8,
	dwell_due interval NOT NULL DEFAULT '0',
	ceiling float8,
	assignment text
);

COMMENT ON TABLE programme IS
'What CALL hotspot.refresh(name) refreshes: one row a programme. The relations of events, exclude, area, fixes and assignment are named, never described by SQL; make a view where a table has other columns. Names are looked up on the search_path of whoever writes the row, and kept with their schema. A row is checked when it is written (but not where search_path is empty, as in a restore) and at each refresh. To delete a programme deletes all that was written for it.';
COMMENT ON COLUMN programme.name IS 'Name of the programme, for example burglary.';
COMMENT ON COLUMN programme.events IS 'Table or view of events: geom (geometry, points in plane coordinates), at (timestamptz), harm (any number), and perhaps finish (timestamptz, NULL or not before at): the event happened at some time between. An index or partitions by at make a refresh fast.';
COMMENT ON COLUMN programme.grid IS 'Grid of the hot spots, for example 150 or hexagon 93.06.';
COMMENT ON COLUMN programme.history IS 'How far back events count, in whole days, months or years: 1 year, 3 years, 90 days.';
COMMENT ON COLUMN programme.late IS 'How many whole days a refresh reads again, since events and fixes are recorded late or changed. What changes before is seen by a full refresh alone, so have one now and then: an event moved from there to a late day counts on both until then.';
COMMENT ON COLUMN programme.tz IS 'Time zone of days and hours, a name of pg_timezone_names.';
COMMENT ON COLUMN programme.day_start IS 'When a day begins on the local clock, for example 7 hours.';
COMMENT ON COLUMN programme.hot_spots IS 'Number of hot spots on the list.';
COMMENT ON COLUMN programme.rank_by IS 'What hot spots are ranked by, and what their statistics are of: harm or events.';
COMMENT ON COLUMN programme.separation IS 'Least distance between the centres of hot spots, in the unit of the coordinates.';
COMMENT ON COLUMN programme.exclude IS 'Relation with a column geom: cells that intersect it are passed over, for example prisons and hospitals.';
COMMENT ON COLUMN programme.area IS 'Relation with a column geom, polygons: the study area. Cells with their centre outside are left out and their events counted; those inside without an event make the statistics z, p_value and q_value possible, which are NULL without an area.';
COMMENT ON COLUMN programme.radius IS 'Rings of cells that gi_star() compares around each.';
COMMENT ON COLUMN programme.peak_of IS 'Whether the peak of a hot spot is one of the week or of the day, all days together: week or day.';
COMMENT ON COLUMN programme.peak_length IS 'Length of the peak, in hours.';
COMMENT ON COLUMN programme.fixes IS 'Relation of GPS fixes: unit (text or a whole number), at (timestamptz), geom (geometry), and perhaps accuracy (a number).';
COMMENT ON COLUMN programme.fix_history IS 'How many whole days of fixes a full refresh reads; days of patrol before that stay as they are.';
COMMENT ON COLUMN programme.zone_buffer IS 'How far around its cell a patrol is in a hot spot, in the unit of the coordinates.';
COMMENT ON COLUMN programme.max_gap IS 'Argument max_gap of visits().';
COMMENT ON COLUMN programme.merge_gap IS 'Argument merge_gap of visits(), dosage() and compliance().';
COMMENT ON COLUMN programme.min_dwell IS 'Argument min_dwell of visits(): what is shorter is passing through. Of a visit across the start of a day each part is judged by itself.';
COMMENT ON COLUMN programme.max_speed IS 'Argument max_speed of visits(), in units of length a second.';
COMMENT ON COLUMN programme.max_accuracy IS 'Argument max_accuracy of visits().';
COMMENT ON COLUMN programme.visits_due IS 'Plan: patrol visits a day to each hot spot; NULL where there is no plan.';
COMMENT ON COLUMN programme.minutes_due IS 'Plan: patrol minutes a day in each hot spot; NULL where there is no plan.';
COMMENT ON COLUMN programme.dwell_due IS 'Plan: how long a patrol visit must last to count.';
COMMENT ON COLUMN programme.ceiling IS 'Plan: patrol minutes a day above which more is too much.';
COMMENT ON COLUMN programme.assignment IS 'Relation of a trial: place (text, a cell of the grid as its text), day (date) and treated (boolean), a row for every place and day, assigned to patrol or not.';

ALTER TABLE programme OWNER TO @extowner@;
SELECT pg_catalog.pg_extension_config_dump('programme', '');

/*
 * ---- What a refresh keeps, so that the next one need not read old events ----
 *
 * No table of the warehouse has a foreign key: a parallel restore loads those of an
 * extension in any order.  Triggers do what cascades would, see programme_check.sql.
 */

CREATE TABLE programme_state (
	programme text PRIMARY KEY,
	settings text,
	since date,
	until date,
	months_since date,
	months_until date,
	months surface,
	patrol_settings text,
	patrol_until date,
	list bigint
);
COMMENT ON TABLE programme_state IS
'How far a programme is: one row, which a refresh locks. Written by refresh().';
COMMENT ON COLUMN programme_state.programme IS 'Name of the programme.';
COMMENT ON COLUMN programme_state.settings IS 'What the days kept were made by: relation, grid, time zone, start of the day, role. When it changes, all days are made again.';
COMMENT ON COLUMN programme_state.since IS 'First day that is kept.';
COMMENT ON COLUMN programme_state.until IS 'Last day that is kept.';
COMMENT ON COLUMN programme_state.months_since IS 'First month of those in months.';
COMMENT ON COLUMN programme_state.months_until IS 'Month after the last of them.';
COMMENT ON COLUMN programme_state.months IS 'Rows of programme_month that are no more read again nor out of the history, merged, so that a night need not merge them all; NULL where there is none.';
COMMENT ON COLUMN programme_state.patrol_settings IS 'What the patrols kept were made by. When it changes, those of fix_history are made again.';
COMMENT ON COLUMN programme_state.patrol_until IS 'Last day whose patrols are kept.';
COMMENT ON COLUMN programme_state.list IS 'Run that wrote the list that is in force.';

CREATE TABLE programme_day (
	programme text,
	day date,
	rows_read bigint NOT NULL,
	surface surface NOT NULL,
	PRIMARY KEY (programme, day)
);
COMMENT ON TABLE programme_day IS
'The surface of each local day of a programme; days without an event have none. Written by refresh().';
COMMENT ON COLUMN programme_day.programme IS 'Name of the programme.';
COMMENT ON COLUMN programme_day.day IS 'Local day, by the time zone and start of the day of the programme.';
COMMENT ON COLUMN programme_day.rows_read IS 'Events of the day, those that were left out too.';
COMMENT ON COLUMN programme_day.surface IS 'Events and harm by cell.';

CREATE TABLE programme_month (
	programme text,
	month date,
	surface surface NOT NULL,
	PRIMARY KEY (programme, month)
);
COMMENT ON TABLE programme_month IS
'The days of each month that is over, merged, so that a list over years need not merge a thousand days. Written by refresh().';
COMMENT ON COLUMN programme_month.programme IS 'Name of the programme.';
COMMENT ON COLUMN programme_month.month IS 'First day of the month.';
COMMENT ON COLUMN programme_month.surface IS 'Events and harm by cell, of all its days.';

CREATE TABLE programme_time (
	programme text,
	month date,
	bucket smallint,
	cells cell[] NOT NULL,
	starts timestamptz[] NOT NULL,
	finishes timestamptz[] NOT NULL,
	harms float8[] NOT NULL,
	PRIMARY KEY (programme, bucket, month)
);
COMMENT ON TABLE programme_time IS
'When the events of each cell happened, so that the hours of a cell that comes on the list are known without reading its events. The arrays have one element an event; each row holds a month of one cell in 1024, those of like i and j by 32. Written by refresh().';
COMMENT ON COLUMN programme_time.programme IS 'Name of the programme.';
COMMENT ON COLUMN programme_time.month IS 'First day of the month that the local days of the events are in.';
COMMENT ON COLUMN programme_time.bucket IS '32 * (i mod 32) + j mod 32 of the cells.';
COMMENT ON COLUMN programme_time.cells IS 'Cell of each event.';
COMMENT ON COLUMN programme_time.starts IS 'Time of each event.';
COMMENT ON COLUMN programme_time.finishes IS 'Latest time of each event; NULL where the time is known.';
COMMENT ON COLUMN programme_time.harms IS 'Harm of each event.';

CREATE TABLE programme_patrol (
	programme text,
	day date,
	cell cell,
	patrol patrol NOT NULL,
	PRIMARY KEY (programme, day, cell)
);
COMMENT ON TABLE programme_patrol IS
'The patrols of each hot spot on each local day, of the list in force on that day and of the places of the assignment. Hot spots that nobody visited have no row. Written by refresh().';
COMMENT ON COLUMN programme_patrol.programme IS 'Name of the programme.';
COMMENT ON COLUMN programme_patrol.day IS 'Local day.';
COMMENT ON COLUMN programme_patrol.cell IS 'Cell of the hot spot.';
COMMENT ON COLUMN programme_patrol.patrol IS 'Its patrols on that day.';

ALTER TABLE programme_state OWNER TO @extowner@;
ALTER TABLE programme_day OWNER TO @extowner@;
ALTER TABLE programme_month OWNER TO @extowner@;
ALTER TABLE programme_time OWNER TO @extowner@;
ALTER TABLE programme_patrol OWNER TO @extowner@;
SELECT pg_catalog.pg_extension_config_dump('programme_state', '');
SELECT pg_catalog.pg_extension_config_dump('programme_day', '');
SELECT pg_catalog.pg_extension_config_dump('programme_month', '');
SELECT pg_catalog.pg_extension_config_dump('programme_time', '');
SELECT pg_catalog.pg_extension_config_dump('programme_patrol', '');

