-- What the measurements were made with.
SELECT version();
SELECT format('shared_buffers %s, work_mem %s', current_setting('shared_buffers'), current_setting('work_mem'));
SELECT format('jit as the server has it by default (%s), no parallel workers where not said otherwise, warm caches',
              CASE WHEN pg_jit_available() THEN 'on' ELSE 'off' END);
