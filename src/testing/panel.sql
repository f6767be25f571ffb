/* ---- panel: the outcomes of places by period ---- */

CREATE TYPE panel;

CREATE FUNCTION panel_in(cstring) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION panel_out(panel) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION panel_recv(internal) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION panel_send(panel) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE panel (
	INPUT = panel_in,
	OUTPUT = panel_out,
	RECEIVE = panel_recv,
	SEND = panel_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE panel IS
'Outcomes of places by period, with the first treated period of each place: the summary that says whether it worked. Made by the aggregate panel(), joined by merge() and +, read by did(), att(), event_study(), bacon(), rate_ratio(), wild_bootstrap() and permutation(). Outcomes are kept to 1e-12: the same rows give the same bytes whatever their order. At most 4000 periods, 2^28 outcomes of places by period, zeros too, and 256 MB where it is stored. A place-period takes 10 to 32 bytes while the panel is built, and a byte where it is stored as long as counts are below 64.';

CREATE FUNCTION panel_add_text(panel, text, integer, float8, integer) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION panel_add_bigint(panel, bigint, integer, float8, integer) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION panel_add_text_text(panel, text, integer, float8, integer, text) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION panel_add_text_bigint(panel, text, integer, float8, integer, bigint) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION panel_add_bigint_text(panel, bigint, integer, float8, integer, text) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION panel_add_bigint_bigint(panel, bigint, integer, float8, integer, bigint) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION panel_merge(panel, panel) RETURNS panel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION panel_add_text(panel, text, integer, float8, integer) IS 'Step of the aggregate panel(place, period, outcome, treated_from).';
COMMENT ON FUNCTION panel_add_bigint(panel, bigint, integer, float8, integer) IS 'Step of the aggregate panel(place, period, outcome, treated_from).';
COMMENT ON FUNCTION panel_add_text_text(panel, text, integer, float8, integer, text) IS 'Step of the aggregate panel(place, period, outcome, treated_from, cluster).';
COMMENT ON FUNCTION panel_add_text_bigint(panel, text, integer, float8, integer, bigint) IS 'Step of the aggregate panel(place, period, outcome, treated_from, cluster).';
COMMENT ON FUNCTION panel_add_bigint_text(panel, bigint, integer, float8, integer, text) IS 'Step of the aggregate panel(place, period, outcome, treated_from, cluster).';
COMMENT ON FUNCTION panel_add_bigint_bigint(panel, bigint, integer, float8, integer, bigint) IS 'Step of the aggregate panel(place, period, outcome, treated_from, cluster).';
COMMENT ON FUNCTION panel_merge(panel, panel) IS 'Step of the aggregate merge(panel); the function of panel + panel.';

CREATE AGGREGATE panel(place text, period integer, outcome float8, treated_from integer) (
	SFUNC = panel_add_text,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel(text, integer, float8, integer) IS
'Panel of rows that tell the outcome of a place in a period. Rows of one place and period add up; a place without a row in a period had outcome 0 there, so a place where nothing ever happened needs a row with outcome 0. period: consecutive integers, see month_number(date), week_number(date), day_number(date). treated_from: the first period in which the place was treated, the same in all its rows; NULL = never. Treatment is taken to stay on. Rows with a NULL place, period or outcome are left out and counted: see skipped().
Errors: two treated_from for a place, treated_from 0, places of type text and of type bigint (22023), outcomes that are NaN or beyond 1e18, or add up to more than 1.7e26 (22003), more than 4000 periods, or 2^28 outcomes of places by period (54000).';

CREATE AGGREGATE panel(place bigint, period integer, outcome float8, treated_from integer) (
	SFUNC = panel_add_bigint,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel(bigint, integer, float8, integer) IS
'As panel(text, integer, float8, integer), for places with a number.';

CREATE AGGREGATE panel(place text, period integer, outcome float8, treated_from integer, cluster text) (
	SFUNC = panel_add_text_text,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel(text, integer, float8, integer, text) IS
'As panel(text, integer, float8, integer), with the cluster of each place, such as its force, by which standard errors allow for what places have in common. Rows with a NULL cluster are left out and counted. Further error 22023: two clusters for a place.';

CREATE AGGREGATE panel(place text, period integer, outcome float8, treated_from integer, cluster bigint) (
	SFUNC = panel_add_text_bigint,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel(text, integer, float8, integer, bigint) IS
'As panel(text, integer, float8, integer, text), for clusters with a number.';

CREATE AGGREGATE panel(place bigint, period integer, outcome float8, treated_from integer, cluster text) (
	SFUNC = panel_add_bigint_text,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel(bigint, integer, float8, integer, text) IS
'As panel(text, integer, float8, integer, text), for places with a number.';

CREATE AGGREGATE panel(place bigint, period integer, outcome float8, treated_from integer, cluster bigint) (
	SFUNC = panel_add_bigint_bigint,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE panel(bigint, integer, float8, integer, bigint) IS
'As panel(text, integer, float8, integer, text), for places and clusters with a number.';

CREATE AGGREGATE merge(panel) (
	SFUNC = panel_merge,
	STYPE = panel,
	SSPACE = 65536,
	COMBINEFUNC = panel_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(panel) IS
'The panel of all rows that the given panels were made of, such as one a month. NULL is nothing. Error 22023: two treated_from or two clusters for a place, ids of type text and of type bigint, panels with and without clusters.';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = panel_merge, LEFTARG = panel, RIGHTARG = panel,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (panel, panel) IS
'The panel of the rows of both. NULL is nothing. Errors as for merge(panel).';

CREATE FUNCTION size(panel) RETURNS bigint
	AS 'MODULE_PATHNAME', 'panel_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(panel) IS 'Number of places.';

CREATE FUNCTION periods(panel) RETURNS integer
	AS 'MODULE_PATHNAME', 'panel_periods' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION periods(panel) IS 'Number of periods with a row.';

CREATE FUNCTION skipped(panel) RETURNS bigint
	AS 'MODULE_PATHNAME', 'panel_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(panel) IS 'Number of rows that were left out. See skipped(panel, reason).';

CREATE FUNCTION skipped(panel, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'panel_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(panel, text) IS
'Number of rows that were left out because a value was NULL: ''place'', ''period'', ''outcome'', ''cluster''. Other reasons: error 22023.';

CREATE FUNCTION month_number(date) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION month_number(date) IS 'The month of a date as a number, 12 * year + month - 1: consecutive, for the periods of panel(). An infinite date: error 22008.';

CREATE FUNCTION week_number(date) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION week_number(date) IS 'The week of a date, from Monday on, as a number: Julian day by 7; consecutive, for the periods of panel(). An infinite date: error 22008.';

CREATE FUNCTION day_number(date) RETURNS integer
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION day_number(date) IS 'The Julian day of a date: consecutive, for the periods of panel(). An infinite date: error 22008.';
