/* ---- effect: the form of every estimate ---- */

CREATE TYPE effect AS (
	measure text,
	estimate float8,
	std_error float8,
	df float8,
	statistic float8,
	p_value float8,
	conf_low float8,
	conf_high float8,
	conf_level float8,
	n bigint,
	note text
);
COMMENT ON TYPE effect IS
'An estimate: measure names the quantity and its scale; std_error is its standard error, df the degrees of freedom of t (NULL: the normal distribution), statistic the estimate by its standard error, p_value two-sided, conf_low to conf_high the interval of conf_level, n the number of what it was estimated from. What is not defined is NULL, and note says why.';
