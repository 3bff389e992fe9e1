/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

/* Shares of a printed total in the publishers' own tables: USGS mine and refinery tables, IEA dataset of May 2025. */
START_TEST(shares_that_are_quoted_come_out_of_the_figures) {
  static const struct {
    const char *mineral, *stage;
    figure figure;
    double per_cent;
  } quoted[] = {{"rare_earths", "mining", {"usgs_mcs", "2025", "CHN", 2023}, 67.8},
                {"rare_earths", "mining", {"usgs_mcs", "2026", "CHN", 2025}, 69.2},
                {"cobalt", "mining", {"usgs_mcs", "2025", "COD", 2023}, 73.5},
                {"cobalt", "mining", {"usgs_mcs", "2026", "COD", 2024}, 74.8},
                {"graphite_natural", "mining", {"usgs_mcs", "2026", "CHN", 2025}, 77.8},
                {"copper", "refined", {"usgs_mcs", "2026", "CHN", 2024}, 44.9},
                {"copper", "refined", {"usgs_mcs", "2026", "CHN", 2025}, 48.3},
                {"cobalt", "refined", {"iea_cmd", "2025", "CHN", 2024}, 78.4},
                {"lithium", "refined", {"iea_cmd", "2025", "CHN", 2024}, 70.2},
                {"rare_earths_magnet", "separated", {"iea_cmd", "2025", "CHN", 2024}, 91.3}};
  critmin_store *store = open_reference();
  for (size_t i = 0; i < sizeof quoted / sizeof quoted[0]; i++) {
    critmin_table *table = figures(store, quoted[i].mineral, quoted[i].stage);
    double share = share_of_total(table, quoted[i].figure);
    ck_assert_msg(fabs(100 * share - quoted[i].per_cent) <= 0.05, "%s %s: %.2f", quoted[i].mineral, quoted[i].stage,
                  100 * share);
    critmin_table_free(table);
  }
  critmin_store_close(store);
}
END_TEST

START_TEST(editions_stand_side_by_side) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, "antimony", "mining");
  double before = number(table, "value", find(table, (figure){"usgs_mcs", "2025", "CHN", 2024}));
  double after = number(table, "value", find(table, (figure){"usgs_mcs", "2026", "CHN", 2024}));
  ck_assert_double_eq(before, 60000);
  ck_assert_double_eq(after, 40000);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(every_figure_names_a_source_and_the_source_its_licence) {
  critmin_store *store = open_reference();
  critmin_table *sources = list(store, "sources", NULL, NULL);
  for (int64_t row = 0; row < critmin_table_rows(sources); row++) {
    const char *licence = text(sources, "licence", row);
    ck_assert_msg(*licence, "%s", text(sources, "source", row));
    int asks = !strncmp(licence, "CC-BY", 5);
    ck_assert_msg(!asks || *text(sources, "attribution", row), "%s", text(sources, "source", row));
  }
  critmin_table *table = figures(store, NULL, NULL);
  ck_assert_int_gt(critmin_table_rows(table), 10000);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int known = 0;
    for (int64_t s = 0; s < critmin_table_rows(sources); s++) {
      known += !strcmp(text(sources, "source", s), text(table, "source", row));
    }
    ck_assert_int_eq(known, 1);
    ck_assert_msg(*text(table, "edition", row), "row %d", (int)row);
  }
  critmin_table_free(table);
  critmin_table_free(sources);
  critmin_store_close(store);
}
END_TEST

START_TEST(zero_is_not_missing_and_missing_is_not_zero) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, NULL, NULL);
  int zeros = 0, withheld = 0, bounds = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    double value = number(table, "value", row);
    const char *status = text(table, "status", row);
    const char *where = text(table, "mineral", row);
    int is_zero = !strcmp(status, "zero");
    int is_hidden = !strcmp(status, "withheld") || !strcmp(status, "not_available");
    ck_assert_msg(value != 0 || is_zero || !strcmp(status, "projected"), "%s: 0 is %s", where, status);
    ck_assert_msg(!is_hidden || isnan(value), "%s: %s is %g", where, status, value);
    ck_assert_msg(!is_zero || value == 0, "%s: zero is %g", where, value);
    if (isnan(value) && (!strcmp(status, "reported") || !strcmp(status, "estimated"))) {
      ck_assert_msg(!isnan(number(table, "low", row)) || !isnan(number(table, "high", row)), "%s", where);
      bounds++;
    }
    zeros += value == 0;
    withheld += !strcmp(status, "withheld");
  }
  ck_assert_int_gt(zeros, 300);
  ck_assert_int_gt(withheld, 80);
  ck_assert_int_gt(bounds, 500);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Lithium 2024: imports 3,020 t, exports 1,690 t, net import reliance above 50 %: at most 1,330 t (USGS 2026). */
START_TEST(withheld_output_has_the_bound_that_the_publisher_implies) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, "lithium", "mining");
  int64_t row = find(table, (figure){"usgs_mcs", "2026", "USA", 2024});
  ck_assert_str_eq(text(table, "status", row), "withheld");
  ck_assert_double_eq(number(table, "high", row), 1330);
  row = find(table, (figure){"usgs_mcs", "2026", "WLD", 2024});
  ck_assert_str_eq(text(table, "excludes", row), "USA");
  ck_assert_double_eq(number(table, "low", row), 221500);
  ck_assert_double_eq(number(table, "high", row), 222500);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* A total cannot leave out a country that it also lists with a value. */
START_TEST(a_total_leaves_out_only_countries_without_a_value) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, NULL, NULL);
  int64_t rows = critmin_table_rows(table);
  int totals = 0;
  for (int64_t total = 0; total < rows; total++) {
    const char *excludes = text(table, "excludes", total);
    if (!*excludes) continue;
    ck_assert_str_eq(text(table, "country", total), "WLD");
    totals++;
    for (int64_t row = 0; row < rows; row++) {
      if (strcmp(text(table, "mineral", row), text(table, "mineral", total)) ||
          strcmp(text(table, "stage", row), text(table, "stage", total)) ||
          strcmp(text(table, "measure", row), text(table, "measure", total)) ||
          number(table, "from", row) != number(table, "from", total) ||
          strcmp(text(table, "edition", row), text(table, "edition", total)) ||
          strcmp(text(table, "source", row), text(table, "source", total))) {
        continue;
      }
      if (strstr(excludes, text(table, "country", row))) {
        ck_assert_msg(isnan(number(table, "value", row)), "%s %s", text(table, "mineral", row),
                      text(table, "country", row));
      }
    }
  }
  ck_assert_int_gt(totals, 80);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* "Rest of world" of the IEA counted one country of four markets twice; the rows here add up to the total. */
START_TEST(the_rows_of_the_IEA_add_up_to_its_totals) {
  static const struct {
    const char *mineral, *stage;
  } markets[] = {{"copper", "mining"},  {"copper", "refined"},  {"cobalt", "mining"},           {"cobalt", "refined"},
                 {"lithium", "mining"}, {"lithium", "refined"}, {"nickel", "mining"},           {"nickel", "refined"},
                 {"graphite", "refined"}, {"graphite_natural", "mining"}, {"rare_earths_magnet", "mining"},
                 {"rare_earths_magnet", "separated"}};
  static const int years[] = {2024, 2030, 2035, 2040};
  critmin_store *store = open_reference();
  for (size_t i = 0; i < sizeof markets / sizeof markets[0]; i++) {
    critmin_table *table = figures(store, markets[i].mineral, markets[i].stage);
    for (int y = 0; y < 4; y++) {
      double sum = 0, total = NAN;
      for (int64_t row = 0; row < critmin_table_rows(table); row++) {
        if (strcmp(text(table, "source", row), "iea_cmd") || number(table, "from", row) != years[y]) continue;
        if (!strcmp(text(table, "country", row), "WLD")) {
          total = number(table, "value", row);
        } else {
          sum += number(table, "value", row);
        }
      }
      ck_assert_msg(fabs(sum - total) <= 1, "%s %s %d: %.0f of %.0f", markets[i].mineral, markets[i].stage, years[y],
                    sum, total);
    }
    critmin_table_free(table);
  }
  critmin_store_close(store);
}
END_TEST

/* The release of 2025 prints industrial sand and titanium minerals in thousand tonnes and says tonnes. */
START_TEST(units_of_the_data_releases_that_are_wrong_are_mended) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, "sand_gravel_industrial", "mining");
  ck_assert_double_eq(number(table, "value", find(table, (figure){"usgs_mcs", "2025", "USA", 2023})), 133e6);
  critmin_table_free(table);
  table = figures(store, "titanium_ilmenite", "mining");
  ck_assert_double_eq(number(table, "value", find(table, (figure){"usgs_mcs", "2025", "CHN", 2024})), 3300e3);
  critmin_table_free(table);
  table = figures(store, "chromium", "mining");
  ck_assert_double_eq(number(table, "value", find(table, (figure){"usgs_mcs", "2023", "ZAF", 2022})), 18e6);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

Suite *suite_figures(void) {
  Suite *suite = suite_create("reference/figures");
  TCase *tests = tcase_create("figures");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, shares_that_are_quoted_come_out_of_the_figures);
  tcase_add_test(tests, editions_stand_side_by_side);
  tcase_add_test(tests, every_figure_names_a_source_and_the_source_its_licence);
  tcase_add_test(tests, zero_is_not_missing_and_missing_is_not_zero);
  tcase_add_test(tests, withheld_output_has_the_bound_that_the_publisher_implies);
  tcase_add_test(tests, a_total_leaves_out_only_countries_without_a_value);
  tcase_add_test(tests, the_rows_of_the_IEA_add_up_to_its_totals);
  tcase_add_test(tests, units_of_the_data_releases_that_are_wrong_are_mended);
  suite_add_tcase(suite, tests);
  return suite;
}
