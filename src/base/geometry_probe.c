/*
 * geometry_probe.c
 *	  Shows what the geometry reader reads, so that tests can hold it against
 *	  PostGIS.  No SQL function of the extension leads here.
 */
#include "base/compat.h"

#include "base/geometry.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"

PG_FUNCTION_INFO_V1(geometry_probe);

static void
probe_rings(GeometryReader *reader, StringInfo answer)
{
	GeometryRing ring;
	int			nrings = 0;
	int64		nvertices = 0;
	double		sum = 0;

	while (geometry_next_ring(reader, &ring) == GEOMETRY_OK)
	{
		nrings++;
		nvertices += ring.nvertices;
		for (uint32 n = 0; n < ring.nvertices; n++)
			sum += geometry_vertex(&ring, n).x + geometry_vertex(&ring, n).y;
	}
	appendStringInfo(answer, " rings=%d vertices=" INT64_FORMAT " sum=%.15g",
					 nrings, nvertices, sum);
}

/* geometry_probe(geometry) -> text */
Datum
geometry_probe(PG_FUNCTION_ARGS)
{
	struct varlena *bytes = PG_GETARG_VARLENA_PP(0);
	const uint8 *start = (const uint8 *) VARDATA_ANY(bytes);
	size_t		size = VARSIZE_ANY_EXHDR(bytes);
	StringInfoData answer;
	GeometryReader reader;
	GeometryPoint point;
	int32		srid;

	initStringInfo(&answer);
	if (geometry_open(&reader, start, size) != GEOMETRY_OK)
		appendStringInfoString(&answer, "corrupt");
	else
	{
		appendStringInfo(&answer, "srid=%d type=%u dims=%u", reader.srid,
						 reader.type, reader.ndims);
		if (geometry_point(start, size, &srid, &point) == GEOMETRY_OK)
			appendStringInfo(&answer, " x=%g y=%g", point.x, point.y);
		else if (reader.type == GEOMETRY_POLYGON || reader.type == GEOMETRY_MULTIPOLYGON)
			probe_rings(&reader, &answer);
	}
	PG_RETURN_TEXT_P(cstring_to_text(answer.data));
}
