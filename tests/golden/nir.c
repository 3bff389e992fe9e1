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

static critmin_table *computed;
static int compared;

static critmin_table *compute(void) {
  critmin_store *store;
  critmin_model *model;
  critmin_selection *selection;
  critmin_table *table;
  critmin_error error;
  ck_assert_msg(critmin_store_open(CRITMIN_REFERENCE, CRITMIN_OPEN_READ, &store, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_msg(critmin_model_load(store, NULL, NULL, NULL, &model, &error) == CRITMIN_OK, "%s", error.message);
  critmin_store_close(store);
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "metric", "net_import_reliance", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "country", "USA", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_set(selection, "published", "never", &error), CRITMIN_OK);
  ck_assert_msg(critmin_metric_compute(model, selection, 1, NULL, NULL, &table, &error) == CRITMIN_OK, "%s", error.message);
  critmin_selection_free(selection);
  critmin_model_free(model);
  return table;
}

static const char *text(int64_t row, const char *column) {
  const char *word = critmin_table_text(computed, critmin_table_find(computed, column), row);
  return word ? word : "";
}

static double number(int64_t row, const char *column) {
  return critmin_table_number(computed, critmin_table_find(computed, column), row);
}

/* The cell of a row's market, or -1. */
static int64_t cell_of(const published *p) {
  for (int64_t row = 0; row < critmin_table_rows(computed); row++) {
    if (is(p, MINERAL, text(row, "mineral")) && is(p, STAGE, text(row, "stage")) &&
        (int)number(row, "year") == (int)published_number(p->field[YEAR])) {
      return row;
    }
  }
  return -1;
}

static void through_the_catalogue(const published *p) {
  if (is(p, MINERAL, "")) return;
  int64_t row = cell_of(p);
  if (row < 0 || isnan(number(row, "value"))) {
    /* What stocks gave in 2021 is not known, nor what manganese is in ores and alloys. */
    ck_assert_msg(is(p, YEAR, "2021") || is(p, REBUILT, "made"), "%s of %s", p->field[SERIES], p->field[YEAR]);
    return;
  }
  /* The catalogue takes consumption as it is printed. */
  if (is(p, REBUILT, "made") || is(p, REBUILT, "sum")) return;
  /* Antimony of 2025 matches by lines that its definition does not count; without them the digits leave it open. */
  if (is(p, REBUILT, "rounding") || (is(p, SERIES, "antimony") && is(p, YEAR, "2025"))) {
    ck_assert_msg(number(row, "low") <= printed(p) && printed(p) <= number(row, "high"), "%s: %.4f to %.4f",
                  p->field[SERIES], number(row, "low"), number(row, "high"));
  } else {
    near_enough(p, number(row, "value"));
  }
  compared++;
}

START_TEST(the_catalogue_gives_the_printed_reliance_from_the_reference_data) {
  compared = 0;
  computed = compute();
  published_read("nir.csv", COLUMNS, through_the_catalogue);
  ck_assert_int_eq(compared, 71);
  critmin_table_free(computed);
}
END_TEST

Suite *suite_nir(void) {
  Suite *suite = suite_create("nir");
  TCase *cases = tcase_create("published");
  tcase_add_test(cases, printed_lines_give_the_printed_reliance_where_they_are_those_of_its_definition);
  tcase_add_test(cases, the_others_come_back_for_the_reason_beside_them);
  tcase_add_test(cases, the_catalogue_gives_the_printed_reliance_from_the_reference_data);
  suite_add_tcase(suite, cases);
  return suite;
}
