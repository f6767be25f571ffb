-- What the measurements were made with.
SELECT version();
SELECT format('%s events in %s cells, %s; shared_buffers %s, work_mem %s',
              count(*), occupied(surface(geom, 150)),
              pg_size_pretty(pg_table_size('event')), current_setting('shared_buffers'), current_setting('work_mem'))
FROM event;
SELECT format('jit as the server has it by default (%s), no parallel workers where not said otherwise, warm caches',
              CASE WHEN pg_jit_available() THEN 'on' ELSE 'off' END);
