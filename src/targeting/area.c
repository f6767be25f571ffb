/*
 * area.c
 *	  An area, prepared so that many points can be held against it: see area.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/hash.h"
#include "base/plane.h"
#include "base/postgis.h"
#include "miscadmin.h"
#include "targeting/area.h"

/* Slabs an edge may lie in, on average; bounds the memory of a comb. */
#define SLABS_AN_EDGE 4

/* ---- what an area is known by ---- */

static uint64
hash_number(uint64 hash, double number)
{
	uint64		bits;

	number += 0.0;				/* one zero for both */
	memcpy(&bits, &number, sizeof(bits));
	return hash_mix64(hash + bits);
}

static void
check_vertex(GeometryPoint vertex)
{
	if (!(fabs(vertex.x) <= PLANE_MAX_COORDINATE && fabs(vertex.y) <= PLANE_MAX_COORDINATE))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the area has a vertex at (%g, %g), but coordinates must be of size at most 1e15",
						vertex.x, vertex.y),
				 errhint("Find it with ST_DumpPoints(area), and see whether the area was projected with ST_Transform.")));
}

uint64
area_hash(Datum geometry, int32 *srid)
{
	GeometryReader reader;
	GeometryRing ring;
	uint64		hash;

	postgis_open_area(geometry, &reader);
	*srid = reader.srid;
	hash = hash_mix64((uint64) reader.srid + 1);
	while (postgis_next_ring(&reader, &ring))
	{
		hash = hash_mix64(hash + ring.nvertices);
		for (uint32 n = 0; n < ring.nvertices; n++)
		{
			GeometryPoint vertex = geometry_vertex(&ring, n);

			CHECK_FOR_INTERRUPTS();
			check_vertex(vertex);
			hash = hash_number(hash_number(hash, vertex.x), vertex.y);
		}
	}
	return Max(hash, 1);
}

/* ---- preparing ---- */

/* An edge is known by the vertex it starts from; not every vertex starts one. */
typedef struct Outline
{
	GeometryPoint *vertices;
	uint32	   *edges;
	uint32		nedges;
	double		climb;			/* of all edges, up or down */
} Outline;

/* Those that are level toggle no point. */
static void
add_ring(Outline *outline, uint32 *nvertices, const GeometryRing *ring)
{
	for (uint32 n = 0; n <= ring->nvertices && ring->nvertices > 0; n++)
	{
		GeometryPoint vertex = geometry_vertex(ring, n % ring->nvertices);
		GeometryPoint *to = &outline->vertices[*nvertices];

		CHECK_FOR_INTERRUPTS();
		*to = vertex;
		if (n > 0 && to[-1].y != to->y)
		{
			outline->edges[outline->nedges++] = *nvertices - 1;
			outline->climb += fabs(to->y - to[-1].y);
		}
		(*nvertices)++;
	}
}

static void
read_outline(Outline *outline, Datum geometry)
{
	GeometryReader reader;
	GeometryRing ring;
	Size		room = 1;
	uint32		nvertices = 0;

	postgis_open_area(geometry, &reader);
	while (postgis_next_ring(&reader, &ring))
		room += (Size) ring.nvertices + 1;
	memset(outline, 0, sizeof(*outline));
	outline->vertices = MemoryContextAllocHuge(CurrentMemoryContext, room * sizeof(GeometryPoint));
	outline->edges = MemoryContextAllocHuge(CurrentMemoryContext, room * sizeof(uint32));

	postgis_open_area(geometry, &reader);
	while (postgis_next_ring(&reader, &ring))
		add_ring(outline, &nvertices, &ring);
}

static inline uint32
slab_of(const Area *area, double y)
{
	uint32		slab = (uint32) ((y - area->bottom) * area->slabs_per_unit);

	return Min(slab, area->nslabs - 1);
}

/* As many slabs as edges, or fewer where edges are tall. */
static void
plan_slabs(Area *area, const Outline *outline)
{
	double		height = area->top - area->bottom;
	double		nslabs = Min((double) outline->nedges,
							 outline->nedges * height * SLABS_AN_EDGE / outline->climb);

	area->nslabs = (uint32) Max(nslabs, 1.0);
	area->slabs_per_unit = area->nslabs / height;
	if (isinf(area->slabs_per_unit))
	{
		area->nslabs = 1;
		area->slabs_per_unit = 0;
	}
}

static void
bound_edges(Area *area, const Outline *outline)
{
	area->bottom = INFINITY;
	area->top = -INFINITY;
	for (uint32 n = 0; n < outline->nedges; n++)
		for (int end = 0; end < 2; end++)
		{
			double		y = outline->vertices[outline->edges[n] + end].y;

			area->bottom = Min(area->bottom, y);
			area->top = Max(area->top, y);
		}
}

/* The slabs of an edge, from the first to the last. */
static void
edge_slabs(const Area *area, uint32 edge, uint32 *first, uint32 *last)
{
	double		y = area->vertices[edge].y;
	double		other = area->vertices[edge + 1].y;

	*first = slab_of(area, Min(y, other));
	*last = slab_of(area, Max(y, other));
}

/* Count the edges of each slab, then put them there. */
static void
fill_slabs(Area *area, const Outline *outline)
{
	uint32		first;
	uint32		last;

	area->slabs = palloc_extended(((Size) area->nslabs + 2) * sizeof(uint32),
								  MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 n = 0; n < outline->nedges; n++)
	{
		edge_slabs(area, outline->edges[n], &first, &last);
		for (uint32 slab = first; slab <= last; slab++)
			area->slabs[slab + 2]++;
	}
	for (uint32 slab = 2; slab <= area->nslabs + 1; slab++)
		area->slabs[slab] += area->slabs[slab - 1];

	area->edges = MemoryContextAllocHuge(CurrentMemoryContext,
										 Max((Size) area->slabs[area->nslabs + 1], 1) * sizeof(uint32));
	for (uint32 n = 0; n < outline->nedges; n++)
	{
		CHECK_FOR_INTERRUPTS();
		edge_slabs(area, outline->edges[n], &first, &last);
		for (uint32 slab = first; slab <= last; slab++)
			area->edges[area->slabs[slab + 1]++] = outline->edges[n];
	}
}

Area *
area_build(Datum geometry)
{
	Area	   *area = palloc0(sizeof(Area));
	Outline		outline;

	read_outline(&outline, geometry);
	area->vertices = outline.vertices;
	if (outline.nedges > 0)
	{
		bound_edges(area, &outline);
		plan_slabs(area, &outline);
		fill_slabs(area, &outline);
	}
	pfree(outline.edges);
	return area;
}

/* ---- asking ---- */

bool
area_holds(const Area *area, GeometryPoint p)
{
	bool		inside = false;
	uint32		slab;

	if (area->nslabs == 0 || !(p.y >= area->bottom && p.y < area->top))
		return false;
	slab = slab_of(area, p.y);
	for (uint32 n = area->slabs[slab]; n < area->slabs[slab + 1]; n++)
	{
		const GeometryPoint *edge = &area->vertices[area->edges[n]];

		inside ^= edge_toggles(edge[0], edge[1], p);
	}
	return inside;
}
