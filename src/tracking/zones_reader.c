/*
 * zones_reader.c
 *	  Which zones hold a point: zone_at(), zones_at(), and what else zones tell.
 */
#include "base/compat.h"

#include "access/detoast.h"
#include "base/bytes.h"
#include "base/options.h"
#include "base/postgis.h"
#include "funcapi.h"
#include "tracking/zones.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(zone_at);
PG_FUNCTION_INFO_V1(zones_at);
PG_FUNCTION_INFO_V1(zones_ids);
PG_FUNCTION_INFO_V1(zones_size);
PG_FUNCTION_INFO_V1(zones_srid);
PG_FUNCTION_INFO_V1(zones_skipped);

/* ---- compiled zones, kept from call to call ---- */

/*
 * Zones are known again, without reading them through, by where they are
 * stored or by the hash that stands in front of them.
 */
typedef struct CompiledZones
{
	MemoryContext context;		/* NULL: nothing is here */
	ZoneIndex  *index;
	bool		is_stored;
	struct varatt_external stored;
	Size		size;
	uint64		hash;
} CompiledZones;

#define CACHE_SIZE 4

typedef struct ZonesCache
{
	int			next;			/* to be replaced */
	CompiledZones entries[CACHE_SIZE];
} ZonesCache;

static ZonesCache *
zones_cache(FunctionCallInfo fcinfo)
{
	FmgrInfo   *function = fcinfo->flinfo;

	if (function->fn_extra == NULL)
		function->fn_extra = MemoryContextAllocZero(function->fn_mcxt, sizeof(ZonesCache));
	return function->fn_extra;
}

/* By what the value can be known again; false when it must be read. */
static bool
zones_key(struct varlena *value, CompiledZones *key)
{
	memset(key, 0, sizeof(*key));
	if (VARATT_IS_EXTERNAL_ONDISK(value))
	{
		key->is_stored = true;
		VARATT_EXTERNAL_GET_POINTER(key->stored, value);
		return true;
	}
	if (VARATT_IS_EXTERNAL(value) || VARATT_IS_COMPRESSED(value) ||
		VARSIZE_ANY_EXHDR(value) < SUMMARY_PREFIX_SIZE + ZONES_HEAD_SIZE)
		return false;
	key->size = VARSIZE_ANY_EXHDR(value);
	key->hash = bytes_get_word((const uint8 *) VARDATA_ANY(value) + SUMMARY_PREFIX_SIZE);
	return true;
}

static bool
is_same_key(const CompiledZones *a, const CompiledZones *b)
{
	if (a->is_stored != b->is_stored)
		return false;
	if (a->is_stored)
		return memcmp(&a->stored, &b->stored, sizeof(a->stored)) == 0;
	return a->size == b->size && a->hash == b->hash;
}

/* Read, check and compile a flat value into a new entry. */
static const ZoneIndex *
compile_entry(FunctionCallInfo fcinfo, ZonesCache *cache, struct varlena *value,
			  const CompiledZones *key)
{
	CompiledZones *entry = &cache->entries[cache->next];
	const uint8 *body;
	Size		size;
	MemoryContext caller;

	summary_read(PointerGetDatum(value), &zones_kind, &body, &size);
	if (entry->context != NULL)
		MemoryContextDelete(entry->context);
	entry->context = NULL;

	*entry = *key;
	entry->context = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt, "hotspot zones",
										   ALLOCSET_DEFAULT_SIZES);
	caller = MemoryContextSwitchTo(entry->context);
	entry->index = NULL;
	entry->index = zone_index_build(body, size);
	MemoryContextSwitchTo(caller);
	cache->next = (cache->next + 1) % CACHE_SIZE;
	return entry->index;
}

static const ZoneIndex *
compiled_flat(FunctionCallInfo fcinfo, struct varlena *value)
{
	ZonesCache *cache = zones_cache(fcinfo);
	CompiledZones key;

	if (!zones_key(value, &key))
	{
		value = PG_DETOAST_DATUM_PACKED(PointerGetDatum(value));
		zones_key(value, &key);
	}
	for (int k = 0; k < CACHE_SIZE; k++)
		if (cache->entries[k].index != NULL && is_same_key(&cache->entries[k], &key))
			return cache->entries[k].index;
	return compile_entry(fcinfo, cache, value, &key);
}

/* An expanded object keeps its own, which it drops when it changes. */
static const ZoneIndex *
compiled_expanded(Zones *zones)
{
	Size		flat_size;
	uint8	   *flat;
	MemoryContext caller;

	if (zones->index != NULL)
		return zones->index;
	flat_size = EOH_get_flat_size(&zones->summary.header);
	flat = palloc_extended(flat_size, MCXT_ALLOC_HUGE);
	EOH_flatten_into(&zones->summary.header, flat, flat_size);
	if (zones->index_context == NULL)
		zones->index_context = AllocSetContextCreate(zones->summary.header.eoh_context,
													 "hotspot zones", ALLOCSET_DEFAULT_SIZES);
	MemoryContextReset(zones->index_context);
	caller = MemoryContextSwitchTo(zones->index_context);
	zones->index = zone_index_build(flat + VARHDRSZ + SUMMARY_PREFIX_SIZE,
									flat_size - VARHDRSZ - SUMMARY_PREFIX_SIZE);
	MemoryContextSwitchTo(caller);
	pfree(flat);
	return zones->index;
}

const ZoneIndex *
zones_compiled(FunctionCallInfo fcinfo, int argno)
{
	Datum		datum = PG_GETARG_DATUM(argno);

	if (VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
	{
		const uint8 *body;
		Size		size;
		Summary    *zones = summary_read(datum, &zones_kind, &body, &size);

		if (zones != NULL)
			return compiled_expanded((Zones *) zones);
		datum = PointerGetDatum(PG_DETOAST_DATUM(datum));
	}
	return compiled_flat(fcinfo, (struct varlena *) DatumGetPointer(datum));
}

/* ---- points ---- */

/* The zones and the point of arguments 0 and 1; false when no zone can hold it. */
static bool
point_among_zones(FunctionCallInfo fcinfo, const ZoneIndex **index, GeometryPoint *point)
{
	int32		srid;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	*index = zones_compiled(fcinfo, 0);
	if (postgis_point(PG_GETARG_DATUM(1), &srid, point) != GEOMETRY_OK)
		return false;
	if (unlikely(srid != (*index)->srid) && (*index)->nzones > 0)
		postgis_mixed_srids((*index)->srid, srid);
	return true;
}

/* zone_at(zones, geometry) */
Datum
zone_at(PG_FUNCTION_ARGS)
{
	const ZoneIndex *index;
	GeometryPoint point;
	ZoneCode	code;

	if (!point_among_zones(fcinfo, &index, &point))
		PG_RETURN_NULL();
	for (code = zone_place(index, point).code; code != 0;)
	{
		const ZoneNode *node = zone_code_node(index, code);

		if (zone_node_holds(index, node, point))
		{
			const text *id = index->ids[node->zone];

			PG_RETURN_TEXT_P(memcpy(palloc(VARSIZE(id)), id, VARSIZE(id)));
		}
		code = node->next;
	}
	PG_RETURN_NULL();
}

/* zones_at(zones, geometry): in the order of their ids. */
Datum
zones_at(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const ZoneIndex *index;
	GeometryPoint point;
	ZoneCode	code;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!point_among_zones(fcinfo, &index, &point))
		return (Datum) 0;
	for (code = zone_place(index, point).code; code != 0;)
	{
		const ZoneNode *node = zone_code_node(index, code);
		Datum		id = PointerGetDatum(index->ids[node->zone]);
		bool		is_null = false;

		if (zone_node_holds(index, node, point))
			tuplestore_putvalues(result->setResult, result->setDesc, &id, &is_null);
		code = node->next;
	}
	return (Datum) 0;
}

/* ---- accessors ---- */

/* Read what stands in front of the zones in argument 0. */
static void
zones_head(FunctionCallInfo fcinfo, ZonesHead *head)
{
	const uint8 *body;
	Size		size;
	Zones	   *zones = (Zones *) summary_read(PG_GETARG_DATUM(0), &zones_kind,
											   &body, &size);

	if (zones != NULL)
	{
		/* An id that comes twice is an error here, as when they are stored. */
		(void) EOH_get_flat_size(&zones->summary.header);
		*head = zones->head;
	}
	else
		zones_flat_open(head, body);
}

Datum
zones_size(PG_FUNCTION_ARGS)
{
	ZonesHead	head;

	zones_head(fcinfo, &head);
	PG_RETURN_INT32((int32) head.nzones);
}

/* srid(zones): NULL while there is no zone. */
Datum
zones_srid(PG_FUNCTION_ARGS)
{
	ZonesHead	head;

	zones_head(fcinfo, &head);
	if (head.srid == ZONES_NO_SRID)
		PG_RETURN_NULL();
	PG_RETURN_INT32(head.srid);
}

Datum
zones_skipped(PG_FUNCTION_ARGS)
{
	ZonesHead	head;

	zones_head(fcinfo, &head);
	PG_RETURN_INT64((int64) head.skipped);
}

/* ids(zones): in their order. */
Datum
zones_ids(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	const ZoneIndex *index;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	index = zones_compiled(fcinfo, 0);
	for (uint32 k = 0; k < index->nzones; k++)
	{
		Datum		id = PointerGetDatum(index->ids[k]);
		bool		is_null = false;

		tuplestore_putvalues(result->setResult, result->setDesc, &id, &is_null);
	}
	return (Datum) 0;
}
