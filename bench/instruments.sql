-- How things are measured and printed.

-- Uniform on [0, 1), the same wherever it runs: 53 bits of a hash of (n, stream).
CREATE FUNCTION uniform(n bigint, stream integer) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN ((hashint8extended(n, stream) >> 11) & 9007199254740991) / 9007199254740992.0::float8;

CREATE TABLE timing (name text PRIMARY KEY, ms float8);

CREATE FUNCTION median(float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY x) FROM unnest($1) x);

-- What to print behind a value: its target, '<= 2.5' for example, and whether that is missed.
CREATE FUNCTION verdict(value float8, target text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  met boolean;
BEGIN
  IF target IS NULL THEN
    RETURN '';
  END IF;
  EXECUTE format('SELECT %L::float8 %s', value, target) INTO met;
  RETURN rpad('target ' || target, 19) || CASE WHEN met THEN 'met' ELSE 'MISSED' END;
END $$;

-- Run a query and throw its rows away, when they are ready to be sent: a surface has been made flat. Returns ms.
CREATE FUNCTION run(query text, workers integer) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
  started timestamptz;
BEGIN
  PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
  started := clock_timestamp();
  EXECUTE query;
  RETURN extract(epoch FROM clock_timestamp() - started) * 1000;
END $$;

-- Stop when a query does not do its summing in that many workers.
CREATE FUNCTION require_workers(query text, workers integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  line text;
  plan text := '';
BEGIN
  PERFORM set_config('max_parallel_workers_per_gather', workers::text, true);
  FOR line IN EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF) ' || query LOOP
    plan := plan || line || E'\n';
  END LOOP;
  IF plan !~ 'Partial (Hash)?Aggregate' OR plan !~ ('Workers Launched: ' || workers || '\n') THEN
    RAISE 'not in % workers: %', workers, E'\n' || plan;
  END IF;
END $$;

-- Measure a query against another, its floor, and say so in one line: the medians of both in ms, and the median of the
-- ratios. The two take turns, so that what else goes on in the machine meets both alike, and a ratio is of neighbours.
-- Each runs once before, for warm caches. A ratio is multiplied by scale, to compare rows where their numbers differ.
CREATE FUNCTION compare(
  name text, query text, floor text, target text DEFAULT NULL,
  workers integer DEFAULT 0, scale float8 DEFAULT 1, pairs integer DEFAULT 5
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  query_ms float8[];
  floor_ms float8[];
  ratios float8[];
  ratio float8;
BEGIN
  IF workers > 0 THEN
    PERFORM require_workers(query, workers);
  END IF;
  PERFORM run(floor, 0), run(query, workers);
  FOR k IN 1 .. pairs LOOP
    floor_ms[k] := run(floor, 0);
    query_ms[k] := run(query, workers);
    ratios[k] := query_ms[k] / floor_ms[k] * scale;
  END LOOP;
  ratio := median(ratios);
  INSERT INTO timing VALUES (name, median(query_ms));
  RETURN rtrim(format('%-46s %s %s %s   %s', name, to_char(median(query_ms), '99990.0'),
                      to_char(median(floor_ms), '99990.0'), to_char(ratio, '9990.00'), verdict(ratio, target)));
END $$;

CREATE FUNCTION compare_heading(what text) RETURNS text LANGUAGE sql
RETURN format('%-46s %8s %8s %8s', what, 'ms', 'floor ms', 'ratio');

-- One line for a number that is no ratio.
CREATE FUNCTION show_number(name text, value float8, target text DEFAULT NULL) RETURNS text LANGUAGE sql
RETURN rtrim(format('%-46s %26s   %s', name, to_char(value, 'FM999999990.00'), verdict(value, target)));

CREATE FUNCTION rows_a_second(timed text, nrows bigint) RETURNS text LANGUAGE sql
RETURN (SELECT show_number(timed || ', million rows a second', nrows / ms / 1000) FROM timing WHERE name = timed);

-- Memory, read from inside while an aggregate runs: what summaries hold, and the most that the process ever had, which also
-- sees what comes and goes within one step.
CREATE FUNCTION summary_bytes() RETURNS bigint LANGUAGE sql VOLATILE
RETURN (SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts WHERE name LIKE 'hotspot summary%');

CREATE FUNCTION process_peak() RETURNS bigint LANGUAGE sql VOLATILE
RETURN 1024 * substring(pg_read_file('/proc/self/status') FROM 'VmHWM:\s*(\d+) kB')::bigint;
