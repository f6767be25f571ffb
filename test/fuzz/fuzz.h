/*
 * fuzz.h
 *	  What the fuzz harnesses share: random numbers, mutation of bytes, blocks
 *	  of memory that end where the input ends, and the report of a failure.
 *
 * A harness is called as
 *
 *	  HARNESS SEED ITERATIONS [FIRST]
 *
 * Iteration n of a seed hinges on nothing but the two numbers, so that
 * "HARNESS seed 1 n" repeats it alone.  Any failure, be it a requirement of the
 * harness, a finding of a sanitizer or time running out, ends the program by
 * SIGABRT after a line that names seed, iteration and input.
 */
#ifndef HOTSPOT_FUZZ_H
#define HOTSPOT_FUZZ_H

#include <inttypes.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define lengthof(array) (sizeof(array) / sizeof((array)[0]))

/* Far more than any input needs, even on a machine busy with other things. */
#define SECONDS_AN_ITERATION 20

#define INPUT_MAX 4096

typedef struct Input
{
	size_t		size;
	uint8_t		bytes[INPUT_MAX];
} Input;

/* ---- failures ---- */

/* What is being tried, for the report. */
static struct
{
	uint64_t	seed;
	const char *what;			/* is numbered: */
	uint64_t	number;
	const Input *input;
}			trying;

/* By write() alone, since it runs in a signal handler. */
static void
report_input(void)
{
	static const char digits[] = "0123456789abcdef";
	static char hex[2 * INPUT_MAX + 1];
	size_t		length = 0;

	for (size_t n = 0; n < trying.input->size; n++)
	{
		hex[length++] = digits[trying.input->bytes[n] >> 4];
		hex[length++] = digits[trying.input->bytes[n] & 15];
	}
	hex[length++] = '\n';
	if (write(STDERR_FILENO, hex, length) < 0)
		_exit(1);
}

static void
report(int signal_number)
{
	char		line[128];
	int			length;

	length = snprintf(line, sizeof(line),
					  "\n%s: seed %" PRIu64 ", %s %" PRIu64 ", input%s",
					  signal_number == SIGALRM ? "no end" : "failed",
					  trying.seed, trying.what, trying.number,
					  trying.input == NULL ? " none\n" : " ");
	if (write(STDERR_FILENO, line, (size_t) length) < 0)
		_exit(1);
	if (trying.input != NULL)
		report_input();
	signal(SIGABRT, SIG_DFL);
	abort();
}

/* So that a finding of a sanitizer is reported too. */
extern const char *__asan_default_options(void);
extern const char *__ubsan_default_options(void);

const char *
__asan_default_options(void)
{
	/*
	 * Inputs are small: what was freed need not be remembered for long.  No
	 * reader allocates, and to look for leaks is not permitted everywhere.
	 */
	return "abort_on_error=1:quarantine_size_mb=16:detect_leaks=0";
}

const char *
__ubsan_default_options(void)
{
	return "abort_on_error=1:print_stacktrace=1";
}

static void
fail(const char *condition, const char *file, int line)
{
	fprintf(stderr, "%s:%d: not so: %s\n", file, line, condition);
	abort();
}

/* As assert(), but never compiled away. */
#define require(condition) \
	((condition) ? (void) 0 : fail(#condition, __FILE__, __LINE__))

/* ---- random numbers ---- */

typedef struct Random
{
	uint64_t	state;
} Random;

/* splitmix64 */
static uint64_t
random_next(Random *random)
{
	uint64_t	z = random->state += UINT64_C(0x9E3779B97F4A7C15);

	z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
	return z ^ z >> 31;
}

static Random
random_begin(uint64_t seed, uint64_t iteration)
{
	Random		random = {seed};

	random.state = random_next(&random) ^ iteration;
	random.state = random_next(&random);
	return random;
}

/* A number below limit, which is not 0. */
static size_t
random_below(Random *random, size_t limit)
{
	return (size_t) (random_next(random) % limit);
}

static bool
random_chance(Random *random, size_t one_in)
{
	return random_below(random, one_in) == 0;
}

/* ---- mutations ---- */

static void
put_uint32(uint8_t *bytes, uint32_t value)
{
	memcpy(bytes, &value, sizeof(value));
}

/* Where to write width bytes: mostly at a multiple of 4, as many fields lie. */
static bool
random_place(const Input *input, Random *random, size_t width, size_t *place)
{
	if (input->size < width)
		return false;
	*place = random_below(random, input->size - width + 1);
	if (!random_chance(random, 3))
		*place -= *place % 4;
	return true;
}

static void
flip_bit(Input *input, Random *random)
{
	size_t		place;

	if (random_place(input, random, 1, &place))
		input->bytes[place] ^= (uint8_t) (1 << random_below(random, 8));
}

static void
set_byte(Input *input, Random *random)
{
	static const uint8_t interesting[] = {0, 1, 2, 3, 0x7f, 0x80, 0xfe, 0xff};

	if (input->size > 0)
		input->bytes[random_below(random, input->size)] =
			random_chance(random, 2) ? (uint8_t) random_next(random) :
			interesting[random_below(random, lengthof(interesting))];
}

/* Limits of types, and counts whose product with a size of 4 to 32 overflows. */
static void
set_uint32(Input *input, Random *random)
{
	static const uint32_t interesting[] = {
		0, 1, 2, 3, 4, 5, 6, 7, 15, 16, 17, 0x7fff, 0xffff, 0x10000,
		0x07ffffff, 0x08000000, 0x08000001, 0x0aaaaaaa, 0x0aaaaaab, 0x0aaaaaac,
		0x0fffffff, 0x10000000, 0x10000001, 0x1fffffff, 0x20000000, 0x20000001,
		0x3fffffff, 0x40000000, 0x40000001, 0x7ffffffe, 0x7fffffff, 0x80000000,
		0x80000001, 0xfffffffe, 0xffffffff
	};
	size_t		place;

	if (random_place(input, random, sizeof(uint32_t), &place))
		put_uint32(input->bytes + place,
				   interesting[random_below(random, lengthof(interesting))]);
}

/* A count that fits the input, or just not. */
static void
set_count(Input *input, Random *random)
{
	size_t		place;
	size_t		count;

	if (!random_place(input, random, sizeof(uint32_t), &place))
		return;
	count = (input->size - place) / (4 + 4 * random_below(random, 8));
	put_uint32(input->bytes + place, (uint32_t) (count + random_below(random, 3) - 1));
}

static void
set_double(Input *input, Random *random)
{
	static const uint64_t interesting[] = {
		0, UINT64_C(0x8000000000000000),	/* zeros */
		UINT64_C(0x7ff0000000000000), UINT64_C(0xfff0000000000000), /* infinities */
		UINT64_C(0x7ff8000000000000), UINT64_C(0x7ff0000000000001), /* NaNs */
		UINT64_C(0x7fefffffffffffff), UINT64_C(0x0000000000000001)
	};
	size_t		place;

	if (random_place(input, random, sizeof(uint64_t), &place))
		memcpy(input->bytes + place,
			   &interesting[random_below(random, lengthof(interesting))],
			   sizeof(uint64_t));
}

/* Half of the cuts are near the end, where a length is wrong by a little. */
static void
truncate_input(Input *input, Random *random)
{
	size_t		most = input->size;

	if (most > 9 && random_chance(random, 2))
		most = 9;
	input->size -= random_below(random, most + 1);
}

static void
extend(Input *input, Random *random)
{
	size_t		more = 1 + random_below(random, 40);
	bool		zeros = random_chance(random, 2);

	for (; more > 0 && input->size < INPUT_MAX; more--)
		input->bytes[input->size++] = zeros ? 0 : (uint8_t) random_next(random);
}

/* Put the tail of another input, or of this one, behind its own head. */
static void
splice(Input *input, Random *random, const Input *other)
{
	size_t		align = random_chance(random, 2) ? 4 : 1;
	size_t		head = random_below(random, input->size / align + 1) * align;
	size_t		from = random_below(random, other->size / align + 1) * align;
	size_t		length = other->size - from;

	if (length > INPUT_MAX - head)
		length = INPUT_MAX - head;
	memmove(input->bytes + head, other->bytes + from, length);
	input->size = head + length;
}

/* Mostly one to three mutations; other is a valid input to splice from. */
static void
mutate(Input *input, Random *random, const Input *other)
{
	static void (*const mutations[]) (Input *, Random *) = {
		flip_bit, flip_bit, set_byte, set_byte, set_uint32, set_uint32, set_count,
		set_double, truncate_input, extend
	};

	do
	{
		size_t		n = random_below(random, lengthof(mutations) + 2);

		if (n < lengthof(mutations))
			mutations[n] (input, random);
		else
			splice(input, random, n == lengthof(mutations) ? other : input);
	} while (random_chance(random, 2));
}

/* ---- blocks ---- */

/*
 * A copy of bytes that ends where its block of memory ends, so that reading on
 * is seen.  It starts shift bytes into the block: there it is not aligned.
 */
typedef struct Block
{
	uint8_t    *memory;
	uint8_t    *bytes;
} Block;

static Block
block_of(const uint8_t *bytes, size_t size, size_t shift)
{
	Block		block;

	block.memory = malloc(shift + size);
	require(block.memory != NULL);
	block.bytes = block.memory + shift;
	if (bytes != NULL)
		memcpy(block.bytes, bytes, size);
	return block;
}

/* ---- the program ---- */

/*
 * Call attempt for each iteration the arguments ask for.  It tells whether the
 * reader took the mutated input.  Nearly all taken, or nearly none, would mean
 * that the mutations reach little code; that is a failure too.
 */
static int
fuzz(int argc, char **argv, bool (*attempt) (Random *random))
{
	uint64_t	iterations;
	uint64_t	first;
	uint64_t	taken = 0;

	if (argc < 3 || argc > 4)
	{
		fprintf(stderr, "usage: %s SEED ITERATIONS [FIRST]\n", argv[0]);
		return 2;
	}
	trying.seed = strtoull(argv[1], NULL, 0);
	trying.what = "iteration";
	iterations = strtoull(argv[2], NULL, 0);
	first = argc > 3 ? strtoull(argv[3], NULL, 0) : 0;

	for (uint64_t n = 0; n < iterations; n++)
	{
		Random		random = random_begin(trying.seed, first + n);

		trying.number = first + n;
		alarm(SECONDS_AN_ITERATION);
		taken += attempt(&random);
	}
	alarm(0);
	trying.input = NULL;
	if (iterations >= 1000)
		require(taken > iterations / 20 && taken < iterations - iterations / 20);
	printf("%" PRIu64 " mutated inputs, %" PRIu64 " of them valid\n", iterations, taken);
	return 0;
}

/* To be called first. */
static void
fuzz_begin(void)
{
	signal(SIGABRT, report);
	signal(SIGALRM, report);
	alarm(SECONDS_AN_ITERATION);
}

#endif							/* HOTSPOT_FUZZ_H */
