SELECT compare_heading('GROUP BY cell(geom, 150) / plain SQL');
SELECT compare('cell', 'SELECT cell(geom, 150), count(*), sum(harm) FROM event GROUP BY 1',
               'SELECT floor(ST_X(geom) / 150)::int, floor(ST_Y(geom) / 150)::int, count(*), sum(harm) FROM event GROUP BY 1, 2',
               '<= 1.0', pairs => 7);
