/* SPDX-License-Identifier: MIT */
/*
 * All buyers and all origins. Columns of origins are independent of one another through all stages, so that each thread
 * takes blocks of them from the first stage to the last, and the bits do not depend on who took which.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/thread.h"
#include "network/solve.h"
#include "network/trace.h"

/* A column stands for what was made in a country at stage `at`, for what came in later in a country, or for the
 * unknown. */
enum { SHARE, OTHER, UNKNOWN };

typedef struct column {
  int32_t kind, country;
  int32_t place; /* in a row of the result */
} column;

typedef struct all {
  const critmin_network *n;
  int32_t at;
  double *share, *other, *unknown;
  column *column;
  int32_t columns;
  int32_t width;  /* of the rows of `share` */
  uint8_t *leads; /* of each stage */
  cm_vector vector;
} all;

static int enters_later(const all *a, int32_t country) {
  for (int32_t k = a->at; k < a->n->stages; k++) {
    const cm_stage *s = &a->n->stage[k];
    if (!a->leads[k]) continue;
    if (s->secondary[country] > 0) return 1;
    for (int32_t i = 0; k > a->at && s->output[country] > 0 && i < s->inputs; i++)
      if (!a->leads[s->input[i]] && cm_input_share(s, i, a->n->countries, country) > 0) return 1;
  }
  return 0;
}

static void list_columns(all *a, const int32_t *origin) {
  const cm_stage *first = &a->n->stage[a->at];
  for (int32_t i = 0; i < a->width; i++) {
    int32_t c = origin ? origin[i] : i;
    if (first->output[c] > 0) a->column[a->columns++] = (column){SHARE, c, i};
  }
  for (int32_t c = 0; a->other && c < a->n->countries; c++)
    if (enters_later(a, c)) a->column[a->columns++] = (column){OTHER, c, c};
  if (a->unknown) a->column[a->columns++] = (column){UNKNOWN, 0, 0};
}

/* What the sources of a column's country bring of its origin. */
static double source(const all *a, const cm_stage *s, int first, const column *of) {
  if (of->kind == SHARE) return first ? s->output[of->country] : 0;
  double in = s->secondary[of->country];
  for (int32_t i = 0; !first && i < s->inputs; i++)
    if (!a->leads[s->input[i]]) in += s->output[of->country] * cm_input_share(s, i, a->n->countries, of->country);
  return in;
}

static void fill(const all *a, int32_t stage, double *rooms, int32_t first, int32_t columns) {
  const cm_stage *s = &a->n->stage[stage];
  int32_t countries = a->n->countries;
  int64_t size = (int64_t)countries * CM_BLOCK;
  double *rows = rooms + stage * size;
  memset(rows, 0, (size_t)size * sizeof *rows);
  for (int32_t at = 0; stage > a->at && at < s->live; at++) {
    int32_t c = s->order[at];
    for (int32_t i = 0; s->output[c] > 0 && i < s->inputs; i++) {
      const double *from = rooms + s->input[i] * size + (int64_t)c * CM_BLOCK;
      double amount = s->output[c] * cm_input_share(s, i, countries, c);
      if (a->leads[s->input[i]]) a->vector.add_scaled(rows + (int64_t)c * CM_BLOCK, from, amount, CM_BLOCK);
    }
  }
  for (int32_t k = 0; k < columns; k++) {
    const column *of = &a->column[first + k];
    if (of->kind != UNKNOWN)
      rows[(int64_t)of->country * CM_BLOCK + k] += source(a, s, stage == a->at, of);
    else
      for (int32_t at = 0; at < s->live; at++) rows[(int64_t)s->order[at] * CM_BLOCK + k] += s->dark[s->order[at]];
  }
  cm_solve_block(s, &a->vector, rows);
  /* Pools that nothing feeds are of unknown origin; so is what a pool with nothing in it would give. */
  for (int32_t k = 0; k < columns; k++)
    for (int32_t c = 0; a->column[first + k].kind == UNKNOWN && c < countries; c++)
      if (s->state[c] != CM_POOL_LIVE) rows[(int64_t)c * CM_BLOCK + k] = 1;
}

static void write(const all *a, int32_t stage, const double *rows, int32_t first, int32_t columns) {
  int32_t countries = a->n->countries;
  for (int32_t k = 0; k < columns;) {
    const column *of = &a->column[first + k];
    int32_t run = 1; /* neighbours in the result too */
    while (k + run < columns && of[run].kind == of->kind && of[run].place == of->place + run) run++;
    double *to = of->kind == SHARE ? a->share : of->kind == OTHER ? a->other : a->unknown;
    int64_t width = of->kind == SHARE ? a->width : of->kind == OTHER ? countries : 1;
    to += (int64_t)stage * countries * width + of->place;
    for (int32_t c = 0; c < countries; c++, to += width)
      if (a->n->stage[stage].state[c] != CM_POOL_EMPTY)
        memcpy(to, rows + (int64_t)c * CM_BLOCK + k, (size_t)run * sizeof *to);
    k += run;
  }
}

static int32_t block(void *user, int64_t first_block, int64_t last_block) {
  const all *a = user;
  double *rooms = cm_alloc((size_t)a->n->stages * (size_t)a->n->countries * CM_BLOCK * sizeof *rooms);
  if (!rooms) return 1;
  for (int64_t b = first_block; b < last_block; b++) {
    int32_t first = (int32_t)b * CM_BLOCK, columns = a->columns - first < CM_BLOCK ? a->columns - first : CM_BLOCK;
    for (int32_t k = a->at; k < a->n->stages; k++) {
      if (!a->leads[k]) continue;
      fill(a, k, rooms, first, columns);
      write(a, k, rooms + (int64_t)k * a->n->countries * CM_BLOCK, first, columns);
    }
  }
  cm_free(rooms);
  return 0;
}

/* Rows are 0 until a column says otherwise, and NaN where there is nothing to have an origin. */
static int32_t blank(void *user, int64_t first, int64_t last) {
  const all *a = user;
  int32_t countries = a->n->countries;
  for (int64_t row = first; row < last; row++) {
    const cm_stage *s = &a->n->stage[row / countries];
    double is = a->leads[row / countries] && s->state[row % countries] != CM_POOL_EMPTY ? 0 : NAN;
    for (int32_t i = 0; i < a->width; i++) a->share[row * a->width + i] = is;
    for (int32_t c = 0; a->other && c < countries; c++) a->other[row * countries + c] = is;
    if (a->unknown) a->unknown[row] = is;
  }
  return 0;
}

/* Each origin is to be a country, and is to be there once. */
static critmin_status check_origins(const critmin_network *n, const int32_t *origin, int32_t origins,
                                    critmin_error *error) {
  uint8_t *met;
  critmin_status status = cm_mark(n, origin, origins, &met, error);
  if (status != CRITMIN_OK) return status;
  for (int32_t i = 0; i < origins && status == CRITMIN_OK; i++) {
    if (!met[origin[i]]) status = cm_fail(error, CRITMIN_ERROR_ARGUMENT, "origin %d is there twice", (int)i);
    met[origin[i]] = 0;
  }
  cm_free(met);
  return status;
}

critmin_status critmin_origin_all(const critmin_network *network, int32_t at, const int32_t *origin, int32_t origins,
                                  double *share, double *other, double *unknown, int32_t threads,
                                  critmin_error *error) {
  if (!network) return cm_fail_null(error, "network");
  if (!share) return cm_fail_null(error, "share");
  if (at < 0 || at >= network->stages)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "stage %d is none of the network's, which are 0 to %d", (int)at,
                   (int)network->stages - 1);
  all a = {.n = network, .at = at, .share = share, .other = other, .unknown = unknown, .vector = cm_vector_choose()};
  if (origin) {
    critmin_status checked = check_origins(network, origin, origins, error);
    if (checked != CRITMIN_OK) return checked;
  }
  a.width = origin ? origins : network->countries;
  a.column = cm_alloc_array(2 * (size_t)network->countries + 1, sizeof *a.column);
  a.leads = cm_alloc_array((size_t)network->stages, sizeof *a.leads);
  critmin_status status = a.column && a.leads ? CRITMIN_OK : cm_fail_memory(error);
  if (status == CRITMIN_OK) {
    for (int32_t k = at; k < network->stages; k++) a.leads[k] = (uint8_t)cm_leads(network, k, at);
    list_columns(&a, origin);
    int64_t blocks = (a.columns + CM_BLOCK - 1) / CM_BLOCK;
    cm_parallel(threads, (int64_t)network->stages * network->countries, network->countries, blank, &a);
    if (cm_parallel(threads, blocks, 1, block, &a)) status = cm_fail_memory(error);
  }
  cm_free(a.column);
  cm_free(a.leads);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}

critmin_status critmin_origin_stage(const double *output, const double *use, int32_t countries, const int32_t *importer,
                                    const int32_t *exporter, const double *quantity, int64_t flows, double *share,
                                    double *unknown, int32_t threads, critmin_error *error) {
  critmin_network_stage stage;
  critmin_network_stage_init(&stage);
  stage.output = output;
  stage.use = use;
  stage.importer = importer;
  stage.exporter = exporter;
  stage.quantity = quantity;
  stage.flows = flows;
  const critmin_network_stage *const only = &stage;
  critmin_network *network;
  critmin_status status = critmin_network_new(&only, 1, countries, threads, &network, error);
  if (status != CRITMIN_OK) return status;
  status = critmin_origin_all(network, 0, NULL, 0, share, NULL, unknown, threads, error);
  critmin_network_free(network);
  return status;
}
