/* SPDX-License-Identifier: MIT */
#include "network/supply.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"
#include "network/solve.h"

/* Sweeps end when no share moves by more, or when there were so many that solving is cheaper. */
static const double STILL = 1e-15, SETTLED = 1e-13;
enum { SWEEPS_MAX = 500, TURNS_MAX = 50 };

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

/* Equations of the pools of one stage that are not at 0. */
typedef struct equations {
  int32_t n, *country, *place; /* place: of each country from 1, 0 where it is none of them */
  double *line;                /* n rows of n coefficients and the right side */
} equations;

static void write_equations(const cm_supply *s, const cm_supply_question *q, const double *least, int32_t k,
                            equations *e) {
  const cm_supply_stage *stage = &s->stage[k];
  const double *row = least + (int64_t)k * s->countries;
  size_t width = (size_t)e->n + 1;
  memset(e->line, 0, (size_t)e->n * width * sizeof *e->line);
  for (int32_t i = 0; i < e->n; i++) {
    const cm_supply_pool *pool = &stage->pool[e->country[i]];
    double *line = e->line + (size_t)i * width, home = worth(s, q, least, k, e->country[i]), abroad = 0;
    for (int64_t j = pool->first; j < pool->first + pool->n; j++) abroad += stage->share[j] * row[stage->partner[j]];
    double own = home < abroad ? pool->own_high : pool->own_low;
    line[i] = 1;
    line[e->n] = (1 - pool->gap) * own * home;
    for (int64_t j = pool->first; j < pool->first + pool->n; j++) {
      double part = (1 - pool->gap) * (1 - own) * stage->share[j];
      int32_t place = e->place[stage->partner[j]];
      if (place)
        line[place - 1] -= part;
      else
        line[e->n] += part * row[stage->partner[j]];
    }
  }
}

/* Solves them into `row`; the largest change. Diagonals dominate, so that no row needs to be exchanged. */
static double solve_equations(equations *e, double *row) {
  int32_t n = e->n;
  size_t width = (size_t)n + 1;
  for (int32_t pivot = 0; pivot < n; pivot++) {
    const double *from = e->line + (size_t)pivot * width;
    for (int32_t i = pivot + 1; i < n; i++) {
      double *line = e->line + (size_t)i * width, times = line[pivot] / from[pivot];
      for (int32_t j = pivot; times != 0 && j <= n; j++) line[j] -= times * from[j];
    }
  }
  double most = 0;
  for (int32_t i = n; i-- > 0;) {
    const double *line = e->line + (size_t)i * width;
    double found = line[n];
    for (int32_t j = i + 1; j < n; j++) found -= line[j] * row[e->country[j]];
    found /= line[i];
    most = fmax(most, fabs(found - row[e->country[i]]));
    row[e->country[i]] = found;
  }
  return most;
}

/* The shares of a stage are settled exactly for the choice that they make, which is then made anew: what is left after
 * the sweeps are loops that lose little at each turn. Pools that are at 0 stay there: nothing reaches them. */
static critmin_status settle(const cm_supply *s, const cm_supply_question *q, double *least, int32_t k,
                             critmin_error *error) {
  double *row = least + (int64_t)k * s->countries;
  equations e = {.country = cm_alloc_array((size_t)s->countries, sizeof(int32_t)),
                 .place = cm_alloc_array((size_t)s->countries, sizeof(int32_t))};
  for (int32_t c = 0; c < s->countries && e.country && e.place; c++) {
    if (!(row[c] > 0) || (q->touch && q->transit && q->mark[c])) continue;
    e.country[e.n] = c;
    e.place[c] = ++e.n;
  }
  e.line = cm_alloc_array((size_t)e.n * ((size_t)e.n + 1), sizeof *e.line);
  critmin_status status = e.country && e.place && e.line ? CRITMIN_OK : cm_fail_memory(error);
  for (int turn = 0; turn < TURNS_MAX && !status; turn++) {
    write_equations(s, q, least, k, &e);
    if (solve_equations(&e, row) <= SETTLED) break;
  }
  cm_free(e.country);
  cm_free(e.place);
  cm_free(e.line);
  return status;
}

critmin_status cm_supply_least(const cm_supply *s, const cm_supply_question *q, double *least, critmin_error *error) {
  memset(least, 0, (size_t)s->stages * (size_t)s->countries * sizeof *least);
  critmin_status status = CRITMIN_OK;
  for (int32_t k = q->at; k < s->stages && !status; k++) {
    int i = 0;
    while (i < SWEEPS_MAX && sweep(s, q, least, k) > STILL) i++;
    if (i == SWEEPS_MAX) status = settle(s, q, least, k, error);
  }
  return status;
}

critmin_status cm_supply_visits(const critmin_network *network, int32_t stage, int32_t at, double *visits,
                                critmin_error *error) {
  int32_t countries = network->countries;
  cm_vector vector = cm_vector_choose();
  double *scratch = cm_alloc_array(2 * (size_t)countries, sizeof *scratch);
  if (!scratch) return cm_fail_memory(error);
  for (int32_t k = stage; k >= at; k--) {
    const cm_stage *s = &network->stage[k];
    double *row = visits + (int64_t)k * countries;
    for (int32_t c = 0; c < countries; c++) row[c] = s->state[c] == CM_POOL_LIVE ? row[c] : 0;
    cm_solve_row(s, &vector, row, scratch);
    for (int32_t c = 0; c < countries && k > at; c++) (row - countries)[c] += row[c] * s->output[c];
  }
  cm_free(scratch);
  return CRITMIN_OK;
}
