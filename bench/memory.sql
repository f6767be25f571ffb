-- Growth: one surface whose every event is in another cell looks around itself now and then ---------------------------

CREATE TEMP TABLE growth (ncells bigint, bytes bigint, peak bigint);

CREATE FUNCTION look_around(ncells bigint) RETURNS float8 LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO growth SELECT ncells, summary_bytes(), process_peak();
  RETURN 1;
END $$;

CREATE FUNCTION grow(ncells integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE growth;
  -- generate_series() in the select list does not collect its rows first.
  EXECUTE 'SELECT surface(ST_SetSRID(ST_MakePoint(n / 1000, n % 1000), 27700),
                          CASE WHEN n % 1000 = 0 THEN look_around(n) ELSE 1 END, 1)
           FROM (SELECT generate_series(0, $1) AS n) cell' USING ncells;
END $$;

SELECT grow(1000) \g /dev/null
SELECT grow(1000000) \g /dev/null

SELECT format('%-46s %26s', 'memory and storage', 'bytes');
SELECT show_number('a cell (less 2 KB a surface), at most', max((bytes - 2048)::float8 / ncells), '<= 72')
FROM growth WHERE ncells > 0;
-- A surface of less than 100,000 cells is too small to be told from what else the process does.
SELECT show_number('a cell, while the table grows, at most', max((peak - before)::float8 / ncells), '<= 110')
FROM growth, (SELECT min(peak) AS before FROM growth) b WHERE ncells >= 100000;
SELECT show_number('a cell, while the result is made flat', (process_peak() - min(peak))::float8 / max(ncells))
FROM growth;

-- Groups: all surfaces of a GROUP BY are there when its first row comes out -------------------------------------------

CREATE FUNCTION group_memory(ncells integer) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
  ngroups CONSTANT integer := 1000;
  result refcursor;
  held bigint;
BEGIN
  SET LOCAL enable_sort = off;
  OPEN result FOR SELECT g, surface(ST_SetSRID(ST_MakePoint(n, g), 27700), 1)
                  FROM generate_series(1, ngroups) g, generate_series(1, ncells) n GROUP BY g;
  MOVE result;
  held := summary_bytes();
  CLOSE result;
  RETURN held::float8 / ngroups;
END $$;

SELECT show_number('a group of one cell', group_memory(1));
SELECT show_number('a group (less 72 a cell), at most', max(group_memory(n) - 72 * n), '<= 2048')
FROM generate_series(1, 300, 13) n;

-- Many groups: a hash aggregate must not look at each of them for each of them
SELECT compare_heading('200,000 groups hashed / 20,000, by group');
CREATE FUNCTION hashed_groups(ngroups integer) RETURNS text LANGUAGE sql
RETURN format('SELECT count(*), sum(events(s)) FROM (SELECT surface(ST_MakePoint(n, n), 1) AS s FROM generate_series(1, %s) AS n GROUP BY n OFFSET 0) AS q', ngroups);
SET enable_sort = off;
SELECT compare('hash aggregate', hashed_groups(200000), hashed_groups(20000), '<= 2', scale => 0.1);
RESET enable_sort;

-- Stored --------------------------------------------------------------------------------------------------------------

CREATE TEMP TABLE stored AS SELECT surface(geom, harm, 150) AS s FROM event;
SELECT show_number('a cell, stored, before TOAST', length(s::text) / 2.0 / size(s), '<= 16') FROM stored;
SELECT show_number('a cell, stored', pg_column_size(s)::float8 / size(s)) FROM stored;
