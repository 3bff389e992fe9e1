/* SPDX-License-Identifier: MIT */
#include "network/vector.h"

#include <string.h>

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif

#define WIDTH 2
#define TARGET
#include "network/vector_loops.inc"

#if defined(__x86_64__)
#define WIDTH 4
#define TARGET __attribute__((target("avx2")))
#include "network/vector_loops.inc"

#define WIDTH 8
#define TARGET __attribute__((target("avx512f")))
#include "network/vector_loops.inc"
#endif

cm_vector cm_vector_choose(void) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f"))
    return (cm_vector){add_scaled_8, add_scaled_four_8, add_rows_8, add_rows_four_8};
  if (__builtin_cpu_supports("avx2")) return (cm_vector){add_scaled_4, add_scaled_four_4, add_rows_4, add_rows_four_4};
#endif
  return (cm_vector){add_scaled_2, add_scaled_four_2, add_rows_2, add_rows_four_2};
}
