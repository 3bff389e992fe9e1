/* SPDX-License-Identifier: MIT */
#include "network/solve.h"

/* The square part of one component, weights of its pools in `w` in the order of elimination, results in `g`. */
static void square_row(const cm_stage *s, const cm_component *c, const cm_vector *vector, double *w, double *g) {
  const double *square = s->core + c->square;
  int32_t m = c->core, first = c->first + c->count - m;
  for (int32_t v = 0; v < m; v++) {
    vector->add_scaled(w + v + 1, square + (int64_t)v * m + v + 1, w[v], m - v - 1);
    g[v] = w[v] * s->inverse[first + v];
  }
  for (int32_t i = m; i-- > 0;) vector->add_scaled(g, square + (int64_t)i * m, g[i], i);
}

static void component_row(const cm_stage *s, const cm_component *c, const cm_vector *vector, double *weight,
                          double *scratch) {
  int32_t sparse = c->first + c->count - c->core, last = c->first + c->count;
  const int32_t *order = s->order;
  for (int32_t v = c->first; v < sparse; v++) {
    double w = weight[order[v]];
    if (w == 0) continue;
    for (int64_t k = s->upper.start[v]; k < s->upper.start[v + 1]; k++)
      weight[s->upper.country[k]] += w * s->upper.value[k];
    weight[order[v]] = w * s->inverse[v];
  }
  double *w = scratch, *g = scratch + c->core;
  for (int32_t i = sparse; i < last; i++) w[i - sparse] = weight[order[i]];
  square_row(s, c, vector, w, g);
  for (int32_t i = sparse; i < last; i++) weight[order[i]] = g[i - sparse];
  for (int32_t i = last; i-- > c->first;) {
    double x = weight[order[i]];
    for (int64_t k = s->lower.start[i]; k < s->lower.start[i + 1]; k++)
      weight[s->lower.country[k]] += x * s->lower.value[k];
  }
}

void cm_solve_row(const cm_stage *s, const cm_vector *vector, double *weight, double *scratch) {
  for (int32_t i = s->components; i-- > 0;) {
    const cm_component *c = &s->component[i];
    if (c->count == 1)
      weight[s->order[c->first]] *= s->inverse[c->first];
    else
      component_row(s, c, vector, weight, scratch);
    for (int32_t at = c->first; at < c->first + c->count; at++) {
      int32_t importer = s->order[at];
      double w = weight[importer];
      if (w == 0) continue;
      for (int64_t f = s->flow.start[importer]; f < s->inner[importer]; f++)
        weight[s->flow.country[f]] += w * s->flow.value[f];
    }
  }
}

static void scale(double *row, double by) {
  for (int i = 0; i < CM_BLOCK; i++) row[i] *= by;
}

/* Four rows of the square at a time share what they read; the few of their own number follow one by one. */
static void square_forward(const cm_component *c, const double *square, const int32_t *dense, const cm_vector *vector,
                           double *rows) {
  int32_t m = c->core, i = 0;
  for (; i + 4 <= m; i += 4) {
    vector->add_rows_four(rows, dense + i, dense, square + (int64_t)i * m, m, i);
    for (int32_t k = i + 1; k < i + 4; k++)
      vector->add_rows(rows + (int64_t)dense[k] * CM_BLOCK, rows, dense + i, square + (int64_t)k * m + i, k - i);
  }
  for (; i < m; i++) vector->add_rows(rows + (int64_t)dense[i] * CM_BLOCK, rows, dense, square + (int64_t)i * m, i);
}

static void square_backward(const cm_component *c, const double *square, const int32_t *dense, const cm_vector *vector,
                            double *rows) {
  int32_t m = c->core, last = m;
  for (; last >= 4; last -= 4) {
    int32_t i = last - 4;
    vector->add_rows_four(rows, dense + i, dense + last, square + (int64_t)i * m + last, m, m - last);
    for (int32_t k = last - 1; k-- > i;)
      vector->add_rows(rows + (int64_t)dense[k] * CM_BLOCK, rows, dense + k + 1, square + (int64_t)k * m + k + 1,
                       last - k - 1);
  }
  for (int32_t k = last; k-- > 0;)
    vector->add_rows(rows + (int64_t)dense[k] * CM_BLOCK, rows, dense + k + 1, square + (int64_t)k * m + k + 1,
                     m - k - 1);
}

static void component_block(const cm_stage *s, const cm_component *c, const cm_vector *vector, double *rows) {
  int32_t last = c->first + c->count, sparse = last - c->core;
  const int32_t *order = s->order;
  for (int32_t i = c->first; i < last; i++) {
    int64_t k = s->lower.start[i];
    vector->add_rows(rows + (int64_t)order[i] * CM_BLOCK, rows, s->lower.country + k, s->lower.value + k,
                     s->lower.start[i + 1] - k);
  }
  square_forward(c, s->core + c->square, order + sparse, vector, rows);
  for (int32_t v = c->first; v < last; v++) scale(rows + (int64_t)order[v] * CM_BLOCK, s->inverse[v]);
  square_backward(c, s->core + c->square, order + sparse, vector, rows);
  for (int32_t v = sparse; v-- > c->first;) {
    int64_t k = s->upper.start[v];
    vector->add_rows(rows + (int64_t)order[v] * CM_BLOCK, rows, s->upper.country + k, s->upper.value + k,
                     s->upper.start[v + 1] - k);
  }
}

void cm_solve_block(const cm_stage *s, const cm_vector *vector, double *rows) {
  for (int32_t i = 0; i < s->components; i++) {
    const cm_component *c = &s->component[i];
    for (int32_t at = c->first; at < c->first + c->count; at++) {
      int32_t importer = s->order[at];
      int64_t f = s->flow.start[importer];
      vector->add_rows(rows + (int64_t)importer * CM_BLOCK, rows, s->flow.country + f, s->flow.value + f,
                       s->inner[importer] - f);
    }
    if (c->count == 1)
      scale(rows + (int64_t)s->order[c->first] * CM_BLOCK, s->inverse[c->first]);
    else
      component_block(s, c, vector, rows);
  }
}
