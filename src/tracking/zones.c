/*
 * zones.c
 *	  SQL type zones: its aggregate and its expanded form.
 */
#include "base/compat.h"

#include <math.h>

#include "base/bytes.h"
#include "base/options.h"
#include "base/postgis.h"
#include "miscadmin.h"
#include "tracking/zones.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(zones_add_text);
PG_FUNCTION_INFO_V1(zones_add_bigint);

/* ---- the list of zones ---- */

/* Take the object for a change. */
static void
zones_begin(Zones *zones)
{
	if (zones->zones == NULL)
	{
		zones->head.srid = ZONES_NO_SRID;
		zones->zones_size = 8;
		zones->zones = MemoryContextAlloc(zones->summary.header.eoh_context,
										  sizeof(FlatZone) * zones->zones_size);
	}
	zones->index = NULL;
	if (zones->index_context != NULL)
		MemoryContextReset(zones->index_context);
}

/* All zones have one SRID and one type of id. */
static void
zones_use(Zones *zones, int32 srid, ZoneIdType id_type)
{
	if (zones->head.nzones == 0)
	{
		zones->head.srid = srid;
		zones->head.id_type = id_type;
	}
	if (zones->head.srid != srid)
		postgis_mixed_srids(zones->head.srid, srid);
	if (zones->head.id_type != id_type)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("one set of zones cannot have ids of both types text and bigint"),
				 errhint("Cast the ids of one of them.")));
}

/* Add a zone, whose bytes must be the object's own. */
static void
zones_append(Zones *zones, const FlatZone *zone)
{
	if (zones->head.nzones == zones->zones_size)
	{
		zones->zones_size *= 2;
		zones->zones = repalloc_huge(zones->zones, sizeof(FlatZone) * zones->zones_size);
	}
	zones->zones[zones->head.nzones++] = *zone;
}

/* Add a copy of a zone. */
static void
zones_append_copy(Zones *zones, const FlatZone *zone)
{
	uint8	   *bytes = MemoryContextAllocHuge(zones->summary.header.eoh_context, zone->size);
	FlatZone	copy = *zone;

	memcpy(bytes, zone->bytes, zone->size);
	copy.bytes = bytes;
	copy.id = bytes + (zone->id - zone->bytes);
	copy.rings = bytes + (zone->rings - zone->bytes);
	zones_append(zones, &copy);
}

static void
zones_skip(Zones *zones, uint64 skipped)
{
	if (skipped > PG_INT64_MAX - zones->head.skipped)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped areas is out of range")));
	zones->head.skipped += skipped;
}

/* ---- the aggregate ---- */

/* The id in words of an error message. */
static const char *
id_text(ZoneIdType id_type, const FlatZone *zone)
{
	if (id_type == ZONE_ID_BIGINT)
		return psprintf(INT64_FORMAT, zones_flat_bigint(zone));
	return pnstrdup((const char *) zone->id, zone->id_size);
}

static double
zone_coordinate(double value, ZoneIdType id_type, const FlatZone *zone)
{
	if (!(fabs(value) <= PLANE_MAX_COORDINATE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the area of zone \"%s\" has a coordinate of %g, but must keep between -%g and %g",
						id_text(id_type, zone), value,
						PLANE_MAX_COORDINATE, PLANE_MAX_COORDINATE),
				 errhint("Repair the area, or leave it out.")));
	return value == 0 ? 0 : value;	/* no negative zero */
}

/* Vertices of a ring, less those at its end that repeat the first. */
static uint32
ring_vertices(const GeometryRing *ring)
{
	uint32		n = ring->nvertices;

	while (n > 1)
	{
		GeometryPoint first = geometry_vertex(ring, 0);
		GeometryPoint last = geometry_vertex(ring, n - 1);

		if (first.x != last.x || first.y != last.y)
			break;
		n--;
	}
	return n;
}

/* Write a ring; returns where it ends. */
static uint8 *
put_ring(uint8 *bytes, const GeometryRing *ring, uint32 nvertices,
		 ZoneIdType id_type, const FlatZone *zone)
{
	bytes_put(bytes, 4, nvertices);
	bytes += 4;
	for (uint32 k = 0; k < nvertices; k++)
	{
		GeometryPoint vertex = geometry_vertex(ring, k);

		bytes_put_double(bytes, zone_coordinate(vertex.x, id_type, zone));
		bytes_put_double(bytes + 8, zone_coordinate(vertex.y, id_type, zone));
		bytes += 16;
	}
	return bytes;
}

/*
 * Make the bytes of a zone in the current memory context; false when its area
 * is empty.  Rings of fewer than three vertices hold nothing and are dropped.
 */
static bool
make_zone(FlatZone *zone, ZoneIdType id_type, const void *id, uint32 id_size,
		  GeometryReader area)
{
	GeometryReader again = area;
	GeometryRing ring;
	Size		size = 4 + id_size + 4;
	uint8	   *bytes;

	while (postgis_next_ring(&again, &ring))
		size += zones_flat_ring_size(ring.nvertices);
	bytes = palloc_extended(size, MCXT_ALLOC_HUGE);

	memset(zone, 0, sizeof(*zone));
	zone->bytes = bytes;
	if (id_type == ZONE_ID_TEXT)
	{
		bytes_put(bytes, 4, id_size);
		bytes += 4;
	}
	zone->id = bytes;
	zone->id_size = id_size;
	memcpy(bytes, id, id_size);
	zone->rings = bytes += id_size + 4;
	while (postgis_next_ring(&area, &ring))
	{
		uint32		nvertices = ring_vertices(&ring);

		if (nvertices < 3)
			continue;
		bytes = put_ring(bytes, &ring, nvertices, id_type, zone);
		zone->nrings++;
		zone->nvertices += nvertices;
	}
	bytes_put(unconstify(uint8 *, zone->rings) - 4, 4, zone->nrings);
	zone->size = bytes - zone->bytes;
	return zone->nrings > 0;
}

/* Add the area in argument 2 under an id. */
static Datum
zones_add(FunctionCallInfo fcinfo, ZoneIdType id_type, const void *id, uint32 id_size)
{
	Zones	   *zones = (Zones *) summary_own(fcinfo, 0, &zones_kind);
	GeometryReader area;
	FlatZone	zone;

	if (zones == NULL)
		zones = (Zones *) summary_create(fcinfo, &zones_kind);
	zones_begin(zones);
	if (PG_ARGISNULL(2))
	{
		zones_skip(zones, 1);
		return summary_result(&zones->summary);
	}

	option_require(fcinfo, 1, "id");
	postgis_open_area(PG_GETARG_DATUM(2), &area);
	if (make_zone(&zone, id_type, id, id_size, area))
	{
		zones_use(zones, area.srid, id_type);
		zones_append_copy(zones, &zone);
	}
	else
		zones_skip(zones, 1);
	return summary_result(&zones->summary);
}

/* Step of zones(text, geometry). */
Datum
zones_add_text(PG_FUNCTION_ARGS)
{
	text	   *id = PG_ARGISNULL(1) ? NULL : PG_GETARG_TEXT_PP(1);

	return zones_add(fcinfo, ZONE_ID_TEXT, id == NULL ? NULL : VARDATA_ANY(id),
					 id == NULL ? 0 : VARSIZE_ANY_EXHDR(id));
}

/* Step of zones(bigint, geometry). */
Datum
zones_add_bigint(PG_FUNCTION_ARGS)
{
	uint8		id[8];

	bytes_put(id, 8, PG_ARGISNULL(1) ? 0 : (uint64) PG_GETARG_INT64(1));
	return zones_add(fcinfo, ZONE_ID_BIGINT, id, sizeof(id));
}

/* ---- the summary kind ---- */

static void
zones_absorb(Summary *summary, Summary *other)
{
	Zones	   *zones = (Zones *) summary;
	Zones	   *from = (Zones *) other;

	zones_begin(zones);
	zones_skip(zones, from->head.skipped);
	for (uint32 k = 0; k < from->head.nzones; k++)
	{
		CHECK_FOR_INTERRUPTS();
		zones_use(zones, from->head.srid, from->head.id_type);
		zones_append_copy(zones, &from->zones[k]);
	}
}

static void
zones_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	Zones	   *zones = (Zones *) summary;
	const uint8 *end = body + size;
	const uint8 *next;
	ZonesHead	head;

	next = zones_flat_open(&head, body);
	zones_begin(zones);
	zones_skip(zones, head.skipped);
	for (uint32 k = 0; k < head.nzones; k++)
	{
		FlatZone	zone;

		CHECK_FOR_INTERRUPTS();
		next = zones_flat_zone(&zone, head.id_type, next, end - next);
		zones_use(zones, head.srid, head.id_type);
		zones_append_copy(zones, &zone);
	}
}

static int
compare_zones(const void *a, const void *b, void *head)
{
	return zones_flat_compare(((ZonesHead *) head)->id_type, a, b);
}

static Size
zones_measure(Summary *summary)
{
	Zones	   *zones = (Zones *) summary;
	Size		size = ZONES_HEAD_SIZE;

	qsort_arg(zones->zones, zones->head.nzones, sizeof(FlatZone), compare_zones, &zones->head);
	for (uint32 k = 0; k < zones->head.nzones; k++)
	{
		if (k > 0 && compare_zones(&zones->zones[k - 1], &zones->zones[k], &zones->head) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNIQUE_VIOLATION),
					 errmsg("there are two zones with the id \"%s\"",
							id_text(zones->head.id_type, &zones->zones[k])),
					 errhint("Give each zone one area, for example ST_Union(area) grouped by its id.")));
		size += zones->zones[k].size;
	}
	return size;
}

static void
zones_flatten(Summary *summary, uint8 *body, Size size)
{
	Zones	   *zones = (Zones *) summary;
	uint8	   *next = body + ZONES_HEAD_SIZE;

	zones_flat_put_head(body, &zones->head);
	for (uint32 k = 0; k < zones->head.nzones; k++)
	{
		memcpy(next, zones->zones[k].bytes, zones->zones[k].size);
		next += zones->zones[k].size;
	}
	bytes_put(body, ZONES_HASH_SIZE, zones_flat_hash(body, size));
}

const SummaryKind zones_kind = {
	.type_name = "zones",
	.version = 1,
	.code = 'z',
	.struct_size = sizeof(Zones),
	.check = zones_flat_check,
	.absorb = zones_absorb,
	.absorb_flat = zones_absorb_flat,
	.measure = zones_measure,
	.flatten = zones_flatten
};

SUMMARY_FUNCTIONS(zones, &zones_kind);
