/* SPDX-License-Identifier: MIT */
/* The European Commission's studies through the catalogue: of 2023 from the reference data, of 2017 from what it
 * printed. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "published.h"
#include "suites.h"

enum { SCORE, MINERAL, STAGE, WITHIN, WHY, PUBLISHED, COLUMNS };

static critmin_table *supply, *importance;
static int stages, stages_within, stages_apart, wholes_within, importance_within;

static int says(const published *p, int column, const char *what) {
  return strcmp(p->field[column], what) == 0;
}

static critmin_table *of_reference(const char *metric) {
  critmin_store *store;
  critmin_error error;
  ck_assert_int_eq(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error), CRITMIN_OK);
  critmin_model *model = world_model(store, NULL);
  critmin_selection *selection = world_selection(metric);
  critmin_table *table;
  ck_assert_msg(critmin_metric_compute(model, selection, 1, NULL, NULL, &table, &error) == CRITMIN_OK, "%s",
                error.message);
  critmin_selection_free(selection);
  critmin_model_free(model);
  critmin_store_close(store);
  return table;
}

static int64_t row_for(const critmin_table *table, const published *p) {
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    const char *stage = critmin_table_text(table, critmin_table_find(table, "stage"), row);
    if (says(p, MINERAL, word(table, row, "mineral")) && says(p, STAGE, stage ? stage : "")) return row;
  }
  ck_abort_msg("%s %s is not in the catalogue", p->field[MINERAL], p->field[STAGE]);
  return -1;
}

static void compare(const published *p) {
  const critmin_table *table = says(p, SCORE, "supply_risk") ? supply : importance;
  int64_t row = row_for(table, p);
  double is = cell(table, row, "value"), was = p->number[0];
  int within = fabs(is - was) <= .1 + 1e-9;
  ck_assert_str_eq(word(table, row, "country"), "EUU");
  ck_assert_msg(says(p, WITHIN, within ? "yes" : "no"), "%s %s: %.3f, published %.1f", p->field[MINERAL],
                p->field[STAGE], is, was);
  ck_assert_msg(within || !says(p, WHY, ""), "%s %s has no cause", p->field[MINERAL], p->field[STAGE]);
  /* What no sector is named for may be used anywhere. */
  if (says(p, WHY, "uses_unnamed")) ck_assert_double_le(was, cell(table, row, "high") + .1);
  if (table == importance) {
    importance_within += within;
  } else if (says(p, STAGE, "")) {
    wholes_within += within;
  } else if (!says(p, WHY, "lacks_sourcing")) {
    stages++;
    stages_within += within;
    stages_apart += !within;
  }
}

START_TEST(scores_of_2023_come_out_within_a_tenth_or_have_a_cause) {
  stages = stages_within = stages_apart = wholes_within = importance_within = 0;
  supply = of_reference("metric=eu_supply_risk");
  importance = of_reference("metric=eu_economic_importance");
  ck_assert_int_eq(published_read("eu_2023.csv", COLUMNS, compare), 57 + 39 + 29);
  ck_assert_int_eq(stages, 47);
  ck_assert_int_eq(stages_within, 37);
  ck_assert_double_ge(stages_within / (double)stages, 75. / 98);
  ck_assert_int_eq(wholes_within, 29);
  ck_assert_int_eq(importance_within, 17);
  critmin_table_free(supply);
  critmin_table_free(importance);
}
END_TEST

/* The ore of beryllium is the case that tells governance of 2020 from the mean of five years. */
START_TEST(beryllium_of_2023_was_made_with_governance_of_2020) {
  critmin_table *table =
      of_reference("metric=eu_supply_risk|mineral=beryllium|stage=mining|year=2020|wgi_first=2020|wgi_last=2020");
  ck_assert_double_eq_tol(cell(table, 0, "value"), 1.8, .05);
  critmin_table_free(table);
}
END_TEST

enum {
  EU_MATERIAL,
  EU_STAGE,
  EU_BASIS,
  EU_SR,
  EU_SR_GLOBAL,
  EU_SR_SOURCING,
  EU_RECYCLING,
  EU_SUBSTITUTION,
  EU_RELIANCE,
  EU_GLOBAL,
  EU_SOURCING,
  EU_COLUMNS
};

/* A number as printed, with the half of its last digit on either side. */
static void parameter(critmin_store *store, const char *name, const char *stage, const char *text, double scale,
                      double half, double most) {
  char row[256];
  double value = published_number(text) * scale;
  snprintf(row, sizeof row,
           "parameter|mineral=tin|stage=%s|parameter=%s|value=%.17g|low=%.17g|high=%.17g|unit=1|"
           "source=eu_crm|edition=2017",
           stage, name, value, fmax(value - half, 0), fmin(value + half, most));
  world_set(store, row);
}

static void study_of_2017(const published *p) {
  critmin_store *store = world();
  char row[256];
  world_set(store, "source|source=eu_crm|publisher=European Commission|title=Study|licence=CC-BY-4.0");
  world_set(store, "edition|source=eu_crm|edition=2017|date=2017-09-13");
  world_set(store, "country|country=EUU|kind=union|name=European Union");
  world_set(store, "measure|measure=import_reliance|unit=share|choice=country|text=Reliance");
  double reliance = says(p, EU_RELIANCE, "") ? 0 : published_number(p->field[EU_RELIANCE]) / 100;
  snprintf(row, sizeof row,
           "figure|measure=import_reliance|mineral=tin|stage=mining|country=EUU|from=2010|to=2014|unit=share|"
           "basis=content|value=%.17g|low=%.17g|high=%.17g|source=eu_crm|edition=2017",
           reliance, fmax(reliance - .005, 0), fmin(reliance + .005, 1));
  if (!says(p, EU_RELIANCE, "")) world_set(store, row);
  parameter(store, "recycling_input_rate", "", p->field[EU_RECYCLING], .01, .005, 1);
  parameter(store, "substitution_index_supply_risk", "", p->field[EU_SUBSTITUTION], 1, .05, 1);
  parameter(store, "index_global", "mining", p->field[EU_GLOBAL], 1, .05, 100);
  if (says(p, EU_BASIS, "both")) parameter(store, "index_sourcing", "mining", p->field[EU_SOURCING], 1, .05, 100);
  critmin_table *table = world_ask(store, "metric=eu_supply_risk|mineral=tin|stage=mining|year=2017|study=2017");
  double wanted = published_number(p->field[EU_SR]);
  ck_assert_int_eq(critmin_table_rows(table), 1);
  ck_assert_msg(cell(table, 0, "low") - .05 <= wanted + 1e-9 && wanted <= cell(table, 0, "high") + .05 + 1e-9,
                "%s: printed %g, [%g, %g] from its inputs", p->field[EU_MATERIAL], wanted, cell(table, 0, "low"),
                cell(table, 0, "high"));
  ck_assert_double_lt(cell(table, 0, "high") - cell(table, 0, "low"), 1.5);
  ck_assert_int_eq(flagged(table, 0, "PUBLISHED"), 1);
  critmin_table_free(table);
  critmin_store_close(store);
}

START_TEST(scores_of_2017_lie_where_what_the_study_printed_allows) {
  ck_assert_int_eq(published_read("eu_2017.csv", EU_COLUMNS, study_of_2017), 35);
}
END_TEST

Suite *suite_eu_studies(void) {
  Suite *suite = suite_create("eu_studies");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, scores_of_2023_come_out_within_a_tenth_or_have_a_cause);
  tcase_add_test(cases, beryllium_of_2023_was_made_with_governance_of_2020);
  tcase_add_test(cases, scores_of_2017_lie_where_what_the_study_printed_allows);
  suite_add_tcase(suite, cases);
  return suite;
}
