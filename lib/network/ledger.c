/* SPDX-License-Identifier: MIT */
/* What a company bought: origins that it knows, and the mix of the supplier's country where it does not. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/bill.h"
#include "network/trace.h"

static critmin_status purchase_fails(critmin_error *error, critmin_status status, int64_t i, const char *what) {
  cm_fail(error, status, "purchase %lld: %s", (long long)(i + 1), what);
  return cm_fail_at(error, status, i + 1, 0);
}

static critmin_status check(const critmin_network *n, int32_t stage, const int32_t *supplier, const double *tonnes,
                            const int32_t *origin, int64_t purchases, critmin_error *error) {
  if (!n) return cm_fail_null(error, "network");
  if (stage < 0 || stage >= n->stages)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "the network has no stage %d", (int)stage);
  if (purchases < 0 || (purchases && (!supplier || !tonnes)))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`supplier` and `tonnes` must not be null, nor `purchases` below 0");
  for (int64_t i = 0; i < purchases; i++) {
    if (supplier[i] < 0 || supplier[i] >= n->countries)
      return purchase_fails(error, CRITMIN_ERROR_ARGUMENT, i, "its supplier's country is out of range");
    if (origin && (origin[i] < -1 || origin[i] >= n->countries))
      return purchase_fails(error, CRITMIN_ERROR_ARGUMENT, i, "its origin is out of range; -1 where it is not known");
    if (isnan(tonnes[i])) return purchase_fails(error, CRITMIN_ERROR_MISSING_VALUE, i, "its tonnes are missing");
    if (tonnes[i] < 0) return purchase_fails(error, CRITMIN_ERROR_NEGATIVE, i, "its tonnes are below zero");
    if (isinf(tonnes[i])) return purchase_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, "its tonnes are not finite");
  }
  return CRITMIN_OK;
}

/* Tonnes by origin where it is known, and by supplier's country where it is not. */
static double sort_purchases(const int32_t *supplier, const double *tonnes, const int32_t *origin, int64_t purchases,
                             double *known, double *from, double *filled) {
  double total = 0;
  *filled = 0;
  for (int64_t i = 0; i < purchases; i++) {
    total += tonnes[i];
    if (origin && origin[i] >= 0) {
      known[origin[i]] += tonnes[i];
      continue;
    }
    from[supplier[i]] += tonnes[i];
    *filled += tonnes[i];
  }
  return total;
}

critmin_status critmin_ledger_origin(const critmin_network *network, int32_t stage, int32_t at, const int32_t *supplier,
                                     const double *tonnes, const int32_t *origin, int64_t purchases, double *share,
                                     double *other, double *unknown, double *imputed, critmin_error *error) {
  critmin_status status = check(network, stage, supplier, tonnes, origin, purchases, error);
  if (status != CRITMIN_OK) return status;
  if (!share) return cm_fail_null(error, "share");
  int32_t countries = network->countries;
  double *known = cm_alloc_array(2 * (size_t)countries, sizeof *known);
  int32_t *buyer = cm_alloc_array((size_t)countries, sizeof *buyer);
  cm_found found = {0};
  double filled = 0, total = 0;
  if (!known || !buyer) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) {
    total = sort_purchases(supplier, tonnes, origin, purchases, known, known + countries, &filled);
    for (int32_t c = 0; c < countries; c++) buyer[c] = c;
    critmin_trace trace;
    critmin_trace_init(&trace);
    trace.stage = stage;
    trace.at = at;
    trace.buyers = countries;
    trace.buyer = buyer;
    trace.weight = known + countries;
    status = cm_trace(network, &trace, (cm_way){0}, &found, error);
  }
  if (status == CRITMIN_OK) {
    /* Suppliers in countries with nothing on record sell what nobody knows. */
    double gap = filled > 0 && found.empty ? 1 : found.unknown, part = total > 0 ? filled / total : NAN;
    for (int32_t c = 0; c < countries; c++) {
      share[c] = total > 0 ? known[c] / total + part * found.share[c] : NAN;
      if (other) other[c] = part * found.other[c];
    }
    if (unknown) *unknown = part * gap;
    if (imputed) *imputed = part * (1 - gap);
    cm_found_free(&found);
  }
  cm_free(known);
  cm_free(buyer);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
