/* ---- trial: treated and untreated place-days ---- */

CREATE TYPE trial;

CREATE FUNCTION trial_in(cstring) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION trial_out(trial) RETURNS cstring
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION trial_recv(internal) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION trial_send(trial) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

CREATE TYPE trial (
	INPUT = trial_in,
	OUTPUT = trial_out,
	RECEIVE = trial_recv,
	SEND = trial_send,
	INTERNALLENGTH = VARIABLE,
	STORAGE = extended
);

COMMENT ON TYPE trial IS
'The place-days of a randomised crossover trial, such as of hot spots that are drawn for patrol day by day: whether each was assigned to treatment, its outcome, and perhaps the dose it got. Made by the aggregate trial(), joined by merge() and +, read by crossover(), run_length(), next_day(), randomisation_p() and randomisation_distribution(). Outcomes and doses are kept to 1e-12: the same rows give the same bytes whatever their order. At most 256 MB, some 60 million place-days of counts.';
CREATE FUNCTION trial_add_text(trial, text, date, boolean, float8) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trial_add_bigint(trial, bigint, date, boolean, float8) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trial_add_dose_text(trial, text, date, boolean, float8, float8) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trial_add_dose_bigint(trial, bigint, date, boolean, float8, float8) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION trial_merge(trial, trial) RETURNS trial
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;

COMMENT ON FUNCTION trial_add_text(trial, text, date, boolean, float8) IS 'Step of the aggregate trial(place, day, treated, outcome).';
COMMENT ON FUNCTION trial_add_bigint(trial, bigint, date, boolean, float8) IS 'Step of the aggregate trial(place, day, treated, outcome).';
COMMENT ON FUNCTION trial_add_dose_text(trial, text, date, boolean, float8, float8) IS 'Step of the aggregate trial(place, day, treated, outcome, dose).';
COMMENT ON FUNCTION trial_add_dose_bigint(trial, bigint, date, boolean, float8, float8) IS 'Step of the aggregate trial(place, day, treated, outcome, dose).';
COMMENT ON FUNCTION trial_merge(trial, trial) IS 'Step of the aggregate merge(trial); the function of trial + trial.';

CREATE AGGREGATE trial(place text, day date, treated boolean, outcome float8) (
	SFUNC = trial_add_text,
	STYPE = trial,
	SSPACE = 8192,
	COMBINEFUNC = trial_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trial(text, date, boolean, float8) IS
'Trial of places by day, a row for every place-day, those without crime too (outcome 0): a place-day without a row is not in the trial. treated is what the place-day was assigned to, not what it got (intention to treat). Rows of one place-day add up: outcome, from -1e15 to 1e15, is rounded to 1e-12 and then summed exactly. Rows with a NULL argument or an infinite day are left out and counted: see skipped(). Errors: NaN, infinite or larger outcomes, or sums (22003); two values of treated for a place-day, places of type text and of type bigint, rows with and without a dose in one trial (22023).';

CREATE AGGREGATE trial(place bigint, day date, treated boolean, outcome float8) (
	SFUNC = trial_add_bigint,
	STYPE = trial,
	SSPACE = 8192,
	COMBINEFUNC = trial_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trial(bigint, date, boolean, float8) IS
'As trial(text, date, boolean, float8), for places with a number.';

CREATE AGGREGATE trial(place text, day date, treated boolean, outcome float8, dose float8) (
	SFUNC = trial_add_dose_text,
	STYPE = trial,
	SSPACE = 8192,
	COMBINEFUNC = trial_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trial(text, date, boolean, float8, float8) IS
'As trial(place, day, treated, outcome), with the dose that the place-day got, such as minutes of patrol: at least 0, and 0 where there was none, treated or not. Doses of one place-day add up. Error 22023: negative dose.';

CREATE AGGREGATE trial(place bigint, day date, treated boolean, outcome float8, dose float8) (
	SFUNC = trial_add_dose_bigint,
	STYPE = trial,
	SSPACE = 8192,
	COMBINEFUNC = trial_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE trial(bigint, date, boolean, float8, float8) IS
'As trial(text, date, boolean, float8, float8), for places with a number.';

CREATE AGGREGATE merge(trial) (
	SFUNC = trial_merge,
	STYPE = trial,
	SSPACE = 8192,
	COMBINEFUNC = trial_merge,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE merge(trial) IS
'The trial of all rows that the given trials were made of, such as of one day each. NULL is nothing. Errors: as those of trial().';

-- In pg_catalog for the same reason as those of cell.
CREATE OPERATOR pg_catalog.+ (
	FUNCTION = trial_merge, LEFTARG = trial, RIGHTARG = trial,
	COMMUTATOR = OPERATOR(pg_catalog.+)
);
COMMENT ON OPERATOR pg_catalog.+ (trial, trial) IS
'The trial of the rows of both. NULL is nothing. Errors: as those of trial().';

CREATE FUNCTION size(trial) RETURNS bigint
	AS 'MODULE_PATHNAME', 'trial_size' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION size(trial) IS 'Number of place-days.';

CREATE FUNCTION places(trial) RETURNS bigint
	AS 'MODULE_PATHNAME', 'trial_places' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION places(trial) IS 'Number of different places.';

CREATE FUNCTION days(trial) RETURNS bigint
	AS 'MODULE_PATHNAME', 'trial_days' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION days(trial) IS 'Number of different days.';

CREATE FUNCTION skipped(trial) RETURNS bigint
	AS 'MODULE_PATHNAME', 'trial_skipped' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION skipped(trial) IS 'Number of rows that were left out. See skipped(trial, reason).';

CREATE FUNCTION skipped(trial, reason text) RETURNS bigint
	AS 'MODULE_PATHNAME', 'trial_skipped_reason' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION skipped(trial, text) IS
'Number of rows that were left out for one reason, the first that holds: ''place'', ''day'' (or infinite), ''treated'', ''outcome'', ''dose'' is NULL. Other reasons: error 22023.';

