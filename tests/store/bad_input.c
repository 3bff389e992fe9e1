/* SPDX-License-Identifier: MIT */
/* What makes no sense is refused, as a row, as a record and as a file, with the row named and nothing written. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "sample.h"
#include "scratch.h"
#include "suites.h"

static critmin_store *store;
static critmin_error error;

static void make(void) {
  scratch_make();
  store = sample_store("bad.db");
  put(store, "measure", "measure=demand|unit=quantity|text=use");
  put_agreement(store, "agreement=deal|name=Deal|kind=offtake", "agreement=deal|country=EU");
  put(store, "restriction", "restriction=ban|kind=ban|country=CHN");
  put(store, "indicator_kind", "indicator=law|name=Rule of law|unit=score|worst=-2.5|best=2.5");
}

static void drop(void) {
  critmin_store_close(store);
  scratch_drop();
}

/* Each wrong row of a relation, the words of its refusal, and the same as a file: a row that will do, then the wrong one. */
static const struct {
  const char *relation, *row;
  critmin_status status;
  const char *says, *header, *good, *bad;
} wrong[] = {
    {"group_member", "group=EU|country=DEU|from=1990", CRITMIN_ERROR_INVALID_VALUE, "DEU is a member of group EU",
     "group,country,from,to", "EU,AUS,2001,2002", "EU,FRA,1990-05,"},
    {"restriction_suspension", "restriction=ban|from=2025-11-09|until=2025-10", CRITMIN_ERROR_YEAR_RANGE, "2025-10",
     "restriction,from,until", "ban,2024-01-01,2024-02-01", "ban,2025-11-09,2025-10"},
    {"agreement_commitment",
     "agreement=deal|kind=tonnes|mineral=cobalt|stage=refined|tonnes=5|basis=content|share=0.5",
     CRITMIN_ERROR_INVALID_VALUE, "a commitment is of one kind", "agreement,kind,mineral,tonnes,share",
     "deal,share,cobalt,,0.4", "deal,share,cobalt,5,0.5"},
    {"agreement_commitment", "agreement=deal|kind=right|amount=5|currency=USD", CRITMIN_ERROR_INVALID_VALUE,
     "although the kind is right", "agreement,kind,amount,currency", "deal,money,4,EUR", "deal,right,5,EUR"},
    {"agreement_commitment", "agreement=deal|kind=money|amount=5|currency=XYZ", CRITMIN_ERROR_INVALID_VALUE, "'XYZ'",
     "agreement,kind,amount,currency", "deal,money,4,EUR", "deal,money,5,Dollars"},
    {"flow",
     "mineral=cobalt|stage=mining|importer=COD|exporter=COD|source=src|edition=2025|from=2023|to=2023|share=0.9",
     CRITMIN_ERROR_INVALID_VALUE, "COD, the importer", "mineral,stage,importer,exporter,from,to,share,source,edition",
     "cobalt,mining,CHN,COD,2023,2023,0.5,src,2025", "cobalt,mining,COD,COD,2023,2023,0.5,src,2025"},
    {"indicator", "indicator=law|country=COD|year=2023|value=5.1|source=src|edition=2025", CRITMIN_ERROR_INVALID_VALUE,
     "the scale of law runs from -2.5 to 2.5", "indicator,country,year,value,source,edition", "law,COD,2023,-2.6,src,2025",
     "law,CHN,2023,-99,src,2025"},
    {"figure",
     "measure=demand|mineral=cobalt|stage=refined|country=DEU|from=2023|to=2023|unit=t|basis=content|value=-1|source=src|"
     "edition=2025",
     CRITMIN_ERROR_NEGATIVE, "-1", "measure,mineral,stage,country,from,to,unit,basis,value,source,edition",
     "demand,cobalt,refined,DEU,2023,2023,t,content,7,src,2025", "demand,cobalt,refined,FRA,2023,2023,t,content,-7,src,2025"},
};
enum { N_WRONG = sizeof wrong / sizeof wrong[0] };

START_TEST(as_a_row) {
  int64_t before = count_rows(store, wrong[_i].relation);
  ck_assert_msg(try_put(store, wrong[_i].relation, wrong[_i].row, &error) == wrong[_i].status, "%s", error.message);
  ck_assert_msg(strstr(error.message, wrong[_i].says) != NULL, "%s", error.message);
  ck_assert_int_eq(count_rows(store, wrong[_i].relation), before);
}
END_TEST

START_TEST(as_a_file_of_which_another_row_would_do) {
  char csv[512], name[64];
  int64_t before = count_rows(store, wrong[_i].relation);
  snprintf(name, sizeof name, "%s-some.csv", wrong[_i].relation);
  snprintf(csv, sizeof csv, "%s\n%s\n", wrong[_i].header, wrong[_i].good);
  file_write(scratch(name), csv, strlen(csv));
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_msg(critmin_store_import(store, "critmin", scratch(name), NULL, NULL, NULL, &error) == CRITMIN_OK, "%s",
                error.message);
  ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
  snprintf(csv, sizeof csv, "%s\n%s\n%s\n", wrong[_i].header, wrong[_i].good, wrong[_i].bad);
  file_write(scratch(name), csv, strlen(csv));
  ck_assert_msg(critmin_store_import(store, "critmin", scratch(name), NULL, NULL, NULL, &error) == wrong[_i].status, "%s",
                error.message);
  /* A membership is wrong beside another row, which is told by its place among the group's. */
  ck_assert_int_eq(error.row, strcmp(wrong[_i].relation, "group_member") == 0 ? 4 : 3);
  ck_assert_int_eq(count_rows(store, wrong[_i].relation), before);
}
END_TEST

START_TEST(an_agreement_without_a_party) {
  ck_assert_int_eq(try_put(store, "agreement", "agreement=lone|name=Lone|kind=loan", &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_ptr_nonnull(strstr(error.message, "agreement `lone` has no party"));
  ck_assert_int_eq(count_rows(store, "agreement"), 1);
  const char csv[] = "agreement,name,kind\nmore,More,loan\nlone,Lone,loan\n", parties[] = "agreement,country\nmore,DEU\n";
  file_write(scratch("agreement.csv"), csv, strlen(csv));
  file_write(scratch("agreement_party.csv"), parties, strlen(parties));
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("agreement.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(count_rows(store, "agreement"), 1);
  /* Within a transaction the parties may follow; the one that has none is named when all should be kept. */
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("agreement.csv"), NULL, NULL, NULL, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("agreement_party.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_OK);
  ck_assert_int_eq(critmin_store_commit(store, &error), CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_ptr_nonnull(strstr(error.message, "`lone`"));
  put(store, "agreement_party", "agreement=lone|name=A company");
  ck_assert_msg(critmin_store_commit(store, &error) == CRITMIN_OK, "%s", error.message);
  ck_assert_int_eq(count_rows(store, "agreement"), 3);
}
END_TEST

START_TEST(the_last_party_of_an_agreement_taken_away) {
  const char *name = "agreement", *value = "deal";
  ck_assert_int_eq(critmin_store_remove(store, "agreement_party", &name, &value, 1, NULL, &error),
                   CRITMIN_ERROR_MISSING_VALUE);
  ck_assert_int_eq(count_rows(store, "agreement_party"), 1);
  critmin_agreement *deal = NULL;
  ck_assert_int_eq(critmin_agreement_read(store, "deal", &deal, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_agreement_clear(deal, "party", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_agreement_write(deal, &error), CRITMIN_ERROR_MISSING_VALUE);
  critmin_agreement_free(deal);
  ck_assert_int_eq(count_rows(store, "agreement_party"), 1);
  ck_assert_int_eq(critmin_agreement_delete(store, "deal", &error), CRITMIN_OK);
  ck_assert_int_eq(count_rows(store, "agreement_party"), 0);
}
END_TEST

/* A row that only says that a country produces is no producer of its own, and a country's key on any other is refused. */
START_TEST(a_country_among_the_producers_of_a_file) {
  const char csv[] = "producer,name,kind,country\nCOD,DR Congo,country,COD\nworks,Works,facility,COD\n";
  const char other[] = "producer,name,kind,country\nworks,Works,country,COD\n";
  file_write(scratch("producer.csv"), csv, strlen(csv));
  critmin_table *audit = NULL;
  ck_assert_msg(critmin_store_import(store, "critmin", scratch("producer.csv"), NULL, NULL, &audit, &error) == CRITMIN_OK,
                "%s", error.message);
  ck_assert_double_eq(critmin_table_number(audit, critmin_table_find(audit, "rows"), 0), 1);
  critmin_table_free(audit);
  ck_assert_int_eq(count_rows(store, "producer"), 1);
  file_write(scratch("producer.csv"), other, strlen(other));
  ck_assert_int_eq(critmin_store_import(store, "critmin", scratch("producer.csv"), NULL, NULL, NULL, &error),
                   CRITMIN_ERROR_INVALID_VALUE);
}
END_TEST

Suite *suite_bad_input(void) {
  TCase *cases = tcase_create("bad_input");
  tcase_add_checked_fixture(cases, make, drop);
  tcase_add_loop_test(cases, as_a_row, 0, N_WRONG);
  tcase_add_loop_test(cases, as_a_file_of_which_another_row_would_do, 0, N_WRONG);
  tcase_add_test(cases, an_agreement_without_a_party);
  tcase_add_test(cases, the_last_party_of_an_agreement_taken_away);
  tcase_add_test(cases, a_country_among_the_producers_of_a_file);
  Suite *suite = suite_create("bad_input");
  suite_add_tcase(suite, cases);
  return suite;
}
