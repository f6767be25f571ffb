/* ---- concentration: how few cells hold how much ---- */

CREATE FUNCTION concentration(
	surface,
	shares float8[] DEFAULT '{0.25,0.5,0.8}',
	measure text DEFAULT 'harm',
	OUT share float8,
	OUT cells integer,
	OUT of_occupied float8,
	OUT of_all float8,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'surface_concentration' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 3;
COMMENT ON FUNCTION concentration(surface, float8[], text) IS
'How few cells hold each share of all harm (measure => ''events'': of all events): a row a share, in the order given. cells: the least number of the cells with most whose sum is at least that share, less 1e-12 of the whole for the sake of shares such as 0.1. of_occupied: cells as a share of those with an event; of_all: of all cells, zero cells too. These two may be 20 points apart: say which is meant (Lee, Eck, O and Martinez 2017; Weisburd 2015). Sums are exact. NULL, and note says why, where there is no harm or event; note also tells where there are no zero cells, see fill(). NULL surface: no rows. Errors: shares not above 0 or above 1, another measure (22023), other NULLs (22004), arrays of several dimensions (2202E).';

CREATE FUNCTION gini(surface, measure text DEFAULT 'harm') RETURNS float8
	AS 'MODULE_PATHNAME', 'surface_gini' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION gini(surface, text) IS
'Gini coefficient of harm (measure => ''events'': of events) over all N cells, zero cells too, from 0, each the same, to 1 - 1/N, all in one: 2 sum(i x(i)) / (N sum(x)) - (N+1)/N for x ascending. It hinges on the zero cells: see fill(). Events that are fewer than cells cannot be spread evenly: see gini_generalised(). NULL where there is no harm or event. Errors: another measure (22023), NULL (22004).';

CREATE FUNCTION gini_generalised(surface) RETURNS float8
	AS 'MODULE_PATHNAME', 'surface_gini_generalised' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION gini_generalised(surface) IS
'Gini coefficient G of the events of all N cells, corrected for there being fewer events C than cells (Bernasco and Steenbeek 2017, Journal of Quantitative Criminology 33:451): max(1, N/C) (G - 1) + 1, which is 0 where no cell has more than one event. For counts of events only; harm has gini(). NULL where there is no event.';

