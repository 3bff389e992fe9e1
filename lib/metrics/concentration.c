/* SPDX-License-Identifier: MIT */
/* Sums of squared shares: HHI, normalised and weighted by governance. */
#include <math.h>

#include "base/error.h"
#include "metrics/bounds.h"

static critmin_status fail(cm_market *market, critmin_status status) {
  cm_market_free(market);
  return status;
}

critmin_status critmin_hhi(const double *quantity, int64_t n, const critmin_supply *supply, critmin_answer *answer,
                           critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing) return cm_answer_write(answer, &market, NAN, NAN, NAN, 0, error);
  cm_extremes h;
  status = cm_extremes_find(&market, 2, NULL, &h, error);
  if (status) return fail(&market, status);
  return cm_answer_write(answer, &market, cm_residual_pick(&market, h.many, h.one), h.low, h.high, 0, error);
}

static double normalised(double hhi, double producers) {
  return producers > 1 ? fmax((hhi - 1 / producers) / (1 - 1 / producers), 0) : 1;
}

/*
 * The index grows with H at a fixed N, and with N at a fixed H: the ends of both give an interval that is never too narrow.
 * The high one is the least upper bound. Below 1 only markets of two producers or more lie.
 */
critmin_status critmin_hhi_normalised(const double *quantity, int64_t n, const critmin_supply *supply, critmin_answer *answer,
                                      critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  if (market.nothing || market.residual_high > 0)
    return cm_answer_write(answer, &market, NAN, NAN, NAN, market.nothing ? 0 : CRITMIN_FLAG_UNDEFINED, error);
  cm_extremes h, count;
  status = cm_extremes_find(&market, 2, NULL, &h, error);
  if (!status && !cm_count_find(&market, &count)) status = cm_fail_memory(error);
  if (status) return fail(&market, status);
  double low = normalised(h.low, count.high > 1 ? fmax(count.low, 2) : 1);
  double high = count.low > 1 ? normalised(h.high, count.high) : 1;
  if (market.contradiction) low = high = NAN;
  return cm_answer_write(answer, &market, normalised(h.one, count.one), low, high, 0, error);
}

critmin_status cm_weighted_index(cm_market *m, const cm_weights *w, const char *name, double scale, uint64_t flags,
                                 critmin_answer *answer, critmin_error *error) {
  uint64_t given = flags;
  if (!w->weight && m->n > 0) return fail(m, cm_fail_null(error, name));
  for (int64_t row = 0; row < m->n; row++) {
    if (w->weight[row] < 0 || w->weight[row] > w->highest) {
      cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "%s of producer %lld is %g; give 0 to %g, or NaN where there is none", name,
              (long long)row, w->weight[row], w->highest);
      return fail(m, cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, row + 1, 0));
    }
    double known = 1;
    if (isnan(w->weight[row]) && (!cm_market_known(m, row, &known) || known > 0)) flags |= CRITMIN_FLAG_WGI_IMPUTED;
  }
  if (m->nothing) return cm_answer_write(answer, m, NAN, NAN, NAN, given, error);
  cm_extremes h;
  critmin_status status = cm_extremes_find(m, 2, w, &h, error);
  if (status) return fail(m, status);
  double value = cm_residual_pick(m, h.many, h.one);
  if (isnan(value)) flags |= CRITMIN_FLAG_UNDEFINED; /* no producer has a score: nothing to take the mean of */
  return cm_answer_write(answer, m, value * scale, h.low * scale, h.high * scale, flags, error);
}

critmin_status critmin_hhi_wgi(const double *quantity, const double *governance, int64_t n, const critmin_supply *supply,
                               critmin_answer *answer, critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (!status) status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  cm_weights weights = {.weight = governance, .missing = NAN, .highest = 10, .unlisted = 10};
  return cm_weighted_index(&market, &weights, "governance", 1, 0, answer, error);
}

critmin_status critmin_hhi_wgi_t(const double *quantity, const double *governance, const double *trade, int64_t n,
                                 double trade_highest, const critmin_supply *supply, critmin_answer *answer,
                                 critmin_error *error) {
  cm_market market;
  critmin_status status = cm_answer_check(answer, error);
  if (status) return status;
  if (!trade && n > 0) return cm_fail_null(error, "trade");
  if (!(trade_highest > 0) || isinf(trade_highest))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "trade_highest is %g; give the greatest t of the table in use", trade_highest);
  for (int64_t row = 0; row < n; row++) {
    if (trade[row] >= 0 && trade[row] <= trade_highest) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "trade of producer %lld is %g; give 0 to trade_highest, %g; 1 where nothing applies",
            (long long)row, trade[row], trade_highest);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, row + 1, 0);
  }
  status = cm_market_read(&market, quantity, n, supply, error);
  if (status) return status;
  cm_weights weights = {
      .weight = governance, .factor = trade, .missing = NAN, .highest = 10, .unlisted = 10 * trade_highest};
  return cm_weighted_index(&market, &weights, "governance", 1, 0, answer, error);
}
