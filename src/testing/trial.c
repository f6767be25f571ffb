/*
 * trial.c
 *	  SQL type trial: its expanded form, and how it is read.
 */
#include "base/compat.h"

#include <math.h>

#include "base/hash.h"
#include "base/options.h"
#include "base/skips.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "testing/trial.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/memutils.h"

PG_FUNCTION_INFO_V1(trial_size);
PG_FUNCTION_INFO_V1(trial_places);
PG_FUNCTION_INFO_V1(trial_days);
PG_FUNCTION_INFO_V1(trial_skipped);
PG_FUNCTION_INFO_V1(trial_skipped_reason);

StaticAssertDecl(TRIAL_DAY_MIN == DATETIME_MIN_JULIAN - POSTGRES_EPOCH_JDATE &&
				 TRIAL_DAY_END == DATE_END_JULIAN - POSTGRES_EPOCH_JDATE,
				 "trials must be able to tell what date can");

/* ---- the table of cells ---- */

typedef struct CellKey
{
	uint32		place;
	int32		day;
} CellKey;

typedef struct CellEntry
{
	Amount		outcome;
	Amount		dose;
	CellKey		key;
	bool		treated;
	char		status;
} CellEntry;

#define SH_PREFIX trialcells
#define SH_ELEMENT_TYPE CellEntry
#define SH_KEY_TYPE CellKey
#define SH_KEY key
#define SH_HASH_KEY(table, key) \
	((uint32) hash_mix64((uint64) (key).place << 32 | (uint32) (key).day))
#define SH_EQUAL(table, a, b) ((a).place == (b).place && (a).day == (b).day)
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE
#include "lib/simplehash.h"

/* What a new trial has room for; most groups of a GROUP BY stay small. */
#define CELLS_AT_FIRST 8

static uint32
trial_ncells(const Trial *trial)
{
	return trial->table == NULL ? 0 : trial->table->members;
}

Trial *
trial_create(FunctionCallInfo fcinfo)
{
	return (Trial *) summary_create(fcinfo, &trial_kind);
}

void
trial_skip(Trial *trial, TrialSkip reason, uint64 rows)
{
	uint64	   *skipped = &trial->head.skipped[reason];

	if (rows > TRIAL_MAX_SKIPPED - *skipped)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the number of skipped rows is out of range")));
	*skipped += rows;
}

char *
trial_place_day(Id place, IdKind kind, int32 day)
{
	return psprintf("place \"%s\" on %s", id_text(place, kind),
					DatumGetCString(DirectFunctionCall1(date_out, DateADTGetDatum(day))));
}

Amount
trial_amount(double number, const char *name, Id place, IdKind kind, int32 day)
{
	if (!(fabs(number) <= (double) AMOUNT_MAX_WHOLE))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the %s of %s is %g, but must be from -1e15 to 1e15", name,
						trial_place_day(place, kind, day), number),
				 errhint("Correct the row, or leave it out by a WHERE clause.")));

	return exact_trillionths(number);
}

/* A trial has doses or not, or those that are not known would count as 0. */
static void
use_doses(Trial *trial, TrialDoses doses)
{
	if (trial->head.doses == TRIAL_DOSES_NONE)
		trial->head.doses = (uint8) doses;
	else if (doses != TRIAL_DOSES_NONE && doses != trial->head.doses)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("one trial cannot have rows with a dose and rows without"),
				 errhint("Give a dose for all rows, 0 where there was none, or for no row.")));
}

static void
add_amount(Amount *sum, Amount amount, const char *name, const Trial *trial, CellKey key)
{
	Amount		total = *sum + amount;

	if (total > AMOUNT_MAX || total < -AMOUNT_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("the sum of the %ss of %s is out of the range from -1e15 to 1e15", name,
						trial_place_day(ids_get(&trial->places, key.place),
										trial->places.kind, key.day))));
	*sum = total;
}

/* Add to the cell of a place that is in the dictionary, and a day. */
static void
add_cell(Trial *trial, const TrialCell *cell)
{
	CellKey		key = {cell->place, cell->day};
	CellEntry  *entry;
	bool		found;

	if (trial->table == NULL)
		trial->table = trialcells_create(trial->summary.header.eoh_context, CELLS_AT_FIRST, NULL);
	entry = trialcells_insert(trial->table, key, &found);
	if (!found)
	{
		entry->outcome = cell->outcome;
		entry->dose = cell->dose;
		entry->treated = cell->treated;
		return;
	}
	if (entry->treated != cell->treated)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s is both treated and not",
						trial_place_day(ids_get(&trial->places, key.place),
										trial->places.kind, key.day)),
				 errhint("Give each row of a place-day the same \"treated\": that to which it was assigned.")));
	add_amount(&entry->outcome, cell->outcome, "outcome", trial, key);
	add_amount(&entry->dose, cell->dose, "dose", trial, key);
}

static uint32
add_place(Trial *trial, Id place)
{
	bool		added;

	trial->places.context = trial->summary.header.eoh_context;
	return ids_number(&trial->places, place, &added);
}

void
trial_add(Trial *trial, IdKind kind, Id place, TrialDoses doses, TrialCell cell)
{
	ids_use(&trial->places, kind, "places");
	use_doses(trial, doses);
	cell.place = add_place(trial, place);
	add_cell(trial, &cell);
}

/* ---- views ---- */

/* Arrays for the numbers that are set. */
static void
allocate_view(TrialRows *view)
{
	MemoryContext context = CurrentMemoryContext;

	view->places = MemoryContextAllocHuge(context, Max(view->head.nplaces, 1) * sizeof(TrialPlace));
	view->cells = MemoryContextAllocHuge(context, Max(view->head.ncells, 1) * sizeof(TrialCell));
}

static void
view_flat(const uint8 *body, TrialRows *view)
{
	TrialForm	form;

	trial_flat_open(&view->head, &form, body);
	allocate_view(view);
	trial_flat_read(view, &form, body);
}

typedef struct NumberedPlace
{
	TrialPlace	place;
	uint32		number;
} NumberedPlace;

static int
compare_places(const void *a, const void *b)
{
	return trial_place_compare(&((const NumberedPlace *) a)->place,
							   &((const NumberedPlace *) b)->place);
}

static int
compare_cells(const TrialCell *a, const TrialCell *b)
{
	if (a->place != b->place)
		return a->place < b->place ? -1 : 1;
	return (a->day > b->day) - (a->day < b->day);
}

#define ST_SORT sort_cells
#define ST_ELEMENT_TYPE TrialCell
#define ST_COMPARE(a, b) compare_cells(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* Places in order; returns the rank of each number. */
static uint32 *
view_places(const Trial *trial, TrialRows *view)
{
	uint32		nplaces = view->head.nplaces;
	NumberedPlace *places = palloc_extended(Max(nplaces, 1) * sizeof(NumberedPlace), MCXT_ALLOC_HUGE);
	uint32	   *rank = palloc_extended(Max(nplaces, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);

	for (uint32 n = 0; n < nplaces; n++)
	{
		Id			id = ids_get(&trial->places, n);

		places[n] = (NumberedPlace) {.place = {.id = id.bytes, .length = id.length}, .number = n};
	}
	qsort(places, nplaces, sizeof(NumberedPlace), compare_places);
	for (uint32 n = 0; n < nplaces; n++)
	{
		view->places[n] = places[n].place;
		rank[places[n].number] = n;
	}
	pfree(places);
	return rank;
}

/* An expanded trial, places in order, cells in none.  The ids are its own. */
static void
view_cells(const Trial *trial, TrialRows *view)
{
	uint32	   *rank;
	CellEntry  *entry;
	trialcells_iterator cells;
	uint32		n = 0;

	view->head = trial->head;
	view->head.ids = (uint8) trial->places.kind;
	view->head.nplaces = trial->places.n;
	view->head.ncells = trial_ncells(trial);
	allocate_view(view);
	rank = view_places(trial, view);
	if (trial->table == NULL)
		return;
	trialcells_start_iterate(trial->table, &cells);
	while ((entry = trialcells_iterate(trial->table, &cells)) != NULL)
	{
		uint32		place = rank[entry->key.place];

		CHECK_FOR_INTERRUPTS();
		view->places[place].ncells++;
		view->cells[n++] = (TrialCell) {
			.place = place,
			.day = entry->key.day,
			.treated = entry->treated,
			.outcome = entry->outcome,
			.dose = entry->dose
		};
	}
	pfree(rank);
}

/* An expanded trial in order. */
static void
view_in_order(const Trial *trial, TrialRows *view)
{
	view_cells(trial, view);
	sort_cells(view->cells, view->head.ncells);
}

void
trial_view(Datum datum, TrialRows *view)
{
	const uint8 *body;
	Size		size;
	Summary    *summary = summary_read(datum, &trial_kind, &body, &size);

	if (summary != NULL)
		view_in_order((Trial *) summary, view);
	else
		view_flat(body, view);
}

/* ---- the kind ---- */

/* What two trials must have in common, and what they left out. */
static void
absorb_head(Trial *trial, const TrialHead *other)
{
	ids_use(&trial->places, (IdKind) other->ids, "places");
	use_doses(trial, (TrialDoses) other->doses);
	for (int k = 0; k < TRIAL_SKIPS; k++)
		trial_skip(trial, (TrialSkip) k, other->skipped[k]);
}

/* Add all of another trial. */
static void
absorb_rows(Trial *trial, const TrialRows *other)
{
	uint32		n = 0;

	absorb_head(trial, &other->head);
	for (uint32 p = 0; p < other->head.nplaces; p++)
	{
		uint32		place = add_place(trial, (Id) {other->places[p].id, other->places[p].length});

		for (uint32 k = 0; k < other->places[p].ncells; k++)
		{
			TrialCell	cell = other->cells[n++];

			CHECK_FOR_INTERRUPTS();
			cell.place = place;
			add_cell(trial, &cell);
		}
	}
}

static void
free_view(TrialRows *view)
{
	pfree(view->places);
	pfree(view->cells);
}

static void
trial_absorb(Summary *summary, Summary *other)
{
	TrialRows	view;

	view_in_order((Trial *) other, &view);
	absorb_rows((Trial *) summary, &view);
	free_view(&view);
}

static void
trial_absorb_flat(Summary *summary, const uint8 *body, Size size)
{
	TrialRows	view;

	view_flat(body, &view);
	absorb_rows((Trial *) summary, &view);
	free_view(&view);
}

static Size
trial_measure(Summary *summary)
{
	TrialRows	view;
	TrialForm	form;

	/* The size does not hinge on the order of cells. */
	view_cells((Trial *) summary, &view);
	form = trial_flat_form(&view);
	return trial_flat_size(&view, &form);
}

static void
trial_flatten(Summary *summary, uint8 *body, Size size)
{
	TrialRows	view;
	TrialForm	form;

	view_in_order((Trial *) summary, &view);
	form = trial_flat_form(&view);
	trial_flat_write(&view, &form, body);
}

const SummaryKind trial_kind = {
	.type_name = "trial",
	.version = 1,
	.code = 'x',
	.struct_size = sizeof(Trial),
	.check = trial_flat_check,
	.absorb = trial_absorb,
	.absorb_flat = trial_absorb_flat,
	.measure = trial_measure,
	.flatten = trial_flatten
};

SUMMARY_FUNCTIONS(trial, &trial_kind);

/* ---- accessors ---- */

/* All but the arrays. */
static void
trial_head(FunctionCallInfo fcinfo, TrialHead *head)
{
	const uint8 *body;
	Size		size;
	TrialForm	form;
	Trial	   *trial = (Trial *) summary_read(PG_GETARG_DATUM(0), &trial_kind, &body, &size);

	if (trial == NULL)
	{
		trial_flat_open(head, &form, body);
		return;
	}
	*head = trial->head;
	head->nplaces = trial->places.n;
	head->ncells = trial_ncells(trial);
}

Datum
trial_size(PG_FUNCTION_ARGS)
{
	TrialHead	head;

	trial_head(fcinfo, &head);
	PG_RETURN_INT64((int64) head.ncells);
}

Datum
trial_places(PG_FUNCTION_ARGS)
{
	TrialHead	head;

	trial_head(fcinfo, &head);
	PG_RETURN_INT64((int64) head.nplaces);
}

static int
compare_days(const void *a, const void *b)
{
	int32		one = *(const int32 *) a;
	int32		other = *(const int32 *) b;

	return (one > other) - (one < other);
}

/* days(trial): how many different ones */
Datum
trial_days(PG_FUNCTION_ARGS)
{
	TrialRows	view;
	int32	   *days;
	int64		n = 0;

	trial_view(PG_GETARG_DATUM(0), &view);
	days = palloc_extended(Max(view.head.ncells, 1) * sizeof(int32), MCXT_ALLOC_HUGE);
	for (uint32 k = 0; k < view.head.ncells; k++)
		days[k] = view.cells[k].day;
	qsort(days, view.head.ncells, sizeof(int32), compare_days);
	for (uint32 k = 0; k < view.head.ncells; k++)
		n += k == 0 || days[k] != days[k - 1];
	PG_RETURN_INT64(n);
}

/* skipped(trial): rows left out, for whatever reason; the sum of five fits. */
Datum
trial_skipped(PG_FUNCTION_ARGS)
{
	TrialHead	head;

	trial_head(fcinfo, &head);
	return skips_total(head.skipped, TRIAL_SKIPS);
}

/* skipped(trial, reason) */
Datum
trial_skipped_reason(PG_FUNCTION_ARGS)
{
	static const char *const reasons[] = {
		[TRIAL_SKIP_PLACE] = "place",
		[TRIAL_SKIP_DAY] = "day",
		[TRIAL_SKIP_TREATED] = "treated",
		[TRIAL_SKIP_OUTCOME] = "outcome",
		[TRIAL_SKIP_DOSE] = "dose",
		NULL
	};
	TrialHead	head;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	trial_head(fcinfo, &head);
	return skips_of_reason(fcinfo, head.skipped, reasons);
}
