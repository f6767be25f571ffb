-- concentration(), gini(), accuracy(), persistence() and turnover() against plain SQL with exact numbers, over random
-- surfaces of squares and hexagons with many ties.
BEGIN;
SELECT plan(12);

-- A number from 0 on, below a limit, that hinges on n and a salt alone.
CREATE FUNCTION pick(n int, salt int, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
	'SELECT (hashint8extended(n, salt) & 2147483647)::int % below';

-- Crimes of eight periods, near some places and elsewhere; harm of many digits, and of none.
CREATE TABLE crime AS
SELECT n, n % 8 + 1 AS period, grid, ST_SetSRID(ST_Point(pick(n % 300 * (pick(n, 1, 3) / 2 + 1), 2, 900) - 400, pick(n % 300, 3, 600) - 300), 27700) AS geom,
	(pick(n, 4, 4) * pick(n, 5, 100000))::numeric / 1000 AS harm
FROM generate_series(1, 6000) AS n, (VALUES ('square 30'), ('hexagon 20')) AS g (grid);
CREATE TABLE period AS
SELECT grid, period, hotspot.surface(geom, harm::float8, grid::hotspot.grid) + hotspot.cover(ST_MakeEnvelope(-500, -400, 600, 400, 27700), grid::hotspot.grid) AS s
FROM crime GROUP BY grid, period;
CREATE TABLE whole AS SELECT grid, hotspot.merge(s) AS s FROM period GROUP BY grid;

-- Every cell by what is measured, exactly.
CREATE TABLE cell AS
SELECT grid, period, measure, c.cell, CASE measure WHEN 'harm' THEN c.harm::numeric ELSE c.events END AS value,
	CASE measure WHEN 'harm' THEN c.events ELSE c.harm::numeric END AS other, c.events
FROM (SELECT * FROM period UNION ALL SELECT grid, 0, s FROM whole) AS p, hotspot.cells(s) AS c, unnest('{harm,events}'::text[]) AS measure;

-- Concentration: the fewest cells that hold a share.
CREATE TABLE share AS SELECT unnest('{0.01,0.1,0.25,0.5,0.8,0.999,1}'::float8[]) AS share;
SELECT set_eq(format($$SELECT ROW(c.share, c.cells, round(c.of_occupied::numeric, 12), round(c.of_all::numeric, 12))::text FROM whole, hotspot.concentration(s, (SELECT array_agg(share) FROM share), %L) AS c WHERE grid = %L$$, measure, grid),
	format($$
		SELECT ROW(share, min(k) FILTER (WHERE sum >= (share::numeric - 1e-12) * total), round(min(k) FILTER (WHERE sum >= (share::numeric - 1e-12) * total)::numeric / max(occupied), 12),
			round(min(k) FILTER (WHERE sum >= (share::numeric - 1e-12) * total)::numeric / max(k), 12))::text
		FROM share, (SELECT row_number() OVER w AS k, sum(value) OVER w AS sum, sum(value) OVER () AS total, count(*) FILTER (WHERE events > 0) OVER () AS occupied
			FROM cell WHERE grid = %L AND measure = %L AND period = 0 WINDOW w AS (ORDER BY value DESC, cell)) AS q
		GROUP BY share$$, grid, measure), format('concentration of %s, %s', measure, grid))
FROM whole, unnest('{harm,events}'::text[]) AS measure;

-- The Gini coefficient as the mean difference of all pairs over twice the mean, which is the same in another way.
SELECT is((SELECT count(*) FROM whole AS w, unnest('{harm,events}'::text[]) AS m, LATERAL (
	SELECT sum(abs(a.value - b.value)) / (2 * count(*) * avg(a.value)) AS gini FROM cell AS a JOIN cell AS b USING (grid, period, measure)
	WHERE grid = w.grid AND measure = m AND period = 0) AS q WHERE abs(q.gini - hotspot.gini(w.s, m)::numeric) > 1e-13), 0::bigint, 'gini() is the mean difference of pairs');
SELECT is((SELECT count(*) FROM period AS p, LATERAL (
	SELECT greatest(1, count(*) / sum(value)) * ((2 * sum(k * value) / (count(*) * sum(value)) - (count(*) + 1.0) / count(*)) - 1) + 1 AS gini
	FROM (SELECT value, row_number() OVER (ORDER BY value, cell) AS k FROM cell WHERE grid = p.grid AND measure = 'events' AND period = p.period) AS q) AS q
	WHERE abs(q.gini - hotspot.gini_generalised(p.s)::numeric) > 1e-13), 0::bigint, 'gini_generalised() is the formula');
SELECT cmp_ok((SELECT count(*) FROM period WHERE hotspot.size(s) > hotspot.events(s)), '>', 0::bigint, 'some periods have fewer events than cells');

-- Lists of the top cells.
CREATE TABLE listed AS
SELECT grid, period, measure, cell, value, row_number() OVER (PARTITION BY grid, period, measure ORDER BY value DESC, other DESC, hotspot.i(cell), hotspot.j(cell)) AS rank
FROM cell WHERE events > 0;

SELECT set_eq($$
		SELECT ROW(f.grid, f.period, measure, n, round(a.hits::numeric, 6), round(a.total::numeric, 6), round(a.hit_rate::numeric, 12), round(a.pai::numeric, 9), round(a.pei::numeric, 12), round(a.rri::numeric, 12))::text
		FROM period AS f JOIN period AS t ON t.grid = f.grid AND t.period = f.period + 1, unnest('{harm,events}'::text[]) AS measure, unnest('{1,7,40}'::int[]) AS n,
			hotspot.accuracy(f.s, t.s, n, measure) AS a$$, $$
		SELECT ROW(grid, period, measure, n, round(hits, 6), round(total, 6), round(hits / total, 12), round(hits / total / (flagged / cells), 9), round(hits / best, 12), round(hits / total / (train / train_total), 12))::text
		FROM (SELECT DISTINCT grid, period, measure FROM listed WHERE period BETWEEN 1 AND 7) AS f, unnest('{1,7,40}'::int[]) AS n,
		LATERAL (SELECT count(*)::numeric AS flagged, sum(l.value) AS train, sum(c.value) AS hits FROM listed AS l JOIN cell AS c USING (grid, measure, cell)
			WHERE l.grid = f.grid AND l.period = f.period AND l.measure = f.measure AND l.rank <= n AND c.period = f.period + 1) AS h,
		LATERAL (SELECT sum(value) AS total, count(*) AS cells FROM cell AS c WHERE c.grid = f.grid AND c.period = f.period + 1 AND c.measure = f.measure) AS t,
		LATERAL (SELECT sum(value) AS train_total FROM cell AS c WHERE c.grid = f.grid AND c.period = f.period AND c.measure = f.measure) AS p,
		LATERAL (SELECT sum(value) AS best FROM listed AS l WHERE l.grid = f.grid AND l.period = f.period + 1 AND l.measure = f.measure AND rank <= flagged) AS b$$,
	'accuracy() of each period for the next');

CREATE TABLE series AS SELECT grid, array_agg(s ORDER BY period) AS s FROM period GROUP BY grid;
SELECT results_eq(format($$SELECT p.cell, p.periods, p.first_period, p.last_period, p.longest_run FROM series, hotspot.persistence(s, 15, %L) AS p WHERE grid = 'square 30'$$, m), format($$
		SELECT cell, sum(length)::int, min(first)::int, max(last)::int, max(length)::int
		FROM (SELECT cell, count(*) AS length, min(period) AS first, max(period) AS last
			FROM (SELECT *, period - row_number() OVER (PARTITION BY cell ORDER BY period) AS run FROM listed WHERE grid = 'square 30' AND measure = %L AND period > 0 AND rank <= 15) AS q
			GROUP BY cell, run) AS q
		GROUP BY cell ORDER BY 2 DESC, 4 DESC, hotspot.i(cell), hotspot.j(cell)$$, m), 'persistence() by ' || m)
FROM unnest('{harm,events}'::text[]) AS m;
SELECT set_eq($$SELECT ROW(grid, t.period, t.cells, t.kept, round(t.jaccard::numeric, 12))::text FROM series, hotspot.turnover(s, 15) AS t$$, $$
		SELECT ROW(a.grid, a.period, count(*)::int, CASE WHEN a.period > 1 THEN count(b.cell)::int END, CASE WHEN a.period > 1 THEN round(count(b.cell)::numeric / (count(*) + max(before) - count(b.cell)), 12) END)::text
		FROM listed AS a
		LEFT JOIN listed AS b ON b.grid = a.grid AND b.period = a.period - 1 AND b.measure = a.measure AND b.cell = a.cell AND b.rank <= 15,
		LATERAL (SELECT count(*) AS before FROM listed AS c WHERE c.grid = a.grid AND c.period = a.period - 1 AND c.measure = a.measure AND rank <= 15) AS q
		WHERE a.measure = 'harm' AND a.rank <= 15 AND a.period > 0 GROUP BY a.grid, a.period$$, 'turnover()');

-- An expanded surface is read as a stored one, and not changed.
SELECT is((SELECT array_agg(c.cells) FROM (SELECT hotspot.merge(s) AS s FROM period WHERE grid = 'square 30') AS q, hotspot.concentration(s) AS c),
	(SELECT array_agg(c.cells) FROM whole, hotspot.concentration(s) AS c WHERE grid = 'square 30'), 'of a surface not stored yet');

SELECT finish();
ROLLBACK;
