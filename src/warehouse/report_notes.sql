/* ---- report: what was left out, and what the page is of ---- */

CREATE FUNCTION left_out(programme text) RETURNS TABLE (nth integer, what text, n bigint, reason text)
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT v.nth, v.what, v.n, v.reason
	FROM refresh_runs r JOIN report_programme(left_out.programme) p ON p.name = r.programme
	CROSS JOIN LATERAL (VALUES
		(1, 'Events', r.skipped_time, 'without a time, so of no day; those that this run found'),
		(2, 'Events', r.skipped_geometry, 'without a place'),
		(3, 'Events', r.skipped_coordinates, 'with a coordinate that is not a number'),
		(4, 'Events', r.skipped_harm, 'without a harm'),
		(5, 'Events', r.skipped_outside, 'outside the study area'),
		(6, 'Times', r.finish_ignored, 'of an end before the start: the event counts at its start; those that this run read'),
		(7, 'GPS fixes', r.fixes_skipped, format('without a unit or a place, of %s that this run read', number_words(r.fixes_read))),
		(8, 'Place-days', r.place_days_left_out, 'of the assignment outside the days of the list')) AS v (nth, what, n, reason)
	WHERE r.in_force AND v.n IS NOT NULL AND NOT (v.nth = 5 AND p.area IS NULL);
END;
COMMENT ON FUNCTION left_out(text) IS 'What the list in force does not count, and why.';

CREATE FUNCTION left_out_words(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN sum(l.n) > 0 THEN format('<b>%s</b> not counted, mostly %s.', count_words(sum(l.n)::bigint, 'event was', 'events were'),
		(SELECT html(m.reason) FROM left_out(left_out_words.programme) m WHERE m.nth <= 5 ORDER BY m.n DESC, m.nth LIMIT 1))
		ELSE 'No event was left out.' END
	FROM left_out(left_out_words.programme) l WHERE l.nth <= 5;
END;
COMMENT ON FUNCTION left_out_words(text) IS 'How many events were left out, in words.';

-- A refresh that failed since: the list is older than it should be, and whoever reads the page must know.
CREATE FUNCTION report_warning(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<p class="warning" role="note"><b>Not up to date.</b> The refresh of %s failed, so this is the list before it. The reason: %s</p>',
		date_words((l.started AT TIME ZONE p.tz)::date), html(l.error))
	FROM report_programme(report_warning.programme) p
	JOIN refresh_runs f ON f.programme = p.name AND f.in_force
	JOIN LATERAL (SELECT r.run, r.started, r.outcome, r.error FROM refresh_runs r
		WHERE r.programme = p.name AND r.outcome IN ('ok', 'failed') ORDER BY r.run DESC LIMIT 1) l ON l.run > f.run AND l.outcome = 'failed';
END;
COMMENT ON FUNCTION report_warning(text) IS 'That the last refresh failed; NULL where it did not.';

CREATE FUNCTION settings_rows(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT string_agg(format('<tr><th scope="row">%s</th><td>%s</td></tr>', v.what, html(v.setting)), '' ORDER BY v.nth)
	FROM report_programme(settings_rows.programme) p
	JOIN refresh_runs r ON r.programme = p.name AND r.in_force
	CROSS JOIN LATERAL (VALUES
		(1, 'Data as of', to_char(r.as_of AT TIME ZONE p.tz, 'FMDD FMMonth YYYY, HH24:MI') || ' (' || p.tz || ')'),
		(2, 'Days counted', date_words(r.since) || ' to ' || date_words(r.until)),
		(3, 'Run', format('%s, %s, finished %s, as %s', r.run, r.method, to_char(r.finished AT TIME ZONE p.tz, 'FMDD FMMonth YYYY, HH24:MI'), r.role)),
		(4, 'Events', p.events || ' (' || number_words(r.events) || ' counted)'),
		(5, 'Grid', p.grid::text),
		(6, 'Ranked by', p.rank_by || CASE WHEN p.separation > 0 THEN ', centres at least ' || number_words(p.separation) || ' apart' ELSE '' END),
		(7, 'Study area', coalesce(p.area, 'none')),
		(8, 'Passed over', coalesce('cells that touch ' || p.exclude, 'none')),
		(9, 'History, late records', span_words(p.history) || '; the last ' || span_words(p.late) || ' are read again'),
		(10, 'A day begins', to_char(time '00:00' + p.day_start, 'HH24:MI') || ', ' || p.tz),
		(11, 'GPS fixes', coalesce(p.fixes || CASE WHEN p.zone_buffer > 0 THEN ', within ' || number_words(p.zone_buffer) || ' of a cell' ELSE '' END, 'none')),
		(12, 'Plan for a day', coalesce(nullif(concat_ws(', ', count_words(p.visits_due, 'visit', 'visits')
			|| CASE WHEN p.dwell_due > '0'::interval THEN ' of at least ' || number_words(EXTRACT(epoch FROM p.dwell_due)::float8 / 60) || ' minutes' ELSE '' END,
			number_words(p.minutes_due) || ' minutes', 'at most ' || number_words(p.ceiling)), ''), 'none')),
		(13, 'Assignment', coalesce(p.assignment || ' (' || number_words(r.place_days) || ' place-days)', p.assignment, 'none'))) AS v (nth, what, setting);
END;
COMMENT ON FUNCTION settings_rows(text) IS 'Of what data and by which settings a report is, as rows of a table.';

CREATE FUNCTION report_notes(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<section><h2>What was left out, and why</h2><table class="plain"><caption>Not counted on this page</caption><thead><tr><th scope="col">What</th><th scope="col" class="n">How many</th><th scope="col">Why</th></tr></thead><tbody>%s</tbody></table>%s</section>'
			|| '<section><h2>Data and settings</h2><table class="plain settings"><caption>As the programme has them now</caption><tbody>%s</tbody></table></section>',
		(SELECT string_agg(format('<tr><th scope="row">%s</th><td class="n">%s</td><td>%s</td></tr>', l.what, number_words(l.n), html(l.reason)), '' ORDER BY l.nth)
			FROM left_out(report_notes.programme) l),
		(SELECT '<ul class="note">' || CASE WHEN p.exclude IS NOT NULL THEN '<li>Cells that touch ' || html(p.exclude) || ' are on no list; their events count in totals.</li>' ELSE '' END
				|| CASE WHEN p.separation > 0 THEN '<li>Cells closer than ' || number_words(p.separation) || ' to a hotter hot spot are not listed.</li>' ELSE '' END
				|| CASE WHEN p.fixes IS NULL THEN '<li>There is nothing on patrols: the programme names no GPS fixes.</li>' ELSE '' END
				|| CASE WHEN p.assignment IS NULL THEN '<li>There is nothing on effects: the programme has no assignment of patrol days. Counts before and after tell little of what patrols did.</li>' ELSE '' END
				|| '<li>Only what was recorded is counted: a place where nobody calls the police looks quiet.</li></ul>'
			FROM report_programme(report_notes.programme) p),
		settings_rows(report_notes.programme));
END;
COMMENT ON FUNCTION report_notes(text) IS 'Sections of report(): what was left out, and data and settings.';
