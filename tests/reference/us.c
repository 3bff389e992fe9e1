/* SPDX-License-Identifier: MIT */
/* What the United States print of their own dependence: reliance, trade, consumption, stocks, partners, prices. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

static const double CLOSE = 1e-9;

/* The row of a measure of the United States in a year, or -1; a table of a group of minerals has its members too. */
static int64_t find_us(const critmin_table *table, const char *mineral, const char *measure, int year,
                       const char *edition) {
  int64_t found = -1;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "mineral", row), mineral) || strcmp(text(table, "country", row), "USA") ||
        strcmp(text(table, "measure", row), measure) || (int)number(table, "from", row) != year ||
        strcmp(text(table, "edition", row), edition) || strcmp(text(table, "source", row), "usgs_mcs")) {
      continue;
    }
    ck_assert_msg(found < 0, "%s of %d stands twice", measure, year);
    found = row;
  }
  return found;
}

START_TEST(the_printed_reliance_is_on_record_with_its_bounds) {
  static const struct {
    const char *mineral, *stage;
    int year;
    double value, low, high;
    const char *edition;
  } printed[] = {{"gallium", "refined", 2024, 1, 0.995, 1, "2026"},
                 {"gallium", "refined", 2023, 1, 0.995, 1, "2024"},
                 {"rare_earths", "separated", 2024, 0.53, 0.525, 0.535, "2026"},
                 {"rare_earths", "separated", 2025, 0.67, 0.665, 0.675, "2026"},
                 {"rare_earths", "separated", 2023, NAN, 0.95, 1, "2024"},
                 {"rare_earths", "separated", 2023, NAN, 0.90, 1, "2026"},
                 {"rare_earths", "mining", 2024, NAN, NAN, 0, "2026"},
                 {"antimony", "refined", 2025, 0.91, 0.905, 0.915, "2026"},
                 {"tungsten", "mining", 2024, NAN, 0.5, 1, "2026"},
                 {"lithium", "mining", 2022, NAN, 0.25, 1, "2026"},
                 {"zirconium", "mining", 2022, NAN, 0, 0.5, "2026"},
                 {"graphite_natural", "mining", 2025, 1, 0.995, 1, "2026"},
                 {"copper", "refined", 2025, 0.57, 0.565, 0.575, "2026"},
                 {"nickel", "refined", 2023, 0.57, 0.565, 0.575, "2024"},
                 {"hafnium", "refined", 2024, NAN, NAN, NAN, "2026"}};
  critmin_store *store = open_reference();
  for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
    critmin_table *table = figures(store, printed[i].mineral, printed[i].stage);
    int64_t row = find_us(table, printed[i].mineral, "net_import_reliance", printed[i].year, printed[i].edition);
    ck_assert_msg(row >= 0, "%s %d", printed[i].mineral, printed[i].year);
    const double found[] = {number(table, "value", row), number(table, "low", row), number(table, "high", row)};
    const double wanted[] = {printed[i].value, printed[i].low, printed[i].high};
    for (int j = 0; j < 3; j++)
      ck_assert_msg(isnan(found[j]) ? isnan(wanted[j]) : fabs(found[j] - wanted[j]) < CLOSE, "%s %d: %g, printed %g",
                    printed[i].mineral, printed[i].year, found[j], wanted[j]);
    ck_assert_str_eq(text(table, "unit", row), "share");
    critmin_table_free(table);
  }
  critmin_store_close(store);
}
END_TEST

START_TEST(a_net_exporter_has_no_reliance_but_a_bound) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, NULL, NULL);
  int exporters = 0, markets = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "measure", row), "net_import_reliance")) continue;
    markets++;
    if (!strstr(text(table, "note", row), "net exporter")) continue;
    exporters++;
    ck_assert(isnan(number(table, "value", row)) && isnan(number(table, "low", row)));
    ck_assert_double_eq(number(table, "high", row), 0);
  }
  ck_assert_int_gt(markets, 400);
  ck_assert_int_gt(exporters, 60);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

static double value_of(const critmin_table *table, const char *mineral, const char *measure, int year) {
  int64_t row = find_us(table, mineral, measure, year, "2026");
  return row < 0 ? NAN : number(table, "value", row);
}

static double or_nothing(double value) { return isnan(value) ? 0 : value; }

/* Secondary output counted, the printed parts give the printed consumption. */
START_TEST(what_came_in_and_was_made_is_what_was_used) {
  static const struct {
    const char *mineral, *stage;
    int year;
    double made; /* as printed, where it is on record at another stage or not at all */
  } balances[] = {{"copper", "refined", 2023, 843000},   {"aluminium", "smelted", 2022, 861000},
                  {"nickel", "refined", 2024, 0},        {"tin", "smelted", 2023, 0},
                  {"antimony", "refined", 2024, 588},    {"rhenium", "refined", 2024, 9.31},
                  {"vanadium", "refined", 2023, 0},      {"bismuth", "refined", 2022, 0},
                  {"silver", "mining", 2024, 1050}};
  critmin_store *store = open_reference();
  for (size_t i = 0; i < sizeof balances / sizeof balances[0]; i++) {
    critmin_table *table = figures(store, balances[i].mineral, balances[i].stage);
    const char *mineral = balances[i].mineral;
    int year = balances[i].year;
    /* What is not printed of these is not in the balance. */
    static const char *const added[] = {"secondary_production", "imports", "stock_release"};
    static const char *const taken[] = {"exports", "stock_build"};
    double sum = balances[i].made;
    for (int j = 0; j < 3; j++) sum += or_nothing(value_of(table, mineral, added[j], year));
    for (int j = 0; j < 2; j++) sum -= or_nothing(value_of(table, mineral, taken[j], year));
    double printed = value_of(table, mineral, "apparent_consumption", year);
    ck_assert_msg(fabs(sum / printed - 1) < 0.005, "%s %d: %g, printed %g", balances[i].mineral, year, sum, printed);
    critmin_table_free(table);
  }
  /* The end of 2020 is not in the edition: what stocks gave in 2021 is not known, and not nothing. */
  critmin_table *table = figures(store, "molybdenum", "mining");
  int64_t row = find_us(table, "molybdenum", "stock_release", 2021, "2026");
  ck_assert_int_ge(row, 0);
  ck_assert_str_eq(text(table, "status", row), "not_available");
  ck_assert(isnan(number(table, "value", row)));
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

static int in(const char *word, const char *const *words, size_t n) {
  for (size_t i = 0; i < n; i++) {
    if (!strcmp(word, words[i])) return 1;
  }
  return 0;
}

START_TEST(import_sources_are_shares_of_all_imports) {
  static const struct {
    const char *mineral, *stage, *partner;
    double share;
  } printed[] = {{"antimony", "refined", "CHN", 0.55}, {"antimony", "refined", "BEL", 0.12},
                 {"antimony", "refined", "OTH", 0.19}, {"antimony", "mining", "MEX", 0.86},
                 {"antimony", "oxide", "CHN", 0.66},   {"tungsten", "mining", "CHN", 0.26},
                 {"tungsten", "mining", "OTH", 0.44},  {"rare_earths", "separated", "CHN", 0.71},
                 {"gallium", "refined", "CAN", 0.28},  {"terbium", "separated", "CHN", 1},
                 {"lithium", "mining", "CHL", 0.54},   {"silicon_metal", "smelted", "BRA", 0.38}};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "flows", NULL, NULL);
  int found = 0, rows = 0, markets = 0;
  double sum = 0;
  char market[128] = "";
  for (int64_t row = 0; row <= critmin_table_rows(table); row++) {
    int more = row < critmin_table_rows(table);
    if (more && strcmp(text(table, "source", row), "usgs_mcs")) continue;
    char here[128] = "";
    if (more) snprintf(here, sizeof here, "%s %s", text(table, "mineral", row), text(table, "stage", row));
    if (strcmp(here, market)) {
      ck_assert_msg(!*market || fabs(sum - 1) < 0.0101, "%s: the shares sum to %g", market, sum);
      strcpy(market, here);
      markets++;
      sum = 0;
    }
    if (!more) break;
    rows++;
    ck_assert_str_eq(text(table, "importer", row), "USA");
    ck_assert_int_eq((int)number(table, "from", row), 2021);
    ck_assert_int_eq((int)number(table, "to", row), 2024);
    ck_assert(isnan(number(table, "quantity", row)) && isnan(number(table, "amount", row)));
    ck_assert_int_eq(!strcmp(text(table, "exporter", row), "OTH"), !strcmp(text(table, "status", row), "residual"));
    sum += number(table, "share", row);
    for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
      if (strcmp(text(table, "mineral", row), printed[i].mineral) ||
          strcmp(text(table, "stage", row), printed[i].stage) ||
          strcmp(text(table, "exporter", row), printed[i].partner)) {
        continue;
      }
      ck_assert_double_eq_tol(number(table, "share", row), printed[i].share, CLOSE);
      found++;
    }
  }
  ck_assert_int_eq(found, (int)(sizeof printed / sizeof printed[0]));
  ck_assert_int_eq(rows, 376);
  ck_assert_int_eq(markets - 1, 88);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Eighteen partners were chosen: nothing on record may pass for the trade with all. */
START_TEST(chosen_partners_are_never_the_world) {
  static const char *const chosen[] = {"AUS", "BRA", "CAN", "CHL", "CHN", "COD", "DEU", "EST", "FRA",
                                       "HKG", "IND", "JPN", "KOR", "MMR", "MYS", "RUS", "VNM", "ZAF"};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "flows", NULL, NULL);
  int partners = 0, rests = 0;
  double china = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "source", row), "usitc")) continue;
    const char *importer = text(table, "importer", row), *exporter = text(table, "exporter", row);
    const char *partner = strcmp(importer, "USA") ? importer : exporter;
    if (!strcmp(partner, "OTH") || !strcmp(exporter, "OTH")) { /* what the list leaves out, of either side's trade */
      ck_assert_str_eq(text(table, "status", row), "not_available");
      ck_assert(isnan(number(table, "amount", row)) && isnan(number(table, "quantity", row)));
      rests++;
      continue;
    }
    ck_assert_msg(!strcmp(importer, "USA") != !strcmp(exporter, "USA"), "%s to %s", exporter, importer);
    ck_assert_msg(in(partner, chosen, sizeof chosen / sizeof chosen[0]), "%s", partner);
    ck_assert(!strcmp(text(table, "status", row), "zero") == !(number(table, "amount", row) > 0));
    ck_assert_str_eq(text(table, "currency", row), "USD");
    if (!strcmp(text(table, "hs", row), "8110") && !strcmp(exporter, "CHN") && (int)number(table, "from", row) == 2023)
      china = number(table, "quantity", row);
    partners++;
  }
  ck_assert_int_eq(rests, 17 * 4 * 2 + 1064); /* and of each partner's imports, of which one origin is told */
  ck_assert_int_eq(partners + rests, 3168);
  ck_assert(china > 0);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* One cell of the catalogue: what the partner has in the imports of the United States. */
static double partner(const char *source, const char *mineral, int year) {
  critmin_store *store = open_reference();
  critmin_error error;
  critmin_selection *selection;
  critmin_model *model;
  critmin_table *table;
  const char *const words[][2] = {
      {"metric", "partner_share"}, {"country", "USA"}, {"partner", "CHN"}, {"mineral", mineral}};
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  if (source) ck_assert_int_eq(critmin_selection_set(selection, "source", source, &error), CRITMIN_OK);
  ck_assert_msg(critmin_model_load(store, selection, NULL, NULL, &model, &error) == CRITMIN_OK, "%s", error.message);
  for (int i = 0; i < 4; i++)
    ck_assert_int_eq(critmin_selection_add(selection, words[i][0], words[i][1], &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_years(selection, year, year, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "denominator", "imports", &error), CRITMIN_OK);
  ck_assert_msg(critmin_metric_compute(model, selection, 1, NULL, NULL, &table, &error) == CRITMIN_OK, "%s",
                error.message);
  ck_assert_int_eq(critmin_table_rows(table), 1);
  double share = number(table, "value", 0);
  critmin_table_free(table);
  critmin_model_free(model);
  critmin_selection_free(selection);
  critmin_store_close(store);
  return share;
}

START_TEST(chosen_partners_wait_for_a_source_that_tells_of_all) {
  ck_assert_double_eq_tol(partner(NULL, "bismuth", 2023), 0.56, CLOSE);
  ck_assert(isnan(partner("usitc", "bismuth", 2023)));
  /* Nobody else tells of a year after the mean. */
  ck_assert(isnan(partner(NULL, "bismuth", 2025)));
}
END_TEST

static double price(const critmin_table *table, const char *mineral, const char *form, const char *source, int year) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!strcmp(text(table, "mineral", row), mineral) && !strcmp(text(table, "form", row), form) &&
        !strcmp(text(table, "source", row), source) && (int)number(table, "from", row) == year) {
      return number(table, "amount", row);
    }
  }
  return NAN;
}

/* The same exchange, in cents a pound at one publisher and dollars a tonne at the other. */
START_TEST(two_publishers_agree_on_the_prices_of_an_exchange) {
  static const struct {
    const char *mineral, *form, *other;
    double pounds; /* in the other's unit */
  } quoted[] = {{"copper", "London Metal Exchange, grade A, cash", "Copper", 2204.62},
                {"tin", "London Metal Exchange (LME), cash", "Tin", 2204.62},
                {"zinc", "London Metal Exchange (LME), cash", "Zinc", 2204.62},
                {"nickel", "average annual, London Metal Exchange (LME), cash", "Nickel", 1}};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "prices", NULL, NULL);
  for (size_t i = 0; i < sizeof quoted / sizeof quoted[0]; i++) {
    for (int year = 2021; year <= 2024; year++) {
      double usgs = quoted[i].pounds * price(table, quoted[i].mineral, quoted[i].form, "usgs_mcs", year),
             bank = price(table, quoted[i].mineral, quoted[i].other, "worldbank_pink_sheet", year);
      ck_assert_msg(fabs(usgs / bank - 1) < 0.02, "%s %d: %g and %g", quoted[i].mineral, year, usgs, bank);
    }
  }
  ck_assert_int_eq(critmin_table_rows(table), 595 + 780);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(every_flow_and_price_names_a_source_on_record) {
  critmin_store *store = open_reference();
  critmin_table *editions = list(store, "editions", NULL, NULL);
  static const char *const relations[] = {"flows", "prices"};
  for (int i = 0; i < 2; i++) {
    critmin_table *table = list(store, relations[i], NULL, NULL);
    char last[256] = "";
    for (int64_t row = 0; row < critmin_table_rows(table); row++) {
      char here[256];
      snprintf(here, sizeof here, "%s %s", text(table, "source", row), text(table, "edition", row));
      if (!strcmp(here, last)) continue;
      strcpy(last, here);
      int known = 0;
      for (int64_t e = 0; e < critmin_table_rows(editions); e++) {
        known += !strcmp(text(editions, "source", e), text(table, "source", row)) &&
                 !strcmp(text(editions, "edition", e), text(table, "edition", row));
      }
      ck_assert_msg(known == 1, "%s", here);
    }
    critmin_table_free(table);
  }
  critmin_table_free(editions);
  critmin_store_close(store);
}
END_TEST

Suite *suite_us(void) {
  Suite *suite = suite_create("us");
  TCase *cases = tcase_create("printed");
  tcase_set_timeout(cases, 60);
  tcase_add_test(cases, the_printed_reliance_is_on_record_with_its_bounds);
  tcase_add_test(cases, a_net_exporter_has_no_reliance_but_a_bound);
  tcase_add_test(cases, what_came_in_and_was_made_is_what_was_used);
  tcase_add_test(cases, import_sources_are_shares_of_all_imports);
  tcase_add_test(cases, chosen_partners_are_never_the_world);
  tcase_add_test(cases, chosen_partners_wait_for_a_source_that_tells_of_all);
  tcase_add_test(cases, two_publishers_agree_on_the_prices_of_an_exchange);
  tcase_add_test(cases, every_flow_and_price_names_a_source_on_record);
  suite_add_tcase(suite, cases);
  return suite;
}
