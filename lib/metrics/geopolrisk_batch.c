/* SPDX-License-Identifier: MIT */
/*
 * GeoPolRisk of every importer of many markets in one pass over their flows. A market belongs to one thread, so sums keep
 * their order however many threads there are; its flows are found by halving, and looked at for order and range only
 * when they are summed.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
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
  double *known_risk, *has_risk; /* risk with 0 where there is none, and 1 or 0 */
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

/* The highest bit tells a number that is below zero, infinite or none: in the sign, or with one added to the exponent. */
static uint64_t mark_of(double x) {
  uint64_t bits;
  x += 0.0; /* a zero below zero is zero */
  memcpy(&bits, &x, sizeof bits);
  return bits | (bits + (UINT64_C(1) << 52));
}

static int is_bad_amount(double x) {
  return (int)(mark_of(x) >> 63);
}

/* Below zero is large without a sign. */
static int is_out_of_range(const batch *b, int32_t country) {
  return (uint32_t)country >= (uint32_t)b->countries;
}

/* The index of a market's production; below zero for input that is no amount. */
static double index_of(const batch *b, const double *production) {
  enum { LANES = 4 };
  double sum[LANES] = {0}, square[LANES] = {0};
  uint64_t mark = 0;
  int32_t c = 0;
  for (; c + LANES <= b->countries; c += LANES) {
    for (int lane = 0; lane < LANES; lane++) {
      double x = production[c + lane];
      mark |= mark_of(x);
      sum[lane] += x;
      square[lane] += x * x;
    }
  }
  for (; c < b->countries; c++) {
    mark |= mark_of(production[c]);
    sum[0] += production[c];
    square[0] += production[c] * production[c];
  }
  double total = (sum[0] + sum[2]) + (sum[1] + sum[3]), squares = (square[0] + square[2]) + (square[1] + square[3]);
  if (mark >> 63) return -1;
  return total > 0 ? squares / (total * total) : NAN;
}

/* Whether the flows of a market are in order and range: no branches, and marks as wide as what is marked, so that several
 * are looked at at once. */
static int are_flows(const batch *b, int64_t market, int64_t first, int64_t last) {
  const int32_t *importer = b->importer, *exporter = b->exporter, *of = b->market;
  const double *quantity = b->quantity;
  const uint32_t most = (uint32_t)b->countries - 1, m = (uint32_t)market;
  uint32_t sign = 0, other = 0;
  uint64_t amount = 0;
  for (int64_t i = first; i < last; i++) {
    uint32_t to = (uint32_t)importer[i], from = (uint32_t)exporter[i];
    sign |= to | (most - to) | from | (most - from); /* the highest bit: below zero, or more than the most */
    other |= (uint32_t)of[i] ^ m;
  }
  for (int64_t i = first + 1; i < last; i++) sign |= (uint32_t)importer[i] - (uint32_t)importer[i - 1];
  for (int64_t i = first; i < last; i++) amount |= mark_of(quantity[i]);
  return sign >> 31 == 0 && other == 0 && amount >> 63 == 0;
}

/* Sums of a market by importer, in a row each. */
static void add_up(const batch *b, int64_t market, int64_t first, int64_t last, double *imports, double *scored,
                   double *weighted) {
  const int32_t *importers = b->importer, *exporters = b->exporter;
  const double *quantity = b->quantity;
  const double *risk = b->known_risk + market % b->risk_rows * b->countries;
  const double *has_risk = b->has_risk + market % b->risk_rows * b->countries;
  memset(imports, 0, 3 * (size_t)b->countries * sizeof *imports);
  for (int64_t i = first; i < last;) {
    int32_t importer = importers[i];
    double all = 0, with_risk = 0, at_risk = 0;
    for (; i < last && importers[i] == importer; i++) {
      int32_t exporter = exporters[i];
      double q = exporter == importer ? 0 : quantity[i];
      all += q;
      with_risk += q * has_risk[exporter];
      at_risk += q * risk[exporter];
    }
    imports[importer] = all;
    scored[importer] = with_risk;
    weighted[importer] = at_risk;
  }
}

/* 1, or 0 when something of the market is out of order or range. */
static int one_market(const batch *b, int64_t market, int64_t first, int64_t last, double *sums) {
  const int32_t n = b->countries;
  const double *production = b->production + market * n;
  double *imports = sums, *scored = sums + n, *weighted = sums + 2 * n, *score = sums + 3 * n;
  double hhi = index_of(b, production), scale = b->cf ? b->price[market] * (1 / b->reference) : NAN;
  if (b->hhi) b->hhi[market] = hhi;
  if (hhi < 0 || !are_flows(b, market, first, last)) return 0;
  add_up(b, market, first, last, imports, scored, weighted);
  for (int32_t c = 0; c < n; c++) {
    double of = imports[c] > 0 ? scored[c] : 1; /* what is all made at home risks nothing */
    score[c] = weighted[c] / of * (imports[c] / (production[c] + imports[c])) * hhi;
  }
  if (b->score) memcpy(b->score + market * n, score, (size_t)n * sizeof *score);
  for (int32_t c = 0; c < n && b->cf; c++) b->cf[market * n + c] = score[c] * scale;
  return 1;
}

enum { FAULT = 1, NO_MEMORY = 2 };

static int32_t some_markets(void *user, int64_t first, int64_t last) {
  const batch *b = user;
  double *sums = cm_alloc_array((size_t)b->countries, 4 * sizeof *sums);
  int64_t from = first > 0 ? first_of(b, first) : 0, to;
  int32_t result = sums ? 0 : NO_MEMORY;
  for (int64_t m = first; m < last && !result; m++, from = to) {
    to = m + 1 < b->markets ? first_of(b, m + 1) : b->flows;
    if (to < from || !one_market(b, m, from, to, sums)) result = FAULT;
  }
  cm_free(sums);
  return result;
}

/* What of the input is at fault: something is. */
static critmin_status explain(const batch *b, critmin_error *error) {
  for (int64_t i = 0; i < (int64_t)b->markets * b->countries; i++) {
    if (!is_bad_amount(b->production[i])) continue;
    cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "production of country %lld in market %lld is %g; give 0 or more",
            (long long)(i % b->countries), (long long)(i / b->countries), b->production[i]);
    return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i / b->countries + 1, i % b->countries + 1);
  }
  int64_t i = 0;
  for (; i < b->flows; i++) {
    int32_t market = b->market[i], before = i > 0 ? b->market[i - 1] : -1;
    if (market < 0 || market >= b->markets || market < before) break;
    if (market == before && b->importer[i] < b->importer[i - 1]) break;
    if (is_out_of_range(b, b->importer[i]) || is_out_of_range(b, b->exporter[i]) || is_bad_amount(b->quantity[i])) break;
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
  batch b = {market, importer, exporter, quantity,  flows,     markets, countries, production,
             risk,   price,    risk_rows, reference, hhi,       score,   cf,        NULL, NULL};
  critmin_status status = check_risk(&b, error);
  if (status) return status;
  size_t cells = (size_t)risk_rows * (size_t)countries;
  b.known_risk = cm_alloc_array(cells, sizeof *b.known_risk);
  b.has_risk = cm_alloc_array(cells, sizeof *b.has_risk);
  for (size_t i = 0; i < cells && b.known_risk && b.has_risk; i++) {
    b.known_risk[i] = isnan(risk[i]) ? 0 : risk[i];
    b.has_risk[i] = isnan(risk[i]) ? 0 : 1;
  }
  int32_t ended = b.known_risk && b.has_risk ? cm_parallel(threads, markets, 16, some_markets, &b) : NO_MEMORY;
  if (ended) status = ended == NO_MEMORY ? cm_fail_memory(error) : explain(&b, error);
  cm_free(b.known_risk);
  cm_free(b.has_risk);
  return status ? status : cm_ok(error);
}
