#!/usr/bin/env python3
"""Expected values of CR2 in sql/panel_did.sql, by other means than those of the extension.

    python3 test/reference/cr2.py

The regression has a column for each place and period; the whole of I - H is built, and the inverse square root of each
place's block of it comes from its eigenvalues. No library is used but Python's own.
"""
from math import fsum, sqrt

# (outcomes by place and period, the period from which a place is treated, counted from 0)
FIXTURES = {
    'staggered': ([[o + noise * (t + 1) for t, o in enumerate(outcomes)]
                   for outcomes in ((1, 3, 5), (0, 0, 2), (0, 0, 0)) for noise in (0.5, -0.5)],
                  [1, 1, 2, 2, None, None]),
    'uneven': ([[9, 3, 9], [0, 9, 2], [6, 6, 8], [5, 8, 7], [8, 4, 0]], [None, 1, None, 1, 2]),
}


def product(a, b):
    columns = list(zip(*b))
    return [[fsum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def inverse(a):
    n = len(a)
    rows = [list(map(float, a[i])) + [float(i == j) for j in range(n)] for i in range(n)]
    for c in range(n):
        pivot = max(range(c, n), key=lambda r: abs(rows[r][c]))
        rows[c], rows[pivot] = rows[pivot], rows[c]
        rows[c] = [x / rows[c][c] for x in rows[c]]
        for r in range(n):
            if r != c:
                rows[r] = [x - rows[r][c] * y for x, y in zip(rows[r], rows[c])]
    return [row[n:] for row in rows]


def eigen(a):
    """Eigenvalues and eigenvectors (as columns) of a symmetric matrix, by Jacobi's rotations."""
    n = len(a)
    a = [row[:] for row in a]
    v = [[float(i == j) for j in range(n)] for i in range(n)]
    while sum(a[i][j] ** 2 for i in range(n) for j in range(n) if i != j) > 1e-28:
        for p in range(n):
            for q in range(p + 1, n):
                if a[p][q] == 0:
                    continue
                theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
                tangent = (1 if theta >= 0 else -1) / (abs(theta) + sqrt(theta * theta + 1))
                cosine = 1 / sqrt(tangent * tangent + 1)
                sine = tangent * cosine
                for row in a + v:
                    row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
                a[p], a[q] = ([cosine * x - sine * y for x, y in zip(a[p], a[q])],
                              [sine * x + cosine * y for x, y in zip(a[p], a[q])])
    return [a[i][i] for i in range(n)], v


def inverse_root(a):
    """Of the part of a symmetric matrix that is not singular."""
    values, vectors = eigen(a)
    n = len(a)
    return [[fsum(vectors[i][k] * vectors[j][k] / sqrt(values[k]) for k in range(n) if values[k] > 1e-9)
             for j in range(n)] for i in range(n)]


def cr2(outcomes, starts):
    """The estimate, its standard error and degrees of freedom."""
    places, periods = len(outcomes), len(outcomes[0])
    rows = places * periods
    x = [[float(starts[g] is not None and t >= starts[g])] + [float(k == g) for k in range(places)] +
         [float(k == t) for k in range(1, periods)] for g in range(places) for t in range(periods)]
    y = [[value] for of_place in outcomes for value in of_place]
    transposed = list(zip(*x))
    solve = product(inverse(product(transposed, x)), transposed)
    coefficients = product(solve, y)
    hat = product(x, solve)
    left = [[float(i == j) - hat[i][j] for j in range(rows)] for i in range(rows)]
    residuals = [y[i][0] - fitted[0] for i, fitted in enumerate(product(x, coefficients))]
    variance, spread = 0, []
    for g in range(places):
        block = range(g * periods, (g + 1) * periods)
        root = inverse_root([[left[i][j] for j in block] for i in block])
        weights = [fsum(root[i][j] * solve[0][g * periods + j] for j in range(periods)) for i in range(periods)]
        variance += fsum(w * residuals[g * periods + i] for i, w in enumerate(weights)) ** 2
        spread.append([fsum(left[r][g * periods + j] * w for j, w in enumerate(weights)) for r in range(rows)])
    gram = product(spread, list(zip(*spread)))
    trace = fsum(gram[i][i] for i in range(places))
    return coefficients[0][0], sqrt(variance), trace ** 2 / fsum(value * value for row in gram for value in row)


for name, fixture in FIXTURES.items():
    print('%s: estimate %.9f, standard error %.9f, df %.6f' % ((name,) + cr2(*fixture)))
