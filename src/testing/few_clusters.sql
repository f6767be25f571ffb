/* ---- permutation, wild_bootstrap: tests for few clusters ---- */

CREATE FUNCTION permutation(
	panel,
	draws integer DEFAULT 9999,
	seed bigint DEFAULT 1,
	conf_level float8 DEFAULT 0.95
) RETURNS effect
	AS 'MODULE_PATHNAME', 'panel_permutation' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION permutation(panel, integer, bigint, float8) IS
'The two-sided p-value of difference in differences in a block design, where treated places are all treated from the same period on, had the treated places been drawn by lot: the share of all choices of as many places whose difference of mean changes is as far from 0. Exact, in integers, up to a million choices; beyond that from so many draws, the same for the same seed, where what was seen counts as one draw more. estimate: in units of the outcome a place and period. There is no standard error and no interval. n: places. A NULL panel: NULL. NULL with a note: no block design. Errors: draws below 1 or above 10000000 (22023), outcomes whose sums do not fit (22003). Sources: Fisher 1935; Phipson and Smyth 2010.';

CREATE FUNCTION wild_bootstrap(
	panel,
	draws integer DEFAULT 9999,
	seed bigint DEFAULT 1,
	conf_level float8 DEFAULT 0.95
) RETURNS effect
	AS 'MODULE_PATHNAME', 'panel_wild_bootstrap' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION wild_bootstrap(panel, integer, bigint, float8) IS
'The two-sided p-value of difference in differences in a block design by the wild cluster bootstrap: the share of sign changes of the clusters'' residuals under the hypothesis of no effect whose t is as far from 0. Clusters are the places, or the panel''s clusters. All sign changes up to 16 clusters; beyond that so many draws, the same for the same seed, where what was seen counts as one draw more. estimate: in units of the outcome a place and period; std_error: CR1, statistic: t; there is no interval. n: places. A NULL panel: NULL. NULL with a note: no block design, one cluster, a single place or cluster on one side, changes that do not vary. Error 22023: draws below 1 or above 10000000. Source: Cameron, Gelbach and Miller 2008, Rademacher''s weights, null hypothesis imposed.';
