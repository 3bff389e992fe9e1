/* SPDX-License-Identifier: MIT */
/* Origins over a model: the worked examples of the manual, what is assumed, what is not known, and how far back. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "suites.h"
#include "trade_world.h"

static critmin_store *store;
static critmin_table *t;

static void setup(void) {
  store = trade_world();
}
static void teardown(void) {
  critmin_table_free(t);
  t = NULL;
  critmin_store_close(store);
}

static void ask(const char *words) {
  critmin_table_free(t);
  t = trade_ask(store, words);
}

static double value_of(const char *words) {
  ask(words);
  ck_assert_msg(critmin_table_rows(t) == 1, "%s: %d rows", words, (int)critmin_table_rows(t));
  return cell(t, 0, "value");
}

static void check(const char *words, double value, double low, double high) {
  ask(words);
  ck_assert_msg(critmin_table_rows(t) == 1, "%s: %d rows", words, (int)critmin_table_rows(t));
  ck_close(cell(t, 0, "value"), value);
  ck_close(cell(t, 0, "low"), low);
  ck_close(cell(t, 0, "high"), high);
}

static void figure(const char *stage, const char *measure, const char *country, const char *value) {
  char more[128];
  snprintf(more, sizeof more, "stage=%s|measure=%s%s", stage, measure,
           strcmp(stage, "alloy") == 0 ? "|basis=gross" : "");
  world_figure(store, country, value, more);
}

static void flow(const char *stage, const char *exporter, const char *importer, const char *quantity) {
  char more[128];
  snprintf(more, sizeof more, "stage=%s%s", stage, strcmp(stage, "alloy") == 0 ? "|basis=gross" : "");
  trade_flow(store, exporter, importer, quantity, more);
}

/* Example 1: refined tin of China and Australia becomes British alloy, which is sold beside Chinese alloy. */
static void magnets(void) {
  figure("refined", "production", "CHN", "100");
  figure("refined", "production", "AUS", "50");
  figure("refined", "production", "WLD", "150");
  flow("refined", "CHN", "GBR", "15");
  flow("refined", "AUS", "GBR", "10");
  figure("alloy", "production", "CHN", "90");
  figure("alloy", "production", "GBR", "30");
  figure("alloy", "production", "WLD", "120");
  flow("alloy", "CHN", "USA", "4");
  flow("alloy", "GBR", "USA", "6");
}

START_TEST(looking_through_finds_what_customs_do_not_see) {
  magnets();
  check("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=alloy", .4, .4, .4);
  check("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined", .76, .76, .76);
  check("metric=hidden_exposure|stage=alloy|country=USA|partner=CHN|at=refined", .36, .36, .36);
  check("metric=hidden_exposure|stage=alloy|country=USA|partner=GBR|at=refined", -.6, -.6, -.6);
  check("metric=touch_share|stage=alloy|country=USA|partner=CHN", .76, .76, .76);
  check("metric=touch_share|stage=alloy|country=USA|partner=GBR", .6, .6, .6);
  ck_assert(!flagged(t, 0, "UNKNOWN_ORIGIN") && !flagged(t, 0, "ASSUMED"));
  ck_close(cell(t, 0, "coverage"), 1);
}
END_TEST

START_TEST(without_a_stage_every_one_of_the_chain_is_told) {
  magnets();
  ask("metric=origin_share|stage=alloy|country=USA|partner=CHN");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_assert_str_eq(word(t, 0, "params"), "at=refined");
  ck_assert_str_eq(word(t, 1, "params"), "at=alloy");
  ck_close(cell(t, 0, "value"), .76);
  ask("metric=origin_share|stage=alloy|country=USA|at=processing");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_close(cell(t, row_of(t, "partner", "AUS"), "value"), .24);
  ck_close(cell(t, row_of(t, "partner", "CHN"), "value"), .76);
}
END_TEST

START_TEST(a_loop_of_re_exports_is_looked_through) { /* example 2; France stands for the Netherlands */
  figure("mining", "production", "CHN", "100");
  figure("mining", "production", "AUS", "50");
  figure("mining", "production", "WLD", "150");
  flow("mining", "CHN", "FRA", "10");
  flow("mining", "DEU", "FRA", "2");
  flow("mining", "FRA", "DEU", "8");
  flow("mining", "AUS", "DEU", "2");
  ck_close(value_of("metric=origin_share|country=FRA|partner=CHN|at=mining"), 75. / 78);
  ck_close(value_of("metric=origin_share|country=DEU|partner=CHN|at=mining"), 60. / 78);
  ck_close(value_of("metric=hidden_exposure|country=DEU|partner=CHN|at=mining"), 60. / 78);
  /* Both as one: the flows among them drop out. */
  ck_close(value_of("metric=origin_share|country=UNION|partner=CHN|at=mining|listed_only=1"), 10. / 12);
}
END_TEST

/* Example 3: A is CHN, B is AUS, C is FRA; use and all flows are on record, so that C lacks 10 of what it has. */
static void three(void) {
  static const char *const rows[][4] = {
      {"mining", "production", "CHN", "60"},
      {"mining", "production", "AUS", "20"},
      {"mining", "production", "FRA", "0"},
      {"mining", "production", "WLD", "80"},
      {"mining", "apparent_consumption", "CHN", "20"},
      {"mining", "apparent_consumption", "AUS", "40"},
      {"mining", "apparent_consumption", "FRA", "30"},
      {"refined", "production", "CHN", "20"},
      {"refined", "production", "AUS", "30"},
      {"refined", "production", "FRA", "30"},
      {"refined", "production", "WLD", "80"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) figure(rows[i][0], rows[i][1], rows[i][2], rows[i][3]);
  world_set(store,
            "figure|mineral=tin|stage=mining|measure=apparent_consumption|country=FRA|from=2020|to=2020|unit=t|"
            "basis=content|value=30|source=first|edition=2022");
  flow("mining", "CHN", "AUS", "40");
  flow("mining", "AUS", "FRA", "20");
  flow("mining", "WLD", "WLD", "60");
  flow("refined", "AUS", "FRA", "20");
  flow("refined", "FRA", "AUS", "10");
  flow("refined", "FRA", "CHN", "20");
  flow("refined", "WLD", "WLD", "50");
}

START_TEST(stages_loops_and_the_unknown_are_those_of_the_manual) {
  three();
  check("metric=origin_share|stage=refined|country=CHN|partner=AUS|at=mining", 7. / 54, 7. / 54, 13. / 54);
  ck_assert(flagged(t, 0, "UNKNOWN_ORIGIN"));
  check("metric=origin_share|stage=refined|country=AUS|partner=CHN|at=mining", 34. / 54, 34. / 54, 37. / 54);
  check("metric=origin_share|stage=refined|country=FRA|partner=FRA|at=mining", 0, 0, 12. / 54);
  ck_close(value_of("metric=origin_share|stage=refined|country=CHN|partner=FRA|at=refined"), 1. / 3);
  check("metric=touch_share|stage=refined|country=CHN|partner=AUS", 13. / 54, 13. / 54, 19. / 54);
  check("metric=touch_share|stage=refined|country=CHN|partner=AUS|transit=1", .4, .4, .5);
  check("metric=touch_share|stage=refined|country=AUS|partner=AUS|transit=1", 1, 1, 1);
}
END_TEST

START_TEST(shares_and_the_unknown_are_all) {
  world_set(store, "country|country=UNK|kind=unknown|name=Unknown");
  three();
  ask("metric=origin_share|stage=refined|country=CHN|at=mining");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_assert_str_eq(word(t, 0, "partner"), "CHN");
  ck_assert_str_eq(word(t, 2, "partner"), "UNK");
  double sum = 0;
  for (int64_t row = 0; row < 3; row++) sum += cell(t, row, "value");
  ck_close(sum, 1);
}
END_TEST

START_TEST(what_is_sent_on_beyond_what_came_in_is_of_unknown_origin) {
  figure("mining", "production", "CHN", "100");
  figure("mining", "production", "WLD", "100");
  flow("mining", "CHN", "FRA", "30");
  flow("mining", "FRA", "DEU", "40");
  flow("mining", "WLD", "WLD", "70");
  check("metric=origin_share|country=DEU|partner=CHN|at=mining", .75, .75, 1);
  ck_assert(flagged(t, 0, "UNKNOWN_ORIGIN"));
  ck_close(cell(t, 0, "coverage"), .75);
}
END_TEST

START_TEST(a_loop_that_nothing_feeds_is_reported) {
  figure("mining", "production", "CHN", "100");
  figure("mining", "production", "WLD", "100");
  flow("mining", "FRA", "DEU", "5");
  flow("mining", "DEU", "FRA", "5");
  check("metric=origin_share|country=DEU|partner=CHN|at=mining", 0, 0, 1);
  ck_assert(flagged(t, 0, "SINGULAR_LOOP"));
}
END_TEST

START_TEST(an_assumed_share_of_its_own_spans_the_interval) {
  magnets();
  world_set(store,
            "assumption|assumption=maker|subject=home_share|mineral=tin|stage=alloy|country=USA|value=0.5|low=0|"
            "high=1|unit=1|reason=nobody says");
  /* At home it makes alloy of tin that nobody tells of. */
  check("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=alloy", .2, 0, .4);
  ck_assert(flagged(t, 0, "ASSUMED"));
  check("metric=origin_share|stage=alloy|country=USA|partner=USA|at=alloy", .5, 0, 1);
  check("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined", .38, 0, 1);
  check("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined|denominator=imports", .76, .76, .76);
  ck_assert(!flagged(t, 0, "ASSUMED"));
}
END_TEST

START_TEST(a_producer_whose_imports_are_in_money_makes_anything) {
  magnets();
  trade_flow(store, "CHN", "GBR", "", "stage=alloy|amount=7|currency=USD");
  check("metric=origin_share|stage=alloy|country=GBR|partner=CHN|at=alloy", .5, 0, 1);
  ck_assert(flagged(t, 0, "ASSUMED") && flagged(t, 0, "BY_VALUE"));
  /* What is counted in tonnes is not that list, and nobody counted its imports; nor did anybody say that there are none. */
  check("metric=origin_share|stage=alloy|country=GBR|partner=CHN|at=alloy|by=quantity", 0, 0, 1);
  ck_assert(flagged(t, 0, "ASSUMED"));
}
END_TEST

START_TEST(a_stage_nobody_publishes_is_made_of_the_one_before) {
  figure("mining", "production", "AUS", "30");
  figure("mining", "production", "FRA", "70");
  figure("mining", "production", "WLD", "100");
  flow("smelter", "AUS", "GBR", "3");
  figure("refined", "production", "FRA", "100");
  figure("refined", "production", "GBR", "3");
  figure("refined", "production", "WLD", "103");
  flow("refined", "FRA", "USA", "1");
  flow("refined", "GBR", "USA", "1");
  /* Australia smelts its own; what France smelts comes to seven tenths from its mines. */
  check("metric=origin_share|stage=refined|country=USA|partner=AUS|at=mining", .5, .5, .65);
  check("metric=origin_share|stage=refined|country=USA|partner=FRA|at=mining", .35, .35, .5);
  ck_assert(flagged(t, 0, "ASSUMED"));
}
END_TEST

START_TEST(an_earlier_year_answers_as_far_as_is_allowed) {
  magnets();
  check("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined|year=2021", .76, .76, .76);
  ck_assert(flagged(t, 0, "EARLIER_YEAR"));
  ck_assert_double_nan(
      value_of("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined|year=2021|years_apart=0"));
  ck_assert(flagged(t, 0, "NO_DATA"));
  ck_close(value_of("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined|year=2025|years_apart=5"), .76);
  value_of("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined");
  ck_assert(!flagged(t, 0, "EARLIER_YEAR"));
}
END_TEST

START_TEST(a_model_of_one_year_and_mineral_knows_what_it_rests_on) {
  critmin_error error;
  magnets();
  world_set(store, "stage|mineral=both|stage=alloy|kind=component|position=3|name=Alloy|unit=t|basis=content");
  critmin_model *model = world_model(store, "mineral=tin|year=2021");
  critmin_selection *selection =
      world_selection("metric=origin_share|mineral=tin|stage=alloy|country=USA|partner=CHN|at=refined|year=2021");
  critmin_table *answer = NULL;
  ck_assert_msg(critmin_metric_compute(model, selection, 1, NULL, NULL, &answer, &error) == CRITMIN_OK, "%s",
                error.message);
  ck_close(cell(answer, 0, "value"), .76);
  critmin_table_free(answer);
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

START_TEST(a_group_of_minerals_tells_where_the_mineral_has_nothing) {
  world_set(store,
            "figure|mineral=both|stage=oxide|measure=production|country=CHN|from=2020|to=2020|unit=t|basis=content|"
            "value=5|source=first|edition=2022");
  world_set(store,
            "flow|mineral=both|stage=oxide|from=2020|to=2020|importer=USA|exporter=CHN|basis=content|quantity=1|"
            "source=first|edition=2022");
  ck_close(value_of("metric=origin_share|mineral=one|stage=oxide|country=USA|partner=CHN|at=oxide"), 1);
}
END_TEST

START_TEST(a_partner_may_be_a_group) {
  three();
  ck_close(value_of("metric=origin_share|stage=refined|country=CHN|partner=ALL|at=refined"), 5. / 6);
  ck_close(value_of("metric=origin_share|stage=refined|country=UNION|partner=UNION|at=refined"),
           .6 + .4 / 6); /* some of what is Australian comes from France */
}
END_TEST

START_TEST(flows_figures_and_assumptions_add_up_to_what_is_explained) {
  magnets();
  critmin_table_free(t);
  t = trade_explain(store, "metric=origin_share|stage=alloy|country=USA|partner=CHN|at=refined");
  double of_flows = 0, of_producers = 0, into_alloy = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    double adds = cell(t, row, "contribution");
    if (isnan(adds)) continue;
    int is_flow = strcmp(word(t, row, "role"), "flow") == 0;
    if (is_flow) of_flows += adds;
    if (is_flow && strcmp(word(t, row, "stage"), "alloy") == 0) into_alloy += adds;
    if (!is_flow) of_producers += adds;
    ck_assert_str_eq(word(t, row, "publisher"), "First Survey");
  }
  ck_close(into_alloy, .76);
  ck_close(of_flows, .76 + .36); /* and what British makers bought */
  ck_close(of_producers, .76);
}
END_TEST

/* Agreements stand with their parties in one transaction. */
static void write_together(const char *const *rows, size_t n) {
  critmin_error error;
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  for (size_t i = 0; i < n; i++) world_set(store, rows[i]);
  ck_assert_msg(critmin_store_commit(store, &error) == CRITMIN_OK, "%s", error.message);
}

/* The example of the manual: of 500 t nine tenths rest on China; 100 t and, half of it by then, 150 t are promised. */
static void promised(void) {
  static const char *const rows[] = {
      "agreement|agreement=first|name=First|kind=offtake|signed=2019",
      "agreement|agreement=second|name=Second|kind=offtake|signed=2019",
      "agreement|agreement=third|name=Third|kind=offtake|signed=2019",
      "agreement_party|agreement=first|country=USA",
      "agreement_party|agreement=second|country=USA",
      "agreement_party|agreement=third|country=GBR",
      "agreement_commitment|agreement=first|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=AUS|tonnes=100|"
      "from=2018-01-01|probability=0.9|additionality=1",
      "agreement_commitment|agreement=second|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=AUS|tonnes=150|"
      "from=2020-01-01|ramp_months=12|probability=0.6|additionality=1",
      "agreement_commitment|agreement=third|kind=tonnes|mineral=tin|stage=refined|buyer=GBR|seller=AUS|tonnes=500|"
      "from=2018-01-01|probability=1|additionality=1",
      "agreement_commitment|agreement=third|kind=right|mineral=tin|stage=refined|buyer=USA|seller=AUS|from=2018-01-01",
  };
  figure("refined", "production", "CHN", "900");
  figure("refined", "production", "AUS", "100");
  figure("refined", "production", "WLD", "1000");
  flow("refined", "CHN", "USA", "450");
  flow("refined", "AUS", "USA", "50");
  figure("refined", "apparent_consumption", "USA", "500");
  write_together(rows, sizeof rows / sizeof rows[0]);
}

#define EFFECTIVE "metric=effective_dependency|stage=refined|country=USA|partner=CHN"

START_TEST(commitments_lessen_a_dependency_as_in_the_manual) {
  promised();
  ck_close(value_of(EFFECTIVE), .63);
  ck_close(value_of(EFFECTIVE "|displacement=proportional"), .657);
  ck_close(value_of(EFFECTIVE "|demand=1000"), (900 - 135) / 1000.);
  ck_close(value_of("metric=effective_dependency|stage=refined|country=USA|partner=AUS"), .1); /* nothing of its own */
  ask("metric=effective_dependency|stage=refined|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 2);
}
END_TEST

START_TEST(what_nobody_says_of_a_commitment_spans_none_of_it_and_all) {
  promised();
  static const char *const rows[] = {
      "agreement|agreement=4th|name=Fourth|kind=offtake|signed=2019", "agreement_party|agreement=4th|country=USA",
      "agreement_commitment|agreement=4th|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=AUS|tonnes=50|from=2019"};
  write_together(rows, 3);
  ask(EFFECTIVE);
  ck_assert_double_nan(cell(t, 0, "value"));
  ck_close(cell(t, 0, "low"), .53);
  ck_close(cell(t, 0, "high"), .63);
  ck_close(value_of(EFFECTIVE "|probability=1|additionality=0.5"), .58);
  world_set(store, "assumption|assumption=p|subject=probability|mineral=tin|value=0.5|low=0|high=1|unit=1|reason=half");
  world_set(store, "assumption|assumption=a|subject=additionality|value=1|low=0|high=1|unit=1|reason=new");
  ck_close(value_of(EFFECTIVE), .58);
  ck_assert(flagged(t, 0, "ASSUMED"));
}
END_TEST

START_TEST(what_is_worked_where_one_depends_counts_nothing) {
  promised();
  figure("mining", "production", "AUS", "2000");
  figure("mining", "production", "WLD", "2000");
  world_set(store,
            "agreement_commitment|agreement=second|kind=tonnes|mineral=tin|stage=mining|buyer=USA|seller=AUS|"
            "tonnes=400|from=2018-01-01|probability=1|additionality=1");
  ck_close(value_of(EFFECTIVE "|at=mining"), .63); /* the United States refine nothing */
  world_set(store,
            "assumption|assumption=own|subject=home_share|mineral=tin|stage=refined|country=USA|value=0.2|low=0.2|"
            "high=0.2|unit=1|reason=refines a fifth");
  flow("mining", "CHN", "USA", "60");
  flow("mining", "AUS", "USA", "40");
  figure("mining", "production", "CHN", "1000");
  /* Of 500 t it makes 100, of ore that is Chinese by six tenths; what it imports rests on China by nine tenths. Only
   * the 60 t of ore that are Chinese leave room for Australia's. */
  ck_close(value_of(EFFECTIVE "|at=mining"), (.72 * 500 + 60 - 135 - 60) / 500);
  /* Whoever asks where it was refined is not helped by ore. */
  ck_close(value_of(EFFECTIVE "|at=refined"), (.72 * 500 - 135) / 500);
  /* What China would deliver counts nothing. */
  world_set(store,
            "agreement_commitment|agreement=first|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=CHN|"
            "tonnes=400|from=2018-01-01|probability=1|additionality=1");
  ck_close(value_of(EFFECTIVE "|at=mining"), (.72 * 500 + 60 - 135 - 60) / 500);
  critmin_table_free(t);
  t = trade_explain(store, EFFECTIVE "|at=mining");
  int64_t binding = -1;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    if (strcmp(word(t, row, "role"), "binding_stage") == 0) binding = row;
  }
  ck_assert_int_ge(binding, 0);
  ck_assert_str_eq(word(t, binding, "stage"), "refined");
}
END_TEST

/* Ore is Chinese, and the United States refine all that they use. */
static void refined_at_home(void) {
  static const char *const rows[] = {
      "agreement|agreement=first|name=First|kind=offtake|signed=2017", "agreement_party|agreement=first|country=USA",
      "agreement_commitment|agreement=first|kind=tonnes|mineral=tin|stage=mining|buyer=USA|seller=AUS|tonnes=300|"
      "from=2018-01-01|probability=1|additionality=1",
      "agreement_commitment|agreement=first|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=AUS|tonnes=300|"
      "from=2018-01-01|probability=1|additionality=1"};
  figure("mining", "production", "CHN", "1000");
  figure("mining", "production", "AUS", "500");
  figure("mining", "production", "WLD", "1500");
  flow("mining", "CHN", "USA", "500");
  figure("refined", "production", "USA", "500");
  figure("refined", "production", "WLD", "500");
  figure("refined", "apparent_consumption", "USA", "500");
  write_together(rows, sizeof rows / sizeof rows[0]);
}

/* A mine and a plant that are both contracted: ore feeds the plant at home, metal comes beside it. */
START_TEST(no_stage_brings_more_than_is_used) {
  refined_at_home();
  ck_close(value_of(EFFECTIVE "|at=mining|exposed=origin"), 0); /* 300 t of metal, and ore for 300 t: all of 500 t */
  world_set(store,
            "agreement_commitment|agreement=first|kind=tonnes|mineral=tin|stage=mining|buyer=USA|seller=AUS|"
            "tonnes=900|from=2018-01-01|probability=1|additionality=1");
  ck_close(value_of(EFFECTIVE "|at=mining|exposed=origin|demand=2000"), (2000 - 1200 - 300) / 2000.);
}
END_TEST

START_TEST(the_law_says_how_likely_a_dependency_is) {
  promised();
  ck_close(value_of(EFFECTIVE "|level=0.75"), .96);
  ck_close(value_of(EFFECTIVE "|level=0.55"), .54);
  ck_close(value_of(EFFECTIVE "|level=0.5"), 0);
  ck_close(value_of(EFFECTIVE "|level=0.9"), 1);
  double apart = value_of(EFFECTIVE "|level=0.55"), together = value_of(EFFECTIVE "|level=0.55|correlation=0.9");
  ck_assert_double_gt(together, apart); /* who performs performs with the other */
  ck_close(value_of(EFFECTIVE "|correlation=0.9"), .63);
  /* More uncertain ones than sets are tried of: the law of the sum, all of which arrives. */
  char more[7][200];
  const char *rows[9] = {"agreement|agreement=many|name=Many|kind=offtake|signed=2017",
                         "agreement_party|agreement=many|country=USA"};
  for (int i = 0; i < 7; i++) {
    snprintf(more[i], sizeof more[i],
             "agreement_commitment|agreement=many|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=AUS|tonnes=10|"
             "from=2018-01-0%d|probability=0.5|additionality=1",
             i + 1);
    rows[i + 2] = more[i];
  }
  write_together(rows, 9);
  ck_close(value_of(EFFECTIVE), (450 - 135 - 35) / 500.);
  ck_close(value_of(EFFECTIVE "|level=0.55"), .54);
  ck_close(value_of(EFFECTIVE "|level=0.6"), .54 + .36 * 29 / 128); /* beside 100 t five of the seven */
}
END_TEST

START_TEST(no_producer_delivers_more_than_it_makes) {
  promised();
  world_set(store,
            "producer|producer=works|name=Works|kind=facility|country=AUS|mineral=tin|stage=refined|status=operating");
  world_set(store,
            "figure|mineral=tin|stage=refined|country=AUS|producer=works|from=2020|to=2020|unit=t|basis=content|"
            "value=50|source=first|edition=2022");
  world_set(store,
            "agreement_commitment|agreement=first|kind=share|mineral=tin|stage=refined|buyer=USA|seller=AUS|"
            "producer=works|share=0.5|from=2018-01-01|probability=1|additionality=1");
  ck_close(value_of(EFFECTIVE), .63 - 25. / 500);
  world_set(store,
            "agreement_commitment|agreement=second|kind=tonnes|mineral=tin|stage=refined|buyer=USA|seller=AUS|"
            "producer=works|tonnes=75|from=2018-01-01|probability=1|additionality=1");
  ck_close(value_of(EFFECTIVE), .63 - 50. / 500);
}
END_TEST

START_TEST(what_a_dependency_is_lessened_by_is_explained) {
  promised();
  critmin_table_free(t);
  t = trade_explain(store, EFFECTIVE);
  int commitments = 0, consumption = 0;
  for (int64_t row = 0; row < critmin_table_rows(t); row++) {
    commitments += strcmp(word(t, row, "role"), "commitment") == 0;
    consumption += strcmp(word(t, row, "role"), "apparent_consumption") == 0;
  }
  ck_assert_int_eq(commitments, 2);
  ck_assert_int_eq(consumption, 1);
  ask("metric=effective_dependency|stage=refined|country=GBR|partner=CHN");
  ck_assert(flagged(t, 0, "NO_DATA"));
}
END_TEST

START_TEST(a_stage_that_is_none_is_refused) {
  magnets();
  world_refuses(store, "metric=origin_share|mineral=tin|stage=alloy|country=USA|year=2020|at=alloi",
                CRITMIN_ERROR_UNKNOWN_NAME, "alloi");
  world_refuses(store, "metric=origin_share|mineral=tin|stage=alloy|country=USA|year=2020|years_apart=6",
                CRITMIN_ERROR_PARAMETER, "years_apart");
  world_refuses(store, "metric=origin_share|mineral=tin|stage=alloy|country=USA|year=2020|transit=1",
                CRITMIN_ERROR_PARAMETER, "transit");
}
END_TEST

/* France has 30 of China and 10 of Australia, uses half of it and sends the rest to Germany. */
START_TEST(without_mixing_the_ends_are_those_of_the_greatest_flows) {
  figure("mining", "production", "CHN", "30");
  figure("mining", "production", "AUS", "10");
  figure("mining", "production", "WLD", "40");
  flow("mining", "CHN", "FRA", "30");
  flow("mining", "AUS", "FRA", "10");
  flow("mining", "FRA", "DEU", "20");
  flow("mining", "WLD", "WLD", "60");
  check("metric=origin_share|country=DEU|partner=CHN|at=mining", .75, .75, .75);
  check("metric=origin_share|country=DEU|partner=CHN|at=mining|bounds=none", .75, .5, 1);
  check("metric=origin_share|country=DEU|partner=AUS|at=mining|bounds=none", .25, 0, .5);
  ck_assert(!flagged(t, 0, "UNBOUNDED"));
  check("metric=origin_share|country=DEU|partner=CHN|at=mining|bounds=none|denominator=imports", .75, .5, 1);
}
END_TEST

/* Linear programmes are solved to their tolerance; without a solver there are no ends. */
static void check_led(const char *words, double value, double low, double high) {
  ck_close(value_of(words), value);
  if (flagged(t, 0, "UNBOUNDED")) return;
  ck_assert_double_eq_tol(cell(t, 0, "low"), low, 1e-7);
  ck_assert_double_eq_tol(cell(t, 0, "high"), high, 1e-7);
}

/* Both then refine what they have, and sell it to the United States and to Britain. */
START_TEST(without_mixing_stages_are_led_through_one_after_the_other) {
  figure("mining", "production", "CHN", "30");
  figure("mining", "production", "AUS", "10");
  figure("mining", "production", "WLD", "40");
  flow("mining", "CHN", "FRA", "30");
  flow("mining", "AUS", "FRA", "10");
  flow("mining", "FRA", "DEU", "20");
  flow("mining", "WLD", "WLD", "60");
  figure("refined", "production", "FRA", "16");
  figure("refined", "production", "DEU", "10");
  figure("refined", "production", "WLD", "26");
  flow("refined", "DEU", "USA", "10");
  flow("refined", "FRA", "GBR", "16");
  /* Trade in refined metal is not known as a whole, and so pools may be of any size. */
  check("metric=origin_share|stage=refined|country=USA|partner=CHN|at=mining|bounds=none", .75, 0, 1);
  ck_assert(!flagged(t, 0, "UNBOUNDED"));
  flow("refined", "WLD", "WLD", "26");
  /* Germany has half of what France had, though it makes less than half of the metal. */
  check_led("metric=origin_share|stage=refined|country=USA|partner=CHN|at=mining|bounds=none", .75, .5, 1);
  ck_assert(flagged(t, 0, "ASSUMED"));
  check_led("metric=origin_share|stage=refined|country=USA|partner=CHN|at=mining|bounds=none|denominator=imports", .75, .5, 1);
  /* Where refining took place is no question of mixing. */
  check("metric=origin_share|stage=refined|country=USA|partner=DEU|at=refined|bounds=none", 1, 1, 1);
  check_led("metric=origin_share|stage=refined|country=USA|partner=AUS|at=mining|bounds=none", .25, 0, .5);
}
END_TEST

START_TEST(without_mixing_a_stage_that_is_not_listed_has_what_the_next_one_needs) {
  figure("mining", "production", "CHN", "30");
  figure("mining", "production", "AUS", "10");
  figure("mining", "production", "WLD", "40");
  flow("mining", "CHN", "FRA", "30");
  flow("mining", "AUS", "FRA", "10");
  flow("mining", "FRA", "DEU", "20");
  figure("refined", "production", "FRA", "30");
  figure("refined", "production", "DEU", "10");
  figure("refined", "production", "WLD", "40");
  flow("refined", "DEU", "USA", "10");
  flow("refined", "FRA", "GBR", "30");
  flow("refined", "WLD", "WLD", "40");
  /* Germany takes 10 of 40: all of it can be from either. */
  check("metric=origin_share|stage=refined|country=USA|partner=AUS|at=mining|bounds=none", .25, 0, 1);
  check("metric=origin_share|stage=refined|country=GBR|partner=AUS|at=mining|bounds=none", .25, 0, 1. / 3);
  check("metric=origin_share|stage=refined|country=GBR|partner=CHN|at=mining|bounds=none", .75, 2. / 3, 1);
}
END_TEST

START_TEST(a_later_stage_and_one_without_anything_have_no_origin) {
  magnets();
  ck_assert_double_nan(value_of("metric=origin_share|stage=refined|country=GBR|partner=CHN|at=alloy"));
  ck_assert_double_nan(value_of("metric=origin_share|stage=alloy|country=USA|partner=CHN|at=mining"));
  ck_assert_double_nan(value_of("metric=origin_share|stage=alloy|country=DEU|partner=CHN|at=refined"));
  ck_assert(flagged(t, 0, "NO_DATA"));
}
END_TEST

START_TEST(answers_do_not_depend_on_threads_or_on_what_else_is_asked) {
  critmin_error error;
  magnets();
  three();
  critmin_model *model = world_model(store, NULL);
  critmin_table *of[2];
  critmin_selection *selection = world_selection("metric=origin_share|metric=touch_share|partner=AUS|mineral=tin");
  for (int i = 0; i < 2; i++)
    ck_assert_int_eq(critmin_metric_compute(model, selection, i ? 8 : 1, NULL, NULL, &of[i], &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(of[0]), critmin_table_rows(of[1]));
  for (int64_t row = 0; row < critmin_table_rows(of[0]); row++) {
    ck_assert(memcmp(&(double){cell(of[0], row, "value")}, &(double){cell(of[1], row, "value")}, sizeof(double)) == 0);
    ck_assert(memcmp(&(double){cell(of[0], row, "high")}, &(double){cell(of[1], row, "high")}, sizeof(double)) == 0);
  }
  critmin_table_free(of[0]);
  critmin_table_free(of[1]);
  critmin_selection_free(selection);
  critmin_model_free(model);
}
END_TEST

START_TEST(any_allocation_may_fail) {
  critmin_error error;
  three();
  static const char *const rows[] = {
      "agreement|agreement=one|name=One|kind=offtake|signed=2019", "agreement_party|agreement=one|country=CHN",
      "agreement_commitment|agreement=one|kind=tonnes|mineral=tin|stage=mining|buyer=CHN|seller=AUS|tonnes=5"};
  write_together(rows, 3);
  critmin_model *model = world_model(store, NULL);
  static const char *const questions[] = {
      "metric=origin_share|mineral=tin|stage=refined|country=UNION|year=2020|bounds=none",
      "metric=origin_share|mineral=tin|stage=refined|country=CHN|partner=AUS|at=refined|bounds=none|year=2020",
      "metric=touch_share|mineral=tin|stage=refined|country=CHN|partner=AUS|transit=1|year=2020",
      "metric=hidden_exposure|mineral=tin|stage=refined|country=CHN|partner=AUS|year=2020|at=mining",
      "metric=effective_dependency|mineral=tin|stage=refined|country=CHN|partner=FRA|year=2020|demand=40|probability=1"};
  for (size_t i = 0; i < sizeof questions / sizeof questions[0]; i++) {
    critmin_selection *selection = world_selection(questions[i]);
    int done = 0;
    for (int64_t n = 1; !done; n++) {
      critmin_table *answer = NULL;
      cm_memory_fail_at(n, 0);
      critmin_status status = critmin_metric_compute(model, selection, 1, NULL, NULL, &answer, &error);
      if (!status && i >= 3) {
        critmin_table_free(answer);
        answer = NULL;
        status = critmin_metric_explain(model, selection, &answer, &error);
      }
      done = cm_memory_count() < n;
      cm_memory_fail_at(0, 0);
      ck_assert_msg(done ? status == CRITMIN_OK : status == CRITMIN_OK || status == CRITMIN_ERROR_MEMORY, "%s: %s",
                    questions[i], error.message);
      critmin_table_free(answer);
    }
    critmin_selection_free(selection);
  }
  critmin_model_free(model);
}
END_TEST

Suite *suite_catalogue_origin(void) {
  Suite *suite = suite_create("catalogue_origin");
  TCase *tests = tcase_create("catalogue_origin");
  tcase_add_checked_fixture(tests, setup, teardown);
  tcase_add_test(tests, looking_through_finds_what_customs_do_not_see);
  tcase_add_test(tests, without_a_stage_every_one_of_the_chain_is_told);
  tcase_add_test(tests, a_loop_of_re_exports_is_looked_through);
  tcase_add_test(tests, stages_loops_and_the_unknown_are_those_of_the_manual);
  tcase_add_test(tests, shares_and_the_unknown_are_all);
  tcase_add_test(tests, what_is_sent_on_beyond_what_came_in_is_of_unknown_origin);
  tcase_add_test(tests, a_loop_that_nothing_feeds_is_reported);
  tcase_add_test(tests, an_assumed_share_of_its_own_spans_the_interval);
  tcase_add_test(tests, a_producer_whose_imports_are_in_money_makes_anything);
  tcase_add_test(tests, a_stage_nobody_publishes_is_made_of_the_one_before);
  tcase_add_test(tests, an_earlier_year_answers_as_far_as_is_allowed);
  tcase_add_test(tests, a_model_of_one_year_and_mineral_knows_what_it_rests_on);
  tcase_add_test(tests, a_group_of_minerals_tells_where_the_mineral_has_nothing);
  tcase_add_test(tests, a_partner_may_be_a_group);
  tcase_add_test(tests, flows_figures_and_assumptions_add_up_to_what_is_explained);
  tcase_add_test(tests, commitments_lessen_a_dependency_as_in_the_manual);
  tcase_add_test(tests, what_nobody_says_of_a_commitment_spans_none_of_it_and_all);
  tcase_add_test(tests, what_is_worked_where_one_depends_counts_nothing);
  tcase_add_test(tests, no_stage_brings_more_than_is_used);
  tcase_add_test(tests, the_law_says_how_likely_a_dependency_is);
  tcase_add_test(tests, no_producer_delivers_more_than_it_makes);
  tcase_add_test(tests, what_a_dependency_is_lessened_by_is_explained);
  tcase_add_test(tests, a_stage_that_is_none_is_refused);
  tcase_add_test(tests, without_mixing_the_ends_are_those_of_the_greatest_flows);
  tcase_add_test(tests, without_mixing_stages_are_led_through_one_after_the_other);
  tcase_add_test(tests, without_mixing_a_stage_that_is_not_listed_has_what_the_next_one_needs);
  tcase_add_test(tests, a_later_stage_and_one_without_anything_have_no_origin);
  tcase_add_test(tests, answers_do_not_depend_on_threads_or_on_what_else_is_asked);
  tcase_add_test(tests, any_allocation_may_fail);
  suite_add_tcase(suite, tests);
  return suite;
}
