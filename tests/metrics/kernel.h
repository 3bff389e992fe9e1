/* SPDX-License-Identifier: MIT */
/* The kernels as the tests call them: one list, one way to call each, and the formulas once more on complete markets. */
#ifndef CRITMIN_TESTS_METRICS_KERNEL_H
#define CRITMIN_TESTS_METRICS_KERNEL_H

#include <math.h>

#include "critmin/critmin.h"
#include "runner.h"

enum kernel {
  SHARE,
  HHI,
  HHI_NORMALISED,
  RATIO,
  SHANNON,
  EVENNESS,
  EFFECTIVE,
  HHI_WGI,
  N_MINUS_1,
  KERNELS
};

/* What a kernel needs besides the quantities; `number` is the index, k, order or demand. */
typedef struct kernel_call {
  enum kernel kernel;
  int64_t index; /* of the producer, or k */
  double number; /* the order, or the demand */
  const double *governance;
} kernel_call;

critmin_status kernel_run(const kernel_call *call, const double *quantity, int64_t n, const critmin_supply *supply,
                          critmin_answer *answer, critmin_error *error);
/* As above, on a fresh answer; the call has to succeed. */
critmin_answer kernel_answer(const kernel_call *call, const double *quantity, int64_t n, const critmin_supply *supply);

/*
 * The formula on a complete market of `n` producers, at most 64, and `dust`, a quantity that infinitely many others make.
 * `governance` is theirs, and NULL for the kernels that take none.
 */
double kernel_formula(const kernel_call *call, const double *quantity, const double *governance, int64_t n, double dust);

const char *kernel_name(enum kernel kernel);

/* A reproducible stream of numbers. */
typedef struct stream {
  uint64_t state;
} stream;
double stream_uniform(stream *s, double low, double high);
int64_t stream_integer(stream *s, int64_t low, int64_t high);

#define assert_near(found, wanted, tolerance)                                                                      \
  do {                                                                                                             \
    double found_ = (found), wanted_ = (wanted);                                                                   \
    ck_assert_msg(fabs(found_ - wanted_) <= (tolerance), "%s is %.17g, wanted %.17g", #found, found_, wanted_);    \
  } while (0)

#define assert_interval(answer, wanted_low, wanted_value, wanted_high) \
  do {                                                                 \
    assert_near((answer).low, wanted_low, 1e-12);                      \
    assert_near((answer).value, wanted_value, 1e-12);                  \
    assert_near((answer).high, wanted_high, 1e-12);                    \
  } while (0)

#endif
