/* ---- gi_star: which cells are hot, and which are cold ---- */

CREATE FUNCTION gi_star(
	surface,
	radius integer DEFAULT 1,
	measure text DEFAULT 'harm',
	OUT cell cell,
	OUT events bigint,
	OUT harm float8,
	OUT z float8,
	OUT p_value float8,
	OUT q_value float8,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_gi_star' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION gi_star(surface, integer, text) IS
'The statistic Gi* of each cell (Ord and Getis 1995, equation 14): whether it and the cells around it have more harm (measure => ''events'': events) than the study area would lead to expect, z > 0, or less. Around it are all cells of the surface within radius rings, itself included, with weight 1: for squares those that also touch at a corner; cells that the surface does not have, at its edge for example, are not counted. z is in standard deviations; those of the cells are taken over all n cells (divisor n). p_value is two-sided, from the normal distribution, and 0 where that is below 1e-307; q_value is p_value corrected for the number of cells tested (Benjamini and Hochberg 1995, as p.adjust of R): a cell of z > 0 is hot when q_value is below 0.05. Rows: by z from the top, those without one last; ties as in top(). The zero cells of the study area belong into the surface, see fill() and cover(): a notice says when it has none. NULL with a note: z, p_value and q_value where the surface has one cell only, all cells have the same value, or all are neighbours of the cell. The time grows with the number of cells times that of the columns within the radius: error from some 3e10 on, which takes hundreds of thousands of cells and a radius of thousands. NULL surface: no rows. Errors: radius below 1, another measure (22023); a radius that takes in too much (54000).';

