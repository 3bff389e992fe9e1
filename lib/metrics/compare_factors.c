/* SPDX-License-Identifier: MIT */
/*
 * The inputs of a method's scores. Most multiply into it: a score over another that leaves one input out is that input.
 * Those of a composite are its criteria, and the score is made anew. What an input does to a rank is how far the mineral
 * moves when it has that of the median mineral instead.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "metrics/assess.h"
#include "metrics/compare.h"

/* Most inputs that multiply into a score. */
enum { CM_FACTORS = 4 };

/* A score as a chain: each part is the answer of that metric at the same stage over the part before; "" is the score.
 */
typedef struct chain {
  const char *metric;
  struct {
    const char *input, *part;
  } links[CM_FACTORS];
} chain;

static const chain chains[] = {
    {"hhi", {{"concentration", ""}}},
    {"hhi_wgi", {{"concentration", "hhi"}, {"governance", ""}}},
    {"hhi_wgi_t", {{"concentration", "hhi"}, {"governance", "hhi_wgi"}, {"trade", ""}}},
    {"hoskins", {{"concentration", "hhi"}, {"risk", ""}}},
    {"import_hhi", {{"concentration", ""}}},
    {"geopolrisk_score", {{"concentration", "hhi"}, {"imports", ""}}},
    {"geopolrisk_midpoint", {{"concentration", "hhi"}, {"imports", "geopolrisk_score"}, {"price", ""}}},
    {"geopolrisk_cf", {{"concentration", "hhi"}, {"imports", "geopolrisk_score"}, {"price", ""}}},
};

/* What the score is multiplied by besides, from the store. */
static const struct {
  const char *metric, *rest; /* name of all else */
  struct {
    const char *input, *parameter;
    int is_rest;  /* 1 less it counts */
    double power; /* to which it enters the product */
  } links[CM_FACTORS];
} products[] = {
    {"eu_supply_risk",
     "supply",
     {{"recycling", "recycling_input_rate", 1, 1}, {"substitution", "substitution_index_supply_risk", 0, 1}}},
    {"eu_economic_importance", "uses", {{"substitution", "substitution_index_economic_importance", 0, 1}}},
    {"usgs_supply_risk",
     "trade exposure",
     {{"disruption potential", "usgs_disruption_potential", 0, 1. / 3},
      {"economic vulnerability", "usgs_economic_vulnerability", 0, 1. / 3}}},
};

/* The answer of a metric for a mineral at a stage; NaN where there is none. */
static double answer_at(const critmin_table *table, const char *mineral, const char *stage) {
  for (int64_t row = 0; table && stage && row < critmin_table_rows(table); row++) {
    const char *at = cm_answer_text(table, CM_ANSWER_STAGE, row);
    if (at && strcmp(at, stage) == 0 && strcmp(cm_answer_text(table, CM_ANSWER_MINERAL, row), mineral) == 0)
      return critmin_table_number(table, CM_ANSWER_VALUE, row);
  }
  return NAN;
}

/* Answers of the metrics that parts are of, each asked once. */
enum { PARTS = 3 };
typedef struct parts {
  const char *metric[PARTS];
  critmin_table *table[PARTS];
  int n;
} parts;

static critmin_status part_of(const cm_comparison *c, parts *known, const char *metric, const critmin_table **table,
                              critmin_error *error) {
  for (int i = 0; i < known->n; i++) {
    if (strcmp(known->metric[i], metric) != 0) continue;
    *table = known->table[i];
    return CRITMIN_OK;
  }
  int at = known->n++;
  known->metric[at] = metric;
  critmin_status status = cm_comparison_ask(c, metric, 1, &known->table[at], error);
  *table = known->table[at];
  return status;
}

critmin_status cm_comparison_room(const cm_comparison *c, cm_method *method, int n, critmin_error *error) {
  size_t all = c->model->n_minerals * (size_t)n;
  method->factors = cm_alloc_array((size_t)n, sizeof(const char *));
  method->factor = cm_alloc_array(all, sizeof *method->factor);
  if (!method->factors || !method->factor) return cm_fail_memory(error);
  for (size_t i = 0; i < all; i++) method->factor[i] = NAN;
  return CRITMIN_OK;
}

void cm_comparison_factors_free(cm_method *method) {
  if (method->definition) cm_definition_free(method->definition);
  cm_free(method->definition);
  cm_free((void *)method->factors);
  cm_free(method->factor);
}

static double *inputs_of(const cm_method *method, size_t mineral) {
  return method->factor + mineral * (size_t)method->n_factors;
}

static critmin_status follow(const cm_comparison *c, cm_method *method, const chain *links, parts *known,
                             critmin_error *error) {
  const critmin_table *table[CM_FACTORS] = {NULL};
  critmin_status made = cm_comparison_room(c, method, CM_FACTORS, error);
  if (made) return made;
  for (int i = 0; i < CM_FACTORS && links->links[i].input; i++) {
    method->factors[method->n_factors++] = links->links[i].input;
    if (!*links->links[i].part) continue;
    critmin_status status = part_of(c, known, links->links[i].part, &table[i], error);
    if (status) return status;
  }
  for (size_t m = 0; m < c->model->n_minerals; m++) {
    cm_scored *s = &method->minerals[m];
    if (s->row < 0) continue;
    double before = 1;
    for (int i = 0; i < method->n_factors; i++) {
      double part = *links->links[i].part ? answer_at(table[i], c->model->minerals[m].key,
                                                      cm_answer_text(method->table, CM_ANSWER_STAGE, s->row))
                                          : s->value;
      inputs_of(method, m)[i] = part / before;
      before = part;
    }
  }
  return CRITMIN_OK;
}

static critmin_status multiply(const cm_comparison *c, cm_method *method, size_t at, critmin_error *error) {
  critmin_status status = cm_comparison_room(c, method, CM_FACTORS + 1, error);
  if (status) return status;
  method->factors[0] = products[at].rest;
  method->n_factors = 1;
  for (int i = 0; products[at].links[i].input; i++) method->factors[method->n_factors++] = products[at].links[i].input;
  for (size_t m = 0; m < c->model->n_minerals; m++) {
    cm_scored *s = &method->minerals[m];
    if (s->row < 0) continue;
    double *input = inputs_of(method, m);
    input[0] = s->value;
    for (int i = 1; i < method->n_factors; i++) {
      int32_t parameter =
          cm_parameter_in(c->model, (int32_t)m, CM_NONE, CM_NONE, products[at].links[i - 1].parameter, CM_NONE);
      double value = parameter == CM_NONE ? NAN : c->model->parameters[parameter].value;
      input[i] = pow(products[at].links[i - 1].is_rest ? 1 - value : value, products[at].links[i - 1].power);
      input[0] /= input[i];
    }
  }
  return CRITMIN_OK;
}

critmin_status cm_comparison_factors(cm_comparison *c, critmin_error *error) {
  parts known = {.n = 0};
  critmin_status status = CRITMIN_OK;
  for (size_t i = 0; i < c->n_methods && !status; i++) {
    cm_method *method = &c->methods[i];
    for (size_t j = 0; j < sizeof chains / sizeof chains[0] && !status; j++) {
      if (strcmp(chains[j].metric, method->name) == 0) status = follow(c, method, &chains[j], &known, error);
    }
    for (size_t j = 0; j < sizeof products / sizeof products[0] && !status; j++) {
      if (strcmp(products[j].metric, method->name) == 0) status = multiply(c, method, j, error);
    }
    if (!status && cm_metric_find(method->name) == CM_NONE) status = cm_comparison_criteria(c, method, error);
  }
  for (int i = 0; i < known.n; i++) critmin_table_free(known.table[i]);
  return status;
}

static int is_counted(const cm_method *method, const unsigned char *counts, size_t mineral) {
  return method->minerals[mineral].rank > 0 && (!counts || counts[mineral]);
}

int32_t cm_rank_among(const cm_comparison *c, const cm_method *method, const unsigned char *counts, int32_t mineral,
                      double value) {
  int32_t above = 0;
  for (size_t i = 0; i < c->model->n_minerals; i++)
    above += (int32_t)i != mineral && is_counted(method, counts, i) && method->minerals[i].value > value;
  return above + 1;
}

static int by_size(const void *a, const void *b) {
  const double *x = a, *y = b;
  return *x < *y ? -1 : *x > *y;
}

/* NaN when nobody has it. */
static double median(const cm_comparison *c, const cm_method *method, const unsigned char *counts, int factor) {
  size_t known = 0;
  for (size_t i = 0; i < c->model->n_minerals; i++) {
    double input = inputs_of(method, i)[factor];
    if (is_counted(method, counts, i) && !isnan(input)) c->room[known++] = input;
  }
  if (known == 0) return NAN;
  qsort(c->room, known, sizeof *c->room, by_size);
  return known % 2 ? c->room[known / 2] : (c->room[known / 2 - 1] + c->room[known / 2]) / 2;
}

int32_t cm_rank_without(const cm_comparison *c, const cm_method *method, const unsigned char *counts, int32_t mineral,
                        int factor) {
  const cm_scored *s = &method->minerals[mineral];
  double *inputs = inputs_of(method, (size_t)mineral), own = inputs[factor];
  double usual = median(c, method, counts, factor), score = s->value / own * usual;
  if (isnan(own) || isnan(usual) || (!method->definition && !(own > 0))) return 0;
  if (method->definition) {
    inputs[factor] = usual;
    critmin_status status =
        critmin_composite_score(&method->definition->composite, inputs, 1, &score, NULL, NULL, NULL, NULL);
    inputs[factor] = own;
    if (status) *c->out_of_memory = 1;
  }
  return cm_rank_among(c, method, counts, mineral, score);
}
