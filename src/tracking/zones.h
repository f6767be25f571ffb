/*
 * zones.h
 *	  SQL type zones: areas with ids, to be asked where a point or a line lies.
 */
#ifndef HOTSPOT_ZONES_H
#define HOTSPOT_ZONES_H

#include "postgres.h"

#include "base/summary.h"
#include "tracking/zone_index.h"
#include "tracking/zones_flat.h"

extern const SummaryKind zones_kind;

/* The expanded form: zones in the order they came. */
typedef struct Zones
{
	Summary		summary;
	ZonesHead	head;
	Size		zones_size;		/* how many there is room for */
	FlatZone   *zones;
	ZoneIndex  *index;			/* once a reader has asked, until a change */
	MemoryContext index_context;	/* that it is in; NULL = none */
} Zones;

/*
 * Compile the zones in argument argno, which is not NULL.  The last few are
 * kept until the end of the query, since readers are called for many points.
 */
extern const ZoneIndex *zones_compiled(FunctionCallInfo fcinfo, int argno);

#endif							/* HOTSPOT_ZONES_H */
