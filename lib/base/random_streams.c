/* SPDX-License-Identifier: MIT */
/*
 * Philox4x32-10 for many streams at once, one in each 64-bit lane of a register: the rounds multiply the low halves of
 * lanes to whole ones, and what is left in the high halves is cut off at the end. The constants are those of
 * cm_philox().
 */
#include "base/random.h"

#include <string.h>

static void one_by_one(uint64_t seed, uint64_t draw, const uint32_t *stream, int64_t n, uint32_t position,
                       uint32_t *words, int64_t stride) {
  const uint32_t key[] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  for (int64_t i = 0; i < n; i++) {
    const uint32_t counter[] = {position, stream[i], (uint32_t)draw, (uint32_t)(draw >> 32)};
    cm_philox(counter, key, words + i * stride);
  }
}

#if defined(__x86_64__)
#include <immintrin.h>

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define STREAMS streams_4
#define LANES 4
#define TARGET __attribute__((target("avx2")))
#define VECTOR __m256i
#define SAME(x) _mm256_set1_epi64x((int64_t)(x))
#define TIMES(a, b) _mm256_mul_epu32(a, b)
#include "base/random_streams.inc"

#define STREAMS streams_8
#define LANES 8
#define TARGET __attribute__((target("avx512f")))
#define VECTOR __m512i
#define SAME(x) _mm512_set1_epi64((int64_t)(x))
#define TIMES(a, b) _mm512_mul_epu32(a, b)
#include "base/random_streams.inc"
#endif

void cm_philox_streams(uint64_t seed, uint64_t draw, const uint32_t *stream, int64_t n, uint32_t position,
                       uint32_t *words, int64_t stride) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) {
    streams_8(seed, draw, stream, n, position, words, stride);
    return;
  }
  if (__builtin_cpu_supports("avx2")) {
    streams_4(seed, draw, stream, n, position, words, stride);
    return;
  }
#endif
  one_by_one(seed, draw, stream, n, position, words, stride);
}
