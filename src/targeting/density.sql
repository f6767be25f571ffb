/* ---- density: the surface, smoothed by a kernel ---- */

CREATE FUNCTION density(
	surface,
	bandwidth float8,
	measure text DEFAULT 'harm',
	OUT cell cell,
	OUT density float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_density' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000;
COMMENT ON FUNCTION density(surface, float8, text) IS
'Harm (measure => ''events'': events) per square unit of the reference system at the centre of each cell, by the quartic kernel 3 / (pi h^2) (1 - (d / h)^2)^2 for distances d below the bandwidth h (Silverman 1986, equation 4.5), with the events of a cell at its centre. Times the area of a cell it is what a cell would have. Rows: every cell of the surface by (i, j), zero cells too, whose density is above 0 where something is near; there is no correction at the edge of the study area. bandwidth: in the unit of the reference system; a notice when it is below the distance of neighbouring cells. The time grows with the number of cells times that of the columns within the bandwidth: error from some 3e10 on, which takes hundreds of thousands of cells and a bandwidth of thousands of them. NULL surface: no rows. Errors 22023: a bandwidth that is not above 0 and finite, another measure; 22003: a density beyond float8; 54000: a bandwidth that takes in too much.';

