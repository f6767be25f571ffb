/*
 * ids.h
 *	  The ids that analysts give to places and the like: text or bigint.
 *
 * Inside, an id is a string of bytes: a bigint is big-endian with its sign bit
 * flipped, so that bytes compare as the numbers do.  A dictionary numbers ids in
 * the order in which they come.
 */
#ifndef HOTSPOT_IDS_H
#define HOTSPOT_IDS_H

#include "postgres.h"

#include "base/id_bytes.h"
#include "fmgr.h"

typedef struct Id
{
	const uint8 *bytes;
	uint32		length;
} Id;

/* A dictionary, blank when zeroed but for its context. */
typedef struct Ids
{
	MemoryContext context;
	IdKind		kind;
	uint32		n;
	size_t		room;			/* in ends */
	size_t	   *ends;			/* in bytes, of each id */
	size_t		bytes_room;
	uint8	   *bytes;
	struct idtable_hash *table;
	Id			probe;			/* that is looked for */
} Ids;

/* A bigint as the bytes of an id; the buffer holds them. */
extern Id	id_of_bigint(int64 number, uint64 *buffer);

/* Argument argno, not NULL, as an id. */
extern Id	id_argument(FunctionCallInfo fcinfo, int argno, IdKind kind, uint64 *buffer);

/* As memcmp, of bytes; where one is the other's beginning it comes first. */
extern int	id_compare(Id a, Id b);

/* For messages. */
extern char *id_text(Id id, IdKind kind);

/*
 * Ids of one dictionary are all text or all bigint, or "7" would be two; what
 * they stand for ("places") is named in the error.
 */
extern void ids_use(Ids *ids, IdKind kind, const char *what);

/* The number of an id; *added tells whether it is new. */
extern uint32 ids_number(Ids *ids, Id id, bool *added);

static inline Id
ids_get(const Ids *ids, uint32 number)
{
	size_t		start = number == 0 ? 0 : ids->ends[number - 1];

	return (Id) {ids->bytes + start, (uint32) (ids->ends[number] - start)};
}

/* What all ids of a dictionary take. */
static inline size_t
ids_bytes(const Ids *ids)
{
	return ids->n == 0 ? 0 : ids->ends[ids->n - 1];
}

static inline bool
id_equal(Id a, Id b)
{
	return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

#endif							/* HOTSPOT_IDS_H */
