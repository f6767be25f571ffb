SELECT compare_heading('surface() with workers / without');
SELECT compare('surface, 2 workers', 'SELECT surface(geom, harm, 150) FROM event',
               'SELECT surface(geom, harm, 150) FROM event', '<= 0.75', workers => 2, pairs => 9);
SELECT rows_a_second('surface, 2 workers', :rows);
-- What two workers bring here to the scan itself.
SELECT compare('count(geom), sum(harm), 2 workers', 'SELECT count(geom), sum(harm) FROM event',
               'SELECT count(geom), sum(harm) FROM event', workers => 2);
