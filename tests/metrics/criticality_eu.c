/* SPDX-License-Identifier: MIT */
/* The EU's kernels: the published examples, fallbacks, exact ends, and what is refused. */
#include <string.h>

#include "critmin/criticality.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

static critmin_eu_supply tungsten(void) {
  critmin_eu_supply s;
  critmin_eu_supply_init(&s);
  s.edition = 2017;
  s.global_supply = exactly(7.5);
  s.eu_sourcing = exactly(1.9);
  s.import_reliance = exactly(0.44);
  s.recycling = exactly(0.42);
  s.substitution = exactly(1);
  return s;
}

START_TEST(tungsten_of_2017_has_its_supply_risk) {
  critmin_eu_supply s = tungsten();
  ANSWER(a, critmin_eu_supply_risk(&s, &a, &error_));
  NEAR(a.value, 1.81656);
  NEAR(a.low, a.value);
  NEAR(a.high, a.value);
  ck_assert_uint_eq(a.flags, 0);
}
END_TEST

START_TEST(one_index_takes_the_weight_of_one_that_is_not_known) {
  critmin_eu_supply s = tungsten();
  s.eu_sourcing = exactly(NAN);
  s.import_reliance = exactly(NAN);
  ANSWER(global, critmin_eu_supply_risk(&s, &global, &error_));
  NEAR(global.value, 7.5 * .58);
  ck_assert(global.flags & CRITMIN_FLAG_NOT_AVAILABLE);
  s = tungsten();
  s.global_supply = exactly(NAN);
  ANSWER(sourcing, critmin_eu_supply_risk(&s, &sourcing, &error_));
  NEAR(sourcing.value, 1.9 * .58);
}
END_TEST

START_TEST(a_net_exporter_is_judged_by_its_own_sourcing) {
  critmin_eu_supply s = tungsten();
  s.import_reliance = exactly(-0.2);
  ANSWER(a, critmin_eu_supply_risk(&s, &a, &error_));
  NEAR(a.value, 1.9 * .58);
  ck_assert(a.flags & CRITMIN_FLAG_CLAMPED);
}
END_TEST

START_TEST(a_term_that_is_not_known_is_never_zero) {
  critmin_eu_supply s = tungsten();
  s.recycling = exactly(NAN);
  ANSWER(a, critmin_eu_supply_risk(&s, &a, &error_));
  ck_assert(isnan(a.value) && isnan(a.low) && isnan(a.high));
  ck_assert(a.flags & CRITMIN_FLAG_NO_DATA);
  s = tungsten();
  s.import_reliance = exactly(NAN);
  ANSWER(b, critmin_eu_supply_risk(&s, &b, &error_));
  ck_assert(isnan(b.value));
  NEAR(b.low, 1.9 * .58);
  NEAR(b.high, (7.5 + 1.9) / 2 * .58);
}
END_TEST

START_TEST(the_ends_hold_and_reach_every_corner) {
  stream random = {.state = 11};
  for (int round = 0; round < 300; round++) {
    double low[5], high[5];
    for (int k = 0; k < 5; k++) {
      double scale = k < 2 ? 8 : 1;
      low[k] = stream_uniform(&random, 0, scale);
      high[k] = stream_uniform(&random, low[k], scale);
    }
    critmin_eu_supply s;
    critmin_eu_supply_init(&s);
    critmin_interval *const terms[] = {&s.global_supply, &s.eu_sourcing, &s.import_reliance, &s.recycling, &s.substitution};
    for (int k = 0; k < 5; k++) *terms[k] = between(low[k], high[k]);
    ANSWER(a, critmin_eu_supply_risk(&s, &a, &error_));
    double least = INFINITY, most = -INFINITY;
    for (int corner = 0; corner < 32; corner++) {
      double t[5];
      for (int k = 0; k < 5; k++) t[k] = corner >> k & 1 ? high[k] : low[k];
      double risk = (t[0] * t[2] / 2 + t[1] * (1 - t[2] / 2)) * (1 - t[3]) * t[4];
      least = fmin(least, risk);
      most = fmax(most, risk);
    }
    if (fabs(a.low - least) > 1e-9 || fabs(a.high - most) > 1e-9)
      ck_abort_msg("[%g, %g], corners [%g, %g]", a.low, a.high, least, most);
  }
}
END_TEST

START_TEST(the_method_of_2010_knows_no_sourcing) {
  critmin_eu_supply s;
  critmin_eu_supply_init(&s);
  s.edition = 2010;
  s.global_supply = exactly(5);
  s.recycling = exactly(.1);
  s.substitution = exactly(.8);
  ANSWER(a, critmin_eu_supply_risk(&s, &a, &error_));
  NEAR(a.value, 3.6);
  ck_assert(a.flags & CRITMIN_FLAG_UNVERIFIED_PRESET);
}
END_TEST

START_TEST(the_bottleneck_stands_for_the_material_and_the_mean_for_a_group) {
  const critmin_interval stages[] = {around(1.2, .3), exactly(NAN), around(1.4, .1)};
  int64_t part;
  ANSWER(a, critmin_eu_combine(stages, 3, CRITMIN_COMBINE_GREATEST, &part, &a, &error_));
  NEAR(a.value, 1.4);
  NEAR(a.low, 1.3);
  NEAR(a.high, 1.5);
  ck_assert_int_eq(part, 2);
  ck_assert(a.flags & CRITMIN_FLAG_NOT_AVAILABLE);
  ANSWER(m, critmin_eu_combine(stages, 3, CRITMIN_COMBINE_MEAN, NULL, &m, &error_));
  NEAR(m.value, 1.3);
  NEAR(m.low, 1.1);
  NEAR(m.high, 1.5);
  ANSWER(none, critmin_eu_combine(stages + 1, 1, CRITMIN_COMBINE_MEAN, &part, &none, &error_));
  ck_assert(isnan(none.value));
  ck_assert_int_eq(part, -1);
}
END_TEST

/* Tungsten of the study of 2023; value added in million EUR. */
static const double share[] = {.08, .06, .06, .79}, added[] = {132361, 163568, 89422, 204200};

START_TEST(tungsten_of_2023_has_its_economic_importance) {
  critmin_eu_uses u;
  critmin_eu_uses_init(&u);
  u.share = share;
  u.value_added = added;
  u.n = 4;
  u.denominator = 204200;
  u.substitution = exactly(1);
  ANSWER(a, critmin_eu_economic_importance(&u, &a, &error_));
  ck_assert_double_eq_tol(a.value, 9.161914, 1e-6);
  NEAR(a.low, a.value);
  NEAR(a.high, a.value + 10 * .01); /* a hundredth of the uses is nowhere */
  NEAR(a.coverage, .99);
  u.renormalise = 1;
  ANSWER(b, critmin_eu_economic_importance(&u, &b, &error_));
  NEAR(b.value, a.value / .99);
  ck_assert(b.flags & CRITMIN_FLAG_LISTED_ONLY);
}
END_TEST

START_TEST(a_use_without_a_sector_adds_to_the_high_end_only) {
  const double two[] = {.5, .5}, known[] = {100, NAN};
  critmin_eu_uses u;
  critmin_eu_uses_init(&u);
  u.share = two;
  u.value_added = known;
  u.n = 2;
  u.denominator = 200;
  u.substitution = exactly(.9);
  ANSWER(a, critmin_eu_economic_importance(&u, &a, &error_));
  NEAR(a.value, 10 * .25 * .9);
  NEAR(a.high, 10 * .75 * .9);
  ck_assert(a.flags & CRITMIN_FLAG_NOT_AVAILABLE);
  u.edition = 2014;
  u.denominator = 1000;
  ANSWER(old, critmin_eu_economic_importance(&u, &old, &error_));
  NEAR(old.value, .05);
  ck_assert(old.flags & CRITMIN_FLAG_UNVERIFIED_PRESET);
}
END_TEST

START_TEST(bad_terms_are_named) {
  critmin_answer a;
  critmin_answer_init(&a);
  critmin_eu_supply s = tungsten();
  s.edition = 2016;
  REFUSED(critmin_eu_supply_risk(&s, &a, &error_), CRITMIN_ERROR_ARGUMENT, "edition");
  s = tungsten();
  s.recycling = exactly(42);
  REFUSED(critmin_eu_supply_risk(&s, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "recycling");
  s = tungsten();
  s.global_supply = exactly(-1);
  REFUSED(critmin_eu_supply_risk(&s, &a, &error_), CRITMIN_ERROR_NEGATIVE, "global_supply");
  s = tungsten();
  s.struct_size = 8;
  REFUSED(critmin_eu_supply_risk(&s, &a, &error_), CRITMIN_ERROR_ARGUMENT, "struct_size");
  REFUSED(critmin_eu_supply_risk(NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "supply");
  const double too_much[] = {.8, .5};
  critmin_eu_uses u;
  critmin_eu_uses_init(&u);
  u.share = too_much;
  u.value_added = added;
  u.n = 2;
  u.denominator = 204200;
  u.substitution = exactly(1);
  REFUSED(critmin_eu_economic_importance(&u, &a, &error_), CRITMIN_ERROR_SHARE_RANGE, "sum to 1.3");
  u.denominator = 0;
  REFUSED(critmin_eu_economic_importance(&u, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "denominator");
  critmin_interval one = exactly(1);
  REFUSED(critmin_eu_combine(&one, 1, 2, NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "rule");
  REFUSED(critmin_eu_combine(&one, -1, 0, NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "n is -1");
}
END_TEST

Suite *suite_criticality_eu(void) {
  Suite *suite = suite_create("criticality_eu");
  TCase *cases = tcase_create("eu");
  tcase_add_test(cases, tungsten_of_2017_has_its_supply_risk);
  tcase_add_test(cases, one_index_takes_the_weight_of_one_that_is_not_known);
  tcase_add_test(cases, a_net_exporter_is_judged_by_its_own_sourcing);
  tcase_add_test(cases, a_term_that_is_not_known_is_never_zero);
  tcase_add_test(cases, the_ends_hold_and_reach_every_corner);
  tcase_add_test(cases, the_method_of_2010_knows_no_sourcing);
  tcase_add_test(cases, the_bottleneck_stands_for_the_material_and_the_mean_for_a_group);
  tcase_add_test(cases, tungsten_of_2023_has_its_economic_importance);
  tcase_add_test(cases, a_use_without_a_sector_adds_to_the_high_end_only);
  tcase_add_test(cases, bad_terms_are_named);
  suite_add_tcase(suite, cases);
  return suite;
}
