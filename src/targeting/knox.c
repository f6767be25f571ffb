/*
 * knox.c
 *	  Counts the pairs of events that are close: see knox.h.
 *
 * In time events are in order, and those within some span of an event stand in a
 * window that slides along: no pair is looked at.
 *
 * In space the events of one point are one place, and only pairs of places are
 * looked at.  Places are cut by y into rows, and stand in each by x.  A row is of
 * places and not of a grid, so that one stray point costs nothing, and begins
 * with the first place that is high enough above the start of the row before it.
 * Pairs are left out by differences of the same doubles that the distance is made
 * of, and rounding never turns their order round: so no pair is missed by a hair,
 * and no answer hinges on how rows were cut.
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "miscadmin.h"
#include "targeting/knox.h"

/* Rows a widest distance: with thinner ones less is looked at in vain. */
#define ROWS_A_DISTANCE 4

static void *
allocate_zeros(size_t n, size_t size)
{
	return palloc_extended(Max(n, 1) * size, MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* ---- time ---- */

static inline uint64
time_between(int64 one, int64 other)
{
	return one < other ? (uint64) other - (uint64) one : (uint64) one - (uint64) other;
}

/* How many pairs each event is in, by band. */
static void
count_soon(const Event *events, size_t n, const TimeBands *times, KnoxMargin *soon)
{
	size_t	   *first = allocate_zeros(times->n + 1, sizeof(size_t));
	size_t	   *end = allocate_zeros(times->n + 1, sizeof(size_t));

	for (size_t i = 0; i < n; i++)
	{
		uint64		inner = 0;
		uint64		in_bands = 0;

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k <= times->n; k++)
		{
			uint64		edge = times->edges[k];
			uint64		within;

			while (first[k] < i && time_between(events[first[k]].at, events[i].at) >= edge)
				first[k]++;
			end[k] = Max(end[k], i + 1);
			while (end[k] < n && time_between(events[end[k]].at, events[i].at) < edge)
				end[k]++;
			within = edge == 0 ? 0 : end[k] - first[k] - 1;
			if (k > 0)
			{
				knox_margin_add(&soon[k - 1], 1, within - inner);
				in_bands += within - inner;
			}
			inner = within;
		}
		knox_margin_add(&soon[times->n], 1, n - 1 - in_bands);
	}
	pfree(first);
	pfree(end);
}

/* ---- places ---- */

typedef struct Place
{
	double		x;
	double		y;
	int64		at;				/* of its first event */
	uint32		first;			/* its events, by time */
	uint32		count;
} Place;

static inline int
compare_for_places(const Event *a, const Event *b)
{
	if (a->y != b->y)
		return a->y < b->y ? -1 : 1;
	if (a->x != b->x)
		return a->x < b->x ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

#define ST_SORT sort_for_places
#define ST_ELEMENT_TYPE Event
#define ST_COMPARE(a, b) compare_for_places(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

#define ST_SORT sort_by_x
#define ST_ELEMENT_TYPE Place
#define ST_COMPARE(a, b) (((a)->x > (b)->x) - ((a)->x < (b)->x))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

typedef struct Row
{
	uint32		first;
	uint32		end;
	double		low;			/* least and greatest y */
	double		high;
} Row;

typedef struct Search
{
	const DistanceBands *distances;
	const TimeBands *times;
	double		widest;
	double	   *squares;		/* a distance is less than edge k when its square
								 * is less than this */
	const Event *events;		/* by place */
	size_t		nplaces;
	Place	   *places;
	size_t		nrows;
	Row		   *rows;
	uint32	   *degrees;		/* by place and band: events that are so near */
	uint64	   *both;
	size_t		stride;			/* of both, by distance */
} Search;

/* The least double whose root is not less than the distance. */
static double
least_square(double distance)
{
	double		square = distance * distance;

	while (square > 0 && sqrt(nextafter(square, 0)) >= distance)
		square = nextafter(square, 0);
	while (sqrt(square) < distance)
		square = nextafter(square, INFINITY);
	return square;
}

static void
make_places(Search *search, size_t nevents)
{
	size_t		nplaces = 0;
	Place	   *place = NULL;

	for (size_t n = 0; n < nevents; n++)
		nplaces += n == 0 || search->events[n].x != search->events[n - 1].x ||
			search->events[n].y != search->events[n - 1].y;
	search->nplaces = nplaces;
	search->places = allocate_zeros(nplaces, sizeof(Place));
	for (size_t n = 0; n < nevents; n++)
	{
		const Event *event = &search->events[n];

		CHECK_FOR_INTERRUPTS();
		if (place == NULL || event->x != place->x || event->y != place->y)
		{
			place = place == NULL ? search->places : place + 1;
			*place = (Place) {event->x, event->y, event->at, (uint32) n, 0};
		}
		place->count++;
	}
}

static void
make_rows(Search *search)
{
	double		height = search->widest / ROWS_A_DISTANCE;
	size_t		room = 0;

	for (size_t n = 0; n < search->nplaces; n++)
	{
		double		y = search->places[n].y;
		Row		   *last = search->nrows == 0 ? NULL : &search->rows[search->nrows - 1];

		CHECK_FOR_INTERRUPTS();
		if (last == NULL || y - last->low >= height)
		{
			APPEND(search->rows, search->nrows, room, (Row) {(uint32) n, (uint32) n, y, y});
			last = &search->rows[search->nrows - 1];
		}
		last->end = (uint32) n + 1;
		last->high = y;
	}
	for (size_t r = 0; r < search->nrows; r++)
	{
		Row		   *row = &search->rows[r];

		sort_by_x(search->places + row->first, row->end - row->first);
	}
}

/* ---- pairs ---- */

/* Add so many pairs of that time to a row of the table. */
static inline void
count_time(const TimeBands *times, uint64 *row, uint64 time)
{
	int			k = 0;

	if (time >= times->edges[times->n] || time < times->edges[0])
		return;
	while (time >= times->edges[k + 1])
		k++;
	row[k]++;
}

/* How many of n events, by time, are before the time. */
static uint32
events_before(const Event *events, uint32 n, int64 time)
{
	uint32		low = 0;

	while (low < n)
	{
		uint32		middle = low + (n - low) / 2;

		if (events[middle].at < time)
			low = middle + 1;
		else
			n = middle;
	}
	return low;
}

/*
 * Of n events, by time, how many are less than so far from the time.  A span that
 * leads beyond what an int64 holds ends there, where no time is.
 */
static uint32
events_within(const Event *events, uint32 n, int64 time, uint64 span)
{
	int64		start;
	int64		end;

	if (span == 0)
		return 0;
	start = (uint64) time - (uint64) PG_INT64_MIN < span ? PG_INT64_MIN :
		(int64) ((uint64) time - span + 1);
	end = (uint64) PG_INT64_MAX - (uint64) time < span ? PG_INT64_MAX :
		(int64) ((uint64) time + span);
	return events_before(events, n, end) - events_before(events, n, start);
}

/* How many events of a place it pays to look for by halving, an edge. */
#define MANY_EVENTS 8

/* Add the times between the events of two places. */
static void
count_times(const Search *search, uint64 *row, const Place *a, const Place *b)
{
	const TimeBands *times = search->times;
	const Place *few = a->count < b->count ? a : b;
	const Place *many = few == a ? b : a;
	const Event *others = search->events + many->first;

	for (uint32 i = few->first; i < few->first + few->count; i++)
	{
		int64		at = search->events[i].at;
		uint64		inner;

		CHECK_FOR_INTERRUPTS();
		if (many->count <= (uint32) (MANY_EVENTS * (times->n + 1)))
		{
			for (uint32 j = 0; j < many->count; j++)
				count_time(times, row, time_between(at, others[j].at));
			continue;
		}
		inner = events_within(others, many->count, at, times->edges[0]);
		for (int k = 0; k < times->n; k++)
		{
			uint64		within = events_within(others, many->count, at, times->edges[k + 1]);

			row[k] += within - inner;
			inner = within;
		}
	}
}

/* Add the times between the events of one place. */
static void
count_times_of_place(const Search *search, uint64 *row, const Place *place)
{
	const TimeBands *times = search->times;
	const Event *events = search->events + place->first;

	for (int k = 0; k <= times->n; k++)
	{
		uint64		within = 0;
		uint32		first = 0;

		/* Those before an event that are less than so far from it. */
		for (uint32 i = 0; i < place->count; i++)
		{
			CHECK_FOR_INTERRUPTS();
			while (first < i && time_between(events[first].at, events[i].at) >= times->edges[k])
				first++;
			within += i - first;
		}
		if (k > 0)
			row[k - 1] += within;
		if (k < times->n)
			row[k] -= within;
	}
}

/* Two places, if they are near. */
static inline void
count_pair(Search *search, const Place *a, const Place *b)
{
	double		dx = a->x - b->x;
	double		dy = a->y - b->y;
	double		square = dx * dx + dy * dy;
	int			nbands = search->distances->n;
	int			k = 0;
	uint64	   *row;

	if (square >= search->squares[nbands] || square < search->squares[0])
		return;

	/* Without a branch, for none could be foreseen. */
	for (int edge = 1; edge < nbands; edge++)
		k += square >= search->squares[edge];
	search->degrees[(size_t) (a - search->places) * nbands + k] += b->count;
	search->degrees[(size_t) (b - search->places) * nbands + k] += a->count;
	row = search->both + k * search->stride;
	if (a->count == 1 && b->count == 1)
		count_time(search->times, row, time_between(a->at, b->at));
	else
		count_times(search, row, a, b);
}

/* Pairs of one row with another above it, or within itself. */
static void
count_rows(Search *search, const Row *row, const Row *above)
{
	const Place *places = search->places;
	double		apart = row == above ? 0 : above->low - row->high;
	double		widest = search->widest;

	/* How far a place can be to the side; a little more, for the rounding. */
	double		aside = sqrt((widest - apart) * (widest + apart) + 1e-9 * widest * widest);
	uint32		first = above->first;

	for (uint32 i = row->first; i < row->end; i++)
	{
		const Place *place = &places[i];

		CHECK_FOR_INTERRUPTS();
		if (row == above)
			first = i + 1;
		while (first < above->end && place->x - places[first].x > aside)
			first++;
		for (uint32 j = first; j < above->end && places[j].x - place->x <= aside; j++)
			count_pair(search, place, &places[j]);
	}
}

static void
count_pairs(Search *search)
{
	for (size_t r = 0; r < search->nrows; r++)
		for (size_t s = r; s < search->nrows; s++)
		{
			if (s > r && search->rows[s].low - search->rows[r].high >= search->widest)
				break;
			count_rows(search, &search->rows[r], &search->rows[s]);
		}
}

/* Events of one place are at distance 0. */
static void
count_places(Search *search)
{
	if (search->distances->edges[0] > 0)
		return;
	for (size_t p = 0; p < search->nplaces; p++)
	{
		Place	   *place = &search->places[p];

		if (place->count == 1)
			continue;
		search->degrees[p * search->distances->n] += place->count - 1;
		count_times_of_place(search, search->both, place);
	}
}

static void
sum_degrees(const Search *search, size_t nevents, KnoxMargin *near)
{
	int			nbands = search->distances->n;

	for (size_t p = 0; p < search->nplaces; p++)
	{
		uint64		in_bands = 0;

		CHECK_FOR_INTERRUPTS();
		for (int k = 0; k < nbands; k++)
		{
			uint32		degree = search->degrees[p * nbands + k];

			knox_margin_add(&near[k], search->places[p].count, degree);
			in_bands += degree;
		}
		knox_margin_add(&near[nbands], search->places[p].count, nevents - 1 - in_bands);
	}
}

/* ---- both ---- */

/* What is in no band of the one is in the last of it. */
static void
fill_last(KnoxTable *table)
{
	int			last_time = table->ntimes - 1;
	int			last_distance = table->ndistances - 1;

	for (int k = 0; k < table->ndistances; k++)
		table->near[k].pairs /= 2;
	for (int k = 0; k < table->ntimes; k++)
		table->soon[k].pairs /= 2;
	for (int d = 0; d < last_distance; d++)
	{
		uint64	   *row = table->both + d * table->ntimes;

		row[last_time] = table->near[d].pairs;
		for (int t = 0; t < last_time; t++)
			row[last_time] -= row[t];
	}
	for (int t = 0; t < table->ntimes; t++)
	{
		uint64	   *last = &table->both[last_distance * table->ntimes + t];

		*last = table->soon[t].pairs;
		for (int d = 0; d < last_distance; d++)
			*last -= table->both[d * table->ntimes + t];
	}
}

void
knox_count(Event *events, size_t nevents, const DistanceBands *distances,
		   const TimeBands *times, KnoxTable *table)
{
	Search		search = {
		.distances = distances,
		.times = times,
		.widest = distances->edges[distances->n],
		.events = events,
		.stride = times->n + 1
	};

	table->nevents = nevents;
	table->ndistances = distances->n + 1;
	table->ntimes = times->n + 1;
	table->near = allocate_zeros(table->ndistances, sizeof(KnoxMargin));
	table->soon = allocate_zeros(table->ntimes, sizeof(KnoxMargin));
	table->both = allocate_zeros((size_t) table->ndistances * table->ntimes, sizeof(uint64));

	count_soon(events, nevents, times, table->soon);
	sort_for_places(events, nevents);
	search.both = table->both;
	search.squares = palloc((distances->n + 1) * sizeof(double));
	for (int k = 0; k <= distances->n; k++)
		search.squares[k] = least_square(distances->edges[k]);
	make_places(&search, nevents);
	make_rows(&search);
	search.degrees = allocate_zeros(search.nplaces * distances->n, sizeof(uint32));
	count_pairs(&search);
	count_places(&search);
	sum_degrees(&search, nevents, table->near);
	fill_last(table);
}
