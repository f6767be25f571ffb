/* ---- near_repeat: whether one event brings another near by ---- */

CREATE FUNCTION near_repeat(
	incidents,
	distances float8[],
	intervals interval[],
	by text DEFAULT 'day',
	tz text DEFAULT 'Europe/London',
	rest boolean DEFAULT false,
	OUT distance_from float8,
	OUT distance_to float8,
	OUT interval_from interval,
	OUT interval_to interval,
	OUT observed bigint,
	OUT expected float8,
	OUT ratio float8,
	OUT sd float8,
	OUT z float8,
	OUT p_value float8,
	OUT distance_pairs bigint,
	OUT interval_pairs bigint,
	OUT note text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'near_repeat' LANGUAGE C STABLE PARALLEL SAFE COST 100000 ROWS 20;
COMMENT ON FUNCTION near_repeat(incidents, float8[], interval[], text, text, boolean) IS
'Knox test of near repeats: are there more pairs of events that are close in both space and time than chance would have? A row a band of distance and band of time, in that order.
distances and intervals are the edges of the bands, ascending, 2 to 101 of each: {0,100,200} are the bands [0,100) and [100,200), half open: a pair at just 100 is in the second. Distances are straight lines in the unit of the coordinates, sqrt(dx*dx + dy*dy); 0 or from 1e-9 to 1e16. Give a narrow first band, {0,0.1,100,...}, to tell repeats at one place from near ones. by: ''day'' takes the difference of local dates in time zone tz, so that intervals are whole days and {''0'',''1 day'',''8 days''} are the same day and the 7 days after; ''time'' takes the exact time between two events. rest: adds the bands of all pairs beyond the last edge, with distance_to or interval_to NULL.
observed: pairs of events in both bands; distance_pairs and interval_pairs: in the one, and in the other. expected and sd: exact mean and standard deviation of observed over all ways to give the times to the places, without simulation (Barton and David 1966; Mantel 1967): expected = 2 distance_pairs interval_pairs / (n(n-1)) for n events. ratio = observed / expected; z = (observed - expected) / sd. p_value: the probability that chance has at least as many pairs, one-sided as that of permutation tests; it is that of the negative binomial, Poisson or binomial distribution of this mean and variance, since few pairs are expected in the small bands and the normal distribution of z would be far off. Where many bands are tested, some p_values are small by chance.
NULL, and note says why: ratio, z and p_value where no pair is expected, sd, z and p_value with fewer than 4 events, z and p_value where the times make no difference, expected with fewer than 2 events. The first note tells how many events were left out. Chance means that times and places have nothing to do with each other: where crime moved, or grew in one place and not in another, while the events happened, more pairs are close than chance has, though no event brought another; so take a year rather than ten.
Time: in proportion to the pairs of different places that are closer than the last distance, whenever they were; memory: some 80 bytes an event and 4 a band of distance. NULL incidents: no rows. Errors: other NULLs (22004); edges that do not ascend, are too few, too many or out of range, months, no whole days where by is ''day'', an unknown time zone or an abbreviation, a geographic SRID (22023); an array of several dimensions (2202E); more than 33554432 events (54000).';

