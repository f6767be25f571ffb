#!/usr/bin/env python3
"""Expected values of sql/crossover.sql and sql/randomisation.sql, by other means than those of the extension.

    python3 test/reference/trial.py

Regressions have a column for each place and day and are solved by elimination; the randomisation distribution is counted
in whole numbers. No library is used but Python's own.
"""
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import combinations
from math import comb, exp, log, sqrt

PLACES, DAYS, DRAWN = 8, 30, 3


def fixture():
    """Rows (place, day, treated, outcome, dose, harm): 3 of 8 places a day; the last has no outcome."""
    rows = []
    for d in range(1, DAYS + 1):
        order = sorted(range(1, PLACES + 1), key=lambda p: ((p * 37 + d * 23 + p * p * d) % 101, p))
        for p in range(1, PLACES + 1):
            z = int(p in order[:DRAWN])
            y = int((p * 13 + d * 29 + p * d * 7) % 17 < 5 - 2 * z) + 2 * int((p * p + d * d * 3) % 23 == 0)
            h = (0, 1, 5, 10, 182, 1825)[(p * 5 + d * 3 + p * d) % 6] if y else 0
            if p == PLACES or d % 10 == 0:
                y = h = 0
            rows.append((p, d, z, y, 10 + (p + d) % 7 if z else p * d % 3, h))
    return rows


def solve(a, b):
    """x of a x = b, by elimination; columns that depend on others get 0."""
    n = len(a)
    m = [row[:] + [b[i]] for i, row in enumerate(a)]
    pivots = []
    r = 0
    for c in range(n):
        best = max(range(r, n), key=lambda i: abs(m[i][c]))
        if abs(m[best][c]) < 1e-9:
            continue
        m[r], m[best] = m[best], m[r]
        m[r] = [v / m[r][c] for v in m[r]]
        for i in range(n):
            if i != r and m[i][c]:
                f = m[i][c]
                m[i] = [u - f * v for u, v in zip(m[i], m[r])]
        pivots.append(c)
        r += 1
    x = [0.0] * n
    for i, c in enumerate(pivots):
        x[c] = m[i][n]
    return x


def design(rows, first, days):
    """Columns: first, each place, and each day where days is true."""
    keys = sorted({('p', r[0]) for r in rows} | ({('d', r[1]) for r in rows} if days else set()))
    number = {k: i + 1 for i, k in enumerate(keys)}
    return [[(0, float(first(r)))] + [(number[('p', r[0])], 1.0)] + ([(number[('d', r[1])], 1.0)] if days else [])
            for r in rows], len(keys) + 1


def cross(left, right, k, w):
    a = [[0.0] * k for _ in range(k)]
    for l, r, v in zip(left, right, w):
        for i, x in l:
            for j, y in r:
                a[i][j] += v * x * y
    return a


def moments(x, y, k):
    b = [0.0] * k
    for row, v in zip(x, y):
        for i, u in row:
            b[i] += u * v
    return b


def clustered(rows, z, residual, first_row, parameters):
    """Standard error of the first coefficient: first_row is that of the inverse information."""
    score = defaultdict(float)
    for r, row, e in zip(rows, z, residual):
        score[r[0]] += sum(first_row[i] * u for i, u in row) * e
    g, n = len(score), len(rows)
    return sqrt(sum(s * s for s in score.values()) * g / (g - 1) * (n - 1) / (n - parameters))


def unit(k):
    return [1.0] + [0.0] * (k - 1)


def least_squares(rows, outcome, regressor, instrument):
    x, k = design(rows, regressor, True)
    z, _ = design(rows, instrument, True)
    y = [float(outcome(r)) for r in rows]
    a = cross(z, x, k, [1.0] * len(rows))
    b = solve(a, moments(z, y, k))
    e = [v - sum(b[i] * u for i, u in row) for v, row in zip(y, x)]
    transposed = [[a[j][i] for j in range(k)] for i in range(k)]
    return b[0], clustered(rows, z, e, solve(transposed, unit(k)), 1 + len({r[1] for r in rows}))


def poisson(rows, days):
    """Newton's method on all coefficients, of rows whose places (and days) have outcomes."""
    rows = [r for r in rows if sum(q[3] for q in rows if q[0] == r[0])]
    if days:
        rows = [r for r in rows if sum(q[3] for q in rows if q[1] == r[1])]
    x, k = design(rows, lambda r: r[2], days)
    y = [float(r[3]) for r in rows]
    mu = [(v + sum(y) / len(y)) / 2 for v in y]
    eta = [log(m) for m in mu]
    for _ in range(60):
        work = [m * (h + (v - m) / m) for m, h, v in zip(mu, eta, y)]
        b = solve(cross(x, x, k, mu), moments(x, work, k))
        eta = [sum(b[i] * u for i, u in row) for row in x]
        mu = [exp(h) for h in eta]
    first = solve(cross(x, x, k, mu), unit(k))
    parameters = 1 + len({r[1] for r in rows}) if days else 2
    return b[0], clustered(rows, x, [v - m for v, m in zip(y, mu)], first, parameters), len(rows)


def strata(rows, treated, control):
    s = defaultdict(lambda: [[0, 0], [0, 0]])
    for r in rows:
        for z, which in ((1, treated), (0, control)):
            if which(r):
                s[r[0]][z][0] += r[3]
                s[r[0]][z][1] += 1
    return [v for v in s.values() if v[0][1] and v[1][1]]


def mantel_haenszel(s):
    r = sum(Fraction(b[0] * a[1], a[1] + b[1]) for a, b in s)
    c = sum(Fraction(a[0] * b[1], a[1] + b[1]) for a, b in s)
    v = sum(Fraction((a[0] + b[0]) * a[1] * b[1], (a[1] + b[1]) ** 2) for a, b in s)
    w = sum(Fraction(a[1] * b[1], a[1] + b[1]) for a, b in s)
    u = sum(Fraction(b[0] * a[1] ** 2 + a[0] * b[1] ** 2, (a[1] + b[1]) ** 2) for a, b in s)
    return (log(r / c), sqrt(v / (r * c))), (float((r - c) / w), sqrt(u) / float(w))


def paired(s):
    d = [Fraction(b[0], b[1]) - Fraction(a[0], a[1]) for a, b in s]
    mean = sum(d) / len(d)
    return float(mean), sqrt(sum((v - mean) ** 2 for v in d) / (len(d) - 1) / len(d))


def distribution(days):
    """Ways to reach each total: of each day (outcomes, drawn) all sets of places, counted."""
    total = Counter({0: 1})
    for outcomes, drawn in days:
        sets = Counter(sum(c) for c in combinations(outcomes, drawn))
        after = Counter()
        for t, ways in total.items():
            for u, more in sets.items():
                after[t + u] += ways * more
        total = after
    return total


def randomisation(rows, column):
    days = defaultdict(list)
    for r in rows:
        days[r[1]].append((r[column], r[2]))
    days = [([y for y, _ in d], sum(z for _, z in d)) for d in days.values()]
    ways = distribution(days)
    every = 1
    for outcomes, drawn in days:
        every *= comb(len(outcomes), drawn)
    assert sum(ways.values()) == every
    t = sum(r[column] for r in rows if r[2])
    mean = sum(Fraction(v * w, every) for v, w in ways.items())
    variance = sum(Fraction(v * v * w, every) for v, w in ways.items()) - mean ** 2

    def p(keep):
        return float(Fraction(sum(w for v, w in ways.items() if keep(v)), every))
    return {'total': t, 'mean': float(mean), 'variance': float(variance), 'atoms': len(ways),
            'two': p(lambda v: abs(v - mean) >= abs(t - mean)), 'lower': p(lambda v: v <= t), 'upper': p(lambda v: v >= t)}


def runs(rows):
    z = {(r[0], r[1]): r[2] for r in rows}
    length = {}
    for p, d in sorted(z):
        length[p, d] = length.get((p, d - 1), 0) + 1 if z[p, d] else 0
    return z, length


def main():
    rows = fixture()
    show = lambda name, values: print(f'{name:28}', *(f'{v:.12g}' if isinstance(v, float) else v for v in values))
    t = [(sum(r[3] for r in rows if r[2] == z), sum(r[2] == z for r in rows)) for z in (0, 1)]
    show('outcome, days', t)
    s = strata(rows, lambda r: r[2], lambda r: not r[2])
    ratio, difference = mantel_haenszel(s)
    show('log_rate_ratio', (log(t[1][0] / t[1][1] * t[0][1] / t[0][0]), sqrt(1 / t[1][0] + 1 / t[0][0])))
    show('mantel_haenszel_log_ratio', ratio)
    show('mantel_haenszel_difference', difference)
    show('paired_difference', paired(s))
    show('poisson_fe', poisson(rows, False))
    show('poisson_fe_day', poisson(rows, True))
    show('ols_fe', least_squares(rows, lambda r: r[3], lambda r: r[2], lambda r: r[2]))
    show('dose_difference', least_squares(rows, lambda r: r[4], lambda r: r[2], lambda r: r[2]))
    show('dose_effect', least_squares(rows, lambda r: r[3], lambda r: r[4], lambda r: r[2]))
    z, length = runs(rows)
    for w in (1, 2):
        near = lambda r: any(z.get((r[0], r[1] - k)) for k in range(1, w + 1))
        kept = [r for r in rows if r[2] or not near(r)]
        show(f'washout {w}: n, MH', (len(kept), *mantel_haenszel(strata(kept, lambda r: r[2], lambda r: not r[2]))[0]))
        show(f'washout {w}: poisson_fe_day', poisson(kept, True))
        show(f'washout {w}: ols_fe', least_squares(kept, lambda r: r[3], lambda r: r[2], lambda r: r[2]))
    for k in (1, 2, 3):
        s = strata(rows, lambda r: min(length[r[0], r[1]], 3) == k, lambda r: not r[2])
        show(f'run_length_{k}', (sum(min(v, 3) == k for v in length.values()), *mantel_haenszel(s)[0]))
    after = lambda r, k: not r[2] and z.get((r[0], r[1] - 1)) == k
    show('next_day', (sum(after(r, 1) for r in rows),
                      *mantel_haenszel(strata(rows, lambda r: after(r, 1), lambda r: after(r, 0)))[0]))
    for column, name in ((3, 'outcome'), (5, 'harm')):
        print(name, randomisation(rows, column))
    print('varying m', randomisation([r for r in rows if (r[0] + r[1]) % 5], 5))


main()
