/*
 * postgis.h
 *	  What we ask of PostGIS beside the bytes of its geometries.
 *
 * PostGIS is found through the extension and not through search_path, so that
 * nobody's table or function of the same name is taken for its own, and a
 * restore, which runs with an empty search_path, works.
 */
#ifndef HOTSPOT_POSTGIS_H
#define HOTSPOT_POSTGIS_H

#include "base/compat.h"

#include "base/geometry.h"
#include "fmgr.h"

/*
 * Whether the reference system is geographic, that is in degrees.  An unknown
 * SRID counts as planar: the answer must not hinge on rows that a restore may
 * not have loaded yet.
 */
extern bool postgis_is_geographic(int32 srid);

/* Raise the error of one that is, where something needs a plane. */
extern void postgis_require_planar(int32 srid, const char *what);

/* postgis_point() and postgis_point_if_any() for all but the plainest points. */
extern GeometryStatus postgis_any_point(struct varlena *bytes, int32 *srid,
										GeometryPoint *point);
extern GeometryStatus postgis_any_geometry(struct varlena *bytes, int32 *srid,
										   GeometryPoint *point);

/* Whether it is of the plainest, which is read. */
static inline bool
postgis_plain_point(struct varlena *bytes, int32 *srid, GeometryPoint *point)
{
	return likely(geometry_plain_point((const uint8 *) VARDATA_ANY(bytes),
									   VARSIZE_ANY_EXHDR(bytes), srid, point)) &&
		likely(*srid >= 0 && *srid <= GEOMETRY_SRID_MAX);
}

/* The point of a geometry datum that must be a point; see geometry_point(). */
static inline GeometryStatus
postgis_point(Datum datum, int32 *srid, GeometryPoint *point)
{
	struct varlena *bytes = PG_DETOAST_DATUM_PACKED(datum);

	if (postgis_plain_point(bytes, srid, point))
		return GEOMETRY_OK;
	return postgis_any_point(bytes, srid, point);
}

/* The same of any geometry: one of another type is told, and no error. */
static inline GeometryStatus
postgis_point_if_any(Datum datum, int32 *srid, GeometryPoint *point)
{
	struct varlena *bytes = PG_DETOAST_DATUM_PACKED(datum);

	if (postgis_plain_point(bytes, srid, point))
		return GEOMETRY_OK;
	return postgis_any_geometry(bytes, srid, point);
}

/* The SRID of any geometry. */
extern int32 postgis_srid(Datum datum);

/* Open a geometry datum that must be a POLYGON or MULTIPOLYGON, maybe empty. */
extern void postgis_open_area(Datum datum, GeometryReader *reader);

/* Its next ring; false after the last. */
extern bool postgis_next_ring(GeometryReader *reader, GeometryRing *ring);

/* Raise the error of two SRIDs that should be one. */
pg_noreturn extern void postgis_mixed_srids(int32 one, int32 other);

/*
 * Look up a function of PostGIS, to be called through fmgr; what it caches
 * lives in a child of the given context.
 */
extern void postgis_geom_from_ewkb(FmgrInfo *function, MemoryContext context);
extern void postgis_st_intersects(FmgrInfo *function, MemoryContext context);

/* Make a geometry by means of postgis_geom_from_ewkb(). */
extern Datum postgis_make_point(FmgrInfo *geom_from_ewkb, int32 srid,
								double x, double y);
extern Datum postgis_make_polygon(FmgrInfo *geom_from_ewkb, int32 srid,
								  int nvertices, const double *x, const double *y);

#endif							/* HOTSPOT_POSTGIS_H */
