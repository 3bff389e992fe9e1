/* SPDX-License-Identifier: MIT */
/* Factors as programs of life cycle assessment read them: the text of two layouts to the letter, the package of the third
 * by its files. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "critmin/status.h"
#include "runner.h"
#include "suites.h"
#include "table/builder.h"

static critmin_error error;

typedef struct row {
  const char *metric, *mineral, *stage, *country, *unit;
  int64_t year;
  double value;
} row;

static critmin_table *table_of(const row *rows, int n) {
  static const cm_column columns[] = {
      {"metric", "", CRITMIN_COLUMN_TEXT}, {"mineral", "", CRITMIN_COLUMN_TEXT},  {"stage", "", CRITMIN_COLUMN_TEXT},
      {"country", "", CRITMIN_COLUMN_TEXT}, {"unit", "", CRITMIN_COLUMN_TEXT},    {"year", "", CRITMIN_COLUMN_INTEGER},
      {"value", "", CRITMIN_COLUMN_NUMBER}};
  cm_builder *b = cm_builder_new(columns, 7);
  for (int i = 0; i < n; i++) {
    cm_builder_row(b);
    cm_builder_text(b, 0, rows[i].metric);
    cm_builder_text(b, 1, rows[i].mineral);
    cm_builder_text(b, 2, rows[i].stage);
    cm_builder_text(b, 3, rows[i].country);
    cm_builder_text(b, 4, rows[i].unit);
    cm_builder_integer(b, 5, rows[i].year);
    cm_builder_number(b, 6, rows[i].value);
  }
  critmin_table *table = NULL;
  cm_builder_finish(b, &table, &error);
  return table;
}

#define CF(mineral, country, year, value) {"geopolrisk_cf", mineral, "mining", country, "kg Cu-eq/kg", year, value}
static const row one[] = {CF("tin", "DEU", 2024, 2.5), CF("rare_earths", "DEU", 2024, .125), CF("zinc", "DEU", 2024, NAN)};
static const row several[] = {CF("tin", "FRA", 2023, 1), CF("tin", "DEU", 2024, 2.5), CF("cobalt", "DEU", 2024, .5),
                              CF("tin", "DEU", 2023, 2)};

static char *written(const row *rows, int n, const char *layout, int64_t *size) {
  char *data = NULL;
  critmin_table *table = table_of(rows, n);
  critmin_status status = critmin_table_factors(table, layout, &data, size, &error);
  critmin_table_free(table);
  ck_assert_msg(status == CRITMIN_OK, "%s", error.message);
  return data;
}

START_TEST(brightway_reads_one_method_from_a_table) {
  int64_t size;
  char *text = written(one, 3, "brightway", &size);
  ck_assert_str_eq(text, "name,categories,unit,amount\n"
                         "Rare earths,natural resource::in ground,kilogram,0.125\n"
                         "Tin,natural resource::in ground,kilogram,2.5\n");
  ck_assert_int_eq(size, (int64_t)strlen(text));
  critmin_text_free(text);
}
END_TEST

START_TEST(simapro_reads_a_category_for_each_country_and_year) {
  int64_t size;
  char *text = written(several, 4, "SimaPro", &size);
  const char *categories = strstr(text, "Impact category\n");
  ck_assert_ptr_nonnull(categories);
  ck_assert_str_eq(categories, "Impact category\ngeopolrisk_cf, DEU, 2023;kg Cu-eq\n\n"
                               "Substances\nRaw;(unspecified);Tin;;2;kg\n\n"
                               "Impact category\ngeopolrisk_cf, DEU, 2024;kg Cu-eq\n\n"
                               "Substances\nRaw;(unspecified);Cobalt;;0.5;kg\nRaw;(unspecified);Tin;;2.5;kg\n\n"
                               "Impact category\ngeopolrisk_cf, FRA, 2023;kg Cu-eq\n\n"
                               "Substances\nRaw;(unspecified);Tin;;1;kg\n\n"
                               "End\n\nQuantities\nMass;Yes\n\nEnd\n\nUnits\nkg;Mass;1;kg\n\nEnd\n\n"
                               "Raw materials\nCobalt;kg;;\nTin;kg;;\n\nEnd\n");
  ck_assert(strncmp(text, "{SimaPro 8.5.0.0}\n{methods}\n", 28) == 0);
  critmin_text_free(text);
}
END_TEST

/* Little-endian, as an archive has numbers. */
static uint32_t number_at(const char *data, int64_t at, int bytes) {
  uint32_t number = 0;
  for (int i = bytes - 1; i >= 0; i--) number = number << 8 | (unsigned char)data[at + i];
  return number;
}

/* Files whose name begins so, by the archive's directory; the text of the last of them. */
static int files_in(const char *data, int64_t size, const char *folder, char *text, size_t room) {
  int64_t end = size - 22;
  ck_assert_uint_eq(number_at(data, end, 4), 0x06054b50);
  int64_t at = number_at(data, end + 16, 4);
  int found = 0;
  for (uint32_t left = number_at(data, end + 10, 2); left > 0; left--) {
    ck_assert_uint_eq(number_at(data, at, 4), 0x02014b50);
    uint32_t length = number_at(data, at + 24, 4), name = number_at(data, at + 28, 2);
    int64_t head = number_at(data, at + 42, 4);
    ck_assert_uint_eq(number_at(data, head, 4), 0x04034b50);
    ck_assert(memcmp(data + head + 30, data + at + 46, name) == 0);
    if (strncmp(data + at + 46, folder, strlen(folder)) == 0) {
      found++;
      ck_assert_uint_lt(length, room);
      memcpy(text, data + head + 30 + name, length);
      text[length] = '\0';
    }
    at += 46 + name;
  }
  ck_assert_int_eq(at, end);
  return found;
}

START_TEST(openlca_reads_a_package_of_categories_flows_and_their_unit) {
  int64_t size;
  char text[4096];
  char *data = written(several, 4, "openlca", &size);
  ck_assert_int_eq(files_in(data, size, "olca-schema.json", text, sizeof text), 1);
  ck_assert_str_eq(text, "{\"version\": 2}\n");
  ck_assert_int_eq(files_in(data, size, "flows/", text, sizeof text), 2);
  ck_assert_ptr_nonnull(strstr(text, "\"name\": \"Tin\""));
  ck_assert_int_eq(files_in(data, size, "unit_groups/", text, sizeof text), 1);
  ck_assert_int_eq(files_in(data, size, "flow_properties/", text, sizeof text), 1);
  ck_assert_int_eq(files_in(data, size, "lcia_categories/", text, sizeof text), 3);
  ck_assert_ptr_nonnull(strstr(text, "\"name\": \"geopolrisk_cf, FRA, 2023\""));
  ck_assert_ptr_nonnull(strstr(text, "\"refUnit\": \"kg Cu-eq\""));
  ck_assert_ptr_nonnull(strstr(text, "\"value\": 1}"));
  ck_assert_int_eq(files_in(data, size, "lcia_methods/", text, sizeof text), 1);
  int named = 0;
  for (const char *at = text; (at = strstr(at, "ImpactCategory")); at++) named++;
  ck_assert_int_eq(named, 3);
  critmin_text_free(data);
}
END_TEST

START_TEST(the_order_of_rows_changes_no_byte) {
  static const char *const layouts[] = {"simapro", "openlca"};
  row turned[4];
  for (int i = 0; i < 4; i++) turned[i] = several[3 - i];
  for (int i = 0; i < 2; i++) {
    int64_t size, other;
    char *data = written(several, 4, layouts[i], &size), *again = written(turned, 4, layouts[i], &other);
    ck_assert_int_eq(size, other);
    ck_assert(memcmp(data, again, (size_t)size) == 0);
    critmin_text_free(data);
    critmin_text_free(again);
  }
}
END_TEST

static void refuses(const row *rows, int n, const char *layout, critmin_status wanted, const char *part) {
  char *data = NULL;
  int64_t size = -1;
  critmin_table *table = table_of(rows, n);
  ck_assert_int_eq(critmin_table_factors(table, layout, &data, &size, &error), wanted);
  ck_assert_msg(strstr(error.message, part) != NULL, "%s", error.message);
  ck_assert_ptr_null(data);
  ck_assert_int_eq(size, -1);
  critmin_table_free(table);
}

START_TEST(what_is_no_table_of_factors_is_refused) {
  static const row share[] = {{"hhi", "tin", "mining", "DEU", "1", 2024, .5}};
  static const row bare[] = {{"hhi", "tin", "mining", "DEU", "/kg", 2024, .5}};
  static const row twice[] = {CF("tin", "DEU", 2024, 1), {"geopolrisk_cf", "tin", "refined", "DEU", "kg Cu-eq/kg", 2024, 2}};
  static const row nothing[] = {CF("tin", "DEU", 2024, NAN)};
  refuses(share, 1, "openlca", CRITMIN_ERROR_ARGUMENT, "hhi");
  refuses(bare, 1, "openlca", CRITMIN_ERROR_ARGUMENT, "kilogram");
  refuses(twice, 2, "simapro", CRITMIN_ERROR_ARGUMENT, "refined");
  refuses(nothing, 1, "simapro", CRITMIN_ERROR_EMPTY_SELECTION, "value");
  refuses(several, 4, "brightway", CRITMIN_ERROR_ARGUMENT, "one method");
  refuses(one, 3, "csv", CRITMIN_ERROR_UNKNOWN_NAME, "brightway, openlca or simapro");
  critmin_table *table = sample();
  char *data = NULL;
  int64_t size;
  ck_assert_int_eq(critmin_table_factors(table, "simapro", &data, &size, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_ptr_nonnull(strstr(error.message, "metric"));
  ck_assert_int_eq(critmin_table_factors(NULL, "simapro", &data, &size, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_table_factors(table, NULL, &data, &size, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_table_factors(table, "simapro", NULL, &size, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_table_factors(table, "simapro", &data, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_table_free(table);
}
END_TEST

static int32_t without_memory(void *user) {
  static const char *const layouts[] = {"openlca", "simapro"};
  critmin_status status = CRITMIN_OK;
  for (int i = 0; i < 2 && !status; i++) {
    char *data = NULL;
    int64_t size;
    status = critmin_table_factors(user, layouts[i], &data, &size, NULL);
    critmin_text_free(data);
  }
  return status;
}

START_TEST(memory_may_run_out_anywhere) {
  critmin_table *table = table_of(several, 4);
  fail_each_allocation(without_memory, table);
  critmin_table_free(table);
}
END_TEST

Suite *suite_factors(void) {
  Suite *suite = suite_create("factors");
  TCase *cases = tcase_create("layouts");
  tcase_add_test(cases, brightway_reads_one_method_from_a_table);
  tcase_add_test(cases, simapro_reads_a_category_for_each_country_and_year);
  tcase_add_test(cases, openlca_reads_a_package_of_categories_flows_and_their_unit);
  tcase_add_test(cases, the_order_of_rows_changes_no_byte);
  tcase_add_test(cases, what_is_no_table_of_factors_is_refused);
  tcase_add_test(cases, memory_may_run_out_anywhere);
  suite_add_tcase(suite, cases);
  return suite;
}
