\set i 'floor(ST_X(geom) / 150)::int'
\set j 'floor(ST_Y(geom) / 150)::int'
\set plain 'SELECT ' :i ', ' :j ', count(*), sum(harm) FROM event GROUP BY 1, 2'
\set surface 'SELECT surface(geom, harm, 150) FROM event'

SELECT compare_heading('GROUP BY floor(ST_X(geom) / 150) ... / surface()');
SELECT compare('plain SQL', :'plain', :'surface', '>= 2.5');
SELECT rows_a_second('plain SQL', :rows);
-- The planner takes each event for a group of its own, and would rather know how many there are.
CREATE STATISTICS place (ndistinct) ON (:i), (:j) FROM event;
ANALYZE event;
SELECT compare('plain SQL, with statistics', :'plain', :'surface', '>= 2.5');
DROP STATISTICS place;
