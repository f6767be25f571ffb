/*
 * note.h
 *	  The note of a result: why a number is not defined, and what was left out.
 */
#ifndef HOTSPOT_NOTE_H
#define HOTSPOT_NOTE_H

#include "postgres.h"

#include "lib/stringinfo.h"

/* Sentences of a note, which stand one after the other. */
extern void note_add(StringInfo note, const char *format,...) pg_attribute_printf(2, 3);

/* The note as text; NULL when there is nothing to say. */
static inline const char *
note_text(const StringInfo note)
{
	return note->len == 0 ? NULL : note->data;
}

#endif							/* HOTSPOT_NOTE_H */
