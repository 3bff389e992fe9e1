/* SPDX-License-Identifier: MIT */
/* Checking an ensemble and making it ready. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "exposure/check.h"
#include "exposure/ensemble.h"
#include "exposure/sample.h"
#include "network/law.h"

void critmin_ensemble_init(critmin_ensemble *ensemble) {
  if (!ensemble) return;
  memset(ensemble, 0, sizeof *ensemble);
  ensemble->struct_size = sizeof *ensemble;
  ensemble->reserve_rate = INFINITY;
}

int32_t critmin_ensemble_size(void) {
  return (int32_t)sizeof(critmin_ensemble);
}

static critmin_status check_counts(const critmin_ensemble *e, critmin_error *error) {
  critmin_status status = cm_check_size(e->struct_size, sizeof *e, "critmin_ensemble", error);
  if (status == CRITMIN_OK) status = cm_check_count(e->suppliers, 0, "suppliers", error);
  if (status == CRITMIN_OK) status = cm_check_count(e->users, 0, "users", error);
  if (status == CRITMIN_OK) status = cm_check_count(e->shocks, 0, "shocks", error);
  if (status == CRITMIN_OK) status = cm_check_count(e->agreements, 0, "agreements", error);
  if (status == CRITMIN_OK &&
      (e->users > CM_STREAMS / 2 || e->suppliers > CM_STREAMS || e->shocks > CM_STREAMS || e->agreements > CM_STREAMS))
    status = cm_fail_memory(error);
  return status;
}

static critmin_status check_dependence(const critmin_ensemble *e, critmin_error *error) {
  if (e->correlation && (e->group || e->loading))
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT,
                   "shocks depend on one another by groups or by `correlation`; give one of them");
  if (!e->group != !e->loading)
    return cm_fail(error, CRITMIN_ERROR_ARGUMENT, "`group` and `loading` go together; one of them is null");
  if (!e->group) return CRITMIN_OK;
  critmin_status status = cm_check_places(e->group, e->shocks, CM_STREAMS, 0, "group", error);
  return status == CRITMIN_OK ? cm_check_numbers(e->loading, e->shocks, "loading", CM_SHARE, error) : status;
}

critmin_status cm_ensemble_check(const critmin_ensemble *e, critmin_error *error) {
  if (!e) return cm_fail_null(error, "ensemble");
  critmin_status status = check_counts(e, error);
  if (status != CRITMIN_OK) return status;
  const cm_column columns[] = {
      {&e->horizon, 1, "horizon", CM_NOT_NEGATIVE},
      {e->flow, (int64_t)e->suppliers * e->users, "flow", CM_NOT_NEGATIVE},
      {e->spare, e->suppliers, "spare", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {e->inventory, e->users, "inventory", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {&e->reserve, 1, "reserve", CM_NOT_NEGATIVE},
      {&e->reserve_rate, 1, "reserve_rate", CM_NOT_NEGATIVE | CM_INFINITE},
      {e->worth, e->users, "worth", CM_NOT_NEGATIVE | CM_OPTIONAL},
      {e->probability, e->shocks, "probability", CM_SHARE},
      {e->tonnes, e->agreements, "tonnes", CM_NOT_NEGATIVE},
      {e->begins, e->agreements, "begins", CM_ANY | CM_OPTIONAL},
      {e->performs, e->agreements, "performs", CM_SHARE | CM_OPTIONAL},
  };
  status = cm_check_columns(columns, sizeof columns / sizeof columns[0], error);
  if (status == CRITMIN_OK) status = cm_check_places(e->supplier, e->shocks, e->suppliers, 0, "supplier", error);
  if (status == CRITMIN_OK) status = cm_check_places(e->buyer, e->agreements, e->users, 0, "buyer", error);
  if (status == CRITMIN_OK) status = cm_sample_check(e->withheld, e->shocks, "withheld", 0, 1, 0, error);
  if (status == CRITMIN_OK) status = cm_sample_check(e->start, e->shocks, "start", -INFINITY, INFINITY, 0, error);
  if (status == CRITMIN_OK) status = cm_sample_check(e->duration, e->shocks, "duration", 0, INFINITY, 0, error);
  if (status == CRITMIN_OK) status = cm_sample_check(e->scale, e->suppliers, "scale", 0, INFINITY, 1, error);
  if (status == CRITMIN_OK)
    status = cm_sample_check(e->inventory_scale, e->users, "inventory_scale", 0, INFINITY, 1, error);
  if (status == CRITMIN_OK) status = cm_sample_check(e->reserve_scale, 1, "reserve_scale", 0, INFINITY, 1, error);
  return status == CRITMIN_OK ? check_dependence(e, error) : status;
}

/* The square root of a correlation matrix, lower triangle; rows of shocks that follow from others end in 0 (Cholesky).
 */
static critmin_status factorise(const double *given, int64_t n, double *l, critmin_error *error) {
  for (int64_t i = 0; i < n; i++)
    for (int64_t k = 0; k < n; k++) {
      double x = given[i * n + k];
      const char *wrong = isnan(x)                             ? "is missing"
                          : i == k && x != 1                   ? "must be 1 on the diagonal"
                          : !(x >= -1 && x <= 1)               ? "is outside -1 to 1"
                          : fabs(x - given[k * n + i]) > 1e-12 ? "is not the one on the other side of the diagonal"
                                                               : NULL;
      if (!wrong) continue;
      critmin_status status = isnan(x) ? CRITMIN_ERROR_MISSING_VALUE : CRITMIN_ERROR_INVALID_VALUE;
      cm_fail(error, status, "correlation %lld, %lld is %g and %s", (long long)(i + 1), (long long)(k + 1), x, wrong);
      return cm_fail_at(error, status, i + 1, k + 1);
    }
  for (int64_t i = 0; i < n; i++)
    for (int64_t k = 0; k <= i; k++) {
      double rest = given[i * n + k];
      for (int64_t j = 0; j < k; j++) rest -= l[i * n + j] * l[k * n + j];
      if (k < i) l[i * n + k] = l[k * n + k] > 0 ? rest / l[k * n + k] : 0;
      int impossible = k < i ? l[k * n + k] == 0 && fabs(rest) > 1e-7 : rest < -1e-9;
      if (impossible) {
        cm_fail(error, CRITMIN_ERROR_INVALID_VALUE,
                "`correlation` is no correlation matrix: shock %lld cannot depend so on those before it",
                (long long)(i + 1));
        return cm_fail_at(error, CRITMIN_ERROR_INVALID_VALUE, i + 1, k + 1);
      }
      if (k == i) l[i * n + i] = rest > 1e-12 ? sqrt(rest) : 0;
    }
  return CRITMIN_OK;
}

static int allocate(cm_ensemble_plan *p) {
  const critmin_ensemble *e = p->e;
  size_t padded = (size_t)p->padded, shocks = (size_t)e->shocks;
  p->flow = cm_alloc_array((size_t)e->suppliers, padded * sizeof *p->flow);
  p->delivered = cm_alloc_array((size_t)e->suppliers, sizeof *p->delivered);
  p->inventory = cm_alloc_array(padded, sizeof *p->inventory);
  p->worth = cm_alloc_array(padded, sizeof *p->worth);
  p->served = cm_alloc_array(padded, sizeof *p->served);
  p->negligible = cm_alloc_array(padded, sizeof *p->negligible);
  p->point = cm_alloc_array(shocks, sizeof *p->point);
  if (e->correlation) p->factor = cm_alloc_array(shocks * shocks, sizeof *p->factor);
  int done = 1;
  for (int k = 0; k < CM_DRAWN; k++)
    done = (p->law[k] = cm_alloc_array(shocks, sizeof *p->law[k])) != NULL && done;
  return done && p->flow && p->delivered && p->inventory && p->worth && p->served && p->negligible && p->point &&
         (!e->correlation || p->factor);
}

static int hit_once(const critmin_ensemble *e) {
  for (int64_t i = 0; i < e->shocks; i++)
    for (int64_t k = 0; k < i; k++)
      if (e->supplier[i] == e->supplier[k]) return 0;
  return 1;
}

/* Lays out the random numbers of an event: what was left by the decision, then those of each law. */
static void fill_laws(cm_ensemble_plan *p) {
  enum { TOGETHER = 256, DRAWS_TOGETHER = 64 };
  const critmin_ensemble *e = p->e;
  const critmin_law *const laws[CM_DRAWN] = {e->withheld, e->start, e->duration};
  int32_t numbers = e->correlation || e->group ? 1 : 0;
  for (int k = 0; k < CM_DRAWN; k++) {
    int32_t most = 0;
    p->row[k] = numbers;
    for (int64_t i = 0; i < e->shocks; i++) {
      p->law[k][i] = cm_sampler_make(&laws[k][i]);
      int32_t n = p->law[k][i].numbers;
      p->vary[k] |= n == CM_NUMBERS_VARY;
      if (n > most) most = n;
    }
    numbers += most;
  }
  p->blocks = numbers / 2;
  p->at_once = e->shocks < TOGETHER ? TOGETHER / (int32_t)(e->shocks + 1) + 1 : 1;
  if (p->at_once > DRAWS_TOGETHER) p->at_once = DRAWS_TOGETHER;
}

static void fill(cm_ensemble_plan *p) {
  const critmin_ensemble *e = p->e;
  for (int32_t s = 0; s < e->suppliers; s++) {
    if (e->spare) p->spare += e->spare[s];
    for (int32_t u = 0; u < e->users; u++) {
      double tonnes = e->flow[(int64_t)s * e->users + u];
      p->flow[(int64_t)s * p->padded + u] = tonnes;
      p->delivered[s] += tonnes;
      p->negligible[u] += 1e-12 * tonnes * e->horizon;
    }
  }
  for (int32_t u = 0; u < e->users; u++) {
    p->inventory[u] = e->inventory ? e->inventory[u] : 0;
    p->worth[u] = e->worth ? e->worth[u] : 1;
    p->served[u] = !e->served || e->served[u] ? 1 : 0;
  }
  int normal = e->correlation || e->group;
  for (int64_t i = 0; i < e->shocks; i++) p->point[i] = normal ? cm_normal_point(e->probability[i]) : e->probability[i];
  p->reserve = e->reserve > 0 && e->reserve_rate > 0;
  p->alone = hit_once(e);
  p->apart = p->alone && !p->reserve && e->agreements == 0;
  fill_laws(p);
  p->loops = cm_ensemble_loops_choose();
}

critmin_status cm_ensemble_plan_make(const critmin_ensemble *ensemble, uint64_t seed, cm_ensemble_plan *plan,
                                     critmin_error *error) {
  memset(plan, 0, sizeof *plan);
  critmin_status status = cm_ensemble_check(ensemble, error);
  if (status != CRITMIN_OK) return status;
  plan->e = ensemble;
  plan->seed = seed;
  plan->padded = cm_padded(ensemble->users);
  if (!allocate(plan)) status = cm_fail_memory(error);
  if (status == CRITMIN_OK) fill(plan);
  if (status == CRITMIN_OK && plan->factor)
    status = factorise(ensemble->correlation, ensemble->shocks, plan->factor, error);
  if (status != CRITMIN_OK) cm_ensemble_plan_free(plan);
  return status;
}

void cm_ensemble_plan_free(cm_ensemble_plan *p) {
  cm_free(p->flow);
  cm_free(p->delivered);
  cm_free(p->inventory);
  cm_free(p->worth);
  cm_free(p->served);
  cm_free(p->negligible);
  cm_free(p->point);
  cm_free(p->factor);
  for (int k = 0; k < CM_DRAWN; k++) cm_free(p->law[k]);
}

static void add_words(cm_sha256 *hash, uint64_t x) {
  unsigned char bytes[8];
  for (int i = 0; i < 8; i++) bytes[i] = (unsigned char)(x >> 8 * i);
  cm_sha256_add(hash, bytes, sizeof bytes);
}

static void add_numbers(cm_sha256 *hash, const double *x, int64_t n) {
  add_words(hash, x ? (uint64_t)n : UINT64_MAX); /* an array that is not given is not one of nothing */
  for (int64_t i = 0; x && i < n; i++) {
    double kept = x[i] == 0 ? 0 : x[i];
    uint64_t bits;
    memcpy(&bits, &kept, sizeof bits);
    add_words(hash, bits);
  }
}

static void add_places(cm_sha256 *hash, const int32_t *x, int64_t n) {
  add_words(hash, x ? (uint64_t)n : UINT64_MAX);
  for (int64_t i = 0; x && i < n; i++) add_words(hash, (uint64_t)x[i]);
}

static void add_laws(cm_sha256 *hash, const critmin_law *law, int64_t n) {
  add_words(hash, law ? (uint64_t)n : UINT64_MAX);
  for (int64_t i = 0; law && i < n; i++) {
    add_words(hash, (uint64_t)law[i].kind);
    add_numbers(hash, &law[i].value, 1);
    add_numbers(hash, &law[i].low, 1);
    add_numbers(hash, &law[i].high, 1);
    add_numbers(hash, &law[i].deviation, 1);
  }
}

void cm_ensemble_plan_digest(const critmin_ensemble *e, uint64_t seed, char text[CM_SHA256_TEXT]) {
  cm_sha256 hash;
  cm_sha256_begin(&hash);
  add_words(&hash, seed);
  const int32_t scalars[] = {e->suppliers, e->users, e->inventory_first != 0};
  add_places(&hash, scalars, sizeof scalars / sizeof scalars[0]);
  const double numbers[] = {e->horizon, e->reserve, e->reserve_rate};
  add_numbers(&hash, numbers, sizeof numbers / sizeof numbers[0]);
  add_numbers(&hash, e->flow, (int64_t)e->suppliers * e->users);
  add_numbers(&hash, e->spare, e->suppliers);
  add_numbers(&hash, e->inventory, e->users);
  add_places(&hash, e->served, e->users);
  add_numbers(&hash, e->worth, e->users);
  add_places(&hash, e->supplier, e->shocks);
  add_numbers(&hash, e->probability, e->shocks);
  add_laws(&hash, e->withheld, e->shocks);
  add_laws(&hash, e->start, e->shocks);
  add_laws(&hash, e->duration, e->shocks);
  add_places(&hash, e->group, e->shocks);
  add_numbers(&hash, e->loading, e->shocks);
  add_numbers(&hash, e->correlation, e->shocks * e->shocks);
  add_places(&hash, e->buyer, e->agreements);
  add_numbers(&hash, e->tonnes, e->agreements);
  add_numbers(&hash, e->begins, e->agreements);
  add_numbers(&hash, e->performs, e->agreements);
  add_laws(&hash, e->scale, e->suppliers);
  add_laws(&hash, e->inventory_scale, e->users);
  add_laws(&hash, e->reserve_scale, 1);
  cm_sha256_end(&hash, text);
}
