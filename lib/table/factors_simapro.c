/* SPDX-License-Identifier: MIT */
/*
 * A method as SimaPro exports one to CSV and reads it back: a head, one impact category after the other, and the
 * substances and units that they name. Sections end in an empty line, blocks in `End`.
 */
#include "table/factors.h"

static const char head[] =
    "{SimaPro 8.5.0.0}\n"
    "{methods}\n"
    "{Project: critmin}\n"
    "{CSV Format version: 8.0.5}\n"
    "{CSV separator: Semicolon}\n"
    "{Decimal separator: .}\n"
    "{Date separator: -}\n"
    "{Short date format: yyyy-MM-dd}\n"
    "\n"
    "Method\n"
    "\n"
    "Name\n"
    "critmin\n"
    "\n"
    "Version\n"
    "1;0\n"
    "\n"
    "Comment\n"
    "Characterisation factors of importers: one impact category for each metric, country and year\n"
    "\n"
    "Category\n"
    "Others\n"
    "\n"
    "Use Damage Assessment\n"
    "No\n"
    "\n"
    "Use Normalization\n"
    "No\n"
    "\n"
    "Use Weighting\n"
    "No\n"
    "\n"
    "Use Addition\n"
    "No\n"
    "\n"
    "Weighting unit\n"
    "Pt\n"
    "\n";

static const char units[] =
    "Quantities\n"
    "Mass;Yes\n"
    "\n"
    "End\n"
    "\n"
    "Units\n"
    "kg;Mass;1;kg\n"
    "\n"
    "End\n"
    "\n";

critmin_status cm_factors_simapro(const cm_factors *f, cm_buffer *out, critmin_error *error) {
  (void)error;
  cm_buffer_add(out, head);
  for (int64_t first = 0, last; first < f->n; first = last) {
    last = cm_category_end(f, first);
    cm_buffer_add(out, "Impact category\n");
    cm_category_name(&f->factor[first], out);
    cm_buffer_add(out, ";");
    cm_category_unit(&f->factor[first], out);
    cm_buffer_add(out, "\n\nSubstances\n");
    for (int64_t i = first; i < last; i++) {
      cm_buffer_add(out, "Raw;(unspecified);");
      cm_flow_name(&f->factor[i], out);
      cm_buffer_add(out, ";;");
      cm_buffer_number(out, f->factor[i].value);
      cm_buffer_add(out, ";kg\n");
    }
    cm_buffer_add(out, "\n");
  }
  cm_buffer_add(out, "End\n\n");
  cm_buffer_add(out, units);
  cm_buffer_add(out, "Raw materials\n");
  for (const cm_factor *flow = cm_next_flow(f, ""); flow; flow = cm_next_flow(f, flow->mineral)) {
    cm_flow_name(flow, out);
    cm_buffer_add(out, ";kg;;\n");
  }
  cm_buffer_add(out, "\nEnd\n");
  return CRITMIN_OK;
}
