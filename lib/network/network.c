/* SPDX-License-Identifier: MIT */
/* Making, describing and freeing a network. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/thread.h"
#include "critmin/answer.h"
#include "network/network.h"

void critmin_network_stage_init(critmin_network_stage *stage) {
  if (!stage) return;
  memset(stage, 0, sizeof *stage);
  stage->struct_size = sizeof *stage;
}

int32_t critmin_network_stage_size(void) {
  return (int32_t)sizeof(critmin_network_stage);
}

void critmin_pool_init(critmin_pool *pool) {
  if (!pool) return;
  memset(pool, 0, sizeof *pool);
  pool->struct_size = sizeof *pool;
  pool->output = pool->secondary = pool->imports = pool->unknown = pool->total = pool->exports = pool->use = NAN;
}

int32_t critmin_pool_size(void) {
  return (int32_t)sizeof(critmin_pool);
}

static void free_rows(cm_rows *rows) {
  cm_free(rows->start);
  cm_free(rows->country);
  cm_free(rows->value);
}

static void free_stage(cm_stage *s) {
  cm_free(s->input);
  cm_free(s->input_share);
  cm_free(s->output);
  cm_free(s->secondary);
  cm_free(s->imports);
  cm_free(s->unknown);
  cm_free(s->total);
  cm_free(s->exports);
  cm_free(s->dark);
  cm_free(s->yield);
  cm_free(s->state);
  free_rows(&s->flow);
  cm_free(s->inner);
  cm_free(s->outer_end);
  cm_free(s->order);
  cm_free(s->component);
  cm_free(s->inverse);
  free_rows(&s->lower);
  free_rows(&s->upper);
  cm_free(s->core);
}

void critmin_network_free(critmin_network *network) {
  if (!network) return;
  for (int32_t k = 0; k < network->stages; k++) free_stage(&network->stage[k]);
  cm_free(network->stage);
  cm_free(network);
}

/* Where a value of a country is wrong. */
static critmin_status value_fails(critmin_error *error, critmin_status status, int32_t stage, int32_t country,
                                  const char *what) {
  cm_fail(error, status, "stage %d, country %d: %s", (int)stage, (int)country, what);
  return cm_fail_at(error, status, (int64_t)country + 1, 0);
}

/* Copies one number a country; `missing` stands for NULL, and NaN is refused unless `may_miss`. */
static critmin_status copy(const double *from, double **to, int32_t stage, int32_t countries, const char *name,
                           int may_miss, critmin_error *error) {
  *to = cm_alloc_array((size_t)countries, sizeof **to);
  if (!*to) return cm_fail_memory(error);
  for (int32_t c = 0; from && c < countries; c++) {
    double x = from[c];
    char what[120];
    const char *wrong = isnan(x) && !may_miss ? "is missing; give 0 where there is none, or an estimate"
                        : isinf(x)            ? "is not finite"
                        : x < 0               ? "is below zero"
                                              : NULL;
    if (wrong) {
      size_t length = strlen(name);
      memcpy(what, name, length);
      what[length] = ' ';
      strcpy(what + length + 1, wrong);
      return value_fails(error,
                         isnan(x)   ? CRITMIN_ERROR_MISSING_VALUE
                         : isinf(x) ? CRITMIN_ERROR_INVALID_VALUE
                                    : CRITMIN_ERROR_NEGATIVE,
                         stage, c, what);
    }
    (*to)[c] = x;
  }
  return CRITMIN_OK;
}

static critmin_status read_yield(cm_stage *s, const critmin_network_stage *given, int32_t stage, int32_t countries,
                                 critmin_error *error) {
  if (!given->yield) return CRITMIN_OK;
  critmin_status status = copy(given->yield, &s->yield, stage, countries, "yield", 1, error);
  for (int32_t c = 0; status == CRITMIN_OK && c < countries; c++) {
    if (s->output[c] > 0 && !(s->yield[c] > 0 && s->yield[c] <= 1))
      status = value_fails(error, CRITMIN_ERROR_INVALID_VALUE, stage, c,
                           "yield must be above 0 and at most 1; what comes out cannot exceed what went in");
  }
  return status;
}

static critmin_status read_inputs(cm_stage *s, const critmin_network_stage *given, int32_t stage, int32_t countries,
                                  critmin_error *error) {
  s->inputs = given->inputs > 0 ? given->inputs : given->inputs == 0 && stage > 0 ? 1 : 0;
  if (given->inputs < -1 || given->inputs > stage || (given->inputs > 0 && !given->input))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "stage %d: `inputs` is -1, 0, or the number of stages in `input`, "
                   "of which there are %d before this one",
                   (int)stage, (int)stage);
  if (given->inputs > 1 && !given->input_share)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "stage %d: `input_share` is null; several inputs need their shares",
                   (int)stage);
  s->input = cm_alloc_array((size_t)s->inputs, sizeof *s->input);
  if (!s->input) return cm_fail_memory(error);
  for (int32_t i = 0; i < s->inputs; i++) {
    s->input[i] = given->inputs > 0 ? given->input[i] : stage - 1;
    if (s->input[i] < 0 || s->input[i] >= stage)
      return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                     "stage %d: input %d is stage %d, which does not come before it; "
                     "a cycle of stages cannot be traced",
                     (int)stage, (int)i, (int)s->input[i]);
  }
  if (s->inputs < 2) return CRITMIN_OK;
  size_t n = (size_t)s->inputs * (size_t)countries;
  s->input_share = cm_alloc_array(n, sizeof *s->input_share);
  if (!s->input_share) return cm_fail_memory(error);
  for (int32_t c = 0; c < countries; c++) {
    double sum = 0;
    for (int32_t i = 0; i < s->inputs; i++) {
      double share = given->input_share[(int64_t)i * countries + c];
      if (s->output[c] > 0 && isnan(share))
        return value_fails(error, CRITMIN_ERROR_MISSING_VALUE, stage, c, "the share of an input is missing");
      if (share < 0 || share > 1)
        return value_fails(error, CRITMIN_ERROR_SHARE_RANGE, stage, c, "the share of an input is outside 0 to 1");
      s->input_share[(int64_t)i * countries + c] = isnan(share) ? 0 : share;
      sum += share;
    }
    if (s->output[c] > 0 && fabs(sum - 1) > 1e-9)
      return value_fails(error, CRITMIN_ERROR_SHARE_RANGE, stage, c, "the shares of the inputs do not add up to 1");
  }
  return CRITMIN_OK;
}

static critmin_status read_stage(cm_stage *s, const critmin_network_stage *given, int32_t stage, int32_t countries,
                                 critmin_error *error) {
  if (!given) return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "stage %d is null", (int)stage);
  if (given->struct_size < sizeof *given)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "stage %d: `struct_size` is not that of critmin_network_stage; call "
                   "critmin_network_stage_init()",
                   (int)stage);
  if (!given->output || given->flows < 0 ||
      (given->flows && (!given->importer || !given->exporter || !given->quantity)))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "stage %d: `output`, and with flows `importer`, `exporter` and `quantity`, "
                   "must not be null, nor the number of flows below 0",
                   (int)stage);
  if (given->in_shares && given->use)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "stage %d: `use` is in tonnes, and the stage is in shares",
                   (int)stage);
  s->in_shares = given->in_shares != 0;
  critmin_status status = copy(given->output, &s->output, stage, countries, "output", 0, error);
  if (status == CRITMIN_OK) status = copy(given->secondary, &s->secondary, stage, countries, "secondary", 0, error);
  if (status == CRITMIN_OK) status = read_inputs(s, given, stage, countries, error);
  if (status == CRITMIN_OK) status = read_yield(s, given, stage, countries, error);
  return status;
}

/* Adds to `intake` of the stages before what a stage with known yields takes in. */
static void add_intake(const critmin_network *n, int32_t stage, double *intake) {
  const cm_stage *s = &n->stage[stage];
  if (!s->yield || s->in_shares) return;
  for (int32_t i = 0; i < s->inputs; i++) {
    double *of = intake + (int64_t)s->input[i] * n->countries;
    for (int32_t c = 0; c < n->countries; c++)
      if (s->output[c] > 0) of[c] += s->output[c] / s->yield[c] * cm_input_share(s, i, n->countries, c);
  }
}

static int32_t solve_stages(void *user, int64_t first, int64_t last) {
  critmin_network *n = user;
  for (int64_t k = first; k < last; k++)
    if (!cm_stage_order(&n->stage[k], n->countries) || !cm_stage_eliminate(&n->stage[k], n->countries)) return 1;
  return 0;
}

static critmin_status fill(critmin_network *n, const critmin_network_stage *const *given, double *intake,
                           int32_t threads, critmin_error *error) {
  critmin_status status = CRITMIN_OK;
  for (int32_t k = 0; k < n->stages && status == CRITMIN_OK; k++)
    status = read_stage(&n->stage[k], given[k], k, n->countries, error);
  for (int32_t k = 0; k < n->stages && status == CRITMIN_OK; k++) add_intake(n, k, intake);
  for (int32_t k = 0; k < n->stages && status == CRITMIN_OK; k++) {
    critmin_error inner;
    status = cm_stage_pools(&n->stage[k], given[k], intake + (int64_t)k * n->countries, n->countries, &inner);
    if (status == CRITMIN_OK) continue;
    cm_fail(error, status, "stage %d, %s", (int)k, inner.message);
    cm_fail_at(error, status, inner.row, 0);
  }
  if (status == CRITMIN_OK && cm_parallel(threads, n->stages, 1, solve_stages, n)) status = cm_fail_memory(error);
  return status;
}

critmin_status critmin_network_new(const critmin_network_stage *const *stage, int32_t stages, int32_t countries,
                                   int32_t threads, critmin_network **network, critmin_error *error) {
  if (!stage) return cm_fail_null(error, "stage");
  if (!network) return cm_fail_null(error, "network");
  /* Pools are numbered through all stages, with a few numbers to spare. */
  if (stages < 1 || stages > CM_STAGES_MAX || countries < 1 || countries > INT32_MAX / (stages + 1) - 2)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "a network has 1 to %d stages and 1 to %d countries, not %d and %d",
                   CM_STAGES_MAX, INT32_MAX / (CM_STAGES_MAX + 1) - 2, (int)stages, (int)countries);
  critmin_network *n = cm_alloc_array(1, sizeof *n);
  double *intake = cm_alloc_array((size_t)stages * (size_t)countries, sizeof *intake);
  critmin_status status = CRITMIN_OK;
  if (n) n->stage = cm_alloc_array((size_t)stages, sizeof *n->stage);
  if (!n || !intake || !n->stage) {
    status = cm_fail_memory(error);
  } else {
    n->stages = stages;
    n->countries = countries;
    status = fill(n, stage, intake, threads, error);
  }
  cm_free(intake);
  if (status != CRITMIN_OK) {
    critmin_network_free(n);
    return status;
  }
  *network = n;
  return cm_ok(error);
}

static int64_t rows_bytes(const cm_rows *rows, int64_t n) {
  int64_t each = (int64_t)(sizeof *rows->country + sizeof *rows->value);
  return (n + 1) * (int64_t)sizeof *rows->start + rows->start[n] * each;
}

int64_t critmin_network_bytes(const critmin_network *network) {
  if (!network) return 0;
  int64_t countries = network->countries, bytes = (int64_t)sizeof *network, number = (int64_t)sizeof(double);
  for (int32_t k = 0; k < network->stages; k++) {
    const cm_stage *s = &network->stage[k];
    int64_t square = 0;
    for (int32_t i = 0; i < s->components; i++) square += (int64_t)s->component[i].core * s->component[i].core;
    bytes += (int64_t)sizeof *s + s->inputs * (int64_t)sizeof *s->input +
             (s->input_share ? s->inputs * countries * number : 0);
    bytes +=
        countries * ((7 + (s->yield != NULL)) * number + 1 + 2 * (int64_t)sizeof *s->inner + (int64_t)sizeof *s->order);
    bytes += countries * (int64_t)sizeof *s->component + (s->live + square) * number;
    bytes += rows_bytes(&s->flow, countries) + rows_bytes(&s->lower, s->live) + rows_bytes(&s->upper, s->live);
  }
  return bytes;
}

critmin_status critmin_network_pool(const critmin_network *network, int32_t stage, int32_t country, critmin_pool *pool,
                                    critmin_error *error) {
  if (!network) return cm_fail_null(error, "network");
  if (!pool) return cm_fail_null(error, "pool");
  if (pool->struct_size < sizeof *pool)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "`struct_size` is not that of critmin_pool; call critmin_pool_init()");
  if (stage < 0 || stage >= network->stages || country < 0 || country >= network->countries)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "stage %d, country %d is not in a network of %d stages and %d countries", (int)stage, (int)country,
                   (int)network->stages, (int)network->countries);
  const cm_stage *s = &network->stage[stage];
  pool->output = s->output[country];
  pool->secondary = s->secondary[country];
  pool->imports = s->imports[country];
  pool->unknown = s->unknown[country];
  pool->total = s->total[country];
  pool->exports = s->exports[country];
  pool->use = s->in_shares ? NAN : s->total[country] - s->exports[country];
  int made = s->output[country] + s->secondary[country] > 0;
  pool->flags =
      (s->unknown[country] > 0 ? CRITMIN_FLAG_UNKNOWN_ORIGIN : 0) |
      (!made && s->imports[country] > 0 && pool->use <= CM_ROUNDING * pool->total ? CRITMIN_FLAG_TRANSIT_ONLY : 0) |
      (s->state[country] == CM_POOL_LOOP ? CRITMIN_FLAG_SINGULAR_LOOP : 0) |
      (s->state[country] == CM_POOL_EMPTY ? CRITMIN_FLAG_NO_DATA : 0);
  return cm_ok(error);
}
