/* SPDX-License-Identifier: MIT */
/* The project's CSV layout: what a file may be like, and where and how one that is wrong is refused, with nothing
 * written. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../store/sample.h"
#include "../store/scratch.h"
#include "runner.h"
#include "suites.h"

#define HEADER "mineral,stage,country,from,to,unit,basis,value,status,source,edition\n"
#define SECTORS "mineral,stage,country,sector,from,to,unit,basis,value,source,edition\n"
#define GOOD "cobalt,mining,COD,2023,2023,t,content,1,reported,src,2025\n"

static critmin_status import(critmin_store *store, const char *name, const char *bytes, size_t size,
                             critmin_table **audit, critmin_error *error) {
  file_write(scratch(name), bytes, size);
  return critmin_store_import(store, "critmin", scratch(name), NULL, NULL, audit, error);
}

/* What is wrong with a file, on which line and in which column. */
static const struct refusal {
  const char *file, *text;
  critmin_status status;
  int64_t row, column;
  const char *says;
} refusals[] = {
    {"a.csv", "", CRITMIN_ERROR_FORMAT, 1, 0, "the file is empty"},
    {"a.csv", "\n\n", CRITMIN_ERROR_FORMAT, 1, 0, "the file is empty"},
    {"a.csv", "x,y\n1,2\n", CRITMIN_ERROR_FORMAT, 1, 0, "none of the columns is a field"},
    {"a.csv", "mineral,stage,country,from,to,unit,basis,valeu,source,edition\n", CRITMIN_ERROR_FORMAT, 1, 8,
     "'valeu' is no column of figure; did you mean 'value'?"},
    {"a.csv", "mineral,stage,country,from,to,unit,basis,value,value,source,edition\n", CRITMIN_ERROR_FORMAT, 1, 9,
     "is there twice"},
    {"a.csv", "mineral,stage,country,from,to,unit,basis,value,source\n", CRITMIN_ERROR_FORMAT, 1, 0,
     "the column 'edition' is missing"},
    {"figure.csv", "mineral,stage,wrd\n", CRITMIN_ERROR_FORMAT, 1, 3, "'wrd' is no column of figure"},
    {"a.csv", HEADER GOOD "cobalt,mining,COD,2023\n", CRITMIN_ERROR_FORMAT, 3, 0, "4 fields where the header has 11"},
    {"a.csv", HEADER "cobalt,mining,COD,2023,2023,t,content,1,reported,src,2025,\n", CRITMIN_ERROR_FORMAT, 2, 0,
     "12 fields where the header has 11"},
    {"a.csv", HEADER GOOD "cobalt,min\"ing,COD,2023,2023,t,content,1,reported,src,2025\n", CRITMIN_ERROR_FORMAT, 3, 2,
     "a quotation mark out of place"},
    {"a.csv", HEADER "cobalt,\"mining\" ,COD,2023,2023,t,content,1,reported,src,2025\n", CRITMIN_ERROR_FORMAT, 2, 2,
     "quotation mark"},
    {"a.csv", HEADER "cobalt,\"mining,COD,2023,2023,t,content,1,reported,src,2025\n", CRITMIN_ERROR_FORMAT, 3, 2,
     "quotation mark"},
    {"a.csv", HEADER "cobalt,mining,C\xD6TE,2023,2023,t,content,1,reported,src,2025\n", CRITMIN_ERROR_FORMAT, 2, 3,
     "not UTF-8"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,t,content,-5,reported,src,2025\n", CRITMIN_ERROR_NEGATIVE, 3, 8,
     "line 3, column 8 (value): figure: field 'value' is -5; a quantity cannot be below zero"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,share,content,47,reported,src,2025\n", CRITMIN_ERROR_SHARE_RANGE,
     3, 8, "is 47"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,t,content,n.a.,reported,src,2025\n", CRITMIN_ERROR_INVALID_VALUE,
     3, 8, "'n.a.', no number"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,t,content,,reported,src,2025\n", CRITMIN_ERROR_MISSING_VALUE, 3,
     8, "is empty"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,t,content,1,reported,,2025\n", CRITMIN_ERROR_MISSING_VALUE, 3,
     10, "is empty"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2022,t,content,1,reported,src,2025\n", CRITMIN_ERROR_YEAR_RANGE, 3, 5,
     "before 'from'"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,1023,2023,t,content,1,reported,src,2025\n", CRITMIN_ERROR_YEAR_RANGE, 3, 4,
     "1500 and 2200"},
    {"a.csv", HEADER GOOD "cobalt,hydroxide,AUS,2023,2023,t,content,1,reported,src,2025\n",
     CRITMIN_ERROR_STAGE_NOT_IN_CHAIN, 3, 2, "its chain is: mining, refined"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,t,oxide,1,reported,src,2025\n", CRITMIN_ERROR_MIXED_BASES, 3, 7,
     "'oxide'"},
    {"a.csv", HEADER GOOD "cobalt,mining,Austalia,2023,2023,t,content,1,reported,src,2025\n",
     CRITMIN_ERROR_UNKNOWN_NAME, 3, 3, "did you mean 'Australia'?"},
    {"a.csv", HEADER GOOD "cobalt,mining,AUS,2023,2023,t,content,1,reported,src,2026\n", CRITMIN_ERROR_UNKNOWN_NAME, 3,
     11, "'2026'"},
    {"a.csv", HEADER GOOD "\n\"cobalt\",mining,DR Congo,2023-01,2023-12,t,content,2,reported,src,2025\n",
     CRITMIN_ERROR_DUPLICATE_KEY, 4, 0, "from an earlier row of the same file"},
    {"a.csv",
     "mineral,stage,country,from,to,unit,basis,value,status,source,edition,note\n"
     "cobalt,mining,COD,2023,2023,t,content,1,reported,src,2025,\"a note\nof\nthree lines\"\n"
     "cobalt,mining,AUS,2023,2023,t,content,x,reported,src,2025,\n",
     CRITMIN_ERROR_INVALID_VALUE, 5, 8, "line 5"},
    {"a.csv",
     HEADER "cobalt,mining,COD,2023,2023,share,content,0.6,reported,src,2025\ncobalt,mining,AUS,2023,2023,share,"
            "content,0.6,reported,src,2025\n",
     CRITMIN_ERROR_SHARE_RANGE, 0, 0, "sum to 1.2"},
    {"a.csv",
     SECTORS "cobalt,mining,COD,magnets,2023,2023,share,content,0.5,src,2025\n"
             "cobalt,mining,COD,glass,2023,2023,share,content,0.75,src,2025\n",
     CRITMIN_ERROR_SHARE_RANGE, 0, 0, "sum to 1.25"},
};

START_TEST(shares_of_unions_and_of_other_countries_sectors_do_not_add_up) {
  critmin_store *store = sample_store("sums.db");
  critmin_error error;
  put(store, "country", "country=EUU|kind=union|name=European Union");
  const char *file = SECTORS
      "cobalt,mining,COD,magnets,2023,2023,share,content,0.6,src,2025\n"
      "cobalt,mining,AUS,magnets,2023,2023,share,content,0.7,src,2025\n"
      "cobalt,refined,DEU,,2023,2023,share,content,0.9,src,2025\n"
      "cobalt,refined,EUU,,2023,2023,share,content,1,src,2025\n";
  ck_assert_msg(import(store, "sums.csv", file, strlen(file), NULL, &error) == CRITMIN_OK, "%s", error.message);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_file_that_is_wrong_is_refused_at_its_place_and_nothing_is_written) {
  const struct refusal *r = &refusals[_i];
  critmin_store *store = sample_store("refuse.db");
  critmin_table *audit = NULL;
  critmin_error error;
  critmin_status status = import(store, r->file, r->text, strlen(r->text), &audit, &error);
  ck_assert_msg(status == r->status && error.status == status, "%s: %s", critmin_status_name(status), error.message);
  ck_assert_msg(strstr(error.message, r->says) != NULL, "%s", error.message);
  if (r->row)
    ck_assert_msg(strncmp(error.message, scratch(r->file), strlen(scratch(r->file))) == 0, "%s", error.message);
  ck_assert_int_eq(error.row, r->row);
  ck_assert_int_eq(error.column, r->column);
  ck_assert_ptr_null(audit);
  ck_assert_int_eq(count_rows(store, "figure"), 0);
  critmin_store_close(store);
}
END_TEST

START_TEST(text_with_a_nul_is_no_text) {
  static const char bytes[] = HEADER "cobalt,mi\0ning,COD,2023,2023,t,content,1,reported,src,2025\n";
  critmin_store *store = sample_store("nul.db");
  critmin_error error;
  ck_assert_int_eq(import(store, "nul.csv", bytes, sizeof bytes - 1, NULL, &error), CRITMIN_ERROR_FORMAT);
  ck_assert_int_eq(error.row, 2);
  ck_assert_int_eq(error.column, 2);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_file_may_be_written_in_many_ways) {
  static const char *const ways[] = {
      HEADER GOOD,
      "\xEF\xBB\xBF" HEADER GOOD,
      "mineral,stage,country,from,to,unit,basis,value,status,source,edition\r\ncobalt,mining,COD,2023,2023,t,content,1,"
      "reported,src,2025\r\n",
      HEADER "cobalt,mining,COD,2023,2023,t,content,1,reported,src,2025", /* no line end */
      "\n" HEADER "\n" GOOD "\n\n",
      "\"mineral\",\"stage\",\"country\",\"from\",\"to\",\"unit\",\"basis\",\"value\",\"status\",\"source\","
      "\"edition\"\n" GOOD,
      "Edition,SOURCE,value,basis,unit,to,from,Country,stage,mineral\n2025,src,1,content,t,2023,2023,COD,mining,"
      "cobalt\n",
      HEADER "Cobalt,processing,DR Congo,2023-01-01,2023-12,t,CONTENT,1.0e0,Reported,SRC,2025\n",
  };
  for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
    char name[16];
    snprintf(name, sizeof name, "way%zu.db", i);
    critmin_store *store = sample_store(name);
    critmin_error error;
    ck_assert_msg(import(store, "way.csv", ways[i], strlen(ways[i]), NULL, &error) == CRITMIN_OK, "%zu: %s", i,
                  error.message);
    ck_assert_int_eq(
        ask_sql(scratch(name),
                "SELECT count(*) FROM figure WHERE value = 1 AND period_from = 20230101 AND period_to = 20231231 "
                "AND basis = 'content' AND status = 'reported'"),
        1);
    critmin_store_close(store);
  }
}
END_TEST

START_TEST(the_words_of_a_file_are_its_source_s) {
  critmin_store *store = sample_store("words.db");
  critmin_error error;
  put(store, "source", "source=other|publisher=p|title=t|licence=l");
  put(store, "edition", "source=other|edition=1|date=2025-01-01");
  put(store, "country_alias", "publisher=src|word=Congo|country=COD");
  put(store, "country_alias", "publisher=other|word=Congo|country=AUS");
  put(store, "stage_alias", "publisher=src|word=Plant|stage=processing");
  const char *file = HEADER
      "cobalt,Plant,Congo,2023,2023,t,content,1,reported,src,2025\n"
      "cobalt,refined,Congo,2023,2023,t,content,2,reported,other,1\n";
  ck_assert_msg(import(store, "words.csv", file, strlen(file), NULL, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(
      ask_sql(scratch("words.db"),
              "SELECT count(*) FROM figure f JOIN country c ON c.id = f.country_id WHERE (c.key, value) IN "
              "(VALUES('COD', 1.0), ('AUS', 2.0))"),
      2);
  file = HEADER "cobalt,Plant,COD,2023,2023,t,content,1,reported,other,1\n";
  ck_assert_int_eq(import(store, "words.csv", file, strlen(file), NULL, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "among the words of other"));
  critmin_store_close(store);
}
END_TEST

START_TEST(the_audit_tells_new_rows_from_replaced_ones) {
  critmin_store *store = sample_store("audit.db");
  critmin_error error;
  critmin_table *audit = NULL;
  ck_assert_int_eq(import(store, "a.csv", HEADER GOOD, strlen(HEADER GOOD), &audit, &error), CRITMIN_OK);
  critmin_table_free(audit);
  const char *more = HEADER GOOD "cobalt,mining,AUS,2023,2023,t,content,1,reported,src,2025\n";
  ck_assert_int_eq(import(store, "a.csv", more, strlen(more), &audit, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_table_rows(audit), 1);
  ck_assert_str_eq(critmin_table_text(audit, critmin_table_find(audit, "relation"), 0), "figure");
  ck_assert_double_eq(critmin_table_number(audit, critmin_table_find(audit, "rows"), 0), 2);
  ck_assert_double_eq(critmin_table_number(audit, critmin_table_find(audit, "new"), 0), 1);
  ck_assert_double_eq(critmin_table_number(audit, critmin_table_find(audit, "replaced"), 0), 1);
  critmin_table_free(audit);
  critmin_store_close(store);
}
END_TEST

START_TEST(a_header_that_fits_several_relations_is_told_by_the_file_s_name) {
  critmin_store *store = sample_store("names.db");
  critmin_error error;
  put_agreement(store, "agreement=a|name=A|kind=framework", "agreement=a|country=EU");
  const char *file = "source,title,publisher,licence\nx,T,P,L\n";
  ck_assert_msg(import(store, "anything.csv", file, strlen(file), NULL, &error) == CRITMIN_OK, "%s", error.message);
  file = "name,note,country,mineral,stage,kind\n";
  ck_assert_int_eq(import(store, "anything.csv", file, strlen(file), NULL, &error), CRITMIN_ERROR_FORMAT);
  /* source is a field of the citations of every record, which all have the same look. */
  file = "agreement,source\na,src\n";
  ck_assert_msg(import(store, "agreement_citation-new.csv", file, strlen(file), NULL, &error) == CRITMIN_OK, "%s",
                error.message);
  ck_assert_int_eq(count_rows(store, "agreement_citation"), 1);
  critmin_store_close(store);
}
END_TEST

START_TEST(files_and_formats_that_are_not_there_are_named) {
  critmin_store *store = sample_store("there.db");
  critmin_error error;
  ck_assert_int_eq(critmin_store_import(store, "critmim", scratch("none.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "did you mean 'critmin'?"));
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("none.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_IO);
  ck_assert_int_ne(error.system_code, 0);
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch(""), NULL, NULL, NULL, &error), CRITMIN_ERROR_IO);
  ck_assert_int_eq(critmin_store_import(store, NULL, scratch("none.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_import(store, "critmin", NULL, NULL, NULL, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_store_import(NULL, "critmin", scratch("none.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_ARGUMENT);
  critmin_store_close(store);
}
END_TEST

static int32_t stop_at_once(void *user, int64_t done, int64_t total) {
  int64_t *seen = user;
  seen[0] = done;
  seen[1] = total;
  return 1;
}

START_TEST(a_long_import_can_be_stopped_and_leaves_nothing) {
  critmin_store *store = sample_store("stop.db");
  critmin_error error;
  size_t room = 600000, length = 0;
  char *text = malloc(room);
  ck_assert_ptr_nonnull(text);
  length += (size_t)snprintf(text, room, "mineral,stage,country,sector,from,to,unit,basis,value,source,edition\n");
  for (int i = 0; i < 5000; i++)
    length += (size_t)snprintf(text + length, room - length,
                               "cobalt,mining,COD,sector %d,2023,2023,t,content,%d,src,2025\n", i, i);
  file_write(scratch("long.csv"), text, length);
  free(text);
  int64_t seen[2] = {0, 0};
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("long.csv"), stop_at_once, seen, NULL, &error),
                   CRITMIN_ERROR_CANCELLED);
  ck_assert_int_gt(seen[0], 0);
  ck_assert_int_eq(seen[1], (int64_t)length);
  ck_assert_int_eq(count_rows(store, "figure"), 0);
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("long.csv"), NULL, NULL, NULL, &error), CRITMIN_OK);
  ck_assert_int_eq(count_rows(store, "figure"), 5000);
  critmin_store_close(store);
}
END_TEST

static int32_t import_once(void *user) {
  critmin_error error;
  critmin_table *audit = NULL;
  run_sql(scratch("memory.db"), "DELETE FROM figure");
  critmin_status status = critmin_store_import(user, "critmin", scratch("memory.csv"), NULL, NULL, &audit, &error);
  ck_assert_int_eq(ask_sql(scratch("memory.db"), "SELECT count(*) FROM figure"), status ? 0 : 2);
  ck_assert_int_eq(audit != NULL, status == CRITMIN_OK);
  critmin_table_free(audit);
  return status;
}

START_TEST(an_import_that_memory_is_short_for_writes_nothing) {
  critmin_store *store = sample_store("memory.db");
  const char *file = HEADER GOOD "cobalt,processing,China,2023,2023,share,content,0.7,estimated,src,2025\n";
  file_write(scratch("memory.csv"), file, strlen(file));
  fail_each_allocation(import_once, store);
  critmin_store_close(store);
}
END_TEST

Suite *suite_layout(void) {
  Suite *suite = suite_create("layout");
  TCase *files = tcase_create("files");
  tcase_set_timeout(files, 120);
  tcase_add_checked_fixture(files, scratch_make, scratch_drop);
  tcase_add_loop_test(files, a_file_that_is_wrong_is_refused_at_its_place_and_nothing_is_written, 0,
                      sizeof refusals / sizeof refusals[0]);
  tcase_add_test(files, shares_of_unions_and_of_other_countries_sectors_do_not_add_up);
  tcase_add_test(files, text_with_a_nul_is_no_text);
  tcase_add_test(files, a_file_may_be_written_in_many_ways);
  tcase_add_test(files, the_words_of_a_file_are_its_source_s);
  tcase_add_test(files, the_audit_tells_new_rows_from_replaced_ones);
  tcase_add_test(files, a_header_that_fits_several_relations_is_told_by_the_file_s_name);
  tcase_add_test(files, files_and_formats_that_are_not_there_are_named);
  tcase_add_test(files, a_long_import_can_be_stopped_and_leaves_nothing);
  tcase_add_test(files, an_import_that_memory_is_short_for_writes_nothing);
  suite_add_tcase(suite, files);
  return suite;
}
