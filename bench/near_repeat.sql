-- near_repeat(): the crimes of a city in a year, at 400 m and 28 days, and of ten years.

-- 27,000 events around 400 centres of unequal weight in 100 square kilometres, and ten times as many in ten years.
CREATE UNLOGGED TABLE burglary AS
SELECT n,
       ST_SetSRID(ST_MakePoint(530000 + 10000 * uniform(centre, 60) + 600 * (uniform(n, 62) + uniform(n, 63) + uniform(n, 64) - 1.5),
                               180000 + 10000 * uniform(centre, 61) + 600 * (uniform(n, 65) + uniform(n, 66) + uniform(n, 67) - 1.5)), 27700) AS geom,
       timestamptz '2016-01-01Z' + uniform(n, 68) * CASE WHEN n <= 27000 THEN interval '365 days' ELSE interval '3650 days' END AS at
FROM generate_series(1::bigint, 270000) AS n, LATERAL (SELECT floor(400 * power(uniform(n, 69), 1.5))::bigint AS centre) AS c;
CREATE UNLOGGED TABLE burglaries AS
SELECT 'year' AS name, incidents(geom, at) AS i FROM burglary WHERE n <= 27000 UNION ALL SELECT 'ten years', incidents(geom, at) FROM burglary;
CREATE UNLOGGED TABLE burglary_year AS SELECT * FROM burglary WHERE n <= 27000;
CREATE INDEX ON burglary_year USING gist (geom);
VACUUM ANALYZE burglary_year, burglaries;

CREATE FUNCTION near_repeat_query(of_name text) RETURNS text LANGUAGE sql
RETURN format($$SELECT r.* FROM burglaries, near_repeat(i, '{0,0.1,100,200,400}', '{0,1 day,8 days,15 days,29 days}') r WHERE name = %L$$, of_name);
CREATE FUNCTION close_pairs(of_name text) RETURNS bigint LANGUAGE sql
RETURN (SELECT sum(distance_pairs) FROM burglaries, near_repeat(i, '{0,0.1,100,200,400}', '{0,1 day}') WHERE name = of_name);

SELECT compare_heading('near_repeat, 27,000 events / floor');
SELECT compare('near_repeat / self join on ST_DWithin and time', near_repeat_query('year'),
               $$SELECT count(*) FROM burglary_year a JOIN burglary_year b
                 ON a.n < b.n AND ST_DWithin(a.geom, b.geom, 400) AND abs(extract(epoch FROM a.at - b.at)) < 29 * 86400$$, '<= 0.1', pairs => 3);
SELECT compare('incidents / count(geom), count(at)', 'SELECT incidents(geom, at) FROM burglary_year',
               'SELECT count(geom), count(at) FROM burglary_year', pairs => 15);
SELECT compare('near_repeat, year / count(*) of it', near_repeat_query('year'), 'SELECT count(*) FROM burglary_year', pairs => 15);
SELECT compare('near_repeat, ten years / a year, by close pair', near_repeat_query('ten years'), near_repeat_query('year'), '<= 2',
               scale => close_pairs('year')::float8 / close_pairs('ten years'), pairs => 3);
SELECT show_number('near_repeat of a year, million close pairs a second', close_pairs('year') / ms / 1000)
FROM timing WHERE name = 'near_repeat, year / count(*) of it';
DROP FUNCTION near_repeat_query, close_pairs;
DROP TABLE burglary, burglary_year, burglaries;
