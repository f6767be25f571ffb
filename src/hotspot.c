/*
 * hotspot.c
 *	  Module load.
 */
#include "base/compat.h"

#include <gsl/gsl_errno.h>

#include "fmgr.h"

PG_MODULE_MAGIC_EXT(.name = "hotspot", .version = HOTSPOT_VERSION);

extern PGDLLEXPORT void _PG_init(void);

/* By default GSL aborts the process where an argument is out of its range. */
void
_PG_init(void)
{
	gsl_set_error_handler_off();
}
