/*
 * summary.h
 *	  What all summary types share.
 *
 * A summary is a PostgreSQL value that an aggregate builds and that merges.
 * It lives in one of two forms:
 *
 * flat		a varlena: version byte, kind byte, then a body that only the
 *			kind understands.  This is what is stored, sent and compared, and
 *			equal rows give equal bytes.  Numbers in it are little-endian, so
 *			that it means the same on every machine.
 * expanded	a struct in a memory context of its own (utils/expandeddatum.h),
 *			which is the transition value of the aggregates.  Its first
 *			member is a Summary.
 *
 * A kind supplies the functions of SummaryKind; storage, text and binary I/O,
 * checks of foreign bytes, merging and the rules of ownership are here.
 */
#ifndef HOTSPOT_SUMMARY_H
#define HOTSPOT_SUMMARY_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/expandeddatum.h"

/* The largest flat value: its text form must fit in one 1 GB datum. */
#define SUMMARY_MAX_SIZE ((Size) 256 * 1024 * 1024)

/* Version and kind, in front of the body. */
#define SUMMARY_PREFIX_SIZE 2

typedef struct SummaryKind SummaryKind;

typedef struct Summary
{
	ExpandedObjectHeader header;
	const SummaryKind *kind;
	Size		body_size;		/* of the flat form; 0 = not known since the
								 * last change */
} Summary;

struct SummaryKind
{
	const char *type_name;		/* the SQL type */
	uint8		version;		/* of the body's layout */
	uint8		code;			/* tells the kinds apart */
	Size		struct_size;	/* of the expanded form */

	/*
	 * What is wrong with a body, in words that end a sentence, or NULL.  It
	 * is pure C over the bytes, since any bytes may arrive here.
	 */
	const char *(*check) (const uint8 *body, size_t size);

	/*
	 * Add all that another summary holds, which is expanded, or flat and
	 * checked.  The one added to may be blank, that is zeroed: then it becomes
	 * a copy.  What the two must have in common is checked here.
	 */
	void		(*absorb) (Summary *summary, Summary *other);
	void		(*absorb_flat) (Summary *summary, const uint8 *body, Size size);

	/*
	 * Size of the flat form's body, more than 0.  Here and in flatten()
	 * memory comes from a context that is thrown away afterwards.
	 */
	Size		(*measure) (Summary *summary);

	/* Write the body; measure() ran since the last change. */
	void		(*flatten) (Summary *summary, uint8 *body, Size size);
};

/* A new expanded object, zeroed, where the function's result must live. */
extern Summary *summary_create(FunctionCallInfo fcinfo, const SummaryKind *kind);

/*
 * The summary in argument argno, to be changed: the object itself when it is
 * the transition value of a running aggregate (which is argument 0), else a
 * copy; NULL for NULL.
 */
extern Summary *summary_own(FunctionCallInfo fcinfo, int argno,
							const SummaryKind *kind);

/*
 * The summary in a datum, to be read only.  Returns the expanded object when
 * it is one; otherwise NULL, and *body and *size are set to the checked body
 * of the flat form.
 */
extern Summary *summary_read(Datum datum, const SummaryKind *kind,
							 const uint8 **body, Size *size);

/* The function result for an expanded object. */
static inline Datum
summary_result(Summary *summary)
{
	return EOHPGetRWDatum(&summary->header);
}

/*
 * The step of the aggregate merge(), the combination of partial states, and the
 * operator +.  NULL beside a summary is nothing.
 */
extern Datum summary_merge(FunctionCallInfo fcinfo, const SummaryKind *kind);

/* The type's I/O functions. */
extern Datum summary_in(FunctionCallInfo fcinfo, const SummaryKind *kind);
extern Datum summary_out(FunctionCallInfo fcinfo, const SummaryKind *kind);
extern Datum summary_recv(FunctionCallInfo fcinfo, const SummaryKind *kind);
extern Datum summary_send(FunctionCallInfo fcinfo, const SummaryKind *kind);

/* The SQL functions that every summary type has. */
#define SUMMARY_FUNCTIONS(type, kind) \
	PG_FUNCTION_INFO_V1(type##_in); \
	PG_FUNCTION_INFO_V1(type##_out); \
	PG_FUNCTION_INFO_V1(type##_recv); \
	PG_FUNCTION_INFO_V1(type##_send); \
	PG_FUNCTION_INFO_V1(type##_merge); \
	Datum type##_in(PG_FUNCTION_ARGS) { return summary_in(fcinfo, kind); } \
	Datum type##_out(PG_FUNCTION_ARGS) { return summary_out(fcinfo, kind); } \
	Datum type##_recv(PG_FUNCTION_ARGS) { return summary_recv(fcinfo, kind); } \
	Datum type##_send(PG_FUNCTION_ARGS) { return summary_send(fcinfo, kind); } \
	Datum type##_merge(PG_FUNCTION_ARGS) { return summary_merge(fcinfo, kind); } \
	extern int	summary_functions_##type	/* so that the macro takes a semicolon */

#endif							/* HOTSPOT_SUMMARY_H */
