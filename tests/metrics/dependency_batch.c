/* SPDX-License-Identifier: MIT */
/* Many markets at once: against sums done one by one, and the laws of netting. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "critmin/dependency.h"
#include "suites.h"

enum { MARKETS = 5, COUNTRIES = 12, GROUPS = 7, FLOWS_MAX = MARKETS * COUNTRIES * COUNTRIES };

typedef struct flows {
  int32_t market[FLOWS_MAX], importer[FLOWS_MAX], exporter[FLOWS_MAX];
  double quantity[FLOWS_MAX];
  int64_t n;
  double governance[2 * COUNTRIES];
  int32_t group[COUNTRIES];
} flows;

static double random_unit(uint64_t *state) {
  *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(*state >> 11) / 9007199254740992.0;
}

static void make(flows *f, uint64_t seed) {
  uint64_t state = seed;
  f->n = 0;
  for (int32_t m = 0; m < MARKETS; m++)
    for (int32_t i = 0; i < COUNTRIES; i++)
      for (int32_t e = 0; e < COUNTRIES; e++) {
        if (m == 3 || random_unit(&state) > 0.4) continue; /* market 3 has no trade */
        f->market[f->n] = m, f->importer[f->n] = i, f->exporter[f->n] = e;
        f->quantity[f->n++] = random_unit(&state) < 0.1 ? 0 : 1000 * random_unit(&state);
      }
  for (int i = 0; i < 2 * COUNTRIES; i++) f->governance[i] = 10 * random_unit(&state);
  for (int32_t c = 0; c < COUNTRIES; c++) f->group[c] = c < 4 ? 0 : c < 7 ? 1 : c - 5; /* two groups of several, five alone */
}

typedef struct results {
  double hhi[MARKETS * COUNTRIES], risk[MARKETS * COUNTRIES];
  double group_hhi[MARKETS * GROUPS], top[MARKETS * GROUPS], net[MARKETS * GROUPS];
} results;

static critmin_status run(const flows *f, int32_t threads, results *r, critmin_error *e) {
  return critmin_dependency_batch(f->market, f->importer, f->exporter, f->quantity, f->n, MARKETS, COUNTRIES, f->governance, 2,
                                  f->group, GROUPS, r->hhi, r->risk, r->group_hhi, r->top, r->net, threads, e);
}

static void same(double a, double b) {
  if (isnan(a) || isnan(b)) ck_assert(isnan(a) && isnan(b));
  else ck_assert_double_eq_tol(a, b, 1e-9 * (1 + fabs(b)));
}

START_TEST(results_are_those_of_sums_done_one_by_one) {
  flows f;
  results r;
  critmin_error e;
  make(&f, 7);
  ck_assert_int_eq(run(&f, 2, &r, &e), CRITMIN_OK);
  for (int m = 0; m < MARKETS; m++) {
    double matrix[COUNTRIES][COUNTRIES] = {{0}}, of_groups[GROUPS][GROUPS] = {{0}};
    for (int64_t i = 0; i < f.n; i++) {
      if (f.market[i] != m) continue;
      if (f.importer[i] != f.exporter[i]) matrix[f.importer[i]][f.exporter[i]] += f.quantity[i];
      int32_t to = f.group[f.importer[i]], from = f.group[f.exporter[i]];
      if (to != from) of_groups[to][from] += f.quantity[i];
    }
    for (int i = 0; i < COUNTRIES; i++) {
      double total = 0, squares = 0, weighted = 0;
      for (int x = 0; x < COUNTRIES; x++) {
        total += matrix[i][x], squares += matrix[i][x] * matrix[i][x];
        weighted += matrix[i][x] * f.governance[m % 2 * COUNTRIES + x];
      }
      same(r.hhi[m * COUNTRIES + i], total > 0 ? squares / (total * total) : NAN);
      same(r.risk[m * COUNTRIES + i], total > 0 ? weighted / total : NAN);
    }
    for (int g = 0; g < GROUPS; g++) {
      double total = 0, squares = 0, largest = 0, sold = 0;
      for (int x = 0; x < GROUPS; x++) {
        double q = of_groups[g][x];
        total += q, squares += q * q, largest = q > largest ? q : largest, sold += of_groups[x][g];
      }
      same(r.group_hhi[m * GROUPS + g], total > 0 ? squares / (total * total) : NAN);
      same(r.top[m * GROUPS + g], total > 0 ? largest / total : NAN);
      same(r.net[m * GROUPS + g], total - sold);
    }
  }
}
END_TEST

START_TEST(a_group_of_all_countries_imports_nothing) {
  flows f;
  results r;
  critmin_error e;
  make(&f, 8);
  memset(f.group, 0, sizeof f.group);
  ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_OK);
  for (int m = 0; m < MARKETS; m++) {
    ck_assert_double_nan(r.group_hhi[m * GROUPS]);
    ck_assert_double_nan(r.top[m * GROUPS]);
    ck_assert_double_eq(r.net[m * GROUPS], 0);
  }
}
END_TEST

START_TEST(a_group_does_not_change_when_two_members_are_merged) {
  flows f;
  results before, after;
  critmin_error e;
  make(&f, 9);
  ck_assert_int_eq(run(&f, 1, &before, &e), CRITMIN_OK);
  /* Country 1 becomes country 0, which is in its group; rows are put in order again. */
  flows merged = f;
  merged.n = 0;
  for (int32_t m = 0; m < MARKETS; m++)
    for (int32_t i = 0; i < COUNTRIES; i++)
      for (int64_t row = 0; row < f.n; row++) {
        int32_t importer = f.importer[row] == 1 ? 0 : f.importer[row];
        if (f.market[row] != m || importer != i) continue;
        merged.market[merged.n] = m, merged.importer[merged.n] = importer;
        merged.exporter[merged.n] = f.exporter[row] == 1 ? 0 : f.exporter[row];
        merged.quantity[merged.n++] = f.quantity[row];
      }
  ck_assert_int_eq(run(&merged, 1, &after, &e), CRITMIN_OK);
  for (int i = 0; i < MARKETS * GROUPS; i++) {
    same(after.group_hhi[i], before.group_hhi[i]);
    same(after.top[i], before.top[i]);
    same(after.net[i], before.net[i]);
  }
}
END_TEST

/* What members deliver to one another is nothing that the group brings in. */
START_TEST(a_group_brings_in_no_more_than_its_members_do) {
  int less = 0;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    flows f;
    results r;
    critmin_error e;
    int32_t alone[COUNTRIES];
    double net[MARKETS * COUNTRIES];
    make(&f, seed);
    for (int32_t c = 0; c < COUNTRIES; c++) alone[c] = c;
    ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_OK);
    ck_assert_int_eq(critmin_dependency_batch(f.market, f.importer, f.exporter, f.quantity, f.n, MARKETS, COUNTRIES, NULL, 0,
                                              alone, COUNTRIES, NULL, NULL, NULL, NULL, net, 1, &e),
                     CRITMIN_OK);
    for (int m = 0; m < MARKETS; m++) {
      double sum[GROUPS] = {0}, exact[GROUPS] = {0};
      for (int c = 0; c < COUNTRIES; c++) {
        sum[f.group[c]] += fmax(0, net[m * COUNTRIES + c]);
        exact[f.group[c]] += net[m * COUNTRIES + c];
      }
      for (int g = 0; g < GROUPS; g++) {
        double group = r.net[m * GROUPS + g];
        ck_assert_msg(fmax(0, group) <= sum[g] + 1e-9, "market %d, group %d: %g above %g", m, g, group, sum[g]);
        same(group, exact[g]);
        less += fmax(0, group) < sum[g] - 1;
      }
    }
  }
  ck_assert_int_gt(less, 20);
}
END_TEST

START_TEST(net_imports_of_all_groups_cancel) {
  flows f;
  results r;
  critmin_error e;
  make(&f, 10);
  ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_OK);
  for (int m = 0; m < MARKETS; m++) {
    double sum = 0;
    for (int g = 0; g < GROUPS; g++) sum += r.net[m * GROUPS + g];
    ck_assert_double_eq_tol(sum, 0, 1e-9);
  }
}
END_TEST

START_TEST(the_bits_do_not_depend_on_threads) {
  flows f;
  results one, many;
  critmin_error e;
  make(&f, 11);
  ck_assert_int_eq(run(&f, 1, &one, &e), CRITMIN_OK);
  const int32_t threads[] = {2, 3, 8};
  for (int i = 0; i < 3; i++) {
    ck_assert_int_eq(run(&f, threads[i], &many, &e), CRITMIN_OK);
    ck_assert_mem_eq(&one, &many, sizeof one);
  }
}
END_TEST

START_TEST(flows_out_of_order_or_range_are_refused_with_their_row) {
  flows f;
  results r;
  critmin_error e;
  make(&f, 12);
  f.market[f.n - 1] = MARKETS;
  ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(e.row, f.n);
  make(&f, 12);
  f.market[5] = 1;
  ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(e.row, 7);
  make(&f, 12);
  f.exporter[2] = -1;
  ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(e.row, 3);
  make(&f, 12);
  f.group[3] = GROUPS;
  ck_assert_int_eq(run(&f, 1, &r, &e), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_dependency_batch(f.market, f.importer, f.exporter, f.quantity, f.n, MARKETS, COUNTRIES, NULL, 0, NULL, 0,
                                            NULL, r.risk, NULL, NULL, NULL, 1, &e),
                   CRITMIN_ERROR_ARGUMENT);
}
END_TEST

static int32_t attempt(void *user) {
  results r;
  critmin_error e;
  return run(user, 1, &r, &e);
}

START_TEST(no_allocation_that_fails_does_harm) {
  flows f;
  make(&f, 13);
  fail_each_allocation(attempt, &f);
}
END_TEST

Suite *suite_dependency_batch(void) {
  Suite *suite = suite_create("dependency batch");
  TCase *tcase = tcase_create("batch");
  tcase_add_test(tcase, results_are_those_of_sums_done_one_by_one);
  tcase_add_test(tcase, a_group_of_all_countries_imports_nothing);
  tcase_add_test(tcase, a_group_does_not_change_when_two_members_are_merged);
  tcase_add_test(tcase, a_group_brings_in_no_more_than_its_members_do);
  tcase_add_test(tcase, net_imports_of_all_groups_cancel);
  tcase_add_test(tcase, the_bits_do_not_depend_on_threads);
  tcase_add_test(tcase, flows_out_of_order_or_range_are_refused_with_their_row);
  tcase_add_test(tcase, no_allocation_that_fails_does_harm);
  suite_add_tcase(suite, tcase);
  return suite;
}
