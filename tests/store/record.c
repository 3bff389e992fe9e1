/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sample.h"
#include "scratch.h"
#include "suites.h"

static critmin_error error;
static critmin_store *store;

static void make(void) {
  scratch_make();
  store = sample_store("store.critmin");
}

static void drop(void) {
  critmin_store_close(store);
  scratch_drop();
}

#define OK(call) ck_assert_msg((call) == CRITMIN_OK, "%s", error.message)
#define FAILS(call, expected, word)                                                  \
  do {                                                                               \
    ck_assert_msg((call) == (expected), "%d: %s", (int)error.status, error.message); \
    ck_assert_int_eq(error.status, (expected));                                      \
    ck_assert_msg(strstr(error.message, (word)) != NULL, "%s", error.message);       \
  } while (0)

/* All seven kinds ----------------------------------------------------------------------------------------------------
 */

/*
 * One round for a kind of record: made, filled with the paths given (field, value, ...), written, read again, listed,
 * visited, changed, deleted. Every path must read back as it was set.
 */
#define ROUND(noun, plural, key, changed, ...)                                                               \
  static int32_t visit_##noun(void *user, critmin_##noun *record) {                                          \
    const char *text = NULL;                                                                                 \
    OK(critmin_##noun##_text(record, #noun, &text, &error));                                                 \
    *(int *)user += strcmp(text, key) == 0;                                                                  \
    return 0;                                                                                                \
  }                                                                                                          \
  START_TEST(noun##_is_made_read_changed_listed_visited_and_deleted) {                                       \
    static const char *const paths[] = {__VA_ARGS__};                                                        \
    size_t n = sizeof paths / sizeof paths[0];                                                               \
    int64_t before = count_rows(store, plural);                                                              \
    critmin_##noun *record = NULL, *again = NULL;                                                            \
    const char *text = NULL;                                                                                 \
    OK(critmin_##noun##_new(store, key, &record, &error));                                                   \
    for (size_t i = 0; i < n; i += 2) OK(critmin_##noun##_set_text(record, paths[i], paths[i + 1], &error)); \
    ck_assert_int_eq(count_rows(store, plural), before);                                                     \
    OK(critmin_##noun##_write(record, &error));                                                              \
    critmin_##noun##_free(record);                                                                           \
    FAILS(critmin_##noun##_new(store, key, &record, &error), CRITMIN_ERROR_DUPLICATE_KEY, key);              \
    OK(critmin_##noun##_read(store, key, &again, &error));                                                   \
    for (size_t i = 0; i < n; i += 2) {                                                                      \
      OK(critmin_##noun##_text(again, paths[i], &text, &error));                                             \
      ck_assert_str_eq(text, paths[i + 1]);                                                                  \
    }                                                                                                        \
    OK(critmin_##noun##_set_text(again, changed, "Changed", &error));                                        \
    OK(critmin_##noun##_write(again, &error));                                                               \
    critmin_##noun##_free(again);                                                                            \
    OK(critmin_##noun##_read(store, key, &again, &error));                                                   \
    OK(critmin_##noun##_text(again, changed, &text, &error));                                                \
    ck_assert_str_eq(text, "Changed");                                                                       \
    critmin_##noun##_free(again);                                                                            \
    critmin_table *table = NULL;                                                                             \
    OK(critmin_##noun##_list(store, NULL, &table, &error));                                                  \
    ck_assert_int_eq(critmin_table_rows(table), before + 1);                                                 \
    critmin_table_free(table);                                                                               \
    int seen = 0;                                                                                            \
    OK(critmin_##noun##_iterate(store, NULL, visit_##noun, &seen, &error));                                  \
    ck_assert_int_eq(seen, 1);                                                                               \
    OK(critmin_##noun##_delete(store, key, &error));                                                         \
    ck_assert_int_eq(count_rows(store, plural), before);                                                     \
    FAILS(critmin_##noun##_read(store, key, &again, &error), CRITMIN_ERROR_NOT_FOUND, key);                  \
    FAILS(critmin_##noun##_delete(store, key, &error), CRITMIN_ERROR_NOT_FOUND, key);                        \
    FAILS(critmin_##noun##_read(store, NULL, &again, &error), CRITMIN_ERROR_ARGUMENT, "key");                \
    FAILS(critmin_##noun##_read(store, key, NULL, &error), CRITMIN_ERROR_ARGUMENT, #noun);                   \
    FAILS(critmin_##noun##_read(NULL, key, &again, &error), CRITMIN_ERROR_ARGUMENT, "store");                \
    FAILS(critmin_##noun##_write(NULL, &error), CRITMIN_ERROR_ARGUMENT, "record");                           \
    FAILS(critmin_##noun##_iterate(store, NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT, "visit");       \
    critmin_##noun##_free(NULL);                                                                             \
  }                                                                                                          \
  END_TEST

ROUND(mineral, "minerals", "tungsten", "name", "name", "Tungsten", "symbol", "W", "kind", "mineral", "note", "heavy",
      "stage[0].stage", "mining", "stage[0].kind", "mining", "stage[0].position", "1", "stage[0].name", "mine",
      "stage[0].unit", "t", "stage[0].basis", "content", "stage[1].stage", "apt", "stage[1].kind", "processing",
      "stage[1].position", "2", "stage[1].name", "APT", "stage[1].unit", "t", "stage[1].basis", "content",
      "alias[0].word", "wolfram", "alias[0].publisher", "src", "hs[0].stage", "mining", "hs[0].hs", "261100",
      "hs[0].vintage", "HS2022", "content[0].basis", "oxide", "content[0].element", "W", "content[0].factor", "0.793")
ROUND(producer, "producers", "kisanfu", "name", "name", "Kisanfu", "kind", "facility", "country", "COD", "mineral",
      "cobalt", "stage", "mining", "status", "operating", "owner[0].country", "CHN", "owner[0].share", "0.95",
      "owner[0].from", "2021-03", "citation[0].source", "src")
ROUND(agreement, "agreements", "pact", "name", "name", "A pact", "kind", "offtake", "signed", "2025-10-20",
      "confidence", "primary", "party[0].name", "A company", "party[1].country", "AUS", "party[2].country", "EU",
      "scope[0].mineral", "cobalt", "scope[0].stage", "refined", "commitment[0].kind", "tonnes",
      "commitment[0].mineral", "cobalt", "commitment[0].tonnes", "1200.5", "commitment[0].from", "2026",
      "commitment[0].ramp_months", "12", "commitment[0].probability", "0.8", "commitment[1].kind", "money",
      "commitment[1].amount", "1000000", "commitment[1].currency", "USD", "citation[0].source", "src")
ROUND(reserve, "reserves", "pile", "note", "kind", "strategic", "holder", "EU", "mineral", "cobalt", "stage", "refined",
      "from", "2025", "to", "2025", "days_of_cover", "60", "state", "existing", "citation[0].source", "src")
ROUND(restriction, "restrictions", "quota", "note", "kind", "quota", "basis", "decree", "country", "COD", "effective",
      "2025-10-16", "share", "0.5", "share_low", "0.4", "share_high", "0.6", "scope[0].mineral", "cobalt",
      "scope[0].stage", "mining", "target[0].country", "CHN", "target[1].country", "EU", "suspension[0].from",
      "2026-01-01", "suspension[0].until", "2026-02-01", "citation[0].source", "src")
ROUND(group, "groups", "PAIR", "name", "name", "A pair", "note", "of two", "source", "src", "member[0].country", "AUS",
      "member[0].from", "2001", "member[0].to", "2010", "member[1].country", "CHN")
ROUND(source, "sources", "book", "title", "publisher", "P", "title", "T", "licence", "MIT", "edition[0].edition", "1",
      "edition[0].date", "2020-01-01", "edition[1].edition", "2", "edition[1].date", "2021-01-01")

/* Fields and paths ---------------------------------------------------------------------------------------------------
 */

static critmin_agreement *new_agreement(const char *key) {
  critmin_agreement *agreement = NULL;
  OK(critmin_agreement_new(store, key, &agreement, &error));
  OK(critmin_agreement_set_text(agreement, "name", "A pact", &error));
  OK(critmin_agreement_set_text(agreement, "kind", "offtake", &error));
  OK(critmin_agreement_set_text(agreement, "party[0].country", "EU", &error));
  return agreement;
}

START_TEST(numbers_are_texts_and_doubles) {
  critmin_agreement *a = new_agreement("pact");
  const char *text = "";
  double number = 0;
  OK(critmin_agreement_set_number(a, "commitment[0].tonnes", 0.1, &error));
  OK(critmin_agreement_text(a, "commitment[0].tonnes", &text, &error));
  ck_assert_str_eq(text, "0.1");
  OK(critmin_agreement_number(a, "commitment[0].tonnes", &number, &error));
  ck_assert(number == 0.1);
  OK(critmin_agreement_set_number(a, "commitment[0].tonnes", NAN, &error));
  OK(critmin_agreement_text(a, "commitment[0].tonnes", &text, &error));
  ck_assert_ptr_null(text);
  OK(critmin_agreement_number(a, "commitment[0].tonnes", &number, &error));
  ck_assert(isnan(number));
  FAILS(critmin_agreement_set_number(a, "commitment[0].tonnes", INFINITY, &error), CRITMIN_ERROR_INVALID_VALUE, "inf");
  FAILS(critmin_agreement_number(a, "name", &number, &error), CRITMIN_ERROR_INVALID_VALUE, "not a number");
  FAILS(critmin_agreement_set_number(a, "name", 1, &error), CRITMIN_ERROR_INVALID_VALUE, "not a number");
  FAILS(critmin_agreement_set_number(a, "commitment[0].ramp_months", 1.5, &error), CRITMIN_ERROR_INVALID_VALUE, "1.5");
  critmin_agreement_free(a);
}
END_TEST

START_TEST(a_path_is_checked_and_the_nearest_is_named) {
  critmin_agreement *a = new_agreement("pact");
  const char *text = NULL;
  int64_t count = -1;
  FAILS(critmin_agreement_set_text(a, "nmae", "x", &error), CRITMIN_ERROR_UNKNOWN_NAME, "`name`");
  FAILS(critmin_agreement_set_text(a, "comitment[0].tonnes", "1", &error), CRITMIN_ERROR_UNKNOWN_NAME, "`commitment`");
  FAILS(critmin_agreement_set_text(a, "commitment[0].tons", "1", &error), CRITMIN_ERROR_UNKNOWN_NAME, "`tonnes`");
  FAILS(critmin_agreement_set_text(a, "commitment[0].agreement", "1", &error), CRITMIN_ERROR_UNKNOWN_NAME, "agreement");
  FAILS(critmin_agreement_set_text(a, "commitment[1].tonnes", "1", &error), CRITMIN_ERROR_NOT_FOUND, "0 items");
  FAILS(critmin_agreement_text(a, "commitment[0].tonnes", &text, &error), CRITMIN_ERROR_NOT_FOUND, "0 items");
  FAILS(critmin_agreement_text(a, "commitment[99999999999999999999].tonnes", &text, &error), CRITMIN_ERROR_NOT_FOUND,
        "past the end");
  FAILS(critmin_agreement_text(a, "commitment", &text, &error), CRITMIN_ERROR_ARGUMENT, "is a list");
  static const char *const malformed[] = {"commitment[",   "commitment[].tonnes", "commitment[-1].tonnes",
                                          "commitment[0]", "commitment[0].",      "[0].x"};
  for (size_t i = 0; i < sizeof malformed / sizeof malformed[0]; i++)
    FAILS(critmin_agreement_text(a, malformed[i], &text, &error), CRITMIN_ERROR_ARGUMENT, "no path");
  FAILS(critmin_agreement_count(a, "comitment", &count, &error), CRITMIN_ERROR_UNKNOWN_NAME, "`commitment`");
  FAILS(critmin_agreement_count(a, NULL, &count, &error), CRITMIN_ERROR_ARGUMENT, "list");
  FAILS(critmin_agreement_text(NULL, "name", &text, &error), CRITMIN_ERROR_ARGUMENT, "record");
  FAILS(critmin_agreement_text(a, NULL, &text, &error), CRITMIN_ERROR_ARGUMENT, "field");
  OK(critmin_agreement_count(a, "commitment", &count, &error));
  ck_assert_int_eq(count, 0);
  OK(critmin_agreement_set_text(a, "COMMITMENT[0].Ramp-Months", "3", &error));
  OK(critmin_agreement_count(a, "commitment", &count, &error));
  ck_assert_int_eq(count, 1);
  OK(critmin_agreement_clear(a, "commitment", &error));
  OK(critmin_agreement_count(a, "commitment", &count, &error));
  ck_assert_int_eq(count, 0);
  critmin_agreement_free(a);
}
END_TEST

START_TEST(a_value_of_the_wrong_type_changes_nothing) {
  critmin_agreement *a = new_agreement("pact");
  const char *text = NULL;
  int64_t count = -1;
  FAILS(critmin_agreement_set_text(a, "kind", "oftake", &error), CRITMIN_ERROR_INVALID_VALUE, "offtake");
  FAILS(critmin_agreement_set_text(a, "signed", "2025-13", &error), CRITMIN_ERROR_INVALID_VALUE, "2025-13");
  FAILS(critmin_agreement_set_text(a, "signed", "yesterday", &error), CRITMIN_ERROR_INVALID_VALUE, "yesterday");
  FAILS(critmin_agreement_set_text(a, "name", "\xff", &error), CRITMIN_ERROR_INVALID_VALUE, "UTF-8");
  FAILS(critmin_agreement_set_text(a, "commitment[0].tonnes", "1,200", &error), CRITMIN_ERROR_INVALID_VALUE, "1,200");
  FAILS(critmin_agreement_set_text(a, "commitment[0].currency", "usd", &error), CRITMIN_ERROR_INVALID_VALUE, "usd");
  FAILS(critmin_agreement_set_text(a, "agreement", "other", &error), CRITMIN_ERROR_INVALID_VALUE, "cannot be changed");
  FAILS(critmin_agreement_set_text(a, "agreement", "", &error), CRITMIN_ERROR_INVALID_VALUE, "cannot be changed");
  OK(critmin_agreement_set_text(a, "agreement", "pact", &error));
  OK(critmin_agreement_count(a, "commitment", &count, &error));
  ck_assert_int_eq(count, 0);
  OK(critmin_agreement_text(a, "kind", &text, &error));
  ck_assert_str_eq(text, "offtake");
  OK(critmin_agreement_set_text(a, "kind", "Price-Floor", &error));
  OK(critmin_agreement_text(a, "kind", &text, &error));
  ck_assert_str_eq(text, "price_floor");
  critmin_agreement_free(a);
}
END_TEST

/* Writing ------------------------------------------------------------------------------------------------------------
 */

START_TEST(a_record_that_breaks_a_rule_writes_nothing) {
  static const struct {
    const char *path, *value;
    critmin_status status;
    const char *word;
  } wrong[] = {
      {"name", "", CRITMIN_ERROR_MISSING_VALUE, "name"},
      {"scope[0].mineral", "cobolt", CRITMIN_ERROR_UNKNOWN_NAME, "scope[0]"},
      {"scope[0].stage", "hydroxide", CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "refined"},
      {"scope[0].stage", "magnet", CRITMIN_ERROR_UNKNOWN_NAME, "magnet"},
      {"commitment[0].tonnes", "-1", CRITMIN_ERROR_NEGATIVE, "commitment[0]"},
      {"commitment[0].tonnes", "", CRITMIN_ERROR_MISSING_VALUE, "commitment[0]"},
      {"commitment[0].share", "0.5", CRITMIN_ERROR_INVALID_VALUE, "a commitment is of one kind"},
      {"commitment[0].probability", "1.5", CRITMIN_ERROR_SHARE_RANGE, "1.5"},
      {"commitment[0].basis", "carbonate", CRITMIN_ERROR_MIXED_BASES, "carbonate"},
      {"commitment[0].seller", "XXX", CRITMIN_ERROR_UNKNOWN_NAME, "XXX"},
      {"commitment[0].money_year", "20250", CRITMIN_ERROR_YEAR_RANGE, "20250"},
      {"citation[1].source", "src", CRITMIN_ERROR_DUPLICATE_KEY, "citation[1]"},
      {"supersedes", "pakt", CRITMIN_ERROR_UNKNOWN_NAME, "pakt"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    critmin_agreement *a = new_agreement("pact");
    OK(critmin_agreement_set_text(a, "scope[0].mineral", "cobalt", &error));
    OK(critmin_agreement_set_text(a, "commitment[0].kind", "tonnes", &error));
    OK(critmin_agreement_set_text(a, "commitment[0].mineral", "cobalt", &error));
    OK(critmin_agreement_set_text(a, "commitment[0].tonnes", "5", &error));
    OK(critmin_agreement_set_text(a, "citation[0].source", "src", &error));
    OK(critmin_agreement_set_text(a, wrong[i].path, wrong[i].value, &error));
    FAILS(critmin_agreement_write(a, &error), wrong[i].status, wrong[i].word);
    ck_assert_int_eq(count_rows(store, "agreement"), 0);
    ck_assert_int_eq(count_rows(store, "agreement_scope"), 0);
    critmin_agreement_free(a);
  }
}
END_TEST

START_TEST(a_failure_in_a_list_says_which_item_and_field) {
  critmin_agreement *a = new_agreement("pact");
  OK(critmin_agreement_set_text(a, "scope[0].mineral", "cobalt", &error));
  OK(critmin_agreement_set_text(a, "scope[1].mineral", "unobtainium", &error));
  FAILS(critmin_agreement_write(a, &error), CRITMIN_ERROR_UNKNOWN_NAME, "scope[1]: agreement_scope: field 'mineral'");
  ck_assert_int_eq(error.row, 2);
  ck_assert_int_eq(error.column, 2);
  critmin_agreement_free(a);
}
END_TEST

START_TEST(a_record_replaces_all_of_what_was_stored) {
  critmin_agreement *a = new_agreement("pact");
  int64_t count = 0;
  OK(critmin_agreement_set_text(a, "note", "first", &error));
  OK(critmin_agreement_set_text(a, "scope[0].mineral", "cobalt", &error));
  OK(critmin_agreement_set_text(a, "scope[1].mineral", "lithium", &error));
  OK(critmin_agreement_write(a, &error));
  OK(critmin_agreement_set_text(a, "note", "", &error));
  OK(critmin_agreement_clear(a, "scope", &error));
  OK(critmin_agreement_set_text(a, "scope[0].mineral", "lithium", &error));
  OK(critmin_agreement_write(a, &error));
  critmin_agreement_free(a);
  OK(critmin_agreement_read(store, "PACT", &a, &error));
  const char *text = "";
  OK(critmin_agreement_text(a, "note", &text, &error));
  ck_assert_ptr_null(text);
  OK(critmin_agreement_count(a, "scope", &count, &error));
  ck_assert_int_eq(count, 1);
  OK(critmin_agreement_text(a, "scope[0].mineral", &text, &error));
  ck_assert_str_eq(text, "lithium");
  critmin_agreement_free(a);
}
END_TEST

START_TEST(what_refers_to_a_record_survives_its_change) {
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2024", "2023", "unit=t|basis=content|value=170000");
  critmin_agreement *old = new_agreement("old"), *next = new_agreement("next");
  OK(critmin_agreement_write(old, &error));
  OK(critmin_agreement_set_text(next, "supersedes", "old", &error));
  OK(critmin_agreement_write(next, &error));
  OK(critmin_agreement_set_text(old, "name", "Renamed", &error));
  OK(critmin_agreement_write(old, &error));
  FAILS(critmin_agreement_delete(store, "old", &error), CRITMIN_ERROR_IN_USE, "a row of agreement refers");
  ck_assert_ptr_nonnull(strstr(error.message, "agreement `next`"));
  OK(critmin_agreement_delete(store, "next", &error));
  OK(critmin_agreement_delete(store, "old", &error));
  critmin_agreement_free(old);
  critmin_agreement_free(next);

  critmin_mineral *cobalt = NULL;
  OK(critmin_mineral_read(store, "cobalt", &cobalt, &error));
  OK(critmin_mineral_set_text(cobalt, "name", "Cobalt, still", &error));
  OK(critmin_mineral_write(cobalt, &error));
  critmin_mineral_free(cobalt);
  ck_assert_int_eq(count_rows(store, "figure"), 1);
  FAILS(critmin_mineral_delete(store, "cobalt", &error), CRITMIN_ERROR_IN_USE, "a row of figure refers");
  ck_assert_ptr_nonnull(strstr(error.message, "mineral `cobalt`, stage `mining`, country `COD`"));
  FAILS(critmin_source_delete(store, "src", &error), CRITMIN_ERROR_IN_USE, "a row of figure refers");
}
END_TEST

START_TEST(the_stages_of_a_chain_can_change_places) {
  put_figure(store, "mineral=cobalt|stage=refined", "CHN", "2024", "2023", "unit=t|basis=content|value=5");
  critmin_mineral *cobalt = NULL;
  const char *text = NULL;
  OK(critmin_mineral_read(store, "cobalt", &cobalt, &error));
  OK(critmin_mineral_set_text(cobalt, "stage[0].position", "2", &error));
  OK(critmin_mineral_set_text(cobalt, "stage[1].position", "1", &error));
  OK(critmin_mineral_write(cobalt, &error));
  critmin_mineral_free(cobalt);
  OK(critmin_mineral_read(store, "cobalt", &cobalt, &error));
  for (int i = 0; i < 2; i++) {
    char path[32];
    double position = 0;
    snprintf(path, sizeof path, "stage[%d].position", i);
    OK(critmin_mineral_number(cobalt, path, &position, &error));
    snprintf(path, sizeof path, "stage[%d].stage", i);
    OK(critmin_mineral_text(cobalt, path, &text, &error));
    ck_assert_int_eq((int)position, strcmp(text, "refined") == 0 ? 1 : 2);
  }
  critmin_mineral_free(cobalt);
  ck_assert_int_eq(count_rows(store, "figure"), 1);
}
END_TEST

START_TEST(a_stage_or_edition_with_figures_cannot_be_left_out) {
  put_figure(store, "mineral=cobalt|stage=refined", "CHN", "2024", "2023", "unit=t|basis=content|value=5");
  critmin_mineral *cobalt = NULL;
  OK(critmin_mineral_read(store, "cobalt", &cobalt, &error));
  OK(critmin_mineral_clear(cobalt, "stage", &error));
  FAILS(critmin_mineral_write(cobalt, &error), CRITMIN_ERROR_IN_USE, "stage");
  ck_assert_int_eq(count_rows(store, "stage"), 4);
  critmin_mineral_free(cobalt);

  critmin_source *src = NULL;
  OK(critmin_source_read(store, "src", &src, &error));
  OK(critmin_source_clear(src, "edition", &error));
  OK(critmin_source_set_text(src, "edition[0].edition", "2024", &error));
  OK(critmin_source_set_text(src, "edition[0].date", "2024-02-01", &error));
  OK(critmin_source_write(src, &error));
  ck_assert_int_eq(count_rows(store, "edition"), 1);
  OK(critmin_source_clear(src, "edition", &error));
  FAILS(critmin_source_write(src, &error), CRITMIN_ERROR_IN_USE, "edition");
  critmin_source_free(src);
}
END_TEST

START_TEST(memberships_of_one_country_must_not_overlap) {
  critmin_group *g = NULL;
  OK(critmin_group_read(store, "EU", &g, &error));
  OK(critmin_group_clear(g, "member", &error));
  OK(critmin_group_set_text(g, "member[0].country", "FRA", &error));
  OK(critmin_group_set_text(g, "member[1].country", "DEU", &error));
  OK(critmin_group_set_text(g, "member[1].from", "1958", &error));
  OK(critmin_group_set_text(g, "member[1].to", "1990-10", &error));
  OK(critmin_group_set_text(g, "member[2].country", "DEU", &error));
  OK(critmin_group_set_text(g, "member[2].from", "1990-10-03", &error));
  FAILS(critmin_group_write(g, &error), CRITMIN_ERROR_INVALID_VALUE, "overlap");
  ck_assert_int_eq(error.row, 3);
  OK(critmin_group_set_text(g, "member[1].to", "1990-10-02", &error));
  OK(critmin_group_write(g, &error));
  ck_assert_int_eq(count_rows(store, "group_member"), 3);
  critmin_group_free(g);
}
END_TEST

START_TEST(the_owners_of_a_producer_hold_no_more_than_the_whole) {
  critmin_producer *p = NULL;
  const char *const names[] = {"producer", "country", "share", "from"};
  const char *const more[] = {"pit", "CHN", "0.2", "2021"};
  OK(critmin_producer_new(store, "pit", &p, &error));
  OK(critmin_producer_set_text(p, "name", "Pit", &error));
  OK(critmin_producer_set_text(p, "kind", "facility", &error));
  OK(critmin_producer_set_text(p, "owner[0].country", "CHN", &error));
  OK(critmin_producer_set_text(p, "owner[0].share", "0.7", &error));
  OK(critmin_producer_set_text(p, "owner[0].to", "2020-06", &error));
  OK(critmin_producer_set_text(p, "owner[1].country", "DEU", &error));
  OK(critmin_producer_set_text(p, "owner[1].share", "0.9", &error));
  OK(critmin_producer_set_text(p, "owner[1].from", "2020-06-15", &error));
  FAILS(critmin_producer_write(p, &error), CRITMIN_ERROR_SHARE_RANGE, "1.6");
  ck_assert_int_eq(error.row, 2);
  ck_assert_int_eq(count_rows(store, "producer_owner"), 0);
  OK(critmin_producer_set_text(p, "owner[1].from", "2020-07", &error)); /* one sells to the other */
  OK(critmin_producer_write(p, &error));
  FAILS(critmin_store_set(store, "producer_owner", names, more, 4, &error), CRITMIN_ERROR_SHARE_RANGE, "1.1");
  ck_assert_int_eq(count_rows(store, "producer_owner"), 2);
  critmin_producer_free(p);
}
END_TEST

START_TEST(a_commitment_said_twice_is_one) {
  const char *const names[] = {"agreement", "kind", "mineral", "tonnes", "note"};
  const char *values[] = {"pact", "tonnes", "cobalt", "100", "first"};
  critmin_agreement *a = new_agreement("pact");
  OK(critmin_agreement_write(a, &error));
  critmin_agreement_free(a);
  int64_t before = count_rows(store, "agreement_commitment");
  OK(critmin_store_set(store, "agreement_commitment", names, values, 5, &error));
  OK(critmin_store_set(store, "agreement_commitment", names, values, 5, &error));
  ck_assert_int_eq(count_rows(store, "agreement_commitment"), before + 1);
  values[3] = "100.5";
  OK(critmin_store_set(store, "agreement_commitment", names, values, 5, &error));
  ck_assert_int_eq(count_rows(store, "agreement_commitment"), before + 2);
}
END_TEST

START_TEST(records_obey_the_callers_transaction) {
  critmin_agreement *a = new_agreement("pact");
  OK(critmin_store_begin(store, &error));
  OK(critmin_agreement_write(a, &error));
  ck_assert_int_eq(count_rows(store, "agreement"), 1);
  OK(critmin_store_rollback(store, &error));
  ck_assert_int_eq(count_rows(store, "agreement"), 0);
  OK(critmin_agreement_write(a, &error));
  ck_assert_int_eq(count_rows(store, "agreement"), 1);
  critmin_agreement_free(a);
}
END_TEST

START_TEST(a_store_opened_for_reading_keeps_its_records) {
  critmin_store *reader = NULL;
  critmin_mineral *cobalt = NULL;
  OK(critmin_store_open(scratch("store.critmin"), CRITMIN_OPEN_READ, &reader, &error));
  OK(critmin_mineral_read(reader, "cobalt", &cobalt, &error));
  FAILS(critmin_mineral_write(cobalt, &error), CRITMIN_ERROR_READ_ONLY, "for writing");
  FAILS(critmin_mineral_delete(reader, "cobalt", &error), CRITMIN_ERROR_READ_ONLY, "for writing");
  critmin_mineral_free(cobalt);
  critmin_store_close(reader);
}
END_TEST

/* Names --------------------------------------------------------------------------------------------------------------
 */

START_TEST(a_key_that_is_none_names_the_nearest) {
  critmin_mineral *cobalt = NULL;
  FAILS(critmin_mineral_read(store, "cobolt", &cobalt, &error), CRITMIN_ERROR_NOT_FOUND, "`cobalt`");
  FAILS(critmin_mineral_delete(store, "cobolt", &error), CRITMIN_ERROR_NOT_FOUND, "`cobalt`");
  FAILS(critmin_mineral_new(store, "", &cobalt, &error), CRITMIN_ERROR_ARGUMENT, "key");
  FAILS(critmin_mineral_new(store, "a,b", &cobalt, &error), CRITMIN_ERROR_ARGUMENT, "a,b");
  FAILS(critmin_mineral_new(store, "\xff", &cobalt, &error), CRITMIN_ERROR_ARGUMENT, "UTF-8");
  FAILS(critmin_mineral_new(store, "Cobalt", &cobalt, &error), CRITMIN_ERROR_DUPLICATE_KEY, "`cobalt`");
}
END_TEST

START_TEST(a_mineral_is_found_by_its_names_but_deleted_by_its_key) {
  critmin_mineral *cobalt = NULL;
  const char *text = NULL;
  OK(critmin_mineral_read(store, "Co", &cobalt, &error));
  OK(critmin_mineral_text(cobalt, "mineral", &text, &error));
  ck_assert_str_eq(text, "cobalt");
  critmin_mineral_free(cobalt);
  FAILS(critmin_mineral_delete(store, "Co", &error), CRITMIN_ERROR_NOT_FOUND, "Co");
}
END_TEST

/* Iteration ----------------------------------------------------------------------------------------------------------
 */

typedef struct walk {
  char keys[256];
  int stop_after, delete_next;
} walk;

static int32_t note_mineral(void *user, critmin_mineral *mineral) {
  walk *w = user;
  const char *key = NULL;
  OK(critmin_mineral_text(mineral, "mineral", &key, &error));
  strcat(strcat(w->keys, key), " ");
  if (w->delete_next) {
    w->delete_next = 0;
    OK(critmin_mineral_delete(store, "lithium", &error));
  }
  return w->stop_after && --w->stop_after == 0;
}

START_TEST(records_are_visited_in_order_of_key) {
  put(store, "mineral", "mineral=antimony|name=Antimony");
  walk w = {.stop_after = 0};
  OK(critmin_mineral_iterate(store, NULL, note_mineral, &w, &error));
  ck_assert_str_eq(w.keys, "antimony cobalt lithium ");
  w = (walk){.stop_after = 2};
  FAILS(critmin_mineral_iterate(store, NULL, note_mineral, &w, &error), CRITMIN_ERROR_CANCELLED, "cobalt");
  ck_assert_str_eq(w.keys, "antimony cobalt ");
  w = (walk){.delete_next = 1};
  OK(critmin_mineral_iterate(store, NULL, note_mineral, &w, &error));
  ck_assert_str_eq(w.keys, "antimony cobalt ");
}
END_TEST

START_TEST(a_selection_narrows_lists_and_visits) {
  critmin_selection *selection = NULL;
  OK(critmin_selection_new(&selection, &error));
  OK(critmin_selection_add(selection, "mineral", "lithium", &error));
  walk w = {.stop_after = 0};
  OK(critmin_mineral_iterate(store, selection, note_mineral, &w, &error));
  ck_assert_str_eq(w.keys, "lithium ");
  OK(critmin_selection_add(selection, "mineral", "lithum", &error));
  FAILS(critmin_mineral_iterate(store, selection, note_mineral, &w, &error), CRITMIN_ERROR_UNKNOWN_NAME, "lithium");
  critmin_selection_free(selection);
}
END_TEST

/* Country totals -----------------------------------------------------------------------------------------------------
 */

static void list_is(const critmin_selection *selection, const char *expected) {
  critmin_table *table = NULL;
  char keys[256] = "";
  OK(critmin_producer_list(store, selection, &table, &error));
  for (int64_t i = 0; i < critmin_table_rows(table); i++) strcat(strcat(keys, critmin_table_text(table, 0, i)), " ");
  critmin_table_free(table);
  ck_assert_str_eq(keys, expected);
}

static critmin_selection *select_one(const char *dimension, const char *name) {
  critmin_selection *selection = NULL;
  OK(critmin_selection_new(&selection, &error));
  OK(critmin_selection_add(selection, dimension, name, &error));
  return selection;
}

static void selected_list_is(const char *dimension, const char *name, const char *expected) {
  critmin_selection *selection = select_one(dimension, name);
  list_is(selection, expected);
  critmin_selection_free(selection);
}

static void make_producers(void) {
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2024", "2023", "unit=t|basis=content|value=170000");
  put_figure(store, "mineral=cobalt|stage=mining", "WLD", "2024", "2023", "unit=t|basis=content|value=230000");
  put_figure(store, "mineral=lithium|stage=mining", "AUS", "2024", "2023", "unit=t|basis=content|value=88000");
  put_figure(store, "measure=capacity|mineral=cobalt|stage=refined", "CHN", "2024", "2023",
             "unit=t|basis=content|value=200000");
  put(store, "producer",
      "producer=Big Mine|name=Big Mine|kind=facility|country=COD|mineral=cobalt|stage=mining|status=operating");
  put(store, "producer", "producer=holding|name=Holding|kind=company|country=CHN");
}

START_TEST(countries_with_figures_are_listed_among_the_producers) {
  make_producers();
  list_is(NULL, "AUS Big Mine CHN COD holding ");
  selected_list_is("kind", "country", "AUS CHN COD ");
  selected_list_is("kind", "company", "holding ");
  selected_list_is("mineral", "lithium", "AUS ");
  selected_list_is("mineral", "cobalt", "Big Mine CHN COD ");
  selected_list_is("country", "COD", "Big Mine COD ");
  selected_list_is("key", "cod", "COD ");
  selected_list_is("key", "holding", "holding ");
  selected_list_is("status", "operating", "Big Mine ");
  critmin_selection *selection = select_one("key", "holdin");
  critmin_table *table = NULL;
  FAILS(critmin_producer_list(store, selection, &table, &error), CRITMIN_ERROR_UNKNOWN_NAME, "holding");
  critmin_selection_free(selection);
}
END_TEST

START_TEST(the_total_of_a_country_is_read_but_not_written) {
  make_producers();
  critmin_producer *total = NULL;
  const char *text = NULL;
  OK(critmin_producer_read(store, "COD", &total, &error));
  OK(critmin_producer_text(total, "kind", &text, &error));
  ck_assert_str_eq(text, "country");
  OK(critmin_producer_text(total, "name", &text, &error));
  ck_assert_str_eq(text, "DR Congo");
  FAILS(critmin_producer_write(total, &error), CRITMIN_ERROR_ARGUMENT, "figures");
  critmin_producer_free(total);
  FAILS(critmin_producer_delete(store, "COD", &error), CRITMIN_ERROR_ARGUMENT, "figures");
  FAILS(critmin_producer_new(store, "cod", &total, &error), CRITMIN_ERROR_DUPLICATE_KEY, "country");
  OK(critmin_producer_new(store, "mine", &total, &error));
  FAILS(critmin_producer_set_text(total, "kind", "country", &error), CRITMIN_ERROR_INVALID_VALUE, "facility");
  critmin_producer_free(total);
}
END_TEST

static int32_t count_producer(void *user, critmin_producer *producer) {
  const char *kind = NULL;
  OK(critmin_producer_text(producer, "kind", &kind, &error));
  *(int *)user += strcmp(kind, "country") == 0 ? 100 : 1;
  return 0;
}

START_TEST(country_totals_are_visited_too) {
  make_producers();
  int seen = 0;
  OK(critmin_producer_iterate(store, NULL, count_producer, &seen, &error));
  ck_assert_int_eq(seen, 302);
}
END_TEST

/* Want of memory -----------------------------------------------------------------------------------------------------
 */

static int32_t scenario(void) {
  static const char *const paths[] = {"name",
                                      "A pact",
                                      "kind",
                                      "offtake",
                                      "party[0].country",
                                      "EU",
                                      "scope[0].mineral",
                                      "cobalt",
                                      "scope[0].stage",
                                      "refined",
                                      "commitment[0].kind",
                                      "tonnes",
                                      "commitment[0].tonnes",
                                      "10",
                                      "citation[0].source",
                                      "src"};
  critmin_agreement *a = NULL, *again = NULL;
  critmin_table *table = NULL;
  critmin_status status = critmin_agreement_new(store, "pact", &a, &error);
  for (size_t i = 0; !status && i < sizeof paths / sizeof paths[0]; i += 2)
    status = critmin_agreement_set_text(a, paths[i], paths[i + 1], &error);
  if (!status) status = critmin_agreement_write(a, &error);
  int written = !status;
  if (!status) status = critmin_agreement_set_text(a, "note", "changed", &error);
  if (!status) status = critmin_agreement_write(a, &error);
  if (!status) status = critmin_agreement_read(store, "pact", &again, &error);
  if (!status) status = critmin_agreement_list(store, NULL, &table, &error);
  if (!status) status = critmin_agreement_delete(store, "pact", &error);
  if (!status) written = 0;
  critmin_agreement_free(a);
  critmin_agreement_free(again);
  critmin_table_free(table);
  cm_memory_fail_at(0, 0);
  ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM agreement"), written);
  ck_assert_int_eq(ask_sql(scratch("store.critmin"), "SELECT count(*) FROM agreement_commitment"), written);
  if (written)
    run_sql(scratch("store.critmin"),
            "DELETE FROM agreement; DELETE FROM agreement_commitment; DELETE FROM agreement_party;"
            "DELETE FROM agreement_scope; DELETE FROM agreement_citation");
  return status;
}

START_TEST(without_memory_a_record_is_written_whole_or_not_at_all) {
  for (int persistent = 0; persistent <= 1; persistent++) {
    int32_t status = CRITMIN_ERROR_MEMORY;
    int64_t n = 0;
    while (status == CRITMIN_ERROR_MEMORY) {
      ck_assert_int_lt(++n, 20000);
      cm_memory_fail_at(n, persistent);
      status = scenario();
    }
    ck_assert_msg(status == CRITMIN_OK, "allocation %d: %s", (int)n, error.message);
    ck_assert_int_gt(n, 50);
  }
}
END_TEST

Suite *suite_record(void) {
  const TTest *tests[] = {
      mineral_is_made_read_changed_listed_visited_and_deleted,
      producer_is_made_read_changed_listed_visited_and_deleted,
      agreement_is_made_read_changed_listed_visited_and_deleted,
      reserve_is_made_read_changed_listed_visited_and_deleted,
      restriction_is_made_read_changed_listed_visited_and_deleted,
      group_is_made_read_changed_listed_visited_and_deleted,
      source_is_made_read_changed_listed_visited_and_deleted,
      numbers_are_texts_and_doubles,
      a_path_is_checked_and_the_nearest_is_named,
      a_value_of_the_wrong_type_changes_nothing,
      a_record_that_breaks_a_rule_writes_nothing,
      a_failure_in_a_list_says_which_item_and_field,
      a_record_replaces_all_of_what_was_stored,
      what_refers_to_a_record_survives_its_change,
      the_stages_of_a_chain_can_change_places,
      a_stage_or_edition_with_figures_cannot_be_left_out,
      memberships_of_one_country_must_not_overlap,
      the_owners_of_a_producer_hold_no_more_than_the_whole,
      a_commitment_said_twice_is_one,
      records_obey_the_callers_transaction,
      a_store_opened_for_reading_keeps_its_records,
      a_key_that_is_none_names_the_nearest,
      a_mineral_is_found_by_its_names_but_deleted_by_its_key,
      records_are_visited_in_order_of_key,
      a_selection_narrows_lists_and_visits,
      countries_with_figures_are_listed_among_the_producers,
      the_total_of_a_country_is_read_but_not_written,
      country_totals_are_visited_too,
      without_memory_a_record_is_written_whole_or_not_at_all,
  };
  TCase *cases = tcase_create("record");
  tcase_add_checked_fixture(cases, make, drop);
  tcase_set_timeout(cases, 120);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  Suite *suite = suite_create("record");
  suite_add_tcase(suite, cases);
  return suite;
}
