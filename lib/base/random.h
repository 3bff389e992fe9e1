/* SPDX-License-Identifier: MIT */
/*
 * Random streams without a state to share: numbers are a function of (seed, draw, stream, position), so that any draw
 * can be made anywhere, on any thread, in any order, with the same bits (Philox4x32-10, Salmon et al. 2011).
 */
#ifndef CM_BASE_RANDOM_H
#define CM_BASE_RANDOM_H

#include <stdint.h>

/* Blocks of a stream that may be made ahead. */
enum { CM_RANDOM_AHEAD = 4 };

typedef struct cm_random {
  uint32_t key[2];
  uint32_t counter[4]; /* position, stream, draw low, draw high; of the block after those at hand */
  uint32_t word[4 * CM_RANDOM_AHEAD];
  int32_t next, words; /* which word comes next, and how many are at hand */
} cm_random;

/* One block: counter and key to four words. */
void cm_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

/*
 * Block `position` of `n` streams of draw `draw` under `seed`: four words of each, the first of stream i at words[i *
 * stride]. With the widest registers of the machine; the words are those of cm_philox().
 */
void cm_philox_streams(uint64_t seed, uint64_t draw, const uint32_t *stream, int64_t n, uint32_t position,
                       uint32_t *words, int64_t stride);

/* The number in the open interval 0 to 1 that two words stand for: 52 bits and half a step, never 0, never 1. */
static inline double cm_uniform_of(uint32_t high, uint32_t low) {
  return ((double)(((uint64_t)high << 32 | low) >> 12) + 0.5) * 0x1p-52;
}

/* The stream `stream` of draw `draw` under `seed`, from its start. */
void cm_random_start(cm_random *random, uint64_t seed, uint64_t draw, uint32_t stream);

/* Makes the next block the words at hand. */
void cm_random_go_on(cm_random *random);

static inline uint32_t cm_random_word(cm_random *random) {
  if (random->next == random->words) cm_random_go_on(random);
  return random->word[random->next++];
}

static inline double cm_random_uniform(cm_random *random) {
  uint32_t high = cm_random_word(random), low = cm_random_word(random);
  return cm_uniform_of(high, low);
}

double cm_random_normal(cm_random *random);
/* Gamma of shape above zero and scale 1 (Marsaglia and Tsang 2000); logarithm, since that of a small shape underflows.
 */
double cm_random_log_gamma(cm_random *random, double shape);

#endif
