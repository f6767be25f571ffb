/* ---- did: difference in differences from one aggregate over rows ---- */

CREATE TYPE did_cells;

CREATE FUNCTION did_cells_in(cstring) RETURNS did_cells
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION did_cells_out(did_cells) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION did_cells_recv(internal) RETURNS did_cells
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION did_cells_send(did_cells) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE did_cells (
	INPUT = did_cells_in,
	OUTPUT = did_cells_out,
	RECEIVE = did_cells_recv,
	SEND = did_cells_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE did_cells IS
'What the aggregate did(outcome, treated, post) keeps on its way between processes: rows, sums and sums of squares of outcomes in 1e-12, exact. Not meant to be stored.';

CREATE TYPE did_places;

CREATE FUNCTION did_places_in(cstring) RETURNS did_places
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION did_places_out(did_places) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION did_places_recv(internal) RETURNS did_places
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION did_places_send(did_places) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE did_places (
	INPUT = did_places_in,
	OUTPUT = did_places_out,
	RECEIVE = did_places_recv,
	SEND = did_places_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE did_places IS
'What the aggregate did(outcome, treated, post, place) keeps on its way between processes: rows and sums of outcomes in 1e-12 by place, exact. Not meant to be stored.';

CREATE FUNCTION did_cells_add(did_cells, float8, boolean, boolean) RETURNS did_cells
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION did_cells_merge(did_cells, did_cells) RETURNS did_cells
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION did_cells_effect(did_cells) RETURNS effect
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION did_places_add_text(did_places, float8, boolean, boolean, text) RETURNS did_places
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION did_places_add_bigint(did_places, float8, boolean, boolean, bigint) RETURNS did_places
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION did_places_merge(did_places, did_places) RETURNS did_places
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION did_places_effect(did_places) RETURNS effect
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;

COMMENT ON FUNCTION did_cells_add(did_cells, float8, boolean, boolean) IS 'Step of the aggregate did(outcome, treated, post).';
COMMENT ON FUNCTION did_cells_merge(did_cells, did_cells) IS 'Combines partial states of the aggregate did(outcome, treated, post).';
COMMENT ON FUNCTION did_cells_effect(did_cells) IS 'Final function of the aggregate did(outcome, treated, post).';
COMMENT ON FUNCTION did_places_add_text(did_places, float8, boolean, boolean, text) IS 'Step of the aggregate did(outcome, treated, post, place).';
COMMENT ON FUNCTION did_places_add_bigint(did_places, float8, boolean, boolean, bigint) IS 'Step of the aggregate did(outcome, treated, post, place).';
COMMENT ON FUNCTION did_places_merge(did_places, did_places) IS 'Combines partial states of the aggregate did(outcome, treated, post, place).';
COMMENT ON FUNCTION did_places_effect(did_places) IS 'Final function of the aggregate did(outcome, treated, post, place).';

CREATE AGGREGATE did(outcome float8, treated boolean, post boolean) (
	SFUNC = did_cells_add,
	STYPE = did_cells,
	SSPACE = 2048,
	FINALFUNC = did_cells_effect,
	COMBINEFUNC = did_cells_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE did(float8, boolean, boolean) IS
'Difference in differences of rows that stand for themselves: (mean of treated after - before) - (mean of control after - before), in the unit of outcome. Standard error, t and interval (0.95) are those of ordinary least squares of outcome on treated, post and their product, with as many degrees of freedom as rows less 4; they take rows for independent, which those of one place are not, and note says so. n: rows. Rows with a NULL are left out and counted in note. Where one of the four means has no row all is NULL, where each has one the standard error is; note says why. No row: an effect of NULLs. Outcomes are kept in 1e-12, exactly: the same rows give the same answer whatever their order. Errors 22003: an outcome that is not finite or above 1e15 in size, sums above 1e24.';

CREATE AGGREGATE did(outcome float8, treated boolean, post boolean, place text) (
	SFUNC = did_places_add_text,
	STYPE = did_places,
	SSPACE = 65536,
	FINALFUNC = did_places_effect,
	COMBINEFUNC = did_places_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE did(float8, boolean, boolean, text) IS
'Difference in differences in one line, for rows that belong to places: (mean of treated after - before) - (mean of control after - before), in the unit of outcome, each mean over rows; that is ordinary least squares of outcome on treated, post and their product. Where each place has as many rows before as each other, and likewise after, it is also what effects of places and periods give. treated: whether the place is one that gets treatment, the same before and after; post: whether the row is of the time after it began. Standard error clustered by place (CR1, Liang and Zeger 1986): the root of the sum of squared influences times G/(G-1) times (N-1)/(N-3), for N rows and G places, as fixest has it for outcome ~ treated:post | place + post (with an effect of each month instead of post, N-3 is N-1 less the months and the error a little larger: see did(panel)); t of G-1 degrees of freedom, interval of 0.95. n: rows.
A place is not a row more for having none: give rows of 0 where there was no crime. Rows with a NULL are left out and counted in note, as are places without a row before or after. NULL with a note: all where one of the four means has no row; the standard error where there is one treated or one control place. No row: an effect of NULLs. Outcomes are kept in 1e-12, exactly: the same rows give the same answer whatever their order. Errors: a place that is treated in some rows only (22023), an outcome that is not finite or above 1e15 in size, sums above 1e24 (22003).';

CREATE AGGREGATE did(outcome float8, treated boolean, post boolean, place bigint) (
	SFUNC = did_places_add_bigint,
	STYPE = did_places,
	SSPACE = 65536,
	FINALFUNC = did_places_effect,
	COMBINEFUNC = did_places_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE did(float8, boolean, boolean, bigint) IS
'As did(outcome, treated, post, place text), for places with a number.';

