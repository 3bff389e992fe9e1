/* SPDX-License-Identifier: MIT */
/*
 * The leading producers that the publisher names beside the critical minerals of the United States, with the share of
 * the world it prints: USGS, Mineral Commodity Summaries 2024, table 5, estimates for 2023, in whole per cent.
 */
#include <math.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

static const struct {
  const char *mineral, *stage, *leader;
  int per_cent;
} printed[] = {
    {"bauxite", "mining", "AUS", 25},         {"antimony", "mining", "CHN", 48},
    {"arsenic", "processing", "PER", 45},     {"baryte", "mining", "IND", 32},
    {"beryllium", "mining", "USA", 58},       {"bismuth", "processing", "CHN", 80},
    {"chromium", "mining", "ZAF", 44},        {"cobalt", "mining", "COD", 74},
    {"fluorspar", "mining", "CHN", 65},       {"gallium", "processing", "CHN", 98},
    {"graphite_natural", "mining", "CHN", 77}, {"indium", "processing", "CHN", 66},
    {"lithium", "mining", "AUS", 48},         {"magnesium", "processing", "CHN", 88},
    {"manganese", "mining", "ZAF", 36},       {"nickel", "mining", "IDN", 50},
    {"niobium", "mining", "BRA", 90},         {"palladium", "mining", "RUS", 44},
    {"platinum", "mining", "ZAF", 67},        {"rare_earths", "mining", "CHN", 69},
    {"tantalum", "mining", "COD", 41},        {"tellurium", "processing", "CHN", 67},
    {"tin", "mining", "CHN", 23},             {"titanium_metal", "processing", "CHN", 67},
    {"tungsten", "mining", "CHN", 81},        {"vanadium", "mining", "CHN", 68},
    {"zirconium", "mining", "AUS", 31}};

enum { PRINTED = sizeof printed / sizeof printed[0] };

/* What the library says that the publisher prints, from the edition that the table is of. */
static double share_of(const char *mineral, const char *stage, const char *country, double *most) {
  critmin_error error;
  critmin_store *store = open_reference();
  critmin_selection *selection;
  critmin_model *model;
  critmin_table *table;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  const char *const named[][2] = {{"metric", "share"}, {"mineral", mineral}, {"stage", stage}, {"country", country}};
  for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
    ck_assert_int_eq(critmin_selection_add(selection, named[i][0], named[i][1], &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_years(selection, 2023, 2023, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "source", "usgs_mcs", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "edition", "2024-12-31", &error), CRITMIN_OK);
  ck_assert_msg(critmin_model_load(store, selection, NULL, NULL, &model, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_msg(critmin_metric_compute(model, selection, 1, NULL, NULL, &table, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(critmin_table_rows(table), 1);
  ck_assert_str_eq(text(table, "edition", 0), "2024");
  double share = number(table, "value", 0);
  ck_assert_double_le(number(table, "low", 0), share);
  ck_assert_double_le(share, number(table, "high", 0));
  /* Where the publisher's total leaves the withheld output of the United States out, its share is over the others alone: the most that
     the share can be, and never below the library's value, in which that output is at the middle of what it can be. */
  *most = strstr(text(table, "flags", 0), "TOTAL_EXCLUDES") ? number(table, "high", 0) : share;
  critmin_table_free(table);
  critmin_model_free(model);
  critmin_selection_free(selection);
  critmin_store_close(store);
  return share;
}

START_TEST(the_share_of_the_leading_producer_is_the_one_the_publisher_prints) {
  double most, share = share_of(printed[_i].mineral, printed[_i].stage, printed[_i].leader, &most);
  ck_assert_msg(printed[_i].per_cent >= 100 * share - 1 && printed[_i].per_cent <= 100 * most + 1, "%s: %.2f to %.2f, printed %d",
                printed[_i].mineral, 100 * share, 100 * most, printed[_i].per_cent);
}
END_TEST

START_TEST(no_listed_producer_is_larger_than_the_leading_one) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, printed[_i].mineral, printed[_i].stage);
  double largest = number(table, "value", find(table, (figure){"usgs_mcs", "2024", printed[_i].leader, 2023}));
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *country = text(table, "country", row);
    if (number(table, "from", row) != 2023 || strcmp(text(table, "source", row), "usgs_mcs") ||
        strcmp(text(table, "edition", row), "2024") || strcmp(text(table, "measure", row), "production") ||
        !strcmp(country, "WLD") || !strcmp(country, "OTH")) {
      continue;
    }
    ck_assert_msg(!(number(table, "value", row) > largest), "%s: %s", printed[_i].mineral, country);
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

Suite *suite_leading(void) {
  Suite *suite = suite_create("reference/leading");
  TCase *tests = tcase_create("leading");
  tcase_add_loop_test(tests, the_share_of_the_leading_producer_is_the_one_the_publisher_prints, 0, PRINTED);
  tcase_add_loop_test(tests, no_listed_producer_is_larger_than_the_leading_one, 0, PRINTED);
  suite_add_tcase(suite, tests);
  return suite;
}
