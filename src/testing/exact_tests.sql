/* ---- exact tests of two counts ---- */

CREATE FUNCTION e_test(
	k1 bigint,
	n1 float8,
	k2 bigint,
	n2 float8,
	d float8 DEFAULT 0,
	conf_level float8 DEFAULT 0.95
) RETURNS effect
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION e_test(bigint, float8, bigint, float8, float8, float8) IS
'E-test that the rate of count k1 in exposure n1 exceeds that of k2 in n2 by just d (Krishnamoorthy and Thomson 2004): more powerful than c_test() where counts are small. estimate: k1/n1 - k2/n2, of the unit of 1 by exposure. std_error: sqrt(k1/n1^2 + k2/n2^2). statistic: (estimate - d) / std_error. p_value: the probability of counts whose statistic is at least as far from 0, two-sided, where both are Poisson of the rates (k1+k2)/(n1+n2) - d n1/(n1+n2) and that plus d; both counts 0 are left out of it, as are counts of a probability below 1e-20, so that a p_value below 1e-15 is only known to be small. Statistics that differ by less than 1e-12 of themselves are equal. conf_low, conf_high: from the exact intervals of each rate (MOVER, Zou and Donner 2008), not by inverting the test. n: k1 + k2. NULL with a note: all but the interval of two counts of 0, p_value for a d under which a rate would not be above 0.
Errors: NULLs (22004), counts below 0, exposures that are not from 1e-100 to 1e100, d that is not finite, conf_level out of range (22023), counts above 1000000000 (22003).';

CREATE FUNCTION c_test(
	k1 bigint,
	n1 float8,
	k2 bigint,
	n2 float8,
	ratio float8 DEFAULT 1,
	conf_level float8 DEFAULT 0.95
) RETURNS effect
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION c_test(bigint, float8, bigint, float8, float8, float8) IS
'Conditional exact test that the rate of count k1 in exposure n1 is just ratio times that of k2 in n2 (Przyborowski and Wilenski 1940), as R''s poisson.test(c(k1, k2), c(n1, n2), r = ratio): given k1 + k2, k1 is binomial. estimate: (k1/n1) / (k2/n2), a ratio of rates. p_value: of all divisions of the counts that are no more probable, two-sided. conf_low, conf_high: from the interval of Clopper and Pearson (1934) for k1 of k1 + k2. std_error and statistic are NULL, for the test needs none. n: k1 + k2. Where k2 is 0 the estimate and conf_high are NULL, where both are 0 all are; note says so.
Errors: NULLs (22004), counts below 0, exposures and ratios that are not from 1e-100 to 1e100, conf_level out of range (22023), counts above 1000000000 (22003).';

