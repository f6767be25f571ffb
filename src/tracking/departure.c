/*
 * departure.c
 *	  How long after a patrol's departure the next crime comes: see departure.h.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "tracking/departure.h"
#include "tracking/duration.h"

static inline int
compare_departures(const Departure *a, const Departure *b)
{
	if (a->bin != b->bin)
		return a->bin < b->bin ? -1 : 1;
	return (a->time > b->time) - (a->time < b->time);
}

#define ST_SORT sort_departures
#define ST_ELEMENT_TYPE Departure
#define ST_COMPARE(a, b) compare_departures(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

static int
bin_of(const DepartureRule *rule, const PatrolVisit *visit)
{
	uint64		length = span_length(visit->span);
	int			bin = 0;

	if (visit->starts_cut || visit->ends_cut)
		return DEPARTURE_CUT(rule);
	while (bin < rule->nlengths && length > (uint64) rule->lengths[bin])
		bin++;
	return bin;
}

/* Whether a visit begins sooner after the last crime, of those up to then, than allowed. */
static bool
may_respond(const DepartureRule *rule, const Crimes *crimes, int64 arrival)
{
	ptrdiff_t	last = period_of(crimes->at, crimes->ncrimes, arrival);

	return last >= 0 && (uint64) arrival - (uint64) crimes->at[last] < rule->response;
}

/* Until when a departure is followed: to the next arrival, the horizon or the end of what is known. */
static uint64
followed_for(const DepartureRule *rule, int64 departure, int64 next_arrival)
{
	int64		end = Min(next_arrival, rule->until);

	if (end <= departure)
		return 0;
	return Min((uint64) end - (uint64) departure, rule->horizon);
}

void
departures_find(Departures *departures, const DepartureRule *rule,
				const PatrolVisit *visits, size_t nvisits, const Crimes *crimes)
{
	memset(departures, 0, sizeof(*departures));
	departures->departures = palloc_extended(Max(nvisits, 1) * sizeof(Departure), MCXT_ALLOC_HUGE);
	for (size_t k = 0; k < nvisits; k++)
	{
		const PatrolVisit *visit = &visits[k];
		uint64		time = followed_for(rule, visit->span.end,
										k + 1 < nvisits ? visits[k + 1].span.start : TIME_END);
		size_t		next = (size_t) (period_of(crimes->at, crimes->ncrimes, visit->span.end) + 1);
		Departure  *departure = &departures->departures[departures->ndepartures];

		CHECK_FOR_INTERRUPTS();
		if (time == 0)
		{
			departures->unobserved++;
			continue;
		}
		if (may_respond(rule, crimes, visit->span.start))
		{
			departures->responses++;
			continue;
		}
		departure->bin = bin_of(rule, visit);
		departure->crime = next < crimes->ncrimes &&
			(uint64) crimes->at[next] - (uint64) visit->span.end < time;
		departure->time = departure->crime ?
			(uint64) crimes->at[next] - (uint64) visit->span.end : time;
		departures->ndepartures++;
	}
	sort_departures(departures->departures, departures->ndepartures);
}

DepartureBin
departures_sum(const Departure *departures, size_t n, int bin)
{
	DepartureBin sum = {0};

	for (size_t k = 0; k < n && departures[k].bin == bin; k++)
	{
		CHECK_FOR_INTERRUPTS();
		sum.visits++;
		sum.exposure += departures[k].time;
		if (departures[k].crime)
		{
			sum.crimes++;
			sum.log_minutes += log(minutes(departures[k].time));
		}
	}
	return sum;
}

bool
departures_survival(const Departure *departures, size_t n, uint64 moment, double *survival)
{
	size_t		next;

	*survival = 1;
	for (size_t k = 0; k < n && departures[k].time <= moment; k = next)
	{
		size_t		crimes = 0;

		CHECK_FOR_INTERRUPTS();
		for (next = k; next < n && departures[next].time == departures[k].time; next++)
			crimes += departures[next].crime;
		*survival *= 1 - (double) crimes / (double) (n - k);
	}
	/* After each of them came a crime, or one was looked on for so long. */
	return n > 0 && (*survival == 0 || departures[n - 1].time >= moment);
}
