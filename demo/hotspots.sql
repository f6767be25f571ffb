-- The hot spots of a table of crimes: where, whether it is chance, whether it lasts, and when. What demo/run shows.
--
--   psql -v crime=crime -v geom=geom -v at=at -v harm=1 -v grid=150 -f demo/hotspots.sql
--
-- Variables. All but grid and tz are used as they are written, so that a query in brackets will do as well as a table,
-- and an expression as well as a column:
--
--   crime     the table, one row a crime
--   geom      where: a point in plane coordinates, for example "ST_Transform(geom, 27700)"
--   at        when: a date or a timestamp; one without time zone is the time of tz
--   harm      how much one crime counts: 1, a column, or "hotspot.harm(offence, 'cchi_2026_demo')"
--   grid      side of a square: 150; or a shape and its size: hexagon 93.06
--
-- These may be left out:
--
--   start     the earliest time it can have happened: at
--   finish    the latest; without it, crimes are taken to have happened at their start
--   tz        the time zone of the force: Europe/London
--   area      the study area: a table with polygons in its column area; without it, the rectangle
--             around all crimes but those far away from all others
--   exclude   places that no listed cell may touch: a table with polygons in its column area
--   near      a condition: the crimes to look for near repeats of
--   known     places known to come up or to go: a table with the columns name, story ('emerging' or 'fading') and geom
--
-- Nothing is written: this runs in a transaction that is read only, and hotspot need not be on the search_path. The
-- surfaces of the years are summary values; psql keeps them between the queries.

\set ON_ERROR_STOP on
\pset footer off
\pset null '-'

\if :{?tz}
\else
\set tz Europe/London
\endif
\if :{?start}
\else
\set start :at
\endif
\if :{?finish}
\set has_finish true
\else
\set has_finish false
\set finish NULL
\endif

\set weekdays '{Mon,Tue,Wed,Thu,Fri,Sat,Sun}'

-- Times are read, and days begin, where the force is. What notices would say is said in the sections.
SET TimeZone = :'tz';
SET client_min_messages = warning;

\echo Table :crime, grid :grid, harm :harm, time of :tz

\if :{?area}
SELECT true AS has_area, ST_Union(area) AS area FROM :area AS study_area
\gset
\else
\set has_area false
\set area
\endif
\if :{?exclude}
SELECT ST_Union(area) AS excluded FROM :exclude AS excluded_places
\gset
\endif
\if :{?excluded}
\else
\set excluded
\endif

\echo
\echo '1. Can this table be trusted on a map?'
\echo '   One crime may be in several rows.'
\echo

SELECT (r).rows > 0 AS has_rows, (r).located > 0 AS has_points, (r).most_repeated IS NOT NULL AS has_repeats,
	(r).rows, (r).finish_before_start > 0 AS has_reversed, coalesce((r).at_midnight_share > 0.05, false) AS has_midnights, r AS report,
	last_day IS NOT NULL AS has_times, first_day, last_day
FROM (
	SELECT hotspot.quality(:geom, (:start)::timestamptz, (:finish)::timestamptz, nullif(:'area', '')::geometry, :'tz') AS r,
		min((:at)::timestamptz) FILTER (WHERE isfinite((:at)::timestamptz))::date AS first_day,
		max((:at)::timestamptz) FILTER (WHERE isfinite((:at)::timestamptz) AND (:at)::timestamptz <= now())::date AS last_day
	FROM :crime AS crime
) q
\gset

\if :has_rows
\else
\echo '   There are no crimes.'
\quit
\endif

SELECT CASE c.check_name
		WHEN 'missing' THEN 'no location'
		WHEN 'empty' THEN 'an empty location'
		WHEN 'not_a_point' THEN 'a location that is no point'
		WHEN 'not_finite' THEN 'coordinates that are not numbers'
		WHEN 'other_srid' THEN 'in another reference system than most'
		WHEN 'at_origin' THEN 'at (0, 0), where nothing is'
		WHEN 'repeated_points' THEN format('at one of %s points with %s crimes or more', r.repeated_points, r.repeated_from)
		WHEN 'outside' THEN CASE WHEN :'has_area'::boolean THEN 'outside the study area' ELSE 'outside the study area: none was named' END
		WHEN 'start_missing' THEN 'no time'
		WHEN 'at_midnight' THEN 'at midnight exactly; 0.07 % would be chance'
		WHEN 'first_of_month' THEN 'at midnight, on the first of a month'
		WHEN 'in_future' THEN 'in the future'
		WHEN 'finish_before_start' THEN CASE WHEN :'has_finish'::boolean THEN 'latest time before the earliest'
			ELSE 'latest time before the earliest: no column named' END
		ELSE c.check_name
	END AS " ",
	to_char(c.events, '999,999,999,990') AS "          crimes",
	to_char(nullif(c.of_events, 0), '999,999,999,990') AS "              of",
	round(100 * c.share::numeric, 2) AS "share %"
FROM (SELECT (:'report'::hotspot.quality_report).*) r, hotspot.checks(:'report'::hotspot.quality_report) c;

\if :has_points
\else
\echo '   No crime has a location.'
\quit
\endif
\if :has_times
\else
\echo '   No crime has a time.'
\quit
\endif

\if :has_repeats
\echo '   The points with the most crimes. Is one of them a police station, or where addresses that are not'
\echo '   known are put? Then it is no hot spot.'
\echo

SELECT round(ST_X(p.geom)) AS easting, round(ST_Y(p.geom)) AS northing, to_char(p.events, '999,999,990') AS "      crimes",
	round(100 * p.share::numeric, 2) AS "share %"
FROM unnest((:'report'::hotspot.quality_report).most_repeated) AS p
LIMIT 5;
\endif

-- Years end with the last day that has a crime, and so are calendar years where the table ends with one: 60 months, of
-- which the last is number 60. Those are counted as years that have crimes in each month, up to the first that has not.
SELECT array_agg(:'last_day'::date + 1 - make_interval(months => 60 - m) ORDER BY m)::timestamptz[] AS edges
FROM generate_series(0, 60) AS m
\gset
\set month 'CASE WHEN isfinite((' :at ')::timestamptz) THEN width_bucket((' :at ')::timestamptz, ' :'edges' '::timestamptz[]) END'

WITH monthly AS MATERIALIZED (
	SELECT :month AS month, hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s
	FROM :crime AS crime
	GROUP BY 1
), yearly AS (
	SELECT (60 - month) / 12 + 1 AS year, hotspot.merge(s) AS s
	FROM monthly
	WHERE month BETWEEN 1 AND 60
	GROUP BY 1
	HAVING count(*) FILTER (WHERE hotspot.events(s) > 0) = 12
), consecutive AS (
	SELECT year, s FROM (SELECT *, row_number() OVER (ORDER BY year) AS nth FROM yearly) y WHERE year = nth
), every AS (
	SELECT count(*) AS months, hotspot.merge(s) AS merged, hotspot.merge(s) FILTER (WHERE month BETWEEN 0 AND 60) AS s,
		coalesce(sum(hotspot.events(s) + hotspot.skipped(s)) FILTER (WHERE month IS NULL), 0) AS no_time,
		coalesce(sum(hotspot.events(s) + hotspot.skipped(s)) FILTER (WHERE month > 60), 0) AS in_future
	FROM monthly
), scanned AS (
	SELECT hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s FROM :crime AS crime
)
SELECT e.months, CASE WHEN e.merged::text = scanned.s::text THEN 'the same bytes' ELSE 'NOT THE SAME BYTES' END AS same_bytes,
	e.no_time, e.in_future, e.s AS everything, y.n AS years, y.n > 0 AS has_year, y.n > 1 AS has_years,
	CASE WHEN y.n > 0 THEN y.surfaces[y.n] ELSE e.s END AS latest,
	CASE WHEN y.n > 1 THEN y.surfaces[y.n - 1] END AS before, y.surfaces, 61 - 12 * greatest(y.n, 1) AS first_month
FROM every e, scanned, (SELECT count(*) AS n, coalesce(array_agg(s ORDER BY year DESC), '{}') AS surfaces FROM consecutive) y
\gset

-- A year is called by its number, or by the month it ends with. The latest three are columns of what follows.
SELECT names AS labels, CASE WHEN :'has_year'::boolean THEN names[1] ELSE 'all' END AS label, years AS year_names,
	years[1] AS this_year, years[2] AS last_year,
	CASE WHEN :'has_year'::boolean AND calendar THEN years[1]
		ELSE format('from %s to %s', CASE WHEN :'has_year'::boolean THEN (next_day - interval '1 year')::date ELSE :'first_day' END, :'last_day')
	END AS period
FROM (
	SELECT next_day, calendar, array_agg(name ORDER BY y) AS names,
		array_agg(CASE WHEN calendar THEN 'in ' ELSE 'in the year ' END || name ORDER BY y) AS years
	FROM (SELECT :'last_day'::date + 1 AS next_day, :'last_day' LIKE '%-12-31' AS calendar) d, generate_series(0, 4) AS y,
		to_char(next_day - make_interval(years => y) - interval '1 day', CASE WHEN calendar THEN 'YYYY' ELSE '"to" Mon YYYY' END) AS name
	GROUP BY next_day, calendar
) n
\gset

-- Without a study area it is the rectangle around the cells. A few crimes at wrong places would make it huge, and all
-- else hot: those are left out that lie farther from where 98 % of the cells are than these from each other.
\if :has_area
\set left_out 'outside the study area'
\else
\set left_out 'far away from all others'
WITH cell AS MATERIALIZED (
	SELECT cell, ST_X(hotspot.centre(cell)) AS x, ST_Y(hotspot.centre(cell)) AS y FROM hotspot.cells(:'everything'::hotspot.surface)
), most AS (
	SELECT p.x[1] AS left, p.x[2] AS right, p.y[1] AS low, p.y[2] AS high
	FROM (
		SELECT percentile_cont('{0.01,0.99}'::float8[]) WITHIN GROUP (ORDER BY x) AS x,
			percentile_cont('{0.01,0.99}'::float8[]) WITHIN GROUP (ORDER BY y) AS y
		FROM cell
	) p
)
SELECT ST_SetSRID(ST_Extent(hotspot.geometry(c.cell))::geometry, hotspot.srid(:'everything'::hotspot.surface)) AS area
FROM cell c, most m
WHERE c.x BETWEEN 2 * m.left - m.right AND 2 * m.right - m.left AND c.y BETWEEN 2 * m.low - m.high AND 2 * m.high - m.low
\gset
\endif
SELECT ST_Area(:'area'::geometry) / ST_Area(hotspot.geometry(c.cell)) < 16e6 AS filled
FROM hotspot.cells(:'everything'::hotspot.surface) c
LIMIT 1
\gset
\if :filled
\set study 'hotspot.fill(q.s, q.area)'
\else
\set study q.s
\endif

\echo '2. What was counted, and what was left out'
\echo

WITH counted AS (
	SELECT :study AS s FROM (SELECT :'everything'::hotspot.surface AS s, :'area'::geometry AS area) q
), year AS (
	SELECT nth, :study AS s
	FROM (SELECT s, nth, :'area'::geometry AS area FROM unnest(:'surfaces'::hotspot.surface[]) WITH ORDINALITY AS y (s, nth)) q
), years AS (
	SELECT coalesce(sum(hotspot.events(s)), 0) AS crimes FROM year
)
SELECT v.what AS " ", to_char(v.crimes, '999,999,999,990') AS "         crimes"
FROM (
	SELECT 1, 1, format('read, from %s to %s', :'first_day', :'last_day'), :rows::bigint
	UNION ALL SELECT 2, 1, 'left out: no time', :no_time
	UNION ALL SELECT 2, 2, 'left out: in the future', :in_future
	UNION ALL SELECT 2, 3, 'left out: no location', hotspot.skipped(s, 'geometry') FROM counted
	UNION ALL SELECT 2, 4, 'left out: coordinates that are not numbers', hotspot.skipped(s, 'coordinates') FROM counted
	UNION ALL SELECT 2, 5, 'left out: no harm value', hotspot.skipped(s, 'harm') FROM counted
	UNION ALL SELECT 2, 6, 'left out: ' || :'left_out', hotspot.skipped(s, 'outside') FROM counted
	UNION ALL SELECT 3, 1, format('counted, in %s cells of %s', to_char(hotspot.occupied(s), 'FM999,999,999,990'),
			to_char(hotspot.size(s), 'FM999,999,999,990')), hotspot.events(s)
		FROM counted
	UNION ALL SELECT 4, -nth, 'of these, ' || (:'year_names'::text[])[:years - nth + 1], hotspot.events(s) FROM year
	UNION ALL SELECT 5, 1, 'of these, earlier', hotspot.events(counted.s) - years.crimes FROM counted, years WHERE years.crimes BETWEEN 1 AND hotspot.events(counted.s) - 1
) AS v (part, nth, what, crimes)
ORDER BY v.part, v.nth;
\if :filled
SELECT hotspot.occupied(s) < 0.01 * hotspot.size(s) AS sparse
FROM (SELECT :study AS s FROM (SELECT :'everything'::hotspot.surface AS s, :'area'::geometry AS area) q) q
\gset
\if :sparse
\echo '   Hardly any of these cells has a crime. If some are far from all others, name the study area.'
\echo
\endif
\else
\echo '   The area is too large for this grid: cells without a crime are left out. Are some crimes far from'
\echo '   all others? Then name the study area.'
\echo
\endif
\echo '  ' One surface of all crimes, and the merge of :months surfaces, one a month: :same_bytes.
\echo
\echo 3. The 20 cells with the most harm :period, their centres at least 500 m apart
\echo '   Easting and northing are of the centre. Shares are of the harm in all cells counted.'
\if :{?exclude}
\echo '   Not listed: cells that touch places of' :exclude
\endif
\echo

-- The same for each year, the latest first.
SELECT coalesce(json_agg(l ORDER BY year, rank), '[]') AS lists
FROM (
	SELECT q.year, t.rank, t.cell, t.events, t.harm, t.share, t.cumulative_share
	FROM (
			SELECT 1 AS year, :'latest'::hotspot.surface AS s, :'area'::geometry AS area
			UNION ALL
			SELECT :years - nth + 1, s, :'area'::geometry
			FROM unnest(:'surfaces'::hotspot.surface[]) WITH ORDINALITY AS y (s, nth)
			WHERE nth BETWEEN :years - 2 AND :years - 1
		) q,
		hotspot.top(:study, 20, separation => 500, exclude => nullif(:'excluded', '')::geometry) t
) l
\gset
\set listed 'json_to_recordset(' :'lists' ') AS l (year int, rank int, cell hotspot.cell, events bigint, harm float8, share float8, cumulative_share float8)'

SELECT l.rank, l.cell::text AS cell,
	round(ST_X(hotspot.centre(l.cell)))::bigint AS easting, round(ST_Y(hotspot.centre(l.cell)))::bigint AS northing,
	l.events AS crimes, to_char(l.harm, '99,999,990') AS "       harm",
	round((100 * l.share)::numeric, 1) AS "share %",
	round((100 * l.cumulative_share)::numeric, 1) AS "so far %"
FROM :listed
WHERE l.year = 1
ORDER BY l.rank;

\echo '4. Which of these are hot beyond chance, and which were on the lists of the years before'
\if :filled
\echo '   z: how far the harm of a cell and those around it is above that of the study area, in standard'
\echo '   deviations, had it fallen anywhere, on fields too. q: how probable that is, corrected for the'
\echo '   number of cells tested: of all with q below 0.05, called hot, one in twenty may be chance.'
\echo '   The lists of the years before are made as the one above: the rank on it, if there is one.'
\echo
SELECT CASE WHEN :years > 1 THEN format(', max(l.rank) FILTER (WHERE l.year = 2) AS %I', 'rank ' || (:'labels'::text[])[2]) END
	|| CASE WHEN :years > 2 THEN format(', max(l.rank) FILTER (WHERE l.year = 3) AS %I', 'rank ' || (:'labels'::text[])[3]) ELSE '' END AS rank_columns
\gset
\if :has_years
\else
\set rank_columns
\endif

SELECT count(*) AS tested, count(*) FILTER (WHERE z > 0 AND q_value < 0.05) AS hot,
	count(*) FILTER (WHERE z > 0 AND p_value < 0.05) AS seem_hot,
	json_agg(json_build_object('cell', cell, 'z', z, 'q', q_value))
		FILTER (WHERE cell IN (SELECT l.cell FROM :listed WHERE l.year = 1)) AS tests
FROM (SELECT :'latest'::hotspot.surface AS s, :'area'::geometry AS area) q, hotspot.gi_star(:study) g
\gset

SELECT max(l.rank) FILTER (WHERE l.year = 1) AS rank, l.cell::text AS cell, round(max(t.z)::numeric, 1) AS z,
	CASE WHEN max(t.q) < 0.0001 THEN 'below 0.0001' ELSE to_char(max(t.q), '990.0000') END AS q,
	CASE WHEN max(t.z) > 0 AND max(t.q) < 0.05 THEN 'yes' WHEN max(t.q) >= 0.05 THEN 'no' END AS hot :rank_columns
FROM :listed, json_to_recordset(:'tests') AS t (cell hotspot.cell, z float8, q float8)
WHERE t.cell = l.cell
GROUP BY l.cell
HAVING bool_or(l.year = 1)
ORDER BY 1;

SELECT format('   Hot: %s of %s. Of all %s cells %s are; without the correction %s would seem so.',
		count(*) FILTER (WHERE t.z > 0 AND t.q < 0.05), count(*), to_char(:tested, 'FM999,999,990'),
		to_char(:hot, 'FM999,990'), to_char(:seem_hot, 'FM999,990')) AS summary
FROM json_to_recordset(:'tests') AS t (cell hotspot.cell, z float8, q float8)
\gset
\echo :summary
\else
\echo '   Not without the cells where nothing happened: see 2.'
\endif
\if :has_years
SELECT format('   On the list %s too: %s of %s.', regexp_replace(:'last_year', '^in', 'of'), count(*) FILTER (WHERE held), count(*))
	|| CASE WHEN :years > 2 THEN format(' On all three: %s.', count(*) FILTER (WHERE held AND held_before)) ELSE '' END AS summary
FROM (
	SELECT bool_or(l.year = 2) AS held, bool_or(l.year = 3) AS held_before FROM :listed GROUP BY l.cell HAVING bool_or(l.year = 1)
) h
\gset
\echo :summary
\else
\echo '   The years before: there are less than two years of crimes, so there is no list to compare with.'
\endif
\echo
\echo '5. How well the list of last year would have predicted this year'
\if :has_years
\echo '  ' The cells with the most harm :last_year, and the harm they have :this_year.
\echo '   Neighbours count, and no place is excluded. PAI: how many times as much harm as in an average'
\echo '   part of the area as large. PEI: as a share of what the best list of that length would have had.'
\echo '   RRI: as a share of what they had in their own year, of all harm each time; it is below 1, as'
\echo '   some of any list is chance. Kept: on the list of this year too.'
\echo
\if :filled
SELECT n AS "cells", round(100 * a.area_share::numeric, 2) AS "of the area %",
	round(100 * a.hit_rate::numeric, 1) AS "of the harm %",
	round(a.pai::numeric, 1) AS "PAI", round(a.pei::numeric, 2) AS "PEI", round(a.rri::numeric, 2) AS "RRI",
	round(100.0 * t.kept / nullif(a.flagged, 0)) AS "kept %",
	(SELECT round(100.0 * count(*) FILTER (WHERE p.share = 1) / nullif(a.flagged, 0))
	 FROM hotspot.persistence(:'surfaces'::hotspot.surface[], n) p) AS "on all lists %"
FROM unnest('{20,100,500}'::int[]) AS n, (SELECT :'latest'::hotspot.surface AS s, :'area'::geometry AS area) q,
	hotspot.accuracy(:'before', :study, n) a,
	hotspot.turnover(:'surfaces'::hotspot.surface[], n) t
WHERE t.period = :years
ORDER BY n;

\else
\echo '   Not without the cells where nothing happened: see 2.'
\echo
\endif
\else
\echo '   Not with less than two years of crimes.'
\echo
\endif
\echo 6. How few cells hold the harm, and the crimes, :period
\echo '   From the hottest cell down, with no separation and nothing excluded. How small the share of cells'
\echo '   is depends on what it is a share of: all cells, or those with at least one crime.'
\echo

SELECT round(100 * h.share) AS "%",
	h.cells AS "of the harm: cells", round(100 * h.of_all::numeric, 2) AS "% of all", round(100 * h.of_occupied::numeric, 1) AS "% with crime",
	c.cells AS "of the crimes: cells", round(100 * c.of_all::numeric, 2) AS "% of all", round(100 * c.of_occupied::numeric, 1) AS "% with crime"
FROM (SELECT :study AS s FROM (SELECT :'latest'::hotspot.surface AS s, :'area'::geometry AS area) q) q,
	hotspot.concentration(q.s) h, hotspot.concentration(q.s, measure => 'events') c
WHERE c.share = h.share
ORDER BY h.share;

\echo 7. What comes and what goes
\if :has_years
\if :filled
\echo '   In crimes, as the harm of a month hangs on a few of them: the cells that were hot (see 4) in a'
\echo '   month or more. Class, by the months in which they were: persistent, in 80 % or more; emerging, in'
\echo '   the latest fifth of the months and not before; former, before and not since; intermittent, in'
\echo '   10 % or more. Trend: of the cell alone, from month to month (Mann-Kendall), where its q among'
\echo '   these cells is below 0.05.'
\echo

WITH monthly AS (
	SELECT month, CASE WHEN month = 60 THEN hotspot.fill(s, :'area'::geometry) ELSE s END AS s
	FROM (
		SELECT :month AS month, hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s
		FROM :crime AS crime
		GROUP BY 1
	) m
	WHERE month BETWEEN 61 - 12 * :years AND 60
), emerging AS (
	SELECT e.*, e.p_value * count(e.p_value) OVER () / rank() OVER (ORDER BY e.p_value) AS raised
	FROM (SELECT array_agg(s ORDER BY month) AS surfaces FROM monthly) q, hotspot.emerging(q.surfaces, measure => 'events') e
	WHERE ST_Contains(:'area'::geometry, hotspot.centre(e.cell))
), corrected AS (
	-- As Benjamini and Hochberg: the least of what this p and all greater ones are raised to.
	SELECT *, least(min(raised) OVER (ORDER BY p_value DESC), 1) AS q FROM emerging
), yearly AS MATERIALIZED (
	SELECT c.cell, array[
			coalesce(sum(c.events) FILTER (WHERE nth = :years), 0),
			coalesce(sum(c.events) FILTER (WHERE nth = :years - 1), 0),
			coalesce(sum(c.events) FILTER (WHERE nth = :years - 2), 0)
		] AS crimes,
		coalesce(sum(c.events) FILTER (WHERE nth = :years), 0)
			- coalesce(sum(c.events) FILTER (WHERE nth < :years), 0) / (:years - 1) AS change
	FROM unnest(:'surfaces'::hotspot.surface[]) WITH ORDINALITY AS y (s, nth), hotspot.cells(y.s) c
	GROUP BY c.cell
)
SELECT coalesce(json_agg(c), '[]') AS changes
FROM (
	SELECT c.cell, coalesce(c.class, 'none of these') AS class, c.periods AS months,
		coalesce(y.crimes, '{0,0,0}') AS crimes, coalesce(y.change, 0) AS change,
		row_number() OVER (ORDER BY y.change DESC NULLS LAST, c.cell) AS rise,
		row_number() OVER (ORDER BY y.change NULLS LAST, c.cell) AS fall,
		CASE WHEN c.q < 0.05 THEN CASE WHEN c.s > 0 THEN 'rising' ELSE 'falling' END END AS trend
	FROM corrected c LEFT JOIN yearly y USING (cell)
) c
\gset
\set changed 'json_to_recordset(' :'changes' ') AS c (cell hotspot.cell, class text, months int, crimes bigint[], change float8, rise int, fall int, trend text)'
SELECT string_agg(format('c.crimes[%s] AS %I', y, label), ', ' ORDER BY y DESC) AS crimes_columns,
	'crimes ' || :'label' AS crimes_in_them
FROM unnest((:'labels'::text[])[1:least(:years, 3)]) WITH ORDINALITY AS l (label, y)
\gset

SELECT c.class, count(*) AS "cells", sum(c.crimes[1]) AS :"crimes_in_them",
	count(*) FILTER (WHERE c.trend = 'rising') AS "rising", count(*) FILTER (WHERE c.trend = 'falling') AS "falling"
FROM :changed
GROUP BY c.class
ORDER BY array_position('{persistent,intermittent,emerging,former}', c.class);

\echo '   The ten that rose most and the ten that fell most: the latest year, against the mean before.'
\echo

SELECT CASE WHEN c.rise <= 10 THEN 'rose' ELSE 'fell' END AS " ", c.cell::text AS cell,
	round(ST_X(hotspot.centre(c.cell)))::bigint AS easting, round(ST_Y(hotspot.centre(c.cell)))::bigint AS northing,
	:crimes_columns, c.class, c.trend
FROM :changed
WHERE c.rise <= 10 AND c.change > 0 OR c.fall <= 10 AND c.change < 0
ORDER BY c.change < 0, abs(c.change) DESC, c.cell;

\if :{?known}
\echo '   Places that are known to come up or to go. Listed: among the twenty above.'
\echo

SELECT json_agg(json_build_object('name', k.name, 'story', k.story, 'class', c.class, 'trend', c.trend,
		'listed', CASE k.story WHEN 'emerging' THEN c.rise <= 10 AND c.change > 0 ELSE c.fall <= 10 AND c.change < 0 END)) AS known_places
FROM :known AS k LEFT JOIN :changed ON c.cell = hotspot.cell(k.geom, :'grid')
\gset
SELECT p.name AS "place", p.story AS "is known to be", CASE WHEN p.listed THEN 'yes' ELSE 'no' END AS "listed", p.class, p.trend
FROM json_to_recordset(:'known_places') AS p (name text, story text, listed boolean, class text, trend text)
ORDER BY p.story COLLATE "C", p.name COLLATE "C";

SELECT format('   Found of %s %s places: %s by their rise or fall, %s by class, %s by trend.', count(*), p.story,
		count(*) FILTER (WHERE p.listed),
		count(*) FILTER (WHERE p.class = CASE p.story WHEN 'emerging' THEN 'emerging' ELSE 'former' END),
		count(*) FILTER (WHERE p.trend = CASE p.story WHEN 'emerging' THEN 'rising' ELSE 'falling' END))
FROM json_to_recordset(:'known_places') AS p (name text, story text, listed boolean, class text, trend text)
GROUP BY p.story
ORDER BY p.story COLLATE "C"
\g (format=unaligned tuples_only=on)
\echo '   A class is of a cell with its neighbours: it cannot tell a place in the middle of others that'
\echo '   are hot anyway. A trend is of the cell alone, but slow to tell a step at the end of the years.'
\echo
\endif
\else
\echo '   Not without the cells where nothing happened: see 2.'
\echo
\endif
\else
\echo '   Not with less than two years of crimes.'
\echo
\endif
\echo 8. When to patrol each of the 20 cells: their crimes :period
SELECT pg_typeof(:start) = 'date'::regtype AS has_no_hours FROM :crime AS crime LIMIT 1
\gset
\if :has_no_hours
\echo '   Not from dates: the hours are not known.'
\echo
\else
\if :has_finish
\echo '   A crime that may have happened in several hours counts in each of them with its part.'
\else
\echo '   No latest time was named: each crime counts in the hour of its start.'
\endif
\if :has_reversed
\echo '   Those whose latest time is before the earliest (see 1) count in the hour of the earliest.'
\endif
\if :has_midnights
\echo '   Many times are midnight exactly (see 1): they stand for hours not known, and count at 00.'
\endif
\echo '   The eight hours of the day, and of the week, with the most crimes; how much of all crimes of the'
\echo '   cell they have, and how many times as much as eight hours have on average.'
\echo

WITH crime AS (
	SELECT hotspot.cell(:geom, :'grid') AS cell, (:start)::timestamptz AS start, (:finish)::timestamptz AS finish
	FROM :crime AS crime
	WHERE CASE WHEN :'has_year'::boolean THEN :month BETWEEN 49 AND 60 ELSE :month BETWEEN 0 AND 60 END
), week AS (
	SELECT l.rank, l.cell, hotspot.week(c.start, CASE WHEN c.finish >= c.start AND isfinite(c.finish) THEN c.finish END, 1, :'tz') AS w
	FROM :listed JOIN crime c USING (cell)
	WHERE l.year = 1
	GROUP BY l.rank, l.cell
)
SELECT w.rank, w.cell::text AS cell, hotspot.events(w.w) AS crimes,
	format('%s-%s h', to_char(d.start_hour, 'FM00'), to_char((d.start_hour + 8) % 24, 'FM00')) AS "each day",
	round(100 * d.share::numeric) AS "%", round(d.lift::numeric, 1) AS "times",
	format('%s %s-%s h', (:'weekdays'::text[])[k.weekday], to_char(k.start_hour, 'FM00'), to_char((k.start_hour + 8) % 24, 'FM00')) AS "once a week",
	round(100 * k.share::numeric) AS "%", round(k.lift::numeric, 1) AS "times"
FROM week w, hotspot.peak(w.w, 8, 'day', 'events') d, hotspot.peak(w.w, 8, 'week', 'events') k
ORDER BY w.rank;
\endif

\echo '9. Near repeats: does one crime bring the next one near by?'
\if :{?near}
SELECT hotspot.incidents(:geom, (:start)::timestamptz) AS incidents
FROM :crime AS crime
WHERE (:near) AND CASE WHEN :'has_year'::boolean THEN :month BETWEEN 49 AND 60 ELSE :month BETWEEN 0 AND 60 END
\gset
SELECT format('   Crimes %s with %s: %s; left out: %s.', :'period', :'near', to_char(hotspot.size(i), 'FM999,999,990'), hotspot.skipped(i))
FROM (SELECT :'incidents'::hotspot.incidents AS i) q
\g (format=unaligned tuples_only=on)
\echo '   How many times as many pairs of them are so near in place and time as if the times had nothing to'
\echo '   do with the places. With *: by chance in fewer than one of a thousand such tables.'
\echo

SELECT CASE WHEN n.distance_from = 0 THEN 'same place' ELSE format('%s to %s m', greatest(n.distance_from, 1), n.distance_to) END AS "distance",
	max(n.ratio) FILTER (WHERE n.nth = 1) AS "same day", max(n.ratio) FILTER (WHERE n.nth = 2) AS "1 to 7 days",
	max(n.ratio) FILTER (WHERE n.nth = 3) AS "8 to 14 days", max(n.ratio) FILTER (WHERE n.nth = 4) AS "15 to 28 days"
FROM (
	SELECT n.distance_from, n.distance_to, row_number() OVER (PARTITION BY n.distance_from ORDER BY n.interval_from) AS nth,
		to_char(n.ratio, '99990.00') || CASE WHEN n.p_value < 0.001 THEN ' *' ELSE '  ' END AS ratio
	FROM hotspot.near_repeat(:'incidents'::hotspot.incidents, '{0,1,150,300,600}', '{0,1 day,8 days,15 days,29 days}', tz => :'tz') n
) n
GROUP BY n.distance_from, n.distance_to
ORDER BY n.distance_from;
\else
\echo '   No kind of crime was named for this.'
\echo
\endif
\echo 'How to read these numbers, and what not to claim from them: doc/targeting.md and doc/tasking.md'
