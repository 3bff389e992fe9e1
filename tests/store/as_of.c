/* SPDX-License-Identifier: MIT */
/* What was agreed, held and forbidden on a day, what a commitment amounts to, and what changed between two days. */
#include <check.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../runner.h"
#include "base/memory.h"
#include "sample.h"
#include "scratch.h"
#include "suites.h"

static critmin_store *store;
static critmin_error error;

static void make(void) {
  scratch_make();
  store = sample_store("as_of.db");
  put(store, "group", "group=PAIR|name=A pair");
  put(store, "group_member", "group=PAIR|country=AUS|from=2020|to=2021");
  put(store, "group_member", "group=PAIR|country=CHN");
  put(store, "mineral", "mineral=battery|name=Battery minerals|kind=group");
  put(store, "mineral_member", "mineral=battery|member=lithium");
  put(store, "mineral_member", "mineral=battery|member=cobalt");
}

static void drop(void) {
  critmin_store_close(store);
  scratch_drop();
}

/* A list asked with "dimension=name" texts, `date` being the option; ended by NULL. */
static critmin_table *ask(const char *what, va_list texts) {
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  for (const char *text; (text = va_arg(texts, const char *)) != NULL;) {
    char name[64];
    const char *value = strchr(text, '=') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(value - text) - 1, text);
    critmin_status status = strcmp(name, "date") == 0 || strcmp(name, "edition") == 0 || strcmp(name, "source") == 0
                                ? critmin_selection_set(selection, name, value, &error)
                                : critmin_selection_add(selection, name, value, &error);
    ck_assert_msg(status == CRITMIN_OK, "%s: %s", text, error.message);
  }
  critmin_status status = critmin_store_list(store, what, selection, &table, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  critmin_selection_free(selection);
  return table;
}

static critmin_table *listed(const char *what, ...) {
  va_list texts;
  va_start(texts, what);
  critmin_table *table = ask(what, texts);
  va_end(texts);
  return table;
}

static const char *cell(const critmin_table *table, int64_t row, const char *column) {
  int32_t place = critmin_table_find(table, column);
  ck_assert_msg(place >= 0, "there is no column %s", column);
  const char *text = critmin_table_text(table, place, row);
  return text ? text : "";
}

static double number(const critmin_table *table, int64_t row, const char *column) {
  int32_t place = critmin_table_find(table, column);
  ck_assert_msg(place >= 0, "there is no column %s", column);
  return critmin_table_number(table, place, row);
}

/* Keys in the first column, joined with spaces: what a list holds. */
static const char *keys(const char *what, ...) {
  static char all[512];
  va_list texts;
  va_start(texts, what);
  critmin_table *table = ask(what, texts);
  va_end(texts);
  all[0] = '\0';
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *key = critmin_table_text(table, 0, row);
    ck_assert_uint_lt(strlen(all) + strlen(key) + 2, sizeof all);
    strcat(strcat(all, row ? " " : ""), key);
  }
  critmin_table_free(table);
  return all;
}

#define HOLDS(expected, ...) ck_assert_str_eq(keys(__VA_ARGS__, NULL), expected)

static void make_agreements(void) {
  put_agreement(store, "agreement=old|name=Old|kind=offtake|signed=2019-03-01|until=2030", "agreement=old|country=EU");
  put_agreement(store, "agreement=new|name=New|kind=offtake|signed=2022-05|effective=2023|supersedes=old",
                "agreement=new|country=DEU");
  put(store, "agreement_party", "agreement=new|name=A company");
  put_agreement(store, "agreement=short|name=Short|kind=loan|effective=2020|until=2021-06", "agreement=short|country=PAIR");
  put_agreement(store, "agreement=undated|name=Undated|kind=loan", "agreement=undated|country=CHN");
  put(store, "agreement_scope", "agreement=old|mineral=battery");
  put(store, "agreement_scope", "agreement=new|mineral=cobalt|stage=refined");
  put(store, "agreement_citation", "agreement=new|source=src");
}

START_TEST(an_agreement_counts_from_its_signature_to_its_end_or_its_successor) {
  make_agreements();
  HOLDS("", "agreements", "date=2019-02-28");
  HOLDS("old", "agreements", "date=2019-03-01");
  HOLDS("old", "agreements", "date=2020-12-30"); /* a year is begun when it cannot be later */
  HOLDS("old short", "agreements", "date=2020-12-31");
  HOLDS("old short", "agreements", "date=2021-06-30"); /* and an end is the last day it can mean */
  HOLDS("old", "agreements", "date=2021-07-01");
  HOLDS("old", "agreements", "date=2022-05-30");
  HOLDS("new", "agreements", "date=2022-05-31"); /* signed, it replaces the old one */
  HOLDS("new old short undated", "agreements", "kind=offtake", "kind=loan");
}
END_TEST

START_TEST(an_agreement_of_a_day_tells_its_story) {
  make_agreements();
  critmin_table *table = listed("agreements", "date=2023-06-30", NULL);
  ck_assert_str_eq(cell(table, 0, "state"), "signed");
  ck_assert_str_eq(cell(table, 0, "parties"), "DEU;A company");
  ck_assert_str_eq(cell(table, 0, "minerals"), "cobalt");
  ck_assert_str_eq(cell(table, 0, "sources"), "src");
  critmin_table_free(table);
  table = listed("agreements", "date=2023-12-31", NULL);
  ck_assert_str_eq(cell(table, 0, "state"), "in_force");
  critmin_table_free(table);
  table = listed("agreements", NULL);
  ck_assert_int_lt(critmin_table_find(table, "state"), 0);
  critmin_table_free(table);
}
END_TEST

START_TEST(a_country_is_in_an_agreement_by_its_groups_and_a_mineral_by_its) {
  make_agreements();
  HOLDS("new old", "agreements", "country=DEU");
  HOLDS("old", "agreements", "country=FRA");
  HOLDS("new old", "agreements", "country=EU");
  HOLDS("short", "agreements", "country=AUS", "date=2020-12-31");
  HOLDS("", "agreements", "country=AUS", "date=2022-01-01");
  HOLDS("new old", "agreements", "mineral=cobalt");
  HOLDS("old", "agreements", "mineral=lithium");
  HOLDS("new old", "agreements", "mineral=battery");
  HOLDS("new old", "agreements", "mineral=cobalt", "stage=refined");
  HOLDS("old", "agreements", "mineral=cobalt", "stage=mining");
  HOLDS("new", "agreements", "source=src");
  put(store, "agreement_commitment", "agreement=new|kind=right|mineral=lithium|buyer=FRA|seller=COD");
  HOLDS("new", "agreements", "country=COD");
  HOLDS("new old", "agreements", "mineral=lithium");
}
END_TEST

static void make_restrictions(void) {
  put(store, "restriction", "restriction=all|kind=ban|country=CHN|announced=2023-01-10|effective=2023-02|until=2025-03");
  put(store, "restriction_scope", "restriction=all|mineral=cobalt");
  put(store, "restriction", "restriction=some|kind=quota|country=COD|effective=2022-06-01|share=0.5|share_low=0.4");
  put(store, "restriction_target", "restriction=some|country=EU");
  put(store, "restriction_suspension", "restriction=some|from=2023-06-01|until=2023-08");
  put(store, "restriction", "restriction=group|kind=tax|country=PAIR|effective=2022-06-01|rate=0.1");
  put(store, "restriction", "restriction=nobody|kind=outage|effective=2022-06-01");
  put(store, "restriction_citation", "restriction=all|source=src");
}

START_TEST(a_restriction_is_announced_in_force_suspended_and_ended) {
  static const struct {
    const char *day, *key, *state, *until;
  } facts[] = {{"2023-01-10", "all", "announced", ""},     {"2023-02-27", "all", "announced", ""},
               {"2023-02-28", "all", "in_force", ""},      {"2025-03-31", "all", "in_force", ""},
               {"2023-05-31", "some", "in_force", ""},     {"2023-06-01", "some", "suspended", "2023-08"},
               {"2023-08-31", "some", "suspended", "2023-08"}, {"2023-09-01", "some", "in_force", ""}};
  make_restrictions();
  for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
    char day[32], key[32];
    snprintf(day, sizeof day, "date=%s", facts[i].day);
    snprintf(key, sizeof key, "key=%s", facts[i].key);
    critmin_table *table = listed("restrictions", day, key, NULL);
    ck_assert_msg(critmin_table_rows(table) == 1, "%s", day);
    ck_assert_str_eq(cell(table, 0, "state"), facts[i].state);
    ck_assert_str_eq(cell(table, 0, "suspended_until"), facts[i].until);
    critmin_table_free(table);
  }
  HOLDS("group nobody some", "restrictions", "date=2023-01-09");
  HOLDS("group nobody some", "restrictions", "date=2025-04-01");
  critmin_table *table = listed("restrictions", "date=2025-01-01", NULL);
  ck_assert_str_eq(cell(table, 0, "minerals"), "cobalt");
  ck_assert_str_eq(cell(table, 0, "sources"), "src");
  ck_assert_str_eq(cell(table, 1, "country"), "PAIR");
  ck_assert_str_eq(cell(table, 3, "targets"), "EU");
  ck_assert_double_eq(number(table, 3, "share"), 0.5);
  ck_assert_double_eq(number(table, 3, "share_low"), 0.4);
  critmin_table_free(table);
}
END_TEST

START_TEST(a_restriction_binds_its_targets_or_all_but_those_who_impose_it) {
  make_restrictions();
  HOLDS("all group nobody some", "restrictions", "partner=DEU");
  HOLDS("all group nobody some", "restrictions", "partner=EU");
  HOLDS("nobody", "restrictions", "partner=CHN"); /* it restricts, alone and in the pair */
  HOLDS("all nobody", "restrictions", "partner=AUS");
  HOLDS("all group nobody", "restrictions", "partner=AUS", "date=2024-01-01"); /* it has left the pair */
  HOLDS("all group", "restrictions", "country=CHN");
  HOLDS("some", "restrictions", "country=FRA");
  HOLDS("all", "restrictions", "partner=DEU", "mineral=battery");
}
END_TEST

START_TEST(a_reserve_is_what_was_said_last_by_the_day) {
  static const char *const rows[] = {
      "reserve=a1|programme=A|from=2019|to=2020|days_of_cover=10|state=planned",
      "reserve=a2|programme=A|from=2022-02|to=2022-02|days_of_cover=30|state=existing",
      "reserve=a3|programme=A|from=2024-05-10|to=2024-05-10|days_of_cover=0|state=ended",
      "reserve=b|programme=B|from=2020|to=2020|days_of_cover=5|state=right"};
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
    char row[256];
    snprintf(row, sizeof row, "kind=strategic|holder=EU|mineral=cobalt|%s", rows[i]);
    put(store, "reserve", row);
  }
  put(store, "reserve_citation", "reserve=a2|source=src");
  put(store, "reserve",
      "reserve=g1|kind=geological|holder=COD|mineral=cobalt|stage=mining|from=2023|to=2023|unit=t|basis=content|value=1|"
      "status=reported|source=src|edition=2024");
  put(store, "reserve",
      "reserve=g2|kind=geological|holder=COD|mineral=cobalt|stage=mining|from=2024|to=2024|unit=t|basis=content|value=2|"
      "status=reported|source=src|edition=2025");
  HOLDS("", "reserves", "date=2019-12-30");
  HOLDS("a1", "reserves", "date=2019-12-31");
  HOLDS("a1 b", "reserves", "date=2022-02-27");
  HOLDS("a2 b", "reserves", "date=2022-02-28");
  HOLDS("a2 b", "reserves", "date=2024-05-09", "kind=strategic");
  HOLDS("b", "reserves", "date=2024-05-10", "kind=strategic");
  HOLDS("g1", "reserves", "date=2024-05-10", "kind=geological");
  HOLDS("g2", "reserves", "date=2025-02-01", "country=COD");
  HOLDS("a2 b", "reserves", "date=2023-01-01", "country=FRA");
  critmin_table *table = listed("reserves", "date=2023-01-01", NULL);
  ck_assert_str_eq(cell(table, 0, "sources"), "src");
  ck_assert_str_eq(cell(table, 0, "state"), "existing");
  ck_assert_double_eq(number(table, 0, "days_of_cover"), 30);
  critmin_table_free(table);
  table = listed("reserves", "date=2025-02-01", "kind=geological", NULL);
  ck_assert_str_eq(cell(table, 0, "sources"), "src");
  critmin_table_free(table);
}
END_TEST

/* Commitments -------------------------------------------------------------------------------------------------------- */

static void commit(const char *rest) {
  char row[256];
  snprintf(row, sizeof row, "agreement=deal|mineral=cobalt|stage=refined|%s", rest);
  put(store, "agreement_commitment", row);
}

static void make_deal(void) {
  put_agreement(store, "agreement=deal|name=Deal|kind=offtake|signed=2023-01-01|effective=2023-01-01",
                "agreement=deal|country=DEU");
  put(store, "producer", "producer=works|name=Works|kind=facility|country=CHN|mineral=cobalt|stage=refined|status=operating");
  put(store, "producer", "producer=plan|name=Plan|kind=facility|country=AUS|mineral=cobalt|stage=refined|status=announced");
}

static void make_output(const char *measure, const char *from, const char *to, double value) {
  char row[256];
  snprintf(row, sizeof row,
           "measure=%s|mineral=cobalt|stage=refined|country=CHN|producer=works|from=%s|to=%s|unit=t|basis=content|value=%g|"
           "source=src|edition=2025",
           measure, from, to, value);
  put(store, "figure", row);
}

/* The one commitment of the kind on the day. */
static critmin_table *commitment(const char *kind, const char *day) {
  char asked[32], of[32];
  snprintf(asked, sizeof asked, "date=%s", day);
  snprintf(of, sizeof of, "kind=%s", kind);
  critmin_table *table = listed("commitments", asked, of, NULL);
  ck_assert_int_eq(critmin_table_rows(table), 1);
  return table;
}

static void amounts(const char *kind, const char *day, double contracted, double expected, double low, double high) {
  critmin_table *table = commitment(kind, day);
  ck_assert_int_eq((int)number(table, 0, "acts"), 1);
  ck_assert_double_eq_tol(number(table, 0, "contracted"), contracted, 1e-9);
  if (isnan(expected))
    ck_assert_double_nan(number(table, 0, "expected"));
  else
    ck_assert_double_eq_tol(number(table, 0, "expected"), expected, 1e-9);
  ck_assert_double_eq_tol(number(table, 0, "low"), low, 1e-9);
  ck_assert_double_eq_tol(number(table, 0, "high"), high, 1e-9);
  ck_assert_str_eq(cell(table, 0, "unit"), "t/a");
  ck_assert_str_eq(cell(table, 0, "contracted_basis"), "content");
  critmin_table_free(table);
}

static void idle(const char *kind, const char *day, const char *why) {
  critmin_table *table = commitment(kind, day);
  ck_assert_int_eq((int)number(table, 0, "acts"), 0);
  ck_assert_double_nan(number(table, 0, "contracted"));
  ck_assert_double_nan(number(table, 0, "expected"));
  ck_assert_double_nan(number(table, 0, "low"));
  ck_assert_double_nan(number(table, 0, "high"));
  ck_assert_msg(strstr(cell(table, 0, "why"), why) != NULL, "%s", cell(table, 0, "why"));
  critmin_table_free(table);
}

START_TEST(rights_and_money_act_as_nothing) {
  make_deal();
  commit("kind=right|producer=works");
  commit("kind=money|amount=1000000|currency=USD|money_year=2023");
  idle("right", "2023-06-01", "need not be used");
  idle("money", "2023-06-01", "never turned into tonnes");
}
END_TEST

START_TEST(tonnes_rise_evenly_to_the_full_amount_and_end) {
  make_deal();
  commit("kind=tonnes|tonnes=365|basis=content|from=2023-01-01|ramp_months=12|until=2025-06");
  amounts("tonnes", "2023-01-01", 0, NAN, 0, 0);
  amounts("tonnes", "2023-04-11", 100, NAN, 0, 100); /* the hundredth of 365 days */
  amounts("tonnes", "2024-01-01", 365, NAN, 0, 365);
  amounts("tonnes", "2025-06-30", 365, NAN, 0, 365);
  HOLDS("", "commitments", "date=2025-07-01");
  HOLDS("deal", "commitments");
}
END_TEST

START_TEST(a_delivery_that_is_to_come_is_none) {
  make_deal();
  commit("kind=tonnes|tonnes=10|basis=content|from=2024");
  critmin_table *table = commitment("tonnes", "2024-12-30");
  ck_assert_double_eq(number(table, 0, "contracted"), 0);
  ck_assert_ptr_nonnull(strstr(cell(table, 0, "why"), "due 2024"));
  critmin_table_free(table);
  amounts("tonnes", "2024-12-31", 10, NAN, 0, 10);
}
END_TEST

START_TEST(a_probability_that_was_published_makes_the_amount_expected) {
  make_deal();
  commit("kind=tonnes|tonnes=10|basis=content|probability=0.25");
  amounts("tonnes", "2023-06-01", 10, 2.5, 2.5, 2.5);
}
END_TEST

START_TEST(a_share_is_one_of_an_output_that_is_known) {
  make_deal();
  commit("kind=share|share=0.5|producer=works");
  idle("share", "2025-06-01", "nobody published");
  make_output("capacity", "2024", "2024", 1000);
  amounts("share", "2025-06-01", 500, NAN, 0, 500);
  make_output("production", "2023", "2023", 400); /* what was made, though longer ago */
  amounts("share", "2025-06-01", 200, NAN, 0, 200);
  make_output("production", "2024-07", "2024-09", 60); /* a quarter's, as of a year */
  amounts("share", "2025-06-01", 120, NAN, 0, 120);
  amounts("share", "2024-06-30", 200, NAN, 0, 200); /* of a day before that quarter */
  critmin_table *table = commitment("share", "2025-06-01");
  ck_assert_double_eq(number(table, 0, "output"), 240);
  ck_assert_str_eq(cell(table, 0, "output_of"), "production of 2024-07 to 2024-09 as of a year, src 2025");
  ck_assert_str_eq(cell(table, 0, "state"), "in_force");
  ck_assert_str_eq(cell(table, 0, "parties"), "DEU");
  critmin_table_free(table);
}
END_TEST

START_TEST(what_is_not_said_to_work_delivers_nothing) {
  make_deal();
  commit("kind=tonnes|tonnes=10|basis=content|producer=plan");
  commit("kind=share|share=1|producer=plan");
  idle("tonnes", "2023-06-01", "announced");
  idle("share", "2023-06-01", "announced");
}
END_TEST

START_TEST(the_commitments_of_a_producer_are_cut_to_its_output) {
  make_deal();
  make_output("production", "2024", "2024", 100);
  commit("kind=tonnes|tonnes=150|basis=content|producer=works");
  commit("kind=share|share=0.5|producer=works");
  amounts("tonnes", "2025-01-01", 75, NAN, 0, 75); /* 150 and 50 were promised of 100 */
  amounts("share", "2025-01-01", 25, NAN, 0, 25);
  critmin_table *table = commitment("tonnes", "2025-01-01");
  ck_assert_ptr_nonnull(strstr(cell(table, 0, "why"), "cut"));
  critmin_table_free(table);
}
END_TEST

START_TEST(commitments_of_an_agreement_that_is_replaced_count_no_more) {
  make_deal();
  commit("kind=tonnes|tonnes=150|basis=content|buyer=DEU");
  put_agreement(store, "agreement=next|name=Next|kind=offtake|signed=2024-02-01|supersedes=deal", "agreement=next|country=DEU");
  HOLDS("deal", "commitments", "date=2024-01-31", "country=DEU");
  HOLDS("", "commitments", "date=2024-01-31", "country=FRA");
  HOLDS("", "commitments", "date=2024-02-01");
}
END_TEST

/* Changes ------------------------------------------------------------------------------------------------------------ */

static critmin_table *changes(const char *since, const char *until, const char *dimension, const char *name) {
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  if (dimension) {
    ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
    ck_assert_int_eq(critmin_selection_add(selection, dimension, name, &error), CRITMIN_OK);
  }
  ck_assert_msg(critmin_store_changes(store, since, until, selection, &table, &error) == CRITMIN_OK, "%s", error.message);
  critmin_selection_free(selection);
  return table;
}

/* Events as "day key event", each on a line. */
static const char *told(critmin_table *table) {
  static char all[2048];
  all[0] = '\0';
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    size_t length = strlen(all);
    int n = snprintf(all + length, sizeof all - length, "%s %s %s\n", cell(table, row, "day"), cell(table, row, "key"),
                     cell(table, row, "event"));
    ck_assert_uint_lt(length + (size_t)n, sizeof all);
  }
  critmin_table_free(table);
  return all;
}

START_TEST(changes_are_events_in_order_of_their_days) {
  make_agreements();
  make_restrictions();
  ck_assert_str_eq(told(changes("2022-05-01", "2023-12-31", NULL, NULL)),
                   "2022-05 new signed\n"
                   "2022-05 old superseded\n"
                   "2022-06-01 group effective\n"
                   "2022-06-01 nobody effective\n"
                   "2022-06-01 some effective\n"
                   "2023-01-10 all announced\n"
                   "2023-02 all effective\n"
                   "2023-06-01 some suspended\n"
                   "2023-09-01 some resumed\n"
                   "2023 new effective\n");
  ck_assert_str_eq(told(changes("2022-05-01", "2023-12-31", "partner", "CHN")), "2022-06-01 nobody effective\n");
  ck_assert_str_eq(told(changes("2021-06-30", "2021-06-30", NULL, NULL)), "2021-06 short ended\n");
  ck_assert_str_eq(told(changes("2021-07-01", "2021-07-01", NULL, NULL)), "");
  critmin_table *table = changes("2023-01-01", "2023-01-31", NULL, NULL);
  ck_assert_str_eq(cell(table, 0, "what"), "restriction");
  ck_assert_str_eq(cell(table, 0, "countries"), "CHN");
  ck_assert_str_eq(cell(table, 0, "minerals"), "cobalt");
  ck_assert_str_eq(cell(table, 0, "sources"), "src");
  critmin_table_free(table);
}
END_TEST

START_TEST(what_is_put_off_before_it_begins_does_not_begin) {
  put(store, "restriction", "restriction=late|kind=ban|country=CHN|announced=2025-10-09|effective=2025-11-08");
  put(store, "restriction_suspension", "restriction=late|from=2025-11-07|until=2026-11-10");
  ck_assert_str_eq(told(changes("2025-01-01", "2026-12-31", NULL, NULL)),
                   "2025-10-09 late announced\n2025-11-07 late suspended\n2026-11-11 late resumed\n");
}
END_TEST

/* The day is the first on which the list has the measure in force again. */
START_TEST(what_resumes_acts_on_that_day) {
  put(store, "restriction", "restriction=held|kind=ban|country=CHN|effective=2025-01-01|until=2026-06-30");
  put(store, "restriction_suspension", "restriction=held|from=2025-02-01|until=2025-03");
  put(store, "restriction_suspension", "restriction=held|from=2025-05-01|until=2025-06-30");
  put(store, "restriction_suspension", "restriction=held|from=2025-07-01|until=2025-08-31"); /* without a gap */
  put(store, "restriction_suspension", "restriction=held|from=2026-06-01|until=2026-07-31"); /* and it ends meanwhile */
  ck_assert_str_eq(told(changes("2025-02-02", "2026-12-31", NULL, NULL)),
                   "2025-04-01 held resumed\n2025-05-01 held suspended\n2025-07-01 held suspended\n"
                   "2025-09-01 held resumed\n2026-06-01 held suspended\n2026-06-30 held ended\n");
  static const struct {
    const char *day, *state;
  } states[] = {{"2025-03-31", "suspended"}, {"2025-04-01", "in_force"}, {"2025-08-31", "suspended"},
                {"2025-09-01", "in_force"}};
  for (size_t i = 0; i < sizeof states / sizeof states[0]; i++) {
    char day[32];
    snprintf(day, sizeof day, "date=%s", states[i].day);
    critmin_table *table = listed("restrictions", day, NULL);
    ck_assert_str_eq(cell(table, 0, "state"), states[i].state);
    critmin_table_free(table);
  }
}
END_TEST

START_TEST(a_day_that_would_do_nothing_is_refused) {
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "date", "2024-12-31", &error), CRITMIN_OK);
  static const char *const lists[] = {"minerals", "stages", "countries", "sources", "measure"};
  for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
    ck_assert_int_eq(critmin_store_list(store, lists[i], selection, &table, &error), CRITMIN_ERROR_ARGUMENT);
    ck_assert_ptr_nonnull(strstr(error.message, "`date`"));
    ck_assert_ptr_null(table);
  }
  ck_assert_int_eq(critmin_selection_add(selection, "country", "PAIR", &error), CRITMIN_OK); /* its members that day */
  ck_assert_int_eq(critmin_store_list(store, "countries", selection, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), 1);
  critmin_table_free(table);
  critmin_selection_free(selection);
}
END_TEST

/* Everything that is on a list of one day and not on that of another has an event between them. */
START_TEST(changes_explain_the_difference_between_two_days) {
  static const char *const days[] = {"2019-01-01", "2020-06-15", "2021-08-01", "2023-03-01", "2025-06-01", "2031-01-01"};
  static const char *const lists[] = {"agreements", "restrictions"};
  make_agreements();
  make_restrictions();
  int differences = 0;
  for (size_t i = 0; i + 1 < sizeof days / sizeof days[0]; i++) {
    for (size_t l = 0; l < 2; l++) {
      char before[32], after[32], old[512], new[512];
      snprintf(before, sizeof before, "date=%s", days[i]);
      snprintf(after, sizeof after, "date=%s", days[i + 1]);
      snprintf(old, sizeof old, " %s ", keys(lists[l], before, NULL));
      snprintf(new, sizeof new, " %s ", keys(lists[l], after, NULL));
      critmin_table *all = listed(lists[l], NULL), *events = changes(days[i], days[i + 1], NULL, NULL);
      for (int64_t row = 0; row < critmin_table_rows(all); row++) {
        char key[64];
        int found = 0;
        snprintf(key, sizeof key, " %s ", critmin_table_text(all, 0, row));
        if (!strstr(old, key) == !strstr(new, key)) continue;
        for (int64_t e = 0; e < critmin_table_rows(events); e++)
          found += strcmp(cell(events, e, "key"), critmin_table_text(all, 0, row)) == 0;
        ck_assert_msg(found > 0, "%s from %s to %s", key, days[i], days[i + 1]);
        differences++;
      }
      critmin_table_free(all);
      critmin_table_free(events);
    }
  }
  ck_assert_int_gt(differences, 6);
}
END_TEST

START_TEST(days_that_are_none_or_the_wrong_way_round_are_refused) {
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_store_changes(store, "2024", "2024-12-31", NULL, &table, &error), CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_ptr_nonnull(strstr(error.message, "`since`"));
  ck_assert_int_eq(critmin_store_changes(store, "2024-01-01", "2024-02-30", NULL, &table, &error),
                   CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_int_eq(critmin_store_changes(store, "2024-12-31", "2024-01-01", NULL, &table, &error),
                   CRITMIN_ERROR_YEAR_RANGE);
  ck_assert_int_eq(critmin_store_changes(NULL, "2024-01-01", "2024-12-31", NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_changes(store, NULL, "2024-12-31", NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_changes(store, "2024-01-01", NULL, NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_changes(store, "2024-01-01", "2024-12-31", NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_null(table);
}
END_TEST

/* Want of memory ----------------------------------------------------------------------------------------------------- */

static int32_t list_all(void *user) {
  critmin_selection *selection = user;
  static const char *const lists[] = {"agreements", "restrictions", "reserves", "commitments"};
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < 5 && !status; i++) {
    critmin_table *table = NULL;
    status = i < 4 ? critmin_store_list(store, lists[i], selection, &table, &error)
                   : critmin_store_changes(store, "2020-01-01", "2025-01-01", selection, &table, &error);
    ck_assert_int_eq(status != CRITMIN_OK, table == NULL);
    critmin_table_free(table);
  }
  return status;
}

START_TEST(without_memory_nothing_is_listed_and_nothing_leaks) {
  critmin_selection *selection = NULL;
  make_agreements();
  make_restrictions();
  make_deal();
  make_output("production", "2024", "2024", 100);
  commit("kind=tonnes|tonnes=150|basis=content|producer=works");
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "date", "2024-12-31", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "partner", "DEU", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", "cobalt", &error), CRITMIN_OK);
  fail_each_allocation(list_all, selection);
  critmin_selection_free(selection);
}
END_TEST

Suite *suite_as_of(void) {
  const TTest *tests[] = {
      an_agreement_counts_from_its_signature_to_its_end_or_its_successor,
      an_agreement_of_a_day_tells_its_story,
      a_country_is_in_an_agreement_by_its_groups_and_a_mineral_by_its,
      a_restriction_is_announced_in_force_suspended_and_ended,
      a_restriction_binds_its_targets_or_all_but_those_who_impose_it,
      a_reserve_is_what_was_said_last_by_the_day,
      rights_and_money_act_as_nothing,
      tonnes_rise_evenly_to_the_full_amount_and_end,
      a_delivery_that_is_to_come_is_none,
      a_probability_that_was_published_makes_the_amount_expected,
      a_share_is_one_of_an_output_that_is_known,
      what_is_not_said_to_work_delivers_nothing,
      the_commitments_of_a_producer_are_cut_to_its_output,
      commitments_of_an_agreement_that_is_replaced_count_no_more,
      changes_are_events_in_order_of_their_days,
      what_is_put_off_before_it_begins_does_not_begin,
      changes_explain_the_difference_between_two_days,
      what_resumes_acts_on_that_day,
      a_day_that_would_do_nothing_is_refused,
      days_that_are_none_or_the_wrong_way_round_are_refused,
      without_memory_nothing_is_listed_and_nothing_leaks,
  };
  TCase *cases = tcase_create("as_of");
  tcase_add_checked_fixture(cases, make, drop);
  tcase_set_timeout(cases, 120);
  for (size_t i = 0; i < sizeof tests / sizeof tests[0]; i++) tcase_add_test(cases, tests[i]);
  Suite *suite = suite_create("as_of");
  suite_add_tcase(suite, cases);
  return suite;
}
