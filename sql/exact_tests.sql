SET extra_float_digits = -3;
-- Krishnamoorthy and Thomson (2004) print 0.0884 for 0 against 3 and 0.1749 for 6 against 2; the R package ptools computes
-- 0.0883790094548, 0.174874820944, 0.0688317821081 for 20 against 10 and 0.206164414076 for 10 against 5. The others, with
-- unequal exposures and differences, and the first again, from
--   python3 -c 'from math import *
--   def e(k1, n1, k2, n2, d=0):
--     l2 = (k1 + k2) / (n1 + n2) - d * n1 / (n1 + n2); l1 = l2 + d
--     T = lambda x, y: abs(x / n1 - y / n2 - d) / sqrt(x / n1 ** 2 + y / n2 ** 2)
--     P = lambda x, m: exp(x * log(m) - m - lgamma(x + 1))
--     return sum(P(x, n1 * l1) * P(y, n2 * l2) for x in range(300) for y in range(300)
--       if x + y and T(x, y) >= T(k1, k2) * (1 - 1e-12))
--   for a in [(0,1,3,1), (3,720,17,1080), (5,2,9,1.5,-3), (9,1.5,5,2,1.25), (4,1,0,3), (12,1,4,1,7)]: print(e(*a))'
CREATE TABLE pair (k1 bigint, n1 float8, k2 bigint, n2 float8, d float8, p_value numeric);
INSERT INTO pair VALUES (0, 1, 3, 1, 0, 0.0883790095), (6, 1, 2, 1, 0, 0.1748748209), (20, 1, 10, 1, 0, 0.0688317821), (10, 1, 5, 1, 0, 0.2061644141),
	(3, 720, 17, 1080, 0, 0.0112833559), (5, 2, 9, 1.5, -3, 0.8339687153), (9, 1.5, 5, 2, 1.25, 0.3444940340), (4, 1, 0, 3, 0, 0.1314414236), (12, 1, 4, 1, 7, 0.8351788893);
SELECT k1, n1, k2, n2, d, round(e.p_value::numeric, 10) AS p_value, round(e.p_value::numeric, 10) = pair.p_value AS right
FROM pair, hotspot.e_test(k1, n1, k2, n2, d) AS e;
-- By hand: 20 - 10, sqrt(30), their ratio; exposures make it 20/4 - 10/5 = 3, sqrt(20/16 + 10/25), (3 - 1)/1.284523258.
SELECT measure, estimate, round(std_error::numeric, 9) AS std_error, df, round(statistic::numeric, 9) AS statistic, conf_level, n, note FROM hotspot.e_test(20, 1, 10, 1);
SELECT estimate, round(std_error::numeric, 9) AS std_error, round(statistic::numeric, 9) AS statistic FROM hotspot.e_test(20, 4, 10, 5, 1);
-- The interval from the exact ones of each rate, which tables give as 12.21652 to 30.88838 for 20 and 4.795389 to 18.39036 for
-- 10: 10 - sqrt(7.78348^2 + 8.39036^2) and 10 + sqrt(10.88838^2 + 5.204611^2).
SELECT round(conf_low::numeric, 4) AS conf_low, round(conf_high::numeric, 4) AS conf_high FROM hotspot.e_test(20, 1, 10, 1);
-- Mirror images are tied, whichever comes first.
SELECT abs(a.p_value - b.p_value) < 1e-14 AS same, a.conf_low = -b.conf_high AS mirrored FROM hotspot.e_test(7, 3, 2, 5, 1.5) AS a, hotspot.e_test(2, 5, 7, 3, -1.5) AS b;
-- Large counts: the normal distribution has 2 (1 - Phi(2000 / sqrt(2002000))) = 0.1575.
SELECT round(p_value::numeric, 4) AS p_value FROM hotspot.e_test(1000000, 1, 1002000, 1);
SELECT p_value < 1e-15 AS tiny, note FROM hotspot.e_test(100, 1, 500, 1);
-- What is not defined.
SELECT * FROM hotspot.e_test(0, 1, 0, 2);
SELECT estimate, statistic, p_value, note FROM hotspot.e_test(3, 1, 2, 1, 5);
SELECT estimate, statistic, p_value, note FROM hotspot.e_test(3, 1, 2, 1, -5);

-- The values of the crossover trial are those of R's poisson.test(c(66, 148), c(720, 1080)): p 0.00640041021181. The
-- others from exact fractions, limits by bisection:
--   python3 -c 'from fractions import Fraction as F; from math import comb
--   def c(k1, n1, k2, n2, r=1):
--     n = k1 + k2; p = F(r) * F(n1) / (F(r) * F(n1) + F(n2))
--     pm = [comb(n, i) * p ** i * (1 - p) ** (n - i) for i in range(n + 1)]
--     return float(sum(x for x in pm if x <= pm[k1] * (1 + F(1, 10 ** 7))))
--   def limit(k1, n1, k2, n2, ks, lower):
--     n = k1 + k2; lo, hi = 0.0, 1.0
--     for _ in range(200):
--       p = (lo + hi) / 2; tail = sum(comb(n, i) * p ** i * (1 - p) ** (n - i) for i in ks)
--       lo, hi = (p, hi) if (tail < 0.025) == lower else (lo, p)
--     return lo / (1 - lo) * n2 / n1
--   for a in [(66,720,148,1080), (3,720,17,1080), (10,1,10,1), (11,4,6,3), (2,1,30,2.5)]:
--     print(c(*a), limit(*a, range(a[0], a[0] + a[2] + 1), True), limit(*a, range(a[0] + 1), False))
--   print(c(0,1,3,1), c(11,4,6,3,2))'
CREATE TABLE pair_c (k1 bigint, n1 float8, k2 bigint, n2 float8, ratio float8, p_value numeric, conf_low numeric, conf_high numeric);
INSERT INTO pair_c VALUES (66, 720, 148, 1080, 1, 0.006400410212, 0.4926812243, 0.8999089190), (3, 720, 17, 1080, 1, 0.022427038142, 0.0497003423, 0.9151743532),
	(10, 1, 10, 1, 1, 1, 0.3735468467, 2.6770404002), (11, 4, 6, 3, 1, 0.628551445101, 0.4661182630, 4.5280667439),
	(2, 1, 30, 2.5, 1, 0.002915412443, 0.0192996907, 0.6568423980), (11, 4, 6, 3, 2, 0.426126931119, 0.4661182630, 4.5280667439);
SELECT k1, n1, k2, n2, ratio, c.estimate, round(c.p_value::numeric, 12) AS p_value, round(c.conf_low::numeric, 10) AS conf_low, round(c.conf_high::numeric, 10) AS conf_high,
	(round(c.p_value::numeric, 12), round(c.conf_low::numeric, 10), round(c.conf_high::numeric, 10)) = (pair_c.p_value, pair_c.conf_low, pair_c.conf_high) AS right
FROM pair_c, hotspot.c_test(k1, n1, k2, n2, ratio) AS c;
SELECT measure, std_error, df, statistic, conf_level, n, note FROM hotspot.c_test(66, 720, 148, 1080);
-- Counts of 0: all are alike of 3, or of 0, and 1/8 + 1/8 = 1/4; the limit of p is 0.025^(1/3).
SELECT estimate, round(p_value::numeric, 12) AS p_value, conf_low, round(conf_high::numeric, 10) AS conf_high, n, note FROM hotspot.c_test(0, 1, 3, 1);
SELECT estimate, round(p_value::numeric, 12) AS p_value, round(conf_low::numeric, 10) AS conf_low, round((0.025 ^ (1 / 3.0) / (1 - 0.025 ^ (1 / 3.0)))::numeric, 10) AS by_hand, conf_high, n, note FROM hotspot.c_test(3, 1, 0, 1);
SELECT * FROM hotspot.c_test(0, 1, 0, 2);
-- The interval of 0.90 is narrower, its ends those of 0.05 each.
SELECT a.conf_low > b.conf_low AND a.conf_high < b.conf_high AS narrower, a.conf_level FROM hotspot.c_test(20, 1, 30, 1, conf_level => 0.9) AS a, hotspot.c_test(20, 1, 30, 1) AS b;

-- Errors.
SELECT hotspot.e_test(-1, 1, 3, 1);
SELECT hotspot.e_test(1, 1, 1000000001, 1);
SELECT hotspot.e_test(1, 0, 3, 1);
SELECT hotspot.e_test(1, 1, 3, 'Infinity');
SELECT hotspot.e_test(1, 1, 3, 'NaN');
SELECT hotspot.e_test(1, 1, 3, 1, 'NaN');
SELECT hotspot.e_test(1, 1, 3, 1, NULL);
SELECT hotspot.e_test(NULL, 1, 3, 1);
SELECT hotspot.e_test(1, NULL, 3, 1);
SELECT hotspot.e_test(1, 1, 3, 1, conf_level => 1);
SELECT hotspot.c_test(1, 1, -3, 1);
SELECT hotspot.c_test(1, 1, 3, -1);
SELECT hotspot.c_test(1, 1, 3, 1, 0);
SELECT hotspot.c_test(1, 1, 3, 1, NULL);
SELECT hotspot.c_test(1, 1, NULL, 1);
SELECT hotspot.c_test(1, 1, 3, 1, conf_level => NULL);
DROP TABLE pair, pair_c;
