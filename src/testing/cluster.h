/*
 * cluster.h
 *	  Standard errors by cluster.
 */
#ifndef HOTSPOT_CLUSTER_H
#define HOTSPOT_CLUSTER_H

#include <math.h>

/*
 * CR1: from the sum of the squared scores of the clusters and the information of
 * the one coefficient, with the factors for few clusters and rows that fixest
 * applies; parameters counts the coefficient, and effects not nested in clusters.
 * NaN where one cluster, or too few rows, say nothing of how they vary.
 */
static inline double
cr1_error(double squares, double information, double clusters, double rows, double parameters)
{
	if (clusters < 2 || rows <= parameters)
		return NAN;
	return sqrt(squares * (clusters / (clusters - 1)) * ((rows - 1) / (rows - parameters))) /
		fabs(information);
}

#endif							/* HOTSPOT_CLUSTER_H */
