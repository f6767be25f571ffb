/* ---- coverage: what visits makes of a track ---- */

CREATE FUNCTION coverage(track, max_gap interval DEFAULT '5 min', max_speed float8 DEFAULT NULL,
		still_gap interval DEFAULT NULL, still_radius float8 DEFAULT 30, during tstzrange DEFAULT NULL,
		max_accuracy float8 DEFAULT NULL, max_spike integer DEFAULT 1,
		OUT fixes bigint, OUT outside bigint, OUT inaccurate bigint, OUT duplicates bigint, OUT spikes bigint,
		OUT kept bigint, OUT jumps bigint, OUT silences bigint, OUT bridged interval,
		OUT median_interval interval, OUT note text)
	RETURNS record
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION coverage(track, interval, float8, interval, float8, tstzrange, float8, integer) IS
'What visits() makes of a track with the same arguments. fixes = outside (beyond reach of during) + inaccurate + duplicates (of one time) + spikes + kept. jumps: places where max_speed breaks the track; silences: those between fixes that are not bridged. bridged: time that visits() can tell where the unit was. median_interval: from fix to fix, the lower one of two. note: whether that is too long for max_gap. NULL track or empty during: NULL.';
