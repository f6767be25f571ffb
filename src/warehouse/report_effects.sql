/* ---- report: whether it worked ---- */

-- Measures that are logarithms of ratios. Weights are no counts: of harm only those whose errors are clustered by place.
CREATE FUNCTION effect_ratios(programme text)
	RETURNS TABLE (nth integer, outcome text, method text, ratio float8, low float8, high float8, level float8, p_value float8, n bigint, note text)
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT m.nth, e.outcome, m.method, exp(e.estimate), exp(e.conf_low), exp(e.conf_high), e.conf_level, e.p_value, e.n, e.note
	FROM effects e JOIN (VALUES
		(1, 'events', 'poisson_fe_day', 'same place, same day'),
		(2, 'events', 'mantel_haenszel_log_ratio', 'same place'),
		(3, 'harm', 'poisson_fe_day', 'same place, same day'),
		(4, 'harm', 'poisson_fe', 'same place')) AS m (nth, outcome, measure, method) USING (outcome, measure)
	WHERE e.programme = effect_ratios.programme;
END;
COMMENT ON FUNCTION effect_ratios(text) IS 'Effects of a programme as ratios of patrol days to others, first the one that the words of a report are of.';

CREATE FUNCTION change_words(ratio float8, outcome text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN change_words.ratio < 0.995 THEN percent_words(1 - change_words.ratio, 0) || ' ' || CASE change_words.outcome WHEN 'events' THEN 'fewer' ELSE 'less' END
		WHEN change_words.ratio >= 1.005 THEN percent_words(change_words.ratio - 1, 0) || ' more'
		ELSE 'no change' END;
END;
COMMENT ON FUNCTION change_words(float8, text) IS 'A ratio in words: 0.78 as 22% fewer (events) or 22% less (harm).';

CREATE FUNCTION effect_words(programme text, outcome text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN r.ratio IS NULL OR r.low IS NULL OR r.high IS NULL
		THEN format('The effect on %s cannot be told%s.', html(r.outcome), coalesce(': ' || html(r.note), ''))
		ELSE format('%s on days that were assigned patrol, against other days of the same places: <b>%s</b> (%s interval: %s to %s). %s',
			initcap(r.outcome), change_words(r.ratio, r.outcome), percent_words(r.level, 0), change_words(r.low, r.outcome), change_words(r.high, r.outcome),
			CASE WHEN r.high < 1 THEN 'So large a drop is hardly chance.'
				WHEN r.low > 1 THEN 'So large a rise is hardly chance.'
				ELSE 'That is within what chance does: these days do not tell whether there was less or more.' END) END
	FROM effect_ratios(effect_words.programme) r WHERE r.outcome = effect_words.outcome
	ORDER BY r.ratio IS NULL OR r.low IS NULL OR r.high IS NULL, r.nth LIMIT 1;
END;
COMMENT ON FUNCTION effect_words(text, text) IS 'The effect on events or harm in words; NULL where there is no assignment.';

-- Where a ratio lies on an axis from lowest to 1 / lowest.
CREATE FUNCTION effect_x(ratio float8, lowest float8, width integer) RETURNS numeric
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT round((effect_x.width * (0.5 - 0.43 * ln(greatest(effect_x.lowest, least(1 / effect_x.lowest, effect_x.ratio))) / ln(effect_x.lowest)))::numeric, 1);
END;
COMMENT ON FUNCTION effect_x(float8, float8, integer) IS 'Position of a ratio on the logarithmic axis of a drawing.';

CREATE FUNCTION effect_chart(programme text, width integer, id text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH effect AS (
		SELECT r.*, 44 * row_number() OVER (ORDER BY r.nth) - 4 AS y FROM effect_ratios(effect_chart.programme) r WHERE r.low > 0 AND r.high < 'infinity'::float8
	), axis AS (
		SELECT max(s.lowest) AS lowest FROM (VALUES (0.8), (0.5), (0.25), (0.1), (0.01)) AS s (lowest)
		WHERE s.lowest <= (SELECT greatest(0.01, least(min(e.low), min(1 / e.high))) FROM effect e)
	), size AS (
		SELECT a.lowest::float8 AS lowest, max(e.y) + 22 AS bottom FROM axis a, effect e GROUP BY a.lowest
	)
	SELECT format('<svg class="effects %1$s" role="img" aria-labelledby="%1$s-effects-title %1$s-effects-desc" viewBox="0 0 %2$s %3$s"><title id="%1$s-effects-title">Patrol days against other days</title>'
			|| '<desc id="%1$s-effects-desc">%4$s</desc><g class="lines">%5$s</g><path class="none" d="M%6$s 16V%7$s"/><text class="side" x="%8$s" y="12" text-anchor="end">&#9664; fewer on patrol days</text>'
			|| '<text class="side" x="%9$s" y="12">more &#9654;</text>%10$s</svg>',
		effect_chart.id, effect_chart.width, s.bottom + 22,
		(SELECT string_agg(format('%s, %s: ratio %s, %s to %s.', e.outcome, e.method, number_words(e.ratio, 2), number_words(e.low, 2), number_words(e.high, 2)), ' ' ORDER BY e.nth) FROM effect e),
		(SELECT string_agg(format('<path d="M%1$s 18V%2$s"/><text x="%1$s" y="%3$s" text-anchor="middle">%4$s</text>', effect_x(t, s.lowest, effect_chart.width), s.bottom, s.bottom + 14,
				CASE WHEN t = 1 THEN 'same' WHEN t < 1 THEN '&#8722;' || percent_words(1 - t, 0) ELSE '+' || percent_words(t - 1, 0) END), '' ORDER BY t)
			FROM unnest(CASE WHEN s.lowest = 0.8 THEN '{0.8,0.9,1,1.1,1.25}'::float8[] WHEN s.lowest = 0.5 THEN '{0.5,0.7,1,1.4,2}'::float8[]
				WHEN s.lowest = 0.25 THEN '{0.25,0.5,1,2,4}'::float8[] WHEN s.lowest = 0.1 THEN '{0.1,0.3,1,3,10}'::float8[] ELSE '{0.01,0.1,1,10,100}'::float8[] END) AS t),
		effect_x(1, s.lowest, effect_chart.width), s.bottom, effect_x(1, s.lowest, effect_chart.width) - 8, effect_x(1, s.lowest, effect_chart.width) + 8,
		(SELECT string_agg(format('<text class="what" x="%1$s" y="%2$s">%3$s, %4$s</text><path class="interval" d="M%5$s %6$sH%7$sM%5$s %8$sv10M%7$s %8$sv10"/><rect class="estimate" x="%9$s" y="%8$s" width="10" height="10"/>',
				4, e.y - 8, initcap(e.outcome), e.method, effect_x(e.low, s.lowest, effect_chart.width), e.y + 6, effect_x(e.high, s.lowest, effect_chart.width), e.y + 1,
				effect_x(e.ratio, s.lowest, effect_chart.width) - 5), '' ORDER BY e.nth) FROM effect e))
	FROM size s;
END;
COMMENT ON FUNCTION effect_chart(text, integer, text) IS 'Ratios and their intervals on a logarithmic axis, as SVG; NULL where none has an interval.';

CREATE FUNCTION effect_rows(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT string_agg(format('<tr><th scope="row">%s</th><td>%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td>%s</td></tr>',
		initcap(r.outcome), r.method, coalesce(number_words(r.ratio, 2), '&#8211;'),
		coalesce(number_words(r.low, 2) || ' to ' || number_words(r.high, 2), '&#8211;'), number_words(r.n), coalesce(html(r.note), '')), '' ORDER BY r.nth)
	FROM effect_ratios(effect_rows.programme) r;
END;
COMMENT ON FUNCTION effect_rows(text) IS 'Ratios, intervals and notes as rows of a table.';

CREATE FUNCTION report_effects(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<section><h2>Did patrols work?</h2><p>%s</p><p>%s</p>%s%s<div class="wide-box" role="region" aria-label="Table of effects" tabindex="0"><table><caption>Ratio of patrol days to other days</caption>'
			|| '<thead><tr><th scope="col">Outcome</th><th scope="col">Compared within</th><th scope="col" class="n">Ratio</th><th scope="col" class="n">%s interval</th>'
			|| '<th scope="col" class="n">Place-days</th><th scope="col">Note</th></tr></thead><tbody>%s</tbody></table></div></section>',
		effect_words(report_effects.programme, 'events'), coalesce(effect_words(report_effects.programme, 'harm'), ''),
		coalesce('<figure>' || effect_chart(report_effects.programme, 760, 'wide') || effect_chart(report_effects.programme, 360, 'narrow')
			|| '<figcaption class="note">Squares are estimates; lines are intervals that hold the true value ' || percent_words(r.level, 0)
			|| ' of the time. A line that crosses "same" leaves open whether there was less or more.</figcaption></figure>', ''),
		'<p class="note">By assignment, whatever patrols were given. ' || coalesce((SELECT format('Had patrols no effect, the draw of the days alone would make such a difference in events with p = %s%s. ',
				number_words(e.p_value, 3), coalesce(' (' || html(e.note) || ')', ''))
			FROM effects e WHERE e.programme = report_effects.programme AND e.outcome = 'events' AND e.measure = 'randomisation' AND e.p_value IS NOT NULL), '')
		|| 'It says nothing of what moved elsewhere.</p>',
		percent_words(r.level, 0), effect_rows(report_effects.programme))
	FROM (SELECT min(e.level) AS level FROM effect_ratios(report_effects.programme) e HAVING count(*) > 0) r;
END;
COMMENT ON FUNCTION report_effects(text) IS 'Section of report(): effects of the patrols assigned; NULL where there is no assignment.';
