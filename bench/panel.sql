-- Every estimator of panel, from a table of 35,672 places (the LSOAs of England and Wales) by 60 months in 10 cohorts to the
-- answer, against the sum of each place's outcomes.

CREATE UNLOGGED TABLE place_month AS
SELECT place, month, floor(4 * uniform(place * 100 + month, 21))::float8 AS crimes,
       CASE WHEN place % 11 > 0 THEN 5 + place % 11 * 5 END::integer AS treated_from, CASE WHEN place % 11 > 5 THEN 31 END AS block_from, place % 43 AS force
FROM generate_series(1, 60) AS month, generate_series(1::bigint, 35672) AS place;
CREATE UNLOGGED TABLE place_month_shuffled AS SELECT * FROM place_month ORDER BY uniform(place * 100 + month, 22);
VACUUM ANALYZE place_month, place_month_shuffled;

CREATE FUNCTION of_panel(reader text, arguments text DEFAULT 'place, month, crimes, treated_from', source text DEFAULT 'place_month') RETURNS text LANGUAGE sql
RETURN format('SELECT r.* FROM (SELECT panel(%s) AS p FROM %s) q, %s r', arguments, source, reader);
CREATE FUNCTION sums_of(source text DEFAULT 'place_month') RETURNS text LANGUAGE sql
RETURN format('SELECT place, sum(crimes) FROM %s GROUP BY place', source);

SELECT compare_heading('estimators / sum of outcomes GROUP BY place');
SELECT compare(name, of_panel(reader), sums_of(), '<= 4')
FROM (VALUES
  ('did, twfe', 'did(p)'),
  ('did, poisson', 'did(p, ''poisson'')'),
  ('did, callaway', 'did(p, ''callaway'')'),
  ('att, not yet treated', 'att(p, ''notyet'')'),
  ('event_study, not yet treated', 'event_study(p, ''notyet'')'),
  ('bacon', 'bacon(p)')
) AS estimator (name, reader);
SELECT compare('rate_ratio', of_panel('rate_ratio(p)', 'place, month, crimes, block_from'), sums_of(), '<= 4');
SELECT compare('event_study, clustered', of_panel('event_study(p)', 'place, month, crimes, treated_from, force'), sums_of(), '<= 4');
SELECT compare('did, rows in no order', of_panel('did(p)', source => 'place_month_shuffled'), sums_of('place_month_shuffled'), '<= 4');
SELECT compare('did, two workers', of_panel('did(p)'), sums_of(), workers => 2);
SELECT show_number('slowest, ms', max(ms), '<= 1000') FROM timing WHERE name ~ '^(did|att|event_study|bacon|rate_ratio)';

SELECT show_number('stored bytes a place-period', length(panel_send(panel(place, month, crimes, treated_from)))::float8 / count(*), '<= 2') FROM place_month;

-- Memory while building, looked at now and then; places come one after the other, as from an index.
CREATE UNLOGGED TABLE panel_growth (cells bigint, bytes bigint);
CREATE FUNCTION look_at_panel(cells bigint) RETURNS float8 LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO panel_growth SELECT look_at_panel.cells, summary_bytes();
  RETURN 1;
END $$;
SELECT panel(n / 60, (n % 60)::int, CASE WHEN n % 60000 = 59999 THEN look_at_panel(n + 1) ELSE n % 4 END, CASE WHEN n / 60 % 11 > 0 THEN 5 + (n / 60 % 11 * 5)::int END) IS NULL
FROM (SELECT generate_series(0::bigint, 35672 * 60 - 1) AS n) AS cell \g /dev/null
SELECT show_number('bytes a place-period while building, at most', max(bytes::float8 / cells), '<= 32') FROM panel_growth;

-- Simulated truth: 20 treated places and 20 others by 12 months, an effect of 0.5, effects of places and months. How often does an
-- interval of 95 % hold it?
CREATE FUNCTION standard_normal(n bigint, stream integer) RETURNS float8 LANGUAGE sql IMMUTABLE
RETURN sqrt(-2 * ln(1 - uniform(n, stream))) * cos(2 * pi() * uniform(n, stream + 1));
CREATE UNLOGGED TABLE simulated AS
SELECT replication, panel(place, month, standard_normal(replication * 100 + place, 31) + month * 0.1 + standard_normal((replication * 100 + place) * 100 + month, 33)
                          + CASE WHEN month >= start THEN 0.5 ELSE 0 END, start) AS p
FROM generate_series(1::bigint, 2000) AS replication, generate_series(1::bigint, 40) AS place, generate_series(1, 12) AS month,
     LATERAL (SELECT CASE WHEN place <= 10 THEN 5 WHEN place <= 20 THEN 8 END AS start) AS s
GROUP BY replication;
SELECT show_number('intervals that hold the truth: ' || method || coalesce(', ' || se, ''), avg((0.5 BETWEEN (d).conf_low AND (d).conf_high)::int), '>= 0.93')
FROM simulated, (VALUES ('twfe', 'cr1'), ('callaway', NULL), ('callaway', 'cr1')) AS v (method, se), LATERAL (SELECT did(p, method, se) AS d OFFSET 0) AS q GROUP BY method, se;

-- And of counts: four chances of a crime a month, an effect of 0.7 from month 7 on for the first 20 places.
CREATE UNLOGGED TABLE simulated_counts AS
SELECT replication, panel(place, month, crimes, start) AS p
FROM generate_series(1::bigint, 2000) AS replication, generate_series(1::bigint, 40) AS place, generate_series(1, 12) AS month,
     LATERAL (SELECT CASE WHEN place <= 20 THEN 7 END AS start, (replication * 100 + place) * 100 + month AS key) AS s,
     LATERAL (SELECT 0.3 * (0.5 + uniform(replication * 100 + place, 41)) * (1 + month * 0.05) * CASE WHEN month >= start THEN 0.7 ELSE 1 END AS chance) AS c,
     LATERAL (SELECT ((uniform(key, 42) < chance)::int + (uniform(key, 43) < chance)::int + (uniform(key, 44) < chance)::int + (uniform(key, 45) < chance)::int)::float8 AS crimes) AS o
GROUP BY replication;
SELECT show_number('intervals that hold the truth: ' || measure, avg((ln(0.7) BETWEEN conf_low AND conf_high)::int), '>= 0.93')
FROM simulated_counts, LATERAL (SELECT d.measure, d.conf_low, d.conf_high FROM did(p, 'poisson') AS d
                                UNION ALL SELECT r.measure, r.conf_low, r.conf_high FROM rate_ratio(p) AS r WHERE r.measure ~ '^log') AS q
GROUP BY measure ORDER BY measure;
DROP TABLE panel_growth, place_month, place_month_shuffled, simulated, simulated_counts;
