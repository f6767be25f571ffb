SELECT show_number('share of fixes in hot spots', avg((zone_at(z, geom) IS NOT NULL)::int)) FROM gps, hot_spots;
SELECT compare_heading('visits() of all units / GROUP BY unit');
SELECT compare('visits, serial', visits_of('gps'), 'SELECT unit, count(*) FROM gps GROUP BY unit', '<= 2.5', pairs => 9);
SELECT rows_a_second('visits, serial', :fixes);
-- How much of it is to gather the fixes and put them in order.
SELECT compare('track', 'SELECT unit, track(at, geom) FROM gps GROUP BY unit',
               'SELECT unit, count(*) FROM gps GROUP BY unit');
-- In as little memory as a server has by default.
SET work_mem = '4MB';
SELECT compare('visits, serial, work_mem 4 MB', visits_of('gps'), 'SELECT unit, count(*) FROM gps GROUP BY unit');
