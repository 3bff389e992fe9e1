/* SPDX-License-Identifier: MIT */
/*
 * GeoPolRisk of every importer of many markets in one pass over their flows. A market belongs to one thread, so sums keep
 * their order however many threads there are; its flows are found by halving, and looked at for order and range only
 * when they are summed.
 */
#include <math.h>

#include "base/error.h"
#include "base/thread.h"
#include "critmin/criticality.h"

typedef struct batch {
  const int32_t *market, *importer, *exporter;
  const double *quantity;
  int64_t flows;
  int32_t markets, countries;
  const double *production, *risk, *price;
  int32_t risk_rows;
  double reference;
  double *hhi, *score, *cf;
} batch;

/* First flow of a market or of a later one. */
static int64_t first_of(const batch *b, int64_t market) {
  int64_t low = 0, high = b->flows;
  while (low < high) {
    int64_t middle = low + (high - low) / 2;
    if (b->market[middle] < market)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static int is_bad_amount(double x) {
  return !(x >= 0) || isinf(x);
}

static int is_bad_flow(const batch *b, int64_t market, int64_t first, int64_t i) {
  return b->market[i] != market || b->importer[i] < 0 || b->importer[i] >= b->countries || b->exporter[i] < 0 ||
         b->exporter[i] >= b->countries || (i > first && b->importer[i] < b->importer[i - 1]) ||
         is_bad_amount(b->quantity[i]);
}

static double index_of(const double *production, int32_t countries) {
  double sum = 0, squares = 0;
  for (int32_t c = 0; c < countries; c++) {
    sum += production[c];
    squares += production[c] * production[c];
  }
  return sum > 0 ? squares / (sum * sum) : NAN;
}

/* One importer's score: partners without a score count as the mean of the others by imports. */
static double score_of(double hhi, double production, double imports, double scored, double weighted) {
  double supply = production + imports;
  if (!(supply > 0)) return NAN;
  return (imports > 0 ? weighted / scored * (imports / supply) : 0) * hhi;
}

/* Sums the flows of one importer, which begin at a place; where they end, or -1 when one is out of order or range. */
static int64_t one_importer(const batch *b, int64_t market, int64_t first, int64_t i, int64_t last, double *imports,
                            double *scored, double *weighted) {
  const double *risk = b->risk + market % b->risk_rows * b->countries;
  int32_t importer = b->importer[i];
  *imports = *scored = *weighted = 0;
  for (; i < last && b->importer[i] == importer; i++) {
    if (is_bad_flow(b, market, first, i)) return -1;
    if (b->exporter[i] == importer) continue;
    double q = b->quantity[i], r = risk[b->exporter[i]];
    *imports += q;
    *scored += isnan(r) ? 0 : q;
    *weighted += isnan(r) ? 0 : q * r;
  }
  return i;
}

static void put(const batch *b, int64_t market, int32_t importer, double score) {
  int64_t at = market * b->countries + importer;
  if (b->score) b->score[at] = score;
  if (b->cf) b->cf[at] = score * b->price[market] * (1 / b->reference);
}

/* 1, or 0 when something of the market is out of order or range. */
static int one_market(const batch *b, int64_t market, int64_t first, int64_t last) {
  const double *production = b->production + market * b->countries;
  double hhi = index_of(production, b->countries), imports, scored, weighted;
  if (b->hhi) b->hhi[market] = hhi;
  for (int32_t c = 0; c < b->countries; c++) {
    if (is_bad_amount(production[c])) return 0;
    put(b, market, c, score_of(hhi, production[c], 0, 0, 0));
  }
  for (int64_t i = first, next; i < last; i = next) {
    next = one_importer(b, market, first, i, last, &imports, &scored, &weighted);
    if (next < 0) return 0;
    int32_t importer = b->importer[i];
    put(b, market, importer, score_of(hhi, production[importer], imports, scored, weighted));
  }
  return 1;
}

static int32_t some_markets(void *user, int64_t first, int64_t last) {
  const batch *b = user;
  int64_t from = first > 0 ? first_of(b, first) : 0, to;
  for (int64_t m = first; m < last; m++, from = to) {
    to = m + 1 < b->markets ? first_of(b, m + 1) : b->flows;
    if (to < from || !one_market(b, m, from, to)) return 1;
  }
  return 0;
}

/* What of the input is at fault: something is. */
static critmin_status explain(const batch *b, critmin_error *error) {
  for (int64_t i = 0; i < (int64_t)b->markets * b->countries; i++) {
    if (!is_bad_amount(b->production[i])) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "production of country %lld in market %lld is %g; give 0 or more",
            (long long)(i % b->countries), (long long)(i / b->countries), b->production[i]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i / b->countries + 1, i % b->countries + 1);
  }
  int64_t i = 0, first = 0;
  for (; i < b->flows; i++) {
    if (i > 0 && b->market[i] != b->market[i - 1]) first = i;
    if (b->market[i] < 0 || b->market[i] >= b->markets || (i > 0 && b->market[i] < b->market[i - 1])) break;
    if (is_bad_flow(b, b->market[i], first, i)) break;
  }
  int is_amount = i < b->flows && is_bad_amount(b->quantity[i]);
  critmin_status status = is_amount ? CRITMIN_ERROR_INVALID_VALUE : CRITMIN_ERROR_ARGUMENT;
  cm_fail(error, status, "flow %lld %s", (long long)(i + 1),
          is_amount ? "is no amount; give 0 or more"
                    : "has a market or country that is out of range, or does not stand sorted by market and importer");
  return cm_fail_at(error, status, i + 1, 0);
}

static critmin_status check_risk(const batch *b, critmin_error *error) {
  for (int64_t i = 0; i < (int64_t)b->risk_rows * b->countries; i++) {
    if (!(b->risk[i] < 0 || b->risk[i] > 1)) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
            "risk of country %lld in row %lld is %g; give 0 to 1, or NaN where there is none",
            (long long)(i % b->countries), (long long)(i / b->countries), b->risk[i]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i / b->countries + 1, i % b->countries + 1);
  }
  if (b->cf && (!(b->reference > 0) || isinf(b->reference)))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "reference is %g; give a midpoint above zero", b->reference);
  return CRITMIN_OK;
}

critmin_status critmin_geopolrisk_batch(const int32_t *market, const int32_t *importer, const int32_t *exporter,
                                        const double *quantity, int64_t flows, int32_t markets, int32_t countries,
                                        const double *production, const double *risk, int32_t risk_rows,
                                        const double *price, double reference, double *hhi, double *score, double *cf,
                                        int32_t threads, critmin_error *error) {
  if (flows < 0 || markets < 1 || countries < 1 || risk_rows < 1 || threads < 0)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "flows and threads must be at least 0, markets, countries and risk_rows at least 1");
  if (flows && (!market || !importer || !exporter || !quantity))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "market, importer, exporter and quantity must not be null");
  if (!production || !risk) return cm_fail_null(error, production ? "risk" : "production");
  if (cf && !price) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "factors are wanted, and price is null");
  batch b = {market,     importer, exporter, quantity, flows, markets,   countries,
             production, risk,     price,    risk_rows, reference, hhi, score, cf};
  critmin_status status = check_risk(&b, error);
  if (status) return status;
  if (cm_parallel(threads, markets, 16, some_markets, &b)) return explain(&b, error);
  return cm_ok(error);
}
