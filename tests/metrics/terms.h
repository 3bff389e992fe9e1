/* SPDX-License-Identifier: MIT */
/* Terms and answers as the tests of the criticality kernels write them. */
#ifndef CRITMIN_TESTS_METRICS_TERMS_H
#define CRITMIN_TESTS_METRICS_TERMS_H

#include <math.h>

#include "critmin/answer.h"
#include "critmin/dependency.h"
#include "runner.h"

#define NEAR(a, b) ck_assert_double_eq_tol(a, b, 1e-9)

static inline critmin_interval exactly(double value) {
  critmin_interval i = {value, NAN, NAN};
  return i;
}

static inline critmin_interval between(double low, double high) {
  critmin_interval i = {NAN, low, high};
  return i;
}

static inline critmin_interval around(double value, double half) {
  critmin_interval i = {value, value - half, value + half};
  return i;
}

/* Opens an answer and an error for the call that follows, and closes on its success. */
#define ANSWER(a, call)                                    \
  critmin_answer a;                                        \
  critmin_answer_init(&a);                                 \
  do {                                                     \
    critmin_error error_;                                  \
    critmin_status status_ = (call);                       \
    if (status_) ck_abort_msg("%s", error_.message);       \
  } while (0)

#define REFUSED(call, wanted, word)                                                                      \
  do {                                                                                                   \
    critmin_error error_;                                                                                \
    critmin_status status_ = (call);                                                                     \
    ck_assert_msg(status_ == (wanted), "status %d, wanted %d: %s", (int)status_, (int)(wanted), error_.message); \
    ck_assert_msg(strstr(error_.message, word) != NULL, "`%s` is not in: %s", word, error_.message);     \
  } while (0)

#endif
