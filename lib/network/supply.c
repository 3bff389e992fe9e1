/* SPDX-License-Identifier: MIT */
#include "network/supply.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

/* Sweeps end when no share moves by more, and at the latest here: a loop that loses less than this at each turn
 * would take longer. */
static const double STILL = 1e-15;
enum { SWEEPS_MAX = 20000 };

static double of_imports(const cm_supply_pool *pool) {
  return (1 - pool->gap) * (1 - pool->own);
}

typedef struct arrays {
  double *output;
  int32_t *importer, *exporter;
  double *quantity;
} arrays;

static critmin_status fill(const cm_supply *supply, int32_t k, arrays *a, critmin_network_stage *stage,
                           critmin_error *error) {
  const cm_supply_stage *s = &supply->stage[k];
  a->output = cm_alloc_array((size_t)supply->countries, sizeof *a->output);
  a->importer = cm_alloc_array((size_t)s->n, sizeof *a->importer);
  a->exporter = cm_alloc_array((size_t)s->n, sizeof *a->exporter);
  a->quantity = cm_alloc_array((size_t)s->n, sizeof *a->quantity);
  if (!a->output || !a->importer || !a->exporter || !a->quantity) return cm_fail_memory(error);
  int64_t n = 0;
  for (int32_t c = 0; c < supply->countries; c++) {
    const cm_supply_pool *pool = &s->pool[c];
    if (!pool->is_there) continue;
    a->output[c] = (1 - pool->gap) * pool->own;
    for (int64_t i = pool->first; i < pool->first + pool->n; i++) {
      a->importer[n] = c;
      a->exporter[n] = s->partner[i];
      a->quantity[n++] = of_imports(pool) * s->share[i];
    }
  }
  critmin_network_stage_init(stage);
  stage->in_shares = 1;
  stage->output = a->output;
  stage->importer = a->importer;
  stage->exporter = a->exporter;
  stage->quantity = a->quantity;
  stage->flows = n;
  return CRITMIN_OK;
}

critmin_status cm_supply_network(const cm_supply *supply, critmin_network **network, critmin_error *error) {
  size_t n = (size_t)supply->stages;
  arrays *of = cm_alloc_array(n, sizeof *of);
  critmin_network_stage *stage = cm_alloc_array(n, sizeof *stage);
  const critmin_network_stage **stages = cm_alloc_array(n, sizeof(const critmin_network_stage *));
  critmin_status status = of && stage && stages ? CRITMIN_OK : cm_fail_memory(error);
  for (int32_t k = 0; k < supply->stages && !status; k++) {
    status = fill(supply, k, &of[k], &stage[k], error);
    stages[k] = &stage[k];
  }
  if (!status) status = critmin_network_new(stages, supply->stages, supply->countries, 1, network, error);
  for (size_t k = 0; k < n && of; k++) {
    cm_free(of[k].output);
    cm_free(of[k].importer);
    cm_free(of[k].exporter);
    cm_free(of[k].quantity);
  }
  cm_free(of);
  cm_free(stage);
  cm_free((void *)stages);
  return status;
}

/* What a country's own output of a stage is worth: of those asked about, or what it was made from. */
static double worth(const cm_supply *s, const cm_supply_question *q, const double *least, int32_t k, int32_t country) {
  int marked = q->mark[country] != 0;
  if (k == q->at) return marked != (q->not_from != 0);
  if (q->touch && marked) return !q->not_from;
  return least[(int64_t)(k - 1) * s->countries + country];
}

/* One sweep over the pools of a stage; the largest change. */
static double sweep(const cm_supply *s, const cm_supply_question *q, double *least, int32_t k) {
  const cm_supply_stage *stage = &s->stage[k];
  double *row = least + (int64_t)k * s->countries, most = 0;
  for (int32_t c = 0; c < s->countries; c++) {
    const cm_supply_pool *pool = &stage->pool[c];
    if (!pool->is_there) continue;
    double found, abroad = 0;
    if (q->touch && q->transit && q->mark[c]) {
      found = !q->not_from;
    } else {
      for (int64_t i = pool->first; i < pool->first + pool->n; i++) abroad += stage->share[i] * row[stage->partner[i]];
      double home = worth(s, q, least, k, c), own = home < abroad ? pool->own_high : pool->own_low;
      found = (1 - pool->gap) * (own * home + (1 - own) * abroad);
    }
    most = fmax(most, fabs(found - row[c]));
    row[c] = found;
  }
  return most;
}

void cm_supply_least(const cm_supply *s, const cm_supply_question *q, double *least) {
  memset(least, 0, (size_t)s->stages * (size_t)s->countries * sizeof *least);
  for (int32_t k = q->at; k < s->stages; k++) {
    for (int i = 0; i < SWEEPS_MAX && sweep(s, q, least, k) > STILL; i++) continue;
  }
}

/* Follows what is in the pools of a stage to those it came from, until nothing is left on the way. */
static critmin_status spread(const cm_supply *s, int32_t k, double *visits, critmin_error *error) {
  const cm_supply_stage *stage = &s->stage[k];
  size_t n = (size_t)s->countries;
  double *row = visits + (int64_t)k * s->countries;
  double *moving = cm_alloc_array(n, sizeof *moving), *next = cm_alloc_array(n, sizeof *next);
  critmin_status status = moving && next ? CRITMIN_OK : cm_fail_memory(error);
  if (!status) memcpy(moving, row, n * sizeof *moving);
  for (int i = 0; i < SWEEPS_MAX && !status; i++) {
    double most = 0;
    memset(next, 0, n * sizeof *next);
    for (size_t c = 0; c < n; c++) {
      const cm_supply_pool *pool = &stage->pool[c];
      if (moving[c] == 0 || !pool->is_there) continue;
      for (int64_t j = pool->first; j < pool->first + pool->n; j++)
        next[stage->partner[j]] += moving[c] * of_imports(pool) * stage->share[j];
    }
    for (size_t c = 0; c < n; c++) {
      row[c] += next[c];
      most = fmax(most, next[c]);
    }
    double *swap = moving;
    moving = next;
    next = swap;
    if (most <= STILL) break;
  }
  cm_free(moving);
  cm_free(next);
  return status;
}

critmin_status cm_supply_visits(const cm_supply *s, int32_t stage, int32_t at, double *visits, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int32_t k = stage; k >= at && !status; k--) {
    status = spread(s, k, visits, error);
    for (int32_t c = 0; c < s->countries && k > at && !status; c++) {
      const cm_supply_pool *pool = &s->stage[k].pool[c];
      if (pool->is_there)
        visits[(int64_t)(k - 1) * s->countries + c] +=
            visits[(int64_t)k * s->countries + c] * (1 - pool->gap) * pool->own;
    }
  }
  return status;
}
