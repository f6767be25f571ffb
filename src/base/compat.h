/*
 * compat.h
 *	  What differs between PostgreSQL 15 and 18.
 *
 * Code elsewhere is written for the newest release; this file supplies to the
 * older ones what they lack.
 */
#ifndef HOTSPOT_COMPAT_H
#define HOTSPOT_COMPAT_H

#include "postgres.h"

#include "fmgr.h"

#if PG_VERSION_NUM < 150000
#error "hotspot needs PostgreSQL 15 or newer"
#endif

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#else
/*
 * The library is built with hidden visibility, so that none of its names meets
 * one of another library in the server.  Before 16 PostgreSQL does not mark
 * what it must find.
 */
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#undef PG_FUNCTION_INFO_V1
#define PG_FUNCTION_INFO_V1(function) \
	extern PGDLLEXPORT Datum function(PG_FUNCTION_ARGS); \
	extern PGDLLEXPORT const Pg_finfo_record *pg_finfo_##function(void); \
	const Pg_finfo_record *pg_finfo_##function(void) \
	{ \
		static const Pg_finfo_record info = {1}; \
		return &info; \
	} \
	extern int	no_such_variable

/* Before 16 an input function could not report an error softly. */
#define ereturn(context, dummy_value, ...) ereport(ERROR, __VA_ARGS__)

/* Nor could the making of a range. */
#include "utils/rangetypes.h"
#define make_range(typcache, lower, upper, empty, escontext) \
	make_range(typcache, lower, upper, empty)
#endif

/* Before 17 every interval was finite. */
#if PG_VERSION_NUM < 170000
#define INTERVAL_NOT_FINITE(interval) false
#endif

#if PG_VERSION_NUM < 180000
#define PG_MODULE_MAGIC_EXT(...) PG_MODULE_MAGIC
#define pg_noreturn pg_attribute_noreturn()
#endif

#endif							/* HOTSPOT_COMPAT_H */
