/* SPDX-License-Identifier: MIT */
/* Series of Taylor on short intervals, to terms below half a unit in the last place. */
#include "base/elementary.h"

#include <math.h>
#include <string.h>

typedef double numbers __attribute__((vector_size(64)));
typedef uint64_t bits __attribute__((vector_size(64)));
enum { LANES = 8 };

static const double LN2_HIGH = 0x1.62e42fee00000p-1, LN2_LOW = 0x1.a39ef35793c76p-33; /* the first has 20 zeros */

/*
 * x = 2^k m with m from the root of 1/2 to that of 2; log m = 2 (s + s^3 / 3 + s^5 / 5 + ...) with s = (m - 1) / (m + 1).
 * `x`, `k` and `m` are of one kind, a number or many.
 */
#define LOGARITHM(kind, whole, x, result)                                                          \
  do {                                                                                             \
    whole all, power;                                                                              \
    kind k, m;                                                                                     \
    memcpy(&all, &(x), sizeof all);                                                                \
    power = (all - UINT64_C(0x3fe6a09e667f3bcd) + (UINT64_C(1024) << 52)) >> 52;                   \
    all -= (power - 1024) << 52;                                                                   \
    power |= UINT64_C(0x4330000000000000); /* as a number: 2^52 and the power */                   \
    memcpy(&m, &all, sizeof m);                                                                    \
    memcpy(&k, &power, sizeof k);                                                                  \
    k -= 0x1p52 + 1024;                                                                            \
    kind s = (m - 1) / (m + 1), z = s * s;                                                         \
    kind sum = z * (1. / 21) + 1. / 19;                                                            \
    sum = sum * z + 1. / 17;                                                                       \
    sum = sum * z + 1. / 15;                                                                       \
    sum = sum * z + 1. / 13;                                                                       \
    sum = sum * z + 1. / 11;                                                                       \
    sum = sum * z + 1. / 9;                                                                        \
    sum = sum * z + 1. / 7;                                                                        \
    sum = sum * z + 1. / 5;                                                                        \
    sum = sum * z + 1. / 3;                                                                        \
    kind twice = s + s;                                                                            \
    result = k * LN2_HIGH + (twice + (twice * z * sum + k * LN2_LOW));                             \
  } while (0)

double cm_log(double x) {
  double y;
  LOGARITHM(double, uint64_t, x, y);
  return y;
}

__attribute__((always_inline)) static inline void logs(const double *x, int64_t n, double *y) {
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES) {
    numbers v, w;
    memcpy(&v, x + i, sizeof v);
    LOGARITHM(numbers, bits, v, w);
    memcpy(y + i, &w, sizeof w);
  }
  for (; i < n; i++) LOGARITHM(double, uint64_t, x[i], y[i]);
}

#if defined(__x86_64__)
__attribute__((target("avx512f,avx512dq"))) static void logs_8(const double *x, int64_t n, double *y) {
  logs(x, n, y);
}

__attribute__((target("avx2"))) static void logs_4(const double *x, int64_t n, double *y) {
  logs(x, n, y);
}
#endif

void cm_logs(const double *x, int64_t n, double *y) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq")) {
    logs_8(x, n, y);
    return;
  }
  if (__builtin_cpu_supports("avx2")) {
    logs_4(x, n, y);
    return;
  }
#endif
  logs(x, n, y);
}

/* x = k ln 2 + r, |r| at most half of ln 2. */
double cm_exp(double x) {
  if (isnan(x)) return x;
  if (x < -708) return 0;
  if (x > 709) return INFINITY;
  double k = floor(x * 0x1.71547652b82fep+0 + 0.5), r = (x - k * LN2_HIGH) - k * LN2_LOW, sum = 1, scale;
  for (int i = 14; i > 0; i--) sum = sum * r / i + 1;
  uint64_t power = (uint64_t)(int64_t)(k + 1023) << 52;
  if (k > 1023) return sum * 2 * 0x1p1023;
  memcpy(&scale, &power, sizeof scale);
  return sum * scale;
}

/* Reduced to an eighth of a turn, where sine or cosine have short series. */
double cm_cos_turn(double part) {
  double eighths = floor(part * 8), place = floor((eighths + 1) / 2); /* the nearest quarter of a turn */
  double angle = (part - place / 4) * 0x1.921fb54442d18p+2, z = angle * angle, sum = 1;
  int quarter = (int)place % 4;
  if (quarter % 2 == 0) {
    for (int i = 18; i > 0; i -= 2) sum = 1 - sum * z / (i * (i - 1));
    return quarter == 0 ? sum : -sum;
  }
  for (int i = 18; i > 0; i -= 2) sum = 1 - sum * z / (i * (i + 1));
  return quarter == 1 ? -sum * angle : sum * angle;
}
