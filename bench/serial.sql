SELECT compare_heading('surface() / SELECT count(geom), sum(harm)');
SELECT compare('surface, serial', 'SELECT surface(geom, harm, 150) FROM event',
               'SELECT count(geom), sum(harm) FROM event', '<= 2.5', pairs => 9);
SELECT rows_a_second('surface, serial', :rows);
SET jit = off;
SELECT compare('surface, serial, jit off', 'SELECT surface(geom, harm, 150) FROM event',
               'SELECT count(geom), sum(harm) FROM event');
