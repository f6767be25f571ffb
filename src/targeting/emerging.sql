/* ---- emerging: which hot spots last, which come and which go ---- */

CREATE FUNCTION emerging(
	surfaces surface[],
	radius integer DEFAULT 1,
	measure text DEFAULT 'harm',
	alpha float8 DEFAULT 0.05,
	OUT cell cell,
	OUT class text,
	OUT periods integer,
	OUT first_period integer,
	OUT last_period integer,
	OUT s bigint,
	OUT z float8,
	OUT p_value float8,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_emerging' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100;
COMMENT ON FUNCTION emerging(surface[], integer, text, float8) IS
'The cells that were hot in at least one period, of one surface a period, in order. Hot: gi_star() of the period has z > 0 and q_value below alpha, over all cells that any of the surfaces has, those missing in a period being zero; the zero cells of the study area belong into at least one surface, and a notice says when there are none. periods: how many it was hot in; first_period and last_period: of these, counted from 1. class, the first that fits: persistent, hot in at least 80 % of the periods; emerging, in the recent ones and not before; former, before and not in the recent ones; intermittent, in at least 10 % of the periods. Recent is the last fifth of the periods, rounded up. s, z, p_value: trend of the measure of the cell over the periods, by the test of Mann (1945) and Kendall (1975) with ties and the correction for continuity: s is the number of pairs of periods that rise less those that fall, p_value is two-sided, from the normal distribution, which is rough below some 10 periods. Rows: the most periods first, then by (i, j). NULL with a note: class where none fits; z and p_value where all periods have the same value, or there is just one. A notice counts periods in which nothing could be tested. NULL or no surfaces: no rows. Errors: 22004 for a NULL among the surfaces; 22023 for surfaces of different grids or SRIDs, a radius below 1, another measure, alpha not between 0 and 1; 54000 for more than 16777216 cells together, or a radius too large for them as gi_star() has it.';

