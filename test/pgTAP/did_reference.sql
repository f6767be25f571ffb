-- The estimators of panel against slow SQL: the textbook's formulas over rows, not cohorts.
BEGIN;
SELECT plan(25);

CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';
CREATE FUNCTION near(a float8, b float8, tolerance float8 DEFAULT 1e-10) RETURNS boolean LANGUAGE sql IMMUTABLE AS
	'SELECT abs(a - b) <= tolerance * greatest(abs(a), abs(b))';

-- 90 places by 8 periods, three cohorts and some never treated; counts, and amounts of any sign.
CREATE TABLE observed AS
SELECT place, period, (2 + pick(place, 1, 5) + period % 3 + pick(place * 100 + period, 2, 6) + CASE WHEN period >= treated_from THEN 1 + period - treated_from ELSE 0 END)::float8 AS y,
	ln(3 + pick(place * 100 + period, 3, 1000)) - 5 + CASE WHEN period >= treated_from THEN 0.3 ELSE 0 END AS amount,
	treated_from, (period >= treated_from AND treated_from IS NOT NULL)::int AS d, place % 13 AS force
FROM (SELECT place, CASE place % 5 WHEN 0 THEN 3 WHEN 1 THEN 5 WHEN 2 THEN 6 END AS treated_from FROM generate_series(1, 90) AS place) AS p, generate_series(1, 8) AS period;
CREATE TABLE built AS
SELECT hotspot.panel(place, period, y, treated_from) AS counts, hotspot.panel(place, period, amount, treated_from) AS amounts,
	hotspot.panel(place, period, y, treated_from, force) AS by_force FROM observed;

-- ATT and its error: means and population variances of changes.
CREATE FUNCTION base_of(cohort int, period int, base text, anticipation int) RETURNS int LANGUAGE sql IMMUTABLE AS
	$$ SELECT CASE WHEN period >= cohort - anticipation OR base = 'universal' THEN cohort - anticipation - 1 ELSE period - 1 END $$;
CREATE FUNCTION slow_att(control text, base text, anticipation int) RETURNS TABLE (cohort int, period int, att float8, std_error float8, n bigint) LANGUAGE sql AS $$
	WITH cell AS (
		SELECT g.cohort, t AS period, base_of(g.cohort, t, base, anticipation) AS b
		FROM (SELECT DISTINCT treated_from AS cohort FROM observed WHERE treated_from IS NOT NULL) AS g, generate_series(1, 8) AS t
	), change AS (
		SELECT c.cohort, c.period, (o.treated_from IS NOT DISTINCT FROM c.cohort) AS treated, o.amount - before.amount AS dy
		FROM cell AS c JOIN observed AS o ON o.period = c.period JOIN observed AS before ON before.place = o.place AND before.period = c.b
		WHERE c.b >= 1 AND (o.treated_from IS NULL OR o.treated_from = c.cohort OR (control = 'notyet' AND o.treated_from > greatest(c.period, c.b) + anticipation))
	)
	SELECT cohort, period, avg(dy) FILTER (WHERE treated) - avg(dy) FILTER (WHERE NOT treated),
		sqrt(var_pop(dy) FILTER (WHERE treated) / count(*) FILTER (WHERE treated) + var_pop(dy) FILTER (WHERE NOT treated) / count(*) FILTER (WHERE NOT treated)), count(*)
	FROM change GROUP BY cohort, period $$;
SELECT is(count(*) FILTER (WHERE near(a.estimate, s.att) AND near(a.std_error, nullif(s.std_error, 0)) IS NOT false AND a.n = s.n), count(*), format('att: %s, %s, %s', control, base, anticipation))
FROM built, unnest('{never,notyet}'::text[]) AS control, unnest('{varying,universal}'::text[]) AS base, generate_series(0, 1) AS anticipation,
	LATERAL (SELECT * FROM hotspot.att(amounts, control, anticipation => anticipation, base => base)) AS a
	FULL JOIN LATERAL slow_att(control, base, anticipation) AS s USING (cohort, period)
GROUP BY control, base, anticipation;

-- The four summaries.
SELECT ok(near((hotspot.did(amounts, 'callaway', summary => 'simple')).estimate, (SELECT sum(att * places) / sum(places) FROM slow_att('never', 'varying', 0) JOIN (SELECT treated_from AS cohort, count(DISTINCT place) AS places FROM observed GROUP BY 1) AS g USING (cohort) WHERE period >= cohort)), 'simple') FROM built;
SELECT ok(near((hotspot.did(amounts, 'callaway', summary => 'group')).estimate, (SELECT sum(mean * places) / sum(places) FROM (SELECT cohort, avg(att) AS mean FROM slow_att('never', 'varying', 0) WHERE period >= cohort GROUP BY 1) AS m JOIN (SELECT treated_from AS cohort, count(DISTINCT place) AS places FROM observed GROUP BY 1) AS g USING (cohort))), 'group') FROM built;
SELECT ok(near((hotspot.did(amounts, 'callaway', summary => 'dynamic')).estimate, (SELECT avg(mean) FROM (SELECT sum(att * places) / sum(places) AS mean FROM slow_att('never', 'varying', 0) JOIN (SELECT treated_from AS cohort, count(DISTINCT place) AS places FROM observed GROUP BY 1) AS g USING (cohort) WHERE period >= cohort GROUP BY period - cohort) AS m)), 'dynamic') FROM built;
SELECT ok(near((hotspot.did(amounts, 'callaway', summary => 'calendar')).estimate, (SELECT avg(mean) FROM (SELECT sum(att * places) / sum(places) AS mean FROM slow_att('never', 'varying', 0) JOIN (SELECT treated_from AS cohort, count(DISTINCT place) AS places FROM observed GROUP BY 1) AS g USING (cohort) WHERE period >= cohort GROUP BY period) AS m)), 'calendar') FROM built;

-- Their errors by the jackknife would be others; but clusters of one place are no clusters, computed another way.
SELECT ok(bool_and(near((hotspot.did(a, 'callaway', summary => summary)).std_error, (hotspot.did(b, 'callaway', summary => summary)).std_error)), 'clusters of one place change no error')
FROM (SELECT hotspot.panel(place, period, amount, treated_from) AS a, hotspot.panel(place, period, amount, treated_from, place::bigint) AS b FROM observed) AS q, unnest('{simple,group,dynamic,calendar}'::text[]) AS summary;
SELECT is(count(*) FILTER (WHERE near(e.estimate, c.estimate) AND near(e.std_error, c.std_error)), count(*), 'nor of an event study')
FROM (SELECT hotspot.panel(place, period, amount, treated_from) AS a, hotspot.panel(place, period, amount, treated_from, place::bigint) AS b FROM observed) AS q,
	LATERAL hotspot.event_study(a, 'notyet') AS e JOIN LATERAL hotspot.event_study(b, 'notyet') AS c USING (lag);

-- Two-way least squares by demeaning rows; CR1 by scores of places and of forces.
CREATE TABLE within AS
SELECT place, period, force, amount - avg(amount) OVER i - avg(amount) OVER t + avg(amount) OVER () AS y, d - avg(d) OVER i - avg(d) OVER t + avg(d) OVER () AS d
FROM (SELECT place, period, force, amount, d::float8 AS d FROM observed) AS o WINDOW i AS (PARTITION BY place), t AS (PARTITION BY period);
CREATE TABLE ols AS SELECT sum(d * y) / sum(d * d) AS beta, sum(d * d) AS dd FROM within;
SELECT ok(near((hotspot.did(amounts)).estimate, beta), 'twfe') FROM built, ols;
SELECT ok(near((hotspot.did(amounts)).std_error, (SELECT sqrt(sum(s * s) * 90 / 89 * 719 / (720 - 9)) / dd FROM (SELECT sum(d * (y - beta * d)) AS s FROM within GROUP BY place) AS q)), 'twfe, CR1 by place') FROM built, ols;
SELECT ok(near((hotspot.did((SELECT hotspot.panel(place, period, amount, treated_from, force) FROM observed))).std_error,
	(SELECT sqrt(sum(s * s) * 13 / 12 * 719 / (720 - 9)) / dd FROM (SELECT sum(d * (y - beta * d)) AS s FROM within GROUP BY force) AS q)), 'twfe, CR1 by force') FROM ols;
SELECT ok(near((hotspot.did(amounts, se => 'iid')).std_error, (SELECT sqrt(sum((y - beta * d) ^ 2) / (720 - 90 - 8) / dd) FROM within)), 'twfe, iid') FROM built, ols;
SELECT ok(near(sum(weight), 1) AND near(sum(weight * estimate), (SELECT beta FROM ols)) AND bool_and(weight > 0), 'bacon adds up to it') FROM built, hotspot.bacon(amounts);

-- Poisson by turns: effects of places, periods and the treatment, each given the others, until nothing moves.
CREATE TABLE slow (place int, period int, y float8, d int, mu float8);
INSERT INTO slow SELECT place, period, y, d, 1 FROM observed;
CREATE TABLE slow_beta AS SELECT 0::float8 AS beta;
DO $$
DECLARE
	step float8;
BEGIN
	FOR n IN 1 .. 400 LOOP
		UPDATE slow SET mu = mu * r FROM (SELECT place, sum(y) / sum(mu) AS r FROM slow GROUP BY 1) AS q WHERE q.place = slow.place;
		UPDATE slow SET mu = mu * r FROM (SELECT period, sum(y) / sum(mu) AS r FROM slow GROUP BY 1) AS q WHERE q.period = slow.period;
		SELECT ln(sum(y) / sum(mu)) INTO step FROM slow WHERE d = 1;
		UPDATE slow SET mu = mu * exp(step) WHERE d = 1;
		UPDATE slow_beta SET beta = beta + step;
		EXIT WHEN abs(step) < 1e-14;
	END LOOP;
END
$$;
SELECT ok(near((hotspot.did(counts, 'poisson')).estimate, beta), 'poisson') FROM built, slow_beta;
-- Its errors from the treatment within, weighted, likewise by turns.
ALTER TABLE slow ADD w float8;
UPDATE slow SET w = d;
DO $$
BEGIN
	FOR n IN 1 .. 100 LOOP
		UPDATE slow SET w = w - m FROM (SELECT place, sum(mu * w) / sum(mu) AS m FROM slow GROUP BY 1) AS q WHERE q.place = slow.place;
		UPDATE slow SET w = w - m FROM (SELECT period, sum(mu * w) / sum(mu) AS m FROM slow GROUP BY 1) AS q WHERE q.period = slow.period;
	END LOOP;
END
$$;
SELECT ok(near((hotspot.did(counts, 'poisson', 'iid')).std_error, (SELECT 1 / sqrt(sum(mu * w * w)) FROM slow)), 'poisson, iid') FROM built;
SELECT ok(near((hotspot.did(counts, 'poisson')).std_error,
	(SELECT sqrt(sum(s * s) * 90 / 89 * 719 / (720 - 9)) / (SELECT sum(mu * w * w) FROM slow) FROM (SELECT sum(w * (y - mu)) AS s FROM slow GROUP BY place) AS q)), 'poisson, CR1') FROM built;
SELECT ok(near((hotspot.did(by_force, 'poisson')).std_error,
	(SELECT sqrt(sum(s * s) * 13 / 12 * 719 / (720 - 9)) / (SELECT sum(mu * w * w) FROM slow) FROM (SELECT sum(w * (y - mu)) AS s FROM slow GROUP BY place % 13) AS q)), 'poisson, CR1 by force') FROM built;

-- Overdispersion within places and periods, of a block design, where fitted values are shares of totals.
CREATE TABLE block AS SELECT place, period, y, (place % 3 = 0) AS treated, period >= 5 AS after FROM observed WHERE place <= 40;
SELECT ok(near(substring(note from 'phi = ([0-9.e+-]+)')::float8, (
	SELECT sum((y - fitted) ^ 2 / fitted) / (40 * 8 - 40 - 8) FROM (
		SELECT y, sum(y) OVER (PARTITION BY place) * sum(y) OVER (PARTITION BY treated, after) / sum(y) OVER (PARTITION BY treated) * sum(y) OVER (PARTITION BY period) / sum(y) OVER (PARTITION BY after) AS fitted FROM block) AS q), 1e-11), 'phi')
FROM hotspot.rate_ratio((SELECT hotspot.panel(place, period, y, CASE WHEN treated THEN 5 END) FROM block)) WHERE measure = 'log_rate_ratio_quasi';
SELECT ok(near(r.estimate, (d).estimate) AND near(r.std_error, (d).std_error), 'the rate ratio is that of Poisson regression')
FROM (SELECT hotspot.panel(place, period, y, CASE WHEN treated THEN 5 END) AS p FROM block) AS b, LATERAL (SELECT hotspot.did(p, 'poisson') AS d OFFSET 0) AS q, hotspot.rate_ratio(p) AS r WHERE r.measure = 'log_rate_ratio';

SELECT * FROM finish();
ROLLBACK;
