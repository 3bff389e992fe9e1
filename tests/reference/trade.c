/* SPDX-License-Identifier: MIT */
/* Trade: imports of the Union and of Japan, and what the study of 2023 says of the Union's supply. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

typedef struct flow {
  const char *mineral, *stage, *importer, *exporter, *hs, *source, *edition;
  double amount, share;
  int from, third; /* third: from outside the Union */
} flow;

/* Read once, and sorted anew by the tests that need an order. */
static critmin_table *table, *members;
static flow *flows;
static size_t n_flows;

static int is_member(const char *country) {
  for (int64_t row = 0; row < critmin_table_rows(members); row++)
    if (!strcmp(text(members, "group", row), "EU27") && !strcmp(text(members, "country", row), country)) return 1;
  return 0;
}

static void read_flows(void) {
  critmin_store *store = open_reference();
  table = list(store, "flow", NULL, NULL);
  members = list(store, "group_member", NULL, NULL);
  size_t rows = (size_t)critmin_table_rows(table);
  flows = calloc(rows, sizeof *flows);
  ck_assert_ptr_nonnull(flows);
  n_flows = 0;
  for (int64_t row = 0; row < (int64_t)rows; row++) {
    const char *source = text(table, "source", row);
    if (strcmp(source, "eurostat_comext") && strcmp(source, "un_comtrade") && strcmp(source, "eu_crm")) continue;
    flow *f = &flows[n_flows++];
    *f = (flow){text(table, "mineral", row),
                text(table, "stage", row),
                text(table, "importer", row),
                text(table, "exporter", row),
                text(table, "hs", row),
                source,
                text(table, "edition", row),
                number(table, "amount", row),
                number(table, "share", row),
                (int)number(table, "from", row),
                0};
    f->third = !is_member(f->exporter);
  }
  critmin_store_close(store);
}

static void free_flows(void) {
  free(flows);
  critmin_table_free(members);
  critmin_table_free(table);
}

static int by_exporter(const void *left, const void *right) {
  const flow *a = left, *b = right;
  int order = strcmp(a->edition, b->edition);
  if (!order) order = strcmp(a->source, b->source);
  if (!order) order = strcmp(a->mineral, b->mineral);
  if (!order) order = strcmp(a->stage, b->stage);
  if (!order) order = a->from - b->from;
  if (!order) order = strcmp(a->hs, b->hs);
  return order ? order : strcmp(a->exporter, b->exporter);
}

/* Of the table of all members. */
static int is_declared(const flow *f) {
  return !strcmp(f->source, "eurostat_comext") && !strcmp(f->edition, "2022_2024");
}

/* Importer by importer, the codes of one apart. */
static int by_importer(const void *left, const void *right) {
  const flow *a = left, *b = right;
  int order = strcmp(a->source, b->source);
  if (!order) order = strcmp(a->edition, b->edition);
  if (!order) order = strcmp(a->mineral, b->mineral);
  if (!order) order = strcmp(a->stage, b->stage);
  if (!order) order = a->from - b->from;
  if (!order) order = strcmp(a->importer, b->importer);
  return order ? order : strcmp(a->hs, b->hs);
}

static const flow *find_flow(const char *mineral, const char *stage, const char *importer, const char *exporter,
                             int from) {
  const flow *found = NULL;
  for (size_t i = 0; i < n_flows; i++) {
    const flow *f = &flows[i];
    if (f->from != from || strcmp(f->mineral, mineral) || strcmp(f->stage, stage) || strcmp(f->importer, importer) ||
        strcmp(f->exporter, exporter))
      continue;
    ck_assert_msg(!found, "%s %s from %s to %s stands twice", mineral, stage, exporter, importer);
    found = f;
  }
  return found;
}

START_TEST(the_union_imports_what_its_members_import_from_outside_it) {
  size_t unions = 0, n = n_flows;
  qsort(flows, n, sizeof *flows, by_exporter);
  for (size_t i = 0, next; i < n; i = next) {
    const flow *f = &flows[i];
    double sum = 0, as_one = NAN;
    for (next = i; next < n && by_exporter(f, &flows[next]) == 0; next++) {
      if (!is_declared(f)) continue;
      if (!strcmp(flows[next].importer, "EUU")) {
        as_one = flows[next].amount;
        unions++;
      } else {
        ck_assert_msg(is_member(flows[next].importer), "%s is no member", flows[next].importer);
        sum += flows[next].amount;
      }
    }
    int right = f->third ? fabs(as_one - sum) < 1e-2 : isnan(as_one);
    ck_assert_msg(right || !is_declared(f), "%s %s %d from %s: %.3f of %.3f", f->mineral, f->hs, f->from, f->exporter,
                  as_one, sum);
  }
  ck_assert_uint_eq(unions, 2966);
}
END_TEST

START_TEST(what_members_declared_is_there_to_the_euro) {
  static const struct {
    const char *mineral, *stage, *importer, *exporter;
    int year;
    double euros;
  } declared[] = {{"gallium", "refined", "DEU", "CHN", 2024, 7043433},
                  {"nickel", "refined", "NLD", "RUS", 2022, 1271468823},
                  {"lithium", "concentrate", "EUU", "AUS", 2023, 65246969},
                  {"helium", "refined", "EUU", "DZA", 2024, 180789808.837}};
  for (size_t i = 0; i < sizeof declared / sizeof declared[0]; i++) {
    const flow *f = find_flow(declared[i].mineral, declared[i].stage, declared[i].importer, declared[i].exporter,
                              declared[i].year);
    ck_assert_ptr_nonnull(f);
    ck_assert_double_eq_tol(f->amount, declared[i].euros, 1e-3);
  }
}
END_TEST

START_TEST(declared_values_are_in_euro_and_without_weight) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "source", row), "eurostat_comext") || strcmp(text(table, "edition", row), "2022_2024"))
      continue;
    ck_assert_str_eq(text(table, "currency", row), "EUR");
    ck_assert(isnan(number(table, "quantity", row)));
    ck_assert(!isnan(number(table, "amount", row)));
    ck_assert_str_eq(text(table, "status", row), number(table, "amount", row) > 0 ? "reported" : "zero");
  }
}
END_TEST

/* The codes for single rare earths begin in 2023: what stood before them is not in the tables, so nothing may. */
START_TEST(a_year_in_which_a_stage_had_other_codes_has_none) {
  int later = 0;
  for (size_t i = 0; i < n_flows; i++) {
    const flow *f = &flows[i];
    if (!is_declared(f) || strncmp(f->mineral, "rare_earths", 11)) continue;
    ck_assert_msg(f->from > 2022, "%s %s %s of 2022", f->mineral, f->stage, f->hs);
    later++;
  }
  ck_assert_int_gt(later, 1000);
}
END_TEST

START_TEST(every_code_of_a_flow_stands_for_its_stage) {
  critmin_store *store = open_reference();
  critmin_table *codes = list(store, "hs_code", NULL, NULL);
  const flow *before = NULL;
  for (size_t i = 0; i < n_flows; i++) {
    const flow *f = &flows[i];
    if (!*f->hs || (before && !strcmp(before->hs, f->hs) && !strcmp(before->mineral, f->mineral))) continue;
    int known = 0;
    for (int64_t row = 0; row < critmin_table_rows(codes) && !known; row++)
      known = !strcmp(text(codes, "hs", row), f->hs) && !strcmp(text(codes, "mineral", row), f->mineral) &&
              !strcmp(text(codes, "stage", row), f->stage);
    ck_assert_msg(known, "%s of %s %s", f->hs, f->mineral, f->stage);
    before = f;
  }
  critmin_table_free(codes);
  critmin_store_close(store);
}
END_TEST

START_TEST(shares_of_the_study_and_of_japan_sum_to_the_whole) {
  int wholes = 0;
  qsort(flows, n_flows, sizeof *flows, by_importer);
  for (size_t i = 0, next; i < n_flows; i = next) {
    double sum = 0;
    for (next = i; next < n_flows && by_importer(&flows[i], &flows[next]) == 0; next++) sum += flows[next].share;
    const flow *f = &flows[i];
    int study = !strcmp(f->source, "eu_crm");
    if (!study && strcmp(f->edition, "japan_2023")) continue;
    /* Shares of the study are in whole per cent, and those of the heavy rare earths sum to 101. */
    ck_assert_msg(sum > 1 - 1e-5 && sum < (study ? 1.01 + 1e-9 : 1 + 1e-5), "%s %s %s: %.7f", f->source, f->mineral,
                  f->stage, sum);
    wholes++;
  }
  ck_assert_int_eq(wholes, 89 + 5);
}
END_TEST

START_TEST(shares_that_are_printed_are_there) {
  static const struct {
    const char *mineral, *stage, *importer, *exporter;
    int from;
    double share;
  } printed[] = {{"bauxite", "mining", "EUU", "GIN", 2016, 0.62},
                 {"magnesium", "smelted", "EUU", "CHN", 2016, 0.97},
                 {"silicon_metal", "smelted", "EUU", "DEU", 2016, 0.06},
                 {"chromium", "mining", "EUU", "ZAF", 2016, 0.07},
                 {"chromium", "mining", "EUU", "FIN", 2016, 0.91}, /* not printed: what is left, made in the Union */
                 {"rare_earths_heavy", "mining", "EUU", "JPN", 2016, 0.55}};
  for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
    const flow *f = find_flow(printed[i].mineral, printed[i].stage, printed[i].importer, printed[i].exporter,
                              printed[i].from);
    ck_assert_ptr_nonnull(f);
    ck_assert_double_eq_tol(f->share, printed[i].share, 1e-9);
  }
}
END_TEST

/* Where the column of the Union repeats that of the world, it says nothing of the Union. */
START_TEST(sourcing_that_repeats_world_supply_is_left_out) {
  static const char *const repeated[][2] = {
      {"germanium", "refined"},   {"tantalum", "mining"},        {"cerium", "separated"},  {"lanthanum", "separated"},
      {"neodymium", "separated"}, {"praseodymium", "separated"}, {"samarium", "separated"}};
  for (size_t i = 0; i < n_flows; i++)
    for (size_t r = 0; r < sizeof repeated / sizeof repeated[0]; r++)
      ck_assert_msg(strcmp(flows[i].source, "eu_crm") || strcmp(flows[i].mineral, repeated[r][0]) ||
                        strcmp(flows[i].stage, repeated[r][1]),
                    "%s %s", repeated[r][0], repeated[r][1]);
}
END_TEST

/* Rows of Comtrade may not be passed on. */
START_TEST(comtrade_is_there_as_shares_only) {
  int shares = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "source", row), "un_comtrade")) continue;
    ck_assert(isnan(number(table, "amount", row)) && isnan(number(table, "quantity", row)));
    shares++;
  }
  ck_assert_int_ge(shares, 51);
}
END_TEST

/* The figure of a measure of the Union in the study; `sector` "" where there is none. */
static int64_t find_of_union(const critmin_table *all, const char *measure, const char *sector) {
  for (int64_t row = 0; row < critmin_table_rows(all); row++)
    if (!strcmp(text(all, "measure", row), measure) && !strcmp(text(all, "country", row), "EUU") &&
        !strcmp(text(all, "sector", row), sector))
      return row;
  ck_abort_msg("no %s %s of the Union", measure, sector);
  return -1;
}

START_TEST(reliance_of_the_union_is_as_the_study_prints_it) {
  critmin_store *store = open_reference();
  static const struct {
    const char *mineral, *stage;
    double reliance;
  } printed[] = {{"bauxite", "mining", 0.89},   {"aluminium", "smelted", 0.58},           {"gallium", "refined", 0.98},
                 {"magnesium", "smelted", 1},   {"graphite_natural", "mining", 0.99},     {"cobalt", "mining", 0.81},
                 {"cobalt", "refined", 0.01},   {"rare_earths_heavy", "separated", 1},    {"tin", "mining", 0},
                 {"tungsten", "mining", 0.21}, {"titanium_metal", "sponge", 1}};
  for (size_t i = 0; i < sizeof printed / sizeof printed[0]; i++) {
    critmin_table *all = figures(store, printed[i].mineral, printed[i].stage);
    int64_t row = find_of_union(all, "import_reliance", "");
    ck_assert_msg(fabs(number(all, "value", row) - printed[i].reliance) < 1e-9, "%s %s", printed[i].mineral,
                  printed[i].stage);
    ck_assert_str_eq(text(all, "status", row), printed[i].reliance > 0 ? "reported" : "zero");
    critmin_table_free(all);
  }
  critmin_store_close(store);
}
END_TEST

static int64_t find_use(const critmin_table *uses, const char *application) {
  for (int64_t row = 0; row < critmin_table_rows(uses); row++) {
    if (!strcmp(text(uses, "application", row), application)) return row;
  }
  ck_abort_msg("there is no use `%s`", application);
}

START_TEST(uses_in_the_union_name_their_industry) {
  critmin_store *store = open_reference();
  critmin_table *uses = list(store, "end_uses", "mineral", "neodymium");
  int64_t row = find_use(uses, "Magnets");
  ck_assert_str_eq(text(uses, "country", row), "EUU");
  ck_assert_double_eq_tol(number(uses, "share", row), 0.8, 1e-9);
  ck_assert_str_eq(text(uses, "industry", row), "C25");
  critmin_table_free(uses);
  /* The labels of manganese are shifted against the value added beside them. */
  uses = list(store, "end_uses", "mineral", "manganese");
  row = find_use(uses, "Transportation (motor vehicles)");
  ck_assert_str_eq(text(uses, "industry", row), "C29");
  ck_assert_str_eq(text(uses, "note", row), "printed beside C30, with the value added of C29");
  critmin_table_free(uses);
  /* Two rows are printed twice. */
  uses = list(store, "end_uses", "mineral", "magnesium");
  double sum = 0;
  for (row = 0; row < critmin_table_rows(uses); row++) sum += number(uses, "share", row);
  ck_assert_double_eq_tol(sum, 1, 1e-9);
  critmin_table_free(uses);
  critmin_store_close(store);
}
END_TEST

START_TEST(inputs_of_the_study_are_there) {
  critmin_store *store = open_reference();
  static const struct {
    const char *mineral, *stage, *parameter, *words;
    double value;
  } inputs[] = {{"antimony", "", "recycling_input_rate", "", 0.28},
                {"antimony", "", "substitution_index_supply_risk", "", 0.94},
                {"antimony", "", "substitution_index_economic_importance", "", 0.92},
                {"antimony", "", "stage_used", "extraction", NAN},
                {"dysprosium", "separated", "supply_used", "GSonly", NAN},
                {"molybdenum", "roasted", "supply_used", "EUonly", NAN}};
  for (size_t i = 0; i < sizeof inputs / sizeof inputs[0]; i++) {
    critmin_table *all = list(store, "parameter", "mineral", inputs[i].mineral);
    int found = 0;
    for (int64_t row = 0; row < critmin_table_rows(all); row++) {
      if (strcmp(text(all, "parameter", row), inputs[i].parameter) ||
          strcmp(text(all, "stage", row), inputs[i].stage) || strcmp(text(all, "source", row), "eu_crm") ||
          *text(all, "country", row))
        continue;
      double value = number(all, "value", row);
      ck_assert_str_eq(text(all, "words", row), inputs[i].words);
      ck_assert(isnan(inputs[i].value) ? isnan(value) : fabs(value - inputs[i].value) < 1e-9);
      found++;
    }
    ck_assert_msg(found == 1, "%s %s", inputs[i].mineral, inputs[i].parameter);
    critmin_table_free(all);
  }
  critmin_store_close(store);
}
END_TEST

Suite *suite_trade(void) {
  Suite *suite = suite_create("reference/trade");
  TCase *tests = tcase_create("trade");
  tcase_set_timeout(tests, 120);
  tcase_add_unchecked_fixture(tests, read_flows, free_flows);
  tcase_add_test(tests, the_union_imports_what_its_members_import_from_outside_it);
  tcase_add_test(tests, what_members_declared_is_there_to_the_euro);
  tcase_add_test(tests, declared_values_are_in_euro_and_without_weight);
  tcase_add_test(tests, a_year_in_which_a_stage_had_other_codes_has_none);
  tcase_add_test(tests, every_code_of_a_flow_stands_for_its_stage);
  tcase_add_test(tests, shares_of_the_study_and_of_japan_sum_to_the_whole);
  tcase_add_test(tests, shares_that_are_printed_are_there);
  tcase_add_test(tests, sourcing_that_repeats_world_supply_is_left_out);
  tcase_add_test(tests, comtrade_is_there_as_shares_only);
  tcase_add_test(tests, reliance_of_the_union_is_as_the_study_prints_it);
  tcase_add_test(tests, uses_in_the_union_name_their_industry);
  tcase_add_test(tests, inputs_of_the_study_are_there);
  suite_add_tcase(suite, tests);
  return suite;
}
