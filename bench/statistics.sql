-- Statistics of a filled surface of 126,765 cells, which is a force: 313 by 405 squares of 150 m with 27,000 events.

CREATE UNLOGGED TABLE force AS
SELECT fill(surface(ST_SetSRID(ST_MakePoint(400000 + 46950 * sqrt(uniform(n, 61)), 300000 + 60750 * uniform(n, 62) ^ 2), 27700), 500 * uniform(n, 63), 150)
            + cover(ST_MakeEnvelope(400000, 300000, 446950, 360750, 27700), 150)) AS s
FROM generate_series(1, 27000) n;
-- The same with an event in every cell, which costs density() most.
CREATE UNLOGGED TABLE busy_force AS
SELECT surface(centre(cell), harm + 1, 150) AS s FROM force, cells(s);
-- 60 months, none of which has all cells.
CREATE UNLOGGED TABLE force_month AS
SELECT month, CASE WHEN month = 1 THEN cover(ST_MakeEnvelope(400000, 300000, 446950, 360750, 27700), 150) END
	+ surface(ST_SetSRID(ST_MakePoint(400000 + 46950 * sqrt(uniform(n, 61)), 300000 + 60750 * uniform(n, 62) ^ 2), 27700), 500 * uniform(n, 63), 150) AS s
FROM generate_series(1, 27000) n, LATERAL (SELECT 1 + n % 60 AS month) m GROUP BY month;
VACUUM ANALYZE force, busy_force, force_month;

SELECT compare_heading('statistics of ' || size(s) || ' cells / SELECT count(*) FROM cells(s)') FROM force;
SELECT compare('gi_star(s)', 'SELECT count(*) FROM force, gi_star(s)', 'SELECT count(*) FROM force, cells(s)', '<= 5.0', pairs => 15);
SELECT compare('gi_star(s, 10)', 'SELECT count(*) FROM force, gi_star(s, 10)', 'SELECT count(*) FROM force, cells(s)', pairs => 15);
SELECT compare('density(s, 1500)', 'SELECT count(*) FROM force, density(s, 1500)', 'SELECT count(*) FROM force, cells(s)', pairs => 15);
SELECT compare('density(s, 1500), every cell occupied', 'SELECT count(*) FROM busy_force, density(s, 1500)',
               'SELECT count(*) FROM force, cells(s)', pairs => 15);
SELECT show_number(name || ', ms', ms, '<= 500') FROM timing WHERE name LIKE 'density(s, 1500)%' ORDER BY name;
SELECT compare('density(s, 1e6), every cell occupied', 'SELECT count(*) FROM busy_force, density(s, 1e6)',
               'SELECT count(*) FROM force, cells(s)', pairs => 3);
SELECT compare('emerging() of 60 months', 'SELECT count(*) FROM (SELECT array_agg(s ORDER BY month) AS months FROM force_month) q, emerging(months)',
               'SELECT count(*) FROM force, cells(s)', pairs => 3);
DROP TABLE force, busy_force, force_month;
