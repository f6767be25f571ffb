/* ---- week: events and harm by hour of the local week ---- */

CREATE TYPE week;

CREATE FUNCTION week_in(cstring) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION week_out(week) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION week_recv(internal) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION week_send(week) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE week (
	INPUT = week_in,
	OUTPUT = week_out,
	RECEIVE = week_recv,
	SEND = week_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE week IS
'Events and harm by hour of the local week, Monday 00:00 first, in one time zone: the summary that says when. Made by the aggregate week(), joined by merge() and +, read by hours() and peak(). An event has a weight of 1, kept in 10^-9, harm in millionths by that: the hours of an event sum to it exactly, and the same rows give the same bytes whatever their order. From some 30 bytes for one event to at most 4.3 kB.';

CREATE FUNCTION week_add_span(week, timestamptz, timestamptz, float8, text) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION week_add_event(week, timestamptz, float8, text) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION week_add_wall_span(week, timestamp, timestamp, float8, text) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION week_add_wall_event(week, timestamp, float8, text) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION week_refuse_date(week, date, date, float8, text) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION week_refuse_date(week, date, float8, text) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION week_merge(week, week) RETURNS week
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION week_add_span(week, timestamptz, timestamptz, float8, text) IS 'Step of the aggregate week(start, finish, harm, tz).';
COMMENT ON FUNCTION week_add_event(week, timestamptz, float8, text) IS 'Step of the aggregate week(at, harm, tz).';
COMMENT ON FUNCTION week_add_wall_span(week, timestamp, timestamp, float8, text) IS 'Step of the aggregate week(start, finish, harm, tz) of wall times.';
COMMENT ON FUNCTION week_add_wall_event(week, timestamp, float8, text) IS 'Step of the aggregate week(at, harm, tz) of wall times.';
COMMENT ON FUNCTION week_refuse_date(week, date, date, float8, text) IS 'Step of the aggregate week(start, finish, harm, tz) of dates: an error.';
COMMENT ON FUNCTION week_refuse_date(week, date, float8, text) IS 'Step of the aggregate week(at, harm, tz) of a date: an error.';
COMMENT ON FUNCTION week_merge(week, week) IS 'Step of the aggregate merge(week); the function of week + week.';

CREATE AGGREGATE week(start timestamptz, finish timestamptz, harm float8, tz text) (
	SFUNC = week_add_span,
	STYPE = week,
	SSPACE = 3072,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE week(timestamptz, timestamptz, float8, text) IS
'Week of events that happened at some time from start to finish, in time zone tz: a full name of pg_timezone_names. Aoristic (Ratcliffe 2002): each hour of the week gets the part of the event''s duration that lies in it; from 7 days on, 1/168. Without a finish, or where it is the start, all of the event lies in the hour of its start.
Hours and durations are those of the wall clock: on a night when the clocks change an hour counts as it is labelled, and where the wall clock shows no duration, as from 01:50 in summer time to 01:10 after the clocks went back, all of the event lies in the hour of its start.
harm: from 0 to 9223372036854.775807, rounded to millionths. Rows with a start that is NULL or infinite, an infinite finish, or NULL harm are left out and counted: see skipped(). Errors: finish before start, negative harm, an unknown time zone, one that varies (22023), NULL tz (22004), harm that is NaN or too large, more than 9223372036 events (22003).';

CREATE AGGREGATE week(at timestamptz, harm float8, tz text) (
	SFUNC = week_add_event,
	STYPE = week,
	SSPACE = 3072,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE week(timestamptz, float8, text) IS
'Week of events at a known time: each lies in one hour. Otherwise as week(start, finish, harm, tz).';

CREATE AGGREGATE week(start timestamp, finish timestamp, harm float8, tz text) (
	SFUNC = week_add_wall_span,
	STYPE = week,
	SSPACE = 3072,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE week(timestamp, timestamp, float8, text) IS
'As week(timestamptz, timestamptz, float8, text), of times that are wall times of tz already. Across the hour that comes twice when the clocks go back an event may seem to end before it starts, which is an error.';

CREATE AGGREGATE week(at timestamp, harm float8, tz text) (
	SFUNC = week_add_wall_event,
	STYPE = week,
	SSPACE = 3072,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE week(timestamp, float8, text) IS
'As week(timestamptz, float8, text), of times that are wall times of tz already.';

-- Without these PostgreSQL would take midnight of the session's TimeZone for a date.
CREATE AGGREGATE week(start date, finish date, harm float8, tz text) (
	SFUNC = week_refuse_date,
	STYPE = week,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE week(date, date, float8, text) IS
'Always error 22023: a date has no hour. week(start::timestamp, (finish + 1)::timestamp, harm, tz) spreads an event over all hours of its days.';

CREATE AGGREGATE week(at date, harm float8, tz text) (
	SFUNC = week_refuse_date,
	STYPE = week,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE week(date, float8, text) IS
'Always error 22023: a date has no hour. week(at::timestamp, (at + 1)::timestamp, harm, tz) spreads an event over all hours of its day.';

CREATE AGGREGATE merge(week) (
	SFUNC = week_merge,
	STYPE = week,
	SSPACE = 3072,
	COMBINEFUNC = week_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(week) IS
'The week of all events that the given ones were made of. NULL is nothing. Errors: time zones that differ (22023), too many events (22003).';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = week_merge, LEFTARG = week, RIGHTARG = week,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (week, week) IS
'The week of the events of both. NULL is nothing. Errors: time zones that differ (22023), too many events (22003).';

CREATE FUNCTION events(week) RETURNS bigint
	AS 'MODULE_PATHNAME', 'week_events' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION events(week) IS 'Number of events in all hours.';

CREATE FUNCTION harm(week) RETURNS float8
	AS 'MODULE_PATHNAME', 'week_harm' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION harm(week) IS 'Sum of harm in all hours, in the unit it was given in.';

CREATE FUNCTION tz(week) RETURNS text
	AS 'MODULE_PATHNAME', 'week_tz' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tz(week) IS 'Time zone of the week, as pg_timezone_names writes it.';

CREATE FUNCTION skipped(week) RETURNS bigint
	AS 'MODULE_PATHNAME', 'week_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(week) IS 'Number of events that were left out: events + skipped = rows read. See skipped(week, reason).';

CREATE FUNCTION skipped(week, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'week_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(week, text) IS
'Number of events that were left out for one reason, the first of: ''start'' (NULL or infinite), ''finish'' (infinite), ''harm'' (NULL). Other reasons: error 22023.';

CREATE FUNCTION hours(week, OUT weekday integer, OUT hour integer, OUT events float8, OUT harm float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'week_hours' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50 ROWS 168;
COMMENT ON FUNCTION hours(week) IS
'Events and harm in each hour of the week: always 168 rows, from Monday (weekday 1) 00:00 on. An event that may have happened in several hours counts in each with its part. NULL week: no rows.';

CREATE FUNCTION peak(
	week,
	length integer,
	of text DEFAULT 'day',
	measure text DEFAULT 'harm',
	n integer DEFAULT 1,
	OUT weekday integer,
	OUT start_hour integer,
	OUT share float8,
	OUT lift float8,
	OUT events float8,
	OUT harm float8,
	OUT rank integer,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'week_peak' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 50 ROWS 1;
COMMENT ON FUNCTION peak(week, integer, text, text, integer) IS
'The window of so many hours (length) that holds the most harm (measure => ''events'': the most events), to patrol in. of: ''day'', hours of the day, all days together, where weekday is NULL; ''week'', hours of the week, where weekday 1 is Monday. Windows reach past midnight, and past Sunday. Of equal windows the earliest is taken, and note says how many there are; in the first row also how many events were left out. share: of all harm or events; lift: share by that of a window of this length if all hours were alike; events, harm: in the window.
n: so many windows; each is the best of those that do not overlap the ones before it, by rank. Fewer where no other holds anything; where there is nothing at all, one row of NULLs whose note says so. NULL week: no rows. Errors 22023: length not from 1 to 24, or to 168 for ''week'', n below 1, another choice; other NULLs 22004.';

