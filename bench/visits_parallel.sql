SELECT compare_heading('visits() with workers / without');
SELECT compare('visits, 2 workers', visits_of('gps'), visits_of('gps'), '<= 0.7', workers => 2, pairs => 9);
SELECT rows_a_second('visits, 2 workers', :fixes);
-- What two workers bring here to the floor.
SELECT compare('GROUP BY unit, 2 workers', 'SELECT unit, count(*) FROM gps GROUP BY unit',
               'SELECT unit, count(*) FROM gps GROUP BY unit', workers => 2);
