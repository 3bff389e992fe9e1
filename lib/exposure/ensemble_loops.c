/* SPDX-License-Identifier: MIT */
#include "exposure/ensemble_loops.h"

#include <string.h>

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define WIDTH 2
#define TARGET
#if defined(__x86_64__)
#include <immintrin.h>
#define LESSER(x, y) ((VECTOR)_mm_min_pd((__m128d)(x), (__m128d)(y)))
#else
#define LESSER(x, y) CHOOSE((x) < (y), x, y)
#endif
#include "exposure/ensemble_loops.inc"

#if defined(__x86_64__)
#define WIDTH 4
#define TARGET __attribute__((target("avx2")))
#define LESSER(x, y) ((VECTOR)_mm256_min_pd((__m256d)(x), (__m256d)(y)))
#include "exposure/ensemble_loops.inc"

#define WIDTH 8
#define TARGET __attribute__((target("avx512f,avx512dq")))
#define LESSER(x, y) ((VECTOR)_mm512_min_pd((__m512d)(x), (__m512d)(y)))
#include "exposure/ensemble_loops.inc"
#endif

cm_ensemble_loops cm_ensemble_loops_choose(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
    return (cm_ensemble_loops){withhold_8, product_8, consume_8, record_8, sort_8, bridge_8, settle_8};
  if (__builtin_cpu_supports("avx2")) return (cm_ensemble_loops){withhold_4, product_4, consume_4, record_4, sort_4, bridge_4, settle_4};
#endif
  return (cm_ensemble_loops){withhold_2, product_2, consume_2, record_2, sort_2, bridge_2, settle_2};
}
