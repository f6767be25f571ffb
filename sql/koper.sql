-- koper() and exposure(). Times are minutes after ten.
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
CREATE FUNCTION at(float8) RETURNS timestamptz LANGUAGE sql IMMUTABLE RETURN timestamptz '2024-06-01 10:00+00' + $1 * interval '1 min';
CREATE FUNCTION times(float8[]) RETURNS timestamptz[] LANGUAGE sql IMMUTABLE RETURN (SELECT coalesce(array_agg(at(m)), '{}') FROM unnest($1) AS m);

-- Visits 0-10, 40-45, 100-115; crimes at 12, 42, 130, 150; the end at 200. So of length 10: a crime 2 minutes after; of 5:
-- none in 30 minutes; of 15: one 15 minutes after. (reference/patrol_examples.py, K1.) Intervals by R's poisson.test:
-- 0: (0, 3.688879), 1: (0.025318, 5.571643), here by hours: / 0.5, / (2/60), / 0.25.
CREATE TABLE visit (arrived float8, departed float8);
INSERT INTO visit VALUES (0, 10), (40, 45), (100, 115);
CREATE TABLE stored AS SELECT hotspot.patrol('a'::text, at(arrived), at(departed)) AS p FROM visit;
SELECT length_from, length_to, visits, events, exposure_minutes, rate_per_hour, round(conf_low::numeric, 4) AS conf_low, round(conf_high::numeric, 4) AS conf_high
FROM stored, hotspot.koper(p, times('{12,42,130,150}'), until => at(200));
-- mean_log_minutes: ln 2 = 0.693147, ln 15 = 2.708050.
SELECT length_to, share_within_horizon AS share, survival, round(mean_log_minutes::numeric, 6) AS mean_log_minutes, note
FROM stored, hotspot.koper(p, times('{12,42,130,150}'), until => at(200));

-- Kaplan-Meier by hand: after visits of 2 minutes at 0, 100, ..., 500 a crime at 4, 4, 20 minutes; none up to the next
-- arrivals at 6 and 10; the last is followed for 60. S(5) = 4/6, and at 20 of the two left one: S(30) = 1/3.
SELECT length_from, length_to, visits, events, exposure_minutes, survival
FROM (SELECT hotspot.patrol('a'::text, at(arrived), at(departed)) AS p FROM (VALUES
	(0, 2), (100, 102), (200, 202), (300, 302), (308, 318), (400, 402), (412, 422), (500, 502)) AS v (arrived, departed)) AS q,
	hotspot.koper(p, times('{6,106,222}'), '60 min', lengths => '{5 min}');
-- A curve that came down to 0 stays there; one of visits no longer followed is not known.
SELECT length_to, visits, events, survival
FROM (SELECT hotspot.patrol('a'::text, at(arrived), at(departed)) AS p FROM (VALUES (0, 2), (100, 120), (128, 148)) AS v (arrived, departed)) AS q,
	hotspot.koper(p, times('{8}'), '60 min', at(160), '{5 min}');

-- A bin goes up to its length. A crime as the visit ends is not after it; one at the horizon, or as the next visit
-- begins, is no event.
SELECT length_from, length_to, visits, events, exposure_minutes, share_within_horizon
FROM stored, hotspot.koper(p, times('{10,40,75}'), lengths => '{5 min,10 min}');
-- Visits that respond: one 0 minutes after a crime, one 9; not one 10 minutes after.
SELECT crime, visits, note
FROM stored, unnest('{40,31,30}'::float8[]) AS crime, hotspot.koper(p, times(ARRAY[crime]), lengths => '{1 hour}', response => '10 min') WHERE length_from IS NOT NULL AND length_to IS NOT NULL;
-- Nobody looks on after the end: the third visit ends just then, and one goes on.
SELECT length_to, visits, exposure_minutes, note FROM stored, hotspot.koper(p, '{}', until => at(115), lengths => '{10 min}');
SELECT length_to, visits, exposure_minutes, note FROM stored, hotspot.koper(p, times('{116}'), until => at(44), lengths => '{10 min}');
-- Cut ends, excursions, passing.
SELECT length_from, length_to, visits, exposure_minutes, note
FROM (SELECT hotspot.patrol('a'::text, tstzmultirange(tstzrange(at(arrived), at(departed))), arrived = 0, departed = 45, false, 0) AS p FROM visit) AS q,
	hotspot.koper(p, times('{12}'), lengths => '{10 min}');
SELECT passing, gap, length_to, visits, exposure_minutes
FROM (SELECT hotspot.patrol('a'::text, tstzmultirange(tstzrange(at(arrived), at(departed))), false, false, arrived = 40, 0) AS p FROM visit) AS q,
	unnest('{true,false}'::boolean[]) AS passing, unnest('{0,1 hour}'::interval[]) AS gap, hotspot.koper(p, times('{12}'), '1 hour', lengths => '{5 min,10 min}', merge_gap => gap, passing => passing) WHERE visits > 0;
-- Crimes that have no time; the patrol of nobody; other confidence levels: of 1 event half the quantiles of chi-square
-- are 0.051293 and 4.743865 at 0.9.
SELECT length_to, visits, events, round((conf_low / 30)::numeric, 6) AS low, round((conf_high / 30)::numeric, 6) AS high, note
FROM stored, hotspot.koper(p, times('{130,12,NULL}') || '{infinity,-infinity}'::timestamptz[], lengths => '{10 min}', conf_level => 0.9) WHERE events = 1;
SELECT length_from, visits, rate_per_hour, survival, note FROM (SELECT hotspot.patrol(NULL::text, '{}'::tstzmultirange) AS p) AS q, hotspot.koper(p, '{NULL}', lengths => '{10 min}');
SELECT count(*) FROM hotspot.koper(NULL, '{}');

-- In 200 minutes: present 30 minutes with 1 crime, up to 15 minutes after a departure 45 / 1, up to 30 45 / 1, longer 80 / 1
-- (reference/patrol_examples.py, K2).
SELECT state, since_from, since_to, exposure_minutes, crimes, rate_per_hour, round(conf_low::numeric, 4) AS conf_low, round(conf_high::numeric, 4) AS conf_high, note
FROM stored, hotspot.exposure(p, times('{12,42,130,150}'), '{0,15 min,30 min}', tstzrange(at(0), at(200)));
-- By default from the first arrival to the last departure, where the window's end is outside.
SELECT state, since_from, exposure_minutes, crimes, note FROM stored, hotspot.exposure(p, times('{-1,0,10,25,114.9,115}') || 'infinity'::timestamptz);
-- A window that begins long before, within a visit, long after.
SELECT state, exposure_minutes AS before, crimes FROM stored, hotspot.exposure(p, times('{-10,-5,-1,5}'), '{0}', tstzrange(at(-10), at(5)));
SELECT state, exposure_minutes AS within, crimes FROM stored, hotspot.exposure(p, times('{4,5,44,45}'), '{0}', tstzrange(at(5), at(45)));
SELECT state, since_from, exposure_minutes AS behind, crimes FROM stored, hotspot.exposure(p, times('{200,300}'), '{0,60 min,120 min}', tstzrange(at(160), at(300)));
-- Nobody was there, or only some who passed.
SELECT state, exposure_minutes, crimes FROM hotspot.exposure(NULL, times('{5}'), during => tstzrange(at(0), at(200)));
SELECT count(*) FROM hotspot.exposure(NULL, '{}');
SELECT passing, state, exposure_minutes, crimes, rate_per_hour
FROM (SELECT hotspot.patrol('a'::text, tstzmultirange(tstzrange(at(arrived), at(departed))), false, false, true, 0) AS p FROM visit) AS q,
	unnest('{true,false}'::boolean[]) AS passing, hotspot.exposure(p, '{}', '{0}', tstzrange(at(0), at(200)), passing => passing);
SELECT gap, state, exposure_minutes FROM stored, unnest('{30 min,1 hour}'::interval[]) AS gap, hotspot.exposure(p, '{}', '{0}', merge_gap => gap);

-- Exact Poisson intervals (R's poisson.test): 0 (0, 3.688879), 1 (0.025318, 5.571643), 5 (1.623486, 11.668332),
-- 10 (4.795389, 18.390356).
SELECT crimes, round(conf_low::numeric, 6) AS low, round(conf_high::numeric, 6) AS high
FROM stored, unnest('{0,1,5,10}'::int[]) AS n, hotspot.exposure(p, array_fill(at(-1), ARRAY[n]), '{0}', tstzrange(at(-60), at(0))) WHERE state = 'before';
-- Of many; by the sum of Poisson probabilities in decimals of 60 digits.
SELECT crimes, conf_level, round(conf_low::numeric, 4) AS low, round(conf_high::numeric, 4) AS high
FROM stored, unnest('{999,1000,100000}'::int[]) AS n, unnest('{0.5,0.9999}'::float8[]) AS conf_level,
	hotspot.exposure(p, array_fill(at(-1), ARRAY[n]), '{0}', tstzrange(at(-60), at(0)), conf_level => conf_level) WHERE state = 'before';

-- What cannot be asked.
SELECT * FROM hotspot.koper(NULL, NULL);
SELECT * FROM hotspot.koper(NULL, '{{2024-06-01},{2024-06-02}}');
SELECT * FROM hotspot.koper(NULL, '{}', '0');
SELECT * FROM hotspot.koper(NULL, '{}', '-1 min');
SELECT * FROM hotspot.koper(NULL, '{}', NULL);
SELECT * FROM hotspot.koper(NULL, '{}', until => 'infinity');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => NULL);
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{}');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{0,1 min}');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{5 min,5 min}');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{5 min,NULL}');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{-1 min}');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{1 month}');
SELECT * FROM hotspot.koper(NULL, '{}', lengths => '{{1 min},{2 min}}');
SELECT * FROM hotspot.koper(NULL, '{}', merge_gap => '-1 min');
SELECT * FROM hotspot.koper(NULL, '{}', response => '-1 min');
SELECT * FROM hotspot.koper(NULL, '{}', passing => NULL);
SELECT * FROM hotspot.koper(NULL, '{}', conf_level => 1);
SELECT * FROM hotspot.koper(NULL, '{}', conf_level => 'NaN');
SELECT * FROM hotspot.koper(NULL, '{}', conf_level => NULL);
SELECT * FROM hotspot.exposure(NULL, NULL);
SELECT * FROM hotspot.exposure(NULL, '{}', '{1 min,2 min}');
SELECT * FROM hotspot.exposure(NULL, '{}', '{0,2 min,1 min}');
SELECT * FROM hotspot.exposure(NULL, '{}', NULL);
SELECT * FROM hotspot.exposure(NULL, '{}', during => 'empty');
SELECT * FROM hotspot.exposure(NULL, '{}', during => '[2024-06-01,2024-06-01)');
SELECT * FROM hotspot.exposure(NULL, '{}', during => '[2024-06-01,)');
SELECT * FROM hotspot.exposure(NULL, '{}', during => '[-infinity,2024-06-01)');
SELECT * FROM hotspot.exposure(NULL, '{}', merge_gap => NULL);
SELECT * FROM hotspot.exposure(NULL, '{}', passing => NULL);
SELECT * FROM hotspot.exposure(NULL, '{}', conf_level => 0);
DROP TABLE visit, stored;
DROP FUNCTION times(float8[]), at(float8);

-- crime_rate: R's poisson.test(5, 2)$conf.int is 0.811743 to 5.834166 (Garwood: 1.623486 and 11.668332 by 2 hours).
SELECT rate_per_hour, conf_low::numeric(12, 6), conf_high::numeric(12, 6) FROM hotspot.crime_rate(5, 120);
SELECT rate_per_hour, conf_low, conf_high::numeric(12, 6) FROM hotspot.crime_rate(0, 60);
-- Another level: qchisq(0.05, 20) / 2 and qchisq(0.95, 22) / 2 are 5.425406 and 16.962219.
SELECT rate_per_hour, conf_low::numeric(12, 6), conf_high::numeric(12, 6) FROM hotspot.crime_rate(10, 60, 0.9);
SELECT * FROM hotspot.crime_rate(3, 0);
SELECT * FROM hotspot.crime_rate(NULL, 60);
SELECT * FROM hotspot.crime_rate(1.5, 60);
SELECT * FROM hotspot.crime_rate(-1, 60);
SELECT * FROM hotspot.crime_rate('NaN', 60);
SELECT * FROM hotspot.crime_rate(1e30, 60);
SELECT * FROM hotspot.crime_rate(1, -60);
SELECT * FROM hotspot.crime_rate(1, 'Infinity');
SELECT * FROM hotspot.crime_rate(1, 1e300);
SELECT * FROM hotspot.crime_rate(1, 60, 1);
SELECT * FROM hotspot.crime_rate(1, 60, NULL);
