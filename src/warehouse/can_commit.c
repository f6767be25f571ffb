/*
 * can_commit.c
 *	  can_commit(): whether the procedure that asks may end the transaction.
 */
#include "base/compat.h"

#include "executor/spi.h"

PG_FUNCTION_INFO_V1(can_commit);

/* PL/pgSQL has no way to ask, but to try and fail with "invalid transaction termination". */
Datum
can_commit(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(SPI_inside_nonatomic_context());
}
