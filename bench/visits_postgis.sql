-- The usual way: a spatial join, then gaps and islands. It counts fixes and does not reckon when a boundary was crossed,
-- so it does less. A sample has to do.
CREATE UNLOGGED TABLE gps_sample AS SELECT * FROM gps WHERE unit <= 20;
VACUUM ANALYZE gps_sample;

SELECT compare_heading('ST_Contains join, gaps and islands / visits(), per row');
SELECT compare('PostGIS, of ' || count(*) || ' fixes',
               $$SELECT id, unit, min(at), max(at), count(*)
                 FROM (SELECT id, unit, at, count(*) FILTER (WHERE is_new) OVER (PARTITION BY id, unit ORDER BY at) AS visit
                       FROM (SELECT id, unit, at,
                                    at - lag(at) OVER (PARTITION BY id, unit ORDER BY at) <= '1 min' IS NOT TRUE AS is_new
                             FROM gps_sample JOIN hot_spot ON ST_Contains(area, geom)) inside) island
                 GROUP BY id, unit, visit$$,
               visits_of('gps'), '>= 30', scale => :fixes::float8 / count(*))
FROM gps_sample;
