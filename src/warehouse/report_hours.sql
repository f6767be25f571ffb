/* ---- report: hours of the week ---- */

CREATE FUNCTION hour_shares(programme text) RETURNS TABLE (rank integer, weekday integer, hour integer, events float8, harm float8, share float8)
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT s.rank, s.weekday, s.hour, s.events, s.harm, CASE WHEN p.rank_by = 'events' THEN s.events ELSE s.harm END
		/ nullif(sum(CASE WHEN p.rank_by = 'events' THEN s.events ELSE s.harm END) OVER (PARTITION BY s.rank), 0)
	FROM (
		SELECT h.rank, h.weekday, h.hour, sum(h.events) AS events, sum(h.harm) AS harm
		FROM hot_spot_hours h WHERE h.programme = hour_shares.programme
		GROUP BY GROUPING SETS ((h.rank, h.weekday, h.hour), (h.weekday, h.hour))
	) s, report_programme(hour_shares.programme) p;
END;
COMMENT ON FUNCTION hour_shares(text) IS
'Events and harm of the hot spots in force by hour of the local week, and the share of the week''s harm (rank_by events: events); rank NULL: of all together.';

CREATE FUNCTION hour_words(weekday integer, hour integer) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT peak_words(hour_words.weekday, hour_words.hour, 1);
END;
COMMENT ON FUNCTION hour_words(integer, integer) IS 'An hour of the week as Friday 22:00 to 23:00.';

CREATE FUNCTION hours_table(programme text, step float8) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT '<table class="hours"><caption>Percentage of the week''s ' || html(p.rank_by) || ' in each hour, all hot spots together</caption><thead><tr><td></td>'
		|| '<th scope="col">Mon</th><th scope="col">Tue</th><th scope="col">Wed</th><th scope="col">Thu</th><th scope="col">Fri</th>'
		|| '<th scope="col">Sat</th><th scope="col">Sun</th></tr></thead><tbody>'
		|| (SELECT string_agg(line.html, '' ORDER BY line.hour)
			FROM (
				SELECT s.hour, format('<tr><th scope="row">%s:00</th>%s</tr>', lpad(s.hour::text, 2, '0'), string_agg(format('<td class="%s" title="%s">%s</td>',
					shade(s.share, 0, hours_table.step), format('%s: %s events, harm %s', hour_words(s.weekday, s.hour), number_words(s.events, 1), number_words(s.harm)),
					number_words(100 * s.share, 1)), '' ORDER BY s.weekday)) AS html
				FROM hour_shares(p.name) s WHERE s.rank IS NULL GROUP BY s.hour
			) line)
		|| '</tbody></table>'
	FROM report_programme(hours_table.programme) p;
END;
COMMENT ON FUNCTION hours_table(text, float8) IS 'The hours of the week of all hot spots together, as a table with shades; step as in shade().';

-- A square of one by one for each hour, and one path for each shade.
CREATE FUNCTION hours_small(programme text, first integer) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH shaded AS (
		SELECT h.rank, h.weekday, h.hour, shade(h.share, 0, max(h.share) OVER (PARTITION BY h.rank) / 5) AS shade
		FROM hour_shares(hours_small.programme) h WHERE h.rank <= hours_small.first AND h.share IS NOT NULL
	), path AS (
		SELECT s.rank, format('<path class="%s" d="%s"/>', s.shade, string_agg(format('M%s %sh1v1h-1z', s.hour, s.weekday - 1), '' ORDER BY s.weekday, s.hour)) AS path
		FROM shaded s WHERE s.shade <> 's0' GROUP BY s.rank, s.shade
	)
	SELECT string_agg(format('<li><svg role="img" aria-label="Hours of the week of hot spot %s" viewBox="-1.7 -.6 26.3 9.6"><rect class="s0" width="24" height="7"/>%s'
			|| '<path class="ticks" d="M0 7v.5M6 7v.5M12 7v.5M18 7v.5M24 7v.5"/><text x="0" y="8.4">00</text><text x="6" y="8.4">06</text>'
			|| '<text x="12" y="8.4">12</text><text x="18" y="8.4">18</text><text x="-.3" y=".9" class="day">M</text><text x="-.3" y="4.9" class="day">F</text>'
			|| '<text x="-.3" y="6.9" class="day">S</text></svg><b>%s</b> %s</li>',
		c.rank, p.paths, c.rank, coalesce(html(c.peak) || ' (' || percent_words(c.peak_share, 0) || ')', '')), '' ORDER BY c.rank)
	FROM current_hot_spots c JOIN (SELECT path.rank, string_agg(path.path, '') AS paths FROM path GROUP BY path.rank) p ON p.rank = c.rank
	WHERE c.programme = hours_small.programme;
END;
COMMENT ON FUNCTION hours_small(text, integer) IS 'The hours of the week of each of the first hot spots, as small drawings with their peaks in words.';

-- The hours, of as many as a peak has, with the largest share of all hot spots together.
CREATE FUNCTION hours_words(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('The %s of the week with the most %s at the hot spots: <b>%s</b>, with %s of it (%s times what they would have if all hours were alike).',
		CASE p.peak_length WHEN 1 THEN 'hour' ELSE p.peak_length || ' hours' END, html(p.rank_by), peak_words(w.weekday, w.hour, p.peak_length),
		percent_words(w.share), number_words(w.share * 168 / p.peak_length, 1))
	FROM report_programme(hours_words.programme) p,
		LATERAL (
			SELECT a.weekday, a.hour, sum(b.share) AS share
			FROM hour_shares(p.name) a, hour_shares(p.name) b
			WHERE a.rank IS NULL AND b.rank IS NULL AND ((b.weekday - a.weekday) * 24 + b.hour - a.hour + 168) % 168 < p.peak_length
			GROUP BY a.weekday, a.hour
			ORDER BY 3 DESC, a.weekday, a.hour LIMIT 1
		) w
	WHERE w.share IS NOT NULL;
END;
COMMENT ON FUNCTION hours_words(text) IS 'The peak of all hot spots together, in words; NULL where no hours are known.';

CREATE FUNCTION report_hours(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<section class="keep"><h2>When</h2><p>%s</p><div class="two"><figure>%s<figcaption><p class="legend"><b>%% of the week</b> %s</p></figcaption></figure>'
			|| '<div><h3>The first %s</h3><p class="note">Monday to Sunday down, hours across; the darkest hours of each are its own. Below: its peak, and the share of its %s in it.</p>'
			|| '<ul class="small">%s</ul></div></div><p class="note">Local time, %s. An event whose time is not known is shared out over the hours it may have happened in.</p></section>',
		hours_words(p.name), hours_table(p.name, s.step), shade_legend(0, 100 * s.step, CASE WHEN s.step < 0.01 THEN 1 ELSE 0 END, '%'),
		(SELECT CASE count(*) WHEN 1 THEN 'hot spot' ELSE least(8, count(*)) || ' hot spots' END FROM current_hot_spots c WHERE c.programme = p.name), html(p.rank_by), coalesce(hours_small(p.name, 8), ''), html(p.tz))
	FROM report_programme(report_hours.programme) p,
		LATERAL (SELECT shade_step(max(h.share)) AS step FROM hour_shares(p.name) h WHERE h.rank IS NULL AND h.share > 0) s
	WHERE s.step IS NOT NULL;
END;
COMMENT ON FUNCTION report_hours(text) IS 'Section of report(): hours of the week; NULL where none are known.';
