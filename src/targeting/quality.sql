/* ---- quality: what to know about a crime table before trusting a map of it ---- */

CREATE TYPE quality_counts;

CREATE FUNCTION quality_counts_in(cstring) RETURNS quality_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION quality_counts_out(quality_counts) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION quality_counts_recv(internal) RETURNS quality_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION quality_counts_send(quality_counts) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE quality_counts (
	INPUT = quality_counts_in,
	OUTPUT = quality_counts_out,
	RECEIVE = quality_counts_recv,
	SEND = quality_counts_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);
COMMENT ON TYPE quality_counts IS
'What the aggregate quality() keeps on its way between processes: rows by what is wrong with them, and events by their exact point; of the area a hash. 17 to 24 bytes a different point. Not meant to be stored.';

CREATE TYPE repeated_point AS (
	geom geometry,
	events bigint,
	share float8
);
COMMENT ON TYPE repeated_point IS
'A point where several events have exactly the same coordinates: column most_repeated of quality_report. share: of the events with a usable point.';

CREATE TYPE quality_report AS (
	rows bigint,
	missing bigint,
	missing_share float8,
	empty bigint,
	empty_share float8,
	not_a_point bigint,
	not_a_point_share float8,
	not_finite bigint,
	not_finite_share float8,
	located bigint,
	srid integer,
	other_srid bigint,
	other_srid_share float8,
	at_origin bigint,
	at_origin_share float8,
	points bigint,
	repeated_from bigint,
	repeated_points bigint,
	repeated bigint,
	repeated_share float8,
	most_repeated repeated_point[],
	tested bigint,
	outside bigint,
	outside_share float8,
	start_missing bigint,
	start_missing_share float8,
	timed bigint,
	at_midnight bigint,
	at_midnight_share float8,
	first_of_month bigint,
	first_of_month_share float8,
	in_future bigint,
	in_future_share float8,
	finished bigint,
	finish_before_start bigint,
	finish_before_start_share float8
);
COMMENT ON TYPE quality_report IS
'What the aggregate quality() tells of a table; checks(report) gives it as rows. Each share is of the count named here, and NULL where that is 0.
Of rows: missing (geometry NULL), empty, not_a_point (another type of geometry), not_finite (NaN or infinite coordinates); located is the rest, and with these four it makes up rows.
Of located: other_srid (another SRID than srid, which is that of the area or, without one, the commonest), at_origin (x = 0 and y = 0), repeated (at a heavily repeated point). points: different points, exactly compared; repeated_from: how many events make a point heavily repeated, 1 in 1000 of located and at least 10; repeated_points: how many points are; most_repeated: the ten points with the most events, if two or more.
Of tested (located, with the SRID of the area): outside, by the even-odd rule, the lower and left boundary being inside. Without an area these are NULL.
Of rows: start_missing (NULL or infinite); timed is the rest. Of timed: at_midnight (exactly, local time), first_of_month (midnight of the first of a month), in_future (start after now()). Of finished (timed, and finish given and finite): finish_before_start.
One event may be counted by several checks.';

CREATE FUNCTION quality_counts_add(quality_counts, geometry, timestamptz, timestamptz, geometry, text) RETURNS quality_counts
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION quality_counts_add_wall_times(quality_counts, geometry, timestamp, timestamp, geometry, text) RETURNS quality_counts
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION quality_counts_add_dates(quality_counts, geometry, date, date, geometry, text) RETURNS quality_counts
	AS 'MODULE_PATHNAME' LANGUAGE C STABLE PARALLEL SAFE;
CREATE FUNCTION quality_counts_merge(quality_counts, quality_counts) RETURNS quality_counts
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION quality_counts_report(quality_counts) RETURNS quality_report
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION quality_counts_add(quality_counts, geometry, timestamptz, timestamptz, geometry, text) IS 'Step of the aggregate quality(geom, start, finish, area, tz).';
COMMENT ON FUNCTION quality_counts_add_wall_times(quality_counts, geometry, timestamp, timestamp, geometry, text) IS 'Step of the aggregate quality(geom, start, finish, area, tz) of timestamps without time zone.';
COMMENT ON FUNCTION quality_counts_add_dates(quality_counts, geometry, date, date, geometry, text) IS 'Step of the aggregate quality(geom, start, finish, area, tz) of dates.';
COMMENT ON FUNCTION quality_counts_merge(quality_counts, quality_counts) IS 'Combines partial states of the aggregates quality().';
COMMENT ON FUNCTION quality_counts_report(quality_counts) IS 'Final function of the aggregates quality().';

CREATE AGGREGATE quality(geom geometry, start timestamptz, finish timestamptz, area geometry, tz text) (
	SFUNC = quality_counts_add,
	STYPE = quality_counts,
	SSPACE = 65536,
	FINALFUNC = quality_counts_report,
	COMBINEFUNC = quality_counts_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE quality(geometry, timestamptz, timestamptz, geometry, text) IS
'What to know about a table of crimes before trusting a map of it: one quality_report, with each number beside its share; see there, and checks(). It counts what is wrong where other aggregates would stop: points of any reference system, degrees too, of several, and geometries that are no points.
area: a POLYGON or MULTIPOLYGON, such as the force''s boundary, in the reference system of the points; NULL: not checked. tz: a name of pg_timezone_names, for midnight. Both must be the same in every row; tz may be NULL where start and finish are. A large area that is reckoned anew for each row is not compared as a whole at each: give a value of one row, such as (SELECT area FROM force).
Memory: 27 to 53 bytes a different point; the area with 40 bytes a vertex in every group.
No row: a report of zeros, whose shares are NULL. Errors: an area or tz that varies, an unknown tz or an abbreviation, an area of another type, coordinates of the area that are not finite or above 1e15 (22023); NULL tz beside a time (22004); more than 64 SRIDs (54000).';

CREATE AGGREGATE quality(geom geometry, start timestamp, finish timestamp, area geometry, tz text) (
	SFUNC = quality_counts_add_wall_times,
	STYPE = quality_counts,
	SSPACE = 65536,
	FINALFUNC = quality_counts_report,
	COMBINEFUNC = quality_counts_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE quality(geometry, timestamp, timestamp, geometry, text) IS
'As quality() of timestamptz, for times without time zone: wall time in tz, whatever the time zone of the session. Times are compared as they were written down, so that what began in the hour before the clocks went back and ended in the hour after may count as finish before start.';

CREATE AGGREGATE quality(geom geometry, start date, finish date, area geometry, tz text) (
	SFUNC = quality_counts_add_dates,
	STYPE = quality_counts,
	SSPACE = 65536,
	FINALFUNC = quality_counts_report,
	COMBINEFUNC = quality_counts_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE quality(geometry, date, date, geometry, text) IS
'As quality() of timestamptz, for dates: all of them are at midnight in tz, which says that the hour is not known.';

CREATE FUNCTION checks(
	report quality_report,
	OUT check_name text,
	OUT events bigint,
	OUT of_events bigint,
	OUT share float8,
	OUT note text
) RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 13
BEGIN ATOMIC
	SELECT c.check_name, c.events, c.of_events, c.share,
		CASE WHEN c.events IS NULL THEN 'not checked: no area was given'
		     WHEN c.of_events = 0 THEN c.nothing
		     WHEN c.events > 0 OR c.check_name = 'repeated_points' THEN c.note END
	FROM (VALUES
		('missing', (report).missing, (report).rows, (report).missing_share,
		 'no row', 'no geometry: on no map'),
		('empty', (report).empty, (report).rows, (report).empty_share,
		 'no row', 'a geometry without a point: on no map'),
		('not_a_point', (report).not_a_point, (report).rows, (report).not_a_point_share,
		 'no row', 'take one point of each, for example ST_PointOnSurface(geom)'),
		('not_finite', (report).not_finite, (report).rows, (report).not_finite_share,
		 'no row', 'NaN or infinite coordinates: on no map'),
		('other_srid', (report).other_srid, (report).located, (report).other_srid_share,
		 'no point', 'SRID other than ' || (report).srid::text || ': bring them into one with ST_Transform'),
		('at_origin', (report).at_origin, (report).located, (report).at_origin_share,
		 'no point', 'x and y are 0: what is written where the place is not known'),
		('repeated_points', (report).repeated, (report).located, (report).repeated_share,
		 'no point', (report).points::text || ' different points; those with ' || (report).repeated_from::text || ' events or more: '
			|| (report).repeated_points::text || CASE WHEN (report).repeated_points > 0 THEN ', up to '
			|| ((report).most_repeated)[1].events::text || ' events: police stations, or snapped to something? See most_repeated' ELSE '' END),
		('outside', (report).outside, (report).tested, (report).outside_share,
		 'no point has the SRID of the area', 'outside the area: other forces'' crimes, or wrong coordinates'),
		('start_missing', (report).start_missing, (report).rows, (report).start_missing_share,
		 'no row', 'no start, or an infinite one'),
		('at_midnight', (report).at_midnight, (report).timed, (report).at_midnight_share,
		 'no start', 'start at 00:00 exactly: what is written where the hour is not known; by chance it is 1 in 1440'),
		('first_of_month', (report).first_of_month, (report).timed, (report).first_of_month_share,
		 'no start', 'start at 00:00 on the first of a month: what is written where only the month is known'),
		('in_future', (report).in_future, (report).timed, (report).in_future_share,
		 'no start', 'start after now()'),
		('finish_before_start', (report).finish_before_start, (report).finished, (report).finish_before_start_share,
		 'no row has start and finish', 'finish before start')
	) c (check_name, events, of_events, share, nothing, note)
	WHERE (report).rows IS NOT NULL;
END;
COMMENT ON FUNCTION checks(quality_report) IS
'The counts of a quality_report as thirteen rows: what was checked, the events that did not pass, the events that were checked, and their share; note says what it means, or why nothing was checked; that of repeated_points tells how many different points there are. share is NULL where of_events is 0, events, too, where no area was given. NULL report: no rows.';

