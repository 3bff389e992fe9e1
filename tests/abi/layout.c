/* SPDX-License-Identifier: MIT */
/* The public structures lie in memory as they always have; bindings rely on it. A structure may only grow at its end. */
#include <stddef.h>

#include "critmin/critmin.h"
#include "runner.h"

#define LIES_AT(structure, member, at) ck_assert_uint_eq(offsetof(structure, member), at)

START_TEST(an_error_takes_1024_bytes) {
  ck_assert_uint_eq(sizeof(critmin_error), 1024);
  LIES_AT(critmin_error, status, 0);
  LIES_AT(critmin_error, system_code, 4);
  LIES_AT(critmin_error, row, 8);
  LIES_AT(critmin_error, column, 16);
  LIES_AT(critmin_error, message, 24);
}
END_TEST

START_TEST(an_answer_takes_56_bytes) {
  ck_assert_uint_eq(sizeof(critmin_answer), 56);
  ck_assert_int_eq(critmin_answer_size(), 56);
  LIES_AT(critmin_answer, struct_size, 0);
  LIES_AT(critmin_answer, reserved, 4);
  LIES_AT(critmin_answer, value, 8);
  LIES_AT(critmin_answer, low, 16);
  LIES_AT(critmin_answer, high, 24);
  LIES_AT(critmin_answer, coverage, 32);
  LIES_AT(critmin_answer, flags, 40);
  LIES_AT(critmin_answer, n_used, 48);
}
END_TEST

START_TEST(a_balance_takes_152_bytes) {
  ck_assert_uint_eq(sizeof(critmin_interval), 24);
  LIES_AT(critmin_interval, value, 0);
  LIES_AT(critmin_interval, low, 8);
  LIES_AT(critmin_interval, high, 16);
  ck_assert_uint_eq(sizeof(critmin_balance), 152);
  ck_assert_int_eq(critmin_balance_size(), 152);
  LIES_AT(critmin_balance, struct_size, 0);
  LIES_AT(critmin_balance, production, 8);
  LIES_AT(critmin_balance, secondary, 32);
  LIES_AT(critmin_balance, imports, 56);
  LIES_AT(critmin_balance, exports, 80);
  LIES_AT(critmin_balance, stock_change, 104);
  LIES_AT(critmin_balance, apparent_consumption, 128);
}
END_TEST

START_TEST(terms_of_the_criticality_kernels_lie_where_they_always_have) {
  ck_assert_uint_eq(sizeof(critmin_eu_supply), 128);
  ck_assert_int_eq(critmin_eu_supply_size(), 128);
  LIES_AT(critmin_eu_supply, edition, 4);
  LIES_AT(critmin_eu_supply, global_supply, 8);
  LIES_AT(critmin_eu_supply, eu_sourcing, 32);
  LIES_AT(critmin_eu_supply, import_reliance, 56);
  LIES_AT(critmin_eu_supply, recycling, 80);
  LIES_AT(critmin_eu_supply, substitution, 104);
  ck_assert_uint_eq(sizeof(critmin_eu_uses), 72);
  ck_assert_int_eq(critmin_eu_uses_size(), 72);
  LIES_AT(critmin_eu_uses, share, 8);
  LIES_AT(critmin_eu_uses, value_added, 16);
  LIES_AT(critmin_eu_uses, n, 24);
  LIES_AT(critmin_eu_uses, denominator, 32);
  LIES_AT(critmin_eu_uses, substitution, 40);
  LIES_AT(critmin_eu_uses, renormalise, 64);
  ck_assert_uint_eq(sizeof(critmin_geopolrisk), 128);
  ck_assert_int_eq(critmin_geopolrisk_size(), 128);
  LIES_AT(critmin_geopolrisk, hhi, 8);
  LIES_AT(critmin_geopolrisk, production, 32);
  LIES_AT(critmin_geopolrisk, price, 56);
  LIES_AT(critmin_geopolrisk, imports, 80);
  LIES_AT(critmin_geopolrisk, low, 88);
  LIES_AT(critmin_geopolrisk, high, 96);
  LIES_AT(critmin_geopolrisk, risk, 104);
  LIES_AT(critmin_geopolrisk, n, 112);
  LIES_AT(critmin_geopolrisk, reference, 120);
}
END_TEST

START_TEST(a_composite_and_its_criteria_lie_where_they_always_have) {
  ck_assert_uint_eq(sizeof(critmin_criterion), 56);
  ck_assert_int_eq(critmin_criterion_size(), 56);
  LIES_AT(critmin_criterion, normalise, 4);
  LIES_AT(critmin_criterion, low, 8);
  LIES_AT(critmin_criterion, high, 16);
  LIES_AT(critmin_criterion, limit, 24);
  LIES_AT(critmin_criterion, score, 32);
  LIES_AT(critmin_criterion, points, 40);
  LIES_AT(critmin_criterion, falling, 48);
  ck_assert_uint_eq(sizeof(critmin_composite), 40);
  ck_assert_int_eq(critmin_composite_size(), 40);
  LIES_AT(critmin_composite, aggregate, 4);
  LIES_AT(critmin_composite, missing, 8);
  LIES_AT(critmin_composite, power, 16);
  LIES_AT(critmin_composite, weight, 24);
  LIES_AT(critmin_composite, criteria, 32);
}
END_TEST

START_TEST(a_supply_takes_88_bytes) {
  ck_assert_uint_eq(sizeof(critmin_supply), 88);
  ck_assert_int_eq(critmin_supply_size(), 88);
  LIES_AT(critmin_supply, struct_size, 0);
  LIES_AT(critmin_supply, residual_value, 4);
  LIES_AT(critmin_supply, low, 8);
  LIES_AT(critmin_supply, high, 16);
  LIES_AT(critmin_supply, outside, 24);
  LIES_AT(critmin_supply, total, 32);
  LIES_AT(critmin_supply, total_low, 40);
  LIES_AT(critmin_supply, total_high, 48);
  LIES_AT(critmin_supply, other, 56);
  LIES_AT(critmin_supply, unlisted_max, 64);
  LIES_AT(critmin_supply, unlisted_cutoff, 72);
  LIES_AT(critmin_supply, listed_only, 80);
  LIES_AT(critmin_supply, reserved, 84);
}
END_TEST

START_TEST(networks_traces_and_commitments_lie_where_they_always_have) {
  ck_assert_uint_eq(sizeof(critmin_network_stage), 96);
  ck_assert_int_eq(critmin_network_stage_size(), 96);
  LIES_AT(critmin_network_stage, in_shares, 4);
  LIES_AT(critmin_network_stage, output, 8);
  LIES_AT(critmin_network_stage, secondary, 16);
  LIES_AT(critmin_network_stage, use, 24);
  LIES_AT(critmin_network_stage, yield, 32);
  LIES_AT(critmin_network_stage, importer, 40);
  LIES_AT(critmin_network_stage, exporter, 48);
  LIES_AT(critmin_network_stage, quantity, 56);
  LIES_AT(critmin_network_stage, flows, 64);
  LIES_AT(critmin_network_stage, input, 72);
  LIES_AT(critmin_network_stage, input_share, 80);
  LIES_AT(critmin_network_stage, inputs, 88);
  ck_assert_uint_eq(sizeof(critmin_pool), 72);
  ck_assert_int_eq(critmin_pool_size(), 72);
  LIES_AT(critmin_pool, output, 8);
  LIES_AT(critmin_pool, use, 56);
  LIES_AT(critmin_pool, flags, 64);
  ck_assert_uint_eq(sizeof(critmin_trace), 40);
  ck_assert_int_eq(critmin_trace_size(), 40);
  LIES_AT(critmin_trace, stage, 4);
  LIES_AT(critmin_trace, at, 8);
  LIES_AT(critmin_trace, buyers, 12);
  LIES_AT(critmin_trace, buyer, 16);
  LIES_AT(critmin_trace, weight, 24);
  LIES_AT(critmin_trace, unknown_elsewhere, 32);
  LIES_AT(critmin_trace, needed, 36);
  ck_assert_uint_eq(sizeof(critmin_commitments), 88);
  ck_assert_int_eq(critmin_commitments_size(), 88);
  LIES_AT(critmin_commitments, displacement, 4);
  LIES_AT(critmin_commitments, count, 8);
  LIES_AT(critmin_commitments, tonnes, 16);
  LIES_AT(critmin_commitments, reaches, 48);
  LIES_AT(critmin_commitments, correlation, 56);
  LIES_AT(critmin_commitments, stage, 64);
  LIES_AT(critmin_commitments, buyer, 80);
  ck_assert_uint_eq(sizeof(critmin_bill), 48);
  ck_assert_int_eq(critmin_bill_size(), 48);
  LIES_AT(critmin_bill, count, 8);
  LIES_AT(critmin_bill, mass, 16);
  LIES_AT(critmin_bill, price, 24);
  LIES_AT(critmin_bill, essential, 32);
  LIES_AT(critmin_bill, group, 40);
}
END_TEST

START_TEST(the_options_of_a_scenario_take_24_bytes) {
  ck_assert_uint_eq(sizeof(critmin_scenario_options), 40);
  ck_assert_int_eq(critmin_scenario_options_size(), 40);
  LIES_AT(critmin_scenario_options, struct_size, 0);
  LIES_AT(critmin_scenario_options, threads, 4);
  LIES_AT(critmin_scenario_options, draws, 8);
  LIES_AT(critmin_scenario_options, seed, 16);
  LIES_AT(critmin_scenario_options, first, 24);
  LIES_AT(critmin_scenario_options, drawn, 32);
}
END_TEST

START_TEST(the_law_of_a_term_takes_40_bytes) {
  ck_assert_uint_eq(sizeof(critmin_law), 40);
  LIES_AT(critmin_law, kind, 0);
  LIES_AT(critmin_law, reserved, 4);
  LIES_AT(critmin_law, value, 8);
  LIES_AT(critmin_law, low, 16);
  LIES_AT(critmin_law, high, 24);
  LIES_AT(critmin_law, deviation, 32);
}
END_TEST

START_TEST(codes_keep_their_meaning) {
  ck_assert_int_eq(CRITMIN_ERROR_ARGUMENT, 1);
  ck_assert_int_eq(CRITMIN_ERROR_NOT_A_STORE, 16);
  ck_assert_int_eq(CRITMIN_ERROR_INTERNAL, 30);
  ck_assert_int_eq(CRITMIN_COLUMN_NUMBER, 1);
  ck_assert_int_eq(CRITMIN_COLUMN_INTEGER, 2);
  ck_assert_int_eq(CRITMIN_COLUMN_TEXT, 3);
  ck_assert_uint_eq(CRITMIN_FLAG_BASIS_CONVERTED, UINT64_C(1) << 24);
  ck_assert_uint_eq(CRITMIN_FLAG_BY_VALUE, UINT64_C(1) << 25);
  ck_assert_uint_eq(CRITMIN_FLAG_PUBLISHED, UINT64_C(1) << 26);
  ck_assert_uint_eq(CRITMIN_FLAG_SEVERAL_SOURCES, UINT64_C(1) << 27);
  ck_assert_uint_eq(CRITMIN_FLAG_UNKNOWN_ORIGIN, UINT64_C(1) << 28);
  ck_assert_uint_eq(CRITMIN_FLAG_TRANSIT_ONLY, UINT64_C(1) << 29);
  ck_assert_uint_eq(CRITMIN_FLAG_EARLIER_YEAR, UINT64_C(1) << 30);
  ck_assert_uint_eq(CRITMIN_FLAG_CENSORED, UINT64_C(1) << 31);
  ck_assert_uint_eq(sizeof(critmin_status), 4);
}
END_TEST

static Suite *suite_layout(void) {
  Suite *suite = suite_create("layout");
  TCase *tcase = tcase_create("layout");
  tcase_add_test(tcase, an_error_takes_1024_bytes);
  tcase_add_test(tcase, an_answer_takes_56_bytes);
  tcase_add_test(tcase, a_balance_takes_152_bytes);
  tcase_add_test(tcase, a_supply_takes_88_bytes);
  tcase_add_test(tcase, terms_of_the_criticality_kernels_lie_where_they_always_have);
  tcase_add_test(tcase, a_composite_and_its_criteria_lie_where_they_always_have);
  tcase_add_test(tcase, networks_traces_and_commitments_lie_where_they_always_have);
  tcase_add_test(tcase, the_options_of_a_scenario_take_24_bytes);
  tcase_add_test(tcase, the_law_of_a_term_takes_40_bytes);
  tcase_add_test(tcase, codes_keep_their_meaning);
  suite_add_tcase(suite, tcase);
  return suite;
}

int main(void) {
  static const suite_maker suites[] = {suite_layout};
  return run_suites(suites, 1);
}
