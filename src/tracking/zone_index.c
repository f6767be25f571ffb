/*
 * zone_index.c
 *	  Looks up points and lines among compiled zones: see zone_index.h.
 */
#include "base/compat.h"

#include <math.h>

#include "base/append.h"
#include "miscadmin.h"
#include "tracking/zone_index.h"

/*
 * When the box around a line has no more cells than this, it is quicker to look
 * at all of them than to find those that the line passes.
 */
#define SMALL_BOX 6

/* Rounding on the way to a far end, as a share of its coordinates. */
#define FAR_MARGIN 1e-12

/*
 * Where a line may pass from one side of a zone's boundary to the other, as a
 * fraction of its way.  A zone that the line may touch at all has one at 0.
 */
typedef struct ZoneContact
{
	uint32		zone;
	double		fraction;
} ZoneContact;

bool
zone_node_tests(const ZoneIndex *index, const ZoneNode *node, GeometryPoint p)
{
	const ZoneEdge *edge = &index->edges[node->first_edge];
	bool		inside = node->inside;

	for (uint32 k = 0; k < node->nedges; k++, edge++)
	{
		const GeometryPoint *v = &index->vertices[edge->vertex];
		bool		start_below = v[0].y <= p.y;
		bool		end_below = v[1].y <= p.y;

		if (start_below != end_below && p.x < edge_x(v[0], v[1], p.y))
			inside = !inside;
		inside ^= (start_below & edge->start_toggles) ^ (end_below & edge->end_toggles);
	}
	return inside;
}

bool
zone_index_holds(const ZoneIndex *index, uint32 zone, const ZonePlace *place)
{
	ZoneCode	code = place->code;

	while (code != 0)
	{
		const ZoneNode *node = zone_code_node(index, code);

		if (node->zone == zone)
			return zone_node_holds(index, node, place->point);
		code = node->next;
	}
	return false;
}

/* ---- the cells of a line ---- */

void
zone_rows(const ZoneIndex *index, GeometryPoint v, GeometryPoint w, double margin,
		  int32 *first, int32 *last)
{
	double		low = Min(v.y, w.y) - margin - index->origin.y;
	double		high = Max(v.y, w.y) + margin - index->origin.y;

	*first = Max(zone_cell_number(index, low, index->nrows), 0);
	*last = Min(zone_cell_number(index, high, index->nrows), (int32) index->nrows - 1);
}

void
zone_row_columns(const ZoneIndex *index, GeometryPoint v, GeometryPoint w, double margin,
				 int32 row, int32 *first, int32 *last)
{
	double		below = index->origin.y + row * index->cell_size - margin;
	double		above = index->origin.y + (row + 1.0) * index->cell_size + margin;
	double		one = v.x;
	double		other = w.x;
	double		low;
	double		high;

	/* The part of the line between the heights. */
	if (v.y != w.y)
	{
		double		from = (below - v.y) / (w.y - v.y);
		double		to = (above - v.y) / (w.y - v.y);

		one = v.x + Max(Min(from, to), 0.0) * (w.x - v.x);
		other = v.x + Min(Max(from, to), 1.0) * (w.x - v.x);
	}
	low = Min(one, other) - margin - index->origin.x;
	high = Max(one, other) + margin - index->origin.x;
	*first = Max(zone_cell_number(index, low, index->ncolumns), 0);
	*last = Min(zone_cell_number(index, high, index->ncolumns), (int32) index->ncolumns - 1);
}

/* ---- the parts of a line ---- */

static void
add_contact(ZoneParts *parts, uint32 zone, double fraction)
{
	APPEND(parts->contacts, parts->ncontacts, parts->contacts_size,
		   (ZoneContact) {zone, fraction});
}

static void
add_part(ZoneParts *parts, uint32 zone, double from, double to)
{
	ZonePart   *last = parts->nparts > 0 ? &parts->parts[parts->nparts - 1] : NULL;

	if (last != NULL && last->zone == zone && last->to == from)
		last->to = to;
	else
		APPEND(parts->parts, parts->nparts, parts->parts_size, (ZonePart) {zone, from, to});
}

static void
add_contact_within(ZoneParts *parts, uint32 zone, double fraction)
{
	if (fraction > 0 && fraction < 1)
		add_contact(parts, zone, fraction);
}

/*
 * Add the contacts of the line from a along d with the edge v-w.  On which side
 * a vertex lies is the same for both its edges, so a line through a vertex
 * cannot slip between them by rounding.
 */
static void
edge_contacts(ZoneParts *parts, uint32 zone, GeometryPoint a, GeometryPoint d,
			  GeometryPoint v, GeometryPoint w)
{
	double		side_v = line_side(a, d, v);
	double		side_w = line_side(a, d, w);
	GeometryPoint e;
	GeometryPoint q;
	double		denominator;

	if (side_v == 0)
		add_contact_within(parts, zone, line_fraction(a, d, v));
	if (side_w == 0)
		add_contact_within(parts, zone, line_fraction(a, d, w));
	if (!((side_v < 0 && side_w > 0) || (side_v > 0 && side_w < 0)))
		return;

	/* From the lesser end, as in edge_x(). */
	edge_ascend(&v, &w);
	e = (GeometryPoint) {w.x - v.x, w.y - v.y};
	q = (GeometryPoint) {v.x - a.x, v.y - a.y};
	denominator = d.x * e.y - d.y * e.x;
	add_contact_within(parts, zone, denominator != 0 ?
					   (q.x * e.y - q.y * e.x) / denominator :
					   line_fraction(a, d, v));
}

/* Add the contacts of the line with all zones of a cell. */
static void
cell_contacts(const ZoneIndex *index, ZoneCode code, GeometryPoint a, GeometryPoint d,
			  ZoneParts *parts)
{
	while (code != 0)
	{
		const ZoneNode *node = zone_code_node(index, code);

		add_contact(parts, node->zone, 0);
		for (uint32 k = 0; k < node->nedges; k++)
		{
			const GeometryPoint *v =
				&index->vertices[index->edges[node->first_edge + k].vertex];

			edge_contacts(parts, node->zone, a, d, v[0], v[1]);
		}
		code = node->next;
	}
}

/* Cells of the grid around a line; none when a first is above its last. */
typedef struct Box
{
	int32		first_row;
	int32		last_row;
	int32		first_column;
	int32		last_column;
} Box;

static inline Box
line_box(const ZoneIndex *index, const ZonePlace *a, const ZonePlace *b)
{
	return (Box) {
		.first_row = Max(Min(a->row, b->row), 0),
		.last_row = Min(Max(a->row, b->row), (int32) index->nrows - 1),
		.first_column = Max(Min(a->column, b->column), 0),
		.last_column = Min(Max(a->column, b->column), (int32) index->ncolumns - 1)
	};
}

static inline bool
box_is_small(const Box *box)
{
	return (int64) (box->last_row - box->first_row + 1) *
		(box->last_column - box->first_column + 1) <= SMALL_BOX;
}

/* Whether all cells of a box have one code. */
static inline bool
box_is_alike(const ZoneIndex *index, const Box *box, ZoneCode code)
{
	for (int32 row = box->first_row; row <= box->last_row; row++)
		for (int32 column = box->first_column; column <= box->last_column; column++)
			if (zone_cell_code(index, (uint32) column, (uint32) row) != code)
				return false;
	return true;
}

/* Add the contacts of the line from a along d in some cells of a row. */
static void
row_contacts(const ZoneIndex *index, int32 row, int32 first_column, int32 last_column,
			 GeometryPoint a, GeometryPoint d, ZoneParts *parts)
{
	ZoneCode	last = 0;

	for (int32 column = first_column; column <= last_column; column++)
	{
		ZoneCode	code = zone_cell_code(index, (uint32) column, (uint32) row);

		if (code != last)
			cell_contacts(index, code, a, d, parts);
		last = code;
	}
}

/* Gather the contacts of the line from a to b, in no order and repeatedly. */
static void
line_contacts(const ZoneIndex *index, const Box *box, GeometryPoint a, GeometryPoint b,
			  ZoneParts *parts)
{
	GeometryPoint d = {b.x - a.x, b.y - a.y};
	double		margin = index->margin +
		FAR_MARGIN * Max(Max(fabs(a.x), fabs(a.y)), Max(fabs(b.x), fabs(b.y)));
	bool		is_small = box_is_small(box);
	int32		first_row = box->first_row;
	int32		last_row = box->last_row;

	parts->ncontacts = 0;
	if (!is_small)
		zone_rows(index, a, b, margin, &first_row, &last_row);
	for (int32 row = first_row; row <= last_row; row++)
	{
		int32		first_column = box->first_column;
		int32		last_column = box->last_column;

		CHECK_FOR_INTERRUPTS();
		if (!is_small)
			zone_row_columns(index, a, b, margin, row, &first_column, &last_column);
		row_contacts(index, row, first_column, last_column, a, d, parts);
	}
}

static inline bool
contact_is_before(const ZoneContact *a, const ZoneContact *b)
{
	return a->zone != b->zone ? a->zone < b->zone : a->fraction < b->fraction;
}

static int
compare_contacts(const void *a, const void *b)
{
	return contact_is_before(b, a) - contact_is_before(a, b);
}

static void
sort_contacts(ZoneContact *contacts, Size n)
{
	if (n > 32)
	{
		qsort(contacts, n, sizeof(ZoneContact), compare_contacts);
		return;
	}
	for (Size k = 1; k < n; k++)
	{
		ZoneContact contact = contacts[k];
		Size		at = k;

		for (; at > 0 && contact_is_before(&contact, &contacts[at - 1]); at--)
			contacts[at] = contacts[at - 1];
		contacts[at] = contact;
	}
}

/* Find the zones of a point, as parts of a line that does not leave it. */
static void
point_parts(const ZoneIndex *index, const ZonePlace *place, ZoneParts *parts)
{
	for (ZoneCode code = place->code; code != 0;)
	{
		const ZoneNode *node = zone_code_node(index, code);

		if (zone_node_holds(index, node, place->point))
			add_part(parts, node->zone, 0, 1);
		code = node->next;
	}
}

/* Find the parts of a line by its contacts. */
static pg_noinline void
line_parts(const ZoneIndex *index, const Box *box, GeometryPoint a, GeometryPoint b,
		   ZoneParts *parts)
{
	const ZoneContact *contact;
	const ZoneContact *end;

	line_contacts(index, box, a, b, parts);
	sort_contacts(parts->contacts, parts->ncontacts);
	contact = parts->contacts;
	end = contact + parts->ncontacts;
	while (contact < end)
	{
		uint32		zone = contact->zone;
		double		from = 0;

		/* Between two contacts all of the line is inside, or none of it. */
		while (from < 1)
		{
			double		to = 1;
			ZonePlace	middle;

			while (contact < end && contact->zone == zone && contact->fraction <= from)
				contact++;
			if (contact < end && contact->zone == zone)
				to = contact->fraction;
			middle = zone_place(index, line_point(a, b, (from + to) / 2));
			if (zone_index_holds(index, zone, &middle))
				add_part(parts, zone, from, to);
			from = to;
		}
	}
}

void
zone_index_parts(const ZoneIndex *index, const ZonePlace *a, const ZonePlace *b,
				 ZoneParts *parts)
{
	Box			box = line_box(index, a, b);

	parts->nparts = 0;
	if ((a->point.x == b->point.x && a->point.y == b->point.y) ||
		(a->code == b->code && !(a->code & ZONE_CODE_TOUCHED) &&
		 box_is_small(&box) && box_is_alike(index, &box, a->code)))
		point_parts(index, a, parts);
	else
		line_parts(index, &box, a->point, b->point, parts);
}
