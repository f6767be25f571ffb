/* ---- displacement: crime in the treated area, its buffer and their controls ---- */

CREATE TYPE displacement;

CREATE FUNCTION displacement_in(cstring) RETURNS displacement
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION displacement_out(displacement) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION displacement_recv(internal) RETURNS displacement
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION displacement_send(displacement) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE displacement (
	INPUT = displacement_in,
	OUTPUT = displacement_out,
	RECEIVE = displacement_recv,
	SEND = displacement_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE displacement IS
'Events and harm before and after, in the treated area, its control, the buffer and its control: the summary that says whether crime was displaced. Made by the aggregate displacement(), joined by merge() and +, read by wdd(), wdq() and counts(). Harm is kept in millionths, sums and sums of squares in 128 bits: the same rows give the same bytes whatever their order. Always 346 bytes and a header.';

CREATE FUNCTION displacement_add(displacement, text, boolean, float8) RETURNS displacement
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION displacement_add_event(displacement, text, boolean) RETURNS displacement
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION displacement_merge(displacement, displacement) RETURNS displacement
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION displacement_add(displacement, text, boolean, float8) IS 'Step of the aggregate displacement(area, post, harm).';
COMMENT ON FUNCTION displacement_add_event(displacement, text, boolean) IS 'Step of the aggregate displacement(area, post).';
COMMENT ON FUNCTION displacement_merge(displacement, displacement) IS 'Step of the aggregate merge(displacement); the function of displacement + displacement.';

CREATE AGGREGATE displacement(area text, post boolean, harm float8) (
	SFUNC = displacement_add,
	STYPE = displacement,
	SSPACE = 2048,
	COMBINEFUNC = displacement_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE displacement(text, boolean, float8) IS
'Displacement from one row an event. area: ''treated'', ''control'', ''buffer'' (around the treated area) or ''buffer_control''; post: whether it was after the treatment began; harm: its weight, for example in days of prison, from 0 to 9223372036854.775807, rounded to millionths. Rows with a NULL are left out and counted: see skipped(). An area that was watched and had no crime is told from one that was not by a row of harm 0. Errors: another area, negative harm (22023), harm that is not finite or sums beyond the range (22003).';

CREATE AGGREGATE displacement(area text, post boolean) (
	SFUNC = displacement_add_event,
	STYPE = displacement,
	SSPACE = 2048,
	COMBINEFUNC = displacement_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE displacement(text, boolean) IS
'As displacement(area, post, harm), where each event has harm 1: counts of crime.';

CREATE AGGREGATE merge(displacement) (
	SFUNC = displacement_merge,
	STYPE = displacement,
	SSPACE = 2048,
	COMBINEFUNC = displacement_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(displacement) IS
'The displacement of all rows that the given ones were made of. NULL is nothing. Error 22003: sums beyond the range.';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = displacement_merge, LEFTARG = displacement, RIGHTARG = displacement,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (displacement, displacement) IS
'The displacement of the rows of both. NULL is nothing. Error 22003: sums beyond the range.';

CREATE FUNCTION counts(displacement, OUT area text, OUT post boolean, OUT events bigint, OUT harm float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'displacement_counts' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 ROWS 8;
COMMENT ON FUNCTION counts(displacement) IS
'Events and harm of each area before and after: always eight rows, in the order treated, control, buffer, buffer_control. NULL displacement: no rows.';

CREATE FUNCTION skipped(displacement) RETURNS bigint
	AS 'MODULE_PATHNAME', 'displacement_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(displacement) IS 'Number of events that were left out. See skipped(displacement, reason).';

CREATE FUNCTION skipped(displacement, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'displacement_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(displacement, text) IS
'Number of events that were left out for one reason, the first of: ''area'', ''post'', ''harm'', each for NULL. Other reasons: error 22023.';

CREATE FUNCTION wdd(
	displacement,
	times float8[] DEFAULT '{1,1}',
	areas float8[] DEFAULT '{1,1,1,1}',
	conf_level float8 DEFAULT 0.95,
	phi float8 DEFAULT 1
) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'displacement_wdd' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 ROWS 3;
COMMENT ON FUNCTION wdd(displacement, float8[], float8[], float8, float8) IS
'Weighted displacement difference (Wheeler and Ratcliffe 2018, Crime Science 7:11): the change of crime or harm against that of the control; below 0 is a fall. Three rows: wdd_local = (treated after - before) - (control after - before); wdd_buffer, the same of the buffer and its control; wdd, their sum, which is wdd_local with a note where there is no buffer.
times: lengths of the periods before and after; areas: sizes of treated, control, buffer and buffer_control. Harm of a cell is divided by time times area, so that the answer is for one unit of both. Standard error: the root of phi times the sum over cells of squared harm by squared weight; for counts and weights of 1 that is the sum of counts. phi: the variance of the counts by their mean, 1 for a Poisson process. p_value and interval are those of the normal distribution. conf_level: 0.95, where the R package ptools takes 0.90. n: events.
An area without events is not known to have been watched: what needs it is NULL, and note says so. Cells of fewer than 5 events are named in note, and in that of the first row how many events were left out. NULL displacement: no rows. Errors: other NULLs (22004), numbers of weights, weights and phi that are not from 1e-50 to 1e50, conf_level out of range (22023), arrays of several dimensions (2202E).';

CREATE FUNCTION wdq(displacement) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'displacement_wdq' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10 ROWS 6;
COMMENT ON FUNCTION wdq(displacement) IS
'Weighted displacement quotient (Bowers and Johnson 2003) and the effects of POP Guide 10 (Guerette 2009, appendices B and C), of harm in treated area T, control C and buffer D before (0) and after (1); the control of the buffer is not used. Six rows: wdq = wdq_buffer / wdq_success: above 0 benefits diffused to the buffer, below 0 crime was displaced, below -1 more than was gained. wdq_success = T1/C1 - T0/C0 and wdq_buffer = D1/C1 - D0/C0: below 0 is a fall against the control. gross_effect = T0 - T1. net_effect = T0/C0 - T1/C1. total_net_effect = (T0 C1/C0 - T1) + (D0 C1/C0 - D1): crimes or harm prevented in both.
No standard errors are known: for those see wdd(). Where wdq_success is not below 0 there was nothing to displace and wdq is NULL; so is what needs an area without events, or a control without harm; note says which. Periods of different length make no difference but to gross_effect. n: events of the three areas. NULL displacement: no rows.';

