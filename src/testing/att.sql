/* ---- att, event_study: effects by cohort, period and time since treatment ---- */

CREATE TYPE cohort_effect AS (
	cohort integer,
	period integer,
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
COMMENT ON TYPE cohort_effect IS
'The effect on a cohort, which is the places first treated in one period, in a period: the columns of effect behind these two.';

CREATE TYPE lag_effect AS (
	lag integer,
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
COMMENT ON TYPE lag_effect IS
'The effect so many periods after treatment began: the columns of effect behind the lag.';

CREATE FUNCTION att(
	panel,
	control text DEFAULT 'never',
	conf_level float8 DEFAULT 0.95,
	anticipation integer DEFAULT 0,
	base text DEFAULT 'varying',
	se text DEFAULT 'did'
) RETURNS SETOF cohort_effect
	AS 'MODULE_PATHNAME', 'panel_att' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION att(panel, text, float8, integer, text, text) IS
'The effect on each cohort, which is the places first treated in one period, in each period: measure att, in units of the outcome a place and period; before treatment it should be about 0. By cohort and period. n: places of the cohort and of its control. The first row''s note counts the places that are left out. Arguments, errors and sources are those of did() with method ''callaway''. A NULL panel: no rows. NULL with a note: no control; no standard error where the cohort or its control is a single place or lies in a single cluster.';

CREATE FUNCTION event_study(
	panel,
	control text DEFAULT 'never',
	conf_level float8 DEFAULT 0.95,
	anticipation integer DEFAULT 0,
	base text DEFAULT 'varying',
	se text DEFAULT 'did'
) RETURNS SETOF lag_effect
	AS 'MODULE_PATHNAME', 'panel_event_study' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION event_study(panel, text, float8, integer, text, text) IS
'The effect by the number of periods since treatment began, the average over cohorts weighted by their places: measure lag_effect, in units of the outcome a place and period. Lag 0 is the first treated period; lags below 0 should be about 0. n: places. A last row, without a lag, has measure pre_trend: statistic is Wald''s for the hypothesis that the effects on all cohorts are 0 in all periods before treatment (less anticipation), chi-square with df. Arguments, errors and sources are those of did() with method ''callaway''; the first row''s note counts the places that are left out. A NULL panel: no rows. NULL with a note: no control, no cell before treatment, singular covariances, more cells than places or than 1000.';
