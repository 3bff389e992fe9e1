/* SPDX-License-Identifier: MIT */
/* scenario: what happens if it stops, with and without what answers it. */
#include <math.h>

#include "failure.h"
#include "running_scenario.h"
#include "scenario_text.h"
#include "table_output.h"

/* For people: what comes of it, what was drawn, and every number that it rests on. */
static int write_all_tables(const request *r, const running_scenario *s) {
  static const struct {
    const char *what, *hidden[3];
  } parts[] = {{"draws", {NULL}}, {"inputs", {"what", "flags", NULL}}};
  critmin_table *summary = NULL, *inputs = NULL;
  buffer b = {0};
  int code = scenario_table(s, "summary", &summary);
  if (!code) code = scenario_table(s, "inputs", &inputs);
  if (!code) scenario_add_summary(summary, inputs, &b);
  critmin_table_free(summary);
  critmin_table_free(inputs);
  for (size_t i = 0; i < sizeof parts / sizeof parts[0] && !code; i++) {
    critmin_table *table = NULL;
    code = scenario_table(s, parts[i].what, &table);
    if (!code && critmin_table_rows(table) > 0) {
      buffer_text(&b, "\n");
      table_add_text(table, parts[i].hidden, &b);
    }
    critmin_table_free(table);
  }
  if (!code) return table_write_text(r, &b);
  buffer_free(&b);
  return code;
}

static int write_table(const request *r, const running_scenario *s) {
  critmin_table *table = NULL;
  int code = scenario_table(s, r->table ? r->table : "summary", &table);
  if (!code) code = table_write(r, table);
  critmin_table_free(table);
  return code;
}

/* Whether anything is known of anybody: a day, or that none comes. */
static int is_answered(const running_scenario *s) {
  critmin_table *table = NULL;
  critmin_error error;
  int answered = 0;
  if (critmin_outcome_table(s->outcome, "summary", &table, &error) != CRITMIN_OK) return 1;
  int32_t column = critmin_table_find(table, "value");
  for (int64_t row = 0; row < critmin_table_rows(table); row++)
    answered |= !isnan(critmin_table_number(table, column, row));
  critmin_table_free(table);
  return answered;
}

int run_scenario(request *r) {
  running_scenario s;
  int code = scenario_begin(r, &s);
  if (!code) code = table_is_text(r) && !r->table ? write_all_tables(r, &s) : write_table(r, &s);
  if (!code && !is_answered(&s)) code = ENDED_UNANSWERED;
  scenario_end(&s);
  return code;
}
