/* SPDX-License-Identifier: MIT */
#include "suites.h"
#include "table/builder.h"

critmin_table *sample(void) {
  static const cm_column columns[] = {
      {"mineral", "", CRITMIN_COLUMN_TEXT}, {"year", "", CRITMIN_COLUMN_INTEGER}, {"value", "t", CRITMIN_COLUMN_NUMBER}};
  cm_builder *builder = cm_builder_new(columns, 3);
  cm_builder_row(builder);
  cm_builder_text(builder, 0, "cobalt");
  cm_builder_integer(builder, 1, 2024);
  cm_builder_number(builder, 2, 0.1);
  cm_builder_row(builder);
  cm_builder_integer(builder, 1, 2023);
  cm_builder_row(builder);
  cm_builder_text(builder, 0, "cobalt");
  cm_builder_number(builder, 2, 1234567.25);
  critmin_table *table = NULL;
  cm_builder_finish(builder, &table, NULL);
  return table;
}
