-- The exact randomisation distribution of a year, and what intervals of a crossover trial hold.

-- 34 hot spots by 365 days, of which half are drawn each day.
CREATE UNLOGGED TABLE trial_day AS
SELECT place, date '2025-01-01' + day AS day, rank() OVER (PARTITION BY day ORDER BY uniform(place * 1000 + day, 54)) <= 17 AS treated,
       floor(1.2 * uniform(place * 1000 + day, 55))::float8 AS crimes, floor(1.2 * uniform(place * 1000 + day, 55)) * (ARRAY[2, 10, 10, 10, 273.5, 365, 365, 2555])[1 + floor(8 * uniform(place * 1000 + day, 56))::int] AS harm
FROM generate_series(1::bigint, 34) AS place, generate_series(0, 364) AS day;
VACUUM ANALYZE trial_day;

CREATE FUNCTION randomisation_ms(outcome text, method text) RETURNS float8 LANGUAGE sql
RETURN (SELECT median(array_agg(run(format('SELECT r.* FROM (SELECT trial(place, day, treated, %I) AS t FROM trial_day) q,
                                                   randomisation_p(t, %L) r', outcome, method), 0)))
        FROM generate_series(1, 5));
SELECT format('%-46s %26s', 'randomisation, 34 hot spots by 365 days', '');
SELECT show_number('counts, exact, ms', randomisation_ms('crimes', 'exact'), '<= 200');
SELECT show_number('days of imprisonment, method auto, ms', randomisation_ms('harm', 'auto'));

-- Simulated truth: 20 hot spots by 90 days, of which 8 are drawn; on patrol days 0.7 of the crimes. How often does an interval
-- of 95 % hold it?
CREATE UNLOGGED TABLE simulated_trial AS
SELECT replication, trial(place, date '2025-01-01' + day, treated, (uniform(key, 50) < p)::integer::float8 + (uniform(key, 51) < p)::integer) AS t
FROM (SELECT *, rank() OVER (PARTITION BY replication, day ORDER BY uniform(key, 52)) <= 8 AS treated
      FROM generate_series(1::bigint, 2000) AS replication, generate_series(1::bigint, 20) AS place, generate_series(0, 89) AS day,
           LATERAL (SELECT (replication * 100 + place) * 100 + day AS key) AS k) AS d,
     LATERAL (SELECT 0.1 * (0.5 + uniform(place, 53)) * CASE WHEN treated THEN 0.7 ELSE 1 END AS p) AS r
GROUP BY replication;
SELECT show_number('mean of ' || measure || ', ln(0.7) is -0.36', avg(estimate)) || E'\n' ||
       show_number('intervals that hold the truth: ' || measure, avg((ln(0.7) BETWEEN conf_low AND conf_high)::int), '>= 0.93')
FROM simulated_trial, crossover(t)
WHERE measure IN ('log_rate_ratio', 'mantel_haenszel_log_ratio', 'poisson_fe')
GROUP BY measure ORDER BY measure;
DROP TABLE trial_day, simulated_trial;
