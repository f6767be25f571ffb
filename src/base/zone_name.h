/*
 * zone_name.h
 *	  What may be the name of a time zone.  Pure C.
 */
#ifndef HOTSPOT_ZONE_NAME_H
#define HOTSPOT_ZONE_NAME_H

#include <stdbool.h>
#include <stddef.h>

#define ZONE_NAME_MAX 255

/*
 * Graphic characters of ASCII: names are stored and compared as bytes, so that
 * they must not hinge on an encoding.
 */
static inline bool
zone_name_is_plain(const char *name, size_t length)
{
	for (size_t n = 0; n < length; n++)
		if (name[n] <= ' ' || name[n] > '~')
			return false;
	return length > 0 && length <= ZONE_NAME_MAX;
}

#endif							/* HOTSPOT_ZONE_NAME_H */
