/* SPDX-License-Identifier: MIT */
/* Many importers at once, beside the kernel for one. */
#include <math.h>
#include <string.h>

#include "critmin/critmin.h"
#include "suites.h"

enum { MARKETS = 7, COUNTRIES = 9, YEARS = 2, FLOWS = MARKETS * COUNTRIES * 4 };

static int32_t market[FLOWS], importer[FLOWS], exporter[FLOWS];
static double quantity[FLOWS], production[MARKETS * COUNTRIES], risk[YEARS * COUNTRIES], price[MARKETS];
static double hhi[MARKETS], score[MARKETS * COUNTRIES], cf[MARKETS * COUNTRIES];
static int64_t flows;
static critmin_error error;

static uint64_t state;
static double drawn(void) {
  state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
  return (double)(state >> 11) * 0x1p-53;
}

/* Every third country makes nothing, some import nothing, one has no score, and in the last market nothing is made. */
static void make(void) {
  state = 3;
  flows = 0;
  for (int32_t m = 0; m < MARKETS; m++) {
    price[m] = 1 + 10 * drawn();
    for (int32_t c = 0; c < COUNTRIES; c++)
      production[m * COUNTRIES + c] = c % 3 == 0 || m == MARKETS - 1 ? 0 : drawn() * 100;
    for (int32_t to = 0; to < COUNTRIES; to++) {
      for (int32_t from = 0; from < COUNTRIES && to % 4 != 3; from++) {
        if (drawn() < .6) continue;
        market[flows] = m;
        importer[flows] = to;
        exporter[flows] = from;
        quantity[flows++] = drawn() * 50;
      }
    }
  }
  for (int32_t i = 0; i < YEARS * COUNTRIES; i++) risk[i] = i == 4 ? NAN : drawn();
}

static critmin_status run(int32_t threads) {
  return critmin_geopolrisk_batch(market, importer, exporter, quantity, flows, MARKETS, COUNTRIES, production, risk, YEARS,
                                  price, .5, hhi, score, cf, threads, &error);
}

static void same(double is, double wanted) {
  ck_assert_msg(isnan(wanted) ? isnan(is) : fabs(is - wanted) <= 1e-14 * fabs(wanted), "%.17g, not %.17g", is, wanted);
}

START_TEST(each_importer_comes_out_as_by_the_kernel_for_one) {
  int told = 0;
  make();
  ck_assert_int_eq(run(1), CRITMIN_OK);
  for (int32_t m = 0; m < MARKETS; m++) {
    critmin_answer index, a;
    critmin_answer_init(&index);
    ck_assert_int_eq(critmin_hhi(production + m * COUNTRIES, COUNTRIES, NULL, &index, &error), CRITMIN_OK);
    same(hhi[m], index.value);
    for (int32_t c = 0; c < COUNTRIES; c++) {
      double imports[COUNTRIES], risks[COUNTRIES];
      critmin_geopolrisk terms;
      critmin_geopolrisk_init(&terms);
      terms.hhi.value = hhi[m];
      terms.production.value = terms.production.low = terms.production.high = production[m * COUNTRIES + c];
      terms.price.value = price[m];
      terms.reference = .5;
      terms.imports = imports;
      terms.risk = risks;
      for (int64_t i = 0; i < flows; i++) {
        if (market[i] != m || importer[i] != c || exporter[i] == c) continue;
        imports[terms.n] = quantity[i];
        risks[terms.n++] = risk[m % YEARS * COUNTRIES + exporter[i]];
      }
      critmin_answer_init(&a);
      ck_assert_int_eq(critmin_geopolrisk_score(&terms, &a, &error), CRITMIN_OK);
      same(score[m * COUNTRIES + c], a.value);
      told += a.value > 0;
      critmin_answer_init(&a);
      ck_assert_int_eq(critmin_geopolrisk_cf(&terms, &a, &error), CRITMIN_OK);
      same(cf[m * COUNTRIES + c], a.value);
    }
  }
  ck_assert_int_gt(told, 30);
}
END_TEST

START_TEST(threads_change_no_bit_and_results_may_be_left_out) {
  double before[MARKETS * COUNTRIES];
  make();
  ck_assert_int_eq(run(1), CRITMIN_OK);
  memcpy(before, score, sizeof score);
  ck_assert_int_eq(run(4), CRITMIN_OK);
  ck_assert(memcmp(before, score, sizeof score) == 0);
  ck_assert_int_eq(critmin_geopolrisk_batch(market, importer, exporter, quantity, flows, MARKETS, COUNTRIES, production,
                                            risk, YEARS, NULL, NAN, NULL, score, NULL, 2, &error),
                   CRITMIN_OK);
  ck_assert(memcmp(before, score, sizeof score) == 0);
}
END_TEST

START_TEST(without_flows_a_producer_scores_nothing_and_others_have_no_score) {
  make();
  flows = 0;
  ck_assert_int_eq(run(1), CRITMIN_OK);
  ck_assert_double_nan(score[0]);
  ck_assert_double_eq(score[1], 0);
  ck_assert_double_nan(score[(MARKETS - 1) * COUNTRIES + 1]);
  ck_assert_double_nan(hhi[MARKETS - 1]);
}
END_TEST

static void refused(critmin_status status, int64_t row, const char *part) {
  ck_assert_int_eq(run(2), status);
  ck_assert_int_eq(error.row, row);
  ck_assert_msg(strstr(error.message, part) != NULL, "%s", error.message);
  make();
}

START_TEST(what_is_wrong_is_named_with_its_row) {
  make();
  market[20] = 0;
  market[19] = 1;
  refused(CRITMIN_ERROR_ARGUMENT, 21, "sorted");
  market[flows - 1] = MARKETS;
  refused(CRITMIN_ERROR_ARGUMENT, flows, "out of range");
  market[0] = -1;
  refused(CRITMIN_ERROR_ARGUMENT, 1, "out of range");
  importer[5] = COUNTRIES;
  refused(CRITMIN_ERROR_ARGUMENT, 6, "out of range");
  importer[0] = -1;
  refused(CRITMIN_ERROR_ARGUMENT, 1, "out of range");
  exporter[7] = -1;
  refused(CRITMIN_ERROR_ARGUMENT, 8, "out of range");
  quantity[9] = -1;
  refused(CRITMIN_ERROR_INVALID_VALUE, 10, "amount");
  quantity[flows - 1] = NAN;
  refused(CRITMIN_ERROR_INVALID_VALUE, flows, "amount");
  production[COUNTRIES + 2] = INFINITY;
  refused(CRITMIN_ERROR_INVALID_VALUE, 2, "production of country 2");
  risk[3] = 1.5;
  refused(CRITMIN_ERROR_INVALID_VALUE, 1, "risk of country 3");
  ck_assert_int_eq(run(2), CRITMIN_OK);
}
END_TEST

START_TEST(what_is_not_there_is_asked_for) {
  make();
#define BATCH(market, flows, production, risk, rows, price, reference)                                                \
  critmin_geopolrisk_batch(market, importer, exporter, quantity, flows, MARKETS, COUNTRIES, production, risk, rows, price, \
                           reference, hhi, score, cf, 1, &error)
  ck_assert_int_eq(BATCH(NULL, flows, production, risk, YEARS, price, 1), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(BATCH(market, -1, production, risk, YEARS, price, 1), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(BATCH(market, flows, NULL, risk, YEARS, price, 1), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(BATCH(market, flows, production, NULL, YEARS, price, 1), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(BATCH(market, flows, production, risk, 0, price, 1), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(BATCH(market, flows, production, risk, YEARS, NULL, 1), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(BATCH(market, flows, production, risk, YEARS, price, 0), CRITMIN_ERROR_INVALID_VALUE);
}
END_TEST

Suite *suite_geopolrisk_batch(void) {
  Suite *suite = suite_create("geopolrisk_batch");
  TCase *cases = tcase_create("importers");
  tcase_add_test(cases, each_importer_comes_out_as_by_the_kernel_for_one);
  tcase_add_test(cases, threads_change_no_bit_and_results_may_be_left_out);
  tcase_add_test(cases, without_flows_a_producer_scores_nothing_and_others_have_no_score);
  tcase_add_test(cases, what_is_wrong_is_named_with_its_row);
  tcase_add_test(cases, what_is_not_there_is_asked_for);
  suite_add_tcase(suite, cases);
  return suite;
}
