/* SPDX-License-Identifier: MIT */
/* Plants that need several inputs at once: outputs are lowered, sweep by sweep, to the greatest that all limits allow.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "critmin/cascade.h"
#include "exposure/check.h"

void critmin_plants_init(critmin_plants *plants) {
  if (!plants) return;
  memset(plants, 0, sizeof *plants);
  plants->struct_size = sizeof *plants;
}

int32_t critmin_plants_size(void) {
  return (int32_t)sizeof(critmin_plants);
}

typedef struct entry {
  int32_t plant, input; /* whose input it is, and which; or, of a customer, the seller and 0 */
  int32_t other;
  double quantity;
  int essential;
} entry;

static int by_plant_and_input(const void *a, const void *b) {
  const entry *left = a, *right = b;
  if (left->plant != right->plant) return left->plant < right->plant ? -1 : 1;
  if (left->input != right->input) return left->input < right->input ? -1 : 1;
  return left->other < right->other ? -1 : left->other > right->other;
}

typedef struct system_of_plants {
  const critmin_plants *p;
  entry *input, *sale;         /* by plant */
  int64_t *first, *first_sale; /* of each plant, and the end */
  double *output;
} system_of_plants;

static critmin_status check(const critmin_plants *p, double tolerance, int32_t sweeps_max, critmin_error *error) {
  if (!p) return cm_fail_null(error, "plants");
  critmin_status status = cm_check_size(p->struct_size, sizeof *p, "critmin_plants", error);
  if (status == CRITMIN_OK) status = cm_check_count(p->plants, 0, "plants", error);
  if (status == CRITMIN_OK) status = cm_check_count(p->flows, 0, "flows", error);
  if (status == CRITMIN_OK) status = cm_check_count(sweeps_max, 1, "sweeps_max", error);
  if (status == CRITMIN_OK) status = cm_check_number(tolerance, "tolerance", CM_POSITIVE, error);
  if (status == CRITMIN_OK) status = cm_check_places(p->from, p->flows, p->plants, 0, "from", error);
  if (status == CRITMIN_OK) status = cm_check_places(p->to, p->flows, p->plants, 0, "to", error);
  if (status == CRITMIN_OK) status = cm_check_places(p->input, p->flows, INT32_MAX, 0, "input", error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {p->quantity, p->flows, "quantity", CM_NOT_NEGATIVE},
      {p->without, p->plants, "without", CM_SHARE | CM_OPTIONAL},
      {p->withheld, p->plants, "withheld", CM_SHARE | CM_OPTIONAL},
      {p->to_final, p->plants, "to_final", CM_NOT_NEGATIVE | CM_OPTIONAL},
  };
  return cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
}

static int make(system_of_plants *s, const critmin_plants *p) {
  size_t plants = (size_t)p->plants, flows = (size_t)p->flows;
  *s = (system_of_plants){.p = p};
  s->input = cm_alloc_array(flows, sizeof *s->input);
  s->sale = cm_alloc_array(flows, sizeof *s->sale);
  s->first = cm_alloc_array(plants + 1, sizeof *s->first);
  s->first_sale = cm_alloc_array(plants + 1, sizeof *s->first_sale);
  s->output = cm_alloc_array(plants, sizeof *s->output);
  return s->input && s->sale && s->first && s->first_sale && s->output;
}

static void free_system(system_of_plants *s) {
  cm_free(s->input);
  cm_free(s->sale);
  cm_free(s->first);
  cm_free(s->first_sale);
  cm_free(s->output);
}

static void index_entries(entry *e, int64_t n, int64_t *first, int32_t plants) {
  qsort(e, (size_t)n, sizeof *e, by_plant_and_input);
  for (int64_t i = 0; i < n; i++) first[e[i].plant + 1]++;
  for (int32_t c = 0; c < plants; c++) first[c + 1] += first[c];
}

static critmin_status fill(system_of_plants *s, critmin_error *error) {
  const critmin_plants *p = s->p;
  for (int64_t i = 0; i < p->flows; i++) {
    s->input[i] = (entry){p->to[i], p->input[i], p->from[i], p->quantity[i], !p->essential || p->essential[i]};
    s->sale[i] = (entry){p->from[i], 0, p->to[i], p->quantity[i], 0};
  }
  index_entries(s->input, p->flows, s->first, p->plants);
  index_entries(s->sale, p->flows, s->first_sale, p->plants);
  for (int64_t i = 1; i < p->flows; i++) {
    const entry *a = &s->input[i - 1], *b = &s->input[i];
    if (a->plant == b->plant && a->input == b->input && a->essential != b->essential)
      return cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                     "input %d of plant %d is essential by one flow and not by another", (int)b->input, (int)b->plant);
  }
  for (int32_t c = 0; c < p->plants; c++) s->output[c] = p->withheld ? 1 - p->withheld[c] : 1;
  return CRITMIN_OK;
}

/* What its inputs let a plant make. */
static double fed(const system_of_plants *s, int32_t plant) {
  double least = 1, helpful = 0, helped = 0; /* of what is not essential: quantity, and what of it is there */
  for (int64_t i = s->first[plant], end; i < s->first[plant + 1]; i = end) {
    double all = 0, there = 0;
    for (end = i; end < s->first[plant + 1] && s->input[end].input == s->input[i].input; end++) {
      all += s->input[end].quantity;
      there += s->input[end].quantity * s->output[s->input[end].other];
    }
    if (all == 0) continue;
    if (s->input[i].essential) {
      least = fmin(least, there / all);
    } else {
      helpful += all;
      helped += there;
    }
  }
  double without = s->p->without ? s->p->without[plant] : 0;
  return helpful > 0 ? fmin(least, without + (1 - without) * (helped / helpful)) : least;
}

/* What its customers still take. */
static double sold(const system_of_plants *s, int32_t plant) {
  double all = s->p->to_final[plant], taken = all;
  for (int64_t i = s->first_sale[plant]; i < s->first_sale[plant + 1]; i++) {
    all += s->sale[i].quantity;
    taken += s->sale[i].quantity * s->output[s->sale[i].other];
  }
  return all > 0 ? taken / all : 1;
}

typedef double (*limit_of)(const system_of_plants *s, int32_t plant);

/* One sweep; the largest change. */
static double sweep(system_of_plants *s, limit_of limit) {
  double change = 0;
  for (int32_t c = 0; c < s->p->plants; c++) {
    double most = limit(s, c);
    if (most >= s->output[c]) continue;
    change = fmax(change, s->output[c] - most);
    s->output[c] = most;
  }
  return change;
}

critmin_status critmin_plants_output(const critmin_plants *plants, double tolerance, int32_t sweeps_max, double *output,
                                     int32_t *sweeps, critmin_error *error) {
  critmin_status status = check(plants, tolerance, sweeps_max, error);
  if (status != CRITMIN_OK) return status;
  if (plants->plants > 0 && !output) return cm_fail_null(error, "output");
  system_of_plants s;
  if (!make(&s, plants)) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) status = fill(&s, error);
  if (status == CRITMIN_OK) {
    /* First what is missing, then, with that settled, what is not sold: a plant without orders is not one that cannot
     * deliver. */
    int32_t n = 1;
    while (sweep(&s, fed) > tolerance && n <= sweeps_max) n++;
    while (plants->to_final && n <= sweeps_max && sweep(&s, sold) > tolerance) n++;
    for (int32_t c = 0; c < plants->plants; c++) output[c] = s.output[c];
    if (sweeps) *sweeps = n;
  }
  free_system(&s);
  return status == CRITMIN_OK ? cm_ok(error) : status;
}
