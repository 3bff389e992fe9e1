/* SPDX-License-Identifier: MIT */
/* Concentration by owner. What nobody known owns may be a listed owner's too, unlike a residual of unlisted producers. */
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/ownership.h"
#include "metrics/bounds.h"
#include "metrics/interval.h"

/* Output by owner, the unknown last. */
typedef struct holdings {
  double *by_owner;
  int64_t owners;
  double total, known; /* known: of all owners that are */
  int64_t assets;
  uint64_t flags;
} holdings;

static critmin_status check_arguments(const double *output, const double *share, int64_t n, int64_t owners, double total,
                                      critmin_error *error) {
  if (n < 0 || owners < 0) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "n and owners cannot be below 0");
  if (n > 0 && !output) return cm_fail_null(error, "output");
  if (n > 0 && !share) return cm_fail_null(error, "share");
  if (isinf(total)) return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "total is not finite; give NaN for the sum");
  if (total < 0) return cm_fail(error, CRITMIN_ERROR_NEGATIVE, "total is %g; it cannot be below zero", total);
  for (int64_t a = 0; a < n; a++) {
    if (output[a] < 0) {
      cm_fail(error, CRITMIN_ERROR_NEGATIVE, "output of asset %lld is %g; it cannot be below zero", (long long)a, output[a]);
      return cm_fail_at(error, CRITMIN_ERROR_NEGATIVE, a + 1, 0);
    }
    if (isinf(output[a])) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "output of asset %lld is not finite", (long long)a);
      return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, a + 1, 0);
    }
    double sum = 0;
    int outside = 0;
    for (int64_t o = 0; o <= owners; o++) {
      double part = share[o * n + a];
      outside = outside || !(part >= 0 && part <= 1 + 1e-9);
      sum += part;
    }
    if (outside || fabs(sum - 1) > 1e-6) {
      cm_fail(error, CRITMIN_ERROR_SHARE_RANGE, "the shares in asset %lld sum to %g; give shares of one whole, the unknown last",
              (long long)a, sum);
      return cm_fail_at(error, CRITMIN_ERROR_SHARE_RANGE, 0, a + 1);
    }
  }
  return CRITMIN_OK;
}

static critmin_status add_up(holdings *h, const double *output, const double *share, int64_t n, int64_t owners, double total,
                             critmin_error *error) {
  critmin_status status = check_arguments(output, share, n, owners, total, error);
  if (status) return status;
  if (owners > INT64_MAX - 1) return cm_fail_memory(error);
  *h = (holdings){.owners = owners};
  h->by_owner = cm_alloc_array((size_t)owners + 1, sizeof *h->by_owner);
  if (!h->by_owner) return cm_fail_memory(error);
  for (int64_t a = 0; a < n; a++) {
    if (isnan(output[a])) {
      h->flags |= CRITMIN_FLAG_NOT_AVAILABLE;
      continue;
    }
    h->assets++;
    h->total += output[a];
    for (int64_t o = 0; o <= owners; o++) h->by_owner[o] += output[a] * share[o * n + a];
  }
  if (total > h->total) {
    h->by_owner[owners] += total - h->total;
    h->total = total;
  } else if (total < h->total * (1 - 1e-12)) {
    h->flags |= CRITMIN_FLAG_TOTAL_BELOW_SUM;
  }
  for (int64_t o = 0; o < owners; o++) h->known += h->by_owner[o];
  if (h->by_owner[owners] > 0) h->flags |= CRITMIN_FLAG_RESIDUAL_USED;
  if (!(h->total > 0)) h->flags |= h->assets > 0 ? CRITMIN_FLAG_ZERO_TOTAL | CRITMIN_FLAG_UNDEFINED : CRITMIN_FLAG_NO_DATA;
  return CRITMIN_OK;
}

static critmin_status give(holdings *h, critmin_interval i, critmin_answer *answer, critmin_error *error) {
  int some = h->total > 0;
  if (!some) i = (critmin_interval){NAN, NAN, NAN};
  cm_free(h->by_owner);
  return cm_interval_answer(answer, i, h->assets, some ? fmin(h->known / h->total, 1) : NAN, h->flags, error);
}

critmin_status critmin_owner_hhi(const double *output, const double *share, int64_t n, int64_t owners, double total,
                                 int32_t value, critmin_answer *answer, critmin_error *error) {
  holdings h;
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (value < CRITMIN_RESIDUAL_MID || value > CRITMIN_RESIDUAL_UPPER)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "value is %d; give a CRITMIN_RESIDUAL_ constant", (int)value);
  status = add_up(&h, output, share, n, owners, total, error);
  if (status) return status;
  double squares = 0, largest = 0;
  for (int64_t o = 0; o < owners; o++) {
    double s = h.by_owner[o] / h.total;
    squares += s * s;
    largest = fmax(largest, s);
  }
  double unknown = h.by_owner[owners] / h.total;
  critmin_interval i = {NAN, squares, squares + (2 * largest + unknown) * unknown};
  i.value = value == CRITMIN_RESIDUAL_LOWER ? i.low : value == CRITMIN_RESIDUAL_UPPER ? i.high : i.low + (i.high - i.low) / 2;
  return give(&h, i, answer, error);
}

critmin_status critmin_owner_share(const double *output, const double *share, int64_t n, int64_t owners, double total,
                                   int64_t owner, critmin_answer *answer, critmin_error *error) {
  holdings h;
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (owner < 0 || owner >= owners)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "owner is %lld; give 0 to %lld", (long long)owner, (long long)owners - 1);
  status = add_up(&h, output, share, n, owners, total, error);
  if (status) return status;
  double part = h.by_owner[owner] / h.total;
  critmin_interval i = {part, part, part + h.by_owner[owners] / h.total};
  return give(&h, i, answer, error);
}
