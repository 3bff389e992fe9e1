/* SPDX-License-Identifier: MIT */
/* The table that CSVLCIAImporter of bw2io reads: the factors of one method, whose name and unit are given to it. */
#include "table/factors.h"

critmin_status cm_factors_brightway(const cm_factors *f, cm_buffer *out, critmin_error *error) {
  int64_t end = cm_category_end(f, 0);
  if (end < f->n) {
    const cm_factor *a = &f->factor[0], *b = &f->factor[end];
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "a file of Brightway is of one method, not of %s of %s in %d and %s of %s in %d; name one metric, "
                   "country and year",
                   a->metric, a->country, (int)a->year, b->metric, b->country, (int)b->year);
  }
  cm_buffer_add(out, "name,categories,unit,amount\n");
  for (int64_t i = 0; i < f->n; i++) {
    cm_flow_name(&f->factor[i], out);
    cm_buffer_add(out, ",natural resource::in ground,kilogram,");
    cm_buffer_number(out, f->factor[i].value);
    cm_buffer_add(out, "\n");
  }
  return CRITMIN_OK;
}
