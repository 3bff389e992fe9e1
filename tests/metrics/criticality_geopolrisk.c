/* SPDX-License-Identifier: MIT */
/* GeoPolRisk: the published examples, exact ends, missing scores, and what is refused. */
#include <string.h>

#include "critmin/criticality.h"
#include "kernel.h"
#include "suites.h"
#include "terms.h"

/* Nickel ore of the United States in 2022: the weighted imports and their sum are those of the authors' workbook. */
static const double nickel[] = {37.495}, nickel_risk[] = {21.179740941995366 / 37.495};

static critmin_geopolrisk terms_of(const double *imports, const double *risk, int64_t n, double hhi, double production) {
  critmin_geopolrisk t;
  critmin_geopolrisk_init(&t);
  t.hhi = exactly(hhi);
  t.production = exactly(production);
  t.imports = imports;
  t.risk = risk;
  t.n = n;
  return t;
}

START_TEST(nickel_of_the_united_states_has_its_score) {
  critmin_geopolrisk t = terms_of(nickel, nickel_risk, 1, 0.26749007657640966, 17500);
  ANSWER(a, critmin_geopolrisk_score(&t, &a, &error_));
  ck_assert_double_eq_tol(a.value, 0.00032304331527637555, 1e-18);
}
END_TEST

START_TEST(price_and_reference_make_midpoint_and_factor) {
  const double imports[] = {100}, risk[] = {.5451887492289689};
  critmin_geopolrisk t = terms_of(imports, risk, 1, 0.2035183372902862, 0);
  t.price = exactly(0.40073488389883327);
  ANSWER(m, critmin_geopolrisk_midpoint(&t, &m, &error_));
  ck_assert_double_eq_tol(m.value, 0.0444639, 1e-7);
  ANSWER(f, critmin_geopolrisk_cf(&t, &f, &error_));
  ck_assert_double_eq_tol(f.value, 0.108604, 1e-6);
  NEAR(f.value, m.value / 0.409412948);
  t.price = exactly(NAN);
  ANSWER(none, critmin_geopolrisk_cf(&t, &none, &error_));
  ck_assert(isnan(none.value) && none.flags & CRITMIN_FLAG_NO_DATA);
}
END_TEST

START_TEST(stability_becomes_risk) {
  ANSWER(china, critmin_geopolrisk_risk(-.5225840210914612, &china, &error_));
  ck_assert_double_eq_tol(china.value, .604517, 1e-6);
  ANSWER(beyond, critmin_geopolrisk_risk(-2.81, &beyond, &error_));
  NEAR(beyond.value, 1);
  ck_assert(beyond.flags & CRITMIN_FLAG_CLAMPED);
  ANSWER(missing, critmin_geopolrisk_risk(NAN, &missing, &error_));
  ck_assert(isnan(missing.value) && missing.flags & CRITMIN_FLAG_WGI_IMPUTED);
  NEAR(missing.low, 0);
  NEAR(missing.high, 1);
}
END_TEST

START_TEST(nothing_supplied_has_no_score_and_nothing_imported_no_risk) {
  critmin_geopolrisk t = terms_of(NULL, NULL, 0, .3, 0);
  ANSWER(nothing, critmin_geopolrisk_score(&t, &nothing, &error_));
  ck_assert(isnan(nothing.value) && nothing.flags & CRITMIN_FLAG_UNDEFINED);
  t.production = exactly(10);
  ANSWER(own, critmin_geopolrisk_score(&t, &own, &error_));
  ck_assert_double_eq(own.value, 0);
}
END_TEST

START_TEST(a_partner_without_a_score_is_no_safe_one) {
  const double imports[] = {60, 40}, risk[] = {.5, NAN};
  critmin_geopolrisk t = terms_of(imports, risk, 2, 1, 0);
  ANSWER(a, critmin_geopolrisk_score(&t, &a, &error_));
  NEAR(a.value, .5);
  NEAR(a.low, .3);
  NEAR(a.high, .7);
  NEAR(a.coverage, .6);
  ck_assert(a.flags & CRITMIN_FLAG_WGI_IMPUTED);
}
END_TEST

START_TEST(the_ends_are_those_of_all_corners) {
  stream random = {.state = 5};
  for (int round = 0; round < 300; round++) {
    enum { N = 5 };
    double imports[N], low[N], high[N], risk[N];
    for (int i = 0; i < N; i++) {
      imports[i] = NAN;
      low[i] = (double)stream_integer(&random, 0, 4);
      high[i] = low[i] + (double)stream_integer(&random, 0, 6);
      risk[i] = stream_uniform(&random, 0, 1);
    }
    critmin_geopolrisk t = terms_of(imports, risk, N, 1, 0);
    t.low = low;
    t.high = high;
    t.production = between(1, 8);
    ANSWER(a, critmin_geopolrisk_score(&t, &a, &error_));
    double least = INFINITY, most = -INFINITY;
    for (int corner = 0; corner < 1 << (N + 1); corner++) {
      double sum = corner >> N ? 8 : 1, weighted = 0;
      for (int i = 0; i < N; i++) {
        double x = corner >> i & 1 ? high[i] : low[i];
        sum += x;
        weighted += x * risk[i];
      }
      least = fmin(least, weighted / sum);
      most = fmax(most, weighted / sum);
    }
    if (fabs(a.low - least) > 1e-12 || fabs(a.high - most) > 1e-12 || a.value < a.low || a.value > a.high)
      ck_abort_msg("%g in [%g, %g], corners [%g, %g]", a.value, a.low, a.high, least, most);
  }
}
END_TEST

START_TEST(more_of_everything_is_the_same_score) {
  const double imports[] = {60, 30, 10}, thousandfold[] = {60000, 30000, 10000}, risk[] = {.5, .2, .9};
  critmin_geopolrisk t = terms_of(imports, risk, 3, .4, 25), u = terms_of(thousandfold, risk, 3, .4, 25000);
  ANSWER(a, critmin_geopolrisk_score(&t, &a, &error_));
  ANSWER(b, critmin_geopolrisk_score(&u, &b, &error_));
  ck_assert_double_eq_tol(a.value, b.value, 1e-15);
}
END_TEST

START_TEST(bad_terms_are_named) {
  const double imports[] = {60, NAN}, risk[] = {.5, 1.5}, negative[] = {-1, 0};
  critmin_answer a;
  critmin_answer_init(&a);
  critmin_geopolrisk t = terms_of(imports, risk, 2, .4, 0);
  REFUSED(critmin_geopolrisk_score(&t, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "partner 1 are not known");
  t.imports = negative;
  REFUSED(critmin_geopolrisk_score(&t, &a, &error_), CRITMIN_ERROR_NEGATIVE, "imports");
  const double plain[] = {1, 1};
  t.imports = plain;
  REFUSED(critmin_geopolrisk_score(&t, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "risk of partner 1");
  t.n = 1;
  t.hhi = exactly(2500);
  REFUSED(critmin_geopolrisk_score(&t, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "hhi");
  t.hhi = exactly(.25);
  t.reference = 0;
  REFUSED(critmin_geopolrisk_cf(&t, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "reference");
  REFUSED(critmin_geopolrisk_score(NULL, &a, &error_), CRITMIN_ERROR_ARGUMENT, "terms");
  REFUSED(critmin_geopolrisk_risk(INFINITY, &a, &error_), CRITMIN_ERROR_INVALID_VALUE, "stability");
}
END_TEST

Suite *suite_criticality_geopolrisk(void) {
  Suite *suite = suite_create("criticality_geopolrisk");
  TCase *cases = tcase_create("geopolrisk");
  tcase_add_test(cases, nickel_of_the_united_states_has_its_score);
  tcase_add_test(cases, price_and_reference_make_midpoint_and_factor);
  tcase_add_test(cases, stability_becomes_risk);
  tcase_add_test(cases, nothing_supplied_has_no_score_and_nothing_imported_no_risk);
  tcase_add_test(cases, a_partner_without_a_score_is_no_safe_one);
  tcase_add_test(cases, the_ends_are_those_of_all_corners);
  tcase_add_test(cases, more_of_everything_is_the_same_score);
  tcase_add_test(cases, bad_terms_are_named);
  suite_add_tcase(suite, cases);
  return suite;
}
