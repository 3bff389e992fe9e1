/* SPDX-License-Identifier: MIT */
#include "metrics/composite_definition.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/definition.h"
#include "base/memory.h"
#include "metrics/catalogue.h"
#include "metrics/composite.h"

enum { CRITERIA_MAX = 64, POINTS_MAX = 256 };

int cm_criterion_asks_country(const cm_definition_criterion *c) {
  const cm_metric *metric = &cm_metrics[c->metric];
  const cm_assessment *assessment = cm_metric_assessment(metric);
  int of_any = metric->subject != CM_SUBJECT_MARKET && metric->subject != CM_SUBJECT_SUPPLIER;
  return of_any && !(assessment && assessment->home_only) && !c->country;
}

int cm_criterion_asks_partner(const cm_definition_criterion *c) {
  return cm_metrics[c->metric].subject == CM_SUBJECT_PAIR && !c->partner;
}

/* Parameters
 * ------------------------------------------------------------------------------------------------------------- */

static critmin_status parameter_text(const cm_json_node *node, char number[CM_NUMBER_TEXT], const char **text,
                                     critmin_error *error) {
  double value = NAN;
  int flag = 0;
  if (cm_json_is_text(node)) return cm_json_text(node, text, error);
  *text = number;
  if (cm_json_is_flag(node)) {
    cm_json_flag(node, &flag, error);
    snprintf(number, CM_NUMBER_TEXT, "%d", flag);
    return CRITMIN_OK;
  }
  if (!cm_json_is_number(node))
    return cm_json_fail(node, error, CRITMIN_ERROR_INVALID_VALUE, "give a number, a text, true or false");
  cm_json_number(node, &value, error);
  if (value == floor(value) && fabs(value) < 1e15)
    snprintf(number, CM_NUMBER_TEXT, "%lld", (long long)value);
  else
    cm_number_text(value, number);
  return CRITMIN_OK;
}

static int has_parameter(const cm_metric *metric, const char *name) {
  for (int i = 0; i < cm_metric_parameters(metric); i++) {
    if (cm_metric_has(metric, i) && cm_name_equal(cm_metric_parameter(metric, i)->name, name)) return 1;
  }
  return 0;
}

static critmin_status read_parameters(const cm_json_node *node, cm_definition_criterion *c, critmin_error *error) {
  const cm_metric *metric = &cm_metrics[c->metric];
  cm_json_node parameters = cm_json_member(node, "parameters");
  critmin_error found;
  critmin_status status = critmin_selection_new(&c->asked, error);
  if (!status) status = critmin_selection_add(c->asked, "metric", metric->name, error);
  if (status || !cm_json_is_there(&parameters)) return status;
  if (!cm_json_is_object(&parameters))
    return cm_json_fail(&parameters, error, CRITMIN_ERROR_FORMAT, "give an object, { \"parameter\": value, ... }");
  for (size_t i = 0; i < cm_json_count(&parameters); i++) {
    const char *name, *text = "";
    char number[CM_NUMBER_TEXT];
    cm_json_node value = cm_json_entry(&parameters, i, &name);
    status = parameter_text(&value, number, &text, error);
    if (status) return status;
    if (critmin_selection_set(c->asked, name, text, &found) != CRITMIN_OK)
      return cm_json_fail_found(&value, error, &found);
    /* What a selection understands besides is of the model or of the table. */
    cm_values values;
    if (cm_options_check(c->asked, &c->metric, 1, &found) != CRITMIN_OK ||
        (has_parameter(metric, name) && cm_values_read(metric, c->asked, &values, &found) != CRITMIN_OK))
      return cm_json_fail_found(&value, error, &found);
    if (!has_parameter(metric, name))
      return cm_json_fail(&value, error, CRITMIN_ERROR_PARAMETER, "metric `%s` has no parameter `%s`", metric->name,
                          name);
  }
  return CRITMIN_OK;
}

/* Scales
 * ---------------------------------------------------------------------------------------------------------------- */

static critmin_status read_table(const cm_json_node *node, critmin_criterion *scale, critmin_error *error) {
  cm_json_node table = cm_json_member(node, "table");
  critmin_status status = cm_json_array(&table, error);
  if (status) return status;
  size_t n = cm_json_count(&table);
  if (n < 1 || n > POINTS_MAX)
    return cm_json_fail(&table, error, CRITMIN_ERROR_MISSING_VALUE, "give 1 to %d points, [limit, score] each",
                        POINTS_MAX);
  double *points = cm_alloc_array(2 * n, sizeof *points);
  if (!points) return cm_fail_memory(error);
  scale->limit = points;
  scale->score = points + n;
  scale->points = (int64_t)n;
  for (size_t i = 0; i < n; i++) {
    cm_json_node point = cm_json_item(&table, i);
    if (!cm_json_is_array(&point) || cm_json_count(&point) != 2)
      return cm_json_fail(&point, error, CRITMIN_ERROR_INVALID_VALUE, "give [limit, score]");
    for (size_t k = 0; k < 2; k++) {
      cm_json_node number = cm_json_item(&point, k);
      points[i + k * n] = NAN;
      status = cm_json_number(&number, &points[i + k * n], error);
      if (status) return status;
    }
  }
  return CRITMIN_OK;
}

/* The other aggregates than the arithmetic mean take scores of 0 and above. */
static int may_be_negative(const critmin_criterion *scale) {
  if (scale->normalise == CRITMIN_NORMALISE_Z) return 1;
  for (int64_t i = 0; i < scale->points; i++) {
    if (scale->score[i] < 0) return 1;
  }
  return 0;
}

static critmin_status read_scale(const cm_json_node *criterion, const cm_definition *d, critmin_criterion *scale,
                                 critmin_error *error) {
  static const char *const keys[] = {"kind", "low", "high", "mean", "deviation", "falling", "table", NULL};
  cm_json_node node = cm_json_member(criterion, "normalise"), kind = cm_json_member(&node, "kind");
  critmin_criterion_init(scale);
  if (!cm_json_is_there(&node)) return CRITMIN_OK; /* on a scale of 0 to 1 already, see fixed_scale() */
  critmin_status status = cm_json_only(&node, keys, error);
  int falling = 0, word = CRITMIN_NORMALISE_MIN_MAX;
  if (!status && !cm_json_is_there(&kind))
    status = cm_json_fail(&node, error, CRITMIN_ERROR_MISSING_VALUE,
                          "give a kind: min_max, log_min_max, z, rank, steps or piecewise");
  if (!status) status = cm_json_word(&kind, "min_max|log_min_max|z|rank|steps|piecewise", &word, error);
  if (status) return status;
  scale->normalise = word;
  int z = word == CRITMIN_NORMALISE_Z, tabled = word >= CRITMIN_NORMALISE_STEPS,
      bounded = word <= CRITMIN_NORMALISE_LOG_MIN_MAX;
  const struct {
    const char *key;
    int belongs;
    double *into;
  } numbers[] = {{"low", bounded, &scale->low},
                 {"high", bounded, &scale->high},
                 {"mean", z, &scale->low},
                 {"deviation", z, &scale->high}};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    cm_json_node number = cm_json_member(&node, numbers[i].key);
    if (cm_json_is_there(&number) && !numbers[i].belongs)
      return cm_json_fail(&number, error, CRITMIN_ERROR_INVALID_VALUE, "this kind takes no `%s`", numbers[i].key);
    status = cm_json_number(&number, numbers[i].into, error);
    if (status) return status;
  }
  cm_json_node table = cm_json_member(&node, "table"), flag = cm_json_member(&node, "falling");
  if (cm_json_is_there(&table) && !tabled)
    return cm_json_fail(&table, error, CRITMIN_ERROR_INVALID_VALUE, "this kind takes no `table`");
  if (tabled) status = read_table(&node, scale, error);
  if (!status) status = cm_json_flag(&flag, &falling, error);
  if (status) return status;
  scale->falling = falling;
  critmin_error found;
  if (critmin_normalise(scale, NULL, 0, NULL, &found) != CRITMIN_OK) return cm_json_fail_found(&node, error, &found);
  if (d->composite.aggregate != CRITMIN_AGGREGATE_ARITHMETIC && may_be_negative(scale))
    return cm_json_fail(&node, error, CRITMIN_ERROR_INVALID_VALUE,
                        "this can fall below zero, which only the arithmetic mean takes");
  return CRITMIN_OK;
}

/* Without a scale of its own, a metric between 0 and 1 stays as it is. */
static critmin_status fixed_scale(const cm_json_node *criterion, cm_definition_criterion *c, critmin_error *error) {
  cm_json_node node = cm_json_member(criterion, "normalise");
  const cm_metric *metric = &cm_metrics[c->metric];
  if (cm_json_is_there(&node)) return CRITMIN_OK;
  if (metric->low < 0 || metric->high > 1)
    return cm_json_fail(&node, error, CRITMIN_ERROR_MISSING_VALUE,
                        "metric `%s` is not on a scale of 0 to 1; say how to bring it there", metric->name);
  c->scale.low = 0;
  c->scale.high = 1;
  return CRITMIN_OK;
}

/* Criteria
 * -------------------------------------------------------------------------------------------------------------- */

static critmin_status read_criterion(const cm_json_node *node, const cm_definition *d, cm_definition_criterion *c,
                                     critmin_error *error) {
  static const char *const keys[] = {"name",    "metric",  "parameters", "stage", "stages",
                                     "country", "partner", "normalise",  NULL};
  critmin_error found;
  critmin_status status = cm_json_only(node, keys, error);
  const char *metric = NULL;
  const struct {
    const char *key;
    const char **into;
  } texts[] = {{"metric", &metric},
               {"name", &c->name},
               {"stage", &c->stage},
               {"country", &c->country},
               {"partner", &c->partner}};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0] && !status; i++) {
    cm_json_node text = cm_json_member(node, texts[i].key);
    status = cm_json_text(&text, texts[i].into, error);
    if (!status && *texts[i].into && !**texts[i].into)
      status = cm_json_fail(&text, error, CRITMIN_ERROR_MISSING_VALUE, "it is empty; leave it out, or name one");
  }
  if (status) return status;
  cm_json_node named = cm_json_member(node, "metric"), stages = cm_json_member(node, "stages");
  if (!metric)
    return cm_json_fail(node, error, CRITMIN_ERROR_MISSING_VALUE, "give the metric that it is: \"metric\": \"hhi\"");
  c->metric = cm_metric_find(metric);
  if (c->metric == CM_NONE) {
    cm_metric_unknown(metric, &found);
    return cm_json_fail_found(&named, error, &found);
  }
  cm_json_node partner = cm_json_member(node, "partner");
  if (c->partner && cm_metrics[c->metric].subject != CM_SUBJECT_PAIR)
    return cm_json_fail(&partner, error, CRITMIN_ERROR_INVALID_VALUE, "metric `%s` has no partner",
                        cm_metrics[c->metric].name);
  if (!c->name) c->name = cm_metrics[c->metric].name;
  status = cm_json_word(&stages, "greatest|least|mean", &c->stages, error);
  if (!status) status = read_parameters(node, c, error);
  if (!status) status = read_scale(node, d, &c->scale, error);
  if (!status) status = fixed_scale(node, c, error);
  return status;
}

static critmin_status read_criteria(const cm_json_node *root, cm_definition *d, critmin_error *error) {
  cm_json_node criteria = cm_json_member(root, "criteria");
  critmin_status status = cm_json_array(&criteria, error);
  if (status) return status;
  size_t n = cm_json_count(&criteria);
  if (n < 1 || n > CRITERIA_MAX)
    return cm_json_fail(cm_json_is_there(&criteria) ? &criteria : root, error, CRITMIN_ERROR_MISSING_VALUE,
                        "give `criteria`, a list of 1 to %d", CRITERIA_MAX);
  d->criteria = cm_alloc_array(n, sizeof *d->criteria);
  d->weight = cm_alloc_array(n, sizeof *d->weight);
  if (!d->criteria || !d->weight) return cm_fail_memory(error);
  d->n = (int64_t)n;
  for (size_t i = 0; i < n && !status; i++) {
    cm_json_node node = cm_json_item(&criteria, i);
    status = read_criterion(&node, d, &d->criteria[i], error);
  }
  return status;
}

static critmin_status read_weights(const cm_json_node *root, cm_definition *d, critmin_error *error) {
  cm_json_node weights = cm_json_member(root, "weights");
  critmin_error found;
  critmin_status status = cm_json_array(&weights, error);
  if (status) return status;
  size_t n = cm_json_count(&weights);
  if (cm_json_is_there(&weights) && n != (size_t)d->n)
    return cm_json_fail(&weights, error, CRITMIN_ERROR_INVALID_VALUE,
                        "%zu weights for %lld criteria; give one for each", n, (long long)d->n);
  for (int64_t i = 0; i < d->n; i++) {
    d->weight[i] = 1;
    if (!cm_json_is_there(&weights)) continue;
    cm_json_node weight = cm_json_item(&weights, (size_t)i);
    d->weight[i] = NAN;
    status = cm_json_number(&weight, &d->weight[i], error);
    if (status) return status;
    if (!(d->weight[i] >= 0)) return cm_json_fail(&weight, error, CRITMIN_ERROR_NEGATIVE, "give a weight of 0 or more");
  }
  d->composite.weight = d->weight;
  d->composite.criteria = d->n;
  cm_composite checked;
  cm_json_node power = cm_json_member(root, "power");
  if (cm_composite_read(&d->composite, NULL, 0, &checked, &found) != CRITMIN_OK)
    return cm_json_fail_found(cm_json_is_there(&weights) ? &weights
                              : cm_json_is_there(&power) ? &power
                                                         : root,
                              error, &found);
  cm_composite_free(&checked);
  return CRITMIN_OK;
}

static critmin_status read_root(const cm_json_node *root, cm_definition *d, critmin_error *error) {
  static const char *const keys[] = {"name",    "note",    "items",    "aggregate", "power",
                                     "missing", "weights", "criteria", NULL};
  cm_json_node name = cm_json_member(root, "name"), note = cm_json_member(root, "note"),
               items = cm_json_member(root, "items"), aggregate = cm_json_member(root, "aggregate"),
               power = cm_json_member(root, "power"), missing = cm_json_member(root, "missing");
  int how = CRITMIN_AGGREGATE_ARITHMETIC, rule = CRITMIN_MISSING_RENORMALISE;
  critmin_composite_init(&d->composite);
  critmin_status status = cm_json_only(root, keys, error);
  if (!status) status = cm_json_text(&name, &d->name, error);
  if (!status) status = cm_json_text(&note, &d->note, error);
  if (!status) status = cm_json_word(&items, "mineral|stage", &d->items, error);
  if (!status) status = cm_json_word(&aggregate, "arithmetic|geometric|power|greatest", &how, error);
  if (!status) status = cm_json_number(&power, &d->composite.power, error);
  if (!status) status = cm_json_word(&missing, "renormalise|interval", &rule, error);
  if (!status && cm_json_is_there(&power) && how != CRITMIN_AGGREGATE_POWER)
    status = cm_json_fail(&power, error, CRITMIN_ERROR_INVALID_VALUE, "only the aggregate `power` takes a power");
  d->composite.aggregate = how;
  d->composite.missing = rule;
  if (!status) status = read_criteria(root, d, error);
  return status ? status : read_weights(root, d, error);
}

critmin_status cm_definition_read(const char *json, cm_definition *d, critmin_error *error) {
  memset(d, 0, sizeof *d);
  critmin_status status = cm_json_read(json, strlen(json), &d->document, error);
  if (status) return status;
  cm_json_node root = cm_json_root(d->document);
  status = read_root(&root, d, error);
  if (status) cm_definition_free(d);
  return status;
}

void cm_definition_free(cm_definition *d) {
  for (int64_t i = 0; i < d->n; i++) {
    critmin_selection_free(d->criteria[i].asked);
    cm_free((void *)(uintptr_t)d->criteria[i].scale.limit); /* scores lie behind the limits */
  }
  cm_free(d->criteria);
  cm_free(d->weight);
  cm_json_free(d->document);
  memset(d, 0, sizeof *d);
}

critmin_status cm_composite_check(const char *key, const char *json, critmin_error *error) {
  if (key && cm_metric_find(key) != CM_NONE)
    return cm_fail(error, CRITMIN_ERROR_DUPLICATE_KEY, "`%s` is a metric of the library; choose another key", key);
  cm_definition definition;
  critmin_status status = cm_definition_read(json, &definition, error);
  if (status) return status;
  cm_definition_free(&definition);
  return cm_ok(error);
}
