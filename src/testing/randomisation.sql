/* ---- randomisation: tests by the way the trial was drawn ---- */

CREATE FUNCTION randomisation_p(trial, method text DEFAULT 'auto', draws integer DEFAULT 10000, seed bigint DEFAULT 1) RETURNS SETOF effect
	AS 'MODULE_PATHNAME', 'trial_randomisation_p' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000 ROWS 3;
COMMENT ON FUNCTION randomisation_p(trial, text, integer, bigint) IS
'Whether chance alone explains the outcome of a randomised crossover trial (Fisher 1935): had treatment no effect, how likely would be so extreme a total outcome of treated place-days, over all ways in which as many of the places of each day could have been drawn, days independent and places of a day alike? By assignment (intention to treat); it assumes no distribution of outcomes, which may be counts, harm or any numbers. Rows: randomisation (so far from the expected total, either side), randomisation_lower (so small), randomisation_upper (so large).
estimate: total less its expected value; std_error: root of its variance, both in closed form (for a day with m of n drawn: mean m by the mean outcome, variance m (n - m) / n by the sample variance); statistic: their ratio; n: place-days of days with both treated and control places, for others tell nothing: the note counts them. Totals are equally far from the expected one if the distances differ by less than 1e-9 of the unit of all outcomes.
method ''exact'' computes the distribution by dynamic programming over exact totals (relative error of p some 1e-16 a day; below 1e-280 p may be 0); its limit is 4,194,304 different totals and 2e9 steps: error 54000 with ''exact'', while ''auto'' then takes ''sampled'': the share of so many random draws, and the trial itself, that are as extreme; the same seed gives the same answer. ''normal'': the normal approximation. note says which it was. The other columns are NULL. NULL trial: no rows. Errors: NULL options (22004), unknown method, draws below 1 (22023).';

CREATE FUNCTION randomisation_distribution(trial, OUT total float8, OUT probability float8) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'trial_randomisation_distribution' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 100000 ROWS 1000;
COMMENT ON FUNCTION randomisation_distribution(trial) IS
'The distribution from which randomisation_p() takes its exact values: each total outcome that treated place-days could have had if treatment had no effect, ascending, and its probability (those below 1e-290 are left out). NULL trial: no rows. Error 54000: more than 4,194,304 different totals or 2e9 steps.';

