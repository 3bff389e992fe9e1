/* SPDX-License-Identifier: MIT */
/*
 * One pass over flows sorted by market and importer. A market belongs to one thread, so sums keep their order however many threads
 * there are. A country alone is settled when its run of rows ends; only groups of several keep a row of sums for the market.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/thread.h"
#include "critmin/dependency.h"

typedef struct batch {
  const int32_t *market, *importer, *exporter;
  const double *quantity;
  int64_t flows;
  int32_t markets, countries;
  const double *governance;
  int32_t governance_rows;
  const int32_t *group;
  int32_t groups;
  double *import_hhi, *import_risk, *group_hhi, *group_top, *group_net;
  int64_t *start;     /* first flow of each market, and one past the last */
  int32_t *wide_slot; /* of each group: its row among the groups of several countries, or -1 */
  int32_t *wide;      /* the groups of several countries */
  int32_t n_wide;
} batch;

/* What one thread sums in. */
typedef struct sums {
  double *by_group;  /* deliveries to the current importer, by supplying group */
  int32_t *touched;
  double *wide_rows; /* the same for each wide group, over the whole market */
} sums;

/* Index and largest share of `n` sums of which some are zero. */
static void settle(double total, double squares, double largest, double *hhi, double *top, int64_t at) {
  if (hhi) hhi[at] = total > 0 ? squares / (total * total) : NAN;
  if (top) top[at] = total > 0 ? largest / total : NAN;
}

static void countries_of_market(const batch *b, int32_t market) {
  int64_t row = (int64_t)market * b->countries;
  for (int32_t c = 0; c < b->countries; c++) {
    if (b->import_hhi) b->import_hhi[row + c] = NAN;
    if (b->import_risk) b->import_risk[row + c] = NAN;
  }
}

static void groups_of_market(const batch *b, int32_t market) {
  int64_t row = (int64_t)market * b->groups;
  for (int32_t g = 0; g < b->groups; g++) {
    if (b->group_hhi) b->group_hhi[row + g] = NAN;
    if (b->group_top) b->group_top[row + g] = NAN;
    if (b->group_net) b->group_net[row + g] = 0;
  }
}

/* One importer's rows, first to last: its own results, and its group's or what it adds to it. */
static void one_importer(const batch *b, sums *s, int32_t market, int64_t first, int64_t last) {
  int32_t importer = b->importer[first];
  double total = 0, squares = 0, weighted = 0;
  const double *weights =
      b->governance ? b->governance + (int64_t)(market % b->governance_rows) * b->countries : NULL;
  if (b->import_hhi || b->import_risk) {
    for (int64_t i = first; i < last; i++) {
      if (b->exporter[i] == importer) continue;
      double q = b->quantity[i];
      total += q;
      squares += q * q;
      if (weights) weighted += q * weights[b->exporter[i]];
    }
    int64_t at = (int64_t)market * b->countries + importer;
    if (b->import_hhi) b->import_hhi[at] = total > 0 ? squares / (total * total) : NAN;
    if (b->import_risk) b->import_risk[at] = total > 0 ? weighted / total : NAN;
  }
  if (!b->group) return;
  int32_t mine = b->group[importer], slot = b->wide_slot[mine];
  double *to = slot < 0 ? s->by_group : s->wide_rows + (int64_t)slot * b->groups;
  int64_t groups_row = (int64_t)market * b->groups;
  int32_t n = 0;
  total = 0;
  for (int64_t i = first; i < last; i++) {
    int32_t theirs = b->group[b->exporter[i]];
    double q = b->quantity[i];
    if (theirs == mine || q == 0) continue;
    if (slot < 0) {
      if (to[theirs] == 0) s->touched[n++] = theirs;
      total += q;
    }
    to[theirs] += q;
    if (b->group_net) {
      b->group_net[groups_row + mine] += q;
      b->group_net[groups_row + theirs] -= q;
    }
  }
  if (slot >= 0) return;
  double largest = 0;
  squares = 0;
  for (int32_t i = 0; i < n; i++) {
    double q = to[s->touched[i]];
    squares += q * q;
    if (q > largest) largest = q;
    to[s->touched[i]] = 0;
  }
  settle(total, squares, largest, b->group_hhi, b->group_top, groups_row + mine);
}

static void wide_groups(const batch *b, sums *s, int32_t market) {
  for (int32_t w = 0; w < b->n_wide; w++) {
    double *from = s->wide_rows + (int64_t)w * b->groups;
    double total = 0, squares = 0, largest = 0;
    for (int32_t g = 0; g < b->groups; g++) {
      total += from[g];
      squares += from[g] * from[g];
      if (from[g] > largest) largest = from[g];
      from[g] = 0;
    }
    settle(total, squares, largest, b->group_hhi, b->group_top, (int64_t)market * b->groups + b->wide[w]);
  }
}

static int32_t markets(void *user, int64_t first, int64_t last) {
  const batch *b = user;
  sums s = {0};
  size_t groups = b->group ? (size_t)b->groups : 0;
  s.by_group = cm_alloc_array(groups, sizeof *s.by_group);
  s.touched = cm_alloc_array(groups, sizeof *s.touched);
  s.wide_rows = cm_alloc_array(groups * (size_t)b->n_wide, sizeof *s.wide_rows);
  int32_t failed = !s.by_group || !s.touched || !s.wide_rows;
  for (int64_t m = first; m < last && !failed; m++) {
    int32_t market = (int32_t)m;
    countries_of_market(b, market);
    if (b->group) groups_of_market(b, market);
    for (int64_t i = b->start[m]; i < b->start[m + 1];) {
      int64_t end = i + 1;
      while (end < b->start[m + 1] && b->importer[end] == b->importer[i]) end++;
      one_importer(b, &s, market, i, end);
      i = end;
    }
    if (b->group) wide_groups(b, &s, market);
  }
  cm_free(s.by_group);
  cm_free(s.touched);
  cm_free(s.wide_rows);
  return failed;
}

static critmin_status row_fails(critmin_error *error, int64_t row, const char *what) {
  cm_fail(error, CRITMIN_ERROR_ARGUMENT, "flow %lld: %s", (long long)(row + 1), what);
  return cm_fail_at(error, CRITMIN_ERROR_ARGUMENT, row + 1, 0);
}

/* Finds where each market starts, and that every row is in range and in order. */
static critmin_status index_flows(batch *b, critmin_error *error) {
  int32_t at = -1;
  for (int64_t i = 0; i < b->flows; i++) {
    int32_t m = b->market[i];
    if (m < 0 || m >= b->markets) return row_fails(error, i, "its market is out of range");
    if (b->importer[i] < 0 || b->importer[i] >= b->countries || b->exporter[i] < 0 || b->exporter[i] >= b->countries)
      return row_fails(error, i, "a country is out of range");
    if (m < at || (m == at && b->importer[i] < b->importer[i - 1]))
      return row_fails(error, i, "flows must come sorted by market and importer");
    while (at < m) b->start[++at] = i;
  }
  while (at < b->markets) b->start[++at] = b->flows;
  return CRITMIN_OK;
}

static critmin_status index_groups(batch *b, critmin_error *error) {
  if (!b->group) return CRITMIN_OK;
  for (int32_t c = 0; c < b->countries; c++) {
    if (b->group[c] < 0 || b->group[c] >= b->groups)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "country %d: its group is out of range", (int)c);
    b->wide_slot[b->group[c]]++;
  }
  for (int32_t g = 0; g < b->groups; g++) {
    int several = b->wide_slot[g] > 1;
    b->wide_slot[g] = several ? b->n_wide : -1;
    if (several) b->wide[b->n_wide++] = g;
  }
  return CRITMIN_OK;
}

critmin_status critmin_dependency_batch(const int32_t *market, const int32_t *importer, const int32_t *exporter,
                                        const double *quantity, int64_t flows, int32_t n_markets, int32_t countries,
                                        const double *governance, int32_t governance_rows, const int32_t *group,
                                        int32_t groups, double *import_hhi, double *import_risk, double *group_hhi,
                                        double *group_top, double *group_net_imports, int32_t threads,
                                        critmin_error *error) {
  if (flows < 0 || n_markets < 1 || countries < 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "flows must be at least 0, markets and countries at least 1");
  if (flows && (!market || !importer || !exporter || !quantity))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "market, importer, exporter and quantity must not be null");
  if (import_risk && (!governance || governance_rows < 1))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "import_risk needs governance with at least one row");
  if ((group_hhi || group_top || group_net_imports) && (!group || groups < 1))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "results of groups need `group` with at least one group");
  int of_groups = group_hhi || group_top || group_net_imports;
  batch b = {market, importer, exporter, quantity, flows, n_markets, countries, import_risk ? governance : NULL, governance_rows,
             of_groups ? group : NULL, of_groups ? groups : 0, import_hhi, import_risk, group_hhi, group_top, group_net_imports,
             NULL, NULL, NULL, 0};
  b.start = cm_alloc_array((size_t)n_markets + 1, sizeof *b.start);
  b.wide_slot = cm_alloc_array((size_t)b.groups, sizeof *b.wide_slot);
  b.wide = cm_alloc_array((size_t)b.groups, sizeof *b.wide);
  critmin_status status = CRITMIN_OK;
  if (!b.start || !b.wide_slot || !b.wide) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) status = index_flows(&b, error);
  if (status == CRITMIN_OK) status = index_groups(&b, error);
  if (status == CRITMIN_OK && cm_parallel(threads, n_markets, 16, markets, &b)) status = cm_fail_memory(error);
  cm_free(b.start);
  cm_free(b.wide_slot);
  cm_free(b.wide);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
