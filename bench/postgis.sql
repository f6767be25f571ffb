-- The usual way is so slow that a sample has to do.
\set sample 100000
CREATE UNLOGGED TABLE sample AS SELECT * FROM event LIMIT :sample;
CREATE UNLOGGED TABLE square AS
SELECT i, j, geom FROM ST_SquareGrid(150, (SELECT ST_SetSRID(ST_Extent(geom), 27700) FROM event));
CREATE INDEX ON sample USING gist (geom);
CREATE INDEX ON square USING gist (geom);
VACUUM ANALYZE sample, square;

SELECT compare_heading('join to ST_SquareGrid / surface(), per row');
SELECT compare('ST_Intersects join, of ' || count(*) || ' rows',
               'SELECT i, j, count(*), sum(harm)
                FROM sample JOIN square ON ST_Intersects(sample.geom, square.geom) GROUP BY i, j',
               'SELECT surface(geom, harm, 150) FROM event', '>= 100', scale => :rows::float8 / count(*))
FROM sample;
