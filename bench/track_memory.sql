-- Memory of a track, read from inside while the aggregate runs, as in memory.sql.

CREATE UNLOGGED TABLE track_growth (nfixes bigint, bytes bigint, peak bigint);

CREATE FUNCTION look_at_track(nfixes bigint) RETURNS float8 LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO track_growth SELECT nfixes, summary_bytes(), process_peak();
  RETURN 0;
END $$;

-- One unit's fixes in order, or in none.
CREATE FUNCTION grow_track(nfixes integer, is_sorted boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE track_growth;
  EXECUTE 'SELECT size(track(to_timestamp(CASE WHEN $2 THEN n ELSE uniform(n, 13) * 1e9 END),
                        ST_MakePoint(n % 1000, CASE WHEN n % 10000 = 0 THEN look_at_track(n) ELSE 0 END)))
           FROM (SELECT generate_series(1, $1) AS n) fix' USING nfixes, is_sorted;
END $$;

SELECT grow_track(1000, true) \g /dev/null
SELECT grow_track(3000000, true) \g /dev/null
SELECT format('%-46s %26s', 'memory of a track', 'bytes');
SELECT show_number('a fix, at most', max((bytes - 2048)::float8 / nfixes), '<= 32') FROM track_growth;
SELECT show_number('a fix, while the result is made flat', (process_peak() - min(peak))::float8 / max(nfixes), '<= 64')
FROM track_growth;
-- In a session of its own, since a peak is never taken back.
\c
SELECT grow_track(1000, false) \g /dev/null
SELECT grow_track(3000000, false) \g /dev/null
SELECT show_number('a fix, while it is sorted and made flat', (process_peak() - min(peak))::float8 / max(nfixes), '<= 64')
FROM track_growth;
