/* SPDX-License-Identifier: MIT */
/*
 * Random streams without a state to share: numbers are a function of (seed, draw, stream, position), so that any draw can be made
 * anywhere, on any thread, in any order, with the same bits (Philox4x32-10, Salmon et al. 2011).
 */
#ifndef CM_BASE_RANDOM_H
#define CM_BASE_RANDOM_H

#include <stdint.h>

typedef struct cm_random {
  uint32_t key[2];
  uint32_t counter[4]; /* position, stream, draw low, draw high */
  uint32_t block[4];
  int32_t left; /* words of the block that were not given yet */
} cm_random;

/* One block: counter and key to four words. */
void cm_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t block[4]);

/* The stream `stream` of draw `draw` under `seed`, from its start. */
void cm_random_start(cm_random *random, uint64_t seed, uint64_t draw, uint32_t stream);

uint32_t cm_random_word(cm_random *random);
double cm_random_uniform(cm_random *random); /* in the open interval 0 to 1, 52 bits */
double cm_random_normal(cm_random *random);
/* Gamma of shape above zero and scale 1 (Marsaglia and Tsang 2000); logarithm, since that of a small shape underflows. */
double cm_random_log_gamma(cm_random *random, double shape);

#endif
