/* SPDX-License-Identifier: MIT */
/* Composites of the store as answers: what they are of, how they are scaled and summed, and what is said of a bad one.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "suites.h"

static critmin_store *store;

/* Tin: 50, 30, 20 of 100 mined in 2020, HHI .38; 80 and 20 smelted, .68; one: 60 and 40 mined, .52; two: alone, 1. */
static void setup(void) {
  store = world();
  world_market(store, "", "USA", "50", "CHN", "30", "AUS", "20", NULL);
  world_market(store, "stage=smelter", "CHN", "80", "USA", "20", NULL);
  world_market(store, "mineral=one", "CHN", "60", "USA", "40", NULL);
  world_market(store, "mineral=two", "CHN", "7", NULL);
  world_set(store, "measure|measure=reserves|text=Reserves");
}
static void teardown(void) {
  critmin_store_close(store);
}

/* Puts a composite `own`; single quotation marks stand for double ones. */
static critmin_status put(const char *definition, critmin_error *error) {
  char text[1024];
  size_t n = strlen(definition);
  ck_assert_uint_lt(n, sizeof text);
  for (size_t i = 0; i <= n; i++) text[i] = definition[i] == '\'' ? '"' : definition[i];
  const char *names[] = {"composite", "name", "definition"}, *values[] = {"own", "One's own", text};
  return critmin_store_set(store, "composite", names, values, 3, error);
}

static void define(const char *definition) {
  critmin_error error;
  ck_assert_msg(put(definition, &error) == CRITMIN_OK, "%s: %s", definition, error.message);
}

static double score(const char *question) {
  critmin_table *t = world_ask(store, question);
  ck_assert_int_eq(critmin_table_rows(t), 1);
  double value = cell(t, 0, "value");
  critmin_table_free(t);
  return value;
}

START_TEST(a_score_is_the_mean_of_its_criteria) {
  define(
      "{'weights': [1, 3], 'criteria': [{'metric': 'hhi', 'stage': 'mining'}, {'metric': 'cr1', 'stage': 'mining'}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=2020");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_interval(t, 0, (.38 + 3 * .5) / 4, (.38 + 3 * .5) / 4, (.38 + 3 * .5) / 4);
  ck_assert_str_eq(word(t, 0, "metric"), "own");
  ck_assert_str_eq(word(t, 0, "mineral"), "tin");
  ck_assert_str_eq(word(t, 0, "stage"), "(none)");
  ck_assert_str_eq(word(t, 0, "source"), "first");
  ck_assert_str_eq(word(t, 0, "edition"), "2022");
  ck_assert_str_eq(word(t, 0, "unit"), "1");
  ck_assert_double_eq(cell(t, 0, "coverage"), 1);
  ck_assert(flagged(t, 0, "NO_TOTAL"));
  critmin_table_free(t);
}
END_TEST

START_TEST(intervals_go_through_the_scale) {
  world_figure(store, "WLD", "120", "from=2019|to=2019");
  world_market(store, "from=2019|to=2019", "USA", "60", "CHN", "36", NULL); /* and 24 that is nobody's */
  define(
      "{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'min_max', 'low': 0.2, 'high': 0.5, "
      "'falling': true}}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=2019");
  ck_interval(t, 0, (.5 - .36) / .3, (.5 - .38) / .3, (.5 - .34) / .3);
  critmin_table_free(t);
  define(
      "{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'piecewise', 'table': [[0, 0], [0.37, "
      "1], [1, 0]]}}]}");
  t = world_ask(store, "metric=own|mineral=tin|year=2019");
  ck_close(cell(t, 0, "high"), 1); /* the top of the table lies inside */
  ck_close(cell(t, 0, "low"), .34 / .37);
  critmin_table_free(t);
}
END_TEST

START_TEST(other_means_are_theirs) {
  define(
      "{'aggregate': 'geometric', 'criteria': [{'metric': 'hhi', 'stage': 'mining'}, {'metric': 'cr1', 'stage': "
      "'mining'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), sqrt(.38 * .5));
  define(
      "{'aggregate': 'power', 'power': 2, 'criteria': [{'metric': 'hhi', 'stage': 'mining'}, {'metric': 'cr1', "
      "'stage': 'mining'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), sqrt((.38 * .38 + .25) / 2));
  define(
      "{'aggregate': 'greatest', 'criteria': [{'metric': 'hhi', 'stage': 'mining'}, {'metric': 'cr1', 'stage': "
      "'mining'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), .5);
}
END_TEST

START_TEST(what_is_missing_gives_its_weight_away_or_may_be_anything) {
  static const char criteria[] =
      "'weights': [3, 1], 'criteria': [{'metric': 'hhi', 'stage': 'mining'}, "
      "{'metric': 'hhi', 'name': 'reserves', 'stage': 'mining', 'parameters': {'measure': 'reserves'}}]}";
  char definition[400];
  snprintf(definition, sizeof definition, "{%s", criteria);
  define(definition);
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=2020");
  ck_interval(t, 0, .38, .38, .38);
  ck_assert(flagged(t, 0, "NOT_AVAILABLE") && !flagged(t, 0, "NO_DATA"));
  ck_close(cell(t, 0, "coverage"), .75);
  critmin_table_free(t);
  snprintf(definition, sizeof definition, "{'missing': 'interval', %s", criteria);
  define(definition);
  t = world_ask(store, "metric=own|mineral=tin|year=2020");
  ck_interval(t, 0, .38, .38 * .75, .38 * .75 + .25);
  critmin_table_free(t);
}
END_TEST

START_TEST(of_several_stages_one_stands_for_the_mineral_as_the_definition_says) {
  define("{'criteria': [{'metric': 'hhi'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), .68);
  define("{'criteria': [{'metric': 'hhi', 'stages': 'least'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), .38);
  define("{'criteria': [{'metric': 'hhi', 'stages': 'mean'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), .53);
}
END_TEST

START_TEST(stages_may_be_scored_each_beside_what_is_said_of_their_mineral) {
  define("{'items': 'stage', 'criteria': [{'metric': 'hhi'}, {'metric': 'cr1', 'stage': 'mining'}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=2020");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_assert_str_eq(word(t, 0, "stage"), "mining");
  ck_close(cell(t, 0, "value"), (.38 + .5) / 2);
  ck_assert_str_eq(word(t, 1, "stage"), "smelter");
  ck_close(cell(t, 1, "value"), (.68 + .5) / 2);
  critmin_table_free(t);
  ck_close(score("metric=own|mineral=tin|stage=smelter|year=2020"), (.68 + .5) / 2);
}
END_TEST

START_TEST(open_bounds_and_ranks_are_over_the_items_of_a_year) {
  define("{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'min_max'}}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|mineral=one|mineral=two|year=2020");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_close(cell(t, row_of(t, "mineral", "tin"), "value"), 0);
  ck_close(cell(t, row_of(t, "mineral", "one"), "value"), (.52 - .38) / .62);
  ck_close(cell(t, row_of(t, "mineral", "two"), "value"), 1);
  critmin_table_free(t);
  define("{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'rank', 'falling': true}}]}");
  t = world_ask(store, "metric=own|mineral=tin|mineral=one|mineral=two|year=2020|order=value");
  ck_interval(t, 0, 1, 1, 1);
  ck_assert_str_eq(word(t, 0, "mineral"), "tin");
  ck_interval(t, 1, .5, .5, .5);
  ck_assert_str_eq(word(t, 2, "mineral"), "two");
  critmin_table_free(t);
  define("{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'z'}}]}");
  t = world_ask(store, "metric=own|mineral=tin|mineral=one|mineral=two|year=2020");
  ck_close(cell(t, 0, "value") + cell(t, 1, "value") + cell(t, 2, "value"), 0);
  critmin_table_free(t);
}
END_TEST

START_TEST(criteria_about_a_country_are_about_the_one_that_is_asked_for) {
  define("{'criteria': [{'metric': 'share', 'stage': 'mining'}, {'metric': 'hhi', 'stage': 'mining'}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=2020|country=China|country=EU27|country=USA");
  ck_assert_int_eq(critmin_table_rows(t), 3);
  ck_assert_str_eq(word(t, 0, "country"), "CHN");
  ck_close(cell(t, 0, "value"), (.3 + .38) / 2);
  ck_assert_str_eq(word(t, 1, "country"), "EU27");
  ck_assert_str_eq(word(t, 2, "country"), "USA");
  ck_close(cell(t, 2, "value"), (.5 + .38) / 2);
  critmin_table_free(t);
  world_refuses(store, "metric=own|mineral=tin|year=2020", CRITMIN_ERROR_ARGUMENT,
                "criterion `share` of `own` is about a country");
  define("{'criteria': [{'metric': 'share', 'stage': 'mining', 'country': 'USA'}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), .5);
  world_refuses(store, "metric=own|mineral=tin|country=CHN", CRITMIN_ERROR_ARGUMENT, "`own` is of no country");
}
END_TEST

START_TEST(composites_stand_among_metrics_in_the_order_asked_for) {
  define("{'items': 'stage', 'criteria': [{'metric': 'hhi'}]}");
  critmin_table *t = world_ask(
      store, "metric=cr1|metric=own|metric=effective_number|mineral=tin|year=2020|order=1|cr1.residual=upper");
  ck_assert_int_eq(critmin_table_rows(t), 6);
  ck_assert_str_eq(word(t, 0, "metric"), "cr1");
  ck_assert_str_eq(word(t, 2, "metric"), "own");
  ck_assert_str_eq(word(t, 4, "metric"), "effective_number");
  ck_assert_str_eq(word(t, 4, "params"), "order=1");
  critmin_table_free(t);
}
END_TEST

START_TEST(the_newest_year_that_says_anything_is_found) {
  world_market(store, "from=2017|to=2017", "USA", "1", NULL);
  define("{'criteria': [{'metric': 'hhi', 'stage': 'mining'}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=newest");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert_double_eq(cell(t, 0, "year"), 2020);
  critmin_table_free(t);
  t = world_ask(store, "metric=own|mineral=tin");
  ck_assert_int_eq(critmin_table_rows(t), 2);
  ck_assert_double_eq(cell(t, 0, "year"), 2017);
  critmin_table_free(t);
}
END_TEST

START_TEST(what_is_not_on_record_is_told_where_it_was_asked_for_by_name) {
  define("{'criteria': [{'metric': 'hhi', 'stage': 'refined'}]}");
  critmin_table *t = world_ask(store, "metric=own|mineral=tin|year=2020");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert(isnan(cell(t, 0, "value")) && flagged(t, 0, "NO_DATA"));
  ck_assert_double_eq(cell(t, 0, "coverage"), 0);
  critmin_table_free(t);
  world_refuses(store, "metric=own", CRITMIN_ERROR_EMPTY_SELECTION, "any criterion of `own`");
  world_refuses(store, "metric=own|mineral=tin|stage=mining", CRITMIN_ERROR_ARGUMENT, "of no stage");
  world_refuses(store, "metric=own|mineral=tin|order=3", CRITMIN_ERROR_PARAMETER, "no parameter `order`");
  world_refuses(store, "metric=own|metric=hhu|mineral=tin", CRITMIN_ERROR_UNKNOWN_NAME, "did you mean `hhi`?");
  world_refuses(store, "metric=own|mineral=tun", CRITMIN_ERROR_UNKNOWN_NAME, "did you mean `tin`?");
}
END_TEST

START_TEST(a_zero_has_no_logarithm_but_a_place_below_the_bounds) {
  define(
      "{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'log_min_max', 'low': 0.5, 'high': "
      "1}}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), 0);
  ck_close(score("metric=own|mineral=two|year=2020"), 1);
  define(
      "{'criteria': [{'metric': 'share', 'country': 'FRA', 'stage': 'mining', 'normalise': {'kind': 'log_min_max', "
      "'low': 0.5, 'high': 1}}]}");
  ck_close(score("metric=own|mineral=tin|year=2020"), 0);
}
END_TEST

START_TEST(bad_definitions_say_where_and_why) {
  static const struct {
    const char *definition, *place, *why;
    critmin_status status;
  } bad[] = {
      {"{", "line 1", "", CRITMIN_ERROR_FORMAT},
      {"[]", "line 1, column 1", "give an object", CRITMIN_ERROR_FORMAT},
      {"{'criteria': [{'metric': 'hhi'}], 'criteria': []}", "line 1", "duplicate", CRITMIN_ERROR_FORMAT},
      {"{}", "line 1", "criteria", CRITMIN_ERROR_MISSING_VALUE},
      {"{'criteria': []}", "`criteria`", "1 to 64", CRITMIN_ERROR_MISSING_VALUE},
      {"{'criteria': {}}", "`criteria`", "a list", CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{}]}", "`criteria[0]`", "give the metric", CRITMIN_ERROR_MISSING_VALUE},
      {"{'criteria': [{'metric': 3}]}", "`criteria[0].metric`", "a text", CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi'},\n  {'metric': 'hhu'}]}", "line 2, column 14, `criteria[1].metric`",
       "did you mean `hhi`?", CRITMIN_ERROR_UNKNOWN_NAME},
      {"{'weight': [1], 'criteria': [{'metric': 'hhi'}]}", "`weight`", "did you mean `weights`?",
       CRITMIN_ERROR_UNKNOWN_NAME},
      {"{'weights': [1, 2], 'criteria': [{'metric': 'hhi'}]}", "`weights`", "2 weights for 1 criteria",
       CRITMIN_ERROR_INVALID_VALUE},
      {"{'weights': [-1], 'criteria': [{'metric': 'hhi'}]}", "`weights[0]`", "0 or more", CRITMIN_ERROR_NEGATIVE},
      {"{'weights': [0], 'criteria': [{'metric': 'hhi'}]}", "`weights`", "above zero", CRITMIN_ERROR_INVALID_VALUE},
      {"{'weights': ['1'], 'criteria': [{'metric': 'hhi'}]}", "`weights[0]`", "a number", CRITMIN_ERROR_INVALID_VALUE},
      {"{'aggregate': 'median', 'criteria': [{'metric': 'hhi'}]}", "`aggregate`", "geometric",
       CRITMIN_ERROR_INVALID_VALUE},
      {"{'power': 2, 'criteria': [{'metric': 'hhi'}]}", "`power`", "only", CRITMIN_ERROR_INVALID_VALUE},
      {"{'aggregate': 'power', 'power': 0, 'criteria': [{'metric': 'hhi'}]}", "`power`", "other than 0",
       CRITMIN_ERROR_INVALID_VALUE},
      {"{'items': 'country', 'criteria': [{'metric': 'hhi'}]}", "`items`", "mineral|stage",
       CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'parameters': {'measure': 'gold'}}]}", "`criteria[0].parameters.measure`",
       "production", CRITMIN_ERROR_PARAMETER},
      {"{'criteria': [{'metric': 'hhi', 'parameters': {'mesure': 'production'}}]}", "`criteria[0].parameters.mesure`",
       "did you mean `measure`?", CRITMIN_ERROR_PARAMETER},
      {"{'criteria': [{'metric': 'hhi', 'parameters': {'source': 'first'}}]}", "`criteria[0].parameters.source`",
       "no parameter", CRITMIN_ERROR_PARAMETER},
      {"{'criteria': [{'metric': 'hhi', 'parameters': {'measure': []}}]}", "`criteria[0].parameters.measure`",
       "a number, a text", CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'partner': 'USA'}]}", "`criteria[0].partner`", "no partner",
       CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'stage': ''}]}", "`criteria[0].stage`", "empty", CRITMIN_ERROR_MISSING_VALUE},
      {"{'criteria': [{'metric': 'hhi_wgi'}]}", "`criteria[0].normalise`", "not on a scale of 0 to 1",
       CRITMIN_ERROR_MISSING_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'normalise': {}}]}", "`criteria[0].normalise`", "give a kind",
       CRITMIN_ERROR_MISSING_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'normalise': {'kind': 'min_max', 'low': 2, 'high': 1}}]}",
       "`criteria[0].normalise`", "the lower first", CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'normalise': {'kind': 'rank', 'low': 2}}]}", "`criteria[0].normalise.low`",
       "takes no `low`", CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'normalise': {'kind': 'steps', 'table': [[1, 2], [1]]}}]}",
       "`criteria[0].normalise.table[1]`", "[limit, score]", CRITMIN_ERROR_INVALID_VALUE},
      {"{'criteria': [{'metric': 'hhi', 'normalise': {'kind': 'steps', 'table': [[2, 1], [1, 1]]}}]}",
       "`criteria[0].normalise`", "limits rising", CRITMIN_ERROR_INVALID_VALUE},
      {"{'aggregate': 'geometric', 'criteria': [{'metric': 'hhi', 'normalise': {'kind': 'z'}}]}",
       "`criteria[0].normalise`", "below zero", CRITMIN_ERROR_INVALID_VALUE},
  };
  for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
    critmin_error error;
    critmin_status status = put(bad[i].definition, &error);
    ck_assert_msg(status == bad[i].status, "%s: %s, %s", bad[i].definition, critmin_status_name(status), error.message);
    ck_assert_msg(strstr(error.message, bad[i].place) && strstr(error.message, bad[i].why), "%s: %s", bad[i].definition,
                  error.message);
  }
  critmin_error error;
  const char *names[] = {"composite", "name", "definition"},
             *values[] = {"HHI", "x", "{\"criteria\": [{\"metric\": \"hhi\"}]}"};
  ck_assert_int_eq(critmin_store_set(store, "composite", names, values, 3, &error), CRITMIN_ERROR_DUPLICATE_KEY);
}
END_TEST

START_TEST(what_is_behind_a_score_is_every_criterion_with_its_rows) {
  define(
      "{'weights': [1, 3], 'criteria': [{'metric': 'hhi', 'stage': 'mining', 'name': 'spread'}, {'metric': 'cr1', "
      "'stage': 'mining'}]}");
  critmin_table *t = world_explain(store, "metric=own|mineral=tin|year=2020");
  ck_assert_int_eq(critmin_table_rows(t), 8);
  ck_assert_str_eq(word(t, 0, "role"), "criterion");
  ck_close(cell(t, 0, "value"), .38);
  ck_close(cell(t, 0, "contribution"), .38 / 4);
  ck_assert_ptr_nonnull(strstr(word(t, 0, "note"), "spread (hhi), weight 1"));
  ck_assert_ptr_nonnull(strstr(word(t, 0, "note"), "without it the score is 0.5"));
  ck_assert_str_eq(word(t, 1, "role"), "producer");
  ck_assert_str_eq(word(t, 4, "role"), "criterion");
  ck_close(cell(t, 4, "contribution"), 3 * .5 / 4);
  critmin_table_free(t);
  critmin_model *model = world_model(store, NULL);
  critmin_selection *several = world_selection("metric=own|mineral=tin|mineral=one|year=2020");
  critmin_table *none = NULL;
  ck_assert_int_eq(critmin_metric_explain(model, several, &none, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_null(none);
  critmin_selection_free(several);
  critmin_model_free(model);
}
END_TEST

static critmin_table *detail(const char *question, int64_t top, double concentration, int64_t draws, int32_t threads) {
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection(question);
  critmin_table *t = NULL;
  critmin_error error;
  critmin_status status =
      critmin_composite_detail(model, selection, top, concentration, 5, draws, threads, NULL, NULL, &t, &error);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  critmin_selection_free(selection);
  critmin_model_free(model);
  return t;
}

START_TEST(a_composite_taken_apart_shows_what_its_ranks_hang_on) {
  /* Tin .38 and .3 of China, one .52 and .6: one is first whatever the weights. */
  define(
      "{'criteria': [{'metric': 'hhi', 'stage': 'mining'}, {'metric': 'share', 'stage': 'mining', 'country': 'CHN', "
      "'name': 'China'}]}");
  critmin_table *t = detail("metric=own|mineral=tin|mineral=one|year=2020", 1, 0, 500, 2);
  ck_assert_int_eq(critmin_table_rows(t), 4);
  int64_t tin = row_of(t, "mineral", "tin"), one = row_of(t, "mineral", "one");
  ck_close(cell(t, tin, "raw"), .38);
  ck_close(cell(t, tin, "weight"), .5);
  ck_close(cell(t, tin, "score"), .34);
  ck_close(cell(t, tin, "effect"), .34 - .3);
  ck_assert_str_eq(word(t, tin + 1, "criterion"), "China");
  ck_assert_str_eq(word(t, tin + 1, "metric"), "share");
  ck_assert_double_eq(cell(t, tin, "rank"), 2);
  ck_assert_double_eq(cell(t, one, "rank"), 1);
  ck_assert_double_eq(cell(t, one, "probability"), 1);
  ck_assert_double_eq(cell(t, tin, "mean_rank"), 2);
  critmin_table_free(t);
  t = detail("metric=own|mineral=tin|mineral=one|year=2020", 1, 50, 0, 1);
  ck_assert(isnan(cell(t, 0, "probability")));
  critmin_table_free(t);
}
END_TEST

START_TEST(the_list_of_metrics_has_the_composites_at_its_end) {
  define(
      "{\n  'criteria': [ {'metric': 'hhi', 'name': 'a \\'b\\': c'},\n {'metric': 'share', 'normalise': {'kind': "
      "'steps', "
      "'table': [[0, 1], [0.5, 3]]}} ]\n}");
  critmin_model *model = world_model(store, "year=1990");
  critmin_table *t = NULL, *plain = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_metric_list_of(model, &t, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_metric_list(&plain, &error), CRITMIN_OK);
  int64_t last = critmin_table_rows(t) - 1;
  ck_assert_int_eq(last, critmin_table_rows(plain));
  ck_assert_str_eq(word(t, last, "metric"), "own");
  ck_assert_str_eq(word(t, last, "citation"), "One's own");
  ck_assert_str_eq(word(t, last, "subject"), "assessed");
  ck_assert_str_eq(word(t, last, "text"),
                   "{\"criteria\": [{\"metric\": \"hhi\", \"name\": \"a \\\"b\\\": c\"}, {\"metric\": \"share\", "
                   "\"normalise\": {\"kind\": \"steps\", \"table\": [[0, 1], [0.5, 3]]}}]}");
  ck_assert_double_eq(cell(t, last, "verified"), 0);
  ck_assert_double_eq(cell(t, last, "low"), 0);
  ck_assert_double_eq(cell(t, last, "high"), 3);
  critmin_table_free(t);
  critmin_table_free(plain);
  critmin_model_free(model);
}
END_TEST

typedef struct attempt {
  critmin_model *model;
  critmin_selection *selection;
} attempt;

static int32_t ask_everything(void *user) {
  const attempt *a = user;
  critmin_table *t = NULL;
  critmin_status status = critmin_metric_compute(a->model, a->selection, 1, NULL, NULL, &t, NULL);
  critmin_table_free(t);
  t = NULL;
  if (!status) status = critmin_composite_detail(a->model, a->selection, 1, 0, 1, 10, 1, NULL, NULL, &t, NULL);
  critmin_table_free(t);
  t = NULL;
  if (!status) status = critmin_metric_explain(a->model, a->selection, &t, NULL);
  critmin_table_free(t);
  t = NULL;
  if (!status) status = critmin_metric_list_of(a->model, &t, NULL);
  critmin_table_free(t);
  return status;
}

static int32_t write_one(void *user) {
  (void)user;
  return put(
      "{'criteria': [{'metric': 'hhi', 'parameters': {'measure': 'reserves'}, 'normalise': {'kind': 'steps', 'table': "
      "[[0, 1]]}}]}",
      NULL);
}

START_TEST(memory_may_run_out_anywhere) {
  define(
      "{'criteria': [{'metric': 'hhi', 'stage': 'mining', 'normalise': {'kind': 'rank'}}, {'metric': 'share', "
      "'country': 'CHN'}]}");
  attempt a = {world_model(store, NULL), world_selection("metric=own|mineral=tin|year=2020")};
  fail_each_allocation(ask_everything, &a);
  critmin_selection_free(a.selection);
  critmin_model_free(a.model);
  fail_each_allocation(write_one, NULL);
}
END_TEST

static int32_t stop(void *user, int64_t done, int64_t total) {
  (void)user;
  (void)done;
  (void)total;
  return 1;
}

START_TEST(a_caller_can_cancel_and_name_what_is_no_composite) {
  define("{'criteria': [{'metric': 'hhi', 'stage': 'mining'}]}");
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection("metric=own|mineral=tin"),
                    *other = world_selection("metric=hhi|mineral=tin");
  critmin_table *t = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_metric_compute(model, selection, 1, stop, NULL, &t, &error), CRITMIN_ERROR_CANCELLED);
  ck_assert_int_eq(critmin_composite_detail(model, other, 1, 0, 0, 0, 1, NULL, NULL, &t, &error),
                   CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_int_eq(critmin_composite_detail(model, selection, 0, 0, 0, 0, 1, NULL, NULL, &t, &error),
                   CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_composite_detail(model, selection, 1, -1, 0, 0, 1, NULL, NULL, &t, &error),
                   CRITMIN_ERROR_INVALID_VALUE);
  ck_assert_ptr_null(t);
  critmin_selection_free(selection);
  critmin_selection_free(other);
  critmin_model_free(model);
}
END_TEST

Suite *suite_catalogue_composite(void) {
  Suite *suite = suite_create("catalogue_composite");
  TCase *cases = tcase_create("catalogue_composite");
  tcase_set_timeout(cases, 60);
  tcase_add_checked_fixture(cases, setup, teardown);
  tcase_add_test(cases, a_score_is_the_mean_of_its_criteria);
  tcase_add_test(cases, intervals_go_through_the_scale);
  tcase_add_test(cases, other_means_are_theirs);
  tcase_add_test(cases, what_is_missing_gives_its_weight_away_or_may_be_anything);
  tcase_add_test(cases, of_several_stages_one_stands_for_the_mineral_as_the_definition_says);
  tcase_add_test(cases, stages_may_be_scored_each_beside_what_is_said_of_their_mineral);
  tcase_add_test(cases, open_bounds_and_ranks_are_over_the_items_of_a_year);
  tcase_add_test(cases, criteria_about_a_country_are_about_the_one_that_is_asked_for);
  tcase_add_test(cases, composites_stand_among_metrics_in_the_order_asked_for);
  tcase_add_test(cases, the_newest_year_that_says_anything_is_found);
  tcase_add_test(cases, what_is_not_on_record_is_told_where_it_was_asked_for_by_name);
  tcase_add_test(cases, a_zero_has_no_logarithm_but_a_place_below_the_bounds);
  tcase_add_test(cases, bad_definitions_say_where_and_why);
  tcase_add_test(cases, what_is_behind_a_score_is_every_criterion_with_its_rows);
  tcase_add_test(cases, a_composite_taken_apart_shows_what_its_ranks_hang_on);
  tcase_add_test(cases, the_list_of_metrics_has_the_composites_at_its_end);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  tcase_add_test(cases, a_caller_can_cancel_and_name_what_is_no_composite);
  suite_add_tcase(suite, cases);
  return suite;
}
