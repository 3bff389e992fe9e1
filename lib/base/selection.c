/* SPDX-License-Identifier: MIT */
#include "base/selection.h"

#include <ctype.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/text.h"

enum { FIRST_YEAR = 1500, LAST_YEAR = 2200 };

static const char *const dimensions[CM_DIMENSIONS] = {
    [CM_METRIC] = "metric",   [CM_MINERAL] = "mineral", [CM_STAGE] = "stage",         [CM_COUNTRY] = "country",
    [CM_PARTNER] = "partner", [CM_MEASURE] = "measure", [CM_STATUS] = "status",       [CM_INDICATOR] = "indicator",
    [CM_KEY] = "key",         [CM_KIND] = "kind",
};

static const char *dimension_at(const void *user, size_t i) {
  const char *const *names = user;
  return names[i];
}

critmin_status critmin_selection_new(critmin_selection **selection, critmin_error *error) {
  if (!selection) return cm_fail_null(error, "selection");
  critmin_selection *made = cm_alloc_array(1, sizeof *made);
  if (!made) return cm_fail_memory(error);
  *selection = made;
  return cm_ok(error);
}

void critmin_selection_free(critmin_selection *selection) {
  if (!selection) return;
  for (int d = 0; d < CM_DIMENSIONS; d++) {
    cm_names *names = &selection->dimension[d];
    for (size_t i = 0; i < names->count; i++) cm_free(names->names[i]);
    cm_free(names->names);
  }
  for (size_t i = 0; i < selection->n_options; i++) {
    cm_free(selection->options[i].name);
    cm_free(selection->options[i].value);
  }
  cm_free(selection->options);
  cm_free(selection);
}

static critmin_status check_text(const char *text, const char *argument, critmin_error *error) {
  if (!text) return cm_fail_null(error, argument);
  if (!*text) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `%s` is empty", argument);
  if (!cm_text_valid(text, strlen(text)))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "argument `%s` is not UTF-8; convert it", argument);
  return CRITMIN_OK;
}

critmin_status critmin_selection_add(critmin_selection *selection, const char *dimension, const char *name,
                                     critmin_error *error) {
  if (!selection) return cm_fail_null(error, "selection");
  critmin_status status = check_text(dimension, "dimension", error);
  if (!status) status = check_text(name, "name", error);
  if (status) return status;
  int d = 0;
  while (d < CM_DIMENSIONS && !cm_name_equal(dimension, dimensions[d])) d++;
  if (d == CM_DIMENSIONS) {
    const char *nearest = cm_name_nearest(dimension, dimension_at, dimensions, CM_DIMENSIONS);
    if (nearest)
      return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME, "a selection has no dimension `%s`; did you mean `%s`?", dimension,
                     nearest);
    return cm_fail(error, CRITMIN_ERROR_UNKNOWN_NAME,
                   "a selection has no dimension `%s`; there are metric, mineral, stage, country, partner, measure, "
                   "status, indicator, key and kind",
                   dimension);
  }
  cm_names *names = &selection->dimension[d];
  for (size_t i = 0; i < names->count; i++) {
    if (cm_name_equal(names->names[i], name)) return cm_ok(error);
  }
  char *copy = cm_text_copy(name);
  if (!copy || !cm_grow(&names->names, names->count, &names->room, sizeof *names->names)) {
    cm_free(copy);
    return cm_fail_memory(error);
  }
  names->names[names->count++] = copy;
  return cm_ok(error);
}

critmin_status critmin_selection_years(critmin_selection *selection, int32_t first, int32_t last, critmin_error *error) {
  if (!selection) return cm_fail_null(error, "selection");
  if (first > last)
    return cm_fail(error, CRITMIN_ERROR_YEAR_RANGE, "the years %d to %d end before they begin; swap them", (int)first,
                   (int)last);
  if (first < FIRST_YEAR || last > LAST_YEAR)
    return cm_fail(error, CRITMIN_ERROR_YEAR_RANGE, "the years %d to %d leave the range %d to %d", (int)first, (int)last,
                   FIRST_YEAR, LAST_YEAR);
  selection->has_years = 1;
  selection->first_year = first;
  selection->last_year = last;
  return cm_ok(error);
}

/* 1 for a day of the calendar as yyyy-mm-dd. */
static int is_day(const char *text) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (strlen(text) != 10) return 0;
  for (int i = 0; i < 10; i++) {
    if (i == 4 || i == 7 ? text[i] != '-' : !isdigit((unsigned char)text[i])) return 0;
  }
  int year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + text[3] - '0';
  int month = (text[5] - '0') * 10 + text[6] - '0', day = (text[8] - '0') * 10 + text[9] - '0';
  if (month < 1 || month > 12 || day < 1) return 0;
  int leap = month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
  return day <= days[month - 1] + leap;
}

critmin_status critmin_selection_set(critmin_selection *selection, const char *option, const char *value,
                                     critmin_error *error) {
  if (!selection) return cm_fail_null(error, "selection");
  critmin_status status = check_text(option, "option", error);
  if (!status) status = check_text(value, "value", error);
  if (status) return status;
  if ((cm_name_equal(option, "edition") || cm_name_equal(option, "date")) && !is_day(value))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE, "option `%s`: `%s` is no day; write it as 2024-12-31", option, value);
  if (cm_name_equal(option, "year") && !cm_name_equal(value, "newest"))
    return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                   "option `year` can only be newest, not `%s`; restrict years by their first and last", value);
  char *copy = cm_text_copy(value);
  if (!copy) return cm_fail_memory(error);
  for (size_t i = 0; i < selection->n_options; i++) {
    struct cm_option *have = &selection->options[i];
    if (!cm_name_equal(have->name, option)) continue;
    if (cm_option_orders_rows(option, value) != cm_option_orders_rows(have->name, have->value)) continue;
    cm_free(have->value);
    have->value = copy;
    return cm_ok(error);
  }
  char *name = cm_text_copy(option);
  if (!name || !cm_grow(&selection->options, selection->n_options, &selection->options_room, sizeof *selection->options)) {
    cm_free(name);
    cm_free(copy);
    return cm_fail_memory(error);
  }
  selection->options[selection->n_options++] = (struct cm_option){.name = name, .value = copy};
  return cm_ok(error);
}

const cm_names *cm_selection_names(const critmin_selection *selection, cm_dimension dimension) {
  static const cm_names all = {NULL, 0, 0};
  return selection ? &selection->dimension[dimension] : &all;
}

const char *cm_selection_option(const critmin_selection *selection, const char *name) {
  if (!selection) return NULL;
  for (size_t i = 0; i < selection->n_options; i++) {
    if (cm_name_equal(selection->options[i].name, name)) return selection->options[i].value;
  }
  return NULL;
}

int cm_option_orders_rows(const char *name, const char *value) {
  return cm_name_equal(name, "order") && (cm_name_equal(value, "key") || cm_name_equal(value, "value"));
}

int cm_selection_by_value(const critmin_selection *selection) {
  for (size_t i = 0; selection && i < selection->n_options; i++) {
    const struct cm_option *option = &selection->options[i];
    if (cm_option_orders_rows(option->name, option->value)) return cm_name_equal(option->value, "value");
  }
  return 0;
}
