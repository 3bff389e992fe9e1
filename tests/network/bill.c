/* SPDX-License-Identifier: MIT */
/* A motor by its bill of materials, and a company by its ledger. */
#include <string.h>

#include "scene.h"
#include "suites.h"

enum { ND, DY, CU, MATERIALS };

typedef struct motor {
  double mass[MATERIALS], price[MATERIALS];
  int32_t essential[MATERIALS], group[MATERIALS];
  critmin_interval share[MATERIALS];
  critmin_bill bill;
} motor;

/* Neodymium, a little dysprosium, copper; what of each comes from China. */
static void motor_init(motor *m) {
  *m = (motor){.mass = {.6, .03, 5}, .price = {80, 300, 9}, .essential = {1, 1, 1}, .group = {-1, -1, -1}};
  const double share[] = {.76, .95, .10};
  for (int i = 0; i < MATERIALS; i++) m->share[i] = (critmin_interval){share[i], NAN, NAN};
  critmin_bill_init(&m->bill);
  m->bill.count = MATERIALS;
  m->bill.mass = m->mass;
  m->bill.price = m->price;
  m->bill.essential = m->essential;
  m->bill.group = m->group;
}

#define ASK(answer, call)                                                    \
  do {                                                                       \
    critmin_error error_;                                                    \
    critmin_error *error = &error_;                                          \
    critmin_answer_init(&(answer));                                          \
    if ((call) != CRITMIN_OK) ck_abort_msg("%s: %s", #call, error_.message); \
  } while (0)

START_TEST(a_motor_rests_on_what_weighs_little) {
  motor m;
  critmin_answer a;
  int64_t material;
  motor_init(&m);
  ASK(a, critmin_bill_share(&m.bill, m.share, CRITMIN_BY_MASS, &a, error));
  NEAR(a.value, (.6 * .76 + .03 * .95 + 5 * .1) / 5.63);
  NEARER(a.value, .1749, 5e-5);
  ASK(a, critmin_bill_share(&m.bill, m.share, CRITMIN_BY_COST, &a, error));
  NEARER(a.value, .4856, 5e-5);
  ASK(a, critmin_bill_limiting(&m.bill, m.share, &material, &a, error));
  NEAR(a.value, .95);
  ck_assert_int_eq(material, DY);
  ASK(a, critmin_bill_touch(&m.bill, m.share, &a, error));
  NEAR(a.value, 1 - .24 * .05 * .9);
  NEAR(a.low, .95);
  NEAR(a.high, 1);
  ASK(a, critmin_bill_leverage(&m.bill, m.share, 180, &a, error));
  NEAR(a.value, 20);
  m.essential[DY] = 0;
  ASK(a, critmin_bill_limiting(&m.bill, m.share, &material, &a, error));
  NEAR(a.value, .76);
  ck_assert_int_eq(material, ND);
}
END_TEST

START_TEST(what_can_be_built_is_what_the_scarcest_allows) {
  motor m;
  critmin_answer a;
  int64_t material;
  motor_init(&m);
  critmin_interval fill[] = {{.5, NAN, NAN}, {.2, .1, .3}, {1, NAN, NAN}};
  ASK(a, critmin_bill_fill(&m.bill, fill, &material, &a, error));
  NEAR(a.value, .2);
  NEAR(a.low, .1);
  NEAR(a.high, .3);
  ck_assert_int_eq(material, DY);
  m.group[ND] = m.group[DY] = 4;
  ASK(a, critmin_bill_fill(&m.bill, fill, &material, &a, error));
  NEAR(a.value, (.6 * .5 + .03 * .2) / .63);
  ck_assert_int_eq(material, ND);
  m.essential[ND] = m.essential[DY] = 0;
  ASK(a, critmin_bill_fill(&m.bill, fill, &material, &a, error));
  NEAR(a.value, 1);
  ck_assert_int_eq(material, CU);
}
END_TEST

START_TEST(what_is_not_known_leaves_an_interval) {
  motor m;
  critmin_answer a;
  int64_t material;
  motor_init(&m);
  m.share[CU] = (critmin_interval){NAN, NAN, .5};
  ASK(a, critmin_bill_share(&m.bill, m.share, CRITMIN_BY_MASS, &a, error));
  ck_assert_double_nan(a.value);
  NEAR(a.low, (.6 * .76 + .03 * .95) / 5.63);
  NEAR(a.high, (.6 * .76 + .03 * .95 + 5 * .5) / 5.63);
  NEAR(a.coverage, .63 / 5.63);
  ck_assert_uint_eq(a.flags, CRITMIN_FLAG_NO_DATA);
  ASK(a, critmin_bill_limiting(&m.bill, m.share, &material, &a, error));
  NEAR(a.value, .95); /* copper is at most a half */
  m.share[CU].high = NAN;
  ASK(a, critmin_bill_limiting(&m.bill, m.share, &material, &a, error));
  ck_assert_double_nan(a.value);
  NEAR(a.low, .95);
  NEAR(a.high, 1);
  ASK(a, critmin_bill_touch(&m.bill, m.share, &a, error));
  ck_assert_double_nan(a.value);
  NEAR(a.low, .95);
  m.bill.count = 0;
  ASK(a, critmin_bill_share(&m.bill, m.share, CRITMIN_BY_MASS, &a, error));
  ck_assert_uint_eq(a.flags, CRITMIN_FLAG_ZERO_TOTAL);
}
END_TEST

START_TEST(scores_of_materials_make_one_of_the_product) {
  motor m;
  critmin_answer a;
  motor_init(&m);
  const critmin_interval score[] = {{4, 3, 5}, {9, NAN, NAN}, {1, NAN, NAN}};
  ASK(a, critmin_bill_score(&m.bill, score, CRITMIN_SCORE_SUM, &a, error));
  NEAR(a.value, .6 * 4 + .03 * 9 + 5);
  NEAR(a.low, .6 * 3 + .03 * 9 + 5);
  ASK(a, critmin_bill_score(&m.bill, score, CRITMIN_SCORE_MASS_MEAN, &a, error));
  NEAR(a.value, (.6 * 4 + .03 * 9 + 5) / 5.63);
  ASK(a, critmin_bill_score(&m.bill, score, CRITMIN_SCORE_COST_MEAN, &a, error));
  NEAR(a.value, (48. * 4 + 9 * 9 + 45) / 102);
  ASK(a, critmin_bill_score(&m.bill, score, CRITMIN_SCORE_GREATEST, &a, error));
  NEAR(a.value, 9);
  ASK(a, critmin_bill_score(&m.bill, score, CRITMIN_SCORE_GEOMETRIC, &a, error));
  NEAR(a.value, cbrt(36));
  NEAR(a.high, cbrt(45));
}
END_TEST

START_TEST(a_bill_that_cannot_be_is_refused) {
  motor m;
  critmin_answer a;
  critmin_error error;
  motor_init(&m);
  critmin_answer_init(&a);
  const struct {
    double *at, value;
    critmin_status status;
  } wrong[] = {{&m.mass[1], -1, CRITMIN_ERROR_NEGATIVE},
               {&m.mass[1], NAN, CRITMIN_ERROR_MISSING_VALUE},
               {&m.price[1], INFINITY, CRITMIN_ERROR_INVALID_VALUE},
               {&m.share[1].value, 1.5, CRITMIN_ERROR_SHARE_RANGE},
               {&m.share[1].low, .99, CRITMIN_ERROR_INVALID_VALUE},
               {&m.share[1].high, -.1, CRITMIN_ERROR_SHARE_RANGE}};
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    double kept = *wrong[i].at;
    *wrong[i].at = wrong[i].value;
    ck_assert_int_eq(critmin_bill_share(&m.bill, m.share, CRITMIN_BY_COST, &a, &error), wrong[i].status);
    ck_assert_int_eq(error.row, 2);
    *wrong[i].at = kept;
  }
  ck_assert_int_eq(critmin_bill_share(&m.bill, m.share, 7, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_bill_score(&m.bill, m.share, 7, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_bill_touch(&m.bill, NULL, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_bill_limiting(NULL, m.share, NULL, &a, &error), CRITMIN_ERROR_ARGUMENT);
  m.bill.price = NULL;
  ck_assert_int_eq(critmin_bill_leverage(&m.bill, m.share, 1, &a, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_double_nan(a.value);
}
END_TEST

START_TEST(a_ledger_is_filled_from_the_suppliers_countries) {
  enum { US, CHINA, JAPAN, AUSTRALIA, COUNTRIES };
  scene *s = scene_make(2, COUNTRIES);
  s->stage[0].output[CHINA] = 15, s->stage[0].output[AUSTRALIA] = 10;
  scene_flow(s, 0, CHINA, JAPAN, 15);
  scene_flow(s, 0, AUSTRALIA, JAPAN, 10);
  s->stage[1].output[JAPAN] = 6;
  critmin_network *n = scene_network(s);
  const int32_t supplier[] = {JAPAN, JAPAN, US}, origin[] = {-1, AUSTRALIA, -1};
  const double tonnes[] = {5, 3, 2};
  double share[COUNTRIES], other[COUNTRIES], unknown, imputed;
  critmin_error error;
  ck_assert_int_eq(
      critmin_ledger_origin(n, 1, 0, supplier, tonnes, origin, 3, share, other, &unknown, &imputed, &error),
      CRITMIN_OK);
  NEAR(share[CHINA], .5 * .6);
  NEAR(share[AUSTRALIA], .5 * .4 + .3);
  NEAR(unknown, .2); /* the United States have nothing on record */
  NEAR(imputed, .5);
  NEAR(other[CHINA], 0);
  ck_assert_int_eq(critmin_ledger_origin(n, 1, 0, supplier + 2, tonnes, NULL, 1, share, NULL, &unknown, NULL, &error),
                   CRITMIN_OK);
  NEAR(unknown, 1);
  NEAR(share[CHINA], 0);
  ck_assert_int_eq(critmin_ledger_origin(n, 1, 0, supplier, tonnes, NULL, 0, share, NULL, NULL, NULL, &error),
                   CRITMIN_OK);
  ck_assert_double_nan(share[CHINA]);
  const double wrong[] = {5, NAN, -2};
  ck_assert_int_eq(critmin_ledger_origin(n, 1, 0, supplier, wrong, origin, 3, share, other, &unknown, &imputed, &error),
                   CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(error.row, 2);
  ck_assert_int_eq(
      critmin_ledger_origin(n, 2, 0, supplier, tonnes, origin, 3, share, other, &unknown, &imputed, &error),
      CRITMIN_ERROR_ARGUMENT);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

static int32_t ask_ledger(void *user) {
  const int32_t supplier[] = {0, 3};
  const double tonnes[] = {1, 2};
  double share[14], unknown;
  return critmin_ledger_origin(user, 1, 0, supplier, tonnes, NULL, 2, share, NULL, &unknown, NULL, NULL);
}

START_TEST(no_allocation_that_fails_is_overlooked) {
  scene *s = scene_random(3, 2, 14, .3);
  critmin_network *n = scene_network(s);
  fail_each_allocation(ask_ledger, n);
  critmin_network_free(n);
  scene_free(s);
}
END_TEST

Suite *suite_bill(void) {
  Suite *suite = suite_create("bill");
  TCase *cases = tcase_create("bill");
  tcase_add_test(cases, a_motor_rests_on_what_weighs_little);
  tcase_add_test(cases, what_can_be_built_is_what_the_scarcest_allows);
  tcase_add_test(cases, what_is_not_known_leaves_an_interval);
  tcase_add_test(cases, scores_of_materials_make_one_of_the_product);
  tcase_add_test(cases, a_bill_that_cannot_be_is_refused);
  tcase_add_test(cases, a_ledger_is_filled_from_the_suppliers_countries);
  tcase_add_test(cases, no_allocation_that_fails_is_overlooked);
  suite_add_tcase(suite, cases);
  return suite;
}
