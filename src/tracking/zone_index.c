/*
 * zone_index.c
 *	  Looks up points and lines among compiled zones: see zone_index.h.
 */
#include "base/compat.h"

#include <math.h>

#include "miscadmin.h"
#include "tracking/zone_index.h"

/* A line over no more cells than this is first tried as a box. */
#define BOX_CELLS 16

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
zone_index_holds(const ZoneIndex *index, uint32 zone, GeometryPoint p)
{
	ZoneCode	code = zone_code_at(index, p);

	while (code != 0)
	{
		const ZoneNode *node = zone_code_node(index, code);

		if (node->zone == zone)
			return zone_node_holds(index, node, p);
		code = node->next;
	}
	return false;
}

/* ---- the cells of a line ---- */

/* The cells from low to high, of n there are. */
static void
cell_range(double low, double high, uint32 n, double *first, double *last)
{
	*first = Max(floor(low), 0.0);
	*last = Min(floor(high), n - 1.0);
}

void
zone_rows(const ZoneIndex *index, GeometryPoint v, GeometryPoint w, double margin,
		  double *first, double *last)
{
	cell_range((Min(v.y, w.y) - margin - index->origin.y) * index->cells_per_unit,
			   (Max(v.y, w.y) + margin - index->origin.y) * index->cells_per_unit,
			   index->nrows, first, last);
}

void
zone_row_columns(const ZoneIndex *index, GeometryPoint v, GeometryPoint w, double margin,
				 uint32 row, double *first, double *last)
{
	double		below = index->origin.y + row * index->cell_size - margin;
	double		above = index->origin.y + (row + 1.0) * index->cell_size + margin;
	double		one = v.x;
	double		other = w.x;

	/* The part of the line between the heights. */
	if (v.y != w.y)
	{
		double		from = (below - v.y) / (w.y - v.y);
		double		to = (above - v.y) / (w.y - v.y);

		one = v.x + Max(Min(from, to), 0.0) * (w.x - v.x);
		other = v.x + Min(Max(from, to), 1.0) * (w.x - v.x);
	}
	cell_range((Min(one, other) - margin - index->origin.x) * index->cells_per_unit,
			   (Max(one, other) + margin - index->origin.x) * index->cells_per_unit,
			   index->ncolumns, first, last);
}

/* ---- the parts of a line ---- */

static void
add_contact(ZoneParts *parts, uint32 zone, double fraction)
{
	if (parts->ncontacts == parts->contacts_size)
	{
		uint32		size = Max(2 * parts->contacts_size, 64);

		parts->contacts = parts->contacts == NULL ?
			palloc(sizeof(ZoneContact) * size) :
			repalloc_huge(parts->contacts, sizeof(ZoneContact) * size);
		parts->contacts_size = size;
	}
	parts->contacts[parts->ncontacts++] = (ZoneContact) {zone, fraction};
}

static void
add_part(ZoneParts *parts, uint32 zone, double from, double to)
{
	ZonePart   *last = parts->nparts > 0 ? &parts->parts[parts->nparts - 1] : NULL;

	if (last != NULL && last->zone == zone && last->to == from)
	{
		last->to = to;
		return;
	}
	if (parts->nparts == parts->parts_size)
	{
		uint32		size = Max(2 * parts->parts_size, 64);

		parts->parts = parts->parts == NULL ?
			palloc(sizeof(ZonePart) * size) :
			repalloc_huge(parts->parts, sizeof(ZonePart) * size);
		parts->parts_size = size;
	}
	parts->parts[parts->nparts++] = (ZonePart) {zone, from, to};
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

/* Gather the contacts of the line from a to b, in no order and repeatedly. */
static void
line_contacts(const ZoneIndex *index, GeometryPoint a, GeometryPoint b, ZoneParts *parts)
{
	GeometryPoint d = {b.x - a.x, b.y - a.y};
	double		margin = index->margin +
		FAR_MARGIN * Max(Max(fabs(a.x), fabs(a.y)), Max(fabs(b.x), fabs(b.y)));
	ZoneCode	last = 0;
	double		first_row;
	double		last_row;

	parts->ncontacts = 0;
	zone_rows(index, a, b, margin, &first_row, &last_row);
	for (double row = first_row; row <= last_row; row++)
	{
		double		first_column;
		double		last_column;

		CHECK_FOR_INTERRUPTS();
		zone_row_columns(index, a, b, margin, (uint32) row, &first_column, &last_column);
		for (double column = first_column; column <= last_column; column++)
		{
			ZoneCode	code = zone_cell_code(index, (uint32) column, (uint32) row);

			if (code != last)
				cell_contacts(index, code, a, d, parts);
			last = code;
		}
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
sort_contacts(ZoneContact *contacts, uint32 n)
{
	if (n > 32)
	{
		qsort(contacts, n, sizeof(ZoneContact), compare_contacts);
		return;
	}
	for (uint32 k = 1; k < n; k++)
	{
		ZoneContact contact = contacts[k];
		uint32		at = k;

		for (; at > 0 && contact_is_before(&contact, &contacts[at - 1]); at--)
			contacts[at] = contacts[at - 1];
		contacts[at] = contact;
	}
}

/* Whether all cells that the line can pass are one box of one untouched code. */
static bool
is_alike(const ZoneIndex *index, GeometryPoint a, GeometryPoint b, ZoneCode *code)
{
	double		first_row;
	double		last_row;
	double		first_column;
	double		last_column;

	*code = zone_code_at(index, a);
	if ((*code & ZONE_CODE_TOUCHED) || zone_code_at(index, b) != *code)
		return false;
	cell_range((Min(a.y, b.y) - index->origin.y) * index->cells_per_unit,
			   (Max(a.y, b.y) - index->origin.y) * index->cells_per_unit,
			   index->nrows, &first_row, &last_row);
	cell_range((Min(a.x, b.x) - index->origin.x) * index->cells_per_unit,
			   (Max(a.x, b.x) - index->origin.x) * index->cells_per_unit,
			   index->ncolumns, &first_column, &last_column);
	if (first_row > last_row || first_column > last_column)
		return true;			/* no cell of the grid */
	if ((last_row - first_row + 1) * (last_column - first_column + 1) > BOX_CELLS)
		return false;
	for (uint32 row = (uint32) first_row; row <= (uint32) last_row; row++)
		for (uint32 column = (uint32) first_column; column <= (uint32) last_column; column++)
			if (zone_cell_code(index, column, row) != *code)
				return false;
	return true;
}

void
zone_index_parts(const ZoneIndex *index, GeometryPoint a, GeometryPoint b, ZoneParts *parts)
{
	ZoneCode	code;

	parts->nparts = 0;
	if (is_alike(index, a, b, &code))
	{
		for (; code != 0; code = zone_code_node(index, code)->next)
			add_part(parts, zone_code_node(index, code)->zone, 0, 1);
		return;
	}

	line_contacts(index, a, b, parts);
	sort_contacts(parts->contacts, parts->ncontacts);
	for (uint32 k = 0; k < parts->ncontacts;)
	{
		uint32		zone = parts->contacts[k].zone;
		double		from = 0;

		/* Between two contacts all of the line is inside, or none of it. */
		while (from < 1)
		{
			double		to = 1;

			while (k < parts->ncontacts && parts->contacts[k].zone == zone &&
				   parts->contacts[k].fraction <= from)
				k++;
			if (k < parts->ncontacts && parts->contacts[k].zone == zone)
				to = parts->contacts[k].fraction;
			if (zone_index_holds(index, zone, line_point(a, b, (from + to) / 2)))
				add_part(parts, zone, from, to);
			from = to;
		}
	}
}
