/*
 * cluster.h
 *	  Standard errors by cluster.
 */
#ifndef HOTSPOT_CLUSTER_H
#define HOTSPOT_CLUSTER_H

#include <math.h>

/*
 * CR1: what the sum of the squared influences of the clusters is multiplied by
 * for there being few clusters and rows, as fixest has it; parameters counts the
 * coefficient, and effects not nested in clusters.  NaN where one cluster, or too
 * few rows, say nothing of how they vary.
 */
static inline double
cr1_factor(double clusters, double rows, double parameters)
{
	if (clusters < 2 || rows <= parameters)
		return NAN;
	return clusters / (clusters - 1) * ((rows - 1) / (rows - parameters));
}

/* From the sum of the squared scores and the information of the one coefficient. */
static inline double
cr1_error(double squares, double information, double clusters, double rows, double parameters)
{
	return sqrt(squares * cr1_factor(clusters, rows, parameters)) / fabs(information);
}

#endif							/* HOTSPOT_CLUSTER_H */
