/* SPDX-License-Identifier: MIT */
/* The workbook of GeoPolRisk's authors through the catalogue: production, trade, stability and price as rows of a store. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../model/world.h"
#include "published.h"
#include "suites.h"

enum { MATERIAL, HHI, IMPORTS, RISK, SCORE, PRICE, MIDPOINT, FACTOR, PRODUCTION, SHARES, COLUMNS };
enum { PARTNER_MATERIAL, PARTNER, PARTNER_RISK, PARTNER_SHARE, PARTNER_COLUMNS };

static critmin_store *store;
static const published *material;
static double imports;

/* Countries that are not in the small store: a producer has no name in the tables, a partner a number. */
static const char *new_country(char first, int number, char key[4]) {
  char row[64];
  snprintf(key, 4, "%c%c%c", first + number / 676, 'A' + number / 26 % 26, 'A' + number % 26);
  snprintf(row, sizeof row, "country|country=%s|name=%s", key, key);
  world_set(store, row);
  return key;
}

static void add_partner(const published *p) {
  char key[4], row[256];
  if (strcmp(p->field[PARTNER_MATERIAL], material->field[MATERIAL]) != 0) return;
  new_country('V', (int)published_number(p->field[PARTNER]), key);
  snprintf(row, sizeof row, "indicator|indicator=political_stability|country=%s|year=2020|value=%.17g|source=wgi|edition=2024",
           key, 2.5 - 5 * published_number(p->field[PARTNER_RISK]));
  world_set(store, row);
  snprintf(row, sizeof row,
           "flow|mineral=tin|stage=mining|from=2020|to=2020|importer=USA|exporter=%s|basis=content|quantity=%.17g|"
           "source=first|edition=2022",
           key, p->number[0] * imports);
  world_set(store, row);
}

/* Only the importer's own output is in tonnes; the index does not change with the total, so that it may be the first's. */
static void add_producers(const published *p) {
  char key[4], value[32];
  double own = published_number(p->field[PRODUCTION]), total = own > 0 ? own / p->number[0] : 1e6;
  for (int i = 0; i < p->count; i++) {
    snprintf(value, sizeof value, "%.17g", p->number[i] * total);
    world_figure(store, i == 0 && own > 0 ? "USA" : new_country('X', i, key), value, "");
  }
  if (own == 0) world_figure(store, "USA", "0", "status=zero");
}

static void is_printed(const char *metric, const char *text) {
  char question[128];
  snprintf(question, sizeof question, "metric=%s|mineral=tin|stage=mining|country=USA|year=2020", metric);
  critmin_table *t = world_ask(store, question);
  double wanted = published_number(text), got = cell(t, 0, "value");
  ck_assert_int_eq(critmin_table_rows(t), 1);
  ck_assert_msg(fabs(got - wanted) <= 1e-12 * wanted, "%s of %s: %.17g, published %s", metric,
                material->field[MATERIAL], got, text);
  ck_assert_double_eq_tol(cell(t, 0, "low"), got, 1e-15);
  ck_assert_double_eq_tol(cell(t, 0, "high"), got, 1e-15);
  critmin_table_free(t);
}

static void of_material(const published *p) {
  char row[256];
  critmin_error error;
  material = p;
  imports = published_number(p->field[IMPORTS]);
  store = world();
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  add_producers(p);
  published_read("geopolrisk_partners.csv", PARTNER_COLUMNS, add_partner);
  snprintf(row, sizeof row, "price|mineral=tin|form=metal|from=2020|to=2020|amount=%s|per=kg|currency=USD|source=first|edition=2022",
           p->field[PRICE]);
  world_set(store, row);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_OK);
  is_printed("geopolrisk_score", p->field[SCORE]);
  is_printed("geopolrisk_midpoint", p->field[MIDPOINT]);
  is_printed("geopolrisk_cf", p->field[FACTOR]);
  critmin_store_close(store);
}

START_TEST(the_workbook_of_the_authors_comes_out_of_a_store_to_twelve_digits) {
  ck_assert_int_eq(published_read("geopolrisk_materials.csv", COLUMNS, of_material), 3);
}
END_TEST

Suite *suite_geopolrisk(void) {
  Suite *suite = suite_create("geopolrisk");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, the_workbook_of_the_authors_comes_out_of_a_store_to_twelve_digits);
  suite_add_tcase(suite, cases);
  return suite;
}
