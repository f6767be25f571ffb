-- week(), against a scan that sums: events over ten years in random order, of which one in five has a duration of up to two days.

CREATE EXTENSION IF NOT EXISTS pg_prewarm;

CREATE UNLOGGED TABLE happening AS
SELECT start, CASE WHEN n % 5 = 0 THEN start + uniform(n, 61) * interval '2 days' END AS finish, start AT TIME ZONE 'Europe/London' AS wall, 500 * uniform(n, 62) AS harm
FROM generate_series(1, :rows) AS n, LATERAL (SELECT '2015-01-01'::timestamptz + uniform(n, 60) * interval '3652 days' AS start) AS at;
VACUUM ANALYZE happening;
SELECT 'cached' FROM pg_prewarm('happening') \g /dev/null

SELECT compare_heading('week() / SELECT count(*), sum(harm)');
SELECT compare('start and finish', 'SELECT week(start, finish, harm, ''Europe/London'') FROM happening',
               'SELECT count(*), sum(harm) FROM happening', '<= 3');
SELECT compare('at', 'SELECT week(start, harm, ''Europe/London'') FROM happening', 'SELECT count(*), sum(harm) FROM happening', '<= 3');
SELECT compare('at, wall time', 'SELECT week(wall, harm, ''Europe/London'') FROM happening', 'SELECT count(*), sum(harm) FROM happening', '<= 3');
SELECT rows_a_second('start and finish', :rows);
SELECT show_number('bytes of a stored week', (SELECT pg_column_size(week(start, finish, harm, 'Europe/London')) FROM happening));
SELECT show_number('bytes of a week of two events', avg(pg_column_size(w)))
FROM (SELECT week(start, round(harm), 'Europe/London') AS w FROM (SELECT *, row_number() OVER () AS row FROM happening LIMIT 20000) AS r GROUP BY row / 2) AS q;
DROP TABLE happening;
