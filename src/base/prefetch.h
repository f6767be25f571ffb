/*
 * prefetch.h
 *	  Asks for memory before it is needed.
 */
#ifndef HOTSPOT_PREFETCH_H
#define HOTSPOT_PREFETCH_H

/* Have the memory at an address, any address, at hand for writing soon. */
#ifdef __GNUC__
#define prefetch(address) __builtin_prefetch(address, 1)
#else
#define prefetch(address) ((void) 0)
#endif

#endif							/* HOTSPOT_PREFETCH_H */
