/*
 * sort.c
 *	  Sorts whole numbers: see sort.h.
 */
#include "base/compat.h"

#include "base/sort.h"
#include "miscadmin.h"

#define ST_SORT sort_int64
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) ((*(a) > *(b)) - (*(a) < *(b)))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE
#define ST_DEFINE
#include "lib/sort_template.h"
