/* SPDX-License-Identifier: MIT */
/*
 * Random streams without a state to share: numbers are a function of (seed, draw, stream, position), so that any draw
 * can be made anywhere, on any thread, in any order, with the same bits (Philox4x32-10, Salmon et al. 2011).
 */
#ifndef CM_BASE_RANDOM_H
#define CM_BASE_RANDOM_H

#include <stdint.h>

typedef struct cm_random {
  uint32_t key[2];
  uint32_t counter[4]; /* position, stream, draw low, draw high; of the block after the one at hand */
  uint32_t word[4];
  int32_t next; /* which word comes next, 4: the next block's first */
} cm_random;

/* One block: counter and key to four words. */
void cm_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

/* The number in the open interval 0 to 1 that two words stand for: 52 bits and half a step, never 0, never 1. */
static inline double cm_uniform_of(uint32_t high, uint32_t low) {
  return ((double)(((uint64_t)high << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

/*
 * Both numbers of each of `n` blocks, as cm_philox() and cm_uniform_of() make them, with the widest registers of the
 * machine. Block i is of draw[i], at place[i]: its stream in the high half, its position there in the low one.
 */
void cm_random_blocks(uint64_t seed, const uint64_t *draw, const uint64_t *place, int64_t n, double *first,
                      double *second);

/* The stream `stream` of draw `draw` under `seed`, from its start. */
void cm_random_start(cm_random *random, uint64_t seed, uint64_t draw, uint32_t stream);

/* Makes the next block the words at hand. */
void cm_random_go_on(cm_random *random);

static inline uint32_t cm_random_word(cm_random *random) {
  if (random->next == 4) cm_random_go_on(random);
  return random->word[random->next++];
}

static inline double cm_random_uniform(cm_random *random) {
  uint32_t high = cm_random_word(random), low = cm_random_word(random);
  return cm_uniform_of(high, low);
}

/* The normal number that two uniform ones stand for (Box and Muller 1958). */
double cm_normal_of(double one, double other);

static inline double cm_random_normal(cm_random *random) {
  double one = cm_random_uniform(random), other = cm_random_uniform(random);
  return cm_normal_of(one, other);
}

/* Gamma of shape above zero and scale 1 (Marsaglia and Tsang 2000); logarithm, since that of a small shape underflows.
 */
double cm_random_log_gamma(cm_random *random, double shape);

#endif
