/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "rows.h"
#include "suites.h"

typedef struct word {
  const char *word, *means;
} word;

static void expect_words(const char *what, const char *dimension, const char *key, const word *words, size_t n) {
  critmin_store *store = open_reference();
  for (size_t i = 0; i < n; i++) {
    critmin_table *table = list(store, what, dimension, words[i].word);
    int found = 0; /* a group brings its members along */
    for (int64_t row = 0; row < critmin_table_rows(table); row++) {
      found += !strcmp(text(table, key, row), words[i].means);
    }
    ck_assert_msg(found == 1, "%s does not mean %s", words[i].word, words[i].means);
    critmin_table_free(table);
  }
  critmin_store_close(store);
}

START_TEST(countries_answer_to_everyday_words_and_to_those_of_publishers) {
  static const word words[] = {
      {"USA", "USA"},           {"us", "USA"},          {"UK", "GBR"},
      {"DRC", "COD"},           {"Congo (Kinshasa)", "COD"}, {"Democratic Republic of Congo", "COD"},
      {"Congo, Dem. Rep.", "COD"}, {"Congo", "COG"},    {"Burma", "MMR"},
      {"Turkey", "TUR"},        {"Turkyie", "TUR"},     {"South Korea", "KOR"},
      {"Korea, Republic of", "KOR"}, {"Korea, North", "PRK"}, {"Russian Federation", "RUS"},
      {"Taiwan", "TWN"},        {"Czech Republic", "CZE"}, {"Ivory Coast", "CIV"},
      {"Kosovo", "XKX"},        {"World total (rounded)", "WLD"}, {"Other countries", "OTH"},
      {"Rest of world", "OTH"}, {"Netherlands Antilles", "ANT"}, {"New Caledonia", "NCL"}};
  expect_words("countries", "country", "country", words, sizeof words / sizeof words[0]);
}
END_TEST

START_TEST(minerals_answer_to_other_spellings_and_to_those_of_publishers) {
  static const word words[] = {
      {"Aluminum", "aluminium"}, {"Barite", "baryte"},  {"Barytes", "baryte"},
      {"Sulphur", "sulfur"},     {"Phosphorous", "phosphorus"}, {"Borate", "boron"},
      {"Natural Graphite", "graphite_natural"}, {"REE", "rare_earths"}, {"rare-earths", "rare_earths"},
      {"Silica sand", "sand_gravel_industrial"}, {"Titanium sponge", "titanium_metal"},
      {"Niobium (Columbium)", "niobium"},
      {"COBALT", "cobalt"},      {"PGM", "platinum_group"}, {"magnet rare earths", "rare_earths_magnet"}};
  expect_words("minerals", "mineral", "mineral", words, sizeof words / sizeof words[0]);
}
END_TEST

START_TEST(stages_answer_to_the_words_of_publishers) {
  static const struct {
    const char *mineral, *word, *stage;
  } words[] = {{"cobalt", "mine", "mining"},           {"cobalt", "refining", "refined"},
               {"copper", "extraction", "mining"},     {"copper", "smelter", "smelted"},
               {"copper", "refinery", "refined"},      {"aluminium", "smelter", "smelted"},
               {"gallium", "primary_refined", "refined"}, {"titanium_metal", "sponge", "sponge"},
               {"silicon_metal", "metal", "smelted"},  {"ferrosilicon", "ferroalloy", "ferroalloy"},
               {"rare_earths_magnet", "refined", "separated"}, {"rare_earths", "separation", "separated"},
               {"alumina", "alumina_refinery", "refined"}, {"sulfur", "production", "recovered"},
               {"antimony", "metal", "refined"}};
  critmin_store *store = open_reference();
  for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
    critmin_error error;
    critmin_selection *selection = NULL;
    critmin_table *table = NULL;
    ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
    ck_assert_int_eq(critmin_selection_add(selection, "mineral", words[i].mineral, &error), CRITMIN_OK);
    ck_assert_int_eq(critmin_selection_add(selection, "stage", words[i].word, &error), CRITMIN_OK);
    critmin_status status = critmin_store_list(store, "stages", selection, &table, &error);
    ck_assert_msg(status == CRITMIN_OK, "%s %s: %s", words[i].mineral, words[i].word, error.message);
    int found = 0; /* a group brings its members along */
    for (int64_t row = 0; row < critmin_table_rows(table); row++) {
      if (strcmp(text(table, "mineral", row), words[i].mineral)) continue;
      ck_assert_str_eq(text(table, "stage", row), words[i].stage);
      found++;
    }
    ck_assert_msg(found == 1, "%s of %s is %d stages", words[i].word, words[i].mineral, found);
    critmin_table_free(table);
    critmin_selection_free(selection);
  }
  critmin_store_close(store);
}
END_TEST

START_TEST(a_word_that_nobody_uses_is_refused) {
  critmin_store *store = open_reference();
  critmin_error error;
  critmin_selection *selection = NULL;
  critmin_table *table = NULL;
  ck_assert_int_eq(critmin_selection_new(&selection, &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_selection_add(selection, "mineral", "unobtainium", &error), CRITMIN_OK);
  ck_assert_int_eq(critmin_store_figures(store, selection, &table, &error), CRITMIN_ERROR_UNKNOWN_NAME);
  ck_assert_ptr_null(table);
  critmin_selection_free(selection);
  critmin_store_close(store);
}
END_TEST

static int members(const critmin_table *table, const char *group, const char *country) {
  int n = 0;
  for (int64_t row = 0; row < critmin_table_rows(table); row++) {
    n += !strcmp(text(table, "group", row), group) && (!country || !strcmp(text(table, "country", row), country));
  }
  return n;
}

START_TEST(groups_have_their_members) {
  static const struct {
    const char *group;
    int members;
  } groups[] = {{"EU", 28},    {"EU27", 27},     {"G7", 7},   {"OECD", 38},     {"BRICS", 10},
                {"QUAD", 4},   {"FIVE_EYES", 5}, {"MSP", 35}, {"MEETING12", 35}};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "group_member", NULL, NULL);
  for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
    ck_assert_msg(members(table, groups[i].group, NULL) == groups[i].members, "%s has %d members", groups[i].group,
                  members(table, groups[i].group, NULL));
  }
  ck_assert_int_eq(members(table, "MEETING12", "KOR") + members(table, "MEETING12", "MEX"), 2);
  ck_assert_int_eq(members(table, "EU27", "GBR"), 0);
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* Kinds follow each other down the chain, and a kind has at most one stage, so that a kind is a name. */
START_TEST(chains_are_in_order_and_a_kind_means_one_stage) {
  static const char *const kinds[] = {"mining", "concentrate", "processing", "metal", "component"};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "stages", NULL, NULL);
  int64_t rows = critmin_table_rows(table);
  ck_assert_int_gt(rows, 150);
  int before = -1;
  for (int64_t row = 0; row < rows; row++) {
    int kind = 0;
    while (kind < 5 && strcmp(kinds[kind], text(table, "kind", row))) kind++;
    ck_assert_int_lt(kind, 5);
    if (number(table, "position", row) > 1) {
      ck_assert_str_eq(text(table, "mineral", row), text(table, "mineral", row - 1));
      ck_assert_msg(kind > before, "%s %s", text(table, "mineral", row), text(table, "stage", row));
    }
    before = kind;
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

/* IUPAC standard atomic weights: Li 6.94, C 12.011, O 15.999, Co 58.933194, H 1.008, Nd 144.242, Sb 121.76. */
START_TEST(content_factors_are_stoichiometry) {
  static const struct {
    const char *mineral, *basis;
    double factor;
  } known[] = {{"lithium", "Li2CO3", 2 * 6.94 / (2 * 6.94 + 12.011 + 3 * 15.999)},
               {"cobalt", "Co(OH)2", 58.933194 / (58.933194 + 2 * (15.999 + 1.008))},
               {"neodymium", "oxide", 2 * 144.242 / (2 * 144.242 + 3 * 15.999)},
               {"antimony", "oxide", 2 * 121.76 / (2 * 121.76 + 3 * 15.999)}};
  critmin_store *store = open_reference();
  critmin_table *table = list(store, "content_factor", NULL, NULL);
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    int found = 0;
    for (int64_t row = 0; row < critmin_table_rows(table); row++) {
      if (strcmp(text(table, "mineral", row), known[i].mineral)) continue;
      if (strcmp(text(table, "basis", row), known[i].basis)) continue;
      ck_assert_double_eq_tol(number(table, "factor", row), known[i].factor, 1e-6);
      found = 1;
    }
    ck_assert_msg(found, "%s as %s", known[i].mineral, known[i].basis);
  }
  critmin_table_free(table);
  critmin_store_close(store);
}
END_TEST

Suite *suite_dictionary(void) {
  Suite *suite = suite_create("reference/dictionary");
  TCase *tests = tcase_create("dictionary");
  tcase_add_test(tests, countries_answer_to_everyday_words_and_to_those_of_publishers);
  tcase_add_test(tests, minerals_answer_to_other_spellings_and_to_those_of_publishers);
  tcase_add_test(tests, stages_answer_to_the_words_of_publishers);
  tcase_add_test(tests, a_word_that_nobody_uses_is_refused);
  tcase_add_test(tests, groups_have_their_members);
  tcase_add_test(tests, chains_are_in_order_and_a_kind_means_one_stage);
  tcase_add_test(tests, content_factors_are_stoichiometry);
  suite_add_tcase(suite, tests);
  return suite;
}
