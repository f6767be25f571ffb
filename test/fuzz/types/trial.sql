-- Place-days with rows that are left out; outcomes of both signs.
CREATE FUNCTION sample_trial(prefix text, n integer) RETURNS hotspot.trial LANGUAGE sql
RETURN (
  SELECT hotspot.trial(CASE WHEN k % 7 <> 3 THEN prefix || k % 5 END, date '2024-06-01' + k * k % 11,
    k * k % 11 % 3 = k % 5 % 3, k % 4 * 2.5 - 3, k % 3 * 7)
  FROM generate_series(1, n) AS k);

INSERT INTO seed (type, value)
SELECT 'trial', value::text
FROM (VALUES
  (sample_trial('zone ', 40)),
  (sample_trial('', 1)),
  ((SELECT hotspot.trial(k - 2, date '2024-06-01' + (k % 4)::int, k % 2 = 0, k % 3) FROM generate_series(0, 7) AS k)),
  ((SELECT hotspot.trial(NULL::text, NULL, NULL, NULL)))
) AS trial (value);

INSERT INTO reader VALUES
  ('trial', 'all', 'SELECT hotspot.size($1), hotspot.places($1), hotspot.days($1)'),
  ('trial', 'all', 'SELECT hotspot.skipped($1)'),
  ('trial', 'all', 'SELECT hotspot.skipped($1, $$dose$$)'),
  ('trial', 'all', 'SELECT * FROM hotspot.crossover($1, 1)'),
  ('trial', 'all', 'SELECT * FROM hotspot.run_length($1), hotspot.next_day($1)'),
  ('trial', 'all', 'SELECT * FROM hotspot.randomisation_p($1, draws => 10)'),
  ('trial', 'all', 'SELECT * FROM hotspot.randomisation_distribution($1)'),
  ('trial', 'all', 'SELECT ($1 + $1)::text'),
  ('trial', 'all', 'SELECT hotspot.merge(trial)::text FROM (VALUES (NULL), ($1), ($1)) AS part (trial)'),
  ('trial', 'text', 'SELECT $1::text');
