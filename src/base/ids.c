/*
 * ids.c
 *	  The ids that analysts give to places and the like: see ids.h.
 */
#include "base/compat.h"

#include "base/ids.h"
#include "common/hashfn.h"
#include "port/pg_bswap.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#define SIGN_BIT (UINT64CONST(1) << 63)

/* The number of the id that is looked for, which has none yet. */
#define PROBE PG_UINT32_MAX

/* A table of numbers is small: the ids themselves are elsewhere. */
typedef struct IdEntry
{
	uint32		number;
	uint32		hash;
	char		status;
} IdEntry;

static inline Id
id_numbered(const Ids *ids, uint32 number)
{
	return number == PROBE ? ids->probe : ids_get(ids, number);
}

#define SH_PREFIX idtable
#define SH_ELEMENT_TYPE IdEntry
#define SH_KEY_TYPE uint32
#define SH_KEY number
#define SH_HASH_KEY(table, key) \
	hash_bytes(id_numbered((table)->private_data, key).bytes, \
			   (int) id_numbered((table)->private_data, key).length)
#define SH_EQUAL(table, a, b) \
	id_equal(id_numbered((table)->private_data, a), id_numbered((table)->private_data, b))
#define SH_STORE_HASH
#define SH_GET_HASH(table, entry) (entry)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

#define IDS_AT_FIRST 4

Id
id_of_bigint(int64 number, uint64 *buffer)
{
	*buffer = pg_hton64((uint64) number ^ SIGN_BIT);
	return (Id) {(const uint8 *) buffer, IDS_BIGINT_LENGTH};
}

Id
id_argument(FunctionCallInfo fcinfo, int argno, IdKind kind, uint64 *buffer)
{
	text	   *id;

	if (kind == IDS_BIGINT)
		return id_of_bigint(PG_GETARG_INT64(argno), buffer);
	id = PG_GETARG_TEXT_PP(argno);
	return (Id) {(const uint8 *) VARDATA_ANY(id), VARSIZE_ANY_EXHDR(id)};
}

int
id_compare(Id a, Id b)
{
	return id_bytes_compare(a.bytes, a.length, b.bytes, b.length);
}

char *
id_text(Id id, IdKind kind)
{
	uint64		number;

	if (kind != IDS_BIGINT)
		return pnstrdup((const char *) id.bytes, id.length);
	memcpy(&number, id.bytes, sizeof(number));
	return psprintf(INT64_FORMAT, (int64) (pg_ntoh64(number) ^ SIGN_BIT));
}

void
ids_use(Ids *ids, IdKind kind, const char *what)
{
	if (ids->kind == IDS_NONE)
		ids->kind = kind;
	else if (kind != IDS_NONE && kind != ids->kind)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("one summary cannot have %s of type text and of type bigint", what),
				 errhint("Cast all %s to one of the two.", what)));
}

static void
begin(Ids *ids)
{
	ids->room = IDS_AT_FIRST;
	ids->ends = MemoryContextAlloc(ids->context, ids->room * sizeof(size_t));
	ids->bytes_room = IDS_AT_FIRST * IDS_BIGINT_LENGTH;
	ids->bytes = MemoryContextAlloc(ids->context, ids->bytes_room);
	ids->table = idtable_create(ids->context, IDS_AT_FIRST, ids);
}

/* Put the id that is looked for behind the others. */
static void
append(Ids *ids)
{
	size_t		start = ids_bytes(ids);
	size_t		end = start + ids->probe.length;

	if (ids->n == ids->room)
	{
		ids->room *= 2;
		ids->ends = repalloc_huge(ids->ends, ids->room * sizeof(size_t));
	}
	if (end > ids->bytes_room)
	{
		ids->bytes_room = Max(2 * ids->bytes_room, end);
		ids->bytes = repalloc_huge(ids->bytes, ids->bytes_room);
	}
	memcpy(ids->bytes + start, ids->probe.bytes, ids->probe.length);
	ids->ends[ids->n++] = end;
}

uint32
ids_number(Ids *ids, Id id, bool *added)
{
	uint32		hash = hash_bytes(id.bytes, (int) id.length);
	IdEntry    *entry;
	bool		found;

	if (ids->table == NULL)
		begin(ids);
	ids->probe = id;
	entry = idtable_lookup_hash(ids->table, PROBE, hash);
	*added = entry == NULL;
	if (entry != NULL)
		return entry->number;

	if (ids->n == PROBE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a summary has more than %u ids", PROBE)));
	/* First what may fail for want of memory, so that an entry has its id. */
	append(ids);
	ids->probe = ids_get(ids, ids->n - 1);
	entry = idtable_insert_hash(ids->table, PROBE, hash, &found);
	entry->number = ids->n - 1;
	return entry->number;
}
