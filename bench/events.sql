-- Events in random order, uniform over 405 x 405 cells with sides of 150 m.

CREATE EXTENSION IF NOT EXISTS pg_prewarm;

CREATE UNLOGGED TABLE event AS
SELECT ST_SetSRID(ST_MakePoint(400050 + 60750 * uniform(n, 1), 300000 + 60750 * uniform(n, 2)), 27700) AS geom,
       500 * uniform(n, 3) AS harm
FROM generate_series(1, :rows) n;
VACUUM ANALYZE event;
-- A table of more than a quarter of shared_buffers is not kept there by scans.
SELECT 'cached' FROM pg_prewarm('event') \g /dev/null
SELECT format('%s events in %s cells, %s', count(*), occupied(surface(geom, 150)), pg_size_pretty(pg_table_size('event')))
FROM event;
