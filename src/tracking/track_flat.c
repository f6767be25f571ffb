/*
 * track_flat.c
 *	  The flat form of a track: see track_flat.h.
 */
#include "tracking/track_flat.h"

#define SKIPPED_OFFSET 4
#define ACCURACY_OFFSET (SKIPPED_OFFSET + 8 * TRACK_SKIPS)

uint8_t *
track_flat_write_head(uint8_t *body, const TrackHead *head, size_t stride)
{
	bytes_put(body, 4, (uint32_t) head->srid);
	for (int k = 0; k < TRACK_SKIPS; k++)
		bytes_put_word(body + SKIPPED_OFFSET + 8 * k, head->skipped[k]);
	body[ACCURACY_OFFSET] = stride == FIX_SIZE_ACCURACY;
	return body + TRACK_HEAD_SIZE;
}

void
track_flat_open(TrackHead *head, TrackFixes *fixes, const uint8_t *body, size_t size)
{
	head->srid = (int32_t) bytes_get(body, 4);
	for (int k = 0; k < TRACK_SKIPS; k++)
		head->skipped[k] = bytes_get_word(body + SKIPPED_OFFSET + 8 * k);
	fixes->bytes = body + TRACK_HEAD_SIZE;
	fixes->stride = body[ACCURACY_OFFSET] ? FIX_SIZE_ACCURACY : FIX_SIZE;
	fixes->nfixes = (size - TRACK_HEAD_SIZE) / fixes->stride;
}

/* ---- checking ---- */

static const char *
check_head(const TrackHead *head, size_t nfixes)
{
	if (head->srid < TRACK_NO_SRID || head->srid > GEOMETRY_SRID_MAX)
		return "its SRID is out of range";
	if (head->srid == TRACK_NO_SRID && nfixes > 0)
		return "it has fixes but no SRID";
	if (head->srid != TRACK_NO_SRID && nfixes == 0)
		return "it has an SRID but no fix";
	for (int k = 0; k < TRACK_SKIPS; k++)
		if (head->skipped[k] > TRACK_MAX_SKIPPED)
			return "its number of skipped fixes is out of range";
	return NULL;
}

/* Zero with a sign, which compares like one without. */
static inline bool
is_negative_zero(double value)
{
	return value == 0 && signbit(value);
}

static inline bool
is_coordinate(double value)
{
	return fabs(value) <= PLANE_MAX_COORDINATE && !is_negative_zero(value);
}

static inline bool
is_accuracy(double value)
{
	return value >= 0 && !is_negative_zero(value);
}

/*
 * Every fix of a stride that the compiler knows: this runs whenever a stored
 * track is read.  Where times ascend, the first and the last tell their range.
 */
static inline const char *
check_fixes(const uint8_t *bytes, size_t nfixes, const size_t stride)
{
	Fix			before = {.at = INT64_MIN};
	bool		accuracy_is_known = false;

	for (size_t n = 0; n < nfixes; n++)
	{
		Fix			fix;

		fix_get(bytes + n * stride, stride, &fix);
		if (!is_coordinate(fix.x) || !is_coordinate(fix.y))
			return "a coordinate is out of range";
		if (stride == FIX_SIZE_ACCURACY)
		{
			if (!is_accuracy(fix.accuracy))
				return "an accuracy is out of range";
			accuracy_is_known |= fix.accuracy != INFINITY;
		}
		if (fix.at <= before.at && n > 0 && fix_compare(&fix, &before) < 0)
			return "its fixes are out of order";
		if (n == 0 && fix.at < TIME_MIN)
			return "a time is out of range";
		before = fix;
	}
	if (nfixes > 0 && before.at >= TIME_END)
		return "a time is out of range";
	if (stride == FIX_SIZE_ACCURACY && !accuracy_is_known)
		return "it is not in its shortest form";
	return NULL;
}

const char *
track_flat_check(const uint8_t *body, size_t size)
{
	TrackHead	head;
	TrackFixes	fixes;
	const char *problem;

	if (size < TRACK_HEAD_SIZE)
		return "it is too short";
	if (body[ACCURACY_OFFSET] > 1)
		return "its kind of fixes is unknown";
	track_flat_open(&head, &fixes, body, size);
	if ((size - TRACK_HEAD_SIZE) % fixes.stride != 0)
		return "its length is not that of whole fixes";
	problem = check_head(&head, fixes.nfixes);
	if (problem != NULL)
		return problem;
	if (fixes.stride == FIX_SIZE)
		return check_fixes(fixes.bytes, fixes.nfixes, FIX_SIZE);
	return check_fixes(fixes.bytes, fixes.nfixes, FIX_SIZE_ACCURACY);
}
