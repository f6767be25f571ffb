/* ---- report: what the hot spots were given ---- */

CREATE FUNCTION patrolled_days(programme text)
	RETURNS TABLE (day date, hot_spot text, minutes float8, visits bigint, minutes_due float8, visits_done bigint, visits_due integer, compliant boolean)
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT d.day, d.hot_spot, d.patrol_minutes, d.patrol_visits, nullif(k.minutes_due, 0), k.visits_done, nullif(k.visits_due, 0), k.compliant
	FROM refresh_runs r JOIN patrol_days d USING (programme) LEFT JOIN compliance_days k USING (programme, day, hot_spot)
	WHERE r.programme = patrolled_days.programme AND r.in_force AND d.rank IS NOT NULL AND d.day > r.until - 28 AND d.day <= r.until;
END;
COMMENT ON FUNCTION patrolled_days(text) IS 'What each hot spot was given on each of the last 28 days of the list in force, of the lists in force on those days.';

CREATE FUNCTION patrol_words(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('From %s to %s a hot spot was patrolled for <b>%s minutes a day</b>%s, %s. %s', date_words(min(d.day)), date_words(max(d.day)),
		number_words(avg(d.minutes)), coalesce(' of ' || number_words(avg(d.minutes_due)) || ' planned', ''),
		CASE WHEN count(d.visits_due) > 0 THEN format('with %s visits long enough for the plan of %s', number_words(avg(d.visits_done)::float8, 1), number_words(avg(d.visits_due)::float8))
			ELSE format('in %s', count_words(round(avg(d.visits))::bigint, 'visit', 'visits')) END,
		CASE WHEN count(d.compliant) > 0 THEN format('The plan was met on <b>%s</b> of the days of hot spots (%s of %s).',
				percent_words(avg(d.compliant::int)::float8, 0), number_words(count(*) FILTER (WHERE d.compliant)), number_words(count(d.compliant)))
			ELSE 'The programme has no plan to compare that with.' END)
	FROM patrolled_days(patrol_words.programme) d HAVING count(*) > 0;
END;
COMMENT ON FUNCTION patrol_words(text) IS 'What the hot spots were given, in words; NULL where no patrols are known.';

-- A bar from 0 to scale, with the plan as a line across; the numbers stand beside it.
CREATE FUNCTION dosage_bar(minutes float8, due float8, scale float8) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" height="10"/>'
			|| '<rect class="given" y="1.5" width="%s" height="7"/>%s</svg>', round((100 * dosage_bar.minutes / dosage_bar.scale)::numeric, 1),
		coalesce('<path class="due" d="M' || round((100 * dosage_bar.due / dosage_bar.scale)::numeric, 1) || ' 0v10"/>', ''));
END;
COMMENT ON FUNCTION dosage_bar(float8, float8, float8) IS 'Minutes as a bar, with those due as a line.';

CREATE FUNCTION patrol_rows(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH spot AS (
		SELECT c.rank, d.hot_spot, avg(d.minutes) AS minutes, avg(d.minutes_due) AS due, avg(coalesce(d.visits_done, d.visits))::float8 AS visits,
			avg(d.visits_due)::float8 AS visits_due, count(*) FILTER (WHERE d.compliant) AS met, count(d.compliant) AS planned, count(*) AS days
		FROM patrolled_days(patrol_rows.programme) d
		LEFT JOIN current_hot_spots c ON c.programme = patrol_rows.programme AND c.hot_spot = d.hot_spot
		GROUP BY c.rank, d.hot_spot
	), scale AS (
		SELECT greatest(max(s.minutes), max(s.due), 1) * 1.05 AS scale FROM spot s
	)
	SELECT string_agg(format('<tr><th scope="row">%s</th><td>%s</td><td class="n">%s%s</td><td class="graph">%s</td><td class="n">%s%s</td><td class="n">%s</td></tr>',
		coalesce(s.rank::text, '&#8211;'), html(s.hot_spot), number_words(s.minutes), coalesce(' of ' || number_words(s.due), ''),
		dosage_bar(s.minutes, s.due, scale.scale), number_words(s.visits, 1), coalesce(' of ' || number_words(s.visits_due), ''),
		CASE WHEN s.planned > 0 THEN s.met || ' of ' || s.planned ELSE s.days || ' days' END), '' ORDER BY s.rank, s.hot_spot)
	FROM spot s, scale;
END;
COMMENT ON FUNCTION patrol_rows(text) IS 'What each hot spot was given a day, as rows of a table; those that are not on the list any more last.';

CREATE FUNCTION patrol_chart(programme text, width integer, id text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH given AS (
		SELECT d.day, avg(d.minutes) AS minutes, avg(d.minutes_due) AS due, avg(d.compliant::int)::float8 AS met
		FROM patrolled_days(patrol_chart.programme) d GROUP BY d.day
	), scale AS (
		SELECT min(g.day) AS first, max(g.day) AS last, (patrol_chart.width - 52)::float8 / (max(g.day) - min(g.day) + 1) AS wide,
			round_up(greatest(max(g.minutes), max(g.due), 1) / 4) AS step, greatest(max(g.minutes), max(g.due), 1) AS top
		FROM given g
	), axis AS (
		SELECT first, last, wide, step, 140 / (ceil(top / step) * step) AS scale, ceil(top / step)::int AS steps FROM scale
	), bar AS (
		SELECT g.*, 34 + (g.day - a.first) * a.wide AS x, a.wide, g.minutes * a.scale AS high, g.due * a.scale AS due_high, a.last
		FROM given g, axis a
	)
	SELECT format('<svg class="days %1$s" role="img" aria-labelledby="%1$s-days-title %1$s-days-desc" viewBox="0 0 %2$s 184"><title id="%1$s-days-title">Patrol minutes by day</title>'
			|| '<desc id="%1$s-days-desc">Bars: mean patrol minutes of a hot spot on each day. Lowest %3$s, highest %4$s.%5$s</desc><g class="lines">%6$s</g>%7$s%8$s</svg>',
		patrol_chart.id, patrol_chart.width,
		(SELECT number_words(min(g.minutes)) FROM given g), (SELECT number_words(max(g.minutes)) FROM given g),
		(SELECT coalesce(' The line is the plan, ' || number_words(avg(g.due)) || ' minutes.', '') FROM given g),
		(SELECT string_agg(format('<path d="M34 %sH%s"/><text x="29" y="%s" text-anchor="end">%s</text>', 150 - round((n * a.step * a.scale)::numeric, 1), patrol_chart.width - 18,
			154 - round((n * a.step * a.scale)::numeric, 1), number_words(n * a.step)), '' ORDER BY n) FROM axis a, generate_series(0, a.steps) n),
		(SELECT string_agg(format('<g><title>%s</title><rect class="given" x="%s" y="%s" width="%s" height="%s"/></g>',
				format('%s: %s minutes%s', date_words(b.day), number_words(b.minutes), coalesce(' of ' || number_words(b.due) || ', plan met at ' || percent_words(b.met, 0) || ' of hot spots', '')),
				round((b.x + 0.1 * b.wide)::numeric, 1), round((150 - b.high)::numeric, 1), round((0.8 * b.wide)::numeric, 1), round(b.high::numeric, 1))
			|| CASE WHEN (b.day - b.last) % CASE WHEN patrol_chart.width > 500 THEN 3 ELSE 9 END = 0
				THEN format('<text x="%s" y="166" text-anchor="middle">%s</text>', round((b.x + b.wide / 2)::numeric, 1), to_char(b.day::timestamp, 'Dy FMDD')) ELSE '' END, '' ORDER BY b.day)
			FROM bar b),
		coalesce((SELECT string_agg(format('<path class="due" d="M%s %sh%s"/>', round(b.x::numeric, 1), round((150 - b.due_high)::numeric, 1), round(b.wide::numeric, 1)), '' ORDER BY b.day)
			FROM bar b WHERE b.due IS NOT NULL), ''))
	FROM axis;
END;
COMMENT ON FUNCTION patrol_chart(text, integer, text) IS 'Mean patrol minutes of the hot spots by day, and those due, as SVG.';

CREATE FUNCTION report_patrols(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<section><h2>Patrols</h2><p>%1$s</p><figure><h3>By day</h3>%2$s%3$s<figcaption class="note">Minutes with at least one unit there, mean of the hot spots of each day.%4$s</figcaption></figure>'
			|| '<h3>By hot spot</h3><div class="wide-box" role="region" aria-label="Table of patrols by hot spot" tabindex="0"><table class="dosage"><caption>Mean of a day%7$s</caption><thead><tr>'
			|| '<th scope="col">Rank</th><th scope="col">Hot spot</th><th scope="col" class="n">Minutes</th><th scope="col"><span class="hidden">Minutes as a bar</span></th>'
			|| '<th scope="col" class="n">Visits%8$s</th><th scope="col" class="n">%5$s</th></tr></thead><tbody>%6$s</tbody></table></div>'
			|| '<p class="note">Each day counts for the hot spots that were on the list in force on that day; those that are not on it any more have no rank.</p></section>',
		w.words, patrol_chart(report_patrols.programme, 760, 'wide'), patrol_chart(report_patrols.programme, 360, 'narrow'),
		CASE WHEN k.planned THEN ' The line across is the plan.' ELSE '' END, CASE WHEN k.planned THEN 'Plan met, days' ELSE 'Days' END, patrol_rows(report_patrols.programme),
		CASE WHEN k.planned THEN '; the line across a bar is the plan' ELSE '' END, CASE WHEN k.planned THEN ', long enough' ELSE '' END)
	FROM patrol_words(report_patrols.programme) w (words),
		(SELECT bool_or(d.compliant IS NOT NULL) AS planned FROM patrolled_days(report_patrols.programme) d) k
	WHERE w.words IS NOT NULL;
END;
COMMENT ON FUNCTION report_patrols(text) IS 'Section of report(): dosage against plan; NULL where no patrols are known.';
