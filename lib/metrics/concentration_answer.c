/* SPDX-License-Identifier: MIT */
/* What every concentration kernel does before and after its formula. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "metrics/bounds.h"

/* Size of the first version of critmin_answer: no caller knows a smaller one. */
enum { FIRST_ANSWER = 56 };
_Static_assert(sizeof(critmin_answer) >= FIRST_ANSWER, "a structure of the contract never shrinks");

void critmin_supply_init(critmin_supply *supply) {
  if (!supply) return;
  memset(supply, 0, sizeof *supply);
  supply->struct_size = sizeof *supply;
  supply->total = supply->total_low = supply->total_high = supply->other = NAN;
}

int32_t critmin_supply_size(void) { return (int32_t)sizeof(critmin_supply); }

int32_t critmin_answer_size(void) { return (int32_t)sizeof(critmin_answer); }

critmin_status cm_answer_check(const critmin_answer *answer, critmin_error *error) {
  if (!answer) return cm_fail_null(error, "answer");
  if (answer->struct_size < FIRST_ANSWER)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "answer.struct_size is %u, less than any version of critmin_answer; call critmin_answer_init() first",
                   (unsigned)answer->struct_size);
  return CRITMIN_OK;
}

/* An end and the value are reached by different sums, which may differ in the last bit: the interval takes both in. */
static double widen_low(double low, double value) { return value < low ? value : low; }
static double widen_high(double high, double value) { return value > high ? value : high; }

critmin_status cm_answer_write(critmin_answer *answer, cm_market *market, double value, double low, double high,
                               uint64_t flags, critmin_error *error) {
  critmin_answer full = {.value = value, .low = widen_low(low, value), .high = widen_high(high, value)};
  full.struct_size = answer->struct_size;
  full.coverage = market->coverage;
  full.flags = market->flags | flags;
  full.n_used = market->n;
  if (market->nothing) full.value = full.low = full.high = NAN;
  memcpy(answer, &full, answer->struct_size < sizeof full ? answer->struct_size : sizeof full);
  cm_market_free(market);
  return cm_ok(error);
}

double cm_residual_pick(const cm_market *m, double many, double one) {
  if (m->supply.residual_value == CRITMIN_RESIDUAL_UPPER || isnan(many)) return one;
  if (isinf(many)) return m->supply.residual_value == CRITMIN_RESIDUAL_LOWER ? NAN : one; /* a middle needs two ends */
  return m->supply.residual_value == CRITMIN_RESIDUAL_LOWER ? many : many + (one - many) / 2;
}
