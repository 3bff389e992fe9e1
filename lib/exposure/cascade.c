/* SPDX-License-Identifier: MIT */
/*
 * A cascade through a network. A flow that is cut leaves a hole in the pool it went to, which is kept its size: the
 * hole is one source more, of nothing. A stage with holes is put in order and eliminated anew; one without is solved as
 * the network holds it.
 */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/cascade.h"
#include "exposure/check.h"
#include "network/solve.h"

void critmin_cascade_init(critmin_cascade *cascade) {
  if (!cascade) return;
  memset(cascade, 0, sizeof *cascade);
  cascade->struct_size = sizeof *cascade;
}

int32_t critmin_cascade_size(void) {
  return (int32_t)sizeof(critmin_cascade);
}

static critmin_status check(const critmin_network *n, const critmin_cascade *s, int32_t stage, critmin_error *error) {
  if (!n) return cm_fail_null(error, "network");
  if (!s) return cm_fail_null(error, "cascade");
  critmin_status status = cm_check_size(s->struct_size, sizeof *s, "critmin_cascade", error);
  if (status == CRITMIN_OK) status = cm_check_count(s->shocks, 0, "shocks", error);
  if (status == CRITMIN_OK) status = cm_check_places(&stage, 1, n->stages, 0, "stage of the fill", error);
  if (status == CRITMIN_OK)
    status = cm_check_places(s->kind, s->shocks, CRITMIN_SHOCK_RESTRICTION + 1, 0, "kind", error);
  if (status == CRITMIN_OK) status = cm_check_places(s->stage, s->shocks, n->stages, 0, "stage", error);
  if (status == CRITMIN_OK) status = cm_check_places(s->country, s->shocks, n->countries, 0, "country", error);
  if (status == CRITMIN_OK && s->target)
    status = cm_check_places(s->target, s->shocks, n->countries, 1, "target", error);
  if (status == CRITMIN_OK) status = cm_check_numbers(s->withheld, s->shocks, "withheld", CM_SHARE, error);
  return status;
}

typedef struct run {
  const critmin_network *n;
  const critmin_cascade *shocks;
  cm_vector vector;
  double *fill;    /* of each stage and country */
  uint8_t *whole;  /* of each stage: nothing is missing anywhere */
  double *running; /* of each country: what an outage leaves of its output */
  double *hole;    /* of each country: what does not arrive */
  double *rows;    /* room for cm_solve_block() */
  double *unknown; /* room for the sources of a stage with holes */
  cm_stage cut;    /* a stage with holes */
} run;

static int make(run *r, const critmin_network *n, const critmin_cascade *shocks) {
  size_t countries = (size_t)n->countries;
  *r = (run){.n = n, .shocks = shocks, .vector = cm_vector_choose()};
  r->fill = cm_alloc_array((size_t)n->stages * countries, sizeof *r->fill);
  r->whole = cm_alloc_array((size_t)n->stages, sizeof *r->whole);
  r->running = cm_alloc_array(countries, sizeof *r->running);
  r->hole = cm_alloc_array(countries, sizeof *r->hole);
  r->unknown = cm_alloc_array(countries, sizeof *r->unknown);
  r->rows = cm_alloc_array(countries * CM_BLOCK, sizeof *r->rows);
  return r->fill && r->whole && r->running && r->hole && r->unknown && r->rows;
}

static void free_cut(cm_stage *s) {
  cm_free(s->flow.country);
  cm_free(s->flow.value);
  cm_free(s->dark);
  cm_free(s->state);
  cm_free(s->inner);
  cm_free(s->outer_end);
  cm_free(s->order);
  cm_free(s->component);
  cm_free(s->inverse);
  cm_free(s->lower.start);
  cm_free(s->lower.country);
  cm_free(s->lower.value);
  cm_free(s->upper.start);
  cm_free(s->upper.country);
  cm_free(s->upper.value);
  cm_free(s->core);
  *s = (cm_stage){0};
}

static void free_run(run *r) {
  cm_free(r->fill);
  cm_free(r->whole);
  cm_free(r->running);
  cm_free(r->hole);
  cm_free(r->unknown);
  cm_free(r->rows);
}

/* What restrictions leave of a flow. */
static double passes(const critmin_cascade *s, int32_t stage, int32_t exporter, int32_t importer) {
  double part = 1;
  for (int32_t i = 0; i < s->shocks; i++)
    if (s->kind[i] == CRITMIN_SHOCK_RESTRICTION && s->stage[i] == stage && s->country[i] == exporter &&
        (!s->target || s->target[i] < 0 || s->target[i] == importer))
      part *= 1 - s->withheld[i];
  return part;
}

/* Finds what shocks do to a stage: outages into `running`, restrictions into a copy with holes. Returns 0 when memory
 * ran out. */
static int hit(run *r, int32_t stage, int *restricted, int *out) {
  const critmin_cascade *s = r->shocks;
  const cm_stage *of = &r->n->stage[stage];
  int32_t countries = r->n->countries;
  *restricted = *out = 0;
  for (int32_t c = 0; c < countries; c++) r->running[c] = 1, r->hole[c] = 0;
  for (int32_t i = 0; i < s->shocks; i++) {
    if (s->stage[i] != stage || s->withheld[i] == 0) continue;
    if (s->kind[i] == CRITMIN_SHOCK_RESTRICTION)
      *restricted = 1;
    else
      r->running[s->country[i]] *= 1 - s->withheld[i], *out = 1;
  }
  if (!*restricted) return 1;
  size_t flows = (size_t)of->flow.start[countries];
  r->cut = (cm_stage){.in_shares = of->in_shares, .output = of->output, .secondary = of->secondary, .total = of->total};
  r->cut.unknown = r->unknown;
  r->cut.flow.start = of->flow.start;
  r->cut.flow.country = cm_alloc_array(flows, sizeof *r->cut.flow.country);
  r->cut.flow.value = cm_alloc_array(flows, sizeof *r->cut.flow.value);
  if (!r->cut.flow.country || !r->cut.flow.value) return 0;
  for (int32_t c = 0; c < countries; c++) {
    for (int64_t f = of->flow.start[c]; f < of->flow.start[c + 1]; f++) {
      double part = passes(s, stage, of->flow.country[f], c);
      r->cut.flow.country[f] = of->flow.country[f];
      r->cut.flow.value[f] = of->flow.value[f] * part;
      r->hole[c] += of->flow.value[f] * (1 - part);
    }
    r->unknown[c] = of->unknown[c] + r->hole[c];
  }
  return cm_stage_order(&r->cut, countries) && cm_stage_eliminate(&r->cut, countries);
}

/* What a country's plants of a stage still get of their inputs. What is of unknown origin is not hit. */
static double intake(const run *r, const cm_stage *s, int32_t country) {
  if (s->inputs == 0) return 1;
  double sum = 0;
  for (int32_t i = 0; i < s->inputs; i++) {
    double fill = r->fill[(int64_t)s->input[i] * r->n->countries + country];
    sum += cm_input_share(s, i, r->n->countries, country) * (isnan(fill) ? 1 : fill);
  }
  return sum;
}

static int fill_stage(run *r, int32_t stage) {
  const cm_stage *s = &r->n->stage[stage];
  int32_t countries = r->n->countries;
  double *fill = r->fill + (int64_t)stage * countries;
  int restricted, out, whole = 1;
  int done = hit(r, stage, &restricted, &out);
  for (int32_t i = 0; i < s->inputs; i++) whole = whole && r->whole[s->input[i]];
  r->whole[stage] = (uint8_t)(whole && !restricted && !out);
  if (restricted) s = &r->cut;
  const cm_stage *inputs = &r->n->stage[stage];
  if (done && !r->whole[stage]) {
    memset(r->rows, 0, (size_t)countries * CM_BLOCK * sizeof *r->rows);
    for (int32_t c = 0; c < countries; c++) {
      if (s->state[c] != CM_POOL_LIVE) continue;
      double made = r->running[c] * (s->output[c] * intake(r, inputs, c) + s->secondary[c]);
      r->rows[(int64_t)c * CM_BLOCK] = made + fmax(0, s->dark[c] - r->hole[c]);
    }
    cm_solve_block(s, &r->vector, r->rows);
  }
  for (int32_t c = 0; done && c < countries; c++) {
    int known = inputs->state[c] == CM_POOL_LIVE || s->state[c] == CM_POOL_LIVE;
    fill[c] = inputs->state[c] == CM_POOL_EMPTY ? NAN
              : r->whole[stage] || !known       ? 1
                                                : fmin(1, r->rows[(int64_t)c * CM_BLOCK]);
  }
  free_cut(&r->cut);
  return done;
}

critmin_status critmin_cascade_fill(const critmin_network *network, const critmin_cascade *cascade, int32_t stage,
                                    double *fill, critmin_error *error) {
  critmin_status status = check(network, cascade, stage, error);
  if (status != CRITMIN_OK) return status;
  if (!fill) return cm_fail_null(error, "fill");
  run r;
  int done = make(&r, network, cascade);
  for (int32_t k = 0; k <= stage && done; k++) done = fill_stage(&r, k);
  if (done) memcpy(fill, r.fill + (int64_t)stage * network->countries, (size_t)network->countries * sizeof *fill);
  free_run(&r);
  return done ? cm_ok(error) : cm_fail_memory(error);
}
