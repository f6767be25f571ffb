SET timezone = 'UTC';
-- 1 now, half a half-life ago 1/sqrt(2), one half-life ago 1/2, two 1/4; later than now above 1.
SELECT age, hotspot.decay('2026-01-01 00:00Z'::timestamptz - age, '2026-01-01 00:00Z', '90 days')::numeric(18, 14) AS factor
FROM unnest('{0,45 days,90 days,180 days,-90 days}'::interval[]) AS age;
SELECT hotspot.decay('4000-01-01 BC', '2026-01-01', '1 second') AS forgotten, hotspot.decay(NULL, now(), '1 day') AS unknown;

-- Against exp(): within the last digits.
SELECT max(abs(hotspot.decay(to_timestamp(-n * 977.3), to_timestamp(0), '1 day') / exp(-n * 977.3 / 86400 * ln(2::float8)) - 1)) < 1e-13 AS near
FROM generate_series(1, 10000) AS n;

SELECT hotspot.decay(now(), now(), '1 month');
SELECT hotspot.decay(now(), now(), '0');
SELECT hotspot.decay(now(), now(), '-1 day');
SELECT hotspot.decay('-infinity', now(), '1 day');
SELECT hotspot.decay(now(), 'infinity', '1 day');
SELECT hotspot.decay(now(), NULL, '1 day');
SELECT hotspot.decay(now(), now(), NULL);
SELECT hotspot.decay(now(), now(), '200000000 days');
