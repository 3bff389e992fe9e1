/* SPDX-License-Identifier: MIT */
/* Many rows at once: all or none, and where it goes wrong. */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "runner.h"
#include "sample.h"
#include "scratch.h"
#include "suites.h"

enum { ROWS = 4 };

static const char *const minerals[] = {"Cobalt", "lithium"};
static const char *const stages[] = {"mining", "refined", "hydroxide"};
static const char *const countries[] = {"COD", "CHN", "Australia"};

/* Figures of four rows: the columns that a test does not hand in of its own. */
typedef struct figures {
  int32_t mineral[ROWS], stage[ROWS], country[ROWS];
  int64_t year[ROWS];
  double value[ROWS];
  const char *edition[ROWS], *unit[ROWS];
} figures;

static figures good(void) {
  return (figures){.mineral = {0, 0, 1, 1},
                   .stage = {0, 1, 0, 2},
                   .country = {0, 1, 2, 1},
                   .year = {2023, 2023, 2024, 2024},
                   .value = {1, 2.5, 0, 4},
                   .edition = {"2024", "2024", "2025", "2025"},
                   .unit = {"t", "t", "t", "t"}};
}

static critmin_columns *columns_of(const figures *f) {
  static const char *const source[ROWS] = {"src", "src", "src", "src"};
  static const char *const basis[] = {"content"};
  static const int32_t zero[ROWS] = {0};
  critmin_columns *columns = NULL;
  critmin_error error;
  critmin_status status = critmin_columns_new(ROWS, &columns, &error);
  status |= critmin_columns_coded(columns, "mineral", f->mineral, minerals, 2, &error);
  status |= critmin_columns_coded(columns, "stage", f->stage, stages, 3, &error);
  status |= critmin_columns_coded(columns, "country", f->country, countries, 3, &error);
  status |= critmin_columns_integer(columns, "from", f->year, &error);
  status |= critmin_columns_integer(columns, "to", f->year, &error);
  status |= critmin_columns_number(columns, "value", f->value, &error);
  status |= critmin_columns_text(columns, "unit", f->unit, &error);
  status |= critmin_columns_coded(columns, "basis", zero, basis, 1, &error);
  status |= critmin_columns_text(columns, "source", source, &error);
  status |= critmin_columns_text(columns, "edition", f->edition, &error);
  ck_assert_int_eq(status, CRITMIN_OK);
  return columns;
}

static critmin_status append(critmin_store *store, const figures *f, critmin_error *error) {
  critmin_columns *columns = columns_of(f);
  critmin_status status = critmin_store_append(store, "figure", columns, NULL, NULL, error);
  critmin_columns_free(columns);
  return status;
}

START_TEST(words_numbers_and_years_become_rows) {
  critmin_store *store = sample_store("append.db");
  critmin_error error;
  figures f = good();
  ck_assert_msg(append(store, &f, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(error.status, CRITMIN_OK);
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_store_figures(store, NULL, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), ROWS);
  char *csv = NULL;
  ck_assert_int_eq(critmin_table_format(table, "csv", &csv, &error), CRITMIN_OK);
  ck_assert_str_eq(strchr(csv, '\n') + 1,
                   "production,cobalt,mining,COD,,,2023,2023,actual,,t,content,1,,,reported,,src,2024,\n"
                   "production,cobalt,refined,CHN,,,2023,2023,actual,,t,content,2.5,,,reported,,src,2024,\n"
                   "production,lithium,mining,AUS,,,2024,2024,actual,,t,content,0,,,reported,,src,2025,\n"
                   "production,lithium,hydroxide,CHN,,,2024,2024,actual,,t,content,4,,,reported,,src,2025,\n");
  critmin_text_free(csv);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

static void negative(figures *f) {
  f->value[2] = -1;
}
static void infinite(figures *f) {
  f->value[3] = INFINITY;
}
static void missing(figures *f) {
  f->value[1] = NAN;
}
static void bad_code(figures *f) {
  f->stage[1] = 3;
}
static void no_country(figures *f) {
  f->country[0] = -1;
}
static void not_in_chain(figures *f) {
  f->stage[1] = 2;
}
static void year(figures *f) {
  f->year[2] = 24;
}
static void edition(figures *f) {
  f->edition[3] = "2023";
}
static void shares(figures *f) {
  f->unit[3] = "shares";
}
static void twice(figures *f) {
  f->mineral[2] = f->mineral[0];
  f->stage[2] = f->stage[0];
  f->country[2] = f->country[0];
  f->year[2] = f->year[0];
  f->edition[2] = f->edition[0];
}

static const struct refusal {
  void (*spoil)(figures *f);
  critmin_status status;
  int64_t row, column;
  const char *says;
} refusals[] = {
    {negative, CRITMIN_ERROR_NEGATIVE, 3, 6, "row 3: figure: field 'value' is -1"},
    {infinite, CRITMIN_ERROR_INVALID_VALUE, 4, 6, "not finite"},
    {missing, CRITMIN_ERROR_MISSING_VALUE, 2, 6, "although the status is reported"},
    {bad_code, CRITMIN_ERROR_ARGUMENT, 2, 2, "none of its 3 words"},
    {no_country, CRITMIN_ERROR_MISSING_VALUE, 1, 3, "field 'country' is empty"},
    {not_in_chain, CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, 2, 2, "mining, refined"},
    {year, CRITMIN_ERROR_INVALID_VALUE, 3, 4, "no date"},
    {edition, CRITMIN_ERROR_UNKNOWN_NAME, 4, 10, "'2023'"},
    {shares, CRITMIN_ERROR_INVALID_VALUE, 4, 7, "are in t"},
    {twice, CRITMIN_ERROR_DUPLICATE_KEY, 3, 0,
     "row 3: figure: a row with that key is there already: measure 'production'"},
};

START_TEST(a_bad_cell_is_named_by_row_and_column_and_nothing_is_written) {
  const struct refusal *r = &refusals[_i];
  critmin_store *store = sample_store("refuse.db");
  critmin_error error;
  figures f = good();
  r->spoil(&f);
  ck_assert_msg(append(store, &f, &error) == r->status, "%s: %s", critmin_status_name(error.status), error.message);
  ck_assert_int_eq(error.row, r->row);
  ck_assert_int_eq(error.column, r->column);
  ck_assert_msg(strstr(error.message, r->says) != NULL, "%s", error.message);
  ck_assert_int_eq(count_rows(store, "figure"), 0);
  critmin_store_close(store);
}
END_TEST

START_TEST(shares_that_exceed_the_whole_are_refused_together) {
  static const char *const of[] = {"COD", "CHN", "AUS", "WLD"};
  static const char *const one_mineral[] = {"cobalt"}, *const one_stage[] = {"mining"}, *const src[] = {"src"};
  static const char *const share[] = {"share"}, *const content[] = {"content"}, *const year_2024[] = {"2024"};
  static const int32_t zero[ROWS] = {0}, each[ROWS] = {0, 1, 2, 3};
  static const int64_t at[ROWS] = {2024, 2024, 2024, 2024};
  for (int pass = 0; pass < 2; pass++) {
    critmin_store *store = sample_store(pass ? "wide.db" : "narrow.db");
    const double value[ROWS] = {0.5, 0.3, pass ? 0.25 : 0.215, 1}; /* the world's row is no part of it */
    critmin_columns *columns = NULL;
    critmin_error error;
    critmin_columns_new(ROWS, &columns, &error);
    critmin_columns_coded(columns, "mineral", zero, one_mineral, 1, &error);
    critmin_columns_coded(columns, "stage", zero, one_stage, 1, &error);
    critmin_columns_coded(columns, "country", each, of, 4, &error);
    critmin_columns_integer(columns, "from", at, &error);
    critmin_columns_integer(columns, "to", at, &error);
    critmin_columns_number(columns, "value", value, &error);
    critmin_columns_coded(columns, "unit", zero, share, 1, &error);
    critmin_columns_coded(columns, "basis", zero, content, 1, &error);
    critmin_columns_coded(columns, "source", zero, src, 1, &error);
    critmin_columns_coded(columns, "edition", zero, year_2024, 1, &error);
    critmin_status status = critmin_store_append(store, "figure", columns, NULL, NULL, &error);
    ck_assert_msg(status == (pass ? CRITMIN_ERROR_SHARE_RANGE : CRITMIN_OK), "%s", error.message);
    if (pass)
      ck_assert_ptr_nonnull(
          strstr(error.message, "cobalt at the stage mining from 2024 to 2024, source src edition 2024, sum to 1.05"));
    ck_assert_int_eq(count_rows(store, "figure"), pass ? 0 : ROWS);
    critmin_columns_free(columns);
    critmin_store_close(store);
  }
}
END_TEST

START_TEST(columns_that_the_relation_lacks_or_misses_are_named) {
  critmin_store *store = sample_store("columns.db");
  critmin_error error;
  figures f = good();
  critmin_columns *columns = columns_of(&f);
  ck_assert_int_eq(critmin_store_append(store, "flow", columns, NULL, NULL, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_int_eq(error.column, 3);
  ck_assert_ptr_nonnull(strstr(error.message, "flow has no field 'country'"));
  ck_assert_int_eq(critmin_store_append(store, "figurs", columns, NULL, NULL, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_int_eq(critmin_store_append(store, "figure", NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_columns_free(columns);
  critmin_columns_new(0, &columns, &error);
  ck_assert_int_eq(critmin_store_append(store, "figure", columns, NULL, NULL, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_ptr_nonnull(strstr(error.message, "the column 'mineral' is missing"));
  critmin_columns_free(columns);
  critmin_store_close(store);
}
END_TEST

/* Flows of many years between all pairs of some countries, in a shuffled order. */
typedef struct many {
  int64_t rows;
  int32_t *importer, *exporter, *zero;
  int64_t *year;
  double *share;
} many;

static const char *const partners[] = {"COD", "CHN", "AUS", "DEU", "FRA"};

static many make_many(int64_t years) {
  many m = {.rows = 0};
  size_t room = (size_t)years * 20;
  m.importer = calloc(room, sizeof *m.importer);
  m.exporter = calloc(room, sizeof *m.exporter);
  m.zero = calloc(room, sizeof *m.zero);
  m.year = calloc(room, sizeof *m.year);
  m.share = calloc(room, sizeof *m.share);
  for (int64_t k = 0; k < years * 20; k++) {
    int64_t i = k * 7919 % (years * 20); /* 7919 is a prime that divides no such number */
    m.year[k] = 1500 + i / 20;
    m.importer[k] = (int32_t)(i % 20 / 4);
    m.exporter[k] = (int32_t)(i % 4) + (i % 4 >= i % 20 / 4);
    m.share[k] = (double)i / (double)room;
  }
  m.rows = years * 20;
  return m;
}

static void free_many(many *m) {
  free(m->importer);
  free(m->exporter);
  free(m->zero);
  free(m->year);
  free(m->share);
}

static critmin_columns *columns_of_many(const many *m) {
  static const char *const cobalt[] = {"cobalt"}, *const mining[] = {"mining"}, *const src[] = {"src"},
                           *const ed[] = {"2024"};
  critmin_columns *columns = NULL;
  critmin_error error;
  critmin_columns_new(m->rows, &columns, &error);
  critmin_columns_coded(columns, "mineral", m->zero, cobalt, 1, &error);
  critmin_columns_coded(columns, "stage", m->zero, mining, 1, &error);
  critmin_columns_coded(columns, "importer", m->importer, partners, 5, &error);
  critmin_columns_coded(columns, "exporter", m->exporter, partners, 5, &error);
  critmin_columns_integer(columns, "from", m->year, &error);
  critmin_columns_integer(columns, "to", m->year, &error);
  critmin_columns_number(columns, "share", m->share, &error);
  critmin_columns_coded(columns, "source", m->zero, src, 1, &error);
  critmin_columns_coded(columns, "edition", m->zero, ed, 1, &error);
  return columns;
}

typedef struct watch {
  int64_t calls, last, total, stop_at;
} watch;

static int32_t watched(void *user, int64_t done, int64_t total) {
  watch *w = user;
  w->calls++;
  ck_assert_int_gt(done, w->last);
  w->last = done;
  w->total = total;
  return w->stop_at && done >= w->stop_at;
}

START_TEST(a_long_append_says_how_far_it_is_and_can_be_stopped) {
  critmin_store *store = sample_store("long.db");
  critmin_error error;
  many m = make_many(600);
  critmin_columns *columns = columns_of_many(&m);
  watch stopped = {.stop_at = 8000}, whole = {0};
  ck_assert_int_eq(critmin_store_append(store, "flow", columns, watched, &stopped, &error), CRITMIN_ERROR_CANCELLED);
  ck_assert_int_eq(stopped.total, m.rows);
  ck_assert_int_eq(count_rows(store, "flow"), 0);
  ck_assert_int_eq(critmin_store_append(store, "flow", columns, watched, &whole, &error), CRITMIN_OK);
  ck_assert_int_ge(whole.calls, 1);
  ck_assert_int_eq(count_rows(store, "flow"), m.rows);
  ck_assert_int_eq(critmin_store_append(store, "flow", columns, NULL, NULL, &error), CRITMIN_ERROR_DUPLICATE_KEY);
  ck_assert_int_eq(count_rows(store, "flow"), m.rows);
  critmin_columns_free(columns);
  free_many(&m);
  critmin_store_close(store);
}
END_TEST

/* More rows than are put as they come: those are put in the order of the key. */
START_TEST(a_large_append_in_any_order_is_the_same_rows) {
  critmin_store *store = sample_store("large.db");
  critmin_error error;
  enum { YEARS = 700, COPIES = 8 };
  many m = make_many(YEARS);
  many large = {.rows = m.rows * COPIES};
  large.importer = calloc((size_t)large.rows, sizeof *large.importer);
  large.exporter = calloc((size_t)large.rows, sizeof *large.exporter);
  large.zero = calloc((size_t)large.rows, sizeof *large.zero);
  large.year = calloc((size_t)large.rows, sizeof *large.year);
  large.share = calloc((size_t)large.rows, sizeof *large.share);
  static const char *const codes[COPIES] = {"2601", "2602", "2603", "2604", "2605", "2606", "2607", "2608"};
  int32_t *hs = calloc((size_t)large.rows, sizeof *hs);
  for (int64_t i = 0; i < large.rows; i++) {
    int64_t from = i % m.rows;
    large.importer[i] = m.importer[from];
    large.exporter[i] = m.exporter[from];
    large.year[i] = m.year[from];
    large.share[i] = m.share[from];
    hs[i] = (int32_t)(i / m.rows);
  }
  critmin_columns *columns = columns_of_many(&large);
  ck_assert_int_eq(critmin_columns_coded(columns, "hs", hs, codes, COPIES, &error), CRITMIN_OK);
  ck_assert_msg(critmin_store_append(store, "flow", columns, NULL, NULL, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(ask_sql(scratch("large.db"), "SELECT count(*) FROM flow"), large.rows);
  ck_assert_int_eq(ask_sql(scratch("large.db"), "SELECT count(*) FROM flow WHERE hs = '2608' AND from_year = 1500"),
                   20);
  large.share[large.rows / 2] = 2; /* found in whatever order, told where it is */
  ck_assert_int_eq(ask_sql(scratch("large.db"), "PRAGMA ignore_check_constraints"), 0);
  run_sql(scratch("large.db"), "DELETE FROM flow");
  ck_assert_int_eq(critmin_store_append(store, "flow", columns, NULL, NULL, &error), CRITMIN_ERROR_SHARE_RANGE);
  ck_assert_int_eq(error.row, large.rows / 2 + 1);
  ck_assert_int_eq(ask_sql(scratch("large.db"), "SELECT count(*) FROM flow"), 0);
  critmin_columns_free(columns);
  free(hs);
  free_many(&m);
  free_many(&large);
  critmin_store_close(store);
}
END_TEST

static int32_t append_once(void *user) {
  critmin_error error;
  figures f = good();
  run_sql(scratch("memory.db"), "DELETE FROM figure");
  critmin_columns *columns = NULL;
  critmin_status status = critmin_columns_new(ROWS, &columns, &error);
  static const char *const source[ROWS] = {"src", "src", "src", "src"}, *const basis[ROWS] = {"content", "content",
                                                                                              "content", "content"};
  if (!status) status = critmin_columns_coded(columns, "mineral", f.mineral, minerals, 2, &error);
  if (!status) status = critmin_columns_coded(columns, "stage", f.stage, stages, 3, &error);
  if (!status) status = critmin_columns_coded(columns, "country", f.country, countries, 3, &error);
  if (!status) status = critmin_columns_integer(columns, "from", f.year, &error);
  if (!status) status = critmin_columns_integer(columns, "to", f.year, &error);
  if (!status) status = critmin_columns_number(columns, "value", f.value, &error);
  if (!status) status = critmin_columns_text(columns, "unit", f.unit, &error);
  if (!status) status = critmin_columns_text(columns, "basis", basis, &error);
  if (!status) status = critmin_columns_text(columns, "source", source, &error);
  if (!status) status = critmin_columns_text(columns, "edition", f.edition, &error);
  if (!status) status = critmin_store_append(user, "figure", columns, NULL, NULL, &error);
  critmin_columns_free(columns);
  ck_assert_int_eq(ask_sql(scratch("memory.db"), "SELECT count(*) FROM figure"), status ? 0 : ROWS);
  return status;
}

START_TEST(an_append_that_memory_is_short_for_writes_nothing) {
  critmin_store *store = sample_store("memory.db");
  fail_each_allocation(append_once, store);
  critmin_store_close(store);
}
END_TEST

Suite *suite_append(void) {
  Suite *suite = suite_create("append");
  TCase *rows = tcase_create("append");
  tcase_set_timeout(rows, 120);
  tcase_add_checked_fixture(rows, scratch_make, scratch_drop);
  tcase_add_test(rows, words_numbers_and_years_become_rows);
  tcase_add_loop_test(rows, a_bad_cell_is_named_by_row_and_column_and_nothing_is_written, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_test(rows, shares_that_exceed_the_whole_are_refused_together);
  tcase_add_test(rows, columns_that_the_relation_lacks_or_misses_are_named);
  tcase_add_test(rows, a_long_append_says_how_far_it_is_and_can_be_stopped);
  tcase_add_test(rows, a_large_append_in_any_order_is_the_same_rows);
  tcase_add_test(rows, an_append_that_memory_is_short_for_writes_nothing);
  suite_add_tcase(suite, rows);
  return suite;
}
