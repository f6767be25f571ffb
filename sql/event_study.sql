-- event_study(panel): effects by the time since treatment began, and the pre-trend test.

-- Cohorts 3 and 4 of two places each, two never treated, four periods. By hand: noise +-x apart, so that with two places population
-- variances of changes are known. Cohort 3: 0, 1, 4, 6; cohort 4: 0, 2, 3, 9; never: 0, 0, 0, 0.
-- Lags: -2: ATT(4,2) = 2; -1: ATT(3,2) = 1, ATT(4,3) = 1; 0: ATT(3,3) = 3, ATT(4,4) = 6; 1: ATT(3,4) = 5.
CREATE TABLE study AS
SELECT hotspot.panel(cohort || place, period, (outcomes::float8[])[period] + CASE WHEN place = 'a' THEN 0.5 ELSE -0.5 END * (noises::float8[])[period], treated_from) AS p,
	hotspot.panel(cohort || place, period, (outcomes::float8[])[period] + CASE WHEN place = 'a' THEN 0.5 ELSE -0.5 END * (noises::float8[])[period], treated_from, cohort || place) AS in_clusters,
	hotspot.panel(cohort || place, period, (outcomes::float8[])[period], treated_from, place) AS in_two_clusters
FROM (VALUES ('three', '{0,1,4,6}', '{1,2,4,8}', 3), ('four', '{0,2,3,9}', '{1,3,4,5}', 4), ('never', '{0,0,0,0}', '{2,1,1,3}', NULL)) AS c (cohort, outcomes, noises, treated_from),
	unnest('{a,b}'::text[]) AS place, generate_series(1, 4) AS period;
-- Standard errors by hand: lag -2: changes of noise 2 (cohort 4), -1 (never): sqrt(1^2 / 2 + 0.5^2 / 2) = sqrt(0.625). Lag 1: cohort 3 from period 2 to 4: 6; never: 2:
-- sqrt(3^2 / 2 + 1^2 / 2) = sqrt(5). Lag -1: mean of cells with changes 1, -1 and 1, 0: influences of cohort 3 a: 0.5 / 4, of cohort 4: 0.5 / 4, of never: (0.5 + 0) / 4
-- each twice: sqrt(6 * (1/8)^2) = sqrt(0.09375). Lag 0: changes 2, 0 and 1, 2: 1 / 4, 0.5 / 4, -(0 + 1) / 4, and 3 and 6 from their mean 4.5, by 4: -+1.5 / 4, of
-- cohort 3 (1 - 1.5) / 4 and (-1 - 1.5) / 4, of cohort 4 (0.5 + 1.5) / 4 and (-0.5 + 1.5) / 4: sqrt((0.25 + 6.25 + 4 + 1 + 1 + 1) / 16) = sqrt(0.84375).
SELECT e.lag, measure, round(estimate::numeric, 9) AS estimate, round(std_error::numeric ^ 2, 9) AS variance, df, round(statistic::numeric, 9) AS statistic, round(p_value::numeric, 9) AS p_value, n, note
FROM study, hotspot.event_study(p) AS e;
-- The test by hand: cells ATT(3,2) = 1, ATT(4,2) = 2, ATT(4,3) = 1. Their covariances come from the influences
-- (0.5, 0, 0) / 2 of cohort 3, (0, 1, 0.5) / 2 of cohort 4, (0.5, 0.5, 0) / 2 of never, each twice with both signs: 2/4 * [[.25+.25, .25, 0], [.25, 1+.25, .5], [0, .5, .25]].
-- V = [[.25, .125, 0], [.125, .625, .25], [0, .25, .125]], determinant 1/512; x' V^-1 x with x = (1, 2, 1):
-- adj(V) = [[1/64, -1/64, 1/32], [-1/64, 1/32, -1/16], [1/32, -1/16, 9/64]]: (1 + 8 + 9 - 4 + 4 - 16) / 64 * 512 = 16.
SELECT round(statistic::numeric, 6) AS wald, df FROM study, hotspot.event_study(p) AS e WHERE e.lag IS NULL;

-- Clusters of one place each are as none, up to rounding.
SELECT count(*) AS same FROM study, hotspot.event_study(p) AS e JOIN hotspot.event_study(in_clusters) AS c ON e.lag IS NOT DISTINCT FROM c.lag
WHERE e.estimate IS NOT DISTINCT FROM c.estimate AND abs(coalesce(e.std_error / c.std_error, e.statistic / c.statistic) - 1) < 1e-12;
-- With fewer clusters than cells there is no test.
SELECT e.lag, estimate, std_error, note FROM study, hotspot.event_study(in_two_clusters) AS e;

-- cr1: sqrt(6 / 5) times, with t(5).
SELECT e.lag, round((c.std_error / e.std_error)::numeric ^ 2, 9) AS ratio, c.df FROM study, hotspot.event_study(p) AS e JOIN hotspot.event_study(p, se => 'cr1') AS c USING (lag);

-- Against the last period before treatment: lag -1 is 0, and before it signs turn.
SELECT e.lag, round(estimate::numeric, 9) AS estimate, std_error IS NULL AS no_error, note FROM study, hotspot.event_study(p, base => 'universal') AS e;
SELECT e.lag, round(estimate::numeric, 9) AS estimate, note FROM study, hotspot.event_study(p, 'notyet') AS e WHERE e.lag IS NOT NULL;
SELECT e.lag, round(estimate::numeric, 9) AS estimate, note FROM study, hotspot.event_study(p, anticipation => 1) AS e;

-- Nothing to tell.
SELECT e.lag, measure, estimate, statistic, n, note FROM hotspot.event_study((SELECT hotspot.panel('A'::text, 1, 1, NULL))) AS e;
SELECT e.lag, measure, estimate, statistic, n, note FROM hotspot.event_study((SELECT hotspot.panel('A'::text, period, 1, 2) FROM generate_series(1, 3) AS period)) AS e;
SELECT count(*) AS of_null FROM hotspot.event_study(NULL);
SELECT e.lag, measure, estimate, n, note FROM hotspot.event_study((SELECT hotspot.panel(place, period, period * place, nullif(place, 3)::int) FROM generate_series(1, 3) AS period, generate_series(1::bigint, 3) AS place)) AS e;
SELECT count(*) FROM study, hotspot.event_study(p, conf_level => 0) AS e;

DROP TABLE study;
