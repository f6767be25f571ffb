-- E1 to E19 are worked examples whose answers were found by hand: a unit goes straight and steadily from fix to fix,
-- max_gap is 300 s, and zone Z is the square from (0 0) to (100 100) unless said otherwise. The other answers are reckoned
-- in the comments.
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
SET timezone = 'UTC';
-- Fixes as 'seconds,x,y[,accuracy] ...', after midnight of 2024-01-01.
CREATE FUNCTION tr(fixes text, srid integer = 0) RETURNS hotspot.track LANGUAGE sql
RETURN (SELECT hotspot.track('2024-01-01'::timestamptz + (f[1] || ' s')::interval, ST_SetSRID(ST_MakePoint(f[2]::float8, f[3]::float8), srid), f[4]::float8)
	FROM regexp_split_to_table(fixes, ' ') AS v (t), string_to_array(t, ',') AS f);
-- Areas that are rectangles, as 'id:left,bottom,right,top ...'.
CREATE FUNCTION zs(areas text, srid integer = 0) RETURNS hotspot.zones LANGUAGE sql
RETURN (SELECT hotspot.zones(split_part(t, ':', 1), ST_MakeEnvelope(a[1], a[2], a[3], a[4], srid))
	FROM regexp_split_to_table(areas, ' ') AS v (t), LATERAL (SELECT string_to_array(split_part(t, ':', 2), ',')::float8[]) AS r (a));
CREATE FUNCTION s(timestamptz) RETURNS numeric LANGUAGE sql RETURN trim_scale(extract(epoch FROM $1 - '2024-01-01'));
CREATE FUNCTION s(interval) RETURNS numeric LANGUAGE sql RETURN trim_scale(extract(epoch FROM $1));
CREATE FUNCTION s(tstzmultirange) RETURNS text LANGUAGE sql
RETURN (SELECT string_agg(format('[%s,%s)', s(lower(r)), s(upper(r))), ' ' ORDER BY r) FROM unnest($1) AS r);
\set Z 'zs(''Z:0,0,100,100'')'
\set spans 'zone, s(dwell) AS dwell, s(intervals) AS intervals'
\set row 'zone, s(arrived) AS arrived, s(departed) AS departed, s(dwell) AS dwell, s(intervals) AS intervals, pings, round(path_length::numeric, 6) AS path, starts_cut AS sc, ends_cut AS ec, passing AS p, s(interpolated) AS ip'

-- E1: drive straight through. No fix is inside; the way is 100.
SELECT :row FROM hotspot.visits(tr('0,-50,50 20,150,50'), :Z, merge_gap => '0');
-- E2: stand still. Both ends are cut, and the fixes are more than 2 minutes apart.
SELECT :row FROM hotspot.visits(tr('0,50,50 300,50,50'), :Z, merge_gap => '0');
-- E3: enter, stand, leave. The legs of 300 s count as interpolated.
SELECT :row FROM hotspot.visits(tr('0,-50,50 10,50,50 310,50,50 610,50,50 620,-50,50'), :Z, merge_gap => '0');
-- E4: a silence longer than max_gap. The last fix is a touch.
SELECT :row FROM hotspot.visits(tr('0,50,50 60,50,50 1060,50,50'), :Z, merge_gap => '0');
SELECT zone, s(at) FROM hotspot.touches(tr('0,50,50 60,50,50 1060,50,50'), :Z);
-- E5: a fix that strays. Two visits, or one of 130 s in 140.
SELECT :row FROM hotspot.visits(tr('0,50,50 60,50,50 70,50,-50 80,50,50 140,50,50'), :Z, merge_gap => '5 s');
SELECT :row FROM hotspot.visits(tr('0,50,50 60,50,50 70,50,-50 80,50,50 140,50,50'), :Z, merge_gap => '30 s');
-- E6: a teleport there and back: 50 of 4,950 m take 0.10101 s. With a limit the fix is dropped.
SELECT :row FROM hotspot.visits(tr('0,50,50 10,5000,50 20,50,50'), :Z, merge_gap => '0');
SELECT :row FROM hotspot.visits(tr('0,50,50 10,5000,50 20,50,50'), :Z, merge_gap => '0', max_speed => 70);
-- E6b: a teleport for good breaks the track: no dwell is made up, and the first fix is a touch.
SELECT :row FROM hotspot.visits(tr('0,50,50 10,5000,50 20,5000,50 30,5000,50'), :Z, merge_gap => '0', max_speed => 70);
SELECT zone, s(at) FROM hotspot.touches(tr('0,50,50 10,5000,50 20,5000,50 30,5000,50'), :Z, max_speed => 70);
-- E7: zones that overlap: 10 s each, 15 s together.
SELECT :spans FROM hotspot.visits(tr('0,-50,50 30,250,50'), zs('A:0,0,100,100 B:50,0,150,100'), merge_gap => '0');
SELECT s(range_agg(r)) FROM hotspot.visits(tr('0,-50,50 30,250,50'), zs('A:0,0,100,100 B:50,0,150,100'), merge_gap => '0'), unnest(intervals) AS r;
-- E8: zones that adjoin.
SELECT :spans FROM hotspot.visits(tr('0,-50,50 30,250,50'), zs('A:0,0,100,100 B:100,0,200,100'), merge_gap => '0');
SELECT s(range_agg(r)) FROM hotspot.visits(tr('0,-50,50 30,250,50'), zs('A:0,0,100,100 B:100,0,200,100'), merge_gap => '0'), unnest(intervals) AS r;
-- E9: parked through a change of the clocks, a fix every 5 minutes: 80 and 200 minutes, whatever clocks show.
SELECT zone, arrived, departed, dwell, pings
FROM (SELECT hotspot.track(at, 'POINT(50 50)') AS t FROM generate_series('2024-03-30 23:50+00'::timestamptz, '2024-03-31 01:10+00', '5 min') AS at) AS q, hotspot.visits(t, :Z);
SELECT zone, arrived, departed, dwell, pings
FROM (SELECT hotspot.track(at, 'POINT(50 50)') AS t FROM generate_series('2024-10-26 22:50+00'::timestamptz, '2024-10-27 02:10+00', '5 min') AS at) AS q, hotspot.visits(t, :Z);
SET timezone = 'Europe/London';
SELECT zone, arrived, departed, dwell, pings
FROM (SELECT hotspot.track(at, 'POINT(50 50)') AS t FROM generate_series('2024-10-26 22:50+00'::timestamptz, '2024-10-27 02:10+00', '5 min') AS at) AS q, hotspot.visits(t, :Z);
SET timezone = 'UTC';
-- E11: E3 in another order, with fixes of one time: the most accurate counts.
SELECT :row FROM hotspot.visits(tr('610,50,50,5 10,60,50,20 0,-50,50,5 620,-50,50,5 10,50,50,5 310,50,50,5 10,50,50,5'), :Z, merge_gap => '0');
-- E12: a lone fix inside.
SELECT count(*) FROM hotspot.visits(tr('0,-5000,50 1000,50,50 2000,-5000,50'), :Z, merge_gap => '0');
SELECT zone, s(at) FROM hotspot.touches(tr('0,-5000,50 1000,50,50 2000,-5000,50'), :Z);
-- E13: along the lower side, the upper side, and the upper side with a zone above.
SELECT :spans FROM hotspot.visits(tr('0,0,0 10,100,0'), :Z, merge_gap => '0');
SELECT :spans FROM hotspot.visits(tr('0,0,100 10,100,100'), :Z, merge_gap => '0');
SELECT :spans FROM hotspot.visits(tr('0,0,100 10,100,100'), zs('Above:0,100,100,200 Below:0,0,100,100'), merge_gap => '0');
-- E14: E1 with a hole from (40 40) to (60 60).
CREATE TABLE holed AS SELECT hotspot.zones('H', 'POLYGON((0 0,100 0,100 100,0 100,0 0),(40 40,60 40,60 60,40 60,40 40))') AS zones;
SELECT :row FROM holed, hotspot.visits(tr('0,-50,50 20,150,50'), zones, merge_gap => '0');
SELECT :row FROM holed, hotspot.visits(tr('0,-50,50 20,150,50'), zones, merge_gap => '60 s');
DROP TABLE holed;
-- E15: through midnight, 23:30 to 0:30 in London: two days of 30 minutes each, or a police day from 7:00 of 60.
SELECT v.day, dwell, starts_cut, ends_cut
FROM (SELECT hotspot.track(at, 'POINT(50 50)') AS t FROM generate_series('2024-06-01 23:30+01'::timestamptz, '2024-06-02 00:30+01', '5 min') AS at) AS q,
	(VALUES (1, 'first', '[2024-06-01 00:00+01,2024-06-02 00:00+01)'::tstzrange), (2, 'second', '[2024-06-02 00:00+01,2024-06-03 00:00+01)'),
		(3, 'first from 7:00', '[2024-06-01 07:00+01,2024-06-02 07:00+01)'), (4, 'second from 7:00', '[2024-06-02 07:00+01,2024-06-03 07:00+01)')) AS v (n, day, during),
	hotspot.visits(t, :Z, during => v.during)
ORDER BY n;
-- E16: E1's way with a fix every 7 s: linear 10 s, with two fixes inside.
SELECT :row FROM hotspot.visits(tr('0,-50,50 7,20,50 14,90,50 21,160,50'), :Z, merge_gap => '0');
-- E18: past the lower corner of a zone: no time.
SELECT count(*) FROM hotspot.visits(tr('0,-50,-50 20,50,-50'), (SELECT hotspot.zones('T', 'POLYGON((0 -50,50 50,-50 50,0 -50))')), merge_gap => '0');
-- E19: silent for half an hour, 2 m apart.
SELECT :spans FROM hotspot.visits(tr('0,50,50 30,50,50 1830,52,50 1860,52,50'), :Z, merge_gap => '0');
SELECT :row FROM hotspot.visits(tr('0,50,50 30,50,50 1830,52,50 1860,52,50'), :Z, merge_gap => '0', still_gap => '1 h', still_radius => 30);

-- Diagonally from beyond corner to beyond corner, over a corner, and through the vertex where four zones meet.
SELECT :spans FROM hotspot.visits(tr('0,-10,-10 12,110,110'), :Z);
SELECT count(*) FROM hotspot.visits(tr('0,-10,10 20,10,-10'), :Z);
SELECT :spans FROM hotspot.visits(tr('0,0,0 20,200,200'), zs('A:0,0,100,100 B:100,100,200,200 C:100,0,200,100 D:0,100,100,200'));
-- From side to side, and back. The fix on the left side is inside, that on the right one is not.
SELECT :row FROM hotspot.visits(tr('0,0,50 10,100,50'), :Z);
SELECT :row FROM hotspot.visits(tr('0,100,50 10,0,50'), :Z);
-- Crossings in thirds of a second are rounded to the microsecond.
SELECT :spans FROM hotspot.visits(tr('0,-100,50 1,200,50'), :Z);

-- max_gap: as long bridges, longer by a microsecond does not.
SELECT max_gap, s(dwell) AS dwell FROM unnest('{59.999999 s,60 s,1 us}'::interval[]) AS max_gap LEFT JOIN hotspot.visits(tr('0,50,50 60,50,50'), :Z, max_gap, '0') ON true;
-- merge_gap: out for 10 s. As long joins.
SELECT merge_gap, :spans FROM unnest('{0,9.999999 s,10 s}'::interval[]) AS merge_gap, hotspot.visits(tr('0,50,50 60,50,50 70,50,-50 80,50,50 140,50,50'), :Z, merge_gap => merge_gap);
-- min_dwell, pass_speed: what falls short is passing, and stays. E1 takes 10 s at 10 a second.
SELECT min_dwell, pass_speed, passing FROM unnest('{0,10 s,10.000001 s}'::interval[]) AS min_dwell, unnest('{NULL,10,9.99}'::float8[]) AS pass_speed,
	hotspot.visits(tr('0,-50,50 20,150,50'), :Z, min_dwell => min_dwell, pass_speed => pass_speed);
-- Their measure is the whole visit, less the time out: 8 s of 60 in, 8 s of 60 out again, 8 s above, 4 s of 30 in.
SELECT s(dwell) AS dwell, path_length, min_dwell, pass_speed, passing FROM (VALUES (interval '20 s', 7.5), ('20.1 s', NULL), ('0', 7.49)) AS v (min_dwell, pass_speed),
	hotspot.visits(tr('0,50,100 8,50,40 16,50,100 20,50,130 24,50,100 28,50,70'), :Z, min_dwell => min_dwell, pass_speed => pass_speed);
-- max_speed: 100 in 10 s are 10 a second; at the limit all is well.
SELECT max_speed, s(dwell) AS dwell FROM unnest('{NULL,10,9.999}'::float8[]) AS max_speed LEFT JOIN hotspot.visits(tr('0,0,50 10,100,50'), :Z, max_speed => max_speed) ON true;
-- max_spike: two stray fixes are a spike only where 2 may be. Else the track breaks there and back: 2 x 10 s.
SELECT max_spike, :spans FROM unnest('{1,2,3}'::integer[]) AS max_spike, hotspot.visits(tr('0,50,50 10,50,50 20,5000,50 30,5010,50 40,50,50 50,50,50'), :Z, merge_gap => '0', max_speed => 70, max_spike => max_spike);
SELECT max_spike, kept, spikes, jumps, silences, s(bridged) AS bridged FROM unnest('{1,2,3}'::integer[]) AS max_spike, hotspot.coverage(tr('0,50,50 10,50,50 20,5000,50 30,5010,50 40,50,50 50,50,50'), max_speed => 70, max_spike => max_spike);
-- A first fix that strays stands as it is: nothing is before it. A last one has no way back.
SELECT kept, spikes, jumps, s(bridged) AS bridged FROM hotspot.coverage(tr('0,5000,50 10,50,50 20,50,50 30,5000,50'), max_speed => 70);
-- max_accuracy: the fix outside, which takes 10 s away, is dropped where its accuracy is known and worse than allowed.
SELECT accuracy, max_accuracy, s(dwell) AS dwell FROM unnest('{NULL,5,5.1}'::float8[]) AS max_accuracy, unnest('{"",",5",",5.1",",5.2"}'::text[]) AS accuracy,
	hotspot.visits(tr('0,50,50 10,50,-50' || accuracy || ' 20,50,50'), :Z, max_accuracy => max_accuracy);
-- still_gap, still_radius: silent for 400 s, 5 apart.
SELECT still_gap, still_radius, s(dwell) AS dwell FROM (VALUES (NULL::interval, 5), ('399.999999 s', 5), ('400 s', 5), ('400 s', 4.999), ('400 s', 0)) AS v (still_gap, still_radius)
	LEFT JOIN hotspot.visits(tr('0,50,50 400,53,54'), :Z, still_gap => still_gap, still_radius => still_radius) ON true;
-- The radius is nothing to silences within max_gap.
SELECT s(dwell) AS dwell FROM hotspot.visits(tr('0,50,50 300,60,50'), :Z, still_gap => '1 h', still_radius => 0);

-- during: days apart add up. A unit goes to and fro for an hour, 20 s out and 20 s in, with a fix in the middle. It is inside
-- where three parts meet, once between fixes, after 5.5 s, and once on the fix.
CREATE TABLE part AS SELECT n, tstzrange(lower, lead(lower) OVER (ORDER BY n)) AS during
FROM (VALUES (1, NULL::timestamptz), (2, '2024-01-01 00:20:25.5'), (3, '2024-01-01 00:40:30')) AS v (n, lower);
CREATE TABLE unit AS SELECT hotspot.track('2024-01-01'::timestamptz + k * interval '10 s', ST_MakePoint((ARRAY[50, 100, 150, 100])[1 + (k + 1) % 4], 50)) AS track FROM generate_series(0, 360) AS k;
\set sums 'count(*) AS visits, s(sum(dwell)) AS dwell, sum(pings) AS pings, sum(path_length) AS path, count(*) FILTER (WHERE starts_cut) AS sc, count(*) FILTER (WHERE ends_cut) AS ec'
SELECT :sums FROM unit, hotspot.visits(track, :Z, merge_gap => '0');
SELECT n, :sums FROM unit, part, hotspot.visits(track, :Z, merge_gap => '0', during => part.during) GROUP BY ROLLUP (n) ORDER BY n;
SELECT (SELECT range_agg(r) FROM hotspot.visits(track, :Z), unnest(intervals) AS r) = (SELECT range_agg(r) FROM part, hotspot.visits(track, :Z, during => part.during), unnest(intervals) AS r) AS same FROM unit;
DROP TABLE unit, part;
-- At a limit the stay is cut, whether a fix lies there or not. A fix at the end of a part belongs to the next. The unit is in
-- from 5 to 60 s.
SELECT during, :row
FROM (VALUES (1, '[2024-01-01,2024-01-01 00:00:20)'::tstzrange), (2, '[2024-01-01 00:00:20,2024-01-01 00:00:35)'), (3, '[2024-01-01 00:00:35,)'), (4, '(,2024-01-01)'), (5, '[2024-01-01 00:01,)'),
		(6, '[2024-01-01 00:00:20,2024-01-01 00:00:20]'), (7, 'empty'), (8, '(,)'), (9, NULL)) AS v (n, during),
	hotspot.visits(tr('0,-50,50 10,50,50 20,60,50 30,70,50 40,80,50 50,90,50 60,100,50'), :Z, during => v.during)
ORDER BY n;
-- What comes in where the part begins, or goes out where it ends, is not cut there.
SELECT during, :row
FROM (VALUES (1, '[2024-01-01 00:00:05,2024-01-01 00:00:15)'::tstzrange), (2, '[2024-01-01,2024-01-01 00:00:05)'), (3, '[2024-01-01 00:00:15,)')) AS v (n, during), hotspot.visits(tr('0,-50,50 20,150,50'), :Z, during => v.during)
ORDER BY n;
-- Fixes no farther outside than max_gap are read, or than still_gap where that is longer: those at 0 and 900 are 300.000001
-- and 360 s from the part. Bridged time is that of the part.
SELECT s(dwell) AS dwell, starts_cut, ends_cut FROM hotspot.visits(tr('0,50,50 300,50,50'), :Z, during => '[2024-01-01 00:02,2024-01-01 00:03)');
SELECT outside, kept, s(bridged) AS bridged FROM hotspot.coverage(tr('0,50,50 300,50,50 600,50,50 900,50,50'), during => '[2024-01-01 00:05:00.000001,2024-01-01 00:09)');
SELECT outside, kept, s(bridged) AS bridged FROM hotspot.coverage(tr('0,50,50 300,50,50 600,50,50 900,50,50'), during => '[2024-01-01 00:05,2024-01-01 00:09)');
SELECT outside, kept, s(bridged) AS bridged FROM hotspot.coverage(tr('0,50,50 300,50,50 600,50,50 900,50,50'), during => '[2024-01-01 00:05:00.000001,2024-01-01 00:09)', still_gap => '6 min');
SELECT zone, s(at) FROM hotspot.touches(tr('0,50,50 1000,50,50 2000,50,50'), :Z, during => '[2024-01-01 00:16:40,2024-01-01 00:33:20)');

-- Cut at either end where nothing is known, though not where the unit is known to come or go.
SELECT :row FROM hotspot.visits(tr('0,50,50 10,150,50 400,150,50 410,50,50 1000,50,50 1010,50,50'), :Z, merge_gap => '0');
-- pings: fixes on the left side are in, on the right side out.
SELECT pings, s(dwell) AS dwell FROM hotspot.visits(tr('0,-100,50 10,0,50 20,50,50 30,100,50 40,200,50'), :Z);
-- path_length: there and back, 50 in, 30 on, 30 back, 50 out. No length in degrees.
SELECT path_length FROM hotspot.visits(tr('0,-50,50 10,50,50 20,80,50 30,50,50 40,-50,50'), :Z);
SELECT zone, path_length IS NULL AS no_path, s(dwell) AS dwell FROM hotspot.visits(tr('0,-50,50 20,150,50', 4326), zs('Z:0,0,100,100', 4326));
SELECT path_length FROM hotspot.visits(tr('0,-50,50 20,150,50', 27700), zs('Z:0,0,100,100', 27700));
-- interpolated: legs of more than 2 minutes.
SELECT s(interpolated) AS interpolated, s(dwell) AS dwell FROM hotspot.visits(tr('0,50,50 120,50,50 240.000001,50,50 250,50,50'), :Z);
-- A teleport to the end of what can be told and back is in no zone for long enough to count.
SELECT :row FROM hotspot.visits(tr('0,50,50 10,1e15,1e15 20,50,50'), :Z, merge_gap => '0');
SELECT :spans FROM hotspot.visits(tr('0,-1e15,50 10,1e15,50'), zs('A:-1e15,0,0,100 B:0,0,1e15,100'));

-- At the ends of what timestamptz can tell, and over all of it: 9,435,184,819,199,999,999 microseconds, more than an
-- interval holds but for its days.
CREATE FUNCTION still(text) RETURNS hotspot.track LANGUAGE sql RETURN (SELECT hotspot.track(at, 'POINT(50 50)') FROM unnest($1::timestamptz[]) AS at);
SELECT arrived, departed, dwell FROM hotspot.visits(still('{4714-11-24 00:00:00+00 BC,4714-11-24 00:00:01+00 BC,294276-12-31 23:59:58.999999+00,294276-12-31 23:59:59.999999+00}'), :Z);
SELECT arrived, departed, extract(epoch FROM dwell) AS dwell, interpolated = dwell AS interpolated FROM hotspot.visits(still('{4714-11-24 00:00:00+00 BC,2024-01-01 00:00:00.000001+00,294276-12-31 23:59:59.999999+00}'), :Z, max_gap => '106751991 days');
SELECT arrived, departed FROM hotspot.visits(still('{4714-11-24 00:00:00+00 BC,2024-01-01 00:00:00.000001+00,294276-12-31 23:59:59.999999+00}'), :Z, max_gap => '106751991 days', during => '[2024-01-01,infinity]');
SELECT kept, s(bridged) AS bridged, extract(epoch FROM median_interval) AS median, silences FROM hotspot.coverage(still('{4714-11-24 00:00:00+00 BC,294276-12-31 23:59:59.999999+00}'), max_gap => '106751991 days');
SELECT zone, at FROM hotspot.touches(still('{4714-11-24 00:00:00+00 BC,294276-12-31 23:59:59.999999+00}'), :Z, during => '[-infinity,infinity]');

-- touches(): fixes that stand alone, in each zone; those of visits are none.
SELECT zone, s(at) FROM hotspot.touches(tr('0,50,50 1000,50,50 1010,50,50 2000,150,50 3000,50,50'), zs('A:0,0,100,100 B:40,40,60,60 C:100,0,200,100'));
SELECT zone, s(at) FROM hotspot.touches(tr('7,50,50'), :Z);
SELECT count(*) FROM hotspot.touches(tr('0,50,50 400,53,54'), :Z, still_gap => '400 s', still_radius => 5);
SELECT zone, s(at) FROM hotspot.touches(tr('0,50,50,9 1000,50,50,5 2000,50,50'), :Z, max_accuracy => 8);

-- coverage(). 14 fixes: at 20 two of one time; at 30 one too inaccurate; at 40 a spike; from 60 to 70 a jump; from 80 to
-- 480 a silence; 3 of one time at 490. Kept: 0 10 20 50 60 70 80 480 490, that is 8 intervals of 10 10 30 10 10 10 400 10.
-- Bridged: 60 (to 60) + 10 (70 to 80) + 10. The median is the 4th of them by length.
SELECT fixes, outside, inaccurate, duplicates, spikes, kept, jumps, silences, s(bridged) AS bridged, s(median_interval) AS median, note
FROM hotspot.coverage(tr('0,0,0 10,10,0 20,20,0,1 20,20,0,3 30,30,0,99 40,9000,0 50,50,0 60,60,0 70,9000,0 80,9010,0 480,9010,0 490,9010,0 490,9010,1 490,9010,2'), max_speed => 70, max_accuracy => 50);
-- Of one time, what is worse than allowed is inaccurate, but behind the fix that counts all are duplicates. Unknown is last.
SELECT inaccurate, duplicates, kept FROM hotspot.coverage(tr('0,0,0,60 0,0,0,70 0,1,0 0,2,0 10,0,0,5 10,0,0,60 20,0,0,51 20,0,0,51'), max_accuracy => 50);
-- The lower one of two; fewer than two fixes; half of max_gap and more.
SELECT kept, s(median_interval) AS median, note FROM (VALUES (1, '0,0,0'), (2, '0,0,0 150,0,0'), (3, '0,0,0 150.000001,0,0'), (4, '0,0,0 10,0,0 160,0,0 400,0,0 404,0,0')) AS v (n, f), hotspot.coverage(tr(f)) ORDER BY n;
SELECT fixes, outside, kept, s(bridged) AS bridged, s(median_interval) AS median, note FROM hotspot.coverage((SELECT hotspot.track(NULL::timestamptz, NULL)));
SELECT c IS NULL AS none FROM hotspot.coverage(NULL) AS c;
SELECT c IS NULL AS none FROM hotspot.coverage(tr('0,0,0'), during => 'empty') AS c;

-- NULL and nothing: no rows.
SELECT count(*) FROM hotspot.visits(NULL, :Z);
SELECT count(*) FROM hotspot.visits(tr('0,50,50 10,50,50'), NULL);
SELECT count(*) FROM hotspot.visits((SELECT hotspot.track(NULL::timestamptz, NULL)), :Z);
SELECT count(*) FROM hotspot.visits(tr('0,50,50 10,50,50', 27700), (SELECT hotspot.zones('A', NULL)));
SELECT count(*) FROM hotspot.touches(NULL, :Z);
SELECT count(*) FROM hotspot.touches(tr('0,50,50'), NULL);

-- What cannot be.
\set t 'tr(''0,50,50 10,50,50'')'
\set degrees 'tr(''0,50,50 10,50,50'', 4326), zs(''Z:0,0,1,1'', 4326)'
SELECT * FROM hotspot.visits(:t, :Z, merge_gap => '5 min 1 us');
SELECT * FROM hotspot.visits(:t, :Z, still_gap => '4 min 59 s');
SELECT * FROM hotspot.visits(:t, :Z, max_gap => '0', merge_gap => '0');
SELECT * FROM hotspot.visits(:t, :Z, max_gap => '-1 s');
SELECT * FROM hotspot.visits(:t, :Z, merge_gap => '-1 s');
SELECT * FROM hotspot.visits(:t, :Z, min_dwell => '-1 s');
SELECT * FROM hotspot.visits(:t, :Z, still_gap => '-1 s');
SELECT * FROM hotspot.visits(:t, :Z, max_gap => '1 month');
SELECT * FROM hotspot.visits(:t, :Z, merge_gap => '1 month');
SELECT * FROM hotspot.visits(:t, :Z, min_dwell => '1 month');
SELECT * FROM hotspot.visits(:t, :Z, still_gap => '1 month');
SELECT * FROM hotspot.visits(:t, :Z, max_gap => '106751992 days');
SELECT * FROM hotspot.visits(:t, :Z, max_gap => NULL);
SELECT * FROM hotspot.visits(:t, :Z, merge_gap => NULL);
SELECT * FROM hotspot.visits(:t, :Z, min_dwell => NULL);
SELECT * FROM hotspot.visits(:t, :Z, still_radius => NULL);
SELECT * FROM hotspot.visits(:t, :Z, max_spike => NULL);
SELECT * FROM hotspot.visits(:t, :Z, max_spike => 0);
SELECT * FROM hotspot.visits(:t, :Z, max_speed => 0);
SELECT * FROM hotspot.visits(:t, :Z, max_speed => 'NaN');
SELECT * FROM hotspot.visits(:t, :Z, max_speed => -1);
SELECT * FROM hotspot.visits(:t, :Z, max_speed => 'Infinity');
SELECT * FROM hotspot.visits(:t, :Z, pass_speed => 0);
SELECT * FROM hotspot.visits(:t, :Z, max_accuracy => -1);
SELECT * FROM hotspot.visits(:t, :Z, still_radius => -1);
SELECT * FROM hotspot.visits(:t, :Z, still_radius => 'NaN');
SELECT * FROM hotspot.visits(:degrees, max_speed => 1);
SELECT * FROM hotspot.visits(:degrees, still_gap => '1 h');
SELECT * FROM hotspot.visits(:degrees, pass_speed => 1);
SELECT * FROM hotspot.visits(:degrees, max_accuracy => 1);
SELECT * FROM hotspot.visits(tr('0,50,50', 4326), :Z);
SELECT * FROM hotspot.visits(:t, zs('A:0,0,1,1') + zs('A:0,0,1,1'));
SELECT * FROM hotspot.touches(:t, zs('Z:0,0,1,1', 27700));
SELECT * FROM hotspot.touches(:t, :Z, max_gap => NULL);
SELECT * FROM hotspot.touches(:t, :Z, still_gap => '1 s');
SELECT * FROM hotspot.touches(:degrees, max_speed => 1);
SELECT * FROM hotspot.coverage(:t, max_gap => '0');
SELECT * FROM hotspot.coverage(:t, max_spike => -1);
SELECT * FROM hotspot.coverage(:t, still_radius => NULL);
SELECT * FROM hotspot.coverage(tr('0,50,50', 4326), max_accuracy => 1);
DROP FUNCTION still, tr, zs, s(timestamptz), s(interval), s(tstzmultirange);
RESET timezone;
RESET intervalstyle;
RESET datestyle;

-- Arguments are checked whether or not there is a track.
SELECT * FROM hotspot.visits(NULL, NULL, max_gap => NULL);
SELECT * FROM hotspot.visits(NULL, NULL, max_spike => 101);

-- Days add up where the speed limit breaks the track everywhere: two handsets with one id, one in the square and one
-- 50 km away, take turns every 15 s. Each fix of the first makes the next one a spike, on the second day as well: the
-- first handset is there from its first fix to its last, 478 x 15 s later.
SET timezone = 'UTC';
WITH t AS (
	SELECT hotspot.track(at, ST_MakePoint(50 + n % 2 * 50000, 50)) AS t
	FROM generate_series(0, 479) AS n, LATERAL (SELECT timestamptz '2024-01-01 23:00Z' + n * interval '15 s' AS at) AS fix
), z AS (
	SELECT hotspot.zones('Z', 'POLYGON((0 0,100 0,100 100,0 100,0 0))'::geometry) AS z
)
SELECT during, dwell, starts_cut, ends_cut
FROM t, z, unnest(ARRAY[NULL, '[2024-01-01 00:00Z,2024-01-02 00:00Z)', '[2024-01-02 00:00Z,2024-01-03 00:00Z)']::tstzrange[]) AS during,
	hotspot.visits(t, z, max_speed => 70, during => during);
