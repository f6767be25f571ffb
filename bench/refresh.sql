-- refresh() of three years of events over 162,409 cells, most of them in some, with a study area: where one day is new, against all. It commits, so
-- its own log is what tells the time. The two take turns.
CREATE UNLOGGED TABLE crime AS
SELECT ST_SetSRID(ST_MakePoint(400050 + 60750 * power(uniform(n, 71), 2), 300000 + 60750 * power(uniform(n, 72), 2)), 27700)::geometry(Point, 27700) AS geom,
	'2022-01-01'::timestamptz + uniform(n, 70) * interval '1110 days' AS at,
	(ARRAY['Robbery', 'Burglary', 'Drugs', 'Vehicle crime', 'Shoplifting'])[1 + n % 5] AS offence
FROM generate_series(1, :rows * 2 / 5) AS n ORDER BY 2;
CREATE INDEX crime_at ON crime (at);
VACUUM ANALYZE crime;
CREATE VIEW weighed AS SELECT geom, at, harm(offence, 'police_uk_demo') AS harm FROM crime;
CREATE TABLE force AS SELECT ST_SetSRID(ST_MakeEnvelope(400050, 300000, 460800, 360750), 27700) AS geom;
INSERT INTO programme (name, events, grid, history, separation, area) VALUES ('three years', 'weighed', 150, '3 years', 300, 'force');

SELECT format('refresh() of %s events, a day new and seven late / all', sum(1)) FROM crime;
DO $$
BEGIN
	FOR n IN 0 .. 5 LOOP
		CALL refresh('three years', as_of => timestamptz '2025-01-06 04:00+00' + n * interval '1 day');
		CALL refresh('three years', full => true, as_of => timestamptz '2025-01-06 04:00+00' + n * interval '1 day');
	END LOOP;
END
$$;
WITH pair AS (
	SELECT 1000 * max(seconds) FILTER (WHERE method = 'incremental') AS incremental, 1000 * max(seconds) FILTER (WHERE method = 'full') AS complete,
		sum(rows_read) FILTER (WHERE method = 'incremental') AS rows_read
	FROM refresh_runs GROUP BY until HAVING count(*) FILTER (WHERE method = 'incremental') = 1
)
SELECT unnest(ARRAY[
	compare_heading(''),
	rtrim(format('%-46s %s %s %s   %s', 'a day new', to_char(median(array_agg(incremental)), '99990.0'), to_char(median(array_agg(complete)), '99990.0'),
		to_char(median(array_agg(incremental / complete)), '9990.000'), verdict(median(array_agg(incremental / complete)), '< 0.1'))),
	show_number('rows read', avg(rows_read)::float8)])
FROM pair;

-- Each list was written twice, from what was kept and from the events.
SELECT show_number('hot spots that differ', count(*), '= 0') FROM (
	SELECT until, cell, h.events, h.harm, share, cumulative_share, z, p_value, q_value, week::text FROM hot_spot h JOIN run r ON r.id = h.run AND r.until > '2025-01-05'
	GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 HAVING count(*) <> 2) d;
VACUUM FULL programme_day, programme_month, programme_time;
SELECT show_number('bytes kept by event', sum(pg_total_relation_size(relation))::float8 / max(events))
FROM (VALUES ('programme_day'::regclass), ('programme_month'), ('programme_time')) AS t (relation), (SELECT events FROM refresh_runs WHERE in_force) AS r;
DELETE FROM programme;
DROP VIEW weighed;
DROP TABLE crime, force;
