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

typedef struct batch batch;
typedef int (*one_market)(const batch *b, int64_t market, int64_t first, int64_t last, double *sums);

struct batch {
  const int32_t *market, *importer, *exporter;
  const double *quantity;
  int64_t flows;
  int32_t markets, countries;
  const double *production, *risk, *price;
  int32_t risk_rows;
  double reference;
  double *hhi, *score, *cf;
  double *known_risk, *has_risk; /* risk with 0 where there is none, and 1 or 0 */
  one_market one_market;
};

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

#define LEVEL plain
#define TARGET
#include "metrics/geopolrisk_pass.inc"

#if defined(__x86_64__)
#define LEVEL avx2
#define TARGET __attribute__((target("avx2")))
#include "metrics/geopolrisk_pass.inc"

static one_market choose(void) {
  return __builtin_cpu_supports("avx2") ? one_market_avx2 : one_market_plain;
}
#else
static one_market choose(void) {
  return one_market_plain;
}
#endif

enum { FAULT = 1, NO_MEMORY = 2 };

static int32_t some_markets(void *user, int64_t first, int64_t last) {
  const batch *b = user;
  double *sums = cm_alloc_array((size_t)b->countries, 4 * sizeof *sums);
  int64_t from = first > 0 ? first_of(b, first) : 0, to;
  int32_t result = sums ? 0 : NO_MEMORY;
  for (int64_t m = first; m < last && !result; m++, from = to) {
    to = m + 1 < b->markets ? first_of(b, m + 1) : b->flows;
    if (to < from || !b->one_market(b, m, from, to, sums)) result = FAULT;
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
             risk,   price,    risk_rows, reference, hhi,       score,   cf,        NULL, NULL, choose()};
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
