/* SPDX-License-Identifier: MIT */
/*
 * The net import reliance that the US Geological Survey prints, beside the imports, exports and consumption it prints.
 * Where these alone do not give it within a point, `rebuilt` says how it comes back, and `reason` why.
 */
#include <math.h>
#include <string.h>

#include "published.h"
#include "suites.h"

enum { SERIES, MINERAL, STAGE, YEAR, PER_CENT, MATCH, REBUILT, REASON, NUMBERS, COLUMNS };

/* What the list of numbers holds: with `made` and `sum` what is made at home, else the lines of the definition. */
enum { IMPORTS, EXPORTS, CONSUMPTION, MADE, OWN_IMPORTS = MADE, OWN_EXPORTS, OWN_STOCK, NUMBERS_OF_LINES };

static const double POINT = 0.01;

static double printed(const published *p) { return published_number(p->field[PER_CENT]) / 100; }
static int is(const published *p, int field, const char *text) { return strcmp(p->field[field], text) == 0; }

static int is_whole(double x) { return fabs(x - round(x)) < 1e-6; }

/* Half a unit of the last digit printed. Of a number that ends in zeros the first two digits count as printed. */
static double half_a_unit(double number) {
  double unit = is_whole(number) ? 1 : is_whole(10 * number) ? 0.1 : 0.01;
  while (is_whole(number / (10 * unit)) && fabs(number) >= 100 * unit) unit *= 10;
  return unit / 2;
}

static critmin_interval rounded(double number) {
  double half = number != 0 ? half_a_unit(number) : 0;
  critmin_interval interval = {number, number - half, number + half};
  return interval;
}

static critmin_answer reliance(const critmin_balance *balance) {
  critmin_answer answer;
  critmin_error error;
  critmin_answer_init(&answer);
  ck_assert_msg(critmin_net_import_reliance(balance, &answer, &error) == CRITMIN_OK, "%s", error.message);
  return answer;
}

static critmin_balance printed_lines(const published *p) {
  critmin_balance balance;
  critmin_balance_init(&balance);
  balance.imports = rounded(p->number[IMPORTS]);
  balance.exports = rounded(p->number[EXPORTS]);
  balance.apparent_consumption = rounded(p->number[CONSUMPTION]);
  return balance;
}

/* The balance as the definition has it. */
static critmin_balance own_lines(const published *p) {
  ck_assert_int_eq(p->count, NUMBERS_OF_LINES);
  critmin_balance balance = printed_lines(p);
  balance.imports = rounded(p->number[OWN_IMPORTS]);
  balance.exports = rounded(p->number[OWN_EXPORTS]);
  balance.stock_change = rounded(p->number[OWN_STOCK]);
  return balance;
}

static void near_enough(const published *p, double value) {
  ck_assert_msg(fabs(value - printed(p)) <= POINT + 1e-12, "%s of %s: %.4f, printed %.2f", p->field[SERIES],
                p->field[YEAR], value, printed(p));
}

static void matched_or_not(const published *p) {
  critmin_balance balance = printed_lines(p);
  critmin_answer answer = reliance(&balance);
  if (is(p, MATCH, "1")) {
    near_enough(p, answer.value);
    ck_assert_str_eq(p->field[REBUILT], "");
  } else {
    ck_assert_msg(fabs(answer.value - printed(p)) > POINT, "%s of %s: %.4f, printed %.2f", p->field[SERIES],
                  p->field[YEAR], answer.value, printed(p));
    ck_assert_str_ne(p->field[REASON], "");
  }
}

START_TEST(printed_lines_give_the_printed_reliance_where_they_are_those_of_its_definition) {
  ck_assert_int_eq(published_read("nir.csv", COLUMNS, matched_or_not), 136);
}
END_TEST

static int by_lines, by_made, by_sum, by_rounding;

static void rebuilt(const published *p) {
  if (is(p, MATCH, "1")) return;
  if (is(p, REBUILT, "lines")) {
    /* Other lines than those of the table, or what stocks gave. */
    critmin_balance balance = own_lines(p);
    near_enough(p, reliance(&balance).value);
    by_lines++;
  } else if (is(p, REBUILT, "rounding")) {
    /* The printed digits leave room for the printed reliance. */
    critmin_balance balance = own_lines(p);
    critmin_answer answer = reliance(&balance);
    ck_assert_msg(answer.low <= printed(p) && printed(p) <= answer.high, "%s: %.4f to %.4f", p->field[SERIES],
                  answer.low, answer.high);
    by_rounding++;
  } else if (is(p, REBUILT, "made")) {
    /* What was used and not made came in, or out of stocks. */
    critmin_balance balance;
    critmin_answer answer;
    critmin_error error;
    critmin_balance_init(&balance);
    critmin_answer_init(&answer);
    balance.production = rounded(p->number[MADE]);
    balance.apparent_consumption = rounded(p->number[CONSUMPTION]);
    ck_assert_int_eq(critmin_self_sufficiency(&balance, &answer, &error), CRITMIN_OK);
    near_enough(p, 1 - answer.value);
    by_made++;
  } else {
    /* Consumption as its parts give it. */
    ck_assert_str_eq(p->field[REBUILT], "sum");
    critmin_balance balance = printed_lines(p);
    balance.production = rounded(p->number[MADE]);
    balance.apparent_consumption.value = balance.apparent_consumption.low = balance.apparent_consumption.high = NAN;
    near_enough(p, reliance(&balance).value);
    by_sum++;
  }
}

START_TEST(the_others_come_back_for_the_reason_beside_them) {
  by_lines = by_made = by_sum = by_rounding = 0;
  published_read("nir.csv", COLUMNS, rebuilt);
  ck_assert_int_eq(by_lines, 23);
  ck_assert_int_eq(by_made, 18);
  ck_assert_int_eq(by_sum, 6);
  ck_assert_int_eq(by_rounding, 6);
}
END_TEST

Suite *suite_nir(void) {
  Suite *suite = suite_create("nir");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, printed_lines_give_the_printed_reliance_where_they_are_those_of_its_definition);
  tcase_add_test(cases, the_others_come_back_for_the_reason_beside_them);
  suite_add_tcase(suite, cases);
  return suite;
}
