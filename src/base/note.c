/*
 * note.c
 *	  The note of a result: see note.h.
 */
#include "base/compat.h"

#include "base/note.h"

void
note_add(StringInfo note, const char *format,...)
{
	int			needed;

	if (note->len > 0)
		appendStringInfoString(note, "; ");
	do
	{
		va_list		arguments;

		va_start(arguments, format);
		needed = appendStringInfoVA(note, format, arguments);
		va_end(arguments);
		if (needed > 0)
			enlargeStringInfo(note, needed);
	} while (needed > 0);
}
