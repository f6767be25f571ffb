-- The hot spots of a table of crimes: what demo/run shows.
--
--   psql -v crime=crime -v geom=geom -v at=at -v harm=1 -v grid=150 -f demo/hotspots.sql
--
-- Variables. All but grid are used as they are written, so that an expression will do as well as a column:
--
--   crime     the table, one row a crime
--   geom      where: a point in plane coordinates, for example "ST_Transform(geom, 27700)"
--   at        when: a date or a timestamp
--   harm      how much one crime counts: 1, a column, or "hotspot.harm(offence, 'cchi_2026_demo')"
--   grid      side of a square: 150; or a shape and its size: hexagon 93.06
--   exclude   a geometry that no hot spot may touch; may be left out
--
-- Nothing is written: this runs in a transaction that is read only, and hotspot need not be on the search_path.

\set ON_ERROR_STOP on
\pset footer off
\pset null '-'

\echo Table :crime, grid :grid, harm :harm
\echo
\echo '1. What was read, and what was left out'
\echo

WITH read AS (
	SELECT min(:at)::date AS first_day, max(:at)::date AS last_day,
		hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s
	FROM :crime
)
SELECT v.what AS " ", to_char(v.crimes, '999,999,999,990') AS "         crimes"
FROM read, LATERAL (VALUES
	(format('read, from %s to %s', first_day, last_day), hotspot.events(s) + hotspot.skipped(s)),
	('left out: no location', hotspot.skipped(s, 'geometry')),
	('left out: coordinates that are not numbers', hotspot.skipped(s, 'coordinates')),
	('left out: no harm value', hotspot.skipped(s, 'harm')),
	(format('counted, in %s cells', to_char(hotspot.occupied(s), 'FM999,999,999,990')), hotspot.events(s))
) AS v (what, crimes);

\echo '2. The 20 cells with the most harm, their centres at least 500 m apart'
\echo '   Easting and northing are of the centre. Shares are of the harm in all cells counted.'
\if :{?exclude}
\echo '   Not listed: cells that touch' :exclude
\else
\set exclude NULL
\endif
\echo

SELECT t.rank, t.cell::text AS cell,
	round(ST_X(hotspot.centre(t.cell)))::bigint AS easting, round(ST_Y(hotspot.centre(t.cell)))::bigint AS northing,
	t.events AS crimes, to_char(t.harm, '999,999,990') AS "        harm",
	round((100 * t.share)::numeric, 1) AS "share %",
	round((100 * t.cumulative_share)::numeric, 1) AS "cumulative %"
FROM (SELECT hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s FROM :crime) q,
	hotspot.top(q.s, 20, separation => 500, exclude => :exclude) t
ORDER BY t.rank;

\echo '3. How few cells hold the harm, and the crimes'
\echo '   From the hottest cell down, with no separation and nothing excluded. The shares of cells are of those'
\echo '   with at least one crime; of all cells of the area they are smaller.'
\echo

WITH q AS MATERIALIZED (
	SELECT hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s FROM :crime
), occupied AS MATERIALIZED (
	SELECT hotspot.occupied(s) AS cells FROM q
), by_harm AS MATERIALIZED (
	SELECT t.rank, t.cumulative_share FROM q, hotspot.top(q.s, greatest(hotspot.occupied(q.s), 1)) t
), by_crimes AS MATERIALIZED (
	SELECT t.rank, t.cumulative_share FROM q, hotspot.top(q.s, greatest(hotspot.occupied(q.s), 1), rank_by => 'events') t
)
SELECT p AS "%",
	h.cells AS "of the harm: cells", round(100.0 * h.cells / o.cells, 1) AS "% of cells",
	c.cells AS "of the crimes: cells", round(100.0 * c.cells / o.cells, 1) AS "% of cells"
FROM unnest('{25, 50, 80}'::integer[]) AS p, occupied o,
	LATERAL (SELECT min(rank) AS cells FROM by_harm WHERE cumulative_share >= p / 100.0) h,
	LATERAL (SELECT min(rank) AS cells FROM by_crimes WHERE cumulative_share >= p / 100.0) c
ORDER BY p;

\echo '4. Monthly surfaces merged: the same bytes as one surface of all crimes'
\echo

WITH monthly AS (
	SELECT date_trunc('month', :at), hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s
	FROM :crime
	GROUP BY 1
), merged AS (
	SELECT count(*) AS months, hotspot.merge(s) AS s FROM monthly
), scanned AS (
	SELECT hotspot.surface(:geom, (:harm)::float8, :'grid'::hotspot.grid) AS s FROM :crime
)
SELECT merged.months, to_char(hotspot.occupied(merged.s), '999,999,990') AS "       cells",
	to_char(hotspot.events(merged.s), '999,999,990') AS "      crimes",
	to_char(hotspot.harm(merged.s), '999,999,999,990') AS "            harm",
	CASE WHEN merged.s::text IS NOT DISTINCT FROM scanned.s::text THEN 'yes' ELSE 'NO' END AS "same bytes"
FROM merged, scanned;

\echo 'How to read these numbers, and what not to claim from them: doc/targeting.md'
