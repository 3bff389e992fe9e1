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

START_TEST(the_share_of_the_leading_producer_is_the_one_the_publisher_prints) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, printed[_i].mineral, printed[_i].stage);
  double share = share_of_total(table, (figure){"usgs_mcs", "2024", printed[_i].leader, 2023});
  ck_assert_msg(fabs(100 * share - printed[_i].per_cent) <= 1, "%s: %.1f, printed %d", printed[_i].mineral, 100 * share,
                printed[_i].per_cent);
  critmin_table_free(table);
  critmin_store_close(store);
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
