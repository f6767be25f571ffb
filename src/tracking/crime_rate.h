/*
 * crime_rate.h
 *	  The crimes of a zone, and how many there are an hour.
 */
#ifndef HOTSPOT_CRIME_RATE_H
#define HOTSPOT_CRIME_RATE_H

#include "postgres.h"

#include "base/note.h"
#include "fmgr.h"

/* When the crimes happened, in order. */
typedef struct Crimes
{
	size_t		ncrimes;
	int64	   *at;
	size_t		left_out;		/* NULL or infinite */
} Crimes;

/* Read argument argno, a timestamptz[] called "crimes". */
extern void crimes_argument(FunctionCallInfo fcinfo, int argno, Crimes *crimes);

/* Say how many of the crimes were left out, if any. */
extern void note_crimes(StringInfo note, const Crimes *crimes);

/* A note as a column; NULL when there is nothing to say. */
extern Datum note_datum(const StringInfo note, bool *isnull);

/* Columns of a crime rate, which follow each other. */
enum
{
	RATE_PER_HOUR,
	RATE_CONF_LOW,
	RATE_CONF_HIGH,
	RATE_COLUMNS
};

/*
 * Fill these columns for events in so much time, in microseconds.  What is not
 * defined is NULL; the note says why, but for there having been no time.
 */
extern void rate_columns(uint64 events, uint128 exposure, double conf_level,
						 Datum *values, bool *nulls, StringInfo note);

#endif							/* HOTSPOT_CRIME_RATE_H */
