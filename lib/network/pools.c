/* SPDX-License-Identifier: MIT */
/* The pools of one stage: flows by importer, totals, and what must have come from elsewhere. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "network/network.h"

static critmin_status flow_fails(critmin_error *error, critmin_status status, int64_t row, const char *what) {
  cm_fail(error, status, "flow %lld: %s", (long long)(row + 1), what);
  return cm_fail_at(error, status, row + 1, 0);
}

static critmin_status country_fails(critmin_error *error, critmin_status status, int32_t country, const char *what) {
  cm_fail(error, status, "country %d: %s", (int)country, what);
  return cm_fail_at(error, status, (int64_t)country + 1, 0);
}

static critmin_status check_flows(const critmin_network_stage *g, int32_t countries, critmin_error *error) {
  for (int64_t i = 0; i < g->flows; i++) {
    if (g->importer[i] < 0 || g->importer[i] >= countries || g->exporter[i] < 0 || g->exporter[i] >= countries)
      return flow_fails(error, CRITMIN_ERROR_ARGUMENT, i, "a country is out of range");
    if (isnan(g->quantity[i]))
      return flow_fails(error, CRITMIN_ERROR_MISSING_VALUE, i,
                        "its quantity is missing; leave it out, which makes it unknown, or give an estimate");
    if (isinf(g->quantity[i])) return flow_fails(error, CRITMIN_ERROR_INVALID_VALUE, i, "its quantity is not finite");
    if (g->quantity[i] < 0) return flow_fails(error, CRITMIN_ERROR_NEGATIVE, i, "its quantity is below zero");
  }
  return CRITMIN_OK;
}

static int counts(const critmin_network_stage *g, int64_t i) {
  return g->importer[i] != g->exporter[i] && g->quantity[i] > 0;
}

/*
 * Two passes of counting sort, by exporter and then by importer, leave the flows of each importer in order of exporter;
 * those of one pair then stand side by side and are added up.
 */
static int sort_flows(cm_stage *s, const critmin_network_stage *g, int32_t countries) {
  int64_t *start = cm_alloc_array((size_t)countries + 1, sizeof *start);
  int64_t *by_exporter = cm_alloc_array((size_t)g->flows, sizeof *by_exporter);
  s->flow.start = cm_alloc_array((size_t)countries + 1, sizeof *s->flow.start);
  int done = 0;
  if (!start || !by_exporter || !s->flow.start) goto end;
  int64_t n = 0;
  for (int64_t i = 0; i < g->flows; i++)
    if (counts(g, i)) start[g->exporter[i] + 1]++, s->flow.start[g->importer[i] + 1]++, n++;
  for (int32_t c = 0; c < countries; c++) start[c + 1] += start[c], s->flow.start[c + 1] += s->flow.start[c];
  s->flow.country = cm_alloc_array((size_t)n, sizeof *s->flow.country);
  s->flow.value = cm_alloc_array((size_t)n, sizeof *s->flow.value);
  if (!s->flow.country || !s->flow.value) goto end;
  for (int64_t i = 0; i < g->flows; i++)
    if (counts(g, i)) by_exporter[start[g->exporter[i]]++] = i;
  memcpy(start, s->flow.start, ((size_t)countries + 1) * sizeof *start);
  for (int64_t k = 0; k < n; k++) {
    int64_t i = by_exporter[k], at = start[g->importer[i]]++;
    s->flow.country[at] = g->exporter[i];
    s->flow.value[at] = g->quantity[i];
  }
  int64_t to = 0;
  for (int32_t c = 0; c < countries; c++) {
    int64_t first = s->flow.start[c], end = s->flow.start[c + 1];
    s->flow.start[c] = to;
    for (int64_t i = first; i < end; i++) {
      if (i > first && s->flow.country[i] == s->flow.country[to - 1]) {
        s->flow.value[to - 1] += s->flow.value[i];
        continue;
      }
      s->flow.country[to] = s->flow.country[i];
      s->flow.value[to++] = s->flow.value[i];
    }
  }
  s->flow.start[countries] = to;
  done = 1;
end:
  cm_free(start);
  cm_free(by_exporter);
  return done;
}

static critmin_status total_shares(cm_stage *s, int32_t countries, critmin_error *error) {
  for (int32_t c = 0; c < countries; c++) {
    double known = s->output[c] + s->secondary[c] + s->imports[c];
    if (known > 1 + 1e-9)
      return country_fails(error, CRITMIN_ERROR_SHARE_RANGE, c, "the shares of its pool add up to more than 1");
    s->unknown[c] = known > 0 && 1 - known > CM_ROUNDING ? 1 - known : 0;
    s->total[c] = known + s->unknown[c];
    s->exports[c] = NAN;
  }
  return CRITMIN_OK;
}

static void total_tonnes(cm_stage *s, const critmin_network_stage *g, const double *intake, int32_t countries) {
  for (int32_t c = 0; c < countries; c++) {
    double use = g->use && g->use[c] > intake[c] ? g->use[c] : intake[c];
    double supply = s->output[c] + s->secondary[c] + s->imports[c], drawn = s->exports[c] + use;
    s->unknown[c] = drawn - supply > CM_ROUNDING * drawn ? drawn - supply : 0;
    s->total[c] = supply + s->unknown[c];
    /* Sums in another order: what leaves is not to exceed what there is by a rounding. */
    if (s->exports[c] > s->total[c]) s->exports[c] = s->total[c];
  }
}

critmin_status cm_stage_pools(cm_stage *s, const critmin_network_stage *g, const double *intake, int32_t countries,
                              critmin_error *error) {
  critmin_status status = check_flows(g, countries, error);
  if (status != CRITMIN_OK) return status;
  for (int32_t c = 0; g->use && c < countries; c++) {
    if (isinf(g->use[c])) return country_fails(error, CRITMIN_ERROR_INVALID_VALUE, c, "use is not finite");
    if (g->use[c] < 0)
      return country_fails(error, CRITMIN_ERROR_NEGATIVE, c,
                           "use is below zero; where a balance comes out so, its use is not known");
  }
  size_t n = (size_t)countries;
  s->imports = cm_alloc_array(n, sizeof *s->imports);
  s->exports = cm_alloc_array(n, sizeof *s->exports);
  s->unknown = cm_alloc_array(n, sizeof *s->unknown);
  s->total = cm_alloc_array(n, sizeof *s->total);
  if (!s->imports || !s->exports || !s->unknown || !s->total || !sort_flows(s, g, countries))
    return cm_fail_memory(error);
  for (int32_t c = 0; c < countries; c++)
    for (int64_t i = s->flow.start[c]; i < s->flow.start[c + 1]; i++) {
      s->imports[c] += s->flow.value[i];
      s->exports[s->flow.country[i]] += s->flow.value[i];
    }
  if (s->in_shares) return total_shares(s, countries, error);
  total_tonnes(s, g, intake, countries);
  return CRITMIN_OK;
}
