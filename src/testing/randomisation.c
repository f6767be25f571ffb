/*
 * randomisation.c
 *	  The randomisation distribution of a trial: see randomisation.h.
 *
 * The distribution of a day comes from a chain: places are looked at by turns, and
 * the next is drawn with probability (m - c) / (n - i) after c of i were.  Days
 * are then convolved.  Totals that are dense are kept in an array by total, others
 * in a list.
 */
#include "testing/randomisation.h"

#include <math.h>
#include <string.h>

/* An array by total pays when it has at most so many elements an atom. */
#define DENSE_ENOUGH 16

/* Less is left out: smaller numbers lose digits, and are slow. */
#define NEGLIGIBLE 1e-290

/* Distances from the mean, in steps, that differ by less are equal. */
#define TIE 1e-9

/* So much of an array, in elements, stays in the nearest cache. */
#define TILE 1024

/* What it takes to merge an atom, in steps: that is, to add a product to a number. */
#define MERGE_STEPS 24

/* Between two checks for interrupts. */
#define WORK_AT_ONCE 1e7

/* ---- lists ---- */

static bool
work(DrawMachine *machine, double steps)
{
	double		before = machine->work;

	machine->work += steps;
	if ((int64_t) (before / WORK_AT_ONCE) != (int64_t) (machine->work / WORK_AT_ONCE))
		machine->check();
	return machine->work <= PMF_MAX_WORK;
}

static bool
allocate_pmf(Pmf *pmf, size_t n, DrawMachine *machine)
{
	pmf->n = 0;
	pmf->atoms = NULL;
	if (n > PMF_MAX_ATOMS)
		return false;
	pmf->atoms = machine->allocate((n == 0 ? 1 : n) * sizeof(Atom));
	return true;
}

static void
release_pmf(Pmf *pmf, DrawMachine *machine)
{
	if (pmf->atoms != NULL)
		machine->release(pmf->atoms);
	pmf->atoms = NULL;
	pmf->n = 0;
}

/* Put the union of a, by a factor, and b, moved and by another, into an array. */
static size_t
merge_atoms(const Atom *a, size_t na, double factor_a, const Atom *b, size_t nb, double factor_b,
			int64_t move_b, Atom *into)
{
	size_t		i = 0;
	size_t		j = 0;
	size_t		n = 0;

	while (i < na || j < nb)
	{
		bool		take_a = i < na && (j == nb || a[i].total <= b[j].total + move_b);
		bool		take_b = j < nb && (i == na || b[j].total + move_b <= a[i].total);

		into[n].total = take_a ? a[i].total : b[j].total + move_b;
		into[n].probability = (take_a ? factor_a * a[i].probability : 0) +
			(take_b ? factor_b * b[j].probability : 0);
		n++;
		i += take_a;
		j += take_b;
	}
	return n;
}

static bool
merge(const Pmf *a, double factor_a, const Pmf *b, double factor_b, int64_t move_b,
	  DrawMachine *machine, Pmf *into)
{
	size_t		na = factor_a > 0 ? a->n : 0;
	size_t		nb = factor_b > 0 ? b->n : 0;

	if (!work(machine, MERGE_STEPS * ((double) na + (double) nb)) || !allocate_pmf(into, na + nb, machine))
		return false;
	into->n = merge_atoms(a->atoms, na, factor_a, b->atoms, nb, factor_b, move_b, into->atoms);
	return true;
}

/* ---- one day ---- */

/* Look at the i-th place: chain[c] is what came of it if c were drawn. */
static bool
look_at_place(const DrawDay *day, uint32_t i, DrawMachine *machine, Pmf *chain)
{
	double		left = (double) (day->n - i);

	for (uint32_t c = (i + 1 < day->m ? i + 1 : day->m) + 1; c-- > 0;)
	{
		/* Drawn before: c and this not, or c - 1 and this too. */
		double		not_drawn = (left - ((double) day->m - c)) / left;
		double		drawn = c == 0 ? 0 : ((double) day->m - c + 1) / left;
		Pmf			none = {0, NULL};
		Pmf			next;

		if (!merge(&chain[c], not_drawn, c == 0 ? &none : &chain[c - 1], drawn,
				   day->outcomes[i], machine, &next))
			return false;
		release_pmf(&chain[c], machine);
		chain[c] = next;
	}
	return true;
}

/* The sum of several, which are released. */
static bool
unite(Pmf *parts, size_t n, DrawMachine *machine, Pmf *into)
{
	bool		fine = true;

	for (size_t step = 1; step < n && fine; step *= 2)
		for (size_t k = 0; k + step < n && fine; k += 2 * step)
		{
			Pmf			both;

			fine = merge(&parts[k], 1, &parts[k + step], 1, 0, machine, &both);
			release_pmf(&parts[k], machine);
			release_pmf(&parts[k + step], machine);
			if (fine)
				parts[k] = both;
		}
	*into = parts[0];
	return fine;
}

/*
 * Outcomes come with the smallest, 0, last: these add nothing to any total, and
 * need not be looked at.
 */
static bool
pmf_of_day(const DrawDay *day, DrawMachine *machine, Pmf *pmf)
{
	size_t		size = ((size_t) day->m + 1) * sizeof(Pmf);
	Pmf		   *chain = machine->allocate(size);
	bool		fine;

	memset(chain, 0, size);
	fine = allocate_pmf(&chain[0], 1, machine);
	chain[0].atoms[chain[0].n++] = (Atom) {0, 1};
	for (uint32_t i = 0; i < day->n && day->outcomes[i] > 0 && fine; i++)
		fine = look_at_place(day, i, machine, chain);
	fine = fine && unite(chain, (size_t) day->m + 1, machine, pmf);
	if (!fine)
		for (uint32_t c = 0; c <= day->m; c++)
			release_pmf(&chain[c], machine);
	machine->release(chain);
	return fine;
}

/* ---- sums of days ---- */

static double *
allocate_zeros(size_t n, DrawMachine *machine)
{
	double	   *array = machine->allocate(n * sizeof(double));

	memset(array, 0, n * sizeof(double));
	return array;
}

/*
 * Add to a tile four copies of an array, each moved and by a factor: so each
 * element of the tile is read and written once for four.  Written for compilers
 * to use vectors, hence the tile of known size that overlaps nothing.
 */
static void
add_four(double *restrict tile, const double *from, const Atom *b)
{
	const double *f0 = from - b[0].total;
	const double *f1 = from - b[1].total;
	const double *f2 = from - b[2].total;
	const double *f3 = from - b[3].total;
	double		p0 = b[0].probability;
	double		p1 = b[1].probability;
	double		p2 = b[2].probability;
	double		p3 = b[3].probability;

	for (int t = 0; t < TILE; t++)
		tile[t] += (p0 * f0[t] + p1 * f1[t]) + (p2 * f2[t] + p3 * f3[t]);
}

/* By an array over all totals between the extremes of the sum. */
static bool
convolve_dense(const Pmf *a, const Pmf *b, DrawMachine *machine, Pmf *sum)
{
	int64_t		lowest = a->atoms[0].total;
	size_t		range_a = (size_t) (a->atoms[a->n - 1].total - lowest);
	size_t		range_b = (size_t) b->atoms[b->n - 1].total;
	size_t		room = (range_a + range_b + TILE) / TILE * TILE;
	size_t		n = 0;
	double	   *from;
	double	   *into;

	if (!work(machine, (double) room * (double) (b->n + 3)))
		return false;
	/* With zeros on both sides, where a moved copy of a is not. */
	from = allocate_zeros(room + range_b, machine);
	into = allocate_zeros(room, machine);
	for (size_t k = 0; k < a->n; k++)
		from[range_b + (size_t) (a->atoms[k].total - lowest)] = a->atoms[k].probability;
	for (size_t start = 0; start < room; start += TILE)
	{
		if (start % (64 * TILE) == 0)
			machine->check();
		for (size_t k = 0; k < b->n; k += 4)
		{
			Atom		four[4] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};

			memcpy(four, b->atoms + k, (b->n - k < 4 ? b->n - k : 4) * sizeof(Atom));
			add_four(into + start, from + range_b + start, four);
		}
	}
	machine->release(from);
	for (size_t t = 0; t < room; t++)
		n += into[t] > NEGLIGIBLE;
	if (allocate_pmf(sum, n, machine))
		for (size_t t = 0; t < room; t++)
			if (into[t] > NEGLIGIBLE)
				sum->atoms[sum->n++] = (Atom) {lowest + (int64_t) t, into[t]};
	machine->release(into);
	return sum->atoms != NULL;
}

/* By lists: a copy of a for each atom of b. */
static bool
convolve_sparse(const Pmf *a, const Pmf *b, DrawMachine *machine, Pmf *sum)
{
	Pmf		   *copies = machine->allocate(b->n * sizeof(Pmf));
	Pmf			none = {0, NULL};
	bool		fine = true;

	memset(copies, 0, b->n * sizeof(Pmf));
	for (size_t k = 0; k < b->n && fine; k++)
		fine = merge(&none, 0, a, b->atoms[k].probability, b->atoms[k].total, machine, &copies[k]);
	fine = fine && unite(copies, b->n, machine, sum);
	if (!fine)
		for (size_t k = 0; k < b->n; k++)
			release_pmf(&copies[k], machine);
	machine->release(copies);
	return fine;
}

/* The distribution of the sum of two parts; false beyond the limits. */
static bool
pmf_sum(const Pmf *a, const Pmf *b, DrawMachine *machine, Pmf *sum)
{
	double		range_a = (double) (a->atoms[a->n - 1].total - a->atoms[0].total);
	double		range = range_a + (double) b->atoms[b->n - 1].total;
	double		products = (double) a->n * (double) b->n;

	if (a->n < b->n)
		return pmf_sum(b, a, machine, sum);
	if (range < (double) PMF_MAX_ATOMS && range < DENSE_ENOUGH * products)
		return convolve_dense(a, b, machine, sum);
	return convolve_sparse(a, b, machine, sum);
}

bool
pmf_of_days(const DrawDay *days, size_t ndays, DrawMachine *machine, Pmf *pmf)
{
	if (!allocate_pmf(pmf, 1, machine))
		return false;
	pmf->atoms[pmf->n++] = (Atom) {0, 1};
	for (size_t k = 0; k < ndays; k++)
	{
		Pmf			before = *pmf;
		Pmf			day;
		bool		fine;

		if (draw_range(&days[k]) == 0)
			continue;
		fine = pmf_of_day(&days[k], machine, &day);
		if (fine)
		{
			fine = pmf_sum(&before, &day, machine, pmf);
			release_pmf(&day, machine);
		}
		release_pmf(&before, machine);
		if (!fine)
			return false;
	}
	return true;
}

/* ---- probabilities ---- */

double
pmf_at_most(const Pmf *a, const Pmf *b, int64_t total)
{
	double		sum = 0;
	double		tail = 0;
	size_t		k = 0;

	/* As the total of a falls, more of b goes along with it. */
	for (size_t i = a->n; i-- > 0;)
	{
		while (k < b->n && b->atoms[k].total <= total - a->atoms[i].total)
			tail += b->atoms[k++].probability;
		sum += a->atoms[i].probability * tail;
	}
	return sum < 1 ? sum : 1;
}

double
pmf_at_least(const Pmf *a, const Pmf *b, int64_t total)
{
	double		sum = 0;
	double		tail = 0;
	size_t		k = b->n;

	for (size_t i = 0; i < a->n; i++)
	{
		while (k > 0 && b->atoms[k - 1].total >= total - a->atoms[i].total)
			tail += b->atoms[--k].probability;
		sum += a->atoms[i].probability * tail;
	}
	return sum < 1 ? sum : 1;
}

/* ---- closed forms ---- */

double
draw_variance(const DrawDay *day)
{
	double		mean = 0;
	double		squares = 0;

	for (uint32_t i = 0; i < day->n; i++)
		mean += (double) day->outcomes[i];
	mean /= day->n;
	for (uint32_t i = 0; i < day->n; i++)
		squares += ((double) day->outcomes[i] - mean) * ((double) day->outcomes[i] - mean);
	return (double) day->m * (day->n - day->m) / day->n * squares / (day->n - 1);
}

int64_t
draw_range(const DrawDay *day)
{
	int64_t		range = 0;

	for (uint32_t i = 0; i < day->m; i++)
		range += day->outcomes[i];
	return range;
}

DrawMean
draw_mean(const DrawDay *days, size_t ndays)
{
	DrawMean	mean = {0, 0};

	for (size_t k = 0; k < ndays; k++)
	{
		__int128	sum = 0;

		for (uint32_t i = 0; i < days[k].n; i++)
			sum += days[k].outcomes[i];
		sum *= 2 * (__int128) days[k].m;
		mean.whole += (int64_t) (sum / days[k].n);
		mean.part += (double) (sum % days[k].n) / days[k].n;
		/* Kept small, it loses no digits. */
		if (mean.part >= 1)
		{
			mean.part -= 1;
			mean.whole++;
		}
	}
	return mean;
}

/* ---- tails ---- */

double
draw_deviation(DrawMean mean, int64_t total)
{
	return ((double) (2 * total - mean.whole) - mean.part) / 2;
}

void
draw_tails(DrawMean mean, int64_t total, int64_t *low, int64_t *high)
{
	int64_t		mirrored = mean.whole - total;

	*low = *high = total;
	if (draw_deviation(mean, total) < 0)
		*high = mirrored + (int64_t) ceil(mean.part - TIE);
	else
		*low = mirrored + (int64_t) floor(mean.part + TIE);
	if (*low > *high)
		*low = *high = total;
}
