-- 60 monthly surfaces of 100,000 of the cells each, chosen by steps that meet no cell twice in a month.
CREATE UNLOGGED TABLE month AS
SELECT month, surface(ST_SetSRID(ST_MakePoint(400125 + 150 * (place / 405), 300075 + 150 * (place % 405)), 27700),
                      500 * uniform(place, month), 150) AS s
FROM generate_series(1, 60) month, generate_series(1, 100000) n,
     LATERAL (SELECT (7919 * n + 27103 * month) % (405 * 405) AS place) p
GROUP BY month;
CREATE UNLOGGED TABLE month_cell AS SELECT c.* FROM month, cells(s) c;
VACUUM ANALYZE month, month_cell;
SELECT 'cached' FROM pg_prewarm('month_cell') \g /dev/null

SELECT compare_heading('top(merge(s)) / SELECT count(*) of their cells');
SELECT compare('60 months, ' || count(*) || ' cells', 'SELECT t.* FROM (SELECT merge(s) AS s FROM month) m, top(s) t',
               'SELECT count(*) FROM month_cell', '< 10')
FROM month_cell;
-- What one would do without surfaces.
SELECT compare('GROUP BY cell ORDER BY sum(harm) LIMIT 20',
               'SELECT cell, sum(events), sum(harm) FROM month_cell GROUP BY cell ORDER BY sum(harm) DESC LIMIT 20',
               'SELECT count(*) FROM month_cell', pairs => 3);
DROP TABLE month_cell;
