/* SPDX-License-Identifier: MIT */
/* Products by their bills of materials. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "critmin/bill.h"
#include "network/trace.h"

void critmin_bill_init(critmin_bill *bill) {
  if (!bill) return;
  memset(bill, 0, sizeof *bill);
  bill->struct_size = sizeof *bill;
}

int32_t critmin_bill_size(void) {
  return (int32_t)sizeof(critmin_bill);
}

static critmin_status material_fails(critmin_error *error, critmin_status status, int64_t i, const char *what) {
  cm_fail(error, status, "material %lld: %s", (long long)(i + 1), what);
  return cm_fail_at(error, status, i + 1, 0);
}

static critmin_status check_number(double x, int64_t i, const char *missing, critmin_error *error) {
  if (isnan(x)) return material_fails(error, CRITMIN_ERROR_MISSING_VALUE, i, missing);
  if (x < 0) return material_fails(error, CRITMIN_ERROR_NEGATIVE, i, "its mass or price is below zero");
  if (isinf(x)) return material_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, "its mass or price is not finite");
  return CRITMIN_OK;
}

static critmin_status check_bill(const critmin_bill *b, int by_cost, critmin_error *error) {
  if (!b) return cm_fail_null(error, "bill");
  if (b->struct_size < sizeof *b)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "bill.struct_size is %u; call critmin_bill_init() first",
                   (unsigned)b->struct_size);
  if (b->count < 0 || (b->count && !b->mass))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "a bill needs `mass`, and a count of at least 0");
  if (by_cost && b->count && !b->price)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`price` is null, and what is asked is by cost");
  for (int64_t i = 0; i < b->count; i++) {
    critmin_status status = check_number(b->mass[i], i, "its mass is missing", error);
    if (status == CRITMIN_OK && by_cost) status = check_number(b->price[i], i, "its price is missing", error);
    if (status != CRITMIN_OK) return status;
  }
  return CRITMIN_OK;
}

/* The ends of an interval that lies between 0 and `top`. */
static critmin_interval ends_of(const critmin_interval *x, double top) {
  critmin_interval e = {x->value, x->low, x->high};
  if (isnan(e.low)) e.low = isnan(e.value) ? 0 : e.value;
  if (isnan(e.high)) e.high = isnan(e.value) ? top : e.value;
  return e;
}

static critmin_status check_intervals(const critmin_bill *b, const critmin_interval *x, double top, const char *name,
                                      critmin_error *error) {
  if (b->count && !x) return cm_fail_null(error, name);
  for (int64_t i = 0; i < b->count; i++) {
    critmin_interval e = ends_of(&x[i], top);
    if (e.low < 0 || e.high < 0 || e.value < 0 || e.low > top || e.high > top || e.value > top)
      return material_fails(error, isinf(top) ? CRITMIN_ERROR_NEGATIVE : CRITMIN_ERROR_SHARE_RANGE, i,
                            isinf(top) ? "its score is below zero" : "its share is outside 0 to 1");
    if (e.low > e.high || e.value < e.low || e.value > e.high)
      return material_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, "low, value and high are out of order");
    if (isinf(e.value) || isinf(x[i].low) || isinf(x[i].high))
      return material_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, "a number is not finite");
  }
  return CRITMIN_OK;
}

static critmin_status check(const critmin_bill *b, int by_cost, const critmin_interval *x, double top, const char *name,
                            const critmin_answer *answer, critmin_error *error) {
  critmin_status status = cm_trace_answer_check(answer, error);
  if (status == CRITMIN_OK) status = check_bill(b, by_cost, error);
  return status == CRITMIN_OK ? check_intervals(b, x, top, name, error) : status;
}

static critmin_status write_answer(critmin_answer *a, critmin_interval x, double coverage, int64_t used, uint64_t flags,
                                   critmin_error *error) {
  a->value = x.value;
  a->low = x.low;
  a->high = x.high;
  a->coverage = coverage;
  a->n_used = used;
  a->flags = flags | (isnan(x.value) && !flags ? CRITMIN_FLAG_NO_DATA : 0);
  return cm_ok(error);
}

static const critmin_interval nothing = {NAN, NAN, NAN};

static double weight(const critmin_bill *b, int64_t i, int by_cost) {
  return b->mass[i] * (by_cost ? b->price[i] : 1);
}

/* The weighed mean of intervals, or their weighed sum. */
static critmin_status weighed(const critmin_bill *b, const critmin_interval *x, double top, int by_cost, int as_sum,
                              critmin_answer *answer, critmin_error *error) {
  critmin_interval sum = {0, 0, 0};
  double total = 0, known = 0;
  for (int64_t i = 0; i < b->count; i++) {
    critmin_interval e = ends_of(&x[i], top);
    double w = weight(b, i, by_cost);
    total += w;
    if (w == 0) continue;
    if (!isnan(e.value)) known += w;
    sum.value += w * e.value;
    sum.low += w * e.low;
    sum.high += w * e.high;
  }
  if (!(total > 0)) return write_answer(answer, nothing, NAN, b->count, CRITMIN_FLAG_ZERO_TOTAL, error);
  double over = as_sum ? 1 : total;
  return write_answer(answer, (critmin_interval){sum.value / over, sum.low / over, sum.high / over}, known / total,
                      b->count, 0, error);
}

critmin_status critmin_bill_share(const critmin_bill *bill, const critmin_interval *share, int32_t by,
                                  critmin_answer *answer, critmin_error *error) {
  if (by != CRITMIN_BY_MASS && by != CRITMIN_BY_COST)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "a bill is weighed by mass or by cost, not by %d", (int)by);
  critmin_status status = check(bill, by == CRITMIN_BY_COST, share, 1, "share", answer, error);
  return status == CRITMIN_OK ? weighed(bill, share, 1, by == CRITMIN_BY_COST, 0, answer, error) : status;
}

critmin_status critmin_bill_touch(const critmin_bill *bill, const critmin_interval *share, critmin_answer *answer,
                                  critmin_error *error) {
  critmin_status status = check(bill, 0, share, 1, "share", answer, error);
  if (status != CRITMIN_OK) return status;
  double clean = 1, least = 0, most = 0;
  int64_t used = 0, known = 0;
  for (int64_t i = 0; i < bill->count; i++) {
    if (bill->mass[i] == 0) continue;
    critmin_interval e = ends_of(&share[i], 1);
    used++;
    known += !isnan(e.value);
    clean *= 1 - e.value;
    least = fmax(least, e.low);
    most += e.high;
  }
  if (used == 0) return write_answer(answer, nothing, NAN, 0, CRITMIN_FLAG_ZERO_TOTAL, error);
  return write_answer(answer, (critmin_interval){1 - clean, least, fmin(1, most)}, (double)known / (double)used, used,
                      0, error);
}

static int is_needed(const critmin_bill *b, int64_t i) {
  return b->mass[i] > 0 && (!b->essential || b->essential[i]);
}

/* The greatest of the materials that are needed, and which. */
static critmin_interval greatest(const critmin_bill *b, const critmin_interval *x, double top, int64_t *material,
                                 double *coverage, int64_t *used) {
  critmin_interval most = {0, 0, 0};
  int64_t known = 0, at = -1;
  *used = 0;
  for (int64_t i = 0; i < b->count; i++) {
    if (!is_needed(b, i)) continue;
    critmin_interval e = ends_of(&x[i], top);
    ++*used;
    most.low = fmax(most.low, e.low);
    most.high = fmax(most.high, e.high);
    if (isnan(e.value)) continue;
    known++;
    if (at < 0 || e.value > most.value) most.value = e.value, at = i;
  }
  /* What is not known could be greater than all that is. */
  if (known < *used && most.value < most.high) most.value = NAN;
  *coverage = *used ? (double)known / (double)*used : NAN;
  *material = at;
  return *used ? most : nothing;
}

critmin_status critmin_bill_limiting(const critmin_bill *bill, const critmin_interval *share, int64_t *material,
                                     critmin_answer *answer, critmin_error *error) {
  critmin_status status = check(bill, 0, share, 1, "share", answer, error);
  if (status != CRITMIN_OK) return status;
  int64_t at, used;
  double coverage;
  critmin_interval most = greatest(bill, share, 1, &at, &coverage, &used);
  if (material) *material = at;
  return write_answer(answer, most, coverage, used, 0, error);
}

/* Whether material i is the first of its group, or stands alone. */
static int leads_group(const critmin_bill *b, int64_t i) {
  if (!b->group || b->group[i] < 0) return 1;
  for (int64_t k = 0; k < i; k++)
    if (b->group[k] == b->group[i]) return 0;
  return 1;
}

/* Fill of the group that material i leads. `needed` becomes 0 where the product does without. */
static critmin_interval group_fill(const critmin_bill *b, const critmin_interval *fill, int64_t i, int *needed) {
  critmin_interval sum = {0, 0, 0};
  double mass = 0;
  *needed = 0;
  for (int64_t k = i; k < b->count; k++) {
    if (k != i && (!b->group || b->group[i] < 0 || b->group[k] != b->group[i])) continue;
    critmin_interval e = ends_of(&fill[k], 1);
    *needed |= is_needed(b, k);
    mass += b->mass[k];
    if (b->mass[k] == 0) continue;
    sum.value += b->mass[k] * e.value;
    sum.low += b->mass[k] * e.low;
    sum.high += b->mass[k] * e.high;
  }
  return mass > 0 ? (critmin_interval){sum.value / mass, sum.low / mass, sum.high / mass} : nothing;
}

critmin_status critmin_bill_fill(const critmin_bill *bill, const critmin_interval *fill, int64_t *material,
                                 critmin_answer *answer, critmin_error *error) {
  critmin_status status = check(bill, 0, fill, 1, "fill", answer, error);
  if (status != CRITMIN_OK) return status;
  critmin_interval least = {1, 1, 1};
  int64_t at = -1, used = 0, known = 0;
  for (int64_t i = 0; i < bill->count; i++) {
    int needed;
    if (!leads_group(bill, i)) continue;
    critmin_interval e = group_fill(bill, fill, i, &needed);
    if (!needed) continue;
    used++;
    least.low = fmin(least.low, e.low);
    least.high = fmin(least.high, e.high);
    if (isnan(e.value)) continue;
    known++;
    if (at < 0 || e.value < least.value) least.value = e.value, at = i;
  }
  if (material) *material = at;
  if (used == 0) return write_answer(answer, nothing, NAN, 0, CRITMIN_FLAG_ZERO_TOTAL, error);
  if (known < used && least.value > least.low) least.value = NAN;
  return write_answer(answer, least, (double)known / (double)used, used, 0, error);
}

critmin_status critmin_bill_leverage(const critmin_bill *bill, const critmin_interval *share, double value_added,
                                     critmin_answer *answer, critmin_error *error) {
  critmin_status status = check(bill, 1, share, 1, "share", answer, error);
  if (status != CRITMIN_OK) return status;
  if (isnan(value_added)) return cm_fail(error, CRITMIN_ERROR_MISSING_VALUE, "value added is missing");
  if (!isfinite(value_added)) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "value added is not finite");
  int64_t at, used;
  double coverage;
  critmin_interval most = greatest(bill, share, 1, &at, &coverage, &used);
  if (isnan(most.value)) return write_answer(answer, nothing, coverage, used, CRITMIN_FLAG_NO_DATA, error);
  double cost = weight(bill, at, 1);
  if (cost == 0) return write_answer(answer, nothing, coverage, used, CRITMIN_FLAG_UNDEFINED, error);
  double over = value_added / cost;
  return write_answer(answer, (critmin_interval){over, over, over}, coverage, used, 0, error);
}

/* Every material alike; one of 0 makes all 0. */
static critmin_status geometric(const critmin_bill *b, const critmin_interval *score, critmin_answer *answer,
                                critmin_error *error) {
  critmin_interval sum = {0, 0, 0};
  int64_t used = 0, known = 0;
  for (int64_t i = 0; i < b->count; i++) {
    if (b->mass[i] == 0) continue;
    critmin_interval e = ends_of(&score[i], INFINITY);
    used++;
    known += !isnan(e.value);
    sum.value += log(e.value);
    sum.low += log(e.low);
    sum.high += log(e.high);
  }
  if (used == 0) return write_answer(answer, nothing, NAN, 0, CRITMIN_FLAG_ZERO_TOTAL, error);
  double n = (double)used;
  return write_answer(answer, (critmin_interval){exp(sum.value / n), exp(sum.low / n), exp(sum.high / n)},
                      (double)known / n, used, 0, error);
}

critmin_status critmin_bill_score(const critmin_bill *bill, const critmin_interval *score, int32_t how,
                                  critmin_answer *answer, critmin_error *error) {
  if (how < CRITMIN_SCORE_SUM || how > CRITMIN_SCORE_GEOMETRIC)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "no such score of a product as %d", (int)how);
  int by_cost = how == CRITMIN_SCORE_COST_MEAN;
  critmin_status status = check(bill, by_cost, score, INFINITY, "score", answer, error);
  if (status != CRITMIN_OK) return status;
  if (how == CRITMIN_SCORE_GEOMETRIC) return geometric(bill, score, answer, error);
  if (how != CRITMIN_SCORE_GREATEST)
    return weighed(bill, score, INFINITY, by_cost, how == CRITMIN_SCORE_SUM, answer, error);
  int64_t at, used;
  double coverage;
  critmin_interval most = greatest(bill, score, INFINITY, &at, &coverage, &used);
  return write_answer(answer, most, coverage, used, 0, error);
}
