/* SPDX-License-Identifier: MIT */
/* The five chains: who ships magnets, metals and compounds to whom, under codes that hold more than one thing. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"
#include "rows.h"
#include "suites.h"

/* Flows of one mineral. */
typedef struct ledger {
  critmin_store *store;
  critmin_table *table;
} ledger;

static ledger open_flows(const char *mineral) {
  ledger flows = {.store = open_reference()};
  flows.table = list(flows.store, "flow", mineral ? "mineral" : NULL, mineral);
  ck_assert_int_gt(critmin_table_rows(flows.table), 0);
  return flows;
}

static void close_flows(ledger *flows) {
  critmin_table_free(flows->table);
  critmin_store_close(flows->store);
}

/* "" stands for any. */
typedef struct wanted {
  const char *source, *stage, *importer, *exporter;
  int year;
} wanted;

static int is(const critmin_table *table, const char *column, int64_t row, const char *word) {
  return !*word || !strcmp(text(table, column, row), word);
}

static int matches(const critmin_table *table, int64_t row, wanted w) {
  return (int)number(table, "from", row) == w.year && is(table, "source", row, w.source) &&
         is(table, "stage", row, w.stage) && is(table, "importer", row, w.importer) &&
         is(table, "exporter", row, w.exporter);
}

static int64_t find_row(const critmin_table *table, wanted w) {
  int64_t found = -1;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!matches(table, row, w)) continue;
    ck_assert_msg(found < 0, "%s from %s to %s stands twice", w.source, w.exporter, w.importer);
    found = row;
  }
  ck_assert_msg(found >= 0, "%s from %s to %s in %d is missing", w.source, w.exporter, w.importer, w.year);
  return found;
}

static int is_country(const char *key) {
  return strcmp(key, "WLD") && strcmp(key, "OTH");
}

/* What countries ship, pair by pair. */
static double sum_of_pairs(const critmin_table *table, const char *column, wanted w) {
  double sum = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!matches(table, row, w) || !is_country(text(table, "exporter", row)) ||
        !is_country(text(table, "importer", row)) || isnan(number(table, column, row)))
      continue;
    sum += number(table, column, row);
  }
  return sum;
}

static const struct {
  const char *importer;
  double by_value;
} magnets_from_china[] = {{"USA", 0.745}, {"JPN", 0.276}, {"KOR", 0.874}, {"GBR", 0.683},
                          {"IND", 0.842}, {"MEX", 0.790}, {"CAN", 0.520}};

START_TEST(china_has_its_share_of_the_metal_magnets_each_country_buys) {
  ledger flows = open_flows("rare_earths");
  wanted all = {"cepii_baci", "magnet", magnets_from_china[_i].importer, "", 2024}, china = all;
  china.exporter = "CHN";
  double share = sum_of_pairs(flows.table, "amount", china) / sum_of_pairs(flows.table, "amount", all);
  ck_assert_msg(fabs(share - magnets_from_china[_i].by_value) <= 0.0005, "%s: %.4f", all.importer, share);
  close_flows(&flows);
}
END_TEST

START_TEST(weights_of_magnets_tell_another_share_than_values) {
  ledger flows = open_flows("rare_earths");
  static const struct {
    const char *importer;
    double tonnes, from_china;
  } weighed[] = {{"USA", 11218.4, 0.7736}, {"JPN", 10332.4, 0.3595}, {"IND", 21886.9, 0.8799}};
  for (size_t i = 0; i < sizeof weighed / sizeof weighed[0]; i++) {
    wanted all = {"cepii_baci", "magnet", weighed[i].importer, "", 2024}, china = all;
    china.exporter = "CHN";
    double sum = sum_of_pairs(flows.table, "quantity", all);
    ck_assert_double_eq_tol(sum, weighed[i].tonnes, 0.06);
    ck_assert_double_eq_tol(sum_of_pairs(flows.table, "quantity", china) / sum, weighed[i].from_china, 0.0001);
  }
  close_flows(&flows);
}
END_TEST

START_TEST(the_union_buys_rare_earth_magnets_from_china) {
  ledger flows = open_flows("rare_earths");
  static const struct {
    int year;
    double by_value, by_weight, tonnes;
  } declared[] = {{2023, 0.9266, 0.916, 19281.9}, {2024, 0.9272, 0.911, 20028.3}, {2025, 0.9258, 0.937, 20851.4}};
  for (size_t i = 0; i < sizeof declared / sizeof declared[0]; i++) {
    wanted w = {"eurostat_comext", "magnet", "EUU", "WLD", declared[i].year};
    int64_t total = find_row(flows.table, w);
    w.exporter = "CHN";
    int64_t china = find_row(flows.table, w);
    ck_assert_str_eq(text(flows.table, "currency", total), "EUR");
    ck_assert_str_eq(text(flows.table, "hs", total), "85051110");
    ck_assert_double_eq_tol(number(flows.table, "quantity", total), declared[i].tonnes, 1e-6);
    double amounts = number(flows.table, "amount", china) / number(flows.table, "amount", total);
    double weights = number(flows.table, "quantity", china) / number(flows.table, "quantity", total);
    ck_assert_double_eq_tol(amounts, declared[i].by_value, 0.0001);
    ck_assert_double_eq_tol(weights, declared[i].by_weight, 0.0005);
  }
  close_flows(&flows);
}
END_TEST

START_TEST(british_magnets_come_from_china_and_a_weight_that_cannot_be_is_left_out) {
  ledger flows = open_flows("rare_earths");
  wanted w = {"hmrc_uktrade", "magnet", "GBR", "", 2025};
  double all = sum_of_pairs(flows.table, "amount", w);
  w.exporter = "CHN";
  ck_assert_double_eq_tol(sum_of_pairs(flows.table, "amount", w) / all, 0.6954, 0.0001);
  w.exporter = "DEU";
  int64_t row = find_row(flows.table, w);
  ck_assert_double_eq_tol(number(flows.table, "amount", row), 1255063, 1e-6);
  ck_assert(isnan(number(flows.table, "quantity", row)));
  close_flows(&flows);
}
END_TEST

static const struct {
  const char *mineral, *stage;
  int year, whole;
} totals[] = {{"rare_earths", "magnet", 2022, 1}, {"rare_earths", "magnet", 2023, 0},
              {"rare_earths", "magnet", 2024, 1}, {"antimony", "refined", 2022, 1},
              {"antimony", "refined", 2023, 0},   {"antimony", "refined", 2024, 1}};

START_TEST(pairs_of_a_whole_year_make_up_its_total) {
  ledger flows = open_flows(totals[_i].mineral);
  wanted w = {"cepii_baci", totals[_i].stage, "WLD", "WLD", totals[_i].year};
  double total = number(flows.table, "amount", find_row(flows.table, w));
  w.importer = w.exporter = "";
  double pairs = sum_of_pairs(flows.table, "amount", w);
  if (totals[_i].whole) ck_assert_double_eq_tol(pairs, total, 0.5);
  /* Of 2023 the largest are listed: nearly all, and too few to be taken for all. */
  else ck_assert_msg(pairs < 0.995 * total && pairs > 0.98 * total, "%.4f", pairs / total);
  close_flows(&flows);
}
END_TEST

/* A pair that is not listed is none only where the code is the whole stage and every pair of the year is there. */
START_TEST(only_whole_years_of_a_stages_only_code_are_complete) {
  static const struct {
    const char *mineral, *stage;
    int year, complete;
  } matrices[] = {{"rare_earths", "magnet", 2022, 1},  {"rare_earths", "magnet", 2023, 0},
                  {"rare_earths", "magnet", 2024, 1},  {"antimony", "refined", 2023, 0},
                  {"antimony", "refined", 2024, 1},    {"lithium", "refined", 2024, 0},
                  {"cobalt", "intermediate", 2024, 0}, {"graphite_natural", "mining", 2024, 0}};
  critmin_error error;
  critmin_store *store = open_reference();
  critmin_model *model;
  ck_assert_msg(critmin_model_load(store, NULL, NULL, NULL, &model, &error) == CRITMIN_OK, "%s", error.message);
  for (size_t i = 0; i < sizeof matrices / sizeof matrices[0]; i++) {
    const cm_model_mineral *mineral = &model->minerals[cm_mineral_place(model, matrices[i].mineral)];
    int32_t stage = mineral->first_stage, last = stage + mineral->n_stages;
    while (stage < last && strcmp(model->stages[stage].key, matrices[i].stage)) stage++;
    ck_assert_int_lt(stage, last);
    ck_assert_msg(!!cm_model_flow_matrix(model, stage, matrices[i].year) == matrices[i].complete, "%s %d",
                  matrices[i].mineral, matrices[i].year);
  }
  critmin_model_free(model);
  critmin_store_close(store);
}
END_TEST

/* Pairs are of carbonate. Hydroxide is known as totals, which stand as others or as not available, so that no list of
 * carbonate passes for the whole. */
START_TEST(lithium_that_came_in_as_hydroxide_is_not_forgotten) {
  ledger flows = open_flows("lithium");
  for (int year = 2022; year <= 2024; year++) {
    wanted w = {"cepii_baci", "refined", "WLD", "WLD", year};
    double total = number(flows.table, "amount", find_row(flows.table, w));
    w.importer = w.exporter = "";
    double carbonate = sum_of_pairs(flows.table, "amount", w), hydroxide = 0;
    int told = 0, untold = 0;
    for (int64_t row = 0; row < critmin_table_rows(flows.table); row++) {
      if (!matches(flows.table, row, w) || strcmp(text(flows.table, "exporter", row), "OTH")) continue;
      ck_assert_str_eq(text(flows.table, "hs", row), "282520");
      int known = !strcmp(text(flows.table, "status", row), "residual");
      if (known) hydroxide += number(flows.table, "amount", row);
      ck_assert(known != isnan(number(flows.table, "amount", row)));
      told += known;
      untold += !known;
    }
    ck_assert_int_eq(told, 8);
    ck_assert_int_gt(untold, 80);
    ck_assert(carbonate < 0.7 * total && carbonate + hydroxide < total && carbonate + hydroxide > 0.95 * total);
  }
  wanted korea = {"cepii_baci", "refined", "KOR", "OTH", 2024};
  ck_assert_double_eq_tol(number(flows.table, "amount", find_row(flows.table, korea)), 1603700958, 1e-6);
  wanted china = {"cepii_baci", "refined", "WLD", "CHN", 2024}, pairs = {"cepii_baci", "refined", "", "CHN", 2024};
  ck_assert_double_eq_tol(number(flows.table, "amount", find_row(flows.table, china)),
                          2006910191 + sum_of_pairs(flows.table, "amount", pairs), 0.5);
  close_flows(&flows);
}
END_TEST

START_TEST(weights_of_pairs_are_of_2024_only) {
  ledger flows = open_flows(NULL);
  int weighed = 0;
  for (int64_t row = 0; row < critmin_table_rows(flows.table); row++) {
    if (strcmp(text(flows.table, "source", row), "cepii_baci") || isnan(number(flows.table, "quantity", row))) continue;
    ck_assert_int_eq((int)number(flows.table, "from", row), 2024);
    ck_assert_str_eq(text(flows.table, "basis", row), "gross");
    weighed++;
  }
  ck_assert_int_gt(weighed, 5000);
  close_flows(&flows);
}
END_TEST

/* A code that holds ten metals is of none of them. */
START_TEST(no_flow_stands_under_a_code_that_cannot_tell_gallium_from_germanium) {
  ledger flows = open_flows(NULL);
  for (int64_t row = 0; row < critmin_table_rows(flows.table); row++)
    ck_assert_str_ne(text(flows.table, "hs", row), "811292");
  close_flows(&flows);
}
END_TEST

typedef struct partner {
  const char *mineral, *stage, *importer, *hs;
  double share;
  int year;
} partner;

static int by_list(const void *left, const void *right) {
  const partner *a = left, *b = right;
  int order = strcmp(a->mineral, b->mineral);
  if (!order) order = strcmp(a->stage, b->stage);
  if (!order) order = a->year - b->year;
  return order ? order : strcmp(a->importer, b->importer);
}

/* The rows of the database may not be passed on, shares of an importer's total may. */
START_TEST(comtrade_gives_shares_of_one_code_for_each_importer) {
  ledger flows = open_flows(NULL);
  const critmin_table *table = flows.table;
  size_t n = 0, rows = (size_t)critmin_table_rows(table), lists = 0;
  partner *partners = calloc(rows, sizeof *partners);
  ck_assert_ptr_nonnull(partners);
  for (int64_t row = 0; row < (int64_t)rows; row++) {
    if (strcmp(text(table, "source", row), "un_comtrade")) continue;
    ck_assert(isnan(number(table, "amount", row)) && isnan(number(table, "quantity", row)));
    if (!strcmp(text(table, "edition", row), "japan_2023")) continue; /* not of a chain */
    partners[n++] =
        (partner){text(table, "mineral", row), text(table, "stage", row),   text(table, "importer", row),
                  text(table, "hs", row),      number(table, "share", row), (int)number(table, "from", row)};
  }
  qsort(partners, n, sizeof *partners, by_list);
  for (size_t i = 0, next; i < n; i = next, lists++) {
    double sum = 0;
    for (next = i; next < n && by_list(&partners[i], &partners[next]) == 0; next++) {
      ck_assert_str_eq(partners[next].hs, partners[i].hs);
      sum += partners[next].share;
    }
    ck_assert_msg(fabs(sum - 1) < 1e-9, "%s %s %s %d: %.9f", partners[i].mineral, partners[i].stage,
                  partners[i].importer, partners[i].year, sum);
  }
  ck_assert_uint_gt(lists, 150);
  free(partners);
  close_flows(&flows);
}
END_TEST

static const struct {
  const char *mineral, *stage, *importer, *exporter, *status;
  double share;
} declared[] = {
    /* Malaysia says that it ships to Japan, whose own statistics do not. */
    {"rare_earths", "separated", "JPN", "MYS", "imputed", 0.3706},
    {"rare_earths", "separated", "JPN", "CHN", "estimated", 0.4606},
    /* Viet Nam says nothing: what others ship to it. */
    {"rare_earths", "separated", "VNM", "MYS", "imputed", 0.4329},
    /* China buys feedstock and hydroxide, not oxide and metal. */
    {"rare_earths", "concentrate", "CHN", "MMR", "estimated", 0.7840},
    {"cobalt", "intermediate", "CHN", "COD", "estimated", 0.9230},
    /* Calcium from France is no rare earth. */
    {"rare_earths", "metal", "JPN", "CHN", "estimated", 0.6089},
    {"graphite_natural", "mining", "USA", "CHN", "estimated", 0.7181},
};

START_TEST(partners_are_those_that_the_code_can_stand_for) {
  ledger flows = open_flows(declared[_i].mineral);
  wanted w = {"un_comtrade", declared[_i].stage, declared[_i].importer, declared[_i].exporter, 2023};
  int64_t row = find_row(flows.table, w);
  ck_assert_double_eq_tol(number(flows.table, "share", row), declared[_i].share, 0.0001);
  ck_assert_str_eq(text(flows.table, "status", row), declared[_i].status);
  close_flows(&flows);
}
END_TEST

START_TEST(chinas_imports_of_feedstock_are_not_taken_for_oxide) {
  ledger flows = open_flows(NULL);
  for (int64_t row = 0; row < critmin_table_rows(flows.table); row++) {
    const char *stage = text(flows.table, "stage", row), *mineral = text(flows.table, "mineral", row);
    if (strcmp(text(flows.table, "source", row), "un_comtrade") || strcmp(text(flows.table, "importer", row), "CHN"))
      continue;
    ck_assert(strcmp(mineral, "rare_earths") || strcmp(stage, "separated"));
    ck_assert(strcmp(mineral, "cobalt") || strcmp(stage, "refined"));
  }
  close_flows(&flows);
}
END_TEST

/* A source that tells of one country and of no total must not make it the whole market. */
START_TEST(one_countrys_tonnes_are_not_the_market) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, "rare_earths", "magnet");
  int told = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "measure", row), "production") || strcmp(text(table, "unit", row), "t") ||
        *text(table, "producer", row) || strcmp(text(table, "country", row), "CHN"))
      continue;
    int others = 0;
    for (int64_t other = 0; other < critmin_table_rows(table); other++)
      others += !strcmp(text(table, "country", other), "OTH") &&
                !strcmp(text(table, "status", other), "not_available") &&
                !strcmp(text(table, "source", other), text(table, "source", row)) &&
                number(table, "from", other) == number(table, "from", row);
    ck_assert_msg(others == 1, "%s", text(table, "source", row));
    told++;
  }
  ck_assert_int_eq(told, 6);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(demand_of_the_world_stands_by_sector) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, "cobalt", "refined");
  double vehicles = NAN;
  int sectors = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "measure", row), "demand") || strcmp(text(table, "source", row), "iea_cmd") ||
        number(table, "from", row) != 2024)
      continue;
    ck_assert_str_eq(text(table, "country", row), "WLD");
    sectors++;
    if (!strcmp(text(table, "sector", row), "Electric vehicles")) vehicles = number(table, "value", row);
  }
  ck_assert_int_eq(sectors, 4);
  ck_assert_double_eq_tol(vehicles, 66507.1, 1e-6);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

Suite *suite_chains(void) {
  Suite *suite = suite_create("reference/chains");
  TCase *tests = tcase_create("chains");
  tcase_add_loop_test(tests, china_has_its_share_of_the_metal_magnets_each_country_buys, 0,
                      sizeof magnets_from_china / sizeof magnets_from_china[0]);
  tcase_add_test(tests, weights_of_magnets_tell_another_share_than_values);
  tcase_add_test(tests, the_union_buys_rare_earth_magnets_from_china);
  tcase_add_test(tests, british_magnets_come_from_china_and_a_weight_that_cannot_be_is_left_out);
  tcase_add_loop_test(tests, pairs_of_a_whole_year_make_up_its_total, 0, sizeof totals / sizeof totals[0]);
  tcase_add_test(tests, only_whole_years_of_a_stages_only_code_are_complete);
  tcase_add_test(tests, lithium_that_came_in_as_hydroxide_is_not_forgotten);
  tcase_add_test(tests, weights_of_pairs_are_of_2024_only);
  tcase_add_test(tests, no_flow_stands_under_a_code_that_cannot_tell_gallium_from_germanium);
  tcase_add_test(tests, comtrade_gives_shares_of_one_code_for_each_importer);
  tcase_add_loop_test(tests, partners_are_those_that_the_code_can_stand_for, 0, sizeof declared / sizeof declared[0]);
  tcase_add_test(tests, chinas_imports_of_feedstock_are_not_taken_for_oxide);
  tcase_add_test(tests, one_countrys_tonnes_are_not_the_market);
  tcase_add_test(tests, demand_of_the_world_stands_by_sector);
  suite_add_tcase(suite, tests);
  return suite;
}
