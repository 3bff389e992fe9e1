/* SPDX-License-Identifier: MIT */
/* Agreements, restrictions, strategic reserves, producers and official lists. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

/* A date as yyyymmdd: where month or day are not known the first, or the last, it can be; `none` where it is empty. */
static int day_of(const char *date, int last, int none) {
  if (!*date) return none;
  char *rest;
  long part[3] = {strtol(date, &rest, 10), last ? 12 : 1, last ? 31 : 1};
  for (int i = 1; i < 3 && *rest == '-'; i++) part[i] = strtol(rest + 1, &rest, 10);
  ck_assert_msg(!*rest, "%s", date);
  return (int)(part[0] * 10000 + part[1] * 100 + part[2]);
}

/* The row of a key, which must be there once. */
static int64_t row_of(const critmin_table *table, const char *column, const char *key) {
  int64_t found = -1;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, column, row), key)) continue;
    ck_assert_msg(found < 0, "%s stands twice", key);
    found = row;
  }
  ck_assert_msg(found >= 0, "%s is missing", key);
  return found;
}

static int count(const critmin_table *table, const char *column, const char *key) {
  int n = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) n += !strcmp(text(table, column, row), key);
  return n;
}

/* Each row of a relation, or each of that kind, names its confidence and at least one source. */
static int cited(const char *relation, const char *citation, const char *kinds) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, relation, NULL, NULL), *sources = list(store, citation, NULL, NULL);
  int n = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *key = text(table, relation, row), *confidence = text(table, "confidence", row);
    if (kinds && !strstr(kinds, text(table, "kind", row))) continue;
    ck_assert_msg(!strcmp(confidence, "primary") || !strcmp(confidence, "secondary"), "%s", key);
    ck_assert_msg(count(sources, relation, key) > 0, "%s has no source", key);
    n++;
  }
  critmin_table_free(sources);
  critmin_table_free(table);
  critmin_store_close(store);
  return n;
}

START_TEST(every_row_names_its_confidence_and_its_sources) {
  ck_assert_int_ge(cited("agreement", "agreement_citation", NULL), 60);
  ck_assert_int_ge(cited("restriction", "restriction_citation", NULL), 25);
  ck_assert_int_ge(cited("reserve", "reserve_citation", "strategic"), 30);
  ck_assert_int_ge(cited("producer", "producer_citation", "facility company"), 45);
}
END_TEST

START_TEST(most_producers_have_owners_who_hold_no_more_than_all) {
  critmin_store *store = open_reference();
  critmin_table *producers = list(store, "producer", NULL, NULL), *owners = list(store, "producer_owner", NULL, NULL);
  int owned = 0;
  for (int64_t row = 0; row < critmin_table_rows(producers); row++) {
    const char *key = text(producers, "producer", row);
    double held = 0;
    int n = 0;
    for (int64_t i = 0; i < critmin_table_rows(owners); i++) {
      if (strcmp(text(owners, "producer", i), key)) continue;
      if (!isnan(number(owners, "share", i))) held += number(owners, "share", i);
      n++;
    }
    ck_assert_msg(held < 1 + 1e-9, "%s", key);
    owned += n > 0;
  }
  ck_assert_int_ge(owned, 45);
  ck_assert_int_eq(count(owners, "producer", "kamoto"), 2);
  /* Nobody published how the partners share: they stand without a share. */
  ck_assert_int_eq(count(owners, "producer", "wagerup_gallium"), 2);
  for (int64_t row = 0; row < critmin_table_rows(owners); row++) {
    if (!strcmp(text(owners, "producer", row), "wagerup_gallium")) ck_assert_double_nan(number(owners, "share", row));
  }
  critmin_table_free(owners);
  critmin_table_free(producers);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_suspension_ends_after_it_begins) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "restriction_suspension", NULL, NULL);
  ck_assert_int_ge(critmin_table_rows(table), 5);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int from = day_of(text(table, "from", row), 0, 0), until = day_of(text(table, "until", row), 1, 99999999);
    ck_assert_msg(from && from < until, "%s", text(table, "restriction", row));
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* A list of a day, narrowed along a dimension. */
static critmin_table *on(critmin_store *store, const char *what, const char *day, const char *dimension, const char *name) {
  critmin_error error;
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "date", day, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, dimension, name, &error), CRITMIN_OK);
  ck_assert_msg(critmin_store_list(store, what, selection, &table, &error) == CRITMIN_OK, "%s", error.message);
  critmin_selection_free(selection);
  return table;
}

START_TEST(the_restrictions_that_bound_Japan_on_11_January_2026) {
  static const struct {
    const char *key, *state, *basis, *confidence, *targets, *source;
  } wanted[] = {
      {"chn_japan_dual_use_ban_2026", "in_force", "decree", "primary", "JPN", "mof_1"},
      {"chn_japan_licences_halted_2026", "in_force", "practice", "secondary", "JPN", "wsj_0109"},
      {"chn_seven_rare_earths_licence_2025", "in_force", "decree", "secondary", "", "am_0404"},
      {"chn_gallium_germanium_licence_2023", "in_force", "decree", "secondary", "", "gbf_0420"},
      {"cod_cobalt_quota_2025", "in_force", "decree", "secondary", "", "zn_drc"},
  };
  static const char *const elsewhere[] = {"chn_usa_ban_2024", "chn_usa_military_ban_2024", "mmr_kachin_outage_2024",
                                          "chn_japan_entities_2026", "chn_japan_embargo_2010", "cod_cobalt_ban_2025"};
  critmin_store *store = open_reference();
  critmin_table *table = on(store, "restrictions", "2026-01-11", "partner", "JPN");
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
    int64_t row = row_of(table, "restriction", wanted[i].key);
    ck_assert_str_eq(text(table, "state", row), wanted[i].state);
    ck_assert_str_eq(text(table, "basis", row), wanted[i].basis);
    ck_assert_str_eq(text(table, "confidence", row), wanted[i].confidence);
    ck_assert_str_eq(text(table, "targets", row), wanted[i].targets);
    ck_assert_ptr_nonnull(strstr(text(table, "sources", row), wanted[i].source));
    ck_assert_int_gt((int)strlen(text(table, "minerals", row)), 0);
  }
  for (size_t i = 0; i < sizeof elsewhere / sizeof elsewhere[0]; i++)
    ck_assert_msg(count(table, "restriction", elsewhere[i]) == 0, "%s", elsewhere[i]);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(the_measures_of_October_2025_were_suspended_then) {
  static const char *const measures[] = {"chn_battery_graphite_licence_2025", "chn_five_rare_earths_licence_2025",
                                         "chn_foreign_content_rule_2025"};
  critmin_store *store = open_reference();
  critmin_table *table = on(store, "restrictions", "2026-01-11", "country", "CHN");
  for (size_t i = 0; i < sizeof measures / sizeof measures[0]; i++) {
    int64_t row = row_of(table, "restriction", measures[i]);
    ck_assert_str_eq(text(table, "state", row), "suspended");
    ck_assert_str_eq(text(table, "suspended_until", row), "2026-11-10");
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_date_tells_what_is_in_force_suspended_ended_or_still_to_come) {
  static const struct {
    const char *key, *day, *state; /* NULL: not on the list */
  } facts[] = {{"chn_seven_rare_earths_licence_2025", "2026-01-11", "in_force"},
               {"chn_five_rare_earths_licence_2025", "2026-12-01", "in_force"},
               {"chn_usa_ban_2024", "2025-06-01", "in_force"},
               {"chn_usa_ban_2024", "2026-01-11", "suspended"},
               {"chn_usa_ban_2024", "2026-11-28", "in_force"},
               {"chn_usa_military_ban_2024", "2026-01-11", "in_force"},
               {"chn_japan_embargo_2010", "2010-10-01", "in_force"},
               {"chn_japan_embargo_2010", "2026-01-11", NULL},
               {"chn_japan_entities_2026", "2026-01-11", NULL},
               {"cod_cobalt_ban_2025", "2025-06-01", "in_force"},
               {"cod_cobalt_ban_2025", "2025-10-16", NULL},
               {"cod_cobalt_quota_2025", "2026-01-11", "in_force"},
               {"gab_manganese_ban_2029", "2026-01-11", "announced"},
               {"eu_scrap_plan_2025", "2026-01-11", "announced"},
               {"chl_lithium_majority_2023", "2026-01-11", "announced"}};
  critmin_store *store = open_reference();
  for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++) {
    critmin_table *table = on(store, "restrictions", facts[i].day, "key", facts[i].key);
    ck_assert_msg(critmin_table_rows(table) == (facts[i].state != NULL), "%s on %s", facts[i].key, facts[i].day);
    if (facts[i].state) ck_assert_str_eq(text(table, "state", 0), facts[i].state);
    critmin_table_free(table);
  }
  critmin_store_close(store);
}
END_TEST

/* Where no state restricts, and where a group does. */
START_TEST(who_restricts_may_be_nobody_or_a_group) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "restriction", NULL, NULL);
  ck_assert_str_eq(text(table, "country", row_of(table, "restriction", "mmr_kachin_outage_2024")), "");
  ck_assert_str_eq(text(table, "place", row_of(table, "restriction", "mmr_kachin_outage_2024")), "MMR");
  ck_assert_str_eq(text(table, "country", row_of(table, "restriction", "eu_scrap_plan_2025")), "EU");
  critmin_table_free(table);
  table = on(store, "restrictions", "2026-01-11", "partner", "DEU");
  ck_assert_int_eq(count(table, "restriction", "eu_scrap_plan_2025"), 0); /* its own rule does not bind it */
  critmin_table_free(table);
  table = on(store, "restrictions", "2026-01-11", "partner", "JPN");
  ck_assert_int_eq(count(table, "restriction", "eu_scrap_plan_2025"), 1);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(the_agreement_with_Australia_and_the_reserve_of_Japan_on_11_January_2026) {
  critmin_store *store = open_reference();
  critmin_table *table = on(store, "agreements", "2026-01-11", "country", "AUS");
  int64_t row = row_of(table, "agreement", "usa_aus_framework_2025");
  ck_assert_str_eq(text(table, "parties", row), "AUS;USA");
  ck_assert_str_eq(text(table, "minerals", row), "rare_earths");
  ck_assert_str_eq(text(table, "sources", row), "creamer_au;manm_au;particle_au");
  ck_assert_int_eq(count(table, "agreement", "lynas_jare_2011"), 0); /* replaced */
  ck_assert_int_eq(count(table, "agreement", "lynas_jare_2023"), 1);
  ck_assert_int_eq(count(table, "agreement", "lynas_jare_2026"), 0); /* to come */
  critmin_table_free(table);
  table = on(store, "reserves", "2026-01-11", "country", "JPN");
  ck_assert_double_eq(number(table, "days_of_cover", row_of(table, "reserve", "jpn_rare_metals_target")), 60);
  ck_assert_str_eq(text(table, "sources", row_of(table, "reserve", "jpn_rare_metals_target")), "iea_jp");
  ck_assert_double_eq(number(table, "days_of_cover", row_of(table, "reserve", "jpn_high_risk_target")), 180);
  ck_assert_str_eq(text(table, "sources", row_of(table, "reserve", "jpn_high_risk_target")), "iea_jp;jf_jp");
  ck_assert_int_eq(count(table, "reserve", "jpn_old_scheme_tungsten"), 0); /* ended */
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Of all commitments of that day one was of tonnes that are made; the rest are rights, money, and plans. */
START_TEST(what_the_commitments_of_11_January_2026_amount_to) {
  critmin_store *store = open_reference();
  critmin_table *table = on(store, "commitments", "2026-01-11", "country", "JPN");
  int acting = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *kind = text(table, "kind", row);
    if (number(table, "acts", row) == 0) {
      ck_assert_double_nan(number(table, "contracted", row));
      continue;
    }
    ck_assert_msg(!strcmp(kind, "tonnes") || !strcmp(kind, "share"), "%s", kind);
    ck_assert_str_eq(text(table, "agreement", row), "lynas_jare_2023");
    ck_assert_double_eq(number(table, "contracted", row), 7200);
    ck_assert_double_nan(number(table, "expected", row)); /* nobody published a probability */
    ck_assert_double_eq(number(table, "low", row), 0);
    ck_assert_double_eq(number(table, "high", row), 7200);
    ck_assert_double_gt(number(table, "output", row), 7200);
    acting++;
  }
  ck_assert_int_eq(acting, 1);
  critmin_table_free(table);
  table = on(store, "commitments", "2026-01-11", "key", "nolans_hyundai_2022");
  ck_assert_double_eq(number(table, "acts", 0), 0); /* the plant is not built */
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(what_changed_in_the_year_to_11_January_2026) {
  static const struct {
    const char *key, *event, *day;
  } wanted[] = {{"usa_aus_framework_2025", "signed", "2025-10-20"},
                {"busan_truce_2025", "effective", "2025-11-10"},
                {"chn_five_rare_earths_licence_2025", "announced", "2025-10-09"},
                {"chn_five_rare_earths_licence_2025", "suspended", "2025-11-07"},
                {"cod_cobalt_ban_2025", "ended", "2025-10-15"},
                {"chn_japan_dual_use_ban_2026", "effective", "2026-01-06"}};
  critmin_store *store = open_reference();
  critmin_error error;
  critmin_table *table = NULL;
  ck_assert_msg(critmin_store_changes(store, "2025-01-11", "2026-01-11", NULL, &table, &error) == CRITMIN_OK, "%s",
                error.message);
  for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
    int found = 0;
    for (int64_t row = 0; row < critmin_table_rows(table); row++) {
      found += !strcmp(text(table, "key", row), wanted[i].key) && !strcmp(text(table, "event", row), wanted[i].event) &&
               !strcmp(text(table, "day", row), wanted[i].day);
    }
    ck_assert_msg(found == 1, "%s %s", wanted[i].key, wanted[i].event);
  }
  for (int64_t row = 0; row < critmin_table_rows(table); row++)
    ck_assert_msg(*text(table, "sources", row), "%s", text(table, "key", row));
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Tonnes, a share, a right or money, and never money as tonnes. */
START_TEST(a_commitment_is_of_one_kind_and_states_no_probability_that_nobody_published) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "agreement_commitment", NULL, NULL);
  ck_assert_int_gt(critmin_table_rows(table), 40);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *key = text(table, "agreement", row), *kind = text(table, "kind", row);
    int tonnes = !isnan(number(table, "tonnes", row)), share = !isnan(number(table, "share", row));
    int money = !isnan(number(table, "amount", row));
    ck_assert_msg(tonnes == !strcmp(kind, "tonnes"), "%s", key);
    ck_assert_msg(share == !strcmp(kind, "share"), "%s", key);
    ck_assert_msg(money == !strcmp(kind, "money"), "%s", key);
    ck_assert_msg(money == (*text(table, "currency", row) != '\0'), "%s", key);
    ck_assert_msg(money == !isnan(number(table, "money_year", row)), "%s", key);
    ck_assert_msg(isnan(number(table, "probability", row)), "%s", key);
    /* Only what is of a mineral, a stage and a basis can act. */
    if (tonnes) ck_assert_msg(*text(table, "stage", row) && *text(table, "basis", row), "%s", key);
    if (share) ck_assert_msg(*text(table, "stage", row) && *text(table, "producer", row), "%s", key);
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(the_framework_with_Australia_is_on_record_as_money) {
  critmin_store *store = open_reference();
  critmin_table *agreements = list(store, "agreement", NULL, NULL);
  int64_t row = row_of(agreements, "agreement", "usa_aus_framework_2025");
  ck_assert_str_eq(text(agreements, "signed", row), "2025-10-20");
  ck_assert_str_eq(text(agreements, "kind", row), "framework");
  critmin_table *parties = list(store, "agreement_party", NULL, NULL);
  ck_assert_int_eq(count(parties, "agreement", "usa_aus_framework_2025"), 2);
  critmin_table *table = list(store, "agreement_commitment", NULL, NULL);
  int found = 0;
  for (row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "agreement", row), "usa_aus_framework_2025")) continue;
    ck_assert_str_eq(text(table, "kind", row), "money");
    ck_assert_str_eq(text(table, "currency", row), "USD");
    found += number(table, "amount", row) == 8.5e9;
  }
  ck_assert_int_eq(found, 1);
  critmin_table_free(table);
  critmin_table_free(parties);
  critmin_table_free(agreements);
  critmin_store_close(store);
}
END_TEST

START_TEST(an_agreement_names_the_one_it_replaces) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "agreement", NULL, NULL);
  int64_t newest = row_of(table, "agreement", "lynas_jare_2026"), before = row_of(table, "agreement", "lynas_jare_2023");
  ck_assert_str_eq(text(table, "supersedes", newest), "lynas_jare_2023");
  ck_assert_str_eq(text(table, "supersedes", before), "lynas_jare_2011");
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

START_TEST(the_reserve_of_Japan_is_known_in_days_and_in_days_only) {
  static const struct {
    const char *key;
    double days;
  } wanted[] = {{"jpn_rare_metals_target", 60}, {"jpn_high_risk_target", 180}};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "reserve", NULL, NULL);
  for (size_t i = 0; i < 2; i++) {
    int64_t row = row_of(table, "reserve", wanted[i].key);
    ck_assert_str_eq(text(table, "holder", row), "JPN");
    ck_assert_str_eq(text(table, "state", row), "existing");
    ck_assert_double_eq(number(table, "days_of_cover", row), wanted[i].days);
    ck_assert_double_nan(number(table, "value", row));
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* A stockpile whose size is not known has no number, and says so. */
START_TEST(a_strategic_reserve_says_how_much_or_that_nobody_does) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "reserve", NULL, NULL);
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (strcmp(text(table, "kind", row), "strategic")) continue;
    int says = !isnan(number(table, "value", row)) || !isnan(number(table, "days_of_cover", row)) ||
               !isnan(number(table, "amount", row));
    int unknown = !strcmp(text(table, "status", row), "not_available");
    ck_assert_msg(says != unknown, "%s", text(table, "reserve", row));
    ck_assert_msg(*text(table, "state", row), "%s", text(table, "reserve", row));
    ck_assert_msg(isnan(number(table, "release_rate", row)), "%s", text(table, "reserve", row));
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* 1 where the list names the mineral, 0 where it looked at it and did not list it, -1 where it says nothing. */
static int on_list(const critmin_table *table, const char *mineral, const char *source, const char *edition) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    if (!strcmp(text(table, "mineral", row), mineral) && !strcmp(text(table, "source", row), source) &&
        !strcmp(text(table, "edition", row), edition)) {
      return number(table, "value", row) == 1;
    }
  }
  return -1;
}

START_TEST(official_lists_are_told_by_country_and_year) {
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "parameter", NULL, NULL);
  int us = 0, strategic = 0, partial = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *source = text(table, "source", row), *edition = text(table, "edition", row);
    us += !strcmp(source, "us_critical_list") && !strcmp(edition, "2025");
    strategic += !strcmp(text(table, "parameter", row), "listed_strategic");
    int incomplete = (!strcmp(source, "gb_critical_list") && !strcmp(edition, "2024")) ||
                     !strcmp(source, "za_critical_list") || !strcmp(source, "au_critical_list");
    if (incomplete) ck_assert(strstr(text(table, "note", row), "incomplete") != NULL);
    partial += incomplete;
  }
  ck_assert_int_eq(us, 60);
  ck_assert_int_ge(strategic, 17);
  ck_assert_int_gt(partial, 40);
  ck_assert_int_eq(on_list(table, "copper", "us_critical_list", "2025"), 1);
  ck_assert_int_eq(on_list(table, "copper", "us_critical_list", "2022"), -1);
  ck_assert_int_eq(on_list(table, "copper", "eu_strategic_list", "2024"), 1);
  ck_assert_int_eq(on_list(table, "copper", "gb_critical_list", "2024"), 0);
  ck_assert_int_eq(on_list(table, "graphite_natural", "us_critical_list", "2022"), 1);
  ck_assert_int_eq(on_list(table, "dysprosium", "eu_strategic_list", "2024"), 1);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Plants and quotas of holders stand beside the totals of their countries. */
START_TEST(figures_of_producers_are_not_those_of_countries) {
  critmin_store *store = open_reference();
  critmin_table *table = figures(store, "cobalt", "mining");
  int plants = 0, country = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    int congo_2024 = !strcmp(text(table, "country", row), "COD") && number(table, "from", row) == 2024;
    if (!congo_2024 || strcmp(text(table, "measure", row), "production")) continue;
    if (*text(table, "producer", row)) {
      ck_assert_str_eq(text(table, "producer", row), "cmoc_congo_cobalt");
      ck_assert_double_eq(number(table, "value", row), 114165);
      plants++;
    } else {
      ck_assert_double_gt(number(table, "value", row), 114165);
      country++;
    }
  }
  ck_assert_int_eq(plants, 1);
  ck_assert_int_ge(country, 1);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

Suite *suite_policy(void) {
  Suite *suite = suite_create("reference/policy");
  TCase *tests = tcase_create("policy");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, every_row_names_its_confidence_and_its_sources);
  tcase_add_test(tests, most_producers_have_owners_who_hold_no_more_than_all);
  tcase_add_test(tests, a_suspension_ends_after_it_begins);
  tcase_add_test(tests, the_restrictions_that_bound_Japan_on_11_January_2026);
  tcase_add_test(tests, the_measures_of_October_2025_were_suspended_then);
  tcase_add_test(tests, a_date_tells_what_is_in_force_suspended_ended_or_still_to_come);
  tcase_add_test(tests, who_restricts_may_be_nobody_or_a_group);
  tcase_add_test(tests, the_agreement_with_Australia_and_the_reserve_of_Japan_on_11_January_2026);
  tcase_add_test(tests, what_the_commitments_of_11_January_2026_amount_to);
  tcase_add_test(tests, what_changed_in_the_year_to_11_January_2026);
  tcase_add_test(tests, a_commitment_is_of_one_kind_and_states_no_probability_that_nobody_published);
  tcase_add_test(tests, the_framework_with_Australia_is_on_record_as_money);
  tcase_add_test(tests, an_agreement_names_the_one_it_replaces);
  tcase_add_test(tests, the_reserve_of_Japan_is_known_in_days_and_in_days_only);
  tcase_add_test(tests, a_strategic_reserve_says_how_much_or_that_nobody_does);
  tcase_add_test(tests, official_lists_are_told_by_country_and_year);
  tcase_add_test(tests, figures_of_producers_are_not_those_of_countries);
  suite_add_tcase(suite, tests);
  return suite;
}
