/*
 * hotspot.c
 *	  Module load.
 */
#include "base/compat.h"

#include "fmgr.h"

PG_MODULE_MAGIC_EXT(.name = "hotspot", .version = HOTSPOT_VERSION);
