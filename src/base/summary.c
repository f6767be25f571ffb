/*
 * summary.c
 *	  What all summary types share: see summary.h.
 */
#include "base/compat.h"

#include "base/summary.h"
#include "libpq/pqformat.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

/*
 * Memory blocks of objects.  They start small, since a group may stay small, and
 * what a growing table leaves behind comes in blocks of its own, which are freed.
 * The first size is not one of the common ones, or we would be handed a recycled
 * context with the limits of its former use.
 */
#define FIRST_BLOCK_SIZE (1024 + 64)
#define BLOCK_SIZE 2048

#define CONTEXT_NAME "hotspot summary"

/* Among so many contexts that of the other groups is looked for. */
#define NEIGHBOURS_LOOKED_AT 8

static Size summary_flat_size(ExpandedObjectHeader *header);
static void summary_flatten_into(ExpandedObjectHeader *header, void *result,
								 Size allocated_size);

static const ExpandedObjectMethods summary_methods = {
	summary_flat_size,
	summary_flatten_into
};

static MemoryContext
create_context(MemoryContext parent)
{
	return AllocSetContextCreate(parent, CONTEXT_NAME, 0, FIRST_BLOCK_SIZE, BLOCK_SIZE);
}

/*
 * One context for the states of all groups.  A hash aggregate adds up the memory
 * of all contexts below its own at each new group: were there one for each, that
 * would take quadratic time.  It throws away states together, never one, for a
 * step returns the state it was given; so they may share.
 */
static MemoryContext
context_of_groups(MemoryContext aggregate)
{
	MemoryContext child = aggregate->firstchild;

	for (int k = 0; child != NULL && k < NEIGHBOURS_LOOKED_AT; k++)
	{
		if (strcmp(child->name, CONTEXT_NAME) == 0)
			return child;
		child = child->nextchild;
	}
	return create_context(aggregate);
}

static Summary *
create_in(MemoryContext context, const SummaryKind *kind)
{
	Summary    *summary;

	summary = MemoryContextAllocZero(context, kind->struct_size);
	EOH_init_header(&summary->header, &summary_methods, context);
	summary->kind = kind;
	return summary;
}

Summary *
summary_create(FunctionCallInfo fcinfo, const SummaryKind *kind)
{
	MemoryContext aggregate;

	return create_in(AggCheckCallContext(fcinfo, &aggregate) ? context_of_groups(aggregate) :
					 create_context(CurrentMemoryContext), kind);
}

/* What is wrong with a flat form (less its varlena header), or NULL. */
static const char *
flat_problem(const SummaryKind *kind, const uint8 *flat, Size size)
{
	if (size <= SUMMARY_PREFIX_SIZE)
		return "it is too short";
	if (flat[1] != kind->code)
		return "it is no value of this type";
	if (flat[0] != kind->version)
		return "this version of hotspot does not know its format version";
	return kind->check(flat + SUMMARY_PREFIX_SIZE, size - SUMMARY_PREFIX_SIZE);
}

/* The object behind an expanded datum, or NULL when it is none of ours. */
static Summary *
expanded_summary(Datum datum, const SummaryKind *kind)
{
	Summary    *summary;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
		return NULL;
	summary = (Summary *) DatumGetEOHP(datum);
	if (summary->header.eoh_methods != &summary_methods ||
		summary->kind != kind)
		return NULL;
	return summary;
}

Summary *
summary_read(Datum datum, const SummaryKind *kind, const uint8 **body, Size *size)
{
	Summary    *summary = expanded_summary(datum, kind);
	struct varlena *flat;
	const char *problem;

	if (summary != NULL)
		return summary;

	flat = PG_DETOAST_DATUM_PACKED(datum);
	*body = (const uint8 *) VARDATA_ANY(flat);
	*size = VARSIZE_ANY_EXHDR(flat);
	problem = flat_problem(kind, *body, *size);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("stored value of type %s is corrupted: %s",
						kind->type_name, problem)));
	*body += SUMMARY_PREFIX_SIZE;
	*size -= SUMMARY_PREFIX_SIZE;
	return NULL;
}

/*
 * Begin to flatten: what the kind allocates meanwhile goes into a context of
 * its own.  The caller's may be one that cannot free, as tuplesort's is.
 */
static MemoryContext
begin_scratch(Summary *summary, MemoryContext *scratch)
{
	*scratch = AllocSetContextCreate(summary->header.eoh_context,
									 "hotspot summary scratch",
									 ALLOCSET_SMALL_SIZES);
	return MemoryContextSwitchTo(*scratch);
}

static void
end_scratch(MemoryContext caller, MemoryContext scratch)
{
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(scratch);
}

static Size
measure_body(Summary *summary)
{
	if (summary->body_size == 0)
	{
		MemoryContext scratch;
		MemoryContext caller = begin_scratch(summary, &scratch);

		summary->body_size = summary->kind->measure(summary);
		end_scratch(caller, scratch);
	}
	return summary->body_size;
}

/* Write the body, which has been measured. */
static void
flatten_body(Summary *summary, uint8 *body)
{
	MemoryContext scratch;
	MemoryContext caller = begin_scratch(summary, &scratch);

	summary->kind->flatten(summary, body, summary->body_size);
	end_scratch(caller, scratch);
}

static Size
summary_flat_size(ExpandedObjectHeader *header)
{
	Summary    *summary = (Summary *) header;
	Size		total = VARHDRSZ + SUMMARY_PREFIX_SIZE + measure_body(summary);

	if (total > SUMMARY_MAX_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("value of type %s would need %zu bytes, more than the limit of %zu",
						summary->kind->type_name, total, SUMMARY_MAX_SIZE),
				 errhint("Summarise fewer rows at a time, for example by area or by month.")));
	return total;
}

static void
summary_flatten_into(ExpandedObjectHeader *header, void *result,
					 Size allocated_size)
{
	Summary    *summary = (Summary *) header;
	uint8	   *flat = (uint8 *) VARDATA(result);

	Assert(allocated_size == summary_flat_size(header));
	SET_VARSIZE(result, allocated_size);
	flat[0] = summary->kind->version;
	flat[1] = summary->kind->code;
	flatten_body(summary, flat + SUMMARY_PREFIX_SIZE);
}

/* Add a summary in either form. */
static void
absorb_datum(Summary *summary, Datum datum)
{
	const SummaryKind *kind = summary->kind;
	const uint8 *body;
	Size		size;
	Summary    *other = summary_read(datum, kind, &body, &size);

	if (other != NULL)
		kind->absorb(summary, other);
	else
		kind->absorb_flat(summary, body, size);
}

Summary *
summary_own(FunctionCallInfo fcinfo, int argno, const SummaryKind *kind)
{
	Datum		datum = PG_GETARG_DATUM(argno);
	Summary    *copy;

	if (PG_ARGISNULL(argno))
		return NULL;

	if (AggCheckCallContext(fcinfo, NULL) && argno == 0 &&
		VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(datum)))
	{
		Summary    *own = expanded_summary(datum, kind);

		if (own != NULL)
		{
			own->body_size = 0;
			return own;
		}
	}
	copy = summary_create(fcinfo, kind);
	absorb_datum(copy, datum);
	return copy;
}

Datum
summary_merge(FunctionCallInfo fcinfo, const SummaryKind *kind)
{
	Summary    *summary;

	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1))
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));

	summary = summary_own(fcinfo, 0, kind);
	if (summary == NULL)
		summary = summary_own(fcinfo, 1, kind);
	else
		absorb_datum(summary, PG_GETARG_DATUM(1));
	return summary_result(summary);
}

/*
 * The text form is the flat form in hexadecimal: linear in length, and read
 * back to the same bytes.
 */
Datum
summary_in(FunctionCallInfo fcinfo, const SummaryKind *kind)
{
	char	   *text = PG_GETARG_CSTRING(0);
	size_t		length = strlen(text);
	struct varlena *flat;
	const char *problem;

	if (length / 2 + VARHDRSZ > SUMMARY_MAX_SIZE)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("input of type %s has %zu characters, more than the limit of %zu",
						kind->type_name, length, 2 * SUMMARY_MAX_SIZE)));
	if (length % 2 != 0 || strspn(text, "0123456789abcdefABCDEF") != length)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input syntax for type %s: an even number of hexadecimal digits is expected",
						kind->type_name)));

	flat = palloc(VARHDRSZ + length / 2);
	SET_VARSIZE(flat, VARHDRSZ + length / 2);
	hex_decode(text, length, VARDATA(flat));
	problem = flat_problem(kind, (uint8 *) VARDATA(flat), length / 2);
	if (problem != NULL)
		ereturn(fcinfo->context, (Datum) 0,
				(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
				 errmsg("invalid input for type %s: %s", kind->type_name, problem)));
	return PointerGetDatum(flat);
}

/* The flat form of an argument, whichever form it comes in. */
static struct varlena *
flat_argument(FunctionCallInfo fcinfo)
{
	return PG_DETOAST_DATUM_PACKED(PG_GETARG_DATUM(0));
}

Datum
summary_out(FunctionCallInfo fcinfo, const SummaryKind *kind)
{
	struct varlena *flat = flat_argument(fcinfo);
	Size		size = VARSIZE_ANY_EXHDR(flat);
	char	   *text = palloc(2 * size + 1);

	hex_encode(VARDATA_ANY(flat), size, text);
	text[2 * size] = '\0';
	PG_RETURN_CSTRING(text);
}

Datum
summary_recv(FunctionCallInfo fcinfo, const SummaryKind *kind)
{
	StringInfo	message = (StringInfo) PG_GETARG_POINTER(0);
	int			size = message->len - message->cursor;
	struct varlena *flat;
	const char *problem;

	if (size + VARHDRSZ > SUMMARY_MAX_SIZE)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("binary input of type %s has %d bytes, more than the limit of %zu",
						kind->type_name, size, SUMMARY_MAX_SIZE - VARHDRSZ)));
	flat = palloc(VARHDRSZ + size);
	SET_VARSIZE(flat, VARHDRSZ + size);
	pq_copymsgbytes(message, VARDATA(flat), size);
	problem = flat_problem(kind, (uint8 *) VARDATA(flat), size);
	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary input for type %s: %s",
						kind->type_name, problem)));
	return PointerGetDatum(flat);
}

Datum
summary_send(FunctionCallInfo fcinfo, const SummaryKind *kind)
{
	struct varlena *flat = flat_argument(fcinfo);
	StringInfoData message;

	pq_begintypsend(&message);
	pq_sendbytes(&message, VARDATA_ANY(flat), VARSIZE_ANY_EXHDR(flat));
	PG_RETURN_BYTEA_P(pq_endtypsend(&message));
}
