/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "model/model.h"
#include "suites.h"
#include "world.h"

static critmin_store *store;

static void setup(void) {
  store = world();
  world_market(store, "", "CHN", "6", "USA", "4", "WLD", "12", NULL);
  world_market(store, "from=2021|to=2021", "CHN", "7", "USA", "3", NULL);
  world_market(store, "mineral=both", "CHN", "1", NULL);
  world_market(store, "mineral=one", "CHN", "1", NULL);
  world_set(store,
            "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=USA|exporter=CHN|quantity=1|share=0.5|source="
            "first|edition=2022");
  world_set(store, "parameter|mineral=tin|parameter=p|value=1|source=first|edition=2022");
  world_set(store, "price|mineral=tin|from=2020|to=2020|amount=9|per=t|currency=USD|source=first|edition=2022");
  world_set(store, "indicator|indicator=rule_of_law|country=CHN|year=2015|value=1|source=wgi|edition=2024");
}
static void teardown(void) {
  critmin_store_close(store);
}

START_TEST(a_selection_narrows_to_minerals_their_members_and_years) {
  critmin_model *model = world_model(store, "mineral=both|year=2020");
  ck_assert_int_eq(model->minerals[cm_mineral_place(model, "one")].loaded, 1);
  ck_assert_int_eq(model->minerals[cm_mineral_place(model, "tin")].loaded, 0);
  ck_assert_uint_eq(model->figures.count, 2);
  ck_assert_uint_eq(model->flows.count, 0);
  critmin_model_free(model);
  model = world_model(store, "mineral=tin|year=2019");
  ck_assert_uint_eq(model->figures.count, 0);
  critmin_model_free(model);
}
END_TEST

START_TEST(years_before_those_asked_for_are_there_to_rest_on) {
  static const struct {
    const char *selection;
    size_t figures, flows;
  } asked[] = {{"mineral=tin|year=2020", 3, 1},
               {"mineral=tin|year=2021", 5, 1},
               {"mineral=tin|year=2025", 5, 1},
               {"mineral=tin|year=2026", 2, 0}, /* five years before it is 2021 */
               {"mineral=tin|year=2027", 0, 0}};
  for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
    critmin_model *model = world_model(store, asked[i].selection);
    ck_assert_msg(model->figures.count == asked[i].figures && model->flows.count == asked[i].flows,
                  "%s: %zu figures, %zu flows", asked[i].selection, (size_t)model->figures.count,
                  (size_t)model->flows.count);
    critmin_model_free(model);
  }
}
END_TEST

START_TEST(what_cannot_be_loaded_is_refused_and_leaves_the_model_alone) {
  critmin_model *model = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_model_load(NULL, NULL, NULL, NULL, &model, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_model_load(store, NULL, NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_selection *selection = world_selection("mineral=tinn");
  ck_assert_int_eq(critmin_model_load(store, selection, NULL, NULL, &model, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "`tin`"));
  ck_assert_ptr_null(model);
  critmin_selection_free(selection);
}
END_TEST

typedef struct calls {
  int64_t made, stop_at, last_done, total;
} calls;

static int32_t count_calls(void *user, int64_t done, int64_t total) {
  calls *c = user;
  ck_assert_int_ge(done, c->last_done);
  c->last_done = done;
  c->total = total;
  return ++c->made == c->stop_at;
}

START_TEST(every_call_of_the_progress_can_cancel) {
  calls whole = {0};
  critmin_model *model = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_model_load(store, NULL, count_calls, &whole, &model, &error), CRITMIN_OK);
  ck_assert_int_eq(whole.last_done, whole.total);
  ck_assert_int_gt(whole.made, 2);
  critmin_model_free(model);
  model = NULL;
  for (int64_t at = 1; at <= whole.made; at++) {
    calls c = {.stop_at = at};
    ck_assert_int_eq(critmin_model_load(store, NULL, count_calls, &c, &model, &error), CRITMIN_ERROR_CANCELLED);
    ck_assert_ptr_null(model);
  }
  /* The store is free again. */
  critmin_model_free(world_model(store, NULL));
}
END_TEST

static int32_t load_once(void *user) {
  (void)user;
  critmin_model *model = NULL;
  critmin_status status = critmin_model_load(store, NULL, NULL, NULL, &model, NULL);
  if (status) ck_assert_ptr_null(model);
  critmin_model_free(model);
  return status;
}

START_TEST(memory_may_run_out_anywhere) {
  fail_each_allocation(load_once, NULL);
}
END_TEST

static int32_t size_once(void *user) {
  critmin_table *table = NULL;
  critmin_status status = critmin_model_size(user, &table, NULL);
  if (status) ck_assert_ptr_null(table);
  critmin_table_free(table);
  return status;
}

START_TEST(the_size_names_its_parts) {
  critmin_model *model = world_model(store, NULL);
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_model_size(model, &table, &error), CRITMIN_OK);
  static const char *const parts[] = {"figures", "flows", "indicators", "parameters", "dictionaries"};
  for (int i = 0; i < 5; i++) {
    ck_assert_str_eq(word(table, i, "part"), parts[i]);
    ck_assert(cell(table, i, "bytes") > 0);
  }
  ck_assert_double_eq(cell(table, 0, "rows"), 7);
  ck_assert_double_eq(cell(table, 1, "rows"), 1);
  ck_assert_double_eq(cell(table, 2, "rows"), 1);
  ck_assert_double_eq(cell(table, 3, "rows"), 2);
  critmin_table_free(table);
  ck_assert_int_eq(critmin_model_size(NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_model_size(model, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  fail_each_allocation(size_once, model);
  critmin_model_free(model);
  critmin_model_free(NULL);
}
END_TEST

START_TEST(an_empty_store_is_a_model_without_figures) {
  critmin_store *empty;
  critmin_error error;
  ck_assert_int_eq(critmin_store_open(":memory:", CRITMIN_OPEN_WRITE, &empty, &error), CRITMIN_OK);
  critmin_model *model = world_model(empty, NULL);
  ck_assert_uint_eq(model->figures.count, 0);
  critmin_model_free(model);
  critmin_store_close(empty);
}
END_TEST

START_TEST(a_model_loads_inside_the_callers_transaction) {
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  world_figure(store, "AUS", "5", "from=2021|to=2021");
  critmin_model *model = world_model(store, NULL);
  ck_assert_uint_eq(model->figures.count, 8);
  critmin_model_free(model);
  ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
  model = world_model(store, NULL);
  ck_assert_uint_eq(model->figures.count, 7);
  critmin_model_free(model);
}
END_TEST

Suite *suite_load(void) {
  Suite *suite = suite_create("load");
  TCase *tests = tcase_create("load");
  tcase_set_timeout(tests, 120);
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, a_selection_narrows_to_minerals_their_members_and_years);
  tcase_add_test(tests, years_before_those_asked_for_are_there_to_rest_on);
  tcase_add_test(tests, what_cannot_be_loaded_is_refused_and_leaves_the_model_alone);
  tcase_add_test(tests, every_call_of_the_progress_can_cancel);
  tcase_add_test(tests, memory_may_run_out_anywhere);
  tcase_add_test(tests, the_size_names_its_parts);
  tcase_add_test(tests, an_empty_store_is_a_model_without_figures);
  tcase_add_test(tests, a_model_loads_inside_the_callers_transaction);
  suite_add_tcase(suite, tests);
  return suite;
}
