/* SPDX-License-Identifier: MIT */
/* Words to ids: whose word counts, which of several meanings, and what is said of a word that is none. */
#include "store/dictionary.h"

#include <check.h>
#include <string.h>

#include "runner.h"
#include "sample.h"
#include "scratch.h"
#include "store/names.h"
#include "store/rows.h"
#include "suites.h"

static critmin_store *store;

static void make(void) {
  scratch_make();
  store = sample_store("words.db");
  put(store, "source", "source=iea|publisher=IEA|title=Outlook|licence=CC-BY-4.0");
  put(store, "country", "country=COG|iso2=CG|name=Congo");
  put(store, "country_alias", "publisher=src|word=Congo|country=COD");
  put(store, "country_alias", "word=Congo (Kinshasa)|country=COD");
  put(store, "country_alias", "word=World total|country=WLD");
  put(store, "country_alias", "publisher=src|word=World total|country=OTH");
  put(store, "country_alias", "publisher=iea|word=PRC|country=CHN");
  put(store, "country_alias", "publisher=iea|word=The Republic|country=CHN");
  put(store, "country_alias", "publisher=src|word=The Republic|country=DEU");
  put(store, "mineral", "mineral=graphite_natural|name=Natural graphite|symbol=C");
  put(store, "mineral", "mineral=graphite_synthetic|name=Synthetic graphite|symbol=C");
  put(store, "stage",
      "mineral=lithium|stage=carbonate|kind=processing|position=3|name=Lithium carbonate|basis=content");
  put(store, "stage_alias", "publisher=src|mineral=cobalt|word=Plant output|stage=refined");
  put(store, "stage_alias", "publisher=src|word=Plant output|stage=processing");
  put(store, "stage_alias", "publisher=src|word=Refinery|stage=processing");
  put(store, "stage_alias", "word=Refinery|stage=mining");
  put(store, "stage_alias", "publisher=iea|word=Magnets|stage=component");
  critmin_error error;
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
}

static void drop(void) {
  cm_store_leave(store);
  critmin_store_close(store);
  scratch_drop();
}

static const char *country(const char *publisher, const char *word, critmin_error *error) {
  int64_t id;
  critmin_status status = cm_resolve_country(store, publisher, word, &id, error);
  return status == CRITMIN_OK ? cm_dictionary_key(store, CM_NAMES_COUNTRY, id) : critmin_status_name(status);
}

static const char *stage(const char *publisher, const char *mineral, const char *word, critmin_error *error) {
  int64_t of, id;
  critmin_status status = cm_resolve_mineral(store, NULL, mineral, &of, error);
  ck_assert_int_eq(status, CRITMIN_OK);
  status = cm_resolve_stage(store, publisher, of, word, &id, error);
  return status == CRITMIN_OK ? cm_dictionary_key(store, CM_NAMES_STAGE, id) : critmin_status_name(status);
}

START_TEST(a_publisher_s_own_word_comes_before_anybody_s_and_before_names) {
  critmin_error error;
  ck_assert_str_eq(country("src", "Congo", &error), "COD");
  ck_assert_str_eq(country("iea", "Congo", &error), "COG");
  ck_assert_str_eq(country("", "congo", &error), "COG");
  ck_assert_str_eq(country("src", "World total", &error), "OTH");
  ck_assert_str_eq(country("iea", "world-total", &error), "WLD");
  ck_assert_str_eq(country("iea", "Congo (Kinshasa)", &error), "COD");
}
END_TEST

START_TEST(a_key_written_exactly_is_that_key_whoever_writes) {
  critmin_error error;
  ck_assert_str_eq(country("src", "COG", &error), "COG");
  ck_assert_str_eq(country("src", "cog", &error), "COG");
  ck_assert_str_eq(country("", "CG", &error), "COG");
  for (int i = 0; i < 20; i++)
    ck_assert_str_eq(country(NULL, "CHN", &error), "CHN"); /* before and after the table is made */
}
END_TEST

START_TEST(a_person_may_use_any_publisher_s_words_where_they_agree) {
  critmin_error error;
  ck_assert_str_eq(country(NULL, "PRC", &error), "CHN");
  ck_assert_str_eq(country("", "PRC", &error), "UNKNOWN_NAME");
  ck_assert_str_eq(country("src", "PRC", &error), "UNKNOWN_NAME");
  ck_assert_ptr_nonnull(strstr(error.message, "'PRC' among the words of src"));
  ck_assert_str_eq(country(NULL, "The Republic", &error), "UNKNOWN_NAME");
  ck_assert_ptr_nonnull(strstr(error.message, "may be 'CHN' or 'DEU'"));
}
END_TEST

START_TEST(a_word_of_several_is_refused_with_the_candidates) {
  critmin_error error;
  int64_t id = -1;
  ck_assert_int_eq(cm_resolve_mineral(store, NULL, "C", &id, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "graphite_natural"));
  ck_assert_ptr_nonnull(strstr(error.message, "graphite_synthetic"));
  ck_assert_int_eq(id, -1);
  ck_assert_int_eq(cm_resolve_mineral(store, NULL, "graphite-Natural", &id, &error), CRITMIN_OK);
  ck_assert_str_eq(cm_dictionary_key(store, CM_NAMES_MINERAL, id), "graphite_natural");
}
END_TEST

START_TEST(an_unknown_word_is_told_its_nearest) {
  critmin_error error;
  ck_assert_str_eq(country(NULL, "Germny", &error), "UNKNOWN_NAME");
  ck_assert_ptr_nonnull(strstr(error.message, "did you mean 'Germany'?"));
  ck_assert_str_eq(country(NULL, "Atlantis the Lost", &error), "UNKNOWN_NAME");
  ck_assert_ptr_nonnull(strstr(error.message, "list the countries"));
  int64_t id;
  int is_group;
  ck_assert_int_eq(cm_dictionary_find_country_or_group(store, NULL, "European Unoin", &id, &is_group, &error),
                   CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_nonnull(strstr(error.message, "did you mean 'European Union'?"));
  ck_assert_int_eq(cm_dictionary_find_country_or_group(store, NULL, "eu", &id, &is_group, &error), CRITMIN_OK);
  ck_assert_int_eq(is_group, 1);
}
END_TEST

START_TEST(a_stage_is_its_key_its_publisher_s_word_or_a_kind_that_is_unique) {
  critmin_error error;
  ck_assert_str_eq(stage("src", "cobalt", "REFINED", &error), "refined");
  ck_assert_str_eq(stage("src", "cobalt", "plant output", &error), "refined");
  ck_assert_str_eq(stage("src", "cobalt", "Refinery", &error), "refined"); /* its own word before anybody's */
  ck_assert_str_eq(stage("iea", "cobalt", "Refinery", &error), "mining");
  ck_assert_str_eq(stage("", "cobalt", "processing", &error), "refined");
  ck_assert_str_eq(stage("", "lithium", "Lithium carbonate", &error), "carbonate");
  ck_assert_str_eq(stage(NULL, "cobalt", "Plant output", &error), "refined");
}
END_TEST

START_TEST(a_kind_of_several_stages_is_refused_with_the_candidates) {
  critmin_error error;
  ck_assert_str_eq(stage("", "lithium", "processing", &error), "INVALID_VALUE");
  ck_assert_ptr_nonnull(strstr(error.message, "any of hydroxide, carbonate"));
  ck_assert_str_eq(stage("src", "lithium", "Plant output", &error), "INVALID_VALUE");
}
END_TEST

START_TEST(a_stage_that_is_known_elsewhere_is_not_in_the_chain) {
  critmin_error error;
  ck_assert_str_eq(stage("", "cobalt", "hydroxide", &error), "STAGE_NOT_IN_CHAIN");
  ck_assert_ptr_nonnull(strstr(error.message, "cobalt has no stage 'hydroxide'; its chain is: mining, refined"));
  ck_assert_str_eq(stage("", "cobalt", "metal", &error), "STAGE_NOT_IN_CHAIN");
  ck_assert_str_eq(stage("iea", "cobalt", "Magnets", &error), "STAGE_NOT_IN_CHAIN");
  ck_assert_ptr_nonnull(strstr(error.message, "'Magnets' means the stage 'component'"));
  ck_assert_str_eq(stage("iea", "cobalt", "Gibberish", &error), "UNKNOWN_NAME");
  ck_assert_ptr_nonnull(strstr(error.message, "mining, refined"));
  ck_assert_str_eq(stage("src", "graphite_natural", "mining", &error), "STAGE_NOT_IN_CHAIN");
  ck_assert_ptr_nonnull(strstr(error.message, "empty"));
}
END_TEST

START_TEST(what_is_written_is_known_at_once) {
  critmin_error error;
  ck_assert_str_eq(country(NULL, "Ruritania", &error), "UNKNOWN_NAME");
  cm_store_leave(store);
  put(store, "country", "country=RUR|name=Ruritania");
  put(store, "country_alias", "word=Kingdom of Ruritania|country=RUR");
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
  ck_assert_str_eq(country(NULL, "Ruritania", &error), "RUR");
  ck_assert_str_eq(country(NULL, "Kingdom of Ruritania", &error), "RUR");
}
END_TEST

START_TEST(what_another_connection_writes_is_known_where_work_begins) {
  critmin_error error;
  ck_assert_str_eq(country(NULL, "Ruritania", &error), "UNKNOWN_NAME");
  run_sql(scratch("words.db"), "INSERT INTO country(key, name) VALUES('RUR', 'Ruritania')");
  ck_assert_int_eq(cm_dictionary_refresh(store, &error), CRITMIN_OK);
  ck_assert_str_eq(country(NULL, "Ruritania", &error), "RUR");
}
END_TEST

START_TEST(a_failed_step_leaves_no_name_behind) {
  critmin_error error;
  cm_store_leave(store);
  ck_assert_int_eq(critmin_store_begin(store, &error), CRITMIN_OK);
  put(store, "country", "country=RUR|name=Ruritania");
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
  ck_assert_str_eq(country(NULL, "Ruritania", &error), "RUR");
  cm_store_leave(store);
  ck_assert_int_eq(critmin_store_rollback(store, &error), CRITMIN_OK);
  ck_assert_int_eq(cm_store_enter(store, &error), CRITMIN_OK);
  ck_assert_str_eq(country(NULL, "Ruritania", &error), "UNKNOWN_NAME");
}
END_TEST

START_TEST(a_table_of_names_finds_all_that_bear_one) {
  cm_name_table table = {0};
  char name[16];
  for (int i = 0; i < 1000; i++) {
    memcpy(name, "name-000", 9);
    name[5] = (char)('0' + i / 100);
    name[6] = (char)('0' + i / 10 % 10);
    name[7] = (char)('0' + i % 10);
    ck_assert(cm_names_add(&table, i % 3, i % 2 ? "a" : NULL, i % 5, name, i, NULL));
  }
  ck_assert(cm_names_add(&table, 7, NULL, 4, "NAME_999", -1, "other"));
  size_t cursor = 0;
  int found = 0;
  const cm_name *entry;
  while ((entry = cm_names_next(&table, 4, "Name 999", &cursor))) {
    ck_assert(entry->id == 999 || (entry->id == -1 && strcmp(cm_names_text(&table, entry->text), "other") == 0));
    found++;
  }
  ck_assert_int_eq(found, 2);
  cursor = 0;
  ck_assert_ptr_null(cm_names_next(&table, 3, "name-999", &cursor));
  cm_names_free(&table);
  cursor = 0;
  ck_assert_ptr_null(cm_names_next(&table, 4, "name-999", &cursor));
}
END_TEST

static int32_t resolve_once(void *user) {
  critmin_error error;
  int64_t mineral, id;
  (void)user;
  cm_store_forget(store);
  critmin_status status = cm_resolve_country(store, "src", "World total", &id, &error);
  if (status == CRITMIN_OK) status = cm_resolve_mineral(store, NULL, "Lithium", &mineral, &error);
  if (status == CRITMIN_OK) status = cm_resolve_stage(store, "src", mineral, "carbonate", &id, &error);
  return status;
}

START_TEST(a_dictionary_that_memory_is_short_for_is_not_kept) {
  fail_each_allocation(resolve_once, NULL);
}
END_TEST

Suite *suite_dictionary(void) {
  Suite *suite = suite_create("dictionary");
  TCase *words = tcase_create("words");
  tcase_add_checked_fixture(words, make, drop);
  tcase_add_test(words, a_publisher_s_own_word_comes_before_anybody_s_and_before_names);
  tcase_add_test(words, a_key_written_exactly_is_that_key_whoever_writes);
  tcase_add_test(words, a_person_may_use_any_publisher_s_words_where_they_agree);
  tcase_add_test(words, a_word_of_several_is_refused_with_the_candidates);
  tcase_add_test(words, an_unknown_word_is_told_its_nearest);
  tcase_add_test(words, a_stage_is_its_key_its_publisher_s_word_or_a_kind_that_is_unique);
  tcase_add_test(words, a_kind_of_several_stages_is_refused_with_the_candidates);
  tcase_add_test(words, a_stage_that_is_known_elsewhere_is_not_in_the_chain);
  tcase_add_test(words, what_is_written_is_known_at_once);
  tcase_add_test(words, what_another_connection_writes_is_known_where_work_begins);
  tcase_add_test(words, a_failed_step_leaves_no_name_behind);
  tcase_add_test(words, a_table_of_names_finds_all_that_bear_one);
  tcase_add_test(words, a_dictionary_that_memory_is_short_for_is_not_kept);
  suite_add_tcase(suite, words);
  return suite;
}
