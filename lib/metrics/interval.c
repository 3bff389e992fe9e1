/* SPDX-License-Identifier: MIT */
#include "metrics/interval.h"

#include <math.h>

#include "base/error.h"
#include "metrics/bounds.h"

critmin_status cm_interval_read(const char *name, const critmin_interval *in, double least, double most,
                                critmin_interval *out, critmin_error *error) {
  if (!in) return cm_fail_null(error, name);
  critmin_interval i = *in;
  const double numbers[] = {i.value, i.low, i.high};
  for (int k = 0; k < 3; k++) {
    if (isinf(numbers[k])) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s is not finite", name);
    if (numbers[k] < 0 && least == 0)
      return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "%s is %g; it cannot be below zero", name, numbers[k]);
    if (numbers[k] < least || numbers[k] > most)
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s is %g; give %g to %g", name, numbers[k], least, most);
  }
  if (isnan(i.low)) i.low = i.value;
  if (isnan(i.high)) i.high = i.value;
  if (isnan(i.value) && !isnan(i.low) && !isnan(i.high)) i.value = i.low + (i.high - i.low) / 2;
  if (isnan(i.value) || isnan(i.low) || isnan(i.high)) {
    if (!isnan(i.low) || !isnan(i.high))
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s has one end of an interval; give both, or a value", name);
    i.value = i.low = i.high = NAN;
  } else if (!(i.low <= i.value && i.value <= i.high)) {
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s is %g, outside its own interval from %g to %g", name, i.value,
                   i.low, i.high);
  }
  *out = i;
  return CRITMIN_OK;
}

int cm_interval_known(critmin_interval i) { return !isnan(i.low); }

static double cut(double x, double least, double most) { return x < least ? least : x > most ? most : x; }

int cm_interval_cut(critmin_interval *i, double least, double most) {
  if (!cm_interval_known(*i)) return 0;
  int bites = i->value < least || i->value > most;
  i->value = cut(i->value, least, most);
  i->low = cut(i->low, least, most);
  i->high = cut(i->high, least, most);
  return bites;
}

critmin_interval cm_interval_product(critmin_interval a, critmin_interval b) {
  critmin_interval product = {a.value * b.value, a.low * b.low, a.high * b.high};
  return product;
}

critmin_interval cm_interval_rest(critmin_interval i) {
  critmin_interval rest = {1 - i.value, 1 - i.high, 1 - i.low};
  return rest;
}

critmin_interval cm_interval_scaled(critmin_interval i, double factor) {
  critmin_interval scaled = {i.value * factor, i.low * factor, i.high * factor};
  return scaled;
}

critmin_status cm_interval_answer(critmin_answer *answer, critmin_interval i, int64_t n, double coverage, uint64_t flags,
                                  critmin_error *error) {
  cm_market none = {.n = n, .coverage = coverage};
  if (isnan(i.value) && !(flags & CRITMIN_FLAG_UNDEFINED)) flags |= CRITMIN_FLAG_NO_DATA;
  return cm_answer_write(answer, &none, i.value, i.low, i.high, flags, error);
}
