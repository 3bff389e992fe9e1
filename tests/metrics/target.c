/* SPDX-License-Identifier: MIT */
/* Benchmarks and times to a target, and re-exports taken out of a balance. */
#include <string.h>

#include "critmin/target.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

START_TEST(a_third_country_above_the_cap_leaves_tonnes_to_re_source) {
  critmin_interval from = exactly(720), consumption = exactly(1000);
  critmin_answer share, gap;
  critmin_answer_init(&share);
  critmin_answer_init(&gap);
  ANSWER(tonnes, critmin_crma_benchmark(CRITMIN_CRMA_IMPORTS, &from, &consumption, &share, &gap, &tonnes, &error_));
  NEAR(share.value, .72);
  NEAR(gap.value, .07);
  NEAR(tonnes.value, 70);
}
END_TEST

START_TEST(capacity_below_a_floor_leaves_tonnes_to_build) {
  static const double floors[] = {.10, .40, .25};
  critmin_interval capacity = exactly(50), consumption = exactly(1000);
  for (int32_t b = CRITMIN_CRMA_EXTRACTION; b <= CRITMIN_CRMA_RECYCLING; b++) {
    ANSWER(tonnes, critmin_crma_benchmark(b, &capacity, &consumption, NULL, NULL, &tonnes, &error_));
    NEAR(tonnes.value, 1000 * floors[b] - 50);
  }
  critmin_interval plenty = exactly(500);
  ANSWER(met, critmin_crma_benchmark(CRITMIN_CRMA_PROCESSING, &plenty, &consumption, NULL, &met, NULL, &error_));
  ck_assert_double_eq(met.value, 0);
}
END_TEST

START_TEST(the_ends_of_a_benchmark_are_those_of_all_corners) {
  critmin_interval amount = between(80, 120), consumption = between(900, 1500);
  critmin_answer share, gap;
  critmin_answer_init(&share);
  critmin_answer_init(&gap);
  ANSWER(tonnes, critmin_crma_benchmark(CRITMIN_CRMA_EXTRACTION, &amount, &consumption, &share, &gap, &tonnes, &error_));
  NEAR(share.low, 80.0 / 1500);
  NEAR(share.high, 120.0 / 900);
  NEAR(gap.low, 0);
  NEAR(gap.high, .1 - 80.0 / 1500);
  NEAR(tonnes.low, 0);
  NEAR(tonnes.high, 150 - 80);
  critmin_interval nothing = exactly(0), unknown = exactly(NAN);
  ANSWER(none, critmin_crma_benchmark(CRITMIN_CRMA_IMPORTS, &amount, &nothing, &none, NULL, NULL, &error_));
  ck_assert(isnan(none.value) && none.flags & CRITMIN_FLAG_UNDEFINED);
  ANSWER(blank, critmin_crma_benchmark(CRITMIN_CRMA_IMPORTS, &unknown, &consumption, &blank, NULL, NULL, &error_));
  ck_assert(isnan(blank.value) && blank.flags & CRITMIN_FLAG_NO_DATA);
  REFUSED(critmin_crma_benchmark(4, &amount, &consumption, NULL, NULL, NULL, &error_), CRITMIN_ERROR_ARGUMENT, "benchmark");
}
END_TEST

static critmin_answer time_to(critmin_interval start, critmin_interval growth, double target, int32_t how) {
  ANSWER(a, critmin_time_to_target(&start, &growth, target, how, &a, &error_));
  return a;
}

START_TEST(constant_growth_takes_its_time) {
  ck_assert_double_eq_tol(time_to(exactly(.04), exactly(.15), .10, 0).value, 6.556, 1e-3);
  ck_assert_double_eq(time_to(exactly(.12), exactly(.15), .10, 0).value, 0);
  ck_assert(isinf(time_to(exactly(.04), exactly(0), .10, 0).value));
  ck_assert(isinf(time_to(exactly(.04), exactly(-.1), .10, 0).value));
  NEAR(time_to(exactly(.9), exactly(-.05), .65, CRITMIN_TARGET_CAP).value, log(.65 / .9) / log(.95));
  ck_assert_double_eq(time_to(exactly(.12), exactly(-.1), .10, 0).value, 0);
  ck_assert(isinf(time_to(exactly(.12), exactly(-.1), .10, CRITMIN_TARGET_STAY).value));
  critmin_answer a = time_to(between(.04, .08), between(0, .15), .10, CRITMIN_TARGET_STAY);
  NEAR(a.low, log(.10 / .08) / log(1.15));
  ck_assert(isinf(a.high));
  critmin_answer u = time_to(exactly(NAN), exactly(.1), .10, 0);
  ck_assert(isnan(u.value) && u.flags & CRITMIN_FLAG_NO_DATA);
}
END_TEST

START_TEST(a_path_may_cross_and_fall_back) {
  const double path[] = {.05, .11, .09, .12, .13};
  ANSWER(first, critmin_path_to_target(path, 5, .10, 0, &first, &error_));
  ck_assert_double_eq(first.value, 1);
  ANSWER(stays, critmin_path_to_target(path, 5, .10, CRITMIN_TARGET_STAY, &stays, &error_));
  ck_assert_double_eq(stays.value, 3);
  ANSWER(never, critmin_path_to_target(path, 5, .20, 0, &never, &error_));
  ck_assert(isinf(never.value));
  const double gaps[] = {.05, NAN, .12};
  ANSWER(gap, critmin_path_to_target(gaps, 3, .10, 0, &gap, &error_));
  ck_assert(isnan(gap.value));
  ck_assert_double_eq(gap.low, 1);
  ck_assert_double_eq(gap.high, 2);
}
END_TEST

START_TEST(bad_targets_are_named) {
  critmin_answer a;
  critmin_answer_init(&a);
  critmin_interval start = exactly(.04), growth = exactly(.15), zero = exactly(0), collapse = exactly(-1);
  REFUSED(critmin_time_to_target(&start, &growth, 0, 0, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "target");
  REFUSED(critmin_time_to_target(&zero, &growth, .1, 0, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "start");
  REFUSED(critmin_time_to_target(&start, &collapse, .1, 0, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "growth");
  REFUSED(critmin_time_to_target(&start, &growth, .1, 4, &a, &error_), CRITMIN_ERROR_ARGUMENT, "how");
  const double path[] = {1, INFINITY};
  REFUSED(critmin_path_to_target(path, 2, .1, 0, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "value 1");
  REFUSED(critmin_path_to_target(NULL, 2, .1, 0, &a, &error_), CRITMIN_ERROR_ARGUMENT, "path");
}
END_TEST

static critmin_balance balance_of(critmin_interval made, critmin_interval imports, critmin_interval exports) {
  critmin_balance b;
  critmin_balance_init(&b);
  b.production = made;
  b.imports = imports;
  b.exports = exports;
  return b;
}

static critmin_balance corrected(critmin_balance b, int32_t rule, double reported) {
  critmin_balance out;
  critmin_error error;
  critmin_interval e = exactly(reported);
  critmin_balance_init(&out);
  if (critmin_reexport_correction(&b, rule, &e, &out, &error)) ck_abort_msg("%s", error.message);
  return out;
}

START_TEST(three_rules_take_re_exports_out) {
  critmin_balance b = balance_of(exactly(30), exactly(90), exactly(20));
  critmin_balance r = corrected(b, CRITMIN_REEXPORT_REPORTED, 5);
  NEAR(r.imports.value, 85);
  NEAR(r.exports.value, 15);
  r = corrected(b, CRITMIN_REEXPORT_PROPORTIONAL, NAN);
  NEAR(r.imports.value, 75);
  NEAR(r.exports.value, 5);
  r = corrected(b, CRITMIN_REEXPORT_LARGEST, NAN);
  NEAR(r.imports.value, 70);
  NEAR(r.exports.value, 0);
  r = corrected(balance_of(exactly(0), exactly(10), exactly(50)), CRITMIN_REEXPORT_PROPORTIONAL, NAN);
  NEAR(r.imports.value, 0);
  NEAR(r.exports.value, 40);
  r = corrected(balance_of(exactly(NAN), exactly(10), exactly(5)), CRITMIN_REEXPORT_PROPORTIONAL, NAN);
  ck_assert(isnan(r.imports.value) && isnan(r.exports.low));
  critmin_interval e = exactly(21);
  REFUSED(critmin_reexport_correction(&b, CRITMIN_REEXPORT_REPORTED, &e, &r, &error_), CRITMIN_ERROR_INVALID_VALUE, "reported");
  REFUSED(critmin_reexport_correction(&b, 3, NULL, &r, &error_), CRITMIN_ERROR_ARGUMENT, "rule");
  REFUSED(critmin_reexport_correction(&b, CRITMIN_REEXPORT_REPORTED, NULL, &r, &error_), CRITMIN_ERROR_ARGUMENT, "reported");
}
END_TEST

START_TEST(corrected_intervals_hold_every_point_of_the_box) {
  stream random = {.state = 21};
  for (int round = 0; round < 200; round++) {
    double low[3], high[3];
    for (int k = 0; k < 3; k++) {
      low[k] = stream_uniform(&random, 0, 50);
      high[k] = low[k] + stream_uniform(&random, 0, 50);
    }
    critmin_balance b = balance_of(between(low[0], high[0]), between(low[1], high[1]), between(low[2], high[2]));
    for (int32_t rule = CRITMIN_REEXPORT_PROPORTIONAL; rule <= CRITMIN_REEXPORT_LARGEST; rule++) {
      critmin_balance out = corrected(b, rule, NAN);
      double least[2] = {INFINITY, INFINITY}, most[2] = {-INFINITY, -INFINITY};
      for (int point = 0; point < 1000; point++) {
        double t[3];
        for (int k = 0; k < 3; k++) t[k] = low[k] + (high[k] - low[k]) * (point / (k == 0 ? 1 : k == 1 ? 10 : 100) % 10) / 9;
        double e = fmin(t[1], t[2]);
        if (rule == CRITMIN_REEXPORT_PROPORTIONAL) e = fmin(e, t[0] + t[1] > 0 ? t[2] * t[1] / (t[0] + t[1]) : 0);
        for (int side = 0; side < 2; side++) {
          least[side] = fmin(least[side], t[1 + side] - e);
          most[side] = fmax(most[side], t[1 + side] - e);
        }
      }
      const critmin_interval got[] = {out.imports, out.exports};
      for (int side = 0; side < 2; side++)
        if (got[side].low > least[side] + 1e-9 || got[side].high < most[side] - 1e-9 || got[side].low < least[side] - 3 ||
            got[side].high > most[side] + 3)
          ck_abort_msg("rule %d side %d: [%g, %g], grid [%g, %g]", (int)rule, side, got[side].low, got[side].high, least[side],
                       most[side]);
    }
  }
}
END_TEST

Suite *suite_target(void) {
  Suite *suite = suite_create("target");
  TCase *cases = tcase_create("target");
  tcase_add_test(cases, a_third_country_above_the_cap_leaves_tonnes_to_re_source);
  tcase_add_test(cases, capacity_below_a_floor_leaves_tonnes_to_build);
  tcase_add_test(cases, the_ends_of_a_benchmark_are_those_of_all_corners);
  tcase_add_test(cases, constant_growth_takes_its_time);
  tcase_add_test(cases, a_path_may_cross_and_fall_back);
  tcase_add_test(cases, bad_targets_are_named);
  tcase_add_test(cases, three_rules_take_re_exports_out);
  tcase_add_test(cases, corrected_intervals_hold_every_point_of_the_box);
  suite_add_tcase(suite, cases);
  return suite;
}
