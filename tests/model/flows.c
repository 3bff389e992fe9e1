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

START_TEST(flows_of_one_market_are_of_one_edition) {
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
  ck_assert_uint_eq(model->n_flow_markets, 1);
  ck_assert_uint_eq(model->flows.count, 2);
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
  tcase_add_test(tests, flows_of_one_market_are_of_one_edition);
  tcase_add_test(tests, shares_take_room_only_where_there_are_some);
  suite_add_tcase(suite, tests);
  return suite;
}
