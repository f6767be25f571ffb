/* ---- report: the list ---- */

-- A sign and a word, so that neither colour nor sign is needed to understand it.
CREATE FUNCTION status_words(status text, rank integer, rank_before integer) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE
		WHEN status_words.status = 'new' THEN '<b class="sign">+</b> new'
		WHEN status_words.status = 'kept' THEN '<b class="sign">=</b> same'
		WHEN status_words.status = 'dropped' THEN '<b class="sign">&#8722;</b> dropped'
		WHEN status_words.rank < status_words.rank_before THEN '<b class="sign">&#9650;</b> up ' || rank_before - rank
		ELSE '<b class="sign">&#9660;</b> down ' || rank - rank_before END;
END;
COMMENT ON FUNCTION status_words(text, integer, integer) IS 'The status of a hot spot as a sign and a word.';

CREATE FUNCTION list_rows(programme text, decimals integer, statistics boolean) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT string_agg(format('<tr><th scope="row">%s</th><td class="n">%s</td><td>%s</td><td>%s</td><td class="n">%s</td><td class="n">%s</td>'
				|| '<td class="n">%s</td><td class="n">%s</td><td class="n">%s</td><td class="n">%s</td>%s<td>%s</td></tr>',
			c.rank, coalesce(c.rank_before::text, '&#8211;'), status_words(c.status, c.rank, c.rank_before), html(c.hot_spot),
			round(c.easting), round(c.northing), number_words(c.events), number_words(c.harm, list_rows.decimals), percent_words(c.share, 2),
			percent_words(c.cumulative_share),
			CASE WHEN list_rows.statistics THEN format('<td class="n">%s</td><td class="n">%s</td>', coalesce(number_words(c.z, 1), '&#8211;'),
				CASE WHEN c.q_value < 0.001 THEN '&lt; 0.001' ELSE coalesce(number_words(c.q_value, 3), '&#8211;') END) ELSE '' END,
			coalesce(html(c.peak), '&#8211;')), '' ORDER BY c.rank)
	FROM current_hot_spots c WHERE c.programme = list_rows.programme;
END;
COMMENT ON FUNCTION list_rows(text, integer, boolean) IS 'The hot spots in force as rows of a table; statistics: with z and q.';

CREATE FUNCTION dropped_words(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT '<p><b class="sign">&#8722;</b> Dropped from the list: ' || string_agg(format('%s (was %s; now %s, harm %s)', html(h.hot_spot), h.rank_before,
		count_words(h.events, 'event', 'events'), number_words(h.harm)), '; ' ORDER BY h.rank_before) || '.</p>'
	FROM hot_spot_history h JOIN refresh_runs r ON r.run = h.run AND r.in_force
	WHERE h.programme = dropped_words.programme AND h.status = 'dropped';
END;
COMMENT ON FUNCTION dropped_words(text) IS 'The hot spots that the list before had and the list in force has not; NULL: none.';

CREATE FUNCTION report_list(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<section class="page"><h2>The list</h2><div class="wide-box" role="region" aria-label="Table of hot spots" tabindex="0"><table class="list">'
			|| '<caption>Hot spots by rank%s, %s to %s</caption><thead><tr><th scope="col">Rank</th><th scope="col" class="n">Before</th>'
			|| '<th scope="col">Status</th><th scope="col">Hot spot</th><th scope="col" class="n">Easting%s</th><th scope="col" class="n">Northing%s</th>'
			|| '<th scope="col" class="n">Events</th><th scope="col" class="n">Harm</th><th scope="col" class="n">Share</th>'
			|| '<th scope="col" class="n">Cumu&#173;lative</th>%s<th scope="col">Peak</th></tr></thead><tbody>%s</tbody></table></div>%s'
			|| '<p class="note">Easting and northing are of the centre. Shares are of all the %s counted; cumulative is of this and all ranks above.%s</p></section>',
		CASE p.rank_by WHEN 'events' THEN ' of events' ELSE ' of harm' END, date_words(r.since), date_words(r.until),
		u.words, u.words,
		CASE WHEN s.statistics THEN '<th scope="col" class="n"><i>z</i></th><th scope="col" class="n"><i>q</i></th>' ELSE '' END,
		list_rows(report_list.programme, s.decimals, s.statistics), coalesce(dropped_words(report_list.programme), ''), html(p.rank_by),
		CASE WHEN s.statistics THEN ' <i>z</i> (Gi*) compares a cell and its neighbours with the whole area; where <i>q</i> is below 0.05 and <i>z</i> above 0 it is hotter than chance would make it.'
			ELSE ' There are no <i>z</i> and <i>q</i>, as they need a study area.' END)
	FROM report_programme(report_list.programme) p
	JOIN refresh_runs r ON r.programme = p.name AND r.in_force
	CROSS JOIN LATERAL (SELECT count(c.z) > 0 AS statistics, CASE WHEN max(c.harm) < 100 THEN 1 ELSE 0 END AS decimals
		FROM current_hot_spots c WHERE c.programme = p.name) s
	CROSS JOIN LATERAL (SELECT CASE l.unit WHEN 'units' THEN '' ELSE ' (' || l.unit || ')' END AS words
		FROM length_unit((SELECT min(ST_SRID(m.geom)) FROM hot_spot_map m WHERE m.programme = p.name)) l) u;
END;
COMMENT ON FUNCTION report_list(text) IS 'Section of report(): the ranked table.';
