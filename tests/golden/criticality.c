/* SPDX-License-Identifier: MIT */
/* Scores that institutions published, from the inputs that they published beside them. */
#include <math.h>
#include <string.h>

#include "published.h"
#include "suites.h"

/* A number printed in steps, as the interval that it was rounded from; "" is not known. */
static critmin_interval printed(const char *text, double scale, double step, double most) {
  critmin_interval i = {NAN, NAN, NAN};
  if (!*text) return i;
  i.value = published_number(text) * scale;
  i.low = fmax(i.value - step / 2, 0);
  i.high = fmin(i.value + step / 2, most);
  return i;
}

enum { EU_MATERIAL, EU_STAGE, EU_BASIS, EU_SR, EU_SR_GLOBAL, EU_SR_SOURCING, EU_RECYCLING, EU_SUBSTITUTION, EU_RELIANCE,
       EU_GLOBAL, EU_SOURCING, EU_COLUMNS };

static void is_inside(const published *p, const critmin_eu_supply *supply, int column) {
  critmin_answer a;
  critmin_error error;
  critmin_answer_init(&a);
  ck_assert_msg(critmin_eu_supply_risk(supply, &a, &error) == CRITMIN_OK, "%s", error.message);
  double wanted = published_number(p->field[column]);
  ck_assert_msg(a.low - .05 <= wanted + 1e-9 && wanted <= a.high + .05 + 1e-9, "%s: printed %g, [%g, %g] from its inputs",
                p->field[EU_MATERIAL], wanted, a.low, a.high);
  ck_assert_double_lt(a.high - a.low, 1.5); /* an interval of everything would prove nothing */
}

static void eu_material(const published *p) {
  critmin_eu_supply s;
  critmin_eu_supply_init(&s);
  s.edition = 2017;
  s.recycling = printed(p->field[EU_RECYCLING], .01, .01, 1);
  s.substitution = printed(p->field[EU_SUBSTITUTION], 1, .1, 1);
  s.import_reliance = printed(p->field[EU_RELIANCE], .01, .01, 1);
  s.global_supply = printed(p->field[EU_GLOBAL], 1, .1, INFINITY);
  if (strcmp(p->field[EU_BASIS], "both") == 0) s.eu_sourcing = printed(p->field[EU_SOURCING], 1, .1, INFINITY);
  is_inside(p, &s, EU_SR);
  if (strcmp(p->field[EU_BASIS], "both") != 0) return;
  critmin_eu_supply one = s;
  one.eu_sourcing = printed("", 1, 1, 1);
  is_inside(p, &one, EU_SR_GLOBAL);
  one = s;
  one.global_supply = printed("", 1, 1, 1);
  is_inside(p, &one, EU_SR_SOURCING);
}

START_TEST(every_supply_risk_of_2017_lies_where_its_rounded_inputs_allow) {
  ck_assert_int_eq(published_read("eu_2017.csv", EU_COLUMNS, eu_material), 35);
}
END_TEST

enum { GPR_MATERIAL, GPR_HHI, GPR_IMPORTS, GPR_RISK, GPR_SCORE, GPR_PRICE, GPR_MIDPOINT, GPR_FACTOR, GPR_PRODUCTION,
       GPR_SHARES, GPR_COLUMNS };
enum { PARTNER_MATERIAL, PARTNER, PARTNER_RISK, PARTNER_SHARE, PARTNER_COLUMNS };

/* The partners of the material looked at. */
static const char *material;
static double share[PRODUCERS_MAX], risk[PRODUCERS_MAX];
static int64_t partners;

static void add_partner(const published *p) {
  if (strcmp(p->field[PARTNER_MATERIAL], material) != 0) return;
  ck_assert_int_lt(partners, PRODUCERS_MAX);
  risk[partners] = published_number(p->field[PARTNER_RISK]);
  share[partners++] = p->number[0];
}

static void is_printed(const char *what, double got, const char *text) {
  double wanted = published_number(text);
  ck_assert_msg(fabs(got - wanted) <= 1e-12 * wanted, "%s of %s: %.17g, published %s", what, material, got, text);
}

static void gpr_material(const published *p) {
  material = p->field[GPR_MATERIAL];
  partners = 0;
  ck_assert_int_eq(published_read("geopolrisk_partners.csv", PARTNER_COLUMNS, add_partner), 60);
  double imports = published_number(p->field[GPR_IMPORTS]);
  for (int64_t i = 0; i < partners; i++) share[i] *= imports;
  critmin_answer hhi, a;
  critmin_error error;
  critmin_answer_init(&hhi);
  critmin_answer_init(&a);
  ck_assert_int_eq(critmin_hhi(p->number, p->count, NULL, &hhi, &error), CRITMIN_OK);
  is_printed("index", hhi.value, p->field[GPR_HHI]);
  critmin_geopolrisk t;
  critmin_geopolrisk_init(&t);
  t.imports = share;
  t.risk = risk;
  t.n = partners;
  t.hhi.value = 1;
  t.production.value = t.production.low = t.production.high = published_number(p->field[GPR_PRODUCTION]);
  ck_assert_int_eq(critmin_geopolrisk_score(&t, &a, &error), CRITMIN_OK);
  is_printed("import risk", a.value, p->field[GPR_RISK]);
  t.hhi.value = hhi.value;
  t.price.value = published_number(p->field[GPR_PRICE]);
  ck_assert_int_eq(critmin_geopolrisk_score(&t, &a, &error), CRITMIN_OK);
  is_printed("score", a.value, p->field[GPR_SCORE]);
  ck_assert_int_eq(critmin_geopolrisk_midpoint(&t, &a, &error), CRITMIN_OK);
  is_printed("midpoint", a.value, p->field[GPR_MIDPOINT]);
  ck_assert_int_eq(critmin_geopolrisk_cf(&t, &a, &error), CRITMIN_OK);
  is_printed("factor", a.value, p->field[GPR_FACTOR]);
}

START_TEST(the_workbook_of_the_authors_comes_out_to_twelve_digits) {
  ck_assert_int_eq(published_read("geopolrisk_materials.csv", GPR_COLUMNS, gpr_material), 3);
}
END_TEST

enum { RISK_EDITION, RISK_ELEMENT, RISK_INDEX, RISK_COLUMNS };

/* The scores of a sum: as many of the highest as fit, and a rest. */
static void is_a_sum_of_scores(const published *p) {
  int32_t edition = (int32_t)published_number(p->field[RISK_EDITION]);
  int64_t criteria = edition == 2011 ? 4 : 7;
  double highest = edition == 2011 ? 5 : 3, step = edition == 2011 ? 1 : .5;
  double wanted = p->number[0], scores[7];
  double sum = round(wanted / 10 * highest * (double)criteria / step) * step;
  for (int64_t i = 0; i < criteria; i++) {
    scores[i] = fmin(highest, sum - (double)(criteria - 1 - i));
    sum -= scores[i];
  }
  critmin_answer a;
  critmin_error error;
  critmin_answer_init(&a);
  ck_assert_msg(critmin_bgs_risk(edition, scores, criteria, &a, &error) == CRITMIN_OK, "%s: %s", p->field[RISK_ELEMENT], error.message);
  ck_assert_msg(fabs(a.value - wanted) <= .05 + 1e-9, "%s of %d: %g, published %g", p->field[RISK_ELEMENT], (int)edition, a.value,
                wanted);
}

START_TEST(every_published_index_is_a_sum_of_scores) {
  ck_assert_int_eq(published_read("bgs_risk.csv", RISK_COLUMNS, is_a_sum_of_scores), 52 + 41);
}
END_TEST

Suite *suite_criticality(void) {
  Suite *suite = suite_create("criticality");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, every_supply_risk_of_2017_lies_where_its_rounded_inputs_allow);
  tcase_add_test(cases, the_workbook_of_the_authors_comes_out_to_twelve_digits);
  tcase_add_test(cases, every_published_index_is_a_sum_of_scores);
  suite_add_tcase(suite, cases);
  return suite;
}
