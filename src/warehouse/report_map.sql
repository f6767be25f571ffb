/* ---- report: the map ---- */

-- By to_regclass() and its text, as refresh() reads it: put together is the name alone.
CREATE FUNCTION map_areas(relation text, OUT areas geometry[])
	LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF to_regclass(relation) IS NOT NULL THEN
		EXECUTE format('SELECT array_agg(r.geom) FROM %s AS r WHERE r.geom IS NOT NULL', to_regclass(relation)::text) INTO areas;
	END IF;
EXCEPTION WHEN insufficient_privilege OR undefined_column OR datatype_mismatch THEN
	areas := NULL;
END
$$;
COMMENT ON FUNCTION map_areas(text) IS
'The polygons of a study area; NULL where it has none, is not there any more, or is not for the caller to read, as the map can do without.';

CREATE FUNCTION map_frame(programme text, area geometry, width float8, OUT x float8, OUT y float8, OUT scale float8, OUT height float8)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	WITH extent AS (
		SELECT CASE WHEN ST_IsEmpty(map_frame.area) IS NOT FALSE THEN ST_Collect(m.geom) ELSE map_frame.area END AS g,
			4 * max(ST_XMax(m.geom) - ST_XMin(m.geom)) AS around
		FROM hot_spot_map m WHERE m.programme = map_frame.programme
	), box AS (
		SELECT (ST_XMin(g) + ST_XMax(g)) / 2 AS centre_x, (ST_YMin(g) + ST_YMax(g)) / 2 AS centre_y,
			greatest(1.08 * (ST_XMax(g) - ST_XMin(g)), 2 * around) AS wide, greatest(1.08 * (ST_YMax(g) - ST_YMin(g)), 2 * around) AS high
		FROM extent
	), shaped AS (
		SELECT centre_x, centre_y, greatest(wide, high / 1.3) AS wide, greatest(high, wide / 2) AS high FROM box
	)
	SELECT centre_x - wide / 2, centre_y + high / 2, map_frame.width / wide, map_frame.width * high / wide FROM shaped;
END;
COMMENT ON FUNCTION map_frame(text, geometry, float8) IS
'Where a map lies: the coordinates of its upper left corner, pixels by unit of length, and its height in pixels for such a width. It shows the study area, or else the hot spots and some cells around.';

CREATE FUNCTION map_path(geom geometry, x float8, y float8, scale float8) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ST_AsSVG(ST_SimplifyPreserveTopology(ST_CollectionExtract(ST_Affine(map_path.geom,
		map_path.scale, 0, 0, map_path.scale, - map_path.x * map_path.scale, - map_path.y * map_path.scale), 3), 0.5), 0, 1);
END;
COMMENT ON FUNCTION map_path(geometry, float8, float8, float8) IS
'Polygons as the path of an SVG drawing, no finer than half a pixel.';

-- Lines of the grid of coordinates, so that a place can be found on another map.
CREATE FUNCTION map_lines(x float8, y float8, scale float8, width float8, height float8) RETURNS text
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH step AS (
		SELECT round_up(map_lines.width / map_lines.scale / CASE WHEN map_lines.width > 500 THEN 8 ELSE 4 END) AS step
	), east AS (
		SELECT n * s.step AS coordinate, (n * s.step - map_lines.x) * map_lines.scale AS at
		FROM step s, generate_series(ceil(map_lines.x / s.step)::bigint,
			floor((map_lines.x + map_lines.width / map_lines.scale) / s.step)::bigint) AS n
	), north AS (
		SELECT n * s.step AS coordinate, (map_lines.y - n * s.step) * map_lines.scale AS at
		FROM step s, generate_series(ceil((map_lines.y - map_lines.height / map_lines.scale) / s.step)::bigint,
			floor(map_lines.y / s.step)::bigint) AS n
	)
	SELECT coalesce((SELECT string_agg(format('<path d="M%s 0V%s"/><text x="%s" y="%s">%s</text>', round(at::numeric, 1),
			round(map_lines.height), round(at::numeric + 3, 1), round(map_lines.height) - 4, number_words(coordinate)), '' ORDER BY at)
		FROM east WHERE at < map_lines.width - 45), '')
		|| coalesce((SELECT string_agg(format('<path d="M0 %sH%s"/><text x="3" y="%s">%s</text>', round(at::numeric, 1),
			round(map_lines.width), round(at::numeric - 3, 1), number_words(coordinate)), '' ORDER BY at)
		FROM north WHERE at BETWEEN 14 AND map_lines.height - 18), '');
END;
COMMENT ON FUNCTION map_lines(float8, float8, float8, float8, float8) IS 'Lines of easting and northing of a map, at round distances.';

CREATE FUNCTION length_unit(srid integer, OUT unit text, OUT thousand text)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT CASE WHEN s.proj4text ~ '[+]units=m( |$)' THEN 'm' WHEN s.proj4text ~ '[+]units=(us-)?ft( |$)' THEN 'ft' ELSE 'units' END,
		CASE WHEN s.proj4text ~ '[+]units=m( |$)' THEN 'km' END
	FROM (VALUES (1)) AS one LEFT JOIN spatial_ref_sys s ON s.srid = length_unit.srid;
END;
COMMENT ON FUNCTION length_unit(integer) IS
'The unit of length of a reference system: m, ft, or units where it is not known; and what a thousand of it are called, NULL where they have no name.';

-- In a strip below the map, where they hide nothing.
CREATE FUNCTION map_scale(scale float8, width float8, height float8, srid integer) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<g class="scale"><path d="M1 %1$sv8h%2$sv-8"/><text x="%3$s" y="%4$s">%5$s</text><path class="north" d="M%6$s %7$sl8 22l-8 -6l-8 6z"/><text x="%8$s" y="%4$s" text-anchor="end">Grid north</text></g>',
		round(map_scale.height + 10), round(bar::numeric, 1), round(bar::numeric + 9, 1), round(map_scale.height + 20),
		CASE WHEN length >= 1000 AND u.thousand IS NOT NULL THEN number_words(length / 1000) || ' ' || u.thousand
			ELSE number_words(length, CASE WHEN length < 1 THEN 3 ELSE 0 END) || ' ' || u.unit END,
		round(map_scale.width - 10), round(map_scale.height + 4), round(map_scale.width - 24))
	FROM (SELECT round_up(map_scale.width / map_scale.scale / 9) AS length) l,
		LATERAL (SELECT length * map_scale.scale AS bar) b, length_unit(map_scale.srid) u;
END;
COMMENT ON FUNCTION map_scale(float8, float8, float8, integer) IS 'Scale bar of a round length, and the arrow to the north of the grid.';

-- With the points and segments that PostgreSQL has by itself. Sixty labels take some tenths of a second.
CREATE FUNCTION map_labels(places point[], width float8, height float8, radius float8) RETURNS point[]
	LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	labels point[] = '{}';
	leaders lseg[] = '{}';
	here point;
	away float8;
	best point;
BEGIN
	FOREACH here IN ARRAY places LOOP
		-- Away from the places around, where there is room.
		SELECT atan2d(here[1] - avg(o.place[1]), here[0] - avg(o.place[0])) INTO away
		FROM unnest(places) AS o (place) WHERE o.place <-> here < 12 * radius;

		-- No label covers another or a place; as few lines as can be cross a label, a place or another line; the shorter the better.
		SELECT c.label INTO best
		FROM (
			SELECT 0 AS cost, here AS label
			UNION ALL
			SELECT ring + 2 - 2 * cosd(turn - away), point(here[0] + 0.6 * ring * radius * cosd(turn), here[1] + 0.6 * ring * radius * sind(turn))
			FROM generate_series(3, 24) AS ring, generate_series(0, 345, 15) AS turn
		) c
		CROSS JOIN LATERAL (SELECT lseg(here, c.label) AS leader) l
		WHERE c.label[0] BETWEEN radius + 2 AND width - radius - 2 AND c.label[1] BETWEEN radius + 2 AND height - radius - 16
			AND NOT EXISTS (SELECT FROM unnest(labels) AS o (label) WHERE o.label <-> c.label < 2 * radius + 2)
			AND NOT EXISTS (SELECT FROM unnest(places) AS o (place)
				WHERE o.place <-> here > 0 AND o.place <-> c.label < CASE c.cost WHEN 0 THEN 2.2 * radius ELSE radius + 4 END)
		ORDER BY c.cost
			+ 40 * (SELECT count(*) FROM unnest(labels) AS o (label) WHERE o.label <-> l.leader < radius + 2)
			+ 20 * (SELECT count(*) FROM unnest(leaders) AS o (leader) WHERE c.label <-> o.leader < radius + 2 OR o.leader ?# l.leader)
			+ 10 * (SELECT count(*) FROM unnest(places) AS o (place) WHERE c.cost > 0 AND o.place <-> here > 0 AND o.place <-> l.leader < 4),
			c.label[0], c.label[1]
		LIMIT 1;
		labels := array_append(labels, best);
		IF best IS NOT NULL THEN
			leaders := array_append(leaders, lseg(here, best));
		END IF;
	END LOOP;
	RETURN labels;
END
$$;
COMMENT ON FUNCTION map_labels(point[], float8, float8, float8) IS
'Where the round labels of places go on a map of such a width and height: on the place, or near it where others are close, so that no label covers another or the place of another. NULL where there is no room. The first places choose first; the same places give the same labels.';

CREATE FUNCTION map_shades(programme text, OUT start float8, OUT step float8, OUT decimals integer)
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT floor(low / s.step) * s.step, s.step, CASE WHEN s.step < 1 THEN 2 ELSE 0 END
	FROM (SELECT min(h.harm) AS low, max(h.harm) AS high FROM hot_spot_map h WHERE h.programme = map_shades.programme) r,
		LATERAL (SELECT shade_step(CASE WHEN high > low THEN high - low ELSE high END) AS step) s;
END;
COMMENT ON FUNCTION map_shades(text) IS 'The shades of the harm of hot spots in force: where they start, how far each goes, and decimals.';

CREATE FUNCTION map_marks(programme text, x float8, y float8, scale float8, width float8, height float8, radius float8) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH spot AS (
		SELECT h.rank, h.hot_spot, h.harm, h.events, shade(h.harm, s.start, s.step) AS shade,
			map_path(h.geom, map_marks.x, map_marks.y, map_marks.scale) AS path,
			point((c.easting - map_marks.x) * map_marks.scale, (map_marks.y - c.northing) * map_marks.scale) AS place
		FROM hot_spot_map h JOIN current_hot_spots c USING (programme, rank), map_shades(map_marks.programme) s
		WHERE h.programme = map_marks.programme
	), label AS (
		SELECT l.label, l.rank
		FROM unnest(map_labels((SELECT array_agg(s.place ORDER BY s.rank) FROM spot s WHERE s.rank <= 60),
			map_marks.width, map_marks.height, map_marks.radius)) WITH ORDINALITY l (label, rank)
	), mark AS (
		SELECT s.rank, s.hot_spot, s.harm, s.events, s.shade, s.path, l.label IS NOT NULL AS labelled, l.label <-> s.place > 0 AS away,
			round(s.place[0]::numeric, 1) AS x, round(s.place[1]::numeric, 1) AS y,
			round(l.label[0]::numeric, 1) AS label_x, round(l.label[1]::numeric, 1) AS label_y
		FROM spot s LEFT JOIN label l ON l.rank = s.rank
	)
	SELECT string_agg(format('<path class="cell %s" d="%s"/><circle class="place" cx="%s" cy="%s" r="2.5"/>', m.shade, path, m.x, m.y), '' ORDER BY m.rank)
		|| coalesce(string_agg(format('<path class="leader" d="M%s %sL%s %s"/>', m.x, m.y, label_x, label_y), '' ORDER BY m.rank) FILTER (WHERE away), '')
		|| coalesce(string_agg(format('<g class="mark %1$s"><title>%2$s</title><circle cx="%3$s" cy="%4$s" r="%5$s"/><text x="%3$s" y="%6$s">%7$s</text></g>', m.shade,
				html(format('Hot spot %s, %s: harm %s, %s', m.rank, m.hot_spot, number_words(m.harm), count_words(m.events, 'event', 'events'))),
				label_x, label_y, map_marks.radius, label_y + 4.2, m.rank), '' ORDER BY m.rank) FILTER (WHERE labelled), '')
	FROM mark m;
END;
COMMENT ON FUNCTION map_marks(text, float8, float8, float8, float8, float8, float8) IS
'The hot spots in force on a map: cells, a dot that can be seen however small they are, and the numbers of the first 60.';

CREATE FUNCTION map_drawing(programme text, areas geometry[], area geometry, width float8, id text) RETURNS text
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<svg class="map %1$s" role="img" aria-labelledby="%1$s-title %1$s-desc" viewBox="0 0 %2$s %9$s">'
			|| '<title id="%1$s-title">Map of the hot spots</title><desc id="%1$s-desc">%4$s</desc>'
			|| '<rect class="sea" width="%2$s" height="%3$s"/>%5$s<g class="lines">%6$s</g>%7$s%8$s<rect class="edge" width="%2$s" height="%3$s"/></svg>',
		map_drawing.id, round(map_drawing.width), round(f.height),
		format('%s numbered by rank%s. Their coordinates are in the table of hot spots.', count_words(h.n, 'hot spot', 'hot spots'),
			CASE WHEN map_drawing.area IS NULL THEN '' ELSE ' in the outline of the study area' END),
		coalesce('<path class="land" d="' || map_path(map_drawing.area, f.x, f.y, f.scale) || '"/>', '')
			|| coalesce('<path class="part" d="' || map_path(CASE WHEN cardinality(map_drawing.areas) BETWEEN 2 AND 200
				THEN ST_Collect(map_drawing.areas) END, f.x, f.y, f.scale) || '"/>', ''),
		map_lines(f.x, f.y, f.scale, map_drawing.width, f.height),
		map_marks(map_drawing.programme, f.x, f.y, f.scale, map_drawing.width, f.height, CASE WHEN map_drawing.width > 500 THEN 11 ELSE 9.5 END),
		map_scale(f.scale, map_drawing.width, f.height, h.srid), round(f.height) + 30)
	FROM map_frame(map_drawing.programme, map_drawing.area, map_drawing.width) f,
		(SELECT count(*) AS n, min(ST_SRID(m.geom)) AS srid FROM hot_spot_map m WHERE m.programme = map_drawing.programme) h;
END;
COMMENT ON FUNCTION map_drawing(text, geometry[], geometry, float8, text) IS 'The map of a report as SVG of such a width.';

-- Two drawings, of which a screen or a sheet shows one: what is shrunk from the wide one cannot be read on a phone.
CREATE FUNCTION report_map(programme text) RETURNS text
	LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT format('<section><h2>Where</h2><figure>%s%s<figcaption><p class="legend"><b>Harm</b> %s</p>'
			|| '<p>Each number is the rank of a hot spot, on its place or at the end of a line from it. %s'
			|| 'The thin lines are of the grid of coordinates%s.%s</p></figcaption></figure></section>',
		map_drawing(report_map.programme, a.areas, a.area, 760, 'wide'), map_drawing(report_map.programme, a.areas, a.area, 360, 'narrow'),
		shade_legend(s.start, s.step, s.decimals, ''),
		CASE WHEN n.hot_spots > 60 THEN 'Numbers are shown for the first 60, as far as there is room. ' ELSE '' END,
		CASE u.unit WHEN 'm' THEN ', in metres' WHEN 'ft' THEN ', in feet' ELSE '' END,
		CASE WHEN a.area IS NOT NULL THEN ' The outline is the study area.'
			WHEN p.area IS NULL THEN ' The programme has no study area: the map shows where hot spots are.'
			ELSE ' The study area is not drawn, since it is not for this reader to see.' END)
	FROM report_programme(report_map.programme) p
	CROSS JOIN LATERAL (SELECT m.areas, united(m.areas) AS area FROM map_areas(p.area) m) a
	CROSS JOIN (SELECT count(*) AS hot_spots, min(ST_SRID(h.geom)) AS srid FROM hot_spot_map h WHERE h.programme = report_map.programme) n
	CROSS JOIN LATERAL length_unit(n.srid) u
	CROSS JOIN map_shades(report_map.programme) s;
END;
COMMENT ON FUNCTION report_map(text) IS 'Section of report(): the map.';
