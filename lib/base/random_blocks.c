/* SPDX-License-Identifier: MIT */
/*
 * Philox4x32-10 for many counters at once, one in each 64-bit lane of a register: the rounds multiply the low halves of
 * lanes to whole ones, and what is left in the high halves is cut off at the end. The constants are those of
 * cm_philox().
 */
#include "base/random.h"

#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define NAME(name) name##4
#define LANES 4
#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256i
#define SAME(x) _mm256_set1_epi64x((int64_t)(x))
#define TIMES(a, b) _mm256_mul_epu32(a, b)
#include "base/random_blocks.inc"

#define NAME(name) name##8
#define LANES 8
#define TARGET __attribute__((target("avx512f")))
#define VECTOR __m512i
#define SAME(x) _mm512_set1_epi64((int64_t)(x))
#define TIMES(a, b) _mm512_mul_epu32(a, b)
#include "base/random_blocks.inc"
#endif

void cm_random_blocks(uint64_t seed, const uint64_t *draw, const uint64_t *place, int64_t n, double *first,
                      double *second) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    blocks_8(seed, draw, place, n, first, second);
    return;
  }
  if (__builtin_cpu_supports("avx2")) {
    blocks_4(seed, draw, place, n, first, second);
    return;
  }
#endif
  const uint32_t key[] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  for (int64_t i = 0; i < n; i++) {
    const uint32_t counter[] = {(uint32_t)place[i], (uint32_t)(place[i] >> 32), (uint32_t)draw[i],
                                (uint32_t)(draw[i] >> 32)};
    uint32_t block[4];
    cm_philox(counter, key, block);
    first[i] = cm_uniform_of(block[0], block[1]);
    second[i] = cm_uniform_of(block[2], block[3]);
  }
}
