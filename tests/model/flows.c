/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/model.h"
#include "suites.h"
#include "world.h"

static critmin_store *store;
static critmin_model *model;

static void setup(void) {
  store = world();
}
static void teardown(void) {
  critmin_model_free(model);
  model = NULL;
  critmin_store_close(store);
}

static void flow(const char *importer, const char *exporter, const char *quantity, const char *more) {
  char row[512];
  snprintf(row, sizeof row,
           "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=%s|exporter=%s|quantity=%s|source=first|edition="
           "2022%s%s",
           importer, exporter, quantity, *more ? "|" : "", more);
  world_set(store, row);
}

static const char *key(uint16_t country) {
  return model->countries[country].key;
}

START_TEST(flows_stand_by_importer_with_what_they_carry) {
  flow("CHN", "AUS", "3", "");
  flow("USA", "CHN", "1", "amount=100|currency=USD|hs=2609|status=estimated");
  flow("USA", "AUS", "2", "basis=SnO2");
  model = world_model(store, NULL);
  ck_assert_uint_eq(model->n_flow_markets, 1);
  ck_assert_int_eq(model->flow_markets[0].n, 3);
  const cm_flows *f = &model->flows;
  for (size_t i = 1; i < f->count; i++) ck_assert_uint_le(f->importer[i - 1], f->importer[i]);
  size_t at = 0;
  while (f->quantity[at] != 1) at++;
  ck_assert_str_eq(key(f->importer[at]), "USA");
  ck_assert_str_eq(key(f->exporter[at]), "CHN");
  ck_assert_double_eq(f->amount[at], 100);
  ck_assert_str_eq(model->words[f->currency[at]], "USD");
  ck_assert_str_eq(model->words[f->hs[at]], "2609");
  ck_assert_str_eq(model->words[f->basis[at]], "gross");
  ck_assert_int_eq(f->status[at], CM_STATUS_ESTIMATED);
  ck_assert_ptr_null(f->share);
}
END_TEST

START_TEST(of_a_source_only_the_newest_edition_is_kept) {
  flow("USA", "CHN", "1", "");
  flow("USA", "AUS", "2", "");
  flow("USA", "CHN", "3", "edition=2023");
  flow("CHN", "AUS", "4", "source=third|edition=2020|from=2019|to=2019");
  model = world_model(store, NULL);
  ck_assert_uint_eq(model->n_flow_markets, 2);
  ck_assert_uint_eq(model->flows.count, 2);
  ck_assert_double_eq(model->flows.quantity[0], 4);
  ck_assert_double_eq(model->flows.quantity[1], 3);
  ck_assert_int_eq(model->flow_markets[1].first, 1);
  critmin_model_free(model);
  model = world_model(store, "edition=2022-12-31|year=2020");
  ck_assert_uint_eq(model->n_flow_markets, 2);
  ck_assert_uint_eq(model->flows.count, 3);
  critmin_model_free(model);
  model = world_model(store, "edition=2022-12-31|year=2025"); /* of 2019, six years before it, nothing */
  ck_assert_uint_eq(model->n_flow_markets, 1);
  ck_assert_uint_eq(model->flows.count, 2);
}
END_TEST

/* The markets of tin's mining in 2020, with what flows in them, as "first:1,2 second:3 ". */
static const char *markets(void) {
  static char text[256];
  size_t n = 0;
  text[0] = '\0';
  for (size_t i = 0; i < model->n_flow_markets; i++) {
    const cm_flow_market *market = &model->flow_markets[i];
    n += (size_t)snprintf(text + n, sizeof text - n, "%s", model->sources[model->editions[market->edition].source].key);
    for (int64_t at = market->first; at < market->first + market->n; at++)
      n += (size_t)snprintf(text + n, sizeof text - n, "%c%g", at == market->first ? ':' : ',',
                            model->flows.quantity[at]);
    n += (size_t)snprintf(text + n, sizeof text - n, " ");
  }
  return text;
}

static void ranked(void) {
  world_set(store, "measure|measure=flow|text=Trade");
  world_set(store, "source_rank|measure=flow|source=second|rank=1");
  world_set(store, "source_rank|measure=flow|source=first|rank=2");
}

START_TEST(sources_stand_side_by_side_in_the_order_of_their_ranks) {
  ranked();
  flow("USA", "CHN", "1", "amount=10|currency=USD");
  flow("USA", "CHN", "2", "source=third|edition=2020|share=0.5");
  flow("USA", "CHN", "3", "source=second|edition=2021|status=estimated");
  flow("USA", "AUS", "4", "");
  flow("CHN", "AUS", "5", "source=second|edition=2021");
  flow("DEU", "CHN", "6", "hs=2609");
  flow("DEU", "CHN", "7", "edition=2023|hs=2610");
  flow("DEU", "AUS", "8", "source=third|edition=2020");
  model = world_model(store, NULL);
  ck_assert_str_eq(markets(), "second:3,5 first:7 third:2,8 ");
  const cm_flows *f = &model->flows;
  ck_assert_int_eq(f->status[0], CM_STATUS_ESTIMATED);
  ck_assert_str_eq(model->words[f->hs[2]], "2610");
  ck_assert_str_eq(key(f->importer[2]), "DEU");
  ck_assert_double_eq(f->share[3], 0.5);
  ck_assert_double_nan(f->share[0]);
  critmin_model_free(model);
  model = world_model(store, "edition=2022-12-31");
  ck_assert_str_eq(markets(), "second:3,5 first:1,4,6 third:2,8 ");
  ck_assert_double_eq(model->flows.amount[2], 10);
  ck_assert_str_eq(model->words[model->flows.currency[2]], "USD");
  critmin_model_free(model);
  model = world_model(store, "source=third");
  ck_assert_str_eq(markets(), "third:2,8 second:3,5 first:7 ");
  critmin_model_free(model);
  model = world_model(store, "edition=2020-12-31");
  ck_assert_str_eq(markets(), "third:2,8 ");
}
END_TEST

static int32_t load_once(void *user) {
  (void)user;
  critmin_model *loaded = NULL;
  critmin_status status = critmin_model_load(store, NULL, NULL, NULL, &loaded, NULL);
  if (status) ck_assert_ptr_null(loaded);
  critmin_model_free(loaded);
  return status;
}

START_TEST(memory_may_run_out_while_sources_are_told_apart) {
  flow("USA", "CHN", "1", "");
  flow("USA", "CHN", "2", "source=third|edition=2020|share=0.5");
  flow("DEU", "CHN", "3", "edition=2023|hs=2610");
  flow("DEU", "CHN", "4", "from=2021|to=2021");
  fail_each_allocation(load_once, NULL);
}
END_TEST

/* The range into a country in a year, as "source:quantity,...", "source:" when nothing flows, "none" without a source.
 */
static const char *into(const char *importer, int32_t year) {
  static char text[256];
  int32_t stage = model->minerals[cm_mineral_place(model, "tin")].first_stage;
  cm_flow_range range = cm_model_flows_into(model, stage, cm_country_place(model, importer), year);
  if (!range.market) return "none";
  int n = snprintf(text, sizeof text, "%s:", model->sources[model->editions[range.market->edition].source].key);
  for (int64_t at = range.first; at < range.last; at++)
    n += snprintf(text + n, sizeof text - (size_t)n, "%s%g", at == range.first ? "" : ",", model->flows.quantity[at]);
  return text;
}

START_TEST(flows_into_a_country_are_of_the_first_source_that_lists_any) {
  ranked();
  flow("DEU", "CHN", "1", "");
  flow("DEU", "AUS", "2", "");
  flow("USA", "AUS", "3", "");
  flow("USA", "AUS", "4", "source=second|edition=2021");
  flow("DEU", "AUS", "5", "source=second|edition=2021|from=2018|to=2020");
  flow("FRA", "AUS", "6", "source=second|edition=2021|from=2017|to=2020");
  flow("FRA", "AUS", "7", "source=second|edition=2021|from=2018|to=2020");
  flow("WLD", "AUS", "8", "");
  model = world_model(store, NULL);
  ck_assert_str_eq(into("DEU", 2020), "first:1,2");
  ck_assert_str_eq(into("USA", 2020), "second:4");
  ck_assert_str_eq(into("DEU", 2019), "second:5"); /* the mean answers where the year has nothing */
  ck_assert_str_eq(into("FRA", 2020), "second:7");
  ck_assert_str_eq(into("FRA", 2017), "second:6");
  ck_assert_str_eq(into("WLD", 2020), "first:8");
  ck_assert_str_eq(into("CHN", 2020), "none");
  ck_assert_str_eq(into("DEU", 2021), "none");
}
END_TEST

START_TEST(of_a_complete_source_nothing_listed_is_nothing) {
  ranked();
  flow("DEU", "CHN", "7", "source=second|edition=2021");
  flow("WLD", "WLD", "7", "source=second|edition=2021");
  flow("USA", "CHN", "3", "");
  model = world_model(store, NULL);
  int32_t stage = model->minerals[cm_mineral_place(model, "tin")].first_stage;
  ck_assert_str_eq(into("USA", 2020), "second:");
  ck_assert_ptr_eq(cm_model_flow_matrix(model, stage, 2020), &model->flow_markets[0]);
  ck_assert_ptr_null(cm_model_flow_matrix(model, stage, 2019));
}
END_TEST

START_TEST(a_year_of_its_own_comes_before_a_mean_among_complete_markets) {
  ranked();
  flow("DEU", "CHN", "7", "source=second|edition=2021|from=2019");
  flow("WLD", "WLD", "7", "source=second|edition=2021|from=2019");
  flow("USA", "CHN", "3", "");
  flow("WLD", "WLD", "3", "");
  model = world_model(store, NULL);
  int32_t stage = model->minerals[cm_mineral_place(model, "tin")].first_stage;
  ck_assert_int_eq(cm_model_flow_matrix(model, stage, 2020)->from_year, 2020);
  ck_assert_int_eq(cm_model_flow_matrix(model, stage, 2019)->from_year, 2019);
  ck_assert_str_eq(into("DEU", 2020), "first:");
}
END_TEST

/* Whether the only market is complete. */
static int complete(void) {
  critmin_model_free(model);
  model = world_model(store, NULL);
  ck_assert_uint_eq(model->n_flow_markets, 1);
  return model->flow_markets[0].complete;
}

START_TEST(a_market_is_complete_when_its_pairs_reach_the_total_of_all) {
  flow("DEU", "CHN", "60", "");
  flow("USA", "CHN", "40", "");
  ck_assert(!complete());
  flow("WLD", "CHN", "100", "");
  flow("DEU", "WLD", "60", "");
  flow("DEU", "OTH", "1", "");
  ck_assert(!complete());
  flow("WLD", "WLD", "100.4", "");
  ck_assert(complete());
  flow("WLD", "WLD", "101", "");
  ck_assert(!complete());
  flow("WLD", "WLD", "90", "");
  ck_assert(!complete());
}
END_TEST

START_TEST(money_decides_whether_a_market_is_complete_where_there_is_some) {
  flow("DEU", "CHN", "60", "amount=10|currency=USD");
  flow("WLD", "WLD", "100", "amount=10|currency=USD");
  ck_assert(complete());
  flow("WLD", "WLD", "60", "amount=20|currency=USD");
  ck_assert(!complete());
  flow("WLD", "WLD", "60", "amount=10|currency=EUR");
  ck_assert(!complete());
  flow("WLD", "WLD", "60", "");
  ck_assert(complete());
  flow("WLD", "WLD", "60", "basis=SnO2");
  ck_assert(!complete());
}
END_TEST

START_TEST(nothing_traded_is_a_complete_market) {
  flow("WLD", "WLD", "0", "status=zero");
  ck_assert(complete());
}
END_TEST

static double factor_of(double quantity) {
  int64_t at = 0;
  while (model->flows.quantity[at] != quantity) at++;
  return cm_model_flow_factor(model, model->minerals[cm_mineral_place(model, "tin")].first_stage, at);
}

START_TEST(a_flow_is_converted_by_its_code_else_its_basis_else_not_at_all) {
  world_set(store, "content_factor|mineral=tin|hs=2609|basis=gross|element=Sn|factor=0.4");
  world_set(store, "content_factor|mineral=tin|stage=mining|basis=SnO2|element=Sn|factor=0.6");
  world_set(store, "content_factor|mineral=tin|stage=mining|hs=2610|basis=gross|element=Sn|factor=0.3");
  world_set(store, "content_factor|mineral=tin|hs=2610|basis=gross|element=Sn|factor=0.2");
  flow("USA", "AUS", "1", "");
  flow("USA", "AUS", "2", "hs=2609");
  flow("USA", "AUS", "3", "hs=2610");
  flow("USA", "AUS", "4", "hs=2611|basis=SnO2");
  flow("USA", "AUS", "5", "hs=2612|basis=content");
  flow("USA", "CHN", "6", "hs=2609");
  model = world_model(store, NULL);
  static const double factors[] = {0.25, 0.4, 0.3, 0.6, 1, 0.4};
  for (int i = 0; i < 6; i++) ck_assert_double_eq(factor_of(i + 1), factors[i]);
}
END_TEST

START_TEST(a_gross_flow_that_nobody_can_convert_still_counts_its_money) {
  world_set(store,
            "flow|mineral=one|stage=mining|from=2020|to=2020|importer=USA|exporter=CHN|quantity=3|amount=9|"
            "currency=USD|source=first|edition=2022");
  model = world_model(store, NULL);
  ck_assert_double_eq(model->flows.amount[0], 9);
  ck_assert_double_nan(cm_model_flow_factor(model, model->minerals[cm_mineral_place(model, "one")].first_stage, 0));
}
END_TEST

START_TEST(shares_take_room_only_where_there_are_some) {
  for (int i = 0; i < 100; i++) {
    char more[64];
    snprintf(more, sizeof more, "hs=%d%s", 100000 + i, i == 70 ? "|share=0.25" : "");
    flow("USA", "CHN", i == 70 ? "" : "1", more);
  }
  model = world_model(store, NULL);
  const cm_flows *f = &model->flows;
  ck_assert_uint_eq(f->count, 100);
  ck_assert_ptr_nonnull(f->share);
  for (size_t i = 0; i < 100; i++) {
    if (i == 70)
      ck_assert_double_eq(f->share[i], 0.25);
    else
      ck_assert_double_nan(f->share[i]);
  }
  ck_assert_double_nan(f->quantity[70]);
}
END_TEST

Suite *suite_flows(void) {
  Suite *suite = suite_create("flows");
  TCase *tests = tcase_create("flows");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, flows_stand_by_importer_with_what_they_carry);
  tcase_add_test(tests, of_a_source_only_the_newest_edition_is_kept);
  tcase_add_test(tests, sources_stand_side_by_side_in_the_order_of_their_ranks);
  tcase_add_test(tests, memory_may_run_out_while_sources_are_told_apart);
  tcase_add_test(tests, flows_into_a_country_are_of_the_first_source_that_lists_any);
  tcase_add_test(tests, of_a_complete_source_nothing_listed_is_nothing);
  tcase_add_test(tests, a_year_of_its_own_comes_before_a_mean_among_complete_markets);
  tcase_add_test(tests, a_market_is_complete_when_its_pairs_reach_the_total_of_all);
  tcase_add_test(tests, money_decides_whether_a_market_is_complete_where_there_is_some);
  tcase_add_test(tests, nothing_traded_is_a_complete_market);
  tcase_add_test(tests, a_flow_is_converted_by_its_code_else_its_basis_else_not_at_all);
  tcase_add_test(tests, a_gross_flow_that_nobody_can_convert_still_counts_its_money);
  tcase_add_test(tests, shares_take_room_only_where_there_are_some);
  suite_add_tcase(suite, tests);
  return suite;
}
