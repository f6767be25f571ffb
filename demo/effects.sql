-- Whether it worked, in the two trials of demo/trials.sql: what demo/run shows after demo/dosage.sql.
--
--   psql -f demo/effects.sql
--
-- Nothing is written: this runs in a transaction that is read only, and hotspot need not be on the search_path. The
-- trial and the panel are summary values; psql keeps them between the queries.
--
-- Here the true effects are known, because the data are generated, and are shown beside the estimates. An interval of
-- 95 % misses the truth one time in twenty.

\set ON_ERROR_STOP on
\pset footer off
\pset null '-'

SELECT hotspot.trial(place, day, treated, crimes, minutes) AS trial,
	sum(crimes) FILTER (WHERE treated) AS patrol_crimes, sum(minutes) / 60 AS patrol_hours
FROM patrol_trial
\gset
SELECT hotspot.panel(place, month, crimes, treated_from) AS panel,
	count(*) FILTER (WHERE month >= treated_from) AS treated_months
FROM rollout
\gset

\echo
\echo '15. A patrol trial: 20 hot spots, 90 days, each day 8 drawn for patrol'
\echo

SELECT CASE WHEN treated THEN 'patrol' ELSE 'no patrol' END AS "drawn for",
	count(*) AS "place-days", sum(crimes) AS "crimes", round(avg(crimes), 3) AS "crimes a day",
	round(avg(minutes)::numeric, 1) AS "minutes a day"
FROM patrol_trial
GROUP BY treated
ORDER BY treated DESC;

SELECT l.label AS "patrol days against others", round(exp(c.estimate)::numeric, 2) AS "rate ratio",
	format('%s to %s', round(exp(c.conf_low)::numeric, 2), round(exp(c.conf_high)::numeric, 2)) AS "95 % interval",
	format('%s %%', round(100 * (exp(c.estimate) - 1)::numeric)) AS "change",
	'0.70' AS "truth"
FROM hotspot.crossover(:'trial'::hotspot.trial) c
	JOIN (VALUES (1, 'log_rate_ratio', 'crude'), (2, 'mantel_haenszel_log_ratio', 'within hot spots'),
		(3, 'poisson_fe_day', 'within hot spots and days')) AS l (nth, measure, label) USING (measure)
ORDER BY l.nth;

SELECT round(r.estimate::numeric) AS "crimes above expected on patrol days", to_char(r.p_value, '0.0000000') AS "exact p"
FROM hotspot.randomisation_p(:'trial'::hotspot.trial) r
WHERE r.measure = 'randomisation';

\echo '   Exact p: how often the draw alone would give as large a difference, had patrol no effect.'
\echo '   It says that there is an effect; the rate ratio says how large.'
\echo
\echo '16. A programme rolled out in three steps: 300 places, 36 months'
\echo

SELECT l.label AS "crimes a place and month", round(e.estimate::numeric, 2) AS "change",
	coalesce(format('%s to %s', round(e.conf_low::numeric, 2), round(e.conf_high::numeric, 2)), '-') AS "95 % interval",
	'-1.50' AS "truth"
FROM (VALUES (1, 'callaway', 'Callaway and Sant''Anna'), (2, 'twfe', 'two-way fixed effects')) AS l (nth, method, label),
	hotspot.did(:'panel'::hotspot.panel, l.method) e
ORDER BY l.nth;

SELECT lag AS "months since start", round(estimate::numeric, 2) AS "change",
	format('%s to %s', round(conf_low::numeric, 2), round(conf_high::numeric, 2)) AS "95 % interval",
	CASE WHEN lag < 0 THEN '0.00' ELSE '-1.50' END AS "truth"
FROM hotspot.event_study(:'panel'::hotspot.panel)
WHERE lag BETWEEN -4 AND 5
ORDER BY lag;

SELECT round(statistic::numeric, 1) AS "chi-square", df, round(p_value::numeric, 2) AS "p, no trend before"
FROM hotspot.event_study(:'panel'::hotspot.panel)
WHERE measure = 'pre_trend';

\echo '   Before the start there should be nothing. A large p does not prove that trends were parallel.'
\echo
\echo '17. What was prevented, and what it cost, at 50 an hour'
\echo

SELECT 'patrol trial' AS " ", replace(p.measure, '_', ' ') AS "what", round(p.estimate::numeric) AS "estimate",
	coalesce(round(p.conf_low::numeric)::text, '-') AS "from", coalesce(round(p.conf_high::numeric)::text, '-') AS "to"
FROM hotspot.crossover(:'trial'::hotspot.trial) c, hotspot.prevented(c, :patrol_crimes, :patrol_hours, 50) p
WHERE c.measure = 'mantel_haenszel_log_ratio'
UNION ALL
SELECT 'roll-out', p.measure, round(p.estimate::numeric), round(p.conf_low::numeric)::text, round(p.conf_high::numeric)::text
FROM hotspot.did(:'panel'::hotspot.panel, 'callaway') d, hotspot.prevented(d, :treated_months) p;

\echo '   The cost is of every hour that GPS found there, drawn or not.'
\echo
\echo '18. The same programme before and after, without a control: not an effect'
\echo

SELECT format('month %s', treated_from) AS "treated from",
	round(avg(crimes) FILTER (WHERE month < treated_from), 2) AS "12 months before",
	round(avg(crimes) FILTER (WHERE month >= treated_from), 2) AS "12 months after",
	round(avg(crimes) FILTER (WHERE month >= treated_from) - avg(crimes) FILTER (WHERE month < treated_from), 2) AS "before/after",
	'-1.50' AS "truth"
FROM rollout
WHERE month >= treated_from - 12 AND month < treated_from + 12
GROUP BY treated_from
ORDER BY treated_from;

\echo '   Crime fell anyway, everywhere. Before/after without a control claims that fall for the programme.'
\echo
\echo 'Which estimate to use when, and what not to claim: doc/testing.md'
