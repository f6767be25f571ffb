/* ---- tile: hot spots for maps on the web ---- */

CREATE FUNCTION tile_envelope(z integer, x integer, y integer) RETURNS geometry
	LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	SELECT ST_TileEnvelope(tile_envelope.z, tile_envelope.x, tile_envelope.y);
END;
COMMENT ON FUNCTION tile_envelope(integer, integer, integer) IS 'The rectangle of a tile, in Web Mercator.';

CREATE FUNCTION tile_layers(envelope geometry, programme text) RETURNS bytea
	LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
	-- Where the reference system is not known there is no longitude, and nothing to transform.
	WITH spot AS MATERIALIZED (
		SELECT m.id, m.programme, m.rank, m.hot_spot, m.status, m.events, m.harm, m.share, m.z, m.q_value AS q, m.geom
		FROM hot_spot_map m JOIN current_hot_spots c USING (programme, rank)
		WHERE (m.programme = tile_layers.programme OR tile_layers.programme IS NULL) AND c.longitude IS NOT NULL
	), mercator AS MATERIALIZED (
		SELECT s.*, ST_Transform(s.geom, 3857) AS outline FROM spot s
	)
	SELECT coalesce((SELECT ST_AsMVT(f.*, 'hot_spots', 4096, 'geom', 'id' ORDER BY f.id)
			FROM (SELECT m.id, m.programme, m.rank, m.hot_spot, m.status, m.events, m.harm, m.share, m.z, m.q,
					ST_AsMVTGeom(m.outline, Box2D(tile_layers.envelope), 4096, 64, true) AS geom FROM mercator m) f WHERE f.geom IS NOT NULL), '')
		|| coalesce((SELECT ST_AsMVT(f.*, 'hot_spot_centres', 4096, 'geom', 'id' ORDER BY f.id)
			FROM (SELECT m.id, m.programme, m.rank, m.hot_spot, m.status, m.events, m.harm, m.share, m.z, m.q,
					ST_AsMVTGeom(ST_Centroid(m.outline), Box2D(tile_layers.envelope), 4096, 64, true) AS geom FROM mercator m) f WHERE f.geom IS NOT NULL), '');
END;
COMMENT ON FUNCTION tile_layers(geometry, text) IS 'The two layers of tile() for a rectangle of Web Mercator.';

CREATE FUNCTION tile(z integer, x integer, y integer, programme text DEFAULT NULL) RETURNS bytea
	LANGUAGE plpgsql STABLE PARALLEL SAFE
	SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF z IS NULL OR x IS NULL OR y IS NULL THEN
		RAISE EXCEPTION 'argument "%" must not be NULL', CASE WHEN z IS NULL THEN 'z' WHEN x IS NULL THEN 'x' ELSE 'y' END
			USING ERRCODE = 'null_value_not_allowed';
	ELSIF z NOT BETWEEN 0 AND 24 THEN
		RAISE EXCEPTION 'z is %, which is not from 0 to 24', z USING ERRCODE = 'invalid_parameter_value', HINT = 'z is the zoom: 0 is the world in one tile.';
	ELSIF x NOT BETWEEN 0 AND (1 << z) - 1 OR y NOT BETWEEN 0 AND (1 << z) - 1 THEN
		RAISE EXCEPTION 'there is no tile x %, y % at zoom %', x, y, z USING ERRCODE = 'invalid_parameter_value',
			HINT = format('x and y are from 0 to %s there, from the upper left.', (1 << z) - 1);
	END IF;
	RETURN hotspot.tile_layers(hotspot.tile_envelope(z, x, y), programme);
END
$$;
COMMENT ON FUNCTION tile(integer, integer, integer, text) IS
'A vector tile (Mapbox, Web Mercator, tiles numbered from the upper left) of the hot spots in force, of one programme or all (NULL), with their rank, hot_spot, status, events, harm, share, z and q. Layer hot_spots has outlines, and layer hot_spot_centres points, for zooms at which outlines are too small to see. A tile where nothing is, or of a programme that is not there or has no list, is empty. Hot spots in a reference system that is not known are on no tile. Errors: NULL (22004), no such tile (22023).';
