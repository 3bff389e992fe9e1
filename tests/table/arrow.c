/* SPDX-License-Identifier: MIT */
#include "table/arrow_abi.h"

#include <errno.h>
#include <pthread.h>
#include <string.h>

#include "critmin/status.h"
#include "critmin/table.h"
#include "runner.h"
#include "suites.h"
#include "table/builder.h"

static critmin_error error;

static void open_stream(struct ArrowArrayStream *stream, struct ArrowSchema *schema, struct ArrowArray *array) {
  critmin_table *table = sample();
  ck_assert_int_eq(critmin_table_arrow(table, stream, &error), CRITMIN_OK);
  critmin_table_free(table);
  ck_assert_int_eq(stream->get_schema(stream, schema), 0);
  ck_assert_int_eq(stream->get_next(stream, array), 0);
}

static int bit(const void *bitmap, int64_t i) { return ((const uint8_t *)bitmap)[i / 8] >> (i % 8) & 1; }

START_TEST(the_schema_says_what_the_columns_are) {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array;
  open_stream(&stream, &schema, &array);
  ck_assert_str_eq(schema.format, "+s");
  ck_assert_int_eq(schema.n_children, 3);
  static const char *const names[] = {"mineral", "year", "value"}, *const formats[] = {"i", "l", "g"};
  for (int i = 0; i < 3; i++) {
    ck_assert_str_eq(schema.children[i]->name, names[i]);
    ck_assert_str_eq(schema.children[i]->format, formats[i]);
    ck_assert_int_eq(schema.children[i]->flags, ARROW_FLAG_NULLABLE);
  }
  ck_assert_str_eq(schema.children[0]->dictionary->format, "u");
  ck_assert_ptr_null(schema.children[1]->dictionary);
  ck_assert_ptr_null(schema.children[0]->metadata);
  static const char key[] = "unit";
  int32_t counts[2];
  const char *metadata = schema.children[2]->metadata;
  memcpy(counts, metadata, sizeof counts);
  ck_assert_int_eq(counts[0], 1);
  ck_assert_int_eq(counts[1], 4);
  ck_assert_mem_eq(metadata + 8, key, 4);
  memcpy(counts, metadata + 12, sizeof counts[0]);
  ck_assert_int_eq(counts[0], 1);
  ck_assert_int_eq(metadata[16], 't');
  array.release(&array);
  schema.release(&schema);
  stream.release(&stream);
}
END_TEST

START_TEST(the_array_holds_the_cells_and_says_which_are_missing) {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array;
  open_stream(&stream, &schema, &array);
  ck_assert_int_eq(array.length, 3);
  ck_assert_int_eq(array.n_buffers, 1);
  ck_assert_int_eq(array.n_children, 3);
  static const int64_t missing[] = {1, 1, 1};
  static const int there[3][3] = {{1, 0, 1}, {1, 1, 0}, {1, 0, 1}};
  for (int c = 0; c < 3; c++) {
    const struct ArrowArray *column = array.children[c];
    ck_assert_int_eq(column->length, 3);
    ck_assert_int_eq(column->null_count, missing[c]);
    ck_assert_int_eq(column->n_buffers, 2);
    for (int64_t r = 0; r < 3; r++) ck_assert_int_eq(bit(column->buffers[0], r), there[c][r]);
  }
  ck_assert_int_eq(((const int64_t *)array.children[1]->buffers[1])[1], 2023);
  ck_assert_double_eq(((const double *)array.children[2]->buffers[1])[2], 1234567.25);
  const struct ArrowArray *words = array.children[0]->dictionary;
  ck_assert_int_eq(words->length, 1);
  ck_assert_int_eq(words->n_buffers, 3);
  ck_assert_int_eq(((const int32_t *)words->buffers[1])[1], 6);
  ck_assert_mem_eq(words->buffers[2], "cobalt", 6);
  array.release(&array);
  schema.release(&schema);
  stream.release(&stream);
}
END_TEST

START_TEST(a_stream_has_one_batch) {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array, end;
  open_stream(&stream, &schema, &array);
  for (int i = 0; i < 2; i++) {
    memset(&end, 0x55, sizeof end);
    ck_assert_int_eq(stream.get_next(&stream, &end), 0);
    ck_assert(end.release == NULL);
  }
  ck_assert_ptr_null(stream.get_last_error(&stream));
  array.release(&array);
  schema.release(&schema);
  stream.release(&stream);
}
END_TEST

START_TEST(numbers_are_not_copied) {
  critmin_table *table = sample();
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  ck_assert_int_eq(critmin_table_arrow(table, &stream, &error), CRITMIN_OK);
  ck_assert_int_eq(stream.get_next(&stream, &array), 0);
  ck_assert_ptr_eq(array.children[2]->buffers[1], critmin_table_numbers(table, 2));
  ck_assert_ptr_eq(array.children[1]->buffers[1], critmin_table_integers(table, 1));
  ck_assert_ptr_eq(array.children[0]->buffers[1], critmin_table_codes(table, 0));
  array.release(&array);
  stream.release(&stream);
  critmin_table_free(table);
}
END_TEST

/* The three things one may hold, released in each of the six orders. */
START_TEST(what_is_held_is_released_in_any_order) {
  static const char *const orders[] = {"sxa", "sax", "xsa", "xas", "asx", "axs"};
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array;
  open_stream(&stream, &schema, &array);
  for (const char *what = orders[_i]; *what; what++) {
    if (array.release) ck_assert_double_eq(((const double *)array.children[2]->buffers[1])[0], 0.1);
    if (schema.release) ck_assert_str_eq(schema.children[2]->name, "value");
    if (*what == 's') stream.release(&stream);
    else if (*what == 'x') schema.release(&schema);
    else array.release(&array);
  }
  ck_assert(stream.release == NULL);
  ck_assert(schema.release == NULL);
  ck_assert(array.release == NULL);
}
END_TEST

/* A consumer may move a child out: copy the structure, mark the original released, release the parent. */
START_TEST(a_child_moved_away_outlives_its_parent) {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array;
  open_stream(&stream, &schema, &array);
  struct ArrowArray child = *array.children[0];
  array.children[0]->release = NULL;
  struct ArrowSchema child_schema = *schema.children[0];
  schema.children[0]->release = NULL;
  array.release(&array);
  schema.release(&schema);
  stream.release(&stream);
  ck_assert_str_eq(child_schema.name, "mineral");
  ck_assert_int_eq(((const int32_t *)child.buffers[1])[2], 0);
  ck_assert_mem_eq(child.dictionary->buffers[2], "cobalt", 6);
  child.release(&child);
  child_schema.release(&child_schema);
}
END_TEST

START_TEST(releasing_again_does_nothing) {
  struct ArrowArrayStream stream;
  struct ArrowSchema schema;
  struct ArrowArray array;
  open_stream(&stream, &schema, &array);
  void (*release_array)(struct ArrowArray *) = array.release;
  void (*release_schema)(struct ArrowSchema *) = schema.release;
  void (*release_stream)(struct ArrowArrayStream *) = stream.release;
  for (int i = 0; i < 2; i++) {
    release_array(&array);
    release_schema(&schema);
    release_stream(&stream);
  }
  ck_assert(array.release == NULL && schema.release == NULL && stream.release == NULL);
}
END_TEST

START_TEST(an_empty_table_has_buffers_all_the_same) {
  static const cm_column columns[] = {{"word", "", CRITMIN_COLUMN_TEXT}, {"n", "", CRITMIN_COLUMN_NUMBER}};
  critmin_table *table = NULL;
  ck_assert_int_eq(cm_builder_finish(cm_builder_new(columns, 2), &table, &error), CRITMIN_OK);
  struct ArrowArrayStream stream;
  struct ArrowArray array;
  ck_assert_int_eq(critmin_table_arrow(table, &stream, &error), CRITMIN_OK);
  critmin_table_free(table);
  ck_assert_int_eq(stream.get_next(&stream, &array), 0);
  ck_assert_int_eq(array.length, 0);
  ck_assert_ptr_nonnull(array.children[0]->buffers[1]);
  ck_assert_ptr_nonnull(array.children[1]->buffers[1]);
  ck_assert_ptr_null(array.children[1]->buffers[0]);
  ck_assert_ptr_nonnull(array.children[0]->dictionary->buffers[1]);
  ck_assert_ptr_nonnull(array.children[0]->dictionary->buffers[2]);
  ck_assert_int_eq(((const int32_t *)array.children[0]->dictionary->buffers[1])[0], 0);
  stream.release(&stream);
  array.release(&array);
}
END_TEST

static void *export_often(void *user) {
  for (int i = 0; i < 200; i++) {
    struct ArrowArrayStream stream;
    struct ArrowSchema schema;
    struct ArrowArray array;
    if (critmin_table_arrow(user, &stream, NULL) || stream.get_schema(&stream, &schema) || stream.get_next(&stream, &array))
      return user;
    stream.release(&stream);
    array.release(&array);
    schema.release(&schema);
  }
  return NULL;
}

START_TEST(many_threads_may_export_one_table) {
  enum { THREADS = 4 };
  critmin_table *table = sample();
  pthread_t threads[THREADS];
  for (int i = 0; i < THREADS; i++) ck_assert_int_eq(pthread_create(&threads[i], NULL, export_often, table), 0);
  for (int i = 0; i < THREADS; i++) {
    void *failed;
    ck_assert_int_eq(pthread_join(threads[i], &failed), 0);
    ck_assert_ptr_null(failed);
  }
  ck_assert_str_eq(critmin_table_text(table, 0, 0), "cobalt");
  critmin_table_free(table);
}
END_TEST

START_TEST(null_arguments_are_refused) {
  struct ArrowArrayStream stream;
  critmin_table *table = sample();
  ck_assert_int_eq(critmin_table_arrow(NULL, &stream, &error), CRITMIN_ERROR_ARGUMENT);
  ck_assert_int_eq(critmin_table_arrow(table, NULL, &error), CRITMIN_ERROR_ARGUMENT);
  critmin_table_free(table);
}
END_TEST

static int32_t export(void *user) {
  struct ArrowArrayStream stream = {0};
  struct ArrowSchema schema = {0};
  struct ArrowArray array = {0};
  critmin_status status = critmin_table_arrow(user, &stream, &error);
  if (status) {
    ck_assert(stream.release == NULL);
    return status;
  }
  int code = stream.get_schema(&stream, &schema);
  if (!code) code = stream.get_next(&stream, &array);
  if (code) {
    ck_assert_int_eq(code, ENOMEM);
    ck_assert_str_eq(stream.get_last_error(&stream), "out of memory");
    ck_assert(array.release == NULL);
    status = CRITMIN_ERROR_MEMORY;
  }
  if (schema.release) schema.release(&schema);
  if (array.release) array.release(&array);
  stream.release(&stream);
  return status;
}

START_TEST(any_allocation_may_fail) {
  critmin_table *table = sample();
  fail_each_allocation(export, table);
  critmin_table_free(table);
}
END_TEST

Suite *suite_arrow(void) {
  Suite *suite = suite_create("arrow");
  TCase *tcase = tcase_create("arrow");
  tcase_add_test(tcase, the_schema_says_what_the_columns_are);
  tcase_add_test(tcase, the_array_holds_the_cells_and_says_which_are_missing);
  tcase_add_test(tcase, a_stream_has_one_batch);
  tcase_add_test(tcase, numbers_are_not_copied);
  tcase_add_loop_test(tcase, what_is_held_is_released_in_any_order, 0, 6);
  tcase_add_test(tcase, a_child_moved_away_outlives_its_parent);
  tcase_add_test(tcase, releasing_again_does_nothing);
  tcase_add_test(tcase, an_empty_table_has_buffers_all_the_same);
  tcase_add_test(tcase, many_threads_may_export_one_table);
  tcase_add_test(tcase, null_arguments_are_refused);
  tcase_add_test(tcase, any_allocation_may_fail);
  suite_add_tcase(suite, tcase);
  return suite;
}
