\set cell 'SELECT cell(geom, 150), count(*), sum(harm) FROM event GROUP BY 1'
\set i 'floor(ST_X(geom) / 150)::int'
\set j 'floor(ST_Y(geom) / 150)::int'
\set plain 'SELECT ' :i ', ' :j ', count(*), sum(harm) FROM event GROUP BY 1, 2'

SELECT compare_heading('GROUP BY cell(geom, 150) / plain SQL');
SELECT compare('cell', :'cell', :'plain', '<= 1.0');
-- And where the planner knows how many groups there are. Of a single expression it learns that from an index only.
CREATE STATISTICS place (ndistinct) ON (:i), (:j) FROM event;
CREATE INDEX event_cell ON event (cell(geom, 150));
ANALYZE event;
SELECT compare('cell, with statistics', :'cell', :'plain', '<= 1.0');
DROP STATISTICS place;
DROP INDEX event_cell;
