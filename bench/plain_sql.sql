SELECT compare_heading('GROUP BY floor(ST_X(geom) / 150) ... / surface()');
SELECT compare('plain SQL',
               'SELECT floor(ST_X(geom) / 150)::int, floor(ST_Y(geom) / 150)::int, count(*), sum(harm) FROM event GROUP BY 1, 2',
               'SELECT surface(geom, harm, 150) FROM event', '>= 2.5');
SELECT rows_a_second('plain SQL', :rows);
