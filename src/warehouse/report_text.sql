/*
 * ---- report: words, numbers and colours ----
 *
 * The page is HTML that is XML too: every element is closed, so that any parser
 * tells whether it is whole.  Whatever comes from data goes through html().
 */

CREATE FUNCTION html(value text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT replace(replace(replace(replace(replace(
		regexp_replace(html.value, '[\x01-\x08\x0B\x0C\x0E-\x1F]', '?', 'g'),
		'&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;');
END;
COMMENT ON FUNCTION html(text) IS
'A text to be put between the tags of a page or into an attribute in quotes: &, <, >, " and '' are escaped, and characters that XML does not have are replaced.';

CREATE FUNCTION number_words(value float8, decimals integer DEFAULT 0) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT to_char(round(number_words.value::numeric, number_words.decimals), 'FM999,999,999,999,999,999,990'
		|| CASE WHEN number_words.decimals > 0 THEN rpad('.', number_words.decimals + 1, '0') ELSE '' END);
END;
COMMENT ON FUNCTION number_words(float8, integer) IS 'A number with commas between thousands, rounded to so many decimals.';

CREATE FUNCTION percent_words(share float8, decimals integer DEFAULT 1) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT number_words('100'::float8 * percent_words.share, percent_words.decimals) || '%';
END;
COMMENT ON FUNCTION percent_words(float8, integer) IS 'A share in per cent.';

CREATE FUNCTION date_words(day date) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT to_char(date_words.day::timestamp, 'FMDD FMMonth YYYY');
END;
COMMENT ON FUNCTION date_words(date) IS 'A day as 21 November 2026.';

-- "one thing", "two things"
CREATE FUNCTION count_words(n bigint, one text, many text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT number_words(count_words.n::float8) || ' ' || CASE WHEN count_words.n = 1 THEN count_words.one ELSE count_words.many END;
END;
COMMENT ON FUNCTION count_words(bigint, text, text) IS 'So many things: 1 event, 2,000 events.';

-- Whatever the setting IntervalStyle.
CREATE FUNCTION span_words(span interval) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT coalesce(nullif(concat_ws(', ', CASE WHEN p.years <> 0 THEN count_words(p.years, 'year', 'years') END,
		CASE WHEN p.months <> 0 THEN count_words(p.months, 'month', 'months') END, CASE WHEN p.days <> 0 THEN count_words(p.days, 'day', 'days') END), ''), '0 days')
	FROM (SELECT EXTRACT(year FROM span_words.span)::int8 AS years, EXTRACT(month FROM span_words.span)::int8 AS months, EXTRACT(day FROM span_words.span)::int8 AS days) p;
END;
COMMENT ON FUNCTION span_words(interval) IS 'An interval of whole days, months and years in words.';

CREATE FUNCTION round_up(value float8, digits integer[] DEFAULT '{1,2,5,10}') RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT min(digit * ten)::float8
	FROM unnest(round_up.digits) AS digit, (SELECT pow(10::numeric, floor(log(round_up.value::numeric))) AS ten) t
	WHERE digit * ten >= round_up.value::numeric;
END;
COMMENT ON FUNCTION round_up(float8, integer[]) IS
'The least number of one digit and zeros that is not below a value above 0, the digit among those given (10 is among them): by default 1, 2, 5, 10, 20, 50 and so on. For scales.';

CREATE FUNCTION shade_step(span float8) RETURNS float8
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN shade_step.span > 0 THEN round_up(shade_step.span / 5, '{1,2,3,4,5,6,8,10}') ELSE 1 END;
END;
COMMENT ON FUNCTION shade_step(float8) IS 'How far each of five shades goes for values that span so much.';

-- Five steps of one hue from light to dark: classes s0 to s4 of the style sheet.
CREATE FUNCTION shade(value float8, start float8, step float8) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT 's' || greatest('0'::float8, least('4'::float8, floor((shade.value - shade.start) / nullif(shade.step, '0'::float8)), '4'::float8))::int::text;
END;
COMMENT ON FUNCTION shade(float8, float8, float8) IS
'Which of five shades a value has, the first from start to start + step, the last for all above start + 4 * step.';

CREATE FUNCTION shade_legend(start float8, step float8, decimals integer, unit text) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT string_agg(format('<span class="key"><span class="swatch s%s"></span>%s</span>', n,
		CASE n WHEN 0 THEN 'under ' || high WHEN 4 THEN low || ' and more' ELSE low || ' to ' || high END), ' ' ORDER BY n)
	FROM generate_series(0, 4) AS n,
		LATERAL (SELECT number_words(shade_legend.start + n * shade_legend.step, shade_legend.decimals) || html(shade_legend.unit) AS low,
			number_words(shade_legend.start + (n + 1) * shade_legend.step, shade_legend.decimals) || html(shade_legend.unit) AS high) t;
END;
COMMENT ON FUNCTION shade_legend(float8, float8, integer, text) IS 'What the five shades of shade() mean.';

CREATE FUNCTION report_programme(programme text) RETURNS programme
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT p.* FROM programme p WHERE p.name = report_programme.programme;
END;
COMMENT ON FUNCTION report_programme(text) IS 'The row of a programme.';
