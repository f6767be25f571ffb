/*
 * postgis.c
 *	  What we ask of PostGIS beside the bytes of its geometries: see postgis.h.
 */
#include "base/compat.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "base/postgis.h"
#include "catalog/pg_extension.h"
#include "catalog/pg_proc.h"
#include "catalog/pg_type.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/hsearch.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/rel.h"
#include "utils/syscache.h"

/* EWKB: byte order, then type with the flag that a SRID follows. */
#define EWKB_LITTLE_ENDIAN 1
#define EWKB_BIG_ENDIAN 0
#define EWKB_SRID ((uint32) 0x20000000)

/* ---- finding PostGIS ---- */

static Oid
postgis_schema(void)
{
	Relation	extensions = table_open(ExtensionRelationId, AccessShareLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	Oid			schema = InvalidOid;

	ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber,
				F_NAMEEQ, CStringGetDatum("postgis"));
	scan = systable_beginscan(extensions, ExtensionNameIndexId, true, NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		schema = ((Form_pg_extension) GETSTRUCT(tuple))->extnamespace;
	systable_endscan(scan);
	table_close(extensions, AccessShareLock);
	return schema;
}

static void
find_function(FmgrInfo *function, MemoryContext context, const char *name,
			  int nargs, const Oid *argtypes)
{
	oidvector  *types = buildoidvector(argtypes, nargs);
	Oid			oid = GetSysCacheOid3(PROCNAMEARGSNSP, Anum_pg_proc_oid,
									  CStringGetDatum(name),
									  PointerGetDatum(types),
									  ObjectIdGetDatum(postgis_schema()));

	if (!OidIsValid(oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg("function \"%s\" of PostGIS was not found", name),
				 errhint("Check the installation with SELECT postgis_full_version().")));

	/*
	 * PostGIS takes whatever lies in the function's context for part of its
	 * own cache, so nobody else's geometries may lie there.
	 */
	fmgr_info_cxt(oid, function,
				  AllocSetContextCreate(context, "hotspot PostGIS function",
										ALLOCSET_SMALL_SIZES));
}

void
postgis_geom_from_ewkb(FmgrInfo *function, MemoryContext context)
{
	Oid			bytea_type = BYTEAOID;

	find_function(function, context, "st_geomfromewkb", 1, &bytea_type);
}

void
postgis_st_intersects(FmgrInfo *function, MemoryContext context)
{
	Oid			argtypes[2];

	argtypes[0] = argtypes[1] =
		GetSysCacheOid2(TYPENAMENSP, Anum_pg_type_oid, CStringGetDatum("geometry"),
						ObjectIdGetDatum(postgis_schema()));
	find_function(function, context, "st_intersects", 2, argtypes);
}

/* ---- reference systems ---- */

/* A text column of spatial_ref_sys, "" for NULL. */
static char *
text_column(Relation table, HeapTuple tuple, const char *column)
{
	bool		is_null;
	Datum		datum = heap_getattr(tuple, get_attnum(RelationGetRelid(table), column),
									 RelationGetDescr(table), &is_null);

	return is_null ? pstrdup("") : TextDatumGetCString(datum);
}

/* Whether a column is there and of a type. */
static bool
has_column(Oid relid, const char *column, Oid type, Oid or_type)
{
	AttrNumber	attribute = get_attnum(relid, column);
	Oid			actual = attribute == InvalidAttrNumber ? InvalidOid :
		get_atttype(relid, attribute);

	return actual == type || actual == or_type;
}

/* Whether a relation is spatial_ref_sys as PostGIS makes it. */
static bool
is_srid_table(Relation table)
{
	Oid			relid = RelationGetRelid(table);

	return table->rd_rel->relkind == RELKIND_RELATION &&
		has_column(relid, "srid", INT4OID, INT4OID) &&
		has_column(relid, "proj4text", VARCHAROID, TEXTOID) &&
		has_column(relid, "srtext", VARCHAROID, TEXTOID);
}

/* The primary key of the table, or InvalidOid. */
static Oid
srid_index(Relation table, Oid schema)
{
	Oid			index = get_relname_relid("spatial_ref_sys_pkey", schema);

	return list_member_oid(RelationGetIndexList(table), index) ? index : InvalidOid;
}

/*
 * Read spatial_ref_sys without SPI, so that neither the caller's search_path
 * nor row security has a say, and index expressions may come here.
 */
static bool
srid_is_geographic(int32 srid)
{
	Oid			schema = postgis_schema();
	Oid			relid = get_relname_relid("spatial_ref_sys", schema);
	Oid			index;
	bool		geographic = false;
	Relation	table;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	if (!OidIsValid(relid))
		return false;
	table = relation_open(relid, AccessShareLock);
	if (!is_srid_table(table))
	{
		relation_close(table, AccessShareLock);
		return false;
	}
	index = srid_index(table, schema);
	ScanKeyInit(&key, get_attnum(relid, "srid"), BTEqualStrategyNumber,
				F_INT4EQ, Int32GetDatum(srid));
	scan = systable_beginscan(table, index, OidIsValid(index), NULL, 1, &key);
	tuple = systable_getnext(scan);
	if (HeapTupleIsValid(tuple))
		geographic =
			strstr(text_column(table, tuple, "proj4text"), "+proj=longlat") != NULL ||
			strncmp(text_column(table, tuple, "srtext"), "GEOG", 4) == 0;
	systable_endscan(scan);
	relation_close(table, AccessShareLock);
	return geographic;
}

bool
postgis_is_geographic(int32 srid)
{
	typedef struct
	{
		int32		srid;
		bool		is_geographic;
	}			Answer;
	static HTAB *answers = NULL;	/* those found, in this backend */
	static Answer last = {0, false};	/* the one asked for last */
	Answer	   *answer;

	if (likely(srid == last.srid) || srid == 0)
		return srid == last.srid && last.is_geographic;

	if (answers == NULL)
	{
		HASHCTL		control = {.keysize = sizeof(int32), .entrysize = sizeof(Answer)};

		answers = hash_create("hotspot SRIDs", 8, &control, HASH_ELEM | HASH_BLOBS);
	}
	answer = hash_search(answers, &srid, HASH_FIND, NULL);
	if (answer == NULL)
	{
		bool		is_geographic = srid_is_geographic(srid);

		answer = hash_search(answers, &srid, HASH_ENTER, NULL);
		answer->is_geographic = is_geographic;
	}
	last = *answer;
	return last.is_geographic;
}

void
postgis_require_planar(int32 srid, const char *what)
{
	if (unlikely(postgis_is_geographic(srid)))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("coordinates are in degrees (SRID %d), but %s needs a plane",
						srid, what),
				 errhint("Project them first, for example ST_Transform(geom, 27700).")));
}

void
postgis_mixed_srids(int32 one, int32 other)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("geometries have different SRIDs: %d and %d", one, other),
			 errhint("Bring them into one reference system with ST_Transform, or name it with ST_SetSRID.")));
}

/* ---- reading ---- */

/* What a function takes, and how to get it from something else. */
typedef struct Expected
{
	const char *types;
	const char *hint;
} Expected;

static const Expected expect_point = {
	"POINT", "Take one point of it, for example ST_PointOnSurface(geom) or ST_GeometryN(geom, 1)."
};
static const Expected expect_area = {
	"POLYGON or MULTIPOLYGON", "Make an area of it, for example ST_Buffer(geom, 100)."
};

pg_noreturn static void
other_type(const Expected *expected, uint32 type)
{
	static const char *const names[] = {
		"unknown", "POINT", "LINESTRING", "POLYGON", "MULTIPOINT",
		"MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION",
		"CIRCULARSTRING", "COMPOUNDCURVE", "CURVEPOLYGON", "MULTICURVE",
		"MULTISURFACE", "POLYHEDRALSURFACE", "TRIANGLE", "TIN"
	};

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("geometry is of type %s, but %s is expected",
					names[type < lengthof(names) ? type : 0], expected->types),
			 errhint("%s", expected->hint)));
}

pg_noreturn static void
corrupt_geometry(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("geometry is corrupted, or of a format that hotspot does not know"),
			 errhint("Check the installation with SELECT postgis_full_version().")));
}

static void
check_srid(int32 srid)
{
	if (srid < 0 || srid > GEOMETRY_SRID_MAX)
		corrupt_geometry();
}

GeometryStatus
postgis_any_geometry(struct varlena *bytes, int32 *srid, GeometryPoint *point)
{
	GeometryStatus status = geometry_point((const uint8 *) VARDATA_ANY(bytes),
										   VARSIZE_ANY_EXHDR(bytes), srid, point);

	if (unlikely(status == GEOMETRY_CORRUPT))
		corrupt_geometry();
	check_srid(*srid);
	return status;
}

GeometryStatus
postgis_any_point(struct varlena *bytes, int32 *srid, GeometryPoint *point)
{
	GeometryStatus status = postgis_any_geometry(bytes, srid, point);

	if (unlikely(status == GEOMETRY_OTHER_TYPE))
	{
		GeometryReader reader;

		geometry_open(&reader, (const uint8 *) VARDATA_ANY(bytes),
					  VARSIZE_ANY_EXHDR(bytes));
		other_type(&expect_point, reader.type);
	}
	return status;
}

int32
postgis_srid(Datum datum)
{
	struct varlena *bytes = PG_DETOAST_DATUM_PACKED(datum);
	GeometryReader reader;

	if (geometry_open(&reader, (const uint8 *) VARDATA_ANY(bytes),
					  VARSIZE_ANY_EXHDR(bytes)) != GEOMETRY_OK)
		corrupt_geometry();
	check_srid(reader.srid);
	return reader.srid;
}

void
postgis_open_area(Datum datum, GeometryReader *reader)
{
	struct varlena *bytes = PG_DETOAST_DATUM_PACKED(datum);

	if (geometry_open(reader, (const uint8 *) VARDATA_ANY(bytes),
					  VARSIZE_ANY_EXHDR(bytes)) != GEOMETRY_OK || reader->geodetic)
		corrupt_geometry();
	if (reader->type != GEOMETRY_POLYGON && reader->type != GEOMETRY_MULTIPOLYGON)
		other_type(&expect_area, reader->type);
	check_srid(reader->srid);
}

bool
postgis_next_ring(GeometryReader *reader, GeometryRing *ring)
{
	GeometryStatus status = geometry_next_ring(reader, ring);

	if (status == GEOMETRY_CORRUPT)
		corrupt_geometry();
	return status == GEOMETRY_OK;
}

/* ---- writing ---- */

static void
append_uint32(StringInfo ewkb, uint32 value)
{
	appendBinaryStringInfo(ewkb, (char *) &value, sizeof(value));
}

static void
append_vertex(StringInfo ewkb, double x, double y)
{
	appendBinaryStringInfo(ewkb, (char *) &x, sizeof(x));
	appendBinaryStringInfo(ewkb, (char *) &y, sizeof(y));
}

/* Begin a bytea of EWKB in this machine's byte order. */
static void
begin_ewkb(StringInfo ewkb, uint32 type, int32 srid)
{
#ifdef WORDS_BIGENDIAN
	char		order = EWKB_BIG_ENDIAN;
#else
	char		order = EWKB_LITTLE_ENDIAN;
#endif

	initStringInfo(ewkb);
	appendStringInfoSpaces(ewkb, VARHDRSZ);
	appendStringInfoChar(ewkb, order);
	append_uint32(ewkb, srid == 0 ? type : type | EWKB_SRID);
	if (srid != 0)
		append_uint32(ewkb, (uint32) srid);
}

static Datum
end_ewkb(StringInfo ewkb, FmgrInfo *geom_from_ewkb)
{
	Datum		geometry;

	SET_VARSIZE(ewkb->data, ewkb->len);
	geometry = FunctionCall1(geom_from_ewkb, PointerGetDatum(ewkb->data));
	pfree(ewkb->data);
	return geometry;
}

Datum
postgis_make_point(FmgrInfo *geom_from_ewkb, int32 srid, double x, double y)
{
	StringInfoData ewkb;

	begin_ewkb(&ewkb, GEOMETRY_POINT, srid);
	append_vertex(&ewkb, x, y);
	return end_ewkb(&ewkb, geom_from_ewkb);
}

Datum
postgis_make_polygon(FmgrInfo *geom_from_ewkb, int32 srid, int nvertices,
					 const double *x, const double *y)
{
	StringInfoData ewkb;

	begin_ewkb(&ewkb, GEOMETRY_POLYGON, srid);
	append_uint32(&ewkb, 1);
	append_uint32(&ewkb, (uint32) nvertices);
	for (int k = 0; k < nvertices; k++)
		append_vertex(&ewkb, x[k], y[k]);
	return end_ewkb(&ewkb, geom_from_ewkb);
}
