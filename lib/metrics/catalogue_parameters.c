/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/catalogue.h"

/* Options of a selection that are no parameters. */
static int is_reserved(const struct cm_option *option) {
  static const char *const names[] = {"source", "edition", "date", "year"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    if (cm_name_equal(option->name, names[i])) return 1;
  }
  return cm_option_orders_rows(option->name, option->value);
}

/* The place of a word among "a|b|c", or CM_NONE. */
static int word_place(const char *words, const char *word) {
  char one[64];
  for (int place = 0; *words; place++) {
    size_t length = strcspn(words, "|");
    memcpy(one, words, length); /* the words of the tables are short */
    one[length] = '\0';
    if (cm_name_equal(one, word)) return place;
    words += length + (words[length] == '|');
  }
  return CM_NONE;
}

static void word_at(const char *words, int place, cm_buffer *text) {
  while (place-- > 0) words += strcspn(words, "|") + 1;
  cm_buffer_add_n(text, words, strcspn(words, "|"));
}

static critmin_status out_of_bounds(const cm_metric *metric, const cm_parameter *p, const char *value,
                                    critmin_error *error) {
  if (p->type == CM_PARAMETER_WORD)
    return cm_fail(error, CRITMIN_ERROR_PARAMETER, "parameter `%s` of metric `%s` cannot be `%s`; give one of %s",
                   p->name, metric->name, value, p->words);
  return cm_fail(error, CRITMIN_ERROR_PARAMETER, "parameter `%s` of metric `%s` cannot be `%s`; give %s from %g to %g",
                 p->name, metric->name, value, p->type == CM_PARAMETER_NUMBER ? "a number" : "a whole number", p->low,
                 p->high);
}

static critmin_status take(const cm_metric *metric, int i, const char *value, cm_values *values, critmin_error *error) {
  const cm_parameter *p = cm_metric_parameter(metric, i);
  values->text[i] = value;
  double number = NAN;
  int64_t integer;
  switch (p->type) {
    case CM_PARAMETER_TEXT:
      break;
    case CM_PARAMETER_WORD: {
      int place = word_place(p->words, value);
      if (place == CM_NONE) return out_of_bounds(metric, p, value, error);
      number = place;
      break;
    }
    case CM_PARAMETER_INTEGER:
    case CM_PARAMETER_FLAG:
      if (!cm_integer_parse(value, &integer)) return out_of_bounds(metric, p, value, error);
      number = (double)integer;
      if (number < p->low || number > p->high) return out_of_bounds(metric, p, value, error);
      break;
    case CM_PARAMETER_NUMBER:
      if (!*value) break; /* only an initial value is empty */
      if (isinf(p->high) && cm_name_equal(value, "inf"))
        number = INFINITY;
      else if (!cm_number_parse(value, &number) || number < p->low || number > p->high)
        return out_of_bounds(metric, p, value, error);
      break;
  }
  values->number[i] = number;
  return CRITMIN_OK;
}

/* The value that a selection gives a parameter: METRIC.PARAM before PARAM; NULL when it gives none. */
static const char *given(const cm_metric *metric, const cm_parameter *p, const critmin_selection *selection) {
  const char *for_all = NULL;
  for (size_t i = 0; selection && i < selection->n_options; i++) {
    const struct cm_option *option = &selection->options[i];
    const char *dot = strchr(option->name, '.');
    if (!cm_name_equal(dot ? dot + 1 : option->name, p->name) ||
        cm_option_orders_rows(option->name, option->value))
      continue;
    if (!dot) {
      for_all = option->value;
      continue;
    }
    char name[64];
    size_t length = (size_t)(dot - option->name);
    if (length >= sizeof name) continue;
    memcpy(name, option->name, length);
    name[length] = '\0';
    if (cm_name_equal(name, metric->name)) return option->value;
  }
  return for_all;
}

critmin_status cm_values_read(const cm_metric *metric, const critmin_selection *selection, cm_values *values,
                              critmin_error *error) {
  const cm_names *measures = cm_selection_names(selection, CM_MEASURE);
  if (measures->count > 1)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "a metric is of one measure at a time, not of `%s` and `%s`; ask for each alone", measures->names[0],
                   measures->names[1]);
  for (int i = 0; i < cm_metric_parameters(metric); i++) {
    const cm_parameter *p = cm_metric_parameter(metric, i);
    const char *value = cm_metric_has(metric, i) ? given(metric, p, selection) : NULL;
    if (!value && cm_metric_has(metric, i) && i == CM_P_MEASURE && measures->count == 1) value = measures->names[0];
    critmin_status status = take(metric, i, value ? value : p->initial, values, error);
    if (status) return status;
  }
  if (metric->governed && !(values->number[CM_P_OWN + CM_OWN_WGI_BEST] > values->number[CM_P_OWN + CM_OWN_WGI_WORST]))
    return cm_fail(error, CRITMIN_ERROR_PARAMETER, "parameter `wgi_best` of metric `%s` has to be above `wgi_worst`",
                   metric->name);
  return CRITMIN_OK;
}

typedef struct parameter_names {
  const int *metrics;
  size_t n;
} parameter_names;

static const char *parameter_at(const void *user, size_t i) {
  const parameter_names *names = user;
  const cm_metric *metric = &cm_metrics[names->metrics[i / CM_PARAMETERS_MAX]];
  int at = (int)(i % CM_PARAMETERS_MAX);
  return at < cm_metric_parameters(metric) && cm_metric_has(metric, at) ? cm_metric_parameter(metric, at)->name : NULL;
}

static int is_parameter(const parameter_names *names, const char *word) {
  for (size_t i = 0; i < names->n * CM_PARAMETERS_MAX; i++) {
    const char *name = parameter_at(names, i);
    if (name && cm_name_equal(name, word)) return 1;
  }
  return 0;
}

static critmin_status no_parameter(const parameter_names *names, const char *word, critmin_error *error) {
  const cm_metric *metric = &cm_metrics[names->metrics[0]];
  const char *nearest = cm_name_nearest(word, parameter_at, names, names->n * CM_PARAMETERS_MAX);
  if (nearest)
    return cm_fail(error, CRITMIN_ERROR_PARAMETER, "metric `%s` has no parameter `%s`; did you mean `%s`?",
                   metric->name, word, nearest);
  cm_buffer all = {0};
  for (int i = 0; i < cm_metric_parameters(metric); i++) {
    if (!cm_metric_has(metric, i)) continue;
    cm_buffer_print(&all, "%s%s", all.length ? ", " : "", cm_metric_parameter(metric, i)->name);
  }
  critmin_status status = cm_fail(error, CRITMIN_ERROR_PARAMETER, "metric `%s` has no parameter `%s`; it has %s",
                                  metric->name, word, all.data ? all.data : "none");
  cm_buffer_free(&all);
  return status;
}

critmin_status cm_options_check(const critmin_selection *selection, const int *metrics, size_t n,
                                critmin_error *error) {
  for (size_t i = 0; selection && i < selection->n_options; i++) {
    const char *option = selection->options[i].name, *word = option;
    if (is_reserved(&selection->options[i])) continue;
    parameter_names names = {metrics, n};
    int only = CM_NONE;
    const char *dot = strchr(option, '.');
    if (dot) {
      for (size_t j = 0; j < n && only == CM_NONE; j++) {
        const char *name = cm_metrics[metrics[j]].name;
        char *given_name = cm_text_copy_n(option, (size_t)(dot - option));
        if (!given_name) return cm_fail_memory(error);
        if (cm_name_equal(name, given_name)) only = metrics[j];
        cm_free(given_name);
      }
      if (only == CM_NONE)
        return cm_fail(error, CRITMIN_ERROR_PARAMETER,
                       "`%s` is for a metric that is not asked for; ask for it, or leave `%s` out", option, option);
      names = (parameter_names){&only, 1};
      word = dot + 1;
    }
    if (is_parameter(&names, word)) continue;
    return no_parameter(&names, word, error);
  }
  return CRITMIN_OK;
}

void cm_values_text(const cm_metric *metric, const cm_values *values, cm_buffer *text) {
  cm_values initial;
  for (int i = 0; i < cm_metric_parameters(metric); i++) {
    const cm_parameter *p = cm_metric_parameter(metric, i);
    if (take(metric, i, p->initial, &initial, NULL)) continue;
    double is = values->number[i], was = initial.number[i];
    if (p->type == CM_PARAMETER_TEXT ? strcmp(values->text[i], p->initial) == 0
                                     : is == was || (isnan(is) && isnan(was)))
      continue;
    if (text->length) cm_buffer_add(text, ";");
    cm_buffer_print(text, "%s=", p->name);
    if (p->type == CM_PARAMETER_TEXT)
      cm_buffer_add(text, values->text[i]);
    else if (p->type == CM_PARAMETER_WORD)
      word_at(p->words, (int)is, text);
    else if (p->type == CM_PARAMETER_NUMBER)
      cm_buffer_number(text, is);
    else
      cm_buffer_print(text, "%lld", (long long)is);
  }
}
