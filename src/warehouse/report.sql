/* ---- report: the page ---- */

-- Greys and one hue. Text has a contrast of 4.5 at least; shades s3 and s4 are dark enough for white.
CREATE FUNCTION report_style() RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:#fff;color:#1c2126;font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif}
main{max-width:1160px;margin:0 auto;padding:24px 32px 48px}
header{border-bottom:3px solid #1c2126;margin-bottom:20px;padding-bottom:12px}
h1{font-size:30px;line-height:1.2;margin:0;overflow-wrap:anywhere}
header p{margin:4px 0 0;color:#4a535c}
h2{font-size:21px;line-height:1.3;margin:36px 0 10px;padding-top:12px;border-top:1px solid #c9cfd4}
h3{font-size:16px;margin:16px 0 6px}
p,ul{margin:0 0 10px}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:12px;margin:0 0 20px;padding:0}
.facts div{border-left:4px solid #c84000;padding:2px 0 2px 12px;min-width:0}
.facts dt{font-size:14px;color:#4a535c;line-height:1.3}
.facts dd{margin:0;font-size:27px;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
.brief{padding-left:20px}
.brief li{margin-bottom:6px;overflow-wrap:anywhere}
.note,figcaption{font-size:14px;color:#4a535c}
.note{overflow-wrap:anywhere}
.warning{border:2px solid #a33100;background:#fff4ec;padding:10px 14px;overflow-wrap:anywhere}
figure{margin:0 0 12px}
figcaption p{margin:6px 0}
svg{display:block;width:100%;height:auto}
.narrow{display:none}
.map{max-width:900px;margin:0 auto}
.sea{fill:#eef1f3}.land{fill:#fff;stroke:#58626b;stroke-width:1.6}.part{fill:none;stroke:#a5adb4;stroke-width:1}
.edge{fill:none;stroke:#58626b;stroke-width:1.5}
.lines path{stroke:#d5dadd;stroke-width:.8;fill:none}
.lines text,.days text{font-size:10.5px;fill:#4a535c}.days.wide text{font-size:9.5px}
.map .lines text{paint-order:stroke;stroke:#fff;stroke-width:3px}
.cell{stroke:#1c2126;stroke-width:.8}.place{fill:#1c2126}.leader{stroke:#1c2126;stroke-width:1;fill:none}
.mark circle{stroke:#1c2126;stroke-width:1.3}
.mark text{fill:currentColor;font-size:12px;font-weight:700;text-anchor:middle}
.narrow .mark text{font-size:11px}
.scale path{stroke:#1c2126;stroke-width:1.8;fill:none}.scale .north{fill:#1c2126;stroke:none}.scale text{font-size:12.5px}
.s0{fill:#fff3e6;background:#fff3e6;color:#1c2126}.s1{fill:#fdd3a6;background:#fdd3a6;color:#1c2126}.s2{fill:#fb9a4f;background:#fb9a4f;color:#1c2126}
.s3{fill:#c84000;background:#c84000;color:#fff}.s4{fill:#7a2700;background:#7a2700;color:#fff}
.legend{display:flex;flex-wrap:wrap;gap:4px 16px;color:#1c2126}
.key{white-space:nowrap}.swatch{display:inline-block;width:18px;height:13px;border:1px solid #1c2126;margin-right:6px;vertical-align:-1px}
.wide-box{position:relative;overflow-x:auto;max-width:100%;margin-bottom:10px}
.wide-box:focus-visible{outline:3px solid #c84000}
table{border-collapse:collapse;font-size:14px;line-height:1.35;width:100%}
caption{text-align:left;font-weight:650;padding:4px 0}
th,td{padding:5px 8px;text-align:left;vertical-align:top;font-weight:400}
thead th{font-weight:650;border-bottom:2px solid #1c2126;vertical-align:bottom}
tbody tr{border-bottom:1px solid #dfe3e6}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.list{font-size:13px}.list thead th{white-space:normal}.list td,.list th{padding:5px}.list td:last-child{min-width:165px}.list td:nth-child(3),.list td:nth-child(4),.dosage td:nth-child(2){white-space:nowrap}
.list tbody th,.dosage tbody th{font-weight:700;text-align:right}
.sign{display:inline-block;width:1.1em;text-align:center}
.plain td,.plain th{overflow-wrap:anywhere}.settings th{width:28%}
.two{display:grid;grid-template-columns:minmax(0,5fr) minmax(0,6fr);gap:28px}
.hours{table-layout:fixed;font-size:12px;line-height:1.25;font-variant-numeric:tabular-nums}
.hours th,.hours td{padding:1.5px 2px;text-align:center;border:0}.hours tbody td{border:1px solid #fff}.hours tbody tr{border:0}
.hours thead th{border:0;font-weight:650}.hours tbody th{color:#4a535c}
.small{list-style:none;padding:0;display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:14px 20px;font-size:13px;line-height:1.3}
.small text{font-size:1.35px;fill:#4a535c}.small .day{text-anchor:end}.ticks{stroke:#4a535c;stroke-width:.12;fill:none}.small svg{margin-bottom:2px;shape-rendering:geometricPrecision}
.given{fill:#45627a}.track{fill:#eef1f3}.due{stroke:#c84000;stroke-width:2.5;fill:none}
.bar{height:16px;width:100%}.graph{width:45%;min-width:110px}.bar .due{vector-effect:non-scaling-stroke}
.none{stroke:#1c2126;stroke-width:1.5;fill:none}.effects text{font-size:12.5px}.effects .lines text{font-size:11.5px;fill:#4a535c}
.effects .what,.effects .side{font-weight:650}.effects .what{paint-order:stroke;stroke:#fff;stroke-width:4px}
.interval{stroke:#45627a;stroke-width:3;fill:none}.estimate{fill:#1c2126}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
footer{margin-top:36px;border-top:1px solid #c9cfd4;padding-top:10px;font-size:14px;color:#4a535c}
@media (max-width:700px){
main{padding:14px 14px 32px}h1{font-size:24px}h2{margin-top:28px}
.facts{grid-template-columns:repeat(2,minmax(0,1fr))}.facts dd{font-size:22px}
.wide{display:none}.narrow{display:block}.two{display:block}.list{min-width:900px}.dosage{min-width:540px}
th,td{padding:5px 6px}.hours th,.hours td{padding:2px 1px}
}
@page{size:A4;margin:13mm 12mm}
@media print{
body{font-size:9.5pt;line-height:1.38}main{max-width:none;padding:0}h1{font-size:19pt}h2{font-size:13pt;margin-top:10pt;break-after:avoid}h3{break-after:avoid}
.swatch,.hours td,.given,.track{print-color-adjust:exact;-webkit-print-color-adjust:exact}
.wide{display:block}.narrow{display:none}.two{display:grid}.list{min-width:0;font-size:7pt}.dosage{min-width:0}table{font-size:8.5pt}.hours{font-size:7.5pt}
th,td{padding:2.5pt 4pt}.list th,.list td{padding:2.5pt 2pt}.list td:last-child{min-width:95pt}.wide-box{overflow:visible}.facts{grid-template-columns:repeat(4,1fr)}.facts dd{font-size:16pt}
.facts dt,.note,figcaption,footer{font-size:8.5pt}.map{max-width:142mm}.small{font-size:7.5pt}
figure,tr,li,.facts,.warning,.small{break-inside:avoid}thead{display:table-header-group}
.keep,.plain,.wide-box{break-inside:avoid}.page{break-before:page}p{orphans:3;widows:3}
}
';
COMMENT ON FUNCTION report_style() IS 'The style sheet of a report: for screens, phones and paper.';

CREATE FUNCTION place_words(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('%s (grid: %s) %s <b>%s of the %s</b>%s%s.', count_words(count(*), 'cell', 'cells'), html(p.grid::text),
		CASE count(*) WHEN 1 THEN 'has' ELSE 'have' END, percent_words(max(c.cumulative_share)), html(p.rank_by),
		coalesce(' and ' || percent_words(CASE p.rank_by WHEN 'events' THEN sum(c.harm) / nullif(r.harm, 0) ELSE (sum(c.events) / r.events)::float8 END)
			|| CASE p.rank_by WHEN 'events' THEN ' of the harm' ELSE ' of the events' END, ''), CASE WHEN p.area IS NULL THEN '' ELSE ' of the study area' END)
	FROM report_programme(place_words.programme) p JOIN refresh_runs r ON r.programme = p.name AND r.in_force
	JOIN current_hot_spots c ON c.programme = p.name
	GROUP BY p.grid::text, p.rank_by, p.area, r.harm, r.events;
END;
COMMENT ON FUNCTION place_words(text) IS 'How much few places have, in words.';

CREATE FUNCTION change_of_list_words(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN count(*) FILTER (WHERE h.status <> 'new') = 0 THEN 'It is the first list: none is there to compare it with.'
		ELSE format('Against the list before: %s new, %s dropped, %s at another rank, %s at the same.', count(*) FILTER (WHERE h.status = 'new'),
			count(*) FILTER (WHERE h.status = 'dropped'), count(*) FILTER (WHERE h.status = 'moved'), count(*) FILTER (WHERE h.status = 'kept')) END
	FROM hot_spot_history h JOIN refresh_runs r ON r.run = h.run AND r.in_force
	WHERE h.programme = change_of_list_words.programme;
END;
COMMENT ON FUNCTION change_of_list_words(text) IS 'What is new on the list in force, in words.';

CREATE FUNCTION report_facts(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT '<dl class="facts">' || string_agg(format('<div><dt>%s</dt><dd>%s</dd></div>', v.what, v.value), '' ORDER BY v.nth) || '</dl>'
	FROM report_programme(report_facts.programme) p
	JOIN refresh_runs r ON r.programme = p.name AND r.in_force
	CROSS JOIN (SELECT count(*) AS n, max(x.cumulative_share) AS share FROM current_hot_spots x WHERE x.programme = report_facts.programme) c
	CROSS JOIN (SELECT avg(d.compliant::int)::float8 AS met, avg(d.minutes) AS minutes FROM patrolled_days(report_facts.programme) d) d
	CROSS JOIN LATERAL (VALUES
		(1, 'Hot spots', number_words(c.n)),
		(2, 'Their share of the ' || html(p.rank_by), percent_words(c.share)),
		(3, 'Events counted', number_words(r.events)),
		(4, CASE WHEN d.met IS NULL THEN 'Patrol minutes a day' ELSE 'Patrol plan met' END, coalesce(percent_words(d.met, 0), number_words(d.minutes)))) AS v (nth, what, value)
	WHERE v.value IS NOT NULL;
END;
COMMENT ON FUNCTION report_facts(text) IS 'The figures at the head of a report.';

CREATE FUNCTION report_page(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT concat('<!DOCTYPE html>', chr(10), '<html lang="en" xmlns="http://www.w3.org/1999/xhtml"><head><meta charset="utf-8"/>',
		'<meta name="viewport" content="width=device-width, initial-scale=1"/>',
		'<meta http-equiv="Content-Security-Policy" content="default-src ''none''; style-src ''unsafe-inline''"/><meta name="referrer" content="no-referrer"/>',
		'<title>Hot spots of ', html(p.name), ', to ', date_words(r.until), '</title><style>', report_style(), '</style></head><body><main>', chr(10),
		'<header><h1>Hot spots: ', html(p.name), '</h1><p>', date_words(r.since), ' to ', date_words(r.until), '. Data as of ',
		to_char(r.as_of AT TIME ZONE p.tz, 'FMDD FMMonth YYYY, HH24:MI'), '.</p></header>', chr(10),
		report_warning(p.name), report_facts(p.name),
		'<section><h2>In brief</h2><ul class="brief">',
		(SELECT string_agg('<li>' || v.words || '</li>', '' ORDER BY v.nth) FROM (VALUES (1, place_words(p.name)), (2, change_of_list_words(p.name)),
			(3, hours_words(p.name)), (4, patrol_words(p.name)), (5, effect_words(p.name, 'events')), (6, effect_words(p.name, 'harm')), (7, left_out_words(p.name))) AS v (nth, words)),
		'</ul></section>', chr(10),
		report_map(p.name), chr(10), report_list(p.name), chr(10), report_hours(p.name), chr(10), report_patrols(p.name), chr(10), report_effects(p.name), chr(10),
		report_notes(p.name), chr(10), '<footer><p>Made by hotspot from run ', r.run, ' of the programme. A list of places is no list of people: it says where to look, and not at whom.</p></footer></main></body></html>', chr(10))
	FROM report_programme(report_page.programme) p JOIN refresh_runs r ON r.programme = p.name AND r.in_force;
END;
COMMENT ON FUNCTION report_page(text) IS 'The page of report(); NULL where there is none.';

CREATE FUNCTION report(programme text) RETURNS text
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	page text;
BEGIN
	IF programme IS NULL THEN
		RAISE EXCEPTION 'argument "programme" must not be NULL' USING ERRCODE = 'null_value_not_allowed';
	ELSIF NOT EXISTS (SELECT FROM hotspot.programme p WHERE p.name = programme) THEN
		RAISE EXCEPTION 'there is no programme "%"', programme
			USING ERRCODE = 'invalid_parameter_value', HINT = 'The table hotspot.programme has them all.';
	END IF;
	page := hotspot.report_page(programme);
	IF page IS NULL THEN
		RAISE EXCEPTION 'programme "%" has no list yet', programme
			USING ERRCODE = 'no_data_found', HINT = 'CALL hotspot.refresh() first; the view hotspot.refresh_runs says what became of it.';
	END IF;
	RETURN page;
END
$$;
COMMENT ON FUNCTION report(text) IS
'A page for people on the list in force of a programme: map, ranked table, hours of the week, patrols against the plan, effects, what was left out and why, and the settings. It is HTML in one piece: nothing is loaded from elsewhere, there is no script, and text from the data is escaped; to be read on a screen, a phone or paper. Save it as UTF-8. It reads the views and the table programme with the rights of the caller; the outline of the study area too where the caller may. Errors: NULL (22004), no such programme (22023), no list yet (P0002).';
