/* SPDX-License-Identifier: MIT */
/* Lists: what a selection leaves of a relation, in which order, and what is said of a selection that makes no sense. */
#include <check.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "sample.h"
#include "scratch.h"
#include "store/relation.h"
#include "suites.h"

static critmin_store *store;

static void make(void) {
  scratch_make();
  store = sample_store("list.db");
  put(store, "source", "source=iea|publisher=IEA|title=Outlook|licence=CC-BY-4.0");
  put(store, "edition", "source=iea|edition=2025|date=2025-05-21");
  put(store, "mineral", "mineral=battery|name=Battery minerals|kind=group");
  put(store, "mineral_member", "mineral=battery|member=lithium");
  put(store, "country_alias", "publisher=iea|word=DRC|country=COD");
  put(store, "stage_alias", "publisher=iea|word=Refinery|stage=processing");
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2024", "2022", "unit=t|basis=content|value=144000");
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2024", "2023", "unit=t|basis=content|value=170000");
  put_figure(store, "mineral=cobalt|stage=mining", "COD", "2025", "2023", "unit=t|basis=content|value=175000");
  put_figure(store, "mineral=cobalt|stage=mining", "AUS", "2025", "2023", "unit=t|basis=content|status=withheld");
  put_figure(store, "mineral=cobalt|stage=refined", "CHN", "2025", "2023", "unit=t|basis=content|value=170000");
  put_figure(store, "mineral=lithium|stage=hydroxide", "DEU", "2025", "2023", "unit=t|basis=content|value=1");
  put_figure(store, "mineral=lithium|stage=mining", "AUS", "2025", "2023",
             "unit=t|basis=content|value=86000|measure=capacity");
  put(store, "figure",
      "mineral=cobalt|stage=refined|country=CHN|source=iea|edition=2025|from=2019|to=2023|unit=share|basis=content|"
      "value=0.7");
  put(store, "flow",
      "mineral=cobalt|stage=mining|importer=CHN|exporter=COD|source=src|edition=2025|from=2023|to=2023|share=0.9");
  put(store, "flow",
      "mineral=cobalt|stage=mining|importer=DEU|exporter=CHN|source=src|edition=2025|from=2024|to=2024|share=0.9");
  put_agreement(store, "agreement=raw-deal|name=A|kind=framework|effective=2023-05|until=2030",
                "agreement=raw-deal|country=EU");
  put_agreement(store, "agreement=other|name=B|kind=offtake", "agreement=other|name=A company");
  put(store, "agreement_scope", "agreement=raw-deal|mineral=cobalt|stage=mining");
  put(store, "group", "group=OLD|name=Was once");
  put(store, "group_member", "group=OLD|country=AUS|from=1990|to=2000-06");
}

static void drop(void) {
  critmin_store_close(store);
  scratch_drop();
}

/* A selection of "dimension=name" texts (`years=2022:2023`, `option:source=src`), ended by NULL, and the rows it
 * leaves. */
static critmin_status ask(const char *what, critmin_table **table, critmin_error *error, ...) {
  critmin_selection *selection = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, error), CRITMIN_OK);
  va_list texts;
  va_start(texts, error);
  critmin_status status = CRITMIN_OK;
  const char *text;
  while ((text = va_arg(texts, const char *))) {
    char name[64];
    const char *value = strchr(text, '=') + 1;
    memcpy(name, text, (size_t)(value - text) - 1);
    name[value - text - 1] = '\0';
    if (strcmp(name, "years") == 0)
      status = critmin_selection_years(selection, atoi(value), atoi(strchr(value, ':') + 1), error);
    else if (strncmp(name, "option:", 7) == 0)
      status = critmin_selection_set(selection, name + 7, value, error);
    else
      status = critmin_selection_add(selection, name, value, error);
    ck_assert_msg(status == CRITMIN_OK, "%s: %s", text, error->message);
  }
  va_end(texts);
  status = strcmp(what, "figures") == 0 ? critmin_store_figures(store, selection, table, error)
                                        : critmin_store_list(store, what, selection, table, error);
  critmin_selection_free(selection);
  return status;
}

#define ROWS(expected, what, ...)                                                                     \
  do {                                                                                                \
    critmin_table *rows_ = NULL;                                                                      \
    critmin_error error_;                                                                             \
    ck_assert_msg(ask(what, &rows_, &error_, __VA_ARGS__, NULL) == CRITMIN_OK, "%s", error_.message); \
    ck_assert_int_eq(critmin_table_rows(rows_), expected);                                            \
    critmin_table_free(rows_);                                                                        \
  } while (0)

#define REFUSED(expected, says, what, ...)                                     \
  do {                                                                         \
    critmin_table *rows_ = NULL;                                               \
    critmin_error error_;                                                      \
    ck_assert_int_eq(ask(what, &rows_, &error_, __VA_ARGS__, NULL), expected); \
    ck_assert_ptr_null(rows_);                                                 \
    ck_assert_msg(strstr(error_.message, says) != NULL, "%s", error_.message); \
  } while (0)

START_TEST(dimensions_narrow_and_their_names_are_alternatives) {
  ROWS(6, "figures", "mineral=cobalt");
  ROWS(6, "figures", "mineral=Co");
  ROWS(8, "figures", "mineral=cobalt", "mineral=lithium");
  ROWS(2, "figures", "mineral=battery"); /* a group stands for its members */
  ROWS(3, "figures", "stage=processing");
  ROWS(3, "figures", "stage=Refinery"); /* a publisher's word for a kind */
  ROWS(2, "figures", "stage=refined");
  ROWS(5, "figures", "stage=mining");
  ROWS(3, "figures", "country=DRC");
  ROWS(1, "figures", "country=EU");
  ROWS(1, "figures", "measure=capacity");
  ROWS(1, "figures", "status=withheld");
  ROWS(2, "figures", "mineral=cobalt", "years=2022:2022");
  ROWS(6, "figures", "mineral=cobalt", "years=2022:2023");
  ROWS(1, "figures", "option:source=iea");
  ROWS(2, "figures", "option:edition=2024-12-31");
  ROWS(2, "figures", "country=COD", "option:edition=2025-02-01"); /* of 2022 the older edition, of 2023 the newer */
}
END_TEST

START_TEST(lists_are_narrowed_by_the_dimensions_they_have) {
  ROWS(2, "stages", "mineral=cobalt");
  ROWS(2, "stages", "stage=processing");
  ROWS(2, "minerals", "mineral=battery");
  ROWS(2, "minerals", "stage=mining");
  ROWS(2, "countries", "country=EU");
  ROWS(1, "countries", "kind=world");
  ROWS(1, "groups", "country=DEU");
  ROWS(1, "groups", "country=EU");
  ROWS(1, "sources", "option:source=iea");
  ROWS(2, "editions", "option:source=src");
  ROWS(1, "editions", "option:edition=2024-12-31");
  ROWS(1, "flow", "country=COD");
  ROWS(1, "flow", "country=CHN", "partner=DEU");
  ROWS(1, "flow", "years=2024:2030");
  ROWS(1, "agreements", "mineral=cobalt");
  ROWS(0, "agreements", "mineral=lithium");
  ROWS(1, "agreements", "country=EU");
  ROWS(1, "agreements", "kind=offtake");
  ROWS(1, "agreements", "key=Raw_Deal");
  ROWS(1, "agreement_scope", "key=raw-deal");
  ROWS(1, "agreements", "years=2031:2032"); /* one has no dates */
  ROWS(2, "agreements", "years=2023:2023");
  ROWS(2, "measures", "mineral=cobalt"); /* a dimension that measures do not have */
}
END_TEST

START_TEST(what_was_so_on_a_day) {
  ROWS(3, "group_member", "option:date=2000-06-30");
  ROWS(2, "group_member", "option:date=2000-07-01");
  ROWS(0, "group_member", "option:date=1950-01-01");
  ROWS(1, "countries", "country=OLD", "option:date=1995-01-01");
  ROWS(0, "countries", "country=OLD", "option:date=2001-01-01");
  ROWS(0, "countries", "country=OLD", "years=2001:2010");
  ROWS(1, "countries", "country=OLD", "years=2000:2010");
}
END_TEST

START_TEST(names_that_are_nowhere_are_told_the_nearest) {
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'cobalt'?", "figures", "mineral=cobolt");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'refined'?", "figures", "stage=refind");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'Germany'?", "figures", "country=germny");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'capacity'?", "figures", "measure=capcity");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'withheld'?", "figures", "status=witheld");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'iea'?", "figures", "option:source=iaa");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'raw-deal'?", "agreements", "key=raw-deel");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "'offtake'", "agreements", "kind=offtak");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "did you mean 'mineral'?", "mineralz", "mineral=cobalt");
  REFUSED(CRITMIN_ERROR_UNKNOWN_NAME, "'cobolt'", "measures", "mineral=cobolt"); /* also where it would not narrow */
}
END_TEST

START_TEST(a_stage_outside_every_chain_selected_is_said_with_the_chain) {
  REFUSED(CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "cobalt has no stage 'hydroxide'; its chain is: mining, refined", "figures",
          "mineral=cobalt", "stage=hydroxide");
  ROWS(1, "figures", "mineral=cobalt", "mineral=lithium", "stage=hydroxide");
  REFUSED(CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, "no stage 'component'", "figures", "mineral=cobalt", "mineral=lithium",
          "stage=component");
}
END_TEST

START_TEST(figures_that_never_meet_are_an_empty_selection) {
  REFUSED(CRITMIN_ERROR_EMPTY_SELECTION, "never together", "figures", "mineral=lithium", "country=COD");
  REFUSED(CRITMIN_ERROR_EMPTY_SELECTION, "never together", "figures", "years=1990:1991");
  critmin_table *table = NULL;
  critmin_error error;
  critmin_store *empty = new_store("empty.db");
  ck_assert_int_eq(critmin_store_figures(empty, NULL, &table, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(table), 0);
  critmin_table_free(table);
  critmin_store_close(empty);
}
END_TEST

START_TEST(a_list_is_ordered_by_key_and_a_chain_by_place) {
  critmin_table *table = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_store_list(store, "stages", NULL, &table, &error), CRITMIN_OK);
  const char *expected[] = {"mining", "refined", "mining", "hydroxide"};
  for (int i = 0; i < 4; i++)
    ck_assert_str_eq(critmin_table_text(table, critmin_table_find(table, "stage"), i), expected[i]);
  critmin_table_free(table);
  ck_assert_int_eq(critmin_store_list(store, "country", NULL, &table, &error), CRITMIN_OK);
  for (int64_t i = 1; i < critmin_table_rows(table); i++)
    ck_assert_int_lt(strcmp(critmin_table_text(table, 0, i - 1), critmin_table_text(table, 0, i)), 0);
  critmin_table_free(table);
}
END_TEST

START_TEST(every_relation_lists_and_describes_itself) {
  critmin_table *relations = NULL;
  critmin_error error;
  ck_assert_int_eq(critmin_store_list(store, "relations", NULL, &relations, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(relations), cm_n_relations);
  for (int64_t i = 0; i < critmin_table_rows(relations); i++) {
    const char *name = critmin_table_text(relations, 0, i), *plural = critmin_table_text(relations, 1, i);
    critmin_table *fields = NULL, *rows = NULL;
    ck_assert_int_eq(critmin_store_fields(name, &fields, &error), CRITMIN_OK);
    ck_assert_msg(critmin_store_list(store, plural, NULL, &rows, &error) == CRITMIN_OK, "%s: %s", plural,
                  error.message);
    ck_assert_int_eq(critmin_table_rows(fields), critmin_table_columns(rows));
    for (int64_t f = 0; f < critmin_table_rows(fields); f++)
      ck_assert_str_eq(critmin_table_text(fields, 0, f), critmin_table_name(rows, (int32_t)f));
    critmin_table_free(fields);
    critmin_table_free(rows);
  }
  critmin_table_free(relations);
  critmin_table *fields = NULL;
  ck_assert_int_eq(critmin_store_fields("figures", &fields, &error), CRITMIN_OK);
  int64_t value = -1, measure = -1;
  for (int64_t i = 0; i < critmin_table_rows(fields); i++) {
    if (strcmp(critmin_table_text(fields, 0, i), "value") == 0) value = i;
    if (strcmp(critmin_table_text(fields, 0, i), "measure") == 0) measure = i;
  }
  ck_assert_str_eq(critmin_table_text(fields, critmin_table_find(fields, "type"), value), "number");
  ck_assert_double_eq(critmin_table_number(fields, critmin_table_find(fields, "low"), value), 0);
  ck_assert_int_eq(critmin_table_integers(fields, critmin_table_find(fields, "required"))[measure],
                   0); /* it has an initial value */
  critmin_table_free(fields);
  ck_assert_int_eq(critmin_store_fields("figurez", &fields, &error), CRITMIN_ERROR_UNKNOWN_NAME);
}
END_TEST

START_TEST(null_arguments_are_named) {
  critmin_table *table = NULL;
  critmin_error error;
  const char *name = "mineral";
  ck_assert_int_eq(critmin_store_list(NULL, "minerals", NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_list(store, NULL, NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_list(store, "minerals", NULL, NULL, NULL), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_figures(NULL, NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_figures(store, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_fields(NULL, &table, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_set(NULL, "mineral", &name, &name, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_set(store, NULL, &name, &name, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_set(store, "mineral", NULL, &name, 1, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_set(store, "mineral", &name, NULL, 1, &error), CRITMIN_ERROR_ARGUMENT);
  name = NULL;
  ck_assert_int_eq(critmin_store_remove(store, "mineral", &name, &name, 1, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error.message, "names[0]"));
}
END_TEST

Suite *suite_list(void) {
  Suite *suite = suite_create("list");
  TCase *lists = tcase_create("lists");
  tcase_add_checked_fixture(lists, make, drop);
  tcase_add_test(lists, dimensions_narrow_and_their_names_are_alternatives);
  tcase_add_test(lists, lists_are_narrowed_by_the_dimensions_they_have);
  tcase_add_test(lists, what_was_so_on_a_day);
  tcase_add_test(lists, names_that_are_nowhere_are_told_the_nearest);
  tcase_add_test(lists, a_stage_outside_every_chain_selected_is_said_with_the_chain);
  tcase_add_test(lists, figures_that_never_meet_are_an_empty_selection);
  tcase_add_test(lists, a_list_is_ordered_by_key_and_a_chain_by_place);
  tcase_add_test(lists, every_relation_lists_and_describes_itself);
  tcase_add_test(lists, null_arguments_are_named);
  suite_add_tcase(suite, lists);
  return suite;
}
