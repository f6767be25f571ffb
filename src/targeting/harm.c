/*
 * harm.c
 *	  harm(offence, scheme): weights from table hotspot.harm_weight.
 *
 * It is called once a crime, so the scheme is read once a query and kept in
 * fn_extra.  That may outlive the query (PL/pgSQL keeps expressions through a
 * transaction), so what was read holds only for the snapshot it was read under.
 */
#include "base/compat.h"

#include "access/xact.h"
#include "base/options.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "common/hashfn.h"
#include "executor/spi.h"
#include "utils/builtins.h"
#include "utils/formatting.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"

PG_FUNCTION_INFO_V1(harm_of_offence);
PG_FUNCTION_INFO_V1(harm_weight_keep);

/* A text as it stands in memory, without an end mark. */
typedef struct Word
{
	const char *bytes;
	size_t		length;
} Word;

typedef struct Weight
{
	Word		offence;
	double		harm;
	char		status;
} Weight;

static inline uint32
word_hash(Word name)
{
	return hash_bytes((const unsigned char *) name.bytes, (int) name.length);
}

static inline bool
word_equal(Word a, Word b)
{
	return a.length == b.length && memcmp(a.bytes, b.bytes, a.length) == 0;
}

#define SH_PREFIX weights
#define SH_ELEMENT_TYPE Weight
#define SH_KEY_TYPE Word
#define SH_KEY offence
#define SH_HASH_KEY(table, key) word_hash(key)
#define SH_EQUAL(table, a, b) word_equal(a, b)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* One scheme, as one snapshot saw it. */
typedef struct Scheme
{
	MemoryContext context;		/* of all below; reset to read anew */
	Word		name;
	int32		version;
	weights_hash *weights;		/* by folded name, and as given once met */

	/* the snapshot, known by what it can see */
	TransactionId xmin;
	TransactionId xmax;			/* invalid while nothing was read */
	uint32		xcnt;
	int32		subxcnt;
	CommandId	curcid;
	SubTransactionId subxid;	/* what it did may be undone */
} Scheme;

static Word
word_of(const text *value)
{
	return (Word) {VARDATA_ANY(value), VARSIZE_ANY_EXHDR(value)};
}

static Word
copy_word(MemoryContext context, Word name)
{
	char	   *bytes = MemoryContextAlloc(context, name.length + 1);

	memcpy(bytes, name.bytes, name.length);
	bytes[name.length] = '\0';
	return (Word) {bytes, name.length};
}

/* As the unique index of harm_weight folds names: lower(btrim(offence)). */
static Word
fold_word(Word name)
{
	char	   *folded;

	while (name.length > 0 && name.bytes[0] == ' ')
	{
		name.bytes++;
		name.length--;
	}
	while (name.length > 0 && name.bytes[name.length - 1] == ' ')
		name.length--;
	folded = str_tolower(name.bytes, name.length, DEFAULT_COLLATION_OID);
	return (Word) {folded, strlen(folded)};
}

static void
add_weight(Scheme *scheme, Word offence, double harm)
{
	bool		found;
	Weight	   *weight = weights_insert(scheme->weights,
										copy_word(scheme->context, offence), &found);

	weight->harm = harm;
}

/* ---- reading a scheme ---- */

static bool
scheme_is_current(const Scheme *scheme, Word name)
{
	Snapshot	snapshot = GetActiveSnapshot();

	return scheme->xmin == snapshot->xmin && scheme->xmax == snapshot->xmax &&
		scheme->xcnt == snapshot->xcnt && scheme->subxcnt == snapshot->subxcnt &&
		scheme->curcid == snapshot->curcid &&
		scheme->subxid == GetCurrentSubTransactionId() &&
		word_equal(scheme->name, name);
}

/* The names of all schemes, for the hint of an error. */
static char *
scheme_names(void)
{
	if (SPI_execute("SELECT pg_catalog.string_agg(DISTINCT scheme, ', ') "
					"FROM hotspot.harm_weight", true, 1) != SPI_OK_SELECT)
		elog(ERROR, "could not read hotspot.harm_weight");
	return SPI_getvalue(SPI_tuptable->vals[0], SPI_tuptable->tupdesc, 1);
}

static void
read_weights(Scheme *scheme, Word name)
{
	Oid			type = TEXTOID;
	Datum		argument = PointerGetDatum(cstring_to_text_with_len(name.bytes, (int) name.length));

	if (SPI_execute_with_args("SELECT pg_catalog.lower(pg_catalog.btrim(offence)), harm, version "
							  "FROM hotspot.harm_weight "
							  "WHERE scheme OPERATOR(pg_catalog.=) $1 AND version OPERATOR(pg_catalog.=) "
							  "(SELECT pg_catalog.max(version) FROM hotspot.harm_weight "
							  "WHERE scheme OPERATOR(pg_catalog.=) $1)",
							  1, &type, &argument, NULL, true, 0) != SPI_OK_SELECT)
		elog(ERROR, "could not read hotspot.harm_weight");
	if (SPI_processed == 0)
	{
		char	   *names = scheme_names();

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there is no scheme \"%.*s\" of harm weights",
						(int) name.length, name.bytes),
				 errhint("Table hotspot.harm_weight has: %s.",
						 names == NULL ? "none" : names)));
	}

	for (uint64 n = 0; n < SPI_processed; n++)
	{
		HeapTuple	tuple = SPI_tuptable->vals[n];
		TupleDesc	desc = SPI_tuptable->tupdesc;
		bool		is_null;
		text	   *offence = DatumGetTextPP(SPI_getbinval(tuple, desc, 1, &is_null));

		add_weight(scheme, word_of(offence),
				   DatumGetFloat8(SPI_getbinval(tuple, desc, 2, &is_null)));
		scheme->version = DatumGetInt32(SPI_getbinval(tuple, desc, 3, &is_null));
	}
}

static void
read_scheme(Scheme *scheme, Word name)
{
	Snapshot	snapshot = GetActiveSnapshot();

	scheme->xmax = InvalidTransactionId;	/* until it is read whole */
	MemoryContextReset(scheme->context);
	scheme->weights = weights_create(scheme->context, 64, NULL);
	SPI_connect();
	read_weights(scheme, name);
	SPI_finish();

	scheme->xmin = snapshot->xmin;
	scheme->xcnt = snapshot->xcnt;
	scheme->subxcnt = snapshot->subxcnt;
	scheme->curcid = snapshot->curcid;
	scheme->subxid = GetCurrentSubTransactionId();
	scheme->name = copy_word(scheme->context, name);
	scheme->xmax = snapshot->xmax;
}

/* The scheme called name, read now or earlier in this query. */
static Scheme *
cached_scheme(FmgrInfo *function, Word name)
{
	Scheme	   *scheme = function->fn_extra;

	if (scheme == NULL)
	{
		scheme = MemoryContextAllocZero(function->fn_mcxt, sizeof(Scheme));
		scheme->context = AllocSetContextCreate(function->fn_mcxt,
												"hotspot harm weights",
												ALLOCSET_SMALL_SIZES);
		function->fn_extra = scheme;
	}
	if (!scheme_is_current(scheme, name))
		read_scheme(scheme, name);
	return scheme;
}

/* ---- looking up ---- */

static bool
find_weight(Scheme *scheme, Word offence, double *harm)
{
	Weight	   *weight = weights_lookup(scheme->weights, offence);

	if (weight == NULL)
	{
		weight = weights_lookup(scheme->weights, fold_word(offence));
		if (weight == NULL)
			return false;
		*harm = weight->harm;
		add_weight(scheme, offence, *harm); /* folding is slow: once a spelling */
		return true;
	}
	*harm = weight->harm;
	return true;
}

Datum
harm_of_offence(PG_FUNCTION_ARGS)
{
	enum
	{
		MISSING_ERROR, MISSING_NULL
	};
	static const char *const choices[] = {
		[MISSING_ERROR] = "error",
		[MISSING_NULL] = "null",
		NULL
	};
	int			missing = option_choice(fcinfo, 2, "missing", choices);
	Scheme	   *scheme;
	Word		offence;
	double		harm;

	option_require(fcinfo, 1, "scheme");
	if (PG_ARGISNULL(0) && missing == MISSING_NULL)
		PG_RETURN_NULL();
	option_require(fcinfo, 0, "offence");
	scheme = cached_scheme(fcinfo->flinfo, word_of(PG_GETARG_TEXT_PP(1)));
	offence = word_of(PG_GETARG_TEXT_PP(0));

	if (find_weight(scheme, offence, &harm))
		PG_RETURN_FLOAT8(harm);
	if (missing == MISSING_NULL)
		PG_RETURN_NULL();
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("offence \"%.*s\" has no weight in scheme \"%s\", version %d",
					(int) offence.length, offence.bytes, scheme->name.bytes,
					scheme->version),
			 errhint("Add it to a scheme of your own in table hotspot.harm_weight, or pass missing => 'null' to skip and count such events.")));
	PG_RETURN_NULL();
}

/*
 * Trigger of harm_weight: what CREATE EXTENSION brought is not dumped, so a
 * change of it would be lost.
 */
Datum
harm_weight_keep(PG_FUNCTION_ARGS)
{
	if (!CALLED_AS_TRIGGER(fcinfo))
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("harm_weight_keep() must be called as a trigger")));
	ereport(ERROR,
			(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
			 errmsg("the demonstration weights cannot be changed"),
			 errhint("Copy them to a scheme of your own, and change that.")));
	PG_RETURN_NULL();
}
