/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "runner.h"
#include "sample.h"
#include "scratch.h"
#include "suites.h"

static critmin_error error;
static critmin_store *store;
static critmin_table *table;

static void make(void) {
  scratch_make();
  store = sample_store("store.critmin");
  table = NULL;
}

static void drop(void) {
  critmin_table_free(table);
  critmin_store_close(store);
  scratch_drop();
}

static void check(void) {
  critmin_table_free(table);
  table = NULL;
  ck_assert_msg(critmin_store_check(store, &table, &error) == CRITMIN_OK, "%s", error.message);
}

static const char *cell(const char *column, int64_t row) {
  int32_t at = critmin_table_find(table, column);
  ck_assert_int_ge(at, 0);
  return critmin_table_text(table, at, row);
}

static int is(const char *column, int64_t row, const char *text) {
  const char *found = cell(column, row);
  return text ? found && strcmp(found, text) == 0 : !found;
}

/* The row of that severity and subject, and mineral where one is given; -1 when there is none. */
static int64_t find(const char *severity, const char *subject, const char *mineral) {
  for (int64_t i = 0; i < critmin_table_rows(table); i++) {
    if (is("severity", i, severity) && is("subject", i, subject) && (!mineral || is("mineral", i, mineral))) return i;
  }
  return -1;
}

static int count(const char *severity) {
  int n = 0;
  for (int64_t i = 0; i < critmin_table_rows(table); i++) n += is("severity", i, severity);
  return n;
}

/* Exactly one finding, of that kind, whose message says the word. */
static void finds(const char *subject, const char *stage, const char *years, const char *word) {
  check();
  int64_t row = find("finding", subject, NULL);
  ck_assert_msg(row >= 0, "no finding %s", subject);
  ck_assert_int_eq(count("finding"), 1);
  ck_assert_int_eq(count("error"), 0);
  ck_assert(is("stage", row, stage));
  ck_assert_msg(is("years", row, years), "%s", cell("years", row));
  ck_assert_msg(strstr(cell("message", row), word) != NULL, "%s", cell("message", row));
}

static void finds_nothing(void) {
  check();
  for (int64_t i = 0; i < critmin_table_rows(table); i++)
    ck_assert_msg(!is("severity", i, "finding") && !is("severity", i, "error"), "%s: %s", cell("subject", i),
                  cell("message", i));
}

#define MINED "mineral=cobalt|stage=mining"
#define TONNES "unit=t|basis=content|"

START_TEST(a_sound_store_has_no_findings) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=170000");
  put_figure(store, MINED, "AUS", "2024", "2023", TONNES "value=4600");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=230000|low=225000|high=235000");
  put_figure(store, MINED, "COD", "2025", "2023", TONNES "value=175000");
  finds_nothing();
}
END_TEST

START_TEST(a_total_below_its_parts_is_found_beyond_rounding_only) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=100");
  put_figure(store, MINED, "AUS", "2024", "2023", TONNES "value=50");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=145|low=140|high=150");
  finds_nothing();
  put_figure(store, MINED, "CHN", "2024", "2023", TONNES "value=1");
  finds("total_below_sum", "mining", "2023", "sum to 151");
}
END_TEST

START_TEST(what_a_total_leaves_out_is_no_part_of_it) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=100");
  put_figure(store, MINED, "AUS", "2024", "2023", TONNES "value=50");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=100|low=99|high=101|excludes=AUS");
  finds_nothing();
}
END_TEST

START_TEST(a_low_end_of_a_part_is_enough_for_the_total) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=100|low=95|high=105");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=98");
  finds_nothing();
}
END_TEST

START_TEST(a_total_of_reserves_below_its_parts_is_found) {
  put(store, "reserve",
      "reserve=a|kind=geological|holder=COD|" MINED "|from=2024|to=2024|" TONNES
      "value=6|status=reported|source=src|edition=2024");
  put(store, "reserve",
      "reserve=w|kind=geological|holder=WLD|" MINED "|from=2024|to=2024|" TONNES
      "value=5|status=reported|source=src|edition=2024");
  finds("total_below_sum", "mining", "2024", "reserves of 2024");
}
END_TEST

START_TEST(an_open_ended_total_bounds_nothing) {
  put(store, "reserve",
      "reserve=a|kind=geological|holder=COD|" MINED "|from=2024|to=2024|" TONNES
      "value=6|status=reported|source=src|edition=2024");
  put(store, "reserve",
      "reserve=w|kind=geological|holder=WLD|" MINED "|from=2024|to=2024|" TONNES
      "value=5|low=5|status=reported|source=src|edition=2024");
  finds_nothing();
}
END_TEST

START_TEST(shares_must_sum_to_about_the_whole) {
  put_figure(store, MINED, "COD", "2024", "2023", "unit=share|basis=content|value=0.7");
  finds("shares_below_one", "mining", "2023", "sum to 0.7");
  put_figure(store, MINED, "AUS", "2024", "2023", "unit=share|basis=content|value=0.315");
  finds_nothing();
  critmin_store_close(store);
  run_sql(scratch("store.critmin"), "UPDATE figure SET value = 0.5 WHERE value = 0.315");
  ck_assert_int_eq(critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_READ, &store, &error), CRITMIN_OK);
  finds("shares_above_one", "mining", "2023", "sum to 1.2");
}
END_TEST

START_TEST(shares_of_sectors_are_of_their_country) {
  put_figure(store, MINED, "COD", "2024", "2023", "sector=magnets|unit=share|basis=content|value=0.6");
  finds("shares_below_one", "mining", "2023", "sum to 0.6");
  put_figure(store, MINED, "COD", "2024", "2023", "sector=batteries|unit=share|basis=content|value=0.4");
  finds_nothing();
  put_figure(store, MINED, "AUS", "2024", "2023", "sector=magnets|unit=share|basis=content|value=0.95");
  finds_nothing();
}
END_TEST

START_TEST(a_union_is_no_part_of_a_sum) {
  put(store, "country", "country=EUU|kind=union|name=European Union");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=3");
  put_figure(store, MINED, "DEU", "2024", "2023", TONNES "value=2");
  put_figure(store, MINED, "EUU", "2024", "2023", TONNES "value=2");
  put_figure(store, MINED, "DEU", "2024", "2024", "unit=share|basis=content|value=1");
  put_figure(store, MINED, "EUU", "2024", "2024", "unit=share|basis=content|value=1");
  finds_nothing();
}
END_TEST

START_TEST(ratios_of_countries_are_no_shares_of_a_market) {
  static const char *const countries[] = {"COD", "AUS"}, *const texts[7] = {"reliance", "cobalt",  "mining", "2023",
                                                                            "share",    "content", "src"};
  static const char *const names[7] = {"measure", "mineral", "stage", "from", "unit", "basis", "source"};
  static const double values[] = {0.9, 0.8};
  put(store, "measure", "measure=reliance|unit=share|text=imports over use");
  critmin_columns *columns = NULL;
  const char *rows[9][2];
  ck_assert_int_eq(critmin_columns_new(2, &columns, &error), CRITMIN_OK);
  for (int i = 0; i < 9; i++) {
    rows[i][0] = rows[i][1] = i < 7 ? texts[i] : i == 7 ? "2023" : "2024";
    ck_assert_int_eq(critmin_columns_text(columns,
                                          i < 7    ? names[i]
                                          : i == 7 ? "to"
                                                   : "edition",
                                          rows[i], &error),
                     CRITMIN_OK);
  }
  ck_assert_int_eq(critmin_columns_text(columns, "country", countries, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_columns_number(columns, "value", values, &error), CRITMIN_OK);
  ck_assert_msg(critmin_store_append(store, "figure", columns, NULL, NULL, &error) == CRITMIN_OK, "%s", error.message);
  critmin_columns_free(columns);
  finds_nothing();
}
END_TEST

START_TEST(a_revision_of_more_than_a_tenth_is_found) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=100");
  put_figure(store, MINED, "COD", "2025", "2023", TONNES "value=110");
  put_figure(store, MINED, "OTH", "2024", "2023", TONNES "value=1");
  put_figure(store, MINED, "OTH", "2025", "2023", TONNES "value=9");
  finds_nothing();
  put_figure(store, MINED, "AUS", "2024", "2022", TONNES "value=40");
  put_figure(store, MINED, "AUS", "2025", "2022", TONNES "value=60");
  finds("revision", "mining", "2022", "production of AUS in 2022: 40");
  put_figure(store, MINED, "AUS", "2024", "2021", TONNES "value=40");
  put_figure(store, MINED, "AUS", "2025", "2021", TONNES "value=100");
  finds("revision", "mining", "2021-2022", "at worst, production of AUS in 2021");
  ck_assert_int_eq(
      (int)critmin_table_number(table, critmin_table_find(table, "rows"), find("finding", "revision", NULL)), 2);
}
END_TEST

START_TEST(a_unit_or_basis_that_is_not_the_markets_is_found) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=100");
  critmin_store_close(store);
  run_sql(scratch("store.critmin"), "UPDATE figure SET unit = 'ct'");
  ck_assert_int_eq(critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_OK);
  finds("unit_not_of_market", "mining", "2023", "in ct, the market in t");
  critmin_store_close(store);
  run_sql(scratch("store.critmin"), "UPDATE figure SET unit = 't', basis = 'oxide'");
  ck_assert_int_eq(critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_WRITE, &store, &error), CRITMIN_OK);
  finds("basis_not_of_market", "mining", "2023", "in oxide, the market in content");
  put(store, "content_factor", "mineral=cobalt|basis=oxide|element=Co|factor=0.7865");
  finds_nothing();
}
END_TEST

START_TEST(a_stockpile_of_a_member_beside_that_of_its_group_is_found) {
  put(store, "reserve", "reserve=eu|kind=strategic|holder=EU|" MINED "|from=2024|to=2025|days_of_cover=60");
  put(store, "reserve", "reserve=aus|kind=strategic|holder=AUS|" MINED "|from=2025|to=2025|days_of_cover=60");
  put(store, "reserve", "reserve=old|kind=strategic|holder=DEU|" MINED "|from=1950|to=1957|days_of_cover=60");
  finds_nothing();
  put(store, "reserve", "reserve=deu|kind=strategic|holder=DEU|" MINED "|from=2025|to=2026|days_of_cover=60");
  finds("country_and_group", "mining", "2025", "deu of DEU");
}
END_TEST

START_TEST(a_value_outside_its_own_bounds_is_found) {
  critmin_store_close(store);
  run_sql(scratch("store.critmin"),
          "INSERT INTO restriction(key, kind, basis, share, share_low, share_high) VALUES('r', 'quota', 'decree', 0.9, "
          "0.1, 0.5)");
  ck_assert_int_eq(critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_READ, &store, &error), CRITMIN_OK);
  finds("value_outside_bounds", NULL, NULL, "restriction r");
}
END_TEST

START_TEST(a_withheld_cell_that_nothing_bounds_is_found) {
  put_figure(store, MINED, "COD", "2024", "2023", TONNES "value=100");
  put_figure(store, MINED, "AUS", "2024", "2023", TONNES "status=withheld");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=120");
  finds_nothing();
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=120|excludes=AUS;CHN");
  finds("withheld_unbounded", "mining", "2023", "production of AUS in 2023");
  put_figure(store, "measure=capacity|" MINED, "AUS", "2025", "2023", TONNES "value=30");
  finds_nothing();
}
END_TEST

START_TEST(a_high_of_its_own_bounds_a_withheld_cell) {
  put_figure(store, MINED, "AUS", "2024", "2023", TONNES "status=withheld|high=40");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=120|excludes=AUS");
  finds_nothing();
}
END_TEST

static int explained_by(const char *row) {
  put(store, "explanation", row);
  check();
  int explained = count("explained");
  ck_assert_int_eq(explained + count("finding"), 1);
  if (explained)
    ck_assert_ptr_nonnull(strstr(cell("message", find("explained", "revision", NULL)), "explained: because"));
  const char *const names[] = {"finding"}, *const values[] = {"revision"};
  if (critmin_store_remove(store, "explanation", names, values, 1, NULL, &error))
    ck_assert_int_eq(error.status, CRITMIN_ERROR_NOT_FOUND);
  return explained;
}

START_TEST(an_explanation_covers_what_it_names_and_no_more) {
  put_figure(store, MINED, "AUS", "2024", "2022", TONNES "value=40");
  put_figure(store, MINED, "AUS", "2025", "2022", TONNES "value=60");
  put(store, "source", "source=other|publisher=P|title=T|licence=MIT");
  ck_assert_int_eq(explained_by("finding=revision|text=because"), 1);
  ck_assert_int_eq(explained_by("finding=revision|" MINED "|source=src|from=2022|to=2022|text=because"), 1);
  ck_assert_int_eq(explained_by("finding=revision|from=2022|text=because"), 1);
  ck_assert_int_eq(explained_by("finding=revision|mineral=lithium|text=because"), 0);
  ck_assert_int_eq(explained_by("finding=revision|mineral=cobalt|stage=refined|text=because"), 0);
  ck_assert_int_eq(explained_by("finding=revision|source=other|text=because"), 0);
  ck_assert_int_eq(explained_by("finding=revision|from=2023|text=because"), 0);
  ck_assert_int_eq(explained_by("finding=revision|to=2021|text=because"), 0);
  ck_assert_int_eq(explained_by("finding=total_below_sum|text=because"), 0);
}
END_TEST

START_TEST(gaps_and_coverage_say_what_is_missing_and_what_is_there) {
  put_figure(store, MINED, "COD", "2024", "2022", TONNES "value=100");
  put_figure(store, MINED, "AUS", "2024", "2023", TONNES "value=4");
  put_figure(store, MINED, "WLD", "2024", "2023", TONNES "value=110");
  put(store, "mineral", "mineral=gallium|name=Gallium");
  check();
  int64_t row = find("coverage", "production", "cobalt");
  ck_assert_int_ge(row, 0);
  ck_assert(is("stage", row, "mining"));
  ck_assert(is("years", row, "2022-2023"));
  ck_assert(is("source", row, "src"));
  ck_assert(is("message", row, "2 countries"));
  ck_assert_int_eq((int)critmin_table_number(table, critmin_table_find(table, "rows"), row), 3);
  ck_assert_int_eq(count("coverage"), 1);
  row = find("gap", "production", "cobalt");
  ck_assert_int_ge(row, 0);
  ck_assert(is("stage", row, "refined"));
  ck_assert_int_ge(find("gap", "reserves", "cobalt"), 0);
  ck_assert_int_ge(find("gap", "capacity", "lithium"), 0);
  ck_assert_int_ge(find("gap", "chain", "gallium"), 0);
  ck_assert_int_eq(count("gap"), 3 + 4 + 2 + 1); /* production, capacity, reserves, chain */
}
END_TEST

static void reopen_after(const char *sql) {
  critmin_store_close(store);
  run_sql(scratch("store.critmin"), sql);
  ck_assert_msg(critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_READ, &store, &error) == CRITMIN_OK, "%s",
                error.message);
  check();
}

START_TEST(owners_that_hold_more_than_all_are_an_error) {
  put(store, "producer", "producer=mine|name=Mine|kind=facility|country=COD|" MINED);
  put(store, "producer_owner", "producer=mine|country=CHN|share=0.8|from=2016");
  put(store, "producer_owner", "producer=mine|country=AUS|share=0.8|from=2000|to=2015");
  put(store, "producer_owner", "producer=mine|country=COD|share=0.2");
  finds_nothing();
  reopen_after("UPDATE producer_owner SET to_date = '2016-06' WHERE to_date = '2015'");
  int64_t row = find("error", "owner_shares_above_one", "cobalt");
  ck_assert_int_ge(row, 0);
  ck_assert_ptr_nonnull(strstr(cell("message", row), "mine hold 1.8 of it, from 2016"));
  ck_assert_int_eq(count("error"), 1);
}
END_TEST

START_TEST(what_breaks_a_rule_is_an_error) {
  reopen_after(
      "INSERT INTO country_group_member(group_id, country_id, from_date) SELECT group_id, country_id, '1990' FROM "
      "country_group_member LIMIT 1");
  ck_assert_int_ge(find("error", "membership_overlap", NULL), 0);
  reopen_after(
      "DELETE FROM country_group_member WHERE from_date = '1990'; INSERT INTO figure(measure_id, stage_id, "
      "period_from, period_to, edition_id,"
      " country_id, unit, basis, value, status) SELECT 1, 1, 20230101, 20231231, 1, 1, 't', 'content', -5, 'reported'");
  ck_assert_int_ge(find("error", "negative_quantity", "cobalt"), 0);
  ck_assert_int_eq(count("error"), 1);
  reopen_after(
      "UPDATE figure SET value = 5; INSERT INTO flow(stage_id, from_year, to_year, importer_id, exporter_id, "
      "edition_id,"
      " share) SELECT 1, 2023, 2023, id, id, 1, 1 FROM country WHERE key IN ('CHN', 'WLD')");
  ck_assert_str_eq(cell("message", find("error", "flow_to_itself", "cobalt")), "a flow runs from CHN to itself");
  ck_assert_int_eq(count("error"), 1);
  reopen_after("DELETE FROM flow; UPDATE figure SET edition_id = 77");
  ck_assert_int_ge(find("error", "broken_reference", NULL), 0);
  reopen_after(
      "UPDATE figure SET edition_id = 1; PRAGMA ignore_check_constraints = 1; UPDATE figure SET status = 'guessed'");
  int64_t row = find("error", "damage", NULL);
  ck_assert_int_ge(row, 0);
  ck_assert_ptr_nonnull(strstr(cell("message", row), "figure"));
  ck_assert_int_eq((int)critmin_table_rows(table), count("error"));
}
END_TEST

START_TEST(the_reference_data_has_no_errors) {
  critmin_store_close(store);
  store = NULL;
  critmin_status status = critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error);
  if (status == CRITMIN_ERROR_UNSUPPORTED) return;
  ck_assert_int_eq(status, CRITMIN_OK);
  check();
  ck_assert_int_eq(count("error"), 0);
  ck_assert_int_gt(count("coverage"), 100);
}
END_TEST

START_TEST(the_check_refuses_null) {
  ck_assert_int_eq(critmin_store_check(store, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_check(NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
}
END_TEST

static int32_t check_again(void *user) {
  (void)user;
  critmin_table *made = NULL;
  critmin_status status = critmin_store_check(store, &made, &error);
  critmin_table_free(made);
  return status;
}

START_TEST(a_check_without_memory_says_so) {
  fail_each_allocation(check_again, NULL);
}
END_TEST

Suite *suite_check(void) {
  const TTest *tests[] = {
      a_sound_store_has_no_findings,
      a_total_below_its_parts_is_found_beyond_rounding_only,
      what_a_total_leaves_out_is_no_part_of_it,
      a_low_end_of_a_part_is_enough_for_the_total,
      a_total_of_reserves_below_its_parts_is_found,
      an_open_ended_total_bounds_nothing,
      shares_must_sum_to_about_the_whole,
      shares_of_sectors_are_of_their_country,
      a_union_is_no_part_of_a_sum,
      ratios_of_countries_are_no_shares_of_a_market,
      a_revision_of_more_than_a_tenth_is_found,
      a_unit_or_basis_that_is_not_the_markets_is_found,
      a_stockpile_of_a_member_beside_that_of_its_group_is_found,
      a_value_outside_its_own_bounds_is_found,
      a_withheld_cell_that_nothing_bounds_is_found,
      a_high_of_its_own_bounds_a_withheld_cell,
      owners_that_hold_more_than_all_are_an_error,
      an_explanation_covers_what_it_names_and_no_more,
      gaps_and_coverage_say_what_is_missing_and_what_is_there,
      what_breaks_a_rule_is_an_error,
      the_reference_data_has_no_errors,
      the_check_refuses_null,
      a_check_without_memory_says_so,
  };
  TCase *cases = tcase_create("check");
  tcase_add_checked_fixture(cases, make, drop);
  tcase_set_timeout(cases, 60);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  Suite *suite = suite_create("check");
  suite_add_tcase(suite, cases);
  return suite;
}
