/*
 * hash.h
 *	  The hash of a 64-bit key.
 */
#ifndef HOTSPOT_HASH_H
#define HOTSPOT_HASH_H

#include <stdint.h>

/*
 * Finaliser of MurmurHash3 (Austin Appleby, public domain): every bit of the
 * key reaches every bit of the result.  PostgreSQL's hashint8 folds the halves
 * by xor, under which (i, j) and (j, i) meet, as do all cells of a diagonal.
 */
static inline uint64_t
hash_mix64(uint64_t key)
{
	key ^= key >> 33;
	key *= UINT64_C(0xff51afd7ed558ccd);
	key ^= key >> 33;
	key *= UINT64_C(0xc4ceb9fe1a85ec53);
	key ^= key >> 33;
	return key;
}

#endif							/* HOTSPOT_HASH_H */
